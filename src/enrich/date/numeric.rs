//! Dates of digits and separators: `2024-09-30`, `30/9/2024`, `5/11`, `6/2019`.

use super::data::{Data, Order};
use super::number::Number;
use super::parts::{BUDDHIST_OFFSET, BUDDHIST_YEARS, SOLAR_HIJRI_YEARS, YEARS};
use super::scan::{Kind, Token};
use super::senses::Unit;
use super::value::Partial;

/// How the text at hand writes numeric dates.
#[derive(Clone, Copy, Debug)]
pub(super) struct Habits {
    pub(super) order: Order,
    /// Whether the country or the text itself says so, and not the language alone.
    pub(super) decided: bool,
    pub(super) buddhist: bool,
    pub(super) solar_hijri: bool,
}

impl Habits {
    /// The language's habits, corrected by the country's and by the text's own evidence: a language that puts months first in one country
    /// puts days first in another, and a single `25/4` in the text shows which it is.
    pub(super) fn of(data: &Data, tokens: &[Token], country: Option<&str>) -> Self {
        let (mut order, mut decided) = match (country, data.order_elsewhere) {
            (Some(country), Some(_)) if data.order_in.iter().any(|own| own == country) => (data.order, true),
            (Some(_), Some(elsewhere)) => (elsewhere, true),
            _ => (data.order, false),
        };
        if matches!(order, Order::Mdy | Order::Unknown) {
            let pairs = tokens.iter().filter_map(|token| match token.kind {
                Kind::Number(number) if number.len == 3 && number.separator() == Some('/') && number.widths[2] != 1 => {
                    Some((number.values[0], number.values[1]))
                }
                Kind::Number(_) | Kind::Word(_) => None,
            });
            let (mut days_first, mut months_first) = (false, false);
            for (a, b) in pairs {
                days_first |= (13..=31).contains(&a) && (1..=12).contains(&b);
                months_first |= (13..=31).contains(&b) && (1..=12).contains(&a);
            }
            (order, decided) = match (days_first, months_first) {
                (true, false) => (Order::Dmy, true),
                (false, true) => (Order::Mdy, true),
                _ => (order, decided),
            };
        }
        Self { order, decided, buddhist: data.buddhist, solar_hijri: data.solar_hijri }
    }
}

/// What a chain of numbers says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Reading {
    pub(super) value: Partial,
    /// The other order of day and month, where it is a date as well and the language does not decide.
    pub(super) swapped: Option<Partial>,
    /// Whether it is a date whatever stands beside it.
    pub(super) certain: bool,
}

/// Reads a chain without a unit word. `open` says that a full stop follows directly, as in German `30.9.`.
pub(super) fn read(number: &Number, habits: Habits, open: bool) -> Option<Reading> {
    // "9/4-1940", as Danes write it.
    let danish = number.separators[..2] == ['/', '-'] && number.len == 3 && number.widths[2] == 4;
    let separator = if danish { '/' } else { number.separator()? };
    match (number.values(), &number.widths[..number.len]) {
        (&[year, month, day], [4, 1..=2, 1..=2]) if separator != '–' => {
            reading(Some(full_year(year, habits)?), month, day, None, true)
        }
        (&[a, b, year], &[wa @ 1..=2, wb @ 1..=2, wy @ (2 | 4)]) => {
            // A version or a code is likelier than a short year, unless both other parts have two digits or slashes.
            let sure = wy == 4 || separator == '/' || (separator == '.' && wa == 2 && wb == 2);
            let year = if wy == 4 { full_year(year, habits)? } else { short_year(year)? };
            by_order(Some(year), a, b, habits, true).filter(|_| sure && !matches!(separator, '–' | '—'))
        }
        (&[year, month], [4, 2]) if separator == '-' || separator == '/' || separator == '.' => {
            // `2011-12` is a season as often as a month.
            let season = separator == '-' && month == (year + 1) % 100;
            month_reading(full_year(year, habits)?, month, separator == '-').filter(|_| !season)
        }
        (&[month, year], [1..=2, 4]) if matches!(separator, '/' | '.' | '-') => {
            let certain = separator == '/' && number.widths[0] == 2;
            month_reading(full_year(year, habits)?, month, certain)
        }
        (&[a, b], [1..=2, 1..=2]) if separator == '/' => day_and_month(a, b, habits),
        (&[a, b], [1..=2, 1..=2])
            if separator == '.' && open && matches!(habits.order, Order::Dmy | Order::Unknown) =>
        {
            // No language that joins them by a full stop puts the month first: "4.20" is a time of day.
            reading(None, b, a, None, false)
        }
        _ => None,
    }
}

