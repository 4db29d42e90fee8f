//! Outboxes become durable: every event, every dead letter, and the offsets that they earned.

use std::iter;
use std::sync::Arc;
use std::time::Duration;

use futures::future::join_all;
use tokio::time::{Instant, sleep, timeout_at};

use super::{Consumer, Error, Producer, Resume, Source, Uncommitted, Unsent};
use crate::config::{Config, Guarantee};
use crate::pipeline::{Outbox, Outgoing, Processor, Verdict};

/// How long the sink waits before it offers a message again that found the producer's queue full.
const QUEUE_FULL_PAUSE: Duration = Duration::from_millis(5);

/// How often one item may be refused as too large and be given another verdict: an event becomes a dead letter, a dead
/// letter its excerpt. A third refusal is the topic's fault.
const REFUSALS_MAX: u8 = 2;

/// The producing half of a worker.
pub struct Sink<P> {
    client: P,
    guarantee: Guarantee,
    enriched: String,
    dead_letter: String,
    timeout: Duration,
}

/// What a delivery came to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Delivered {
    /// Where each partition resumes now.
    pub resume: Resume,
    /// How long the commit itself took.
    pub commit: Duration,
}

/// Why messages of a batch were not acknowledged.
enum Unacknowledged {
    /// These items are larger than their topic takes.
    Refused(Vec<usize>),
    /// The batch as a whole.
    Failed(Error),
}

impl<P: Producer> Sink<P> {
    /// A sink of this client, which keeps the guarantee that is configured.
    pub fn new(client: P, config: &Config) -> Self {
        Self {
            client,
            guarantee: config.delivery.guarantee,
            enriched: config.topics.enriched.clone(),
            dead_letter: config.topics.dead_letter.clone(),
            timeout: config.delivery.timeout,
        }
    }

    /// Makes an outbox durable and moves its offsets. A message that the broker refuses as too large is given another
    /// verdict, within the outbox, and the batch is sent again.
    ///
    /// # Errors
    /// What to do next; nothing of the batch counts as delivered then.
    pub async fn deliver<C: Consumer<Membership = P::Membership>>(
        &self,
        outbox: &mut Outbox,
        membership: &Arc<P::Membership>,
        source: &Source<C>,
        processor: &Processor,
    ) -> Result<Delivered, Error> {
        // Each round but the last refuses an item that may still be refused: there is an end to them.
        let mut refusals = vec![0_u8; outbox.items().len()];
        loop {
            self.begin()?;
            match self.send(outbox).await {
                Ok(()) => return self.commit(outbox.resume(), membership, source).await,
                Err(Unacknowledged::Refused(indices)) => {
                    self.abort().await?;
                    if indices.iter().any(|&index| refusals[index] == REFUSALS_MAX) {
                        let problem =
                            "the dead-letter topic refuses even an excerpt as too large: raise its max.message.bytes";
                        return Err(Error::Stop(problem.to_owned()));
                    }
                    indices.iter().for_each(|&index| refusals[index] += 1);
                    give_other_verdicts(outbox, &indices, processor);
                }
                Err(Unacknowledged::Failed(error)) => {
                    self.abort().await?;
                    return Err(error);
                }
            }
        }
    }

    fn begin(&self) -> Result<(), Error> {
        match self.guarantee {
            Guarantee::AtLeastOnce => Ok(()),
            // A transaction that cannot begin means a producer that cannot go on.
            Guarantee::ExactlyOnce => self.client.begin().map_err(Error::or_rebuild),
        }
    }

    /// Sends every message, and waits until each is acknowledged.
    async fn send(&self, outbox: &Outbox) -> Result<(), Unacknowledged> {
        let deadline = Instant::now() + self.timeout;
        let mut waiting = Vec::with_capacity(outbox.items().len());
        let mut refused = Vec::new();
        for (index, item) in outbox.items().iter().enumerate() {
            for (topic, message) in self.messages(&item.verdict) {
                match self.enqueue(topic, message, deadline).await {
                    Ok(delivery) => waiting.push((index, delivery)),
                    Err(Unsent::TooLarge) => {
                        refused.push(index);
                        break;
                    }
                    Err(Unsent::QueueFull) => {
                        let problem = format!("the producer's queue stayed full for {:?}", self.timeout);
                        return Err(Unacknowledged::Failed(Error::Rewind(problem)));
                    }
                    Err(Unsent::Failed(error)) => return Err(Unacknowledged::Failed(error)),
                }
            }
        }
        let (indices, deliveries): (Vec<usize>, Vec<P::Delivery>) = waiting.into_iter().unzip();
        let Ok(results) = timeout_at(deadline, join_all(deliveries)).await else {
            let problem = format!("the brokers did not acknowledge a batch within {:?}", self.timeout);
            return Err(Unacknowledged::Failed(Error::Rewind(problem)));
        };
        let mut failed = None;
        for (index, result) in indices.into_iter().zip(results) {
            match result {
                Ok(()) => {}
                Err(Unsent::TooLarge) => refused.push(index),
                Err(Unsent::QueueFull) => failed = worse(failed, Error::Rewind("a queue was full".to_owned())),
                Err(Unsent::Failed(error)) => failed = worse(failed, error),
            }
        }
        // An item can be refused once for each of its messages.
        refused.sort_unstable();
        refused.dedup();
        match failed {
            // What was refused says more than what was purged because of it.
            _ if !refused.is_empty() => Err(Unacknowledged::Refused(refused)),
            Some(error) => Err(Unacknowledged::Failed(error)),
            None => Ok(()),
        }
    }

