//! The plain-text dialect: the whole value is the article.
//!
//! Its title, if it shows one, is found when the text is cleaned; what a scraper knows besides comes in headers.

use super::draft::Draft;
use super::parsed::Body;

/// The draft of a plain text.
pub(super) fn read(text: String) -> Draft {
    Draft { body: Some(Body::Text(text)), ..Draft::default() }
}
