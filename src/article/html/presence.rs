//! Whether a page shows an article at all, or only a menu, a list of articles, a form or a notice.
//!
//! What a page says of itself counts first. A page that calls itself an article needs little text to be one; a page that
//! calls itself something else, or asks search engines to pass it over, needs much; a page that says nothing must look
//! like one.

use super::article::Reading;
use super::lean::Lean;
use super::metadata;
use super::outline::Outline;
use super::paragraphs::Paragraph;
use crate::article::notice;
use crate::text;

/// The fewest letters of a paragraph of prose; a letter of a script without spaces counts three.
const PROSE_LETTERS_MIN: usize = 40;

/// The fewest letters of prose of a page that calls itself an article: one short sentence.
const CLAIMED_LETTERS_MIN: usize = 12;

/// The fewest letters and paragraphs of prose of a page that says nothing of itself: a notice of an error or of cookies
/// has fewer.
const UNCLAIMED_LETTERS_MIN: usize = 180;

/// The fewest of a page that calls itself something else.
const DENIED_LETTERS_MIN: usize = 600;
const DENIED_PARAGRAPHS_MIN: usize = 3;

/// Of a hundred letters of a page, how many must be prose for a short one to be an article that says nothing of itself.
const BARE_PERCENT_MIN: usize = 60;

/// The most letters of prose beside a form that asks for a password.
const LOGIN_LETTERS_MAX: usize = 500;

/// What a page says of itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Claim {
    /// That it is an article.
    Article,
    /// Nothing.
    Nothing,
    /// That it is something else, or not for search engines.
    Other,
}

/// Why a page shows no article; `None` if it shows one.
pub(super) fn missing(lean: &Lean, outline: &Outline, reading: &Reading, has_json_ld: bool) -> Option<&'static str> {
    let prose: Vec<&Paragraph> = reading.prose().filter(|paragraph| is_prose(paragraph)).collect();
    let letters: usize = prose.iter().map(|paragraph| letters(&paragraph.text)).sum();
    let all: usize = reading.prose().map(letters_of).sum();
    let claim = claim(lean, has_json_ld || outline.elements.iter().any(|element| element.is_schema_article));
    if all == 0 && !(claim == Claim::Article && reading.has_captions()) {
        return Some("the page shows no article: no text but menus and links");
    }
    if claim == Claim::Article {
        let enough = all >= CLAIMED_LETTERS_MIN || reading.has_captions();
        return (!enough).then_some("the page calls itself an article and shows no text of one");
    }
    if lean.asks_password && letters < LOGIN_LETTERS_MAX {
        return Some("the page asks for a password and shows no article");
    }
    if letters < DENIED_LETTERS_MIN && lean.title.is_some_and(notice::is_gone) {
        return Some("the page is a notice of an error and shows no article");
    }
    let texts = || reading.prose().filter(|paragraph| !paragraph.is_heading).map(|paragraph| paragraph.text.as_str());
    if letters < DENIED_LETTERS_MIN && (lean.title.is_some_and(notice::is_title) || notice::is_about_itself(texts())) {
        return Some("the page asks for cookies, a script or proof of being human and shows no article");
    }
    if is_list(reading) {
        return Some("the page lists articles and shows none");
    }
    let page = outline.elements.first().map_or(0, |body| body.count.all);
    let shown: usize = reading.prose().map(|paragraph| paragraph.count.all).sum();
    let is_bare = all >= CLAIMED_LETTERS_MIN && shown * 100 >= page * BARE_PERCENT_MIN;
    if is_bare && letters < UNCLAIMED_LETTERS_MIN && lean.title.is_some_and(names_an_error) {
        return Some("the page is a notice of an error and shows no article");
    }
    let enough = match claim {
        Claim::Article => true,
        Claim::Nothing => letters >= UNCLAIMED_LETTERS_MIN || is_bare,
        Claim::Other => letters >= DENIED_LETTERS_MIN && prose.len() >= DENIED_PARAGRAPHS_MIN,
    };
    (!enough).then_some("the page shows too little text to be an article, and does not call itself one")
}

fn claim(lean: &Lean, has_article: bool) -> Claim {
    let says = |name: &str| metadata::first(lean, name).map(|said| said.to_lowercase());
    let kind = says("og:type");
    if has_article || kind.as_deref().is_some_and(|kind| kind.contains("article")) || metadata::is_dated(lean) {
        return Claim::Article;
    }
    let hidden = says("robots").is_some_and(|robots| robots.contains("noindex"));
    if kind.is_some() || hidden { Claim::Other } else { Claim::Nothing }
}

fn is_prose(paragraph: &Paragraph) -> bool {
    !paragraph.is_heading && !paragraph.count.is_linked(40) && letters(&paragraph.text) >= PROSE_LETTERS_MIN
}

fn letters_of(paragraph: &Paragraph) -> usize {
    if paragraph.is_heading || paragraph.count.is_linked(95) { 0 } else { letters(&paragraph.text) }
}

/// The letters of a text, those of scripts without spaces thrice: a character there is about half a word.
pub(in crate::article) fn letters(text: &str) -> usize {
    text.chars().filter(|c| c.is_alphanumeric()).map(|c| if text::is_spaced(c) { 1 } else { 3 }).sum()
}

/// Statuses of HTTP that servers put into the titles of their notices.
const ERROR_STATUSES: &[&str] = &["400", "401", "403", "404", "410", "429", "500", "502", "503", "504"];

/// The most words of the title of such a notice: `503 Service Temporarily Unavailable`.
const ERROR_TITLE_WORDS_MAX: usize = 5;

/// Whether the title of a page is that of an error, by the number that all languages share.
fn names_an_error(title: &str) -> bool {
    let words = || title.split_whitespace();
    let is_status = |word: &str| ERROR_STATUSES.contains(&word.trim_matches(|c: char| !c.is_ascii_digit()));
    words().take(ERROR_TITLE_WORDS_MAX + 1).count() <= ERROR_TITLE_WORDS_MAX && words().any(is_status)
}

/// Whether most of the prose are teasers: each stands under a link of its own.
fn is_list(reading: &Reading) -> bool {
    let (mut teasers, mut others) = (0, 0);
    for (before, paragraph) in reading.prose_with_before() {
        if paragraph.is_heading {
            continue;
        }
        if before.is_some_and(|before| before.count.is_linked(90)) || paragraph.count.is_linked(90) {
            teasers += 1;
        } else {
            others += 1;
        }
    }
    teasers >= 3 && teasers >= others
}
