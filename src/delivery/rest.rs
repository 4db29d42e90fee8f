//! A stop in step: who still has a batch in hand.

use tokio::sync::watch;

/// A stop, in step: no worker leaves the group before every worker has delivered its last batch. One that left earlier
/// would make the others rebalance, and a group that rebalances refuses commits: their last batches would be done
/// twice.
#[derive(Debug)]
pub struct Rest {
    busy: watch::Sender<usize>,
    rested: bool,
}

impl Rest {
    /// One for each of so many workers.
    #[must_use]
    pub fn for_each(workers: usize) -> Vec<Self> {
        let busy = watch::Sender::new(workers);
        (0..workers).map(|_| Self { busy: busy.clone(), rested: false }).collect()
    }

    /// Says that this worker has delivered its last batch, and waits until every worker has.
    pub async fn wait_for_all(&mut self) {
        self.rest();
        // An error means that nobody is left who could be busy.
        _ = self.busy.subscribe().wait_for(|busy| *busy == 0).await;
    }

    fn rest(&mut self) {
        if !std::mem::replace(&mut self.rested, true) {
            self.busy.send_modify(|busy| *busy -= 1);
        }
    }
}

/// A worker that has ended otherwise keeps nobody waiting.
impl Drop for Rest {
    fn drop(&mut self) {
        self.rest();
    }
}
