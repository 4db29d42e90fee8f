//! The language files of `data/dates`, as they are written.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use serde::Deserialize;
use sha2::{Digest, Sha256};

use super::calendar::Calendar;
use super::list::List;
use super::phrase::{Function, fault};
use super::value::PartOfDay;
use super::words::Unit;

/// The words and habits of one language. What each field means is said in `data/dates/README.md`.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct Data {
    pub(super) order: Order,
    pub(super) order_in: Vec<String>,
    pub(super) order_elsewhere: Option<Order>,
    pub(super) boundary: Boundary,
    pub(super) month_day: bool,
    pub(super) year_month: bool,
    pub(super) day_alone: bool,
    pub(super) buddhist: bool,
    pub(super) solar_hijri: bool,
    pub(super) capital_nouns: bool,
    pub(super) lower_case: bool,
    pub(super) han_numerals: bool,
    pub(super) months: Vec<Vec<String>>,
    pub(super) weekdays: Vec<Vec<String>>,
    pub(super) ambiguous: Vec<String>,
    pub(super) needs_capital: Vec<String>,
    pub(super) clitics: Vec<String>,
    pub(super) needs_small: Vec<String>,
    pub(super) ordinals: Vec<String>,
    pub(super) of: List,
    pub(super) from: List,
    pub(super) to: List,
    pub(super) between: List,
    pub(super) between_after: List,
    pub(super) and: List,
    pub(super) since: List,
    pub(super) now: List,
    pub(super) ahead: List,
    pub(super) behind: List,
    pub(super) future: Vec<String>,
    pub(super) past: Vec<String>,
    pub(super) number: List,
    pub(super) counts: List,
    pub(super) counted: List,
    pub(super) after_year: List,
    pub(super) other_calendar: List,
    pub(super) names: Vec<String>,
    pub(super) streets: List,
    pub(super) updated: Vec<String>,
    pub(super) parts: BTreeMap<PartOfDay, Vec<String>>,
    pub(super) eras: BTreeMap<String, i16>,
    pub(super) centuries: BTreeMap<String, i16>,
    pub(super) day_counts: BTreeMap<String, u8>,
    pub(super) day: Marks,
    pub(super) month: Marks,
    pub(super) year: Marks,
    pub(super) lead: Lead,
    pub(super) relative: Relative,
    pub(super) seasons: Vec<Vec<String>>,
    pub(super) halves: Vec<Vec<String>>,
    pub(super) in_season: Vec<Vec<String>>,
    pub(super) numbers: Vec<Vec<String>>,
    pub(super) nth: Vec<Vec<String>>,
    pub(super) decades: Vec<String>,
    pub(super) tens: Vec<Vec<String>>,
    pub(super) joins: Vec<String>,
    pub(super) bare_year: bool,
    pub(super) dotted_year: bool,
    pub(super) given_names: bool,
    pub(super) calendars: BTreeMap<Calendar, CalendarWords>,
    pub(super) units: Units,
    pub(super) one: Units,
    pub(super) two: Units,
    pub(super) plural: Vec<String>,
    pub(super) clock: ClockWords,
    pub(super) repeated: Vec<Vec<String>>,
    pub(super) phrases: BTreeMap<Function, Vec<String>>,
}

/// Which part of a numeric date comes first.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Order {
    /// Day, month, year.
    #[default]
    Dmy,
    /// Month, day, year; where both readings are possible the other one is kept as an alternative.
    Mdy,
    /// Year, month, day; a pair is month and day.
    Ymd,
    /// Not known: read as day, month, year, and the other reading is kept where both are possible.
    Unknown,
}

/// Where a word must end at a word boundary.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Boundary {
    /// On both sides.
    #[default]
    Both,
    /// On the left; endings may follow.
    Left,
    /// Nowhere: the script has no spaces.
    None,
}

/// Words that name a unit, before or after its number.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct Marks {
    pub(super) before: Vec<String>,
    pub(super) after: Vec<String>,
}

