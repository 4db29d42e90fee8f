//! What a phrase says, before it is known when the text was written.

use super::super::bag::Bag;
use super::super::holiday::HolidayId;
use super::super::senses::Unit;
use super::super::value::PartOfDay;
use super::foreign::Foreign;

/// A node of a phrase; nodes name each other by their number in the chart.
pub(in super::super) type NodeId = u32;

/// What comes round: a unit of the calendar, or something with a place in one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in super::super) enum Thing {
    Unit(Unit),
    /// Monday 1 to Sunday 7.
    Weekday(u8),
    /// January 1 to December 12.
    Month(u8),
    /// Spring 1 to winter 4.
    Season(u8),
    Part(PartOfDay),
    Holiday(HolidayId),
}

/// What a count starts from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in super::super) enum From {
    /// The day of publication.
    Published,
    /// The date that the text gave last.
    Text,
    /// Another date of the phrase.
    Date(NodeId),
}

/// What a phrase says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in super::super) enum Node {
    /// A date as neighbouring tokens spell it.
    Date(Bag),
    /// A part of the day: no date without a day.
    Part(PartOfDay),
    /// A season, spring 1 to winter 4: no date without a year.
    Season(u8),
    /// A quarter of a year, 1 to 4.
    Quarter(u8),
    /// A half of a year, 1 or 2.
    Half(u8),
    /// An ISO 8601 week of a year, 1 to 53.
    WeekNumber(u8),
    Holiday(HolidayId),
    /// A date of another calendar.
    Foreign(Foreign),
    /// A year of another calendar that no word names as one: no date without a season or month.
    ForeignYear(Foreign),
    /// A decade, by its first year; `short` where only two digits name it.
    Decade {
        year: i16,
        short: bool,
    },
    /// A century, by its number: the 20th started in 1901 and is written `19XX`.
    Century(i16),
    /// So many units from a date.
    Offset {
        from: From,
        unit: Unit,
        count: i32,
    },
    /// The thing itself (0), the one before or after it, counted from a date.
    Turn {
        from: From,
        thing: Thing,
        step: i8,
    },
    /// A thing that each year has one of, in the year that the wording points to.
    During(Thing),
    /// A thing that each year has one of, in the year so many after that of publication.
    OfYear {
        thing: Thing,
        step: i16,
    },
    /// So many units up to the day of publication (negative) or from it on.
    Window {
        unit: Unit,
        count: i32,
    },
    /// The so-manieth thing within a date; negative from its end.
    Nth {
        thing: Thing,
        count: i32,
        of: NodeId,
    },
    /// So many units at the start of a date; negative at its end.
    Run {
        unit: Unit,
        count: i32,
        of: Option<NodeId>,
    },
    /// A half of a date, 1 or 2.
    HalfOf {
        half: u8,
        of: NodeId,
    },
    /// A day of a month that is a date.
    DayOf {
        day: u8,
        of: NodeId,
    },
    /// The week that holds a date.
    WeekOf(NodeId),
    /// Part of a longer time that a word singles out: "the end of".
    Edge {
        third: Third,
        of: NodeId,
    },
    /// A day of a month that is not named.
    Day(u8),
    /// A date within a coarser one: Tuesday of next week.
    Within {
        finer: NodeId,
        wider: NodeId,
    },
    /// A repetition of a thing.
    Every(Thing),
    /// A repetition of a date without its year.
    EveryDate(NodeId),
    /// A day of every month.
    EveryDay(u8),
    /// From one date to another, both included.
    Range {
        first: NodeId,
        last: NodeId,
    },
    /// A date and all that follows.
    Since(NodeId),
    /// The same where the words for it stand behind the date: 「2019年以来」.
    Onward(NodeId),
    /// From a date to the day of publication.
    UntilNow(NodeId),
    /// All up to and with a date.
    Until(NodeId),
    /// All before a date.
    Prior(NodeId),
    /// All after a date.
    Beyond(NodeId),
    /// Date words that mean no date.
    Nothing,
}

/// Which part of a longer time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in super::super) enum Third {
    Early,
    Middle,
    Late,
}

/// How long what a node says lasts: the order in which one fits into another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Grain {
    Part,
    Day,
    Week,
    Month,
    Quarter,
    Year,
    Decade,
    Century,
}

impl From {
    pub(super) fn of(id: Option<NodeId>) -> Self {
        id.map_or(Self::Published, Self::Date)
    }
}

impl Unit {
    pub(super) fn grain(self) -> Grain {
        match self {
            Self::Day => Grain::Day,
            Self::Week | Self::Weekend | Self::Fortnight => Grain::Week,
            Self::Month => Grain::Month,
            Self::Quarter | Self::Half => Grain::Quarter,
            Self::Year => Grain::Year,
            Self::Decade => Grain::Decade,
            Self::Century => Grain::Century,
        }
    }
}

