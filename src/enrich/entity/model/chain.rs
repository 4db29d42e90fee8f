//! A chain of labels: the best one for a stretch of units, and how likely its names are.

use super::labels::{LABELS, OUTSIDE, may_follow};

/// The scores of a unit's labels.
pub(super) type Scores = [f32; LABELS];

/// What each label adds after each: `[before][after]`, minus infinity where it must not follow.
#[derive(Clone, Debug)]
pub(super) struct Links {
    pub(super) scores: [[f32; LABELS]; LABELS],
    /// The same as factors.
    pub(super) factors: [[f32; LABELS]; LABELS],
    /// The factors by the label after: `[after][before]`.
    backward: [[f32; LABELS]; LABELS],
}

impl Links {
    pub(super) fn new(mut scores: [[f32; LABELS]; LABELS]) -> Self {
        for (before, row) in (0..).zip(&mut scores) {
            for (after, score) in (0..).zip(row) {
                if !may_follow(before, after) {
                    *score = f32::NEG_INFINITY;
                }
            }
        }
        let factors = scores.map(|row| row.map(f32::exp));
        let backward = std::array::from_fn(|after| std::array::from_fn(|before| factors[before][after]));
        Self { scores, factors, backward }
    }
}

/// A label that is further behind the best one than this is no part of the best row of labels.
const BEAM: f32 = 20.0;

/// A label that is less likely than this is left out of sums.
const SHARE_MIN: f32 = 1e-7;

/// Working memory of a chain.
#[derive(Debug, Default)]
pub(super) struct Chain {
    best: Vec<Scores>,
    from: Vec<[u8; LABELS]>,
    pub(super) ahead: Vec<Scores>,
    pub(super) back: Vec<Scores>,
    pub(super) weights: Vec<Scores>,
    pub(super) factors: Vec<f32>,
}

impl Chain {
    /// The best labels of a stretch.
    pub(super) fn label(&mut self, links: &Links, scores: &[Scores], labels: &mut Vec<u8>) {
        self.best.clear();
        self.from.clear();
        let mut ahead = links.scores[usize::from(OUTSIDE)];
        for (at, own) in scores.iter().enumerate() {
            let (mut best, mut from) = ([f32::NEG_INFINITY; LABELS], [0u8; LABELS]);
            if at == 0 {
                best = ahead;
            } else {
                let least = ahead.iter().copied().fold(f32::MIN, f32::max) - BEAM;
                let likely = (0u8..).zip(ahead.iter().zip(&links.scores)).filter(|(_, (score, _))| **score >= least);
                for (before, (score, row)) in likely {
                    for label in 0..LABELS {
                        let sum = score + row[label];
                        from[label] = if sum > best[label] { before } else { from[label] };
                        best[label] = best[label].max(sum);
                    }
                }
            }
            best.iter_mut().zip(own).for_each(|(sum, score)| *sum += score);
            ahead = best;
            self.best.push(best);
            self.from.push(from);
        }
        labels.clear();
        let Some(last) = self.best.last() else { return };
        let ends = |label: usize| last[label] + links.scores[label][usize::from(OUTSIDE)];
        let mut label = (0..LABELS).max_by(|a, b| ends(*a).total_cmp(&ends(*b))).unwrap_or(0) as u8;
        for from in self.from.iter().rev() {
            labels.push(label);
            label = from[usize::from(label)];
        }
        labels.reverse();
    }

    /// Sums over all labellings: `ahead` and `back`, scaled unit by unit by `factors`.
    pub(super) fn sum(&mut self, links: &Links, scores: &[Scores]) {
        let len = scores.len();
        for rows in [&mut self.ahead, &mut self.back, &mut self.weights] {
            rows.clear();
            rows.resize(len, [0.0; LABELS]);
        }
        self.factors.clear();
        for (weights, own) in self.weights.iter_mut().zip(scores) {
            let most = own.iter().copied().fold(f32::MIN, f32::max);
            weights.iter_mut().zip(own).for_each(|(weight, score)| *weight = (score - most).exp());
        }
        for at in 0..len {
            let mut row = [0.0; LABELS];
            if at == 0 {
                row = links.factors[usize::from(OUTSIDE)];
            } else {
                for (before, share) in self.ahead[at - 1].iter().enumerate().filter(|(_, share)| **share > SHARE_MIN) {
                    row.iter_mut().zip(&links.factors[before]).for_each(|(sum, link)| *sum += share * link);
                }
            }
            row.iter_mut().zip(&self.weights[at]).for_each(|(sum, weight)| *sum *= weight);
            let total: f32 = row.iter().sum::<f32>().max(f32::MIN_POSITIVE);
            row.iter_mut().for_each(|sum| *sum /= total);
            self.ahead[at] = row;
            self.factors.push(total);
        }
        for at in (0..len).rev() {
            let mut row = [0.0; LABELS];
            if at + 1 == len {
                row = links.backward[usize::from(OUTSIDE)];
            } else {
                for after in 0..LABELS {
                    let share = self.weights[at + 1][after] * self.back[at + 1][after];
                    if self.ahead[at + 1][after] * self.back[at + 1][after] > SHARE_MIN {
                        row.iter_mut().zip(&links.backward[after]).for_each(|(sum, link)| *sum += share * link);
                    }
                }
            }
            let total: f32 = row.iter().zip(&self.ahead[at]).map(|(back, ahead)| back * ahead).sum::<f32>();
            let scale = 1.0 / total.max(f32::MIN_POSITIVE);
            self.back[at] = row.map(|back| back * scale);
        }
    }

    /// How likely the labels from `first` on are, all together.
    pub(super) fn likelihood(&self, links: &[[f32; LABELS]; LABELS], first: usize, labels: &[u8]) -> f32 {
        // `back` is scaled so that ahead times back is the label's share.
        let mut share = self.ahead[first][usize::from(labels[0])];
        for (at, pair) in (first + 1..).zip(labels.windows(2)) {
            let (before, after) = (usize::from(pair[0]), usize::from(pair[1]));
            share *= links[before][after] * self.weights[at][after] / self.factors[at];
        }
        let last = first + labels.len() - 1;
        (share * self.back[last][usize::from(labels[labels.len() - 1])]).clamp(0.0, 1.0)
    }
}
