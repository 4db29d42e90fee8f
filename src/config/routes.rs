//! Routes: topics beside the enriched one, and which events go there.

use std::sync::Arc;

use super::read::Reader;
use super::topics::topic_fault;
use crate::pipeline::{Condition, Route};

/// How many routes there may be: each is a series of metrics, and is asked about every event.
const ROUTES_MAX: usize = 64;

/// The longest name of a route.
const NAME_CHARS_MAX: usize = 64;

/// Every route below `routes` that has a topic, in the order of their names.
pub(super) fn read(read: &mut Reader) -> Vec<Route> {
    let names = read.names("routes");
    if names.len() > ROUTES_MAX {
        read.fault("routes", format!("has {} routes, and {ROUTES_MAX} are the most", names.len()));
    }
    names.iter().filter_map(|name| route(read, name)).collect()
}

fn route(read: &mut Reader, name: &str) -> Option<Route> {
    let table = format!("routes.{name}");
    let [topic, when, retractions] = ["topic", "when", "retractions"].map(|key| format!("{table}.{key}"));
    let is_plain = name.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || matches!(c, '_' | '-'));
    if !is_plain || name.len() > NAME_CHARS_MAX {
        read.fault(&table, format!("is not a route's name: a-z, 0-9, '_' and '-', at most {NAME_CHARS_MAX} of them"));
    }
    let retractions = !read.has(&retractions) || read.boolean(&retractions);
    let condition = condition(read, &when);
    let named = read.text(&topic);
    // Without a topic it is off.
    if named.is_empty() {
        return None;
    }
    if let Some(fault) = topic_fault(&named) {
        read.fault(&topic, fault);
    }
    Some(Route { name: name.into(), topic: Arc::from(named), when: condition, retractions })
}

/// The condition; of a faulty one, one that never holds, so that reading can go on.
fn condition(read: &mut Reader, key: &str) -> Condition {
    let never = || Condition::parse("`false`").expect("a test reads it");
    if !read.has(key) {
        read.fault(key, "is missing: a route needs a topic and a condition, `when`");
        return never();
    }
    let text = read.text(key);
    Condition::parse(&text).unwrap_or_else(|mistakes| {
        mistakes.iter().for_each(|mistake| read.fault(key, mistake.to_string()));
        never()
    })
}
