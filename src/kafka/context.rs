//! What a client tells of itself: log lines, errors, statistics, rebalances.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use rdkafka::TopicPartitionList;
use rdkafka::client::ClientContext;
use rdkafka::config::RDKafkaLogLevel;
use rdkafka::consumer::{BaseConsumer, ConsumerContext, Rebalance};
use rdkafka::error::{KafkaError, RDKafkaErrorCode};
use rdkafka::statistics::Statistics;
use tracing::{debug, error, info, warn};

use crate::record::{Position, TopicPartition};
use crate::telemetry::{Reach, Telemetry};

/// The last error of a client, which explains why a call timed out: a wrong password, an address where nobody listens.
/// Clones share it, so that one can be kept while the client owns the other.
#[derive(Clone, Debug, Default)]
pub struct ClientErrors {
    last: Arc<Mutex<Option<String>>>,
}

impl ClientErrors {
    /// The last error, if there was one.
    #[must_use]
    pub fn last(&self) -> Option<String> {
        self.last.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    fn note(&self, problem: String) {
        *self.last.lock().unwrap_or_else(PoisonError::into_inner) = Some(problem);
    }
}

impl ClientContext for ClientErrors {
    fn log(&self, level: RDKafkaLogLevel, facility: &str, message: &str) {
        log(level, facility, message);
    }

    fn error(&self, error: KafkaError, reason: &str) {
        debug!(%error, reason, "kafka client error");
        // "1/1 brokers are down" says less than the error before it, which names the broker and the cause; where there was
        // none, it says nothing that a call without an answer does not say.
        if error.rdkafka_error_code() != Some(RDKafkaErrorCode::AllBrokersDown) {
            self.note(reason.to_owned());
        }
    }
}

impl ConsumerContext for ClientErrors {}

/// The context of a worker's consumer: it counts generations and feeds the progress board.
#[derive(Debug)]
pub struct Context {
    worker: usize,
    telemetry: Arc<Telemetry>,
    generation: AtomicU64,
    /// The partitions that are held, each with the generation since which.
    tenures: Mutex<BTreeMap<TopicPartition, u64>>,
    /// Where each partition goes on after the last record that was handed over. The client's own figure counts markers of
    /// transactions as handed over, too, and would leave an idle partition with a lag of one for ever.
    taken: Mutex<BTreeMap<TopicPartition, i64>>,
}

impl Context {
    /// The context of this worker.
    #[must_use]
    pub fn new(worker: usize, telemetry: Arc<Telemetry>) -> Self {
        Self { worker, telemetry, generation: AtomicU64::new(0), tenures: Mutex::default(), taken: Mutex::default() }
    }

    /// A number that changes with every rebalance.
    #[must_use]
    pub fn generation(&self) -> u64 {
        self.generation.load(Ordering::Acquire)
    }

    /// A record was handed over.
    pub fn took(&self, Position { partition, offset }: &Position) {
        let mut taken = self.taken();
        match taken.get_mut(partition) {
            Some(known) => *known = offset.0 + 1,
            None => _ = taken.insert(partition.clone(), offset.0 + 1),
        }
    }

    fn taken(&self) -> MutexGuard<'_, BTreeMap<TopicPartition, i64>> {
        self.taken.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The partitions that are held, each with the generation since which.
    pub fn tenures(&self) -> MutexGuard<'_, BTreeMap<TopicPartition, u64>> {
        self.tenures.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl ClientContext for Context {
    fn log(&self, level: RDKafkaLogLevel, facility: &str, message: &str) {
        log(level, facility, message);
    }

    fn stats(&self, statistics: Statistics) {
        for (topic, statistics) in &statistics.topics {
            let topic: Arc<str> = topic.as_str().into();
            for (&partition, of) in statistics.partitions.iter().filter(|(partition, _)| **partition >= 0) {
                let known = |offset: i64| (offset >= 0).then_some(offset);
                let partition = TopicPartition { topic: topic.clone(), partition };
                let reach = Reach {
                    committed: known(of.committed_offset),
                    fetched_to: known(of.next_offset),
                    taken_to: self.taken().get(&partition).copied(),
                    queued: of.fetchq_cnt.max(0),
                };
                self.telemetry.progress.reached(self.worker, &partition, reach);
            }
        }
    }

    fn error(&self, error: KafkaError, reason: &str) {
        // The source meets the same error and warns of it, with restraint.
        debug!(%error, reason, "kafka client error");
    }
}

impl ConsumerContext for Context {
    fn pre_rebalance(&self, _: &BaseConsumer<Self>, rebalance: &Rebalance<'_>) {
        self.generation.fetch_add(1, Ordering::AcqRel);
        self.telemetry.metrics.rebalances.inc();
        match rebalance {
            Rebalance::Revoke(partitions) => {
                info!(worker = self.worker, partitions = %names(partitions), "partitions revoked");
                let partitions = owned(partitions);
                for partition in &partitions {
                    self.tenures().remove(partition);
                    self.taken().remove(partition);
                }
                self.telemetry.progress.revoked(self.worker, &partitions);
            }
            Rebalance::Assign(_) => {}
            Rebalance::Error(error) => error!(%error, "rebalance failed"),
        }
    }

    fn post_rebalance(&self, _: &BaseConsumer<Self>, rebalance: &Rebalance<'_>) {
        match rebalance {
            Rebalance::Assign(partitions) => {
                info!(worker = self.worker, partitions = %names(partitions), "partitions assigned");
                let partitions = owned(partitions);
                let since = self.generation();
                self.tenures().extend(partitions.iter().map(|partition| (partition.clone(), since)));
                self.telemetry.progress.assigned(self.worker, &partitions);
            }
            Rebalance::Revoke(_) | Rebalance::Error(_) => {}
        }
    }
}

fn owned(partitions: &TopicPartitionList) -> Vec<TopicPartition> {
    let owned = |element: &rdkafka::topic_partition_list::TopicPartitionListElem<'_>| TopicPartition {
        topic: element.topic().into(),
        partition: element.partition(),
    };
    partitions.elements().iter().map(owned).collect()
}

fn names(partitions: &TopicPartitionList) -> String {
    owned(partitions).iter().map(ToString::to_string).collect::<Vec<_>>().join(" ")
}

fn log(level: RDKafkaLogLevel, facility: &str, message: &str) {
    match level {
        RDKafkaLogLevel::Emerg | RDKafkaLogLevel::Alert | RDKafkaLogLevel::Critical | RDKafkaLogLevel::Error => {
            error!(facility, message, "librdkafka");
        }
        RDKafkaLogLevel::Warning => warn!(facility, message, "librdkafka"),
        RDKafkaLogLevel::Notice | RDKafkaLogLevel::Info => info!(facility, message, "librdkafka"),
        RDKafkaLogLevel::Debug => debug!(facility, message, "librdkafka"),
    }
}
