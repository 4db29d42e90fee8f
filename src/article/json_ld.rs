//! Articles in JSON-LD, as schema.org has them: on a topic of their own, or inside an HTML page.
//!
//! A [`Document`] is what one record or one page says: an object, a list, an `@graph`, or a page whose `mainEntity` is the
//! article. Authors, publisher and picture may be named by the `@id` of another node of it.
//!
//! Not supported, on purpose: JSON-LD's contexts and their renamed terms (news pages use schema.org's names as they
//! are), and articles that are only quoted: items of a list, updates of a live blog, related articles.

mod fields;

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value};

use super::draft::Draft;
use super::fields::Fields;

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
        let mut draft = fields::read(Fields::new(self.articles.swap_remove(index)), &self.nodes);
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

#[cfg(test)]
mod tests;
