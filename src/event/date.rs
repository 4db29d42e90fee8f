//! Dates of an article: when it was published, and what its text mentions.

use std::fmt;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Field, Score};

/// A date or interval in EDTF (ISO 8601-2, level 1 with unspecified digits), at the precision that its source has:
/// `2019-11` is a month, `XXXX-09-30` has no year that can be known, `2019-06/2019-11` is a range.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(transparent)]
pub struct Edtf(String);

impl Edtf {
    /// Wraps a value that its maker has written in EDTF.
    pub fn new(value: impl Into<String>) -> Self {
        Self(value.into())
    }

    /// The value's text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Edtf {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// How fine a date is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Precision {
    /// A century.
    Century,
    /// Ten years.
    Decade,
    /// A year.
    Year,
    /// Half a year.
    Half,
    /// A season.
    Season,
    /// Three months.
    Quarter,
    /// A month.
    Month,
    /// A week.
    Week,
    /// A day.
    Day,
    /// A part of a day, such as the afternoon.
    PartOfDay,
    /// An hour.
    Hour,
    /// A minute.
    Minute,
    /// A second or finer.
    Second,
}

/// When an article was published or last changed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Timestamp {
    /// The date, with a time and zone where the source has them.
    pub value: Edtf,
    /// How fine it is.
    pub precision: Precision,
    /// Where it was found.
    pub basis: StampBasis,
    /// Whether the source says in which time zone it is. A naive time is not UTC: its zone is unknown.
    pub zone_known: bool,
    /// How sure it is, 0 to 1.
    pub confidence: Score,
    /// The first day it can be (`YYYY-MM-DD`, inclusive); there whenever the value is coarser than a day.
    #[schemars(extend("format" = "date"))]
    pub not_before: Option<String>,
    /// The last day it can be (`YYYY-MM-DD`, inclusive); there whenever the value is coarser than a day.
    #[schemars(extend("format" = "date"))]
    pub not_after: Option<String>,
    /// Other sources that disagree.
    pub alternatives: Vec<PublishedAlternative>,
}

/// Where the date of an article was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum StampBasis {
    /// A field of the record.
    Metadata,
    /// The path of the URL.
    Url,
    /// A marker line such as `date 2019-11`, or a line that says when the article was published.
    Marker,
    /// The text, such as a dateline.
    Text,
}

/// A source that disagrees on when an article was published.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct PublishedAlternative {
    /// What it says.
    pub value: Edtf,
    /// Where it was found.
    pub basis: StampBasis,
}

/// A date that the text mentions.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct DateMention {
    /// The words: exactly the slice of the field from `start` to `end`.
    pub text: String,
    /// The field.
    pub r#in: Field,
    /// Its first code point.
    pub start: u32,
    /// The code point after its last.
    pub end: u32,
    /// What it means, in EDTF; parts that cannot be known are `X`. What is counted in units longer than a day (`three
    /// years ago`) is the approximate day that the count leads to, `2021-03-14~`: `precision` and `timex` are those of
    /// the unit. A time of day beside a day is part of it, with its zone if the text names one; seconds that the text
    /// lacks are `00`, since EDTF has no shorter time.
    pub value: Edtf,
    /// The value as TIMEX3 writes it, which also has parts of the day (`2019-11-05TAF`); null where it has no form.
    pub timex: Option<String>,
    /// How fine it is.
    pub precision: Precision,
    /// What the missing parts were taken from; null where nothing was missing or nothing was known.
    pub anchor: Option<Anchor>,
    /// The rule that read it.
    pub rule: String,
    /// How sure the value is, 0 to 1.
    pub confidence: Score,
    /// Other readings that stand, such as the month-first reading of `5/11`.
    pub alternatives: Vec<DateAlternative>,
    /// Whether it is a repetition (`every Friday`): `value` then has `X` for all that changes, and `timex` the weekday.
    pub set: bool,
}

/// What the missing parts of a date were taken from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Anchor {
    /// Where it is from.
    pub basis: AnchorBasis,
    /// The date.
    pub value: Edtf,
}

/// Where an anchor is from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum AnchorBasis {
    /// The publication date.
    Published,
    /// An earlier date in the text.
    Text,
}

/// Another reading of a date.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct DateAlternative {
    /// What it would mean.
    pub value: Edtf,
    /// The same as TIMEX3 writes it.
    pub timex: Option<String>,
}
