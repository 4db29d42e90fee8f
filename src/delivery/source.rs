//! Raw records in batches, as one member of the consumer group.

use std::pin::{Pin, pin};
use std::time::Duration;

use futures::{Stream, StreamExt};
use tokio::time::{Instant, timeout, timeout_at};

use super::{Begins, Consumer, Error, Resume};
use crate::config;
use crate::record::{Offset, Position, Record};

/// How long an idle source waits before it returns without a batch, so that its loop shows that it is alive.
const IDLE_TICK: Duration = Duration::from_secs(1);

/// One member of the group.
pub struct Source<C> {
    client: C,
    bounds: config::Batch,
}

/// Records that are processed and delivered together.
pub struct Batch<M> {
    /// The records, in the order in which they were read; never empty.
    pub records: Vec<Record>,
    /// What the group knew of this member when the batch began. Taken later, it would vouch for records that another
    /// member already has.
    pub membership: M,
}

impl<M> Batch<M> {
    /// Where each partition of the batch began.
    #[must_use]
    pub fn begins(&self) -> Begins {
        begins(&self.records)
    }
}

fn begins(records: &[Record]) -> Begins {
    let mut begins = Begins::new();
    for record in records {
        let Position { partition, offset } = &record.position;
        begins.entry(partition.clone()).and_modify(|at: &mut Offset| *at = (*offset).min(*at)).or_insert(*offset);
    }
    begins
}

impl<C: Consumer> Source<C> {
    /// A source of this client, whose batches keep these bounds.
    pub fn new(client: C, bounds: config::Batch) -> Self {
        Self { client, bounds }
    }

    /// The next batch: what comes until its first bound is reached. `None` after an idle second.
    ///
    /// Dropping the future half-way loses nothing but the reading: no offset has moved.
    ///
    /// # Errors
    /// [`Error::Stop`] on what an operator must mend, [`Error::Rebuild`] on a dead client or if records that were
    /// already read could not be put back after a rebalance.
    pub async fn next_batch(&self) -> Result<Option<Batch<C::Membership>>, Error> {
        let mut stream = pin!(self.client.records());
        let Ok(first) = timeout(IDLE_TICK, next_record(&mut stream)).await else { return Ok(None) };
        let first = first?;
        let closes = Instant::now() + self.bounds.wait_max;
        let generation = self.client.generation();
        let membership = self.client.membership();
        let membership = membership.ok_or_else(|| Error::Rebuild("the consumer is in no group".to_owned()))?;
        let mut bytes = first.size_bytes();
        let mut records = vec![first];
        while records.len() < self.bounds.records_max && bytes < self.bounds.bytes_max {
            let Ok(next) = timeout_at(closes, next_record(&mut stream)).await else { break };
            let record = next?;
            bytes += record.size_bytes();
            records.push(record);
        }
        if self.client.generation() != generation {
            // A batch that spans two generations could hold records that are now another's.
            self.client.seek(begins(&records)).await?;
            return Ok(None);
        }
        Ok(Some(Batch { records, membership }))
    }

    /// Goes back to where a batch began, so that it is read again. Partitions that are no longer this member's are
    /// left alone.
    ///
    /// # Errors
    /// [`Error::Rebuild`] if a partition cannot be put back: a new client starts from what is committed.
    pub async fn rewind(&self, begins: Begins) -> Result<(), Error> {
        self.client.seek(begins).await
    }

    /// Commits offsets outside of a transaction.
    ///
    /// # Errors
    /// The client's error.
    pub async fn commit(&self, resume: Resume) -> Result<(), Error> {
        self.client.commit(resume).await
    }

    /// Leaves the group.
    pub async fn leave(self) {
        self.client.leave().await;
    }
}

async fn next_record(stream: &mut Pin<&mut impl Stream<Item = Result<Record, Error>>>) -> Result<Record, Error> {
    stream.next().await.expect("a consumer's stream never ends")
}
