//! The trainer: labelled sentences in, the model's file out. The same sentences give the same bytes.

mod chance;
mod corpus;
mod fit;
mod settings;

use super::features::{NONE, SLOTS};
use super::labels::WEIGHTS;
use super::weights::write;
pub use corpus::{Licence, Sentence, raw_sentences, sentences};
pub use settings::Settings;

use crate::lexicon::Lexicon;

/// What the largest weight is stored as.
const STORED_MAX: f32 = 127.0;

/// Of the weights, how many may be cut to [`STORED_MAX`]: one in ten thousand.
const CLIPPED: usize = 10_000;

/// Learns from labelled sentences, and then from what it is sure of in sentences without labels: so languages without a
/// corpus come to their words. `report` is told how far it is.
#[must_use]
pub fn train(
    sentences: &[Sentence],
    raw: &[Sentence],
    lexicon: &Lexicon,
    settings: &Settings,
    mut report: impl FnMut(&str),
) -> Vec<u8> {
    let rules = super::super::rules::RuleBook::embedded();
    let mut samples = corpus::samples(sentences, lexicon, &rules, settings, &mut report);
    let mut learner = fit::Learner::new(settings.bits);
    let alone = if raw.is_empty() { settings.passes } else { settings.passes_alone };
    learner.learn(&samples, settings, 0..alone, &mut report);
    if !raw.is_empty() {
        let unlabelled = corpus::samples(raw, lexicon, &rules, settings, &mut report);
        samples.extend(learner.label(unlabelled, settings, &mut report));
        learner.learn(&samples, settings, alone..settings.passes, &mut report);
    }
    let scale = scale(&learner.values);
    // The cast saturates.
    let stored = |value: &f32| (value / scale).round() as i8 as u8;
    let rows: Vec<[u8; WEIGHTS]> =
        learner.values.as_chunks::<WEIGHTS>().0.iter().map(|row| std::array::from_fn(|at| stored(&row[at]))).collect();
    write(scale, [settings.eagerness, settings.reserve], &learner.links, &rows)
}

/// What a stored weight of 1 is worth.
fn scale(values: &[f32]) -> f32 {
    let mut sizes: Vec<f32> = values.iter().map(|value| value.abs()).filter(|size| *size > 0.0).collect();
    if sizes.is_empty() {
        return 1.0;
    }
    let clipped = sizes.len() / CLIPPED;
    let (_, size, _) = sizes.select_nth_unstable_by(clipped, |a, b| b.total_cmp(a));
    *size / STORED_MAX
}

/// A stretch: the features of its units, [`SLOTS`] each, and their labels.
struct Sample {
    found: Vec<[u32; SLOTS]>,
    labels: Vec<u8>,
    weight: f32,
}

const _: () = assert!(NONE == u32::MAX);

/// What a model finds in sentences: code points, class and likelihood.
#[must_use]
pub fn judge(
    file: &[u8],
    sentences: &[Sentence],
    lexicon: &Lexicon,
    bias: Option<(f32, f32)>,
) -> Vec<Vec<(usize, usize, &'static str, f32)>> {
    use super::super::{claim_by_rule, page::Page};
    let mut aligned: Vec<u8> = file.to_vec();
    aligned.shrink_to_fit();
    let mut weights = super::Weights::read(&aligned).expect("a model");
    if let Some((eagerness, reserve)) = bias {
        (weights.eagerness, weights.reserve) = (eagerness, reserve);
    }
    let rules = super::super::rules::RuleBook::embedded();
    let parts = crate::lexicon::NameParts::embedded();
    let mut all = Vec::new();
    for sentence in sentences {
        let tag = if sentence.lang == "tl" { "fil" } else { sentence.lang.as_str() };
        let rules = rules.of(tag);
        let mut page = Page::new(crate::event::Field::Body, &sentence.text, lexicon, tag);
        claim_by_rule(&mut page, rules, &parts);
        let known = super::Known { rules, lexicon, parts: &parts, tag };
        let found = super::sightings(&weights, &page, &known);
        let point = |byte: usize| sentence.text[..byte].chars().count();
        all.push(
            found
                .iter()
                .map(|s| {
                    let class = match s.class {
                        super::Class::Person => "PER",
                        super::Class::Organisation => "ORG",
                        super::Class::Place => "LOC",
                        super::Class::Other => "MISC",
                    };
                    (point(s.start), point(s.end), class, s.likelihood)
                })
                .collect(),
        );
    }
    all
}
