//! The JSON Schema of the event, generated from the types.

use serde_json::Value;

use super::{Event, headers::DATA_SCHEMA};

/// The JSON Schema (2020-12) of [`Event`], as `wiredesk schema` prints it.
#[must_use]
pub fn json_schema() -> Value {
    let mut schema = schemars::schema_for!(Event);
    schema.insert("$id".to_owned(), DATA_SCHEMA.into());
    schema.insert("title".to_owned(), "wiredesk article event, version 1".into());
    schema.to_value()
}
