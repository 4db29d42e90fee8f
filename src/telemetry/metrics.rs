//! Every metric of the program. `docs/metrics.md` describes each; a test holds it against [`METRICS`].

use std::collections::BTreeMap;

use prometheus::core::Collector;
use prometheus::{
    Encoder, Histogram, HistogramOpts, HistogramVec, IntCounter, IntCounterVec, IntGauge, IntGaugeVec, Opts, Registry,
    TextEncoder,
};

use super::progress::PartitionView;
use crate::article::RejectReason;
use crate::event::EntityType;
use crate::pipeline::{DropRule, Facts, Stage};

/// Every metric's name and help, in the order of `docs/metrics.md`.
pub const METRICS: &[(&str, &str)] = &[
    ("wiredesk_records_consumed_total", "Raw records whose batch is delivered, by raw topic."),
    ("wiredesk_records_produced_total", "Records written and committed, events and dead letters, by topic."),
    ("wiredesk_records_dead_lettered_total", "Records that could not become events, by raw topic and reason."),
    ("wiredesk_records_dropped_total", "Records dropped by a configured rule, by raw topic and rule."),
    ("wiredesk_consumed_bytes_total", "Bytes of keys, values and headers of consumed records, by raw topic."),
    ("wiredesk_produced_bytes_total", "Bytes of keys, values and headers of produced records, by topic."),
    ("wiredesk_end_to_end_latency_seconds", "From a raw record's timestamp to its event being committed."),
    ("wiredesk_batch_process_seconds", "Processing of one batch, without delivery."),
    ("wiredesk_stage_seconds", "Time that one article spends in a stage."),
    ("wiredesk_commit_seconds", "Committing one batch, after all its messages are acknowledged."),
    ("wiredesk_batches_rewound_total", "Batches that were not delivered and are read again."),
    ("wiredesk_clients_rebuilt_total", "Times a worker made new Kafka clients after an error."),
    ("wiredesk_consumer_lag_records", "Records of a partition that are not yet delivered."),
    ("wiredesk_consumer_lag_seconds", "Age of the last delivered record of a partition that has lag, else 0."),
    ("wiredesk_partition_last_progress_timestamp_seconds", "When a partition was last delivered or caught up."),
    ("wiredesk_partition_stalled", "1 for a partition that has records left and does not get on, else 0."),
    ("wiredesk_partitions_healed_total", "What was done about partitions that did not get on, by action."),
    ("wiredesk_inflight_bytes", "Bytes of records that are read and not yet delivered."),
    ("wiredesk_rebalances_total", "Rebalances that this process took part in, one for each worker."),
    ("wiredesk_articles_total", "Published articles by language."),
    ("wiredesk_entities_total", "Entities of published articles by type."),
    ("wiredesk_lexicon_reloads_total", "Times the lexicon's files were read anew, by outcome."),
    ("wiredesk_build_info", "1, with the version and the rules hash of this process."),
];

/// Upper bounds, in seconds, of latencies: one millisecond to ten minutes.
const LATENCY_BUCKETS: &[f64] =
    &[0.001, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0, 60.0, 120.0, 300.0, 600.0];

/// Upper bounds, in seconds, of one stage of one article: one microsecond to a tenth of a second.
const STAGE_BUCKETS: &[f64] = &[
    0.000_001,
    0.000_002_5,
    0.000_005,
    0.000_01,
    0.000_025,
    0.000_05,
    0.000_1,
    0.000_25,
    0.000_5,
    0.001,
    0.0025,
    0.01,
    0.1,
];

