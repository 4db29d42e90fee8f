//! Whether topics may be written to, and transactions be used, found out without writing anything.
//!
//! A broker checks the right to write before it checks the size. A message one byte larger than the topic takes is
//! therefore refused either way: for its size where writing is permitted, for want of the right where it is not.

use std::time::Duration;

use rdkafka::error::{KafkaError, RDKafkaErrorCode};
use rdkafka::producer::{FutureProducer, FutureRecord, Producer};
use tracing::{debug, warn};

use super::client::{Role, client_config, transactional_id};
use super::consumer::blocking;
use super::{ClientErrors, Error, describe};
use crate::config::Config;

/// Topics that take larger messages are not probed: the probe would cost more than a clear error at the first message.
const PROBE_BYTES_MAX: usize = 16 * 1024 * 1024;

/// How long a broker may take to refuse the probe: a partition whose leader has just died gets another one within that
/// time, and a process that starts meanwhile need not fail.
const PROBE_TIMEOUT: Duration = Duration::from_secs(30);

/// How long the brokers may take to begin with transactions: the same, and on a new cluster they make the topic for it
/// first.
const TRANSACTIONS_TIMEOUT: Duration = Duration::from_secs(30);

/// What keeps this user from writing to `topic`, which takes messages of `bytes_max` bytes; `None` if nothing does or
/// if that cannot be told.
pub(super) async fn write(config: &Config, topic: &str, bytes_max: usize) -> Option<String> {
    if bytes_max > PROBE_BYTES_MAX {
        debug!(topic, bytes_max, "not probed: the topic takes large messages");
        return None;
    }
    let mut client = client_config(config, Role::Admin);
    client.set("message.max.bytes", (bytes_max + 1024).to_string()).set("compression.codec", "none");
    client.set("message.timeout.ms", PROBE_TIMEOUT.as_millis().to_string());
    let producer: FutureProducer<ClientErrors> = match client.create_with_context(ClientErrors::default()) {
        Ok(producer) => producer,
        Err(error) => return Some(format!("topic {topic}: the producer cannot be made: {error}")),
    };
    let value = vec![0; bytes_max + 1];
    let sent = producer.send(FutureRecord::<(), [u8]>::to(topic).payload(&value), PROBE_TIMEOUT).await;
    match sent {
        Err((error, _)) => refusal(topic, &error),
        Ok(_) => {
            warn!(topic, bytes_max, "the topic took a probe that was larger than its max.message.bytes");
            None
        }
    }
}

/// What keeps this user from using transactions; `None` if nothing does.
///
/// The id is one that no worker has, so that a running process of the same instance is not fenced.
pub(super) async fn transactions(config: &Config) -> Result<Option<String>, Error> {
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
            format!(
                "transactional id {id}: not permitted; grant WRITE on the transactional ids that start with {prefix}"
            )
        }
        _ => format!("transactional id {id}: {}", describe(&error)),
    }))
}

fn refusal(topic: &str, error: &KafkaError) -> Option<String> {
    match error.rdkafka_error_code() {
        Some(RDKafkaErrorCode::MessageSizeTooLarge | RDKafkaErrorCode::InvalidMessageSize) => None,
        Some(RDKafkaErrorCode::TopicAuthorizationFailed) => {
            Some(format!("topic {topic}: not permitted to write to it; grant WRITE on it to this user"))
        }
        _ => Some(format!("topic {topic}: cannot be written to: {}", describe(error))),
    }
}
