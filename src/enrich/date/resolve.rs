//! What a date means once it is known when the text was written: missing parts are taken from the anchor.

use jiff::ToSpan;
use jiff::civil::{Date, Weekday};

use super::bag::Bag;
use super::context::Direction;
use super::period::monday;
use super::senses::Unit;
use super::value::{Dated, Partial, Value};

/// The days on which the text can have been written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Base {
    pub(super) first: Date,
    pub(super) last: Date,
}

impl Base {
    /// The day, if it is known to the day.
    pub(super) fn day(&self) -> Option<Date> {
        (self.first == self.last).then_some(self.first)
    }
}

/// A date with its missing parts filled in as far as they can be.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Resolved {
    pub(super) value: Value,
    /// Whether the anchor was used.
    pub(super) anchored: bool,
    /// Another reading that stands.
    pub(super) other: Option<Partial>,
    pub(super) rule: Rule,
    pub(super) confidence: f64,
}

/// The rules by which a date is read, as events name them. Do not change: they are part of the events.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Rule {
    FullDate,
    NumericDate,
    DayMonth,
    DayOfMonth,
    MonthYear,
    Month,
    Year,
    Weekday,
    RelativeDay,
    RelativeWeek,
    RelativeMonth,
    RelativeYear,
}

impl Rule {
    pub(super) fn as_str(self) -> &'static str {
        match self {
            Self::FullDate => "full-date",
            Self::NumericDate => "numeric-date",
            Self::DayMonth => "day-month",
            Self::DayOfMonth => "day-of-month",
            Self::MonthYear => "month-year",
            Self::Month => "month",
            Self::Year => "year",
            Self::Weekday => "weekday",
            Self::RelativeDay => "relative-day",
            Self::RelativeWeek => "relative-week",
            Self::RelativeMonth => "relative-month",
            Self::RelativeYear => "relative-year",
        }
    }
}

/// Resolves one date; `None` where nothing is left without an anchor.
pub(super) fn resolve(bag: &Bag, base: Option<Base>, direction: Direction) -> Option<Resolved> {
    if let Some((unit, offset)) = bag.relative {
        let offset = if bag.either && direction == Direction::Future { -offset } else { offset };
        return relative(unit, offset, bag, base?);
    }
    let value = bag.value;
    match (value.year, value.month, value.day) {
        (Some(_), ..) => Some(explicit(bag)),
        (None, Some(_), _) => Some(without_year(bag, base, direction)),
        (None, None, Some(_)) => Some(without_month(bag, base, direction)),
        (None, None, None) => weekday(bag, base?.day()?, direction),
    }
}

fn explicit(bag: &Bag) -> Resolved {
    let (rule, confidence) = match (bag.value.day, bag.value.month) {
        (Some(_), _) if bag.numeric => (Rule::NumericDate, 0.97),
        (Some(_), _) => (Rule::FullDate, 0.98),
        (None, Some(_)) => (Rule::MonthYear, 0.95),
        (None, None) => (Rule::Year, if bag.labelled { 0.95 } else { 0.85 }),
    };
    let (value, other) = by_weekday(bag);
    let confidence = if other.is_some() { 0.6 } else { confidence };
    Resolved { value: Value::Date(value), anchored: false, other, rule, confidence }
}

/// Of the two orders of a numeric date, a weekday beside it tells which one is meant.
fn by_weekday(bag: &Bag) -> (Partial, Option<Partial>) {
    let Some(swapped) = bag.swapped else { return (bag.value, None) };
    let fits = |value: Partial| {
        value.as_day().zip(bag.weekday).map(|(day, weekday)| day.weekday().to_monday_one_offset() == as_i8(weekday))
    };
    match (fits(bag.value), fits(swapped)) {
        (Some(false), Some(true)) => (Partial { part: bag.value.part, ..swapped }, None),
        (Some(true), Some(false)) => (bag.value, None),
        _ => (bag.value, Some(swapped)),
    }
}

fn as_i8(value: u8) -> i8 {
    i8::try_from(value).expect("weekdays and months are small")
}

