//! What a date expression means: a day, month or year with some parts known, and how EDTF and TIMEX3 write it.

use jiff::civil::Date;
use serde::Deserialize;

use super::period::About;
use super::phrase::Thing;
use crate::event::Precision;

/// A calendar date of which some parts may be unknown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Partial {
    pub(super) year: Option<i16>,
    pub(super) month: Option<u8>,
    pub(super) day: Option<u8>,
    pub(super) part: Option<PartOfDay>,
}

/// A part of the day, as TIMEX3 names them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
pub(super) enum PartOfDay {
    /// Morning.
    MO,
    /// Midday.
    MI,
    /// Afternoon.
    AF,
    /// Evening.
    EV,
    /// Night.
    NI,
}

impl PartOfDay {
    pub(super) fn timex(self) -> &'static str {
        match self {
            Self::MO => "TMO",
            Self::MI => "TMI",
            Self::AF => "TAF",
            Self::EV => "TEV",
            Self::NI => "TNI",
        }
    }
}

/// What a date expression stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Value {
    /// A day, month or year, of which parts may be unknown.
    Date(Partial),
    /// The ISO 8601 week that starts on this Monday.
    Week(Date),
    /// The weekend that starts on this Saturday.
    Weekend(Date),
    /// A season of a year, spring 1 to winter 4, which starts in December.
    Season(i16, u8),
    /// A quarter of a year, 1 to 4.
    Quarter(i16, u8),
    /// A half of a year, 1 or 2.
    Half(i16, u8),
    /// The ten years from this one on.
    Decade(i16),
    /// The hundred years that are written with this number less one: the 20th is the 1900s.
    Century(i16),
    /// A day that was counted to in coarser units: "three years ago".
    About(Date, About),
    /// From the start of one date to the end of another.
    Span(Partial, Partial),
    /// Whenever this comes round.
    Each(Thing),
}

/// What has a first and a last day.
pub(super) trait Dated: Copy + PartialEq {
    /// The first and last day, both included.
    fn bounds(&self) -> Option<(Date, Date)>;
}

impl Dated for Partial {
    fn bounds(&self) -> Option<(Date, Date)> {
        Self::bounds(self)
    }
}

impl Dated for Value {
    fn bounds(&self) -> Option<(Date, Date)> {
        Self::bounds(self)
    }
}

impl From<Date> for Partial {
    fn from(date: Date) -> Self {
        Self {
            year: Some(date.year()),
            month: Some(day_number(date.month())),
            day: Some(day_number(date.day())),
            part: None,
        }
    }
}

fn day_number(value: i8) -> u8 {
    u8::try_from(value).expect("months and days of a calendar date are positive")
}

impl Partial {
    /// Only a year.
    pub(super) fn year(year: i16) -> Self {
        Self { year: Some(year), ..Self::default() }
    }

    /// A date of which the caller knows these parts.
    pub(super) fn new(year: Option<i16>, month: Option<u8>, day: Option<u8>) -> Self {
        Self { year, month, day, part: None }
    }

    /// Whether the calendar has such a date: no 31 February, and 29 February only in a leap year or an unknown one.
    pub(super) fn is_possible(&self) -> bool {
        let month_fits = self.month.is_none_or(|month| (1..=12).contains(&month));
        let day_fits = self.day.is_none_or(|day| (1..=self.longest_month()).contains(&day));
        month_fits && day_fits
    }

    fn longest_month(&self) -> u8 {
        match (self.year, self.month) {
            (Some(year), Some(month)) => last_day(year, month),
            (None, Some(month)) => last_day(2000, month), // a leap year: the year is unknown
            (_, None) => 31,
        }
    }

    /// The value in EDTF, without the part of the day, for which EDTF has no form.
    pub(super) fn edtf(&self) -> String {
        let year = self.year.map_or_else(|| "XXXX".to_owned(), |year| format!("{year:04}"));
        match (self.month, self.day) {
            (None, None) => year,
            (Some(month), None) => format!("{year}-{month:02}"),
            (Some(month), Some(day)) => format!("{year}-{month:02}-{day:02}"),
            (None, Some(day)) => format!("{year}-XX-{day:02}"),
        }
    }

    /// The value in TIMEX3, with the part of the day.
    pub(super) fn timex(&self) -> String {
        self.edtf() + self.part.map_or("", PartOfDay::timex)
    }

    /// How fine the value is.
    pub(super) fn precision(&self) -> Precision {
        match self {
            Self { part: Some(_), .. } => Precision::PartOfDay,
            Self { day: Some(_), .. } => Precision::Day,
            Self { month: Some(_), .. } => Precision::Month,
            Self { .. } => Precision::Year,
        }
    }

    /// Its first and last day; `None` unless the year is known and the date exists.
    pub(super) fn bounds(&self) -> Option<(Date, Date)> {
        let year = self.year?;
        if self.month.is_none() && self.day.is_some() {
            return None;
        }
        let (first_month, last_month) = self.month.map_or((1, 12), |month| (month, month));
        let first = date(year, first_month, self.day.unwrap_or(1))?;
        let last = date(year, last_month, self.day.unwrap_or_else(|| last_day(year, last_month)))?;
        Some((first, last))
    }

    /// The day, where the value is one.
    pub(super) fn as_day(&self) -> Option<Date> {
        date(self.year?, self.month?, self.day?)
    }
}

/// A calendar date, if there is one.
pub(super) fn date(year: i16, month: u8, day: u8) -> Option<Date> {
    Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
}

/// The last day of a month of the Gregorian calendar; 31 for a month that does not exist.
pub(super) fn last_day(year: i16, month: u8) -> u8 {
    let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    match month {
        2 if leap => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(parts: (Option<i16>, Option<u8>, Option<u8>), expected: Option<(&str, Option<(&str, &str)>)>) {
        let value = Partial::new(parts.0, parts.1, parts.2);
        let bounds = value.bounds().map(|(first, last)| (first.to_string(), last.to_string()));
        let bounds = bounds.as_ref().map(|(first, last)| (first.as_str(), last.as_str()));
        let edtf = value.edtf();
        assert_eq!(value.is_possible().then_some((edtf.as_str(), bounds)), expected);
    }

    #[test]
    fn values_are_written_and_bounded_at_their_own_precision() {
        check((Some(2019), None, None), Some(("2019", Some(("2019-01-01", "2019-12-31")))));
        check((Some(2019), Some(11), None), Some(("2019-11", Some(("2019-11-01", "2019-11-30")))));
        check((Some(2024), Some(2), None), Some(("2024-02", Some(("2024-02-01", "2024-02-29")))));
        check((Some(1900), Some(2), None), Some(("1900-02", Some(("1900-02-01", "1900-02-28")))));
        check((None, Some(9), Some(30)), Some(("XXXX-09-30", None)));
        check((None, None, Some(3)), Some(("XXXX-XX-03", None)));
        check((Some(987), Some(1), Some(2)), Some(("0987-01-02", Some(("0987-01-02", "0987-01-02")))));
    }

    #[test]
    fn dates_that_no_calendar_has_are_impossible() {
        check((None, Some(2), Some(29)), Some(("XXXX-02-29", None)));
        check((Some(2023), Some(2), Some(29)), None);
        check((None, Some(2), Some(31)), None);
        check((None, Some(13), Some(1)), None);
        check((Some(2024), Some(4), Some(31)), None);
        check((None, None, Some(32)), None);
    }
}
