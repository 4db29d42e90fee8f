//! Whether what stands beside a date could make a phrase of it. Most dates of running text have no such company, and the
//! templates need not be tried on them.

use super::super::data::Boundary;
use super::super::scan::Kind;
use super::super::senses::Sense;
use super::chart::{Chart, NEXT_BYTES_MAX};

impl Chart<'_> {
    /// Whether a phrase may hold more than the date between two bytes, which the tokens from `first` on spell by
    /// themselves.
    pub(in super::super) fn has_company(&self, first: usize, start: usize, end: usize) -> bool {
        let words = self.reader.words;
        // Only where words are set apart can the one beside a date be told.
        words.data.boundary != Boundary::Both
            || !words.data.clitics.is_empty()
            || self.holds_more(first, end)
            || self.is_led(first, start)
            || self.is_followed_by_word(end)
    }

    /// Whether one of the tokens means something that only phrases read.
    fn holds_more(&self, first: usize, end: usize) -> bool {
        let tokens = &self.reader.tokens[first..];
        let inside = tokens.partition_point(|token| token.start < end);
        let plain = |sense: &Sense| {
            use Sense::{Era, MarkAfter, MarkBefore, Month, Part, Relative, WeekDay, Weekday};
            matches!(
                sense,
                Month(_) | Weekday(_) | Part(_) | Relative(..) | WeekDay(..) | MarkBefore(_) | MarkAfter(_) | Era(_)
            )
        };
        let next = tokens.get(inside).is_some_and(|next| next.start - end <= NEXT_BYTES_MAX);
        next || tokens[..inside].iter().any(|token| match token.kind {
            Kind::Word(pattern) => !self.reader.words.entry(pattern).senses.iter().all(plain),
            Kind::Number(number) => number.glued_right,
        })
    }

    /// Whether the words before the date, or its own preposition, stand in phrases.
    fn is_led(&self, first: usize, start: usize) -> bool {
        let text = self.reader.text;
        let own = start < self.reader.tokens[first].start && self.may_start(start);
        let before = text[..start].trim_end_matches([' ', '\u{a0}', '\u{202f}']);
        let word = before.rsplit(|letter: char| !letter.is_alphanumeric()).next().unwrap_or_default();
        own || (word.is_empty() && before.ends_with(['-', '\'', '’', '.', '–', '—']))
            || self.reader.words.phrases.holds(word)
    }

    /// Whether the word behind a byte stands in phrases.
    pub(super) fn is_followed_by_word(&self, end: usize) -> bool {
        let after = self.reader.text[end..].trim_start_matches([' ', '\u{a0}', '\u{202f}']);
        let word = after.split(|letter: char| !letter.is_alphanumeric()).next().unwrap_or_default();
        (word.is_empty() && after.starts_with(['-', '\'', '’', '–', '—', '~', '/']))
            || self.reader.words.phrases.holds(word)
    }
}
