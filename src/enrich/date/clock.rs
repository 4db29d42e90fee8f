//! The time of day beside a date: "on Monday at 7.30 pm", "lúc 19h30 ngày 5/11", 「3日午後7時30分」.
//!
//! A date that has one is told to the minute, with its zone where the text names one. A time without a date beside it is
//! none of ours. Not read: times in words ("half past seven"), and two times ("from 9.00 to 17.00"), which are no
//! moment.

use super::context::{after_word, word_before, words_after};
use super::list::List;
use super::scan::{digit, run};
use super::words::Words;
use super::zone::zone;
use crate::event::Precision;

/// How far from a date its time may start, in bytes: "at around", a comma and a blank.
const REACH_BYTES_MAX: usize = 48;

/// A time of day in the text, with the words that lead it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Clock {
    /// Its bytes.
    pub(super) start: usize,
    pub(super) end: usize,
    hour: u32,
    minute: Option<u32>,
    second: Option<u32>,
    /// `Z` or `±hh:mm`.
    zone: Option<String>,
}

impl Clock {
    /// The day with this time, in EDTF and in TIMEX3, and how fine that is. EDTF has no time without seconds. A time up to
    /// noon is one after it where the date names the evening or the afternoon.
    pub(super) fn on(&self, day: &str, part: Option<&str>) -> (String, String, Precision) {
        let later = match part {
            Some("TEV") => (4..12).contains(&self.hour),
            Some("TAF") => (1..12).contains(&self.hour),
            Some("TNI") => (7..12).contains(&self.hour),
            _ => false,
        };
        let hour = if later { self.hour + 12 } else { self.hour };
        let (minute, second) = (self.minute.unwrap_or(0), self.second.unwrap_or(0));
        let zone = self.zone.as_deref().unwrap_or_default();
        let (fine, precision) = match (self.minute, self.second) {
            (_, Some(_)) => (format!(":{minute:02}:{second:02}"), Precision::Second),
            (Some(_), None) => (format!(":{minute:02}"), Precision::Minute),
            (None, None) => (String::new(), Precision::Hour),
        };
        let value = format!("{day}T{hour:02}:{minute:02}:{second:02}{zone}");
        (value, format!("{day}T{hour:02}{fine}{zone}"), precision)
    }
}

/// The time that stands behind a date which ends at a byte, or before one which starts at another and no earlier than
/// `floor`.
pub(super) fn beside(text: &str, (floor, start, end): (usize, usize, usize), words: &Words) -> Option<Clock> {
    behind(text, end, words).or_else(|| before(text, floor, start, words))
}

fn behind(text: &str, end: usize, words: &Words) -> Option<Clock> {
    let mut at = skip(text, end);
    // A day and a time are often parted by a comma or a bar: "30/09/2024 | 16:05".
    if let Some(rest) = text[at..].strip_prefix([',', '|', '，', '、', '-', '–', '@']) {
        at = skip(text, text.len() - rest.len());
    }
    let led = led(text, at, words);
    let clock = read(text, led.unwrap_or(at), led.is_some(), words)?;
    (!goes_on(text, clock.end, words)).then_some(Clock { start: end, ..clock })
}

fn before(text: &str, floor: usize, start: usize, words: &Words) -> Option<Clock> {
    let from = (start.saturating_sub(REACH_BYTES_MAX).max(floor)..=start).find(|at| text.is_char_boundary(*at))?;
    let head = &text[from..start];
    head.char_indices().map(|(at, _)| from + at).find_map(|at| {
        let first =
            digit(text, at).is_some() && !text[..at].ends_with(|c: char| c.is_numeric() || ".,:-–/".contains(c));
        let led = word_before(text, at, &words.data.clock.before, words);
        // The part of the day between them is the date's: "8 giờ sáng 20/3".
        let clock = first.then(|| read(&text[..start], at, led.is_some(), words)).flatten()?;
        let between = text.get(clock.end..start)?.trim_matches([' ', '\u{a0}', ',']);
        let joins = between.is_empty() || words.data.lead.day.iter().chain(&words.data.of).any(|word| word == between);
        // The second of two times: "từ 8h đến 17h ngày 5/11".
        let second = word_before(text, led.unwrap_or(at), &words.data.to, words).is_some();
        (joins && !second && led.unwrap_or(at) >= floor).then_some(Clock {
            start: led.unwrap_or(at),
            end: start,
            ..clock
        })
    })
}

/// Whether a second time follows, so that the first is the start of a stretch.
fn goes_on(text: &str, end: usize, words: &Words) -> bool {
    let rest = text[end..].trim_start();
    let dash = rest.strip_prefix(['-', '–', '—', '~', '〜']).map(|rest| text.len() - rest.trim_start().len());
    let next = dash.or_else(|| after_word(text, end, &words.data.to, words).map(|at| skip(text, at)));
    next.is_some_and(|at| {
        digit(text, at).is_some() || words.data.clock.before.iter().any(|word| text[at..].starts_with(word.as_str()))
    })
}

/// The byte behind the words that lead a time.
fn led(text: &str, at: usize, words: &Words) -> Option<usize> {
    let clock = &words.data.clock;
    let one = |at: usize| after_word(text, at, &clock.before, words).map(|end| skip(text, end));
    // "at around"
    one(at).map(|at| one(at).unwrap_or(at))
}

