//! What scrapers write, taken unchanged: each file of `tools` beside the reading that it must become.

use std::fs;
use std::path::PathBuf;

use serde_json::Value;
use wiredesk::record::Header;

use crate::{Outcome, outcome, reading, record, root};

/// Every output of a tool, as `tool/name`, with its bytes and its reading.
fn outputs() -> Vec<(String, Vec<u8>, Value)> {
    let mut outputs = Vec::new();
    for tool in fs::read_dir(root().join("tests/golden/tools")).expect("the tools are there") {
        let tool = tool.expect("an entry").path();
        if !tool.is_dir() {
            continue;
        }
        let files = fs::read_dir(&tool).expect("a folder").map(|file| file.expect("an entry").path());
        for expected in files.filter(|file| file.to_string_lossy().ends_with(".expected.json")) {
            let stem = expected.to_string_lossy().replace(".expected.json", "");
            let inputs = ["json", "txt", "html"].map(|extension| PathBuf::from(format!("{stem}.{extension}")));
            let input = inputs.into_iter().find(|input| input.is_file()).expect("a reading has its input");
            let name = input.strip_prefix(tool.parent().expect("a parent")).expect("a file of the tool");
            let bytes = fs::read(&input).expect("readable");
            let expected = serde_json::from_slice(&fs::read(&expected).expect("readable")).expect("JSON");
            outputs.push((name.to_string_lossy().into_owned(), bytes, expected));
        }
    }
    outputs.sort_by(|a, b| a.0.cmp(&b.0));
    outputs
}

/// What is wrong with what became of one output.
fn misses(bytes: Vec<u8>, expected: &Value) -> Vec<String> {
    let mut record = record(expected["key"].as_str(), Some(bytes));
    for (name, value) in expected["headers"].as_object().into_iter().flatten() {
        record.headers.push(Header::new(name, value.as_str().expect("a text")));
    }
    match (outcome(&record), &expected["dead_letter"]) {
        (Outcome::DeadLetter(letter), reason) if letter["dead_letter"]["reason"] == *reason => Vec::new(),
        (Outcome::DeadLetter(letter), _) => vec![letter.to_string()],
        (Outcome::Event(event), Value::Null) => reading::compare(expected, &event).0,
        (Outcome::Event(_), reason) => vec![format!("is taken, and should be refused as {reason}")],
    }
}

#[test]
fn what_scrapers_write_goes_in_unchanged() {
    let outputs = outputs();
    assert!(outputs.len() >= 30, "only {} outputs were found", outputs.len());
    let mut wrong = Vec::new();
    for (name, bytes, expected) in outputs {
        let misses = misses(bytes, &expected);
        if !misses.is_empty() {
            wrong.push(format!("{name}\n    {}", misses.join("\n    ")));
        }
    }
    assert!(wrong.is_empty(), "{} are wrong\n{}", wrong.len(), wrong.join("\n"));
}
