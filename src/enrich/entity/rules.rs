//! The rules of each language, ready for use.

use std::sync::OnceLock;

use sha2::{Digest, Sha256};

use super::inflected::CaseEndings;
use super::model;
use super::phrase::{PhraseSet, Phrases};
use super::portfolio::{self, Portfolios};
use super::run::Runs;
use super::source::{FILES, Source};
use crate::lexicon::token::KeyMap;
use crate::lexicon::{self, NameParts};

/// SHA-256, in hex, of the rule files, the endings of names and the model: part of the rules hash of every event.
#[must_use]
pub fn rules_fingerprint() -> String {
    let mut hash = Sha256::new();
    for (language, text) in FILES {
        hash.update(language);
        hash.update([0]);
        hash.update(text);
        hash.update([0]);
    }
    hash.update(lexicon::ENDINGS);
    hash.update(NameParts::fingerprint());
    hash.update(model::FINGERPRINT);
    format!("{:x}", hash.finalize())
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
    pub(super) home: Option<String>,
    pub(super) titles: Phrases<Title>,
    pub(super) titles_after: Phrases<Title>,
    pub(super) address_in_name: bool,
    pub(super) apostrophe_ends_names: bool,
    pub(super) runs: Runs,
    pub(super) title_links: Phrases<()>,
    pub(super) demonyms: Phrases<()>,
    pub(super) demonym_endings: Vec<String>,
    /// The state that an adjective belongs to, by its code.
    pub(super) demonyms_of: Phrases<[u8; 2]>,
    pub(super) place_after_title: bool,
    pub(super) name_before_title: bool,
    pub(super) particles: Phrases<()>,
    pub(super) family_names: Phrases<()>,
    pub(super) family_endings: Vec<String>,
    pub(super) case_endings: CaseEndings,
    pub(super) name_suffixes: Phrases<()>,
    pub(super) name_stops: Phrases<()>,
    pub(super) bare_family_name: bool,
    pub(super) not_names: Phrases<()>,
    pub(super) not_titled: Phrases<()>,
    pub(super) name_heads: Phrases<()>,
    pub(super) name_tails: Phrases<()>,
    pub(super) states: Phrases<()>,
    pub(super) state_words: Phrases<()>,
    pub(super) everyday: Phrases<()>,
    pub(super) club_articles: Phrases<()>,
    pub(super) syllables_join: bool,
    pub(super) place_joins_names: bool,
    pub(super) place_prepositions: Phrases<()>,
    pub(super) place_words: Phrases<PlaceWord>,
    pub(super) place_tails: Phrases<()>,
    pub(super) organisation_words: Phrases<()>,
    pub(super) organisation_heads: Phrases<()>,
    pub(super) organisation_tails: Phrases<()>,
    pub(super) legal_forms: Phrases<()>,
    pub(super) ministry_heads: Phrases<()>,
    pub(super) ministry_tails: Phrases<()>,
    pub(super) ministry_links: Phrases<()>,
    pub(super) joiners: Phrases<()>,
    pub(super) comma_joins: bool,
    pub(super) fields: Phrases<Portfolios>,
    pub(super) ministries: Phrases<Portfolios>,
    pub(super) abbreviations: bool,
    pub(super) bodies: Phrases<()>,
    pub(super) country_links: Phrases<()>,
    pub(super) mission_heads: Phrases<()>,
    pub(super) mission_tails: Phrases<()>,
    pub(super) mission_links: Phrases<()>,
    /// For the first word of each phrase that the model asks for, in which of them it starts one.
    pub(super) starts: KeyMap<u32>,
}

/// The rules of every language, each made ready when it is first asked for.
#[derive(Debug)]
pub(super) struct RuleBook {
    by_language: Vec<(&'static str, OnceLock<Rules>)>,
    common: Rules,
}

impl RuleBook {
    /// The rules that the program carries.
    pub(super) fn embedded() -> Self {
        // Names of persons join in a row of capitals in most languages: a town in such a row is no town.
        let unknown = Source { place_joins_names: true, ..Source::default() };
        let by_language = FILES[1..].iter().map(|(language, _)| (*language, OnceLock::new()));
        Self { by_language: by_language.collect(), common: Rules::new(unknown) }
    }

