use std::path::Path;
use std::sync::LazyLock;

use super::*;
use crate::event::{LanguageBasis, LanguageTag, Score, Script};

static TAGGER: LazyLock<Tagger> = LazyLock::new(|| Tagger::new(Arc::new(Lexicon::embedded())));

fn language(tag: &str) -> Language {
    Language {
        tag: LanguageTag::parse(tag).unwrap_or_else(LanguageTag::undetermined),
        script: Some(Script::Latn),
        confidence: Score::new(1.0),
        reliable: true,
        basis: LanguageBasis::Text,
        alternatives: Vec::new(),
        segments: Vec::new(),
    }
}

fn tag(tag: &str, title: Option<&str>, body: &str) -> Vec<Entity> {
    TAGGER.tag(Fields { title, body }, &language(tag))
}
