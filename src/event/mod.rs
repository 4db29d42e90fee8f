//! The versioned event that downstream consumers read: `wiredesk.article/1`.
//!
//! These are the wire types. Every field is always present: what is not known is `null` or an empty list, so that a
//! reader sees one shape. Offsets are half-open, in Unicode code points of the field that is named beside them.
//!
//! Do not change: names and meanings of fields are a promise within version 1. Fields and enum values may be added.

mod date;
mod entity;
mod headers;
mod id;
mod language;
mod schema;
mod trace;

pub use date::{
    Anchor, AnchorBasis, DateAlternative, DateMention, Edtf, Precision, PublishedAlternative, StampBasis, Timestamp,
};
pub use entity::{Entity, EntityBasis, EntityType, Geo, Mention};
pub use headers::{CE_TYPE, DATA_SCHEMA, headers};
pub use id::{ArticleId, IdBasis};
pub use language::{Language, LanguageAlternative, LanguageBasis, LanguageSegment, LanguageTag, Script};
pub use schema::json_schema;
pub use trace::TraceContext;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

/// The `schema` of every event of this version.
pub const SCHEMA: &str = "wiredesk.article/1";

/// One article, cleaned and tagged, or the word that it was retracted.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Event {
    /// Always `wiredesk.article/1`.
    #[schemars(extend("const" = SCHEMA))]
    pub schema: String,
    /// The article's id: the key of the record, the same for every revision.
    pub id: ArticleId,
    /// What the id was made of.
    pub id_basis: IdBasis,
    /// Whether the article may be used.
    pub status: Status,
    /// Which revision of the article this is; null for a retraction.
    pub revision: Option<Revision>,
    /// The record that the event was made from, and the version that made it.
    pub provenance: Provenance,
    /// What the scraper said about where the article is from.
    pub source: Source,
    /// The headline: null unless supplied or clearly set apart in the text.
    pub title: Option<String>,
    /// The description that was supplied; it is never cut out of the body.
    pub lede: Option<String>,
    /// The text: Unicode NFC, `\n` newlines, without furniture. Null for a retraction.
    pub body: Option<String>,
    /// Authors, from metadata or a byline.
    pub authors: Vec<String>,
    /// What was lifted out of the body, in the order in which it stood there.
    pub furniture: Vec<Furniture>,
    /// The language of the text; null for a retraction.
    pub language: Option<Language>,
    /// When the article was published. Never padded, never the crawl time.
    pub published: Option<Timestamp>,
    /// When the article was last changed.
    pub modified: Option<Timestamp>,
    /// Dates that the text mentions, in the order of title, then body.
    pub dates: Vec<DateMention>,
    /// People, organisations, places, objects and events that the text names, the most salient first.
    pub entities: Vec<Entity>,
    /// Hashes of the clean text; null for a retraction.
    pub fingerprint: Option<Fingerprint>,
    /// What was odd about the record.
    pub warnings: Vec<Warning>,
    /// Input fields that are not part of the contract, as they came.
    pub ext: Map<String, Value>,
}

/// Whether the article may be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Status {
    /// The article stands.
    Usable,
    /// The publisher or the scraper took it back; only `schema`, `id`, `id_basis`, `status`, `provenance` and `source`
    /// are filled.
    Retracted,
}

/// Which revision of an article an event holds. The same id with another hash is another revision.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Revision {
    /// The version that the source gave, as it gave it.
    pub source_version: Option<String>,
    /// When the source says it was last changed (EDTF).
    pub modified: Option<Edtf>,
    /// SHA-256, in hex, of the clean title, which may be empty, a blank line and the body.
    #[schemars(extend("pattern" = "^[0-9a-f]{64}$"))]
    pub content_sha256: String,
}

/// The record that an event was made from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Provenance {
    /// The raw topic.
    pub topic: String,
    /// The partition there.
    pub partition: i32,
    /// The offset there.
    pub offset: i64,
    /// The record's timestamp, RFC 3339 in UTC with milliseconds; null where the topic keeps none.
    #[schemars(extend("format" = "date-time"))]
    pub record_time: Option<String>,
    /// The shape in which the article came.
    pub dialect: Dialect,
    /// SHA-256, in hex, of the record's value (inflated); null for a retraction.
    #[schemars(extend("pattern" = "^[0-9a-f]{64}$"))]
    pub value_sha256: Option<String>,
    /// The program that made the event, `wiredesk/` and its version.
    pub processor: String,
    /// The first 16 hex digits of a SHA-256 over code version, lexicon and language rules: events of the same record
    /// with the same `rules` are the same bytes.
    #[schemars(extend("pattern" = "^[0-9a-f]{16}$"))]
    pub rules: String,
}

/// The shape in which an article came in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Dialect {
    /// A JSON object with the field names of this contract.
    Native,
    /// A JSON object as news-please writes it.
    NewsPlease,
    /// A JSON object as trafilatura writes it.
    Trafilatura,
    /// A JSON object as fundus writes it.
    Fundus,
    /// A JSON object of the IPTC's ninjs, any version, as agencies and Superdesk write it.
    Ninjs,
    /// A schema.org article in JSON-LD: an object, a graph or a list with one article.
    JsonLd,
    /// An item of a JSON Feed.
    JsonFeed,
    /// An entry of an RSS or Atom feed, as Python's feedparser has it.
    Feedparser,
    /// A post as the REST interface of WordPress gives it.
    Wordpress,
    /// An HTML page.
    Html,
    /// Text without any markup or metadata.
    PlainText,
    /// A null value: the article is taken back.
    Retraction,
}

