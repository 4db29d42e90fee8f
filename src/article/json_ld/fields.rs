//! The fields of an article in JSON-LD become a draft.

use serde_json::Value;

use super::Nodes;
use crate::article::draft::Draft;
use crate::article::fields::Fields;
use crate::article::parsed::Body;
use crate::article::reading::{Reading, language, split, stated, type_of};
use crate::article::{Metadata, canonical_url, fragment, status};

/// Where the text of an article is looked for.
const BODY: &[&str] = &["articleBody", "text"];

/// Reads the fields of an article.
pub(super) fn read(mut fields: Fields, nodes: &Nodes) -> Draft {
    let mut tags = names(&mut fields, nodes, &["keywords"], &[';', ',']);
    tags.extend(names(&mut fields, nodes, &["articleSection"], &[';', ',']));
    let metadata = Metadata {
        authors: names(&mut fields, nodes, &["author", "creator"], &[';']),
        published_at: scalar(&mut fields, nodes, &["datePublished"]),
        modified_at: scalar(&mut fields, nodes, &["dateModified"]),
        fetched_at: None,
        language: fields.take(&["inLanguage"], "a language tag", |value| {
            first(nodes, value, &["@value", "alternateName", "identifier", "name"]).and_then(|text| language(&text))
        }),
        publisher: names(&mut fields, nodes, &["publisher", "sourceOrganization", "provider"], &[]).into_iter().next(),
        tags,
        image: fields.take(&["image", "thumbnailUrl"], "a URL or a picture", |value| image(nodes, value)),
        rights: fields.take(&["license", "usageInfo", "copyrightNotice"], "text or a licence", |value| {
            first(nodes, value, &["@value", "url", "@id", "name"])
        }),
        version: scalar(&mut fields, nodes, &["version"]),
    };
    let source_id = fields.take(&["@id", "identifier"], "text or a number", |value| identifier(nodes, value));
    let url = fields.take(&["url"], "a URL", |value| first(nodes, value, &["@value", "@id", "url"]));
    let page = |value: &Value| match first(nodes, value, &["url", "@id"]) {
        Reading::Found(url) if canonical_url(&url).is_some() => Reading::Found(url),
        _ => Reading::NotMeant,
    };
    let url = url.or_else(|| fields.take(&["mainEntityOfPage"], "a URL", page));
    let title = line(&mut fields, nodes, &["headline", "name"]);
    let lede = line(&mut fields, nodes, &["description", "abstract"]);
    let body = fields.take(BODY, "text", |value| body(nodes, value));
    let body = body.or_else(|| fields.take(&["liveBlogUpdate"], "a list of updates", |value| updates(nodes, value)));
    let retracted = status::is_retracted(&mut fields, &["creativeWorkStatus"]);
    let (ext, warnings) = fields.rest();
    Draft { source_id, url, title, lede, body, body_names: BODY, metadata, retracted, warnings, ext }
}

/// A text or a number: of a value itself, of the first of `members` that an object has, or of the first item of a list
/// that says something.
fn first(nodes: &Nodes, value: &Value, members: &[&str]) -> Reading<String> {
    let mut reading = Reading::Absent;
    for node in nodes.values(value) {
        reading = match node {
            Value::String(text) => stated(text),
            Value::Number(number) => Reading::Found(number.to_string()),
            Value::Null => Reading::Absent,
            Value::Object(object) => match members.iter().find_map(|member| object.get(*member)) {
                Some(Value::String(text)) => stated(text),
                Some(Value::Number(number)) => Reading::Found(number.to_string()),
                Some(Value::Null) => Reading::Absent,
                Some(other) => Reading::Unusable(type_of(other)),
                None => Reading::Unusable("an object"),
            },
            Value::Bool(_) | Value::Array(_) => Reading::Unusable(type_of(node)),
        };
        if matches!(reading, Reading::Found(_)) {
            break;
        }
    }
    reading
}

fn scalar(fields: &mut Fields, nodes: &Nodes, names: &[&str]) -> Option<String> {
    fields.take(names, "text or a number", |value| first(nodes, value, &["@value"]))
}

