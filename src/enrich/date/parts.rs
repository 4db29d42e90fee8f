//! How numbers enter a [`Bag`]: beside a unit word, beside a month's name, in a chain, after an era.

use super::bag::Bag;
use super::context::{Gap, is_dateline, word_after, word_before};
use super::number::Number;
use super::numeric;
use super::reader::Reader;
use super::scan::Token;
use super::senses::Unit;
use super::value::Partial;

/// Years that a text can name in full: before them a number is likelier a number, after them a count.
pub(super) const YEARS: std::ops::RangeInclusive<u32> = 1000..=2199;
/// The Buddhist Era is 543 years ahead; years in this range are read as such where the language uses it.
pub(super) const BUDDHIST_YEARS: std::ops::RangeInclusive<u32> = 2400..=2642;
pub(super) const BUDDHIST_OFFSET: i16 = 543;
/// Years of the Persian calendar, 621 or 622 behind: 1200 to 1500 are 1821 to 2122. A language that counts by it does not
/// mean the Gregorian year of that number, and since such a year lies in two Gregorian ones it is not read at all.
pub(super) const SOLAR_HIJRI_YEARS: std::ops::RangeInclusive<u32> = 1200..=1500;

/// The date that a range starts with has no more tokens: 「2020年4月1日」.
const START_TOKENS_MAX: usize = 6;