/// Words before a date that belong to it, by what follows.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct Lead {
    pub(super) day: List,
    pub(super) month: List,
    pub(super) year: List,
    /// Words that show a year or month and do not belong to it.
    pub(super) beside: List,
}

/// Words around a time of day.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct ClockWords {
    /// Words that lead a time: "at".
    pub(super) before: List,
    /// Words that follow an hour or a whole time: "Uhr", "h".
    pub(super) after: List,
    /// Words that follow a minute.
    pub(super) minutes: List,
    /// Words beside a time up to noon.
    pub(super) am: List,
    /// Words beside a time after it.
    pub(super) pm: List,
    /// Scores are written as times are: "20:18".
    pub(super) scores: bool,
    /// Names of zones, each with its offset: `+07:00`.
    pub(super) zones: BTreeMap<String, String>,
}

/// Another calendar by which dates are written.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct CalendarWords {
    pub(super) months: Vec<Vec<String>>,
    /// Names of the calendar behind a year.
    pub(super) names: Vec<String>,
}

/// Words that count from the anchor, by unit.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct Relative {
    pub(super) day: BTreeMap<String, i16>,
    /// Those of `day` that count as many days ahead where the clause is about what is to come.
    pub(super) either: Vec<String>,
    pub(super) week: BTreeMap<String, i16>,
    pub(super) month: BTreeMap<String, i16>,
    pub(super) year: BTreeMap<String, i16>,
    /// Days from the date that the text gave last.
    pub(super) text_day: BTreeMap<String, i16>,
}

/// Words that name a length of time, by length.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct Units {
    pub(super) day: Vec<String>,
    pub(super) week: Vec<String>,
    pub(super) weekend: Vec<String>,
    pub(super) fortnight: Vec<String>,
    pub(super) month: Vec<String>,
    pub(super) quarter: Vec<String>,
    pub(super) half: Vec<String>,
    pub(super) year: Vec<String>,
    pub(super) decade: Vec<String>,
    pub(super) century: Vec<String>,
}

impl Units {
    /// Each unit with its words.
    pub(super) fn lists(&self) -> [(Unit, &[String]); 10] {
        [
            (Unit::Day, &self.day),
            (Unit::Week, &self.week),
            (Unit::Weekend, &self.weekend),
            (Unit::Fortnight, &self.fortnight),
            (Unit::Month, &self.month),
            (Unit::Quarter, &self.quarter),
            (Unit::Half, &self.half),
            (Unit::Year, &self.year),
            (Unit::Decade, &self.decade),
            (Unit::Century, &self.century),
        ]
    }
}

/// The language files that the program carries, by tag: all that lie in `data/dates` when it is built.
const FILES: &[(&str, &str)] = include!(concat!(env!("OUT_DIR"), "/dates.rs"));

/// The files that the program carries, each a tag and a text; a test reads each of them.
pub(super) fn files() -> impl Iterator<Item = (&'static str, &'static str)> {
    FILES.iter().copied()
}

/// Reads one language file; an error names the language and what is wrong where.
pub(super) fn read(tag: &str, text: &str) -> Result<Data, String> {
    let data: Data = toml::from_str(text).map_err(|error| format!("{tag}: {error}"))?;
    let fault = data.phrases.iter().find_map(|(function, texts)| texts.iter().find_map(|text| fault(*function, text)));
    let counts = [
        ("months", data.months.len(), 12),
        ("weekdays", data.weekdays.len(), 7),
        ("repeated", data.repeated.len(), 7),
        ("seasons", data.seasons.len(), 4),
        ("in_season", data.in_season.len(), 4),
        ("tens", data.tens.len(), 9),
    ];
    let short = counts.into_iter().find(|(_, found, wanted)| *found != 0 && found != wanted);
    let fault = fault.or_else(|| short.map(|(name, found, wanted)| format!("{found} {name} instead of {wanted}")));
    fault.map_or(Ok(data), |fault| Err(format!("{tag}: {fault}")))
}

