//! A refused record keeps its bytes, and says why it was refused and where it stood.

use sha2::{Digest, Sha256};

use super::process::Outgoing;
use crate::article::Reject;
use crate::record::{Header, Record, size_bytes};

/// How much of a record is kept when the dead-letter topic would not take all of it. 64 KiB is the contract's figure:
/// enough to see what it was, and below the default limit of every broker.
pub const EXCERPT_BYTES: usize = 64 * 1024;

/// Why a record was refused. Every header after this one is this program's own, every header before it came with the
/// record.
pub(super) const REASON: &str = "wd-reason";

/// How often a record has been replayed from a dead letter. It outlives the next refusal, so that no record goes round
/// for ever.
pub(super) const REPLAYS: &str = "wd-replays";

/// The dead letter for `record`: its key, value and headers as they came, then headers that say why and from where.
///
/// The added headers follow three conventions that existing tools read, Spring Kafka's `kafka_dlt-*`, Kafka Connect's
/// `__connect.errors.*` and Kafka Streams' `__streams.errors.*` (KIP-1034), next to this program's `wd-*`. Where the whole would be larger than `bytes_max`, the value is
/// cut to its first [`EXCERPT_BYTES`], the original headers are left out, and `wd-value-sha256` and `wd-value-bytes`
/// say what it was.
#[must_use]
pub fn dead_letter(record: &Record, reject: &Reject, bytes_max: Option<usize>) -> Outgoing {
    let reasons = reason_headers(record, reject);
    let headers = record.headers.iter().filter(|h| !h.name.starts_with("wd-")).cloned().chain(reasons.clone());
    let headers: Vec<Header> = headers.collect();
    // Looked at before it is copied: what is too large is large.
    let whole_bytes = size_bytes(record.key.as_deref(), &headers, record.value.as_deref());
    match bytes_max {
        Some(bytes_max) if whole_bytes > bytes_max => excerpt(record, reasons),
        Some(_) | None => Outgoing { key: record.key.clone(), headers, value: record.value.clone() },
    }
}

fn excerpt(record: &Record, mut headers: Vec<Header>) -> Outgoing {
    let value = record.value.as_deref().unwrap_or_default();
    let key = record.key.as_deref().unwrap_or_default();
    headers.push(Header::new("wd-value-sha256", format!("{:x}", Sha256::digest(value))));
    headers.push(Header::new("wd-value-bytes", value.len().to_string()));
    headers.push(Header::new("wd-key-bytes", key.len().to_string()));
    let cut = |bytes: &[u8]| bytes[..bytes.len().min(EXCERPT_BYTES)].to_vec();
    Outgoing {
        // A cut key would be another key: one that does not fit is left out.
        key: record.key.clone().filter(|key| key.len() <= EXCERPT_BYTES),
        headers,
        value: record.value.as_deref().map(cut),
    }
}

fn reason_headers(record: &Record, reject: &Reject) -> Vec<Header> {
    let position = &record.position;
    let (topic, partition, offset) = (&*position.partition.topic, position.partition.partition, position.offset.0);
    let mut headers = vec![
        Header::new(REASON, reject.reason.as_str()),
        Header::new("wd-detail", reject.detail.as_str()),
        Header::new("wd-processor", concat!("wiredesk/", env!("CARGO_PKG_VERSION"))),
        // Spring Kafka writes numbers as big-endian binary.
        Header::new("kafka_dlt-original-topic", topic),
        Header::new("kafka_dlt-original-partition", partition.to_be_bytes()),
        Header::new("kafka_dlt-original-offset", offset.to_be_bytes()),
        Header::new("kafka_dlt-exception-fqcn", reject.reason.as_str()),
        Header::new("kafka_dlt-exception-message", reject.detail.as_str()),
        // Kafka Connect writes them as text.
        Header::new("__connect.errors.topic", topic),
        Header::new("__connect.errors.partition", partition.to_string()),
        Header::new("__connect.errors.offset", offset.to_string()),
        Header::new("__connect.errors.exception.class.name", reject.reason.as_str()),
        Header::new("__connect.errors.exception.message", reject.detail.as_str()),
        // So does Kafka Streams.
        Header::new("__streams.errors.topic", topic),
        Header::new("__streams.errors.partition", partition.to_string()),
        Header::new("__streams.errors.offset", offset.to_string()),
        Header::new("__streams.errors.exception", reject.reason.as_str()),
        Header::new("__streams.errors.message", reject.detail.as_str()),
    ];
    if let Some(time_ms) = record.time_ms {
        headers.push(Header::new("kafka_dlt-original-timestamp", time_ms.to_be_bytes()));
    }
    if let Some(replays) = record.header(REPLAYS) {
        headers.push(Header::new(REPLAYS, replays));
    }
    headers
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::RejectReason;
    use crate::record::{Offset, Position, TopicPartition};

    fn record(value: Vec<u8>) -> Record {
        let partition = TopicPartition { topic: "news.raw".into(), partition: 3 };
        let position = Position { partition, offset: Offset(41) };
        let headers = vec![Header::new("trace", "t-1"), Header { name: "nothing".into(), value: None }];
        Record { position, time_ms: Some(5), key: Some(b"k".to_vec()), headers, value: Some(value) }
    }

    fn letter(value: Vec<u8>, bytes_max: Option<usize>) -> Outgoing {
        dead_letter(&record(value), &Reject::new(RejectReason::Empty, "no text"), bytes_max)
    }

    fn header(message: &Outgoing, name: &str) -> Option<Vec<u8>> {
        message.headers.iter().find(|header| header.name == name)?.value.clone()
    }

    #[test]
    fn keeps_the_original_bytes_and_says_where_they_stood() {
        let bytes = vec![0xff, 0, 1, 2];
        let message = letter(bytes.clone(), Some(1_000_000));
        assert_eq!(message.value, Some(bytes));
        assert_eq!(message.key.as_deref(), Some(&b"k"[..]));
        assert_eq!(message.headers[..2], record(Vec::new()).headers);
        assert_eq!(header(&message, "wd-reason").as_deref(), Some(&b"empty"[..]));
        assert_eq!(header(&message, "kafka_dlt-original-offset"), Some(41_i64.to_be_bytes().to_vec()));
        assert_eq!(header(&message, "kafka_dlt-original-partition"), Some(3_i32.to_be_bytes().to_vec()));
        assert_eq!(header(&message, "__connect.errors.offset").as_deref(), Some(&b"41"[..]));
        assert_eq!(header(&message, "__streams.errors.offset").as_deref(), Some(&b"41"[..]));
    }

    #[test]
    fn cuts_what_its_topic_would_refuse() {
        let bytes = vec![b'x'; 3 * EXCERPT_BYTES];
        let message = letter(bytes.clone(), Some(2 * EXCERPT_BYTES));
        assert_eq!(message.value.as_deref(), Some(&bytes[..EXCERPT_BYTES]));
        let hash = format!("{:x}", Sha256::digest(&bytes));
        assert_eq!(header(&message, "wd-value-sha256"), Some(hash.into_bytes()));
        assert_eq!(header(&message, "wd-value-bytes"), Some(bytes.len().to_string().into_bytes()));
        assert!(message.size_bytes() <= 2 * EXCERPT_BYTES);
    }
}
