//! What fundus writes with `Article.to_json`.
//!
//! Its defaults have neither URL nor language nor publisher: the `url` header or the record key names the article then.
//! Captions and credits of its pictures never stood in the body, so they are no furniture of it: a picture that has one
//! is carried through whole. `free_access` is no licence, but all that fundus knows of rights, and says so in its name.

use serde_json::{Map, Value};

use super::Metadata;
use super::draft::Draft;
use super::fields::Fields;
use super::parsed::Body;
use super::reading::{Reading, stated, type_of};

const BODY: &[&str] = &["body.sections", "plaintext"];

pub(super) fn recognises(fields: &Fields) -> bool {
    let sections = |body: &Value| body.get("sections").is_some_and(Value::is_array);
    let of_fundus = fields.has("publishing_date") || fields.has("free_access");
    fields.get("body").is_some_and(sections) || (of_fundus && (fields.has("plaintext") || fields.has("topics")))
}

pub(super) fn read(mut fields: Fields) -> Draft {
    // The object is looked at twice, and stays for the second look.
    let lede = fields.take(&["body"], "an object with sections", |body| match body.get("summary").map(texts) {
        Some(Reading::Found(texts) | Reading::Partly(texts, _)) => Reading::Besides(texts.join(" ")),
        _ => Reading::NotMeant,
    });
    let body = fields.take(&["body"], "an object with sections", body);
    let metadata = Metadata {
        authors: fields.list(&["authors"], &[';']),
        published_at: fields.text_or_number(&["publishing_date"]),
        modified_at: None,
        fetched_at: None,
        language: fields.language(&["lang", "language"]),
        publisher: fields.named(&["publisher"], "name"),
        tags: fields.list(&["topics"], &[';', ',']),
        image: fields.take(&["images"], "a list of pictures", image),
        rights: fields.take(&["free_access"], "a boolean", |value| match value {
            Value::Bool(free) => Reading::Found(format!("free_access: {free}")),
            Value::Null => Reading::Absent,
            other => Reading::Unusable(type_of(other)),
        }),
        version: None,
    };
    let url = fields.text(&["url"]);
    let title = fields.text(&["title"]);
    let body = body.or_else(|| fields.text(&["plaintext"])).map(Body::Text);
    let (ext, warnings) = fields.rest();
    Draft { url, title, lede, body, body_names: BODY, metadata, warnings, ext, ..Draft::default() }
}

/// Each section's headline and paragraphs. An error or a null stands where a parser failed; `plaintext` may help then.
fn body(value: &Value) -> Reading<String> {
    let sections = match value {
        Value::Object(body) => body.get("sections").unwrap_or(&Value::Null),
        Value::Null => return Reading::Absent,
        other => return Reading::Unusable(type_of(other)),
    };
    let Value::Array(sections) = sections else { return Reading::Unusable(type_of(sections)) };
    let (mut paragraphs, mut oddity) = (Vec::new(), None);
    for section in sections {
        for part in ["headline", "paragraphs"] {
            match section.get(part).map_or(Reading::Absent, texts) {
                Reading::Found(found) => paragraphs.extend(found),
                Reading::Partly(found, what) => {
                    paragraphs.extend(found);
                    oddity = oddity.or(Some(what));
                }
                Reading::Unusable(what) => oddity = oddity.or(Some(what)),
                Reading::Besides(_) | Reading::Absent | Reading::NotMeant => {}
            }
        }
    }
    Reading::of_list(paragraphs, oddity).map(|paragraphs| paragraphs.join("\n\n"))
}

fn texts(value: &Value) -> Reading<Vec<String>> {
    let (mut texts, mut oddity) = (Vec::new(), None);
    let items = match value {
        Value::Array(items) => items.as_slice(),
        Value::Null => return Reading::Absent,
        other => std::slice::from_ref(other),
    };
    for item in items {
        match item {
            Value::String(text) => match stated(text) {
                Reading::Found(text) => texts.push(text),
                _ => continue,
            },
            Value::Null => {}
            other => oddity = oddity.or(Some(type_of(other))),
        }
    }
    Reading::of_list(texts, oddity)
}

/// The largest version of the cover, or of the first picture if none is one.
fn image(value: &Value) -> Reading<String> {
    let images = match value {
        Value::Array(images) => images,
        Value::Null => return Reading::Absent,
        other => return Reading::Unusable(type_of(other)),
    };
    if images.is_empty() {
        return Reading::Absent;
    }
    let is_cover = |image: &&Value| image.get("is_cover") == Some(&Value::Bool(true));
    let cover = images.iter().find(is_cover).or(images.first()).and_then(|image| image.get("versions"));
    let versions = cover.and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_object);
    let urls = versions.filter_map(|version| Some((width(version), version.get("url")?.as_str()?)));
    // Among equals the last: fundus sorts them, the best at the end.
    match urls.max_by(|a, b| a.0.total_cmp(&b.0)) {
        Some((_, url)) if images.len() == 1 && images.iter().all(is_bare) => stated(url),
        Some((_, url)) => stated(url).and_then(Reading::Besides),
        None => Reading::Unusable("a picture without a URL"),
    }
}

/// A version's width in pixels: its own, or that of the screen that it is meant for.
fn width(version: &Map<String, Value>) -> f64 {
    let number = |value: &Value| value.as_f64().or_else(|| value.as_str()?.trim().parse().ok());
    let size = version.get("size").and_then(|size| number(size.get("width")?));
    size.or_else(|| number(version.get("query_width")?)).filter(|width| width.is_finite()).unwrap_or(0.0)
}

/// Whether a picture comes without a caption, a description and a credit.
fn is_bare(image: &Value) -> bool {
    let says = |name: &str| match image.get(name) {
        Some(Value::String(text)) => !text.trim().is_empty(),
        Some(Value::Array(items)) => !items.is_empty(),
        _ => false,
    };
    !["caption", "description", "authors"].iter().any(|name| says(name))
}
