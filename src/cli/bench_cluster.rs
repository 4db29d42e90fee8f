//! `wiredesk bench --cluster`: what each guarantee costs on a cluster, with the taggers and for a plain copy.
//!
//! Source and sink are those of the service, with a loop of their own around them. Pairs take turns in one run, so that
//! a machine that is busier now than then weighs on both alike.

use std::io::Write;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::{Duration, SystemTime};

use rdkafka::producer::{FutureProducer, FutureRecord};
use tokio::task::JoinSet;
use tokio::time::{Instant, sleep};

use super::run::stop_on_signal;
use super::samples::ARTICLES;
use super::trial::delete_topics;
use super::{Failure, Layers, runtime};
use crate::config::{Config, Guarantee};
use crate::delivery::{Batch, Error, Platform as _, Sink, Source};
use crate::event::Dialect;
use crate::kafka::{ClientErrors, Platform, Role, Topology, client_config, preflight};
use crate::pipeline::{Facts, Item, Outbox, Outgoing, Processor, Settings, Verdict, process_batch};
use crate::record::Record;
use crate::service::stopped;
use crate::telemetry::{Recent, Telemetry};

/// How many records are sent before their acknowledgements are awaited.
const CHUNK: usize = 2_000;

/// How often the count is looked at.
const LOOK: Duration = Duration::from_millis(20);

/// What is done to a record.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Work {
    /// All that the service does.
    Enrich,
    /// Nothing: key, headers and value go out as they came.
    Copy,
}

impl Work {
    fn as_str(self) -> &'static str {
        match self {
            Self::Enrich => "enrich",
            Self::Copy => "copy",
        }
    }
}

/// Fills a topic of its own, drains it again and again, and prints medians.
pub(super) fn run(layers: &Layers, records: usize, rounds: usize) -> Result<(), Failure> {
    let since = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default();
    let name = format!("wiredesk-bench-{:x}-{}", since.as_secs(), std::process::id());
    let runtime = runtime()?;
    let done = runtime.block_on(async {
        let stop = stop_on_signal()?;
        let config = configured(layers, &name, "fill", Guarantee::AtLeastOnce)?;
        let topology = preflight(&config).await?;
        let measured = tokio::select! {
            measured = measure(layers, &name, topology, records, rounds) => measured,
            () = stopped(stop) => Err(Failure::Failed("stopped before the end".to_owned())),
        };
        delete_topics(&config).await;
        measured
    });
    runtime.shutdown_background();
    done
}

/// The configuration of one drain: a group of its own, the same topics for all.
fn configured(layers: &Layers, name: &str, group: &str, guarantee: Guarantee) -> Result<Config, Failure> {
    layers.load_with(&[
        ("topics.raw", format!("{name}.raw")),
        ("topics.enriched", format!("{name}.enriched")),
        ("topics.dead_letter", format!("{name}.dead-letter")),
        ("topics.latest", String::new()),
        ("topics.create", "true".to_owned()),
        ("kafka.group", format!("{name}-{group}")),
        ("kafka.start", "earliest".to_owned()),
        ("delivery.guarantee", guarantee.as_str().to_owned()),
    ])
}

async fn measure(
    layers: &Layers,
    name: &str,
    topology: Topology,
    records: usize,
    rounds: usize,
) -> Result<(), Failure> {
    let mut out = anstream::stdout();
    let processor = Arc::new(Processor::new(Settings::default()));
    let mut filled = 0;
    // A copy is many times as fast: it needs more records to be measured for as long.
    for (work, wanted) in [(Work::Enrich, records), (Work::Copy, 10 * records)] {
        fill(&configured(layers, name, "fill", Guarantee::AtLeastOnce)?, wanted - filled).await?;
        filled = wanted;
        let mut rates: [Vec<f64>; 2] = Default::default();
        for round in 0..rounds {
            // The one that is second in one round is first in the next.
            for turn in [round % 2, (round + 1) % 2] {
                let guarantee = [Guarantee::ExactlyOnce, Guarantee::AtLeastOnce][turn];
                let group = format!("{}-{}-{round}", work.as_str(), guarantee.as_str());
                let config = Arc::new(configured(layers, name, &group, guarantee)?);
                let rate = drain(config, topology, processor.clone(), work, filled).await?;
                writeln!(out, "{:<6}  {:<13}  {rate:>8.0} records/s", work.as_str(), guarantee.as_str())?;
                rates[turn].push(rate);
            }
        }
        let ratios: Vec<f64> = rates[0].iter().zip(&rates[1]).map(|(exact, least)| exact / least).collect();
        let [exact, least] = rates.map(median);
        let (work, ratio) = (work.as_str(), 100.0 * median(ratios));
        writeln!(out, "{work:<6}  medians: {exact:.0} and {least:.0} records/s; of the pairs' ratios {ratio:.0} %")?;
    }
    Ok(())
}

fn median(mut of: Vec<f64>) -> f64 {
    of.sort_by(f64::total_cmp);
    of[of.len() / 2]
}

