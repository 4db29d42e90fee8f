//! Every metric of the program, counted. `docs/metrics.md` describes each; a test holds it against the catalogue.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use prometheus::core::Collector;
use prometheus::process_collector::ProcessCollector;
use prometheus::{
    Encoder, Histogram, HistogramVec, IntCounter, IntCounterVec, IntGauge, IntGaugeVec, Registry, TextEncoder,
};
use tokio::time::Instant;

use super::catalogue::{LANGUAGES, LATENCY_BUCKETS, STAGE_BUCKETS};
use super::maker::Maker;
use super::progress::{PartitionView, Progress};
use crate::article::RejectReason;
use crate::event::EntityType;
use crate::pipeline::{DropRule, Facts, Gap, Stage};

/// Causes of a failure that only an operator can mend: the brake on dead letters, or any other.
const DEAD_LETTERS: &str = "dead_letters";
const OTHER: &str = "other";

/// The metrics of a process, in a registry of their own.
#[derive(Debug)]
pub struct Metrics {
    registry: Registry,
    /// Raw records whose batch is delivered; label `topic`.
    pub consumed: IntCounterVec,
    /// Records written and committed; label `topic`.
    pub produced: IntCounterVec,
    /// Dead letters; labels `topic` (raw) and `reason`.
    pub dead_lettered: IntCounterVec,
    /// Dropped records; labels `topic` (raw) and `rule`.
    pub dropped: IntCounterVec,
    /// Events that took a route; label `route`.
    pub routed: IntCounterVec,
    /// Bytes consumed; label `topic`.
    pub consumed_bytes: IntCounterVec,
    /// Bytes produced; label `topic`.
    pub produced_bytes: IntCounterVec,
    /// From record timestamp to commit.
    pub latency: Histogram,
    /// Processing of one batch.
    pub batch: Histogram,
    /// One stage of one article; label `stage`.
    pub stage: HistogramVec,
    /// Committing one batch.
    pub commit: Histogram,
    /// Batches that are read again.
    pub rewound: IntCounter,
    /// Clients whose name another process took.
    pub fenced: IntCounter,
    /// New clients after an error.
    pub rebuilt: IntCounter,
    lag_records: IntGaugeVec,
    lag_seconds: IntGaugeVec,
    brokers_answered: IntGauge,
    last_progress: IntGaugeVec,
    stalled: IntGaugeVec,
    /// What was done about partitions that did not get on; label `action`, `seek` or `new_clients`.
    pub partitions_healed: IntCounterVec,
    /// Bytes read and not yet delivered.
    pub inflight_bytes: IntGauge,
    /// Rebalances.
    pub rebalances: IntCounter,
    articles: IntCounterVec,
    entities: IntCounterVec,
    tagged: IntCounterVec,
    tags_missing: IntCounterVec,
    lexicon_reloads: IntCounterVec,
    lexicon_is_read: IntGauge,
    drain: IntGauge,
    drain_began: OnceLock<Instant>,
    failed: IntGaugeVec,
    /// Times replaced certificates, keys or passwords were tried, by outcome.
    pub credentials_reloads: IntCounterVec,
    info: IntGaugeVec,
}