/// A date that lacks its year. A month or a day in a year is named without the year when it is the nearest one: the
/// last past one, unless the wording says that it is to come or it lies just ahead and the past one most of a year back.
fn without_year(bag: &Bag, base: Option<Base>, direction: Direction) -> Resolved {
    let rule = if bag.value.day.is_some() { Rule::DayMonth } else { Rule::Month };
    let open = Resolved { value: Value::Date(bag.value), anchored: false, other: bag.swapped, rule, confidence: 0.8 };
    let Some(base) = base else { return open };
    let around = |year: i16| (-8..=8).filter_map(move |offset| year.checked_add(offset));
    let candidates =
        around(base.last.year()).map(|year| Partial { year: Some(year), ..bag.value }).filter(Partial::is_possible);
    if let Some(value) = on_weekday(bag, candidates.clone(), base) {
        return Resolved { value: Value::Date(value), anchored: true, other: None, confidence: 0.95, ..open };
    }
    let Some((value, other, confidence)) = nearest(candidates, base, direction) else { return open };
    let swapped = bag.swapped.and_then(|swapped| {
        let candidates =
            around(base.last.year()).map(|year| Partial { year: Some(year), ..swapped }).filter(Partial::is_possible);
        nearest(candidates, base, direction).map(|(value, ..)| value)
    });
    let confidence = if swapped.is_some() { 0.5 } else { confidence };
    Resolved { value: Value::Date(value), anchored: true, other: swapped.or(other), confidence, ..open }
}

/// The weekday beside a day tells its year: of the years about the anchor's, mostly one has that day on that weekday.
fn on_weekday(bag: &Bag, candidates: impl Iterator<Item = Partial>, base: Base) -> Option<Partial> {
    let weekday = as_i8(bag.weekday?);
    let near = |value: &Partial| value.as_day().map(|day| (day - base.last).get_days().abs());
    let fits = |value: &Partial| value.as_day().is_some_and(|day| day.weekday().to_monday_one_offset() == weekday);
    candidates.filter(fits).min_by_key(near).filter(|value| near(value).is_some_and(|days| days <= WEEKDAY_DAYS_MAX))
}

/// No news names a day with its weekday and without its year from further away, in days.
const WEEKDAY_DAYS_MAX: i32 = 400;

/// How far ahead a date may lie to be read as the coming one without a word that says so, in days.
const AHEAD_DAYS_MAX: i32 = 45;
/// How near a day is to be meant against the clause's wording, and how far the other one then must lie, in days.
const CLOSE_DAYS_MAX: i32 = 14;
/// The same ahead of a clause that tells of the past: what was decided, booked or put off comes weeks later.
const SOON_DAYS_MAX: i32 = 60;
const FAR_DAYS_MIN: i32 = 300;
/// How far back the past one then must lie, in days.
const BACK_DAYS_MIN: i32 = 270;

/// Of dates in ascending order, the one that a text of these days means, and the other one if that stands too.
pub(super) fn nearest<T: Dated>(
    candidates: impl Iterator<Item = T>,
    base: Base,
    direction: Direction,
) -> Option<(T, Option<T>, f64)> {
    let (mut past, mut coming) = (None, None);
    for candidate in candidates {
        let Some((first, last)) = candidate.bounds() else { continue };
        if first <= base.last {
            past = Some((candidate, last));
        }
        if last >= base.first && coming.is_none() {
            coming = Some((candidate, first));
        }
    }
    let ((past, past_last), (coming, coming_first)) = (past?, coming?);
    if past == coming {
        return Some((past, None, 0.92));
    }
    let ahead = (coming_first - base.last).get_days();
    let back = (base.first - past_last).get_days();
    // A day without its year lies close by, whatever the clause's verb says of something else: "he said that it comes on
    // 27 September" four days before.
    let days = coming.bounds().is_some_and(|(first, last)| first == last);
    let close = |near: i32, far: i32, most: i32| days && near <= most && far >= FAR_DAYS_MIN;
    Some(match direction {
        Direction::Past if close(ahead, back, SOON_DAYS_MAX) => (coming, Some(past), 0.7),
        Direction::Future if close(back, ahead, CLOSE_DAYS_MAX) => (past, Some(coming), 0.7),
        Direction::Future => (coming, None, 0.9),
        Direction::Past => (past, None, 0.92),
        Direction::Unsaid if ahead <= AHEAD_DAYS_MAX && back >= BACK_DAYS_MIN => (coming, Some(past), 0.65),
        Direction::Unsaid => (past, None, 0.88),
    })
}

