//! What a page says about its article in `<meta>`, `<link>` and `<title>`.
//!
//! The order of the names in these tables is the order in which they are believed: what a site writes for readers of
//! the article (OpenGraph) before what it writes for machines that count it (Parse.ly, Sailthru), and both before the
//! older vocabularies (Dublin Core, Highwire) and the page's own title.

use std::borrow::Cow;

use url::Url;

use super::lean::Lean;
use super::title;
use crate::article::Metadata;
use crate::article::draft::Draft;
use crate::article::fragment;
use crate::article::reading::{self, Reading};

const TITLE: &[&str] =
    &["og:title", "twitter:title", "parsely-title", "sailthru.title", "dc.title", "dcterms.title", "citation_title"];
const LEDE: &[&str] = &[
    "og:description",
    "description",
    "twitter:description",
    "sailthru.description",
    "dc.description",
    "dcterms.description",
];
const AUTHORS: &[&str] = &[
    "author",
    "article:author",
    "parsely-author",
    "sailthru.author",
    "dc.creator",
    "dcterms.creator",
    "citation_author",
    "byl",
];
const PUBLISHED_AT: &[&str] = &[
    "article:published_time",
    "og:article:published_time",
    "datepublished",
    "parsely-pub-date",
    "sailthru.date",
    "pubdate",
    "publishdate",
    "publish_date",
    "publish-date",
    "publication_date",
    "dcterms.issued",
    "dc.date.issued",
    "dcterms.created",
    "dc.date",
    "dcterms.date",
    "citation_publication_date",
    "date",
];
const MODIFIED_AT: &[&str] = &[
    "article:modified_time",
    "og:updated_time",
    "og:article:modified_time",
    "datemodified",
    "dcterms.modified",
    "lastmod",
    "last-modified",
];
const LANGUAGE: &[&str] =
    &["inlanguage", "og:locale", "content-language", "language", "dc.language", "dcterms.language"];
const PUBLISHER: &[&str] = &["og:site_name", "application-name", "dc.publisher", "dcterms.publisher", "publisher"];
const IMAGE: &[&str] =
    &["og:image:secure_url", "og:image:url", "og:image", "twitter:image", "twitter:image:src", "sailthru.image.full"];
const TAGS: &[&str] = &["article:tag", "news_keywords", "keywords", "parsely-tags", "sailthru.tags"];
const RIGHTS: &[&str] = &["copyright", "dcterms.rights", "dc.rights", "rights", "license"];

/// The most values of one name that are read: a page may repeat a name a million times.
const REPEATED_MAX: usize = 200;

/// Reads what a page says. `received` is the URL under which the record names it.
pub(super) fn read(lean: &Lean, received: Option<&str>) -> Draft {
    let facts = Facts { lean, base: base(lean, received) };
    let publisher = facts.first(PUBLISHER);
    let title = facts.first(TITLE).or_else(|| stated(lean.title?));
    let metadata = Metadata {
        authors: facts.authors(),
        published_at: facts.first(PUBLISHED_AT),
        modified_at: facts.first(MODIFIED_AT),
        fetched_at: None,
        language: lean.language.into_iter().map(Cow::Borrowed).chain(facts.all(LANGUAGE).map(Cow::Owned)).find_map(
            |tag| match reading::language(tag.trim()) {
                Reading::Found(tag) => Some(tag),
                _ => None,
            },
        ),
        tags: facts.tags(),
        image: facts.first(IMAGE).and_then(|image| facts.resolve(&image)),
        rights: facts.first(RIGHTS),
        version: None,
        publisher,
    };
    let title = title.map(|title| title::without_site(&title, metadata.publisher.as_deref()));
    Draft { url: facts.url(), title, lede: facts.first(LEDE), metadata, ..Draft::default() }
}

struct Facts<'a> {
    lean: &'a Lean<'a>,
    base: Option<Url>,
}

impl Facts<'_> {
    /// What the first of these names says that says something.
    fn first(&self, names: &[&str]) -> Option<String> {
        names.iter().find_map(|name| self.all(&[name]).next())
    }

    /// All that is said under these names, name by name.
    fn all<'s>(&'s self, names: &'s [&str]) -> impl Iterator<Item = String> + 's {
        names.iter().flat_map(move |name| {
            let metas = self.lean.metas.iter().filter(move |(given, _)| given.trim().eq_ignore_ascii_case(name));
            metas.filter_map(|(_, content)| stated(content)).take(REPEATED_MAX)
        })
    }

    /// The authors, from the first name that gives any that is no address.
    fn authors(&self) -> Vec<String> {
        let names = |name: &&str| {
            let given = self.all(&[name]).filter(|author| !author.contains("://")).collect::<Vec<_>>();
            (!given.is_empty()).then_some(given)
        };
        AUTHORS.iter().find_map(names).unwrap_or_default()
    }

    fn tags(&self) -> Vec<String> {
        let names = |name: &&str| {
            let given: Vec<String> = self.all(&[name]).flat_map(|tags| split_tags(&tags)).take(REPEATED_MAX).collect();
            (!given.is_empty()).then_some(given)
        };
        TAGS.iter().find_map(names).unwrap_or_default()
    }

    /// The address that the page gives for itself. The front page is none: some sites name it on every page.
    fn url(&self) -> Option<String> {
        let canonical = self.lean.links.iter().filter(|(rel, _)| rel.trim().eq_ignore_ascii_case("canonical"));
        let canonical = canonical.filter_map(|(_, href)| stated(href));
        let candidates = canonical.chain(self.all(&["og:url", "parsely-link", "twitter:url"])).take(REPEATED_MAX);
        let is_page =
            |url: &Url| matches!(url.scheme(), "http" | "https") && (url.path().len() > 1 || url.query().is_some());
        candidates.filter_map(|url| Url::parse(&self.resolve(&url)?).ok()).find(is_page).map(String::from)
    }

    /// An address as it is from outside the page; `None` for what is no address of the web.
    fn resolve(&self, address: &str) -> Option<String> {
        let url = Url::options().base_url(self.base.as_ref()).parse(address).ok()?;
        matches!(url.scheme(), "http" | "https").then(|| String::from(url))
    }
}

/// What relative addresses are relative to.
fn base(lean: &Lean, received: Option<&str>) -> Option<Url> {
    let received = received.and_then(|url| Url::parse(url.trim()).ok());
    match lean.base.and_then(stated) {
        Some(base) => Url::options().base_url(received.as_ref()).parse(&base).ok().or(received),
        None => received,
    }
}

fn split_tags(tags: &str) -> Vec<String> {
    tags.split([',', ';', '，', '、']).filter_map(stated).collect()
}

/// A value as it is meant: its character references read, and nothing if it is blank.
pub(super) fn stated(value: &str) -> Option<String> {
    match reading::stated(&fragment::decoded(value)) {
        Reading::Found(text) => Some(text),
        _ => None,
    }
}
