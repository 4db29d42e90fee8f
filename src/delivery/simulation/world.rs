//! The world of a schedule: processes that come, go, crash and stand still while records arrive.

use std::sync::{Arc, Mutex, OnceLock, PoisonError};
use std::time::Duration;

use tokio::sync::watch;
use tokio::task::JoinHandle;
use tokio::time::{Instant, sleep, timeout};

use super::cluster::{COPIES, Cluster, Faults, Outcome};
use super::process::{Process, Shared};
use super::schedule::{Kind, Plan, Report};
use crate::chance::Chance;
use crate::config::{Config, Guarantee, Sources};
use crate::delivery::{Error, Rest, Worker};
use crate::pipeline::{Condition, Copies, DropRules, Processor, Route, Settings};
use crate::telemetry::{Metrics, Recent, Telemetry};

/// Virtual time within which everything is done once the last fault is over.
const HEALED_WITHIN: Duration = Duration::from_secs(600);

/// How long a partition may stand still before its worker does something about it, in virtual time.
const STALLED_AFTER: Duration = Duration::from_secs(20);

/// Virtual time within which a process that was asked to stop has ended.
const STOPPED_WITHIN: Duration = Duration::from_secs(120);

/// Runs a schedule to its end, in virtual time.
pub(super) fn run(plan: &Plan) -> Report {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_time().start_paused(true).build();
    runtime.expect("a runtime").block_on(World::new(plan).run())
}

/// A process that runs.
struct Running {
    stop: watch::Sender<bool>,
    pause: watch::Sender<bool>,
    paused_until: Option<Instant>,
    workers: Vec<JoinHandle<Result<(), Error>>>,
    telemetry: Arc<Telemetry>,
    first_name: usize,
}

struct World {
    plan: Plan,
    chance: Chance,
    cluster: Shared,
    running: Vec<Running>,
    report: Report,
    counted: u64,
    /// Whether a process ended between a commit and its counting, or may have.
    uncounted: bool,
}

impl World {
    fn new(plan: &Plan) -> Self {
        let mut chance = Chance::new(plan.seed);
        let partitions = 1 + chance.below(4) as i32;
        let faults = if plan.is_faulty() {
            let mut one_of = |choices: &[usize]| choices[chance.below(choices.len())];
            Faults { call: one_of(&[0, 10, 30, 100]), world: one_of(&[5, 20, 60, 200]), crash: one_of(&[1, 2, 10]) }
        } else {
            Faults::default()
        };
        let cluster = Cluster::new(Chance::new(plan.seed ^ 0x5EED), faults, partitions);
        let cluster = Arc::new(Mutex::new(cluster));
        let (running, report) = (Vec::new(), Report::default());
        let mut world = Self { plan: plan.clone(), chance, cluster, running, report, counted: 0, uncounted: false };
        let records = 10 + world.chance.below(40);
        world.append(records);
        world
    }

    fn cluster(&self) -> std::sync::MutexGuard<'_, Cluster> {
        self.cluster.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// New records: most become events, of which some take a route; some become dead letters, some are dropped.
    fn append(&mut self, records: usize) {
        for _ in 0..records {
            let partition = self.chance.below(8) as i32;
            let (value, outcome) = match self.chance.below(10) {
                0 => ("{\"text\": \"broken", Outcome::Once),
                1 => ("Too short.", Outcome::Dropped),
                2..=4 => ("The ferry to the inner islands sails again.", Outcome::Routed),
                _ => ("The ferry to the outer islands sails again.", Outcome::Once),
            };
            let mut cluster = self.cluster();
            let partitions = cluster.partitions();
            cluster.append(partition % partitions, value, outcome);
        }
    }

    fn start(&mut self, first_name: usize) {
        let workers = 1 + self.chance.below(2);
        let config = Arc::new(config(self.plan.guarantee(), 1 + self.chance.below(8), 1 + self.chance.below(2)));
        let recent = Recent::new(1, 1 << 20);
        let telemetry = Arc::new(Telemetry::new(recent, Duration::from_secs(600), STALLED_AFTER, "simulated"));
        let (stop, stopped) = watch::channel(false);
        let (pause, paused) = watch::channel(false);
        let guarantee = self.plan.guarantee();
        let (cluster, known) = (self.cluster.clone(), telemetry.clone());
        let platform = Arc::new(Process { cluster, guarantee, first_name, paused, telemetry: known });
        let start = |(number, rest)| {
            let (config, platform, telemetry) = (config.clone(), platform.clone(), telemetry.clone());
            let worker = Worker { number, config, platform, processors: processors(), telemetry };
            tokio::spawn(worker.run(stopped.clone(), rest))
        };
        let workers = Rest::for_each(workers).into_iter().enumerate().map(start).collect();
        self.running.push(Running { stop, pause, paused_until: None, workers, telemetry, first_name });
    }

    async fn run(mut self) -> Report {
        self.start(0);
        if self.plan.is_faulty() || self.plan.kind == Kind::QuietTransactions {
            self.disturb().await;
        }
        if self.plan.kind == Kind::QuietCommits {
            // A stop in the midst of it, and another process that goes on.
            sleep(self.chance.millis(12_000)).await;
            self.stop(0).await;
            self.start(10);
        }
        self.heal();
        let healing = Instant::now();
        while !self.cluster().is_finished() && healing.elapsed() < HEALED_WITHIN {
            self.tell_extents();
            sleep(Duration::from_millis(200)).await;
        }
        let finished = self.cluster().is_finished();
        self.report.stalled = !finished;
        while !self.running.is_empty() {
            self.stop(0).await;
        }
        self.finish()
    }

