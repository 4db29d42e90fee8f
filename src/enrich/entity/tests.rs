mod bodies;
mod meanings;
mod persons;
mod properties;
mod seeds;

use std::sync::LazyLock;

use super::*;
use crate::event::{EntityType, LanguageBasis, LanguageTag, Score, Script};

/// Lexicon and rules alone: what the model adds changes with each training.
static TAGGER: LazyLock<Tagger> = LazyLock::new(|| {
    let silent: &'static [u8] = Box::leak(model::silent_file().into_boxed_slice());
    Tagger::with_model(Arc::new(Lexicon::embedded()), silent)
});

/// With the model that the program carries.
static WHOLE: LazyLock<Tagger> = LazyLock::new(|| Tagger::new(Arc::new(Lexicon::embedded())));

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

fn tag_whole(tag: &str, title: Option<&str>, body: &str) -> Vec<Entity> {
    WHOLE.tag(Fields { title, body }, &language(tag))
}

/// Each mention of a text, in order, as `type text`; with its id where one is known.
fn check(language: &str, body: &str, expected: &[&str]) {
    let entities = tag(language, None, body);
    let mentions =
        entities.iter().flat_map(|entity| entity.mentions.iter().map(move |mention| (mention.start, entity, mention)));
    let mut mentions: Vec<_> = mentions.collect();
    mentions.sort_by_key(|(start, ..)| *start);
    let shown = |entity: &Entity, text: &str| match &entity.id {
        Some(id) => format!("{} {text} = {id}", entity.r#type.as_str()),
        None => format!("{} {text}", entity.r#type.as_str()),
    };
    let found: Vec<String> = mentions.iter().map(|(_, entity, mention)| shown(entity, &mention.text)).collect();
    assert_eq!(found, expected, "{language}: {body}");
}
