//! Kafka's consumer, as one member of the group.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use futures::{Stream, StreamExt, stream};
use rdkafka::consumer::{CommitMode, Consumer, ConsumerGroupMetadata, StreamConsumer};
use rdkafka::error::{KafkaError, RDKafkaErrorCode};
use rdkafka::message::{BorrowedMessage, Headers, Message};
use rdkafka::topic_partition_list::{Offset as SeekTo, TopicPartitionList};
use tokio::time::Instant;
use tracing::warn;

use super::client::{Role, client_config};
use super::context::Context;
use super::{error_of, needs_an_operator};
use crate::config::Config;
use crate::delivery::{self, Begins, Error, Resume};
use crate::record::{Header, Offset, Position, Record, TopicPartition};
use crate::telemetry::Telemetry;

/// How long a seek may take. It is local to the client; ten seconds is far beyond what it needs.
const SEEK_TIMEOUT: Duration = Duration::from_secs(10);

/// The least time between two warnings of the same consumer. While brokers are away a client has an error for each of
/// them, many times a second.
const WARNING_PAUSE: Duration = Duration::from_secs(10);

/// A consumer that is a member of the group.
pub struct Member {
    consumer: Arc<StreamConsumer<Context>>,
    warnings: Mutex<Warnings>,
}

/// When this member warned last, and how often it has not since.
#[derive(Debug, Default)]
struct Warnings {
    last: Option<Instant>,
    untold: u64,
}

impl Member {
    /// Joins the group.
    ///
    /// # Errors
    /// [`Error::Stop`] if the client refuses its configuration.
    pub fn join(config: &Config, worker: usize, telemetry: Arc<Telemetry>) -> Result<Self, Error> {
        let refused = |error: KafkaError| Error::Stop(format!("the consumer cannot be made: {error}"));
        let context = Context::new(worker, telemetry);
        let consumer: StreamConsumer<Context> = client_config(config, Role::Source { worker: Some(worker) })
            .create_with_context(context)
            .map_err(refused)?;
        let topics: Vec<&str> = config.topics.raw.iter().map(String::as_str).collect();
        consumer.subscribe(&topics).map_err(refused)?;
        Ok(Self { consumer: Arc::new(consumer), warnings: Mutex::default() })
    }

    /// Most errors of a consumer are news about connections that librdkafka mends by itself.
    fn check(&self, error: &KafkaError) -> Result<(), Error> {
        if let Some((code, reason)) = self.consumer.client().fatal_error() {
            let problem = format!("the consumer failed for good: {reason} ({code})");
            let is_fenced = code == RDKafkaErrorCode::FencedInstanceId;
            return Err(if is_fenced { Error::Fenced(problem) } else { Error::Rebuild(problem) });
        }
        match error.rdkafka_error_code() {
            Some(code) if needs_an_operator(code) => Err(Error::Stop(format!("reading raw records: {error}"))),
            Some(_) | None => {
                self.warn(error);
                Ok(())
            }
        }
    }

    fn warn(&self, error: &KafkaError) {
        let mut warnings = self.warnings.lock().unwrap_or_else(PoisonError::into_inner);
        if warnings.last.is_some_and(|last| last.elapsed() < WARNING_PAUSE) {
            warnings.untold += 1;
            return;
        }
        warn!(%error, unlogged = warnings.untold, "kafka consumer error");
        *warnings = Warnings { last: Some(Instant::now()), untold: 0 };
    }
}

impl delivery::Consumer for Member {
    type Membership = ConsumerGroupMetadata;

    fn records(&self) -> impl Stream<Item = Result<Record, Error>> + Send {
        let begun = (self.consumer.stream(), BTreeMap::new());
        stream::unfold(begun, move |(mut stream, mut topics)| async move {
            loop {
                match stream.next().await.expect("a consumer's stream never ends") {
                    Ok(message) => {
                        let record = record(&message, &mut topics);
                        drop(message);
                        self.consumer.context().took(&record.position);
                        return Some((Ok(record), (stream, topics)));
                    }
                    Err(error) => {
                        if let Err(error) = self.check(&error) {
                            return Some((Err(error), (stream, topics)));
                        }
                    }
                }
            }
        })
    }

    fn generation(&self) -> u64 {
        self.consumer.context().generation()
    }

    fn tenures(&self) -> BTreeMap<TopicPartition, u64> {
        self.consumer.context().tenures().clone()
    }

    fn membership(&self) -> Option<ConsumerGroupMetadata> {
        self.consumer.group_metadata()
    }

    fn is_lost(&self) -> bool {
        self.consumer.assignment_lost()
    }

    async fn seek(&self, begins: Begins) -> Result<(), Error> {
        let consumer = self.consumer.clone();
        let seek = move || {
            let owned = consumer.assignment()?;
            let mut targets = TopicPartitionList::new();
            for (partition, offset) in begins {
                if owned.find_partition(&partition.topic, partition.partition).is_some() {
                    let to = SeekTo::Offset(offset.0);
                    targets.add_partition_offset(&partition.topic, partition.partition, to)?;
                }
            }
            if targets.count() == 0 {
                return Ok(());
            }
            consumer.seek_partitions(targets, SEEK_TIMEOUT)?.elements().iter().try_for_each(|element| element.error())
        };
        let done: Result<(), KafkaError> = blocking(seek).await?;
        done.map_err(|error| Error::Rebuild(format!("seeking back: {error}")))
    }

    async fn commit(&self, resume: Resume) -> Result<(), Error> {
        let consumer = self.consumer.clone();
        let done = blocking(move || consumer.commit(&offsets(&resume)?, CommitMode::Sync)).await?;
        done.map_err(|error| error_of("committing offsets", &error))
    }

    /// Closing a consumer can block, so it happens on a thread that may.
    async fn leave(self) {
        let consumer = self.consumer;
        // The consumer is gone either way; a panic while closing it has been logged.
        _ = tokio::task::spawn_blocking(move || drop(consumer)).await;
    }
}

/// Offsets as the client takes them.
pub(super) fn offsets(resume: &Resume) -> Result<TopicPartitionList, KafkaError> {
    let mut list = TopicPartitionList::with_capacity(resume.len());
    for (partition, at) in resume {
        list.add_partition_offset(&partition.topic, partition.partition, SeekTo::Offset(at.get()))?;
    }
    Ok(list)
}

/// Runs what may block on a thread that may.
pub(super) async fn blocking<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Result<T, Error> {
    let joined = tokio::task::spawn_blocking(work).await;
    joined.map_err(|error| Error::Rebuild(format!("a blocking call failed: {error}")))
}

/// The message as a plain value. `topics` shares the topics' names.
pub(super) fn record(message: &BorrowedMessage<'_>, topics: &mut BTreeMap<String, Arc<str>>) -> Record {
    let topic = match topics.get(message.topic()) {
        Some(topic) => topic.clone(),
        None => topics.entry(message.topic().to_owned()).or_insert_with(|| message.topic().into()).clone(),
    };
    let partition = TopicPartition { topic, partition: message.partition() };
    let header = |header: rdkafka::message::Header<'_, &[u8]>| Header {
        name: header.key.to_owned(),
        value: header.value.map(<[u8]>::to_vec),
    };
    Record {
        position: Position { partition, offset: Offset(message.offset()) },
        time_ms: message.timestamp().to_millis(),
        key: message.key().map(<[u8]>::to_vec),
        headers: message.headers().map(|headers| headers.iter().map(header).collect()).unwrap_or_default(),
        value: message.payload().map(<[u8]>::to_vec),
    }
}
