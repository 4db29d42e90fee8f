//! Finding a date within a longer one: the third Tuesday of March, the summer of last year.

use jiff::ToSpan;
use jiff::civil::Date;

use super::super::holiday::HolidayId;
use super::super::period::{monday, quarter, weekday_from};
use super::super::resolve::Base;
use super::super::senses::Unit;
use super::super::value::{Partial, Value, date};
use super::meaning::Context;
use super::node::{Node, Thing, Third};

/// The years that hold a date, as one stretch.
pub(super) fn years(value: Value) -> Option<Value> {
    let (first, last) = value.bounds()?;
    Some(Value::Span(Partial::year(first.year()), Partial::year(last.year())))
}

/// Where an open date lies within a longer one.
pub(super) fn within(finer: Node, wider: Value, context: &Context<'_>) -> Option<Value> {
    let (first, last) = wider.bounds()?;
    let inside = |value: &Value| value.bounds().is_some_and(|(from, to)| from <= last && to >= first);
    let in_years = |of: &dyn Fn(i16) -> Option<Value>| {
        (first.year()..=last.year().min(first.year() + 1)).filter_map(of).find(inside)
    };
    match finer {
        Node::Date(bag) if bag.value.month.is_some() => in_years(&|year| {
            let value = Partial { year: Some(year), ..bag.value };
            value.is_possible().then(|| bag.spanned(value).unwrap_or(Value::Date(value)))
        }),
        Node::Date(bag) => {
            let day = weekday_from(first, bag.weekday?).filter(|day| *day <= last && (last - first).get_days() < 7)?;
            Some(Value::Date(Partial { part: bag.value.part, ..Partial::from(day) }))
        }
        Node::Part(part) => match wider {
            Value::Date(value) if value.day.is_some() => Some(Value::Date(Partial { part: Some(part), ..value })),
            _ => None,
        },
        Node::Season(season) => in_years(&|year| Some(Value::Season(year, season))),
        Node::Quarter(quarter) => in_years(&|year| Some(Value::Quarter(year, quarter))),
        // "The second half of the 18th century".
        Node::Half(half) if last.year() > first.year() => {
            let middle = first.year() + (last.year() - first.year() + 1) / 2;
            let (from, to) = if half == 1 { (first.year(), middle - 1) } else { (middle, last.year()) };
            Some(Value::Span(Partial::year(from), Partial::year(to)))
        }
        Node::Half(half) => in_years(&|year| Some(Value::Half(year, half))),
        // "The fifties of the last century".
        Node::Decade { year, short: true } => {
            Some(Value::Decade(first.year().div_euclid(100) * 100 + year)).filter(inside)
        }
        Node::Holiday(number) => in_years(&|year| holiday(number, year, context)),
        Node::WeekNumber(week) => in_years(&|year| iso_week(year, week)),
        _ => None,
    }
}

/// A half of a year, or of a month, a decade or a century.
pub(super) fn half_of(half: u8, whole: Value) -> Option<Value> {
    let (first, last) = whole.bounds()?;
    let years = |count: i16| {
        let from = first.year() + if half == 1 { 0 } else { count };
        Some(Value::Span(Partial::year(from), Partial::year(from + count - 1)))
    };
    match whole {
        Value::Date(Partial { year: Some(year), month: None, .. }) => Some(Value::Half(year, half)),
        Value::Date(Partial { month: Some(month), day: None, .. }) => {
            let middle = |day| date(first.year(), month, day);
            let (from, to) = if half == 1 { (first, middle(15)?) } else { (middle(16)?, last) };
            Some(Value::Span(from.into(), to.into()))
        }
        Value::Decade(_) => years(5),
        Value::Century(_) => years(50),
        _ => None,
    }
}

/// The beginning, middle or end of a week: Monday to Wednesday, Wednesday and Thursday, Friday to Sunday. Of longer times
/// nobody says so exactly where they begin and end: their value stays the whole.
pub(super) fn third_of(third: Third, whole: Value) -> Value {
    let Value::Week(monday) = whole else { return whole };
    let (from, to) = match third {
        Third::Early => (0, 2),
        Third::Middle => (2, 3),
        Third::Late => (4, 6),
    };
    let day = |days: i64| Partial::from(monday.saturating_add(days.days()));
    Value::Span(day(from), day(to))
}

/// The month or year directly before a date, or after it, as coarse as the date.
pub(super) fn beside(value: Value, after: bool) -> Option<Value> {
    let (first, last) = value.bounds()?;
    let day = if after { last.tomorrow() } else { first.yesterday() }.ok()?;
    Some(Value::Date(match value {
        Value::Date(Partial { month: None, .. }) => Partial::year(day.year()),
        _ => Partial { day: None, ..Partial::from(day) },
    }))
}

