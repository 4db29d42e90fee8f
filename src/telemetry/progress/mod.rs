//! Where each partition stands, and whether the loops tick: lag, liveness and readiness rest on this board.
//!
//! Liveness is about this program's loops and never about the brokers: a restart does not mend a cluster. Readiness is
//! about the partitions that this process has: each must be caught up or moving.

mod partition;

use std::collections::BTreeMap;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::time::Instant;

use self::partition::{EXTENT_SHOWN_MAX, Partition, Waited, unix_seconds};
pub use self::partition::{Extent, PartitionView, Reach};
use crate::record::{ResumeAt, TopicPartition};

/// How long a partition may have lag without progress before the process is not ready.
const STALLED_AFTER: Duration = Duration::from_secs(30);

/// A partition that has records left and does not get on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stalled {
    /// Which.
    pub partition: TopicPartition,
    /// The first record that is not delivered, if that is known.
    pub resume: Option<i64>,
    /// For how long.
    pub time: Duration,
}

/// The board.
#[derive(Debug)]
pub struct Progress {
    busy_max: Duration,
    stalled_after: Duration,
    board: Mutex<Board>,
}

#[derive(Debug, Default)]
struct Board {
    workers: BTreeMap<usize, Instant>,
    joined: bool,
    missing_topics: Vec<String>,
    /// When the brokers last told where every partition ends; before they first do, when this process began.
    answered: Option<Instant>,
    answered_unix: i64,
    failed: Option<String>,
    partitions: BTreeMap<TopicPartition, Partition>,
    /// What is known of partitions that this process had. It stays true as a bound if it gets one again, and a worker that
    /// makes new clients gets most of them again.
    had: BTreeMap<TopicPartition, Waited>,
}

impl Board {
    /// Takes off the partitions of which this holds, and remembers what is still of use of them.
    fn give_up(&mut self, gone: impl Fn(&TopicPartition, &Partition) -> bool) {
        for (partition, known) in self.partitions.extract_if(.., |partition, known| gone(partition, known)) {
            self.had.insert(partition, known.waited);
        }
    }
}

impl Progress {
    /// An empty board. A loop may be busy with one batch for `busy_max` before it counts as stuck, and a partition with
    /// records left may stand still for `stalled_after` before it counts as stalled.
    #[must_use]
    pub fn new(busy_max: Duration, stalled_after: Duration) -> Self {
        let board = Board { answered: Some(Instant::now()), answered_unix: unix_seconds(), ..Board::default() };
        Self { busy_max, stalled_after, board: Mutex::new(board) }
    }

    /// For how long a partition with records left may stand still before it counts as stalled.
    #[must_use]
    pub fn stalled_after(&self) -> Duration {
        self.stalled_after
    }

    /// A worker's loop has come round.
    pub fn tick(&self, worker: usize) {
        self.board().workers.insert(worker, Instant::now());
    }

    /// A worker has ended its loop on purpose.
    pub fn ended(&self, worker: usize) {
        self.board().workers.remove(&worker);
    }

    /// A worker was given these partitions; a group that gives none away has answered as well.
    pub fn assigned(&self, worker: usize, partitions: &[TopicPartition]) {
        let mut board = self.board();
        board.joined = true;
        board.workers.insert(worker, Instant::now());
        for partition in partitions {
            let waited = board.had.get(partition).copied().unwrap_or_default();
            board.partitions.insert(partition.clone(), Partition::new(worker, waited));
        }
    }

    /// These partitions are no longer this worker's.
    pub fn revoked(&self, worker: usize, partitions: &[TopicPartition]) {
        // Another worker of this process may have been given one already.
        self.board().give_up(|partition, known| known.worker == worker && partitions.contains(partition));
    }

    /// A worker has left the group, or has made new clients: it has no partitions until it is given some.
    pub fn left(&self, worker: usize) {
        self.board().give_up(|_, known| known.worker == worker);
    }

    /// A worker's client has come further in a partition. Clients know of partitions that are not theirs, too: what
    /// they say of those is passed over.
    pub fn reached(&self, worker: usize, partition: &TopicPartition, reach: Reach) {
        if let Some(known) = self.board().partitions.get_mut(partition).filter(|known| known.worker == worker) {
            known.reached(reach);
        }
    }

