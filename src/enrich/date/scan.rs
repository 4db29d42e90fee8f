//! One pass over a text for everything that can start or continue a date: numbers and date words.
//!
//! Cost grows with the text here and with the dates everywhere else. A number is a chain of up to four parts
//! (`30/9/2024`, `3-5/5`); what cannot be part of a date (prices, times, decimals, versions, codes) is dropped at once.

use std::ops::ControlFlow;

use super::context::clitic_before;
use super::data::Boundary;
use super::han;
use super::words::{Sense, Unit, Words};

/// The longest chain that can be a date: `3-5/5/2024`.
const PARTS_MAX: usize = 4;
/// So many words and so many numbers of a text are looked at, in a running text those of some three megabytes: each asks
/// for the grammar, and a text may be made of nothing else.
const TRIGGERS_MAX: usize = 1 << 16;

/// Something in the text that may belong to a date.
#[derive(Clone, Copy, Debug)]
pub(super) struct Token {
    /// Its bytes.
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) kind: Kind,
}

/// What a token is.
#[derive(Clone, Copy, Debug)]
pub(super) enum Kind {
    /// A number, or several with separators between them.
    Number(Number),
    /// A date word: its pattern in [`Words`].
    Word(usize),
}

/// A chain of numbers without spaces.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Number {
    /// Values; only the first `len` count.
    pub(super) values: [u32; PARTS_MAX],
    /// How many digits each was written with.
    pub(super) widths: [u8; PARTS_MAX],
    /// The separators between the parts.
    pub(super) separators: [char; PARTS_MAX - 1],
    /// How many parts there are.
    pub(super) len: usize,
    /// A separator and a letter stand directly before it: `F-16`, `23/Sep/2020`.
    pub(super) glued_left: bool,
    /// A separator and a letter follow directly: `13/2023/ND-CP`, `23/Sep/2020`.
    pub(super) glued_right: bool,
    /// It carries an ordinal ending: `30th`, `1er`.
    pub(super) ordinal: bool,
}

impl Number {
    /// The value of a number that is no chain, with its width.
    pub(super) fn single(&self) -> Option<(u32, u8)> {
        (self.len == 1).then_some((self.values[0], self.widths[0]))
    }

    /// The values of a chain.
    pub(super) fn values(&self) -> &[u32] {
        &self.values[..self.len]
    }

    /// The chain after its first part.
    pub(super) fn without_first(&self) -> Self {
        let mut rest = Self { len: self.len - 1, ..*self };
        rest.values.rotate_left(1);
        rest.widths.rotate_left(1);
        rest.separators.rotate_left(1);
        rest
    }

    /// The one separator of a chain, if all are the same.
    pub(super) fn separator(&self) -> Option<char> {
        let separators = &self.separators[..self.len.saturating_sub(1)];
        let first = *separators.first()?;
        separators.iter().all(|other| *other == first).then_some(first)
    }
}

/// The tokens of a text, left to right, and whether these are all. Reuses the caller's memory.
pub(super) fn tokens(text: &str, words: &Words, out: &mut Vec<Token>) -> bool {
    out.clear();
    let mut limit = text.len();
    words.triggers(text, |pattern, start, end| {
        if out.len() == TRIGGERS_MAX {
            limit = start;
            return ControlFlow::Break(());
        }
        out.push(Token { start, end, kind: Kind::Word(pattern) });
        ControlFlow::Continue(())
    });
    let words_found = out.len();
    if words.data.han_numerals {
        han_numbers(text, words, words_found, out);
    }
    let others = out.len();
    let mut at = 0;
    while let Some(start) = next_digit(text, at).filter(|start| *start < limit) {
        if out.len() - others >= TRIGGERS_MAX {
            limit = start;
            break;
        }
        // A digit within a word is the word's: "thứ 3".
        let word = out[..words_found].partition_point(|token| token.start <= start).checked_sub(1);
        if let Some(end) = word.map(|word| out[word].end).filter(|end| *end > start) {
            at = end;
            continue;
        }
        at = chain(text, start, words, words_found, out);
    }
    if words_found > 0 && out.len() > words_found {
        out.sort_by_key(|token| token.start);
    }
    out.truncate(out.partition_point(|token| token.start < limit));
    limit == text.len()
}

