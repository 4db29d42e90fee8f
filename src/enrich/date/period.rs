//! Stretches of the calendar that are not written as a day, month or year: weeks, quarters, seasons, decades.

use jiff::ToSpan;
use jiff::civil::{Date, Weekday};

use super::phrase::Thing;
use super::senses::Unit;
use super::value::{Partial, Value, date, last_day};
use crate::event::Precision;

/// The EDTF (ISO 8601-2) number of the season before spring in the north, of the quarter before the first, of the half
/// before the first.
const SEASONS: u8 = 20;
const QUARTERS: u8 = 32;
const HALVES: u8 = 39;

impl Value {
    /// The value in EDTF.
    pub(super) fn edtf(&self) -> String {
        match *self {
            Self::Date(value) => value.edtf(),
            Self::Week(monday) => days(monday, 6),
            Self::Weekend(saturday) => days(saturday, 1),
            Self::Season(year, season) => format!("{year:04}-{}", SEASONS + season),
            Self::Quarter(year, quarter) => format!("{year:04}-{}", QUARTERS + quarter),
            Self::Half(year, half) => format!("{year:04}-{}", HALVES + half),
            Self::Decade(year) => format!("{:03}X", year.div_euclid(10)),
            Self::Century(century) => format!("{:02}XX", century - 1),
            Self::About(day, _) => format!("{}~", Partial::from(day).edtf()),
            Self::Span(first, last) if first == last => first.edtf(),
            Self::Span(first, last) => format!("{}/{}", first.edtf(), last.edtf()),
            Self::Each(thing) => each(thing).0,
        }
    }

    /// The value in TIMEX3, where it has one.
    pub(super) fn timex(&self) -> Option<String> {
        Some(match *self {
            Self::Date(value) => value.timex(),
            Self::Week(monday) => week(monday),
            Self::Weekend(saturday) => format!("{}-WE", week(saturday)),
            Self::Season(year, season) => {
                format!("{year:04}-{}", ["SP", "SU", "FA", "WI"].get(usize::from(season).checked_sub(1)?)?)
            }
            Self::Quarter(year, quarter) => format!("{year:04}-Q{quarter}"),
            Self::Half(year, half) => format!("{year:04}-H{half}"),
            Self::Decade(year) => format!("{:03}", year.div_euclid(10)),
            Self::Century(century) => format!("{:02}", century - 1),
            Self::About(day, about) => return about.whole(day)?.timex(),
            Self::Span(first, last) if first == last => first.timex(),
            Self::Span(..) => return None,
            Self::Each(thing) => each(thing).1,
        })
    }

    /// How fine the value is.
    pub(super) fn precision(&self) -> Precision {
        match *self {
            Self::Date(value) => value.precision(),
            Self::Week(_) => Precision::Week,
            // Two days: finer than a week, and no single day.
            Self::Weekend(_) => Precision::Day,
            Self::Season(..) => Precision::Season,
            Self::Quarter(..) => Precision::Quarter,
            Self::Half(..) => Precision::Half,
            Self::Decade(_) => Precision::Decade,
            Self::Century(_) => Precision::Century,
            Self::About(_, about) => match about {
                About::Week => Precision::Week,
                About::Month => Precision::Month,
                About::Quarter => Precision::Quarter,
                About::Year => Precision::Year,
                About::Decade => Precision::Decade,
            },
            Self::Span(first, last) => first.precision().min(last.precision()),
            Self::Each(thing) => each(thing).2,
        }
    }

