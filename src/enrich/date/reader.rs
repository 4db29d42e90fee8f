//! What stands where in a text: its tokens, what they can mean, and what stands between them.

use std::cell::Cell;

use super::bag::Bag;
use super::context::{Gap, gap, word_after, word_before};
use super::number::Number;
use super::numeric::Habits;
use super::scan::{Kind, Token};
use super::senses::{Sense, Unit};
use super::words::{Entry, Words};

/// Titles before names are abbreviated to no more letters: "prof. Marzec".
const TITLE_LETTERS_MAX: usize = 4;

/// The tokens of one text, and the words of its language.
#[derive(Clone, Copy, Debug)]
pub(super) struct Reader<'a> {
    pub(super) text: &'a str,
    pub(super) tokens: &'a [Token],
    pub(super) words: &'a Words,
    pub(super) habits: Habits,
    pub(super) walks: &'a Walks,
}

/// The dates that have been read last, by the token that they start at: each is asked for by every rule that could begin
/// there.
#[derive(Debug, Default)]
pub(super) struct Walks(pub(super) [Cell<Option<(usize, Walk)>>; WALKS_MAX]);

/// A date and the token after it.
pub(super) type Walk = Option<(Bag, usize)>;

/// More dates than one rule looks at.
pub(super) const WALKS_MAX: usize = 16;

impl Reader<'_> {
    /// The gap before a token.
    pub(super) fn gap_before(&self, at: usize) -> Gap {
        match (at.checked_sub(1).and_then(|before| self.tokens.get(before)), self.tokens.get(at)) {
            (Some(before), Some(token)) if before.end <= token.start => {
                gap(&self.text[before.end..token.start], self.words)
            }
            _ => Gap::Far,
        }
    }

    /// The gap between a byte that has been read and the next token.
    pub(super) fn gap_after(&self, end: usize, at: usize) -> Gap {
        let between = self.tokens.get(at).and_then(|token| self.text.get(end..token.start));
        match between.map_or(Gap::Far, |between| gap(between, self.words)) {
            Gap::Far if at > 0 && self.is_weekday(at - 1) && self.leads_to_day(end, at) => Gap::Comma,
            found => found,
        }
    }

    /// Whether only the word before a day of the month stands between a weekday and a number: "onsdag den 25.",
    /// "Mittwoch, den 25.".
    pub(super) fn leads_to_day(&self, end: usize, at: usize) -> bool {
        let start = self.tokens[at].start;
        let word = self.number(at).and_then(|_| word_before(self.text, start, &self.words.data.lead.day, self.words));
        word.and_then(|word| self.text.get(end..word)).is_some_and(|rest| matches!(rest.trim(), "" | ","))
    }

    pub(super) fn number(&self, at: usize) -> Option<Number> {
        match self.tokens.get(at)?.kind {
            Kind::Number(number) => Some(number),
            Kind::Word(_) => None,
        }
    }

    pub(super) fn entry(&self, at: usize) -> Option<&Entry> {
        match self.tokens.get(at)?.kind {
            Kind::Word(pattern) => Some(self.words.entry(pattern)),
            Kind::Number(_) => None,
        }
    }

    pub(super) fn sense<T>(&self, at: usize, pick: impl Fn(Sense) -> Option<T>) -> Option<T> {
        self.entry(at)?.senses.iter().find_map(|sense| pick(*sense))
    }

    pub(super) fn month_at(&self, at: usize) -> Option<u8> {
        self.sense(at, |sense| if let Sense::Month(month) = sense { Some(month) } else { None })
    }

    pub(super) fn mark_before(&self, at: usize) -> Option<Unit> {
        self.sense(at, |sense| if let Sense::MarkBefore(unit) = sense { Some(unit) } else { None })
    }

    pub(super) fn mark_after(&self, at: usize) -> Option<Unit> {
        self.sense(at, |sense| if let Sense::MarkAfter(unit) = sense { Some(unit) } else { None })
    }

    pub(super) fn is_now(&self, at: usize) -> bool {
        self.sense(at, |sense| (sense == Sense::Now).then_some(())).is_some()
    }

    /// Whether the preposition of months stands before a token: "em Maio" is an older spelling.
    pub(super) fn is_in_month(&self, at: usize) -> bool {
        word_before(self.text, self.tokens[at].start, &self.words.data.lead.month, self.words).is_some()
    }

    pub(super) fn number_follows(&self, at: usize) -> bool {
        self.gap_before(at + 1) == Gap::Space && self.number(at + 1).is_some()
    }

    /// Whether a word that the language writes in lower case has a capital within a sentence, as names do.
    pub(super) fn is_name(&self, at: usize) -> bool {
        let Token { start, end, .. } = self.tokens[at];
        let mut letters = self.text[start..end].chars();
        let capital = letters.next().is_some_and(char::is_uppercase) && letters.next().is_some_and(char::is_lowercase);
        let before = self.text[..start].trim_end_matches([' ', '\u{a0}']);
        let starts = match before.chars().next_back() {
            None | Some('!' | '?' | '…' | ':' | '\n' | '–' | '—' | '-' | '|') => true,
            // A short word before the full stop is likelier a title: "mec. Marzec".
            Some('.') => {
                before[..before.len() - 1].chars().rev().take(TITLE_LETTERS_MAX + 1).all(char::is_alphanumeric)
            }
            Some(_) => false,
        };
        let mut behind = self.text[end..].chars();
        let goes_on = behind.next() == Some(' ') && behind.next().is_some_and(char::is_uppercase);
        // A sentence starts with a capital anyway, but not with a month or day before another one: "Abril Soler".
        let named = goes_on && (self.month_at(at).is_some() || self.is_weekday(at));
        self.words.data.lower_case && capital && (!starts || named)
    }

    /// Whether the full stop before a month ends a sentence, since months are written in lower case: "24-26. Mai rău".
    pub(super) fn starts_sentence(&self, at: usize) -> bool {
        let capital = self.text[self.tokens[at].start..].starts_with(char::is_uppercase);
        capital && self.words.data.lower_case
    }

    /// Whether a date could start at a token: what stands before it then belongs to that date.
    pub(super) fn starts_date(&self, at: usize) -> bool {
        if !matches!(self.gap_before(at), Gap::Glued | Gap::Space | Gap::Comma | Gap::Of) {
            return false;
        }
        (self.number(at).is_some() && !self.is_hour(at))
            || self.mark_before(at).is_some()
            || self.month_at(at).is_some()
    }

    /// Whether a number is the hour of a clock: 「21日月曜日9時」.
    pub(super) fn is_hour(&self, at: usize) -> bool {
        word_after(self.text, self.tokens[at].end, &self.words.data.clock.after, self.words)
    }

    pub(super) fn is_weekday(&self, at: usize) -> bool {
        self.sense(at, |sense| matches!(sense, Sense::Weekday(_) | Sense::WeekdayPart(..)).then_some(())).is_some()
    }
}
