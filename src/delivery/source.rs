//! Raw records in batches, as one member of the consumer group.

use std::collections::BTreeMap;
use std::pin::{Pin, pin};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use futures::{Stream, StreamExt};
use tokio::time::{Instant, timeout, timeout_at};

use super::{Begins, Consumer, Error, Resume};
use crate::config;
use crate::record::{Offset, Position, Record, ResumeAt, TopicPartition};

/// How long an idle source waits before it returns without a batch, so that its loop shows that it is alive.
const IDLE_TICK: Duration = Duration::from_secs(1);

/// How long [`Source::settle`] reads on before it offers offsets again.
const SETTLE_PAUSE: Duration = Duration::from_millis(100);

/// One member of the group.
pub struct Source<C> {
    client: C,
    bounds: config::Batch,
    /// Offsets whose commit is not known to have been taken, each with the tenure under which it was earned.
    owed: Mutex<BTreeMap<TopicPartition, (ResumeAt, u64)>>,
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
        Self { client, bounds, owed: Mutex::default() }
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
        let Ok(first) = timeout(IDLE_TICK, next_record(&mut stream)).await else {
            self.commit_owed().await?;
            return Ok(None);
        };
        let first = first?;
        let closes = Instant::now() + self.bounds.wait_max;
        let generation = self.client.generation();
        let membership = self.client.membership();
        let membership = membership.ok_or_else(|| Error::Rebuild("the consumer is in no group".to_owned()))?;
        if self.client.is_lost() {
            // The record was fetched before the member was given up. Whoever has its partition now reads it again.
            return Ok(None);
        }
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

    /// Commits offsets outside of a transaction. What is refused is owed: it is offered again with the next commit, or
    /// once there is nothing to read, as long as the partition has not changed hands.
    ///
    /// # Errors
    /// The client's error.
    pub async fn commit(&self, resume: Resume) -> Result<(), Error> {
        let tenures = self.client.tenures();
        let earned = resume.into_iter().filter_map(|(partition, at)| {
            let tenure = *tenures.get(&partition)?;
            Some((partition, (at, tenure)))
        });
        // Owed before it is offered: whoever stops waiting for the answer still owes it.
        let offsets: Resume = {
            let mut owed = self.owed();
            owed.retain(|partition, (_, tenure)| tenures.get(partition) == Some(tenure));
            owed.extend(earned);
            owed.iter().map(|(partition, (at, _))| (partition.clone(), *at)).collect()
        };
        if offsets.is_empty() {
            return Ok(());
        }
        self.client.commit(offsets).await?;
        self.owed().clear();
        Ok(())
    }

    /// Commits what is owed. A further refusal changes nothing.
    async fn commit_owed(&self) -> Result<(), Error> {
        if self.owed().is_empty() {
            return Ok(());
        }
        match self.commit(Resume::new()).await {
            Err(Error::Stop(problem)) => Err(Error::Stop(problem)),
            Ok(()) | Err(Error::Rewind(_) | Error::Rebuild(_) | Error::Fenced(_)) => Ok(()),
        }
    }

    /// Commits what is owed before this member leaves, within this time. Only a client that is read from takes part in a
    /// rebalance, and offsets are taken again after it; what is read meanwhile is left to whoever reads next.
    pub async fn settle(&self, within: Duration) {
        let deadline = Instant::now() + within;
        let mut stream = pin!(self.client.records());
        while !self.owed().is_empty() && Instant::now() < deadline {
            let read_on = async { while let Some(Ok(_)) = stream.next().await {} };
            _ = timeout(SETTLE_PAUSE, read_on).await;
            if self.commit_owed().await.is_err() {
                return;
            }
        }
    }

    fn owed(&self) -> MutexGuard<'_, BTreeMap<TopicPartition, (ResumeAt, u64)>> {
        self.owed.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Leaves the group.
    pub async fn leave(self) {
        self.client.leave().await;
    }
}

async fn next_record(stream: &mut Pin<&mut impl Stream<Item = Result<Record, Error>>>) -> Result<Record, Error> {
    stream.next().await.expect("a consumer's stream never ends")
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicU64, Ordering};

    use futures::stream;

    use super::*;

    /// A consumer of one partition, whose generation changes before the third record.
    #[derive(Default)]
    struct Moving {
        generation: AtomicU64,
        is_lost: bool,
        sought: Mutex<Vec<i64>>,
    }

    fn partition() -> TopicPartition {
        TopicPartition { topic: "raw".into(), partition: 0 }
    }

    impl Consumer for Moving {
        type Membership = u64;

        fn records(&self) -> impl Stream<Item = Result<Record, Error>> + Send {
            stream::iter(0..4).map(|offset| {
                if offset == 2 {
                    self.generation.fetch_add(1, Ordering::AcqRel);
                }
                let position = Position { partition: partition(), offset: Offset(offset) };
                Ok(Record { position, time_ms: None, key: None, headers: Vec::new(), value: None })
            })
        }

        fn generation(&self) -> u64 {
            self.generation.load(Ordering::Acquire)
        }

        fn tenures(&self) -> BTreeMap<TopicPartition, u64> {
            BTreeMap::from([(partition(), 0)])
        }

        fn membership(&self) -> Option<u64> {
            Some(self.generation())
        }

        fn is_lost(&self) -> bool {
            self.is_lost
        }

        async fn seek(&self, begins: Begins) -> Result<(), Error> {
            self.sought.lock().unwrap().extend(begins.values().map(|offset| offset.0));
            Ok(())
        }

        async fn commit(&self, _: Resume) -> Result<(), Error> {
            Ok(())
        }

        async fn leave(self) {}
    }

    /// The offsets of the next batch of at most so many records, if there is one, and where reading went back to.
    fn next(client: Moving, records_max: usize) -> (Option<Vec<i64>>, Vec<i64>) {
        let wait_max = Duration::from_millis(1);
        let source = Source::new(client, config::Batch { records_max, bytes_max: usize::MAX, wait_max });
        let runtime = tokio::runtime::Builder::new_current_thread().enable_time().start_paused(true).build().unwrap();
        let batch = runtime.block_on(source.next_batch()).unwrap();
        let offsets = |batch: Batch<u64>| batch.records.iter().map(|record| record.position.offset.0).collect();
        (batch.map(offsets), source.client.sought.into_inner().unwrap())
    }

    #[test]
    fn a_batch_that_spans_two_generations_is_put_back() {
        assert_eq!(next(Moving::default(), 2), (Some(vec![0, 1]), vec![]));
        assert_eq!(next(Moving::default(), 3), (None, vec![0]));
    }

    #[test]
    fn a_member_that_the_group_has_given_up_begins_nothing() {
        assert_eq!(next(Moving { is_lost: true, ..Moving::default() }, 2), (None, vec![]));
    }
}
