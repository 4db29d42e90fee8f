//! Where plain text shows its own title.

use super::furniture::{Cleaned, Fate, Gap, Line, Sheet, clean_normal, is_month_and_year, is_small, opens_article};
use super::{headline, normalise};
use crate::event::{Furniture, Origin};

/// A plain-text article, its title set apart and its furniture lifted out.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CleanedPlain {
    /// The title, if the text clearly shows one; never empty.
    pub title: Option<String>,
    /// The prose, without the title.
    pub body: String,
    /// What was lifted out, in the order in which it stood; `at` counts code points of `body`.
    pub furniture: Vec<Furniture>,
    /// Agencies or outlets that the furniture credits.
    pub origin: Vec<Origin>,
    /// Authors that a byline names.
    pub authors: Vec<String>,
}

/// Normalises a plain-text article, lifts its furniture out and splits its title from its body. A text that is title
/// and furniture alone is left as it is.
///
/// A title is a short first line, set apart by an empty line and without a full stop, or by the paragraph under it that
/// it heads; or, in a text of one line, what stands before ` - ` and a lede.
#[must_use]
pub fn clean_plain(text: &str) -> CleanedPlain {
    let text = normalise(text);
    let mut sheet = Sheet::read_titled(&text, Some(is_set_apart));
    let first_line = sheet.lines.iter().find(|line| line.fate == Fate::Title).map(|line| line.text);
    let title = first_line.or_else(|| lift_before_dash(&mut sheet)).map(|title| without_mark(title).to_owned());
    let cleaned = sheet.assemble();
    // A title and nothing under it is the text itself.
    let (title, cleaned) = if cleaned.body.is_empty() { (None, clean_normal(text)) } else { (title, cleaned) };
    let Cleaned { body, furniture, origin, authors } = cleaned;
    CleanedPlain { title, body, furniture, origin, authors }
}

/// The most code points of a title. Headlines of agencies stay below 120; translated ones run longer.
pub(super) const TITLE_CHARS_MAX: usize = 160;

/// The fewest words of a title before a dash: fewer are a dateline or the first half of a pair.
const DASH_TITLE_WORDS_MIN: usize = 6;

/// The fewest bytes of the article after a dash.
const DASH_LEDE_BYTES_MIN: usize = 100;

/// A title that is a line of its own: an empty line follows, or the byline or the day; or it is set in capitals and
/// what follows is not; or it has the shape of a headline and what follows that of a paragraph.
fn is_set_apart(line: &str, gap: Gap, next: &str) -> bool {
    is_title(without_mark(line))
        && (gap == Gap::EmptyLine
            || is_marked(line)
            || opens_article(next)
            || (is_capitals(line) && !is_capitals(next))
            || headline::heads(line, next))
}

/// `# Title`, as Markdown has it.
fn is_marked(line: &str) -> bool {
    line.len() > without_mark(line).len()
}

fn without_mark(line: &str) -> &str {
    line.strip_prefix("# ").map_or(line, str::trim_start)
}

/// The fewest words of a title that only its capitals tell, and its fewest letters: fewer are the name of a section.
const CAPITALS_WORDS_MIN: usize = 3;
const CAPITALS_LETTERS_MIN: usize = 12;

fn is_capitals(line: &str) -> bool {
    line.len() <= 4 * TITLE_CHARS_MAX
        && line.split_whitespace().count() >= CAPITALS_WORDS_MIN
        && line.chars().filter(|c| c.is_uppercase()).count() >= CAPITALS_LETTERS_MIN
        && !line.chars().any(char::is_lowercase)
}

fn is_title(text: &str) -> bool {
    let bare = text.trim_end_matches(['"', '”', '»', '’', '」', '』', '\u{A0}', '\u{202F}']);
    let stopped = bare.ends_with(['.', '…', '。', '।', '۔', '។', '။', '።', '։', ':', '：', ';', ',']);
    let lower = text.chars().find(|c| c.is_alphanumeric()).is_none_or(is_small);
    text.len() <= 4 * TITLE_CHARS_MAX
        && text.chars().count() <= TITLE_CHARS_MAX
        && !stopped
        && !lower
        && !is_month_and_year(text)
}

/// A title before ` - ` at the start of a text that is one line.
fn lift_before_dash<'a>(sheet: &mut Sheet<'a>) -> Option<&'a str> {
    let mut body = sheet.lines.iter().enumerate().filter(|(_, line)| line.fate == Fate::Body);
    let (index, line) = body.next()?;
    if body.next().is_some() {
        return None;
    }
    let (title, lede) = split_dash(line.text)?;
    // What was settled for the line as a whole need not be for what is left of it: the lede is read as a text.
    let title_line = Line { text: title, gap: Gap::Newline, fate: Fate::Title };
    sheet.lines.splice(index..=index, std::iter::once(title_line).chain(Sheet::read(lede).lines));
    Some(title)
}

/// `title - lede` in two. Dashes also stand in datelines (`HÀ NỘI - `), between two names (`Việt Nam - Nga`) and around
/// asides; so the title must have the shape of a phrase and end in a common word, and the lede must open a sentence
/// that has no other dash.
fn split_dash(text: &str) -> Option<(&str, &str)> {
    let (at, dash) = [" - ", " – ", " — "].iter().filter_map(|dash| Some((text.find(dash)?, *dash))).min()?;
    let (title, lede) = (text[..at].trim_end(), text[at + dash.len()..].trim_start());
    let words = title.split_whitespace().count();
    let starts_lower = |word: &str| word.chars().next().is_some_and(char::is_lowercase);
    let common_words = title.split_whitespace().filter(|word| starts_lower(word)).count();
    let phrase = words >= DASH_TITLE_WORDS_MIN
        && common_words >= 2
        && title.split_whitespace().next_back().is_some_and(starts_lower)
        && !title.contains(['.', '!', '?', '(', ':']);
    let first_sentence = lede.split(['.', '!', '?']).next().unwrap_or_default();
    let opens = lede.len() >= DASH_LEDE_BYTES_MIN
        && lede.chars().find(|c| c.is_alphanumeric()).is_some_and(char::is_uppercase)
        && ![" - ", " – ", " — "].iter().any(|dash| first_sentence.contains(dash));
    (phrase && opens && is_title(title)).then_some((title, lede))
}
