//! Two days or two months within one date: "3–5 May", "April 9 to 17", 「4〜6月」.

use super::bag::Bag;
use super::context::Gap;
use super::number::Number;
use super::numeric;
use super::parts::in_range;
use super::reader::Reader;
use super::scan::Token;
use super::senses::Unit;

impl Reader<'_> {
    /// Two months of one year, the word for a month behind the second: 「4〜6月」, 「7至9月」, "1-3월".
    pub(super) fn absorb_months(&self, bag: &mut Bag, at: usize, number: &Number, gap: Option<Gap>) -> Option<usize> {
        let joins = matches!(gap, None | Some(Gap::Glued | Gap::Space | Gap::Of));
        if !joins || bag.value.month.is_some() || bag.value.day.is_some() || bag.relative.is_some() {
            return None;
        }
        let (first, last, end) = match (number.values(), self.number(at + 1).and_then(|next| next.single())) {
            (&[first, last], _) if matches!(number.separators[0], '-' | '–' | '—') => (first, last, at + 1),
            (&[first], Some((last, _))) if matches!(self.gap_before(at + 1), Gap::To | Gap::Dash) => {
                (first, last, at + 2)
            }
            _ => return None,
        };
        let marked = self.mark_after(end) == Some(Unit::Month) && self.gap_before(end) == Gap::Glued;
        // A day of the second month makes it a range of other dates.
        let day = self.number(end + 1).is_some() && self.gap_before(end + 1) == Gap::Glued;
        let (first, last) = (in_range(first, 12)?, in_range(last, 12).filter(|_| marked && !day)?);
        bag.value.month = Some(last).filter(|last| first < *last);
        bag.value.month?;
        bag.first_month = Some(first);
        bag.labelled = true;
        bag.month_last = false;
        bag.bare_end = false;
        Some(end + 1)
    }

    /// Two days of one month: "3-5 May", "May 3–5", "3-5/5".
    pub(super) fn absorb_days(&self, bag: &mut Bag, at: usize, number: &Number) -> Option<usize> {
        if bag.value.day.is_some() || !matches!(number.separators[0], '-' | '–' | '—') {
            return None;
        }
        let first = in_range(number.values[0], 31).filter(|_| number.widths[0] <= 2)?;
        if number.len > 2 {
            let rest = numeric::read(&number.without_first(), self.habits, false)?;
            rest.value.day.filter(|last| first < *last)?;
            bag.take_numeric(rest)?;
        } else {
            let last = in_range(number.values[1], 31).filter(|last| number.widths[1] <= 2 && first < *last)?;
            let gap = self.gap_before(at + 1);
            let month_next = matches!(gap, Gap::Space | Gap::Of | Gap::Dot)
                && !(gap == Gap::Dot && self.starts_sentence(at + 1))
                && (self.month_at(at + 1).is_some() || self.is_month_mark(at + 1));
            let month_before = bag.month_last && self.words.data.month_day;
            if !(month_next && bag.value.month.is_none() || month_before) {
                return None;
            }
            bag.value.day = Some(last);
            bag.bare_end = true;
            bag.month_last = false;
        }
        bag.first_day = Some(first);
        bag.labelled = true;
        Some(at + 1)
    }

    /// The other day of a month that stands first: "April 9 to 17".
    pub(super) fn last_day(&self, date: &Bag, at: usize) -> Option<(Bag, usize)> {
        let day =
            date.value.day.filter(|_| date.value.month.is_some() && date.value.year.is_none() && date.bare_end)?;
        let number = self.number(at).filter(|number| !number.glued_left && !number.glued_right)?;
        let (value, width) = number.single()?;
        let last = in_range(value, 31).filter(|last| width <= 2 && *last > day && self.words.data.month_day)?;
        let Token { start, end, .. } = self.tokens[at];
        let mut bag = Bag { start, end, ..*date };
        bag.value.day = Some(last);
        let near = matches!(self.gap_before(at + 1), Gap::Space | Gap::Comma);
        if let Some((year, 4)) = self.number(at + 1).filter(|_| near).and_then(|number| number.single()) {
            bag.value.year = Some(self.year(year, 4, true)?);
            bag.end = self.tokens[at + 1].end;
            return Some((bag, at + 2));
        }
        let other = self.month_at(at + 1).is_some() && self.gap_before(at + 1) != Gap::Far;
        (!other && (number.ordinal || self.is_uncounted(end) || self.is_closed(end))).then_some((bag, at + 1))
    }
}
