//! The native dialect: a JSON object with the field names of the contract, or a common spelling of them.
//!
//! Not read, on purpose: `source` as a URL (one scraper means the article, another the original that it was taken
//! from), and anything that might be the time of the crawl as a time of publication. What is not listed here goes out
//! in `ext` as it came in.

use serde::de::IgnoredAny;
use serde_json::Value;

use super::draft::Draft;
use super::fields::Fields;
use super::parsed::Body;
use super::reading::{Reading, list_in, name_in, only, stated, type_of};
use super::sniff::{self, Form};
use super::{Metadata, fragment, markdown, status};

/// Where the text of an article is looked for, in this order.
pub(super) const BODY: &[&str] = &[
    "body",
    "text",
    "content:encoded",
    "content",
    "article_body",
    "text_content",
    "cleaned_text",
    "full_text",
    "markdown",
];

/// Other names of each field, the contract's own first. Beside names that anybody would choose they are those of
/// Diffbot, Firecrawl, Goose, Mercury, NewsAPI, newspaper, Readability, rss-parser and Zyte. `docs/event-contract.md` has
/// all of them.
const ID: &[&str] = &["id", "guid"];
const URL: &[&str] = &["url", "link", "canonical_url", "canonical_link", "permalink", "page_url"];
const TITLE: &[&str] = &["title", "headline"];
const LEDE: &[&str] = &["lede", "description", "summary", "excerpt", "dek", "meta_description"];
const AUTHORS: &[&str] = &["authors", "author", "byline", "creator", "dc:creator"];
const PUBLISHED_AT: &[&str] = &[
    "published_at",
    "published",
    "date_published",
    "publish_date",
    "published_date",
    "published_time",
    "publication_date",
    "pub_date",
    "date",
];
const MODIFIED_AT: &[&str] = &["modified_at", "modified", "date_modified", "updated_at", "updated", "last_modified"];
const FETCHED_AT: &[&str] = &["fetched_at", "crawled_at", "scraped_at", "downloaded_at", "retrieved_at"];
const LANGUAGE: &[&str] = &["language", "lang", "in_language", "meta_lang"];
const PUBLISHER: &[&str] = &["publisher", "site_name", "media_name", "meta_site_name"];
const TAGS: &[&str] = &["tags", "keywords", "topics", "categories"];
const IMAGE: &[&str] = &["image", "image_url", "main_image", "lead_image_url", "url_to_image", "top_image", "meta_img"];
const RIGHTS: &[&str] = &["rights", "license", "licence", "copyright"];
const STATUS: &[&str] = &["status", "pubstatus"];
const VERSION: &[&str] = &["version", "revision"];

/// All of them, for the page that tells them.
#[cfg(test)]
pub(super) const NAMES: &[&[&str]] = &[
    ID,
    URL,
    TITLE,
    BODY,
    LEDE,
    AUTHORS,
    PUBLISHED_AT,
    MODIFIED_AT,
    FETCHED_AT,
    LANGUAGE,
    PUBLISHER,
    TAGS,
    IMAGE,
    RIGHTS,
    STATUS,
    VERSION,
];

/// Reads the fields of a native article.
pub(super) fn read(mut fields: Fields) -> Draft {
    let metadata = Metadata {
        authors: fields.list(AUTHORS, &[';']).into_iter().map(line).collect(),
        published_at: fields.text_or_number(PUBLISHED_AT),
        modified_at: fields.text_or_number(MODIFIED_AT),
        fetched_at: fields.text_or_number(FETCHED_AT),
        language: fields.language(LANGUAGE),
        publisher: fields.named(PUBLISHER, "name").or_else(|| provider(&mut fields)),
        tags: fields.list(TAGS, &[';', ',']),
        image: fields.named(IMAGE, "url"),
        rights: fields.text(RIGHTS),
        version: fields.text_or_number(VERSION),
    };
    let source_id = fields.text_or_number(ID);
    let url = fields.text(URL);
    let title = fields.text(TITLE).map(line);
    let lede = fields.text(LEDE).map(line);
    let body = fields.take(BODY, "text or a list of paragraphs", body);
    let retracted = status::is_retracted(&mut fields, STATUS);
    let (ext, warnings) = fields.rest();
    Draft { source_id, url, title, lede, body, body_names: BODY, metadata, retracted, warnings, ext }
}

/// A short field without the tags of markup, if it has any: an end tag tells. What else stands in it is text.
fn line(field: String) -> String {
    if field.contains("</") { fragment::line(&field) } else { field }
}

/// The text, or the paragraphs of a list. What starts as markup, or has paragraphs or line breaks of it, is read as such:
/// many scrapers hand on the element that holds the article.
fn body(value: &Value) -> Reading<Body> {
    let text = match only(value) {
        Value::String(text) if is_json(text) => Reading::Unusable("JSON within text"),
        Value::String(text) => stated(text),
        Value::Null => Reading::Absent,
        Value::Array(pieces) if is_inline(pieces) => list_in(value, "text", &[]).and_then(|_| stated(&joined(pieces))),
        Value::Array(_) => list_in(value, "text", &[]).map(|paragraphs| paragraphs.join("\n\n")),
        other => Reading::Unusable(type_of(other)),
    };
    let is_markup = |text: &str| {
        (text.starts_with('<') && sniff::form(text) == Form::Html)
            || ["</p>", "<br>", "<br/>", "<br />"].iter().any(|tag| text.contains(tag))
    };
    let read = |text: String| match is_markup(&text) {
        true => fragment::body_of_markup(&text),
        false => Body::Text(markdown::text(&text)),
    };
    text.map(read).filter(|body| !body.is_empty())
}

/// Whether a text is JSON once more: an envelope, whose keys are no prose.
fn is_json(text: &str) -> bool {
    let text = text.trim();
    text.starts_with('{') && text.ends_with('}') && serde_json::from_str::<IgnoredAny>(text).is_ok()
}

/// Whether a list is one text in pieces, as an export of Telegram has it: plain ones beside such as say how they look.
fn is_inline(pieces: &[Value]) -> bool {
    let is_styled = |piece: &Value| piece.get("type").is_some() && piece.get("text").is_some();
    pieces.iter().any(Value::is_string) && pieces.iter().any(is_styled)
}

fn joined(pieces: &[Value]) -> String {
    pieces.iter().filter_map(|piece| piece.as_str().or_else(|| piece.get("text")?.as_str())).collect()
}

/// `source` where it is the name of an outlet.
fn provider(fields: &mut Fields) -> Option<String> {
    fields.take(&["source"], "the name of an outlet", |value| match name_in(value, "name") {
        Reading::Found(name) if !name.contains("://") && !name.starts_with("www.") => Reading::Found(name),
        Reading::Absent => Reading::Absent,
        _ => Reading::NotMeant,
    })
}
