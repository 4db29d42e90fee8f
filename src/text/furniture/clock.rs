//! The time of a day beside a date, and the digits of other scripts.

use std::borrow::Cow;

use super::fold::folded;
use super::words::Rules;

/// `10:15`, `18h30`, `11時30分`, `8:40am`, `(GMT+7)`.
pub(super) fn is_time(token: &str) -> bool {
    let token = &*with_plain_digits(token);
    let bare = token.trim_matches(['(', ')', ',', '|', '-', '–', '.', ';']);
    let digits = bare.trim_end_matches(|c: char| c.is_ascii_alphabetic() || c == '.');
    let clock = bare.len() <= 12
        && bare.starts_with(|c: char| c.is_ascii_digit())
        && bare.contains([':', 'h', '時', '시', '时'])
        && (bare.chars().all(|c| c.is_ascii_digit() || matches!(c, ':' | 'h' | '時' | '分' | '시' | '분' | '时'))
            || (digits.contains(':')
                && digits.bytes().all(|b| b.is_ascii_digit() || b == b':')
                && matches!(
                    bare[digits.len()..].to_ascii_lowercase().as_str(),
                    "am" | "pm" | "a.m" | "p.m" | "h" | "hs" | "hrs" | "z"
                )));
    clock || bare.is_empty() || bare.starts_with("GMT") || bare.starts_with("UTC")
}

/// `08.12`, where a date stands before it.
pub(super) fn is_dotted_time(token: &str) -> bool {
    let number = |part: &str, max: u8| part.len() <= 2 && part.parse::<u8>().is_ok_and(|number| number <= max);
    token.split_once('.').is_some_and(|(hour, minute)| minute.len() == 2 && number(hour, 23) && number(minute, 59))
}

/// What stands beside a time: a word for it, `Uhr`, or a zone, `CEST`, `(IST)`.
pub(super) fn is_beside_time(token: &str, rules: &Rules) -> bool {
    let bare = token.trim_matches(['(', ')', ',', '.']);
    let zone = (2..=5).contains(&bare.len()) && bare.bytes().all(|b| b.is_ascii_uppercase());
    zone || matches!(token, "@" | "-" | "–" | "|" | "/") || rules.clock.contains(&folded(bare))
}

/// A number with every digit an ASCII one: other scripts have digits of their own.
pub(super) fn with_plain_digits(token: &str) -> Cow<'_, str> {
    // The first digits of Arabic, Persian, Devanagari, Bengali and Burmese numbers.
    const ZEROS: [char; 5] = ['\u{660}', '\u{6F0}', '\u{966}', '\u{9E6}', '\u{1040}'];
    if token.is_ascii() || !token.contains(char::is_numeric) {
        return Cow::Borrowed(token);
    }
    let plain = |c: char| {
        let digit = ZEROS.iter().find_map(|zero| (c as u32).checked_sub(*zero as u32).filter(|digit| *digit < 10));
        digit.and_then(|digit| char::from_digit(digit, 10)).unwrap_or(c)
    };
    Cow::Owned(token.chars().map(plain).collect())
}
