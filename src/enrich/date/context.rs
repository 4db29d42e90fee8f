//! What stands between and around the triggers: gaps, words before and after, and the wording of the clause.

use std::borrow::Cow;

use super::clause::{clause, ends_clause, ends_sentence};
use super::data::{Boundary, Data};
use super::phrase::folded_prefix;
use super::words::Words;

/// What stands between two tokens.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Gap {
    /// Nothing.
    Glued,
    /// Blanks only.
    Space,
    Comma,
    /// A full stop, as after an ordinal or an abbreviation.
    Dot,
    Slash,
    /// A dash of any length.
    Dash,
    /// An opening bracket.
    Paren,
    /// A word that joins the parts of one date: "of".
    Of,
    /// A word that joins the two ends of a range: "to".
    To,
    /// A word that joins two dates, or the ends of a range after "between": "and".
    And,
    /// Anything else.
    Far,
}

/// No joining word is longer than this, in bytes.
const GAP_BYTES_MAX: usize = 40;

/// Classifies the text between two tokens.
pub(super) fn gap(text: &str, words: &Words) -> Gap {
    if text.is_empty() {
        return Gap::Glued;
    }
    if text.len() > GAP_BYTES_MAX || text.contains('\n') {
        return Gap::Far;
    }
    let between = text.trim();
    // The full stop of an abbreviation: "Sept. to Nov."
    let between = between.strip_prefix(". ").filter(|rest| rest.starts_with(char::is_lowercase)).unwrap_or(between);
    match between {
        "" => Gap::Space,
        "," | "،" | "，" | "、" => Gap::Comma,
        "." => Gap::Dot,
        "/" => Gap::Slash,
        "-" | "–" | "—" | "~" | "～" | "〜" => Gap::Dash,
        "(" | ", (" | "（" => Gap::Paren,
        word if contains(&words.data.to, word) => Gap::To,
        word if contains(&words.data.of, word) => Gap::Of,
        word if contains(&words.data.and, word) => Gap::And,
        word => ordinal_gap(word, words),
    }
}

/// A joining word or a dash behind the full stop of an ordinal: "vom 3. bis 5. Mai". A capital starts a sentence.
fn ordinal_gap(word: &str, words: &Words) -> Gap {
    // "od torka, 1. aprila, do petka, 4. aprila"
    if word.strip_prefix(", ").is_some_and(|word| contains(&words.data.to, word)) {
        return Gap::To;
    }
    let Some(word) = word.strip_prefix('.').filter(|word| !word.trim_start().starts_with(char::is_uppercase)) else {
        return Gap::Far;
    };
    match word.trim_start() {
        "-" | "–" | "—" => Gap::Dash,
        word if contains(&words.data.to, word) => Gap::To,
        word if contains(&words.data.and, word) => Gap::And,
        _ => Gap::Far,
    }
}

/// What follows a full stop that ends no sentence, as the small letter behind it shows.
pub(super) fn after_stop(text: &str) -> Option<&str> {
    let rest = text.strip_prefix('.')?.trim_start_matches([' ', '\u{a0}']);
    rest.starts_with(char::is_lowercase).then_some(rest)
}

fn contains(list: &[String], word: &str) -> bool {
    list.iter().any(|entry| same(entry, word))
}

/// Compares without case; `entry` is in lower case.
fn same(entry: &str, word: &str) -> bool {
    folded_prefix(word, entry) == Some(word.len())
}

/// If one of the words ends directly before `at` (blanks aside), the byte where it starts.
pub(super) fn word_before(text: &str, at: usize, list: &[String], words: &Words) -> Option<usize> {
    let head = text[..at].trim_end_matches([' ', '\u{a0}']);
    let touching = head.len() == at;
    let longest = list.iter().filter_map(|entry| {
        // An elided word (d', l') and a script without spaces touch what follows; other words do not.
        let may_touch = words.data.boundary != Boundary::Both || entry.ends_with(['\'', '’', '-']);
        if touching && !may_touch && at > 0 {
            return None;
        }
        ends_with(head, entry).filter(|start| left_is_free(text, *start, words))
    });
    longest.min()
}

/// Whether one of the words stands before `at` with the full stop of an abbreviation: "no. 45".
pub(super) fn abbreviation_before(text: &str, at: usize, list: &[String], words: &Words) -> bool {
    let head = text[..at].trim_end_matches([' ', '\u{a0}']);
    let Some(head) = head.strip_suffix('.') else { return false };
    list.iter().any(|entry| ends_with(head, entry).is_some_and(|start| left_is_free(text, start, words)))
}

fn left_is_free(text: &str, start: usize, words: &Words) -> bool {
    words.data.boundary == Boundary::None
        || !text[..start].chars().next_back().is_some_and(char::is_alphanumeric)
        || clitic_before(text, start, words).is_some()
}