    /// Things happen for a while.
    async fn disturb(&mut self) {
        let often = self.cluster().faults.world;
        let ends = Instant::now() + Duration::from_secs(5) + self.chance.millis(60_000);
        while Instant::now() < ends {
            sleep(Duration::from_millis(100)).await;
            self.tell_extents();
            for process in &mut self.running {
                if process.paused_until.is_some_and(|until| until <= Instant::now()) {
                    process.paused_until = None;
                    process.pause.send_replace(false);
                }
            }
            if self.chance.once_in(10) {
                let records = self.chance.below(10);
                self.append(records);
            }
            if self.plan.is_faulty() && self.chance.once_in(often) {
                self.crash_or_pause();
            }
            if self.chance.once_in(100) {
                self.scale().await;
            }
        }
    }

    /// Each process hears from the brokers where its partitions end.
    fn tell_extents(&self) {
        let cluster = self.cluster();
        for process in &self.running {
            for partition in process.telemetry.progress.assignment() {
                process.telemetry.progress.extends(&partition, cluster.extent(partition.partition));
            }
        }
    }

    fn crash_or_pause(&mut self) {
        let Some(at) = (!self.running.is_empty()).then(|| self.chance.below(self.running.len())) else {
            return;
        };
        let crash = self.cluster().faults.crash;
        if !self.chance.once_in(crash) {
            let time = self.chance.millis(25_000);
            let process = &mut self.running[at];
            process.pause.send_replace(true);
            process.paused_until = Some(Instant::now() + time);
            self.report.pauses += 1;
            return;
        }
        let process = self.running.swap_remove(at);
        process.workers.iter().for_each(JoinHandle::abort);
        self.report.crashes += 1;
        self.uncounted = true;
        self.take_counts(&process);
        self.start(process.first_name);
    }

    async fn scale(&mut self) {
        let paused = |process: &Running| process.paused_until.is_some();
        if self.running.len() > 1 && !self.running.iter().any(paused) {
            self.stop(self.running.len() - 1).await;
        } else if self.running.len() < 3 {
            let taken = |name: usize, running: &[Running]| running.iter().any(|process| process.first_name == name);
            let name = (0..).map(|number| number * 10).find(|&name| !taken(name, &self.running));
            self.start(name.expect("there are names enough"));
        }
    }

    /// Asks a process to stop, and waits for its end.
    async fn stop(&mut self, at: usize) {
        let process = self.running.remove(at);
        process.stop.send_replace(true);
        let deadline = Instant::now() + STOPPED_WITHIN;
        let mut process = process;
        for worker in std::mem::take(&mut process.workers) {
            let left = deadline.saturating_duration_since(Instant::now());
            match timeout(left, worker).await {
                Ok(Ok(Ok(()))) => {}
                Ok(ended) => self.report.violations.push(format!("a worker ended with {ended:?}")),
                Err(_) => self.report.violations.push("a worker did not stop".to_owned()),
            }
        }
        self.take_counts(&process);
    }

    fn heal(&mut self) {
        self.cluster().faults = Faults::default();
        for process in &mut self.running {
            process.paused_until = None;
            process.pause.send_replace(false);
        }
    }

    fn take_counts(&mut self, process: &Running) {
        let metrics = &process.telemetry.metrics;
        self.counted += Metrics::sum(&metrics.produced);
        self.report.rewinds += metrics.rewound.get();
        self.report.rebuilds += metrics.rebuilt.get();
        for action in ["seek", "new_clients"] {
            self.report.heals += metrics.partitions_healed.with_label_values(&[action]).get();
        }
    }

    fn finish(self) -> Report {
        let mut cluster = self.cluster();
        let (ledger, sizes, rebalances) = (cluster.ledger(), cluster.sizes(), cluster.group.rebalances);
        let violations = std::mem::take(&mut cluster.violations);
        drop(cluster);
        let Self { mut report, counted, uncounted, plan, .. } = self;
        (report.lost, report.doubled, report.disordered) = (ledger.lost, ledger.doubled, ledger.disordered);
        report.violations.extend(violations);
        (report.records, report.rebalances) = (sizes.0, rebalances);
        let seen = sizes.1 as u64;
        // What was committed by a process that did not live to count it is seen and not counted.
        let agrees = if uncounted || plan.is_faulty() { counted <= seen } else { counted == seen };
        report.miscounted = (!agrees).then(|| format!("counted {counted}, seen {seen}"));
        report
    }
}

fn config(guarantee: Guarantee, records_max: usize, threads: usize) -> Config {
    let flags = [
        ("topics.raw", "raw".to_owned()),
        ("topics.enriched", "enriched".to_owned()),
        ("topics.dead_letter", "dead".to_owned()),
        ("delivery.guarantee", guarantee.as_str().to_owned()),
        ("batch.records_max", records_max.to_string()),
        ("batch.wait_ms_max", "40".to_owned()),
        ("delivery.timeout_ms", "2000".to_owned()),
        ("workers.threads", threads.to_string()),
    ];
    let flags = flags.into_iter().map(|(key, value)| (key.to_owned(), value)).collect();
    Config::load(&Sources { flags, ..Sources::default() }).expect("valid")
}

/// One processor for all: it keeps nothing from record to record.
fn processors() -> watch::Receiver<Arc<Processor>> {
    static PROCESSORS: OnceLock<watch::Sender<Arc<Processor>>> = OnceLock::new();
    let new = || {
        let drop = DropRules { body_chars_min: 20, ..DropRules::default() };
        let when = Condition::parse("contains(body || '', 'inner')").expect("a condition");
        let route = Route { name: "inner".into(), topic: COPIES.into(), when, retractions: true };
        let copies = Copies::new(vec![route], None);
        watch::Sender::new(Arc::new(Processor::new(Settings { drop, copies, ..Settings::default() })))
    };
    PROCESSORS.get_or_init(new).subscribe()
}
