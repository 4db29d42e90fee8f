//! What a phrase is counted from, and the year or decade that it means where it does not say.

use super::super::context::Direction;
use super::super::resolve::{Base, nearest};
use super::super::senses::Unit;
use super::super::value::Value;
use super::count;
use super::foreign::Foreign;
use super::meaning::{Context, Meaning, meaning};
use super::node::{From, Node, NodeId, Thing};

/// What a count starts from, looked up.
pub(super) struct Start {
    pub(super) base: Base,
    /// The value that was named, if one was.
    pub(super) value: Option<Value>,
    pub(super) published: bool,
    pub(super) textual: bool,
}

/// What something lasts or must be done until lies ahead. A clause that tells of the past may still say so ("продлил арест
/// до 15 марта"): then the nearer one of the two is meant.
pub(super) fn until(id: NodeId, nodes: &[Node], context: &Context<'_>) -> Option<Meaning> {
    let read = |direction| meaning(id, nodes, &Context { direction, ..*context });
    let coming = read(Direction::Future)?;
    if context.direction != Direction::Past {
        return Some(coming);
    }
    let past = read(Direction::Past)?;
    let distance = |value: Value| Some((value.bounds()?.1 - context.base?.last).get_days().abs());
    let nearer = distance(past.value).zip(distance(coming.value)).is_none_or(|(past, coming)| past <= coming);
    Some(if nearer { past } else { coming })
}

/// What is told as past and lies ahead is ahead of the date that the text gave last: "через год он умер".
pub(super) fn narrated(from: From, ahead: bool, context: &Context<'_>) -> From {
    let past = ahead && context.direction == Direction::Past;
    let told = context.text.zip(context.base).is_some_and(|(text, base)| text.last < base.first);
    if from == From::Published && past && told { From::Text } else { from }
}

/// What a count starts from.
pub(super) fn start(from: From, nodes: &[Node], context: &Context<'_>) -> Option<Start> {
    match from {
        From::Published => Some(Start { base: context.base?, value: None, published: true, textual: false }),
        From::Text => Some(Start { base: context.text?, value: None, published: false, textual: true }),
        From::Date(id) => {
            let read = meaning(id, nodes, context)?;
            let (first, last) = read.value.bounds()?;
            let base = Base { first, last };
            Some(Start { base, value: Some(read.value), published: read.published, textual: read.textual })
        }
    }
}

/// Something that each year has, in the year that the text means: the last one past, unless the wording says otherwise.
pub(super) fn in_year(
    context: &Context<'_>,
    rule: &'static str,
    value: impl Fn(i16) -> Option<Value>,
) -> Option<Meaning> {
    let base = context.base?;
    let years = (-2..=2).filter_map(|offset| base.last.year().checked_add(offset));
    let (value, other, confidence) = nearest(years.filter_map(value), base, context.direction)?;
    Some(Meaning { published: true, other, ..Meaning::new(value, rule, confidence - 0.05) })
}

/// The same of what is told when it is over: what was earned "in the first half".
pub(super) fn ended(
    context: &Context<'_>,
    rule: &'static str,
    value: impl Fn(i16) -> Option<Value>,
) -> Option<Meaning> {
    let base = context.base.filter(|_| context.direction == Direction::Past);
    let over = base.and_then(|base| {
        let last = |year: i16| value(year).filter(|value| value.bounds().is_some_and(|(_, last)| last < base.first));
        [base.last.year(), base.last.year() - 1].into_iter().find_map(last)
    });
    match over {
        Some(value) => Some(Meaning { published: true, ..Meaning::new(value, rule, 0.87) }),
        None => in_year(context, rule, value),
    }
}

/// The weekend that the wording points to: the last one past, unless it says otherwise.
pub(super) fn weekend(context: &Context<'_>) -> Option<Meaning> {
    let base = context.base?;
    let near = |step| count::turn(&base, Thing::Unit(Unit::Weekend), step, context);
    let (value, other, confidence) = nearest((-1..=1).filter_map(near), base, context.direction)?;
    Some(Meaning { published: true, other, ..Meaning::new(value, "relative", confidence - 0.05) })
}

/// A date of another calendar; without its year, in the one that the clause points to.
pub(super) fn foreign(date: Foreign, context: &Context<'_>) -> Option<Meaning> {
    if let Some(year) = date.year {
        return Some(Meaning::new(date.value(year)?, "other-calendar", 0.95));
    }
    let base = context.base?;
    let first = date.calendar.year_at_start_of(base.last.year());
    let (value, other, confidence) =
        nearest((-2..=4).filter_map(|offset| date.value(first + offset)), base, context.direction)?;
    Some(Meaning { published: true, other, ..Meaning::new(value, "other-calendar", confidence) })
}

/// A decade; one of two digits is the last one that was over.
pub(super) fn decade(year: i16, short: bool, context: &Context<'_>) -> Option<Meaning> {
    if !short {
        return Some(Meaning::new(Value::Decade(year), "decade", 0.95));
    }
    let now = context.base?.last.year();
    let year = now.div_euclid(100) * 100 + year;
    let year = if year + 9 > now { year - 100 } else { year };
    Some(Meaning { published: true, ..Meaning::new(Value::Decade(year), "decade", 0.85) })
}
