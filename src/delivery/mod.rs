//! The delivery argument, apart from any client: records in batches, outboxes out, and an offset only with what earned it.
//!
//! [`Consumer`] and [`Producer`] say what is asked of a client. Kafka's are in `src/kafka`; a cluster in memory, with the
//! faults of a real one at chosen moments, is in `simulation` and stands behind the tests. Guarantees: under exactly-once
//! events, dead letters and offsets are one transaction, under at-least-once the offsets follow the acknowledgements. A
//! batch never spans two generations of the consumer group, and what is not delivered is read again.

mod brake;
mod client;
mod rest;
mod session;
mod sink;
mod source;
mod tally;
mod watchdog;
mod worker;

pub use client::{Consumer, Platform, Producer, Uncommitted, Unsent};
pub use rest::Rest;
pub use sink::{Delivered, Sink};
pub use source::{Batch, Source};
pub use worker::Worker;

use std::collections::BTreeMap;
use std::fmt;

use crate::record::{Offset, ResumeAt, TopicPartition};

/// Where partitions are read again from.
pub type Begins = BTreeMap<TopicPartition, Offset>;

/// Where partitions resume: what is committed.
pub type Resume = BTreeMap<TopicPartition, ResumeAt>;

/// What went wrong, grouped by what the caller does next.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Error {
    /// The batch is not delivered: go back to where it began, and repeat it.
    Rewind(String),
    /// The clients cannot go on: make new ones, which start from the committed offsets.
    Rebuild(String),
    /// Another process took this one's name: as [`Self::Rebuild`], and told apart because it comes back as long as both run.
    Fenced(String),
    /// No repetition will help: an operator must.
    Stop(String),
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Rewind(problem) | Self::Rebuild(problem) | Self::Fenced(problem) | Self::Stop(problem) => {
                f.write_str(problem)
            }
        }
    }
}

impl std::error::Error for Error {}

impl Error {
    /// The same error where repeating the batch with these clients cannot help.
    #[must_use]
    pub fn or_rebuild(self) -> Self {
        match self {
            Self::Rewind(problem) | Self::Rebuild(problem) => Self::Rebuild(problem),
            Self::Fenced(problem) => Self::Fenced(problem),
            Self::Stop(problem) => Self::Stop(problem),
        }
    }
}

#[cfg(test)]
mod simulation;