/// Languages that have a label of their own; every other one is `other`. Labels must be a closed set: what a scraper
/// sends must not be able to add series.
const LANGUAGES: &[&str] = &[
    "af", "am", "ar", "az", "be", "bg", "bn", "bs", "ca", "cs", "cy", "da", "de", "el", "en", "eo", "es", "et", "eu",
    "fa", "fi", "fil", "fr", "ga", "gl", "gu", "he", "hi", "hr", "hu", "hy", "id", "is", "it", "ja", "jv", "ka", "kk",
    "km", "kn", "ko", "ky", "la", "lo", "lt", "lv", "mk", "ml", "mn", "mr", "ms", "my", "nb", "ne", "nl", "nn", "or",
    "pa", "pl", "ps", "pt", "ro", "ru", "si", "sk", "sl", "sn", "so", "sq", "sr", "sv", "sw", "ta", "te", "tg", "th",
    "tk", "tr", "uk", "und", "ur", "uz", "vi", "yi", "zh", "zu",
];

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
    /// New clients after an error.
    pub rebuilt: IntCounter,
    lag_records: IntGaugeVec,
    lag_seconds: IntGaugeVec,
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
    /// Readings of the lexicon's files; label `outcome`, `ok` or `failed`.
    pub lexicon_reloads: IntCounterVec,
    info: IntGaugeVec,
}

