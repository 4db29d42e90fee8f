//! One worker: a member of the group with its own consumer and producer.
//!
//! The whole delivery argument is in [`Session::run`]: read a batch, process it, deliver its outbox; what is not
//! delivered is read again. Nothing runs beside it, so order within a partition holds by construction.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use futures::future::try_join_all;
use tokio::sync::watch;
use tokio::task::spawn_blocking;
use tokio::time::{Instant, sleep};
use tracing::{Instrument, debug, debug_span, error, info_span, warn};

use crate::config::Config;
use crate::kafka::{Batch, Delivered, Error, Membership, Sink, Source, Topology};
use crate::pipeline::{Item, Outbox, Outgoing, Processor, Verdict, process_batch};
use crate::record::{Record, TopicPartition};
use crate::telemetry::{RecentEvent, StageTimes, Telemetry};

/// The first pause after a failure; it doubles with each failure in a row.
const PAUSE_MIN: Duration = Duration::from_millis(100);

/// The longest pause: brokers that come back are noticed this soon.
const PAUSE_MAX: Duration = Duration::from_secs(5);

/// How often in a row clients are made anew without a batch delivered in between. With the pauses this is five minutes
/// at least, longer than brokers take to restart or a disk to be emptied.
const REBUILDS_MAX: u32 = 60;

pub(super) struct Worker {
    pub(super) number: usize,
    pub(super) config: Arc<Config>,
    pub(super) topology: Topology,
    /// The processor in force, which a reload of the lexicon replaces.
    pub(super) processors: watch::Receiver<Arc<Processor>>,
    pub(super) telemetry: Arc<Telemetry>,
}

impl Worker {
    /// Runs until `stop` turns true.
    pub(super) async fn run(self, mut stop: watch::Receiver<bool>, mut rest: Rest) -> Result<(), Error> {
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
        let sink = Sink::open(&self.config, self.number, &self.topology).await?;
        let source = Source::join(&self.config, self.number, self.telemetry.clone())?;
        let mut session = Session { worker: self, source, sink };
        let ended = session.run(stop, failures).await;
        if ended.is_ok() {
            rest.wait_for_all().await;
        }
        session.source.leave().await;
        session.sink.close().await;
        self.telemetry.progress.tick(self.number);
        ended
    }

