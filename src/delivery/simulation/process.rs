//! A process: what its workers stand on. Its clock can be made to stand still.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tokio::sync::watch;
use tokio::time::sleep;

use super::cluster::Cluster;
use super::consumer::Member;
use super::producer::Writer;
use crate::config::Guarantee;
use crate::delivery::{Error, Platform};
use crate::telemetry::Telemetry;

/// The brokers, as every client sees them.
pub(super) type Shared = Arc<Mutex<Cluster>>;

pub(super) fn lock(cluster: &Shared) -> MutexGuard<'_, Cluster> {
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
pub(super) async fn pass(cluster: &Shared, paused: &watch::Receiver<bool>, millis_max: u64) {
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
        Ok(Writer::new(cluster, transactions, paused))
    }

    fn consumer(&self, worker: usize) -> Result<Member, Error> {
        Ok(Member::join(worker, self.cluster.clone(), self.paused.clone(), self.telemetry.clone()))
    }

    async fn compute<T: Send + 'static>(&self, work: impl FnOnce() -> T + Send + 'static) -> Result<T, Error> {
        self.pass(30).await;
        Ok(work())
    }
}
