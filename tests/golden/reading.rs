//! An editor's reading of an article, held against the event that it became.
//!
//! A reading is a JSON object; `pages/README.md` says what its keys mean. A field that it does not name is not looked at.

use serde_json::Value;
use wiredesk::event::Event;

use crate::score;

/// What is wrong with an event, a line each, and the word F1 of its body.
pub(crate) fn compare(expected: &Value, event: &Event) -> (Vec<String>, f64) {
    let event = serde_json::to_value(event).expect("JSON");
    let mut wrong = fields(expected, &event);
    let body_f1 = body(expected, &event, &mut wrong);
    furniture(expected, &event, &mut wrong);
    (wrong, body_f1)
}

fn fields(expected: &Value, event: &Value) -> Vec<String> {
    let mut wrong = Vec::new();
    for (name, found) in [
        ("dialect", &event["provenance"]["dialect"]),
        ("id", &event["source"]["id"]),
        ("title", &event["title"]),
        ("lede", &event["lede"]),
        ("authors", &event["authors"]),
        ("published", &event["published"]["value"]),
        ("modified", &event["modified"]["value"]),
        ("language", &event["language"]["tag"]),
        ("url", &event["source"]["url"]),
        ("canonical_url", &event["source"]["canonical_url"]),
        ("publisher", &event["source"]["publisher"]),
        ("image", &event["source"]["image"]),
        ("tags", &event["source"]["tags"]),
    ] {
        let Some(wanted) = expected.get(name) else { continue };
        if !score::agrees(wanted, found) {
            wrong.push(format!("{name}: {found}, not {wanted}"));
        }
    }
    wrong
}

/// Holds the body against the reading's paragraphs; how near it came. A standfirst may stand in the body or not: it is
/// the lede, and the lede is not cut out.
fn body(expected: &Value, event: &Value, wrong: &mut Vec<String>) -> f64 {
    let optional = score::lines(&expected["optional"]);
    let wanted = score::lines(&expected["body"]);
    let text = event["body"].as_str().unwrap_or_default();
    let mut found: Vec<String> = text.lines().map(score::one_line).filter(|line| !line.is_empty()).collect();
    found.retain(|line| !optional.contains(line));
    let f1 = score::word_f1(&wanted.join("\n"), &found.join("\n"));
    let floor = expected["floor"].as_f64().unwrap_or(1.0);
    if f1 < floor {
        wrong.push(format!("body: word F1 {f1:.3}, at least {floor} is due"));
    }
    if f1 < floor || expected["exact"] != false {
        let missing = wanted.iter().filter(|line| !found.contains(line)).map(|line| format!("body lacks: {line}"));
        wrong.extend(missing);
        let added = found.iter().filter(|line| !wanted.contains(line)).map(|line| format!("body adds: {line}"));
        wrong.extend(added);
        if wanted != found && wrong.iter().all(|line| !line.starts_with("body")) {
            wrong.push("body: the paragraphs are in another order or repeat".to_owned());
        }
    }
    let whole = found.join(" ");
    for line in score::lines(&expected["never"]).into_iter().chain(furniture_texts(expected)) {
        if whole.contains(&line) {
            wrong.push(format!("body holds: {line}"));
        }
    }
    f1
}

fn furniture_texts(expected: &Value) -> Vec<String> {
    let pieces = expected["furniture"].as_array().expect("a list").iter();
    pieces.map(|piece| score::one_line(piece["text"].as_str().expect("a text"))).collect()
}

/// Captions, credits and links to other articles are kept, each under its role; a credit may stand within its caption.
fn furniture(expected: &Value, event: &Value, wrong: &mut Vec<String>) {
    let kept = event["furniture"].as_array().expect("a list");
    let holds =
        |piece: &Value, text: &str| piece["text"].as_str().is_some_and(|kept| score::one_line(kept).contains(text));
    for piece in expected["furniture"].as_array().expect("a list") {
        let text = score::one_line(piece["text"].as_str().expect("a text"));
        let roles: &[&str] = match piece["role"].as_str().expect("a role") {
            "caption" => &["caption"],
            "credit" => &["credit", "caption"],
            "related_link" => &["related_link"],
            // These say who wrote it and where it is from; they may become metadata.
            _ => continue,
        };
        let found = kept.iter().any(|kept| roles.iter().any(|role| kept["role"] == *role) && holds(kept, &text));
        if !found {
            wrong.push(format!("furniture lacks the {}: {text}", roles[0]));
        }
    }
}