/// Numbers in Han characters directly before the word of their unit: 十月, 二〇二四年.
fn han_numbers(text: &str, words: &Words, words_found: usize, out: &mut Vec<Token>) {
    let mut free = 0;
    for at in 0..words_found {
        let token = out[at];
        let Kind::Word(pattern) = token.kind else { continue };
        // 元日 is New Year's Day, 元月 the first month.
        let named = text[..token.start].ends_with('元');
        let marks = words
            .entry(pattern)
            .senses
            .iter()
            .any(|sense| matches!(sense, Sense::MarkAfter(unit) if !(named && *unit == Unit::Day)));
        if let Some(((value, width), start)) = han::ending(&text[free..token.start]).filter(|_| marks) {
            let mut number = Number { len: 1, ..Number::default() };
            number.values[0] = value;
            number.widths[0] = width;
            out.push(Token { start: free + start, end: token.start, kind: Kind::Number(number) });
        }
        free = token.end;
    }
}

fn next_digit(text: &str, from: usize) -> Option<usize> {
    let bytes = text.as_bytes();
    (from..bytes.len()).find(|at| (bytes[*at].is_ascii_digit() || bytes[*at] >= 0xD9) && digit(text, *at).is_some())
}

/// The digit at a byte, and how many bytes it takes: of ASCII, or of the Arabic, Persian, Devanagari, Bengali, Thai or
/// full-width digits, told by their bytes, because every letter of a text is asked.
pub(super) fn digit(text: &str, at: usize) -> Option<(u32, usize)> {
    let (last, zero, bytes) = match text.as_bytes().get(at..)? {
        [last @ b'0'..=b'9', ..] => (*last, b'0', 1),
        [0xD9, last @ 0xA0..=0xA9, ..] => (*last, 0xA0, 2),
        [0xDB, last @ 0xB0..=0xB9, ..] => (*last, 0xB0, 2),
        [0xE0, 0xA5 | 0xA7, last @ 0xA6..=0xAF, ..] => (*last, 0xA6, 3),
        [0xE0, 0xB9, last @ 0x90..=0x99, ..] => (*last, 0x90, 3),
        [0xEF, 0xBC, last @ 0x90..=0x99, ..] => (*last, 0x90, 3),
        _ => return None,
    };
    Some((u32::from(last - zero), bytes))
}

/// One run of digits: value (saturating), width, and the byte after it.
pub(super) fn run(text: &str, mut at: usize) -> (u32, u8, usize) {
    let (mut value, mut width) = (0_u32, 0_u8);
    while let Some((next, bytes)) = digit(text, at) {
        value = value.saturating_mul(10).saturating_add(next);
        width = width.saturating_add(1);
        at += bytes;
    }
    (value, width, at)
}

/// Reads the chain at `start`, keeps it if it can be part of a date, and returns the byte to go on from.
fn chain(text: &str, start: usize, words: &Words, words_found: usize, out: &mut Vec<Token>) -> usize {
    if let Some((number, end)) = spaced(text, start) {
        keep(text, start, end, number, words, out);
        return end;
    }
    let mut number = Number::default();
    let (mut parts, mut at) = (0, start);
    let mut comma = None;
    loop {
        let (value, width, end) = run(text, at);
        if parts < PARTS_MAX {
            number.values[parts] = value;
            number.widths[parts] = width;
        }
        parts += 1;
        at = end;
        let Some(separator) = text[at..].chars().next().filter(|c| SEPARATORS.contains(c)) else { break };
        let next = at + separator.len_utf8();
        if digit(text, next).is_none() {
            break;
        }
        // "1.6.2025–31.5.2027": a long dash behind a full date leads to another.
        if parts == 3 && matches!(separator, '–' | '—') && number.widths[2] == 4 {
            break;
        }
        if parts < PARTS_MAX {
            number.separators[parts - 1] = separator;
        }
        comma = comma.or((separator == ',').then_some(next));
        at = next;
    }
    let end = at;
    if parts == 2 && number.separators[0] == ',' && number.widths[0] <= 2 && number.widths[1] == 4 {
        // "September 30,2024": two numbers.
        let year = comma.expect("the separator was a comma");
        keep(text, start, year - 1, part(&number, 0), words, out);
        keep(text, year, end, part(&number, 1), words, out);
    } else if parts == 2 && ends_and_starts(&number, start, &out[..words_found]) {
        // "28 June 1913–19 December 1984": a date ends and another starts.
        let dash = text[start..end].find(['–', '—', '-']).map_or(end, |at| start + at);
        let next = dash + number.separators[0].len_utf8();
        keep(text, start, dash, part(&number, 0), words, out);
        keep(text, next, end, part(&number, 1), words, out);
        // The hyphen before it joins two dates: it is no part of a code.
        if let Some(Token { kind: Kind::Number(day), .. }) = out.last_mut().filter(|token| token.start == next) {
            day.glued_left = false;
        }
    } else if parts <= PARTS_MAX {
        number.len = parts;
        if !number.separators[..parts - 1].iter().any(|c| matches!(c, ',' | ':' | '٬' | '٫')) {
            keep(text, start, end, number, words, out);
        }
    }
    end
}