impl Thing {
    pub(super) fn grain(self) -> Grain {
        match self {
            Self::Unit(unit) => unit.grain(),
            Self::Part(_) => Grain::Part,
            Self::Weekday(_) | Self::Holiday(_) => Grain::Day,
            Self::Month(_) => Grain::Month,
            Self::Season(_) => Grain::Quarter,
        }
    }
}

impl Node {
    /// How long it lasts; `None` for ranges and repetitions, into which nothing fits and which fit into nothing.
    pub(super) fn grain(&self, nodes: &[Node]) -> Option<Grain> {
        let of = |id: NodeId| nodes[id as usize].grain(nodes);
        Some(match *self {
            Self::Date(bag) => {
                let value = bag.value;
                match bag.relative {
                    Some((unit, _)) if bag.weekday.is_none() => unit.grain(),
                    _ if value.day.is_some() || bag.weekday.is_some() => Grain::Day,
                    _ if value.month.is_some() => Grain::Month,
                    _ => Grain::Year,
                }
            }
            Self::Part(_) => Grain::Part,
            Self::Foreign(date) | Self::ForeignYear(date) => match (date.month, date.day) {
                (_, Some(_)) => Grain::Day,
                (Some(_), None) => Grain::Month,
                _ => Grain::Year,
            },
            Self::Holiday(_) | Self::DayOf { .. } | Self::Day(_) => Grain::Day,
            Self::WeekNumber(_) | Self::WeekOf(_) => Grain::Week,
            Self::Season(_) | Self::Quarter(_) | Self::Half(_) => Grain::Quarter,
            Self::Decade { .. } => Grain::Decade,
            Self::Century(_) => Grain::Century,
            Self::Offset { unit, .. } => unit.grain(),
            Self::During(thing) | Self::Turn { thing, .. } | Self::Nth { thing, .. } | Self::OfYear { thing, .. } => {
                thing.grain()
            }
            Self::Edge { of: id, .. } | Self::HalfOf { of: id, .. } => return of(id),
            Self::Within { finer, .. } => return of(finer),
            Self::Window { .. }
            | Self::Run { .. }
            | Self::Every(_)
            | Self::EveryDate(_)
            | Self::EveryDay(_)
            | Self::Range { .. }
            | Self::Since(_)
            | Self::Onward(_)
            | Self::UntilNow(_)
            | Self::Until(_)
            | Self::Prior(_)
            | Self::Beyond(_)
            | Self::Nothing => return None,
        })
    }

    /// Whether it still needs to be told in which year, week or day it lies.
    pub(super) fn is_open(&self) -> bool {
        match self {
            Self::Date(bag) => {
                let value = bag.value;
                bag.relative.is_none()
                    && value.year.is_none()
                    && (value.month.is_some() || (bag.weekday.is_some() && value.day.is_none()))
            }
            Self::Part(_)
            | Self::Season(_)
            | Self::Quarter(_)
            | Self::Half(_)
            | Self::WeekNumber(_)
            | Self::Decade { short: true, .. }
            | Self::Holiday(_) => true,
            _ => false,
        }
    }

    /// Whether it names a month or year by its number or name, and does not count to one: what is "after last year's
    /// vote" is in last year, what comes "after 5 May" has that day for its date.
    pub(super) fn is_long(&self, nodes: &[Node]) -> bool {
        match self {
            Self::Date(bag) => {
                let value = bag.value;
                let named = value.year.is_some() || value.month.is_some();
                named && value.day.is_none() && bag.relative.is_none() && bag.weekday.is_none()
            }
            Self::Edge { of, .. } => nodes[*of as usize].is_long(nodes),
            _ => false,
        }
    }

    /// Whether there is one in every year, month or week.
    pub(super) fn comes_round(&self, nodes: &[Node]) -> bool {
        let day = |bag: &Bag| bag.value.day.is_some() && bag.value.month.is_none() && bag.value.year.is_none();
        match self {
            // "Every Sunday at dawn".
            Self::Within { finer, wider } => {
                matches!(nodes[*finer as usize], Self::Part(_)) && nodes[*wider as usize].comes_round(nodes)
            }
            Self::Date(bag) if day(bag) => true,
            _ => self.is_open(),
        }
    }

    /// Whether it is a day of another calendar.
    pub(in super::super) fn is_foreign_day(&self) -> bool {
        matches!(self, Self::Foreign(date) if date.day.is_some())
    }

    /// Whether it is a date without anything more: a season or a part of the day is none.
    pub(super) fn stands_alone(&self) -> bool {
        !matches!(self, Self::Part(_) | Self::Season(_) | Self::WeekNumber(_) | Self::ForeignYear(_))
    }
}