    /// Processes a batch off the async threads, split over as many threads as are configured.
    async fn process(&self, processor: &Arc<Processor>, mut records: Vec<Record>) -> Result<Outbox, Error> {
        let began = Instant::now();
        let share = records.len().div_ceil(self.config.workers.threads).max(1);
        let mut parts = Vec::new();
        while !records.is_empty() {
            let rest = records.split_off(share.min(records.len()));
            let part = std::mem::replace(&mut records, rest);
            let processor = processor.clone();
            parts.push(spawn_blocking(move || {
                let mut times = StageTimes::new();
                let outbox = process_batch(&processor, part, &mut times);
                (outbox, times)
            }));
        }
        let joined = try_join_all(parts).await;
        let done = joined.map_err(|error| Error::Rebuild(format!("processing a batch failed: {error}")))?;
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

    /// Counts what is now durable. Nothing is counted before: metrics and topics agree.
    fn count(&self, outbox: &Outbox, delivered: &Delivered) {
        let Telemetry { metrics, progress, recent } = &*self.telemetry;
        let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
        metrics.commit.observe(delivered.commit.as_secs_f64());
        for Item { record, verdict } in outbox.items() {
            let topic = &*record.position.partition.topic;
            metrics.consumed.with_label_values(&[topic]).inc();
            metrics.consumed_bytes.with_label_values(&[topic]).inc_by(record.size_bytes() as u64);
            match verdict {
                Verdict::Publish { message, facts } => {
                    self.count_produced(&self.config.topics.enriched, message);
                    metrics.published(facts);
                    if let Some(time_ms) = record.time_ms {
                        // A clock that runs ahead elsewhere is no negative latency.
                        metrics.latency.observe((now.as_millis() as f64 / 1000.0 - time_ms as f64 / 1000.0).max(0.0));
                    }
                }
                Verdict::DeadLetter { message, reject } => {
                    self.count_produced(&self.config.topics.dead_letter, message);
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
        let shown = outbox.items().len().saturating_sub(recent.kept());
        let events = outbox.items()[shown..].iter().filter_map(|item| recent_event(&item.verdict, now.as_secs()));
        recent.extend(events);
    }

    fn count_produced(&self, topic: &str, message: &Outgoing) {
        let metrics = &self.telemetry.metrics;
        metrics.produced.with_label_values(&[topic]).inc();
        metrics.produced_bytes.with_label_values(&[topic]).inc_by(message.size_bytes() as u64);
    }
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

fn recent_event(verdict: &Verdict, at: u64) -> Option<RecentEvent> {
    match verdict {
        Verdict::Publish { message, .. } => {
            Some(RecentEvent { at, event: serde_json::from_slice(message.value.as_deref()?).ok()? })
        }
        Verdict::DeadLetter { .. } | Verdict::Drop(_) => None,
    }
}

/// A stop, in step: no worker leaves the group before every worker has delivered its last batch. One that left earlier
/// would make the others rebalance, and a group that rebalances refuses commits: their last batches would be done
/// twice.
#[derive(Debug)]
pub(super) struct Rest {
    busy: watch::Sender<usize>,
    rested: bool,
}

impl Rest {
    /// One for each of so many workers.
    pub(super) fn for_each(workers: usize) -> Vec<Self> {
        let busy = watch::Sender::new(workers);
        (0..workers).map(|_| Self { busy: busy.clone(), rested: false }).collect()
    }

    async fn wait_for_all(&mut self) {
        self.rest();
        // An error means that nobody is left who could be busy.
        _ = self.busy.subscribe().wait_for(|busy| *busy == 0).await;
    }

    fn rest(&mut self) {
        if !std::mem::replace(&mut self.rested, true) {
            self.busy.send_modify(|busy| *busy -= 1);
        }
    }
}

/// A worker that has ended otherwise keeps nobody waiting.
impl Drop for Rest {
    fn drop(&mut self) {
        self.rest();
    }
}

/// Failures in a row: they lengthen the pause and bound the rebuilding.
#[derive(Debug, Default)]
struct Failures {
    in_a_row: u32,
    rebuilds: u32,
}

impl Failures {
    /// Waits a little longer after each failure in a row, unless a stop is asked for.
    async fn pause(&mut self, stop: &mut watch::Receiver<bool>) {
        let pause = PAUSE_MAX.min(PAUSE_MIN * 2_u32.saturating_pow(self.in_a_row.min(16)));
        self.in_a_row += 1;
        tokio::select! {
            () = sleep(pause) => {}
            // An error means that nobody can ask for a stop any more.
            _ = stop.wait_for(|stop| *stop) => {}
        }
    }
}

/// A worker with its clients.
struct Session<'a> {
    worker: &'a Worker,
    source: Source,
    sink: Sink,
}

impl Session<'_> {
    async fn run(&mut self, stop: &mut watch::Receiver<bool>, failures: &mut Failures) -> Result<(), Error> {
        loop {
            self.worker.telemetry.progress.tick(self.worker.number);
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
            let done = self.process_and_deliver(records, membership).await;
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

    async fn process_and_deliver(&self, records: Vec<Record>, membership: Membership) -> Result<(), Error> {
        let worker = self.worker;
        let span = debug_span!("batch", records = records.len());
        // One processor for the whole batch, its dead letters included.
        let processor = worker.processors.borrow().clone();
        let mut outbox = worker.process(&processor, records).instrument(span).await?;
        let span = debug_span!("delivery");
        let membership = Arc::new(membership);
        let delivery = self.sink.deliver(&mut outbox, &membership, &self.source, &processor);
        let delivered = delivery.instrument(span).await?;
        debug!(records = outbox.items().len(), commit_ms = delivered.commit.as_millis(), "batch delivered");
        worker.count(&outbox, &delivered);
        Ok(())
    }
}

fn inflight(records: &[Record]) -> i64 {
    i64::try_from(records.iter().map(Record::size_bytes).sum::<usize>()).unwrap_or(i64::MAX)
}
