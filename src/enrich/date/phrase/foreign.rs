//! Dates of calendars that count their own years and months: "۴ تیر ۱۴۰۳", "15 رجب 1446هـ".

use super::super::bag::Bag;
use super::super::calendar::Calendar;
use super::super::parts::{BUDDHIST_OFFSET, BUDDHIST_YEARS};
use super::super::scan::{digit, run};
use super::super::senses::{Sense, Unit};
use super::super::value::{Partial, Value};
use super::build::Slots;
use super::chart::{Chart, Item};
use super::function::Function;
use super::node::{Node, NodeId};

/// A date of another calendar, as far as the text spells it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in super::super) struct Foreign {
    pub(super) calendar: Calendar,
    pub(super) year: Option<i32>,
    pub(super) month: Option<u8>,
    pub(super) day: Option<u8>,
}

/// Years that the calendars of Iran and Islam have had in print: 1200 is 1821 in the one and 1785 in the other.
const YEARS: std::ops::RangeInclusive<u32> = 1200..=1499;

impl Foreign {
    /// The days that it names, in a year of its calendar where it has none itself.
    pub(super) fn value(&self, year: i32) -> Option<Value> {
        let (calendar, year) = (self.calendar, self.year.unwrap_or(year));
        let (first, last) = match (self.month, self.day) {
            (Some(month), Some(day)) => {
                let day = calendar.day(year, month, day)?;
                (day, day)
            }
            (Some(month), None) => calendar.month(year, month)?,
            _ => calendar.year(year)?,
        };
        Some(if first == last { Value::Date(first.into()) } else { Value::Span(first.into(), last.into()) })
    }
}

