//! Held-out lines → how often an answer of the model is right at each probability.

use super::super::scores::{Piece, answers};
use super::super::weights::{Calibration, LENGTHS, LEVELS, Weights};
use super::corpus::Group;
use super::vary::cut;
use crate::chance::Chance;

/// Where a chance of being right is unknown, it is taken for this share.
const PRIOR: f64 = 0.9;

/// No text is beyond doubt.
const CERTAIN: f64 = 0.999;

/// How many cases the prior weighs.
const PRIOR_CASES: f64 = 2.0;

/// Counts, for each family, length and level, how often the first answer is right, and evens the rows out so that a
/// higher probability never earns less trust.
pub(super) fn calibrate(model: &Weights<'_>, groups: &[Group]) -> Vec<Calibration> {
    let mut counts = vec![[[(0.0, 0.0); LEVELS]; LENGTHS]; 1 + model.families().len()];
    let mut chance = Chance::new(2);
    for group in groups {
        for (language, line) in &group.held_out {
            let short = [cut(line, 20, &mut chance), cut(line, 45, &mut chance), cut(line, 80, &mut chance)];
            for text in short.iter().chain([line]) {
                let piece = Piece::read(model, text, group.script);
                let Some(first) = answers(model, &[&piece]).first().copied() else { continue };
                let counts = &mut counts[model.family(first.tag, group.script).map_or(0, |place| place + 1)];
                let (right, all) = &mut counts[Calibration::row(piece.letters)]
                    [Calibration::level(first.probability).round() as usize];
                *all += 1.0;
                *right += f64::from(u8::from(first.tag == group.languages[*language]));
            }
        }
    }
    let rows = |rows: [[(f64, f64); LEVELS]; LENGTHS]| {
        Calibration(rows.map(|row| rising(&row).map(|share| (share * 1000.0).round() as u16)))
    };
    counts.into_iter().map(rows).collect()
}

/// The shares of a row, none below the one before: neighbours that disagree are taken together (pool adjacent
/// violators; Ayer and others, 1955).
fn rising(row: &[(f64, f64); LEVELS]) -> [f64; LEVELS] {
    let mut blocks: Vec<(f64, f64, usize)> = Vec::new();
    for (right, all) in row {
        let mut block = (right + PRIOR * PRIOR_CASES * 0.05, all + PRIOR_CASES * 0.05, 1);
        while let Some(last) = blocks.last().copied().filter(|last| last.0 / last.1 > block.0 / block.1) {
            blocks.pop();
            block = (last.0 + block.0, last.1 + block.1, last.2 + block.2);
        }
        blocks.push(block);
    }
    let mut shares = [0.0; LEVELS];
    let mut at = 0;
    for (right, all, width) in blocks {
        shares[at..at + width].fill((right / all).min(CERTAIN));
        at += width;
    }
    shares
}