/// A holiday's days in a year.
pub(super) fn holiday(number: HolidayId, year: i16, context: &Context<'_>) -> Option<Value> {
    let (first, last) = (context.holiday)(number, year)?;
    let (from, to) = (Partial::from(first), Partial::from(last));
    Some(if first == last { Value::Date(from) } else { Value::Span(from, to) })
}

/// The so-manieth thing within a stretch of days; negative from its end.
pub(super) fn nth(thing: Thing, count: i32, (first, last): (Date, Date)) -> Option<Value> {
    let steps = i64::from(count);
    let inside = |value: Value| value.bounds().is_some_and(|(from, _)| from >= first && from <= last).then_some(value);
    let day = |day: Date| inside(Value::Date(Partial::from(day)));
    let weekly = |weekday: u8| {
        let step = |day: Date, weeks: i64| day.checked_add(weeks.weeks()).ok();
        if count > 0 {
            step(weekday_from(first, weekday)?, steps - 1)
        } else {
            step(weekday_from(last.checked_sub(6.days()).ok()?, weekday)?, steps + 1)
        }
    };
    let from_start = if count > 0 { steps - 1 } else { steps };
    match thing {
        Thing::Weekday(weekday) => day(weekly(weekday)?),
        Thing::Unit(Unit::Day) if count > 0 => day(first.checked_add((steps - 1).days()).ok()?),
        Thing::Unit(Unit::Day) => day(last.checked_add((steps + 1).days()).ok()?),
        // As in ISO 8601, a week belongs to where its Thursday lies.
        Thing::Unit(Unit::Week) => {
            let thursday = weekly(4)?;
            (thursday >= first && thursday <= last).then_some(Value::Week(monday(thursday)?))
        }
        Thing::Unit(Unit::Weekend) => inside(Value::Weekend(weekly(6)?)),
        // "The second fortnight of June" starts on its sixteenth day.
        Thing::Unit(Unit::Fortnight) if first.day() == 1 && last == first.last_of_month() => {
            let middle = first.checked_add(14.days()).ok()?;
            match count {
                1 => Some(Value::Span(first.into(), middle.into())),
                2 | -1 => Some(Value::Span(middle.tomorrow().ok()?.into(), last.into())),
                _ => None,
            }
        }
        Thing::Unit(Unit::Month) => {
            let from = if count > 0 { first.first_of_month() } else { last.tomorrow().ok()? };
            let month = from.checked_add(from_start.months()).ok()?;
            inside(Value::Date(Partial { day: None, ..Partial::from(month) }))
        }
        Thing::Unit(Unit::Quarter) => {
            let from = if count > 0 { first } else { last.tomorrow().ok()? };
            let day = from.checked_add((from_start * 3).months()).ok()?;
            inside(Value::Quarter(day.year(), quarter(day)))
        }
        Thing::Unit(Unit::Half) => {
            let from = if count > 0 { first } else { last.tomorrow().ok()? };
            let day = from.checked_add((from_start * 6).months()).ok()?;
            inside(Value::Half(day.year(), (quarter(day) - 1) / 2 + 1))
        }
        Thing::Unit(Unit::Year) => {
            let from = if count > 0 { first } else { last.tomorrow().ok()? };
            let day = from.checked_add(from_start.years()).ok()?;
            inside(Value::Date(Partial::year(day.year())))
        }
        Thing::Unit(Unit::Decade) => {
            let from = if count > 0 { first } else { last.tomorrow().ok()? };
            let day = from.checked_add((from_start * 10).years()).ok()?;
            inside(Value::Decade(day.year().div_euclid(10) * 10))
        }
        _ => None,
    }
}

/// The so-manieth thing after a date; negative before it.
pub(super) fn nth_from(base: &Base, thing: Thing, count: i32) -> Option<Value> {
    let Thing::Unit(Unit::Weekend) = thing else { return None };
    let saturday = monday(base.first)?.checked_add(5.days()).ok()?;
    saturday.checked_add(i64::from(count).weeks()).ok().map(Value::Weekend)
}

/// An ISO 8601 week of a year, if it has so many.
pub(super) fn iso_week(year: i16, week: u8) -> Option<Value> {
    let first = monday(date(year, 1, 4)?)?;
    let monday = first.checked_add((i64::from(week) - 1).weeks()).ok()?;
    (monday.iso_week_date().year() == year).then_some(Value::Week(monday))
}
