//! What a phrase means once it is known when the text was written.

use jiff::civil::Date;

use super::super::bag::Bag;
use super::super::context::Direction;
use super::super::ends::since;
use super::super::holiday::HolidayId;
use super::super::period::About;
use super::super::resolve::{Base, resolve};
use super::super::senses::Unit;
use super::super::value::{Partial, Value};
use super::anchoring::{Start, decade, ended, foreign, in_year, narrated, start, until, weekend};
use super::count;
use super::foreign::Foreign;
use super::node::{From, Node, NodeId, Thing, Third};
use super::{place, spans};

/// What the text around a phrase is known to say.
#[derive(Clone, Copy)]
pub(in super::super) struct Context<'a> {
    /// The day of publication.
    pub(in super::super) base: Option<Base>,
    /// The date that the text gave last.
    pub(in super::super) text: Option<Base>,
    /// Where the clause points.
    pub(in super::super) direction: Direction,
    /// The days of a holiday in a year.
    pub(in super::super) holiday: &'a dyn Fn(HolidayId, i16) -> Option<(Date, Date)>,
}

/// What a date reaches to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in super::super) enum Reach {
    /// It is the value alone.
    Itself,
    /// To the end of another date.
    To(Value),
    /// Without end.
    Open,
    /// To the day of publication.
    Now,
    /// It has no start.
    FromOpen,
    /// It comes round; the value has `X` for what changes.
    Repeats,
}

/// What a phrase means.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(in super::super) struct Meaning {
    pub(in super::super) value: Value,
    /// The longer date that the value is the beginning, middle or end of.
    pub(in super::super) within: Option<Value>,
    pub(in super::super) reach: Reach,
    /// Whether the day of publication was used.
    pub(in super::super) published: bool,
    /// Whether the date that the text gave last was used.
    pub(in super::super) textual: bool,
    /// Another reading that stands.
    pub(in super::super) other: Option<Value>,
    /// The rule by its name in events. Do not change: they are part of the events.
    pub(in super::super) rule: &'static str,
    pub(in super::super) confidence: f64,
}

impl Meaning {
    pub(super) fn new(value: Value, rule: &'static str, confidence: f64) -> Self {
        Self {
            value,
            within: None,
            reach: Reach::Itself,
            published: false,
            textual: false,
            other: None,
            rule,
            confidence,
        }
    }

    fn from(self, from: &Start) -> Self {
        Self { published: from.published || self.published, textual: from.textual || self.textual, ..self }
    }
}

