//! What is asked of a client of the log.

use std::collections::BTreeMap;
use std::future::Future;
use std::sync::Arc;
use std::time::Duration;

use futures::Stream;

use super::{Begins, Error, Resume};
use crate::pipeline::Outgoing;
use crate::record::{Record, TopicPartition};

/// What a worker stands on: clients, at its start and whenever they have to be made anew, and threads to compute on.
pub trait Platform: Send + Sync + 'static {
    /// What reads.
    type Consumer: Consumer;
    /// What writes.
    type Producer: Producer<Membership = <Self::Consumer as Consumer>::Membership>;

    /// A producer of this worker. Under exactly-once, whatever an earlier producer of the worker left open is ended.
    ///
    /// # Errors
    /// [`Error::Stop`] on what an operator must mend, else [`Error::Rebuild`].
    fn producer(&self, worker: usize) -> impl Future<Output = Result<Self::Producer, Error>> + Send;

    /// A new member of the group.
    ///
    /// # Errors
    /// [`Error::Stop`] if the client refuses its configuration.
    fn consumer(&self, worker: usize) -> Result<Self::Consumer, Error>;

    /// Runs what takes long away from the threads that wait.
    ///
    /// # Errors
    /// [`Error::Rebuild`] if it came to no end.
    fn compute<T: Send + 'static>(
        &self,
        work: impl FnOnce() -> T + Send + 'static,
    ) -> impl Future<Output = Result<T, Error>> + Send;
}

/// One member of the consumer group.
pub trait Consumer: Send + Sync + 'static {
    /// A member's generation in its group. Offsets that are committed under an old one are refused: this is what fences
    /// a member that lost its partitions.
    type Membership: Send + Sync + 'static;

    /// The records, as they come, without an end. Dropping the stream loses nothing but the reading: no offset moves.
    ///
    /// An item is an error only if the batch, the client or the process cannot go on.
    fn records(&self) -> impl Stream<Item = Result<Record, Error>> + Send;

    /// A number that changes with every rebalance that reached this member.
    fn generation(&self) -> u64;

    /// What this member holds, each partition with the [generation](Self::generation) since which it has held it without a
    /// break.
    fn tenures(&self) -> BTreeMap<TopicPartition, u64>;

    /// What the group knows of this member now; `None` outside of a group.
    fn membership(&self) -> Option<Self::Membership>;

    /// Whether the group has given this member up: its partitions may be another's already. The client finds that out by
    /// itself, and tells of it only when it is read from next. Until then its [membership](Self::membership) is that of
    /// nobody, and within a transaction Kafka takes nobody's offsets for good.
    fn is_lost(&self) -> bool;

    /// Puts partitions back, so that these records come again. Those that are no longer this member's are left alone.
    ///
    /// # Errors
    /// [`Error::Rebuild`] if a partition cannot be put back: a new client starts from what is committed.
    fn seek(&self, begins: Begins) -> impl Future<Output = Result<(), Error>> + Send;

    /// Commits offsets outside of a transaction: the second half of at-least-once.
    ///
    /// # Errors
    /// Nothing is known then to be committed.
    fn commit(&self, resume: Resume) -> impl Future<Output = Result<(), Error>> + Send;

    /// Leaves the group.
    fn leave(self) -> impl Future<Output = ()> + Send;
}

/// The producing client of one worker.
pub trait Producer: Send + Sync + 'static {
    /// See [`Consumer::Membership`].
    type Membership: Send + Sync + 'static;
    /// Resolves once the brokers have acknowledged a message, or have refused it.
    type Delivery: Future<Output = Result<(), Unsent>> + Send;

    /// Begins a transaction.
    ///
    /// # Errors
    /// The client's error.
    fn begin(&self) -> Result<(), Error>;

    /// Queues a message.
    ///
    /// # Errors
    /// Why it was not taken.
    fn send(&self, topic: &str, message: &Outgoing) -> Result<Self::Delivery, Unsent>;

    /// Makes offsets part of the transaction.
    ///
    /// # Errors
    /// The transaction has to be aborted then.
    fn add_offsets(
        &self,
        resume: Resume,
        membership: Arc<Self::Membership>,
        timeout: Duration,
    ) -> impl Future<Output = Result<(), Error>> + Send;

    /// Ends the transaction: everything in it is visible, and the offsets have moved.
    ///
    /// # Errors
    /// What is known of it then.
    fn commit(&self, timeout: Duration) -> impl Future<Output = Result<(), Uncommitted>> + Send;

    /// Ends the transaction: nothing in it ever happened.
    ///
    /// # Errors
    /// A client that cannot abort cannot go on.
    fn abort(&self) -> impl Future<Output = Result<(), Error>> + Send;

    /// Forgets what was queued and has not yet left, outside of a transaction.
    ///
    /// # Errors
    /// The client's error.
    fn purge(&self) -> impl Future<Output = Result<(), Error>> + Send;

    /// Closes the client.
    fn close(self) -> impl Future<Output = ()> + Send;
}

/// Why a message was not acknowledged.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Unsent {
    /// The client's queue is full: back-pressure.
    QueueFull,
    /// The message is larger than its topic takes.
    TooLarge,
    /// Anything else.
    Failed(Error),
}

/// What is known of a transaction whose commit did not succeed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Uncommitted {
    /// Nothing: the call has to be repeated.
    Unknown(Error),
    /// It has to be aborted.
    Abortable(String),
    /// Nothing, and this client cannot find out.
    Failed(Error),
}
