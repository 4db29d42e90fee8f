//! Headers of an event's record: the CloudEvents 1.0 Kafka binding in binary mode, and what consumers filter on.

use super::{Event, Status, TraceContext};
use crate::record::{Header, Record};

/// The `ce_type` of every event of this version.
pub const CE_TYPE: &str = "wiredesk.article.enriched.v1";

/// The `ce_dataschema` of every event of this version, and the `$id` of its JSON Schema.
pub const DATA_SCHEMA: &str = "urn:wiredesk:schema:article:1";

/// The headers of `event`: its own, then the input's, but for those that describe the input's bytes.
///
/// `ce_id` is a UUIDv5 in the article's id of content hash and rules hash: sending the same article through the same
/// rules again gives the same `ce_id`, however often it is delivered.
#[must_use]
pub fn headers(event: &Event, record: &Record) -> Vec<Header> {
    let content = event.fingerprint.as_ref().map_or("retracted", |f| f.content_sha256.as_str());
    let ce_id = event.id.derive(&format!("{content}{}", event.provenance.rules));
    let mut headers = vec![
        Header::new("ce_specversion", "1.0"),
        Header::new("ce_id", ce_id.to_string()),
        Header::new("ce_source", format!("urn:wiredesk:topic:{}", event.provenance.topic)),
        Header::new("ce_type", CE_TYPE),
        Header::new("ce_subject", event.id.to_string()),
        Header::new("ce_dataschema", DATA_SCHEMA),
        Header::new("content-type", "application/json"),
        Header::new("wd-status", status(event.status)),
    ];
    if let Some(time) = &event.provenance.record_time {
        headers.push(Header::new("ce_time", time.as_str()));
    }
    if let Some(language) = &event.language {
        headers.push(Header::new("wd-language", language.tag.as_str()));
    }
    let trace = TraceContext::of(&record.headers);
    headers.extend(record.headers.iter().filter(|header| is_carried(&header.name, trace.as_ref())).cloned());
    headers
}

fn status(status: Status) -> &'static str {
    match status {
        Status::Usable => "usable",
        Status::Retracted => "retracted",
    }
}

/// Whether an input header goes out again. `wd-` headers are this program's own: two of a name would contradict. A trace
/// goes on as it came, and a malformed one goes no further.
fn is_carried(name: &str, trace: Option<&TraceContext>) -> bool {
    let name = name.to_ascii_lowercase();
    match name.as_str() {
        "traceparent" => return trace.is_some(),
        "tracestate" => return trace.is_some_and(|trace| trace.state.is_some()),
        _ => {}
    }
    !(name == "content-type" || name == "content-encoding" || name.starts_with("ce_") || name.starts_with("wd-"))
}
