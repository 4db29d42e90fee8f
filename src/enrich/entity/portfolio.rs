//! Portfolios: what ministries are for, told in any language by one list.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use super::phrase::Phrases;
use super::source::{Ministry, Source};

/// The portfolios of every language, in the order of their names: those that the English rules have words for.
static NAMES: LazyLock<Vec<String>> = LazyLock::new(|| ENGLISH.ministry.fields.keys().cloned().collect());

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

    /// The id of the ministry that a country has for these: `wiredesk:gov/vn/industry+trade`. Do not change: ids are
    /// kept by consumers.
    pub(super) fn id(self, country: &str) -> String {
        let names: Vec<&str> = NAMES
            .iter()
            .take(NAMES_MAX)
            .enumerate()
            .filter(|(number, _)| self.0 >> number & 1 == 1)
            .map(|(_, name)| name.as_str())
            .collect();
        format!("wiredesk:gov/{}/{}", country.to_ascii_lowercase(), names.join("+"))
    }
}

impl Portfolios {
    /// What a ministry for these is called in English: 'Ministry of Industry and Trade'.
    pub(super) fn title(self) -> String {
        let fields = &ENGLISH.ministry.fields;
        let named = NAMES.iter().take(NAMES_MAX).enumerate().filter(|(number, _)| self.0 >> number & 1 == 1);
        let words: Vec<&str> = named.filter_map(|(_, name)| fields[name].first().map(String::as_str)).collect();
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
    (phrases(words), phrases(whole))
}

/// The names of ministries that are written as one word, field and head together: 外交部, กระทรวงกลาโหม.
pub(super) fn compounds(source: &Source) -> BTreeMap<String, Portfolios> {
    let Ministry { heads, tails, fields, names: whole, .. } = &source.ministry;
    let (mut words, mut names) = (BTreeMap::new(), BTreeMap::new());
    add(&mut words, source, fields);
    add(&mut names, source, whole);
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
            let Ministry { fields, names, initials, .. } =
                Source::of(language).expect("the list is made of the files").ministry;
            let unknown: Vec<&String> = fields
                .keys()
                .chain(names.keys())
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
    }
}
