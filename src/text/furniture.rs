//! What stands in a body and is not prose is lifted out, and kept: title, body and furniture together hold every
//! letter that came in.
//!
//! Precision first: a wrongly removed paragraph is worse than a caption left in. Lines are the unit. A rule looks at
//! the start, the end or the whole of a line, within bounds of length; some hold only at the head of the text or after
//! the last line of prose. Within a paragraph, only what stands in brackets between two sentences is lifted, and what
//! follows the last sentence of all: scrapers that lose the ends of lines leave it there.
//!
//! The words that the rules look for are in `data/furniture`, one file a language; the rules of all languages hold for
//! every text, since its language is not known yet and the web mixes them.
//!
//! Not supported: captions without a credit, in a text without markup to tell them; and a related link that runs into
//! the sentence after it, since nothing says where its headline ends.

mod sheet;

mod head;
mod lines;

mod clock;
mod counter;
mod date_line;
mod people;
mod picture;
mod prompt;
mod sentence;
mod source;

mod inline;
mod links;
mod tail;

mod agency;
mod fold;
mod labels;
mod words;

pub use words::rules_fingerprint;

pub(crate) use fold::is_spaced;

pub(super) use agency::is_agency;
pub(super) use date_line::is_month_and_year;
pub(super) use fold::is_small;
pub(super) use lines::opens_article;
pub(super) use people::is_bare_name;
pub(super) use sheet::{Fate, Gap, Line, Sheet};
pub(super) use source::is_host;

use super::normalise;
use crate::event::{Furniture, FurnitureRole, Origin, OriginRelation};

/// A body without its furniture.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Cleaned {
    /// The prose.
    pub body: String,
    /// What was lifted out, in the order in which it stood. Its `at` is where the prose after it begins; after the
    /// last of the prose, the end of the body.
    pub furniture: Vec<Furniture>,
    /// Agencies or outlets that the text credits: by a dateline, a sign-off, a source line. Who made a picture is not
    /// among them.
    pub origin: Vec<Origin>,
    /// Authors that a byline names.
    pub authors: Vec<String>,
}

/// A block of a body: a paragraph, a heading, a caption.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Block {
    /// Its text, of one line or several.
    pub text: String,
    /// What it is, if whoever read the body knows it for furniture; else the rules look at it.
    pub role: Option<FurnitureRole>,
}

/// Normalises a body and lifts the furniture out of it. A text that is furniture alone is left as it is.
#[must_use]
pub fn clean_body(text: &str) -> Cleaned {
    clean_normal(normalise(text))
}

/// [`clean_body`] of a normalised text.
pub(super) fn clean_normal(text: String) -> Cleaned {
    let cleaned = Sheet::read(&text).assemble();
    if cleaned.body.is_empty() { Cleaned { body: text, ..Cleaned::default() } } else { cleaned }
}

/// The names that a byline gives: of `By Ada Vo and Bo Li` both; none of a line that is no byline.
#[must_use]
pub fn byline_names(line: &str) -> Vec<String> {
    lines::role_of(line, 0).map_or_else(Vec::new, |found| found.authors)
}

/// Whether a line that ends with a colon is the label of furniture and nothing else: `Read also:`.
pub(crate) fn is_label(line: &str) -> bool {
    lines::role_of(line, usize::MAX).is_some()
}

pub(crate) use people::{labelled_name, name_opening};
pub(crate) use words::NameOpening;

/// Normalises a body of blocks and lifts the furniture out of it, as [`clean_body`] does; an empty line parts blocks. A
/// block whose role is known is furniture whatever its words are; they still tell whom a source line credits and whom
/// a byline names. A body that is furniture alone is left as it is.
#[must_use]
pub fn clean_blocks(mut blocks: Vec<Block>) -> Cleaned {
    for block in &mut blocks {
        block.text = normalise(&block.text);
    }
    let cleaned = Sheet::read_blocks(&blocks).assemble();
    if !cleaned.body.is_empty() {
        return cleaned;
    }
    let texts: Vec<&str> = blocks.iter().map(|block| block.text.as_str()).filter(|text| !text.is_empty()).collect();
    Cleaned { body: texts.join("\n\n"), ..Cleaned::default() }
}

/// A line that a rule knows for furniture.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Found {
    role: FurnitureRole,
    origin: Vec<Origin>,
    authors: Vec<String>,
}

impl Found {
    fn new(role: FurnitureRole) -> Self {
        Self { role, origin: Vec::new(), authors: Vec::new() }
    }

    fn with_origin(role: FurnitureRole, origin: Vec<Origin>) -> Self {
        Self { role, origin, authors: Vec::new() }
    }

    fn byline(authors: Vec<String>) -> Self {
        Self { role: FurnitureRole::Byline, origin: Vec::new(), authors }
    }
}

/// A name that is credited without a URL.
pub(super) fn origin(name: &str, relation: OriginRelation) -> Origin {
    Origin { name: name.to_owned(), url: None, relation }
}

#[cfg(test)]
mod tests;
