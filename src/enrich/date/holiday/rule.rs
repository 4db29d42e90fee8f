//! The rules by which holidays fall.

use std::ops::RangeInclusive;

use jiff::Span;
use jiff::civil::{Date, Weekday};

use super::super::calendar::{self, Calendar, Moment};

/// A rule: a first day, what is done to it, and the years in which it holds.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Rule {
    pub(super) base: Base,
    pub(super) steps: Vec<Step>,
    /// How many days it lasts.
    pub(super) length: Length,
    /// Whether it begins with the sunset before its first day.
    pub(super) sunset: bool,
    /// `from 1986`, `until 2018`.
    pub(super) years: RangeInclusive<i16>,
}

/// Where a rule counts from.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Base {
    /// A day of the Gregorian year: `12-25`.
    Fixed { month: u8, day: u8 },
    /// `easter`.
    WesternEaster,
    /// `orthodox`.
    OrthodoxEaster,
    /// The nth weekday of a month, from its end where negative: `2 sun 05`, `-1 mon 05`.
    Nth { nth: i8, weekday: Weekday, month: u8 },
    /// A day of another calendar: `hebrew 7-15`. A day past the month's last one stands for the last one.
    Other { calendar: Calendar, month: u8, day: u8 },
    /// The sun's longitude at so many hours east of Greenwich: `term 15 8`.
    Term { longitude: u16, zone_hours: u8 },
    /// A lunar day of the Hindu calendar: `tithi 7-30 dusk`.
    Tithi { month: u8, tithi: u8, moment: Moment },
    /// The sun's entry into a sidereal sign: `ingress 10 dusk`.
    Ingress { sign: u8, latest: Moment },
    /// A lunar mansion while the sun is in a sign: `mansion 22-5 sunrise`; near the full moon: `mansion 8-10 noon full`.
    Mansion { mansion: u8, sign: u8, moment: Moment, full: bool },
    /// So many days apart, one of them known: `every 365 2018-08-17`.
    Every { days: i32, known: Date },
    /// Days that follow no rule, as they were announced: `on 2022-06-24 2023-07-14`.
    On(Vec<Date>),
}

/// What moves a day.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Step {
    /// `+39`, `-2`.
    Days(i32),
    /// To a weekday: `>= sun` on or after, `> sun` after, `<= fri` on or before, `< fri` before.
    To { weekday: Weekday, forward: bool, strict: bool },
    /// `if sun -1`: so many days where it falls on this weekday. Of several in a row the first that fits is taken.
    If { weekday: Weekday, days: i32 },
    /// `clash +49 -7`: where it falls so many days after Easter, it moves by so many.
    Clash { after_easter: i32, days: i32 },
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Length {
    /// `8 days`.
    Days(i32),
    /// A month of another calendar: `hijri 9`.
    Month,
}

impl Rule {
    /// Every first and last day of which the first falls into a Gregorian year, in order. `daylight` leaves out the
    /// evening with which a holiday begins.
    pub(super) fn days(&self, year: i16, daylight: bool) -> Vec<(Date, Date)> {
        if !self.years.contains(&year) {
            return Vec::new();
        }
        let mut found: Vec<_> = self.base.days(year).into_iter().filter_map(|day| self.span(day, daylight)).collect();
        found.retain(|(first, _)| first.year() == year);
        found.sort_unstable();
        found.dedup();
        found
    }

    fn span(&self, base: Date, daylight: bool) -> Option<(Date, Date)> {
        let first = self.moved(base)?;
        let last = match self.length {
            Length::Days(days) => plus(first, days - 1)?,
            Length::Month => self.base.last_of_month(base)?,
        };
        if !self.sunset || daylight {
            return Some((first, last));
        }
        let eve = first.yesterday().ok()?;
        // One day is named by the evening on which it begins; more of them last until the last one's daylight.
        Some((eve, if first == last { eve } else { last }))
    }