    /// Its first and last day; `None` where it has no year.
    pub(super) fn bounds(&self) -> Option<(Date, Date)> {
        match *self {
            Self::Date(value) => value.bounds(),
            Self::Week(monday) => Some((monday, monday.checked_add(6.days()).ok()?)),
            Self::Weekend(saturday) => Some((saturday, saturday.checked_add(1.day()).ok()?)),
            Self::Season(year, season) => {
                let first = date(year, (season * 3).max(1), 1)?;
                let (end, month) = if season == 4 { (year.checked_add(1)?, 2) } else { (year, season * 3 + 2) };
                Some((first, date(end, month, last_day(end, month))?))
            }
            Self::Quarter(year, quarter) => months(year, quarter * 3 - 2, quarter * 3),
            Self::Half(year, half) => months(year, half * 6 - 5, half * 6),
            Self::Decade(year) => years(year, year.checked_add(9)?),
            // Centuries are written by their first two digits: the 20th is `19XX`, 1900 to 1999.
            Self::Century(century) => {
                let first = century.checked_sub(1)?.checked_mul(100)?;
                years(first.max(1), first.checked_add(99)?)
            }
            Self::About(day, about) => about.whole(day)?.bounds(),
            Self::Span(first, last) => Some((first.bounds()?.0, last.bounds()?.1)),
            Self::Each(_) => None,
        }
    }

    /// The two ends of the value as dates, as coarse as the value lets them be written.
    pub(super) fn ends(&self) -> Option<(Partial, Partial)> {
        let (first, last) = match *self {
            Self::Date(value) => return Some((value, value)),
            Self::Span(first, last) => return Some((first, last)),
            _ => self.bounds()?,
        };
        let (first, last) = (Partial::from(first), Partial::from(last));
        Some(match self {
            Self::Decade(_) | Self::Century(_) => {
                (Partial { month: None, day: None, ..first }, Partial { month: None, day: None, ..last })
            }
            Self::Season(..) | Self::Quarter(..) | Self::Half(..) => {
                (Partial { day: None, ..first }, Partial { day: None, ..last })
            }
            _ => (first, last),
        })
    }
}

/// How finely a day that was counted to is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum About {
    Week,
    Month,
    Quarter,
    Year,
    Decade,
}

impl About {
    /// The whole week, month or year that holds a day.
    pub(super) fn whole(self, day: Date) -> Option<Value> {
        let value = Partial::from(day);
        Some(match self {
            Self::Week => Value::Week(monday(day)?),
            Self::Month => Value::Date(Partial { day: None, ..value }),
            Self::Quarter => Value::Quarter(day.year(), quarter(day)),
            Self::Year => Value::Date(Partial::year(day.year())),
            Self::Decade => Value::Decade(day.year().div_euclid(10) * 10),
        })
    }
}

/// A repetition in EDTF, which has `X` for what changes, and in TIMEX3, which also names the weekday; and how fine it is.
fn each(thing: Thing) -> (String, String, Precision) {
    let (edtf, timex, precision) = match thing {
        Thing::Unit(Unit::Day) | Thing::Holiday(_) => ("XXXX-XX-XX", "XXXX-XX-XX".to_owned(), Precision::Day),
        Thing::Weekday(day) => ("XXXX-XX-XX", format!("XXXX-WXX-{day}"), Precision::Day),
        Thing::Unit(Unit::Weekend) => ("XXXX-XX-XX", "XXXX-WXX-WE".to_owned(), Precision::Day),
        Thing::Part(part) => ("XXXX-XX-XX", format!("XXXX-XX-XX{}", part.timex()), Precision::PartOfDay),
        Thing::Unit(Unit::Week | Unit::Fortnight) => ("XXXX-XX-XX", "XXXX-WXX".to_owned(), Precision::Week),
        Thing::Unit(Unit::Month) => ("XXXX-XX", "XXXX-XX".to_owned(), Precision::Month),
        Thing::Unit(Unit::Quarter) => ("XXXX-XX", "XXXX-QX".to_owned(), Precision::Quarter),
        Thing::Unit(Unit::Half) => ("XXXX-XX", "XXXX-HX".to_owned(), Precision::Half),
        Thing::Month(month) => {
            let month = format!("XXXX-{month:02}");
            return (month.clone(), month, Precision::Month);
        }
        Thing::Season(season) => {
            let names = ["SP", "SU", "FA", "WI"];
            let name = names.get(usize::from(season) - 1).expect("a year has four seasons");
            ("XXXX", format!("XXXX-{name}"), Precision::Season)
        }
        Thing::Unit(Unit::Year) => ("XXXX", "XXXX".to_owned(), Precision::Year),
        Thing::Unit(Unit::Decade) => ("XXXX", "XXX".to_owned(), Precision::Decade),
        Thing::Unit(Unit::Century) => ("XXXX", "XX".to_owned(), Precision::Century),
    };
    (edtf.to_owned(), timex, precision)
}