/// Reads a time at a byte. Digits with a colon are one by themselves; with a full stop, or alone, they need a word that
/// leads or follows times.
fn read(text: &str, at: usize, led: bool, words: &Words) -> Option<Clock> {
    let data = &words.data.clock;
    let follows = |at: usize, list: &List| after_word(text, at, list, words).or_else(|| touching(text, at, list));
    let half =
        |at: usize| follows(at, &data.am).map(|end| (false, end)).or(follows(at, &data.pm).map(|end| (true, end)));
    let ahead = half(at);
    let start = ahead.map_or(at, |(_, end)| skip(text, end));
    let (hour, end) = two(text, start, 1, 24)?;
    let mut clock = Clock { start: at, end, hour, minute: None, second: None, zone: None };
    let separator = text[end..].chars().next().filter(|letter| matches!(letter, ':' | '：' | '.'));
    let mut sure = false;
    if let Some((minute, end)) = separator.and_then(|letter| two(text, end + letter.len_utf8(), 2, 59)) {
        // "Am Sonntag 20:18 besiegt": where scores have a colon, only what ends the text is a time without a word.
        let colon = separator != Some('.') && (!data.scores || text[end..].trim_matches([' ', '.']).is_empty());
        (clock.minute, clock.end, sure) = (Some(minute), end, led || colon);
        let second = text[end..].strip_prefix(':').and_then(|_| two(text, end + 1, 2, 59));
        if let Some((second, end)) = second {
            (clock.second, clock.end) = (Some(second), fraction(text, end));
        }
        let named = follows(clock.end, &data.after);
        (clock.end, sure) = (named.unwrap_or(clock.end), sure || named.is_some());
    } else if let Some(end) = follows(end, &data.after) {
        (clock.end, sure) = (end, true);
        let at = skip(text, end);
        if let Some((minute, end)) = two(text, at, 1, 59) {
            let named = follows(end, &data.minutes);
            // "19 giờ 30 người": without its word the minute must touch, but for "10 h 32".
            let touches = digit(text, clock.end).is_some() || text[..clock.end].ends_with(" h");
            if named.is_some() || touches && two(text, at, 2, 59).is_some() {
                (clock.minute, clock.end) = (Some(minute), named.unwrap_or(end));
            }
        }
    }
    if let Some((after_noon, end)) = ahead.or_else(|| half(clock.end)) {
        clock.hour = if after_noon { clock.hour % 12 + 12 } else { clock.hour % 12 };
        clock.end = clock.end.max(end);
        sure = true;
    }
    // What goes on with letters or digits is no time: "7.30pmx", "10:20:30:40".
    let free = !text[clock.end..].starts_with(|letter: char| letter.is_numeric() || matches!(letter, ':' | '%' | '/'));
    let possible = clock.hour < 24 || clock.minute.is_none_or(|minute| minute == 0);
    let (zone, end) = zoned(text, clock.end, words);
    (free && possible && sure).then_some(Clock { zone, end, ..clock })
}

/// The byte behind a word that stands between two digits: "19h30".
fn touching(text: &str, at: usize, list: &List) -> Option<usize> {
    let ends = list.ahead(&text[at..]).map(|(_, bytes)| at + bytes);
    ends.filter(|end| text[..at].ends_with(char::is_numeric) && digit(text, *end).is_some()).max()
}

/// A number of at least so many digits and at most two, up to a value.
fn two(text: &str, at: usize, least: u8, most: u32) -> Option<(u32, usize)> {
    digit(text, at)?;
    let (value, width, end) = run(text, at);
    ((least..=2).contains(&width) && value <= most).then_some((value, end))
}

/// The byte behind the parts of a second, if there are any.
fn fraction(text: &str, at: usize) -> usize {
    let digits = text[at..].strip_prefix(['.', ',']).filter(|rest| rest.starts_with(|c: char| c.is_ascii_digit()));
    digits.map_or(at, |_| run(text, at + 1).2)
}

/// The zone that stands behind a time, and the byte behind it: by the language's own words, by the letters that agencies
/// use, or as an offset.
fn zoned(text: &str, end: usize, words: &Words) -> (Option<String>, usize) {
    if let Some((name, end)) = words_after(text, end, &words.zones, words).last() {
        return (words.data.clock.zones.get(name).cloned(), end);
    }
    let at = skip(text, end);
    let bracket = text[at..].starts_with('(');
    let at = at + usize::from(bracket);
    let letters = text[at..].bytes().take_while(u8::is_ascii_uppercase).count();
    let tail = &text[at + letters..];
    let digits = tail.bytes().skip(1).take_while(|byte| byte.is_ascii_digit() || *byte == b':').count();
    let offset = if tail.starts_with(['+', '-']) && digits > 0 { digits + 1 } else { 0 };
    let last = at + letters + offset;
    let named =
        (letters > 1 || (letters == 0 && offset > 4 && at == end)) && !text[last..].starts_with(char::is_alphanumeric);
    match zone(&text[at..last]).flatten().filter(|_| named) {
        Some(found) => (Some(found), last + usize::from(bracket && text[last..].starts_with(')'))),
        None => (None, end),
    }
}

fn skip(text: &str, at: usize) -> usize {
    text.len() - text[at..].trim_start_matches([' ', '\u{a0}', '\u{202f}']).len()
}
