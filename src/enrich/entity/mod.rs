//! Who, where and what an article names.
//!
//! Three sources: the names of the lexicon, rules of each language (`data/rules`) for persons around titles, ministries
//! and embassies, and places beside the word for their type, and a [`model`] for names that no list has. Rules claim words
//! first, so that a person or body is not read as the place that is part of its name; the model has the rest; then the
//! article is read as a whole: names recur without titles, short forms join full ones, weak names need evidence and
//! homographs a reason.
//!
//! Mentions never overlap, count code points of their field and slice it exactly. Entities come by salience, then by
//! first mention. An unknown name has no id but that of a ministry whose country is known; inflected forms have their
//! base form's id where the lexicon lists them, knows the ending, or the endings of the language lead to one name alone.

mod beside;
mod body;
mod closed;
mod complement;
mod cut;
mod doubt;
mod evidence;
mod inflected;
mod merge;
pub mod model;
mod namesakes;
mod page;
mod person;
mod phrase;
mod place;
mod portfolio;
mod rules;
mod run;
mod running;
mod seat;
mod seen;
mod source;
mod within;

use std::sync::Arc;

use crate::event::{Entity, Field, Language};
use crate::lexicon::{Lexicon, NameParts};
use crate::text::Fields;
use model::Weights;
use namesakes::Namesakes;
use page::Page;
pub use rules::rules_fingerprint;

/// The entity tagger: the lexicon, the rules of each language, and the model.
#[derive(Debug)]
pub struct Tagger {
    lexicon: Arc<Lexicon>,
    rules: rules::RuleBook,
    model: Weights<'static>,
    parts: NameParts,
}

impl Tagger {
    /// Compiles the tagger from the data that the program carries.
    #[must_use]
    pub fn new(lexicon: Arc<Lexicon>) -> Self {
        Self::with_model(lexicon, model::FILE)
    }

    /// Compiles the tagger with weights of another file.
    ///
    /// # Panics
    /// If the file is none that the trainer wrote.
    #[must_use]
    pub fn with_model(lexicon: Arc<Lexicon>, file: &'static [u8]) -> Self {
        let model = Weights::read(file).expect("a test reads the file that the program carries");
        Self { lexicon, rules: rules::RuleBook::embedded(), model, parts: NameParts::embedded() }
    }

    /// Tags one article: the most salient entity first.
    #[must_use]
    pub fn tag(&self, text: Fields<'_>, language: &Language) -> Vec<Entity> {
        let (lexicon, tag) = (self.lexicon.as_ref(), language.tag.as_str());
        let rules = self.rules.of(tag);
        let fields = text.title.map(|title| (Field::Title, title)).into_iter().chain([(Field::Body, text.body)]);
        let mut pages: Vec<Page<'_>> = fields.map(|(field, text)| Page::new(field, text, lexicon, tag)).collect();
        for page in &mut pages {
            claim_by_rule(page, rules, &self.parts);
        }
        let known = model::Known { rules, lexicon, parts: &self.parts, tag };
        let seen = |page| Page::cut(page, &model::sightings(&self.model, page, &known), rules, &self.parts);
        let mut sightings: Vec<_> = pages.iter().map(seen).collect();
        seen::agree(&pages, &mut sightings);
        for (page, seen) in pages.iter_mut().zip(&sightings) {
            page.claim_seen(seen, rules, &self.parts);
        }
        for page in &mut pages {
            page.name_inflected(rules);
        }
        let mut persons = Namesakes::of(&pages, rules);
        for page in &mut pages {
            persons.claim_repeats(page, rules, lexicon);
            page.claim_names(|page, hit| evidence::extent(page, rules, lexicon, hit));
        }
        let meanings = evidence::weigh(&pages, rules, lexicon, &self.parts);
        merge::entities(&pages, lexicon, rules, &persons, &meanings)
    }
}

/// Claims what the rules of the language find: bodies before the places in their names, and both before persons.
fn claim_by_rule(page: &mut Page<'_>, rules: &rules::Rules, parts: &NameParts) {
    running::find(page, rules);
    body::find(page, rules);
    place::find(page, rules);
    person::find(page, rules, parts);
    closed::find(page, rules, parts);
}

#[cfg(test)]
mod tests;
