//! The core alone: each sample and the event that it must become, byte for byte.
//!
//! `UPDATE_GOLDEN=1 cargo test --test golden` writes the expected events anew; the change is then to be read like any
//! other.

// What is expected is what the whole model finds.
#![cfg(not(feature = "permissive-models"))]

mod chrome;
mod pages;
mod reading;
mod score;
mod seeds;
mod tools;

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use serde_json::{Value, json};
use wiredesk::event::{Event, json_schema};
use wiredesk::pipeline::{Processor, Settings, Verdict, process_batch};
use wiredesk::record::{Offset, Position, Record, TopicPartition};

/// Compiled once for all tests.
pub(crate) static PROCESSOR: LazyLock<Processor> = LazyLock::new(|| Processor::new(Settings::default()));

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn expected_folder() -> PathBuf {
    root().join("tests/golden/expected")
}

/// A record as the raw topic would hold it; its place and time are fixed, as they are part of the event.
pub(crate) fn record(key: Option<&str>, value: Option<Vec<u8>>) -> Record {
    let partition = TopicPartition { topic: "news.raw".into(), partition: 0 };
    let position = Position { partition, offset: Offset(7) };
    let key = key.map(|key| key.as_bytes().to_vec());
    Record { position, time_ms: Some(1_735_689_600_000), key, headers: Vec::new(), value }
}

/// Each sample's name with its record: every file, and every retraction.
fn samples() -> Vec<(String, Record)> {
    let folder = root().join("data/samples");
    let mut samples = Vec::new();
    for entry in fs::read_dir(&folder).expect("the samples are there") {
        let path = entry.expect("an entry").path();
        let name = path.file_name().expect("a name").to_string_lossy().into_owned();
        let bytes = fs::read(&path).expect("readable");
        match name.as_str() {
            "README.md" => {}
            "retractions.txt" => {
                let text = String::from_utf8(bytes).expect("text");
                let urls = text.lines().filter(|line| !line.trim().is_empty());
                samples.extend(urls.enumerate().map(|(n, url)| (format!("retraction-{n}"), record(Some(url), None))));
            }
            _ => {
                let stem = name.rsplit_once('.').map_or(name.as_str(), |(stem, _)| stem);
                samples.push((stem.to_owned(), record(None, Some(bytes))));
            }
        }
    }
    samples.sort_by(|a, b| a.0.cmp(&b.0));
    samples
}

/// What a record becomes, in the order of the contract's fields.
fn outcome(record: &Record) -> Outcome {
    match PROCESSOR.process(record, &mut ()) {
        Verdict::Publish { message, .. } => {
            let bytes = message.value.expect("an event has a value");
            Outcome::Event(Box::new(serde_json::from_slice(&bytes).expect("an event")))
        }
        Verdict::DeadLetter { reject, .. } => {
            Outcome::DeadLetter(json!({"dead_letter": {"reason": reject.reason.as_str(), "detail": reject.detail}}))
        }
        Verdict::Drop(rule) => panic!("dropped by {rule:?}, though no rule is set"),
    }
}

enum Outcome {
    Event(Box<Event>),
    DeadLetter(Value),
}

impl Outcome {
    /// As the expected files have it. The rules hash changes with every name that is added to the lexicon and says
    /// nothing of this event, so it is left out.
    fn pretty(mut self) -> String {
        if let Self::Event(event) = &mut self {
            event.provenance.rules = "*".to_owned();
        }
        let pretty = match &self {
            Self::Event(event) => serde_json::to_string_pretty(event),
            Self::DeadLetter(letter) => serde_json::to_string_pretty(letter),
        };
        pretty.expect("JSON") + "\n"
    }
}

#[test]
fn every_sample_becomes_what_is_expected() {
    let update = std::env::var_os("UPDATE_GOLDEN").is_some();
    let mut wrong = Vec::new();
    let mut names = BTreeSet::new();
    for (name, record) in samples() {
        let path = expected_folder().join(format!("{name}.json"));
        let found = outcome(&record).pretty();
        let kept = fs::read_to_string(&path).unwrap_or_default();
        if update && found != kept {
            fs::create_dir_all(expected_folder()).expect("a folder");
            fs::write(&path, &found).expect("written");
        } else if let Some(first) = first_difference(&kept, &found) {
            wrong.push(format!("{name}: {first}"));
        }
        names.insert(format!("{name}.json"));
    }
    for entry in fs::read_dir(expected_folder()).expect("expected events") {
        let name = entry.expect("an entry").file_name().to_string_lossy().into_owned();
        assert!(names.contains(&name), "{name} belongs to no sample");
    }
    let advice = "UPDATE_GOLDEN=1 cargo test --test golden writes them anew";
    assert!(wrong.is_empty(), "{advice}\n{}", wrong.join("\n"));
}

