//! A consumer: what librdkafka's does of itself, and what it tells at which moment.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use futures::{Stream, stream};
use tokio::sync::watch;
use tokio::time::sleep;

use super::cluster::{Cluster, RAW};
use super::group::{Answer, MemberId, Vouch};
use super::process::{Shared, lock, pass};
use crate::delivery::{Begins, Consumer, Error, Resume};
use crate::record::{Record, TopicPartition};
use crate::telemetry::Telemetry;

/// How often a client says that it is alive.
const HEARTBEAT: Duration = Duration::from_secs(1);

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
    pub(super) fn join(
        worker: usize,
        cluster: Shared,
        paused: watch::Receiver<bool>,
        telemetry: Arc<Telemetry>,
    ) -> Self {
        let state = Arc::new(Mutex::new(State { worker, ..State::default() }));
        let beating = tokio::spawn(beat(cluster.clone(), state.clone(), paused.clone()));
        Self { cluster, state, paused, beating, telemetry }
    }

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
