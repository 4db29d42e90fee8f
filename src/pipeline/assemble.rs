//! An article and its tags become the event.

use jiff::Timestamp as Instant;
use sha2::{Digest, Sha256};

use super::fingerprint::{content_sha256, simhash64};
use crate::article::{Article, Identity, Metadata, Retraction};
use crate::enrich::Tags;
use crate::event::{self, Dialect, Event, Fingerprint, Origin, Provenance, Revision, Source, Status};
use crate::record::Record;

/// The `processor` of every event.
const PROCESSOR: &str = concat!("wiredesk/", env!("CARGO_PKG_VERSION"));

/// The event of an article.
pub(super) fn article(article: Article, tags: Tags, record: &Record, rules: &str) -> Event {
    let content_sha256 = content_sha256(article.title.as_deref(), &article.body);
    let simhash64 = simhash64(article.title.as_deref(), &article.body);
    let mut warnings = article.warnings;
    warnings.extend(tags.warnings);
    let mut ext = article.ext;
    // What no field of the event can hold is carried through.
    for (field, text) in tags.unread {
        ext.entry(field).or_insert(text.into());
    }
    Event {
        schema: event::SCHEMA.to_owned(),
        id: article.identity.id,
        id_basis: article.identity.basis,
        status: Status::Usable,
        revision: Some(Revision {
            source_version: article.metadata.version.clone(),
            modified: tags.modified.as_ref().map(|modified| modified.value.clone()),
            content_sha256: content_sha256.clone(),
        }),
        provenance: provenance(record, article.dialect, Some(article.value_sha256), rules),
        authors: article.metadata.authors.clone(),
        source: source(article.identity, article.metadata, article.origin),
        title: article.title,
        lede: article.lede,
        body: Some(article.body),
        furniture: article.furniture,
        language: Some(tags.language),
        published: tags.published,
        modified: tags.modified,
        dates: tags.dates,
        entities: tags.entities,
        fingerprint: Some(Fingerprint { content_sha256, simhash64 }),
        warnings,
        ext,
    }
}

/// The event of a retraction: only schema, id, status, provenance and source are filled.
pub(super) fn retraction(retraction: Retraction, record: &Record, rules: &str) -> Event {
    let value_sha256 = record.value.as_deref().map(|value| format!("{:x}", Sha256::digest(value)));
    Event {
        schema: event::SCHEMA.to_owned(),
        id: retraction.identity.id,
        id_basis: retraction.identity.basis,
        status: Status::Retracted,
        revision: None,
        provenance: provenance(record, Dialect::Retraction, value_sha256, rules),
        source: source(retraction.identity, Metadata::default(), Vec::new()),
        title: None,
        lede: None,
        body: None,
        authors: Vec::new(),
        furniture: Vec::new(),
        language: None,
        published: None,
        modified: None,
        dates: Vec::new(),
        entities: Vec::new(),
        fingerprint: None,
        warnings: Vec::new(),
        ext: serde_json::Map::new(),
    }
}

fn source(identity: Identity, metadata: Metadata, origin: Vec<Origin>) -> Source {
    Source {
        id: identity.source_id,
        url: identity.url,
        canonical_url: identity.canonical_url,
        publisher: metadata.publisher,
        fetched_at: metadata.fetched_at,
        tags: metadata.tags,
        image: metadata.image,
        rights: metadata.rights,
        origin,
    }
}

fn provenance(record: &Record, dialect: Dialect, value_sha256: Option<String>, rules: &str) -> Provenance {
    let position = &record.position;
    Provenance {
        topic: position.partition.topic.to_string(),
        partition: position.partition.partition,
        offset: position.offset.0,
        record_time: record.time_ms.and_then(rfc3339),
        dialect,
        value_sha256,
        processor: PROCESSOR.to_owned(),
        rules: rules.to_owned(),
    }
}

/// Milliseconds since the epoch as RFC 3339 in UTC, always with three decimals; `None` outside of years 0 to 9999,
/// which RFC 3339 cannot write.
fn rfc3339(time_ms: i64) -> Option<String> {
    let text = format!("{:.3}", Instant::from_millisecond(time_ms).ok()?);
    (!text.starts_with('-')).then_some(text)
}

#[cfg(test)]
mod tests {
    use super::rfc3339;

    #[test]
    fn record_times_always_have_milliseconds() {
        let check = |ms, expected: Option<&str>| assert_eq!(rfc3339(ms).as_deref(), expected, "{ms}");
        check(0, Some("1970-01-01T00:00:00.000Z"));
        check(1_700_000_000_123, Some("2023-11-14T22:13:20.123Z"));
        check(-1, Some("1969-12-31T23:59:59.999Z"));
        check(i64::MAX, None);
        check(-70_000_000_000_000, None);
    }
}
