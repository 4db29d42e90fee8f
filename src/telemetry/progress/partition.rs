//! One partition: how many of its records are not yet delivered, how long the next one has waited, and whether it stands still.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use tokio::time::Instant;

use crate::record::{ResumeAt, TopicPartition};

/// How old the brokers' word on a partition may be for its worker to be blamed: brokers that do not answer are no stall.
const EXTENT_AGE_MAX: Duration = Duration::from_secs(10);

/// How old it may be to be shown: an end that was true a while ago says nothing of what has come since.
pub(super) const EXTENT_SHOWN_MAX: Duration = Duration::from_secs(30);

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

/// A partition that a worker of this process has.
#[derive(Debug)]
pub(super) struct Partition {
    /// The worker that has it.
    pub(super) worker: usize,
    extent: Option<Extent>,
    extent_told: Instant,
    reach: Reach,
    resume: Option<i64>,
    /// Outlives the partition's stay with this process.
    pub(super) waited: Waited,
    progressed: Instant,
    progressed_unix: i64,
}

/// What bounds how long the next record has been waiting.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Waited {
    /// The timestamp of the last record that was delivered.
    newest_ms: Option<i64>,
    /// When the brokers told last that nothing was left.
    caught_up: Option<Instant>,
}

impl Partition {
    /// One that a worker has just been given, and what was known of it before.
    pub(super) fn new(worker: usize, waited: Waited) -> Self {
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

    /// Records that are not yet delivered; `None` while it is not known where the partition ends.
    pub(super) fn lag(&self) -> Option<i64> {
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
    pub(super) fn stalled_for(&self) -> Option<Duration> {
        let is_fresh = self.extent_told.elapsed() <= EXTENT_AGE_MAX;
        (is_fresh && self.lag().is_some_and(|lag| lag > 0)).then(|| self.progressed.elapsed())
    }

    /// How long ago it was last delivered or caught up.
    pub(super) fn idle(&self) -> Duration {
        self.progressed.elapsed()
    }

    /// The first record that is not delivered, if that is known.
    pub(super) fn resume(&self) -> Option<i64> {
        self.resume.or(self.reach.committed)
    }

    /// Its worker's client has come so far.
    pub(super) fn reached(&mut self, reach: Reach) {
        self.reach = reach;
    }

    /// The brokers have told where it begins and ends. Caught up counts as progress.
    pub(super) fn extends(&mut self, extent: Extent) {
        (self.extent, self.extent_told) = (Some(extent), Instant::now());
        if self.lag() == Some(0) {
            self.waited.caught_up = Some(Instant::now());
            self.touch();
        }
    }

    /// A batch is delivered: it resumes there, and its newest record was of this time.
    pub(super) fn delivered(&mut self, resume: ResumeAt, newest_ms: Option<i64>) {
        self.resume = Some(resume.get());
        self.waited.newest_ms = newest_ms.or(self.waited.newest_ms);
        self.touch();
    }

    /// What is shown of it now, by this clock.
    pub(super) fn view(&self, partition: &TopicPartition, now_ms: i64, stalled_after: Duration) -> PartitionView {
        let lag_records = self.lag().filter(|_| self.extent_told.elapsed() <= EXTENT_SHOWN_MAX);
        PartitionView {
            partition: partition.clone(),
            lag_records,
            lag_seconds: lag_records.map(|lag| if lag == 0 { 0 } else { self.lag_seconds(now_ms) }),
            last_progress_unix: self.progressed_unix,
            is_stalled: self.stalled_for().is_some_and(|time| time >= stalled_after),
        }
    }

    fn touch(&mut self) {
        self.progressed = Instant::now();
        self.progressed_unix = unix_seconds();
    }
}

/// Now, in seconds since the Unix epoch.
pub(super) fn unix_seconds() -> i64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    i64::try_from(since.as_secs()).unwrap_or(i64::MAX)
}
