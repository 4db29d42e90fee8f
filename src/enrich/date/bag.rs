//! One date, read as a bag of parts: neighbouring tokens each fill in what they say, in whatever order the language has.
//!
//! "30 September 2024", "September 30, 2024", "ngày 30 tháng 9 năm 2024", "2024年9月30日" and "2024. szeptember 30." are
//! the same walk: a number beside a month is a day or a year by its width and by the language's habits, a number beside
//! a unit is that unit, a chain of numbers is read by the language's order.

use super::context::Gap;
use super::numeric::{self};
use super::reader::{Reader, WALKS_MAX, Walk};
use super::scan::{Kind, Token};
use super::senses::{Sense, Unit};
use super::value::{Partial, Value};

/// No date has more tokens than this: "sáng thứ tư ngày 3 đến ngày 5 tháng 9 năm 2024" and its like have about ten. What
/// goes on for longer is a list, and would be read again from each of its members.
const TOKENS_MAX: usize = 16;

/// What neighbouring tokens said of one date.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Bag {
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) value: Partial,
    pub(super) weekday: Option<u8>,
    pub(super) relative: Option<(Unit, i16)>,
    /// What is to come lies as far ahead: Hindi कल is yesterday and tomorrow.
    pub(super) either: bool,
    /// The first day of a range of days within one month: `3–5 May`.
    pub(super) first_day: Option<u8>,
    /// The first month of a range of months within one year: 「4〜6月」.
    pub(super) first_month: Option<u8>,
    /// The same numbers in the other order, where that is a date too.
    pub(super) swapped: Option<Partial>,
    /// A word says that this is a date: a unit, a month's unambiguous name, a weekday.
    pub(super) labelled: bool,
    /// Written with digits and separators only.
    pub(super) numeric: bool,
    /// The last part was a number that no word labels.
    pub(super) bare_end: bool,
    /// A month or weekday has the capital of a name where the language writes none.
    pub(super) named: bool,
    /// The last part was a month's name.
    pub(super) month_last: bool,
}

impl Bag {
    pub(super) fn has_date(&self) -> bool {
        self.value.year.is_some() || self.value.month.is_some() || self.value.day.is_some()
    }

    /// Whether it is a month, with or without its year.
    pub(super) fn is_month(&self) -> bool {
        self.value.month.is_some() && self.value.day.is_none() && self.weekday.is_none()
    }

    /// The range whose last date has been resolved to `last`, if it is one.
    pub(super) fn spanned(&self, last: Partial) -> Option<Value> {
        let day = self.first_day.map(|day| Partial { day: Some(day), ..last });
        let month = self.first_month.map(|month| Partial { month: Some(month), ..last });
        Some(Value::Span(day.or(month)?, last))
    }

    /// Whether the value ends in a number that a following noun could count.
    pub(super) fn ends_bare(&self) -> bool {
        self.bare_end
    }
}

