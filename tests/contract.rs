//! The examples that the documentation shows are what the program does.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::sync::LazyLock;

use serde_json::Value;
use wiredesk::event::{Event, json_schema};
use wiredesk::pipeline::{Copies, Processor, Settings, Verdict, asyncapi};
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

/// What comes of a value that stood at `news.raw[2]@41` under this key.
fn verdict(key: Option<&str>, value: Option<&str>) -> Verdict {
    let partition = TopicPartition { topic: "news.raw".into(), partition: 2 };
    let position = Position { partition, offset: Offset(41) };
    let bytes = |text: &str| text.trim().as_bytes().to_vec();
    let headers = Vec::new();
    let record =
        Record { position, time_ms: Some(1_710_491_580_000), key: key.map(bytes), headers, value: value.map(bytes) };
    PROCESSOR.process(&record, &mut ())
}

/// The event of a value, with its headers.
fn event(value: &str) -> (Value, Vec<Header>) {
    published(verdict(None, Some(value)))
}

fn published(verdict: Verdict) -> (Value, Vec<Header>) {
    match verdict {
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
fn the_quick_start_shows_the_consumer_that_is_tested() {
    let page = read("docs/quick-start.md");
    let shown = page.split("```python\n").nth(1).and_then(|rest| rest.split("```").next()).expect("a block of Python");
    let example = read("examples/clients/python/consume.py");
    let code = example.split_once("\"\"\"\n").expect("a docstring").1;
    assert_eq!(shown, code, "docs/quick-start.md and consume.py differ");
    assert!(code.lines().filter(|line| !line.is_empty()).count() <= 10, "a consumer is ten lines");
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

fn document() -> Value {
    asyncapi(&["news.raw".to_owned()], "news.enriched", "news.dead-letter", &Copies::default())
}

/// Set `UPDATE_DOCS=1` to write the document anew.
#[test]
fn the_checked_in_asyncapi_document_is_that_of_the_program() {
    let text = serde_json::to_string_pretty(&document()).expect("JSON") + "\n";
    if std::env::var_os("UPDATE_DOCS").is_some() {
        fs::write(path("docs/asyncapi.json"), text).expect("written");
        return;
    }
    assert!(read("docs/asyncapi.json") == text, "docs/asyncapi.json is not what `wiredesk schema --asyncapi` prints");
}

/// What is wrong with a value, by one of the document's schemas.
fn faults(schema: &str, value: &Value) -> Vec<String> {
    let mut root = document();
    root["$ref"] = format!("#/components/schemas/{schema}").into();
    let validator = jsonschema::validator_for(&root).expect("a valid schema");
    validator.iter_errors(value).map(|error| format!("{error} at {}", error.instance_path())).collect()
}

/// Headers as the document sees them: an object of texts.
fn as_object(headers: &[Header]) -> Value {
    let text = |header: &Header| header.value.as_deref().map(|value| String::from_utf8_lossy(value).into_owned());
    headers
        .iter()
        .map(|header| (header.name.clone(), text(header)))
        .collect::<BTreeMap<_, _>>()
        .into_iter()
        .map(|(name, text)| (name, Value::from(text)))
        .collect()
}

#[test]
fn messages_are_as_the_asyncapi_document_says() {
    let document = document();
    let raw = &blocks(&read(CONTRACT))[0];
    let check = |schema: &str, value: &Value| assert_eq!(faults(schema, value), [""; 0], "{schema}: {value:#}");
    check("RawArticle", &serde_json::from_str(raw).expect("JSON"));
    let examples = document["components"]["messages"]["json"]["examples"].as_array().expect("examples");
    for example in examples {
        check("RawArticle", &example["payload"]);
        check("RawHeaders", &example["headers"]);
    }
    let (event, headers) = event(raw);
    let (retraction, gone) = published(verdict(Some("https://news.example/world/river-pact"), None));
    check("Event", &event);
    check("Event", &retraction);
    let letter = match verdict(None, Some("[1]")) {
        Verdict::DeadLetter { message, .. } => message,
        other => panic!("not refused: {other:?}"),
    };
    for (schema, headers) in [("EventHeaders", headers), ("EventHeaders", gone), ("DeadLetterHeaders", letter.headers)]
    {
        check(schema, &as_object(&headers));
        for Header { name, .. } in headers {
            assert!(
                document["components"]["schemas"][schema]["properties"].get(&name).is_some(),
                "{name} is not in {schema}"
            );
        }
    }
}

#[test]
fn messages_that_break_the_contract_are_told() {
    let (event, headers) = event(&blocks(&read(CONTRACT))[0]);
    let breaks = |schema: &str, whole: &Value, pointer: &str, wrong: Value| {
        let mut broken = whole.clone();
        *broken.pointer_mut(pointer).unwrap_or_else(|| panic!("no {pointer}")) = wrong;
        assert!(!faults(schema, &broken).is_empty(), "{schema} takes a wrong {pointer}");
    };
    breaks("Event", &event, "/id", Value::Null);
    breaks("Event", &event, "/status", "withheld".into());
    breaks("Event", &event, "/body", 7.into());
    breaks("Event", &event, "/language/confidence", "high".into());
    breaks("Event", &event, "/dates/0/start", "61".into());
    breaks("Event", &event, "/dates/0/in", "lede".into());
    breaks("Event", &event, "/entities/0/mentions/0/end", (-1).into());
    breaks("Event", &event, "/entities/0/type", "planet".into());
    breaks("Event", &event, "/provenance/dialect", "gopher".into());
    breaks("EventHeaders", &as_object(&headers), "/ce_type", "wiredesk.article.enriched.v2".into());
    breaks("EventHeaders", &as_object(&headers), "/wd-status", "gone".into());
    breaks("RawArticle", &serde_json::json!({"body": ""}), "/body", 7.into());
    for field in event.as_object().expect("an object").keys() {
        let mut without = event.clone();
        without.as_object_mut().expect("an object").remove(field);
        assert!(!faults("Event", &without).is_empty(), "Event may lack {field}");
    }
}
