//! What the templates of `data/dates` can mean.

use serde::Deserialize;

/// What a phrase does with its slots. Of two readings of the same words, the one that stands first here is tried first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(in super::super) enum Function {
    /// The quarter `{o}` or `{n}` of a year.
    Quarter,
    /// The half `{o}` or `{n}` of a year.
    Half,
    /// The century `{o}` or `{n}`, or the one that starts in `{y}`; it comes before decades, since where a language has
    /// one wording for both, "1900-talet" is the century.
    Century,
    /// The decade that starts in `{y}`.
    Decade,
    /// The week `{n}` or `{o}` of a year.
    WeekNumber,
    /// The same where the wording means the week of a year by itself: "vecka 36".
    CalendarWeek,
    /// `{n} {u}` before the date that the text gave last.
    Earlier,
    /// `{n} {u}` after the date that the text gave last.
    Later,
    /// The `{x}` before the one of the date that the text gave last.
    Preceding,
    /// The `{x}` after the one of the date that the text gave last.
    Following,
    /// The `{x}` of the date that the text gave last.
    Same,
    /// `{n} {u}` before the day of publication.
    Ago,
    /// `{n} {u}` after the day of publication.
    Ahead,
    /// The last `{x}` before the day of publication.
    Last,
    /// The `{x}` of the day of publication.
    This,
    /// The next `{x}` after the day of publication.
    Next,
    /// The `{x}` of last year: "loni v březnu".
    OfLastYear,
    /// The `{x}` before the last one.
    BeforeLast,
    /// The `{x}` after the next one.
    AfterNext,
    /// The `{n} {u}` that end with the day of publication.
    Past,
    /// The `{n} {u}` that follow the day of publication.
    Coming,
    /// A season, month or holiday `{x}` of the year that the wording points to.
    During,
    /// The half `{o}` or `{n}` of `{d}`, be it a year or not.
    HalfOf,
    /// The `{o}` `{x}` or `{u}` of `{d}`.
    Nth,
    /// The last `{x}` or `{u}` of `{d}`.
    Final,
    /// The first `{n} {u}` of `{d}`, or of the year at hand.
    FirstN,
    /// The last `{n} {u}` of `{d}`, or of the year at hand.
    LastN,
    /// The day `{o}` or `{n}` of the month `{d}`.
    DayOf,
    /// The day `{o}` or `{n}` of a month that is not named.
    Day,
    /// The week that holds `{d}`.
    WeekOf,
    /// The beginning of `{d}`, or of the unit `{u}` of the day of publication.
    Early,
    /// The middle of `{d}` or `{u}`.
    Middle,
    /// The end of `{d}` or `{u}`.
    Late,
    /// `{n} {u}` before `{d}`.
    Before,
    /// `{n} {u}` after `{d}`.
    After,
    /// A repetition: every `{x}` or `{d}`, or the day `{o}` or `{n}` of every month.
    Every,
    /// All before `{d}`.
    Prior,
    /// All after `{d}`.
    Beyond,
    /// Up to `{d}`, its start unsaid.
    Until,
    /// From `{d}` on.
    Since,
    /// From the first `{d}` to the second.
    Range,
    /// From `{d}` to the day of publication.
    UntilNow,
    /// From the day of publication to `{d}`.
    FromNow,
    /// No date, though date words stand in it.
    NoDate,
}

impl Function {
    /// A date slot takes what is below this level: what simpler phrases read.
    pub(super) fn level(self) -> u8 {
        match self {
            Self::HalfOf | Self::Nth | Self::Final | Self::FirstN | Self::LastN | Self::DayOf | Self::WeekOf => 2,
            Self::Early | Self::Middle | Self::Late | Self::Before | Self::After => 3,
            Self::Every
            | Self::Until
            | Self::Prior
            | Self::Beyond
            | Self::Since
            | Self::Range
            | Self::UntilNow
            | Self::FromNow
            | Self::NoDate => 4,
            _ => 0,
        }
    }

    /// Whether its own words make it more than the dates that it joins, which tokens could spell by themselves.
    pub(super) fn is_worded(self) -> bool {
        matches!(self, Self::Since | Self::Range | Self::UntilNow | Self::FromNow | Self::CalendarWeek)
    }

    /// Whether it speaks of one thing, so that "years" cannot be meant: "in the last years" is not last year.
    pub(super) fn is_of_one(self) -> bool {
        matches!(
            self,
            Self::Preceding
                | Self::Following
                | Self::Same
                | Self::Last
                | Self::This
                | Self::Next
                | Self::BeforeLast
                | Self::AfterNext
                | Self::Nth
                | Self::Final
        )
    }
}
