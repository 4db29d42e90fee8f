//! The clock beside the pure core: how long each stage of an article takes.

use std::time::{Duration, Instant};

use crate::pipeline::{Stage, StageObserver};

/// Times of the stages that records have passed.
#[derive(Debug)]
pub struct StageTimes {
    since: Instant,
    times: Vec<(Stage, Duration)>,
}

impl StageTimes {
    /// Nothing timed yet.
    #[must_use]
    pub fn new() -> Self {
        Self { since: Instant::now(), times: Vec::new() }
    }

    /// What was timed: each stage of each record, in order.
    #[must_use]
    pub fn times(&self) -> &[(Stage, Duration)] {
        &self.times
    }
}

impl Default for StageTimes {
    fn default() -> Self {
        Self::new()
    }
}

impl StageObserver for StageTimes {
    fn started(&mut self) {
        self.since = Instant::now();
    }

    fn finished(&mut self, stage: Stage) {
        let now = Instant::now();
        self.times.push((stage, now - self.since));
        self.since = now;
    }
}
