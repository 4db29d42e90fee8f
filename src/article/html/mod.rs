//! An HTML page becomes a draft: its main text as blocks, and what the page says about itself.
//!
//! The page is made [`lean`] in one pass, parsed by the HTML standard, and judged by a library
//! ([`main_text`]); the paragraphs that it kept are the article, and captions, credits and links to other articles that
//! stand among them are kept beside it as furniture. Menus, footers and other chrome of the page are no part of the
//! article and are left out.
//!
//! Not supported: text that only a script would show, and pages of several articles.

mod article;
mod lean;
pub(super) mod lexer;
mod main_text;
mod marks;
mod metadata;
mod outline;
mod paragraphs;
mod title;

use dom_query::Document;

use self::lean::{ELEMENTS_MAX, TooManyElements};
use self::outline::Outline;
use super::draft::Draft;
use super::parsed::Body;
use super::{Reject, RejectReason};
use crate::record::Record;

/// Reads a page.
///
/// # Errors
/// If it holds no article, or more elements than a page of news ever has.
pub(super) fn read(page: &str, record: &Record) -> Result<Draft, Reject> {
    let lean = lean::lean(page).map_err(|TooManyElements| {
        let detail = format!("the page has more than {ELEMENTS_MAX} elements");
        Reject::new(RejectReason::TooLarge, detail)
    })?;
    let document = Document::from(lean.markup.as_str());
    let main = main_text::find(&document);
    let outline = Outline::read(&document, &main);
    let paragraphs = paragraphs::read(&outline);
    let blocks = article::blocks(&outline, paragraphs);
    if !blocks.iter().any(|block| block.role.is_none()) {
        return Err(Reject::new(RejectReason::Empty, "the page shows no article"));
    }
    let mut draft = metadata::read(&lean, record.header("url"));
    draft.body = Some(Body::Blocks(blocks));
    Ok(draft)
}
