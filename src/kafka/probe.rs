//! Whether topics may be written to, and the group and transactions be used, found out without writing anything.
//!
//! A broker checks the right to write before it checks the size. A message one byte larger than the topic takes is
//! therefore refused either way: for its size where writing is permitted, for want of the right where it is not.

use std::thread::sleep;
use std::time::{Duration, Instant};

use rdkafka::consumer::{BaseConsumer, Consumer};
use rdkafka::error::{KafkaError, RDKafkaErrorCode};
use rdkafka::producer::{FutureProducer, FutureRecord, Producer};
use rdkafka::topic_partition_list::TopicPartitionList;
use tracing::{debug, warn};

use super::client::{Role, client_config, transactional_id};
use super::consumer::blocking;
use super::{ClientErrors, Error, error_of, needs_an_operator};
use crate::config::Config;

/// Topics that take larger messages are not probed: the probe would cost more than a clear error at the first message.
const PROBE_BYTES_MAX: usize = 16 * 1024 * 1024;

/// How long a broker may take to refuse the probe: most partitions whose leader has just died get another one within that
/// time.
const PROBE_TIMEOUT: Duration = Duration::from_secs(30);

/// How long the brokers may take to say what a group has committed.
const ANSWER_TIMEOUT: Duration = Duration::from_secs(10);

/// How long the brokers may take to find a coordinator: for the first group of a new cluster they make the topic first.
const COORDINATOR_TIMEOUT: Duration = Duration::from_secs(15);

/// The pause before a group's coordinator is looked for again.
const COORDINATOR_PAUSE: Duration = Duration::from_millis(200);

/// How long a client that was not answered is asked why.
const REFUSAL_TIMEOUT: Duration = Duration::from_secs(1);

/// How long the brokers may take to begin with transactions; on a new cluster they make the topic for it first.
const TRANSACTIONS_TIMEOUT: Duration = Duration::from_secs(30);

/// What keeps this user from writing to `topic`, which takes messages of `bytes_max` bytes; `None` if nothing does or
/// if that cannot be told.
pub(super) async fn write(config: &Config, topic: &str, bytes_max: usize) -> Option<Error> {
    if bytes_max > PROBE_BYTES_MAX {
        debug!(topic, bytes_max, "not probed: the topic takes large messages");
        return None;
    }
    let mut client = client_config(config, Role::Admin);
    client.set("message.max.bytes", (bytes_max + 1024).to_string()).set("compression.codec", "none");
    client.set("message.timeout.ms", PROBE_TIMEOUT.as_millis().to_string());
    let producer: FutureProducer<ClientErrors> = match client.create_with_context(ClientErrors::default()) {
        Ok(producer) => producer,
        Err(error) => return Some(Error::Stop(format!("topic {topic}: the producer cannot be made: {error}"))),
    };
    let value = vec![0; bytes_max + 1];
    let sent = producer.send(FutureRecord::<(), [u8]>::to(topic).payload(&value), PROBE_TIMEOUT).await;
    match sent {
        Err((error, _)) => unwritable(topic, &error),
        Ok(_) => {
            warn!(topic, bytes_max, "the topic took a probe that was larger than its max.message.bytes");
            None
        }
    }
}

/// Whether this user may be a member of the group.
#[expect(clippy::disallowed_methods, reason = "the client is synchronous: it waits on a thread that may block")]
pub(super) async fn group(config: &Config) -> Result<Option<Error>, Error> {
    let (mut client, group) = (client_config(config, Role::Source { worker: None }), config.kafka.group.clone());
    // Whoever reads committed records is kept waiting while a transaction that moves the offset is open, and a process
    // that was killed has left one open.
    client.set("isolation.level", "read_uncommitted");
    let Some(topic) = config.topics.raw.iter().find(|name| !name.starts_with('^')).cloned() else { return Ok(None) };
    blocking(move || {
        let consumer: BaseConsumer<ClientErrors> = client.create_with_context(ClientErrors::default())?;
        let mut partitions = TopicPartitionList::new();
        partitions.add_partition(&topic, 0);
        let deadline = Instant::now() + COORDINATOR_TIMEOUT;
        loop {
            match consumer.committed_offsets(partitions.clone(), ANSWER_TIMEOUT) {
                // The first group of a new cluster, or a broker that has just gone: a coordinator is on its way.
                Err(error) if lacks_coordinator(&error) && Instant::now() < deadline => sleep(COORDINATOR_PAUSE),
                // A refusal comes as an error of the consumer, while the call itself runs out of time.
                Err(error) => return Err(refusal(&consumer).unwrap_or(error)),
                Ok(_) => return Ok(()),
            }
        }
    })
    .await
    .map(|committed| match committed {
        Ok(()) => None,
        Err(error) => match error.rdkafka_error_code() {
            Some(RDKafkaErrorCode::GroupAuthorizationFailed) => {
                let fault = format!("consumer group {group}: not permitted; grant READ on the group to this user");
                Some(Error::Stop(fault))
            }
            _ => Some(error_of(&format!("consumer group {group}"), &error)),
        },
    })
}

/// The refusal among what a consumer has to tell, if there is one.
fn refusal(consumer: &BaseConsumer<ClientErrors>) -> Option<KafkaError> {
    let deadline = Instant::now() + REFUSAL_TIMEOUT;
    while Instant::now() < deadline {
        // Log lines come by the same way: an empty hand is no end.
        if let Some(Err(error)) = consumer.poll(REFUSAL_TIMEOUT / 100)
            && error.rdkafka_error_code().is_some_and(needs_an_operator)
        {
            return Some(error);
        }
    }
    None
}

fn lacks_coordinator(error: &KafkaError) -> bool {
    use RDKafkaErrorCode::{CoordinatorLoadInProgress, CoordinatorNotAvailable, NotCoordinator};
    let code = error.rdkafka_error_code();
    matches!(code, Some(CoordinatorLoadInProgress | CoordinatorNotAvailable | NotCoordinator))
}

/// What keeps this user from using transactions; `None` if nothing does.
///
/// The id is one that no worker has, so that a running process of the same instance is not fenced.
pub(super) async fn transactions(config: &Config) -> Result<Option<Error>, Error> {
    let id = transactional_id(config, "preflight");
    let mut client = client_config(config, Role::Admin);
    client.set("transactional.id", &id);
    let begun = blocking(move || {
        let producer: FutureProducer<ClientErrors> = client.create_with_context(ClientErrors::default())?;
        producer.init_transactions(TRANSACTIONS_TIMEOUT)
    });
    let Err(error) = begun.await? else { return Ok(None) };
    Ok(Some(match error.rdkafka_error_code() {
        Some(RDKafkaErrorCode::TransactionalIdAuthorizationFailed) => {
            let prefix = id.trim_end_matches("preflight");
            Error::Stop(format!(
                "transactional id {id}: not permitted; grant WRITE on the transactional ids that start with {prefix}"
            ))
        }
        _ => error_of(&format!("transactional id {id}"), &error),
    }))
}

fn unwritable(topic: &str, error: &KafkaError) -> Option<Error> {
    match error.rdkafka_error_code() {
        Some(RDKafkaErrorCode::MessageSizeTooLarge | RDKafkaErrorCode::InvalidMessageSize) => None,
        Some(RDKafkaErrorCode::TopicAuthorizationFailed) => {
            let fault = format!("topic {topic}: not permitted to write to it; grant WRITE on it to this user");
            Some(Error::Stop(fault))
        }
        _ => Some(error_of(&format!("topic {topic}: cannot be written to"), error)),
    }
}
