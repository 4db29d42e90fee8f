//! A raw record, whatever its shape, becomes an [`Article`] or is refused with a reason.
//!
//! A bad optional field is a warning on the article; only a record without usable text is refused. Nothing here reads
//! the clock or remembers another record.

mod dialect;
mod inflate;
mod sniff;

mod json;

mod fields;
mod fragment;
mod reading;
mod status;

mod feedparser;
mod front_matter;
mod fundus;
mod html;
mod json_feed;
mod json_ld;
mod markdown;
mod native;
mod news_please;
mod ninjs;
mod plain;
mod retraction;
mod trafilatura;

mod authors;
mod draft;
mod identity;
mod tracking;
mod url;
mod wordpress;

mod notice;
mod parsed;

pub use self::parsed::Parsed;
pub use self::url::canonical_url;

use std::fmt;

use serde_json::{Map, Value};

use crate::event::{ArticleId, Dialect, Furniture, IdBasis, LanguageTag, Origin, Warning};
use crate::record::Record;

/// What a record turned out to hold.
#[derive(Clone, Debug, PartialEq)]
pub enum Intake {
    /// An article.
    Article(Box<Article>),
    /// The word that an article is taken back.
    Retraction(Retraction),
}

/// An article, clean and parsed: no later stage asks again whether its title is empty or its text is NFC.
#[derive(Clone, Debug, PartialEq)]
pub struct Article {
    /// Its id and what that was made of.
    pub identity: Identity,
    /// The shape in which it came.
    pub dialect: Dialect,
    /// SHA-256, in hex, of the inflated value.
    pub value_sha256: String,
    /// What the record says about itself.
    pub metadata: Metadata,
    /// The headline; never empty.
    pub title: Option<String>,
    /// The supplied description; never empty.
    pub lede: Option<String>,
    /// The text without furniture; never empty.
    pub body: String,
    /// What was lifted out of the body.
    pub furniture: Vec<Furniture>,
    /// Agencies or outlets that the text credits.
    pub origin: Vec<Origin>,
    /// What was odd.
    pub warnings: Vec<Warning>,
    /// Fields that are not part of the contract.
    pub ext: Map<String, Value>,
}

/// The identity of an article.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Identity {
    /// Its id.
    pub id: ArticleId,
    /// What the id was made of.
    pub basis: IdBasis,
    /// The scraper's own identifier.
    pub source_id: Option<String>,
    /// The URL as received.
    pub url: Option<String>,
    /// The URL by which the article is known; `None` if there is none or it cannot be read.
    pub canonical_url: Option<String>,
}

/// What a record says about its article, each field as it was written, trimmed and never empty.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Metadata {
    /// Authors.
    pub authors: Vec<String>,
    /// When it was published, as the scraper wrote it.
    pub published_at: Option<String>,
    /// When it was changed, as the scraper wrote it.
    pub modified_at: Option<String>,
    /// When it was fetched, as the scraper wrote it.
    pub fetched_at: Option<String>,
    /// The language that the record names.
    pub language: Option<LanguageTag>,
    /// The outlet.
    pub publisher: Option<String>,
    /// Keywords.
    pub tags: Vec<String>,
    /// The main picture.
    pub image: Option<String>,
    /// Usage terms.
    pub rights: Option<String>,
    /// The source's own version.
    pub version: Option<String>,
}

/// The word that an article is taken back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Retraction {
    /// Which article.
    pub identity: Identity,
}

/// Bounds on what one record may hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// The largest value, in bytes, after inflation.
    pub value_bytes_max: usize,
    /// The deepest nesting of a JSON value. A scraper's article nests a handful of levels; 64 is the contract's bound.
    pub depth_max: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self { value_bytes_max: 8 * 1024 * 1024, depth_max: 64 }
    }
}

/// A record that cannot become an article.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reject {
    /// Why, as a closed set.
    pub reason: RejectReason,
    /// What is wrong and where, for a person; never article text.
    pub detail: String,
}

impl Reject {
    /// A refusal with its detail.
    pub fn new(reason: RejectReason, detail: impl Into<String>) -> Self {
        Self { reason, detail: detail.into() }
    }
}

/// Why a record goes to the dead-letter topic. The names are part of the contract and label metrics.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum RejectReason {
    /// No text is left of it.
    Empty,
    /// It starts as JSON and is not, or nests too deep.
    MalformedJson,
    /// A shape that is not taken: an array, Avro, a picture, another compression than gzip, zstd and deflate.
    Unsupported,
    /// Larger than the limit, as it came or inflated.
    TooLarge,
    /// No charset makes text of it, or its compressed stream is damaged.
    Undecodable,
    /// A null value whose key names no article.
    BadRetraction,
    /// The event would be larger than the topic takes.
    EventTooLarge,
    /// Processing it failed; a defect of this program.
    Internal,
}

impl RejectReason {
    /// Every reason.
    pub const ALL: [Self; 8] = [
        Self::Empty,
        Self::MalformedJson,
        Self::Unsupported,
        Self::TooLarge,
        Self::Undecodable,
        Self::BadRetraction,
        Self::EventTooLarge,
        Self::Internal,
    ];

    /// The reason's name in headers, metrics and `enrich`'s output.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Empty => "empty",
            Self::MalformedJson => "malformed_json",
            Self::Unsupported => "unsupported",
            Self::TooLarge => "too_large",
            Self::Undecodable => "undecodable",
            Self::BadRetraction => "bad_retraction",
            Self::EventTooLarge => "event_too_large",
            Self::Internal => "internal",
        }
    }
}

impl fmt::Display for RejectReason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// Reads a record: the fields as they were written, under the name by which the article is known.
///
/// # Errors
/// A [`Reject`] if no article can be made of it.
pub fn parse(record: &Record, limits: &Limits) -> Result<Parsed, Reject> {
    dialect::parse(record, limits)
}

/// Reads a record and cleans its text: [`parse`], then [`Parsed::clean`].
///
/// # Errors
/// A [`Reject`] if no article can be made of it.
pub fn read(record: &Record, limits: &Limits) -> Result<Intake, Reject> {
    parse(record, limits)?.clean()
}

#[cfg(test)]
mod properties;
#[cfg(test)]
mod tests;
