//! What is done to processes, one fault after the other.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use clap::ValueEnum;
use serde::Serialize;
use tokio::time::{Instant, sleep};

use super::fleet::{Process, Recipe};
use crate::chance::Chance;
use crate::cli::Failure;

/// How long processes may take to be ready: they make topics, join a group, and may share a machine with much else.
const READY_WITHIN: Duration = Duration::from_secs(120);

/// By how many milliseconds the time between two faults may be longer than the least.
const BETWEEN_MORE_MILLIS: u64 = 2_500;

/// How long a process stands still at the most: longer than its session.
const PAUSE_MILLIS: u64 = 15_000;

/// A kind of fault.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, ValueEnum)]
#[serde(rename_all = "snake_case")]
pub(super) enum Fault {
    /// Nothing: what the others are compared with
    None,
    /// SIGKILL, and a new process of the same name at once
    Kill,
    /// SIGTERM, an orderly end, and a new process of the same name
    Stop,
    /// SIGSTOP, and SIGCONT up to 15 seconds later
    Pause,
    /// One process more, or one less
    Scale,
}

impl Fault {
    /// Its name on the command line and in reports.
    pub(super) fn as_str(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Kill => "kill",
            Self::Stop => "stop",
            Self::Pause => "pause",
            Self::Scale => "scale",
        }
    }
}

/// How many of each kind there were.
#[derive(Clone, Debug, Default, Serialize)]
pub(super) struct Counts {
    kill: u32,
    stop: u32,
    pause: u32,
    scale: u32,
    /// Processes that ended by themselves, and should not have.
    died: u32,
}

impl Counts {
    /// Whether a process may have written what it could no longer be asked for.
    pub(super) fn ended_before_time(&self) -> bool {
        self.kill + self.stop + self.scale + self.died > 0
    }
}

impl std::fmt::Display for Counts {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Self { kill, stop, pause, scale, died } = self;
        write!(f, "{kill} kills, {stop} stops, {pause} pauses, {scale} scalings")?;
        if *died > 0 { write!(f, ", {died} died by themselves") } else { Ok(()) }
    }
}

/// What was done to the processes, and when, the oldest first. Clones share it.
#[derive(Clone, Debug, Default)]
pub(super) struct History(Arc<Mutex<Vec<(Instant, Fault)>>>);

impl History {
    fn note(&self, fault: Fault) {
        self.faults().push((Instant::now(), fault));
    }

    /// The first fault since then: what a stall that began then is put down to.
    pub(super) fn first_since(&self, since: Instant) -> Fault {
        self.faults().iter().find(|(at, _)| *at >= since).map_or(Fault::None, |(_, fault)| *fault)
    }

    fn faults(&self) -> MutexGuard<'_, Vec<(Instant, Fault)>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The processes.
#[derive(Debug)]
pub(super) struct Fleet {
    recipe: Recipe,
    processes: Vec<Process>,
    at_first: usize,
    pub(super) counts: Counts,
    /// What was done, and when.
    pub(super) history: History,
    /// How many processes have been started.
    started: u64,
    /// What each of them counted when it was asked last.
    counted: BTreeMap<u64, u64>,
    numbers: BTreeMap<String, u64>,
}

impl Fleet {
    /// Starts so many processes.
    ///
    /// # Errors
    /// If this program cannot be started.
    pub(super) fn start(recipe: Recipe, processes: u16) -> Result<Self, Failure> {
        let mut fleet = Self {
            recipe,
            processes: Vec::new(),
            at_first: processes.into(),
            counts: Counts::default(),
            history: History::default(),
            started: 0,
            counted: BTreeMap::new(),
            numbers: BTreeMap::new(),
        };
        for number in 0..processes {
            fleet.add(&format!("p{number}"))?;
        }
        Ok(fleet)
    }

    fn add(&mut self, name: &str) -> Result<(), Failure> {
        self.started += 1;
        self.numbers.insert(name.to_owned(), self.started);
        self.processes.push(Process::start(&self.recipe, name)?);
        Ok(())
    }