impl Reader<'_> {
    /// Reads the date that starts at a token, and the token after it.
    pub(super) fn bag(&self, first: usize) -> Option<(Bag, usize)> {
        self.walk(first).filter(|(bag, _)| bag.value.is_possible())
    }

    /// The token after a date that no calendar has: "31 February 2024" is not February 2024 either.
    pub(super) fn after_impossible(&self, first: usize) -> Option<usize> {
        self.walk(first).filter(|(bag, _)| !bag.value.is_possible()).map(|(_, next)| next)
    }

    fn walk(&self, first: usize) -> Walk {
        let walk = &self.walks.0[first % WALKS_MAX];
        if let Some((_, found)) = walk.get().filter(|(at, _)| *at == first) {
            return found;
        }
        let found = self.walk_from(first);
        walk.set(Some((first, found)));
        found
    }

    fn walk_from(&self, first: usize) -> Walk {
        let mut bag = Bag { start: self.tokens.get(first)?.start, ..Bag::default() };
        let mut at = first;
        let last = self.tokens.len().min(first + TOKENS_MAX);
        while at < last {
            let gap = if at == first { None } else { Some(self.gap_after(bag.end, at)) };
            if gap == Some(Gap::Paren)
                && let Some((whole, next)) = self.day_in_brackets(&bag, at)
            {
                (bag, at) = (whole, next);
                continue;
            }
            let mut longer = bag;
            let Some(next) = self.absorb(&mut longer, at, gap) else { break };
            longer.end = self.tokens[next - 1].end;
            let from = if at == first { longer.start } else { bag.end };
            if self.text[from..longer.end].contains(['(', '（']) {
                // A bracket that goes on after the date is not the date's.
                let Some(close) = self.text[longer.end..].chars().next().filter(|c| matches!(c, ')' | '）')) else {
                    break;
                };
                longer.end += close.len_utf8();
            }
            bag = longer;
            at = next;
        }
        let holds = bag.has_date() || bag.weekday.is_some() || bag.relative.is_some();
        (at > first && holds).then_some((bag, at))
    }

    /// A weekday with its day in brackets of its own: "Rabu (13 Maret)".
    fn day_in_brackets(&self, bag: &Bag, at: usize) -> Option<(Bag, usize)> {
        bag.weekday.filter(|_| !bag.has_date() && bag.relative.is_none())?;
        let (day, next) = self.walk(at)?;
        let close = self.text[day.end..].chars().next().filter(|close| matches!(close, ')' | '）'))?;
        let fits = day.value.day.is_some() && day.value.month.is_some() && day.weekday.is_none() && day.labelled;
        let value = Partial { part: bag.value.part.or(day.value.part), ..day.value };
        let end = day.end + close.len_utf8();
        (fits && next > at + 1).then_some((Bag { start: bag.start, end, value, weekday: bag.weekday, ..day }, next))
    }

    /// Lets one token fill in what it says; returns the token to go on from. `gap` is `None` at the start.
    fn absorb(&self, bag: &mut Bag, at: usize, gap: Option<Gap>) -> Option<usize> {
        match self.tokens[at].kind {
            Kind::Number(number) => self.absorb_number(bag, at, number, gap),
            Kind::Word(pattern) => {
                if self.begins_name(at) || self.is_other_word(at) {
                    return None;
                }
                let entry = self.words.entry(pattern);
                let named = self.is_name(at);
                let ambiguous = entry.ambiguous || named;
                // "morgen" is tomorrow, but behind a day it is the morning.
                let day = bag.weekday.is_some() || bag.relative.is_some();
                let senses = |parts| entry.senses.iter().filter(move |sense| matches!(sense, Sense::Part(_)) == parts);
                let next = senses(day)
                    .chain(senses(!day))
                    .find_map(|sense| self.absorb_word(bag, at, *sense, ambiguous, gap))?;
                bag.named |= named;
                Some(next)
            }
        }
    }

    fn absorb_word(&self, bag: &mut Bag, at: usize, sense: Sense, ambiguous: bool, gap: Option<Gap>) -> Option<usize> {
        let close = matches!(gap, None | Some(Gap::Glued | Gap::Space | Gap::Of));
        match sense {
            // "أيلول/سبتمبر": one month by two names.
            Sense::Month(month) if bag.month_last && bag.value.month == Some(month) && gap == Some(Gap::Slash) => {
                Some(at + 1)
            }
            // "Анна Мая": a capital that the language does not write needs a number or weekday beside it.
            Sense::Month(_)
                if self.is_name(at)
                    && bag.value.day.is_none()
                    && bag.value.year.is_none()
                    && !self.number_follows(at)
                    && !self.is_in_month(at) =>
            {
                None
            }
            Sense::Weekday(_) if self.is_name(at) && !bag.has_date() && !self.starts_date(at + 1) => None,
            Sense::Month(month) if bag.value.month.is_none() && bag.relative.is_none() => {
                let after_day = bag.value.day.is_some() && matches!(gap, Some(Gap::Dot | Gap::Slash | Gap::Dash));
                let after_year =
                    bag.value.year.is_some() && matches!(gap, Some(Gap::Dot | Gap::Comma | Gap::Dash | Gap::Slash));
                if gap == Some(Gap::Dot) && self.starts_sentence(at) {
                    return None;
                }
                let after_weekday = !bag.has_date() && gap == Some(Gap::Comma);
                if !(close || after_day || after_year || after_weekday) {
                    return None;
                }
                // "Domingo Abril" is a name, "domingo 7 Abril" is none.
                let company = bag.has_company() && (bag.has_date() || !self.is_name(at));
                bag.value.month = Some(month);
                bag.labelled |= !ambiguous || company;
                bag.month_last = true;
                bag.bare_end = false;
                Some(at + 1)
            }
            // "来週の月曜日": a day of that week.
            Sense::Weekday(day) if bag.weekday.is_none() && matches!(bag.relative, Some((Unit::Week, _))) && close => {
                bag.weekday = Some(day);
                Some(at + 1)
            }
            // "أمس الأربعاء", "вчера, в среду": the weekday only repeats the day.
            Sense::Weekday(day)
                if bag.weekday.is_none()
                    && matches!(bag.relative, Some((Unit::Day, _)))
                    && (close || matches!(gap, Some(Gap::Comma | Gap::Paren))) =>
            {
                bag.weekday = Some(day);
                Some(at + 1)
            }
            Sense::WeekdayPart(day, part) if bag.value.part.is_none() => {
                let next = self.absorb_word(bag, at, Sense::Weekday(day), ambiguous, gap)?;
                bag.value.part = Some(part);
                // "Minggu pagi" is a morning: what else the weekday's name may mean has none.
                bag.labelled |= bag.weekday.is_some();
                Some(next)
            }
            Sense::Weekday(day) if bag.weekday.is_none() && bag.relative.is_none() => {
                let joins = close || (matches!(gap, Some(Gap::Comma | Gap::Paren)) && bag.has_date());
                if !joins || (bag.has_date() && self.starts_date(at + 1)) {
                    return None;
                }
                bag.weekday = Some(day);
                bag.labelled |= !ambiguous || bag.value.part.is_some() || bag.labelled;
                Some(at + 1)
            }
            Sense::Part(part) if bag.value.part.is_none() => {
                let starts_next = gap.is_some() && bag.weekday.is_none() && self.starts_date(at + 1);
                if !close || (starts_next && (bag.has_date() || bag.relative.is_some())) {
                    return None;
                }
                bag.value.part = Some(part);
                // "Minggu pagi" is a morning, whatever else the weekday's name means.
                bag.labelled |= bag.weekday.is_some();
                Some(at + 1)
            }
            Sense::Relative(unit, offset) if !bag.has_date() && bag.relative.is_none() && close => {
                // A number before it counts: "4 tahun lalu" is four years ago.
                let counted =
                    at > 0 && self.number(at - 1).is_some() && matches!(self.gap_before(at), Gap::Space | Gap::Glued);
                if counted && unit != Unit::Day {
                    return None;
                }
                bag.relative = Some((unit, offset));
                let Token { start, end, .. } = self.tokens[at];
                bag.either = self.words.data.relative.either.iter().any(|word| word == &self.text[start..end]);
                bag.labelled |= !ambiguous;
                Some(at + 1)
            }
            Sense::WeekDay(offset, day)
                if !bag.has_date() && bag.relative.is_none() && bag.weekday.is_none() && close =>
            {
                bag.relative = Some((Unit::Week, offset));
                bag.weekday = Some(day);
                bag.labelled = true;
                Some(at + 1)
            }
            Sense::MarkBefore(unit) => self.absorb_marked(bag, at, unit, gap),
            Sense::Era(offset) if bag.value.year.is_none() && close => self.absorb_era(bag, at, offset),
            _ => None,
        }
    }
}

impl Bag {
    fn has_company(&self) -> bool {
        self.value.day.is_some() || self.value.year.is_some() || self.weekday.is_some()
    }

    pub(super) fn take_numeric(&mut self, read: numeric::Reading) -> Option<()> {
        if self.has_date() {
            return None;
        }
        self.value = Partial { part: self.value.part, ..read.value };
        self.swapped = read.swapped;
        self.labelled |= read.certain;
        self.numeric = true;
        Some(())
    }
}