/// The Monday of a day's week.
pub(super) fn monday(day: Date) -> Option<Date> {
    day.checked_sub(i64::from(day.weekday().to_monday_zero_offset()).days()).ok()
}

/// The quarter of a day.
pub(super) fn quarter(day: Date) -> u8 {
    u8::try_from((day.month() - 1) / 3 + 1).expect("months are positive")
}

/// The first day from `from` on that is this weekday, Monday 1.
pub(super) fn weekday_from(from: Date, weekday: u8) -> Option<Date> {
    let wanted = Weekday::from_monday_one_offset(i8::try_from(weekday).ok()?).ok()?;
    if from.weekday() == wanted { Some(from) } else { from.nth_weekday(1, wanted).ok() }
}

fn days(first: Date, more: i64) -> String {
    let last = first.saturating_add(more.days());
    format!("{}/{}", Partial::from(first).edtf(), Partial::from(last).edtf())
}

fn week(day: Date) -> String {
    let iso = day.iso_week_date();
    format!("{:04}-W{:02}", iso.year(), iso.week())
}

fn months(year: i16, first: u8, last: u8) -> Option<(Date, Date)> {
    Some((date(year, first, 1)?, date(year, last, last_day(year, last))?))
}

fn years(first: i16, last: i16) -> Option<(Date, Date)> {
    Some((date(first, 1, 1)?, date(last, 12, 31)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(value: Value, edtf: &str, timex: Option<&str>, bounds: (&str, &str)) {
        assert_eq!(value.edtf(), edtf);
        assert_eq!(value.timex().as_deref(), timex);
        let (first, last) = value.bounds().expect("a year is known");
        assert_eq!((first.to_string().as_str(), last.to_string().as_str()), bounds);
    }

    #[test]
    fn periods_are_written_and_bounded() {
        let day = |text: &str| text.parse::<Date>().expect("a day");
        check(Value::Week(day("2024-03-11")), "2024-03-11/2024-03-17", Some("2024-W11"), ("2024-03-11", "2024-03-17"));
        check(
            Value::Weekend(day("2024-03-16")),
            "2024-03-16/2024-03-17",
            Some("2024-W11-WE"),
            ("2024-03-16", "2024-03-17"),
        );
        check(Value::Quarter(2024, 3), "2024-35", Some("2024-Q3"), ("2024-07-01", "2024-09-30"));
        check(Value::Half(2024, 2), "2024-41", Some("2024-H2"), ("2024-07-01", "2024-12-31"));
        check(Value::Season(2024, 2), "2024-22", Some("2024-SU"), ("2024-06-01", "2024-08-31"));
        check(Value::Season(2023, 4), "2023-24", Some("2023-WI"), ("2023-12-01", "2024-02-29"));
        check(Value::Decade(1990), "199X", Some("199"), ("1990-01-01", "1999-12-31"));
        check(Value::Century(20), "19XX", Some("19"), ("1900-01-01", "1999-12-31"));
        check(Value::About(day("2021-03-14"), About::Year), "2021-03-14~", Some("2021"), ("2021-01-01", "2021-12-31"));
        let months = Value::Span(Partial::new(Some(2024), Some(1), None), Partial::new(Some(2024), Some(3), None));
        check(months, "2024-01/2024-03", None, ("2024-01-01", "2024-03-31"));
    }
}
