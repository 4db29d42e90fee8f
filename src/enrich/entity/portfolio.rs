//! Portfolios: what ministries are for, and the institutions that every state has under one name, told in any language by
//! one list.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use super::phrase::Phrases;
use super::source::{Ministry, Source};

/// The portfolios and institutions of every language, in the order of their names: those that the English rules have
/// words for.
static NAMES: LazyLock<Vec<String>> = LazyLock::new(|| {
    let mut names: Vec<String> = ENGLISH.ministry.fields.keys().chain(ENGLISH.institutions.keys()).cloned().collect();
    names.sort_unstable();
    names
});

/// Those of the set that are institutions.
static INSTITUTIONS: LazyLock<Portfolios> = LazyLock::new(|| {
    let named = ENGLISH.institutions.keys().filter_map(|name| Portfolios::named(name));
    named.fold(Portfolios::default(), Portfolios::with)
});

/// The institutions that states lack, by the states' codes.
static LACKING: LazyLock<BTreeMap<String, Vec<String>>> =
    LazyLock::new(|| Source::of("common").expect("the file is in the list").lacking);

static ENGLISH: LazyLock<Source> = LazyLock::new(|| Source::of("en").expect("the file is in the list"));

/// The most portfolios that there can be: a bit each.
const NAMES_MAX: usize = 128;

/// What one ministry is for: a set of portfolios.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub(super) struct Portfolios(u128);

impl Portfolios {
    /// The portfolio of this name.
    fn named(name: &str) -> Option<Self> {
        let number = NAMES.binary_search_by(|known| known.as_str().cmp(name)).ok()?;
        (number < NAMES_MAX).then(|| Self(1 << number))
    }

    /// These and those.
    #[must_use]
    pub(super) fn with(self, others: Self) -> Self {
        Self(self.0 | others.0)
    }

    /// Whether none is known.
    pub(super) fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// Whether it is an institution and no ministry.
    pub(super) fn is_institution(self) -> bool {
        self.0 & INSTITUTIONS.0 != 0
    }

    /// Whether a state of this code has no such institution, or one of another name.
    pub(super) fn is_lacking(self, country: &str) -> bool {
        let lacks = |name: &str| LACKING.get(name).is_some_and(|states| states.iter().any(|state| state == country));
        self.names().any(lacks)
    }

    /// The names of the set, in order.
    fn names(self) -> impl Iterator<Item = &'static str> {
        let numbered = NAMES.iter().take(NAMES_MAX).enumerate();
        numbered.filter(move |(number, _)| self.0 >> number & 1 == 1).map(|(_, name)| name.as_str())
    }

    /// The id of the ministry or institution that a country has for these: `wiredesk:gov/vn/industry+trade`. Do not change: ids are
    /// kept by consumers.
    pub(super) fn id(self, country: &str) -> String {
        let names: Vec<&str> = self.names().collect();
        format!("wiredesk:gov/{}/{}", country.to_ascii_lowercase(), names.join("+"))
    }
}

impl Portfolios {
    /// What a ministry for these is called in English, or the institution: 'Ministry of Industry and Trade'.
    pub(super) fn title(self) -> String {
        if let Some(words) = self.names().find_map(|name| ENGLISH.institutions.get(name)) {
            return words.first().cloned().unwrap_or_default();
        }
        let fields = &ENGLISH.ministry.fields;
        let words: Vec<&str> = self.names().filter_map(|name| fields.get(name)?.first().map(String::as_str)).collect();
        let list = words.split_last().map_or(String::new(), |(last, before)| match before {
            [] => (*last).to_owned(),
            _ => format!("{} and {last}", before.join(", ")),
        });
        format!("Ministry of {list}")
    }
}

/// The words of a language for each portfolio, and for ministries whose name is one word.
pub(super) fn words(source: &Source) -> (Phrases<Portfolios>, Phrases<Portfolios>) {
    let Ministry { fields, names, initials, .. } = &source.ministry;
    let mut words: BTreeMap<String, Portfolios> = BTreeMap::new();
    add(&mut words, source, fields);
    for (short, portfolios) in initials {
        let portfolios = portfolios.iter().filter_map(|name| Portfolios::named(name));
        words.insert(short.clone(), portfolios.fold(Portfolios::default(), Portfolios::with));
    }
    let mut whole = BTreeMap::new();
    add(&mut whole, source, names);
    add(&mut whole, source, &source.institutions);
    (phrases(words), phrases(whole))
}

/// The names of ministries that are written as one word, field and head together: 外交部, กระทรวงกลาโหม.
pub(super) fn compounds(source: &Source) -> BTreeMap<String, Portfolios> {
    let Ministry { heads, tails, fields, names: whole, .. } = &source.ministry;
    let (mut words, mut names) = (BTreeMap::new(), BTreeMap::new());
    add(&mut words, source, fields);
    add(&mut names, source, whole);
    add(&mut names, source, &source.institutions);
    for (word, portfolios) in words {
        for (head, tail) in
            heads.iter().map(|head| (head.as_str(), "")).chain(tails.iter().map(|tail| ("", tail.as_str())))
        {
            names.insert(format!("{head}{word}{tail}"), portfolios);
        }
    }
    names
}

fn add(words: &mut BTreeMap<String, Portfolios>, source: &Source, table: &BTreeMap<String, Vec<String>>) {
    for (name, texts) in table {
        let portfolio = Portfolios::named(name).unwrap_or_default();
        for text in source.forms(texts) {
            let known = words.entry(text).or_default();
            *known = known.with(portfolio);
        }
    }
}

fn phrases(words: BTreeMap<String, Portfolios>) -> Phrases<Portfolios> {
    let mut phrases = Phrases::default();
    for (text, portfolios) in words {
        phrases.add([&text], portfolios);
    }
    phrases
}

#[cfg(test)]
mod tests {
    use super::super::source::FILES;
    use super::*;

    #[test]
    fn every_language_has_the_same_portfolios() {
        assert!(NAMES.len() <= NAMES_MAX);
        for (language, _) in FILES {
            let source = Source::of(language).expect("the list is made of the files");
            let Ministry { fields, names, initials, .. } = source.ministry;
            let unknown: Vec<&String> = fields
                .keys()
                .chain(names.keys())
                .chain(source.institutions.keys())
                .chain(source.lacking.keys())
                .chain(initials.values().flatten())
                .filter(|name| Portfolios::named(name).is_none())
                .collect();
            assert!(unknown.is_empty(), "{language}: {unknown:?}");
        }
    }

    #[test]
    fn ids_tell_country_and_portfolios() {
        let both = ["trade", "industry"].map(|name| Portfolios::named(name).expect("a portfolio"));
        assert_eq!(both[0].with(both[1]).id("VN"), "wiredesk:gov/vn/industry+trade");
        assert_eq!(both[0].with(both[1]).title(), "Ministry of Industry and Trade");
        assert!(!both[0].is_institution());
        let court = Portfolios::named("constitutional-court").expect("an institution");
        assert_eq!(
            (court.id("KE"), court.title()),
            ("wiredesk:gov/ke/constitutional-court".into(), "Constitutional Court".into())
        );
        assert!(court.is_institution() && court.is_lacking("US") && !court.is_lacking("DE"));
    }
}
