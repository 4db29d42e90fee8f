//! Which article a record is about.
//!
//! In this order: the canonical URL; else a URN, UUID or other name that is unique in the world, where the URL should be
//! or as the source's identifier; else the bytes
//! themselves. A plain identifier such as `4711` is kept but names nothing: another scraper may use it for another
//! article.
//!
//! Of several URLs the one that the record was sent under wins, since a retraction or a revision will come under it too:
//! the value's own field, the `url` header, the record key. What a page says of itself (`<link rel=canonical>`,
//! `og:url`) counts only where none of them is given: it is often a home page, a template's example or the address at
//! another outlet.

use uuid::Uuid;

use super::{Identity, canonical_url};
use crate::event::{ArticleId, IdBasis, Warning, WarningCode};

/// URI schemes, besides those with an authority (`at://…`), whose names are unique in the world by their own rules:
/// ARK, DOI, Handle, RFC 4452 info, RFC 4151 tag, RFC 8141 URN.
const NAMING_SCHEMES: &[&str] = &["ark", "doi", "hdl", "info", "tag", "urn"];

/// What a record offers as names of its article, each trimmed and not empty.
#[derive(Debug, Default)]
pub(super) struct Names<'a> {
    /// The URL in the value.
    pub(super) url: Option<String>,
    /// The `url` header.
    pub(super) header: Option<&'a str>,
    /// The record key.
    pub(super) key: Option<&'a str>,
    /// What a page says of its own address.
    pub(super) page: Option<String>,
    /// The scraper's own identifier in the value.
    pub(super) source_id: Option<String>,
}

impl Names<'_> {
    /// The identity by URL or by name; where neither is given, the content will have to do.
    pub(super) fn resolve(self, warnings: &mut Vec<Warning>) -> Result<Identity, Unnamed> {
        let key = self.key.map(str::to_owned);
        let meant = [("url", self.url), ("url header", self.header.map(str::to_owned))];
        for (place, url) in &meant {
            if url.as_deref().is_some_and(|url| canonical_url(url).is_none() && global_name(url).is_none()) {
                warnings.push(Warning::new(WarningCode::UrlInvalid, format!("{place}: not an http or https URL")));
            }
        }
        // The key and the source id serve as a URL when they are one, and are no fault when they are not.
        let [(_, url), (_, header)] = meant;
        let given = url.clone().or_else(|| header.clone());
        let page = self.page.filter(|page| canonical_url(page).is_some_and(|canonical| !is_home(&canonical)));
        let found = [url, header, key.clone(), page, self.source_id.clone()]
            .into_iter()
            .flatten()
            .find_map(|url| canonical_url(&url).map(|canonical| (url, canonical)));
        if let Some((url, canonical)) = found {
            return Ok(Identity {
                id: ArticleId::of_url(&canonical),
                basis: IdBasis::Url,
                source_id: self.source_id,
                url: Some(url),
                canonical_url: Some(canonical),
            });
        }
        // Agencies name an article by a URN where others give its address.
        let urn = given.as_deref().filter(|url| global_name(url).is_some());
        if given.is_none() || urn.is_some() {
            warnings.push(Warning::new(WarningCode::UrlMissing, "no url field, url header or URL as record key"));
        }
        let source_id = self.source_id.or_else(|| urn.map(str::to_owned));
        let named = urn.or(source_id.as_deref()).and_then(global_name);
        let (source_id, name) = match (named, key.as_deref().and_then(urn_key)) {
            (Some(name), _) => (source_id, Some(name)),
            (None, Some(name)) => (source_id.or(key), Some(name)),
            (None, None) => (source_id, None),
        };
        match name {
            Some(name) => Ok(Identity {
                id: ArticleId::of_urn(&name),
                basis: IdBasis::Urn,
                source_id,
                url: given,
                canonical_url: None,
            }),
            None => Err(Unnamed { source_id, url: given }),
        }
    }
}

/// An article that neither a URL nor a unique name identifies.
#[derive(Debug)]
pub(super) struct Unnamed {
    source_id: Option<String>,
    url: Option<String>,
}

impl Unnamed {
    /// The identity by the value's bytes.
    pub(super) fn by_content(self, value_sha256: &str) -> Identity {
        Identity {
            id: ArticleId::of_content(value_sha256),
            basis: IdBasis::Content,
            source_id: self.source_id,
            url: self.url,
            canonical_url: None,
        }
    }
}