impl Metrics {
    /// A fresh registry with every metric in it.
    #[must_use]
    pub fn new(rules: &str) -> Self {
        let registry = Registry::new();
        let make = Maker { registry: &registry };
        let metrics = Self {
            consumed: make.counters("wiredesk_records_consumed_total", &["topic"]),
            produced: make.counters("wiredesk_records_produced_total", &["topic"]),
            dead_lettered: make.counters("wiredesk_records_dead_lettered_total", &["topic", "reason"]),
            dropped: make.counters("wiredesk_records_dropped_total", &["topic", "rule"]),
            consumed_bytes: make.counters("wiredesk_consumed_bytes_total", &["topic"]),
            produced_bytes: make.counters("wiredesk_produced_bytes_total", &["topic"]),
            latency: make.histogram("wiredesk_end_to_end_latency_seconds", LATENCY_BUCKETS),
            batch: make.histogram("wiredesk_batch_process_seconds", LATENCY_BUCKETS),
            stage: make.histograms("wiredesk_stage_seconds", STAGE_BUCKETS, &["stage"]),
            commit: make.histogram("wiredesk_commit_seconds", LATENCY_BUCKETS),
            rewound: make.counter("wiredesk_batches_rewound_total"),
            rebuilt: make.counter("wiredesk_clients_rebuilt_total"),
            lag_records: make.gauges("wiredesk_consumer_lag_records", &["topic", "partition"]),
            lag_seconds: make.gauges("wiredesk_consumer_lag_seconds", &["topic", "partition"]),
            last_progress: make.gauges("wiredesk_partition_last_progress_timestamp_seconds", &["topic", "partition"]),
            stalled: make.gauges("wiredesk_partition_stalled", &["topic", "partition"]),
            partitions_healed: make.counters("wiredesk_partitions_healed_total", &["action"]),
            inflight_bytes: make.gauge("wiredesk_inflight_bytes"),
            rebalances: make.counter("wiredesk_rebalances_total"),
            articles: make.counters("wiredesk_articles_total", &["language"]),
            entities: make.counters("wiredesk_entities_total", &["type"]),
            lexicon_reloads: make.counters("wiredesk_lexicon_reloads_total", &["outcome"]),
            info: make.gauges("wiredesk_build_info", &["version", "rules"]),
            registry: registry.clone(),
        };
        metrics.rules(rules);
        ["seek", "new_clients"].iter().for_each(|action| _ = metrics.partitions_healed.with_label_values(&[action]));
        ["ok", "failed"].iter().for_each(|outcome| _ = metrics.lexicon_reloads.with_label_values(&[outcome]));
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

    /// Counts what is in a published event.
    pub fn published(&self, facts: &Facts) {
        if let Some(language) = &facts.language {
            self.articles.with_label_values(&[language_label(language.as_str())]).inc();
        }
        for (kind, count) in EntityType::ALL.iter().zip(facts.entities) {
            self.entities.with_label_values(&[kind.as_str()]).inc_by(count.into());
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

    /// All metrics in the text format of Prometheus. The gauges of partitions are made anew from `partitions`, so that
    /// a revoked partition leaves no stale series behind.
    ///
    /// # Errors
    /// If a metric cannot be encoded.
    pub fn encode(&self, partitions: &[PartitionView]) -> Result<String, prometheus::Error> {
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
        let mut text = Vec::new();
        TextEncoder::new().encode(&self.registry.gather(), &mut text)?;
        Ok(String::from_utf8_lossy(&text).into_owned())
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

/// Makes metrics with the help of [`METRICS`], and registers them.
struct Maker<'a> {
    registry: &'a Registry,
}

impl Maker<'_> {
    fn counters(&self, name: &str, labels: &[&str]) -> IntCounterVec {
        self.register(IntCounterVec::new(Opts::new(name, help(name)), labels))
    }

    fn counter(&self, name: &str) -> IntCounter {
        self.register(IntCounter::new(name, help(name)))
    }

    fn gauges(&self, name: &str, labels: &[&str]) -> IntGaugeVec {
        self.register(IntGaugeVec::new(Opts::new(name, help(name)), labels))
    }

    fn gauge(&self, name: &str) -> IntGauge {
        self.register(IntGauge::new(name, help(name)))
    }

    fn histogram(&self, name: &str, buckets: &[f64]) -> Histogram {
        self.register(Histogram::with_opts(HistogramOpts::new(name, help(name)).buckets(buckets.to_vec())))
    }

    fn histograms(&self, name: &str, buckets: &[f64], labels: &[&str]) -> HistogramVec {
        self.register(HistogramVec::new(HistogramOpts::new(name, help(name)).buckets(buckets.to_vec()), labels))
    }

    fn register<M: Collector + Clone + 'static>(&self, made: prometheus::Result<M>) -> M {
        let metric = made.expect("names and labels are valid: they are constants, and a test makes them all");
        self.registry.register(Box::new(metric.clone())).expect("each name is registered once");
        metric
    }
}

fn help(name: &str) -> &'static str {
    METRICS.iter().find(|(known, _)| *known == name).map(|(_, help)| *help).expect("every metric is in METRICS")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn view(partition: i32) -> PartitionView {
        PartitionView {
            partition: crate::record::TopicPartition { topic: "news.raw".into(), partition },
            lag_records: Some(1),
            lag_seconds: Some(2),
            last_progress_unix: 3,
            is_stalled: false,
        }
    }

    #[test]
    fn every_metric_is_registered_and_documented() {
        let metrics = Metrics::new("0123456789abcdef");
        metrics.expect_topic("news.raw");
        metrics.published(&Facts { language: crate::event::LanguageTag::parse("vi"), entities: [1, 0, 0, 0, 0] });
        metrics.produced.with_label_values(&["news.enriched"]).inc();
        metrics.consumed_bytes.with_label_values(&["news.raw"]).inc();
        metrics.produced_bytes.with_label_values(&["news.enriched"]).inc();
        let text = metrics.encode(&[view(0)]).expect("encodes");
        let docs = include_str!("../../docs/metrics.md");
        for (name, help) in METRICS {
            assert!(text.contains(&format!("# HELP {name} {help}")), "{name} is not exported");
            assert!(docs.contains(&format!("`{name}")), "{name} is not in docs/metrics.md");
        }
        assert_eq!(text.matches("# HELP wiredesk_").count(), METRICS.len());
        assert_eq!(docs.matches("\n| `wiredesk_").count(), METRICS.len(), "docs/metrics.md has a row too many");
    }

    #[test]
    fn labels_are_a_closed_set() {
        let metrics = Metrics::new("x");
        for tag in ["vi", "ace", "ban"] {
            metrics.published(&Facts { language: crate::event::LanguageTag::parse(tag), entities: [0; 5] });
        }
        assert_eq!(metrics.languages(), [("other".to_owned(), 2), ("vi".to_owned(), 1)]);
    }

    #[test]
    fn a_revoked_partition_leaves_no_series() {
        let metrics = Metrics::new("x");
        assert!(metrics.encode(&[view(7)]).expect("encodes").contains("partition=\"7\""));
        assert!(!metrics.encode(&[]).expect("encodes").contains("partition=\"7\""));
    }
}
