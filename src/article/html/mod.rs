//! An HTML page becomes a draft: its main text as blocks, and what the page says about itself.
//!
//! The page is made [`lean`] in one pass, parsed by the HTML standard, and judged by a library
//! ([`main_text`]); the paragraphs that it kept are the article, and captions, credits and links to other articles that
//! stand among them are kept beside it as furniture. Menus, footers and other chrome of the page are no part of the
//! article and are left out.
//!
//! Not supported: text that only a script would show, and pages of several articles.

mod article;
mod boxes;
mod elements;
mod evidence;
mod lean;
pub(super) mod lexer;
mod main_text;
mod marks;
mod metadata;
mod microdata;
mod outline;
mod paragraphs;
mod presence;
mod structured;
mod title;

pub(super) use self::presence::letters;

use dom_query::Document;

use self::lean::{ELEMENTS_MAX, TooManyElements};
use self::metadata::Said;
use self::outline::Outline;
use super::draft::Draft;
use super::parsed::Body;
use super::{Reject, RejectReason};
use crate::record::Record;
use crate::text;

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
    let Said { mut draft, has_article, is_page_title } = metadata::read(&lean, record.header("url"));
    let given = draft.body.take().map(Body::into_text);
    let outline = Outline::read(&document, &main);
    let mut paragraphs = paragraphs::read(&outline);
    let believed = given.as_deref().is_some_and(|given| evidence::apply(&outline, &mut paragraphs, given));
    if let Some(title) = draft.title.as_mut().filter(|_| is_page_title) {
        let texts = || paragraphs.iter().map(|paragraph| paragraph.text.as_str());
        // A headline may be a line within a paragraph; so may the name of the site.
        *title = title::shown_on(title, texts().chain(texts().flat_map(str::lines)));
    }
    if draft.title.is_none() {
        draft.title = paragraphs.iter().find(|paragraph| paragraph.is_headline).map(|paragraph| paragraph.text.clone());
    }
    let mut reading = article::read(&outline, paragraphs);
    if let Some(title) = &draft.title {
        reading.lift_title(title);
    }
    if let Some(given) = given.filter(|given| !believed && evidence::is_all_there_is(given, &reading)) {
        draft.body = Some(Body::Text(given));
        return Ok(draft);
    }
    if let Some(detail) = presence::missing(&lean, &outline, &reading, has_article) {
        return Err(Reject::new(RejectReason::Empty, detail));
    }
    if draft.metadata.authors.is_empty() {
        draft.metadata.authors = reading.bylines().flat_map(text::byline_names).collect();
    }
    reading.lift_bylines(&draft.metadata.authors);
    draft.body = Some(Body::Blocks(reading.into_blocks()));
    Ok(draft)
}

#[cfg(test)]
mod tests;