impl Chart<'_> {
    /// The dates of another calendar that start at a token.
    pub(super) fn foreign(&mut self, token: usize) -> Vec<Item> {
        if self.reader.words.data.calendars.is_empty() {
            return Vec::new();
        }
        let mut items: Vec<Item> = self.foreign_date(token).into_iter().collect();
        items.extend(self.foreign_numbers(token));
        items.extend(self.foreign_days(token));
        items.extend(self.foreign_year(token));
        items.extend(self.lunar_day(token));
        if self.reader.mark_before(token) == Some(Unit::Day) && self.near(token) {
            // «روز ۲۸ آبان»
            items.extend(self.foreign_date(token + 1).filter(|item| self.nodes()[item.node as usize].is_foreign_day()));
        }
        if self.reader.is_weekday(token) {
            // "دوشنبه ۴ تیر": the weekday only repeats the day.
            let behind = self.foreign_date(token + 1).filter(|_| self.near(token));
            items.extend(behind.filter(|item| self.nodes()[item.node as usize].is_foreign_day()));
        }
        items
    }

    /// A day and a month, or a month, with or without their year.
    fn foreign_date(&mut self, token: usize) -> Option<Item> {
        // The street is named after the day: its month is no date either.
        let numbered = token.checked_sub(1).filter(|before| self.small(*before).is_some() && self.near(*before));
        let named = |at: usize| self.reader.tokens.get(at).is_some_and(|token| self.reader.is_street(token.start));
        if named(token) || numbered.is_some_and(named) {
            return None;
        }
        let day = self.small(token).filter(|_| self.near(token));
        let at = if day.is_some() { token + 1 } else { token };
        let (calendar, month) = self.foreign_month(at)?;
        let ambiguous = self.reader.entry(at).is_some_and(|entry| entry.ambiguous);
        let after = if self.near(at) { self.numeral_year(at + 1, calendar) } else { None };
        let after = after.or_else(|| self.glued_year(self.reader.tokens[at].end, calendar));
        if ambiguous && day.is_none() && after.is_none() {
            return None;
        }
        let end = after.map_or_else(|| self.reader.tokens[at].end, |(_, end)| end);
        let year = after.map(|(year, _)| year);
        let node = self.add(Node::Foreign(Foreign { calendar, year, month: Some(month), day }));
        Some(Item { end, node })
    }

    /// A date of digits alone: "۱۳۹۸/۰۹/۱۲".
    fn foreign_numbers(&mut self, token: usize) -> Option<Item> {
        let number = self.reader.number(token).filter(|_| self.reader.words.data.solar_hijri)?;
        let (&[year, month, day], [4, _, _], Some('/' | '-')) =
            (number.values(), &number.widths[..number.len], number.separator())
        else {
            return None;
        };
        let (year, month, day) =
            (i32::try_from(year).ok()?, Some(u8::try_from(month).ok()?), Some(u8::try_from(day).ok()?));
        let date = Foreign { calendar: Calendar::Persian, year: Some(year), month, day };
        date.value(year).filter(|_| (1200..1500).contains(&year))?;
        let node = self.add(Node::Foreign(date));
        Some(Item { end: self.reader.tokens[token].end, node })
    }

    /// The ten years of a decade that the language counts by another calendar: "دهه ۱۳۴۰", "ทศวรรษ 2490".
    pub(super) fn decade_of_other(&mut self, function: Function, slots: &Slots) -> Option<NodeId> {
        let data = &self.reader.words.data;
        let year = slots.number.filter(|year| function == Function::Decade && year % 10 == 0)?;
        let counted = u32::try_from(year).ok()?;
        let (first, last) = if data.buddhist && BUDDHIST_YEARS.contains(&counted) {
            let year = i16::try_from(year).ok()? - BUDDHIST_OFFSET;
            let bag = |year| Node::Date(Bag { value: Partial::year(year), labelled: true, ..Bag::default() });
            (bag(year), bag(year + 9))
        } else if data.solar_hijri && YEARS.contains(&counted) {
            let date = |year| Foreign { calendar: Calendar::Persian, year: Some(year), month: None, day: None };
            (Node::Foreign(date(year)), Node::Foreign(date(year + 9)))
        } else {
            return None;
        };
        let (first, last) = (self.add(first), self.add(last));
        let node = self.add(Node::Range { first, last });
        self.worded.push(node);
        Some(node)
    }

    /// The ten years of a decade of an era: 「昭和50年代」.
    pub(super) fn decade_of_era(&mut self, token: usize, before: i16) -> Option<Item> {
        use super::super::context::Gap;
        let (text, data) = (self.reader.text, &self.reader.words.data);
        let near = matches!(self.reader.gap_before(token + 1), Gap::Glued | Gap::Space);
        let (value, _) = self.reader.number(token + 1).filter(|_| near)?.single()?;
        let number = self.reader.tokens[token + 1].end;
        let ending = data.decades.iter().find(|ending| text[number..].starts_with(ending.as_str()))?;
        let year = i16::try_from(value).ok().filter(|year| year % 10 == 0 && *year < 100)?.checked_add(before)?;
        let bag = |year| Node::Date(Bag { value: Partial::year(year), labelled: true, ..Bag::default() });
        let (first, last) = (self.add(bag(year)), self.add(bag(year + 9)));
        let node = self.add(Node::Range { first, last });
        self.worded.push(node);
        Some(Item { end: number + ending.len(), node })
    }

    /// Two days of one month: "۱۰ تا ۲۰ تیر".
    fn foreign_days(&mut self, token: usize) -> Option<Item> {
        let first = self.small(token)?;
        if !self.reader.joins(token + 1, false) {
            return None;
        }
        let last = self.foreign_date(token + 1)?;
        let Node::Foreign(date) = self.nodes()[last.node as usize] else { return None };
        date.day.filter(|day| *day > first)?;
        let first = self.add(Node::Foreign(Foreign { day: Some(first), ..date }));
        let node = self.add(Node::Range { first, last: last.node });
        Some(Item { end: last.end, node })
    }

    /// A year behind the word for one: "سال ۱۳۵۲", "عام 1445 هجري".
    fn foreign_year(&mut self, token: usize) -> Option<Item> {
        let marked = self.reader.mark_before(token) == Some(Unit::Year) && self.near(token);
        let at = token + usize::from(marked);
        let number = self.reader.tokens.get(at)?.end;
        let data = &self.reader.words.data;
        let named = data.calendars.keys().find_map(|calendar| {
            let (year, end) = self.numeral_year(at, *calendar)?;
            (end > number).then_some((*calendar, year, end))
        });
        let (calendar, year, end) = named.or_else(|| {
            let (year, end) = self.numeral_year(at, Calendar::Persian).filter(|_| data.solar_hijri)?;
            Some((Calendar::Persian, year, end))
        })?;
        let foreign = Foreign { calendar, year: Some(year), month: None, day: None };
        let node = self.add(if marked { Node::Foreign(foreign) } else { Node::ForeignYear(foreign) });
        Some(Item { end, node })
    }

    fn foreign_month(&self, token: usize) -> Option<(Calendar, u8)> {
        self.reader.entry(token)?.senses.iter().find_map(|sense| match *sense {
            Sense::ForeignMonth(calendar, month) => Some((calendar, month)),
            _ => None,
        })
    }

    /// A year of the calendar, and where it and the calendar's name behind it end.
    fn numeral_year(&self, token: usize, calendar: Calendar) -> Option<(i32, usize)> {
        let marked = self.reader.mark_before(token) == Some(Unit::Year) && self.near(token);
        let token = token + usize::from(marked);
        let (value, _) = self.reader.number(token)?.single()?;
        let year = i32::try_from(value).ok().filter(|_| YEARS.contains(&value))?;
        let end = self.reader.tokens[token].end;
        let rest = &self.reader.text[end..];
        let blank = rest.len() - rest.trim_start_matches([' ', '\u{a0}']).len();
        let names = self.reader.words.data.calendars.get(&calendar).map_or(&[][..], |words| &words.names);
        let named = names.iter().filter(|name| {
            let behind = rest[blank..].strip_prefix(name.as_str());
            behind.is_some_and(|behind| !behind.starts_with(char::is_alphanumeric))
        });
        Some((year, named.map(|name| end + blank + name.len()).max().unwrap_or(end)))
    }

    /// A year that the calendar's name is written on to: "1446هـ".
    fn glued_year(&self, end: usize, calendar: Calendar) -> Option<(i32, usize)> {
        let text = self.reader.text;
        let at = text.len() - text[end..].trim_start_matches([' ', '\u{a0}']).len();
        digit(text, at)?;
        let (value, _, end) = run(text, at);
        let year = i32::try_from(value).ok().filter(|_| YEARS.contains(&value))?;
        let names = &self.reader.words.data.calendars.get(&calendar)?.names;
        let name = names.iter().filter(|name| text[end..].starts_with(name.as_str())).map(String::len).max()?;
        Some((year, end + name))
    }

    fn small(&self, token: usize) -> Option<u8> {
        let (value, width) = self.reader.number(token)?.single()?;
        u8::try_from(value).ok().filter(|value| (1..=31).contains(value) && width <= 2)
    }

    /// Whether the next token follows at once.
    fn near(&self, token: usize) -> bool {
        use super::super::context::Gap;
        matches!(self.reader.gap_before(token + 1), Gap::Space | Gap::Of | Gap::Glued)
    }
}
