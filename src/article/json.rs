//! JSON text becomes an object or an array, forgiving what Python's `json` writes and JSON does not know.
//!
//! The first pass is strict. Only where it fails, a second one reads bare `NaN`, `Infinity` and `-Infinity` as null and
//! half a surrogate pair as U+FFFD. Single quotes, comments and trailing commas are not forgiven: whoever writes those
//! does not write JSON, and a guess at what was meant could publish half an article.

use serde::de::{DeserializeOwned, IgnoredAny};
use serde_json::error::Category;
use serde_json::{Map, Value};

use super::{Limits, Reject, RejectReason};
use crate::event::{Warning, WarningCode};

/// The deepest nesting that the parser itself takes, whatever the limits say: it recurses, and the stack is finite.
const PARSER_DEPTH_MAX: usize = 127;

/// Reads a JSON object from text that starts with `{`.
pub(super) fn parse_object(
    text: &str,
    limits: &Limits,
    warnings: &mut Vec<Warning>,
) -> Result<Map<String, Value>, Reject> {
    parse::<Map<String, Value>>(text, limits, warnings, |object| Box::new(object.values()))
}

/// Reads a JSON array from text that starts with `[`.
pub(super) fn parse_array(text: &str, limits: &Limits, warnings: &mut Vec<Warning>) -> Result<Vec<Value>, Reject> {
    parse::<Vec<Value>>(text, limits, warnings, |array| Box::new(array.iter()))
}

fn parse<T: DeserializeOwned>(
    text: &str,
    limits: &Limits,
    warnings: &mut Vec<Warning>,
    members: fn(&T) -> Box<dyn Iterator<Item = &Value> + '_>,
) -> Result<T, Reject> {
    let depth_max = limits.depth_max.min(PARSER_DEPTH_MAX);
    let too_deep = || Reject::new(RejectReason::MalformedJson, format!("nests deeper than {depth_max} levels"));
    let value = match serde_json::from_str::<T>(text) {
        Ok(value) => value,
        Err(_) if is_deeper_than(text, depth_max) => return Err(too_deep()),
        Err(strict) => {
            let Some((repaired, what)) = repair(text) else { return Err(malformed(&strict)) };
            let value = serde_json::from_str(&repaired).map_err(|error| malformed(&error))?;
            warnings.push(Warning::new(WarningCode::JsonRepaired, what));
            value
        }
    };
    if members(&value).any(|value| nests_deeper_than(value, depth_max.saturating_sub(1))) {
        return Err(too_deep());
    }
    Ok(value)
}

/// Whether text that starts with `[` is a JSON array, whole or broken off, rather than prose such as `[Update] Rain…`.
pub(super) fn is_array(text: &str) -> bool {
    let mut values = serde_json::Deserializer::from_str(text).into_iter::<IgnoredAny>();
    match values.next() {
        // Prose may start with what happens to be an array: `[1] The first footnote`.
        Some(Ok(_)) => text.get(values.byte_offset()..).is_none_or(|rest| rest.trim().is_empty()),
        Some(Err(error)) if error.is_eof() => true,
        Some(Err(_)) => {
            let inner = text.trim_start_matches(|c: char| c == '[' || c.is_whitespace());
            let key = inner.strip_prefix('{').map(str::trim_start);
            key.is_some_and(|key| key.starts_with(['"', '\'', '}']))
        }
        None => false,
    }
}

/// The kind of JSON value, other than an object or an array, that the whole text is.
pub(super) fn scalar(text: &str) -> Result<&'static str, Reject> {
    serde_json::from_str::<IgnoredAny>(text).map_err(|error| malformed(&error))?;
    Ok(match text.trim_start().bytes().next() {
        Some(b'"') => "a JSON string",
        Some(b't' | b'f') => "a JSON boolean",
        Some(b'n') => "the JSON value null",
        _ => "a JSON number",
    })
}

/// The refusal of text that is not JSON. A syntax error says what is wrong and where, in bytes, and quotes nothing;
/// the other kind may quote a value, so it is named only.
fn malformed(error: &serde_json::Error) -> Reject {
    let (line, column) = (error.line(), error.column());
    let detail = match error.classify() {
        Category::Syntax | Category::Eof => error.to_string(),
        Category::Data | Category::Io => format!("a value that cannot be read at line {line} column {column}"),
    };
    Reject::new(RejectReason::MalformedJson, detail)
}

/// Whether a value nests deeper than `levels`; a scalar has none. The parser's own bound keeps the recursion short.
fn nests_deeper_than(value: &Value, levels: usize) -> bool {
    let inner = |value: &Value| nests_deeper_than(value, levels.saturating_sub(1));
    match value {
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => false,
        Value::Array(_) | Value::Object(_) if levels == 0 => true,
        Value::Array(items) => items.iter().any(inner),
        Value::Object(object) => object.values().any(inner),
    }
}