impl Dialect {
    /// The name that the event and metrics have for it.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Native => "native",
            Self::NewsPlease => "news_please",
            Self::Trafilatura => "trafilatura",
            Self::Fundus => "fundus",
            Self::Ninjs => "ninjs",
            Self::JsonLd => "json_ld",
            Self::JsonFeed => "json_feed",
            Self::Feedparser => "feedparser",
            Self::Wordpress => "wordpress",
            Self::Html => "html",
            Self::PlainText => "plain_text",
            Self::Retraction => "retraction",
        }
    }
}

/// What is known about where the article came from.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Source {
    /// The scraper's own identifier.
    pub id: Option<String>,
    /// The URL as received.
    pub url: Option<String>,
    /// The one form of the URL by which the article is known, whichever way it was reached: a name, not a place to fetch from.
    pub canonical_url: Option<String>,
    /// The outlet.
    pub publisher: Option<String>,
    /// When the scraper fetched the article, as the scraper wrote it. Never used as a publication date.
    pub fetched_at: Option<String>,
    /// Keywords or sections.
    pub tags: Vec<String>,
    /// The URL of the main picture.
    pub image: Option<String>,
    /// Usage terms or a licence.
    pub rights: Option<String>,
    /// Agencies or outlets that the text credits.
    pub origin: Vec<Origin>,
}

/// An agency or outlet that the text credits.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Origin {
    /// Its name, or the host of the URL that was given.
    pub name: String,
    /// The URL of the original, where it was given.
    pub url: Option<String>,
    /// What this article is to the original.
    pub relation: OriginRelation,
}

/// What an article is to the original that it credits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum OriginRelation {
    /// The text is the agency's or outlet's own.
    Reprint,
    /// The text is a translation of the original.
    Translation,
    /// Credited, without a word on how it was used.
    Credit,
}

/// Something that stood in the body and is not part of the article's prose.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Furniture {
    /// What it is.
    pub role: FurnitureRole,
    /// Its text, as it stood.
    pub text: String,
    /// Where it stood: a code-point position in `body`.
    pub at: u32,
}

/// What a piece of furniture is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum FurnitureRole {
    /// The caption of a picture, with its picture credit.
    Caption,
    /// Who made the picture or the text: an agency's sign-off.
    Credit,
    /// Who wrote the article.
    Byline,
    /// A bare marker such as `date 2019-11`, or a line that says when the article was published or updated.
    DateMarker,
    /// A link to another article.
    RelatedLink,
    /// The place of an advertisement.
    AdPlaceholder,
    /// Where the article was taken from.
    SourceLine,
    /// A comment counter.
    Comments,
    /// Buttons for sharing.
    ShareBar,
    /// A prompt to subscribe.
    Subscription,
}

/// Hashes of the clean text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Fingerprint {
    /// SHA-256, in hex, of the clean title, which may be empty, a blank line and the body.
    #[schemars(extend("pattern" = "^[0-9a-f]{64}$"))]
    pub content_sha256: String,
    /// A 64-bit SimHash of title and body, in 16 hex digits: near-duplicates differ in few bits.
    #[schemars(extend("pattern" = "^[0-9a-f]{16}$"))]
    pub simhash64: String,
}

/// Something odd about a record that did not keep it from being published.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Warning {
    /// What it is.
    pub code: WarningCode,
    /// Where and why; never article text.
    pub detail: String,
}

impl Warning {
    /// A warning with its detail.
    pub fn new(code: WarningCode, detail: impl Into<String>) -> Self {
        Self { code, detail: detail.into() }
    }
}

/// What a warning is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum WarningCode {
    /// The record gives no URL: the id is made of another identifier or of the content.
    UrlMissing,
    /// A URL was given that cannot be read as one.
    UrlInvalid,
    /// An optional field has the wrong type or an unusable value and was left out.
    FieldInvalid,
    /// The value was not compressed as its headers say and was read as it is.
    EncodingConflict,
    /// Bytes followed the compressed stream; they are no part of the text.
    TrailingBytes,
    /// The text was not UTF-8; its charset was guessed.
    CharsetGuessed,
    /// Some bytes could not be decoded and stand as U+FFFD.
    ReplacementCharacters,
    /// The JSON was not quite JSON (`NaN`, half a surrogate pair) and was read all the same.
    JsonRepaired,
    /// The language could not be told with confidence.
    LanguageUnreliable,
    /// The language of the text is not the one that the record names.
    LanguageConflict,
    /// Sources disagree on the publication date.
    DateConflict,
    /// A date in the metadata could not be read or is implausible.
    DateInvalid,
    /// The text has more dates, or more words of dates, than are read of it: those further on are missing.
    DatesIncomplete,
}

/// A number from 0 to 1, kept to three decimals so that the same evidence is always the same bytes.
#[derive(Clone, Copy, Debug, Default, PartialEq, PartialOrd, Serialize, Deserialize, JsonSchema)]
#[serde(transparent)]
pub struct Score(#[schemars(range(min = 0.0, max = 1.0))] f64);

impl Score {
    /// The score nearest to `value`; not-a-number is 0.
    #[must_use]
    pub fn new(value: f64) -> Self {
        Self(if value.is_nan() { 0.0 } else { (value.clamp(0.0, 1.0) * 1000.0).round() / 1000.0 })
    }

    /// The number.
    #[must_use]
    pub fn get(self) -> f64 {
        self.0
    }
}

/// The field that a span points into.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Field {
    /// The title.
    Title,
    /// The body.
    Body,
}
