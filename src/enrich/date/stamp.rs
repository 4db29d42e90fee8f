//! Timestamps as scrapers write them: RFC 3339, 2822, 850, ISO 8601, epoch seconds, naive times, phrases.
//!
//! A value keeps the precision and the zone of its source. A time without a zone stays naive: it is not UTC.

use jiff::Timestamp as Instant;
use jiff::civil::{Date, ISOWeekDate, Weekday};
use jiff::tz::TimeZone;

use super::value::{Partial, last_day};
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

/// A time of day.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Clock {
    hour: u8,
    minute: u8,
    second: Option<u8>,
    /// `Z` or `±hh:mm`; `None` where the source does not say.
    zone: Option<String>,
}

/// Reads a timestamp in a form that no language owns; `None` if it is in none of them or not plausible.
pub(super) fn parse(text: &str) -> Option<Stamp> {
    let text = text.trim();
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let stamp = match (digits, text.as_bytes().get(digits)) {
        (_, None) => bare_digits(text),
        (9..=13, Some(b'.')) => epoch(text.get(..digits)?),
        (4, Some(b'-' | b'/' | b'.')) => iso(text),
        (4, Some(b'W')) => {
            let (year, week) = (text[..4].parse().ok()?, text.get(5..7)?);
            Stamp::at(week_date(year, week, text.get(7..).filter(|day| day.len() == 1)?)?, None)
        }
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
    for word in words.iter().flat_map(|word| if word.contains(':') { vec![*word] } else { word.split('-').collect() }) {
        let month =
            word.get(..3).filter(|_| word.len() == 3).and_then(|name| MONTHS.find(name)).filter(|at| at % 3 == 0);
        if let Some(at) = month {
            date.month = u8::try_from(at / 3 + 1).ok();
        } else if word.contains(':') {
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

/// A time of day with its zone: `16:05`, `16:05:00.123Z`, `16h05`, `122000Z`, `09:27:00 GMT`, `16:05 GMT+7`.
fn clock(text: &str) -> Option<Clock> {
    let mut at = 0;
    let mut two = |separators: &[char]| -> Option<u8> {
        let tail = text.get(at..)?;
        let tail = tail.strip_prefix(separators).unwrap_or(tail);
        let width = tail.bytes().take_while(u8::is_ascii_digit).count().min(2);
        if width == 0 {
            return None;
        }
        at = text.len() - tail.len() + width;
        tail[..width].parse().ok()
    };
    let hour = two(&[])?;
    let minute = two(&[':', 'h', 'H', '.'])?;
    let second = two(&[':', '.']);
    let tail = text[at..].trim_start_matches(|c: char| c == '.' || c == ',' || c.is_ascii_digit()).trim_start();
    let (after_noon, tail) = meridiem(tail);
    let hour = match after_noon {
        Some(true) if hour < 12 => hour + 12,
        Some(false) if hour == 12 => 0,
        _ => hour,
    };
    let fits = hour < 24 && minute < 60 && second.is_none_or(|second| second <= 60);
    fits.then_some(Clock { hour, minute, second: second.map(|second| second.min(59)), zone: zone(tail)? })
}

fn meridiem(text: &str) -> (Option<bool>, &str) {
    for (word, after_noon) in [("am", false), ("pm", true), ("a.m.", false), ("p.m.", true)] {
        if text.get(..word.len()).is_some_and(|head| head.eq_ignore_ascii_case(word)) {
            return (Some(after_noon), text[word.len()..].trim_start());
        }
    }
    (None, text)
}

/// Zone names of RFC 2822 and of newsrooms whose letters mean one offset, in minutes.
const ZONES: [(&str, i32); 19] = [
    ("EST", -300),
    ("EDT", -240),
    ("CST", -360),
    ("CDT", -300),
    ("MST", -420),
    ("MDT", -360),
    ("PST", -480),
    ("PDT", -420),
    ("WET", 0),
    ("CET", 60),
    ("CEST", 120),
    ("EET", 120),
    ("EEST", 180),
    ("MSK", 180),
    ("WIB", 420),
    ("WITA", 480),
    ("WIT", 540),
    ("JST", 540),
    ("KST", 540),
];

/// Whether this has the form of a zone's name in the IANA database: `Asia/Ho_Chi_Minh`. Its offset changes with the
/// season and the law, and no table of them is at hand, so that such a time keeps no zone.
fn is_zone_name(text: &str) -> bool {
    let part = |part: &str| {
        part.starts_with(|c: char| c.is_ascii_uppercase())
            && part.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-' | b'+'))
    };
    text.contains('/') && text.split('/').all(part)
}

/// The zone in EDTF: `Z` or `±hh:mm`. `Some(None)` if there is none or only its name; `None` if what is there cannot be
/// read.
pub(super) fn zone(text: &str) -> Option<Option<String>> {
    let text = text.trim().trim_matches(['(', ')', '[', ']']);
    // RFC 9557 writes the name after the offset: `+07:00[Asia/Ho_Chi_Minh]`.
    let bare = text.split(" (").next()?.split('[').next()?.trim();
    if bare.is_empty() || is_zone_name(bare) {
        return Some(None);
    }
    if let Some((_, minutes)) = ZONES.iter().find(|(name, _)| bare.eq_ignore_ascii_case(name)) {
        return Some(Some(offset(*minutes)));
    }
    let rest = ["GMT", "UTC", "UT", "Z", "z"].iter().find_map(|name| bare.strip_prefix(name)).unwrap_or(bare).trim();
    if rest.is_empty() {
        return Some(Some("Z".to_owned()));
    }
    let sign = match rest.chars().next()? {
        '+' => 1,
        '-' | '−' => -1,
        _ => return None,
    };
    let digits: String = rest.chars().skip(1).filter(|c| *c != ':').collect();
    let (hours, minutes) = digits.split_at_checked(digits.len().saturating_sub(2).max(digits.len().min(2)))?;
    let (hours, minutes): (i32, i32) =
        (hours.parse().ok()?, if minutes.is_empty() { 0 } else { minutes.parse().ok()? });
    (hours <= 14 && minutes < 60).then(|| Some(offset(sign * (hours * 60 + minutes))))
}

fn offset(minutes: i32) -> String {
    let sign = if minutes < 0 { '-' } else { '+' };
    format!("{sign}{:02}:{:02}", minutes.abs() / 60, minutes.abs() % 60)
}

/// A phrase in which a language's own words name the day (`30/09/2024 | 16:05 GMT+7`, "4 octobre 2024 à 10h32"): the
/// day was read from `text` up to byte `after`; the time, if one follows, is added.
pub(super) fn phrase(date: Partial, swapped: Option<Partial>, text: &str, after: usize) -> Option<Stamp> {
    let tail = text.get(after..)?;
    let time =
        tail.find(|c: char| c.is_ascii_digit()).and_then(|at| clock(&tail[at..]).or_else(|| spelled(&tail[at..])));
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