/// A date of ordinals with blanks between them: `17. 5. 2016`, and `17. 5.` up to its last full stop.
fn spaced(text: &str, start: usize) -> Option<(Number, usize)> {
    let part_at = |at| digit(text, at).map(|_| run(text, at)).filter(|(_, width, _)| *width <= 2);
    // Behind a full stop and at most one blank.
    let behind = |at: usize| {
        let rest = text.get(at..)?.strip_prefix('.')?;
        let next = rest.strip_prefix([' ', '\u{a0}']).unwrap_or(rest);
        Some((text.len() - next.len(), next.len() < rest.len()))
    };
    let (day, day_width, end) = part_at(start)?;
    let (next, blank) = behind(end)?;
    let (month, month_width, end) = part_at(next)?;
    let (next, second) = behind(end)?;
    let mut number = Number { len: 2, separators: ['.'; PARTS_MAX - 1], ..Number::default() };
    number.values[..2].copy_from_slice(&[day, month]);
    number.widths[..2].copy_from_slice(&[day_width, month_width]);
    let possible = (1..=31).contains(&day) && (1..=12).contains(&month);
    match digit(text, next).map(|_| run(text, next)) {
        Some((year, 4, last)) if possible && (blank || second) => {
            number.len = 3;
            (number.values[2], number.widths[2]) = (year, 4);
            Some((number, last))
        }
        // What follows is a number of its own: "3. 5. 12" is no day and month.
        Some(_) => None,
        None => (possible && blank).then_some((number, end)),
    }
}

/// Whether a year and a day stand on two sides of a dash: always with a long one, with a hyphen (which also writes
/// `2019-11`) only after a date word. The words of the text come in order.
fn ends_and_starts(number: &Number, start: usize, found: &[Token]) -> bool {
    let year_and_day = number.widths[0] == 4 && number.widths[1] <= 2;
    let after_word = || {
        let before = found.partition_point(|token| token.end < start);
        before.checked_sub(1).is_some_and(|last| start - found[last].end <= 2)
    };
    year_and_day
        && match number.separators[0] {
            '–' | '—' => true,
            '-' => after_word(),
            _ => false,
        }
}

const SEPARATORS: [char; 10] = ['/', '-', '.', '–', '—', ',', ':', '٬', '٫', '・'];

fn part(number: &Number, at: usize) -> Number {
    let mut one = Number { len: 1, ..Number::default() };
    one.values[0] = number.values[at];
    one.widths[0] = number.widths[at];
    one
}

