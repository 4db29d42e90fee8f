//! A record that is read and not yet clean, and the one way in which it becomes an article.

use super::draft::Draft;
use super::{Article, Identity, Intake, Reject, RejectReason, Retraction, authors, notice};
use crate::event::Dialect;
use crate::text::{self, Block, Cleaned, CleanedPlain};

/// What a record holds, its fields as they were written. [`Parsed::clean`] makes the article of it.
#[derive(Debug)]
pub struct Parsed(Meaning);

#[derive(Debug)]
enum Meaning {
    Article(Box<Unclean>),
    Retraction(Retraction),
}

/// The text of an article.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Body {
    /// As one text.
    Text(String),
    /// As blocks, some of them known as furniture.
    Blocks(Vec<Block>),
}

impl Body {
    pub(super) fn is_empty(&self) -> bool {
        match self {
            Self::Text(text) => text.is_empty(),
            Self::Blocks(blocks) => blocks.is_empty(),
        }
    }

    /// The bytes of its text.
    pub(super) fn len(&self) -> usize {
        match self {
            Self::Text(text) => text.len(),
            Self::Blocks(blocks) => blocks.iter().map(|block| block.text.len()).sum(),
        }
    }

    /// Its text, a blank line between blocks.
    pub(super) fn into_text(self) -> String {
        match self {
            Self::Text(text) => text,
            Self::Blocks(blocks) => blocks.into_iter().map(|block| block.text).collect::<Vec<_>>().join("\n\n"),
        }
    }

    /// Several bodies as one, in this order.
    pub(super) fn concat(mut bodies: Vec<Self>) -> Option<Self> {
        if bodies.len() < 2 {
            return bodies.pop();
        }
        let lines = |text: &str| {
            let lines = text.split('\n').map(str::trim).filter(|line| !line.is_empty());
            lines.map(|line| Block { text: line.to_owned(), role: None }).collect::<Vec<_>>()
        };
        let blocks = bodies.into_iter().flat_map(|body| match body {
            Self::Text(text) => lines(&text),
            Self::Blocks(blocks) => blocks,
        });
        Some(Self::Blocks(blocks.collect()))
    }
}

/// An article whose texts are as they were written.
#[derive(Debug)]
struct Unclean {
    draft: Draft,
    body: Body,
    identity: Identity,
    dialect: Dialect,
    value_sha256: String,
}

impl From<Retraction> for Parsed {
    fn from(retraction: Retraction) -> Self {
        Self(Meaning::Retraction(retraction))
    }
}

impl Parsed {
    /// An article. The body is not among the draft's fields any more, since an article is never without one.
    pub(super) fn article(
        draft: Draft,
        body: Body,
        identity: Identity,
        dialect: Dialect,
        value_sha256: String,
    ) -> Self {
        Self(Meaning::Article(Box::new(Unclean { draft, body, identity, dialect, value_sha256 })))
    }

    /// Cleans the texts.
    ///
    /// # Errors
    /// A [`Reject`] if nothing is left of the body.
    pub fn clean(self) -> Result<Intake, Reject> {
        match self.0 {
            Meaning::Article(unclean) => unclean.clean().map(|article| Intake::Article(Box::new(article))),
            Meaning::Retraction(retraction) => Ok(Intake::Retraction(retraction)),
        }
    }
}

impl Unclean {
    fn clean(self) -> Result<Article, Reject> {
        let Self { draft, body, identity, dialect, value_sha256 } = self;
        let title = draft.title.as_deref().map(one_line).filter(|title| !title.is_empty());
        let (title, cleaned) = clean(dialect, title, body);
        if !is_visible(&cleaned.body) {
            return Err(Reject::new(RejectReason::Empty, "nothing is left of the text once it is cleaned"));
        }
        if notice::is_notice(title.as_deref(), &cleaned.body) {
            return Err(Reject::new(
                RejectReason::Empty,
                "the text is that of a notice, of an error or a check for robots, and no article",
            ));
        }
        let mut metadata = draft.metadata;
        metadata.authors = authors::of(&metadata.authors, metadata.language.as_ref(), cleaned.authors);
        Ok(Article {
            identity,
            dialect,
            value_sha256,
            metadata,
            title,
            lede: draft.lede.as_deref().map(one_line).filter(|lede| !lede.is_empty()),
            body: cleaned.body,
            furniture: cleaned.furniture,
            origin: cleaned.origin,
            warnings: draft.warnings,
            ext: draft.ext,
        })
    }
}

/// Cleans the text. A plain text without a title may show its own; any other is not searched for one.
fn clean(dialect: Dialect, title: Option<String>, body: Body) -> (Option<String>, Cleaned) {
    let cleaned = match (body, &title) {
        (Body::Text(text), None) if dialect == Dialect::PlainText => {
            let CleanedPlain { title, body, furniture, origin, authors } = text::clean_plain(&text);
            return (title, Cleaned { body, furniture, origin, authors });
        }
        (Body::Text(text), None) => text::clean_body(&text),
        (Body::Text(text), Some(title)) => text::clean_body(without_title(&text, title)),
        (Body::Blocks(mut blocks), title) => {
            let repeats = |block: &Block| {
                title.as_deref().is_some_and(|title| without_title(&format!("{}\nx", block.text), title) == "x")
            };
            if blocks.len() > 1 && blocks.first().is_some_and(repeats) {
                blocks.remove(0);
            }
            text::clean_blocks(blocks)
        }
    };
    (title, cleaned)
}

