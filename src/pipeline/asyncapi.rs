//! The AsyncAPI document: what stands in the topics, for tools that make clients, mocks and pages of it.
//!
//! `asyncapi.toml` is the document's frame. The event's schema, reasons and constants come from the code, so they cannot
//! differ from what is written; a test holds the headers of real messages against the rest.

use serde_json::{Map, Value, json};

use super::Copies;
use crate::article::RejectReason;
use crate::event::{CE_TYPE, DATA_SCHEMA, json_schema};

const FRAME: &str = include_str!("asyncapi.toml");

/// The AsyncAPI 3 document of these topics, with a channel for each that events are copied to. Raw topics are documented by
/// the first of them; it has no address where that is a pattern.
#[must_use]
pub fn asyncapi(raw: &[String], enriched: &str, dead_letter: &str, copies: &Copies) -> Value {
    let mut document: Value = toml::from_str(FRAME).expect("the frame is TOML without dates, and a test reads it");
    document["info"]["version"] = env!("CARGO_PKG_VERSION").into();
    let raw = raw.first().filter(|name| !name.starts_with('^'));
    let addresses = [("raw", raw.map(String::as_str)), ("enriched", Some(enriched)), ("deadLetter", Some(dead_letter))];
    for (channel, address) in addresses {
        document["channels"][channel]["address"] = address.into();
    }
    for route in copies.routes() {
        let what = format!("Copies of the events that the route {} chooses.", route.name);
        add_channel(&mut document, &format!("route-{}", route.name), &route.topic, &what, &["event"]);
    }
    if let Some(topic) = copies.latest() {
        let what = "Compacted: the newest event of each article, and nothing of an article that was taken back.";
        add_channel(&mut document, "latest", topic, what, &["event", "tombstone"]);
    }
    let schemas = &mut document["components"]["schemas"];
    schemas["DeadLetterReason"] = json!({
        "type": "string", "enum": RejectReason::ALL.map(RejectReason::as_str), "description": "Why a record could not become an event.",
    });
    let headers = &mut schemas["EventHeaders"]["properties"];
    headers["ce_type"]["const"] = CE_TYPE.into();
    headers["ce_dataschema"]["const"] = DATA_SCHEMA.into();
    for (name, schema) in event_schemas() {
        schemas[name] = schema;
    }
    document
}

fn add_channel(document: &mut Value, name: &str, topic: &str, what: &str, messages: &[&str]) {
    let refer = |message: &&str| ((*message).to_owned(), json!({ "$ref": format!("#/components/messages/{message}") }));
    let messages: Map<String, Value> = messages.iter().map(refer).collect();
    document["channels"][name] = json!({ "address": topic, "description": what, "messages": messages });
    let channel = format!("#/channels/{name}");
    document["operations"][format!("publish-{name}")] = json!({ "action": "send", "channel": { "$ref": channel } });
}

/// The schema of the event and of each of its parts, under the names and with the references of this document.
fn event_schemas() -> Map<String, Value> {
    let mut event = json_schema();
    let parts = event.as_object_mut().and_then(|schema| schema.remove("$defs"));
    let Some(Value::Object(mut schemas)) = parts else { return Map::new() };
    // They say which JSON Schema this is; here the document says it.
    ["$schema", "$id"].iter().for_each(|key| _ = event.as_object_mut().and_then(|schema| schema.remove(*key)));
    schemas.insert("Event".to_owned(), event);
    schemas.values_mut().for_each(refer_to_components);
    schemas
}

fn refer_to_components(schema: &mut Value) {
    match schema {
        Value::Object(fields) => {
            for (key, value) in fields {
                match value {
                    Value::String(target) if key == "$ref" => {
                        *target = target.replace("#/$defs/", "#/components/schemas/")
                    }
                    value => refer_to_components(value),
                }
            }
        }
        Value::Array(items) => items.iter_mut().for_each(refer_to_components),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}
