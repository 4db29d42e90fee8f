//! What is expected of an event, held against the event.
//!
//! An expectation is a part: of an object the fields that it names count, of a list the elements that it names, in any
//! order. An empty list expects an empty list.

use std::collections::BTreeSet;
use std::sync::Arc;

use serde_json::Value;

/// How much of a value is shown, in characters.
const SHOWN_CHARS: usize = 160;

/// What `expected` names and `found` lacks, a line each, with its path.
pub(super) fn missing(path: &str, expected: &Value, found: &Value) -> Vec<String> {
    match (expected, found) {
        (Value::Object(expected), Value::Object(found)) => {
            let each = expected.iter().map(|(name, value)| (format!("{path}.{name}"), value, found.get(name)));
            let lines = each.flat_map(|(path, value, found)| match found {
                Some(found) => missing(&path, value, found),
                None => vec![format!("{path}: expected {}, and there is no such field", shown(value))],
            });
            lines.collect()
        }
        (Value::Array(expected), Value::Array(found)) if expected.is_empty() && !found.is_empty() => {
            vec![format!("{path}: expected an empty list, found {}", shown(&Value::Array(found.clone())))]
        }
        (Value::Array(expected), Value::Array(found)) => {
            expected.iter().flat_map(|wanted| missing_element(path, wanted, found)).collect()
        }
        (expected, found) if is_equal(expected, found) => Vec::new(),
        (expected, found) => vec![format!("{path}: expected {}, found {}", shown(expected), shown(found))],
    }
}

/// Where no element is as wanted: what the nearest of them lacks.
fn missing_element(path: &str, wanted: &Value, found: &[Value]) -> Vec<String> {
    let lacks = found.iter().enumerate().map(|(at, element)| (at, missing(&format!("{path}[{at}]"), wanted, element)));
    match lacks.min_by_key(|(_, lines)| lines.len()) {
        Some((_, lines)) if lines.is_empty() => lines,
        Some((at, lines)) if lines.len() < size(wanted) => {
            let nearest = format!("{path}: none is {}; the nearest is {}", shown(wanted), shown(&found[at]));
            std::iter::once(nearest).chain(lines.into_iter().map(|line| format!("  {line}"))).collect()
        }
        Some(_) | None => {
            let found = shown(&Value::Array(found.to_vec()));
            vec![format!("{path}: none is {}; found {found}", shown(wanted))]
        }
    }
}

/// What `unwanted` names and `found` has, a line each, with its path. An empty object stands for any value but null.
pub(super) fn unwanted(path: &str, unwanted: &Value, found: &Value) -> Vec<String> {
    match (unwanted, found) {
        (Value::Object(names), Value::Object(found)) if !names.is_empty() => {
            let known =
                names.iter().filter_map(|(name, value)| Some((format!("{path}.{name}"), value, found.get(name)?)));
            known.flat_map(|(path, value, found)| self::unwanted(&path, value, found)).collect()
        }
        (Value::Array(patterns), Value::Array(found)) => {
            let is_there = |(_, element): &(usize, &Value), pattern: &Value| missing("", pattern, element).is_empty();
            let hits = patterns.iter().flat_map(|pattern| {
                let hits = found.iter().enumerate().filter(move |element| is_there(element, pattern));
                hits.map(move |(at, element)| {
                    format!("{path}[{at}]: there must be no {}, found {}", shown(pattern), shown(element))
                })
            });
            hits.collect()
        }
        (Value::Object(any), found) if any.is_empty() && path != "event" && !found.is_null() => {
            vec![format!("{path}: expected nothing, found {}", shown(found))]
        }
        (unwanted, found) if !unwanted.is_object() && is_equal(unwanted, found) => {
            vec![format!("{path}: must not be {}", shown(found))]
        }
        (_, _) => Vec::new(),
    }
}

/// How the routes that were taken differ from those expected.
pub(super) fn routes(expected: &BTreeSet<String>, found: &[Arc<str>]) -> Option<String> {
    let found: BTreeSet<String> = found.iter().map(ToString::to_string).collect();
    let listed = |names: &BTreeSet<String>| match names.len() {
        0 => "none".to_owned(),
        _ => names.iter().map(String::as_str).collect::<Vec<_>>().join(", "),
    };
    (*expected != found).then(|| format!("routes: expected {}, found {}", listed(expected), listed(&found)))
}

