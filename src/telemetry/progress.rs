//! Where each partition stands, and whether the loops tick: lag, liveness and readiness rest on this board.
//!
//! Liveness is about this program's loops and never about the brokers: a restart does not mend a cluster. Readiness is
//! about the partitions that this process has: each must be caught up or moving.

use std::collections::BTreeMap;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use tokio::time::Instant;

use crate::record::{ResumeAt, TopicPartition};

/// How long a partition may have lag without progress before the process is not ready.
const STALLED_AFTER: Duration = Duration::from_secs(30);

/// The bounds of a partition, as the brokers give them: offsets.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Extent {
    /// The oldest record that is still there.
    pub low: i64,
    /// The end, for a reader of committed records.
    pub end: i64,
}

/// How far a worker's client has come in a partition: offsets.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Reach {
    /// What the group has committed.
    pub committed: Option<i64>,
    /// What is fetched next.
    pub fetched_to: Option<i64>,
    /// What comes after the last record that was handed over.
    pub taken_to: Option<i64>,
    /// Records that are fetched and not yet handed over.
    pub queued: i64,
}

/// How old the brokers' word on a partition may be for its worker to be blamed: brokers that do not answer are no stall.
const EXTENT_AGE_MAX: Duration = Duration::from_secs(10);

/// How old it may be to be shown: an end that was true a while ago says nothing of what has come since.
const EXTENT_SHOWN_MAX: Duration = Duration::from_secs(30);

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

/// A partition as metrics show it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PartitionView {
    /// Which.
    pub partition: TopicPartition,
    /// Records not yet delivered; `None` while it is not known where the partition ends.
    pub lag_records: Option<i64>,
    /// How long, in seconds, the next record to be delivered has been waiting at most; 0 without lag, `None` while that is
    /// unknown.
    pub lag_seconds: Option<i64>,
    /// When it was last delivered or caught up, seconds since the Unix epoch.
    pub last_progress_unix: i64,
    /// Whether it has records left and has not got on for the time after which the watchdog heals it.
    pub is_stalled: bool,
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

#[derive(Debug)]
struct Partition {
    worker: usize,
    extent: Option<Extent>,
    extent_told: Instant,
    reach: Reach,
    resume: Option<i64>,
    waited: Waited,
    progressed: Instant,
    progressed_unix: i64,
}

/// What bounds how long the next record has been waiting.
#[derive(Clone, Copy, Debug, Default)]
struct Waited {
    /// The timestamp of the last record that was delivered.
    newest_ms: Option<i64>,
    /// When the brokers told last that nothing was left.
    caught_up: Option<Instant>,
}

impl Partition {
    fn new(worker: usize, waited: Waited) -> Self {
        Self {
            worker,
            extent: None,
            extent_told: Instant::now(),
            reach: Reach::default(),
            resume: None,
            waited,
            progressed: Instant::now(),
            progressed_unix: unix_seconds(),
        }
    }

    /// Where delivery stands: what this process delivered, else what the group has committed, else where fetching
    /// began, else the oldest record.
    fn position(&self, extent: Extent) -> i64 {
        let began = self.reach.fetched_to.map(|at| at - self.reach.queued).filter(|_| self.reach.taken_to.is_none());
        self.resume.or(self.reach.committed).or(began).unwrap_or(extent.low).max(extent.low)
    }

    fn lag(&self) -> Option<i64> {
        let extent = self.extent?;
        let position = self.position(extent);
        // Transaction markers occupy offsets and are never handed over: a client that has fetched up to the end, holds
        // nothing back and has handed over nothing beyond what is delivered has no lag, whatever the difference says.
        let fetched_all = self.reach.fetched_to.is_some_and(|at| at >= extent.end) && self.reach.queued == 0;
        let drained = fetched_all && self.reach.taken_to.is_none_or(|at| at <= position);
        Some(if drained { 0 } else { (extent.end - position).max(0) })
    }

    /// How long the next record to be delivered has been waiting at most, in seconds. It came after the last delivered one,
    /// and after nothing was left. Until either is known, it is how long this process has had the partition.
    fn lag_seconds(&self, now_ms: i64) -> i64 {
        let seconds = |time: Duration| i64::try_from(time.as_secs()).unwrap_or(i64::MAX);
        let since_record = self.waited.newest_ms.map(|ms| ((now_ms - ms) / 1000).max(0));
        let since_caught_up = self.waited.caught_up.map(|at| seconds(at.elapsed()));
        let known = since_record.into_iter().chain(since_caught_up).min();
        known.unwrap_or_else(|| seconds(self.progressed.elapsed()))
    }

    /// For how long it has had records left that the brokers tell of, and has not got on.
    fn stalled_for(&self) -> Option<Duration> {
        let is_fresh = self.extent_told.elapsed() <= EXTENT_AGE_MAX;
        (is_fresh && self.lag().is_some_and(|lag| lag > 0)).then(|| self.progressed.elapsed())
    }