impl Reader<'_> {
    /// A unit before its number: "năm 2016", "ngày 30/9/2024", "tháng 6/2019", "bulan Mei".
    pub(super) fn absorb_marked(&self, bag: &mut Bag, at: usize, unit: Unit, gap: Option<Gap>) -> Option<usize> {
        let joins = matches!(gap, None | Some(Gap::Glued | Gap::Space | Gap::Of | Gap::Comma | Gap::Paren))
            || (gap == Some(Gap::Slash) && bag.has_date());
        let next = matches!(self.gap_before(at + 1), Gap::Space | Gap::Glued | Gap::Dot | Gap::Of | Gap::Paren);
        if !joins || !next || bag.relative.is_some() {
            return None;
        }
        let Some(number) = self.number(at + 1) else {
            // "bulan Mei", "hari Senin", "le matin du lundi": the unit belongs to the name after it.
            let named = match unit {
                Unit::Month => bag.value.month.is_none() && self.month_at(at + 1).is_some(),
                Unit::Day => bag.weekday.is_none() && !bag.has_date() && self.is_weekday(at + 1),
                _ => false,
            };
            bag.labelled |= named;
            return named.then_some(at + 1);
        };
        if number.glued_right && !self.continues(at + 1) {
            return None;
        }
        match number.single() {
            Some((value, width)) => {
                // "tháng 9 năm": the number after a day word may stand before a month word, which takes it further.
                self.set(bag, unit, value, width)?;
            }
            None => {
                // "วันที่ 2-5 พฤษภาคม": two days of the month behind them.
                if unit == Unit::Day
                    && let Some(next) = self.absorb_days(bag, at + 1, &number)
                {
                    return Some(next);
                }
                numeric::marked(&number, unit, self.habits).and_then(|read| bag.take_numeric(read))?;
            }
        }
        bag.labelled = true;
        bag.month_last = false;
        bag.bare_end = false;
        Some(at + 2)
    }

    /// Whether the separator after a token leads to another token: "23/Sep/2020".
    fn continues(&self, at: usize) -> bool {
        let ending = || self.gap_before(at + 1) == Gap::Glued && self.mark_after(at + 1).is_some();
        matches!(self.gap_before(at + 1), Gap::Slash | Gap::Dash | Gap::Dot) || ending()
    }

    pub(super) fn absorb_era(&self, bag: &mut Bag, at: usize, offset: i16) -> Option<usize> {
        let near = matches!(self.gap_before(at + 1), Gap::Glued | Gap::Space | Gap::Dot);
        let number = self.number(at + 1).filter(|_| near)?;
        if let (&[year, month, day], Some('/' | '-' | '.' | '・')) = (number.values(), number.separator()) {
            // 「令和3/7/18」
            let year = i16::try_from(year).ok()?.checked_add(offset).filter(|year| (1..=2199).contains(year))?;
            bag.value = Partial::new(Some(year), Some(in_range(month, 12)?), Some(in_range(day, 31)?));
            (bag.labelled, bag.numeric) = (true, true);
            return Some(at + 2);
        }
        let (value, _) = number.single()?;
        bag.value.year = Some(i16::try_from(value).ok()?.checked_add(offset).filter(|year| (1..=2199).contains(year))?);
        bag.labelled = true;
        bag.bare_end = false;
        let marked = self.mark_after(at + 2) == Some(Unit::Year) && self.gap_before(at + 2) != Gap::Far;
        Some(if marked { at + 3 } else { at + 2 })
    }

    /// Fills in one unit with a number, if it is free and the number fits.
    pub(super) fn set(&self, bag: &mut Bag, unit: Unit, value: u32, width: u8) -> Option<()> {
        match unit {
            Unit::Year if bag.value.year.is_none() => bag.value.year = Some(self.year(value, width, bag.month_last)?),
            Unit::Month if bag.value.month.is_none() => bag.value.month = Some(in_range(value, 12)?),
            Unit::Day if bag.value.day.is_none() => bag.value.day = Some(in_range(value, 31)?),
            _ => return None,
        }
        Some(())
    }

    /// A year of four digits, in the calendar that the language counts by; `named` says that it follows the name of a
    /// month, which settles the calendar.
    pub(super) fn year(&self, value: u32, width: u8, named: bool) -> Option<i16> {
        let year = i16::try_from(value).ok().filter(|_| width == 4)?;
        if self.words.data.buddhist && BUDDHIST_YEARS.contains(&value) {
            return Some(year - BUDDHIST_OFFSET);
        }
        let other = !named && self.words.data.solar_hijri && SOLAR_HIJRI_YEARS.contains(&value);
        (YEARS.contains(&value) && !other).then_some(year)
    }

    pub(super) fn absorb_number(&self, bag: &mut Bag, at: usize, number: Number, gap: Option<Gap>) -> Option<usize> {
        let linked = matches!(gap, Some(Gap::Slash | Gap::Dash));
        if let Some(year) = self.short_buddhist_year(bag, at, &number, gap) {
            bag.value.year = Some(year);
            bag.month_last = false;
            bag.bare_end = true;
            return Some(at + 1);
        }
        // 「あす17日」, 「昨日（16日）」: the number only repeats the day.
        let repeats =
            matches!(bag.relative, Some((Unit::Day, _))) && matches!(gap, Some(Gap::Glued | Gap::Space | Gap::Paren));
        if repeats && self.mark_after(at + 1) == Some(Unit::Day) && self.gap_before(at + 1) == Gap::Glued {
            return number.single().filter(|(value, _)| (1..=31).contains(value)).map(|_| at + 2);
        }
        let linked = linked || (number.glued_left && self.is_prefixed(at));
        if bag.relative.is_some() || (number.glued_left && !linked) || (number.glued_right && !self.continues(at)) {
            return None;
        }
        if let Some(next) = self.absorb_months(bag, at, &number, gap) {
            return Some(next);
        }
        let Some((value, width)) = number.single() else { return self.absorb_chain(bag, at, &number, gap) };
        if let Some(value) = self.spaced(at).filter(|_| !bag.has_date()) {
            bag.value = Partial { part: bag.value.part, ..value };
            (bag.labelled, bag.numeric) = (true, true);
            return Some(at + 3);
        }
        let close = matches!(gap, None | Some(Gap::Glued | Gap::Space | Gap::Of));
        let of_weekday = bag.weekday.is_some() && !bag.has_date() && self.is_day_of_weekday(bag, at);
        let joins = close || matches!(gap, Some(Gap::Comma | Gap::Dot)) || (linked && bag.month_last) || of_weekday;
        if !joins {
            return None;
        }
        let after = self.gap_before(at + 1);
        if let Some(unit) = self.mark_after(at + 1).filter(|_| matches!(after, Gap::Glued | Gap::Space | Gap::Dot)) {
            let (value, width) = self.in_century(at, unit).unwrap_or((value, width));
            self.set(bag, unit, value, width)?;
            // 「5号」 is the fifth and number five: the word of its month tells.
            bag.labelled |= !self.is_ambiguous(at + 1) || bag.value.month.is_some() || bag.weekday.is_some();
            bag.month_last = false;
            bag.bare_end = false;
            return Some(at + 2);
        }
        let reaches = matches!(after, Gap::Space | Gap::Of | Gap::Dot | Gap::Slash | Gap::Dash | Gap::Glued);
        let month_next = reaches && (self.month_at(at + 1).is_some() || self.is_month_mark(at + 1));
        let known = bag.value;
        if month_next && width <= 2 && known.month.is_none() && known.day.is_none() && known.year.is_none() {
            self.set(bag, Unit::Day, value, width)?;
        } else if width == 4 && known.year.is_none() && known.month.is_some() {
            self.set(bag, Unit::Year, value, width)?;
        } else if bag.month_last
            && known.day.is_none()
            && width <= 2
            && (self.words.data.month_day || self.is_before_year(at))
            && (gap != Some(Gap::Comma) || number.ordinal)
        {
            self.set(bag, Unit::Day, value, width)?;
        } else if of_weekday {
            self.set(bag, Unit::Day, value, width)?;
            bag.labelled = true;
        } else if width == 4 && !bag.has_date() && gap.is_none() {
            self.set(bag, Unit::Year, value, width)?;
            bag.month_last = false;
            bag.bare_end = true;
            // Only where years come first may a month follow.
            return (self.words.data.year_month || !month_next).then_some(at + 1);
        } else {
            return None;
        }
        bag.month_last = false;
        bag.bare_end = true;
        bag.labelled |= month_next && !self.is_ambiguous(at + 1) || bag.value.month.is_some();
        Some(at + 1)
    }

    /// The year that two digits mean behind a year of four that a range starts with: 「2017年から21年」.
    fn in_century(&self, at: usize, unit: Unit) -> Option<(u32, u8)> {
        let (value, _) = self.number(at)?.single().filter(|(_, width)| *width == 2 && unit == Unit::Year)?;
        matches!(self.gap_before(at), Gap::To | Gap::Dash).then_some(())?;
        let four = |at: usize| self.number(at)?.single().filter(|(_, width)| *width == 4);
        let (first, _) = (at.saturating_sub(START_TOKENS_MAX)..at).rev().find_map(four)?;
        Some((first / 100 * 100 + value, 4)).filter(|(year, _)| *year > first)
    }

    /// Whether a comma and a year follow a number: "Februar 18, 2024", as software writes it in every language.
    fn is_before_year(&self, at: usize) -> bool {
        let year = self.number(at + 1).and_then(|number| number.single()).is_some_and(|(_, width)| width == 4);
        year && self.gap_before(at + 1) == Gap::Comma
    }

    /// Whether the dash before a year is that of a word that stands before years: "mi-2016".
    fn is_prefixed(&self, at: usize) -> bool {
        let year = self.number(at).and_then(|number| number.single()).is_some_and(|(_, width)| width == 4);
        let start = self.tokens[at].start;
        let lead = &self.words.data.lead;
        let dashed = |list| word_before(self.text, start, list, self.words).is_some();
        year && self.text[..start].ends_with('-') && (dashed(&lead.beside) || dashed(&lead.month))
    }

    /// Whether a number behind a weekday is its day of the month: "viernes 22", "sexta-feira (7)", "Tuesday the 19th".
    fn is_day_of_weekday(&self, bag: &Bag, at: usize) -> bool {
        let token = self.tokens[at];
        let Some(number) = self.number(at).filter(|number| !number.glued_left && !number.glued_right) else {
            return false;
        };
        let between = self.text[bag.end..token.start].trim();
        let lead = || word_before(self.text, token.start, &self.words.data.lead.day, self.words).is_some();
        let beside = matches!(between, "" | "(") || (!between.ends_with(',') && between.chars().count() <= 4 && lead());
        let fits = number.single().is_some_and(|(value, width)| width <= 2 && (1..=31).contains(&value));
        fits && beside && (number.ordinal || self.is_uncounted(token.end))
    }

    /// Three numbers with a full stop and a blank between them: "2024. 11. 05.", "5. 11. 2024".
    fn spaced(&self, at: usize) -> Option<Partial> {
        let dotted = self.gap_before(at + 1) == Gap::Dot && self.gap_before(at + 2) == Gap::Dot;
        let single = |at| self.number(at).filter(|number| !number.glued_left)?.single();
        let (first, middle, last) = (single(at)?, single(at + 1).filter(|_| dotted)?, single(at + 2)?);
        let (year, day) = match (first, last) {
            ((year, 4), (day, 1..=2)) if self.words.data.year_month => (year, day),
            ((day, 1..=2), (year, 4)) => (year, day),
            _ => return None,
        };
        let month = in_range(middle.0, 12).filter(|_| middle.1 <= 2)?;
        let value = Partial::new(Some(self.year(year, 4, false)?), Some(month), Some(in_range(day, 31)?));
        value.is_possible().then_some(value)
    }

    /// The two digits of a year after a day and an abbreviated month: `22 ธ.ค.61` is of the year 2561. Years from 2530 on
    /// are written so; a smaller number is likelier something else.
    fn short_buddhist_year(&self, bag: &Bag, at: usize, number: &Number, gap: Option<Gap>) -> Option<i16> {
        let (value, width) = number.single().filter(|_| self.habits.buddhist && !number.glued_right)?;
        let abbreviated = bag.month_last && self.text[..bag.end].ends_with('.');
        let free = bag.value.day.is_some() && bag.value.year.is_none();
        let close = matches!(gap, Some(Gap::Glued | Gap::Space));
        let counts = word_after(self.text, self.tokens[at].end, &self.words.data.counted, self.words);
        let year = i16::try_from(value).ok().filter(|value| width == 2 && *value >= 30)?;
        (abbreviated && free && close && !counts).then_some(2500 + year - BUDDHIST_OFFSET)
    }

    /// A unit word for months that a number follows: "30 tháng 9".
    pub(super) fn is_month_mark(&self, at: usize) -> bool {
        self.mark_before(at) == Some(Unit::Month)
            && (self.number(at + 1).is_some() || self.month_at(at + 1).is_some())
            && self.gap_before(at + 1) == Gap::Space
    }

    fn is_ambiguous(&self, at: usize) -> bool {
        self.entry(at).is_some_and(|entry| entry.ambiguous)
    }

    pub(super) fn absorb_chain(&self, bag: &mut Bag, at: usize, number: &Number, gap: Option<Gap>) -> Option<usize> {
        let joins = matches!(gap, None | Some(Gap::Glued | Gap::Space | Gap::Comma | Gap::Paren | Gap::Of));
        if !joins || number.glued_left || number.glued_right {
            return None;
        }
        if let Some(next) = self.absorb_days(bag, at, number) {
            return Some(next);
        }
        if bag.has_date() {
            return None;
        }
        let open = self.text[self.tokens[at].end..].starts_with('.');
        // "sáng 14-3": the part of the day or the weekday before it makes a pair with a hyphen a date, and so does a
        // dateline: "HÀ NỘI, 14-3 –".
        let Token { start, end, .. } = self.tokens[at];
        let dateline = is_dateline(self.text, start, end) && self.text[..start].trim_end().ends_with([',', '،']);
        let told = (bag.weekday.is_some() || bag.value.part.is_some()) && self.is_uncounted(end) || dateline;
        let marked = || numeric::marked(number, Unit::Day, self.habits).filter(|_| told);
        bag.take_numeric(numeric::read(number, self.habits, open).or_else(marked)?)?;
        bag.labelled |= dateline;
        bag.bare_end = true;
        Some(at + 1)
    }
}

pub(super) fn in_range(value: u32, max: u8) -> Option<u8> {
    u8::try_from(value).ok().filter(|value| (1..=max).contains(value))
}
