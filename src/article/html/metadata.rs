//! What a page says about its article in `<meta>`, `<link>` and `<title>`.
//!
//! The order of the names in these tables is the order in which they are believed: what a site writes for readers of
//! the article (OpenGraph) before what it writes for machines that count it (Parse.ly, Sailthru), and both before the
//! older vocabularies (Dublin Core, Highwire) and the page's own title.

use url::Url;

use super::lean::Lean;
use super::{microdata, structured, title};
use crate::article::Metadata;
use crate::article::draft::Draft;
use crate::article::fragment;
use crate::article::reading::{self, Reading, split};

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
const PUBLISHER: &[&str] = &[
    "og:site_name",
    microdata::PUBLISHER,
    "application-name",
    "dc.publisher",
    "dcterms.publisher",
    "publisher",
    "sitename",
];
const IMAGE: &[&str] = &[
    "og:image:secure_url",
    "og:image:url",
    "og:image",
    "twitter:image",
    "twitter:image:src",
    "sailthru.image.full",
    microdata::IMAGE,
];
const TAGS: &[&str] = &["article:tag", "news_keywords", "keywords", "parsely-tags", "sailthru.tags"];
const RIGHTS: &[&str] = &["copyright", "dcterms.rights", "dc.rights", "rights", "license"];

/// The most values of one name that are read: a page may repeat a name a million times.
const REPEATED_MAX: usize = 200;

/// What a page says of itself.
#[derive(Debug, Default)]
pub(super) struct Said {
    /// The fields of the article; its body is that of the JSON-LD.
    pub(super) draft: Draft,
    /// Whether its JSON-LD holds an article.
    pub(super) has_article: bool,
    /// Whether the title is only that of the page, which may hold more than the headline.
    pub(super) is_page_title: bool,
}

/// Reads what a page says of its article. `received` is the URL under which the record names it.
pub(super) fn read(lean: &Lean, received: Option<&str>) -> Said {
    let facts = Facts { lean, base: base(lean, received) };
    let url = facts.url();
    let addresses: Vec<String> = received.map(str::to_owned).into_iter().chain(url.clone()).collect();
    let written = facts.first(TITLE);
    let is_page_title = written.is_none();
    let page_title = written.or_else(|| stated(lean.title?));
    let structured = structured::article(lean, &addresses, page_title.as_deref());
    let has_article = structured.is_some();
    let structured = structured.unwrap_or_default();
    let said = structured.metadata;
    let publisher = said.publisher.or_else(|| facts.first(PUBLISHER));
    let languages = lean.language.map(str::to_owned).into_iter().chain(facts.all(LANGUAGE));
    let mut languages = languages.filter_map(|tag| match reading::language(tag.trim()) {
        Reading::Found(tag) => Some(tag),
        _ => None,
    });
    let image = said.image.or_else(|| facts.first(IMAGE));
    let metadata = Metadata {
        authors: if said.authors.is_empty() { facts.authors() } else { said.authors },
        published_at: finest(said.published_at, facts.first(PUBLISHED_AT)).or_else(|| facts.time()),
        modified_at: finest(said.modified_at, facts.first(MODIFIED_AT)).or_else(|| facts.time_called("dateModified")),
        fetched_at: None,
        language: languages.next().or(said.language),
        tags: if said.tags.is_empty() { facts.tags() } else { said.tags },
        image: image.and_then(|image| facts.resolve(&image)),
        rights: said.rights.or_else(|| facts.first(RIGHTS)),
        version: said.version,
        publisher,
    };
    let is_page_title = is_page_title && structured.title.is_none();
    let title = structured.title.or(page_title);
    let title = title.map(|title| title::without_site(&title, metadata.publisher.as_deref()));
    let url = url.or_else(|| facts.page(&structured.url?));
    let lede = structured.lede.or_else(|| facts.first(LEDE));
    let source_id = structured.source_id;
    let draft = Draft { source_id, url, title, lede, body: structured.body, metadata, ..Draft::default() };
    Said { draft, has_article, is_page_title }
}

/// What the first `<meta>` of this name says.
pub(super) fn first(lean: &Lean, name: &str) -> Option<String> {
    Facts { lean, base: None }.first(&[name])
}

/// Whether a page says when it was published, as articles do and front pages do not.
pub(super) fn is_dated(lean: &Lean) -> bool {
    Facts { lean, base: None }.first(&PUBLISHED_AT[..3]).is_some()
}

/// Of two dates the first, unless the other says the same day to the second.
fn finest(date: Option<String>, other: Option<String>) -> Option<String> {
    match (date, other) {
        (Some(date), Some(other)) if date.len() == 10 && other.len() > 10 && other.starts_with(&date) => Some(other),
        (date, other) => date.or(other),
    }
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
            let given: Vec<String> = self
                .all(&[name])
                .filter(|author| !author.contains("://"))
                // Several names may stand in one element: trafilatura writes them so.
                .flat_map(|authors| split(&authors, &[';']))
                .take(REPEATED_MAX)
                .collect();
            (!given.is_empty()).then_some(given)
        };
        AUTHORS.iter().find_map(names).unwrap_or_default()
    }

    /// The time of publication in the text: one that says so, else the first below the headline that says nothing.
    fn time(&self) -> Option<String> {
        self.time_called("datePublished").or_else(|| self.time_called(""))
    }

    fn time_called(&self, property: &str) -> Option<String> {
        let times = self.lean.times.iter().filter(|(given, _)| given.split(' ').any(|given| given == property));
        times.filter_map(|(_, time)| stated(time)).next()
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
        let mut pages = candidates.filter_map(|url| self.page(&url));
        pages.next()
    }

    /// An address, if it is one of a page: sites name their front page on all others.
    fn page(&self, address: &str) -> Option<String> {
        let url = Url::parse(&self.resolve(address)?).ok()?;
        (url.path().len() > 1 || url.query().is_some()).then(|| String::from(url))
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
