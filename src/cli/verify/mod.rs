//! `wiredesk verify`: is anything lost or doubled on this cluster, when processes are killed?
//!
//! It makes topics of its own, sends numbered records, runs processes of this program, does to them what machines do to
//! processes, and then holds every record that went in against what came out.

mod faults;
mod fleet;
mod ledger;
mod load;
mod report;
mod watch;

use std::collections::BTreeMap;
use std::time::{Duration, SystemTime};

use tokio::sync::mpsc;
use tokio::time::{Instant, sleep};

use self::faults::{Counts, Fault, Fleet, disturb};
use self::fleet::Recipe;
use self::ledger::Ledger;
use self::load::Sent;
use self::report::{Report, print};
use self::watch::Watch;
use super::run::stop_on_signal;
use super::trial::delete_topics;
use super::{Failure, Layers, runtime};
use crate::config::{Config, Guarantee, Topics};
use crate::kafka::{Scan, Start, preflight, reach};
use crate::service::stopped;

/// How often the group and the processes are looked at.
const LOOK: Duration = Duration::from_millis(500);

/// After this long without any progress, and without faults, the group counts as stuck.
const STUCK: Duration = Duration::from_secs(120);

/// How long a process may take to count what it has committed.
const COUNTED_WITHIN: Duration = Duration::from_secs(10);

#[derive(Debug, clap::Args)]
#[command(after_help = "\
It needs the right to create and delete topics whose names begin with wiredesk-verify-, and to use a group and
transactional ids of such names. Brokers, TLS and log-in come from the configuration, as for `run`. Topics of yours are
not touched. Exit code 1: something was lost, doubled, out of order, or stuck.

Examples:
  wiredesk verify --brokers k1:9092
  wiredesk verify --records 200000 --duration 600 --faults kill
  wiredesk verify --guarantee both --faults none
  wiredesk verify --faults kill --between 25 --duration 300    each kill by itself: how soon are its partitions taken over?
  wiredesk verify --guarantee at_least_once --json > report.json")]
pub(super) struct Args {
    /// How many records go in
    #[arg(long, value_name = "N", default_value_t = 20_000, value_parser = clap::value_parser!(u32).range(100..=10_000_000))]
    records: u32,
    /// How long they take to go in, and faults come, in seconds
    #[arg(long, value_name = "SECONDS", default_value_t = 60, value_parser = clap::value_parser!(u32).range(5..=86_400))]
    duration: u32,
    /// The guarantee, instead of the one that is configured; both: one after the other
    #[arg(long, value_parser = ["exactly_once", "at_least_once", "both"])]
    guarantee: Option<String>,
    /// Processes at the beginning; the fault `scale` starts up to twice as many
    #[arg(long, value_name = "N", default_value_t = 2, value_parser = clap::value_parser!(u16).range(1..=16))]
    processes: u16,
    /// What is done to them, one after the other
    #[arg(long, value_enum, value_delimiter = ',', default_values_t = [Fault::Kill, Fault::Stop, Fault::Pause, Fault::Scale])]
    faults: Vec<Fault>,
    /// The least time between two faults, in seconds; up to 2.5 seconds more are added
    #[arg(long, value_name = "SECONDS", default_value_t = 0.5, value_parser = seconds)]
    between: f64,
    /// The same seed, the same faults at the same times
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// Print the report as JSON
    #[arg(long)]
    json: bool,
    /// Leave the topics behind, to be looked at
    #[arg(long)]
    keep: bool,
}

/// A number of seconds, from none to an hour.
fn seconds(text: &str) -> Result<f64, String> {
    let seconds = text.parse().ok().filter(|seconds| (0.0..=3_600.0).contains(seconds));
    seconds.ok_or_else(|| "not a number of seconds from 0 to 3600".to_owned())
}

pub(super) fn run(layers: &Layers, args: &Args) -> Result<(), Failure> {
    let both = [Some("exactly_once"), Some("at_least_once")];
    let guarantees = match args.guarantee.as_deref() {
        Some("both") => &both[..],
        one => &[one][..],
    };
    let reports = guarantees.iter().map(|guarantee| run_once(layers, args, *guarantee));
    let reports = reports.collect::<Result<Vec<Report>, Failure>>()?;
    print(&reports, args.json)?;
    if reports.iter().all(|report| report.held) { Ok(()) } else { Err(Failure::Told) }
}