/// A short text, which content management systems often leave with the markup or the references of their pages.
fn line(fields: &mut Fields, nodes: &Nodes, names: &[&str]) -> Option<String> {
    fields.take(names, "text", |value| match first(nodes, value, &["@value"]) {
        Reading::Found(text) => stated(&fragment::line(&text)),
        other => other,
    })
}

/// Names: texts, or nodes with a name. A text may hold several, parted by the first of `separators` that it holds. A URL
/// is no name.
fn names(fields: &mut Fields, nodes: &Nodes, names: &[&str], separators: &[char]) -> Vec<String> {
    let read = |value: &Value| {
        let (mut found, mut oddity) = (Vec::new(), None);
        for node in nodes.values(value) {
            match first(nodes, node, &["name", "@value"]) {
                Reading::Found(text) if text.contains("://") => oddity = oddity.or(Some("a URL")),
                Reading::Found(text) => found.extend(split(&fragment::line(&text), separators)),
                Reading::Unusable(what) => oddity = oddity.or(Some(what)),
                _ => {}
            }
        }
        Reading::of_list(found, oddity)
    };
    fields.take(names, "text or a list of names", read).unwrap_or_default()
}

/// The URL of a picture. One that comes with a caption or a credit stays, since these were never in the body.
fn image(nodes: &Nodes, value: &Value) -> Reading<String> {
    let bare = |node: &&Value| {
        let known = ["@id", "@type", "contentUrl", "height", "url", "width"];
        node.as_object().is_none_or(|object| object.keys().all(|key| known.contains(&key.as_str())))
    };
    match first(nodes, value, &["url", "contentUrl", "@id"]) {
        Reading::Found(url) if !nodes.values(value).iter().all(bare) => Reading::Besides(url),
        other => other,
    }
}

/// The name of the article: not that of a node in a page without a path (`https://news.example/#article`), which every
/// article of the site may have.
fn identifier(nodes: &Nodes, value: &Value) -> Reading<String> {
    match first(nodes, value, &["value", "@value", "@id"]) {
        Reading::Found(id) if id.starts_with(['#', '_']) => Reading::NotMeant,
        Reading::Found(id) => match canonical_url(&id) {
            Some(url) if url.ends_with('/') && url.matches('/').count() == 3 => Reading::NotMeant,
            _ => Reading::Found(id),
        },
        other => other,
    }
}

/// The text: one, or a list of paragraphs.
fn body(nodes: &Nodes, value: &Value) -> Reading<Body> {
    let items = match value {
        Value::Array(items) => items.as_slice(),
        other => std::slice::from_ref(other),
    };
    let (mut parts, mut oddity) = (Vec::new(), None);
    for item in items {
        match first(nodes, item, &["@value"]) {
            Reading::Found(text) => parts.push(fragment::body(&text)),
            Reading::Unusable(what) => oddity = oddity.or(Some(what)),
            _ => {}
        }
    }
    joined(parts, oddity)
}

/// The text of a live blog: each update's headline and text, in the order in which they stand.
fn updates(nodes: &Nodes, value: &Value) -> Reading<Body> {
    let mut parts = Vec::new();
    for node in nodes.values(value) {
        let Some(update) = node.as_object() else { continue };
        let headline = update.get("headline").map(|headline| first(nodes, headline, &["@value"]));
        if let Some(Reading::Found(headline)) = headline {
            parts.push(Body::Text(fragment::line(&headline)));
        }
        if let Some(Reading::Found(text)) = update.get("articleBody").map(|text| body(nodes, text)) {
            parts.push(text);
        }
    }
    joined(parts, None)
}

fn joined(parts: Vec<Body>, oddity: Option<&'static str>) -> Reading<Body> {
    Reading::of_list(parts, oddity).and_then(|parts| match (Body::concat(parts), oddity) {
        (Some(body), None) => Reading::Found(body),
        (Some(body), Some(oddity)) => Reading::Partly(body, oddity),
        (None, _) => Reading::Absent,
    })
}
