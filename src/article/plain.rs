//! The plain-text dialect: the whole value is the article, with or without a head of fields before it.
//!
//! Its title, if it shows one, is found when the text is cleaned; what a scraper knows besides comes in the head or in
//! the record's headers. Marks of Markdown are read as the words that they show.

use super::draft::Draft;
use super::fields::Fields;
use super::parsed::Body;
use super::{front_matter, markdown, native};

/// The draft of a plain text. The keys of a head are those of the native dialect.
pub(super) fn read(text: String) -> Draft {
    let Some((mut head, body)) = front_matter::split(&text) else {
        return Draft { body: Some(Body::Text(markdown::text(&text))), ..Draft::default() };
    };
    for name in native::BODY {
        head.remove(*name);
    }
    let body = Some(Body::Text(markdown::text(body)));
    Draft { body, ..native::read(Fields::new(head)) }
}
