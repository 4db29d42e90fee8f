//! Kafka at the edge: the clients that `crate::delivery` asks for, and what is learnt of a cluster before and beside them.
//!
//! Not supported: the KIP-848 group protocol and `split_partition_queue`; both can stop a partition silently in the
//! librdkafka that rdkafka 0.39 carries.

mod client;
mod consumer;
mod context;
mod copies;
mod extents;
mod preflight;
mod probe;
mod producer;
mod reach;
mod scan;

pub use client::{Role, client_config};
pub use consumer::Member;
use consumer::blocking;
pub use context::{ClientErrors, Context};
pub use extents::watch_extents;
pub use preflight::{Topology, preflight};
pub use producer::Writer;
pub use reach::reach;
pub use scan::{Scan, Start};

use std::sync::Arc;

use rdkafka::error::{KafkaError, RDKafkaErrorCode};

use crate::config::Config;
use crate::delivery::{self, Error};
use crate::telemetry::Telemetry;

/// What the workers of one service stand on.
#[derive(Debug)]
pub struct Platform {
    /// The service's configuration.
    pub config: Arc<Config>,
    /// What its topics take.
    pub topology: Topology,
    /// Where the clients say what they see.
    pub telemetry: Arc<Telemetry>,
}

impl delivery::Platform for Platform {
    type Consumer = Member;
    type Producer = Writer;

    async fn producer(&self, worker: usize) -> Result<Writer, Error> {
        Writer::open(&self.config, worker, &self.topology).await
    }

    fn consumer(&self, worker: usize) -> Result<Member, Error> {
        Member::join(&self.config, worker, self.telemetry.clone())
    }

    async fn compute<T: Send + 'static>(&self, work: impl FnOnce() -> T + Send + 'static) -> Result<T, Error> {
        blocking(work).await
    }
}

/// Classifies an error of the client, met while doing `what`.
fn error_of(what: &str, error: &KafkaError) -> Error {
    let problem = format!("{what}: {}", describe(error));
    let fatal = matches!(error, KafkaError::Transaction(inner) if inner.is_fatal());
    match error.rdkafka_error_code() {
        Some(code) if needs_an_operator(code) => Error::Stop(problem),
        // The coordinator ended the transaction for being too slow, or another process took the name.
        Some(RDKafkaErrorCode::Fenced | RDKafkaErrorCode::ProducerFenced | RDKafkaErrorCode::InvalidProducerEpoch) => {
            Error::Fenced(format!("{problem} (if this comes back: do two processes share a kafka.instance?)"))
        }
        Some(RDKafkaErrorCode::Fatal) => Error::Rebuild(problem),
        _ if fatal => Error::Rebuild(problem),
        Some(_) | None => Error::Rewind(problem),
    }
}

/// The error in one line: its name, and what it says.
fn describe(error: &KafkaError) -> String {
    match error {
        KafkaError::Transaction(inner) => inner.string(),
        other => other.rdkafka_error_code().map_or_else(|| other.to_string(), |code| code.to_string()),
    }
}

/// Errors that stay as they are however often the call is repeated.
fn needs_an_operator(code: RDKafkaErrorCode) -> bool {
    matches!(
        code,
        RDKafkaErrorCode::Authentication
            | RDKafkaErrorCode::ClusterAuthorizationFailed
            | RDKafkaErrorCode::GroupAuthorizationFailed
            | RDKafkaErrorCode::InvalidConfig
            | RDKafkaErrorCode::InvalidTransactionTimeout
            | RDKafkaErrorCode::SaslAuthenticationFailed
            | RDKafkaErrorCode::TopicAuthorizationFailed
            | RDKafkaErrorCode::TransactionalIdAuthorizationFailed
            | RDKafkaErrorCode::UnsupportedSASLMechanism
    )
}
