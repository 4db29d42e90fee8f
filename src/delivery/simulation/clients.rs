//! The clients: what librdkafka does of itself, and what it tells at which moment.

use std::collections::{BTreeMap, BTreeSet};
use std::pin::Pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use futures::{Stream, stream};
use tokio::sync::watch;
use tokio::time::{Instant, sleep};

use super::cluster::{Cluster, Form, RAW, outcome_of};
use super::group::{Answer, MemberId, Vouch};
use crate::config::Guarantee;
use crate::delivery::{Begins, Consumer, Error, Platform, Producer, Resume, Uncommitted, Unsent};
use crate::pipeline::Outgoing;
use crate::record::{Record, TopicPartition};
use crate::telemetry::Telemetry;

/// How often a client says that it is alive.
const HEARTBEAT: Duration = Duration::from_secs(1);

/// How long a producer's queue stays full at most: longer than a delivery may take.
const QUEUE_FULL_MILLIS: u64 = 60_000;

/// The brokers, as every client sees them.
pub(super) type Shared = Arc<Mutex<Cluster>>;

fn lock(cluster: &Shared) -> MutexGuard<'_, Cluster> {
    cluster.lock().unwrap_or_else(PoisonError::into_inner)
}

/// What the workers of one process stand on.
pub(super) struct Process {
    pub(super) cluster: Shared,
    pub(super) guarantee: Guarantee,
    /// Its workers' names begin here.
    pub(super) first_name: usize,
    /// Whether its clock stands.
    pub(super) paused: watch::Receiver<bool>,
    pub(super) telemetry: Arc<Telemetry>,
}

impl Process {
    async fn pass(&self, millis_max: u64) {
        pass(&self.cluster, &self.paused, millis_max).await;
    }
}

/// Time passes; a process whose clock stands waits until it goes on.
async fn pass(cluster: &Shared, paused: &watch::Receiver<bool>, millis_max: u64) {
    let time = lock(cluster).chance.millis(millis_max + 1);
    sleep(time).await;
    // An error means that nobody can stop the clock any more.
    _ = paused.clone().wait_for(|paused| !paused).await;
}

impl Platform for Process {
    type Consumer = Member;
    type Producer = Writer;

    async fn producer(&self, worker: usize) -> Result<Writer, Error> {
        self.pass(20).await;
        let name = self.first_name + worker;
        let mut cluster = lock(&self.cluster);
        if cluster.fails() {
            return Err(Error::Rebuild("no coordinator".to_owned()));
        }
        let exactly_once = self.guarantee == Guarantee::ExactlyOnce;
        let transactions = exactly_once.then(|| (name, cluster.initialises(name)));
        let (cluster, paused) = (self.cluster.clone(), self.paused.clone());
        Ok(Writer { cluster, transactions, paused, full_until: Mutex::new(Instant::now()) })
    }

    fn consumer(&self, worker: usize) -> Result<Member, Error> {
        let state = State { worker, ..State::default() };
        let state = Arc::new(Mutex::new(state));
        let (cluster, paused) = (self.cluster.clone(), self.paused.clone());
        let beating = tokio::spawn(beat(cluster.clone(), state.clone(), paused.clone()));
        let telemetry = self.telemetry.clone();
        Ok(Member { cluster, state, paused, beating, telemetry })
    }

    async fn compute<T: Send + 'static>(&self, work: impl FnOnce() -> T + Send + 'static) -> Result<T, Error> {
        self.pass(30).await;
        Ok(work())
    }
}

/// What a consumer's background knows.
#[derive(Debug, Default)]
struct State {
    worker: usize,
    member: Option<MemberId>,
    generation: i64,
    /// What the application has been given, and where it goes on; `None` until the offset is known.
    owned: BTreeMap<i32, Option<i64>>,
    /// Since when, as [`Consumer::tenures`] counts.
    since: BTreeMap<i32, u64>,
    /// Partitions that the client has silently stopped reading; a seek wakes it up.
    stuck: BTreeSet<i32>,
    /// A rebalance that the application has yet to be told of.
    untold: Option<Untold>,
    lost: bool,
    told: u64,
}

#[derive(Debug)]
enum Untold {
    /// These are its partitions from now on.
    Has(BTreeSet<i32>),
    /// The group has given it up.
    Lost,
}

/// The background of a consumer: it joins, beats and hears of generations, whether or not the application reads.
async fn beat(cluster: Shared, state: Arc<Mutex<State>>, paused: watch::Receiver<bool>) {
    loop {
        {
            let (mut cluster, mut state) = (lock(&cluster), state.lock().expect("no panics"));
            match state.member {
                None if state.untold.is_none() => state.member = Some(cluster.group.join()),
                None => {}
                Some(member) => {
                    let owns: BTreeSet<i32> = state.owned.keys().copied().collect();
                    let settled = state.untold.is_none();
                    match cluster.group.heartbeat(member, state.generation, settled.then_some(&owns)) {
                        Answer::Fine | Answer::Rejoined => {}
                        Answer::Generation(generation, has) => {
                            state.generation = generation;
                            state.untold = Some(Untold::Has(has));
                        }
                        Answer::Unknown => {
                            (state.member, state.generation, state.lost) = (None, -1, true);
                            state.untold = Some(Untold::Lost);
                        }
                    }
                }
            }
        }
        pass(&cluster, &paused, HEARTBEAT.as_millis() as u64 * 2).await;
    }
}

