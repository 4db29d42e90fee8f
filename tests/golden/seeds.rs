//! Real articles that an editor has read, where they are at hand: they are not part of this project.
//!
//! Held here is what this version promises of them: language, publication date, title, authors, origin and furniture,
//! the ids of countries, and that every span slices its text.

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;
use wiredesk::pipeline::Verdict;

use crate::{PROCESSOR, check_spans, record};

/// The folder with the articles; `None` elsewhere.
fn folder() -> Option<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/seeds");
    folder.join("expected.json").is_file().then_some(folder)
}

fn event(path: &Path) -> Value {
    let value = fs::read(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    match PROCESSOR.process(&record(None, Some(value)), &mut ()) {
        Verdict::Publish { message, .. } => serde_json::from_slice(&message.value.expect("an event")).expect("JSON"),
        other => panic!("{}: {other:?}", path.display()),
    }
}

/// The keys of `wanted` against the same keys of `found`.
fn misses(what: &str, wanted: &Value, found: &Value) -> Vec<String> {
    let Some(keys) = wanted.as_object() else {
        return if wanted == found { Vec::new() } else { vec![format!("{what}: {found}, not {wanted}")] };
    };
    let differs = keys.iter().filter(|(key, value)| found[key.as_str()] != **value);
    differs.map(|(key, value)| format!("{what}.{key}: {}, not {value}", found[key.as_str()])).collect()
}

/// Whether an entity has one of the wanted ids, written `a|b`.
fn has_id(entity: &Value, wanted: &str) -> bool {
    let same = entity["same_as"].as_array().into_iter().flatten();
    let mut ids = same.chain([&entity["id"]]).filter_map(Value::as_str);
    ids.any(|id| wanted.split('|').any(|wanted| id == wanted))
}

/// The wanted ids of countries that no mention of the same text has. A country is told by the event itself: one whose
/// entity is that of the country that it names.
fn country_misses(wanted: &Value, event: &Value) -> Vec<String> {
    let mut misses = Vec::new();
    for place in wanted["entities"].as_array().into_iter().flatten() {
        let (Some(text), Some(id)) = (place["text"].as_str(), place["id"].as_str()) else { continue };
        if place["type"] != "place" || !COUNTRIES.contains(&id) {
            continue;
        }
        let mentions = |entity: &Value| {
            let mut mentions = entity["mentions"].as_array().into_iter().flatten();
            mentions.any(|mention| mention["text"] == text)
        };
        let entities = event["entities"].as_array().into_iter().flatten();
        if !entities.filter(|entity| mentions(entity)).any(|entity| has_id(entity, id)) {
            misses.push(format!("{text}: not {id}"));
        }
    }
    misses
}

/// What a list of objects says under a key, in order of its characters.
fn column(list: &Value, key: &str) -> Vec<String> {
    let of = |item: &Value| item.get(key).unwrap_or(item).as_str().unwrap_or_default().to_owned();
    let mut column: Vec<String> = list.as_array().into_iter().flatten().map(of).collect();
    column.sort();
    column
}

/// Title, authors, origin and furniture: exactly what the editor marked, and nothing besides.
fn text_misses(wanted: &Value, event: &Value) -> Vec<String> {
    let pairs = [
        ("title", vec![wanted["title"].to_string()], vec![event["title"].to_string()]),
        ("authors", column(&wanted["authors"], "name"), column(&event["authors"], "name")),
        ("origin", column(&wanted["origin"], "name"), column(&event["source"]["origin"], "name")),
        ("furniture", column(&wanted["furniture"], "text"), column(&event["furniture"], "text")),
        ("roles", column(&wanted["furniture"], "role"), column(&event["furniture"], "role")),
    ];
    let differ = pairs.into_iter().filter(|(_, wanted, found)| wanted != found);
    differ.map(|(what, wanted, found)| format!("{what}: {found:?}, not {wanted:?}")).collect()
}

/// The countries among the places that the editor marked.
const COUNTRIES: &[&str] = &["wikidata:Q30", "wikidata:Q159", "wikidata:Q881"];

#[test]
fn articles_that_an_editor_has_read_come_out_as_read() {
    let Some(folder) = folder() else { return };
    let expected = fs::read(folder.join("expected.json")).expect("readable");
    let expected: Value = serde_json::from_slice(&expected).expect("JSON");
    let (mut wrong, mut countries) = (Vec::new(), 0);
    for (name, wanted) in expected.as_object().expect("an object").iter().filter(|(_, wanted)| wanted.is_object()) {
        let event = event(&folder.join(name));
        assert!(check_spans(name, &event) > 0, "{name} has no spans");
        let found = [
            misses("language", &wanted["language"], &event["language"]),
            misses("published", &wanted["published"], &event["published"]),
            text_misses(wanted, &event),
            country_misses(wanted, &event),
        ];
        wrong.extend(found.concat().into_iter().map(|miss| format!("{name}: {miss}")));
        let ids = wanted["entities"].as_array().into_iter().flatten().filter_map(|entity| entity["id"].as_str());
        countries += ids.filter(|id| COUNTRIES.contains(id)).count();
    }
    assert!(countries >= 5, "the list of countries has fallen behind: {countries} found");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
