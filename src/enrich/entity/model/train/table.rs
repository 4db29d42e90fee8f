//! Weights → lines of the file: of the features that fall to a line, those that matter most.

use super::super::features::NONE;
use super::super::labels::WEIGHTS;
use super::super::weights::{LINE_BYTES, Line, ROWS, WEIGHTS_AT, place};
use super::Sample;
use super::fit::Learner;

/// A feature, and how often it was seen.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Seen {
    pub(super) feature: u32,
    times: u32,
}

/// For each row of the learner the feature that most of what it learnt is of: by the vote of Boyer and Moore (1981).
pub(super) fn features(samples: &[Sample], learner: &Learner) -> Vec<Seen> {
    let mut rows = vec![Seen::default(); learner.values.len() / WEIGHTS];
    let found = samples.iter().flat_map(|sample| sample.found.as_flattened());
    for feature in found.copied().filter(|feature| *feature != NONE) {
        let row = &mut rows[learner.row(feature)];
        if row.times == 0 {
            row.feature = feature;
        }
        row.times = if row.feature == feature { row.times + 1 } else { row.times - 1 };
    }
    rows
}

/// The rows that a table of so many bits has room for, line by line: of each line those that matter most.
pub(super) fn choose(features: &[Seen], learner: &Learner, bits: u32) -> Vec<Vec<usize>> {
    let matters = |row: usize| {
        let weights = learner.values[row * WEIGHTS..][..WEIGHTS].iter();
        weights.fold(0.0, |most: f32, value| most.max(value.abs())) * (features[row].times as f32).sqrt()
    };
    let mut by_line: Vec<Vec<(f32, usize)>> = vec![Vec::new(); 1 << bits];
    for (row, seen) in features.iter().enumerate().filter(|(_, seen)| seen.times > 0) {
        by_line[place(seen.feature, bits).0].push((matters(row), row));
    }
    let most = |mut rows: Vec<(f32, usize)>| {
        rows.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
        rows.into_iter().take(ROWS).map(|(_, row)| row).collect()
    };
    by_line.into_iter().map(most).collect()
}

/// The lines of the file.
pub(super) fn lines(chosen: &[Vec<usize>], features: &[Seen], learner: &Learner, scale: f32) -> Vec<Line> {
    let bits = chosen.len().ilog2();
    let stored = |value: f32| (value / scale).round() as i8 as u8;
    let line = |rows: &Vec<usize>| {
        let mut line = [0; LINE_BYTES];
        for (at, row) in rows.iter().enumerate() {
            line[2 * at..2 * at + 2].copy_from_slice(&place(features[*row].feature, bits).1.to_le_bytes());
            let weights = line[WEIGHTS_AT + at * WEIGHTS..][..WEIGHTS].iter_mut();
            // The cast saturates.
            weights.zip(&learner.values[row * WEIGHTS..]).for_each(|(weight, value)| *weight = stored(*value));
        }
        line
    };
    chosen.iter().map(line).collect()
}
