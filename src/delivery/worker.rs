//! One worker: a member of the group with its own consumer and producer, made anew when they cannot go on.

use std::sync::Arc;
use std::time::Duration;

use futures::future::try_join_all;
use tokio::sync::watch;
use tokio::time::{Instant, sleep};
use tracing::{Instrument, error, info_span};

use super::brake::Brake;
use super::session::Session;
use super::watchdog::Watchdog;
use super::{Error, Platform, Rest, Sink, Source};
use crate::config::Config;
use crate::pipeline::{Outbox, Processor, process_batch};
use crate::record::Record;
use crate::telemetry::{StageTimes, Telemetry};

/// The first pause after a failure; it doubles with each failure in a row.
const PAUSE_MIN: Duration = Duration::from_millis(100);

/// The longest pause: brokers that come back are noticed this soon.
const PAUSE_MAX: Duration = Duration::from_secs(5);

/// How often in a row clients are made anew without a batch delivered in between. With the pauses this is five minutes
/// at least, longer than brokers take to restart or a disk to be emptied.
const REBUILDS_MAX: u32 = 60;

/// How long a worker that was asked to stop tries to commit what its last batches earned and a rebalance refused: enough
/// for most rebalances. What is still owed then is done twice.
const SETTLE_MAX: Duration = Duration::from_secs(5);

/// A worker of a service.
pub struct Worker<K> {
    /// Its number in the process, from 0.
    pub number: usize,
    /// The service's configuration.
    pub config: Arc<Config>,
    /// What it stands on.
    pub platform: Arc<K>,
    /// The processor in force, which a reload of the lexicon replaces.
    pub processors: watch::Receiver<Arc<Processor>>,
    /// Where it says what it does.
    pub telemetry: Arc<Telemetry>,
}

impl<K: Platform> Worker<K> {
    /// Runs until `stop` turns true.
    ///
    /// # Errors
    /// [`Error::Stop`]: what only an operator can mend.
    pub async fn run(self, mut stop: watch::Receiver<bool>, mut rest: Rest) -> Result<(), Error> {
        let span = info_span!("worker", number = self.number);
        let ended = self.run_sessions(&mut stop, &mut rest).instrument(span).await;
        self.telemetry.progress.ended(self.number);
        ended
    }

    async fn run_sessions(&self, stop: &mut watch::Receiver<bool>, rest: &mut Rest) -> Result<(), Error> {
        let mut failures = Failures::default();
        while !*stop.borrow() {
            let problem = match self.run_session(stop, rest, &mut failures).await {
                Ok(()) => return Ok(()),
                Err(Error::Stop(problem)) => return Err(Error::Stop(problem)),
                Err(Error::Rebuild(problem) | Error::Rewind(problem)) => problem,
                Err(Error::Fenced(problem)) => {
                    self.telemetry.metrics.fenced.inc();
                    problem
                }
            };
            self.telemetry.metrics.rebuilt.inc();
            failures.rebuilds += 1;
            if failures.rebuilds > REBUILDS_MAX {
                return Err(Error::Stop(format!("{REBUILDS_MAX} new clients in a row did not help: {problem}")));
            }
            error!(problem, "making new clients");
            failures.pause(stop).await;
        }
        Ok(())
    }

    /// Runs with one pair of clients until `stop` turns true or they have to be made anew.
    async fn run_session(
        &self,
        stop: &mut watch::Receiver<bool>,
        rest: &mut Rest,
        failures: &mut Failures,
    ) -> Result<(), Error> {
        self.telemetry.progress.tick(self.number);
        let sink = Sink::new(self.platform.producer(self.number).await?, &self.config);
        let source = Source::new(self.platform.consumer(self.number)?, self.config.batch);
        let brake = Brake::new(self.config.dead_letters);
        let watchdog = Watchdog::default();
        let mut session = Session { worker: self, source, sink, brake, watchdog };
        let ended = session.run(stop, failures).await;
        if ended.is_ok() {
            session.source.settle(SETTLE_MAX).await;
            rest.wait_for_all().await;
        }
        session.source.leave().await;
        self.telemetry.progress.left(self.number);
        session.sink.close().await;
        self.telemetry.progress.tick(self.number);
        ended
    }

    /// Processes a batch off the async threads, split over as many threads as are configured.
    pub(super) async fn process(&self, processor: &Arc<Processor>, mut records: Vec<Record>) -> Result<Outbox, Error> {
        let began = Instant::now();
        let share = records.len().div_ceil(self.config.workers.threads).max(1);
        let mut parts = Vec::new();
        while !records.is_empty() {
            let rest = records.split_off(share.min(records.len()));
            let part = std::mem::replace(&mut records, rest);
            let processor = processor.clone();
            parts.push(self.platform.compute(move || {
                let mut times = StageTimes::new();
                let outbox = process_batch(&processor, part, &mut times);
                (outbox, times)
            }));
        }
        let done = try_join_all(parts).await?;
        let mut outboxes = Vec::with_capacity(done.len());
        for (outbox, times) in done {
            for (stage, time) in times.times() {
                self.telemetry.metrics.stage.with_label_values(&[stage.as_str()]).observe(time.as_secs_f64());
            }
            outboxes.push(outbox);
        }
        self.telemetry.metrics.batch.observe(began.elapsed().as_secs_f64());
        Ok(Outbox::concat(outboxes))
    }
}

/// Failures in a row: they lengthen the pause and bound the rebuilding.
#[derive(Debug, Default)]
pub(super) struct Failures {
    in_a_row: u32,
    rebuilds: u32,
}

impl Failures {
    /// Waits a little longer after each failure in a row, unless a stop is asked for.
    pub(super) async fn pause(&mut self, stop: &mut watch::Receiver<bool>) {
        let pause = PAUSE_MAX.min(PAUSE_MIN * 2_u32.saturating_pow(self.in_a_row.min(16)));
        self.in_a_row += 1;
        tokio::select! {
            () = sleep(pause) => {}
            // An error means that nobody can ask for a stop any more.
            _ = stop.wait_for(|stop| *stop) => {}
        }
    }
}
