//! What operators see: metrics, progress, recent events, logs.

mod catalogue;
mod logs;
mod maker;
mod metrics;
mod progress;
mod recent;
mod stages;
mod traces;

pub use catalogue::METRICS;
pub use logs::start_logs;
pub use metrics::Metrics;
pub use progress::{Extent, PartitionView, Progress, Reach, Stalled};
pub use recent::{Kept, Letter, Outcome, Published, Recent};
pub use stages::StageTimes;
pub use traces::{Span, Traces};

use std::time::Duration;

/// Everything that the running program tells of itself; shared by all its parts.
#[derive(Debug)]
pub struct Telemetry {
    /// Counters and histograms.
    pub metrics: Metrics,
    /// Where each partition stands, and whether the loops tick.
    pub progress: Progress,
    /// The last events and dead letters, for the console.
    pub recent: Recent,
    /// Spans, for a collector.
    pub traces: Traces,
}

impl Telemetry {
    /// Telemetry of a process that keeps these events for its console, and whose loops may be busy with one batch for
    /// `busy_max` at most; a partition with records left may stand still for `stalled_after`.
    #[must_use]
    pub fn new(recent: Recent, busy_max: Duration, stalled_after: Duration, rules: &str) -> Self {
        let (metrics, progress) = (Metrics::new(rules), Progress::new(busy_max, stalled_after));
        Self { metrics, progress, recent, traces: Traces::default() }
    }
}