impl Metrics {
    /// A fresh registry with every metric in it.
    #[must_use]
    pub fn new(rules: &str) -> Self {
        let registry = Registry::new();
        let make = Maker { registry: &registry };
        // Memory, processor time, open files, start: under the names that every client of Prometheus gives them.
        let process = Box::new(ProcessCollector::for_self());
        registry.register(process).expect("a fresh registry has no metrics of the process");
        let metrics = Self {
            consumed: make.counters("wiredesk_records_consumed_total", &["topic"]),
            produced: make.counters("wiredesk_records_produced_total", &["topic"]),
            dead_lettered: make.counters("wiredesk_records_dead_lettered_total", &["topic", "reason"]),
            dropped: make.counters("wiredesk_records_dropped_total", &["topic", "rule"]),
            routed: make.counters("wiredesk_routed_total", &["route"]),
            consumed_bytes: make.counters("wiredesk_consumed_bytes_total", &["topic"]),
            produced_bytes: make.counters("wiredesk_produced_bytes_total", &["topic"]),
            latency: make.histogram("wiredesk_end_to_end_latency_seconds", LATENCY_BUCKETS),
            batch: make.histogram("wiredesk_batch_process_seconds", LATENCY_BUCKETS),
            stage: make.histograms("wiredesk_stage_seconds", STAGE_BUCKETS, &["stage"]),
            commit: make.histogram("wiredesk_commit_seconds", LATENCY_BUCKETS),
            rewound: make.counter("wiredesk_batches_rewound_total"),
            fenced: make.counter("wiredesk_clients_fenced_total"),
            rebuilt: make.counter("wiredesk_clients_rebuilt_total"),
            lag_records: make.gauges("wiredesk_consumer_lag_records", &["topic", "partition"]),
            lag_seconds: make.gauges("wiredesk_consumer_lag_seconds", &["topic", "partition"]),
            brokers_answered: make.gauge("wiredesk_brokers_answered_timestamp_seconds"),
            last_progress: make.gauges("wiredesk_partition_last_progress_timestamp_seconds", &["topic", "partition"]),
            stalled: make.gauges("wiredesk_partition_stalled", &["topic", "partition"]),
            partitions_healed: make.counters("wiredesk_partitions_healed_total", &["action"]),
            inflight_bytes: make.gauge("wiredesk_inflight_bytes"),
            rebalances: make.counter("wiredesk_rebalances_total"),
            articles: make.counters("wiredesk_articles_total", &["language"]),
            entities: make.counters("wiredesk_entities_total", &["type"]),
            tagged: make.counters("wiredesk_tagged_articles_total", &["topic", "dialect"]),
            tags_missing: make.counters("wiredesk_tags_missing_total", &["topic", "dialect", "tag"]),
            lexicon_reloads: make.counters("wiredesk_lexicon_reloads_total", &["outcome"]),
            lexicon_is_read: make.gauge("wiredesk_lexicon_last_reload_successful"),
            drain: make.gauge("wiredesk_drain_seconds"),
            drain_began: OnceLock::new(),
            failed: make.gauges("wiredesk_failed", &["cause"]),
            credentials_reloads: make.counters("wiredesk_credentials_reloads_total", &["outcome"]),
            info: make.gauges("wiredesk_build_info", &["version", "rules"]),
            registry: registry.clone(),
        };
        metrics.rules(rules);
        ["seek", "new_clients"].iter().for_each(|action| _ = metrics.partitions_healed.with_label_values(&[action]));
        for reloads in [&metrics.lexicon_reloads, &metrics.credentials_reloads] {
            ["ok", "failed"].iter().for_each(|outcome| _ = reloads.with_label_values(&[outcome]));
        }
        metrics.lexicon_is_read.set(1);
        [DEAD_LETTERS, OTHER].iter().for_each(|cause| _ = metrics.failed.with_label_values(&[cause]));
        // Series that an alert divides by must be there before the first event.
        Stage::ALL.iter().for_each(|stage| _ = metrics.stage.with_label_values(&[stage.as_str()]));
        EntityType::ALL.iter().for_each(|kind| _ = metrics.entities.with_label_values(&[kind.as_str()]));
        metrics
    }

    /// Shows the rules hash in force.
    pub fn rules(&self, rules: &str) {
        self.info.reset();
        self.info.with_label_values(&[env!("CARGO_PKG_VERSION"), rules]).set(1);
    }

    /// Shows the series of a raw topic from the start, at zero, so that a first dead letter is seen as an increase.
    pub fn expect_topic(&self, raw: &str) {
        self.consumed.with_label_values(&[raw]);
        RejectReason::ALL.iter().for_each(|reason| _ = self.dead_lettered.with_label_values(&[raw, reason.as_str()]));
        DropRule::ALL.iter().for_each(|rule| _ = self.dropped.with_label_values(&[raw, rule.as_str()]));
    }

    /// Shows the series of a route from the start, at zero.
    pub fn expect_route(&self, name: &str) {
        self.routed.with_label_values(&[name]);
    }

    /// Counts what is in the event of a record of this raw topic.
    pub fn published(&self, raw: &str, facts: &Facts) {
        if let Some(language) = &facts.language {
            self.articles.with_label_values(&[language_label(language.as_str())]).inc();
            let dialect = facts.dialect.as_str();
            self.tagged.with_label_values(&[raw, dialect]).inc();
            for gap in Gap::ALL {
                // The series is there from the first article on, so that a first gap is seen as an increase.
                let missing = self.tags_missing.with_label_values(&[raw, dialect, gap.as_str()]);
                missing.inc_by(facts.gaps.contains(&gap).into());
            }
        }
        facts.routes.iter().for_each(|route| self.routed.with_label_values(&[&**route]).inc());
        for (kind, count) in EntityType::ALL.iter().zip(facts.entities) {
            self.entities.with_label_values(&[kind.as_str()]).inc_by(count.into());
        }
    }

    /// The files of the lexicon were read anew, with or without a fault.
    pub fn lexicon_read(&self, is_ok: bool) {
        self.lexicon_reloads.with_label_values(&[if is_ok { "ok" } else { "failed" }]).inc();
        self.lexicon_is_read.set(is_ok.into());
    }

