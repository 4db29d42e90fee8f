//! What is named after a day and means none: streets, titles, people.

use super::bag::Bag;
use super::context::{Gap, word_before};
use super::data::Boundary;
use super::reader::Reader;
use super::scan::{Token, run};
use super::senses::{Sense, Unit};

/// So many letters of a name may stand behind its first one, in a script without blanks.
const NAME_REST_MAX: usize = 2;

impl Reader<'_> {
    /// Whether the word before a byte makes a date after it the name of a street: "rue du 8 mai".
    pub(super) fn is_street(&self, start: usize) -> bool {
        // „6-ти септември“
        let at = self.text[..start].trim_end_matches(['„', '“', '«', '"']).len();
        word_before(self.text, at, &self.words.data.streets, self.words).is_some()
    }

    /// Whether a date is a title, or all that a title starts with: „Осми март“, 《七月的河》.
    pub(super) fn is_title(&self, start: usize, end: usize) -> bool {
        let (before, behind) = (&self.text[..start], &self.text[end..]);
        let opens = before.ends_with(['«', '„', '“', '"', '『', '‹']);
        before.ends_with('《') || opens && behind.starts_with(['»', '“', '”', '"', '』', '›'])
    }

    pub(super) fn after_street(&self, at: usize) -> Option<usize> {
        self.bag(at).filter(|(date, _)| self.is_street(date.start)).map(|(_, next)| next)
    }

    /// Whether a name goes on behind a hyphen, which a month or weekday only looks to begin: "Mar-a-Lago", "Mai-Ndombe".
    /// Where nouns have a capital, one behind a name that is nothing else makes a compound of it: "Dezember-Heft".
    pub(super) fn begins_name(&self, at: usize) -> bool {
        let Token { end, .. } = self.tokens[at];
        let Some(rest) = self.text[end..].strip_prefix('-') else { return false };
        let dated = self.tokens.get(at + 1).is_some_and(|next| next.start == end + 1);
        let capital = !self.words.data.capital_nouns && rest.starts_with(char::is_uppercase);
        let weak = self.entry(at).is_some_and(|entry| entry.ambiguous);
        !dated && rest.starts_with(char::is_alphabetic) && (weak || capital)
    }

    /// Whether a month that is another word, too, is that word: Romanian "în mai multe" is "in more", "în mai" is May. A
    /// number or the word for months before it says that it is the month, and so does what can follow a date.
    pub(super) fn is_other_word(&self, at: usize) -> bool {
        if !self.entry(at).is_some_and(|entry| entry.needs_end) {
            return false;
        }
        let before = at.checked_sub(1).filter(|_| self.gap_before(at) == Gap::Space);
        let month = |before| self.sense(before, |sense| (sense == Sense::Unit(Unit::Month)).then_some(())).is_some();
        let led = before.is_some_and(|before| self.number(before).is_some() || month(before));
        let dated = matches!(self.gap_before(at + 1), Gap::Space | Gap::And | Gap::To);
        !led && !dated && !self.is_uncounted(self.tokens[at].end)
    }

    /// Whether a weekday or month by itself is the name of somebody: the first one, where people are named so ("Sabtu
    /// Wibowo"), or the last one with the age behind it ("June Sunday, 47, said").
    pub(super) fn is_somebody(&self, date: &Bag) -> bool {
        let alone = (date.weekday.is_some() || date.is_month()) && date.value.part.is_none() && !date.numeric;
        let bare = alone && date.value.day.is_none() && date.value.year.is_none() && date.relative.is_none();
        bare && (self.words.data.given_names && self.is_surnamed(date) || self.is_aged(date.end))
    }

    /// Whether a word with a capital follows that is no date word.
    fn is_surnamed(&self, date: &Bag) -> bool {
        let mut behind = self.text[date.end..].strip_prefix(' ').unwrap_or_default().chars();
        let capital = behind.next().is_some_and(char::is_uppercase) && behind.next().is_some_and(char::is_lowercase);
        let next = self.tokens.partition_point(|token| token.start <= date.end);
        let dated = self.tokens.get(next).is_some_and(|token| token.start == date.end + 1);
        capital && !dated
    }

    /// Whether an age stands behind a byte, between commas or in brackets: ", 47,", ", 38 ετών,", " (62)"; in a script
    /// without blanks also behind the rest of the name: 「福，47岁，」. A number in brackets may be a day of the month.
    fn is_aged(&self, end: usize) -> bool {
        let spaced = self.words.data.boundary != Boundary::None;
        let rest = if spaced {
            0
        } else {
            self.text[end..].chars().take(NAME_REST_MAX).take_while(|c| c.is_alphabetic()).map(char::len_utf8).sum()
        };
        let behind = self.text[end + rest..].trim_start_matches(' ');
        let Some(opened) = behind.strip_prefix([',', '，', '(', '（']) else { return false };
        let at = self.text.len() - opened.trim_start_matches(' ').len();
        let (age, width, after) = run(self.text, at);
        let unit = self.tokens.partition_point(|token| token.start < after);
        let counted = self.tokens.get(unit).filter(|_| {
            matches!(self.gap_after(after, unit), Gap::Space | Gap::Glued)
                && self.sense(unit, |sense| (sense == Sense::Unit(Unit::Year)).then_some(())).is_some()
        });
        let closed = counted.map_or(after, |token| token.end);
        let closed = self.text[closed..].trim_start_matches(['岁', '歲', '歳', '세']).chars().next();
        let bracketed = behind.starts_with(['(', '（']);
        match closed {
            Some(',' | '，') => width == 2 && !bracketed,
            Some(')' | '）') => width == 2 && bracketed && (age > 31 || counted.is_some()),
            _ => false,
        }
    }
}
