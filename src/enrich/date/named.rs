//! What is named after a day and means none: streets, titles, people.

use super::bag::Bag;
use super::context::word_before;
use super::reader::Reader;

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

    /// Whether a weekday or month by itself is the first name of somebody, where people are named so: "Sabtu Wibowo".
    pub(super) fn is_surnamed(&self, date: &Bag) -> bool {
        let alone = (date.weekday.is_some() || date.is_month()) && date.value.part.is_none() && !date.numeric;
        let bare = alone && date.value.day.is_none() && date.value.year.is_none() && date.relative.is_none();
        let mut behind = self.text[date.end..].strip_prefix(' ').unwrap_or_default().chars();
        let capital = behind.next().is_some_and(char::is_uppercase) && behind.next().is_some_and(char::is_lowercase);
        let next = self.tokens.partition_point(|token| token.start <= date.end);
        let dated = self.tokens.get(next).is_some_and(|token| token.start == date.end + 1);
        self.words.data.given_names && bare && capital && !dated
    }
}
