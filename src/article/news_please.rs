//! What news-please writes: the files of its crawler, `NewsArticle.get_serializable_dict` and what its CC-NEWS crawler keeps.
//!
//! Its traps: `None` is a word there for nothing; every time is naive, that of the download in the time zone of the
//! crawler; `date_modify` is the time of the crawl as well, unless a later crawl found the page changed; `title_rss` is
//! the feed's headline, read where the page gave none, and `NULL` where no feed was read; `title_page` is the content
//! of `<title>`, with the site's name in it, which is no headline.

use serde_json::Value;

use super::Metadata;
use super::draft::Draft;
use super::fields::Fields;
use super::parsed::Body;
use super::reading::{Reading, stated, type_of};

const BODY: &[&str] = &["maintext", "text"];

/// `maintext` is a word of its own; the others tell an article whose text is missing.
pub(super) fn recognises(fields: &Fields) -> bool {
    fields.has("maintext") || (fields.has("date_download") && fields.has("source_domain"))
}

pub(super) fn read(mut fields: Fields) -> Draft {
    let url = fields.text(&["url"]);
    // Where a page names no picture, its own URL stands in this field.
    let image = fields.take(&["image_url"], "text", |value| match value {
        Value::String(text) if Some(text) == url.as_ref() => Reading::NotMeant,
        Value::String(text) => stated(text),
        Value::Null => Reading::Absent,
        other => Reading::Unusable(type_of(other)),
    });
    let fetched_at = fields.text_or_number(&["date_download"]);
    let metadata = Metadata {
        authors: fields.list(&["authors"], &[';']),
        published_at: fields.text_or_number(&["date_publish"]),
        modified_at: fields.text_or_number(&["date_modify"]).filter(|at| Some(at) != fetched_at.as_ref()),
        fetched_at,
        language: fields.language(&["language"]),
        publisher: fields.text(&["source_domain"]),
        tags: Vec::new(),
        image,
        rights: None,
        version: None,
    };
    let title = fields.text(&["title", "title_rss"]).filter(|title| title != "NULL");
    let lede = fields.text(&["description"]);
    let body = fields.text(BODY).map(Body::Text);
    let (ext, warnings) = fields.rest();
    Draft { url, title, lede, body, body_names: BODY, metadata, warnings, ext, ..Draft::default() }
}
