//! From a template's slots to what it says.

use super::super::senses::Unit;
use super::function::Function;
use super::node::{From, Node, NodeId, Thing, Third};

/// What filled the slots of a template.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Slots {
    pub(super) number: Option<i32>,
    pub(super) thing: Option<Thing>,
    pub(super) date: Option<NodeId>,
    /// The second date of a range.
    pub(super) last: Option<NodeId>,
    /// The thing is a word for several.
    pub(super) plural: bool,
    /// The number and the unit are one word.
    pub(super) in_one_word: bool,
}

impl Slots {
    /// The unit, and how many: one where the template counts none ("a week ago" may be written without a number slot),
    /// and a day where it names none ("the eve of").
    fn count(&self) -> Option<(Unit, i32)> {
        match self.thing.unwrap_or(Thing::Unit(Unit::Day)) {
            Thing::Unit(unit) => Some((unit, self.number.unwrap_or(1))),
            _ => None,
        }
    }

    /// What a longer date has several of.
    fn member(&self) -> Option<Thing> {
        self.thing.filter(|thing| matches!(thing, Thing::Weekday(_) | Thing::Unit(_)))
    }

    /// What each year has one of.
    fn yearly(&self) -> Option<Thing> {
        self.thing.filter(|thing| matches!(thing, Thing::Month(_) | Thing::Season(_) | Thing::Holiday(_)))
    }

    fn is_day(&self) -> bool {
        self.thing == Some(Thing::Unit(Unit::Day))
    }

    fn small(&self, most: u8) -> Option<u8> {
        u8::try_from(self.number?).ok().filter(|number| (1..=most).contains(number))
    }
}

/// The node of a template; `None` where its slots make no sense together.
pub(super) fn build(function: Function, slots: &Slots, nodes: &[Node]) -> Option<Node> {
    let offset = |from, sign: i32| slots.count().map(|(unit, count)| Node::Offset { from, unit, count: sign * count });
    let turn = |from, step| Some(Node::Turn { from, thing: slots.thing?, step });
    // Centuries are counted by those who tell of the past, from no day of publication.
    let counted = || slots.count().filter(|(unit, _)| *unit != Unit::Century);
    let window = |sign: i32| counted().map(|(unit, count)| Node::Window { unit, count: sign * count });
    let edge =
        |third| slots.date.filter(|of| longer_than_day(&nodes[*of as usize], nodes)).map(|of| Node::Edge { third, of });
    match function {
        Function::Ago => offset(From::Published, -1),
        Function::Ahead => offset(From::Published, 1),
        Function::Earlier => offset(From::Text, -1),
        Function::Later => offset(From::Text, 1),
        Function::Before => offset(From::of(slots.date), -1),
        Function::After => offset(From::of(slots.date), 1),
        Function::Same => turn(From::Text, 0),
        // "On this day" is one that the text has named, "the next day" the one after it.
        Function::Last if slots.is_day() => turn(From::Text, -1),
        Function::This if slots.is_day() => turn(From::Text, 0),
        Function::Next if slots.is_day() => turn(From::Text, 1),
        // A fortnight has no place in the calendar: the last one are the two weeks up to publication.
        Function::Last if slots.thing == Some(Thing::Unit(Unit::Fortnight)) => window(-1),
        Function::Next if slots.thing == Some(Thing::Unit(Unit::Fortnight)) => window(1),
        Function::Preceding => turn(From::Text, -1),
        Function::Following => turn(From::Text, 1),
        Function::BeforeLast => turn(From::Published, -2),
        Function::Last => turn(From::Published, -1),
        Function::This => turn(From::Published, 0),
        Function::Next => turn(From::Published, 1),
        Function::AfterNext => turn(From::Published, 2),
        Function::OfLastYear => slots.yearly().map(|thing| Node::OfYear { thing, step: -1 }),
        Function::During if slots.thing == Some(Thing::Unit(Unit::Weekend)) => slots.thing.map(Node::During),
        Function::During => slots.yearly().map(Node::During),
        Function::Past => window(-1),
        Function::Coming => window(1),
        Function::Quarter => slots.small(4).map(Node::Quarter),
        Function::Half => slots.small(2).map(Node::Half),
        Function::HalfOf => Some(Node::HalfOf { half: slots.small(2)?, of: slots.date? }),
        Function::WeekNumber | Function::CalendarWeek => slots.small(53).map(Node::WeekNumber),
        Function::Decade => decade(slots.number?),
        Function::Century => century(slots.number?),
        Function::Nth => Some(Node::Nth { thing: slots.member()?, count: slots.number?, of: slots.date? }),
        Function::Final => Some(Node::Nth { thing: slots.member()?, count: -1, of: slots.date? }),
        // Of the year at hand, "the first three months"; "the first three days" are no days of a year.
        Function::FirstN | Function::LastN
            if slots.date.is_none()
                && !matches!(slots.thing, Some(Thing::Unit(Unit::Month | Unit::Quarter | Unit::Half))) =>
        {
            None
        }
        Function::FirstN => slots.count().map(|(unit, count)| Node::Run { unit, count, of: slots.date }),
        Function::LastN => slots.count().map(|(unit, count)| Node::Run { unit, count: -count, of: slots.date }),
        Function::DayOf => {
            let of = slots.date.filter(|of| nodes[*of as usize].grain(nodes) == Some(super::node::Grain::Month))?;
            Some(Node::DayOf { day: slots.small(31)?, of })
        }
        Function::WeekOf => slots.date.map(Node::WeekOf),
        Function::Early => edge(Third::Early),
        Function::Middle => edge(Third::Middle),
        Function::Late => edge(Third::Late),
        Function::Day => slots.small(31).map(Node::Day),
        Function::Every => match (slots.thing, slots.date) {
            (Some(thing), None) => Some(Node::Every(thing)),
            (None, Some(of)) => nodes[of as usize].comes_round(nodes).then_some(Node::EveryDate(of)),
            (None, None) => slots.small(31).map(Node::EveryDay),
            _ => None,
        },
        Function::Until => slots.date.map(Node::Until),
        Function::Prior => slots.date.filter(|of| nodes[*of as usize].is_long(nodes)).map(Node::Prior),
        Function::Beyond => slots.date.filter(|of| nodes[*of as usize].is_long(nodes)).map(Node::Beyond),
        Function::Since => slots.date.map(Node::Onward),
        Function::Range | Function::FromNow => Some(Node::Range { first: slots.date?, last: slots.last? }),
        Function::UntilNow => slots.date.map(Node::UntilNow),
        Function::NoDate => Some(Node::Nothing),
    }
}

/// Whether a date has a beginning and an end to speak of.
fn longer_than_day(node: &Node, nodes: &[Node]) -> bool {
    node.grain(nodes).is_some_and(|grain| grain >= super::node::Grain::Day)
}

/// A century by its number, or by the year that it starts with: "1800-talet".
fn century(number: i32) -> Option<Node> {
    let number = i16::try_from(number).ok()?;
    match number {
        1..=30 => Some(Node::Century(number)),
        1000..=2199 if number % 100 == 0 => Some(Node::Century(number / 100 + 1)),
        _ => None,
    }
}

/// A decade by the year that it starts with, or by that year's last two digits.
fn decade(year: i32) -> Option<Node> {
    let short = year < 100;
    let year = i16::try_from(year).ok().filter(|year| year % 10 == 0)?;
    Some(Node::Decade { year, short })
}
