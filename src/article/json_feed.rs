//! An item of a JSON Feed, version 1.0 or 1.1 (<https://www.jsonfeed.org/version/1.1/>).
//!
//! `external_url` is another page that the item is about and never its own; attachments and the extensions under `_…` are
//! carried through. The text with markup comes first: it has paragraphs and captions, where the plain one may have none.

use super::Metadata;
use super::draft::Draft;
use super::fields::Fields;
use super::fragment;
use super::parsed::Body;

const BODY: &[&str] = &["content_html", "content_text"];

pub(super) fn recognises(fields: &Fields) -> bool {
    BODY.iter().any(|name| fields.has(name))
}

pub(super) fn read(mut fields: Fields) -> Draft {
    let metadata = Metadata {
        authors: fields.list(&["authors", "author"], &[';']),
        published_at: fields.text_or_number(&["date_published"]),
        modified_at: fields.text_or_number(&["date_modified"]),
        fetched_at: None,
        language: fields.language(&["language"]),
        publisher: fields.named(&["publisher"], "name"),
        tags: fields.list(&["tags"], &[';', ',']),
        image: fields.text(&["image", "banner_image"]),
        rights: None,
        version: None,
    };
    let source_id = fields.text_or_number(&["id"]);
    let url = fields.text(&["url"]);
    let title = fields.text(&["title"]);
    let lede = fields.text(&["summary"]);
    let html = fields.text(&["content_html"]).map(|html| fragment::body_of_markup(&html));
    let body = html.filter(|body| !body.is_empty()).or_else(|| fields.text(&["content_text"]).map(Body::Text));
    let (ext, warnings) = fields.rest();
    Draft { source_id, url, title, lede, body, body_names: BODY, metadata, warnings, ext, ..Draft::default() }
}
