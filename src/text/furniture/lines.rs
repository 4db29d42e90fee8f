//! What one line is, by its own words.

use super::rules::{Kind, Rules, folded, rules, strip_separator};
use super::{Found, people, source};
use super::{date_line, picture};
use crate::event::FurnitureRole;

/// The most code points of a line that is looked at as furniture other than a caption. A headline of another article
/// has up to about 150; with its label that stays below.
const LINE_CHARS_MAX: usize = 200;

/// Among how many lines at the head a byline may stand: after title and standfirst at the latest.
const HEAD_LINES: usize = 3;

/// What a line is, if it is furniture by its own words wherever it stands (a byline: at the head). `index` counts the
/// lines before it that are not empty.
pub(super) fn role_of(line: &str, index: usize) -> Option<Found> {
    // A code point has up to four bytes: a line of more bytes is too long for any rule, without counting.
    if line.len() > 4 * picture::CAPTION_CHARS_MAX {
        return None;
    }
    let rules = rules();
    let chars = line.chars().count();
    let short = chars <= LINE_CHARS_MAX;
    short
        .then(|| {
            date_line::bare(line, index)
                .or_else(|| placeholder(line, index, rules))
                .or_else(|| labelled(line, rules))
                .or_else(|| comments(line, rules))
        })
        .flatten()
        .or_else(|| (short && index < HEAD_LINES).then(|| people::byline(line, rules)).flatten())
        .or_else(|| picture::caption_or_credit(line, chars, rules))
}

/// The fewest bytes of an advertisement's label without brackets: `Ad` and `Pub` are also other words.
const BARE_AD_BYTES_MIN: usize = 6;

/// `[ad_2]`, `(Publicidade)`, `Advertisement`, `>> a link`.
fn placeholder(line: &str, index: usize, rules: &Rules) -> Option<Found> {
    if let Some(rest) = line.strip_prefix(">>") {
        return (rest.chars().any(char::is_alphanumeric)).then(|| Found::new(FurnitureRole::RelatedLink));
    }
    let inner = unbracket(line).or_else(|| (index > 0 && line.len() >= BARE_AD_BYTES_MIN).then_some(line))?;
    let bare = inner.trim_end_matches(|c: char| c.is_ascii_digit() || matches!(c, '_' | '-' | ' ' | '#' | ':'));
    rules
        .labels_of(bare)
        .any(|(kind, rest)| kind == Kind::Ad && rest.is_empty())
        .then(|| Found::new(FurnitureRole::AdPlaceholder))
}

/// The text within the brackets that enclose all of a line.
pub(super) fn unbracket(line: &str) -> Option<&str> {
    let inner = [('[', ']'), ('(', ')'), ('（', '）'), ('【', '】'), ('［', '］')]
        .iter()
        .find_map(|(open, close)| line.strip_prefix(*open)?.strip_suffix(*close))?;
    (!inner.contains(['(', '（', '[', ')', '）', ']'])).then_some(inner.trim())
}

/// Lines that say by their first words what they are.
fn labelled(line: &str, rules: &Rules) -> Option<Found> {
    let inner = unbracket(line).unwrap_or(line);
    rules.labels_of(inner).find_map(|(kind, rest)| match kind {
        Kind::RelatedLink => {
            let is_link = rest.is_empty() || strip_separator(rest).is_some_and(|link| !is_prose(link));
            is_link.then(|| Found::new(FurnitureRole::RelatedLink))
        }
        Kind::Source | Kind::SourceReprint | Kind::SourceTranslation => source::line(kind, rest),
        Kind::Editor => people::editor(rest, rules),
        Kind::Share => is_share_bar(rest, rules).then(|| Found::new(FurnitureRole::ShareBar)),
        Kind::Subscription => is_call(rest).then(|| Found::new(FurnitureRole::Subscription)),
        Kind::Date => strip_separator(rest).and_then(date_line::of_label),
        Kind::Published => is_date_line(rest).then(|| Found::new(FurnitureRole::DateMarker)),
        Kind::Picture
        | Kind::PictureBy
        | Kind::PictureAlone
        | Kind::Byline
        | Kind::BylineColon
        | Kind::SourceSignOff
        | Kind::Ad
        | Kind::Comments => None,
    })
}

/// The most words of a headline that ends with a stop.
const STOPPED_HEADLINE_WORDS_MAX: usize = 18;

/// Whether what follows a label is a paragraph rather than a headline: several sentences, or a long one with its stop.
fn is_prose(text: &str) -> bool {
    if !text.ends_with(['.', '!', '?', '…', '。', '।', '؟', '۔', '"', '”', '»']) {
        return false;
    }
    let words = text.split_whitespace().count();
    let sentence_within = text.match_indices(['.', '!', '?', '。', '।', '؟', '۔']).any(|(at, stop)| {
        let rest = &text[at + stop.len()..];
        let word = text[..at].rsplit(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
        let parted = rest.starts_with(' ') || stop == "。";
        let opens = rest.trim_start().chars().next().is_some_and(|c| c.is_alphabetic() && !c.is_lowercase());
        parted && opens && word.chars().count() > 2
    });
    sentence_within || words > STOPPED_HEADLINE_WORDS_MAX
}

/// A share bar holds its label and at most names of networks.
fn is_share_bar(rest: &str, rules: &Rules) -> bool {
    rest.split(|c: char| c.is_whitespace() || matches!(c, '|' | '·' | '•' | ',' | '/' | ':' | '：' | '-'))
        .filter(|word| !word.is_empty())
        .all(|word| rules.network.contains(&folded(word)))
}

/// The most words of a prompt after its label: more is a sentence.
const CALL_WORDS_MAX: usize = 12;

fn is_call(rest: &str) -> bool {
    rest.split_whitespace().count() <= CALL_WORDS_MAX
}

/// The most code points after the label of a line that says when the article was published.
const DATE_LINE_CHARS_MAX: usize = 50;

/// A date has a year or two numbers that a sign joins, and few words; a sentence about it would end with a stop.
fn is_date_line(rest: &str) -> bool {
    const WORDS_MAX: usize = 8;
    let digits = |c: char| c.is_numeric();
    let year = rest.split(|c: char| !digits(c)).any(|number| number.chars().count() == 4);
    let joined = rest.split(digits).any(|between| matches!(between, "/" | "-" | "月"));
    (year || joined)
        && rest.chars().count() <= DATE_LINE_CHARS_MAX
        && rest.split_whitespace().count() <= WORDS_MAX
        && !rest.ends_with(['.', '。', '।', '؟', '?'])
}

/// `Comments (3)`, `3 comments`, `댓글 8개`: a label, a number, and nothing else.
fn comments(line: &str, rules: &Rules) -> Option<Found> {
    if !line.contains(char::is_numeric) {
        return None;
    }
    let number = |c: char| c.is_numeric() || c.is_whitespace() || matches!(c, '(' | ')' | '（' | '）' | ':' | '：');
    let label = line.trim_matches(number);
    let (before, after) = (line.len() - line.trim_start_matches(number).len(), line.trim_end_matches(number).len());
    let has_number = line[..before].chars().chain(line[after..].chars()).any(char::is_numeric);
    let rest_is_counter = |rest: &str| {
        let counter = rest.trim_matches(number);
        rest.is_empty() || (rest.chars().any(char::is_numeric) && matches!(counter, "개" | "件" | "条" | "條"))
    };
    let known = rules.labels_of(label).any(|(kind, rest)| {
        kind == Kind::Comments && rest_is_counter(rest) && (has_number || rest.chars().any(char::is_numeric))
    });
    known.then(|| Found::new(FurnitureRole::Comments))
}