    fn touch(&mut self) {
        self.progressed = Instant::now();
        self.progressed_unix = unix_seconds();
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
            known.reach = reach;
        }
    }

    /// The brokers have told where a partition begins and ends. One that is caught up counts as making progress.
    pub fn extends(&self, partition: &TopicPartition, extent: Extent) {
        if let Some(known) = self.board().partitions.get_mut(partition) {
            (known.extent, known.extent_told) = (Some(extent), Instant::now());
            if known.lag() == Some(0) {
                known.waited.caught_up = Some(Instant::now());
                known.touch();
            }
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
            known.resume = Some(resume.get());
            known.waited.newest_ms = newest_ms.or(known.waited.newest_ms);
            known.touch();
        }
    }

    /// The partitions of a worker that have stood still for too long.
    #[must_use]
    pub fn stalled(&self, worker: usize) -> Vec<Stalled> {
        let stalled = |(partition, known): (&TopicPartition, &Partition)| {
            let time = known.stalled_for().filter(|time| *time >= self.stalled_after)?;
            let resume = known.resume.or(known.reach.committed);
            Some(Stalled { partition: partition.clone(), resume, time })
        };
        self.board().partitions.iter().filter(|(_, known)| known.worker == worker).filter_map(stalled).collect()
    }

    /// Every partition of this process.
    #[must_use]
    pub fn partitions(&self) -> Vec<PartitionView> {
        let now_ms = unix_seconds() * 1000;
        let view = |(partition, known): (&TopicPartition, &Partition)| {
            let lag_records = known.lag().filter(|_| known.extent_told.elapsed() <= EXTENT_SHOWN_MAX);
            PartitionView {
                partition: partition.clone(),
                lag_records,
                lag_seconds: lag_records.map(|lag| if lag == 0 { 0 } else { known.lag_seconds(now_ms) }),
                last_progress_unix: known.progressed_unix,
                is_stalled: known.stalled_for().is_some_and(|time| time >= self.stalled_after),
            }
        };
        self.board().partitions.iter().map(view).collect()
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
        let stalled = |known: &Partition| known.lag() != Some(0) && known.progressed.elapsed() > STALLED_AFTER;
        match board.partitions.iter().find(|(_, known)| stalled(known)) {
            Some((partition, known)) => {
                Err(format!("{partition} has made no progress for {:?}", known.progressed.elapsed()))
            }
            None => Ok(()),
        }
    }

    fn board(&self) -> MutexGuard<'_, Board> {
        self.board.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn unix_seconds() -> i64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    i64::try_from(since.as_secs()).unwrap_or(i64::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::record::Offset;

    fn partition() -> TopicPartition {
        TopicPartition { topic: "news.raw".into(), partition: 0 }
    }

    fn check(extent: (i64, i64), reach: Reach, delivered: Option<i64>, expected: Option<i64>) {
        let progress = Progress::new(Duration::from_secs(60), Duration::ZERO);
        progress.assigned(3, &[partition()]);
        if let Some(last) = delivered {
            progress.delivered(&partition(), Offset(last).next(), None);
        }
        progress.reached(3, &partition(), reach);
        // Another client's word on the same partition.
        progress.reached(4, &partition(), Reach { committed: Some(1), ..Reach::default() });
        progress.extends(&partition(), Extent { low: extent.0, end: extent.1 });
        assert_eq!(progress.partitions()[0].lag_records, expected, "{extent:?} {reach:?} {delivered:?}");
    }

    #[test]
    fn lag_is_what_is_not_yet_delivered() {
        let reach = |committed, fetched_to, taken_to, queued| Reach { committed, fetched_to, taken_to, queued };
        let nothing = Reach::default();
        check((0, 10), nothing, None, Some(10));
        check((4, 10), nothing, None, Some(6));
        check((0, 10), reach(Some(7), None, None, 0), None, Some(3));
        check((0, 10), reach(Some(7), None, None, 0), Some(8), Some(1));
        // An empty partition without a commit, and one that is read from its end.
        check((0, 0), reach(None, Some(0), None, 0), None, Some(0));
        check((2, 9), reach(None, Some(8), None, 3), None, Some(4));
        // Expired records are no lag.
        check((9, 10), reach(Some(2), None, None, 0), None, Some(1));
        // The last offset is a transaction marker.
        check((0, 10), reach(Some(9), Some(10), Some(9), 0), Some(8), Some(0));
        check((0, 10), reach(Some(9), Some(10), None, 0), None, Some(0));
        // Fetched but not yet delivered is lag, handed over or not.
        check((0, 10), reach(Some(5), Some(10), Some(9), 0), Some(4), Some(5));
        check((0, 10), reach(Some(5), Some(10), None, 5), None, Some(5));
    }

    #[tokio::test(start_paused = true)]
    async fn a_partition_stalls_while_it_has_records_and_the_brokers_answer() {
        let progress = Progress::new(Duration::from_secs(60), Duration::from_secs(30));
        let extends = |end| progress.extends(&partition(), Extent { low: 0, end });
        let stalled = || {
            progress.stalled(0).into_iter().map(|stalled| (stalled.resume, stalled.time.as_secs())).collect::<Vec<_>>()
        };
        progress.assigned(0, &[partition()]);
        progress.delivered(&partition(), Offset(4).next(), None);
        extends(9);
        tokio::time::advance(Duration::from_secs(29)).await;
        extends(9);
        assert_eq!(stalled(), []);
        tokio::time::advance(Duration::from_secs(1)).await;
        assert_eq!(stalled(), [(Some(5), 30)]);
        assert!(progress.partitions()[0].is_stalled);
        assert_eq!(progress.stalled(1), [], "it is not that worker's");
        // Brokers that have not answered for a while are no stall.
        tokio::time::advance(Duration::from_secs(11)).await;
        assert_eq!(stalled(), []);
        extends(9);
        assert_eq!(stalled(), [(Some(5), 41)]);
        progress.delivered(&partition(), Offset(5).next(), None);
        assert_eq!(stalled(), []);
        // Nothing is left: nothing can stand still.
        progress.delivered(&partition(), Offset(8).next(), None);
        tokio::time::advance(Duration::from_secs(60)).await;
        extends(9);
        assert_eq!(stalled(), []);
    }

    #[tokio::test(start_paused = true)]
    async fn lag_in_seconds_is_how_long_the_next_record_has_waited_at_most() {
        let progress = Progress::new(Duration::from_secs(60), Duration::from_secs(30));
        let extends = |end| progress.extends(&partition(), Extent { low: 0, end });
        let lag = || progress.partitions()[0].lag_seconds;
        let wait = |seconds| tokio::time::advance(Duration::from_secs(seconds));
        progress.assigned(0, &[partition()]);
        assert_eq!(lag(), None, "nothing is known yet");
        wait(5).await;
        extends(9);
        assert_eq!(lag(), Some(5), "no record was delivered: as long as this process has it");
        // A record of an hour ago was delivered; the next one may be as old.
        let hour_ago = unix_seconds() * 1000 - 3_600_000;
        progress.delivered(&partition(), Offset(3).next(), Some(hour_ago));
        assert!((3_600..3_660).contains(&lag().unwrap()), "{:?}", lag());
        progress.delivered(&partition(), Offset(8).next(), Some(hour_ago));
        extends(9);
        assert_eq!(lag(), Some(0));
        // What comes after everything was delivered has not waited for an hour, however old the last record is.
        wait(4).await;
        extends(10);
        assert_eq!(lag(), Some(4));
        // What the brokers told a while ago is not shown as what is.
        wait(31).await;
        assert_eq!((lag(), progress.partitions()[0].lag_records), (None, None));
        extends(10);
        assert_eq!(lag(), Some(35));
        // New clients do not forget it.
        progress.left(0);
        progress.assigned(0, &[partition()]);
        extends(10);
        assert_eq!(lag(), Some(35));
    }

    #[test]
    fn ready_means_joined_and_live_means_ticking() {
        let progress = Progress::new(Duration::ZERO, Duration::ZERO);
        assert!(progress.ready().is_err());
        assert!(progress.live().is_ok());
        progress.assigned(0, &[]);
        assert!(progress.ready().is_ok());
        assert!(progress.missing(vec!["news.raw".to_owned()]));
        assert!(!progress.missing(vec!["news.raw".to_owned()]));
        assert_eq!(progress.ready(), Err("raw topic news.raw does not exist".to_owned()));
        assert!(progress.missing(Vec::new()));
        assert!(progress.ready().is_ok());
        progress.failed("no rights");
        assert_eq!(progress.ready(), Err("failed: no rights".to_owned()));
        // With no time to be busy, a loop is stuck as soon as the clock has moved.
        while progress.live().is_ok() {
            std::hint::spin_loop();
        }
        progress.ended(0);
        assert!(progress.live().is_ok());
    }

    #[tokio::test(start_paused = true)]
    async fn a_process_without_partitions_is_not_ready_while_brokers_are_silent() {
        let progress = Progress::new(Duration::from_secs(60), Duration::from_secs(60));
        progress.assigned(0, &[]);
        tokio::time::advance(Duration::from_secs(30)).await;
        assert!(progress.ready().is_ok());
        tokio::time::advance(Duration::from_secs(1)).await;
        assert_eq!(progress.ready(), Err("the brokers have not answered for 31 s".to_owned()));
        progress.answered();
        assert!(progress.ready().is_ok());
    }

    #[test]
    fn revoked_partitions_are_forgotten_unless_another_worker_has_them() {
        let progress = Progress::new(Duration::ZERO, Duration::ZERO);
        progress.assigned(0, &[partition()]);
        progress.assigned(1, &[partition()]);
        progress.revoked(0, &[partition()]);
        assert_eq!(progress.assignment(), [partition()]);
        progress.revoked(1, &[partition()]);
        progress.assigned(1, &[partition()]);
        progress.left(0);
        assert_eq!(progress.assignment(), [partition()]);
        progress.left(1);
        progress.extends(&partition(), Extent { low: 0, end: 1 });
        assert!(progress.partitions().is_empty());
    }
}
