//! The rules of each language, read from `data/rules`.

use std::collections::HashMap;

use serde::Deserialize;
use sha2::{Digest, Sha256};

use super::phrase::Phrases;

/// One file a language; `common` holds what names carry with them into any language.
const FILES: [(&str, &str); 13] = [
    ("common", include_str!("../../../data/rules/common.toml")),
    ("de", include_str!("../../../data/rules/de.toml")),
    ("en", include_str!("../../../data/rules/en.toml")),
    ("es", include_str!("../../../data/rules/es.toml")),
    ("fr", include_str!("../../../data/rules/fr.toml")),
    ("id", include_str!("../../../data/rules/id.toml")),
    ("it", include_str!("../../../data/rules/it.toml")),
    ("nl", include_str!("../../../data/rules/nl.toml")),
    ("pl", include_str!("../../../data/rules/pl.toml")),
    ("pt", include_str!("../../../data/rules/pt.toml")),
    ("ru", include_str!("../../../data/rules/ru.toml")),
    ("tr", include_str!("../../../data/rules/tr.toml")),
    ("vi", include_str!("../../../data/rules/vi.toml")),
];

/// SHA-256, in hex, of the rule files: part of the rules hash of every event.
#[must_use]
pub fn rules_fingerprint() -> String {
    let mut hash = Sha256::new();
    for (language, text) in FILES {
        hash.update(language);
        hash.update([0]);
        hash.update(text);
        hash.update([0]);
    }
    format!("{:x}", hash.finalize())
}

/// A rule file, as written; `data/rules/en.toml` explains each key.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct Source {
    titles: Vec<String>,
    forms_of_address: Vec<String>,
    title_links: Vec<String>,
    demonym_endings: Vec<String>,
    place_after_title: bool,
    name_before_title: bool,
    particles: Vec<String>,
    family_names: Vec<String>,
    bare_family_name: bool,
    not_names: Vec<String>,
    not_titled: Vec<String>,
    name_heads: Vec<String>,
    name_tails: Vec<String>,
    states: Vec<String>,
    syllables_join: bool,
    place_joins_names: bool,
    place_words: Vec<String>,
    place_words_in_name: Vec<String>,
    organisation_words: Vec<String>,
    ministry: Ministry,
    mission: Mission,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct Ministry {
    heads: Vec<String>,
    tails: Vec<String>,
    links: Vec<String>,
    joiners: Vec<String>,
    fields: Vec<String>,
    abbreviations: bool,
    names: Vec<String>,
    country_links: Vec<String>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct Mission {
    heads: Vec<String>,
    tails: Vec<String>,
    links: Vec<String>,
}

/// What a phrase before a name says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Title {
    /// An office or rank: its body or country may stand between it and the name.
    Office,
    /// A form of address: the name follows at once.
    Address,
}

/// Where a place's type word stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum PlaceWord {
    /// Outside the name.
    Outside,
    /// Within it.
    Inside,
}

/// The rules of one language, ready for use.
#[derive(Debug, Default)]
pub(super) struct Rules {
    pub(super) titles: Phrases<Title>,
    pub(super) title_links: Phrases<()>,
    pub(super) demonym_endings: Vec<String>,
    pub(super) place_after_title: bool,
    pub(super) name_before_title: bool,
    pub(super) particles: Phrases<()>,
    pub(super) family_names: Phrases<()>,
    pub(super) bare_family_name: bool,
    pub(super) not_names: Phrases<()>,
    pub(super) not_titled: Phrases<()>,
    pub(super) name_heads: Phrases<()>,
    pub(super) name_tails: Phrases<()>,
    pub(super) states: Phrases<()>,
    pub(super) syllables_join: bool,
    pub(super) place_joins_names: bool,
    pub(super) place_words: Phrases<PlaceWord>,
    pub(super) organisation_words: Phrases<()>,
    pub(super) ministry_heads: Phrases<()>,
    pub(super) ministry_tails: Phrases<()>,
    pub(super) ministry_links: Phrases<()>,
    pub(super) joiners: Phrases<()>,
    pub(super) comma_joins: bool,
    pub(super) fields: Phrases<()>,
    pub(super) abbreviations: bool,
    pub(super) bodies: Phrases<()>,
    pub(super) country_links: Phrases<()>,
    pub(super) mission_heads: Phrases<()>,
    pub(super) mission_tails: Phrases<()>,
    pub(super) mission_links: Phrases<()>,
}

/// The rules of every language.
#[derive(Debug)]
pub(super) struct RuleBook {
    by_language: HashMap<&'static str, Rules>,
    common: Rules,
}

impl RuleBook {
    /// The rules that the program carries.
    pub(super) fn embedded() -> Self {
        let source = |text| toml::from_str::<Source>(text).expect("a test parses every embedded file");
        let common = source(FILES[0].1);
        let compiled = FILES[1..].iter().map(|(language, text)| (*language, Rules::new(&source(text), &common)));
        // Names of persons join in a row of capitals in most languages: a town in such a row is no town.
        let unknown = Source { place_joins_names: true, ..Source::default() };
        Self { by_language: compiled.collect(), common: Rules::new(&unknown, &common) }
    }

    /// The rules of a language, or those that hold in every one.
    pub(super) fn of(&self, language: &str) -> &Rules {
        self.by_language.get(language).unwrap_or(&self.common)
    }
}

impl Rules {
    fn new(own: &Source, common: &Source) -> Self {
        let mut rules = Self {
            demonym_endings: own.demonym_endings.clone(),
            place_after_title: own.place_after_title,
            name_before_title: own.name_before_title,
            bare_family_name: own.bare_family_name,
            place_joins_names: own.place_joins_names,
            syllables_join: own.syllables_join,
            comma_joins: own.ministry.joiners.iter().any(|joiner| joiner == ","),
            abbreviations: own.ministry.abbreviations,
            ..Self::default()
        };
        for source in [common, own] {
            rules.titles.add(&source.titles, Title::Office);
            rules.titles.add(&source.forms_of_address, Title::Address);
            rules.title_links.add(&source.title_links, ());
            rules.particles.add(&source.particles, ());
            rules.family_names.add(&source.family_names, ());
            rules.not_names.add(&source.not_names, ());
            rules.not_titled.add(&source.not_titled, ());
            rules.name_heads.add(&source.name_heads, ());
            rules.name_tails.add(&source.name_tails, ());
            rules.states.add(&source.states, ());
            rules.place_words.add(&source.place_words, PlaceWord::Outside);
            rules.place_words.add(&source.place_words_in_name, PlaceWord::Inside);
            rules.organisation_words.add(&source.organisation_words, ());
            rules.ministry_heads.add(&source.ministry.heads, ());
            rules.ministry_tails.add(&source.ministry.tails, ());
            rules.ministry_links.add(&source.ministry.links, ());
            rules.joiners.add(source.ministry.joiners.iter().filter(|joiner| *joiner != ","), ());
            rules.fields.add(&source.ministry.fields, ());
            rules.bodies.add(&source.ministry.names, ());
            rules.country_links.add(&source.ministry.country_links, ());
            rules.mission_heads.add(&source.mission.heads, ());
            rules.mission_tails.add(&source.mission.tails, ());
            rules.mission_links.add(&source.mission.links, ());
        }
        rules
    }
}

/// Reads every embedded file, and holds it to NFC: the text of articles is in it.
#[cfg(test)]
pub(super) fn check_embedded() {
    for (language, text) in FILES {
        if let Err(error) = toml::from_str::<Source>(text) {
            panic!("{language}: {error}");
        }
        assert!(unicode_normalization::is_nfc(text), "{language}");
    }
}
