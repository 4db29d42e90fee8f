//! One pass over a text for everything that can start or continue a date: numbers and date words.
//!
//! Cost grows with the text here and with the dates everywhere else. A number is a chain of up to four parts
//! (`30/9/2024`, `3-5/5`); what cannot be part of a date (prices, times, decimals, versions, codes) is dropped at once.

use std::ops::ControlFlow;

use super::chain::chain;
use super::han;
use super::number::Number;
use super::senses::{Sense, Unit};
use super::words::Words;

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

/// The digit at a byte, and how many bytes it takes: of ASCII, or of the Arabic, Persian, Indian (from Devanagari to
/// Malayalam, each block with its digits in the same place), Thai, Lao, Burmese, Khmer or full-width digits, told by their
/// bytes, because every letter of a text is asked.
pub(super) fn digit(text: &str, at: usize) -> Option<(u32, usize)> {
    let (last, zero, bytes) = match text.as_bytes().get(at..)? {
        [last @ b'0'..=b'9', ..] => (*last, b'0', 1),
        [0xD9, last @ 0xA0..=0xA9, ..] => (*last, 0xA0, 2),
        [0xDB, last @ 0xB0..=0xB9, ..] => (*last, 0xB0, 2),
        [0xE0, 0xA5 | 0xA7 | 0xA9 | 0xAB | 0xAD | 0xAF | 0xB1 | 0xB3 | 0xB5, last @ 0xA6..=0xAF, ..] => {
            (*last, 0xA6, 3)
        }
        [0xE0, 0xB9 | 0xBB, last @ 0x90..=0x99, ..] => (*last, 0x90, 3),
        [0xE1, 0x81, last @ 0x80..=0x89, ..] => (*last, 0x80, 3),
        [0xE1, 0x9F, last @ 0xA0..=0xA9, ..] => (*last, 0xA0, 3),
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
