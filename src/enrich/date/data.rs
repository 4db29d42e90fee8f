//! The language files of `data/dates`, as they are written.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::calendar::Calendar;
use super::list::List;
use super::phrase::Function;
use super::senses::Unit;
use super::value::PartOfDay;

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
    pub(super) needs_end: Vec<String>,
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