/// Sends so many sample articles into the raw topic.
async fn fill(config: &Config, records: usize) -> Result<(), Failure> {
    let refused = |problem: String| Failure::Failed(format!("the records cannot be sent: {problem}"));
    let producer: FutureProducer<ClientErrors> = client_config(config, Role::Produce)
        .create_with_context(ClientErrors::default())
        .map_err(|error| refused(error.to_string()))?;
    for from in (0..records).step_by(CHUNK) {
        let mut waiting = Vec::with_capacity(CHUNK);
        for number in from..records.min(from + CHUNK) {
            let key = number.to_string();
            let message =
                FutureRecord::to(&config.topics.raw[0]).key(&key).payload(ARTICLES[number % ARTICLES.len()].1);
            waiting.push(producer.send_result(message).map_err(|(error, _)| refused(error.to_string()))?);
        }
        for delivery in waiting {
            let delivered = delivery.await.map_err(|_| refused("the producer was closed".to_owned()))?;
            delivered.map_err(|(error, _)| refused(error.to_string()))?;
        }
    }
    Ok(())
}

/// Reads the raw topic from its beginning with a new group; how many records a second are delivered, counted from when
/// every partition has its worker.
async fn drain(
    config: Arc<Config>,
    topology: Topology,
    processor: Arc<Processor>,
    work: Work,
    records: usize,
) -> Result<f64, Failure> {
    let telemetry = Telemetry::new(Recent::new(0, 0), config.delivery.timeout, config.stalled_after, processor.rules());
    let telemetry = Arc::new(telemetry);
    let platform = Arc::new(Platform { config: config.clone(), topology, telemetry: telemetry.clone() });
    let course = Arc::new(Course { records, begun: AtomicBool::new(false), delivered: AtomicUsize::new(0) });
    let mut workers = JoinSet::new();
    for number in 0..config.workers.count {
        workers.spawn(deliver(platform.clone(), number, processor.clone(), work, course.clone()));
    }
    let partitions = usize::try_from(config.topics.partitions).unwrap_or(1);
    let members = config.workers.count.min(partitions);
    let is_settled = || {
        let taken = telemetry.progress.assignment().len();
        taken == partitions && telemetry.progress.workers().len() >= members
    };
    let mut began = Instant::now();
    while !course.is_done() {
        if let Some(ended) = workers.try_join_next() {
            ended
                .map_err(|error| Failure::Failed(format!("a worker panicked: {error}")))?
                .map_err(|error| Failure::Failed(format!("a worker ended before the end: {error}")))?;
        }
        if !course.begun.load(Ordering::Relaxed) && is_settled() {
            began = Instant::now();
            course.begun.store(true, Ordering::Relaxed);
        }
        sleep(LOOK).await;
    }
    let rate = records as f64 / began.elapsed().as_secs_f64();
    while workers.join_next().await.is_some() {}
    Ok(rate)
}

/// How far the workers have come together.
struct Course {
    records: usize,
    /// Whether every partition has its worker.
    begun: AtomicBool,
    delivered: AtomicUsize,
}

impl Course {
    fn is_done(&self) -> bool {
        self.delivered.load(Ordering::Relaxed) >= self.records
    }
}

/// One worker, until all records are delivered.
async fn deliver(
    platform: Arc<Platform>,
    number: usize,
    processor: Arc<Processor>,
    work: Work,
    course: Arc<Course>,
) -> Result<(), Error> {
    let sink = Sink::new(platform.producer(number).await?, &platform.config);
    let source = Source::new(platform.consumer(number)?, platform.config.batch);
    while !course.begun.load(Ordering::Relaxed) {
        // Only who reads takes part in the group's coming to rest.
        if let Some(batch) = source.next_batch().await? {
            source.rewind(batch.begins()).await?;
        }
    }
    while !course.is_done() {
        let Some(batch) = source.next_batch().await? else { continue };
        let begins = batch.begins();
        let Batch { records, membership } = batch;
        let taggers = processor.clone();
        let mut outbox = platform
            .compute(move || match work {
                Work::Enrich => process_batch(&taggers, records, &mut ()),
                Work::Copy => copied(records),
            })
            .await?;
        match sink.deliver(&mut outbox, &Arc::new(membership), &source, &processor).await {
            Ok(_) => _ = course.delivered.fetch_add(outbox.items().len(), Ordering::Relaxed),
            Err(Error::Rewind(_)) => source.rewind(begins).await?,
            Err(other) => return Err(other),
        }
    }
    source.leave().await;
    sink.close().await;
    Ok(())
}

fn copied(records: Vec<Record>) -> Outbox {
    let copy = |record: Record| {
        let Record { key, headers, value, .. } = record.clone();
        let dialect = Dialect::Native;
        let facts = Facts { dialect, language: None, entities: [0; 5], gaps: Vec::new(), routes: Vec::new() };
        Item {
            record,
            verdict: Verdict::Publish { message: Outgoing { key, headers, value }, copies: Vec::new(), facts },
        }
    };
    Outbox::new(records.into_iter().map(copy).collect())
}
