//! Cases, read from their files: every fault at once.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use serde::Deserialize;
use serde_json::{Map, Value};

use crate::article::RejectReason;
use crate::pipeline::DropRule;

/// A larger file is not one of cases.
const FILE_BYTES_MAX: u64 = 16 << 20;

/// An article, and what should come of it.
#[derive(Debug)]
pub(super) struct Case {
    /// The file that it stands in.
    pub(super) file: String,
    /// Its name there.
    pub(super) name: String,
    pub(super) input: Input,
    pub(super) key: Option<String>,
    pub(super) headers: BTreeMap<String, String>,
    pub(super) time_ms: Option<i64>,
    pub(super) expect: Expect,
}

/// Where a case's record is.
#[derive(Debug)]
pub(super) enum Input {
    /// In a file of records: one, or one a line.
    File(PathBuf),
    /// In the case itself; `None` is a null value.
    Value(Option<Vec<u8>>),
}

/// What should come of a record.
#[derive(Debug)]
pub(super) enum Expect {
    /// An event with these values, without those, and on these routes.
    Event { event: Value, without: Value, routes: Option<BTreeSet<String>> },
    /// A dead letter for this reason.
    DeadLetter(String),
    /// Nothing, by this rule.
    Dropped(String),
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(default)]
    case: Vec<Raw>,
}

/// A case as it is written.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Raw {
    name: String,
    file: Option<PathBuf>,
    record: Option<String>,
    #[serde(default)]
    retraction: bool,
    key: Option<String>,
    #[serde(default)]
    headers: BTreeMap<String, String>,
    time: Option<toml::value::Datetime>,
    event: Option<toml::Table>,
    without: Option<toml::Table>,
    routes: Option<BTreeSet<String>>,
    dead_letter: Option<String>,
    dropped: Option<String>,
}

/// The cases of these files and folders, in order.
///
/// # Errors
/// Every fault, each with its file and case.
pub(super) fn read(paths: &[PathBuf], routes: &[Arc<str>]) -> Result<Vec<Case>, Vec<String>> {
    let (mut cases, mut faults) = (Vec::new(), Vec::new());
    for path in paths {
        match files(path) {
            Ok(files) => files.iter().for_each(|file| read_file(file, routes, &mut cases, &mut faults)),
            Err(error) => faults.push(format!("{}: {error}", path.display())),
        }
    }
    if faults.is_empty() { Ok(cases) } else { Err(faults) }
}

fn files(path: &Path) -> std::io::Result<Vec<PathBuf>> {
    if !std::fs::metadata(path)?.is_dir() {
        return Ok(vec![path.to_owned()]);
    }
    let entries = std::fs::read_dir(path)?.collect::<Result<Vec<_>, _>>()?;
    let paths = entries.into_iter().map(|entry| entry.path());
    let mut files: Vec<PathBuf> =
        paths.filter(|path| path.extension().is_some_and(|ending| ending == "toml")).collect();
    files.sort();
    Ok(files)
}

fn read_file(path: &Path, routes: &[Arc<str>], cases: &mut Vec<Case>, faults: &mut Vec<String>) {
    let file = path.display().to_string();
    let text = std::fs::metadata(path).and_then(|found| {
        if found.len() > FILE_BYTES_MAX {
            return Err(std::io::Error::other(format!("more than {FILE_BYTES_MAX} bytes")));
        }
        std::fs::read_to_string(path)
    });
    let text = match text {
        Ok(text) => text,
        Err(error) => return faults.push(format!("{file}: {error}")),
    };
    let raw: File = match toml::from_str(&text) {
        Ok(raw) => raw,
        Err(error) => return faults.push(format!("{file}: {}", error.to_string().trim_end())),
    };
    let mut names = BTreeSet::new();
    for raw in raw.case {
        let name = raw.name.clone();
        let wrong = |problem: String| format!("{file}: {name}: {problem}");
        if !names.insert(name.clone()) {
            faults.push(wrong("another case has this name".to_owned()));
        }
        match case(&file, path.parent().unwrap_or(Path::new("")), raw, routes) {
            Ok(case) => cases.push(case),
            Err(problems) => faults.extend(problems.into_iter().map(wrong)),
        }
    }
}

fn case(file: &str, folder: &Path, raw: Raw, routes: &[Arc<str>]) -> Result<Case, Vec<String>> {
    let mut problems = Vec::new();
    let input = match (raw.file, raw.record, raw.retraction) {
        (Some(file), None, false) => {
            let path = folder.join(file);
            if let Err(error) = std::fs::File::open(&path) {
                problems.push(format!("{}: {error}", path.display()));
            }
            Input::File(path)
        }
        (None, Some(text), false) => Input::Value(Some(text.into_bytes())),
        (None, None, true) => Input::Value(None),
        (..) => {
            problems.push("needs one of file, record, and retraction = true".to_owned());
            Input::Value(None)
        }
    };
    let time_ms = raw.time.and_then(|time| {
        let read = time.to_string().parse::<jiff::Timestamp>();
        read.map_err(|error| problems.push(format!("time {time}: {error}"))).ok().map(jiff::Timestamp::as_millisecond)
    });
    for route in raw.routes.iter().flatten().filter(|route| !routes.iter().any(|known| **known == ***route)) {
        let known: Vec<&str> = routes.iter().map(|known| &**known).collect();
        problems.push(format!("there is no route {route} in the configuration, only: {}", known.join(", ")));
    }
    let of_event = raw.event.is_some() || raw.without.is_some() || raw.routes.is_some();
    let object = |table: Option<toml::Table>| table.map_or(Value::Object(Map::new()), |table| json(table.into()));
    let expect = match (of_event, raw.dead_letter, raw.dropped) {
        (true, None, None) => {
            Expect::Event { event: object(raw.event), without: object(raw.without), routes: raw.routes }
        }
        (false, Some(reason), None) => {
            let known = RejectReason::ALL.map(RejectReason::as_str);
            problems.extend(unknown("dead_letter", &reason, &known));
            Expect::DeadLetter(reason)
        }
        (false, None, Some(rule)) => {
            problems.extend(unknown("dropped", &rule, &DropRule::ALL.map(DropRule::as_str)));
            Expect::Dropped(rule)
        }
        (..) => {
            problems.push(
                "expects nothing, or several things: event, without and routes, or dead_letter, or dropped".to_owned(),
            );
            Expect::Dropped(String::new())
        }
    };
    if !problems.is_empty() {
        return Err(problems);
    }
    Ok(Case { file: file.to_owned(), name: raw.name, input, key: raw.key, headers: raw.headers, time_ms, expect })
}

fn unknown(key: &str, given: &str, known: &[&str]) -> Option<String> {
    (!known.contains(&given)).then(|| format!("{key} is {given:?}, which is none of {}", known.join(", ")))
}

/// The JSON of a TOML value. A date that stands without quotes is the text of it.
fn json(value: toml::Value) -> Value {
    match value {
        toml::Value::String(text) => Value::String(text),
        toml::Value::Integer(number) => number.into(),
        toml::Value::Float(number) => number.into(),
        toml::Value::Boolean(on) => Value::Bool(on),
        toml::Value::Datetime(time) => Value::String(time.to_string()),
        toml::Value::Array(values) => values.into_iter().map(json).collect(),
        toml::Value::Table(table) => Value::Object(table.into_iter().map(|(key, value)| (key, json(value))).collect()),
    }
}