    /// The rules of a language, or those that hold in every one.
    pub(super) fn of(&self, language: &str) -> &Rules {
        let found = self.by_language.iter().find(|(known, _)| *known == language);
        found.map_or(&self.common, |(_, rules)| {
            rules.get_or_init(|| Rules::new(Source::of(language).expect("the list is made of the files")))
        })
    }
}

impl Rules {
    fn new(own: Source) -> Self {
        let mut rules = Self {
            home: own.home.clone(),
            place_after_title: own.place_after_title,
            name_before_title: own.name_before_title,
            bare_family_name: own.bare_family_name,
            address_in_name: own.address_in_name,
            apostrophe_ends_names: own.apostrophe_ends_names,
            place_joins_names: own.place_joins_names,
            syllables_join: own.syllables_join,
            comma_joins: own.ministry.joiners.iter().any(|joiner| joiner == ","),
            abbreviations: own.ministry.abbreviations,
            ..Self::default()
        };
        let common = Source::of("common").expect("the file stands first");
        for source in std::iter::once(common).chain(own.with_likes()) {
            rules.add_names(&source);
            rules.add_places_and_organisations(&source);
            rules.add_bodies(&source);
            rules.runs.add_source(&source);
        }
        rules.starts = rules.find_starts();
        rules
    }

    /// The phrases that the model asks for, besides titles and words of places.
    pub(super) fn sets(&self) -> [&dyn PhraseSet; 15] {
        [
            &self.organisation_words,
            &self.ministry_heads,
            &self.ministry_tails,
            &self.mission_heads,
            &self.particles,
            &self.family_names,
            &self.name_heads,
            &self.name_tails,
            &self.fields,
            &self.organisation_heads,
            &self.organisation_tails,
            &self.legal_forms,
            &self.place_tails,
            &self.titles_after,
            &self.demonyms,
        ]
    }

    fn find_starts(&self) -> KeyMap<u32> {
        let mut starts = KeyMap::default();
        let firsts = self.titles.firsts().map(|key| (key, 1)).chain(self.place_words.firsts().map(|key| (key, 2)));
        let sets = self
            .sets()
            .into_iter()
            .zip(4..)
            .flat_map(|(set, bit)| set.firsts().into_iter().map(move |key| (key, 1 << bit)));
        for (key, bits) in firsts.chain(sets) {
            *starts.entry(key).or_default() |= bits;
        }
        starts
    }

    fn add_names(&mut self, source: &Source) {
        self.titles.add(&source.forms(&source.titles), Title::Office);
        self.titles.add(&source.forms(&source.forms_of_address), Title::Address);
        self.titles_after.add(&source.forms(&source.titles_after), Title::Office);
        self.titles_after.add(&source.forms(&source.forms_of_address_after), Title::Address);
        self.title_links.add(&source.forms(&source.title_links), ());
        self.demonyms.add(&source.forms(&source.demonyms), ());
        self.demonym_endings.extend_from_slice(&source.demonym_endings);
        for (state, adjectives) in &source.demonyms_of {
            let &[first, second] = state.as_bytes() else { continue };
            self.demonyms_of.add(&source.forms(adjectives), [first, second]);
        }
        self.particles.add(&source.particles, ());
        self.family_names.add(&source.family_names, ());
        self.family_endings.extend(source.forms(&source.family_endings));
        self.case_endings.add(&source.case_endings);
        self.name_suffixes.add(&source.name_suffixes, ());
        self.name_stops.add(&source.name_stops, ());
        self.not_names.add(&source.forms(&source.not_names), ());
        self.not_titled.add(&source.not_titled, ());
        self.name_heads.add(&source.name_heads, ());
        self.name_tails.add(&source.name_tails, ());
        self.states.add(&source.states, ());
        self.state_words.add(&source.state_words, ());
        self.everyday.add(&source.everyday_words, ());
        self.club_articles.add(&source.club_articles, ());
    }

    fn add_places_and_organisations(&mut self, source: &Source) {
        self.place_prepositions.add(&source.place_prepositions, ());
        self.place_words.add(&source.forms(&source.place_words), PlaceWord::Outside);
        self.place_words.add(&source.forms(&source.place_words_in_name), PlaceWord::Inside);
        self.place_tails.add(&source.forms(&source.place_tails), ());
        self.organisation_words.add(&source.forms(&source.organisation_words), ());
        self.organisation_heads.add(&source.forms(&source.organisation_heads), ());
        self.organisation_tails.add(&source.forms(&source.organisation_tails), ());
        self.legal_forms.add(&source.legal_forms, ());
    }

    fn add_bodies(&mut self, source: &Source) {
        let (ministry, mission) = (&source.ministry, &source.mission);
        self.ministry_heads.add(&source.forms(&ministry.heads), ());
        self.ministry_tails.add(&source.forms(&ministry.tails), ());
        self.ministry_links.add(&ministry.links, ());
        self.joiners.add(ministry.joiners.iter().filter(|joiner| *joiner != ","), ());
        let (fields, ministries) = portfolio::words(source);
        self.fields.join(fields);
        self.ministries.join(ministries);
        self.bodies.add(&ministry.others, ());
        self.country_links.add(&ministry.country_links, ());
        self.mission_heads.add(&source.forms(&mission.heads), ());
        self.mission_tails.add(&source.forms(&mission.tails), ());
        self.mission_links.add(&mission.links, ());
    }
}
