//! Where the article was taken from.

use super::Found;
use super::rules::{Kind, strip_separator};
use crate::event::{FurnitureRole, Origin, OriginRelation};

/// The most words of an outlet's name: `Bản tin Vùng cao`, `Corporación de Radio y Televisión Española`.
const OUTLET_WORDS_MAX: usize = 8;

/// The most code points of an outlet's name; scripts without blanks have no words to count.
const OUTLET_CHARS_MAX: usize = 60;

/// A source line: what follows its label names an outlet or gives a URL. A source is credited; only a label that says
/// how its text was used tells more.
pub(super) fn line(kind: Kind, rest: &str) -> Option<Found> {
    let relation = match kind {
        Kind::SourceReprint => OriginRelation::Reprint,
        Kind::SourceTranslation => OriginRelation::Translation,
        _ => OriginRelation::Credit,
    };
    let value = strip_separator(rest)?;
    let origin = of_url(value, relation).or_else(|| of_outlet(value, relation))?;
    Some(Found::with_origin(FurnitureRole::SourceLine, origin))
}

/// `Theo Duyên hải Trẻ` after the last of the prose: a label without a colon, and an outlet with a capital.
pub(super) fn sign_off(rest: &str) -> Option<Found> {
    let value = strip_separator(rest).unwrap_or(rest.trim());
    let capital = value.chars().next().is_some_and(char::is_uppercase);
    let clean = !value.contains([',', ':', ';', '.']) || of_url(value, OriginRelation::Credit).is_some();
    let origin = of_url(value, OriginRelation::Credit).or_else(|| of_outlet(value, OriginRelation::Credit))?;
    (capital && clean).then(|| Found::with_origin(FurnitureRole::SourceLine, origin))
}

fn of_url(text: &str, relation: OriginRelation) -> Option<Origin> {
    let url = text.split_whitespace().next().filter(|url| url.len() == text.len())?;
    let parsed = url::Url::parse(url).ok().filter(|parsed| matches!(parsed.scheme(), "http" | "https"))?;
    let host = parsed.host_str()?;
    let name = host.strip_prefix("www.").unwrap_or(host).to_owned();
    Some(Origin { name, url: Some(url.to_owned()), relation })
}

fn of_outlet(text: &str, relation: OriginRelation) -> Option<Origin> {
    const QUOTES: [char; 12] = ['"', '\'', '«', '»', '“', '”', '„', '‘', '’', '《', '》', '\u{A0}'];
    let name = text.trim_matches(|c: char| QUOTES.contains(&c) || c.is_whitespace());
    let name = name.strip_suffix('.').unwrap_or(name);
    let short = name.chars().count() <= OUTLET_CHARS_MAX && name.split_whitespace().count() <= OUTLET_WORDS_MAX;
    let sentence = name.ends_with(['.', '!', '?', '。', '؟', '।', ':', ';', ',']) || name.contains(". ");
    let named = name.chars().any(char::is_alphabetic) && !name.chars().next().is_some_and(char::is_lowercase);
    let host = name.contains('.') && !name.contains(' ');
    (short && !sentence && (named || host)).then(|| Origin { name: name.to_owned(), url: None, relation })
}
