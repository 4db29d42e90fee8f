//! The loop, which is the whole delivery argument: read a batch, process it, deliver its outbox; what is not delivered
//! is read again. Nothing runs beside it, so order within a partition holds by construction.

use std::sync::Arc;

use tokio::sync::watch;
use tracing::{Instrument, debug, debug_span, warn};

use super::brake::Brake;
use super::watchdog::Watchdog;
use super::worker::Failures;
use super::{Batch, Consumer, Error, Platform, Sink, Source, Worker, tally};
use crate::record::Record;
use crate::telemetry::Span;

type Membership<K> = <<K as Platform>::Consumer as Consumer>::Membership;

/// A worker with its clients.
pub(super) struct Session<'a, K: Platform> {
    pub(super) worker: &'a Worker<K>,
    pub(super) source: Source<K::Consumer>,
    pub(super) sink: Sink<K::Producer>,
    pub(super) brake: Brake,
    pub(super) watchdog: Watchdog,
}

impl<K: Platform> Session<'_, K> {
    /// Runs until `stop` turns true.
    pub(super) async fn run(&mut self, stop: &mut watch::Receiver<bool>, failures: &mut Failures) -> Result<(), Error> {
        loop {
            let Worker { number, telemetry, .. } = self.worker;
            telemetry.progress.tick(*number);
            self.watchdog.look(*number, telemetry, &self.source).await?;
            let batch = tokio::select! {
                biased;
                // An error means that nobody can ask for a stop any more.
                _ = stop.wait_for(|stop| *stop) => return Ok(()),
                batch = self.source.next_batch() => batch?,
            };
            let Some(batch) = batch else { continue };
            let begins = batch.begins();
            let Batch { records, membership } = batch;
            let bytes = inflight(&records);
            self.worker.telemetry.metrics.inflight_bytes.add(bytes);
            let span = telemetry.traces.batch(&self.worker.config, &records);
            let done = self.process_and_deliver(records, membership, &span).await;
            span.end(done.as_ref().err());
            self.worker.telemetry.metrics.inflight_bytes.sub(bytes);
            match done {
                Ok(()) => *failures = Failures::default(),
                Err(Error::Rewind(problem)) => {
                    self.worker.telemetry.metrics.rewound.inc();
                    warn!(problem, "batch not delivered; reading it again");
                    self.source.rewind(begins).await?;
                    failures.pause(stop).await;
                }
                Err(other) => return Err(other),
            }
        }
    }

    async fn process_and_deliver(
        &mut self,
        records: Vec<Record>,
        membership: Membership<K>,
        batch: &Span<'_>,
    ) -> Result<(), Error> {
        let worker = self.worker;
        let span = debug_span!("batch", records = records.len());
        // One processor for the whole batch, its dead letters included.
        let processor = worker.processors.borrow().clone();
        let mut outbox = worker.process(&processor, records).instrument(span).await?;
        let weight = self.brake.weigh(&outbox).inspect_err(|_| worker.telemetry.metrics.braked())?;
        let span = debug_span!("delivery");
        let membership = Arc::new(membership);
        let messages = outbox.items().len();
        let delivery = self.sink.deliver(&mut outbox, &membership, &self.source, &processor);
        let sending = batch.send(&worker.config.topics.enriched, messages);
        let delivered = delivery.instrument(span).await;
        sending.end(delivered.as_ref().err());
        let delivered = delivered?;
        debug!(records = outbox.items().len(), commit_ms = delivered.commit.as_millis(), "batch delivered");
        self.brake.add(weight);
        tally::count(&worker.config, &worker.telemetry, &outbox, &delivered);
        Ok(())
    }
}

fn inflight(records: &[Record]) -> i64 {
    i64::try_from(records.iter().map(Record::size_bytes).sum::<usize>()).unwrap_or(i64::MAX)
}
