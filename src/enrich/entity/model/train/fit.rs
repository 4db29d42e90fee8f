//! Stretches → weights: a conditional random field, by stochastic gradient descent with AdaGrad steps (Duchi and
//! others, 2011).

use super::super::chain::{Chain, Links, Scores};
use super::super::features::{CUES, KIN, KNOWN, LEXICAL, NONE, OWN, PARTS, SLOTS};
use super::super::labels::{LABELS, WEIGHTS};
use super::table::Seen;
use super::{Sample, Settings};
use crate::chance::Chance;

/// The sum of squares that a weight starts with: its first step is then a whole one.
const SQUARES_MIN: f32 = 1e-6;

/// Links are few and seen often: their steps are so much shorter.
const LINK_SHARE: f32 = 0.5;

/// Errors below this move no weight.
const TOUCHED_MIN: f32 = 0.005;

pub(super) struct Learner {
    bits: u32,
    pub(super) values: Vec<f32>,
    squares: Vec<f32>,
    pub(super) links: [[f32; LABELS]; LABELS],
    link_squares: [[f32; LABELS]; LABELS],
    /// The one feature that each row is left to; of a row without one, [`NONE`]. Empty while rows are shared.
    owners: Vec<u32>,
}

fn mask(range: std::ops::Range<usize>) -> u64 {
    range.fold(0, |mask, slot| mask | 1 << slot)
}

#[derive(Default)]
struct Work {
    chain: Chain,
    scores: Vec<Scores>,
    kept: Vec<u32>,
    kept_from: Vec<usize>,
}

impl Learner {
    pub(super) fn new(bits: u32) -> Self {
        let weights = WEIGHTS << bits;
        Self {
            bits,
            values: vec![0.0; weights],
            squares: vec![SQUARES_MIN; weights],
            links: Links::new([[0.0; LABELS]; LABELS]).scores,
            link_squares: [[SQUARES_MIN; LABELS]; LABELS],
            owners: Vec::new(),
        }
    }

    /// Leaves each chosen row to its feature, and none to others.
    pub(super) fn keep(&mut self, chosen: &[Vec<usize>], features: &[Seen]) {
        self.owners = vec![NONE; features.len()];
        for row in chosen.iter().flatten() {
            self.owners[*row] = features[*row].feature;
        }
        let rows = self.values.chunks_mut(WEIGHTS).zip(&self.owners);
        rows.filter(|(_, owner)| **owner == NONE).for_each(|(values, _)| values.fill(0.0));
    }

    /// Goes through the samples in the given passes, of as many as the settings say.
    pub(super) fn learn(
        &mut self,
        samples: &[Sample],
        settings: &Settings,
        passes: std::ops::Range<usize>,
        report: &mut impl FnMut(&str),
    ) {
        let mut order: Vec<u32> = (0..samples.len() as u32).collect();
        let mut work = Work::default();
        for pass in passes {
            let mut chance = Chance::new(pass as u64);
            chance.shuffle(&mut order);
            let rate = settings.rate * (1.0 - pass as f32 / settings.passes as f32).max(0.1);
            let mut loss = 0.0;
            for &number in &order {
                loss += f64::from(self.step(&samples[number as usize], settings, rate, &mut chance, &mut work));
            }
            report(&format!("pass {pass}: loss {:.4}", loss / order.len().max(1) as f64));
        }
    }

    /// The samples that it is sure of, with its labels.
    pub(super) fn label(
        &self,
        samples: Vec<Sample>,
        settings: &Settings,
        report: &mut impl FnMut(&str),
    ) -> Vec<Sample> {
        let links = Links::new(self.links);
        let (mut chain, mut scores, mut labels) = (Chain::default(), Vec::new(), Vec::new());
        let all = samples.len();
        let mut sure = Vec::new();
        let mut named = 0;
        for mut sample in samples {
            scores.clear();
            scores.extend(sample.found.iter().map(|found| self.score(found)));
            chain.label(&links, &scores, &mut labels);
            chain.sum(&links, &scores);
            if chain.likelihood(&links.factors, 0, &labels) >= settings.sure_min {
                named += usize::from(labels.iter().any(|label| *label != 0));
                sample.labels.clone_from(&labels);
                sample.weight = settings.sure_weight;
                sure.push(sample);
            }
        }
        report(&format!("{} of {all} stretches without labels are sure, {named} of them have names", sure.len()));
        sure
    }

    /// The row of a feature; many a row is of several.
    #[inline]
    pub(super) fn row(&self, feature: u32) -> usize {
        (feature >> (32 - self.bits)) as usize
    }

