//! Articles in JSON-LD, as schema.org has them: on a topic of their own, or inside an HTML page.
//!
//! A [`Document`] is what one record or one page says: an object, a list, an `@graph`, or a page whose `mainEntity` is the
//! article. Authors, publisher and picture may be named by the `@id` of another node of it.
//!
//! Not supported, on purpose: JSON-LD's contexts and their renamed terms (news pages use schema.org's names as they
//! are), and articles that are only quoted: items of a list, updates of a live blog, related articles.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value};

use super::draft::Draft;
use super::fields::Fields;
use super::parsed::Body;
use super::reading::{Reading, language, split, stated, type_of};
use super::{Metadata, canonical_url, fragment, status};

/// schema.org's `Article` and the types below it that hold a text of their own, in lower case, sorted
/// (<https://schema.org/Article>). Without `APIReference` and `DiscussionForumPosting`, which are no news.
const TYPES: &[&str] = &[
    "advertisercontentarticle",
    "analysisnewsarticle",
    "article",
    "askpublicnewsarticle",
    "backgroundnewsarticle",
    "blogposting",
    "liveblogposting",
    "medicalscholarlyarticle",
    "newsarticle",
    "opinionnewsarticle",
    "report",
    "reportagenewsarticle",
    "reviewnewsarticle",
    "satiricalarticle",
    "scholarlyarticle",
    "socialmediaposting",
    "techarticle",
];

/// Where the text of an article is looked for.
const BODY: &[&str] = &["articleBody", "text"];

/// What a page says of the article that is its main entity, if the article itself does not.
const OF_THE_PAGE: &[&str] = &["url", "inLanguage"];

/// What one record or page says in JSON-LD.
#[derive(Debug, Default)]
pub(super) struct Document {
    articles: Vec<Map<String, Value>>,
    nodes: Nodes,
    /// What stands around a graph.
    frame: Map<String, Value>,
}

impl Document {
    /// Adds a JSON-LD value: the whole of a record, or one `<script>` of a page.
    pub(super) fn add(&mut self, value: Value) {
        match value {
            Value::Array(items) => items.into_iter().for_each(|item| self.add(item)),
            Value::Object(object) => self.add_object(object),
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
        }
    }

    fn add_object(&mut self, mut object: Map<String, Value>) {
        if let Some(graph) = object.remove("@graph") {
            self.add(graph);
            // A graph may have a name, and stands in a context; neither makes a node of it.
            if !object.contains_key("@type") {
                self.frame.append(&mut object);
                return;
            }
        }
        if is_article(&object) {
            self.articles.push(object);
            return;
        }
        if object.get("mainEntity").and_then(Value::as_object).is_some_and(is_article)
            && let Some(Value::Object(mut article)) = object.remove("mainEntity")
        {
            for name in OF_THE_PAGE {
                if let (Some(value), false) = (object.get(*name), article.contains_key(*name)) {
                    article.insert((*name).to_owned(), value.clone());
                }
            }
            self.articles.push(article);
        }
        self.nodes.add(object);
    }

    /// The articles, in the order in which they stand.
    pub(super) fn articles(&self) -> &[Map<String, Value>] {
        &self.articles
    }

    /// Reads the article at `index`; `None` if there is none. What else the document holds is carried through.
    pub(super) fn read(mut self, index: usize) -> Option<Draft> {
        if index >= self.articles.len() {
            return None;
        }
        let mut draft = read(Fields::new(self.articles.swap_remove(index)), &self.nodes);
        draft.ext.append(&mut self.frame);
        let others: Vec<Value> = self.articles.into_iter().map(Value::Object).chain(self.nodes.list).collect();
        if !others.is_empty() {
            draft.ext.insert("@graph".to_owned(), others.into());
        }
        Some(draft)
    }
}

/// Whether the `@type` of an object, a name or a list of names, is that of an article.
fn is_article(object: &Map<String, Value>) -> bool {
    object.get("@type").is_some_and(is_article_type)
}

/// Whether the value of `@type` names an article: `NewsArticle`, `["Article", "Thing"]`, `http://schema.org/Article`.
fn is_article_type(value: &Value) -> bool {
    match value {
        Value::String(name) => {
            let bare = name.rsplit(['/', ':', '#']).next().unwrap_or(name);
            bare.len() <= 32 && TYPES.binary_search(&bare.to_ascii_lowercase().as_str()).is_ok()
        }
        Value::Array(names) => names.iter().any(|name| name.is_string() && is_article_type(name)),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::Object(_) => false,
    }
}

/// Whether an object is JSON-LD: an article, a graph, or a page whose main entity is one.
pub(super) fn is_document(object: &Map<String, Value>) -> bool {
    is_article(object)
        || object.get("@graph").is_some_and(|graph| matches!(graph, Value::Array(_) | Value::Object(_)))
        || object.get("mainEntity").and_then(Value::as_object).is_some_and(is_article)
}

/// The nodes of a document, by their `@id`.
#[derive(Debug, Default)]
struct Nodes {
    list: Vec<Value>,
    by_id: BTreeMap<String, usize>,
}

impl Nodes {
    fn add(&mut self, object: Map<String, Value>) {
        if let Some(Value::String(id)) = object.get("@id") {
            self.by_id.entry(id.clone()).or_insert(self.list.len());
        }
        self.list.push(Value::Object(object));
    }

    /// The node that a bare reference `{"@id": …}` names; any other value is itself.
    fn resolve<'a>(&'a self, value: &'a Value) -> &'a Value {
        let id = value.as_object().filter(|object| object.keys().all(|key| matches!(key.as_str(), "@id" | "@type")));
        let id = id.and_then(|object| object.get("@id")).and_then(Value::as_str);
        id.and_then(|id| self.list.get(*self.by_id.get(id)?)).unwrap_or(value)
    }

    /// The values of a property: none, one, or those of a list, references followed. Each node is given once, so that a
    /// list of references to one large node stays small.
    fn values<'a>(&'a self, value: &'a Value) -> Vec<&'a Value> {
        let items = match value {
            Value::Array(items) => items.iter().collect(),
            other => vec![other],
        };
        let mut seen = BTreeSet::new();
        let resolved = items.into_iter().map(|item| (item, self.resolve(item)));
        resolved
            .filter(|(item, node)| std::ptr::eq(*item, *node) || seen.insert(std::ptr::from_ref(*node)))
            .map(|(_, node)| node)
            .collect()
    }
}

/// Reads the fields of an article.
fn read(mut fields: Fields, nodes: &Nodes) -> Draft {
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

#[cfg(test)]
mod tests;
