//! Where plain text shows its own title.

use super::furniture::{Cleaned, Fate, Line, Sheet, is_month_and_year};
use super::normalise;
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
/// A title is a short first line, set apart by an empty line and without a full stop; or, in a text of one line, what
/// stands before ` - ` and a lede.
#[must_use]
pub fn clean_plain(text: &str) -> CleanedPlain {
    let text = normalise(text);
    let mut sheet = Sheet::read(&text);
    let title = lift_first_line(&mut sheet).or_else(|| lift_before_dash(&mut sheet)).map(str::to_owned);
    let Cleaned { body, furniture, origin, authors } = sheet.assemble();
    if body.is_empty() {
        return CleanedPlain { body: text, ..CleanedPlain::default() };
    }
    CleanedPlain { title, body, furniture, origin, authors }
}

/// The most code points of a title. Headlines of agencies stay below 120; translated ones run longer.
const TITLE_CHARS_MAX: usize = 160;

/// The fewest words of a title before a dash: fewer are a dateline or the first half of a pair.
const DASH_TITLE_WORDS_MIN: usize = 6;

/// The fewest bytes of the article after a dash.
const DASH_LEDE_BYTES_MIN: usize = 100;

/// A title that is a line of its own.
fn lift_first_line<'a>(sheet: &mut Sheet<'a>) -> Option<&'a str> {
    let first = sheet.lines.iter().position(|line| line.fate == Fate::Body)?;
    let set_apart = sheet.lines.get(first + 1).is_some_and(|next| next.blank_before);
    let prose_follows = sheet.lines[first + 1..].iter().any(|line| line.fate == Fate::Body);
    let line = &mut sheet.lines[first];
    if !(set_apart && prose_follows && is_title(line.text)) {
        return None;
    }
    line.fate = Fate::Title;
    Some(line.text)
}

fn is_title(text: &str) -> bool {
    let bare = text.trim_end_matches(['"', '”', '»', '’', '」', '』', '\u{A0}', '\u{202F}']);
    let stopped = bare.ends_with(['.', '…', '。', '।', '۔', ':', '：', ';', ',']);
    let lower = text.chars().find(|c| c.is_alphanumeric()).is_none_or(char::is_lowercase);
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
    sheet.lines[index].text = lede;
    sheet.lines.insert(index, Line { text: title, blank_before: false, fate: Fate::Title });
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
