//! The stretches of a text that its language is read from.

use crate::text::Fields;

/// The most code points of the title that are read.
const TITLE_CHARS_MAX: usize = 200;

/// A body of so many bytes is read whole.
const WHOLE_BYTES_MAX: usize = 1200;

/// Windows that are read of a longer body, evenly spread, and the code points of each. They see through a quotation or
/// a sign-off, and find a translation that is a tenth of the article; more costs time and no longer changes the answer.
const WINDOWS: usize = 10;
const WINDOW_CHARS: usize = 80;

/// Lines of a short body are taken together until a window has so many bytes.
const WINDOW_BYTES_MIN: usize = 80;

/// The title and the body in windows, none longer than the body is short, without addresses and handles.
pub(super) fn windows(text: Fields<'_>) -> Vec<String> {
    let mut windows = Vec::new();
    if let Some(title) = text.title {
        windows.push(words(first_chars(title, TITLE_CHARS_MAX)));
    }
    let body = text.body;
    if body.len() > WHOLE_BYTES_MAX {
        for index in 0..WINDOWS {
            let rest = from_word(body, index * body.len() / WINDOWS);
            let rest = rest.trim_start();
            let line = rest.split('\n').next().unwrap_or(rest);
            windows.push(words(first_chars(line, WINDOW_CHARS)));
        }
        return windows;
    }
    let mut window = String::new();
    for line in body.split('\n') {
        push_words(&mut window, line);
        if window.len() >= WINDOW_BYTES_MIN {
            windows.push(std::mem::take(&mut window));
        }
    }
    windows.push(window);
    windows
}

/// A text without its addresses and handles, which are of no language.
pub(super) fn words(text: &str) -> String {
    let mut words = String::with_capacity(text.len() + 1);
    push_words(&mut words, text);
    words
}

fn push_words(out: &mut String, text: &str) {
    for word in text.split_whitespace().filter(|word| !is_address(word) && !is_code(word)) {
        out.push_str(word);
        out.push(' ');
    }
}

/// A URL, an e-mail address, a handle or a hash tag.
fn is_address(word: &str) -> bool {
    word.contains("://") || word.contains('@') || word.starts_with("www.") || word.starts_with('#')
}

/// The most bytes of an ordinary word, and the fewest of a code that its capitals tell.
const WORD_BYTES_MAX: usize = 40;
const KEY_BYTES_MIN: usize = 12;

/// The fewest bytes of one that its digits tell, and how often digits and letters meet in it: `a3f5c9d2`, but `juli-10`.
const HEX_BYTES_MIN: usize = 6;
const HEX_JOINTS_MIN: usize = 3;

/// A word of markup, of a programming language or of an encoding, which is of no language either: ASCII with signs that
/// prose does not join to words, with digits here and there among its letters, or with capitals where words have none.
fn is_code(word: &str) -> bool {
    if !word.is_ascii() || is_plain(word) {
        return false;
    }
    let bytes = word.trim_end_matches([';', ')', ',']).as_bytes();
    let signs = || {
        bytes.iter().any(|byte| b"{}<>=|\\_^~$;*".contains(byte))
            || ["()", "::", "&&", "->"].iter().any(|sign| word.contains(sign))
    };
    let is_joint = |pair: &[u8]| {
        pair[0].is_ascii_alphanumeric()
            && pair[0].is_ascii_digit() != pair[1].is_ascii_digit()
            && pair[1].is_ascii_alphanumeric()
    };
    let digits =
        || bytes.len() >= HEX_BYTES_MIN && bytes.windows(2).filter(|pair| is_joint(pair)).count() >= HEX_JOINTS_MIN;
    let turns = || bytes.windows(2).filter(|pair| pair[0].is_ascii_lowercase() && pair[1].is_ascii_uppercase()).count();
    signs()
        || digits()
        || (bytes.len() >= KEY_BYTES_MIN && turns() > 1)
        || (bytes.len() > WORD_BYTES_MAX && !word.contains(['-', '/', ',', '.']))
}

/// A word as most are, which has none of what tells a code: small letters behind the first one, and marks of prose.
fn is_plain(word: &str) -> bool {
    let (first, rest) = word.as_bytes().split_first().unwrap_or((&b' ', &[]));
    let is_prose = |byte: &u8| byte.is_ascii_lowercase() || matches!(byte, b',' | b'.');
    word.len() <= WORD_BYTES_MAX && first.is_ascii_alphabetic() && rest.iter().all(is_prose)
}

/// Of a hundred bytes of a text, how many in codes make it a program or markup rather than prose with some.
const CODED_PERCENT_MIN: usize = 33;

