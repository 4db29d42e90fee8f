//! A null value: the article that the key names is taken back.

use super::identity::{self, Names};
use super::{Identity, Reject, RejectReason, Retraction};
use crate::event::{ArticleId, IdBasis};

/// The retraction that a record without a value means.
pub(super) fn read(key: Option<&str>) -> Result<Retraction, Reject> {
    let Some(key) = key else {
        return Err(refuse("no record key that is text"));
    };
    of_key(key).ok_or_else(|| refuse("the record key is none of these"))
}

/// The retraction of the article that a record key names: a URL the article at it, a URN the article of that name, and
/// a bare UUID is the article's id itself, as the key of every event has it.
pub(super) fn of_key(key: &str) -> Option<Retraction> {
    if let Some(uuid) = identity::hyphenated_uuid(key) {
        let id = ArticleId::of_uuid(uuid);
        let identity = Identity { id, basis: IdBasis::Urn, source_id: None, url: None, canonical_url: None };
        return Some(Retraction { identity });
    }
    let names = Names { key: Some(key), ..Names::default() };
    names.resolve(&mut Vec::new()).ok().map(|identity| Retraction { identity })
}

fn refuse(fault: &str) -> Reject {
    let understood = "a null value takes back the article that its key names: an http or https URL, a UUID or a URN";
    Reject::new(RejectReason::BadRetraction, format!("{understood}; {fault}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(key: &str, id: ArticleId, basis: IdBasis) {
        let identity = read(Some(key)).map(|retraction| retraction.identity);
        assert_eq!(identity.map(|identity| (identity.id, identity.basis)), Ok((id, basis)), "{key}");
    }

    #[test]
    fn keys_that_name_an_article() {
        check("http://Example.com/a?utm_source=x", ArticleId::of_url("https://example.com/a"), IdBasis::Url);
        let uuid = "0f8fad5b-d9cb-469f-a165-70867728950e";
        let id = ArticleId::try_from(uuid.to_owned()).expect("a UUID");
        check(uuid, id, IdBasis::Urn);
        check(&uuid.to_uppercase(), id, IdBasis::Urn);
        check("URN:newsml:x:1", ArticleId::of_urn("urn:newsml:x:1"), IdBasis::Urn);
        check("tag:x.example,2018:1", ArticleId::of_urn("tag:x.example,2018:1"), IdBasis::Urn);
        // A UUID of the source's own is retracted by its URN: as a bare key it would be an article id.
        check(&format!("urn:uuid:{uuid}"), ArticleId::of_urn(&format!("urn:uuid:{uuid}")), IdBasis::Urn);
    }

    #[test]
    fn keys_that_name_none() {
        for key in ["4711", "/a", "example.com/a", "ftp:a", "0f8fad5bd9cb469fa16570867728950e"] {
            assert_eq!(read(Some(key)), Err(refuse("the record key is none of these")), "{key}");
        }
        assert_eq!(read(None), Err(refuse("no record key that is text")));
    }
}