/// A day that lacks its month: the last such day, or the next one.
fn without_month(bag: &Bag, base: Option<Base>, direction: Direction) -> Resolved {
    let rule = Rule::DayOfMonth;
    let open = Resolved { value: Value::Date(bag.value), anchored: false, other: None, rule, confidence: 0.7 };
    // An anchor coarser than a month says nothing about the month.
    let Some(base) = base.filter(|base| base.first.first_of_month() == base.last.first_of_month()) else { return open };
    // A weekday beside it tells the month: in a year each day of the month falls on each weekday.
    let reach = if bag.weekday.is_some() { 13 } else { 3 };
    let months =
        (-reach..=reach).filter_map(|offset: i64| base.last.first_of_month().checked_add(offset.months()).ok());
    let falls = |value: &Partial| {
        let day = value.as_day().map(|day| day.weekday().to_monday_one_offset());
        bag.weekday.is_none_or(|weekday| day == Some(as_i8(weekday)))
    };
    let candidates = months
        .map(|month| Partial { day: bag.value.day, part: bag.value.part, ..Partial::from(month) })
        .filter(Partial::is_possible)
        .filter(falls);
    if bag.weekday.is_some() {
        // Of those the nearest is meant, be it past or to come.
        let off = |value: &Partial| value.as_day().map(|day| (day - base.last).get_days().abs());
        return match candidates.min_by_key(|value| (off(value), value.month)) {
            Some(value) => Resolved { value: Value::Date(value), anchored: true, confidence: 0.9, ..open },
            None => open,
        };
    }
    match nearest(candidates, base, direction) {
        Some((value, other, _)) => {
            Resolved { value: Value::Date(value), anchored: true, other, confidence: 0.85, ..open }
        }
        None => open,
    }
}

/// A weekday on its own: the last one up to the anchor, or the next one after it.
fn weekday(bag: &Bag, day: Date, direction: Direction) -> Option<Resolved> {
    let wanted = Weekday::from_monday_one_offset(as_i8(bag.weekday?)).ok()?;
    let past = if day.weekday() == wanted { day } else { day.nth_weekday(-1, wanted).ok()? };
    let coming = day.nth_weekday(1, wanted).ok()?;
    let with_part = |date: Date| Partial { part: bag.value.part, ..Partial::from(date) };
    let (value, other) = match direction {
        Direction::Future => (coming, None),
        Direction::Past => (past, None),
        Direction::Unsaid => (past, Some(with_part(coming))),
    };
    let confidence = if other.is_some() { 0.7 } else { 0.85 };
    Some(Resolved { value: Value::Date(with_part(value)), anchored: true, other, rule: Rule::Weekday, confidence })
}

/// So many units from the anchor, which must be as fine as the unit.
fn relative(unit: Unit, offset: i16, bag: &Bag, base: Base) -> Option<Resolved> {
    let offset = i64::from(offset);
    let (value, rule) = match unit {
        Unit::Day => {
            let day = base.day()?.checked_add(offset.days()).ok()?;
            (Value::Date(Partial { part: bag.value.part, ..Partial::from(day) }), Rule::RelativeDay)
        }
        Unit::Week => {
            let day = base.day()?;
            let monday = day.checked_sub(i64::from(day.weekday().to_monday_zero_offset()).days()).ok()?;
            let monday = monday.checked_add(offset.weeks()).ok()?;
            match bag.weekday {
                Some(weekday) => {
                    let day = monday.checked_add(i64::from(weekday - 1).days()).ok()?;
                    (Value::Date(Partial { part: bag.value.part, ..Partial::from(day) }), Rule::Weekday)
                }
                None => (Value::Week(monday), Rule::RelativeWeek),
            }
        }
        Unit::Month => {
            let month = base.first.first_of_month();
            if month != base.last.first_of_month() {
                return None;
            }
            let month = month.checked_add(offset.months()).ok()?;
            (Value::Date(Partial { day: None, ..Partial::from(month) }), Rule::RelativeMonth)
        }
        Unit::Year => {
            let year = base.first.year();
            if year != base.last.year() {
                return None;
            }
            (Value::Date(Partial::year(year.checked_add(i16::try_from(offset).ok()?)?)), Rule::RelativeYear)
        }
        Unit::Weekend => {
            let saturday = monday(base.day()?)?.checked_add(5.days()).ok()?.checked_add(offset.weeks()).ok()?;
            (Value::Weekend(saturday), Rule::RelativeWeek)
        }
        // The other units are counted by phrases alone.
        Unit::Fortnight | Unit::Quarter | Unit::Half | Unit::Decade | Unit::Century => return None,
    };
    Some(Resolved { value, anchored: true, other: None, rule, confidence: 0.93 })
}
