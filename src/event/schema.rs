//! The JSON Schema of the event, generated from the types.

use schemars::generate::SchemaSettings;
use serde_json::Value;

use super::{Event, headers::DATA_SCHEMA};

/// The JSON Schema (2020-12) of [`Event`], as `wiredesk schema` prints it.
#[must_use]
pub fn json_schema() -> Value {
    // As it is written, not as it may be read: every field is always there.
    let settings = SchemaSettings::draft2020_12().for_serialize();
    let mut schema = settings.into_generator().into_root_schema_for::<Event>();
    schema.insert("$id".to_owned(), DATA_SCHEMA.into());
    schema.insert("title".to_owned(), "wiredesk article event, version 1".into());
    schema.to_value()
}
