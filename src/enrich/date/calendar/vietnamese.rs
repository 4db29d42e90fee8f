//! The lunisolar calendar of Vietnam: the rules of the Chinese one, reckoned at seven hours east of Greenwich.
//!
//! A month begins on the day of a new moon. The winter solstice falls in the eleventh month; where thirteen months
//! begin between two solstices, the first one in which the sun enters no new sign is the leap month.

use jiff::Span;
use jiff::civil::Date;

use super::LEAP;
use super::sky::{MONTH_DAYS, day_at, midnight, phase, phase_before, solve, sun, sun_reaches};

/// Hanoi reckons at UTC+7 (decree 121/CP, in force from 1968); before 1968 the calendar followed Beijing's in print.
const ZONE_HOURS: f64 = 7.0;

/// The years for which the rules above are meant.
const YEARS: std::ops::RangeInclusive<i32> = 1968..=2200;

/// The Gregorian day of a Vietnamese date; the year is the Gregorian one in which it begins.
pub(super) fn day(year: i32, month: u8, day: u8) -> Option<Date> {
    if !YEARS.contains(&year) {
        return None;
    }
    let (first, next) = month_bounds(i16::try_from(year).ok()?, month)?;
    let length = (next - first).get_days();
    let after = i32::from(day).checked_sub(1).filter(|after| (0..length).contains(after))?;
    first.checked_add(Span::new().days(after)).ok()
}

/// The first day of a month and of the one after it.
fn month_bounds(year: i16, month: u8) -> Option<(Date, Date)> {
    let (number, leap) = (month % LEAP, month >= LEAP);
    if !(1..=12).contains(&number) {
        return None;
    }
    // Months 11 and 12 belong to the solstice of their own year, those before it to the one of the year before.
    let months = solstice_year(if number > 10 { year + 1 } else { year })?;
    let at = months.iter().position(|found| found.number == number && found.leap == leap)?;
    let next = months.get(at + 1)?;
    Some((months[at].first, next.first))
}

struct Month {
    first: Date,
    number: u8,
    leap: bool,
}

/// The months from the eleventh of the year before up to the eleventh of this one, both included.
fn solstice_year(year: i16) -> Option<Vec<Month>> {
    let (start, end) = (eleventh(year - 1)?, eleventh(year)?);
    let mut firsts = vec![start];
    while let Some(last) = firsts.last().copied().filter(|last| *last < end) {
        firsts.push(next_new_moon(last)?);
    }
    let same_sign = || firsts.windows(2).position(|pair| sign(pair[0]) == sign(pair[1]));
    let leap_at = if firsts.len() > 13 { same_sign() } else { None };
    let mut months = Vec::with_capacity(firsts.len());
    let mut number = 11;
    for (at, first) in firsts.into_iter().enumerate() {
        let leap = leap_at == Some(at) && at > 0;
        if at > 0 && !leap {
            number = number % 12 + 1;
        }
        months.push(Month { first, number, leap });
    }
    Some(months)
}

/// The first day of the month that holds the winter solstice of a year.
fn eleventh(year: i16) -> Option<Date> {
    let solstice = day_at(sun_reaches(270.0, year), ZONE_HOURS)?;
    new_moon_up_to(solstice)
}

/// The day of the last new moon that falls on this day or before.
fn new_moon_up_to(day: Date) -> Option<Date> {
    day_at(phase_before(0.0, end_of(day)), ZONE_HOURS)
}

fn next_new_moon(first: Date) -> Option<Date> {
    let guess = midnight(first) + MONTH_DAYS;
    day_at(solve(phase, 0.0, 360.0 / MONTH_DAYS, guess), ZONE_HOURS)
}

/// Which twelfth of the sky the sun is in when a day begins.
fn sign(day: Date) -> u8 {
    let sector = (sun(end_of(day) - 1.0) / 30.0).floor();
    (0..12).find(|number| f64::from(*number) == sector).unwrap_or(0)
}

fn end_of(day: Date) -> f64 {
    midnight(day) + 1.0 - ZONE_HOURS / 24.0
}