/// A member of the group.
pub(super) struct Member {
    cluster: Shared,
    state: Arc<Mutex<State>>,
    paused: watch::Receiver<bool>,
    beating: tokio::task::JoinHandle<()>,
    telemetry: Arc<Telemetry>,
}

impl Drop for Member {
    fn drop(&mut self) {
        self.beating.abort();
    }
}

impl Member {
    /// What the application's reading yields now: first news of the group, then a record.
    fn poll(&self) -> Result<Option<Record>, Error> {
        let (mut cluster, mut state) = (lock(&self.cluster), self.state.lock().expect("no panics"));
        // Messages that were queued before the news come before it, once in a while.
        let queued = cluster.chance.once_in(3);
        if !queued {
            tell(&mut state, &mut cluster, &self.telemetry);
        }
        if cluster.fails() && cluster.chance.once_in(20) {
            return Err(Error::Rebuild("the consumer failed for good".to_owned()));
        }
        let partitions: Vec<i32> = state.owned.keys().copied().collect();
        let skip = cluster.chance.below(partitions.len().max(1));
        for &partition in partitions.iter().cycle().skip(skip).take(partitions.len()) {
            if cluster.fails() && cluster.chance.once_in(5) {
                state.stuck.insert(partition);
            }
            if state.stuck.contains(&partition) {
                continue;
            }
            let at = state.owned[&partition].or_else(|| cluster.start_of(partition));
            state.owned.insert(partition, at);
            let record = at.and_then(|at| cluster.record(partition, at).cloned());
            if let (Some(record), Some(at)) = (record, at) {
                state.owned.insert(partition, Some(at + 1));
                return Ok(Some(record));
            }
        }
        Ok(None)
    }
}

/// The application is told of a rebalance, and lets go of what it has to.
fn tell(state: &mut State, cluster: &mut Cluster, telemetry: &Telemetry) {
    let before: BTreeSet<i32> = state.owned.keys().copied().collect();
    match state.untold.take() {
        None => return,
        Some(Untold::Lost) => {
            state.owned.clear();
            state.lost = false;
        }
        Some(Untold::Has(has)) => {
            state.owned.retain(|partition, _| has.contains(partition));
            let gave_up = state.owned.len() < before.len();
            has.into_iter().for_each(|partition| _ = state.owned.entry(partition).or_insert(None));
            if let Some(member) = state.member.filter(|_| gave_up) {
                cluster.group.gave_up(member);
            }
        }
    }
    state.told += 1;
    let (now, owned) = (state.told, &state.owned);
    state.since.retain(|partition, _| owned.contains_key(partition));
    owned.keys().for_each(|partition| _ = state.since.entry(*partition).or_insert(now));
    let owned: BTreeSet<i32> = owned.keys().copied().collect();
    state.stuck.retain(|partition| owned.contains(partition));
    let named = |partition: &i32| TopicPartition { topic: RAW.into(), partition: *partition };
    let (gone, new): (Vec<_>, Vec<_>) =
        (before.difference(&owned).map(named).collect(), owned.difference(&before).map(named).collect());
    telemetry.progress.revoked(state.worker, &gone);
    telemetry.progress.assigned(state.worker, &new);
}

impl Consumer for Member {
    type Membership = Vouch;

    fn records(&self) -> impl Stream<Item = Result<Record, Error>> + Send {
        stream::unfold((), move |()| async move {
            loop {
                pass(&self.cluster, &self.paused, 3).await;
                match self.poll() {
                    Ok(Some(record)) => return Some((Ok(record), ())),
                    Ok(None) => sleep(Duration::from_millis(50)).await,
                    Err(error) => return Some((Err(error), ())),
                }
            }
        })
    }

    fn generation(&self) -> u64 {
        self.state.lock().expect("no panics").told
    }

    fn tenures(&self) -> BTreeMap<TopicPartition, u64> {
        let named = |(&partition, &since): (&i32, &u64)| (TopicPartition { topic: RAW.into(), partition }, since);
        self.state.lock().expect("no panics").since.iter().map(named).collect()
    }

    fn membership(&self) -> Option<Vouch> {
        let state = self.state.lock().expect("no panics");
        Some(match state.member {
            Some(_) => Vouch { member: state.member, generation: state.generation },
            None => Vouch::NOBODY,
        })
    }

    fn is_lost(&self) -> bool {
        self.state.lock().expect("no panics").lost
    }

