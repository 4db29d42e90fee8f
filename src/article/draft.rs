//! What every dialect reads out of its own shape, and what the rest of the record adds to it.

use serde_json::{Map, Value};

use super::identity::Names;
use super::parsed::{Body, Parsed};
use super::reading::{Reading, language, stated};
use super::{Metadata, Reject, RejectReason, Retraction, retraction};
use crate::event::{Dialect, Warning, WarningCode};
use crate::record::Record;

/// The fields of an article as its scraper wrote them, each stated or absent, the texts not yet cleaned.
#[derive(Debug, Default)]
pub(super) struct Draft {
    /// The scraper's own identifier.
    pub(super) source_id: Option<String>,
    /// The URL.
    pub(super) url: Option<String>,
    /// The headline.
    pub(super) title: Option<String>,
    /// The description.
    pub(super) lede: Option<String>,
    /// The text.
    pub(super) body: Option<Body>,
    /// Where the dialect looks for the text, to say so when there is none.
    pub(super) body_names: &'static [&'static str],
    /// Everything else.
    pub(super) metadata: Metadata,
    /// Whether the article is taken back.
    pub(super) retracted: bool,
    /// What was odd.
    pub(super) warnings: Vec<Warning>,
    /// What is not part of the contract.
    pub(super) ext: Map<String, Value>,
}

impl Draft {
    /// What the draft of a record means, an article or a retraction, under the name that the record gives it.
    pub(super) fn identify(
        mut self,
        record: &Record,
        dialect: Dialect,
        value_sha256: String,
    ) -> Result<Parsed, Reject> {
        self.fill_from_headers(record);
        // A page is sent under the address that it was fetched from; what it says of itself is another matter.
        let url = self.url.take();
        let (url, page) = if dialect == Dialect::Html { (None, url) } else { (url, None) };
        let names =
            Names { url, header: header(record, "url"), key: key_text(record), page, source_id: self.source_id.take() };
        let named = names.resolve(&mut self.warnings);
        if self.retracted {
            let identity = named.ok().or_else(|| Some(retraction::of_key(key_text(record)?)?.identity));
            return identity.map(|identity| Retraction { identity }.into()).ok_or_else(|| {
                let detail = "the status takes the article back, and neither a URL, a URN nor the record key names it";
                Reject::new(RejectReason::BadRetraction, detail)
            });
        }
        let Some(body) = self.body.take() else { return Err(no_text(self.body_names, &self.warnings, &self.ext)) };
        let identity = named.unwrap_or_else(|unnamed| unnamed.by_content(&value_sha256));
        Ok(Parsed::article(self, body, identity, dialect, value_sha256))
    }

    /// Headers stand in for what the value leaves open, under the names of the contract with `-` for `_`: `title`,
    /// `published-at`, `publisher`, and HTTP's own `content-language` for `language`. (`url` is looked at with the other
    /// names of the article.) These are what a plain text cannot hold and a fundus export lacks; more is not read, lest
    /// a header that means something else in another system be taken for ours.
    fn fill_from_headers(&mut self, record: &Record) {
        let given = |name: &str| header(record, name).map(str::to_owned);
        let metadata = &mut self.metadata;
        self.title = self.title.take().or_else(|| given("title"));
        metadata.published_at = metadata.published_at.take().or_else(|| given("published-at"));
        metadata.publisher = metadata.publisher.take().or_else(|| given("publisher"));
        if metadata.language.is_none() {
            match header(record, "content-language").map(language) {
                Some(Reading::Found(tag)) => metadata.language = Some(tag),
                Some(Reading::Unusable(_)) => {
                    let detail = "content-language header: other text where a language tag is expected";
                    self.warnings.push(Warning::new(WarningCode::FieldInvalid, detail));
                }
                _ => {}
            }
        }
    }
}

/// The record key as text, without the quotes that a JSON serialiser puts around it.
pub(super) fn key_text(record: &Record) -> Option<&str> {
    let key = std::str::from_utf8(record.key.as_deref()?).ok()?.trim();
    let key = key.strip_prefix('"').and_then(|key| key.strip_suffix('"')).unwrap_or(key);
    Some(key).filter(|key| !key.is_empty())
}

fn header<'a>(record: &'a Record, name: &str) -> Option<&'a str> {
    record.header(name).map(str::trim).filter(|value| matches!(stated(value), Reading::Found(_)))
}

/// How many of the keys that say nothing here are told, and how long one may be.
const KEYS_TOLD: usize = 8;
const KEY_CHARS_MAX: usize = 40;

/// The refusal of a record without a text. A text of the wrong type is not missing: its warning says what it was. Keys
/// that are not read show where the text may be, in an envelope for instance; one that might be a text itself is left out.
fn no_text(names: &[&str], warnings: &[Warning], rest: &Map<String, Value>) -> Reject {
    let of_body = |warning: &&Warning| {
        let field = warning.detail.split_once(':').map(|(field, _)| field).unwrap_or_default();
        let sought = |name: &&str| name.split('.').next() == Some(field);
        warning.code == WarningCode::FieldInvalid && names.iter().any(sought)
    };
    let mut detail = format!("no text under any of these keys: {}", names.join(", "));
    if let Some(warning) = warnings.iter().find(of_body) {
        detail = format!("{detail}; {}", warning.detail);
    }
    let is_name = |key: &&str| {
        (1..=KEY_CHARS_MAX).contains(&key.len())
            && key.bytes().all(|b| b.is_ascii_alphanumeric() || b"_-.@:$".contains(&b))
    };
    let told: Vec<&str> = rest.keys().map(String::as_str).filter(is_name).take(KEYS_TOLD).collect();
    if !told.is_empty() {
        let more =
            if rest.len() > told.len() { format!(" and {} more", rest.len() - told.len()) } else { String::new() };
        detail = format!("{detail}; keys that say nothing here: {}{more}", told.join(", "));
    }
    Reject::new(RejectReason::Empty, detail)
}