/// Whether brackets outside of strings nest deeper than `levels`, in text that may not be JSON at all.
fn is_deeper_than(text: &str, levels: usize) -> bool {
    let mut depth = 0_usize;
    for piece in pieces(text) {
        let Piece::Between(between) = piece else { continue };
        for byte in between.bytes() {
            match byte {
                b'{' | b'[' => depth += 1,
                b'}' | b']' => depth = depth.saturating_sub(1),
                _ => {}
            }
            if depth > levels {
                return true;
            }
        }
    }
    false
}

/// The text with what Python writes put right, and a word on what that was; `None` if there was nothing.
fn repair(text: &str) -> Option<(String, String)> {
    let mut repaired = String::with_capacity(text.len() + 16);
    let (mut constants, mut surrogates) = (0, 0);
    for piece in pieces(text) {
        match piece {
            Piece::Between(between) => constants += null_constants(between, &mut repaired),
            Piece::String(string) => surrogates += replace_surrogates(string, &mut repaired),
        }
    }
    let what = [(constants, "NaN or Infinity read as null"), (surrogates, "half a surrogate pair read as U+FFFD")]
        .into_iter()
        .filter(|(count, _)| *count > 0)
        .map(|(count, what)| format!("{what}: {count}"))
        .collect::<Vec<_>>();
    (!what.is_empty()).then(|| (repaired, what.join("; ")))
}

/// A stretch of a JSON text.
enum Piece<'a> {
    /// A string literal with its quotes, or without the last where the text breaks off.
    String(&'a str),
    /// What stands between two of them.
    Between(&'a str),
}

fn pieces(text: &str) -> impl Iterator<Item = Piece<'_>> {
    let mut rest = text;
    std::iter::from_fn(move || {
        let first = rest.bytes().next()?;
        let length = if first == b'"' { string_length(rest) } else { rest.find('"').unwrap_or(rest.len()) };
        let (piece, tail) = rest.split_at(length);
        rest = tail;
        Some(if first == b'"' { Piece::String(piece) } else { Piece::Between(piece) })
    })
}

/// Bytes of the string literal that the text starts with.
fn string_length(text: &str) -> usize {
    let mut escaped = false;
    for (at, byte) in text.bytes().enumerate().skip(1) {
        match byte {
            _ if escaped => escaped = false,
            b'\\' => escaped = true,
            b'"' => return at + 1,
            _ => {}
        }
    }
    text.len()
}

/// Copies what stands between strings, Python's constants as null; their number.
fn null_constants(between: &str, out: &mut String) -> usize {
    let delimits = |c: char| matches!(c, ',' | ':' | '[' | ']' | '{' | '}') || c.is_ascii_whitespace();
    let mut count = 0;
    for part in between.split_inclusive(delimits) {
        let word = part.trim_end_matches(delimits);
        if matches!(word, "NaN" | "Infinity" | "-Infinity") {
            count += 1;
            out.push_str("null");
            out.push_str(&part[word.len()..]);
        } else {
            out.push_str(part);
        }
    }
    count
}

/// Copies a string literal, escapes of half a surrogate pair as U+FFFD; their number.
fn replace_surrogates(string: &str, out: &mut String) -> usize {
    let (mut rest, mut count) = (string, 0);
    while let Some(start) = rest.find('\\') {
        let (before, escape) = rest.split_at(start);
        out.push_str(before);
        let pair = matches!(
            (code_unit(escape), escape.get(6..).and_then(code_unit)),
            (Some(0xD800..=0xDBFF), Some(0xDC00..=0xDFFF))
        );
        let length = match code_unit(escape) {
            Some(0xD800..=0xDFFF) if pair => 12,
            Some(0xD800..=0xDFFF) => {
                count += 1;
                out.push_str("\\ufffd");
                rest = &escape[6..];
                continue;
            }
            _ => escape.chars().take(2).map(char::len_utf8).sum(),
        };
        out.push_str(&escape[..length]);
        rest = &escape[length..];
    }
    out.push_str(rest);
    count
}

