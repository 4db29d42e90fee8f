//! What a text's features add up to, and the answers that follow.

use super::features;
use super::weights::{PARTIAL_MAX, SLOTS_MAX, Slot, Weights};
use crate::event::Script;

/// Languages further behind the first, in log-odds, are no answers.
const FAR: f32 = -14.0;

/// What the features of a text, or of several pieces of it, speak for.
#[derive(Clone, Debug)]
pub(in super::super) struct Scores {
    script: Script,
    /// By slot.
    sums: [i32; SLOTS_MAX],
    features: usize,
    /// How many letters were read.
    pub letters: usize,
}

/// An answer of the model.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(in super::super) struct Answer<'a> {
    /// The language's tag.
    pub tag: &'a str,
    /// The model's probability, 0 to 1; how often it is right says [`Weights::confidence`].
    pub probability: f32,
}

impl Scores {
    /// No text yet; it will be in `script`.
    pub(in super::super) fn new(script: Script) -> Self {
        Self { script, sums: [0; SLOTS_MAX], features: 0, letters: 0 }
    }

    /// Adds the scores of a piece of text, of which only the letters of the script are read. `folded` is scratch space.
    pub(in super::super) fn read(&mut self, model: &Weights<'_>, text: &str, folded: &mut Vec<u32>) {
        features::fold(text, self.script, folded);
        self.letters += features::letters(folded);
        let mut places = Vec::with_capacity(4 * folded.len());
        features::buckets(folded, |bucket| places.push(model.place(bucket)));
        for places in places.chunks(PARTIAL_MAX) {
            let mut partial = [0; SLOTS_MAX];
            places.iter().for_each(|place| model.add(*place, &mut partial));
            self.sums.iter_mut().zip(partial).for_each(|(sum, partial)| *sum += i32::from(partial));
        }
        self.features += places.len();
    }

    /// Adds the scores of another piece.
    pub(in super::super) fn add(&mut self, other: &Self) {
        self.sums.iter_mut().zip(&other.sums).for_each(|(sum, other)| *sum += other);
        self.features += other.features;
        self.letters += other.letters;
    }

    /// The languages of the script that come into question, the likeliest first; none if nothing was read or no language
    /// of the script is known.
    pub(in super::super) fn answers<'a>(&self, model: &Weights<'a>) -> Vec<Answer<'a>> {
        if self.features == 0 {
            return Vec::new();
        }
        let scale = model.scale() * weigh(self.features);
        let own = |slot: &Slot<'_>| slot.script == self.script;
        let of_script = model.slots().iter().zip(self.sums).filter(|(slot, _)| own(slot));
        let max = of_script.clone().map(|(_, sum)| sum).max().unwrap_or_default();
        let near = of_script.map(|(slot, sum)| (slot.tag, (sum - max) as f32 * scale)).filter(|(_, odds)| *odds > FAR);
        let mut answers: Vec<Answer<'a>> = near.map(|(tag, odds)| Answer { tag, probability: odds.exp() }).collect();
        let total: f32 = answers.iter().map(|answer| answer.probability).sum();
        answers.iter_mut().for_each(|answer| answer.probability /= total);
        answers.sort_by(|a, b| b.probability.total_cmp(&a.probability));
        answers
    }
}

/// What each of so many features counts for: neighbouring runs of letters repeat one another, so that evidence grows
/// with the root of their number.
pub(super) fn weigh(features: usize) -> f32 {
    1.0 / (features.max(1) as f32).sqrt()
}