    /// The process drains from now on.
    pub fn draining(&self) {
        _ = self.drain_began.set(Instant::now());
    }

    /// The brake was pulled: too many records would be dead letters.
    pub fn braked(&self) {
        self.failed.with_label_values(&[DEAD_LETTERS]).set(1);
    }

    /// A worker failed for good, for a cause that is not told yet.
    pub fn failed(&self) {
        if self.failed.with_label_values(&[DEAD_LETTERS]).get() == 0 {
            self.failed.with_label_values(&[OTHER]).set(1);
        }
    }

    /// Articles by language, the most frequent first.
    #[must_use]
    pub fn languages(&self) -> Vec<(String, u64)> {
        by_label(&self.articles, "language")
    }

    /// Dead letters by reason, the most frequent first.
    #[must_use]
    pub fn reasons(&self) -> Vec<(String, u64)> {
        by_label(&self.dead_lettered, "reason")
    }

    /// Entities by type, the most frequent first.
    #[must_use]
    pub fn entity_types(&self) -> Vec<(String, u64)> {
        by_label(&self.entities, "type")
    }

    /// Events by route, the most frequent first.
    #[must_use]
    pub fn routes(&self) -> Vec<(String, u64)> {
        by_label(&self.routed, "route")
    }

    /// End-to-end latencies so far: upper bounds in seconds, and how many were at or below each; the last bound is
    /// infinite.
    #[must_use]
    pub fn latencies(&self) -> Vec<(f64, u64)> {
        let families = self.latency.collect();
        let Some(metric) = families.first().and_then(|family| family.get_metric().first()) else { return Vec::new() };
        let histogram = metric.get_histogram();
        let buckets = histogram.get_bucket().iter().map(|bucket| (bucket.upper_bound(), bucket.cumulative_count()));
        buckets.chain([(f64::INFINITY, histogram.get_sample_count())]).collect()
    }

    /// The sum over all series of some counters.
    #[must_use]
    pub fn sum(counters: &IntCounterVec) -> u64 {
        by_label(counters, "topic").into_iter().map(|(_, count)| count).sum()
    }

    /// All metrics in the text format of Prometheus. The gauges of partitions are made anew from the board, so that a
    /// revoked partition leaves no stale series behind.
    ///
    /// # Errors
    /// If a metric cannot be encoded.
    pub fn encode(&self, progress: &Progress) -> Result<String, prometheus::Error> {
        self.show(&progress.partitions());
        self.brokers_answered.set(progress.answered_unix());
        let draining = self.drain_began.get().map_or(0, |began| began.elapsed().as_secs());
        self.drain.set(i64::try_from(draining).unwrap_or(i64::MAX));
        let mut text = Vec::new();
        TextEncoder::new().encode(&self.registry.gather(), &mut text)?;
        Ok(String::from_utf8_lossy(&text).into_owned())
    }

    fn show(&self, partitions: &[PartitionView]) {
        for gauges in [&self.lag_records, &self.lag_seconds, &self.last_progress, &self.stalled] {
            gauges.reset();
        }
        for view in partitions {
            let labels = [&*view.partition.topic, &view.partition.partition.to_string()];
            if let Some(lag) = view.lag_records {
                self.lag_records.with_label_values(&labels).set(lag);
            }
            if let Some(lag) = view.lag_seconds {
                self.lag_seconds.with_label_values(&labels).set(lag);
            }
            self.last_progress.with_label_values(&labels).set(view.last_progress_unix);
            self.stalled.with_label_values(&labels).set(view.is_stalled.into());
        }
    }
}

/// The counters summed by the values of one label, the highest first; those at zero are left out.
fn by_label(counters: &IntCounterVec, label: &str) -> Vec<(String, u64)> {
    let mut sums = BTreeMap::new();
    for family in counters.collect() {
        for metric in family.get_metric() {
            let pair = metric.get_label().iter().find(|pair| pair.name() == label);
            let value = pair.map_or_else(String::new, |pair| pair.value().to_owned());
            // Counts are whole and far below 2^53, so the float holds them exactly.
            *sums.entry(value).or_insert(0) += metric.get_counter().get_value() as u64;
        }
    }
    let mut sums: Vec<_> = sums.into_iter().filter(|(_, count)| *count > 0).collect();
    sums.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    sums
}

fn language_label(tag: &str) -> &'static str {
    LANGUAGES.iter().find(|known| **known == tag).copied().unwrap_or("other")
}

#[cfg(test)]
mod tests;
