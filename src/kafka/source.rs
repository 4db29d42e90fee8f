//! Raw records in batches, as one member of the consumer group.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use futures::StreamExt;
use rdkafka::consumer::{CommitMode, Consumer, ConsumerGroupMetadata, MessageStream, StreamConsumer};
use rdkafka::error::KafkaError;
use rdkafka::message::{BorrowedMessage, Headers, Message};
use rdkafka::topic_partition_list::{Offset as SeekTo, TopicPartitionList};
use tokio::time::{Instant, timeout, timeout_at};
use tracing::warn;

use super::client::{Role, client_config};
use super::context::Context;
use super::{Error, needs_an_operator};
use crate::config::{self, Config};
use crate::record::{Header, Offset, Position, Record, ResumeAt, TopicPartition};
use crate::telemetry::Telemetry;

/// How long an idle source waits before it returns without a batch, so that its loop shows that it is alive.
const IDLE_TICK: Duration = Duration::from_secs(1);

/// How long a seek may take. It is local to the client; ten seconds is far beyond what it needs.
const SEEK_TIMEOUT: Duration = Duration::from_secs(10);

/// The least time between two warnings of the same source. While brokers are away a client has an error for each of
/// them, many times a second.
const WARNING_PAUSE: Duration = Duration::from_secs(10);

/// One member of the group.
pub struct Source {
    consumer: Arc<StreamConsumer<Context>>,
    bounds: config::Batch,
    topics: BTreeMap<String, Arc<str>>,
    warned: Option<Instant>,
    unwarned: u64,
}

/// Records that are processed and delivered together.
pub struct Batch {
    /// The records, in the order in which they were read; never empty.
    pub records: Vec<Record>,
    /// What the group knew of this member when the batch began.
    pub membership: Membership,
}

/// A member's generation in its group. Offsets that are committed under an old one are refused: this is what fences a
/// member that lost its partitions. It is taken when a batch begins; taken later, it would vouch for records that
/// another member already has.
pub struct Membership(pub(super) ConsumerGroupMetadata);

impl Batch {
    /// Where each partition of the batch began.
    #[must_use]
    pub fn begins(&self) -> BTreeMap<TopicPartition, Offset> {
        begins(&self.records)
    }
}

fn begins(records: &[Record]) -> BTreeMap<TopicPartition, Offset> {
    let mut begins = BTreeMap::new();
    for record in records {
        let Position { partition, offset } = &record.position;
        begins.entry(partition.clone()).and_modify(|at: &mut Offset| *at = (*offset).min(*at)).or_insert(*offset);
    }
    begins
}

impl Source {
    /// Joins the group.
    ///
    /// # Errors
    /// [`Error::Stop`] if the client refuses its configuration.
    pub fn join(config: &Config, worker: usize, telemetry: Arc<Telemetry>) -> Result<Self, Error> {
        let refused = |error: KafkaError| Error::Stop(format!("the consumer cannot be made: {error}"));
        let context = Context::new(worker, telemetry);
        let consumer: StreamConsumer<Context> =
            client_config(config, Role::Source).create_with_context(context).map_err(refused)?;
        let topics: Vec<&str> = config.topics.raw.iter().map(String::as_str).collect();
        consumer.subscribe(&topics).map_err(refused)?;
        Ok(Self {
            consumer: Arc::new(consumer),
            bounds: config.batch,
            topics: BTreeMap::new(),
            warned: None,
            unwarned: 0,
        })
    }

    /// The next batch: what comes until its first bound is reached. `None` after an idle second.
    ///
    /// Dropping the future half-way loses nothing but the reading: no offset has moved.
    ///
    /// # Errors
    /// [`Error::Stop`] on what an operator must mend, [`Error::Rebuild`] on a dead client or if records that were
    /// already read could not be put back after a rebalance.
    pub async fn next_batch(&mut self) -> Result<Option<Batch>, Error> {
        let consumer = self.consumer.clone();
        let mut stream = consumer.stream();
        let Ok(first) = timeout(IDLE_TICK, self.next_record(&mut stream)).await else { return Ok(None) };
        let first = first?;
        let closes = Instant::now() + self.bounds.wait_max;
        let generation = self.consumer.context().generation();
        let membership = self.consumer.group_metadata().map(Membership);
        let membership = membership.ok_or_else(|| Error::Rebuild("the consumer is in no group".to_owned()))?;
        let mut bytes = first.size_bytes();
        let mut records = vec![first];
        while records.len() < self.bounds.records_max && bytes < self.bounds.bytes_max {
            let Ok(next) = timeout_at(closes, self.next_record(&mut stream)).await else { break };
            let record = next?;
            bytes += record.size_bytes();
            records.push(record);
        }
        if self.consumer.context().generation() != generation {
            // A batch that spans two generations could hold records that are now another's.
            self.seek(begins(&records)).await?;
            return Ok(None);
        }
        Ok(Some(Batch { records, membership }))
    }

    /// Goes back to where a batch began, so that it is read again. Partitions that are no longer this member's are
    /// left alone.
    ///
    /// # Errors
    /// [`Error::Rebuild`] if a partition cannot be put back: a new client starts from what is committed.
    pub async fn rewind(&self, begins: BTreeMap<TopicPartition, Offset>) -> Result<(), Error> {
        self.seek(begins).await
    }

    async fn seek(&self, begins: BTreeMap<TopicPartition, Offset>) -> Result<(), Error> {
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

    /// Commits offsets outside of a transaction: the second half of at-least-once.
    ///
    /// # Errors
    /// The client's error.
    pub async fn commit(&self, resume: BTreeMap<TopicPartition, ResumeAt>) -> Result<Result<(), KafkaError>, Error> {
        let consumer = self.consumer.clone();
        blocking(move || consumer.commit(&offsets(&resume)?, CommitMode::Sync)).await
    }

    /// Leaves the group. Closing a consumer can block, so it happens on a thread that may.
    pub async fn leave(self) {
        let consumer = self.consumer;
        // The consumer is gone either way; a panic while closing it has been logged.
        _ = tokio::task::spawn_blocking(move || drop(consumer)).await;
    }

    async fn next_record(&mut self, stream: &mut MessageStream<'_, Context>) -> Result<Record, Error> {
        loop {
            match stream.next().await.expect("a consumer's stream never ends") {
                Ok(message) => return Ok(record(&message, &mut self.topics)),
                Err(error) => self.check(&error)?,
            }
        }
    }

    /// Most errors of a consumer are news about connections that librdkafka mends by itself.
    fn check(&mut self, error: &KafkaError) -> Result<(), Error> {
        if let Some((code, reason)) = self.consumer.client().fatal_error() {
            return Err(Error::Rebuild(format!("the consumer failed for good: {reason} ({code})")));
        }
        match error.rdkafka_error_code() {
            Some(code) if needs_an_operator(code) => Err(Error::Stop(format!("reading raw records: {error}"))),
            Some(_) | None => {
                self.warn(error);
                Ok(())
            }
        }
    }

    fn warn(&mut self, error: &KafkaError) {
        if self.warned.is_some_and(|warned| warned.elapsed() < WARNING_PAUSE) {
            self.unwarned += 1;
            return;
        }
        warn!(%error, unlogged = self.unwarned, "kafka consumer error");
        (self.warned, self.unwarned) = (Some(Instant::now()), 0);
    }
}

/// Offsets as the client takes them.
pub(super) fn offsets(resume: &BTreeMap<TopicPartition, ResumeAt>) -> Result<TopicPartitionList, KafkaError> {
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

fn record(message: &BorrowedMessage<'_>, topics: &mut BTreeMap<String, Arc<str>>) -> Record {
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
