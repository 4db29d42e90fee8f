//! Who, where and what an article names.

use std::sync::Arc;

use crate::event::{Entity, Language};
use crate::lexicon::Lexicon;
use crate::text::Fields;

/// The entity tagger: the lexicon, and the rules of each language.
#[derive(Debug)]
pub struct Tagger {
    lexicon: Arc<Lexicon>,
}

impl Tagger {
    /// Compiles the tagger from the data that the program carries.
    #[must_use]
    pub fn new(lexicon: Arc<Lexicon>) -> Self {
        Self { lexicon }
    }

    /// Tags one article: the most salient entity first.
    #[must_use]
    pub fn tag(&self, text: Fields<'_>, language: &Language) -> Vec<Entity> {
        let _ = (text, language, &self.lexicon);
        unimplemented!()
    }
}

/// fp
#[must_use]
pub fn rules_fingerprint() -> String { String::new() }
