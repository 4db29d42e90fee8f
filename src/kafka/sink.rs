//! Outboxes become durable: every event, every dead letter, and the offsets that they earned.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use futures::future::join_all;
use rdkafka::error::{KafkaError, RDKafkaErrorCode};
use rdkafka::message::OwnedHeaders;
use rdkafka::producer::{DeliveryFuture, FutureProducer, FutureRecord, Producer, PurgeConfig};
use tokio::time::{Instant, sleep, timeout_at};

use super::client::{Role, client_config};
use super::preflight::Topology;
use super::source::{Membership, Source, blocking, offsets};
use super::{ClientErrors, Error};
use crate::config::{Config, Guarantee};
use crate::pipeline::{Outbox, Outgoing, Processor, Verdict};
use crate::record::{ResumeAt, TopicPartition};

/// How long the sink waits before it offers a message again that found the producer's queue full.
const QUEUE_FULL_PAUSE: Duration = Duration::from_millis(5);

/// How often refused messages of one batch are given another verdict: an event becomes a dead letter, a dead letter
/// its excerpt. A third refusal is the topic's fault.
const REFUSAL_ROUNDS: usize = 2;

/// How long a start-up or an abort waits for the brokers.
const TRANSACTION_CALL_TIMEOUT: Duration = Duration::from_secs(30);

type SinkProducer = FutureProducer<ClientErrors>;

/// The producing half of a worker.
pub struct Sink {
    producer: SinkProducer,
    guarantee: Guarantee,
    enriched: String,
    dead_letter: String,
    timeout: Duration,
}

/// What a delivery came to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Delivered {
    /// Where each partition resumes now.
    pub resume: BTreeMap<TopicPartition, ResumeAt>,
    /// How long the commit itself took.
    pub commit: Duration,
}

/// Why messages of a batch were not acknowledged.
enum Unacknowledged {
    /// These items are larger than their topic takes.
    Refused(Vec<usize>),
    /// The batch as a whole.
    Failed(Error),
}

impl Sink {
    /// Connects, and under exactly-once ends what an earlier process of the same instance left open.
    ///
    /// # Errors
    /// [`Error::Stop`] on what an operator must mend, else [`Error::Rebuild`].
    pub async fn open(config: &Config, worker: usize, topology: &Topology) -> Result<Self, Error> {
        let client = client_config(config, Role::Sink { worker, topology });
        let refused = |error: KafkaError| Error::Stop(format!("the producer cannot be made: {error}"));
        let producer: SinkProducer = client.create_with_context(ClientErrors::default()).map_err(refused)?;
        let sink = Self {
            producer,
            guarantee: config.delivery.guarantee,
            enriched: config.topics.enriched.clone(),
            dead_letter: config.topics.dead_letter.clone(),
            timeout: config.delivery.timeout,
        };
        if sink.guarantee == Guarantee::ExactlyOnce {
            let producer = sink.producer.clone();
            let done = blocking(move || producer.init_transactions(TRANSACTION_CALL_TIMEOUT)).await?;
            done.map_err(|error| Error::of("beginning with transactions", &error).or_rebuild())?;
        }
        Ok(sink)
    }

    /// Makes an outbox durable and moves its offsets. A message that the broker refuses as too large is given another
    /// verdict, within the outbox, and the batch is sent again.
    ///
    /// # Errors
    /// What to do next; nothing of the batch counts as delivered then.
    pub async fn deliver(
        &self,
        outbox: &mut Outbox,
        membership: &Arc<Membership>,
        source: &Source,
        processor: &Processor,
    ) -> Result<Delivered, Error> {
        for _ in 0..=REFUSAL_ROUNDS {
            self.begin()?;
            match self.send(outbox).await {
                Ok(()) => return self.commit(outbox.resume(), membership, source).await,
                Err(Unacknowledged::Refused(indices)) => {
                    self.abort().await?;
                    give_other_verdicts(outbox, &indices, processor);
                }
                Err(Unacknowledged::Failed(error)) => {
                    self.abort().await?;
                    return Err(error);
                }
            }
        }
        let problem = "the dead-letter topic refuses even an excerpt as too large: raise its max.message.bytes";
        Err(Error::Stop(problem.to_owned()))
    }

