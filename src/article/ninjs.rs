//! The IPTC's ninjs, 1.x to 3.x, as agencies send it, and Superdesk's own form of it.
//!
//! Version 1 has a key for each text (`headline`, `body_text`, `body_xhtml`, or any `body_…` of the agency's own), objects by
//! name (`renditions`, `associations`); versions 2 and 3 have lists of texts with a role and a media type (`headlines`,
//! `bodies`) and of the rest; version 3 writes its keys in camel case. Names match in any case, so one reader does for all.
//!
//! Its traps: `uri` and `guid` are URNs as often as URLs, and neither need be the page's; `source` is a provider; `place`,
//! `person` and their like are the agency's own tags, carried through and not taken for keywords; associated pictures
//! and their captions never stood in the body, so they are carried through whole.

use serde_json::Value;

use super::draft::Draft;
use super::fields::Fields;
use super::parsed::Body;
use super::reading::{Reading, member, name_in, stated, type_of};
use super::{Metadata, canonical_url, fragment, status};

/// Where the text of an article is looked for.
const BODY: &[&str] = &["body_text", "body_html", "body_xhtml", "bodies"];

/// Keys that ninjs has and others rarely. Two of them make an object ninjs.
const MARKS: &[&str] = &[
    "associations",
    "bodies",
    "body_html",
    "body_text",
    "body_xhtml",
    "byline",
    "contentcreated",
    "copyrightholder",
    "copyrightnotice",
    "description_html",
    "description_text",
    "descriptions",
    "firstcreated",
    "firstpublished",
    "headlines",
    "infosources",
    "pubstatus",
    "renditions",
    "slugline",
    "uri",
    "urgency",
    "usageterms",
    "versioncreated",
];

pub(super) fn recognises(fields: &Fields) -> bool {
    // An object that has a native text keeps it: these keys may be an agency's own beside it.
    let native = ["body", "text", "content"].iter().any(|name| fields.get(name).is_some_and(Value::is_string));
    !native && MARKS.iter().filter(|mark| fields.has(mark)).nth(1).is_some()
}

pub(super) fn read(mut fields: Fields) -> Draft {
    let mut tags = fields.list(&["keywords"], &[';', ',']);
    tags.extend(fields.list(&["subject", "subjects"], &[]));
    let authors = fields.list(&["authors"], &[';']);
    let metadata = Metadata {
        authors: if authors.is_empty() { fields.list(&["byline", "by"], &[';']) } else { authors },
        published_at: fields.text_or_number(&["firstpublished", "firstcreated"]),
        modified_at: fields.text_or_number(&["versioncreated"]),
        fetched_at: None,
        language: fields.language(&["language"]),
        publisher: publisher(&mut fields),
        tags,
        image: image(&mut fields),
        rights: fields.line(&["usageterms", "copyrightnotice"]),
        version: fields.text_or_number(&["version"]),
    };
    let (source_id, url) = names(&mut fields);
    let title = fields.line(&["headline", "headline_main"]).or_else(|| one_of(&mut fields, "headlines", is_main));
    let title = title.or_else(|| fields.line(&["title"]));
    let lede = fields.line(&["description_text", "description_html", "description_xhtml", "abstract"]);
    let lede = lede.or_else(|| one_of(&mut fields, "descriptions", is_plain));
    let body = body(&mut fields);
    let retracted = status::is_retracted(&mut fields, &["pubstatus"]);
    let (ext, warnings) = fields.rest();
    Draft { source_id, url, title, lede, body, body_names: BODY, metadata, retracted, warnings, ext }
}

/// The identifier and the URL. `guid` and `uri` may be either; what is neither is carried through.
fn names(fields: &mut Fields) -> (Option<String>, Option<String>) {
    let own = fields.text(&["url", "canonical_url"]);
    let (uri, guid) = (fields.text(&["uri"]), fields.text_or_number(&["guid"]));
    let is_url = |name: &&String| canonical_url(name).is_some();
    let url = own.or_else(|| uri.iter().chain(&guid).find(is_url).cloned());
    if let (Some(guid), Some(uri)) = (&guid, &uri)
        && guid != uri
        && url.as_ref() != Some(uri)
    {
        fields.carry("uri", uri.as_str().into());
    }
    (guid.or(uri), url)
}

/// The provider. `source` as a URL says where the item came from, not who published it.
fn publisher(fields: &mut Fields) -> Option<String> {
    let source = fields.take(&["source"], "the name of a provider", |value| match name_in(value, "name") {
        Reading::Found(name) if name.contains("://") => Reading::NotMeant,
        other => other,
    });
    source.or_else(|| fields.list(&["infosources", "infosource"], &[]).into_iter().next())
}