    /// The brokers have told where a partition begins and ends. One that is caught up counts as making progress.
    pub fn extends(&self, partition: &TopicPartition, extent: Extent) {
        if let Some(known) = self.board().partitions.get_mut(partition) {
            known.extends(extent);
        }
    }

    /// The brokers have told where every partition ends.
    pub fn answered(&self) {
        let mut board = self.board();
        (board.answered, board.answered_unix) = (Some(Instant::now()), unix_seconds());
    }

    /// When they last did, or when this process began, in seconds since the Unix epoch.
    #[must_use]
    pub fn answered_unix(&self) -> i64 {
        self.board().answered_unix
    }

    /// These topics should be read and are not there. Gives whether that is news.
    pub fn missing(&self, topics: Vec<String>) -> bool {
        let mut board = self.board();
        let is_news = board.missing_topics != topics;
        board.missing_topics = topics;
        is_news
    }

    /// The process has failed for good, and is about to end.
    pub fn failed(&self, problem: &str) {
        self.board().failed = Some(problem.to_owned());
    }

    /// The partitions of this process.
    #[must_use]
    pub fn assignment(&self) -> Vec<TopicPartition> {
        self.board().partitions.keys().cloned().collect()
    }

    /// A batch is delivered: the partition resumes there, and its newest record was of this time.
    pub fn delivered(&self, partition: &TopicPartition, resume: ResumeAt, newest_ms: Option<i64>) {
        if let Some(known) = self.board().partitions.get_mut(partition) {
            known.delivered(resume, newest_ms);
        }
    }

    /// The partitions of a worker that have stood still for too long.
    #[must_use]
    pub fn stalled(&self, worker: usize) -> Vec<Stalled> {
        let stalled = |(partition, known): (&TopicPartition, &Partition)| {
            let time = known.stalled_for().filter(|time| *time >= self.stalled_after)?;
            Some(Stalled { partition: partition.clone(), resume: known.resume(), time })
        };
        self.board().partitions.iter().filter(|(_, known)| known.worker == worker).filter_map(stalled).collect()
    }

    /// Every partition of this process.
    #[must_use]
    pub fn partitions(&self) -> Vec<PartitionView> {
        let now_ms = unix_seconds() * 1000;
        let board = self.board();
        let known = board.partitions.iter();
        known.map(|(partition, known)| known.view(partition, now_ms, self.stalled_after)).collect()
    }

    /// The running workers, and how long ago the loop of each came round.
    #[must_use]
    pub fn workers(&self) -> Vec<(usize, Duration)> {
        self.board().workers.iter().map(|(worker, ticked)| (*worker, ticked.elapsed())).collect()
    }

    /// Whether every loop ticks.
    ///
    /// # Errors
    /// Which does not.
    pub fn live(&self) -> Result<(), String> {
        let board = self.board();
        let stuck = board.workers.iter().find(|(_, ticked)| ticked.elapsed() > self.busy_max);
        match stuck {
            Some((worker, ticked)) => Err(format!("worker {worker} has not come round for {:?}", ticked.elapsed())),
            None => Ok(()),
        }
    }

    /// Whether the process has joined its group, its topics are there, and each of its partitions is caught up or moving.
    ///
    /// # Errors
    /// What is missing.
    pub fn ready(&self) -> Result<(), String> {
        let board = self.board();
        if let Some(problem) = &board.failed {
            return Err(format!("failed: {problem}"));
        }
        if !board.joined {
            return Err("not yet a member of the consumer group".to_owned());
        }
        if let Some(silent) = board.answered.map(|at| at.elapsed()).filter(|silent| *silent > EXTENT_SHOWN_MAX) {
            return Err(format!("the brokers have not answered for {} s", silent.as_secs()));
        }
        if let Some(topic) = board.missing_topics.first() {
            return Err(format!("raw topic {topic} does not exist"));
        }
        let stalled = |known: &Partition| known.lag() != Some(0) && known.idle() > STALLED_AFTER;
        match board.partitions.iter().find(|(_, known)| stalled(known)) {
            Some((partition, known)) => {
                Err(format!("{partition} has made no progress for {} s", known.idle().as_secs()))
            }
            None => Ok(()),
        }
    }

    fn board(&self) -> MutexGuard<'_, Board> {
        self.board.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests;
