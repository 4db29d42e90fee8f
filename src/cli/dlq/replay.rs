//! `wiredesk dlq replay`: dead letters become raw records again, each at most once a run.
//!
//! Records and progress are one transaction: a replay that is killed goes on where it stopped, with nothing lost and
//! nothing doubled.

use std::collections::BTreeMap;
use std::num::NonZeroU32;
use std::time::Duration;

use futures::future::try_join_all;
use sha2::{Digest, Sha256};
use tokio::time::{Instant, sleep, sleep_until};

use super::{filter, place};
use crate::cli::run::stop_on_signal;
use crate::cli::{Failure, Layers, runtime};
use crate::config::Config;
use crate::delivery::{Error, Producer, Uncommitted, Unsent};
use crate::kafka::{Scan, Writer, reach};
use crate::pipeline::{Letter, Outgoing};

/// A transaction is ended after this long, or with so many letters, so that a slow replay is never timed out.
const TRANSACTION_TIME: Duration = Duration::from_millis(500);
const TRANSACTION_LETTERS: usize = 500;

/// How long a full queue is waited for before the message is offered again.
const QUEUE_FULL_PAUSE: Duration = Duration::from_millis(5);

#[derive(Debug, clap::Args)]
#[command(after_help = "\
Letters go back to the topic and partition that they came from, with their original key, value and headers. What cannot
go back is counted and left: excerpts of records that were too large, letters of other programs, and letters that have
been replayed too often. Progress is kept under a name made of the filter: the same command goes on where it stopped.

Examples:
  wiredesk dlq replay --reason internal --dry-run
  wiredesk dlq replay --reason internal --rate 200
  wiredesk dlq replay --since 2026-03-01T06:00:00Z --to news.raw.retry")]
pub(in crate::cli) struct Args {
    #[command(flatten)]
    filter: filter::Args,
    /// Only say what would be replayed
    #[arg(long)]
    dry_run: bool,
    /// Letters a second at most
    #[arg(long, value_name = "N")]
    rate: Option<NonZeroU32>,
    /// End after this many
    #[arg(long, value_name = "N")]
    count: Option<u64>,
    /// The topic, instead of the one each came from
    #[arg(long, value_name = "TOPIC")]
    to: Option<String>,
    /// Leave letters alone that have been replayed this often
    #[arg(long, value_name = "N", default_value_t = 3)]
    replays_max: u32,
    /// Begin with the first letter, and not where the same command stopped last
    #[arg(long)]
    again: bool,
}

pub(super) fn run(layers: &Layers, args: &Args) -> Result<(), Failure> {
    let config = layers.load()?;
    let filter = args.filter.filter()?;
    if let Some(to) = args.to.as_ref().filter(|to| config.outputs().contains(&to.as_str())) {
        return Err(Failure::Usage(format!("{to} is where wiredesk writes: nothing is read from there")));
    }
    let group = group(&config, args);
    runtime()?.block_on(async {
        reach(&config).await?;
        // Before the progress is asked for: the new producer ends what a killed run has left open.
        let writer = if args.dry_run { None } else { Some(Writer::for_replay(&config, &group).await?) };
        let letters = Scan::open(&config, &config.topics.dead_letter, &group, filter.start(), !args.again).await?;
        let mut replay =
            Replay { config: &config, args, filter, letters, known: BTreeMap::new(), counts: Counts::default() };
        let stop = stop_on_signal()?;
        let done = match &writer {
            None => replay.count_only().await,
            Some(writer) => replay.send_all(writer, || *stop.borrow()).await,
        };
        replay.counts.print(args.dry_run);
        if *stop.borrow() {
            anstream::eprintln!("stopped; the same command goes on from here");
        }
        Ok(done?)
    })
}

/// The group under which the progress of this replay is kept.
fn group(config: &Config, args: &Args) -> String {
    let what = format!("{}|{}|{:?}", config.topics.dead_letter, args.filter.canonical(), args.to);
    let name: String = Sha256::digest(what).iter().take(6).map(|byte| format!("{byte:02x}")).collect();
    format!("{}.replay.{name}", config.kafka.group)
}

struct Replay<'a> {
    config: &'a Config,
    args: &'a Args,
    filter: filter::Filter,
    letters: Scan,
    /// The topics that were asked for, and whether they are there.
    known: BTreeMap<String, bool>,
    counts: Counts,
}

/// What became of the letters that were meant.
#[derive(Debug, Default)]
struct Counts {
    replayed: u64,
    passed_over: BTreeMap<String, u64>,
}