/// Reads a chain that follows a unit word: `ngày 30/9/2024`, `ngày 5/11`, `tháng 6/2019`.
pub(super) fn marked(number: &Number, unit: Unit, habits: Habits) -> Option<Reading> {
    match (unit, number.values(), &number.widths[..number.len]) {
        (Unit::Day, &[a, b, year], &[1..=2, 1..=2, width @ (2 | 4)]) => {
            let year = if width == 4 { full_year(year, habits)? } else { short_year(year)? };
            by_order(Some(year), a, b, habits, true)
        }
        (Unit::Day, &[a, b], [1..=2, 1..=2]) if number.separator() != Some('–') => {
            by_order(None, a, b, habits, true).filter(|_| number.separator() != Some('-') || habits.order == Order::Dmy)
        }
        (Unit::Month, &[month, year], [1..=2, 4]) => month_reading(full_year(year, habits)?, month, true),
        (Unit::Day, &[_, _, _], [4, ..]) => read(number, habits, false),
        _ => None,
    }
}

/// A pair with a slash. Without a word beside it, only a numerator that no fraction has makes it a date; `24/7` and
/// `16/9` are idioms.
fn day_and_month(a: u32, b: u32, habits: Habits) -> Option<Reading> {
    let idiom = matches!((a, b), (24, 7) | (16, 9) | (9, 11) | (50, 50));
    by_order(None, a, b, habits, !idiom && a > 12 && b <= 12 && habits.order == Order::Dmy)
}

fn by_order(year: Option<i16>, a: u32, b: u32, habits: Habits, certain: bool) -> Option<Reading> {
    let (month, day) = match habits.order {
        Order::Dmy | Order::Unknown => (b, a),
        Order::Mdy | Order::Ymd => (a, b),
    };
    match reading(year, month, day, None, certain) {
        // Where months come first by habit, the other reading stays open: the same language is written elsewhere.
        Some(first) if !habits.decided && matches!(habits.order, Order::Mdy | Order::Unknown) && day != month => {
            let swapped = reading(year, day, month, None, certain).map(|other| other.value);
            Some(Reading { swapped, ..first })
        }
        Some(first) => Some(first),
        None => reading(year, day, month, None, certain),
    }
}

fn month_reading(year: i16, month: u32, certain: bool) -> Option<Reading> {
    let month = u8::try_from(month).ok().filter(|month| (1..=12).contains(month))?;
    Some(Reading { value: Partial::new(Some(year), Some(month), None), swapped: None, certain })
}

fn reading(year: Option<i16>, month: u32, day: u32, swapped: Option<Partial>, certain: bool) -> Option<Reading> {
    let value = Partial::new(year, Some(u8::try_from(month).ok()?), Some(u8::try_from(day).ok()?));
    value.is_possible().then_some(Reading { value, swapped, certain })
}

fn full_year(year: u32, habits: Habits) -> Option<i16> {
    if habits.solar_hijri && SOLAR_HIJRI_YEARS.contains(&year) {
        return None;
    }
    let year = if habits.buddhist && BUDDHIST_YEARS.contains(&year) {
        year - u32::from(BUDDHIST_OFFSET.unsigned_abs())
    } else {
        year
    };
    i16::try_from(year).ok().filter(|year| YEARS.contains(&u32::from(year.unsigned_abs())))
}

/// A year of two digits: POSIX reads 69 to 99 as 1969 to 1999, and 00 to 68 as 2000 to 2068.
fn short_year(year: u32) -> Option<i16> {
    let year = i16::try_from(year).ok()?;
    Some(if year >= 69 { 1900 + year } else { 2000 + year })
}
