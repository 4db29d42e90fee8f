//! The trainer: labelled sentences in, the model's file out. The same sentences give the same bytes.

mod corpus;
mod fit;
mod settings;
mod table;

use super::super::claim_by_rule;
use super::super::page::Page;
use super::super::rules::RuleBook;
use super::features::SLOTS;
use super::labels::Class;
use super::weights::write;
pub use corpus::{Licence, Sentence, raw_sentences, sentences};
pub use settings::Settings;

use crate::enrich::training;
use crate::event::Field;
use crate::lexicon::{Lexicon, NameParts};

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
    let rules = RuleBook::embedded();
    let mut samples = corpus::samples(sentences, lexicon, &rules, settings, &mut report);
    let mut learner = fit::Learner::new(settings.bits);
    let whole = settings.passes - settings.passes_pruned;
    let alone = if raw.is_empty() { whole } else { settings.passes_alone };
    learner.learn(&samples, settings, 0..alone, &mut report);
    if !raw.is_empty() {
        let wanted = corpus::wanted(raw, sentences, settings);
        let unlabelled = corpus::samples(wanted, lexicon, &rules, settings, &mut report);
        samples.extend(learner.label(unlabelled, settings, &mut report));
        learner.learn(&samples, settings, alone..whole, &mut report);
    }
    // What there is room for learns to do without the rest.
    let features = table::features(&samples, &learner);
    let chosen = table::choose(&features, &learner, settings.line_bits);
    learner.keep(&chosen, &features);
    learner.learn(&samples, settings, whole..settings.passes, &mut report);
    let scale = training::scale(learner.values.iter().copied());
    let lines = table::lines(&chosen, &features, &learner, scale);
    write(scale, [settings.eagerness, settings.reserve], &learner.links, &lines)
}

/// A stretch: the features of its units, [`SLOTS`] each, and their labels.
struct Sample {
    found: Vec<[u32; SLOTS]>,
    labels: Vec<u8>,
    weight: f32,
}

/// A name that a model finds: its first code point, the one after its last, its class and how likely it is.
pub type Found = (usize, usize, Class, f32);

/// What a model finds in sentences, without the lexicon's and the rules' word on it.
///
/// # Panics
/// If the file is none that [`train`] has made.
#[must_use]
pub fn judge(file: &[u8], sentences: &[Sentence], lexicon: &Lexicon) -> Vec<Vec<Found>> {
    let weights = super::Weights::read(file).expect("the trainer made it");
    let (rules, parts) = (RuleBook::embedded(), NameParts::embedded());
    let found = |sentence: &Sentence| {
        let tag = corpus::tag(sentence);
        let rules = rules.of(tag);
        let mut page = Page::new(Field::Body, &sentence.text, lexicon, tag);
        claim_by_rule(&mut page, rules, &parts);
        let point = |byte: usize| sentence.text[..byte].chars().count();
        let seen = super::sightings(&weights, &page, &super::Known { rules, lexicon, parts: &parts, tag });
        seen.iter().map(|name| (point(name.start), point(name.end), name.class, name.likelihood)).collect()
    };
    sentences.iter().map(found).collect()
}