fn first_difference(kept: &str, found: &str) -> Option<String> {
    let lines = kept.lines().map(Some).chain(std::iter::repeat(None));
    let mut pairs = lines.zip(found.lines().map(Some).chain([None])).enumerate();
    let different = pairs.find(|(_, (kept, found))| kept != found);
    match different {
        Some((line, (kept, found))) => Some(format!("line {}: expected {kept:?}, found {found:?}", line + 1)),
        None => (kept != found).then(|| "one of them ends early".to_owned()),
    }
}

#[test]
fn every_event_is_valid_by_the_schema() {
    let schema = json_schema();
    let validator = jsonschema::validator_for(&schema).expect("a valid schema");
    for (name, record) in samples() {
        if let Outcome::Event(event) = outcome(&record) {
            let event = serde_json::to_value(&event).expect("JSON");
            let errors: Vec<String> = validator.iter_errors(&event).map(|error| error.to_string()).collect();
            assert!(errors.is_empty(), "{name}: {errors:#?}");
        }
    }
    // The schema must be able to say no.
    for wrong in [json!({}), json!({"schema": "wiredesk.article/1"}), json!([])] {
        assert!(!validator.is_valid(&wrong), "{wrong} is taken for an event");
    }
}

#[test]
fn every_span_slices_its_text() {
    for (name, record) in samples() {
        if let Outcome::Event(event) = outcome(&record) {
            let spans = check_spans(&name, &serde_json::to_value(&event).expect("JSON"));
            assert!(spans > 0 || event.body.is_none(), "{name} has no dates and no entities at all");
        }
    }
}

/// Every mention and date of an event stands where it says; how many there are.
pub(crate) fn check_spans(name: &str, event: &Value) -> usize {
    let dates = event["dates"].as_array().expect("dates").iter();
    let entities = event["entities"].as_array().expect("entities").iter();
    let mentions = entities.flat_map(|entity| entity["mentions"].as_array().expect("mentions"));
    let mut count = 0;
    for span in dates.chain(mentions) {
        let field = event[span["in"].as_str().expect("a field")].as_str().unwrap_or_default();
        let at = |key: &str| usize::try_from(span[key].as_u64().expect("a place")).expect("a short text");
        let slice: String = field.chars().skip(at("start")).take(at("end").saturating_sub(at("start"))).collect();
        assert!(!slice.is_empty(), "{name}: an empty span: {span}");
        assert_eq!(Some(slice.as_str()), span["text"].as_str(), "{name}: {span}");
        count += 1;
    }
    for piece in event["furniture"].as_array().expect("furniture") {
        let at = piece["at"].as_u64().expect("a place");
        let length = event["body"].as_str().unwrap_or_default().chars().count() as u64;
        assert!(at <= length, "{name}: furniture at {at} of {length}");
    }
    count
}

#[test]
fn the_same_record_gives_the_same_bytes() {
    let records: Vec<Record> = samples().into_iter().map(|(_, record)| record).collect();
    let first = process_batch(&PROCESSOR, records.clone(), &mut ());
    // A compilation of its own and another order: nothing is remembered from record to record.
    let again = Processor::new(Settings::default());
    let reversed = process_batch(&again, records.into_iter().rev().collect(), &mut ());
    assert_eq!(PROCESSOR.rules(), again.rules());
    for (one, other) in first.items().iter().zip(reversed.items().iter().rev()) {
        assert_eq!(one, other);
    }
}

#[test]
fn a_revision_keeps_the_id_and_a_retraction_takes_it_back() {
    let all = samples();
    let event = |part: &str| {
        let (_, record) = all.iter().find(|(name, _)| name.contains(part)).expect("a sample");
        match outcome(record) {
            Outcome::Event(event) => event,
            Outcome::DeadLetter(letter) => panic!("{part}: {letter}"),
        }
    };
    let (first, second) = (event("05-es"), event("19-es"));
    assert_eq!(first.id, second.id);
    assert_ne!(first.fingerprint, second.fingerprint);
    let withdrawn = event("retraction-0");
    assert_eq!(withdrawn.id, event("21-ko").id);
    assert!(withdrawn.body.is_none() && withdrawn.entities.is_empty());
}
