//! What stands in a body and is not prose is lifted out, and kept: title, body and furniture together hold every
//! letter that came in.
//!
//! Precision first: a wrongly removed paragraph is worse than a caption left in. Lines are the unit. A rule looks at
//! the start, the end or the whole of a line, within bounds of length; some hold only at the head of the text or after
//! the last line of prose. The words that the rules look for are in `data/furniture`, one file a language; the rules
//! of all languages hold for every text, since its language is not known yet and the web mixes them.
//!
//! Not supported: furniture within a paragraph, and credits without a label in the middle of a text.

mod date_line;
mod lines;
mod people;
mod picture;
mod rules;
mod sheet;
mod source;
mod tail;

pub use rules::rules_fingerprint;

pub(super) use date_line::is_month_and_year;
pub(super) use sheet::{Fate, Line, Sheet};

use super::normalise;
use crate::event::{Furniture, FurnitureRole, Origin};

/// A body without its furniture.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Cleaned {
    /// The prose.
    pub body: String,
    /// What was lifted out, in the order in which it stood. Its `at` is where the prose after it begins; after the
    /// last of the prose, the end of the body.
    pub furniture: Vec<Furniture>,
    /// Agencies or outlets that the furniture credits with the text; who made a picture is not among them.
    pub origin: Vec<Origin>,
    /// Authors that a byline names.
    pub authors: Vec<String>,
}

/// Normalises a body and lifts the furniture out of it. A text that is furniture alone is left as it is.
#[must_use]
pub fn clean_body(text: &str) -> Cleaned {
    let text = normalise(text);
    let cleaned = Sheet::read(&text).assemble();
    if cleaned.body.is_empty() { Cleaned { body: text, ..Cleaned::default() } } else { cleaned }
}

/// The names that a byline gives: of `By Ada Vo and Bo Li` both; none of a line that is no byline.
#[must_use]
pub fn byline_names(line: &str) -> Vec<String> {
    lines::role_of(line, 0).map_or_else(Vec::new, |found| found.authors)
}

/// A block of a body: a paragraph, a heading, a caption.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Block {
    /// Its text, of one line or several.
    pub text: String,
    /// What it is, if whoever read the body knows it for furniture; else the rules look at it.
    pub role: Option<FurnitureRole>,
}

/// Normalises a body of blocks and lifts the furniture out of it, as [`clean_body`] does; a blank line parts blocks. A
/// body that is furniture alone is left as it is.
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
    origin: Option<Origin>,
    authors: Vec<String>,
}

impl Found {
    fn new(role: FurnitureRole) -> Self {
        Self { role, origin: None, authors: Vec::new() }
    }

    fn with_origin(role: FurnitureRole, origin: Origin) -> Self {
        Self { role, origin: Some(origin), authors: Vec::new() }
    }

    fn byline(authors: Vec<String>) -> Self {
        Self { role: FurnitureRole::Byline, origin: None, authors }
    }
}

#[cfg(test)]
mod tests;