impl Replay<'_> {
    async fn count_only(&mut self) -> Result<(), Error> {
        while self.is_wanted() {
            let Some(next) = self.next().await? else { break };
            self.counts.replayed += u64::from(next.is_some());
        }
        Ok(())
    }

    /// Sends letters in one transaction after the other, until the last, or until a stop is asked for.
    async fn send_all(&mut self, writer: &Writer, stops: impl Fn() -> bool) -> Result<(), Error> {
        let began = Instant::now();
        let mut has_ended = false;
        while !has_ended && !stops() && self.is_wanted() {
            writer.begin()?;
            let before = self.counts.replayed;
            let done = self.fill(writer, began).await;
            let done = match done {
                Ok(ended) => {
                    has_ended = ended;
                    self.commit(writer).await
                }
                Err(error) => Err(aborted(writer, error).await),
            };
            if done.is_err() {
                self.counts.replayed = before;
            }
            done?;
        }
        Ok(())
    }

    /// Fills a transaction, and waits until each message is acknowledged; whether the letters have come to an end.
    async fn fill(&mut self, writer: &Writer, began: Instant) -> Result<bool, Error> {
        let closes = Instant::now() + TRANSACTION_TIME;
        let mut deliveries = Vec::new();
        let mut has_ended = false;
        while !has_ended && deliveries.len() < TRANSACTION_LETTERS && Instant::now() < closes && self.is_wanted() {
            match self.next().await? {
                None => has_ended = true,
                Some(None) => {}
                Some(Some(letter)) => {
                    if let Some(rate) = self.args.rate {
                        let due = Duration::from_secs(self.counts.replayed) / rate.get();
                        sleep_until(began + due).await;
                    }
                    deliveries.push(self.send(writer, &letter).await?);
                    self.counts.replayed += 1;
                }
            }
        }
        try_join_all(deliveries).await?;
        Ok(has_ended)
    }

    fn is_wanted(&self) -> bool {
        self.args.count.is_none_or(|count| self.counts.replayed < count)
    }

    /// The next record of the topic: a letter to replay, or one that is not meant or cannot go back.
    async fn next(&mut self) -> Result<Option<Option<Letter>>, Error> {
        let Some(record) = self.letters.next().await? else { return Ok(None) };
        if !self.filter.takes_time(&record) {
            return Ok(Some(None));
        }
        let letter = match Letter::read(record) {
            Ok(letter) if self.filter.takes(&letter) => letter,
            Ok(_) => return Ok(Some(None)),
            Err(_) => return Ok(Some(self.counts.passes_over("not written by wiredesk".to_owned()))),
        };
        let topic = self.target(&letter).to_owned();
        let why = if letter.is_excerpt {
            "only an excerpt is left".to_owned()
        } else if letter.replays >= self.args.replays_max {
            format!("replayed {} times already", letter.replays)
        } else if !self.is_there(&topic).await? {
            format!("there is no topic {topic} (--to names another)")
        } else {
            return Ok(Some(Some(letter)));
        };
        Ok(Some(self.counts.passes_over(why)))
    }

    fn target<'b>(&'b self, letter: &'b Letter) -> &'b str {
        self.args.to.as_deref().unwrap_or(&letter.origin.partition.topic)
    }

    async fn is_there(&mut self, topic: &str) -> Result<bool, Error> {
        if let Some(known) = self.known.get(topic) {
            return Ok(*known);
        }
        let found = self.letters.knows(topic).await?;
        self.known.insert(topic.to_owned(), found);
        Ok(found)
    }

    async fn send(
        &self,
        writer: &Writer,
        letter: &Letter,
    ) -> Result<impl Future<Output = Result<(), Error>> + use<>, Error> {
        let (key, value) = (letter.record.key.clone(), letter.record.value.clone());
        let message = Outgoing { key, headers: letter.headers_for_replay(), value };
        // Back to its own partition, where the other records of its key are; another topic decides by the key.
        let partition = self.args.to.is_none().then_some(letter.origin.partition.partition);
        let (topic, at) = (self.target(letter), place(&letter.record));
        let deadline = Instant::now() + self.config.delivery.timeout;
        loop {
            match writer.send_to(topic, partition, &message) {
                Ok(delivery) => return Ok(async move { delivery.await.map_err(|unsent| refused(&at, unsent)) }),
                Err(Unsent::QueueFull) if Instant::now() < deadline => sleep(QUEUE_FULL_PAUSE).await,
                Err(unsent) => return Err(refused(&at, unsent)),
            }
        }
    }

    /// Makes what was sent durable, and the progress with it.
    async fn commit(&self, writer: &Writer) -> Result<(), Error> {
        let timeout = self.config.delivery.timeout;
        let read = self.letters.read().clone();
        if !read.is_empty() {
            let membership = self.letters.membership()?;
            if let Err(error) = writer.add_offsets(read, membership, timeout).await {
                return Err(aborted(writer, error).await);
            }
        }
        let deadline = Instant::now() + timeout;
        loop {
            match writer.commit(timeout).await {
                Ok(()) => return Ok(()),
                Err(Uncommitted::Unknown(_)) if Instant::now() < deadline => {}
                Err(Uncommitted::Abortable(problem)) => return Err(aborted(writer, Error::Stop(problem)).await),
                Err(Uncommitted::Unknown(error) | Uncommitted::Failed(error)) => return Err(error),
            }
        }
    }
}

/// Ends the transaction for this error. If that fails, too, the next run ends it, or the brokers after its time.
async fn aborted(writer: &Writer, error: Error) -> Error {
    _ = writer.abort().await;
    error
}

fn refused(at: &str, unsent: Unsent) -> Error {
    let problem = match unsent {
        Unsent::QueueFull => "the producer's queue stayed full".to_owned(),
        Unsent::TooLarge => "it is larger than its topic takes".to_owned(),
        Unsent::Failed(error) => error.to_string(),
    };
    Error::Stop(format!("letter {at}: {problem}"))
}

impl Counts {
    fn passes_over(&mut self, why: String) -> Option<Letter> {
        *self.passed_over.entry(why).or_default() += 1;
        None
    }

    fn print(&self, dry_run: bool) {
        let what = if dry_run { "would be replayed" } else { "replayed" };
        anstream::eprintln!("{:>8}  {what}", self.replayed);
        for (why, count) in &self.passed_over {
            anstream::eprintln!("{count:>8}  left: {why}");
        }
    }
}
