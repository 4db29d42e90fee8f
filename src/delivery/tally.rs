//! What is counted and shown of a batch once it is durable. Nothing is counted before: metrics and topics agree.

use std::collections::BTreeMap;
use std::time::{SystemTime, UNIX_EPOCH};

use tracing::warn;

use super::Delivered;
use crate::config::Config;
use crate::pipeline::{Item, Outbox, Outgoing, Verdict};
use crate::record::TopicPartition;
use crate::telemetry::{Letter, Metrics, Outcome, Published, Telemetry};

/// Counts what is now durable. Nothing is counted before: metrics and topics agree.
pub(super) fn count(config: &Config, telemetry: &Telemetry, outbox: &Outbox, delivered: &Delivered) {
    let Telemetry { metrics, progress, recent, .. } = telemetry;
    let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    metrics.commit.observe(delivered.commit.as_secs_f64());
    for Item { record, verdict } in outbox.items() {
        let topic = &*record.position.partition.topic;
        metrics.consumed.with_label_values(&[topic]).inc();
        metrics.consumed_bytes.with_label_values(&[topic]).inc_by(record.size_bytes() as u64);
        match verdict {
            Verdict::Publish { message, copies, facts } => {
                count_produced(metrics, &config.topics.enriched, message);
                copies.iter().for_each(|copy| count_produced(metrics, copy.topic(), copy.message(message)));
                metrics.published(topic, facts);
                if let Some(time_ms) = record.time_ms {
                    // A clock that runs ahead elsewhere is no negative latency.
                    metrics.latency.observe((now.as_millis() as f64 / 1000.0 - time_ms as f64 / 1000.0).max(0.0));
                }
            }
            Verdict::DeadLetter { message, reject } => {
                count_produced(metrics, &config.topics.dead_letter, message);
                metrics.dead_lettered.with_label_values(&[topic, reject.reason.as_str()]).inc();
            }
            Verdict::Drop(rule) => metrics.dropped.with_label_values(&[topic, rule.as_str()]).inc(),
        }
    }
    warn_of_dead_letters(outbox);
    let newest = newest(outbox);
    for (partition, resume) in &delivered.resume {
        progress.delivered(partition, *resume, newest.get(partition).copied());
    }
    let shown = outbox.items().len().saturating_sub(recent.room());
    recent.extend(now.as_secs(), outbox.items()[shown..].iter().filter_map(outcome));
}

fn count_produced(metrics: &Metrics, topic: &str, message: &Outgoing) {
    metrics.produced.with_label_values(&[topic]).inc();
    metrics.produced_bytes.with_label_values(&[topic]).inc_by(message.size_bytes() as u64);
}

/// One line a batch, however many of its records were refused: a broken scraper must not drown everything else.
fn warn_of_dead_letters(outbox: &Outbox) {
    let rejects = outbox.items().iter().filter_map(|item| match &item.verdict {
        Verdict::DeadLetter { reject, .. } => Some((&item.record.position, reject)),
        Verdict::Publish { .. } | Verdict::Drop(_) => None,
    });
    let mut rejects = rejects.peekable();
    let Some((position, reject)) = rejects.peek().copied() else { return };
    let (reason, detail, records) = (reject.reason.as_str(), &reject.detail, rejects.count());
    warn!(records, first = %position, reason, detail, "records dead-lettered");
}

/// The timestamp of the newest record of each partition.
fn newest(outbox: &Outbox) -> BTreeMap<TopicPartition, i64> {
    let mut newest = BTreeMap::new();
    for Item { record, .. } in outbox.items() {
        if let Some(time_ms) = record.time_ms {
            newest.insert(record.position.partition.clone(), time_ms);
        }
    }
    newest
}

/// How much of a dead letter's key the console shows, in characters: as long as most URLs.
const KEY_CHARS_MAX: usize = 200;

/// What the console shows of a record.
fn outcome(Item { record, verdict }: &Item) -> Option<Outcome> {
    match verdict {
        Verdict::Publish { message, copies, facts } => Some(Outcome::Event(Published {
            json: String::from_utf8(message.value.clone()?).ok()?,
            routes: facts.routes.clone(),
            copies: copies.iter().map(|copy| copy.topic().to_owned()).collect(),
        })),
        Verdict::DeadLetter { reject, .. } => {
            let position = &record.position;
            let text = record.key.as_deref().map(String::from_utf8_lossy);
            Some(Outcome::DeadLetter(Letter {
                topic: position.partition.topic.to_string(),
                partition: position.partition.partition,
                offset: position.offset.0,
                reason: reject.reason.as_str(),
                detail: reject.detail.clone(),
                key: text.map(|text| text.chars().take(KEY_CHARS_MAX).collect()),
                bytes: record.size_bytes(),
            }))
        }
        Verdict::Drop(_) => None,
    }
}
