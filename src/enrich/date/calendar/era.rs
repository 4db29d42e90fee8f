//! Calendars that count the years of the Gregorian one from another beginning.

use jiff::civil::Date;

use super::super::value;

/// An era of Japan since the Meiji restoration.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Era {
    /// 明治, from 25 January 1868: proclaimed in October, for the whole lunar year. Its first five years followed the
    /// lunisolar calendar, so days are known only from 1 January 1873.
    Meiji,
    /// 大正, from 30 July 1912.
    Taisho,
    /// 昭和, from 25 December 1926.
    Showa,
    /// 平成, from 8 January 1989.
    Heisei,
    /// 令和, from 1 May 2019.
    Reiwa,
}

/// The eras with their first days. A day on which the era changed belongs to the new one, but for 30 July 1912 and
/// 25 December 1926, which old papers date by both.
const ERAS: [(Era, (i16, i8, i8)); 5] = [
    (Era::Meiji, (1868, 1, 25)),
    (Era::Taisho, (1912, 7, 30)),
    (Era::Showa, (1926, 12, 25)),
    (Era::Heisei, (1989, 1, 8)),
    (Era::Reiwa, (2019, 5, 1)),
];

/// When Japan took the Gregorian calendar.
const JAPAN_GREGORIAN: i16 = 1873;

impl Era {
    /// The first day.
    #[must_use]
    pub fn first_day(self) -> Date {
        let (_, (year, month, day)) = ERAS[self as usize];
        Date::new(year, month, day).expect("the table holds days of the calendar")
    }

    /// The last day; none yet for the present era.
    #[must_use]
    pub fn last_day(self) -> Option<Date> {
        let (next, _) = ERAS.get(self as usize + 1)?;
        next.first_day().yesterday().ok()
    }
}

/// The day of an era, the year counted from 1 (元年). Days after the era's end are given too, since what was planned
/// before its end is written so: 平成40年. Days before its beginning do not exist.
#[must_use]
pub fn era_day(era: Era, year: i32, month: u8, day: u8) -> Option<Date> {
    let date = value::date(gregorian_year(era, year)?, month, day)?;
    (date >= era.first_day() && date.year() >= JAPAN_GREGORIAN).then_some(date)
}

/// The first and last day of a year of an era: the first year begins with the era, the last one ends with it.
#[must_use]
pub fn era_year(era: Era, year: i32) -> Option<(Date, Date)> {
    let (first, last) = whole_year(gregorian_year(era, year)?)?;
    let end = era.last_day().filter(|end| end.year() == last.year());
    Some((first.max(era.first_day()), end.unwrap_or(last)))
}

fn gregorian_year(era: Era, year: i32) -> Option<i16> {
    let years = i16::try_from(year).ok().filter(|year| (1..=999).contains(year))?;
    Some(era.first_day().year() + years - 1)
}

/// The first and last day of a year of the Republic of China (民國), counted from 1 for 1912.
#[must_use]
pub fn roc_year(year: i32) -> Option<(Date, Date)> {
    let years = i16::try_from(year).ok().filter(|year| (1..=999).contains(year))?;
    whole_year(1911 + years)
}

/// Years between the Buddhist era, as Thailand, Laos and Cambodia count it, and the Gregorian one.
const BUDDHIST_OFFSET: i32 = 543;

/// The last year of the Buddhist era that began in April in Siam: 2483, which ended with December 1940.
const BUDDHIST_APRIL_LAST: i32 = 2483;

/// The first Thai year that began on 1 April: 2432 (1889). Before it the new year followed the moon.
const BUDDHIST_APRIL_FIRST: i32 = 2432;

/// The day of a date of the Thai calendar. Until 1940 its years began in April, so that January to March came last.
#[must_use]
pub fn buddhist_day(year: i32, month: u8, day: u8) -> Option<Date> {
    value::date(buddhist_gregorian_year(year, month)?, month, day)
}

/// The first and last day of a month of the Thai calendar.
#[must_use]
pub fn buddhist_month(year: i32, month: u8) -> Option<(Date, Date)> {
    let first = buddhist_day(year, month, 1)?;
    Some((first, first.last_of_month()))
}

/// The first and last day of a year of the Thai calendar.
#[must_use]
pub fn buddhist_year(year: i32) -> Option<(Date, Date)> {
    let april = (BUDDHIST_APRIL_FIRST..=BUDDHIST_APRIL_LAST).contains(&year);
    let first = buddhist_day(year, if april { 4 } else { 1 }, 1)?;
    // The year 2483 had only nine months.
    let last_month = if april && year < BUDDHIST_APRIL_LAST { 3 } else { 12 };
    Some((first, buddhist_day(year, last_month, 1)?.last_of_month()))
}

fn buddhist_gregorian_year(year: i32, month: u8) -> Option<i16> {
    let april = (BUDDHIST_APRIL_FIRST..=BUDDHIST_APRIL_LAST).contains(&year);
    if year == BUDDHIST_APRIL_LAST && month < 4 {
        return None; // the months that the change of the year's beginning left out
    }
    let gregorian = year - BUDDHIST_OFFSET + i32::from(april && month < 4);
    i16::try_from(gregorian).ok().filter(|year| (1..=9000).contains(year))
}

fn whole_year(year: i16) -> Option<(Date, Date)> {
    Some((Date::new(year, 1, 1).ok()?, Date::new(year, 12, 31).ok()?))
}