/// The one spelling of a name that is unique in the world; `None` if `text` is not one.
///
/// A UUID is spelled as the URN that RFC 9562 gives it, `urn:uuid:` and the digits in lower case, so that it and that
/// URN are one article. Of a URN the namespace is in lower case too (RFC 8141 §3.1), of any other only the scheme.
///
/// Do not change: ids are made of these spellings.
pub(super) fn global_name(text: &str) -> Option<String> {
    if let Some(uuid) = hyphenated_uuid(text) {
        return Some(uuid.urn().to_string());
    }
    let (scheme, rest) = text.split_once(':')?;
    let scheme = scheme.to_ascii_lowercase();
    if rest.is_empty() || text.contains(|c: char| c.is_whitespace() || c.is_control()) {
        return None;
    }
    if scheme == "urn" {
        let (namespace, specific) =
            rest.split_once(':').filter(|(name, specific)| !name.is_empty() && !specific.is_empty())?;
        let namespace = namespace.to_ascii_lowercase();
        let uuid = if namespace == "uuid" { hyphenated_uuid(specific) } else { None };
        return Some(uuid.map_or_else(|| format!("urn:{namespace}:{specific}"), |uuid| uuid.urn().to_string()));
    }
    let authority = rest.strip_prefix("//").is_some_and(|authority| !authority.is_empty() && is_scheme(&scheme));
    let web = matches!(scheme.as_str(), "http" | "https");
    (!web && (authority || NAMING_SCHEMES.contains(&scheme.as_str()))).then(|| format!("{scheme}:{rest}"))
}

/// Whether a canonical URL is that of a whole site: what a page without a proper address of its own names there.
fn is_home(canonical: &str) -> bool {
    canonical.matches('/').count() == 3 && canonical.ends_with('/')
}

/// A name in the record key. A bare UUID there is an article id of this program, not a name that the source gave.
fn urn_key(key: &str) -> Option<String> {
    if hyphenated_uuid(key).is_some() { None } else { global_name(key) }
}

/// A UUID in its usual form, 8-4-4-4-12. Thirty-two digits in a row are as often an MD5 sum, so they are none.
pub(super) fn hyphenated_uuid(text: &str) -> Option<Uuid> {
    if text.len() == 36 { Uuid::try_parse(text).ok() } else { None }
}

