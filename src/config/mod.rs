//! Layered configuration: defaults, files, environment, flags.
//!
//! Loading reports every fault at once, each with its key and where its value came from. What is not a key of
//! `config/default.toml` is a fault, so a misspelt key cannot be silently ignored.

mod faults;
mod http;
mod kafka;
mod lexicon;
mod memory;
mod read;
mod routes;
mod secret;
mod sources;
mod topics;

pub use faults::{Fault, Faults};
pub use http::{Access, Console, Http};
pub use kafka::{Instance, Kafka, Sasl, SaslMechanism, Start, Tls};
pub use lexicon::LexiconFiles;
pub use memory::Memory;
pub use secret::Secret;
pub use sources::Sources;
pub use topics::Topics;

use std::collections::BTreeMap;
use std::time::Duration;

use crate::article::Limits;
use crate::event::LanguageTag;
use crate::pipeline::{Copies, DropRules};
use read::Reader;

/// Every default, and the documentation of every key.
pub const DEFAULTS: &str = include_str!("../../config/default.toml");

/// The configuration in force, parsed and valid.
#[derive(Clone, Debug)]
pub struct Config {
    /// The cluster, and how to reach it.
    pub kafka: Kafka,
    /// What is read and written.
    pub topics: Topics,
    /// The guarantee.
    pub delivery: Delivery,
    /// When too many dead letters stop the process.
    pub dead_letters: DeadLetters,
    /// When a batch is closed.
    pub batch: Batch,
    /// How the process uses its cores.
    pub workers: Workers,
    /// How many bytes may wait in it.
    pub memory: Memory,
    /// For how long a partition with records left may stand still before it is healed.
    pub stalled_after: Duration,
    /// Bounds on the input.
    pub limits: Limits,
    /// Which articles are dropped.
    pub drop: DropRules,
    /// Where events go beside the enriched topic: by routes, and to `topics.latest`.
    pub copies: Copies,
    /// The names that are known.
    pub lexicon: LexiconFiles,
    /// Metrics, probes and console.
    pub http: Http,
    /// Logs.
    pub log: Log,
    /// Spans.
    pub tracing: Tracing,
    /// How long a stop waits for batches in flight.
    pub drain_max: Duration,
    /// How long metrics are served after a failure that only an operator can mend.
    pub linger: Duration,
    /// Every key with its value, redacted, and its origin: what `wiredesk check` prints.
    pub effective: BTreeMap<String, Effective>,
}

/// The value of a key, as it may be shown, and where it came from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Effective {
    /// The value in TOML; secrets are `"***"`.
    pub value: String,
    /// The layer that set it.
    pub origin: String,
}

/// What is promised about each record.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Guarantee {
    /// One transaction a batch.
    ExactlyOnce,
    /// Offsets follow acknowledged events.
    AtLeastOnce,
}

impl Guarantee {
    const NAMES: &[(&str, Self)] = &[("exactly_once", Self::ExactlyOnce), ("at_least_once", Self::AtLeastOnce)];

    /// The guarantee's name in the configuration.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::ExactlyOnce => "exactly_once",
            Self::AtLeastOnce => "at_least_once",
        }
    }
}

/// How batches are delivered.
#[derive(Clone, Debug)]
pub struct Delivery {
    /// The guarantee.
    pub guarantee: Guarantee,
    /// librdkafka's name of the codec.
    pub compression: &'static str,
    /// How long a batch may take.
    pub timeout: Duration,
    /// After how long the brokers abort a dead process's transaction.
    pub transaction_timeout: Duration,
}

/// When a process stops rather than go on writing dead letters.
#[derive(Clone, Copy, Debug)]
pub struct DeadLetters {
    /// The share that may be dead letters, in per cent; 100 is no limit.
    pub percent_max: usize,
    /// Of how many records, the last of a worker.
    pub records: usize,
}

/// When a batch is closed: at the first bound that is reached.
#[derive(Clone, Copy, Debug)]
pub struct Batch {
    /// Records.
    pub records_max: usize,
    /// Bytes of keys, values and headers.
    pub bytes_max: usize,
    /// Time since its first record.
    pub wait_max: Duration,
}

/// How the process uses its cores.
#[derive(Clone, Copy, Debug)]
pub struct Workers {
    /// Workers, each with its own consumer and producer.
    pub count: usize,
    /// Threads that each splits a batch over.
    pub threads: usize,
}

/// The form of log lines.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LogFormat {
    /// For a person at a terminal.
    Human,
    /// One JSON object a line.
    Json,
}

/// Logs.
#[derive(Clone, Debug)]
pub struct Log {
    /// The form of the lines.
    pub format: LogFormat,
    /// tracing's filter.
    pub filter: String,
}

/// Spans.
#[derive(Clone, Debug)]
pub struct Tracing {
    /// Where they go: the base URL of a collector that speaks OTLP over HTTP. `None` makes none.
    pub otlp_endpoint: Option<String>,
}

const COMPRESSIONS: &[(&str, &str)] =
    &[("lz4", "lz4"), ("zstd", "zstd"), ("gzip", "gzip"), ("snappy", "snappy"), ("none", "none")];

