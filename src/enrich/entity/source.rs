//! The rule files of `data/rules`, as written: one a language, read once.

use std::collections::BTreeMap;

use serde::Deserialize;

/// The rule files, by language. A test holds the list to the folder.
macro_rules! files {
    ($($language:literal)*) => {
        &[$(($language, include_str!(concat!("../../../data/rules/", $language, ".toml")))),*]
    };
}

/// One file a language; `common` holds what names carry with them into any language.
pub(super) const FILES: &[(&str, &str)] = files!(
    "common" "ar" "bg" "bn" "ca" "cs" "da" "de" "el" "en" "es" "et" "fa" "fi" "fil" "fr" "he" "hi" "hr" "hu" "hy"
    "id" "it" "ja" "kk" "ko" "lt" "lv" "ms" "nb" "ne" "nl" "nn" "pl" "pt" "ro" "ru" "sk" "sl" "sr" "sv" "sw" "ta"
    "th" "tr" "uk" "ur" "vi" "zh"
);

/// The most forms that the endings of one phrase may make.
const FORMS_MAX: usize = 600;

/// The most words that the endings of a phrase may stand on, and files that may stand behind one another.
const DEPTH_MAX: usize = 4;

/// A rule file, as written; `data/rules/README.md` explains each key.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct Source {
    pub(super) like: Option<String>,
    pub(super) home: Option<String>,
    pub(super) titles: Vec<String>,
    pub(super) titles_after: Vec<String>,
    pub(super) forms_of_address: Vec<String>,
    pub(super) forms_of_address_after: Vec<String>,
    pub(super) address_in_name: bool,
    pub(super) apostrophe_ends_names: bool,
    pub(super) title_links: Vec<String>,
    pub(super) demonyms: Vec<String>,
    pub(super) demonym_endings: Vec<String>,
    pub(super) place_after_title: bool,
    pub(super) name_before_title: bool,
    pub(super) particles: Vec<String>,
    pub(super) family_names: Vec<String>,
    pub(super) family_endings: Vec<String>,
    pub(super) case_endings: Vec<String>,
    pub(super) name_suffixes: Vec<String>,
    pub(super) name_stops: Vec<String>,
    pub(super) bare_family_name: bool,
    pub(super) not_names: Vec<String>,
    pub(super) everyday_words: Vec<String>,
    pub(super) not_titled: Vec<String>,
    pub(super) name_heads: Vec<String>,
    pub(super) name_tails: Vec<String>,
    pub(super) states: Vec<String>,
    pub(super) state_words: Vec<String>,
    pub(super) club_articles: Vec<String>,
    pub(super) syllables_join: bool,
    pub(super) place_joins_names: bool,
    pub(super) place_prepositions: Vec<String>,
    pub(super) place_words: Vec<String>,
    pub(super) place_words_in_name: Vec<String>,
    pub(super) place_tails: Vec<String>,
    pub(super) organisation_words: Vec<String>,
    pub(super) organisation_heads: Vec<String>,
    pub(super) organisation_tails: Vec<String>,
    pub(super) legal_forms: Vec<String>,
    pub(super) demonyms_of: BTreeMap<String, Vec<String>>,
    pub(super) ministry: Ministry,
    pub(super) institutions: BTreeMap<String, Vec<String>>,
    pub(super) lacking: BTreeMap<String, Vec<String>>,
    pub(super) mission: Mission,
    pub(super) endings: BTreeMap<String, Vec<String>>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct Ministry {
    pub(super) heads: Vec<String>,
    pub(super) tails: Vec<String>,
    pub(super) offices: Vec<String>,
    pub(super) links: Vec<String>,
    pub(super) joiners: Vec<String>,
    pub(super) abbreviations: bool,
    pub(super) others: Vec<String>,
    pub(super) country_links: Vec<String>,
    pub(super) fields: BTreeMap<String, Vec<String>>,
    pub(super) names: BTreeMap<String, Vec<String>>,
    pub(super) initials: BTreeMap<String, Vec<String>>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct Mission {
    pub(super) heads: Vec<String>,
    pub(super) tails: Vec<String>,
    pub(super) links: Vec<String>,
}

impl Source {
    /// The file of a language.
    pub(super) fn of(language: &str) -> Option<Self> {
        let (_, text) = FILES.iter().find(|(known, _)| *known == language)?;
        Some(toml::from_str(text).expect("a test parses every embedded file"))
    }

    /// This file, before it those that it is `like`.
    pub(super) fn with_likes(self) -> Vec<Self> {
        let mut sources = vec![self];
        while let Some(like) = sources[0].like.as_deref().filter(|_| sources.len() < DEPTH_MAX).and_then(Self::of) {
            sources.insert(0, like);
        }
        sources
    }

    /// Every form of these phrases.
    pub(super) fn forms(&self, phrases: &[String]) -> Vec<String> {
        phrases.iter().flat_map(|phrase| forms(phrase, &self.endings)).collect()
    }
}

/// Every form of a phrase: `министр{m}` with each of the endings `m`, `director{,a}` with each that stands there.
fn forms(phrase: &str, endings: &BTreeMap<String, Vec<String>>) -> Vec<String> {
    let mut forms = vec![phrase.to_owned()];
    for _ in 0..DEPTH_MAX {
        if !forms[0].contains('{') {
            break;
        }
        forms = forms.iter().flat_map(|form| expand(form, endings)).take(FORMS_MAX).collect();
    }
    forms
}

/// The forms of the first set of endings in a phrase.
fn expand(phrase: &str, endings: &BTreeMap<String, Vec<String>>) -> Vec<String> {
    let parts = phrase.split_once('{').and_then(|(stem, rest)| Some((stem, rest.split_once('}')?)));
    let Some((stem, (set, rest))) = parts else { return vec![phrase.to_owned()] };
    let with = |ending: &str| format!("{stem}{ending}{rest}");
    match endings.get(set) {
        Some(endings) => endings.iter().map(|ending| with(ending)).collect(),
        None => set.split(',').map(with).collect(),
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;

    #[test]
    fn every_file_of_the_folder_is_read_and_is_well_formed() {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("data/rules");
        let files = std::fs::read_dir(folder)
            .expect("the folder of rules")
            .filter_map(|file| file.ok()?.path().file_name()?.to_str()?.strip_suffix(".toml").map(str::to_owned));
        let mut files: Vec<String> = files.collect();
        files.sort_unstable_by_key(|file| (file != "common", file.clone()));
        assert_eq!(files, FILES.iter().map(|(language, _)| *language).collect::<Vec<_>>());
        for (language, text) in FILES {
            let source: Source = toml::from_str(text).unwrap_or_else(|error| panic!("{language}: {error}"));
            assert!(unicode_normalization::is_nfc(text), "{language}: the text of articles is in NFC");
            check_endings(language, text, &source.endings);
            assert!(source.like.is_none_or(|like| FILES.iter().any(|(known, _)| *known == like)), "{language}");
        }
    }

    /// Each set of endings is defined, used, and makes no more forms than are kept.
    fn check_endings(language: &str, text: &str, endings: &BTreeMap<String, Vec<String>>) {
        let sets = |phrase: &str| {
            phrase.split('{').skip(1).filter_map(|rest| Some(rest.split_once('}')?.0.to_owned())).collect::<Vec<_>>()
        };
        for phrase in text.split('"').filter(|phrase| phrase.contains('{')) {
            let known = |set: &String| set.contains(',') || endings.contains_key(set);
            assert!(sets(phrase).iter().all(known), "{language}: unknown endings in {phrase:?}");
            let count: usize =
                sets(phrase).iter().map(|set| endings.get(set).map_or(set.split(',').count(), Vec::len)).product();
            assert!(
                count <= FORMS_MAX && forms(phrase, endings).len() == count,
                "{language}: {phrase:?} has {count} forms"
            );
        }
        for set in endings.keys() {
            assert!(text.contains(&format!("{{{set}}}")), "{language}: no phrase has the endings {set}");
        }
    }

    #[test]
    fn endings_make_forms() {
        let endings = BTreeMap::from([("m".to_owned(), vec![String::new(), "а".to_owned()])]);
        assert_eq!(forms("министр{m} обороны", &endings), ["министр обороны", "министра обороны"]);
        assert_eq!(forms("{,و}رئيس", &endings), ["رئيس", "ورئيس"]);
        assert_eq!(forms("генеральн{ый,ого} секретар{ь,я}", &endings).len(), 4);
        assert_eq!(forms("plain", &endings), ["plain"]);
    }
}
