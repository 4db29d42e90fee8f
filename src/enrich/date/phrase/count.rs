//! Counting in units of the calendar: so many from a date, the next one, the last three of them.

use jiff::civil::{Date, Weekday};
use jiff::{Span, ToSpan};

use super::super::context::Direction;
use super::super::period::{About, monday, quarter, weekday_from};
use super::super::resolve::Base;
use super::super::senses::Unit;
use super::super::value::{Partial, Value};
use super::meaning::Context;
use super::node::Thing;
use super::place;

/// So many units from a date. From a date that the text names to the day, whole weeks lead to a day.
pub(super) fn offset(base: &Base, named: Option<Value>, unit: Unit, count: i32) -> Option<Value> {
    let shifted = |day: Date| day.checked_add(span(unit, count)?).ok();
    let exact = named.is_some_and(|value| matches!(value, Value::Date(value) if value.day.is_some()));
    match unit {
        Unit::Day => base.day().and_then(shifted).map(day),
        Unit::Weekend => place::nth_from(base, Thing::Unit(Unit::Weekend), count),
        Unit::Century => None,
        _ => {
            let about = match unit {
                Unit::Week | Unit::Fortnight => About::Week,
                Unit::Month | Unit::Half => About::Month,
                Unit::Quarter => About::Quarter,
                Unit::Decade => About::Decade,
                _ => About::Year,
            };
            match base.day() {
                Some(from) if exact => shifted(from).map(day),
                Some(from) => shifted(from).map(|day| Value::About(day, about)),
                // A coarser date leads to one as coarse as itself, if the unit is no finer.
                None => {
                    let (first, last) = (about.whole(shifted(base.first)?)?, about.whole(shifted(base.last)?)?);
                    (first == last).then_some(first)
                }
            }
        }
    }
}

fn day(day: Date) -> Value {
    Value::Date(Partial::from(day))
}

/// So many units as a span of time.
fn span(unit: Unit, count: i32) -> Option<Span> {
    let count = i64::from(count);
    let span = Span::new();
    match unit {
        Unit::Day => span.try_days(count),
        Unit::Week | Unit::Weekend => span.try_weeks(count),
        Unit::Fortnight => span.try_weeks(count * 2),
        Unit::Month => span.try_months(count),
        Unit::Quarter => span.try_months(count * 3),
        Unit::Half => span.try_months(count * 6),
        Unit::Year => span.try_years(count),
        Unit::Decade => span.try_years(count * 10),
        Unit::Century => span.try_years(count * 100),
    }
    .ok()
}

/// The unit or named thing of a date (0), or the so-manieth before or after it.
pub(super) fn turn(base: &Base, thing: Thing, step: i8, context: &Context<'_>) -> Option<Value> {
    let count = i32::from(step);
    match thing {
        // What happened "this weekend", was written on Monday, happened on the days before.
        Thing::Unit(Unit::Weekend) if step == 0 && context.direction == Direction::Past => {
            let over = base.day()?.weekday() == Weekday::Monday;
            turn_unit(base, Unit::Weekend, if over { -1 } else { 0 })
        }
        // The next weekend is the one that comes, not that of the next week.
        Thing::Unit(Unit::Weekend) if step > 0 => {
            let started = base.last.weekday().to_monday_zero_offset() >= 5;
            turn_unit(base, Unit::Weekend, if started { count } else { count - 1 })
        }
        Thing::Unit(unit) => turn_unit(base, unit, count),
        Thing::Weekday(weekday) => {
            let today = base.day()?;
            let coming = weekday_from(if step > 0 { today.tomorrow().ok()? } else { today }, weekday)?;
            let weeks = match step {
                0 if coming != today && context.direction == Direction::Past => -1,
                0 => 0,
                1.. => count - 1,
                // "Last Thursday" on a Friday is not the day before, which would be called yesterday.
                -1 if coming.checked_sub(6.days()).is_ok_and(|day| day == today) => -2,
                _ => count,
            };
            coming.checked_add(i64::from(weeks).weeks()).ok().map(day)
        }
        Thing::Part(part) => {
            let day = base.day()?.checked_add(i64::from(step).days()).ok()?;
            Some(Value::Date(Partial { part: Some(part), ..Partial::from(day) }))
        }
        Thing::Month(_) | Thing::Season(_) | Thing::Holiday(_) => yearly(base, thing, step, context),
    }
}

