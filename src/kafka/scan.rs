//! A topic, read from end to end, outside of any group.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use rdkafka::consumer::{Consumer, ConsumerGroupMetadata, StreamConsumer};
use rdkafka::error::{KafkaError, RDKafkaErrorCode};
use rdkafka::topic_partition_list::{Offset as At, TopicPartitionList};
use tokio::time::timeout;
use tracing::debug;

use super::client::{Role, client_config};
use super::consumer::{blocking, record};
use super::{ClientErrors, describe, needs_an_operator};
use crate::config::Config;
use crate::delivery::{Error, Resume};
use crate::record::{Record, TopicPartition};

/// How long the brokers may take to answer a question about the topic.
const ANSWER_TIMEOUT: Duration = Duration::from_secs(10);

/// How long reading may stand still before it is given up.
const SILENCE_MAX: Duration = Duration::from_secs(30);

/// Where reading begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Start {
    /// With the oldest record.
    Beginning,
    /// With the first record at or after this time, in milliseconds since the Unix epoch.
    Time(i64),
    /// With this record, and no other partition is read.
    At {
        /// Its partition.
        partition: i32,
        /// Its place there.
        offset: i64,
    },
}

/// The committed records of a topic, up to where it ended when reading began: what is written meanwhile is left out, so
/// that whoever writes for each record that is read comes to an end.
pub struct Scan {
    topic: String,
    consumer: Arc<StreamConsumer<ClientErrors>>,
    topics: BTreeMap<String, Arc<str>>,
    /// The partitions that are still read, and where each ends.
    ends: BTreeMap<i32, i64>,
    read: Resume,
}

impl Scan {
    /// Begins to read a topic. With `goes_on`, a partition for which `group` has a committed offset begins there, if that
    /// is later.
    ///
    /// # Errors
    /// What the brokers answer.
    pub async fn open(config: &Config, topic: &str, group: &str, from: Start, goes_on: bool) -> Result<Self, Error> {
        let refused = |error| Error::Stop(format!("the consumer cannot be made: {error}"));
        let consumer: StreamConsumer<ClientErrors> = client_config(config, Role::Scan { group })
            .create_with_context(ClientErrors::default())
            .map_err(refused)?;
        let consumer = Arc::new(consumer);
        let (asked, name) = (consumer.clone(), topic.to_owned());
        let assigned = blocking(move || {
            let (starts, ends) = starts(&asked, &name, from, goes_on)?;
            asked.assign(&starts)?;
            Ok(ends)
        });
        let ends = assigned.await?.map_err(|error: KafkaError| {
            let why = consumer.client().context().last().map(|why| format!(": {why}")).unwrap_or_default();
            Error::Stop(format!("topic {topic}: {}{why}", describe(&error)))
        })?;
        Ok(Self { topic: topic.to_owned(), consumer, topics: BTreeMap::new(), ends, read: Resume::new() })
    }

    /// The next record; `None` at the end.
    ///
    /// # Errors
    /// [`Error::Stop`] if the brokers refuse it, or stay silent.
    pub async fn next(&mut self) -> Result<Option<Record>, Error> {
        while !self.ends.is_empty() {
            let Ok(next) = timeout(SILENCE_MAX, self.consumer.recv()).await else {
                let why = self.consumer.client().context().last().unwrap_or_else(|| "no broker answers".to_owned());
                return Err(Error::Stop(format!("topic {}: nothing comes for {SILENCE_MAX:?}: {why}", self.topic)));
            };
            match next {
                Ok(message) => {
                    let record = record(&message, &mut self.topics);
                    let TopicPartition { partition, .. } = record.position.partition;
                    let Some(&end) = self.ends.get(&partition) else { continue };
                    if record.position.offset.0 + 1 >= end {
                        self.ends.remove(&partition);
                    }
                    if record.position.offset.0 < end {
                        self.read.insert(record.position.partition.clone(), record.position.offset.next());
                        return Ok(Some(record));
                    }
                }
                Err(KafkaError::PartitionEOF(partition)) => _ = self.ends.remove(&partition),
                Err(error) if error.rdkafka_error_code().is_some_and(needs_an_operator) => {
                    return Err(Error::Stop(format!("topic {}: {}", self.topic, describe(&error))));
                }
                // The client mends the others by itself, or stays silent.
                Err(error) => debug!(%error, topic = self.topic, "reading"),
            }
        }
        Ok(None)
    }

