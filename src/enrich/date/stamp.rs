//! Timestamps as scrapers write them: RFC 3339, 2822, 850, ISO 8601, epoch seconds, naive times, phrases.
//!
//! A value keeps the precision and the zone of its source. A time without a zone stays naive: it is not UTC.

use jiff::Timestamp as Instant;
use jiff::civil::{Date, ISOWeekDate, Weekday};
use jiff::tz::TimeZone;

use super::value::{Partial, last_day};
use super::zone::{Clock, clock};
use crate::event::Precision;

/// Years in which an article can have been published: the first printed newspaper (Relation, Strasbourg) is of 1605,
/// and the upper bound leaves room for every record of this century. There is no clock to ask.
pub(super) const PLAUSIBLE_YEARS: std::ops::RangeInclusive<i16> = 1600..=2100;

/// A timestamp as its source has it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Stamp {
    /// EDTF, with time and zone where the source has them. Seconds that the source lacks are written as `00`, since
    /// EDTF has no shorter time; `precision` says what the source had.
    pub(super) value: String,
    /// The date part.
    pub(super) date: Partial,
    pub(super) precision: Precision,
    pub(super) zone_known: bool,
    /// The same with day and month exchanged, where the source does not say which of the two comes first.
    pub(super) other: Option<String>,
}

impl Stamp {
    /// A timestamp without a time.
    pub(super) fn of_date(date: Partial) -> Option<Self> {
        let year_fits = date.year.is_some_and(|year| PLAUSIBLE_YEARS.contains(&year));
        let precision = Partial { part: None, ..date }.precision();
        (year_fits && date.is_possible()).then(|| Self {
            value: date.edtf(),
            date,
            precision,
            zone_known: false,
            other: None,
        })
    }

    /// The days that it covers.
    pub(super) fn bounds(&self) -> (Date, Date) {
        self.date.bounds().expect("a timestamp has a plausible year and a possible date")
    }

    fn at(date: Date, time: Option<&Clock>) -> Option<Self> {
        let stamp = Self::of_date(Partial::from(date))?;
        let Some(time) = time else { return Some(stamp) };
        let zone = time.zone.clone().unwrap_or_default();
        let value =
            format!("{}T{:02}:{:02}:{:02}{zone}", stamp.value, time.hour, time.minute, time.second.unwrap_or(0));
        let precision = if time.second.is_some() { Precision::Second } else { Precision::Minute };
        Some(Self { value, precision, zone_known: time.zone.is_some(), ..stamp })
    }
}

/// Reads a timestamp in a form that no language owns; `None` if it is in none of them or not plausible.
pub(super) fn parse(text: &str) -> Option<Stamp> {
    let text = unwrapped(text.trim());
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let stamp = match (digits, text.as_bytes().get(digits)) {
        (_, None) => bare_digits(text),
        (9..=13, Some(b'.')) => epoch(text.get(..digits)?),
        (4, Some(b'-' | b'/' | b'.')) => iso(text),
        (4, Some(b'W')) => {
            let (year, week) = (text[..4].parse().ok()?, text.get(5..7)?);
            Stamp::at(week_date(year, week, text.get(7..).filter(|day| day.len() == 1)?)?, None)
        }
        (14, Some(b'+' | b'-' | b'Z')) => Stamp::at(compact_date(&text[..8])?, Some(&clock(&text[8..])?)),
        // As web servers log: `30/Sep/2024:16:05:00 +0000`.
        (2, Some(b'/')) => named_month(&text.replacen('/', "-", 2).replacen(':', " ", 1)),
        (8, Some(b'T' | b't' | b' ')) => {
            let date = compact_date(&text[..8])?;
            Stamp::at(date, Some(&clock(&text[9..])?))
        }
        _ => named_month(text),
    }?;
    // What software writes for "no date" is not a date.
    let placeholder = stamp.value.starts_with("1970-01-01T00:00:00");
    (!placeholder).then_some(stamp)
}

/// What stands in the wrapping that some serializers give dates: `/Date(1727712300000+0700)/`, of which the number alone
/// counts.
fn unwrapped(text: &str) -> &str {
    let inside = text.strip_prefix("/Date(").and_then(|rest| rest.strip_suffix(")/"));
    inside.map_or(text, |inside| inside.split(['+', '-']).next().unwrap_or(inside))
}

