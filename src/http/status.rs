//! What the status page shows, as JSON.

use serde::Serialize;

use crate::config::Config;
use crate::telemetry::{Metrics, PartitionView, RecentEvent, Telemetry};

/// What does not change while the process runs.
#[derive(Clone, Debug, Serialize)]
pub(super) struct About {
    version: &'static str,
    group: String,
    instance: String,
    raw: Vec<String>,
    enriched: String,
    dead_letter: String,
    guarantee: &'static str,
    workers: usize,
}

impl About {
    pub(super) fn new(config: &Config) -> Self {
        Self {
            version: env!("CARGO_PKG_VERSION"),
            group: config.kafka.group.clone(),
            instance: config.kafka.instance.0.clone(),
            raw: config.topics.raw.clone(),
            enriched: config.topics.enriched.clone(),
            dead_letter: config.topics.dead_letter.clone(),
            guarantee: config.delivery.guarantee.as_str(),
            workers: config.workers.count,
        }
    }
}

/// One look at the process. Counters are totals since it started; the page makes rates of two looks.
#[derive(Clone, Debug, Serialize)]
pub(super) struct Status {
    about: About,
    live: Option<String>,
    ready: Option<String>,
    consumed: u64,
    produced: u64,
    dropped: u64,
    dead_letters: Vec<(String, u64)>,
    languages: Vec<(String, u64)>,
    partitions: Vec<Partition>,
    events: Vec<RecentEvent>,
}

#[derive(Clone, Debug, Serialize)]
struct Partition {
    name: String,
    lag_records: Option<i64>,
    lag_seconds: Option<i64>,
    last_progress_unix: i64,
}

impl From<PartitionView> for Partition {
    fn from(view: PartitionView) -> Self {
        Self {
            name: view.partition.to_string(),
            lag_records: view.lag_records,
            lag_seconds: view.lag_seconds,
            last_progress_unix: view.last_progress_unix,
        }
    }
}

impl Status {
    pub(super) fn now(about: &About, telemetry: &Telemetry) -> Self {
        let Telemetry { metrics, progress, recent } = telemetry;
        Self {
            about: about.clone(),
            live: progress.live().err(),
            ready: progress.ready().err(),
            consumed: Metrics::sum(&metrics.consumed),
            produced: Metrics::sum(&metrics.produced),
            dropped: Metrics::sum(&metrics.dropped),
            dead_letters: metrics.reasons(),
            languages: metrics.languages(),
            partitions: progress.partitions().into_iter().map(Partition::from).collect(),
            events: recent.newest_first(),
        }
    }
}
