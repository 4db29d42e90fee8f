//! The native dialect: a JSON object with the field names of the contract, or a common spelling of them.
//!
//! Not read, on purpose: `source` as a URL (one scraper means the article, another the original that it was taken
//! from), and anything that might be the time of the crawl as a time of publication. What is not listed here goes out
//! in `ext` as it came in.

use serde_json::Value;

use super::draft::Draft;
use super::fields::Fields;
use super::parsed::Body;
use super::reading::{Reading, list_in, name_in, only, stated, type_of};
use super::sniff::{self, Form};
use super::{Metadata, fragment, status};

/// Where the text of an article is looked for, in this order.
pub(super) const BODY: &[&str] =
    &["body", "text", "content", "article_body", "text_content", "cleaned_text", "full_text"];

/// Other names of each field, the contract's own first. Beside names that anybody would choose they are those of
/// Diffbot, Goose, Mercury, NewsAPI, newspaper, Readability and Zyte. `docs/event-contract.md` has all of them.
const ID: &[&str] = &["id", "guid"];
const URL: &[&str] = &["url", "link", "canonical_url", "canonical_link", "permalink", "page_url"];
const TITLE: &[&str] = &["title", "headline"];
const LEDE: &[&str] = &["lede", "description", "summary", "excerpt", "dek", "meta_description"];
const AUTHORS: &[&str] = &["authors", "author", "byline"];
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
        authors: fields.list(AUTHORS, &[';']),
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
    let title = fields.text(TITLE);
    let lede = fields.text(LEDE);
    let body = fields.take(BODY, "text or a list of paragraphs", body);
    let retracted = status::is_retracted(&mut fields, STATUS);
    let (ext, warnings) = fields.rest();
    Draft { source_id, url, title, lede, body, body_names: BODY, metadata, retracted, warnings, ext }
}

/// The text, or the paragraphs of a list. What starts as markup is read as such: many scrapers hand on the element that
/// holds the article.
fn body(value: &Value) -> Reading<Body> {
    let text = match only(value) {
        Value::String(text) => stated(text),
        Value::Null => Reading::Absent,
        Value::Array(_) => list_in(value, "text", &[]).map(|paragraphs| paragraphs.join("\n\n")),
        other => Reading::Unusable(type_of(other)),
    };
    let is_markup = |text: &str| text.starts_with('<') && sniff::form(text) == Form::Html;
    text.map(|text| if is_markup(&text) { fragment::body_of_markup(&text) } else { Body::Text(text) })
        .filter(|body| !body.is_empty())
}

/// `source` where it is the name of an outlet.
fn provider(fields: &mut Fields) -> Option<String> {
    fields.take(&["source"], "the name of an outlet", |value| match name_in(value, "name") {
        Reading::Found(name) if !name.contains("://") && !name.starts_with("www.") => Reading::Found(name),
        Reading::Absent => Reading::Absent,
        _ => Reading::NotMeant,
    })
}
