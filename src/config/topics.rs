//! What is read and written.

use std::sync::Arc;

use super::read::Reader;
use super::routes;
use crate::pipeline::Copies;

/// Topics.
#[derive(Clone, Debug)]
pub struct Topics {
    /// Names to read; one that starts with `^` is a regular expression.
    pub raw: Vec<String>,
    /// Where events go.
    pub enriched: String,
    /// Where dead letters go.
    pub dead_letter: String,
    /// Whether missing topics are created.
    pub create: bool,
    /// Partitions of a created topic.
    pub partitions: i32,
    /// Replication of a created topic; `None` takes the broker's default.
    pub replication: Option<i32>,
}

impl Topics {
    pub(super) fn read(read: &mut Reader) -> Self {
        Self {
            raw: raw_topics(read, "topics.raw"),
            enriched: topic(read, "topics.enriched"),
            dead_letter: topic(read, "topics.dead_letter"),
            create: read.boolean("topics.create"),
            partitions: read.integer("topics.partitions", 1..=10_000),
            replication: Some(read.integer("topics.replication", 0..=32)).filter(|&replication| replication > 0),
        }
    }
}

/// The routes, and the compacted topic.
pub(super) fn copies(read: &mut Reader) -> Copies {
    const LATEST: &str = "topics.latest";
    let latest = read.text(LATEST);
    if let Some(fault) = topic_fault(&latest).filter(|_| !latest.is_empty()) {
        read.fault(LATEST, fault);
    }
    Copies::new(routes::read(read), Some(latest.into()).filter(|latest: &Arc<str>| !latest.is_empty()))
}

/// The characters and the length that Kafka allows in a topic's name.
pub(super) fn topic_fault(name: &str) -> Option<&'static str> {
    let legal = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '_' | '-');
    if name.is_empty() {
        Some("must name a topic")
    } else if name.len() > 249 || name == "." || name == ".." || !name.chars().all(legal) {
        Some("is not a topic's name: letters, digits, '.', '_' and '-', at most 249 of them")
    } else {
        None
    }
}

fn topic(read: &mut Reader, key: &str) -> String {
    let name = read.text(key);
    if let Some(fault) = topic_fault(&name) {
        read.fault(key, fault);
    }
    name
}

fn raw_topics(read: &mut Reader, key: &str) -> Vec<String> {
    let names = read.list(key);
    if names.is_empty() {
        read.fault(key, "must name at least one topic");
    }
    for name in &names {
        if name.starts_with('^') {
            if let Err(error) = regex_lite::Regex::new(name) {
                read.fault(key, format!("{name:?} is not a regular expression: {error}"));
            }
        } else if let Some(fault) = topic_fault(name) {
            read.fault(key, format!("{name:?} {fault}; a pattern starts with ^"));
        }
    }
    names
}
