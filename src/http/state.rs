//! What the console shows of the process, as JSON.

use std::time::Duration;

use axum::extract::State;
use axum::response::Json;
use serde::Serialize;

use super::Shared;
use crate::config::Config;
use crate::telemetry::{Metrics, PartitionView, Telemetry};

/// What does not change while the process runs.
#[derive(Clone, Debug, Serialize)]
pub(super) struct About {
    version: &'static str,
    group: String,
    instance: String,
    raw: Vec<String>,
    enriched: String,
    dead_letter: String,
    latest: Option<String>,
    /// Name and topic of each.
    routes: Vec<[String; 2]>,
    guarantee: &'static str,
    kept_max: usize,
    try_bytes_max: usize,
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
            latest: config.copies.latest().map(str::to_owned),
            routes: config
                .copies
                .routes()
                .iter()
                .map(|route| [route.name.to_string(), route.topic.to_string()])
                .collect(),
            guarantee: config.delivery.guarantee.as_str(),
            kept_max: config.http.events_kept,
            try_bytes_max: config.http.console.try_bytes_max,
        }
    }
}

/// One look at the process. Counters are totals since it started; the page makes rates of two looks.
#[derive(Clone, Debug, Serialize)]
pub(super) struct Look {
    about: About,
    rules: String,
    /// How long it has been running, for rates between two looks.
    uptime_ms: u64,
    /// What is wrong, if it is not live or not ready.
    live: Option<String>,
    ready: Option<String>,
    workers: Vec<Worker>,
    consumed: u64,
    produced: u64,
    dropped: u64,
    rewound: u64,
    rebuilt: u64,
    rebalances: u64,
    inflight_bytes: i64,
    dead_letters: Vec<(String, u64)>,
    languages: Vec<(String, u64)>,
    entity_types: Vec<(String, u64)>,
    /// Events by route; those that nothing took yet are left out.
    routed: Vec<(String, u64)>,
    /// Upper bounds in seconds, null for the last; how many latencies were at or below each.
    latencies: Vec<(Option<f64>, u64)>,
    partitions: Vec<Partition>,
}

#[derive(Clone, Debug, Serialize)]
struct Worker {
    number: usize,
    /// How long ago its loop came round.
    idle_ms: u64,
}

#[derive(Clone, Debug, Serialize)]
struct Partition {
    name: String,
    lag_records: Option<i64>,
    lag_seconds: Option<i64>,
    last_progress_unix: i64,
    is_stalled: bool,
}

impl From<PartitionView> for Partition {
    fn from(view: PartitionView) -> Self {
        Self {
            name: view.partition.to_string(),
            lag_records: view.lag_records,
            lag_seconds: view.lag_seconds,
            last_progress_unix: view.last_progress_unix,
            is_stalled: view.is_stalled,
        }
    }
}

impl Look {
    pub(super) fn now(shared: &Shared) -> Self {
        let Telemetry { metrics, progress, .. } = &*shared.telemetry;
        let millis = |time: Duration| u64::try_from(time.as_millis()).unwrap_or(u64::MAX);
        let workers = progress.workers().into_iter();
        Self {
            about: (*shared.about).clone(),
            rules: shared.processors.borrow().rules().to_owned(),
            uptime_ms: millis(shared.started.elapsed()),
            live: progress.live().err(),
            ready: progress.ready().err(),
            workers: workers.map(|(number, idle)| Worker { number, idle_ms: millis(idle) }).collect(),
            consumed: Metrics::sum(&metrics.consumed),
            produced: Metrics::sum(&metrics.produced),
            dropped: Metrics::sum(&metrics.dropped),
            rewound: metrics.rewound.get(),
            rebuilt: metrics.rebuilt.get(),
            rebalances: metrics.rebalances.get(),
            inflight_bytes: metrics.inflight_bytes.get(),
            dead_letters: metrics.reasons(),
            languages: metrics.languages(),
            entity_types: metrics.entity_types(),
            routed: metrics.routes(),
            latencies: metrics
                .latencies()
                .into_iter()
                .map(|(le, count)| (Some(le).filter(|le| le.is_finite()), count))
                .collect(),
            partitions: progress.partitions().into_iter().map(Partition::from).collect(),
        }
    }
}

pub(super) async fn state(State(shared): State<Shared>) -> Json<Look> {
    Json(Look::now(&shared))
}
