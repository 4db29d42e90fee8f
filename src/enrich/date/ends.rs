//! Which year the ends of a range mean where they do not say it.

use super::bag::Bag;
use super::context::Direction;
use super::expression::{End, Expression};
use super::resolve::{Base, resolve};
use super::value::{Partial, Value};

/// The date of an expression that its other end takes missing parts from: the last of a range, which inherits the
/// year that only the first names.
pub(super) fn fixed(expression: &Expression) -> Bag {
    let first = expression.date;
    let End::Date(mut last) = expression.to else { return first };
    if last.value.year.is_none()
        && let (Some(year), Some(from), Some(to)) = (first.value.year, first.value.month, last.value.month)
    {
        last.value.year = Some(if to < from { year.saturating_add(1) } else { year });
    }
    last
}

/// The first date of a range, which takes what it lacks from the last: "3 to 5 May 2019". `None` if it would come later.
pub(super) fn begins(first: Partial, last: Partial) -> Option<Partial> {
    let month = first.month.or(last.month);
    let year = first.year.or_else(|| {
        let wraps = month > last.month;
        last.year.map(|year| if wraps { year.saturating_sub(1) } else { year })
    });
    let first = Partial { year, month, ..first };
    let in_order = match (first.bounds(), last.bounds()) {
        (Some((from, _)), Some((_, to))) => from <= to,
        _ => true,
    };
    (in_order && first.is_possible()).then_some(first)
}

/// A range without a year, unless it is to come, is the one that started last: on 9 November, "from 12 October to 7 January"
/// has begun.
pub(super) fn dated_by_first(expression: &Expression, base: Option<Base>, direction: Direction) -> Option<Expression> {
    let End::Date(mut last) = expression.to else { return None };
    let (from, to) = (expression.date.value, last.value);
    if from.year.is_some() || to.year.is_some() || to.month.is_none() || direction == Direction::Future {
        return None;
    }
    let first = Bag { value: Partial { month: from.month.or(to.month), ..from }, swapped: None, ..expression.date };
    let reading = resolve(&first, base, direction)?;
    let Value::Date(Partial { year: Some(year), month, day, .. }) = reading.value else { return None };
    let wraps = (to.month, to.day) < (month, day);
    last.value.year = Some(if wraps { year.saturating_add(1) } else { year });
    last.value.is_possible().then_some(Expression { to: End::Date(last), ..*expression })
}

/// What goes on since a date may be told beside what is to come ("they will meet for the first time since January"): then the
/// nearer one of the past and the coming date is meant.
pub(super) fn since(date: &Bag, base: Option<Base>, direction: Direction) -> Direction {
    if direction != Direction::Future {
        return direction;
    }
    let off = |direction| {
        let (first, _) = resolve(date, base, direction)?.value.bounds()?;
        Some((first - base?.last).get_days().abs())
    };
    let past = off(Direction::Past).zip(off(Direction::Future)).is_some_and(|(past, coming)| past < coming);
    if past { Direction::Past } else { Direction::Future }
}