/// Whether a text is more of codes than prose ever is, as its beginning shows, or the log of a program.
pub(super) fn is_coded(body: &str) -> bool {
    let body = &body[..body.floor_char_boundary(WHOLE_BYTES_MAX)];
    let (mut codes, mut all) = (0, 0);
    for word in body.split_whitespace() {
        all += word.len();
        codes += if (is_code(word) || is_call(word)) && !is_address(word) { word.len() } else { 0 };
    }
    codes * 100 > all * CODED_PERCENT_MIN || is_log(body)
}

/// A word as programs write them, though single ones stand in prose: `open(path):`, `"key":`, `line.strip`.
fn is_call(word: &str) -> bool {
    let joint = |pair: &[u8]| {
        (pair[0].is_ascii_alphanumeric() && matches!(pair[1], b'(' | b'[')) || matches!(pair, b"):" | b"\":" | b"))")
    };
    let dotted = |run: &[u8]| run[0].is_ascii_lowercase() && run[1] == b'.' && run[2].is_ascii_lowercase();
    let bytes = word.as_bytes();
    word.is_ascii() && (bytes.windows(2).any(joint) || bytes.windows(3).any(dotted))
}

/// The levels that programs log with.
const LEVELS: &[&str] = &["TRACE", "DEBUG", "INFO", "NOTICE", "WARN", "WARNING", "ERROR", "FATAL", "CRITICAL"];

/// Whether most lines begin with a time and name a level.
fn is_log(body: &str) -> bool {
    let lines = || body.lines().filter(|line| !line.trim().is_empty());
    let logged = |line: &&str| {
        let starts = line.trim_start_matches('[').starts_with(|c: char| c.is_ascii_digit());
        let bare = |word: &str| word.trim_matches(['[', ']', ':', '|', '-']).to_owned();
        starts && line.split_whitespace().take(5).any(|word| LEVELS.contains(&bare(word).as_str()))
    };
    lines().filter(logged).count() * 2 > lines().count()
}

/// Words of the filler that designers put where a text will stand (mangled from Cicero), which no Latin has.
const FILLER: &[&str] = &["lorem", "adipiscing", "adipisicing", "consectetuer", "cupidatat", "occaecat", "nostrud"];

/// Whether a text in Latin letters is filler.
pub(super) fn is_filler(body: &str) -> bool {
    let start = &body[..body.floor_char_boundary(WHOLE_BYTES_MAX)];
    let words = start.split(|c: char| !c.is_alphabetic()).filter(|word| word.len() > 4);
    words.into_iter().any(|word| FILLER.iter().any(|filler| filler.eq_ignore_ascii_case(word)))
}

/// The beginning of a text, of so many code points.
pub(super) fn first_chars(text: &str, chars: usize) -> &str {
    text.char_indices().nth(chars).map_or(text, |(end, _)| &text[..end])
}

/// The text from the first blank at or after byte `at`, so that no word is cut; from about there if none is near.
fn from_word(text: &str, at: usize) -> &str {
    const NEAR_BYTES: usize = 60;
    let rest = &text[text.ceil_char_boundary(at)..];
    if at == 0 {
        return rest;
    }
    let near = &rest[..rest.floor_char_boundary(NEAR_BYTES)];
    near.find(char::is_whitespace).map_or(rest, |blank| &rest[blank..])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_left_out() {
        let body = "see https://example.org/x or www.example.org, @desk #tag me@x.y end";
        assert_eq!(windows(Fields { title: Some("A title"), body }), ["A title ", "see or end "]);
    }

    #[test]
    fn codes_are_left_out() {
        let body = "<p class=\"x\">One</p> let x2 = f(a); QmFzZTY0VGV4dE9mTm9MYW5n main() a_b end (word) 2024 Covid-free; McLean";
        assert_eq!(windows(Fields { title: None, body }).concat(), "let x2 f(a); end (word) 2024 Covid-free; McLean ");
    }

    #[test]
    fn a_long_body_is_read_here_and_there() {
        let body = format!("{}{}{}", "một ".repeat(1000), "hai ".repeat(1000), "ba ".repeat(1000));
        let windows = windows(Fields { title: None, body: &body });
        assert_eq!(windows.len(), WINDOWS);
        assert!(windows.iter().all(|window| window.chars().count() <= WINDOW_CHARS + 1));
        assert!(["một", "hai", "ba"].iter().all(|word| windows.iter().any(|window| window.contains(word))));
    }

    #[test]
    fn windows_never_cut_a_code_point() {
        for padding in 0..8 {
            let body = format!("{}{}", "a".repeat(padding), "ภาษาไทย".repeat(400));
            assert_eq!(windows(Fields { title: None, body: &body }).len(), WINDOWS);
        }
    }
}