/// `2024`, `202409`, `2024274`, `20240930`, `20240930160500`, or seconds, milliseconds or microseconds since 1970.
fn bare_digits(text: &str) -> Option<Stamp> {
    match text.len() {
        4 => Stamp::of_date(Partial::year(text.parse().ok()?)),
        6 => Stamp::of_date(Partial::new(text[..4].parse().ok(), text[4..].parse().ok(), None))
            .filter(|stamp| stamp.date.month.is_some()),
        7 => Stamp::at(day_of_year(text[..4].parse().ok()?, text[4..].parse().ok()?)?, None),
        8 => Stamp::at(compact_date(text)?, None),
        9 | 10 | 13 | 16 => epoch(text),
        12 | 14 => Stamp::at(compact_date(&text[..8])?, Some(&clock(&text[8..])?)),
        _ => None,
    }
}

fn epoch(digits: &str) -> Option<Stamp> {
    let number: i64 = digits.parse().ok()?;
    let seconds = match digits.len() {
        16.. => number / 1_000_000,
        12.. => number / 1000,
        _ => number,
    };
    let time = Instant::from_second(seconds).ok()?.to_zoned(TimeZone::UTC).datetime();
    let part = |value: i8| u8::try_from(value).ok();
    let clock = Clock {
        hour: part(time.hour())?,
        minute: part(time.minute())?,
        second: part(time.second()),
        zone: Some("Z".to_owned()),
    };
    Stamp::at(time.date(), Some(&clock))
}

fn compact_date(digits: &str) -> Option<Date> {
    Partial::new(digits.get(..4)?.parse().ok(), digits.get(4..6)?.parse().ok(), digits.get(6..8)?.parse().ok()).as_day()
}

/// `2024-09-30`, with or without a time; year-month, ordinal (`2024-274`) and week dates (`2024-W40-1`).
fn iso(text: &str) -> Option<Stamp> {
    let date_len = text.find(['T', 't', ' ', '_', ',']).unwrap_or(text.len());
    let (date, rest) = text.split_at(date_len);
    let year: i16 = date.get(..4)?.parse().ok()?;
    let parts: Vec<&str> = date[5..].split(['-', '/', '.']).collect();
    let day = match parts.as_slice() {
        [month] if month.len() <= 2 && rest.is_empty() => {
            return Stamp::of_date(Partial::new(Some(year), Some(month.parse().ok()?), None));
        }
        [ordinal] if ordinal.len() == 3 => day_of_year(year, ordinal.parse().ok()?)?,
        [week, day] if week.starts_with('W') => week_date(year, &week[1..], day)?,
        [month, day] => Partial::new(Some(year), Some(month.parse().ok()?), Some(day.parse().ok()?)).as_day()?,
        _ => return None,
    };
    match rest.trim_start_matches(['T', 't', ' ', '_', ',']) {
        "" => Stamp::at(day, None),
        time => Stamp::at(day, Some(&clock(time)?)),
    }
}

fn week_date(year: i16, week: &str, day: &str) -> Option<Date> {
    let weekday = Weekday::from_monday_one_offset(day.parse().ok()?).ok()?;
    Some(Date::from(ISOWeekDate::new(year, week.parse().ok()?, weekday).ok()?))
}

fn day_of_year(year: i16, mut day: u16) -> Option<Date> {
    (1..=12_u8).find_map(|month| {
        let length = u16::from(last_day(year, month));
        if (1..=length).contains(&day) {
            return Partial::new(Some(year), Some(month), u8::try_from(day).ok()).as_day();
        }
        day = day.checked_sub(length)?;
        None
    })
}

