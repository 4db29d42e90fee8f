//! Which shape a record has, told by its headers, else by its bytes.
//!
//! This is where dialects plug in. A new JSON dialect is a line in [`OBJECT_DIALECTS`] and a file that makes a
//! [`Draft`] of [`Fields`]; a new kind of document is a [`Form`] with its arm in [`parse`]; a compression is a coding of
//! [`inflate`].

use std::fmt::Write;

use serde_json::Value;
use sha2::{Digest, Sha256};

use super::draft::{self, Draft};
use super::fields::Fields;
use super::inflate::inflate;
use super::parsed::Parsed;
use super::sniff::{self, Form, MediaType};
use super::{
    Limits, Reject, RejectReason, feedparser, fundus, html, json, json_feed, json_ld, native, news_please, ninjs,
    plain, retraction, trafilatura, wordpress,
};
use crate::event::{Dialect, Warning};
use crate::record::Record;
use crate::text;

/// A dialect of JSON objects.
struct ObjectDialect {
    name: Dialect,
    /// Whether the object's keys are this dialect's.
    recognises: fn(&Fields) -> bool,
    read: fn(Fields) -> Draft,
}

/// The dialects of JSON objects whose articles stand in the object itself. The first that recognises an object reads it;
/// the native one takes what is left.
///
/// The order matters for objects that two would take. Those with a key that only one tool writes come first. ninjs is
/// told by two of its keys and leaves an object that has a native text alone; so it comes last but one.
const OBJECT_DIALECTS: &[ObjectDialect] = &[
    ObjectDialect { name: Dialect::NewsPlease, recognises: news_please::recognises, read: news_please::read },
    ObjectDialect { name: Dialect::Trafilatura, recognises: trafilatura::recognises, read: trafilatura::read },
    ObjectDialect { name: Dialect::Fundus, recognises: fundus::recognises, read: fundus::read },
    ObjectDialect { name: Dialect::Wordpress, recognises: wordpress::recognises, read: wordpress::read },
    ObjectDialect { name: Dialect::JsonFeed, recognises: json_feed::recognises, read: json_feed::read },
    ObjectDialect { name: Dialect::Feedparser, recognises: feedparser::recognises, read: feedparser::read },
    ObjectDialect { name: Dialect::Ninjs, recognises: ninjs::recognises, read: ninjs::read },
    ObjectDialect { name: Dialect::Native, recognises: |_| true, read: native::read },
];

pub(super) fn parse(record: &Record, limits: &Limits) -> Result<Parsed, Reject> {
    let Some(value) = record.value.as_deref() else {
        return retraction::read(draft::key_text(record)).map(Parsed::from);
    };
    if value.len() > limits.value_bytes_max {
        let detail = format!("the value has {} bytes, the limit is {}", value.len(), limits.value_bytes_max);
        return Err(Reject::new(RejectReason::TooLarge, detail));
    }
    let encoding = record.header("content-encoding").unwrap_or_default();
    let (value, mut warnings) = inflate(value, encoding, limits.value_bytes_max)?;
    let media = MediaType::of(record);
    if let Some(kind) = sniff::binary(&value, &media) {
        return Err(unsupported(kind));
    }
    let url = record.header("url").or_else(|| draft::key_text(record));
    let decoded = text::decode(&value, text::Hints { charset: media.charset(), url });
    let text::Decoded { text, warnings: odd } =
        decoded.map_err(|detail| Reject::new(RejectReason::Undecodable, detail))?;
    warnings.extend(odd);
    if text.trim().is_empty() {
        return Err(Reject::new(RejectReason::Empty, "nothing but white space; a retraction has a null value"));
    }
    let (dialect, mut draft) = match media.form().unwrap_or_else(|| sniff::form(&text)) {
        Form::Json => read_json(&text, &media, limits, &mut warnings)?,
        Form::Html => (Dialect::Html, html::read(&text, record)?),
        Form::PlainText => (Dialect::PlainText, plain::read(text)),
        Form::Refused(kind) => return Err(unsupported(kind)),
    };
    warnings.append(&mut draft.warnings);
    draft.warnings = warnings;
    draft.identify(record, dialect, sha256_hex(&value))
}

fn read_json(
    text: &str,
    media: &MediaType,
    limits: &Limits,
    warnings: &mut Vec<Warning>,
) -> Result<(Dialect, Draft), Reject> {
    let start = text.trim_start();
    if start.starts_with('[') {
        return read_array(text, limits, warnings);
    }
    if !start.starts_with('{') {
        return Err(unsupported(json::scalar(start)?));
    }
    let object = json::parse_object(text, limits, warnings).map_err(|mut reject| {
        if media.form().is_none() {
            reject.detail.push_str("; a plain text that starts with a brace needs the header content-type: text/plain");
        }
        reject
    })?;
    if json_ld::is_document(&object) {
        return read_json_ld(Value::Object(object), "JSON-LD");
    }
    let fields = Fields::new(object);
    if let Some(kind) = feed(&fields) {
        return Err(unsupported(&kind));
    }
    let dialect = OBJECT_DIALECTS.iter().find(|dialect| (dialect.recognises)(&fields));
    let dialect = dialect.expect("the native dialect recognises every object");
    Ok((dialect.name, (dialect.read)(fields)))
}

/// An array is taken only if it is JSON-LD with one article: of any other, one record would be many.
fn read_array(text: &str, limits: &Limits, warnings: &mut Vec<Warning>) -> Result<(Dialect, Draft), Reject> {
    let items = json::parse_array(text, limits, warnings)?;
    let is_json_ld = items.iter().filter_map(Value::as_object).any(json_ld::is_document);
    if !is_json_ld {
        let count = items.len();
        let detail = format!("a JSON array of length {count}, where one record holds one article");
        return Err(unsupported(&detail));
    }
    read_json_ld(Value::Array(items), "a JSON-LD array")
}

/// What a whole feed is, as a JSON Feed or as feedparser gives it: many articles, or none.
fn feed(fields: &Fields) -> Option<String> {
    let length = |name: &str| fields.get(name)?.as_array().map(Vec::len);
    let version = fields.get("version").and_then(Value::as_str).unwrap_or_default();
    if let Some(count) = length("items").filter(|_| version.contains("jsonfeed.org/version/")) {
        return Some(format!("a JSON Feed of {count} items, where one record holds one"));
    }
    let count = length("entries").filter(|_| fields.get("feed").is_some_and(Value::is_object))?;
    Some(format!("a feed of {count} entries, where one record holds one"))
}

fn read_json_ld(value: Value, kind: &str) -> Result<(Dialect, Draft), Reject> {
    let mut document = json_ld::Document::default();
    document.add(value);
    match document.articles().len() {
        1 => {
            let draft = document.read(0).expect("it has one article");
            Ok((Dialect::JsonLd, draft))
        }
        0 => Err(unsupported(&format!("{kind} without an article"))),
        count => Err(unsupported(&format!("{kind} with {count} articles, where one record holds one"))),
    }
}

fn unsupported(kind: &str) -> Reject {
    Reject::new(RejectReason::Unsupported, format!("{kind}: this is not taken"))
}

fn sha256_hex(value: &[u8]) -> String {
    let mut hex = String::with_capacity(64);
    for byte in Sha256::digest(value) {
        write!(hex, "{byte:02x}").expect("writing to a string cannot fail");
    }
    hex
}

#[cfg(test)]
mod round_trip;
#[cfg(test)]
mod tests;
