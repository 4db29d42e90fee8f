//! Named days: which words name a holiday in a language, and on which days it falls in a year.
//!
//! The rules stand in `data/holidays/rules.toml`, the names in one file a language beside it; `data/holidays/README.md`
//! says how to write them. A day that depends on a sighting of the moon or on a local almanac is the calculated one.

mod names;
mod parse;
mod rule;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;
use std::sync::{PoisonError, RwLock};

use jiff::civil::Date;
use serde::Deserialize;

use super::calendar::Calendar;
use names::Names;
use rule::Rule;

const RULES: &str = include_str!("../../../../data/holidays/rules.toml");

/// Every file of holidays with its name, in a fixed order: what the rules hash of an event has to cover.
pub fn files() -> impl Iterator<Item = (&'static str, &'static str)> {
    [("rules", RULES), ("shared", names::SHARED)].into_iter().chain(names::FILES.iter().copied())
}

/// A holiday of `data/holidays/rules.toml`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct HolidayId(u16);

/// Every holiday with its rules and names, compiled once.
#[derive(Debug)]
pub struct Holidays {
    /// By key, sorted; the position is the id.
    holidays: Vec<Holiday>,
    /// The country that is meant where a text does not say one, by language.
    countries: BTreeMap<String, String>,
    /// By tag, sorted.
    languages: Vec<(&'static str, Names)>,
    /// Names that the press of every language uses.
    shared: Names,
    /// Days that have been worked out, by country: those of the moon take thousands of times as long as to look up.
    known: RwLock<Known>,
}

type Known = BTreeMap<(HolidayId, i16), Vec<(String, Option<(Date, Date)>)>>;

/// So many holidays of so many years are kept. News speaks of the same few hundred.
const KNOWN_MAX: usize = 8192;

#[derive(Debug)]
struct Holiday {
    key: String,
    everywhere: Vec<Rule>,
    by_country: BTreeMap<String, Vec<Rule>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    countries: BTreeMap<String, String>,
    holidays: BTreeMap<String, WrittenHoliday>,
}

/// A holiday as the file has it: one rule, or one for each country, or both.
#[derive(Deserialize)]
#[serde(untagged)]
enum WrittenHoliday {
    Everywhere(String),
    ByCountry(BTreeMap<String, String>),
}

/// In a table of countries, the rule for all others.
const ELSEWHERE: &str = "else";

/// Where holidays begin with the daylight in print, although they begin with the evening before.
const ISRAEL: &str = "IL";

impl Default for Holidays {
    fn default() -> Self {
        Self::new()
    }
}

impl Holidays {
    /// Compiles the rules and names that the program carries.
    #[must_use]
    pub fn new() -> Self {
        let written: Written = toml::from_str(RULES).expect("the rules are part of the program, and a test reads them");
        let holidays: Vec<Holiday> = written.holidays.into_iter().map(compile).collect();
        let id = |key: &str| find(&holidays, key);
        let (languages, shared) = names::load(id);
        Self { holidays, countries: written.countries, languages, shared, known: RwLock::default() }
    }

    /// The words that name holidays in a language, in lower case, its own first, then those that every language uses.
    /// A name stands once; a name of the language's own hides the shared one.
    pub fn names<'a>(&'a self, language: &str) -> impl Iterator<Item = (&'a str, HolidayId)> + use<'a> {
        let own = self.language(language);
        let hidden = move |name: &str| own.is_some_and(|own| own.holidays.contains_key(name));
        let shared = self.shared.holidays.iter().filter(move |(name, _)| !hidden(name));
        own.into_iter().flat_map(|own| &own.holidays).chain(shared).map(|(name, id)| (name.as_str(), *id))
    }

    /// Those names that are ordinary words in lower case ("lent"): they name a holiday only with a capital.
    pub fn needs_capital<'a>(&'a self, language: &str) -> impl Iterator<Item = &'a str> + use<'a> {
        let own = self.language(language).into_iter().flat_map(|own| &own.capital);
        own.chain(&self.shared.capital).map(String::as_str)
    }