/// English month names, as RFC 2822, RFC 850, HTTP and `asctime` have them: "Fri, 02 Dec 2022 09:27:00 GMT".
fn named_month(text: &str) -> Option<Stamp> {
    const MONTHS: &str = "JanFebMarAprMayJunJulAugSepOctNovDec";
    let (mut date, mut rest) = (Partial::default(), None);
    let words: Vec<&str> = text.split([' ', ',']).filter(|word| !word.is_empty()).collect();
    // British papers write 16.05.
    let is_time = |word: &str| {
        word.contains(':')
            || word.split_once('.').is_some_and(|(hour, minute)| {
                hour.len() <= 2 && minute.len() == 2 && word.ends_with(|c: char| c.is_ascii_digit())
            })
    };
    for word in words.iter().flat_map(|word| if is_time(word) { vec![*word] } else { word.split('-').collect() }) {
        let month =
            word.get(..3).filter(|_| word.len() == 3).and_then(|name| MONTHS.find(name)).filter(|at| at % 3 == 0);
        if let Some(at) = month {
            date.month = u8::try_from(at / 3 + 1).ok();
        } else if is_time(word) {
            rest = rest.or_else(|| text.find(word).map(|at| &text[at..]));
        } else if let Ok(number) = word.parse::<i16>().map(|number| (number, word.len())) {
            match number {
                (day, 1..=2) if date.day.is_none() => date.day = u8::try_from(day).ok(),
                (year, 2) => date.year = Some(if year >= 69 { 1900 + year } else { 2000 + year }),
                (year, 4) if date.year.is_none() => date.year = Some(year),
                _ => {}
            }
        }
    }
    match rest {
        None => Stamp::at(date.as_day()?, None),
        Some(rest) => {
            // `asctime` has the year after the time.
            let time = rest.strip_suffix(&format!(" {:04}", date.year?)).unwrap_or(rest);
            Stamp::at(date.as_day()?, Some(&clock(time)?))
        }
    }
}

/// A phrase in which a language's own words name the day (`30/09/2024 | 16:05 GMT+7`, "4 octobre 2024 à 10h32", "11:02 AM
/// EDT, October 1, 2024"): the day was read from bytes of `text`; a time behind or before it is added. `half` tells
/// whether a text ends with a word for the hours before noon or after it, where those stand before the time: 「下午4:05」.
pub(super) fn phrase(
    date: Partial,
    swapped: Option<Partial>,
    (text, start, end): (&str, usize, usize),
    half: impl Fn(&str) -> Option<bool>,
) -> Option<Stamp> {
    let digit = |text: &str| text.find(|c: char| c.is_ascii_digit());
    let behind = |tail: &str| {
        let at = digit(tail)?;
        let time = clock(&tail[at..]).or_else(|| spelled(&tail[at..]))?;
        let hour = match half(text[..text.len() - tail.len() + at].trim_end()) {
            Some(true) if time.hour < 12 => time.hour + 12,
            Some(false) if time.hour == 12 => 0,
            _ => time.hour,
        };
        Some(Clock { hour, ..time })
    };
    let before = |head: &str| {
        let time = head[digit(head)?..].split(',').next()?;
        clock(time.trim()).filter(|_| time.contains(':'))
    };
    let time = text.get(end..).and_then(behind).or_else(|| text.get(..start).and_then(before));
    let at = |date: Partial| match (date.as_day(), &time) {
        (Some(day), Some(time)) => Stamp::at(day, Some(time)),
        _ => Stamp::of_date(Partial { part: None, ..date }),
    };
    Some(Stamp { other: swapped.and_then(at).map(|other| other.value), ..at(date)? })
}

/// A time of day with words of its language around it: "10:32 Uhr", 「10時32分」.
fn spelled(text: &str) -> Option<Clock> {
    let hours = text.replace(['時', '时', '點', '点', '시'], ":").replace(": ", ":");
    let end = hours.find(|c: char| !(c.is_ascii_digit() || matches!(c, ':' | '.' | 'h'))).unwrap_or(hours.len());
    let time = hours[..end].trim_end_matches([':', '.']);
    clock(time).filter(|_| time.contains([':', '.', 'h']))
}

/// Whether a text has what looks like a time of day: `T24:00`, `25:61`.
pub(super) fn has_time(text: &str) -> bool {
    let bytes = text.as_bytes();
    let colon = |at: usize| bytes[at] == b':' && at > 0 && bytes[at - 1].is_ascii_digit();
    (0..bytes.len()).any(|at| colon(at) && bytes.get(at + 1).is_some_and(u8::is_ascii_digit))
}
