//! What trafilatura writes with `--json`, and what its `Document.as_dict` gives.
//!
//! Its traps: `source` is the article's own URL; `source-hostname` is the site's name, `hostname` its host; `text` holds
//! Markdown for tables, and for links and pictures where these were asked for; `raw_text` is the text once more, without its lines;
//! `comments` are the readers' and no part of the article, so they are carried through as they are.

use super::Metadata;
use super::draft::Draft;
use super::fields::Fields;
use super::markdown;
use super::parsed::Body;

const BODY: &[&str] = &["text"];

pub(super) fn recognises(fields: &Fields) -> bool {
    fields.has("source-hostname") || (fields.has("raw_text") && (fields.has("fingerprint") || fields.has("comments")))
}

pub(super) fn read(mut fields: Fields) -> Draft {
    fields.drop_repeated(&["raw_text"]);
    let mut tags = fields.list(&["categories"], &[';', ',']);
    tags.extend(fields.list(&["tags"], &[';', ',']));
    let metadata = Metadata {
        authors: fields.list(&["author"], &[';']),
        published_at: fields.text_or_number(&["date"]),
        modified_at: None,
        fetched_at: fields.text_or_number(&["filedate"]),
        language: fields.language(&["language"]),
        publisher: fields.text(&["source-hostname", "sitename", "hostname"]),
        tags,
        image: fields.text(&["image"]),
        rights: fields.text(&["license"]),
        version: None,
    };
    let source_id = fields.text_or_number(&["id"]);
    let url = fields.text(&["source", "url"]);
    let title = fields.text(&["title"]);
    let lede = fields.text(&["excerpt", "description"]);
    let body = fields.text(BODY).map(|text| Body::Text(markdown::text(&text)));
    let (ext, warnings) = fields.rest();
    Draft { source_id, url, title, lede, body, body_names: BODY, metadata, warnings, ext, ..Draft::default() }
}