/// What a node means; `None` where it cannot be known.
pub(in super::super) fn meaning(node: NodeId, nodes: &[Node], context: &Context<'_>) -> Option<Meaning> {
    let of = |id| meaning(id, nodes, context);
    match nodes[node as usize] {
        Node::Date(bag) => meaning_of(&bag, context),
        Node::Part(_) | Node::Nothing => None,
        Node::Season(season) => in_year(context, "named", |year| Some(Value::Season(year, season))),
        Node::WeekNumber(week) => in_year(context, "week", |year| place::iso_week(year, week)),
        Node::Foreign(date) | Node::ForeignYear(date) => foreign(date, context),
        Node::Quarter(quarter) => ended(context, "quarter", |year| Some(Value::Quarter(year, quarter))),
        Node::Half(half) => ended(context, "half", |year| Some(Value::Half(year, half))),
        Node::Holiday(holiday) => in_year(context, "holiday", |year| place::holiday(holiday, year, context)),
        Node::Decade { year, short } => decade(year, short, context),
        Node::Century(century) => Some(Meaning::new(Value::Century(century), "century", 0.95)),
        Node::Offset { from, unit, count } => {
            let start = start(narrated(from, count > 0, context), nodes, context)?;
            let value = match count::offset(&start.base, start.value, unit, count)? {
                // A story that goes on "two years later" does not count the days.
                Value::About(day, about) if start.textual && about != About::Week => {
                    Value::Date(Partial { day: None, ..Partial::from(day) })
                }
                value => value,
            };
            Some(Meaning::new(value, "offset", 0.9).from(&start))
        }
        Node::Turn { from, thing, step } => {
            // Where the text gave no date before, "the previous quarter" is the one before publication and "the same week"
            // that of publication; "the day before" may be before anything, and in a story, what follows after anything.
            let longer = !matches!(thing, Thing::Unit(Unit::Day) | Thing::Weekday(_) | Thing::Part(_));
            let placed = step <= 0 || context.direction == Direction::Future;
            let from = if longer && placed && context.text.is_none() { From::Published } else { from };
            let start = start(from, nodes, context)?;
            let value = count::turn(&start.base, thing, step, context)?;
            let rule = if let Thing::Unit(_) = thing { "relative" } else { "named" };
            Some(Meaning::new(value, rule, 0.9).from(&start))
        }
        Node::During(Thing::Unit(_)) => weekend(context),
        Node::During(thing) => in_year(context, "named", |year| count::of_year(thing, year, context)),
        Node::OfYear { thing, step } => {
            let year = context.base?.last.year().checked_add(step)?;
            Some(Meaning { published: true, ..Meaning::new(count::of_year(thing, year, context)?, "named", 0.9) })
        }
        Node::Window { unit, count } => {
            let start = start(From::Published, nodes, context)?;
            Some(Meaning::new(count::window(&start.base, unit, count)?, "window", 0.85).from(&start))
        }
        Node::Nth { thing, count, of: id } => {
            let whole = of(id)?;
            let value = place::nth(thing, count, whole.value.bounds()?)?;
            Some(Meaning { value, rule: "nth", other: None, ..whole })
        }
        Node::Run { unit, count, of: None } => {
            in_year(context, "nth", |year| count::run(unit, count, Value::Date(Partial::year(year)).bounds()?))
        }
        Node::Run { unit, count, of: Some(id) } => {
            let whole = of(id)?;
            Some(Meaning { value: count::run(unit, count, whole.value.bounds()?)?, rule: "nth", other: None, ..whole })
        }
        Node::DayOf { day, of: id } => {
            if let Node::Date(bag) = nodes[id as usize]
                && bag.is_month()
            {
                // "The fifteenth of March": of which year is asked of the day, not of the month.
                let bag = Bag { value: Partial { day: Some(day), ..bag.value }, ..bag };
                return bag.value.is_possible().then(|| meaning_of(&bag, context)).flatten();
            }
            if let Node::Foreign(month @ Foreign { month: Some(_), day: None, .. }) = nodes[id as usize] {
                return foreign(Foreign { day: Some(day), ..month }, context);
            }
            let whole = of(id)?;
            let Value::Date(month) = whole.value else { return None };
            let value = Partial { day: Some(day), ..month };
            let possible = month.month.is_some() && month.day.is_none() && value.is_possible();
            possible.then_some(Meaning { value: Value::Date(value), rule: "nth", other: None, ..whole })
        }
        Node::HalfOf { half, of: id } => {
            let whole = of(id)?;
            Some(Meaning { value: place::half_of(half, whole.value)?, rule: "half", other: None, ..whole })
        }
        Node::WeekOf(id) => {
            let whole = of(id)?;
            let (first, _) = whole.value.bounds()?;
            Some(Meaning {
                value: Value::Week(super::super::period::monday(first)?),
                rule: "week",
                other: None,
                ..whole
            })
        }
        Node::Edge { third, of: id } => {
            let whole = of(id)?;
            let value = place::third_of(third, whole.value);
            Some(Meaning { value, within: Some(whole.value), rule: "edge", ..whole })
        }
        Node::Day(day) => {
            let value = Partial { day: Some(day), ..Partial::default() };
            meaning_of(&Bag { value, labelled: true, ..Bag::default() }, context)
        }
        Node::Within { finer, wider } => {
            let whole = of(wider)?;
            let value = place::within(nodes[finer as usize], whole.value, context)?;
            Some(Meaning { value, rule: "within", other: None, ..whole })
        }
        Node::Every(thing) => Some(repeated(Value::Each(thing))),
        Node::EveryDay(day) => Some(repeated(Value::Date(Partial { day: Some(day), ..Partial::default() }))),
        Node::EveryDate(id) => match nodes[id as usize] {
            Node::Date(bag) if bag.has_date() => Some(repeated(Value::Date(bag.value))),
            Node::Date(bag) => bag.weekday.map(|day| repeated(Value::Each(Thing::Weekday(day)))),
            Node::Holiday(holiday) => Some(repeated(Value::Each(Thing::Holiday(holiday)))),
            Node::Season(season) => Some(repeated(Value::Each(Thing::Season(season)))),
            Node::Within { wider, .. } => match nodes[wider as usize] {
                Node::Date(bag) => bag.weekday.map(|day| repeated(Value::Each(Thing::Weekday(day)))),
                _ => None,
            },
            _ => None,
        },
        Node::Range { first, last } => spans::range(first, last, nodes, context),
        Node::Since(id) | Node::Onward(id) => {
            // What goes on since a date has begun, unless the wording says that it will.
            let direction = match (context.direction, nodes[id as usize]) {
                (Direction::Unsaid, _) => Direction::Past,
                (said, Node::Date(bag)) => since(&bag, context.base, said),
                (said, _) => said,
            };
            let read = meaning(id, nodes, &Context { direction, ..*context })?;
            Some(Meaning { reach: Reach::Open, rule: "open-range", other: None, ..read })
        }
        Node::Until(id) => {
            Some(Meaning { reach: Reach::FromOpen, rule: "open-range", other: None, ..until(id, nodes, context)? })
        }
        Node::Prior(id) => {
            let read = until(id, nodes, context)?;
            // "Before the end of 2025" is within that year.
            let inside = matches!(nodes[id as usize], Node::Edge { third: Third::Middle | Third::Late, .. });
            let value = if inside { read.value } else { place::beside(read.value, false)? };
            Some(Meaning { value, reach: Reach::FromOpen, rule: "open-range", other: None, ..read })
        }
        Node::Beyond(id) => {
            let read = of(id)?;
            let inside = matches!(nodes[id as usize], Node::Edge { third: Third::Early | Third::Middle, .. });
            let value = if inside { read.value } else { place::beside(read.value, true)? };
            Some(Meaning { value, reach: Reach::Open, rule: "open-range", other: None, ..read })
        }
        Node::UntilNow(id) => Some(Meaning { reach: Reach::Now, rule: "until-now", other: None, ..of(id)? }),
    }
}

/// What a date says that neighbouring tokens spell.
fn meaning_of(bag: &Bag, context: &Context<'_>) -> Option<Meaning> {
    let read = resolve(bag, context.base, context.direction)?;
    let rule = read.rule.as_str();
    let span = if let Value::Date(value) = read.value { bag.spanned(value) } else { None };
    Some(Meaning {
        value: span.unwrap_or(read.value),
        published: read.anchored,
        other: read.other.map(Value::Date),
        ..Meaning::new(read.value, rule, read.confidence)
    })
}

fn repeated(value: Value) -> Meaning {
    Meaning { reach: Reach::Repeats, ..Meaning::new(value, "set", 0.9) }
}