    fn begin(&self) -> Result<(), Error> {
        match self.guarantee {
            Guarantee::AtLeastOnce => Ok(()),
            Guarantee::ExactlyOnce => {
                // A transaction that cannot begin means a producer that cannot go on.
                self.producer
                    .begin_transaction()
                    .map_err(|error| Error::of("beginning a transaction", &error).or_rebuild())
            }
        }
    }

    /// Sends every message, and waits until each is acknowledged.
    async fn send(&self, outbox: &Outbox) -> Result<(), Unacknowledged> {
        let deadline = Instant::now() + self.timeout;
        let mut waiting = Vec::with_capacity(outbox.items().len());
        let mut refused = Vec::new();
        for (index, item) in outbox.items().iter().enumerate() {
            let (topic, message) = match &item.verdict {
                Verdict::Publish { message, .. } => (&self.enriched, message),
                Verdict::DeadLetter { message, .. } => (&self.dead_letter, message),
                Verdict::Drop(_) => continue,
            };
            match self.enqueue(topic, message, deadline).await {
                Ok(delivery) => waiting.push((index, delivery)),
                Err(error) if is_too_large(&error) => refused.push(index),
                Err(error) => return Err(Unacknowledged::Failed(Error::of("sending", &error))),
            }
        }
        let (indices, deliveries): (Vec<usize>, Vec<DeliveryFuture>) = waiting.into_iter().unzip();
        let Ok(results) = timeout_at(deadline, join_all(deliveries)).await else {
            let problem = format!("the brokers did not acknowledge a batch within {:?}", self.timeout);
            return Err(Unacknowledged::Failed(Error::Rewind(problem)));
        };
        let mut failed = None;
        for (index, result) in indices.into_iter().zip(results) {
            match result {
                Ok(Ok(_)) => {}
                Ok(Err((error, _))) if is_too_large(&error) => refused.push(index),
                Ok(Err((error, _))) => failed = worse(failed, Error::of("sending", &error)),
                Err(_) => failed = worse(failed, Error::Rebuild("the producer was closed".to_owned())),
            }
        }
        match failed {
            // What was refused says more than what was purged because of it.
            _ if !refused.is_empty() => Err(Unacknowledged::Refused(refused)),
            Some(error) => Err(Unacknowledged::Failed(error)),
            None => Ok(()),
        }
    }

    /// Queues one message. A full queue is back-pressure: it is offered again until the deadline.
    async fn enqueue(&self, topic: &str, message: &Outgoing, deadline: Instant) -> Result<DeliveryFuture, KafkaError> {
        loop {
            let mut record = FutureRecord::<[u8], [u8]>::to(topic).headers(headers(message));
            record.key = message.key.as_deref();
            record.payload = message.value.as_deref();
            match self.producer.send_result(record) {
                Ok(delivery) => return Ok(delivery),
                Err((error, _)) if is_queue_full(&error) && Instant::now() < deadline => sleep(QUEUE_FULL_PAUSE).await,
                Err((error, _)) => return Err(error),
            }
        }
    }

    async fn commit(
        &self,
        resume: BTreeMap<TopicPartition, ResumeAt>,
        membership: &Arc<Membership>,
        source: &Source,
    ) -> Result<Delivered, Error> {
        let began = Instant::now();
        match self.guarantee {
            Guarantee::ExactlyOnce => self.commit_transaction(&resume, membership).await?,
            Guarantee::AtLeastOnce => commit_offsets(&resume, source).await?,
        }
        Ok(Delivered { resume, commit: began.elapsed() })
    }