/// Numbers are equal by their value, however they are written.
fn is_equal(a: &Value, b: &Value) -> bool {
    match (a, b) {
        (Value::Number(a), Value::Number(b)) => a.as_f64() == b.as_f64(),
        (a, b) => a == b,
    }
}

/// How many single values an expectation has.
fn size(value: &Value) -> usize {
    match value {
        Value::Object(fields) => fields.values().map(size).sum(),
        Value::Array(elements) => elements.iter().map(size).sum::<usize>().max(1),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => 1,
    }
}

/// The beginning of a value, on one line.
fn shown(value: &Value) -> String {
    let text = value.to_string();
    match text.char_indices().nth(SHOWN_CHARS) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn event() -> Value {
        json!({
            "language": {"tag": "vi", "confidence": 0.9}, "title": null, "tags": [],
            "entities": [{"id": "wikidata:Q881", "country": "VN"}, {"id": "wikidata:Q142", "country": "FR", "count": 2}],
        })
    }

    #[track_caller]
    fn check(of: fn(&str, &Value, &Value) -> Vec<String>, expectation: &Value, lines: &[&str]) {
        assert_eq!(of("event", expectation, &event()), lines, "{expectation}");
    }

    #[test]
    fn a_part_that_is_there_is_not_missing() {
        check(missing, &json!({}), &[]);
        check(missing, &json!({"language": {"tag": "vi"}, "tags": []}), &[]);
        check(missing, &json!({"entities": [{"id": "wikidata:Q142", "count": 2.0}, {"country": "VN"}]}), &[]);
    }

    #[test]
    fn what_is_missing_is_told_with_its_path_and_the_nearest_to_it() {
        let wrong = json!({"language": {"tag": "fr"}, "titel": "x"});
        check(
            missing,
            &wrong,
            &[
                "event.language.tag: expected \"fr\", found \"vi\"",
                "event.titel: expected \"x\", and there is no such field",
            ],
        );
        check(
            missing,
            &json!({"entities": [{"id": "wikidata:Q881", "country": "LA"}, {"id": "wikidata:Q1"}]}),
            &[
                "event.entities: none is {\"country\":\"LA\",\"id\":\"wikidata:Q881\"}; the nearest is \
                 {\"country\":\"VN\",\"id\":\"wikidata:Q881\"}",
                "  event.entities[0].country: expected \"LA\", found \"VN\"",
                "event.entities: none is {\"id\":\"wikidata:Q1\"}; found [{\"country\":\"VN\",\"id\":\"wikidata:Q881\"},\
                 {\"count\":2,\"country\":\"FR\",\"id\":\"wikidata:Q142\"}]",
            ],
        );
        let all = "event.entities: expected an empty list, found \
                   [{\"country\":\"VN\",\"id\":\"wikidata:Q881\"},{\"count\":2,\"country\":\"FR\",\"id\":\"wikidata:Q142\"}]";
        check(missing, &json!({"entities": []}), &[all]);
    }

    #[test]
    fn what_must_not_be_there_is_told() {
        check(unwanted, &json!({"language": {"tag": "fr"}, "title": {}, "entities": [{"country": "LA"}]}), &[]);
        check(unwanted, &json!({"language": {"tag": "vi"}}), &["event.language.tag: must not be \"vi\""]);
        check(
            unwanted,
            &json!({"language": {}}),
            &["event.language: expected nothing, found {\"confidence\":0.9,\"tag\":\"vi\"}"],
        );
        check(
            unwanted,
            &json!({"entities": [{"country": "VN"}]}),
            &[
                "event.entities[0]: there must be no {\"country\":\"VN\"}, found {\"country\":\"VN\",\"id\":\"wikidata:Q881\"}",
            ],
        );
    }

    #[test]
    fn routes_are_all_that_are_taken() {
        let check = |expected: &[&str], found: &[&str], line: Option<&str>| {
            let expected = expected.iter().map(ToString::to_string).collect();
            let found: Vec<Arc<str>> = found.iter().map(|&name| name.into()).collect();
            assert_eq!(routes(&expected, &found).as_deref(), line);
        };
        check(&["a", "b"], &["b", "a"], None);
        check(&[], &[], None);
        check(&["a"], &[], Some("routes: expected a, found none"));
        check(&["a"], &["a", "b"], Some("routes: expected a, found a, b"));
    }
}
