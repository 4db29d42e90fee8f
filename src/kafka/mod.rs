//! Kafka at the edge: records come in through [`Source`], outboxes go out through [`Sink`].
//!
//! Guarantees: an offset moves only with the events and dead letters that earned it. Under exactly-once they are one
//! transaction, under at-least-once the offsets follow the acknowledgements. A batch never spans two generations of
//! the consumer group, and what is not delivered is read again.
//!
//! Not supported: the KIP-848 group protocol and `split_partition_queue`; both can stop a partition silently in the
//! librdkafka that rdkafka 0.39 carries.

mod client;
mod context;
mod extents;
mod preflight;
mod probe;
mod sink;
mod source;

pub use client::{Role, client_config};
pub use context::{ClientErrors, Context};
pub use extents::watch_extents;
pub use preflight::{Topology, preflight};
pub use sink::{Delivered, Sink};
pub use source::{Batch, Membership, Source};

use std::fmt;

use rdkafka::error::{KafkaError, RDKafkaErrorCode};

/// What went wrong, grouped by what the caller does next.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Error {
    /// The batch is not delivered: go back to where it began, and repeat it.
    Rewind(String),
    /// The clients cannot go on: make new ones, which start from the committed offsets.
    Rebuild(String),
    /// No repetition will help: an operator must.
    Stop(String),
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Rewind(problem) | Self::Rebuild(problem) | Self::Stop(problem) => f.write_str(problem),
        }
    }
}

impl std::error::Error for Error {}

impl Error {
    /// Classifies an error of the client, met while doing `what`.
    fn of(what: &str, error: &KafkaError) -> Self {
        let problem = format!("{what}: {}", describe(error));
        let fatal = matches!(error, KafkaError::Transaction(inner) if inner.is_fatal());
        match error.rdkafka_error_code() {
            Some(code) if needs_an_operator(code) => Self::Stop(problem),
            // The coordinator ended the transaction for being too slow, or another process took the name.
            Some(
                RDKafkaErrorCode::Fenced | RDKafkaErrorCode::ProducerFenced | RDKafkaErrorCode::InvalidProducerEpoch,
            ) => Self::Rebuild(format!("{problem} (if this comes back: do two processes share a kafka.instance?)")),
            Some(RDKafkaErrorCode::Fatal) => Self::Rebuild(problem),
            _ if fatal => Self::Rebuild(problem),
            Some(_) | None => Self::Rewind(problem),
        }
    }

    /// The same error where repeating the batch with these clients cannot help.
    fn or_rebuild(self) -> Self {
        match self {
            Self::Rewind(problem) | Self::Rebuild(problem) => Self::Rebuild(problem),
            Self::Stop(problem) => Self::Stop(problem),
        }
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