/// Where a clitic starts that is written on to the word at a byte: "و" of `ومارس`.
pub(super) fn clitic_before(text: &str, start: usize, words: &Words) -> Option<usize> {
    let head = &text[..start];
    let clitics = words.data.clitics.iter().filter_map(|clitic| head.strip_suffix(clitic.as_str()));
    clitics.filter(|rest| !rest.ends_with(char::is_alphanumeric)).map(str::len).min()
}

/// Where `entry` starts if the text ends with it, without case.
fn ends_with(text: &str, entry: &str) -> Option<usize> {
    let start = text.len().checked_sub(entry.len())?;
    let tail = text.get(start..)?;
    same(entry, tail).then_some(start)
}

/// Whether one of the words follows `at` (blanks aside).
pub(super) fn word_after(text: &str, at: usize, list: &[String], words: &Words) -> bool {
    after_word(text, at, list, words).is_some()
}

/// If one of the words follows `at` (blanks aside), the byte where the longest of them ends.
pub(super) fn after_word(text: &str, at: usize, list: &[String], words: &Words) -> Option<usize> {
    let tail = text[at..].trim_start_matches([' ', '\u{a0}']);
    let start = text.len() - tail.len();
    let ends = list.iter().filter(|entry| {
        tail.get(..entry.len()).is_some_and(|head| same(entry, head))
            && (words.data.boundary != Boundary::Both
                || entry.ends_with(['\'', '’'])
                || !tail[entry.len()..].chars().next().is_some_and(char::is_alphanumeric))
    });
    ends.map(|entry| start + entry.len()).max()
}

/// In which direction the words around a date point.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Direction {
    /// The clause says that it is to come.
    Future,
    /// The clause says that it has been.
    Past,
    /// The clause does not say.
    Unsaid,
}

/// Reads the clause around a date for words of the future or the past, and where it has none, the rest of the sentence.
/// The nearest one decides: "he said on Monday that he would go" was said on a Monday past. Of two as near, the future
/// does.
pub(super) fn direction(text: &str, start: usize, end: usize, words: &Words) -> Direction {
    if points_ahead(text, start, end, words) { Direction::Future } else { told(text, start, end, words) }
}

/// The same, whatever preposition leads the date: what is done "на Пасху" may be over.
pub(super) fn told(text: &str, start: usize, end: usize, words: &Words) -> Direction {
    let data = &words.data;
    // "Seit Montag": it has begun, whatever the clause says else.
    let since = data.since.iter().filter(|word| !data.from.contains(word));
    if since.into_iter().any(|word| after_word(&text[start..end], 0, std::slice::from_ref(word), words).is_some()) {
        return Direction::Past;
    }
    if words.future.is_empty() && words.past.is_empty() {
        return Direction::Unsaid;
    }
    if is_alone(text, start, end, words) {
        return Direction::Future;
    }
    if is_dateline(text, start, end) {
        return Direction::Past;
    }
    match pointing(clause(text, start, end, ends_clause), words) {
        Direction::Unsaid => pointing(clause(text, start, end, ends_sentence), words),
        said => said,
    }
}

/// The city and agency of a dateline are no longer, in bytes.
const DATELINE_BYTES_MAX: usize = 64;

/// Whether a date stands between the place that a text opens with and a dash: the day on which it was written.
pub(super) fn is_dateline(text: &str, start: usize, end: usize) -> bool {
    let opens = start <= DATELINE_BYTES_MAX && !text[..start].contains(['.', '!', '?', ';', '\n']);
    let behind = text[end..].strip_prefix(['.', ')']).unwrap_or(&text[end..]).trim_start();
    opens && start > 0 && (behind.starts_with(['–', '—']) || behind.starts_with("- ") || behind.starts_with("-- "))
}

/// Where the words to the left and right of a date point.
fn pointing([left, right]: [&str; 2], words: &Words) -> Direction {
    let auxiliary = &words.future;
    let nearest = |cues: &Cues| {
        let sides = [cues.before(left, auxiliary, words), cues.after(right, auxiliary, words)];
        sides.into_iter().flatten().min()
    };
    match (nearest(&words.future), nearest(&words.past)) {
        (Some(future), Some(past)) if past < future => Direction::Past,
        (Some(_), _) => Direction::Future,
        (None, Some(_)) => Direction::Past,
        (None, None) => Direction::Unsaid,
    }
}

/// Whether a preposition of what is to come stands before a date or leads it: "перенесли на среду".
fn points_ahead(text: &str, start: usize, end: usize, words: &Words) -> bool {
    let list = &words.data.ahead;
    let leads = after_word(text, start, list, words).is_some_and(|behind| behind < end);
    leads || word_before(text, start, list, words).is_some()
}

/// Words of one direction: whole ones, with a star before them endings (`*ed`), with one behind them beginnings (`ستع*`).
#[derive(Clone, Debug, Default)]
pub(super) struct Cues {
    /// Sorted.
    whole: Vec<String>,
    endings: Vec<String>,
    beginnings: Vec<String>,
    /// Of several words, or of a script that does not set words apart.
    anywhere: Vec<String>,
    capital_nouns: bool,
}