    /// The words that name months of other calendars in a language, in lower case. Not all of them mean only that: they
    /// need a day or a year beside them.
    pub fn months<'a>(&'a self, language: &str) -> impl Iterator<Item = (&'a str, Calendar, u8)> + use<'a> {
        let own = self.language(language).into_iter().flat_map(|own| &own.months);
        let shared = &self.shared.months;
        own.chain(shared).map(|(name, calendar, month)| (name.as_str(), *calendar, *month))
    }

    /// The tags of the languages that have names of their own, sorted.
    pub fn languages(&self) -> impl Iterator<Item = &'static str> + use<'_> {
        self.languages.iter().map(|(tag, _)| *tag)
    }

    /// The holiday with this key.
    #[must_use]
    pub fn id(&self, key: &str) -> Option<HolidayId> {
        find(&self.holidays, key)
    }

    /// The key of a holiday, as `rules.toml` has it: `mothers-day`.
    #[must_use]
    pub fn key(&self, id: HolidayId) -> &str {
        &self.holidays[usize::from(id.0)].key
    }

    /// The first and last day of the holiday that begins in a Gregorian year; of two such, the earlier one.
    ///
    /// `country` is the ISO 3166 code of the country that the text speaks of; without it the language decides, by the
    /// table of countries in `rules.toml`. Holidays that begin at sunset are given from the day on which they begin,
    /// but in Israel from the day after it. `None` where the country has no such holiday, and for years in which it
    /// cannot be calculated.
    #[must_use]
    pub fn day(&self, id: HolidayId, year: i16, country: Option<&str>, language: &str) -> Option<(Date, Date)> {
        let country = self.country(country, language);
        let known = self.known.read().unwrap_or_else(PoisonError::into_inner);
        if let Some((_, days)) = known.get(&(id, year)).and_then(|all| all.iter().find(|(of, _)| of == country)) {
            return *days;
        }
        drop(known);
        let days = self.days(id, year, Some(country), language).into_iter().next();
        let mut known = self.known.write().unwrap_or_else(PoisonError::into_inner);
        if known.len() < KNOWN_MAX {
            known.entry((id, year)).or_default().push((country.to_owned(), days));
        }
        days
    }

    /// The country whose holidays are meant.
    fn country<'a>(&'a self, country: Option<&'a str>, language: &str) -> &'a str {
        country.or_else(|| self.countries.get(language).map(String::as_str)).unwrap_or_default()
    }

    /// Every occurrence that begins in a Gregorian year, in order. The Islamic year is shorter than the Gregorian one,
    /// so that one in 33 years has a holiday twice.
    #[must_use]
    pub fn days(&self, id: HolidayId, year: i16, country: Option<&str>, language: &str) -> Vec<(Date, Date)> {
        let country = self.country(country, language);
        let holiday = &self.holidays[usize::from(id.0)];
        let rules = holiday.by_country.get(country).unwrap_or(&holiday.everywhere);
        let mut days: Vec<_> = rules.iter().flat_map(|rule| rule.days(year, country == ISRAEL)).collect();
        days.sort_unstable();
        days
    }

    fn language(&self, tag: &str) -> Option<&Names> {
        let at = self.languages.binary_search_by_key(&tag, |(tag, _)| tag).ok()?;
        Some(&self.languages[at].1)
    }
}

fn find(holidays: &[Holiday], key: &str) -> Option<HolidayId> {
    let at = holidays.binary_search_by_key(&key, |holiday| &holiday.key).ok()?;
    u16::try_from(at).ok().map(HolidayId)
}

fn compile((key, written): (String, WrittenHoliday)) -> Holiday {
    let parse =
        |text: &str| parse::rules(text).expect("the rules are part of the program, and a test reads each of them");
    let mut holiday = Holiday { key, everywhere: Vec::new(), by_country: BTreeMap::new() };
    match written {
        WrittenHoliday::Everywhere(text) => holiday.everywhere = parse(&text),
        WrittenHoliday::ByCountry(texts) => {
            for (countries, text) in texts {
                for country in countries.split(' ').filter(|country| *country != ELSEWHERE) {
                    holiday.by_country.insert(country.to_owned(), parse(&text));
                }
                if countries == ELSEWHERE {
                    holiday.everywhere = parse(&text);
                }
            }
        }
    }
    holiday
}
