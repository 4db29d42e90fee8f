//! Where the article was taken from.

use super::Found;
use super::agency::is_agency;
use super::fold::{is_small, strip_separator};
use super::sentence::{is_clause, is_stated};
use super::words::{Kind, Rules, rules};
use crate::event::{FurnitureRole, Origin, OriginRelation};

/// The most words of an outlet's name: `Bản tin Vùng cao`, `Corporación de Radio y Televisión Española`.
const OUTLET_WORDS_MAX: usize = 8;

/// The most words of an outlet's name where no colon says that one follows.
const UNMARKED_OUTLET_WORDS_MAX: usize = 4;

/// The most code points of an outlet's name; scripts without blanks have no words to count.
const OUTLET_CHARS_MAX: usize = 60;

/// A source line: what follows its label names outlets or gives a URL. A source is credited; only a label that says
/// how its text was used tells more, and such a label may go without a colon.
pub(super) fn line(kind: Kind, rest: &str, rules: &Rules) -> Option<Found> {
    let relation = match kind {
        Kind::SourceReprint => OriginRelation::Reprint,
        Kind::SourceTranslation => OriginRelation::Translation,
        _ => OriginRelation::Credit,
    };
    let origin = match strip_separator(rest) {
        Some(value) => origins(value, relation, rules)?,
        None if relation == OriginRelation::Credit => return None,
        None => vec![unmarked(rest.trim(), relation, rules)?],
    };
    Some(Found::with_origin(FurnitureRole::SourceLine, origin))
}

/// `Theo Duyên hải Trẻ` after the last of the prose: a label without a colon, and an outlet with a capital.
pub(super) fn sign_off(rest: &str) -> Option<Found> {
    let value = strip_separator(rest).unwrap_or(rest.trim());
    let capital = value.chars().next().is_some_and(char::is_uppercase);
    let clean =
        !value.contains([',', ':', ';', '.']) || of_url(value, OriginRelation::Credit).is_some() || is_host(value);
    let origin = of_url(value, OriginRelation::Credit).or_else(|| of_outlet(value, OriginRelation::Credit))?;
    (capital && clean).then(|| Found::with_origin(FurnitureRole::SourceLine, vec![origin]))
}

/// The outlets of a list, if all of it are agencies: `Reuters, AP`. Any other comma is part of a name.
fn origins(value: &str, relation: OriginRelation, rules: &Rules) -> Option<Vec<Origin>> {
    let parts: Vec<&str> = value.trim_end_matches('.').split([',', '、', ';', '+']).map(str::trim).collect();
    if parts.len() > 1 && parts.iter().all(|part| rules.agency.contains(*part)) {
        return Some(parts.into_iter().map(|part| super::origin(part, relation)).collect());
    }
    of_url(value, relation).or_else(|| of_outlet(value, relation)).map(|origin| vec![origin])
}

/// An outlet without a colon before it: an agency, an address, or a few words that all have capitals.
fn unmarked(value: &str, relation: OriginRelation, rules: &Rules) -> Option<Origin> {
    // What follows the first sentence invites to read the original.
    let value = value.split(". ").next().unwrap_or_default().trim_end_matches('.');
    let value = ["the ", "The "].iter().find_map(|article| value.strip_prefix(article)).unwrap_or(value);
    let capitals = value.split_whitespace().all(|word| word.trim_start_matches(QUOTES).starts_with(char::is_uppercase));
    let short = value.split_whitespace().count() <= UNMARKED_OUTLET_WORDS_MAX && !value.contains([',', ':', '.']);
    let named = rules.agency.contains(value) || (capitals && short) || is_host(value);
    of_url(value, relation).or_else(|| named.then(|| of_outlet(value, relation)).flatten())
}

fn of_url(text: &str, relation: OriginRelation) -> Option<Origin> {
    let url = text.split_whitespace().next().filter(|url| url.len() == text.len())?;
    let parsed = url::Url::parse(url).ok().filter(|parsed| matches!(parsed.scheme(), "http" | "https"))?;
    let host = parsed.host_str()?;
    let name = host.strip_prefix("www.").unwrap_or(host).to_owned();
    Some(Origin { name, url: Some(url.to_owned()), relation })
}

const QUOTES: [char; 12] = ['"', '\'', '«', '»', '“', '”', '„', '‘', '’', '《', '》', '\u{A0}'];

fn of_outlet(text: &str, relation: OriginRelation) -> Option<Origin> {
    let name = text.trim_matches(|c: char| QUOTES.contains(&c) || c.is_whitespace());
    let name = name.strip_suffix('.').unwrap_or(name);
    let short = name.chars().count() <= OUTLET_CHARS_MAX && name.split_whitespace().count() <= OUTLET_WORDS_MAX;
    let sentence = name.ends_with(['.', '!', '?', '。', '؟', '।', '។', '။', ':', ';', ',']) || name.contains(". ");
    let sentence = sentence || is_clause(name, rules()) || (is_stated(text.trim_end()) && reads_on(name));
    let named = name.chars().any(char::is_alphabetic) && !name.starts_with(is_small);
    (short && !sentence && (named || is_host(name) || is_agency(name))).then(|| super::origin(name, relation))
}

/// Whether words before a stop are those of a sentence rather than a name: five with two small ones that are no mere
/// particles, three with small ones behind the first, four of a script without capitals, three of Korean. `Das wollte die Polizei wissen`, but `Agence de presse du Nord`.
fn reads_on(name: &str) -> bool {
    const PARTICLE_CHARS_MAX: usize = 3;
    let words: Vec<&str> = name.split_whitespace().collect();
    let small = |word: &&&str| word.starts_with(char::is_lowercase) && word.chars().count() > PARTICLE_CHARS_MAX;
    let common = || words.iter().skip(1).all(|word| word.starts_with(char::is_lowercase));
    let cased = name.chars().any(|c| c.is_uppercase() || c.is_lowercase());
    if !cased {
        return words.len() > 3 || (words.len() > 2 && name.contains(|c| matches!(c, '\u{AC00}'..='\u{D7A3}')));
    }
    (words.len() > 4 && words.iter().filter(small).count() > 1) || (words.len() > 2 && common())
}

/// `hill.example`, `KOMPAS.com`: words joined by stops, the last of letters alone.
pub(in crate::text) fn is_host(name: &str) -> bool {
    let labels: Vec<&str> = name.split('.').collect();
    let is_label = |label: &&str| !label.is_empty() && label.chars().all(|c| c.is_alphanumeric() || c == '-');
    labels.len() > 1
        && labels.iter().all(is_label)
        && labels[0].contains(char::is_alphabetic)
        && labels.last().is_some_and(|top| top.len() > 1 && top.bytes().all(|b| b.is_ascii_alphabetic()))
}
