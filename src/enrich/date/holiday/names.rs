//! The names of holidays and of the months of other calendars, one file a language.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::super::calendar::{ADAR_I, Calendar};
use super::HolidayId;

/// The names of one language, compiled.
#[derive(Debug, Default)]
pub(super) struct Names {
    pub(super) holidays: BTreeMap<String, HolidayId>,
    pub(super) months: Vec<(String, Calendar, u8)>,
    pub(super) capital: Vec<String>,
}

/// A file as it is written; `data/holidays/README.md` says what the fields mean.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Written {
    #[serde(default)]
    pub(super) capital: Vec<String>,
    pub(super) names: BTreeMap<String, Vec<String>>,
    #[serde(default)]
    pub(super) months: BTreeMap<Calendar, Vec<Vec<String>>>,
}

/// The language files that the program carries, by tag, sorted: all that lie in `data/holidays` when it is built.
pub(super) const FILES: &[(&str, &str)] = include!(concat!(env!("OUT_DIR"), "/holidays.rs"));

/// Names that the press of every language uses: transliterations, and English names that travel.
pub(super) const SHARED: &str = include_str!("../../../../data/holidays/shared.toml");

/// Every language, and the shared names.
pub(super) fn load(id: impl Fn(&str) -> Option<HolidayId>) -> (Vec<(&'static str, Names)>, Names) {
    let languages = FILES.iter().map(|(tag, text)| (*tag, compile(parse(text), &id))).collect();
    (languages, compile(parse(SHARED), &id))
}

fn parse(text: &str) -> Written {
    toml::from_str(text).expect("the files are part of the program, and a test reads each of them")
}

fn compile(written: Written, id: &impl Fn(&str) -> Option<HolidayId>) -> Names {
    let mut names = Names::default();
    for (key, words) in written.names {
        let id = id(&key).expect("a test holds every key against the rules");
        for word in words.into_iter().flat_map(spellings) {
            names.holidays.insert(word, id);
        }
    }
    for (calendar, months) in written.months {
        for (words, number) in months.into_iter().zip(1..) {
            // The Jewish year of thirteen months is listed with Adar I last.
            let month = if calendar == Calendar::Hebrew && number == 13 { ADAR_I } else { number };
            names.months.extend(words.into_iter().flat_map(spellings).map(|word| (word, calendar, month)));
        }
    }
    names.capital = written.capital.into_iter().flat_map(spellings).collect();
    names
}

/// A name as it is listed and, where it has an apostrophe, with the typographic one that print uses.
fn spellings(word: String) -> Vec<String> {
    let printed = word.replace('\'', "’");
    if printed == word { vec![word] } else { vec![word, printed] }
}
