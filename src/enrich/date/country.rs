//! The country that an article is from, as far as its address says: it decides between orders of day and month and
//! between the holidays of one name.

use crate::article::Article;
use crate::text;

/// Country domains that are sold to all the world, and say nothing of where a site is from.
const SOLD: [&str; 17] =
    ["ac", "ai", "cc", "co", "fm", "gg", "im", "io", "la", "ly", "me", "nu", "sh", "to", "tv", "vc", "ws"];

/// The ISO 3166 code, in capitals, of the country in whose domain the article stands.
pub(super) fn country(article: &Article) -> Option<String> {
    let identity = &article.identity;
    let url = identity.canonical_url.as_deref().or(identity.url.as_deref())?;
    let label = text::top_level(url)?;
    (label.len() == 2 && !SOLD.contains(&label.as_str())).then(|| match label.as_str() {
        "uk" => "GB".to_owned(),
        other => other.to_ascii_uppercase(),
    })
}