/// RFC 3986 §3.1, for text in lower case.
fn is_scheme(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_lowercase())
        && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'-' | b'.'))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn name(text: &str, expected: Option<&str>) {
        assert_eq!(global_name(text).as_deref(), expected, "{text}");
    }

    #[test]
    fn names_that_are_unique_in_the_world() {
        name("urn:newsml:example.com:20240923:x-1", Some("urn:newsml:example.com:20240923:x-1"));
        name("URN:NewsML:Example.com:X", Some("urn:newsml:Example.com:X"));
        name("tag:example.com,2018:newsml_X1", Some("tag:example.com,2018:newsml_X1"));
        name("doi:10.1000/182", Some("doi:10.1000/182"));
        name("at://did:plc:x/app/1", Some("at://did:plc:x/app/1"));
        let uuid = "urn:uuid:0f8fad5b-d9cb-469f-a165-70867728950e";
        name("0F8FAD5B-D9CB-469F-A165-70867728950E", Some(uuid));
        name("urn:uuid:0f8fad5b-d9cb-469f-a165-70867728950e", Some(uuid));
        name("URN:UUID:0F8FAD5B-D9CB-469F-A165-70867728950E", Some(uuid));
    }

    #[test]
    fn names_that_are_not() {
        for text in [
            "",
            "4711",
            "hw-20240612-0417",
            "article:12",
            "AFP:12",
            "urn:",
            "urn::x",
            "urn:newsml:",
            "tag:",
            "a b://c",
            "1x://c",
            "https://example.com/a",
            "0f8fad5bd9cb469fa16570867728950e",
            "urn:newsml:a b",
            "://x",
            "tag:\u{0}",
        ] {
            name(text, None);
        }
    }

    #[derive(Debug, Default)]
    struct Case {
        url: &'static str,
        header: &'static str,
        key: &'static str,
        page: &'static str,
        source_id: &'static str,
    }

    fn resolve(case: &Case) -> (Identity, Vec<WarningCode>) {
        let given = |text: &'static str| Some(text).filter(|text| !text.is_empty());
        let names = Names {
            url: given(case.url).map(str::to_owned),
            header: given(case.header),
            key: given(case.key),
            page: given(case.page).map(str::to_owned),
            source_id: given(case.source_id).map(str::to_owned),
        };
        let mut warnings = Vec::new();
        let identity = names.resolve(&mut warnings).unwrap_or_else(|unnamed| unnamed.by_content("00"));
        (identity, warnings.into_iter().map(|warning| warning.code).collect())
    }

    fn check(case: Case, id: ArticleId, url: Option<&str>, source_id: Option<&str>, warnings: &[WarningCode]) {
        let (identity, codes) = resolve(&case);
        assert_eq!(identity.id, id, "{case:?}");
        assert_eq!(identity.url.as_deref(), url, "{case:?}");
        assert_eq!(identity.source_id.as_deref(), source_id, "{case:?}");
        assert_eq!(codes, warnings, "{case:?}");
    }

    #[test]
    fn the_best_name_wins() {
        use WarningCode::{UrlInvalid, UrlMissing};
        let page = |path: &str| ArticleId::of_url(&format!("https://example.com/{path}"));
        let (a, b) = ("http://example.com/a", "http://example.com/b");
        let urn = ArticleId::of_urn("urn:x:1");
        let content = ArticleId::of_content("00");
        let case = Case::default;

        check(Case { url: a, header: b, key: b, page: b, source_id: b }, page("a"), Some(a), Some(b), &[]);
        check(Case { header: a, key: b, source_id: b, ..case() }, page("a"), Some(a), Some(b), &[]);
        check(Case { key: a, source_id: b, ..case() }, page("a"), Some(a), Some(b), &[]);
        check(Case { source_id: b, ..case() }, page("b"), Some(b), Some(b), &[]);
        check(Case { key: a, page: b, ..case() }, page("a"), Some(a), None, &[]);
        check(Case { page: a, source_id: b, ..case() }, page("a"), Some(a), Some(b), &[]);
        check(Case { url: "/a", page: b, ..case() }, page("b"), Some(b), None, &[UrlInvalid]);
        for home in ["https://www.example.com", "http://example.com/index.html", "/a"] {
            check(Case { page: home, ..case() }, content, None, None, &[UrlMissing]);
        }
        check(Case { url: a, source_id: "urn:x:1", ..case() }, page("a"), Some(a), Some("urn:x:1"), &[]);
        check(Case { url: "/a", header: b, ..case() }, page("b"), Some(b), None, &[UrlInvalid]);
        check(Case { url: "/a", source_id: "urn:x:1", ..case() }, urn, Some("/a"), Some("urn:x:1"), &[UrlInvalid]);
        check(Case { url: "/a", ..case() }, content, Some("/a"), None, &[UrlInvalid]);
        check(Case { url: "urn:x:1", ..case() }, urn, Some("urn:x:1"), Some("urn:x:1"), &[UrlMissing]);
        check(Case { url: "urn:x:1", source_id: "4711", ..case() }, urn, Some("urn:x:1"), Some("4711"), &[UrlMissing]);
        check(Case { url: "urn:x:1", header: a, ..case() }, page("a"), Some(a), None, &[]);
        check(Case { source_id: "urn:x:1", ..case() }, urn, None, Some("urn:x:1"), &[UrlMissing]);
        check(Case { key: "URN:X:1", ..case() }, urn, None, Some("URN:X:1"), &[UrlMissing]);
        check(Case { key: "urn:x:1", source_id: "4711", ..case() }, urn, None, Some("4711"), &[UrlMissing]);
        check(Case { source_id: "4711", ..case() }, content, None, Some("4711"), &[UrlMissing]);
        let uuid = "0f8fad5b-d9cb-469f-a165-70867728950e";
        check(Case { key: uuid, ..case() }, content, None, None, &[UrlMissing]);
        let named = ArticleId::of_urn(&format!("urn:uuid:{uuid}"));
        check(Case { source_id: uuid, ..case() }, named, None, Some(uuid), &[UrlMissing]);
    }

    /// Do not change: these ids are written down downstream.
    #[test]
    fn test_vectors() {
        let id = |case: Case| resolve(&case).0.id.to_string();
        assert_eq!(
            id(Case { url: "http://Example.com/a?utm_source=x#y", ..Case::default() }),
            "6639460f-3425-5329-8097-a58f06127860"
        );
        assert_eq!(
            id(Case { source_id: "URN:newsml:example.com:1", ..Case::default() }),
            "37958eb4-e9d8-5d23-ab8d-e7a297a36e1d"
        );
        assert_eq!(id(Case::default()), "b227197c-09dd-533d-aedd-b73b14994c85");
    }
}
