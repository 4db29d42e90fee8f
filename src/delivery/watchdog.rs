//! Partitions that have records left and do not get on are named, counted, and healed.
//!
//! Clients have stopped reading single partitions without a word before (librdkafka's queues can lose a wake-up). Going
//! back to the first record that is not delivered makes the client fetch again; where that does not help, new clients do.

use std::collections::BTreeMap;

use tokio::time::Instant;
use tracing::error;

use super::{Begins, Consumer, Error, Source};
use crate::record::{Offset, TopicPartition};
use crate::telemetry::{Stalled, Telemetry};

/// Watches the partitions of one worker, as long as its clients live.
#[derive(Debug, Default)]
pub(super) struct Watchdog {
    /// The partitions that were sought, and when.
    sought: BTreeMap<TopicPartition, Instant>,
}

impl Watchdog {
    /// Looks once, between two batches, when nothing is in hand.
    ///
    /// # Errors
    /// [`Error::Rebuild`] if a partition that was sought has still not got on.
    pub(super) async fn look<C: Consumer>(
        &mut self,
        worker: usize,
        telemetry: &Telemetry,
        source: &Source<C>,
    ) -> Result<(), Error> {
        let stalled = telemetry.progress.stalled(worker);
        self.sought.retain(|partition, _| stalled.iter().any(|stalled| stalled.partition == *partition));
        let mut begins = Begins::new();
        for Stalled { partition, resume, time } in stalled {
            let seconds = time.as_secs();
            match self.sought.get(&partition) {
                None => {
                    error!(%partition, offset = resume, seconds, "a partition has records and does not get on; reading it again");
                    telemetry.metrics.partitions_healed.with_label_values(&["seek"]).inc();
                    begins.extend(resume.map(|resume| (partition.clone(), Offset(resume))));
                    self.sought.insert(partition, Instant::now());
                }
                // It is given as long again.
                Some(sought) if sought.elapsed() < telemetry.progress.stalled_after() => {}
                Some(_) => {
                    telemetry.metrics.partitions_healed.with_label_values(&["new_clients"]).inc();
                    return Err(Error::Rebuild(format!("{partition} has records and has not got on for {seconds} s")));
                }
            }
        }
        if begins.is_empty() { Ok(()) } else { source.rewind(begins).await }
    }
}
