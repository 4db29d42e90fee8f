//! Days of the lunar calendar of China as newspapers write them: 正月初五, 腊月廿三, 农历八月十五, 三月初三.

use super::super::calendar::Calendar;
use super::super::context::Gap;
use super::super::han;
use super::super::senses::{Sense, Unit};
use super::chart::{Chart, Item};
use super::foreign::Foreign;
use super::node::Node;

impl Chart<'_> {
    /// The lunar day that starts at a token. A month that is only counted (三月) is a lunar one if its day says so (初三).
    pub(super) fn lunar_day(&mut self, token: usize) -> Option<Item> {
        let text = self.reader.text;
        self.reader.words.data.calendars.get(&Calendar::Chinese)?;
        let named = self.reader.sense(token, |sense| match sense {
            Sense::ForeignMonth(Calendar::Chinese, month) => Some(month),
            _ => None,
        });
        let (month, end) = match named {
            Some(month) => (month, self.reader.tokens[token].end),
            None => self.counted_month(token)?,
        };
        // 闰六月 comes a month after the sixth.
        if text[..self.reader.tokens[token].start].ends_with(['闰', '閏']) {
            return None;
        }
        let (day, bytes) = han::lunar_day(&text[end..])?;
        let date = Foreign { calendar: Calendar::Chinese, year: None, month: Some(month), day: Some(day) };
        let node = self.add(Node::Foreign(date));
        Some(Item { end: end + bytes, node })
    }

    fn counted_month(&self, token: usize) -> Option<(u8, usize)> {
        let marked = self.reader.mark_after(token + 1) == Some(Unit::Month);
        let (value, _) = self.reader.number(token).filter(|_| marked)?.single()?;
        let month = u8::try_from(value).ok().filter(|month| (1..=12).contains(month))?;
        let end = self.reader.tokens[token + 1].end;
        let first = self.reader.gap_before(token + 1) == Gap::Glued && self.reader.text[end..].starts_with('初');
        first.then_some((month, end))
    }
}
