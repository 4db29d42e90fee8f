//! Chains of digits: which can be part of a date, and where one ends and the next starts.

use super::context::clitic_before;
use super::data::Boundary;
use super::number::{Number, PARTS_MAX};
use super::scan::{Kind, Token, digit, run};
use super::words::Words;

/// Reads the chain at `start`, keeps it if it can be part of a date, and returns the byte to go on from.
pub(super) fn chain(text: &str, start: usize, words: &Words, words_found: usize, out: &mut Vec<Token>) -> usize {
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