/// The UTF-16 code unit of the `\uXXXX` that the text starts with.
fn code_unit(text: &str) -> Option<u16> {
    let digits = text.strip_prefix("\\u")?.get(..4)?;
    let hex = digits.bytes().all(|byte| byte.is_ascii_hexdigit());
    if hex { u16::from_str_radix(digits, 16).ok() } else { None }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn parse(text: &str) -> Result<(String, usize), Reject> {
        let mut warnings = Vec::new();
        let object = parse_object(text, &Limits::default(), &mut warnings)?;
        Ok((serde_json::to_string(&object).expect("an object of JSON values is JSON"), warnings.len()))
    }

    fn check(text: &str, json: &str, repairs: usize) {
        assert_eq!(parse(text), Ok((json.to_owned(), repairs)), "{text}");
    }

    #[test]
    fn reads_json_and_keeps_numbers_as_written() {
        check("{}", "{}", 0);
        check(
            r#" {"n": 1.50, "m": 12345678901234567890123, "e": 1E5} "#,
            r#"{"e":1e+5,"m":12345678901234567890123,"n":1.50}"#,
            0,
        );
        check(r#"{"a": "\ud83d\ude00"}"#, "{\"a\":\"\u{1F600}\"}", 0);
    }

    #[test]
    fn reads_what_python_writes() {
        check(r#"{"a": NaN, "b": [Infinity,-Infinity]}"#, r#"{"a":null,"b":[null,null]}"#, 1);
        check(r#"{"a": "NaN, \"NaN", "b": NaN}"#, r#"{"a":"NaN, \"NaN","b":null}"#, 1);
        check(r#"{"a": "x\ud83dy"}"#, "{\"a\":\"x\u{FFFD}y\"}", 1);
        check(r#"{"a": "\uDE00\ud83d\ude00\ud83d"}"#, "{\"a\":\"\u{FFFD}\u{1F600}\u{FFFD}\"}", 1);
        check(r#"{"a": "\\ud83d", "b": NaN}"#, r#"{"a":"\\ud83d","b":null}"#, 1);
        check(r#"{"\ud83d": 1}"#, "{\"\u{FFFD}\":1}", 1);
    }

    #[test]
    fn says_where_it_is_malformed_and_quotes_nothing() {
        let refuse = |text: &str, detail: &str| {
            assert_eq!(parse(text), Err(Reject::new(RejectReason::MalformedJson, detail)), "{text}");
        };
        refuse("{", "EOF while parsing an object at line 1 column 1");
        refuse("{\n \"a\": secret}", "expected value at line 2 column 7");
        refuse(r#"{"a": "secret"#, "EOF while parsing a string at line 1 column 13");
        refuse(r#"{"a": NaN, "b": secret}"#, "expected value at line 1 column 18");
        refuse(r#"{"a": 1} {"b": 2}"#, "trailing characters at line 1 column 10");
        refuse(r#"{"a": -NaN}"#, "invalid number at line 1 column 8");
        refuse(r#"{'a': 1}"#, "key must be a string at line 1 column 2");
        refuse(r#"{"a": {"$serde_json::private::Number": true}}"#, "a value that cannot be read at line 1 column 43");
    }

    #[test]
    fn bounds_the_depth() {
        let nested = |levels: usize| format!(r#"{{"a": {}1{}}}"#, "[".repeat(levels), "]".repeat(levels));
        let deep = |levels: usize, depth_max: usize| {
            let limits = Limits { depth_max, ..Limits::default() };
            parse_object(&nested(levels), &limits, &mut Vec::new()).err().map(|reject| reject.detail)
        };
        let refused = |levels: usize| Some(format!("nests deeper than {levels} levels"));
        assert_eq!(deep(63, 64), None);
        assert_eq!(deep(64, 64), refused(64));
        assert_eq!(deep(100_000, 64), refused(64));
        assert_eq!(deep(126, 1000), None);
        assert_eq!(deep(127, 1000), refused(127));
        assert_eq!(deep(0, 1), None);
        assert_eq!(deep(1, 1), refused(1));
        let brackets_in_text = format!(r#"{{"a": "{}"}}"#, "[".repeat(1000));
        assert!(parse(&brackets_in_text).is_ok());
        assert_eq!(
            parse(&"{\"a\":".repeat(1000)).map_err(|reject| reject.detail),
            Err("nests deeper than 64 levels".into())
        );
    }

    #[test]
    fn tells_arrays_from_prose() {
        for array in [
            "[]",
            " [1, 2]",
            r#"["a"]"#,
            r#"[{"a": 1}]"#,
            r#"[{"a": NaN}]"#,
            r#"[ {"a": "#,
            "[",
            "[[[[",
            "[{'a': 1}]",
            "[1, ",
        ] {
            assert!(is_array(array), "{array}");
        }
        assert!(is_array(&"[".repeat(100_000)));
        for prose in [
            "[Update] Flood waters rose",
            "[1] The first",
            "[[Link]] and more",
            "[…]",
            "[\"Tin nhanh\"] Rain",
            "[{sic}] he said",
            "[Trời mưa",
        ] {
            assert!(!is_array(prose), "{prose}");
        }
    }

    proptest! {
        #[test]
        fn never_panics(text in "\\{?[\"\\\\uUdD8cC0-9aNaInfinity\\[\\]{}:, é-]{0,60}") {
            let _ = parse(&text);
            let _ = is_array(&text);
            let _ = scalar(&text);
            let _ = repair(&text);
            let whole: String = pieces(&text).map(|piece| match piece { Piece::String(s) | Piece::Between(s) => s }).collect();
            prop_assert_eq!(whole, text);
        }
    }
}