impl Config {
    /// Loads the layers.
    ///
    /// # Errors
    /// Every fault that was found.
    pub fn load(sources: &Sources) -> Result<Self, Faults> {
        let mut read = Reader::new(sources.collect()?);
        let workers = workers(&mut read);
        let memory = Memory::read(&mut read, workers.count);
        let config = Self {
            kafka: Kafka::read(&mut read),
            topics: Topics::read(&mut read),
            delivery: delivery(&mut read),
            dead_letters: DeadLetters {
                percent_max: read.size("dead_letters.percent_max", 1..=100),
                records: read.size("dead_letters.records", 10..=10_000_000),
            },
            batch: Batch {
                records_max: read.size("batch.records_max", 1..=100_000),
                bytes_max: read.size("batch.bytes_max", 1024..=1 << 30).min(memory.batch_bytes_max),
                wait_max: read.millis("batch.wait_ms_max", 1..=10_000),
            },
            workers,
            memory,
            stalled_after: read.millis("workers.stalled_ms_max", 10_000..=3_600_000),
            limits: Limits { value_bytes_max: read.size("input.value_bytes_max", 1024..=1 << 30), ..Limits::default() },
            drop: DropRules {
                languages_kept: languages(&mut read, "drop.languages_kept"),
                body_chars_min: read.size("drop.body_chars_min", 0..=1_000_000),
            },
            copies: topics::copies(&mut read),
            lexicon: LexiconFiles::read(&mut read),
            http: Http::read(&mut read),
            log: Log {
                format: read.choice("log.format", &[("human", LogFormat::Human), ("json", LogFormat::Json)]),
                filter: log_filter(&mut read, "log.filter"),
            },
            tracing: Tracing { otlp_endpoint: otlp_endpoint(&mut read, "tracing.otlp_endpoint") },
            drain_max: read.millis("shutdown.drain_ms_max", 0..=3_600_000),
            linger: read.millis("shutdown.linger_ms", 0..=600_000),
            effective: BTreeMap::new(),
        };
        config.check_together(&mut read);
        let effective = read.finish()?;
        Ok(Self { effective, ..config })
    }

    /// Every topic that is written to.
    #[must_use]
    pub fn outputs(&self) -> Vec<&str> {
        let own = [self.topics.enriched.as_str(), &self.topics.dead_letter];
        own.into_iter().chain(self.copies.topics()).collect()
    }

    /// Faults that only show when keys are seen side by side.
    fn check_together(&self, read: &mut Reader) {
        let shortest = self.batch.wait_max + Duration::from_secs(1);
        let timeouts = ["delivery.transaction_timeout_ms", "batch.wait_ms_max"];
        if self.delivery.transaction_timeout < shortest && !timeouts.iter().any(|key| read.is_faulty(key)) {
            let why = format!("must be at least batch.wait_ms_max + 1000 = {} ms", shortest.as_millis());
            read.fault("delivery.transaction_timeout_ms", why);
        }
        let (enriched, dead_letter) = (&self.topics.enriched, &self.topics.dead_letter);
        if enriched == dead_letter {
            read.fault("topics.dead_letter", "must not be the enriched topic");
        }
        for (key, topic) in [("topics.enriched", enriched), ("topics.dead_letter", dead_letter)] {
            if self.topics.raw.contains(topic) {
                read.fault(key, "must not be one of topics.raw: events would be read again as articles");
            }
        }
        let routes = self.copies.routes().iter().map(|route| (format!("routes.{}.topic", route.name), &*route.topic));
        let latest = self.copies.latest().map(|topic| ("topics.latest".to_owned(), topic));
        for (key, topic) in routes.chain(latest) {
            let why = if self.topics.raw.iter().any(|raw| raw == topic) {
                "must not be one of topics.raw: events would be read again as articles"
            } else if topic == enriched || topic == dead_letter {
                "must not be the enriched or the dead-letter topic"
            } else if key != "topics.latest" && Some(topic) == self.copies.latest() {
                "must not be topics.latest, which holds every article"
            } else {
                continue;
            };
            read.fault(&key, why);
        }
    }
}

fn delivery(read: &mut Reader) -> Delivery {
    Delivery {
        guarantee: read.choice("delivery.guarantee", Guarantee::NAMES),
        compression: read.choice("delivery.compression", COMPRESSIONS),
        timeout: read.millis("delivery.timeout_ms", 1_000..=900_000),
        transaction_timeout: read.millis("delivery.transaction_timeout_ms", 1_000..=900_000),
    }
}

fn workers(read: &mut Reader) -> Workers {
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    let count = read.size("workers.count", 0..=256);
    Workers { count: if count == 0 { cores } else { count }, threads: read.size("workers.threads", 1..=256) }
}

fn languages(read: &mut Reader, key: &str) -> Vec<LanguageTag> {
    let mut tags = Vec::new();
    for text in read.list(key) {
        match LanguageTag::parse(&text) {
            Some(tag) => tags.push(tag),
            None => read.fault(key, format!("{text:?} is not a language tag such as \"vi\"")),
        }
    }
    tags
}

/// Plain HTTP: what encrypts, authenticates and keeps is the collector beside the program.
fn otlp_endpoint(read: &mut Reader, key: &str) -> Option<String> {
    let text = read.text(key);
    if text.is_empty() {
        return None;
    }
    if !url::Url::parse(&text).is_ok_and(|url| url.scheme() == "http" && url.query().is_none()) {
        read.fault(key, "is not a URL such as \"http://127.0.0.1:4318\"; a collector there can pass spans on by https");
    }
    Some(text.trim_end_matches('/').to_owned())
}

fn log_filter(read: &mut Reader, key: &str) -> String {
    let text = read.text(key);
    if let Err(error) = tracing_subscriber::EnvFilter::try_new(&text) {
        read.fault(key, format!("is not a filter such as \"wiredesk=debug,info\": {error}"));
    }
    text
}

#[cfg(test)]
mod tests;