/// Whether a text shows anything: blanks, marks without width and the fillers of Hangul and Braille alone do not.
fn is_visible(text: &str) -> bool {
    let hidden = |c: char| {
        c.is_whitespace()
            || matches!(c, '\u{34F}' | '\u{115F}' | '\u{1160}' | '\u{180E}' | '\u{200B}'..='\u{200F}'
                | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{206F}' | '\u{2800}' | '\u{3164}' | '\u{FE00}'..='\u{FE0F}')
    };
    !text.chars().all(hidden)
}

/// The body without the title as its first line. Cut before the body is cleaned, so that furniture stands where it
/// says. A body that is nothing but the title stays: an article has a text.
fn without_title<'a>(body: &'a str, title: &str) -> &'a str {
    let start = body.trim_start();
    let (first, rest) = start.split_once(['\n', '\r']).unwrap_or((start, ""));
    // Normalising can shorten a line, by composing accents or dropping blanks, but not by more than this.
    let may_match = first.len() <= title.len().saturating_mul(4).saturating_add(64);
    // Markdown marks the headline with a sign of its own.
    let headline = first.strip_prefix("# ").unwrap_or(first);
    if may_match && !rest.trim().is_empty() && same_words(&one_line(headline), title) {
        return rest;
    }
    behind_title(start, title).unwrap_or(body)
}

/// The fewest words of a title that a text may go on from in the same line.
const RUN_IN_WORDS_MIN: usize = 5;

/// What follows a title in the same line, as scrapers write it that join all of a page. A sentence that begins as the
/// title does goes on with a small letter or a sign.
fn behind_title<'a>(body: &'a str, title: &str) -> Option<&'a str> {
    let rest = body.strip_prefix(title)?.strip_prefix(' ')?;
    let is_long = title.split_whitespace().count() >= RUN_IN_WORDS_MIN && title.contains(char::is_lowercase);
    (is_long && title.ends_with(char::is_alphanumeric) && rest.starts_with(char::is_uppercase)).then_some(rest)
}

fn same_words(a: &str, b: &str) -> bool {
    a.split_whitespace().eq(b.split_whitespace())
}

/// A short field as one clean line: a run of white space, or any that breaks a line, is one space. A single special
/// space (no-break, ideographic) stays: it is typography.
pub(super) fn one_line(text: &str) -> String {
    let normal = text::normalise(text);
    let mut line = String::with_capacity(normal.len());
    // A space without width parts nothing at an edge.
    let bare = normal.trim_matches(|c: char| c.is_whitespace() || matches!(c, '\u{200B}' | '\u{2060}' | '\u{FEFF}'));
    let mut characters = bare.chars().peekable();
    while let Some(character) = characters.next() {
        if !character.is_whitespace() {
            line.push(character);
            continue;
        }
        let mut single = !character.is_control() && !matches!(character, '\u{2028}' | '\u{2029}');
        while characters.next_if(|next| next.is_whitespace()).is_some() {
            single = false;
        }
        line.push(if single { character } else { ' ' });
    }
    line
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn short_fields_are_one_line() {
        let check = |text: &str, expected: &str| assert_eq!(one_line(text), expected, "{text:?}");
        check("  Flood\n  waters  rise ", "Flood waters rise");
        check("Vanuatu\u{a0}: le Parlement", "Vanuatu\u{a0}: le Parlement");
        check("a\tb\u{2028}c\u{3000}d \u{a0} e", "a b c\u{3000}d e");
        check(" \n ", "");
        check("\u{200B}\u{FEFF} Rain \u{200B}", "Rain");
    }

    #[test]
    fn a_title_is_not_repeated_in_the_body() {
        let check = |body: &str, title: &str, expected: &str| {
            assert_eq!(without_title(body, title).trim(), expected, "{body:?}");
        };
        check("Rain\n\nIt rained.", "Rain", "It rained.");
        check("\n  Heavy   rain \r\nIt rained.", "Heavy rain", "It rained.");
        check("Rain fell\nIt rained.", "Rain", "Rain fell\nIt rained.");
        check("Rain", "Rain", "Rain");
        check("Rain\n \n", "Rain", "Rain");
        let title = "Old bridge opens after two years";
        check("Old bridge opens after two years HILLTOWN, 5 May - It opened.", title, "HILLTOWN, 5 May - It opened.");
        for prose in ["Old bridge opens after two years of work.", "Old bridge opens after two years, it says."] {
            check(prose, title, prose);
        }
        check("Rain Again fell.", "Rain", "Rain Again fell.");
    }

    #[test]
    fn marks_without_width_are_no_text() {
        assert!(!is_visible("") && !is_visible("\u{200B}\u{200B} \u{2060}\n\u{3164}"));
        assert!(is_visible("\u{200F}ע") && is_visible("—"));
    }
}