/// The text. A plain one comes first, unless it is a single line and the same stands there with markup: agencies that
/// join their paragraphs for the plain one keep them in the other.
fn body(fields: &mut Fields) -> Option<Body> {
    let one_line = |value: &Value| value.as_str().is_some_and(is_one_line);
    let marked = fields.get("body_text").is_some_and(one_line);
    let names =
        if marked { ["body_html", "body_xhtml", "body_text"] } else { ["body_text", "body_html", "body_xhtml"] };
    let text = |value: &Value, plain: bool| match value {
        Value::String(text) if plain => stated(text).map(Body::Text),
        Value::String(text) => stated(text).map(|text| fragment::body(&text)).filter(|body| !body.is_empty()),
        Value::Null => Reading::Absent,
        other => Reading::Unusable(type_of(other)),
    };
    let keyed = names.iter().find_map(|name| fields.take(&[name], "text", |value| text(value, *name == "body_text")));
    let listed = keyed.or_else(|| fields.take(&["bodies"], "a list of texts", bodies));
    listed.or_else(|| {
        let own = fields.starting_with("body_");
        own.iter().find_map(|name| fields.take(&[name.as_str()], "text", |value| text(value, false)))
    })
}

fn is_one_line(text: &str) -> bool {
    !text.trim().contains('\n')
}

/// The text of `bodies`: the main one or the first, by the rule of [`body`].
fn bodies(value: &Value) -> Reading<Body> {
    let Value::Array(items) = value else { return Reading::Unusable(type_of(value)) };
    let said = |item: &Value| item.as_object().and_then(|body| member(body, "value")?.as_str().map(str::to_owned));
    let texts: Vec<(String, bool)> = items.iter().filter_map(|item| Some((said(item)?, is_plain(item)))).collect();
    let main = items.iter().filter(|item| said(item).is_some()).position(is_main).unwrap_or(0);
    let Some((text, plain)) = texts.get(main) else {
        return if items.is_empty() { Reading::Absent } else { Reading::Unusable("a list without texts") };
    };
    if *plain && is_one_line(text) {
        let marked = texts.iter().filter(|(_, plain)| !plain).map(|(text, _)| fragment::body(text));
        // Blanks between paragraphs do not count in blocks; a teaser is far shorter.
        if let Some(marked) = marked.max_by_key(Body::len).filter(|marked| marked.len() >= text.len() / 10 * 9) {
            return Reading::Found(marked);
        }
    }
    stated(text).map(|text| if *plain { Body::Text(text) } else { fragment::body(&text) })
}

/// A short text of a list of texts: the first that is `preferred`, else the first.
fn one_of(fields: &mut Fields, name: &str, preferred: fn(&Value) -> bool) -> Option<String> {
    fields.take(&[name], "a list of texts", |value| {
        let Value::Array(items) = value else { return Reading::Unusable(type_of(value)) };
        let item = items.iter().find(|item| preferred(item)).or(items.first());
        let text = item.map_or(Reading::Absent, |item| name_in(item, "value"));
        let text = text.and_then(|text| stated(&fragment::line(&text)));
        if items.len() > 1 { text.and_then(Reading::Besides) } else { text }
    })
}

fn is_main(item: &Value) -> bool {
    item.as_object().and_then(|item| member(item, "role")) == Some(&"main".into())
}

/// Whether a text says that it is plain; version 2 writes `contenttype`, version 3 `contentType`.
fn is_plain(item: &Value) -> bool {
    let media_type = item.as_object().and_then(|item| member(item, "contenttype")).and_then(Value::as_str);
    media_type.is_some_and(|media_type| media_type.starts_with("text/plain"))
}

/// The widest picture of the item's own renditions, else of the first picture that is associated with it. Both stay.
fn image(fields: &mut Fields) -> Option<String> {
    let own = |value: &Value| match widest(value) {
        Some(href) => Reading::Besides(href),
        None => Reading::NotMeant,
    };
    let associated = |value: &Value| {
        let pictures = members(value).into_iter().filter(|item| item.get("type").is_none_or(|kind| *kind == "picture"));
        let mut hrefs = pictures.filter_map(|item| widest(item.get("renditions")?));
        hrefs.next().map_or(Reading::NotMeant, Reading::Besides)
    };
    let image = fields.take(&["renditions"], "renditions", own);
    image.or_else(|| fields.take(&["associations"], "associations", associated))
}

fn widest(renditions: &Value) -> Option<String> {
    let pictures = members(renditions).into_iter().filter_map(Value::as_object).filter(|rendition| {
        let media_type = ["mimetype", "contenttype"].iter().find_map(|name| member(rendition, name)?.as_str());
        media_type.is_none_or(|media_type| media_type.starts_with("image/"))
    });
    let sized = pictures.filter_map(|rendition| {
        let width = member(rendition, "width").and_then(Value::as_f64).filter(|width| width.is_finite());
        Some((width.unwrap_or(0.0), member(rendition, "href")?.as_str()?))
    });
    // Among equals the first: agencies list the main rendition before its crops.
    let best = sized.reduce(|best, next| if next.0 > best.0 { next } else { best });
    best.map(|(_, href)| href.to_owned())
}

/// The members of an object by name, or of a list.
fn members(value: &Value) -> Vec<&Value> {
    match value {
        Value::Object(named) => named.values().collect(),
        Value::Array(items) => items.iter().collect(),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => Vec::new(),
    }
}