/// SHA-256, in hex, of the language files and those of the holidays: part of the rules hash of every event.
#[must_use]
pub fn rules_fingerprint() -> String {
    let mut hash = Sha256::new();
    for (tag, text) in files().chain(super::holiday::files()) {
        // A zero byte ends each part, so that no two sets of files run together into the same bytes.
        hash.update(tag);
        hash.update([0]);
        hash.update(text);
        hash.update([0]);
    }
    hash.finalize().iter().fold(String::new(), |mut hex, byte| {
        write!(hex, "{byte:02x}").expect("writing to a string cannot fail");
        hex
    })
}

#[cfg(test)]
mod tests {
    use unicode_normalization::is_nfc;

    use super::*;

    #[test]
    fn every_file_is_well_formed() {
        for (tag, text) in FILES {
            let data = read(tag, text).unwrap_or_else(|fault| panic!("{fault}"));
            assert!(is_nfc(text), "{tag} is not in NFC, the form of the texts");
            let lists = [&data.of, &data.from, &data.to, &data.since, &data.now].into_iter().flatten();
            let words =
                [&data.ambiguous, &data.future, &data.past].into_iter().chain(&data.months).chain(&data.weekdays);
            for word in words.flatten().chain(lists) {
                assert_eq!(*word, word.to_lowercase(), "{tag}: list {word} in lower case");
                assert_eq!(word.trim(), word, "{tag}: {word}");
            }
        }
    }

    /// The names that the reader knows where an unknown one stands, from what it says then.
    fn known(table: &str) -> Vec<String> {
        let error = read("x", &format!("{table}no-such-name = []")).expect_err("an unknown name");
        let (_, names) = error.split_once("expected one of").unwrap_or_else(|| panic!("{error}"));
        names.split('`').skip(1).step_by(2).map(str::to_owned).collect()
    }

    #[test]
    fn the_page_explains_every_name_and_no_other() {
        let page = include_str!("../../../data/dates/README.md");
        let (fields, phrases) = page.split_once("## Phrases").expect("a part on phrases");
        let rows = |part: &'static str| part.lines().filter_map(|row| row.strip_prefix("| ")?.split(" | ").next());
        let explained = |part| rows(part).flat_map(|names| names.split(", ")).collect::<Vec<_>>();
        let (fields, phrases) = (explained(fields), explained(phrases));
        for name in known("") {
            let ends = |told: &str| told.split(" … ").any(|end| end.split('.').next() == Some(name.as_str()));
            assert!(name == "phrases" || fields.iter().any(|field| ends(field)), "{name} is not explained");
        }
        for (table, part) in [("lead", &fields), ("clock", &fields), ("phrases", &phrases)] {
            for name in known(&format!("[{table}]\n")) {
                let full = if table == "phrases" { name } else { format!("{table}.{name}") };
                assert!(part.contains(&full.as_str()), "{full} is not explained");
            }
        }
        // Every name on the page is one that the reader knows.
        let is_known = |name: &str| match name.split_once('.') {
            None => known("").iter().any(|other| other == name),
            // The names of calendars stand between the table and its fields.
            Some(("calendars", _)) => true,
            Some((table, field)) => known(&format!("[{table}]\n")).iter().any(|other| other == field),
        };
        let named = |name: &&&str| {
            name.starts_with(|letter: char| letter.is_ascii_lowercase()) && **name != "field" && **name != "slot"
        };
        for name in fields.iter().filter(named) {
            let ends: Vec<&str> = name.split(" … ").collect();
            assert!(ends.iter().all(|name| is_known(name)), "{name} is no name that the reader knows");
        }
        let functions = known("[phrases]\n");
        for name in phrases.iter().filter(named).filter(|name| **name != "phrases") {
            assert!(functions.iter().any(|other| other == name), "{name} is no phrase that the reader knows");
        }
    }

    #[test]
    fn the_fingerprint_is_a_sha256() {
        let fingerprint = rules_fingerprint();
        assert_eq!(fingerprint.len(), 64);
        assert!(fingerprint.bytes().all(|byte| byte.is_ascii_hexdigit()));
    }
}
