//! An entry of an RSS or Atom feed as Python's feedparser has it, written as JSON.
//!
//! Its traps: titles are markup or text, and only `title_detail` says which; `summary` is the description where there is
//! a `content`, else all the text that the feed gives; an entry without an author has a list of one empty author. What
//! it says twice (`…_detail`, `…_parsed`) is read once and not carried on.

use serde_json::Value;

use super::Metadata;
use super::draft::Draft;
use super::fields::Fields;
use super::fragment;
use super::parsed::Body;
use super::reading::{Reading, stated, type_of};

const BODY: &[&str] = &["content", "summary"];

/// Keys that repeat others.
const REPEATED: &[&str] = &[
    "title_detail",
    "summary_detail",
    "rights_detail",
    "author_detail",
    "publisher_detail",
    "published_parsed",
    "updated_parsed",
    "created_parsed",
    "expired_parsed",
    "guidislink",
];

pub(super) fn recognises(fields: &Fields) -> bool {
    let parsed = ["title_detail", "summary_detail", "published_parsed", "updated_parsed", "guidislink"];
    let content = |value: &Value| value.as_array().is_some_and(|items| items.iter().any(|i| i.get("value").is_some()));
    parsed.iter().any(|name| fields.has(name)) || fields.get("content").is_some_and(content)
}

pub(super) fn read(mut fields: Fields) -> Draft {
    let is_plain = fields.get("title_detail").is_some_and(|detail| detail.get("type") == Some(&"text/plain".into()));
    let spoken = fields.get("content").and_then(|content| content.get(0)?.get("language")).cloned();
    if let Some(language) = spoken.filter(Value::is_string) {
        fields.carry("language", language);
    }
    fields.drop_repeated(REPEATED);
    let metadata = Metadata {
        authors: fields.list(&["authors", "author"], &[';']),
        published_at: fields.text_or_number(&["published", "created"]),
        modified_at: fields.text_or_number(&["updated"]),
        fetched_at: None,
        language: fields.language(&["language", "dc_language"]),
        publisher: fields.named(&["publisher"], "name").or_else(|| fields.named(&["source"], "title")),
        tags: tags(&mut fields),
        image: fields.take(&["image", "media_content", "media_thumbnail"], "a picture", image),
        rights: fields.line(&["rights", "license"]),
        version: None,
    };
    let source_id = fields.text_or_number(&["id", "guid"]);
    let url = fields.text(&["link", "feedburner_origlink"]);
    let title = if is_plain { fields.text(&["title"]) } else { fields.line(&["title"]) };
    let content = fields.take(&["content"], "a list of texts", content);
    let summary = fields.text(&["summary", "description"]);
    let (body, lede) = match (content, summary) {
        (None, summary) => (summary.map(|summary| fragment::body(&summary)), None),
        (content, summary) => (content, summary.map(|summary| fragment::line(&summary))),
    };
    let (ext, warnings) = fields.rest();
    Draft { source_id, url, title, lede, body, body_names: BODY, metadata, warnings, ext, ..Draft::default() }
}

/// The tags; gofeed, which writes entries alike, has them as categories.
fn tags(fields: &mut Fields) -> Vec<String> {
    let tags = fields.list_of(&["tags"], "term", &[';', ',']);
    if tags.is_empty() { fields.list(&["categories"], &[';', ',']) } else { tags }
}

/// The longest of the texts: a feed may give a teaser beside the article.
fn content(value: &Value) -> Reading<Body> {
    let items = match value {
        Value::Array(items) => items.as_slice(),
        Value::Null => return Reading::Absent,
        other => std::slice::from_ref(other),
    };
    let mut longest = Reading::Absent;
    let mut bytes = 0;
    for item in items {
        let (text, plain) = match item {
            Value::Object(detail) => (detail.get("value"), detail.get("type") == Some(&"text/plain".into())),
            other => (Some(other), false),
        };
        let Some(Value::String(text)) = text else {
            if matches!(longest, Reading::Absent) {
                longest = Reading::Unusable(type_of(item));
            }
            continue;
        };
        if text.len() > bytes {
            bytes = text.len();
            longest = stated(text).map(|text| if plain { Body::Text(text) } else { fragment::body(&text) });
        }
    }
    longest
}

/// The first picture of what the feed attaches; `image` may be its URL.
fn image(value: &Value) -> Reading<String> {
    let items = match value {
        Value::Array(items) => items.as_slice(),
        Value::Null => return Reading::Absent,
        other => std::slice::from_ref(other),
    };
    let url = |item: &Value| match item {
        Value::String(url) => Some(url.clone()),
        other => {
            let said = |name: &str| other.get(name).and_then(Value::as_str);
            let picture = said("medium").is_none_or(|medium| medium == "image")
                && said("type").is_none_or(|media_type| media_type.starts_with("image/"));
            said("url").or(said("href")).filter(|_| picture).map(str::to_owned)
        }
    };
    match items.iter().find_map(url) {
        Some(url) if items.len() == 1 => stated(&url),
        Some(url) => stated(&url).and_then(Reading::Besides),
        None => Reading::NotMeant,
    }
}
