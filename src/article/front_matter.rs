//! The head that trafilatura and static sites put before a plain text or Markdown: `key: value` lines between two
//! lines of `---`.
//!
//! Read is what those tools write: plain and quoted values, lists in brackets and lists of `- item` lines. Not
//! supported is the rest of YAML: nested maps and texts over several lines. A head that holds those, or no key of an
//! article, is taken for part of the text.

use serde_json::{Map, Value};

/// The most lines of a head. Tools write some dozen keys; a text between rules may go on for ever.
const LINES_MAX: usize = 100;

/// One of these tells the head of an article from a text between two rules.
const KEYS: &[&str] = &["title", "url", "author", "authors", "date", "description"];

/// The fields of the head and the text after it; `None` if the text has no head.
pub(super) fn split(text: &str) -> Option<(Map<String, Value>, &str)> {
    let (first, mut rest) = text.trim_start().split_once('\n')?;
    if first.trim_end() != "---" {
        return None;
    }
    let mut fields = Map::new();
    let mut last = None;
    for _ in 0..LINES_MAX {
        let (line, after) = rest.split_once('\n').unwrap_or((rest, ""));
        rest = after;
        if line.trim_end() == "---" {
            return KEYS.iter().any(|key| fields.contains_key(*key)).then_some((fields, rest));
        }
        let (key, value) = match line.trim_start().strip_prefix("- ") {
            Some(item) => {
                let key: String = last.clone()?;
                let mut items = fields.remove(&key).map_or_else(Vec::new, |value| match value {
                    Value::Array(items) => items,
                    _ => Vec::new(),
                });
                items.push(Value::String(unquoted(item).to_owned()));
                (key, Value::Array(items))
            }
            None => {
                let (key, value) = line.split_once(':')?;
                let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-');
                if key.is_empty() || !key.chars().all(plain) || !(value.is_empty() || value.starts_with([' ', '\r'])) {
                    return None;
                }
                (key.to_owned(), read_value(value.trim()))
            }
        };
        last = Some(key.clone());
        fields.insert(key, value);
    }
    None
}

fn read_value(value: &str) -> Value {
    let inner = value.strip_prefix('[').and_then(|inner| inner.strip_suffix(']'));
    match inner {
        Some(inner) => {
            let items = inner.split(',').map(|item| unquoted(item).to_owned());
            Value::Array(items.filter(|item| !item.is_empty()).map(Value::String).collect())
        }
        None => Value::String(unquoted(value).to_owned()),
    }
}

fn unquoted(text: &str) -> &str {
    let text = text.trim();
    let within = |quote: char| text.strip_prefix(quote).and_then(|text| text.strip_suffix(quote));
    within('"').or_else(|| within('\'')).unwrap_or(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn heads_are_read_as_tools_write_them() {
        let check = |text: &str, head: &str, body: &str| {
            let (fields, rest) = split(text).expect("a head");
            assert_eq!((Value::Object(fields).to_string().as_str(), rest), (head, body), "{text:?}");
        };
        check("---\ntitle: Rain: a\n---\nIt rained.", r#"{"title":"Rain: a"}"#, "It rained.");
        check(
            "---\r\ntitle: \"Rain\"\r\ntags: ['a', \"b\", c]\r\n---\r\nText.",
            r#"{"tags":["a","b","c"],"title":"Rain"}"#,
            "Text.",
        );
        check(
            "\n---\nauthors:\n  - Ada Vo\n  - 'Bo Li'\ndraft: \n---",
            r#"{"authors":["Ada Vo","Bo Li"],"draft":""}"#,
            "",
        );
    }

    #[test]
    fn a_text_between_rules_is_text() {
        let many = format!("---\n{}---\n", "title: x\n".repeat(200));
        for text in [
            "--- It rained.\ntitle: x\n---\n",
            "---\nIt rained.\n---\nIt poured.",
            "---\nNote: it rained\n---\n",
            "---\ntitle: x\nand more\n---\n",
            "---\n- item\n---\n",
            "---\ntitle:x\n---\n",
            "---\ntitle: x\nIt rained.",
            "title: x\n---\n",
            "---",
            "",
            &many,
        ] {
            assert_eq!(split(text), None, "{text:?}");
        }
    }
}
