//! From one date to another: what each takes from the other, and which of several years or weeks is meant.

use jiff::ToSpan;

use super::super::period::weekday_from;
use super::super::value::{Partial, Value};
use super::meaning::{Context, Meaning, Reach, meaning};
use super::node::{Node, NodeId};
use super::place;

/// Two dates, the first of which takes what it lacks from the last, or the other way round.
pub(super) fn range(first: NodeId, last: NodeId, nodes: &[Node], context: &Context<'_>) -> Option<Meaning> {
    let (from, to) = (nodes[first as usize], nodes[last as usize]);
    let end = meaning(last, nodes, context);
    let start = meaning(first, nodes, context);
    let (start, end) = match (from.is_open(), to.is_open()) {
        (true, false) => {
            let end = end?;
            let year = place::years(end.value)?;
            let value = weekday_beside(from, end.value, false).or_else(|| place::within(from, year, context));
            (Meaning { value: value.or(start.map(|start| start.value))?, ..end }, end)
        }
        (false, true) => {
            let start = start?;
            let year = place::years(start.value)?;
            let value = weekday_beside(to, start.value, true)
                .or_else(|| place::within(to, year, context).filter(|value| ordered(start.value, *value)));
            (start, Meaning { value: value.or(end.map(|end| end.value))?, ..start })
        }
        (true, true) => match weekdays(from, to, start?) {
            Some(days) => days,
            None => later_end(start?, end?, to, context)?,
        },
        (false, false) => {
            let start = start?;
            let day = day_after(start.value, to);
            (start, day.map(|value| Meaning { value, ..start }).or(end)?)
        }
    };
    let (value, to) = (start.value, end.value);
    ordered(value, to).then_some(Meaning {
        value,
        within: None,
        reach: Reach::To(to),
        published: start.published || end.published,
        textual: start.textual || end.textual,
        other: None,
        rule: "range",
        confidence: start.confidence.min(end.confidence),
    })
}

/// The day that a range ends with, in the month of the day that it starts with: "5 to 10 July last year".
fn day_after(start: Value, to: Node) -> Option<Value> {
    let (Value::Date(from), Node::Date(bag)) = (start, to) else { return None };
    let day = bag.value.day.filter(|day| bag.value.month.is_none() && Some(*day) > from.day)?;
    let value = Partial { day: Some(day), part: bag.value.part, ..from };
    (from.day.is_some() && value.is_possible()).then_some(Value::Date(value))
}

/// Two ends that may each lie in any year: the last one is the first to come after the start.
fn later_end(start: Meaning, end: Meaning, to: Node, context: &Context<'_>) -> Option<(Meaning, Meaning)> {
    if ordered(start.value, end.value) {
        return Some((start, end));
    }
    let (_, day) = start.value.bounds()?;
    let mut years = [day.year(), day.year() + 1].into_iter().map(|year| Value::Date(Partial::year(year)));
    let value = years.find_map(|year| place::within(to, year, context).filter(|value| ordered(start.value, *value)))?;
    Some((start, Meaning { value, ..end }))
}

/// The weekday before a day, or after it: "Monday to Friday next week".
fn weekday_beside(node: Node, day: Value, after: bool) -> Option<Value> {
    let Node::Date(bag) = node else { return None };
    let weekday = bag.weekday.filter(|_| !bag.has_date())?;
    let Value::Date(day) = day else { return None };
    let from = if after { day.as_day()?.tomorrow() } else { day.as_day()?.checked_sub(7.days()) };
    let day = weekday_from(from.ok()?, weekday)?;
    Some(Value::Date(Partial { part: bag.value.part, ..Partial::from(day) }))
}

/// From a weekday to the next one of another name.
fn weekdays(from: Node, to: Node, start: Meaning) -> Option<(Meaning, Meaning)> {
    let (Node::Date(from), Node::Date(to)) = (from, to) else { return None };
    let last = to.weekday.filter(|_| from.weekday.is_some() && !from.has_date() && !to.has_date())?;
    let (_, first) = start.value.bounds()?;
    let day = weekday_from(first.checked_add(1.day()).ok()?, last)?;
    Some((start, Meaning { value: Value::Date(Partial { part: to.value.part, ..Partial::from(day) }), ..start }))
}

fn ordered(first: Value, last: Value) -> bool {
    first.bounds().zip(last.bounds()).is_none_or(|((from, _), (_, to))| from <= to)
}
