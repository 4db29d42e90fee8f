//! Kafka's producer, with transactions where the guarantee asks for them.

use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use rdkafka::ClientConfig;
use rdkafka::consumer::ConsumerGroupMetadata;
use rdkafka::error::{KafkaError, RDKafkaErrorCode};
use rdkafka::message::{Message, OwnedHeaders};
use rdkafka::producer::{DeliveryFuture, FutureProducer, FutureRecord, Producer, PurgeConfig};

use super::client::{Role, client_config};
use super::consumer::{blocking, offsets};
use super::preflight::Topology;
use super::{ClientErrors, error_of};
use crate::config::{Config, Guarantee};
use crate::delivery::{self, Error, Resume, Uncommitted, Unsent};
use crate::pipeline::Outgoing;

/// How long a start-up or an abort waits for the brokers.
const TRANSACTION_CALL_TIMEOUT: Duration = Duration::from_secs(30);

/// The producer of one worker.
pub struct Writer(FutureProducer<ClientErrors>);

impl Writer {
    /// Connects, and under exactly-once ends what an earlier process of the same instance left open.
    ///
    /// # Errors
    /// [`Error::Stop`] on what an operator must mend, else [`Error::Rebuild`].
    pub async fn open(config: &Config, worker: usize, topology: &Topology) -> Result<Self, Error> {
        let with_transactions = config.delivery.guarantee == Guarantee::ExactlyOnce;
        Self::connect(&client_config(config, Role::Sink { worker, topology }), with_transactions).await
    }

    /// Connects for a replay of dead letters, and ends what an earlier run of it left open.
    ///
    /// # Errors
    /// [`Error::Stop`] on what an operator must mend, else [`Error::Rebuild`].
    pub async fn for_replay(config: &Config, group: &str) -> Result<Self, Error> {
        Self::connect(&client_config(config, Role::Replay { group }), true).await
    }

    async fn connect(client: &ClientConfig, with_transactions: bool) -> Result<Self, Error> {
        let refused = |error: KafkaError| Error::Stop(format!("the producer cannot be made: {error}"));
        let producer: FutureProducer<ClientErrors> =
            client.create_with_context(ClientErrors::default()).map_err(refused)?;
        if with_transactions {
            let producer = producer.clone();
            let done = blocking(move || producer.init_transactions(TRANSACTION_CALL_TIMEOUT)).await?;
            done.map_err(|error| error_of("beginning with transactions", &error).or_rebuild())?;
        }
        Ok(Self(producer))
    }

    /// Queues a message for a partition; `None` lets its key decide.
    ///
    /// # Errors
    /// Why it was not taken.
    pub fn send_to(&self, topic: &str, partition: Option<i32>, message: &Outgoing) -> Result<Delivery, Unsent> {
        let mut record = FutureRecord::<[u8], [u8]>::to(topic).headers(headers(message));
        record.partition = partition;
        record.key = message.key.as_deref();
        record.payload = message.value.as_deref();
        self.0.send_result(record).map(Delivery).map_err(|(error, _)| unsent(topic, &error))
    }
}

impl delivery::Producer for Writer {
    type Membership = ConsumerGroupMetadata;
    type Delivery = Delivery;

    fn begin(&self) -> Result<(), Error> {
        self.0.begin_transaction().map_err(|error| error_of("beginning a transaction", &error))
    }

    fn send(&self, topic: &str, message: &Outgoing) -> Result<Delivery, Unsent> {
        self.send_to(topic, None, message)
    }

    async fn add_offsets(
        &self,
        resume: Resume,
        membership: Arc<ConsumerGroupMetadata>,
        timeout: Duration,
    ) -> Result<(), Error> {
        let list = offsets(&resume).map_err(|error| Error::Stop(format!("offsets cannot be listed: {error}")))?;
        let producer = self.0.clone();
        let sent = blocking(move || producer.send_offsets_to_transaction(&list, &membership, timeout)).await?;
        sent.map_err(|error| error_of("committing offsets", &error))
    }

    async fn commit(&self, timeout: Duration) -> Result<(), Uncommitted> {
        let producer = self.0.clone();
        let error = match blocking(move || producer.commit_transaction(timeout)).await {
            Ok(Ok(())) => return Ok(()),
            Ok(Err(error)) => error,
            Err(error) => return Err(Uncommitted::Failed(error)),
        };
        let failed = error_of("committing a transaction", &error);
        Err(match &error {
            KafkaError::Transaction(inner) if inner.is_retriable() => Uncommitted::Unknown(failed),
            KafkaError::Transaction(inner) if inner.txn_requires_abort() => {
                Uncommitted::Abortable(format!("committing a transaction: {}", inner.string()))
            }
            _ => Uncommitted::Failed(failed),
        })
    }

    async fn abort(&self) -> Result<(), Error> {
        let producer = self.0.clone();
        let aborted = blocking(move || producer.abort_transaction(TRANSACTION_CALL_TIMEOUT)).await?;
        aborted.map_err(|error| error_of("aborting a transaction", &error))
    }

    async fn purge(&self) -> Result<(), Error> {
        let producer = self.0.clone();
        blocking(move || producer.purge(PurgeConfig::default().queue().inflight())).await
    }

    /// Closing a producer can block, so it happens on a thread that may.
    async fn close(self) {
        // The producer is gone either way; a panic while closing it has been logged.
        _ = tokio::task::spawn_blocking(move || drop(self.0)).await;
    }
}

/// The acknowledgement of one message.
pub struct Delivery(DeliveryFuture);

impl Future for Delivery {
    type Output = Result<(), Unsent>;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        Poll::Ready(match ready!(Pin::new(&mut self.0).poll(cx)) {
            Ok(Ok(_)) => Ok(()),
            Ok(Err((error, message))) => Err(unsent(message.topic(), &error)),
            Err(_) => Err(Unsent::Failed(Error::Rebuild("the producer was closed".to_owned()))),
        })
    }
}

fn unsent(topic: &str, error: &KafkaError) -> Unsent {
    match error.rdkafka_error_code() {
        Some(RDKafkaErrorCode::MessageSizeTooLarge | RDKafkaErrorCode::InvalidMessageSize) => Unsent::TooLarge,
        Some(RDKafkaErrorCode::QueueFull) => Unsent::QueueFull,
        Some(_) | None => Unsent::Failed(error_of(&format!("sending to {topic}"), error)),
    }
}

fn headers(message: &Outgoing) -> OwnedHeaders {
    let headers = OwnedHeaders::new_with_capacity(message.headers.len());
    message.headers.iter().fold(headers, |headers, header| {
        headers.insert(rdkafka::message::Header { key: &header.name, value: header.value.as_deref() })
    })
}