    async fn seek(&self, begins: Begins) -> Result<(), Error> {
        pass(&self.cluster, &self.paused, 5).await;
        let (mut cluster, mut state) = (lock(&self.cluster), self.state.lock().expect("no panics"));
        if cluster.fails() && cluster.chance.once_in(5) {
            return Err(Error::Rebuild("seeking back".to_owned()));
        }
        for (partition, offset) in begins {
            if let Some(at) = state.owned.get_mut(&partition.partition) {
                *at = Some(offset.0);
                state.stuck.remove(&partition.partition);
            }
        }
        Ok(())
    }

    async fn commit(&self, resume: Resume) -> Result<(), Error> {
        pass(&self.cluster, &self.paused, 10).await;
        let vouch = self.membership().unwrap_or(Vouch::NOBODY);
        let mut cluster = lock(&self.cluster);
        let fails = cluster.fails();
        if fails && cluster.chance.once_in(2) {
            return Err(Error::Rewind("no answer to a commit".to_owned()));
        }
        let taken = cluster.commits_offsets(&resume, vouch);
        if fails || !taken { Err(Error::Rewind("a commit was refused".to_owned())) } else { Ok(()) }
    }

    async fn leave(self) {
        let member = self.state.lock().expect("no panics").member.take();
        if let Some(member) = member {
            lock(&self.cluster).group.leave(member);
        }
    }
}

/// The producer of a worker.
pub(super) struct Writer {
    cluster: Shared,
    /// Its name and epoch, under exactly-once.
    transactions: Option<(usize, u64)>,
    paused: watch::Receiver<bool>,
    /// Its queue takes nothing before.
    full_until: Mutex<Instant>,
}

impl Writer {
    fn named(&self) -> (usize, u64) {
        self.transactions.expect("only transactions ask")
    }
}

fn fenced() -> Error {
    Error::Fenced("fenced".to_owned())
}

impl Producer for Writer {
    type Membership = Vouch;
    type Delivery = Pin<Box<dyn Future<Output = Result<(), Unsent>> + Send>>;

    fn begin(&self) -> Result<(), Error> {
        let (name, epoch) = self.named();
        if lock(&self.cluster).begins(name, epoch) { Ok(()) } else { Err(fenced()) }
    }

    fn send(&self, topic: &str, message: &Outgoing) -> Result<Self::Delivery, Unsent> {
        let (of, form) = outcome_of(topic, message);
        let mut full_until = self.full_until.lock().expect("no panics");
        if Instant::now() < *full_until {
            return Err(Unsent::QueueFull);
        }
        let mut cluster = lock(&self.cluster);
        let fails = cluster.fails();
        let done = if fails && cluster.chance.once_in(4) {
            *full_until = Instant::now() + cluster.chance.millis(QUEUE_FULL_MILLIS);
            return Err(Unsent::QueueFull);
        } else if fails && cluster.chance.once_in(2) {
            cluster.skipped(of);
            Err(Unsent::Failed(Error::Rewind("a message timed out".to_owned())))
        } else if form == Form::Event && fails {
            cluster.skipped(of);
            Err(Unsent::TooLarge)
        } else if !cluster.takes(self.transactions, of, form) {
            Err(Unsent::Failed(fenced()))
        } else if fails {
            // It arrived, and the answer did not.
            Err(Unsent::Failed(Error::Rewind("a message timed out".to_owned())))
        } else {
            Ok(())
        };
        drop(cluster);
        let (cluster, paused) = (self.cluster.clone(), self.paused.clone());
        Ok(Box::pin(async move {
            pass(&cluster, &paused, 10).await;
            done
        }))
    }

    async fn add_offsets(&self, resume: Resume, membership: Arc<Vouch>, _: Duration) -> Result<(), Error> {
        pass(&self.cluster, &self.paused, 10).await;
        let (name, epoch) = self.named();
        let mut cluster = lock(&self.cluster);
        let taken = !cluster.fails() && cluster.adds(name, epoch, &resume, *membership);
        if taken { Ok(()) } else { Err(Error::Rewind("offsets were refused".to_owned())) }
    }

    async fn commit(&self, _: Duration) -> Result<(), Uncommitted> {
        pass(&self.cluster, &self.paused, 10).await;
        let (name, epoch) = self.named();
        let mut cluster = lock(&self.cluster);
        if cluster.fails() {
            if cluster.chance.once_in(3) {
                return Err(Uncommitted::Abortable("a message failed".to_owned()));
            }
            let happened = cluster.chance.once_in(2);
            if happened {
                _ = cluster.commits(name, epoch);
            }
            return Err(Uncommitted::Failed(Error::Rewind("no answer to a commit".to_owned())));
        }
        if cluster.commits(name, epoch) { Ok(()) } else { Err(Uncommitted::Failed(fenced())) }
    }

    async fn abort(&self) -> Result<(), Error> {
        pass(&self.cluster, &self.paused, 10).await;
        let (name, epoch) = self.named();
        let mut cluster = lock(&self.cluster);
        let done = !cluster.fails() && cluster.aborts(name, epoch);
        if done { Ok(()) } else { Err(fenced()) }
    }

    async fn purge(&self) -> Result<(), Error> {
        Ok(())
    }

    async fn close(self) {
        pass(&self.cluster, &self.paused, 5).await;
    }
}