    fn moved(&self, mut day: Date) -> Option<Date> {
        let mut decided = false;
        for step in &self.steps {
            day = match *step {
                Step::Days(days) => plus(day, days)?,
                Step::To { weekday, forward, strict } => {
                    let toward = |day: Date| plus(day, if forward { 1 } else { -1 });
                    let mut found = if strict { toward(day)? } else { day };
                    while found.weekday() != weekday {
                        found = toward(found)?;
                    }
                    found
                }
                Step::If { weekday, days } if !decided && day.weekday() == weekday => {
                    decided = true;
                    plus(day, days)?
                }
                Step::If { .. } => day,
                Step::Clash { after_easter, days } => {
                    let clashes = calendar::western_easter(day.year()).and_then(|easter| plus(easter, after_easter));
                    if clashes == Some(day) { plus(day, days)? } else { day }
                }
            };
        }
        Some(day)
    }
}

impl Base {
    /// Its days in and around a Gregorian year: steps may move them over its ends.
    fn days(&self, year: i16) -> Vec<Date> {
        (year - 1..=year + 1).filter(|year| (1..=9000).contains(year)).flat_map(|year| self.in_year(year)).collect()
    }

    /// Its days of a Gregorian year, or of the years of its own calendar that begin near one.
    fn in_year(&self, year: i16) -> Vec<Date> {
        match *self {
            Self::Fixed { month, day } => gregorian(year, month, day).into_iter().collect(),
            Self::WesternEaster => calendar::western_easter(year).into_iter().collect(),
            Self::OrthodoxEaster => calendar::orthodox_easter(year).into_iter().collect(),
            Self::Nth { nth, weekday, month } => gregorian(year, month, 1)
                .and_then(|first| first.nth_weekday_of_month(nth, weekday).ok())
                .into_iter()
                .collect(),
            Self::Other { calendar, month, day } => {
                let first = calendar.year_at_start_of(year);
                let in_month = |year| (1..=day).rev().find_map(|day| calendar.day(year, month, day));
                (first..=first + 2).filter_map(in_month).filter(|day| (day.year() - year).abs() < 2).collect()
            }
            Self::Term { longitude, zone_hours } => {
                calendar::solar_term(f64::from(longitude), year, f64::from(zone_hours)).into_iter().collect()
            }
            Self::Tithi { month, tithi, moment } => {
                calendar::hindu_lunar_day(year, month, tithi, moment).into_iter().collect()
            }
            Self::Ingress { sign, latest } => calendar::solar_ingress(sign, year, latest).into_iter().collect(),
            Self::Mansion { mansion, sign, moment, full } => {
                calendar::nakshatra_day(year, sign, mansion, moment, full).into_iter().collect()
            }
            Self::Every { days, known } => every(year, days, known),
            Self::On(ref days) => days.iter().copied().filter(|day| day.year() == year).collect(),
        }
    }

    fn last_of_month(&self, first: Date) -> Option<Date> {
        let Self::Other { calendar, month, .. } = self else { return None };
        let year = calendar.year_at_start_of(first.year());
        (year..=year + 2)
            .filter_map(|year| calendar.month(year, *month))
            .find(|month| month.0 == first)
            .map(|(_, last)| last)
    }
}

/// The days of a year that are whole steps from a known one.
fn every(year: i16, days: i32, known: Date) -> Vec<Date> {
    let Some(start) = gregorian(year, 1, 1) else { return Vec::new() };
    let offset = (known - start).get_days().rem_euclid(days);
    let all = (0..).map(|step| plus(start, offset + step * days));
    all.map_while(|day| day.filter(|day| day.year() == year)).collect()
}

fn gregorian(year: i16, month: u8, day: u8) -> Option<Date> {
    super::super::value::date(year, month, day)
}

fn plus(day: Date, days: i32) -> Option<Date> {
    day.checked_add(Span::new().days(days)).ok()
}