    /// The messages of a verdict, each with its topic: an event and its copies are delivered together or not at all.
    fn messages<'a>(&'a self, verdict: &'a Verdict) -> Vec<(&'a str, &'a Outgoing)> {
        match verdict {
            Verdict::Publish { message, copies, .. } => {
                let copies = copies.iter().map(|copy| (copy.topic(), copy.message(message)));
                iter::once((self.enriched.as_str(), message)).chain(copies).collect()
            }
            Verdict::DeadLetter { message, .. } => vec![(&self.dead_letter, message)],
            Verdict::Drop(_) => Vec::new(),
        }
    }

    /// Queues one message. A full queue is back-pressure: it is offered again until the deadline.
    async fn enqueue(&self, topic: &str, message: &Outgoing, deadline: Instant) -> Result<P::Delivery, Unsent> {
        loop {
            match self.client.send(topic, message) {
                Err(Unsent::QueueFull) if Instant::now() < deadline => sleep(QUEUE_FULL_PAUSE).await,
                done => return done,
            }
        }
    }

    async fn commit<C: Consumer<Membership = P::Membership>>(
        &self,
        resume: Resume,
        membership: &Arc<P::Membership>,
        source: &Source<C>,
    ) -> Result<Delivered, Error> {
        let began = Instant::now();
        match self.guarantee {
            Guarantee::ExactlyOnce => self.commit_transaction(&resume, membership).await?,
            Guarantee::AtLeastOnce => commit_offsets(&resume, source).await?,
        }
        Ok(Delivered { resume, commit: began.elapsed() })
    }

    async fn commit_transaction(&self, resume: &Resume, membership: &Arc<P::Membership>) -> Result<(), Error> {
        if let Err(error) = self.client.add_offsets(resume.clone(), membership.clone(), self.timeout).await {
            self.abort().await?;
            return Err(error);
        }
        let deadline = Instant::now() + self.timeout;
        loop {
            match self.client.commit(self.timeout).await {
                Ok(()) => return Ok(()),
                // Whether it was committed is open until the call has been repeated to its end.
                Err(Uncommitted::Unknown(_)) if Instant::now() < deadline => {}
                Err(Uncommitted::Abortable(problem)) => {
                    self.abort().await?;
                    return Err(Error::Rewind(problem));
                }
                // A new producer of the same name has the coordinator finish or abort it; a new consumer then starts
                // from whatever was committed.
                Err(Uncommitted::Unknown(error) | Uncommitted::Failed(error)) => return Err(error.or_rebuild()),
            }
        }
    }

    /// Takes back what was sent. Under at-least-once only what has not yet left can be taken back.
    async fn abort(&self) -> Result<(), Error> {
        match self.guarantee {
            Guarantee::AtLeastOnce => self.client.purge().await,
            Guarantee::ExactlyOnce => self.client.abort().await.map_err(Error::or_rebuild),
        }
    }

    /// Closes the client.
    pub async fn close(self) {
        self.client.close().await;
    }
}

/// Commits the offsets of a delivered batch. A failed commit loses nothing: if the partitions are still this member's,
/// the source offers them again, and if not, their new owner reads them again.
async fn commit_offsets<C: Consumer>(resume: &Resume, source: &Source<C>) -> Result<(), Error> {
    match source.commit(resume.clone()).await {
        Ok(()) => Ok(()),
        Err(Error::Stop(problem)) => Err(Error::Stop(problem)),
        Err(Error::Rewind(problem) | Error::Rebuild(problem) | Error::Fenced(problem)) => {
            tracing::warn!(problem, "offsets not committed yet");
            Ok(())
        }
    }
}

fn give_other_verdicts(outbox: &mut Outbox, indices: &[usize], processor: &Processor) {
    for &index in indices {
        let item = &outbox.items()[index];
        let verdict = match &item.verdict {
            Verdict::Publish { message, .. } => processor.too_large(&item.record, message.size_bytes()),
            Verdict::DeadLetter { reject, .. } => processor.excerpt(&item.record, reject.clone()),
            Verdict::Drop(rule) => Verdict::Drop(*rule),
        };
        outbox.replace(index, verdict);
    }
}

/// The error that asks for more.
fn worse(known: Option<Error>, new: Error) -> Option<Error> {
    let rank = |error: &Error| match error {
        Error::Rewind(_) => 0,
        Error::Rebuild(_) => 1,
        Error::Fenced(_) => 2,
        Error::Stop(_) => 3,
    };
    known.into_iter().chain([new]).max_by_key(rank)
}
