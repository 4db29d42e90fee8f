//! How near one text comes to another, as readings of articles are held against what was found.

use std::collections::BTreeMap;

use serde_json::Value;
use unicode_normalization::UnicodeNormalization;

/// Whether a field is what the reading says: equal, or with a `*` at its end a value that begins so, or one of the
/// values of a list under `any`.
pub(crate) fn agrees(wanted: &Value, found: &Value) -> bool {
    if let Some(any) = wanted.get("any").and_then(Value::as_array) {
        return any.iter().any(|wanted| agrees(wanted, found));
    }
    match (wanted, found) {
        (Value::String(wanted), Value::String(found)) => match wanted.strip_suffix('*') {
            Some(start) => found.starts_with(start),
            None => one_line(wanted) == one_line(found),
        },
        (wanted, found) => wanted == found,
    }
}

/// The strings of a list, each as one line.
pub(crate) fn lines(list: &Value) -> Vec<String> {
    list.as_array().into_iter().flatten().filter_map(Value::as_str).map(one_line).collect()
}

/// The text with every run of white space as one space, in NFC.
pub(crate) fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ").nfc().collect()
}

/// The harmonic mean of precision and recall over words, each counted as often as it stands. Where a script writes
/// no spaces a word is a character.
pub(crate) fn word_f1(wanted: &str, found: &str) -> f64 {
    let (wanted, found) = (words(wanted), words(found));
    let total = |words: &BTreeMap<String, usize>| words.values().sum::<usize>();
    let common: usize = wanted.iter().map(|(word, count)| (*count).min(found.get(word).copied().unwrap_or(0))).sum();
    let all = total(&wanted) + total(&found);
    if all == 0 { 1.0 } else { 2.0 * common as f64 / all as f64 }
}

fn words(text: &str) -> BTreeMap<String, usize> {
    let mut words = BTreeMap::new();
    let mut word = String::new();
    for letter in text.chars() {
        let alone = is_unspaced(letter);
        if alone || !(letter.is_alphanumeric() || is_mark(letter)) {
            if !word.is_empty() {
                *words.entry(std::mem::take(&mut word)).or_default() += 1;
            }
            if alone {
                *words.entry(letter.to_string()).or_default() += 1;
            }
        } else {
            word.extend(letter.to_lowercase());
        }
    }
    if !word.is_empty() {
        *words.entry(word).or_default() += 1;
    }
    words
}

/// Han, kana, Thai, Lao, Khmer and Burmese letters.
fn is_unspaced(letter: char) -> bool {
    matches!(letter, '\u{E00}'..='\u{EFF}' | '\u{1000}'..='\u{109F}' | '\u{1780}'..='\u{17FF}' | '\u{3040}'..='\u{30FF}'
        | '\u{3400}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}' | '\u{20000}'..='\u{3FFFF}')
}

fn is_mark(letter: char) -> bool {
    unicode_normalization::char::is_combining_mark(letter)
}

#[test]
fn nearness_is_what_it_says() {
    let check = |wanted: &str, found: &str, f1: f64| {
        assert!((word_f1(wanted, found) - f1).abs() < 1e-9, "{wanted:?} {found:?} {}", word_f1(wanted, found));
    };
    check("Rain fell, rain.", "rain fell rain", 1.0);
    check("a b c d", "a b", 2.0 / 3.0);
    check("a b", "a b c d", 2.0 / 3.0);
    check("a a", "a", 2.0 / 3.0);
    check("下雨了", "下雨", 0.8);
    check("a", "b", 0.0);
    check("", "", 1.0);
    check("a", "", 0.0);
}

#[test]
fn fields_agree_as_the_reading_says() {
    use serde_json::json;
    assert!(agrees(&json!("a  b"), &json!("a b")) && !agrees(&json!("a"), &json!("ab")));
    assert!(agrees(&json!("2024-05*"), &json!("2024-05-01")) && !agrees(&json!("2024-05*"), &json!("2024-06")));
    assert!(agrees(&json!({"any": ["a", null]}), &Value::Null) && !agrees(&json!({"any": ["a"]}), &json!("b")));
    assert!(
        agrees(&Value::Null, &Value::Null) && !agrees(&Value::Null, &json!("a")) && !agrees(&json!("a"), &Value::Null)
    );
}