    /// Waits until every process is ready, so that no fault meets one that has not begun.
    ///
    /// # Errors
    /// If one ended, or is not ready in time: then there is nothing to verify.
    pub(super) async fn await_ready(&mut self) -> Result<(), Failure> {
        let deadline = Instant::now() + READY_WITHIN;
        for process in &mut self.processes {
            while !process.is_ready().await {
                if let Some(story) = process.ended() {
                    return Err(Failure::Failed(story));
                }
                if Instant::now() > deadline {
                    let name = &process.name;
                    return Err(Failure::Failed(format!("process {name} is not ready after {READY_WITHIN:?}")));
                }
                sleep(super::LOOK).await;
            }
        }
        Ok(())
    }

    /// Asks every process what it has counted; whether all of them have counted all that they had in hand.
    pub(super) async fn count(&mut self) -> bool {
        let mut is_all = true;
        for process in &self.processes {
            if let Some(counted) = process.counted().await {
                self.counted.insert(self.numbers[&process.name], counted.written);
                is_all &= counted.in_hand == 0;
            }
        }
        is_all
    }

    /// What all processes have counted, as far as they could be asked.
    pub(super) fn counted(&self) -> u64 {
        self.counted.values().sum()
    }

    /// Starts again what has ended by itself, and says how it did.
    ///
    /// # Errors
    /// If this program cannot be started.
    pub(super) fn restart_ended(&mut self) -> Result<Vec<String>, Failure> {
        let mut stories = Vec::new();
        for at in (0..self.processes.len()).rev() {
            if let Some(story) = self.processes[at].ended() {
                let name = self.processes.remove(at).name;
                self.add(&name)?;
                self.counts.died += 1;
                stories.push(story);
            }
        }
        Ok(stories)
    }

    /// Stops every process; how each ended that did not end as it should.
    pub(super) async fn stop(self) -> Vec<String> {
        let mut stories = Vec::new();
        for process in self.processes {
            stories.extend(process.stop().await.err());
        }
        stories
    }

    async fn suffer(&mut self, fault: Fault, chance: &mut Chance, problems: &mut Vec<String>) -> Result<(), Failure> {
        let at = chance.below(self.processes.len());
        self.history.note(fault);
        match fault {
            Fault::None => Ok(()),
            Fault::Kill => {
                self.counts.kill += 1;
                let process = self.processes.remove(at);
                let name = process.name.clone();
                process.kill().await;
                self.add(&name)
            }
            Fault::Stop => {
                self.counts.stop += 1;
                let process = self.processes.remove(at);
                let name = process.name.clone();
                problems.extend(process.stop().await.err());
                self.add(&name)
            }
            Fault::Pause => {
                self.counts.pause += 1;
                let time = chance.millis(PAUSE_MILLIS);
                self.processes[at].pause(time).await;
                Ok(())
            }
            Fault::Scale => {
                self.counts.scale += 1;
                let (running, most) = (self.processes.len(), 2 * self.at_first);
                if running == 1 || (running < most && chance.percent(50)) {
                    let free = (0..).map(|number| format!("p{number}"));
                    let mut free = free.filter(|name| self.processes.iter().all(|process| process.name != *name));
                    let name = free.next().expect("there are more names than processes");
                    return self.add(&name);
                }
                problems.extend(self.processes.remove(at).stop().await.err());
                Ok(())
            }
        }
    }
}

/// Does one of these faults after the other for so long, with no less than `between` in between.
///
/// # Errors
/// If this program cannot be started again.
pub(super) async fn disturb(
    fleet: &mut Fleet,
    faults: &[Fault],
    between: Duration,
    seed: u64,
    time: Duration,
    problems: &mut Vec<String>,
) -> Result<(), Failure> {
    let mut chance = Chance::new(seed);
    let ends = Instant::now() + time;
    while Instant::now() < ends {
        let pause = between + chance.millis(BETWEEN_MORE_MILLIS);
        sleep(pause.min(ends.saturating_duration_since(Instant::now()))).await;
        fleet.count().await;
        problems.extend(fleet.restart_ended()?);
        if Instant::now() < ends {
            fleet.suffer(faults[chance.below(faults.len())], &mut chance, problems).await?;
        }
    }
    Ok(())
}