/// Verifies one guarantee, on topics of its own.
fn run_once(layers: &Layers, args: &Args, guarantee: Option<&str>) -> Result<Report, Failure> {
    let since = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default();
    let name = format!("wiredesk-verify-{:x}-{}", since.as_secs(), std::process::id());
    let own = own_keys(&name, args, guarantee, &layers.load()?);
    let config = layers.load_with(&own.iter().map(|(key, value)| (key.as_str(), value.clone())).collect::<Vec<_>>())?;
    let recipe = Recipe { arguments: arguments(layers, &own), drain_max: config.drain_max };
    let runtime = runtime()?;
    let report = runtime.block_on(async {
        let stop = stop_on_signal()?;
        let unverified = || Failure::Failed("stopped before the end: nothing is verified".to_owned());
        tokio::select! {
            reached = reach(&config) => { reached?; }
            () = stopped(stop.clone()) => return Err(unverified()),
        }
        // From here on there may be topics.
        let verified = async {
            preflight(&config).await?;
            verify(&config, recipe, args).await
        };
        let report = tokio::select! {
            report = verified => report,
            () = stopped(stop) => Err(unverified()),
        };
        if !args.keep {
            delete_topics(&config).await;
        }
        report
    });
    runtime.shutdown_background();
    report
}

/// What a verification sets, whatever the configuration says.
fn own_keys(name: &str, args: &Args, guarantee: Option<&str>, config: &Config) -> Vec<(String, String)> {
    let batch = (args.records / 200).clamp(20, 2_000);
    let mut keys = vec![
        ("topics.raw", format!("{name}.raw")),
        ("topics.enriched", format!("{name}.enriched")),
        ("topics.dead_letter", format!("{name}.dead-letter")),
        ("topics.latest", String::new()),
        ("topics.create", "true".to_owned()),
        ("kafka.group", name.to_owned()),
        ("kafka.start", "earliest".to_owned()),
        ("dead_letters.percent_max", "100".to_owned()),
        ("drop.languages_kept", String::new()),
        ("drop.body_chars_min", "0".to_owned()),
        ("batch.records_max", batch.to_string()),
        ("workers.count", "2".to_owned()),
        ("http.listen", "127.0.0.1:0".to_owned()),
        ("log.format", "json".to_owned()),
        ("log.filter", "info".to_owned()),
    ];
    keys.extend(guarantee.map(|guarantee| ("delivery.guarantee", guarantee.to_owned())));
    // Nothing of it may reach the topics of others.
    let off = config.copies.routes().iter().map(|route| (format!("routes.{}.topic", route.name), String::new()));
    keys.into_iter().map(|(key, value)| (key.to_owned(), value)).chain(off).collect()
}

/// The arguments with which a process has the same configuration. The environment is its own already.
fn arguments(layers: &Layers, own: &[(String, String)]) -> Vec<String> {
    let files = layers.config.iter().flat_map(|file| ["--config".to_owned(), file.display().to_string()]);
    let brokers = layers.brokers.iter().flat_map(|brokers| ["--brokers".to_owned(), brokers.clone()]);
    let set = layers.set.iter().map(|(key, value)| format!("{key}={value}"));
    let own = own.iter().map(|(key, value)| format!("{key}={value}"));
    let set = set.chain(own).flat_map(|pair| ["--set".to_owned(), pair]);
    files.chain(brokers).chain(set).collect()
}

/// A verification that runs.
struct Verification<'a> {
    config: &'a Config,
    args: &'a Args,
    ledger: Ledger,
    watch: Watch,
    problems: Vec<String>,
}

/// What is said once the load begins.
const READY: &str = "every process is ready";

async fn verify(config: &Config, recipe: Recipe, args: &Args) -> Result<Report, Failure> {
    let began = Instant::now();
    let raw = &config.topics.raw[0];
    anstream::eprintln!("{} records within {} s into {raw}", args.records, args.duration);
    let mut fleet = Fleet::start(recipe, args.processes)?;
    fleet.await_ready().await?;
    anstream::eprintln!("{READY}");
    let (ledger, watch) = (Ledger::default(), Watch::new(config, raw, fleet.history.clone())?);
    let mut verification = Verification { config, args, ledger, watch, problems: Vec::new() };
    verification.load(&mut fleet).await?;
    verification.settle(&mut fleet).await?;
    let (faults, counted) = (fleet.counts.clone(), fleet.counted());
    verification.problems.extend(fleet.stop().await);
    verification.read_ends().await?;
    Ok(verification.close(began.elapsed(), faults, counted))
}