    fn score(&self, found: &[u32; SLOTS]) -> Scores {
        let mut row = [0.0; LABELS];
        for number in found.iter().filter(|number| **number != NONE) {
            let weights = &self.values[self.row(*number) * WEIGHTS..][..WEIGHTS];
            row[1..].iter_mut().zip(weights).for_each(|(sum, weight)| *sum += weight);
        }
        row
    }
    fn step(&mut self, sample: &Sample, settings: &Settings, rate: f32, chance: &mut Chance, work: &mut Work) -> f32 {
        let Work { chain, scores, kept, kept_from } = work;
        let mut hidden = 0u64;
        if chance.percent(settings.drop_language) {
            hidden |= mask(OWN);
            if chance.percent(30) {
                hidden |= mask(KIN);
            }
        }
        if chance.percent(settings.drop_all_words) {
            hidden |= mask(LEXICAL) | mask(OWN) | 1 << 55;
        }
        if chance.percent(settings.drop_known) {
            hidden |= mask(KNOWN) | 1 << 53;
        }
        if chance.percent(settings.drop_cues) {
            hidden |= mask(CUES) | 1 << 50;
        }
        if chance.percent(settings.drop_known) {
            hidden |= mask(PARTS);
        }
        kept.clear();
        kept_from.clear();
        scores.clear();
        for found in &sample.found {
            let mut own = hidden;
            if chance.percent(settings.drop_words) {
                own |= mask(LEXICAL) | 1 << 46 | 1 << 51 | 1 << 54 | 1 << 55;
            }
            kept_from.push(kept.len());
            let mut sums = [0.0f32; WEIGHTS];
            let mut luck = chance.bits();
            for (slot, number) in found.iter().enumerate() {
                luck = luck.rotate_left(7).wrapping_mul(0x9E37_79B9_7F4A_7C15);
                if *number == NONE || own >> slot & 1 == 1 || ((luck >> 33) % 100) < settings.drop_one as u64 {
                    continue;
                }
                if !self.owners.is_empty() && self.owners[self.row(*number)] != *number {
                    continue;
                }
                kept.push(*number);
                let row: &[f32; WEIGHTS] =
                    self.values[self.row(*number) * WEIGHTS..][..WEIGHTS].try_into().expect("a row has so many");
                sums.iter_mut().zip(row).for_each(|(sum, weight)| *sum += weight);
            }
            let mut row = [0.0; LABELS];
            row[1..].copy_from_slice(&sums);
            scores.push(row);
        }
        kept_from.push(kept.len());
        debug_assert_eq!(SLOTS, sample.found[0].len());
        let links = Links::new(self.links);
        let factors = links.factors;
        chain.sum(&links, scores);
        let chance_of_labels = chain.likelihood(&factors, 0, &sample.labels);
        for at in 0..scores.len() {
            let share: Scores = std::array::from_fn(|label| chain.ahead[at][label] * chain.back[at][label]);
            let right = usize::from(sample.labels[at]);
            let mut errors = [0.0f32; WEIGHTS];
            let mut most = 0.0f32;
            for (label, error) in (1..).zip(&mut errors) {
                *error = (share[label] - if label == right { 1.0 } else { 0.0 }) * sample.weight;
                most = most.max(error.abs());
            }
            if most < TOUCHED_MIN {
                continue;
            }
            for number in &kept[kept_from[at]..kept_from[at + 1]] {
                let from = self.row(*number) * WEIGHTS;
                let values: &mut [f32; WEIGHTS] =
                    (&mut self.values[from..from + WEIGHTS]).try_into().expect("a row has so many");
                let squares: &mut [f32; WEIGHTS] =
                    (&mut self.squares[from..from + WEIGHTS]).try_into().expect("a row has so many");
                for label in 0..WEIGHTS {
                    let error = errors[label];
                    squares[label] += error * error;
                    values[label] -= rate * error / squares[label].sqrt();
                }
            }
        }
        self.link_step(sample, &factors, chain, rate);
        -chance_of_labels.max(f32::MIN_POSITIVE).ln()
    }

    fn link_step(&mut self, sample: &Sample, factors: &[[f32; LABELS]; LABELS], chain: &Chain, rate: f32) {
        let mut errors = [[0.0f32; LABELS]; LABELS];
        let len = sample.labels.len();
        for at in 1..len {
            for before in 0..LABELS {
                let ahead = chain.ahead[at - 1][before];
                if ahead < 1e-4 {
                    continue;
                }
                for after in 0..LABELS {
                    errors[before][after] += ahead * factors[before][after] * chain.weights[at][after]
                        / chain.factors[at]
                        * chain.back[at][after];
                }
            }
            errors[usize::from(sample.labels[at - 1])][usize::from(sample.labels[at])] -= 1.0;
        }
        for (label, share) in (0..LABELS).map(|label| (label, chain.ahead[0][label] * chain.back[0][label])) {
            errors[0][label] += share;
        }
        errors[0][usize::from(sample.labels[0])] -= 1.0;
        let moved = self.links.iter_mut().flatten().zip(self.link_squares.iter_mut().flatten());
        for ((link, squares), error) in moved.zip(errors.iter().flatten()) {
            let error = error * sample.weight;
            if error.abs() > TOUCHED_MIN && link.is_finite() {
                *squares += error * error;
                *link -= LINK_SHARE * rate * error / squares.sqrt();
            }
        }
    }
}