    /// Where each partition would go on after the records that were read.
    #[must_use]
    pub fn read(&self) -> &Resume {
        &self.read
    }

    /// What a transaction needs to know of the reader to take its offsets.
    ///
    /// # Errors
    /// [`Error::Stop`] if the client has no group.
    pub fn membership(&self) -> Result<Arc<ConsumerGroupMetadata>, Error> {
        let membership = self.consumer.group_metadata().map(Arc::new);
        membership.ok_or_else(|| Error::Stop("the reader has no group".to_owned()))
    }

    /// Whether there is such a topic.
    ///
    /// # Errors
    /// What the brokers answer.
    pub async fn knows(&self, topic: &str) -> Result<bool, Error> {
        let (consumer, name) = (self.consumer.clone(), topic.to_owned());
        let metadata = blocking(move || consumer.fetch_metadata(Some(&name), ANSWER_TIMEOUT)).await?;
        let metadata = metadata.map_err(|error| Error::Stop(format!("topic {topic}: {}", describe(&error))))?;
        Ok(metadata.topics().iter().any(|found| found.name() == topic && !found.partitions().is_empty()))
    }
}

/// Where each partition that holds anything begins and ends.
fn starts(
    consumer: &StreamConsumer<ClientErrors>,
    topic: &str,
    from: Start,
    goes_on: bool,
) -> Result<(TopicPartitionList, BTreeMap<i32, i64>), KafkaError> {
    let metadata = consumer.fetch_metadata(Some(topic), ANSWER_TIMEOUT)?;
    let partitions = metadata.topics().iter().flat_map(|found| found.partitions()).map(|found| found.id());
    let partitions: Vec<i32> = partitions.collect();
    if partitions.is_empty() {
        return Err(KafkaError::MetadataFetch(RDKafkaErrorCode::UnknownTopicOrPartition));
    }
    let (mut starts, mut ends) = (BTreeMap::new(), BTreeMap::new());
    for partition in partitions {
        let (low, end) = consumer.fetch_watermarks(topic, partition, ANSWER_TIMEOUT)?;
        let start = match from {
            Start::Beginning | Start::Time(_) => low,
            Start::At { partition: only, .. } if only != partition => continue,
            Start::At { offset, .. } => offset.max(low),
        };
        starts.insert(partition, start);
        ends.insert(partition, end);
    }
    if let Start::Time(time_ms) = from {
        let found = consumer.offsets_for_times(list(topic, starts.keys(), time_ms)?, ANSWER_TIMEOUT)?;
        later(&mut starts, &found);
    }
    if goes_on {
        let found = consumer.committed_offsets(list(topic, starts.keys(), 0)?, ANSWER_TIMEOUT)?;
        later(&mut starts, &found);
    }
    ends.retain(|partition, end| starts[partition] < *end);
    let mut assigned = TopicPartitionList::new();
    for partition in ends.keys() {
        assigned.add_partition_offset(topic, *partition, At::Offset(starts[partition]))?;
    }
    Ok((assigned, ends))
}

fn list<'a>(topic: &str, partitions: impl Iterator<Item = &'a i32>, at: i64) -> Result<TopicPartitionList, KafkaError> {
    let mut list = TopicPartitionList::new();
    for partition in partitions {
        list.add_partition_offset(topic, *partition, At::Offset(at))?;
    }
    Ok(list)
}

/// Moves the starts on to what was found, where that is later. A time after the last letter is found at the end.
fn later(starts: &mut BTreeMap<i32, i64>, found: &TopicPartitionList) {
    for element in found.elements() {
        let Some(start) = starts.get_mut(&element.partition()) else { continue };
        match element.offset() {
            At::Offset(at) => *start = at.max(*start),
            At::End => *start = i64::MAX,
            At::Beginning | At::Stored | At::Invalid | At::OffsetTail(_) => {}
        }
    }
}