impl Cues {
    pub(super) fn compile(list: &[String], data: &Data) -> Self {
        let mut cues = Self { capital_nouns: data.capital_nouns, ..Self::default() };
        for cue in list {
            match cue.strip_prefix('*') {
                Some(ending) => cues.endings.push(ending.to_owned()),
                None if cue.ends_with('*') => cues.beginnings.push(cue.trim_end_matches('*').to_owned()),
                None if cue.contains(' ') || data.boundary != Boundary::Both => cues.anywhere.push(cue.clone()),
                None => cues.whole.push(cue.clone()),
            }
        }
        cues.whole.sort();
        cues
    }

    fn is_empty(&self) -> bool {
        self.whole.is_empty() && self.endings.is_empty() && self.beginnings.is_empty() && self.anywhere.is_empty()
    }

    /// Whether a word is one of them.
    pub(super) fn holds(&self, word: &str) -> bool {
        pieces(word).any(|piece| self.is_cue(piece, word, &Self::default()))
    }

    /// How many bytes before the end of a text the last cue ends.
    fn before(&self, text: &str, auxiliary: &Self, words: &Words) -> Option<usize> {
        let single = self.pieces(text).rfind(|piece| self.is_cue(*piece, text, auxiliary));
        let single = single.map(|(at, word)| text.len() - at - word.len());
        single.into_iter().chain(self.found(text, words).map(|(_, end)| text.len() - end)).min()
    }

    /// How many bytes into a text the first cue starts.
    fn after(&self, text: &str, auxiliary: &Self, words: &Words) -> Option<usize> {
        let single = self.pieces(text).find(|piece| self.is_cue(*piece, text, auxiliary)).map(|(at, _)| at);
        single.into_iter().chain(self.found(text, words).map(|(start, _)| start)).min()
    }

    /// The words that can be cues of one word.
    fn pieces<'a>(&self, text: &'a str) -> impl DoubleEndedIterator<Item = (usize, &'a str)> {
        let none = self.whole.is_empty() && self.endings.is_empty() && self.beginnings.is_empty();
        pieces(if none { "" } else { text })
    }

    /// Whether a word, which starts at a byte of a text, is a cue. An ending behind an auxiliary is a participle and says
    /// nothing: "will be played".
    fn is_cue(&self, (at, word): (usize, &str), text: &str, auxiliary: &Self) -> bool {
        // Where nouns are written with a capital, an ending of theirs is none of a verb.
        let noun = self.capital_nouns && word.starts_with(char::is_uppercase);
        let word = lower(word);
        let ends = |ending: &String| word.len() > ending.len() + 1 && word.ends_with(ending.as_str());
        let starts = |start: &String| word.starts_with(start.as_str());
        let helped = || pieces(&text[..at]).any(|(_, word)| auxiliary.is_whole(&lower(word)));
        self.is_whole(&word)
            || self.beginnings.iter().any(starts)
            || (!noun && self.endings.iter().any(ends) && !helped())
    }

    fn is_whole(&self, word: &str) -> bool {
        self.whole.binary_search_by(|cue| cue.as_str().cmp(word)).is_ok()
    }

    /// Every cue of several words, by its bytes.
    fn found<'a>(&'a self, text: &'a str, words: &'a Words) -> impl Iterator<Item = (usize, usize)> + 'a {
        self.anywhere.iter().flat_map(move |cue| {
            let hits = text.match_indices(cue.as_str()).map(|(at, hit)| (at, at + hit.len()));
            hits.filter(|(start, end)| words.stands_alone(text, *start, *end))
        })
    }
}

/// A word in lower case, which most words are, without the vowel signs that Arabic writes at will.
fn lower(word: &str) -> Cow<'_, str> {
    let sign = |letter: char| ('\u{64b}'..='\u{652}').contains(&letter);
    if word.chars().any(|letter| letter.is_uppercase() || sign(letter)) {
        Cow::Owned(word.to_lowercase().replace(sign, ""))
    } else {
        Cow::Borrowed(word)
    }
}

/// The words of a text with the bytes where they start.
fn pieces(text: &str) -> impl DoubleEndedIterator<Item = (usize, &str)> {
    text.split([' ', '\u{a0}', '"', '“', '”', '«', '»', '\'', '’']).map(move |word| {
        let at = word.as_ptr() as usize - text.as_ptr() as usize;
        (at, word)
    })
}

/// Whether a sentence ends between two bytes of a text.
pub(super) fn sentence_between(text: &str, from: usize, to: usize) -> bool {
    text.get(from..to)
        .is_none_or(|between| between.contains(['!', '?', '\n', '。', '！', '？', '।', '؟']) || between.contains(". "))
}

/// Whether a date is all that a text says, but for its preposition or article.
pub(super) fn is_alone(text: &str, start: usize, end: usize, words: &Words) -> bool {
    let (before, lead) = (text[..start].trim(), &words.data.lead);
    let led = [&lead.day, &lead.month, &lead.year].into_iter().any(|list| contains(list, before));
    (before.is_empty() || led) && text[end..].trim_matches([' ', '.', '!', '?', '\n']).is_empty()
}