impl Verification<'_> {
    /// Sends the load, while faults come.
    async fn load(&mut self, fleet: &mut Fleet) -> Result<(), Failure> {
        let Self { config, args, ledger, watch, problems } = self;
        let duration = Duration::from_secs(args.duration.into());
        let (sender, mut sent) = mpsc::unbounded_channel();
        let load = load::send(config, &config.topics.raw[0], args.records, duration, sender);
        let between = Duration::from_secs_f64(args.between);
        let disturbed = disturb(fleet, &args.faults, between, args.seed, duration, problems);
        let mut enter = |sent: &mut mpsc::UnboundedReceiver<Sent>| {
            while let Ok(sent) = sent.try_recv() {
                ledger.enter(sent);
            }
            ledger.ends()
        };
        let watched = async {
            loop {
                watch.look(&enter(&mut sent)).await;
                sleep(LOOK).await;
            }
        };
        tokio::select! {
            done = async { tokio::try_join!(load, disturbed) } => done?,
            () = watched => unreachable!("it goes on until the others are done"),
        };
        enter(&mut sent);
        Ok(())
    }

    /// Waits until every record is done, or until nothing moves any more.
    async fn settle(&mut self, fleet: &mut Fleet) -> Result<(), Failure> {
        let ends = self.ledger.ends();
        // A group that stood still under the last faults has yet to show that it gets on without them.
        let began = Instant::now();
        while !self.watch.look(&ends).await {
            self.problems.extend(fleet.restart_ended()?);
            if self.watch.stands_for().min(began.elapsed()) > STUCK {
                let (done, records) = (self.watch.done(), self.args.records);
                self.problems.push(format!("nothing has moved for {STUCK:?}: {done} of {records} records are done"));
                break;
            }
            sleep(LOOK).await;
        }
        // Records are counted after their commit, which has been seen here.
        let deadline = Instant::now() + COUNTED_WITHIN;
        while !fleet.count().await && Instant::now() < deadline {
            sleep(LOOK).await;
        }
        Ok(())
    }

    /// Reads every event and every dead letter, as a consumer of committed records.
    async fn read_ends(&mut self) -> Result<(), Failure> {
        let Topics { enriched, dead_letter, .. } = &self.config.topics;
        let group = &self.config.kafka.group;
        let mut events = Scan::open(self.config, enriched, group, Start::Beginning, false).await?;
        while let Some(record) = events.next().await? {
            self.ledger.event(&record);
        }
        let mut letters = Scan::open(self.config, dead_letter, group, Start::Beginning, false).await?;
        while let Some(record) = letters.next().await? {
            self.ledger.dead_letter(record);
        }
        Ok(())
    }

    fn close(self, time: Duration, faults: Counts, counted: u64) -> Report {
        let Self { config, args, ledger, watch, mut problems } = self;
        let (tally, examples) = ledger.close();
        let written = tally.events + tally.dead_letters + tally.doubled + tally.strangers;
        // Of a batch that is done twice, the first time is not counted: it was not committed.
        let may_miss = faults.ended_before_time() || tally.doubled > 0;
        let agrees = if may_miss { counted <= written } else { counted == written };
        if !agrees {
            problems.push(format!("the processes counted {counted} records as written, and {written} were found"));
        }
        let may_double = config.delivery.guarantee == Guarantee::AtLeastOnce;
        let held = problems.is_empty() && tally.holds(may_double);
        let stalls: BTreeMap<Fault, f64> =
            watch.longest_stalls.iter().map(|(fault, time)| (*fault, time.as_secs_f64())).collect();
        // A doubled record is an example, and under at least once no problem.
        problems.extend(examples);
        Report {
            guarantee: config.delivery.guarantee.as_str(),
            seed: args.seed,
            seconds: time.as_secs_f64(),
            tally,
            faults,
            longest_stall_seconds: stalls.values().copied().fold(0.0, f64::max),
            longest_stall_seconds_by_fault: stalls,
            counted,
            problems,
            held,
        }
    }
}