/// Keeps a number unless what stands directly beside it says that it is no date.
fn keep(text: &str, start: usize, end: usize, mut number: Number, words: &Words, out: &mut Vec<Token>) {
    let spaced = words.data.boundary == Boundary::Both;
    let mut before = text[..start].chars().rev();
    match before.next() {
        Some('$' | '€' | '£' | '¥' | '₫' | '₹' | '₽' | '#' | '№' | '=' | '_' | '+' | '\\' | '@' | '&' | '±' | '×') =>
        {
            return;
        }
        Some(joint @ ('-' | '/' | '.' | '־')) => {
            // "ב-14 במאי": the hyphen joins a preposition to the number.
            let led = clitic_before(text, start - joint.len_utf8(), words).is_some();
            number.glued_left = !led && before.next().is_some_and(|c| c.is_alphanumeric() && (spaced || c.is_ascii()));
        }
        Some(letter)
            if letter.is_alphabetic()
                && (spaced || letter.is_ascii())
                && clitic_before(text, start, words).is_none() =>
        {
            return;
        }
        _ => {}
    }
    let (mut start, mut end) = (start, end);
    if decade(&number) && words.data.decades.iter().any(|ending| text[end..].starts_with(ending.as_str())) {
        // "1990s": not a year; a phrase reads the rest.
        number.glued_right = true;
        out.push(Token { start, end, kind: Kind::Number(number) });
        return;
    }
    if let Some(ending) = ordinal(&text[end..], &words.data.ordinals) {
        end += ending;
        number.ordinal = true;
        out.push(Token { start, end, kind: Kind::Number(number) });
        return;
    }
    if let Some(apostrophe) = short_year(&mut number, &text[..start], spaced) {
        start = apostrophe;
    }
    let mut after = text[end..].chars();
    match after.next() {
        Some('%' | '‰' | '°' | '$' | '€' | '£' | '¥' | '₫' | '₹' | '²' | '³' | '_' | '@' | '+' | '％') => {
            return;
        }
        // "2024-09-30T16:05:00Z": the time of day is not read, the date is.
        Some('T') if number.len == 3 && number.widths[0] == 4 => {}
        Some(letter) if letter.is_alphabetic() && (spaced || letter.is_ascii()) => return,
        // A full stop before a capital ends a sentence whose blank was lost.
        Some('.') => number.glued_right = after.next().is_some_and(|c| c.is_numeric() || c.is_lowercase()),
        Some('-' | '/' | ':') => number.glued_right = after.next().is_some_and(char::is_alphanumeric),
        _ => {}
    }
    out.push(Token { start, end, kind: Kind::Number(number) });
}

/// Two digits of a year below this are of this century.
const CENTURY_FROM: u32 = 40;

/// Makes two digits behind an apostrophe the year that they stand for ("in '68") and tells where the apostrophe is.
fn short_year(number: &mut Number, before: &str, spaced: bool) -> Option<usize> {
    // Full tens are decades: "anii '30".
    let (value, _) = number.single().filter(|(value, width)| *width == 2 && value % 10 != 0 && spaced)?;
    let head = before.strip_suffix(['\'', '’'])?;
    head.ends_with([' ', '\u{a0}', '(']).then_some(())?;
    number.values[0] = if value < CENTURY_FROM { 2000 } else { 1900 } + value;
    number.widths[0] = 4;
    Some(head.len())
}

/// Whether a number can name a decade: 1990, or 90.
fn decade(number: &Number) -> bool {
    number.single().is_some_and(|(value, width)| value % 10 == 0 && (width == 4 || width == 2))
}

/// The length of the ordinal ending that a text starts with, if it ends there as a word.
fn ordinal(text: &str, endings: &[String]) -> Option<usize> {
    let ending = endings.iter().filter(|ending| text.starts_with(ending.as_str())).max_by_key(|ending| ending.len())?;
    let next = text[ending.len()..].chars().next();
    (!next.is_some_and(char::is_alphanumeric)).then_some(ending.len())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::enrich::date::data::Data;

    #[track_caller]
    fn check(text: &str, expected: &[&str]) {
        let data = Data { ordinals: vec!["th".to_owned(), "-го".to_owned()], ..Data::default() };
        let mut found = Vec::new();
        tokens(text, &Words::compile(data, &[]), &mut found);
        assert_eq!(found.iter().map(|token| &text[token.start..token.end]).collect::<Vec<_>>(), expected, "{text}");
    }

    #[test]
    fn numbers_that_can_be_dates_are_kept() {
        check("on 30/9/2024 and 2024-09-30, then 5.11.", &["30/9/2024", "2024-09-30", "5.11"]);
        check("the 30th of 3–5/5", &["30th", "3–5/5"]);
        check("30-го", &["30-го"]);
        check("September 30,2024", &["30", "2024"]);
        check("2024-09-30T16:05:00Z 10-12T9", &["2024-09-30"]);
        check("٣٠ / २०२४ / ２０２４", &["٣٠", "२०२४", "２０２４"]);
    }

    #[test]
    fn numbers_that_cannot_be_dates_are_dropped() {
        check("$20 5% 1,000 16:05 16h05 G20 10.0.0.1.5 x_20 30th3 #12 1080p", &[]);
    }
}
