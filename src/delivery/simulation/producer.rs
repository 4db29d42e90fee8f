//! A producer: its queue, its acknowledgements, and answers that do not come.

use std::pin::Pin;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use tokio::sync::watch;
use tokio::time::Instant;

use super::cluster::{Form, outcome_of};
use super::group::Vouch;
use super::process::{Shared, lock, pass};
use crate::delivery::{Error, Producer, Resume, Uncommitted, Unsent};
use crate::pipeline::Outgoing;

/// How long a producer's queue stays full at most: longer than a delivery may take.
const QUEUE_FULL_MILLIS: u64 = 60_000;

/// The producer of a worker.
pub(super) struct Writer {
    cluster: Shared,
    /// Its name and epoch, under exactly-once.
    transactions: Option<(usize, u64)>,
    paused: watch::Receiver<bool>,
    /// Its queue takes nothing before.
    full_until: Mutex<Instant>,
    /// Whether the last commit, which was not answered, happened.
    unanswered: Mutex<Option<bool>>,
}

impl Writer {
    pub(super) fn new(cluster: Shared, transactions: Option<(usize, u64)>, paused: watch::Receiver<bool>) -> Self {
        let (full_until, unanswered) = (Mutex::new(Instant::now()), Mutex::default());
        Self { cluster, transactions, paused, full_until, unanswered }
    }

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
        let mut unanswered = self.unanswered.lock().expect("no panics");
        let before = unanswered.take();
        if cluster.fails() {
            // Once a commit is on its way it cannot be aborted.
            if before.is_none() && cluster.chance.once_in(3) {
                return Err(Uncommitted::Abortable("a message failed".to_owned()));
            }
            let happened = before == Some(true) || (cluster.chance.once_in(2) && cluster.commits(name, epoch));
            let no_answer = Error::Rewind("no answer to a commit".to_owned());
            if cluster.chance.once_in(2) {
                return Err(Uncommitted::Failed(no_answer));
            }
            *unanswered = Some(happened);
            return Err(Uncommitted::Unknown(no_answer));
        }
        let done = before == Some(true) || cluster.commits(name, epoch);
        if done { Ok(()) } else { Err(Uncommitted::Failed(fenced())) }
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
