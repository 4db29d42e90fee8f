//! What a text's features add up to, and the answers that follow.

use super::features;
use super::weights::{SLOTS_MAX, Weights};
use crate::event::Script;

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
        let mut count = 0;
        features::buckets(folded, |bucket| {
            model.add(bucket, &mut self.sums);
            count += 1;
        });
        self.features += count;
    }

    /// The languages of the script, the likeliest first; none if nothing was read or no language of the script is known.
    pub(in super::super) fn answers<'a>(&self, model: &Weights<'a>) -> Vec<Answer<'a>> {
        if self.features == 0 {
            return Vec::new();
        }
        let scale = model.scale() * weigh(self.features);
        let of_script = model.slots().iter().zip(self.sums).filter(|(slot, _)| slot.script == self.script);
        let mut answers: Vec<Answer<'a>> =
            of_script.map(|(slot, sum)| Answer { tag: slot.tag, probability: sum as f32 * scale }).collect();
        let max = answers.iter().map(|answer| answer.probability).fold(f32::MIN, f32::max);
        answers.iter_mut().for_each(|answer| answer.probability = (answer.probability - max).exp());
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