    async fn commit_transaction(
        &self,
        resume: &BTreeMap<TopicPartition, ResumeAt>,
        membership: &Arc<Membership>,
    ) -> Result<(), Error> {
        let list = offsets(resume).map_err(|error| Error::Stop(format!("offsets cannot be listed: {error}")))?;
        let (producer, membership, patience) = (self.producer.clone(), membership.clone(), self.timeout);
        let sent = blocking(move || producer.send_offsets_to_transaction(&list, &membership.0, patience)).await?;
        if let Err(error) = sent {
            self.abort().await?;
            return Err(Error::of("committing offsets", &error));
        }
        let deadline = Instant::now() + self.timeout;
        loop {
            let producer = self.producer.clone();
            match blocking(move || producer.commit_transaction(patience)).await? {
                Ok(()) => return Ok(()),
                // Whether it was committed is open until the call has been repeated to its end.
                Err(KafkaError::Transaction(error)) if error.is_retriable() && Instant::now() < deadline => {}
                Err(KafkaError::Transaction(error)) if error.txn_requires_abort() => {
                    self.abort().await?;
                    return Err(Error::Rewind(format!("committing a transaction: {}", error.string())));
                }
                // A new producer of the same name has the coordinator finish or abort it; a new consumer then starts
                // from whatever was committed.
                Err(error) => return Err(Error::of("committing a transaction", &error).or_rebuild()),
            }
        }
    }

    /// Takes back what was sent. Under at-least-once only what has not yet left can be taken back.
    async fn abort(&self) -> Result<(), Error> {
        let producer = self.producer.clone();
        match self.guarantee {
            Guarantee::AtLeastOnce => blocking(move || producer.purge(PurgeConfig::default().queue().inflight())).await,
            Guarantee::ExactlyOnce => {
                let aborted = blocking(move || producer.abort_transaction(TRANSACTION_CALL_TIMEOUT)).await?;
                aborted.map_err(|error| Error::of("aborting a transaction", &error).or_rebuild())
            }
        }
    }

    /// Closes the producer. It can block, so it happens on a thread that may.
    pub async fn close(self) {
        // The producer is gone either way; a panic while closing it has been logged.
        _ = tokio::task::spawn_blocking(move || drop(self.producer)).await;
    }
}

/// Commits the offsets of a delivered batch. A failed commit loses nothing: if the partitions are still this member's,
/// the next commit covers them, and if not, their new owner reads them again.
async fn commit_offsets(resume: &BTreeMap<TopicPartition, ResumeAt>, source: &Source) -> Result<(), Error> {
    match source.commit(resume.clone()).await? {
        Ok(()) => Ok(()),
        Err(error) => match Error::of("committing offsets", &error) {
            Error::Stop(problem) => Err(Error::Stop(problem)),
            Error::Rewind(problem) | Error::Rebuild(problem) => {
                tracing::warn!(problem, "offsets not committed; the next commit covers them");
                Ok(())
            }
        },
    }
}

fn give_other_verdicts(outbox: &mut Outbox, indices: &[usize], processor: &Processor) {
    for &index in indices {
        let item = &outbox.items()[index];
        let verdict = match &item.verdict {
            Verdict::Publish { message, .. } => processor.too_large(&item.record, message.size_bytes()),
            Verdict::DeadLetter { reject, .. } => processor.excerpt(&item.record, reject.clone()),
            Verdict::Drop(rule) => Verdict::Drop(*rule),
        };
        outbox.replace(index, verdict);
    }
}

fn headers(message: &Outgoing) -> OwnedHeaders {
    let headers = OwnedHeaders::new_with_capacity(message.headers.len());
    message.headers.iter().fold(headers, |headers, header| {
        headers.insert(rdkafka::message::Header { key: &header.name, value: header.value.as_deref() })
    })
}

fn is_too_large(error: &KafkaError) -> bool {
    let code = error.rdkafka_error_code();
    matches!(code, Some(RDKafkaErrorCode::MessageSizeTooLarge | RDKafkaErrorCode::InvalidMessageSize))
}

fn is_queue_full(error: &KafkaError) -> bool {
    error.rdkafka_error_code() == Some(RDKafkaErrorCode::QueueFull)
}

/// The error that asks for more.
fn worse(known: Option<Error>, new: Error) -> Option<Error> {
    let rank = |error: &Error| match error {
        Error::Rewind(_) => 0,
        Error::Rebuild(_) => 1,
        Error::Stop(_) => 2,
    };
    known.into_iter().chain([new]).max_by_key(rank)
}
