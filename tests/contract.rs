//! The examples that the documentation shows are what the program does.

use std::fs;
use std::path::Path;
use std::sync::LazyLock;

use serde_json::Value;
use wiredesk::event::{Event, json_schema};
use wiredesk::pipeline::{Processor, Settings, Verdict};
use wiredesk::record::{Header, Offset, Position, Record, TopicPartition};

const CONTRACT: &str = "docs/event-contract.md";

static PROCESSOR: LazyLock<Processor> = LazyLock::new(|| Processor::new(Settings::default()));

fn path(page: &str) -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(page)
}

fn read(page: &str) -> String {
    fs::read_to_string(path(page)).expect("the page is there")
}

/// The fenced JSON blocks of a page, in order.
fn blocks(page: &str) -> Vec<String> {
    let fenced = page.split("```json\n").skip(1);
    fenced.map(|rest| rest.split("```").next().unwrap_or_default().to_owned()).collect()
}

/// The event of a value that stood at `news.raw[2]@41`, with its headers.
fn event(value: &str) -> (Value, Vec<Header>) {
    let partition = TopicPartition { topic: "news.raw".into(), partition: 2 };
    let position = Position { partition, offset: Offset(41) };
    let value = Some(value.trim().as_bytes().to_vec());
    let record = Record { position, time_ms: Some(1_710_491_580_000), key: None, headers: Vec::new(), value };
    match PROCESSOR.process(&record, &mut ()) {
        Verdict::Publish { message, .. } => {
            let event = serde_json::from_slice(&message.value.expect("an event")).expect("JSON");
            (event, message.headers)
        }
        other => panic!("not published: {other:?}"),
    }
}

/// Whether every value that `part` shows stands in `whole`; the elements of a list in this order, others between them.
fn shows(part: &Value, whole: &Value) -> bool {
    match (part, whole) {
        (Value::Object(part), Value::Object(whole)) => {
            part.iter().all(|(key, value)| whole.get(key).is_some_and(|found| shows(value, found)))
        }
        (Value::Array(part), Value::Array(whole)) => {
            let mut rest = whole.iter();
            part.iter().all(|value| rest.any(|found| shows(value, found)))
        }
        _ => part == whole,
    }
}

/// Set `UPDATE_DOCS=1` to write the event anew; the change is then to be read like any other.
#[test]
fn the_contract_shows_a_record_and_its_event_in_full() {
    let page = read(CONTRACT);
    let [record, shown, ..] = &blocks(&page)[..] else { panic!("two blocks of JSON are expected") };
    let (mut event, _) = event(record);
    if std::env::var_os("UPDATE_DOCS").is_some() {
        // By way of the type, so that the fields keep the order of the contract.
        let ordered: Event = serde_json::from_value(event).expect("an event");
        let pretty = serde_json::to_string_pretty(&ordered).expect("JSON") + "\n";
        fs::write(path(CONTRACT), page.replacen(shown, &pretty, 1)).expect("written");
        return;
    }
    let shown: Value = serde_json::from_str(shown).expect("the shown event is JSON");
    // The rules hash changes with every name that is added, and says nothing of the contract.
    event["provenance"]["rules"] = shown["provenance"]["rules"].clone();
    assert_eq!(shown, event, "UPDATE_DOCS=1 cargo test --test contract writes it anew");
}

#[test]
fn the_readme_shows_a_part_of_that_event() {
    let record = &blocks(&read(CONTRACT))[0];
    let shown: Value = serde_json::from_str(&blocks(&read("README.md"))[0]).expect("the shown event is JSON");
    let (event, _) = event(record);
    assert!(shows(&shown, &event), "README.md shows what is not in the event:\n{shown:#}\n{event:#}");
}

#[test]
fn the_contract_names_every_header_and_reason() {
    let page = read(CONTRACT);
    let (_, headers) = event(&blocks(&page)[0]);
    let reasons = wiredesk::article::RejectReason::ALL.map(|reason| reason.as_str().to_owned());
    for name in headers.into_iter().map(|header| header.name).chain(reasons) {
        assert!(page.contains(&format!("`{name}`")), "{name} is not in {CONTRACT}");
    }
}

#[test]
fn the_contract_names_every_dialect_and_warning() {
    let page = read(CONTRACT);
    let schema = json_schema();
    for list in ["Dialect", "WarningCode"] {
        let names = schema["$defs"][list]["oneOf"].as_array().expect("an enum with descriptions");
        assert!(names.len() >= 10, "{list} is listed");
        for name in names.iter().map(|entry| entry["const"].as_str().expect("a name")) {
            assert!(page.contains(&format!("`{name}`")), "{name} is not in {CONTRACT}");
        }
    }
}

#[test]
fn the_ids_of_the_contract_are_right() {
    let page = read(CONTRACT);
    let rows = page.lines().skip_while(|line| !line.starts_with("| from | hashed | id |")).skip(2);
    let rows: Vec<Vec<&str>> = rows.take_while(|line| line.starts_with('|')).map(|l| l.split('|').collect()).collect();
    assert!(rows.len() >= 6, "the table of ids is there");
    for row in rows {
        let (from, id) = (row[1].trim(), row[3].trim().trim_matches('`'));
        let given = from.split('`').nth(1).expect("a code span");
        let value = match from {
            _ if given.starts_with("http") => format!(r#"{{"url": "{given}", "text": "It rained."}}"#),
            _ if given.starts_with("It ") => given.to_owned(),
            _ => format!(r#"{{"id": "{given}", "text": "It rained."}}"#),
        };
        assert_eq!(event(&value).0["id"], id, "{from}");
    }
}

/// Set `UPDATE_DOCS=1` to write the schema anew: within version 1 fields and enum values may be added, never taken away.
#[test]
fn the_checked_in_schema_is_that_of_the_types() {
    let schema = serde_json::to_string_pretty(&json_schema()).expect("JSON") + "\n";
    if std::env::var_os("UPDATE_DOCS").is_some() {
        fs::write(path("docs/event.schema.json"), schema).expect("written");
        return;
    }
    assert!(read("docs/event.schema.json") == schema, "docs/event.schema.json is not what `wiredesk schema` prints");
}