fn turn_unit(base: &Base, unit: Unit, count: i32) -> Option<Value> {
    // The whole unit of a base that lies in one.
    let whole = |of: fn(Date) -> Option<Value>| {
        let shift = span(unit, count)?;
        let value = of(base.first.checked_add(shift).ok()?)?;
        (of(base.first)? == of(base.last)?).then_some(value)
    };
    match unit {
        Unit::Day => base.day()?.checked_add(i64::from(count).days()).ok().map(day),
        Unit::Week => whole(|day| monday(day).map(Value::Week)),
        Unit::Weekend => whole(|day| monday(day)?.checked_add(5.days()).ok().map(Value::Weekend)),
        Unit::Month => {
            let first = |day: Date| Some(Value::Date(Partial { day: None, ..Partial::from(day) }));
            whole(first)
        }
        Unit::Quarter => whole(|day| Some(Value::Quarter(day.year(), quarter(day)))),
        Unit::Half => whole(|day| Some(Value::Half(day.year(), (quarter(day) - 1) / 2 + 1))),
        Unit::Year => whole(|day| Some(Value::Date(Partial::year(day.year())))),
        Unit::Decade => whole(|day| Some(Value::Decade(day.year().div_euclid(10) * 10))),
        Unit::Century => whole(|day| Some(Value::Century(day.year().div_euclid(100) + 1))),
        Unit::Fortnight => None,
    }
}

/// The month, season or holiday of a year.
pub(super) fn of_year(thing: Thing, year: i16, context: &Context<'_>) -> Option<Value> {
    match thing {
        Thing::Month(month) => Some(Value::Date(Partial::new(Some(year), Some(month), None))),
        Thing::Season(season) => Some(Value::Season(year, season)),
        Thing::Holiday(holiday) => place::holiday(holiday, year, context),
        _ => None,
    }
}

/// Something that each year has one of: the one of this year, the last one that was over, the next one to start.
fn yearly(base: &Base, thing: Thing, step: i8, context: &Context<'_>) -> Option<Value> {
    let of = |year: i16| of_year(thing, year, context);
    let year = base.last.year();
    let candidates = |years: &mut dyn Iterator<Item = i16>| -> Vec<(Value, (Date, Date))> {
        years.filter_map(of).filter_map(|value| Some((value, value.bounds()?))).collect()
    };
    let skip = usize::from(step.unsigned_abs()).saturating_sub(1);
    match step {
        // The winter of January is last year's.
        0 => candidates(&mut [year, year - 1].into_iter())
            .into_iter()
            .find(|(_, (first, last))| *first <= base.first && base.last <= *last)
            .map(|(value, _)| value)
            .or_else(|| of(year)),
        1.. => {
            let mut coming = candidates(&mut (0..=3).map(|more| year + more)).into_iter();
            coming.by_ref().filter(|(_, (first, _))| *first > base.last).nth(skip).map(|(value, _)| value)
        }
        _ => {
            let mut past = candidates(&mut (0..=3).map(|less| year - less)).into_iter();
            past.by_ref().filter(|(_, (_, last))| *last < base.first).nth(skip).map(|(value, _)| value)
        }
    }
}

/// So many units up to the day of publication, or from the day after it on.
pub(super) fn window(base: &Base, unit: Unit, count: i32) -> Option<Value> {
    if unit == Unit::Quarter {
        return quarters(base, count);
    }
    let today = base.day()?;
    let to = today.checked_add(span(unit, count)?).ok()?;
    let (first, last) = match (count < 0, unit) {
        // "The last three days" are over; years and months reach to the day at hand.
        (true, Unit::Day) => (to, today.yesterday().ok()?),
        (true, _) => (to, today),
        (false, _) => (today.tomorrow().ok()?, to),
    };
    Some(Value::Span(first.into(), last.into()))
}

/// So many quarters before the one at hand, or after it: they are those of the calendar.
fn quarters(base: &Base, count: i32) -> Option<Value> {
    let turn = |count| turn_unit(base, Unit::Quarter, count)?.ends();
    let (near, far) = if count < 0 { (turn(count)?, turn(-1)?) } else { (turn(1)?, turn(count)?) };
    Some(Value::Span(near.0, far.1))
}

/// So many units at the start of a stretch of days, or at its end.
pub(super) fn run(unit: Unit, count: i32, (first, last): (Date, Date)) -> Option<Value> {
    let whole = span(unit, count)?;
    let (from, to) = if count > 0 {
        (first, first.checked_add(whole).ok()?.yesterday().ok()?)
    } else {
        (last.tomorrow().ok()?.checked_add(whole).ok()?, last)
    };
    if from < first || to > last {
        return None;
    }
    let coarse = |day: Date| match unit {
        Unit::Month | Unit::Quarter | Unit::Half => Partial { day: None, ..Partial::from(day) },
        Unit::Year | Unit::Decade | Unit::Century => Partial::year(day.year()),
        _ => Partial::from(day),
    };
    Some(Value::Span(coarse(from), coarse(to)))
}
