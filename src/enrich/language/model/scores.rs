//! What a text's features add up to, and the answers that follow.

use std::cell::OnceCell;

use super::features::{self, Detail};
use super::weights::{LANGUAGES_MAX, SIBLINGS_MAX, Weights};
use crate::event::Script;

/// Languages further behind the first, in log-odds, are no answers.
const FAR: f32 = -14.0;

/// A family that is less likely than this is not looked at more closely.
const FAMILY_MIN: f32 = 0.01;

/// A piece of text, and what its coarse features speak for.
#[derive(Clone, Debug)]
pub(in super::super) struct Piece {
    script: Script,
    folded: Vec<u32>,
    /// By a language's place in the script's table.
    sums: [i32; LANGUAGES_MAX],
    features: usize,
    /// The family that its fine features were first added up for, and what they come to: they are asked for again, by
    /// themselves and with those of other pieces.
    fine: OnceCell<(usize, Fine)>,
    /// How many letters were read.
    pub letters: usize,
}

/// What fine features speak for, by a language's place in its family, and how many they are.
#[derive(Clone, Copy, Debug)]
struct Fine {
    sums: [i32; SIBLINGS_MAX],
    features: usize,
}

/// An answer of the model.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(in super::super) struct Answer<'a> {
    /// The language's tag.
    pub tag: &'a str,
    /// The model's probability, 0 to 1; how often it is right says [`Weights::confidence`].
    pub probability: f32,
}

impl Piece {
    /// Reads a piece of text, of which only the letters of the script count.
    pub(in super::super) fn read(model: &Weights<'_>, text: &str, script: Script) -> Self {
        let mut folded = Vec::with_capacity(text.len() + 2);
        features::fold(text, script, &mut folded);
        let letters = features::letters(&folded);
        let mut sums = [0; LANGUAGES_MAX];
        let mut buckets = Vec::new();
        if let Some(table) = model.table(script) {
            buckets.reserve(4 * folded.len());
            features::buckets(&folded, Detail::Coarse, table.bits, |bucket| buckets.push(bucket));
            table.add(&buckets, &mut sums);
        }
        Self { script, folded, sums, features: buckets.len(), fine: OnceCell::new(), letters }
    }

    /// What its fine features speak for among the languages of a family.
    fn fine(&self, model: &Weights<'_>, family: usize) -> Fine {
        let (first, fine) = self.fine.get_or_init(|| (family, self.read_fine(model, family)));
        if *first == family { *fine } else { self.read_fine(model, family) }
    }

    fn read_fine(&self, model: &Weights<'_>, family: usize) -> Fine {
        let family = &model.families()[family];
        let (mut sums, mut buckets) = ([0; SIBLINGS_MAX], Vec::with_capacity(4 * self.folded.len()));
        features::buckets(&self.folded, Detail::Fine, family.bits, |bucket| buckets.push(bucket));
        family.add(&buckets, &mut sums);
        Fine { sums, features: buckets.len() }
    }
}

/// The languages of the script that come into question for pieces of a text, the likeliest first; none if nothing was
/// read or no language of the script is known. Siblings stand together under the tag of the first of them.
pub(in super::super) fn coarse_answers<'a>(model: &Weights<'a>, pieces: &[&Piece]) -> Vec<Answer<'a>> {
    let features = pieces.iter().map(|piece| piece.features).sum();
    let table = pieces.first().and_then(|piece| model.table(piece.script)).filter(|_| features > 0);
    let Some(table) = table else { return Vec::new() };
    let mut sums = [0; LANGUAGES_MAX];
    for piece in pieces {
        sums.iter_mut().zip(&piece.sums).for_each(|(sum, own)| *sum += own);
    }
    probabilities(&table.languages, &sums, model.scale() * weigh(features))
}

/// The same, with siblings told apart.
pub(in super::super) fn answers<'a>(model: &Weights<'a>, pieces: &[&Piece]) -> Vec<Answer<'a>> {
    let mut answers = Vec::new();
    let script = pieces.first().map(|piece| piece.script);
    for answer in coarse_answers(model, pieces) {
        // A family is sought by name: not for the many that are all but excluded.
        let script = script.filter(|_| answer.probability >= FAMILY_MIN);
        let Some(family) = script.and_then(|script| model.family(answer.tag, script)) else {
            answers.push(answer);
            continue;
        };
        let mut all = Fine { sums: [0; SIBLINGS_MAX], features: 0 };
        for own in pieces.iter().map(|piece| piece.fine(model, family)) {
            all.sums.iter_mut().zip(own.sums).for_each(|(sum, own)| *sum += own);
            all.features += own.features;
        }
        let languages = &model.families()[family].languages;
        let siblings = probabilities(languages, &all.sums, model.scale() * weigh(all.features));
        let own = |sibling: Answer<'a>| Answer { probability: sibling.probability * answer.probability, ..sibling };
        answers.extend(siblings.into_iter().map(own));
    }
    answers.sort_by(|a, b| b.probability.total_cmp(&a.probability));
    answers
}

/// Sums as probabilities, when a sum of 1 is worth `scale`, the likeliest first.
fn probabilities<'a>(languages: &[&'a str], sums: &[i32], scale: f32) -> Vec<Answer<'a>> {
    let sums = &sums[..languages.len()];
    let max = sums.iter().copied().max().unwrap_or_default();
    let odds = sums.iter().map(|sum| (sum - max) as f32 * scale);
    let near = languages.iter().zip(odds).filter(|(_, odds)| *odds > FAR);
    let mut answers: Vec<Answer<'a>> = near.map(|(tag, odds)| Answer { tag, probability: odds.exp() }).collect();
    let total: f32 = answers.iter().map(|answer| answer.probability).sum();
    answers.iter_mut().for_each(|answer| answer.probability /= total);
    answers.sort_by(|a, b| b.probability.total_cmp(&a.probability));
    answers
}

/// What each of so many features counts for: neighbouring runs of letters repeat one another, so that evidence grows
/// with the root of their number.
pub(super) fn weigh(features: usize) -> f32 {
    1.0 / (features.max(1) as f32).sqrt()
}
