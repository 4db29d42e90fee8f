//! Bytes become clean text: decoding, Unicode normal form, and furniture lifted out of the prose.
//!
//! A reader of records calls [`decode`] on a value's bytes, then one of these functions on the text:
//!
//! * [`clean_plain`] for a plain-text article, whose title (if it shows one) stands in the text;
//! * [`clean_body`] for the body of an article whose title is a field of its own;
//! * [`clean_blocks`] for such a body whose blocks are known, and some of them as furniture.
//!
//! All normalise, so that the caller need not, and all give furniture whose `at` counts code points of the final
//! body. [`normalise`] alone is for short fields: titles, descriptions, names.

mod dateline;
mod decode;
mod furniture;
mod headline;
mod normalise;
mod plain;

pub use dateline::{Dateline, dateline};
pub(crate) use decode::top_level;
pub use decode::{Decoded, Hints, decode};
pub(crate) use furniture::is_spaced;
pub use furniture::{Block, Cleaned, byline_names, clean_blocks, clean_body, rules_fingerprint};
pub(crate) use furniture::{NameOpening, is_label, labelled_name, name_opening};
pub use normalise::normalise;
pub use plain::{CleanedPlain, clean_plain};

/// The two fields of an article that spans point into.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Fields<'a> {
    /// The title, if there is one.
    pub title: Option<&'a str>,
    /// The body.
    pub body: &'a str,
}
