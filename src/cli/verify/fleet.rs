//! Processes of this program, and what is done to them.

use std::collections::VecDeque;
use std::process::{ExitStatus, Stdio};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use rustix::process::{Pid, Signal, kill_process};
use serde_json::Value;
use tokio::io::{AsyncBufReadExt, BufReader};
use tokio::process::{Child, Command};
use tokio::task::spawn_blocking;
use tokio::time::{sleep, timeout};

use crate::cli::Failure;
use crate::cli::ask::{Answer, ask};

/// How many lines of a process's log are kept, to be shown if it fails.
const LINES_KEPT: usize = 20;

/// How much longer than its own deadline a process may take to stop.
const STOP_MARGIN: Duration = Duration::from_secs(10);

/// How to start a process: the arguments of its configuration.
#[derive(Clone, Debug)]
pub(super) struct Recipe {
    pub(super) arguments: Vec<String>,
    pub(super) drain_max: Duration,
}

/// A process that runs.
#[derive(Debug)]
pub(super) struct Process {
    pub(super) name: String,
    child: Child,
    drain_max: Duration,
    heard: Arc<Mutex<Heard>>,
}

/// What a process has counted.
#[derive(Clone, Copy, Debug)]
pub(super) struct Counted {
    /// Events and dead letters.
    pub(super) written: u64,
    /// The bytes of records that have been read and are not counted yet.
    pub(super) in_hand: u64,
}

/// What a process has said.
#[derive(Debug, Default)]
struct Heard {
    address: Option<String>,
    lines: VecDeque<String>,
}

impl Process {
    /// Starts a process under this name, which it keeps when it is started again.
    ///
    /// # Errors
    /// If this program cannot be started.
    pub(super) fn start(recipe: &Recipe, name: &str) -> Result<Self, Failure> {
        let mut command = Command::new(std::env::current_exe()?);
        command.args(&recipe.arguments).args(["--set", &format!("kafka.instance={name}"), "run"]);
        command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::piped()).kill_on_drop(true);
        let mut child = command.spawn()?;
        let heard = Arc::new(Mutex::new(Heard::default()));
        if let Some(stderr) = child.stderr.take() {
            tokio::spawn(listen(BufReader::new(stderr), heard.clone()));
        }
        Ok(Self { name: name.to_owned(), child, drain_max: recipe.drain_max, heard })
    }

    /// How it ended, if it has ended by itself, and what it said last.
    pub(super) fn ended(&mut self) -> Option<String> {
        let status = self.child.try_wait().ok().flatten()?;
        Some(self.story(status))
    }

    fn story(&self, status: ExitStatus) -> String {
        let heard = self.heard.lock().unwrap_or_else(PoisonError::into_inner);
        let lines: Vec<&str> = heard.lines.iter().map(String::as_str).collect();
        format!("process {} ended with {status}; it said last:\n{}", self.name, lines.join("\n"))
    }

    /// SIGKILL: nothing is tidied up.
    pub(super) async fn kill(mut self) {
        // It may have ended by itself.
        _ = self.child.kill().await;
    }

    /// Stands still for so long, as if its machine did.
    pub(super) async fn pause(&self, time: Duration) {
        self.signal(Signal::STOP);
        sleep(time).await;
        self.signal(Signal::CONT);
    }

    /// SIGTERM, and an orderly end within its deadline.
    ///
    /// # Errors
    /// How it ended instead.
    pub(super) async fn stop(mut self) -> Result<(), String> {
        self.signal(Signal::TERM);
        let patience = self.drain_max + STOP_MARGIN;
        match timeout(patience, self.child.wait()).await {
            Ok(Ok(status)) if status.success() => Ok(()),
            Ok(Ok(status)) => Err(self.story(status)),
            Ok(Err(error)) => Err(format!("process {}: {error}", self.name)),
            Err(_) => {
                _ = self.child.kill().await;
                Err(format!("process {} did not stop within {patience:?}", self.name))
            }
        }
    }

    fn signal(&self, signal: Signal) {
        let id = self.child.id().and_then(|id| i32::try_from(id).ok()).and_then(Pid::from_raw);
        if let Some(id) = id {
            // It may have ended by itself.
            _ = kill_process(id, signal);
        }
    }

    /// Whether it says that it is ready.
    pub(super) async fn is_ready(&self) -> bool {
        self.ask("readyz").await.is_some_and(|answer| answer.status == 200)
    }

    /// What it has counted; `None` if it does not answer.
    pub(super) async fn counted(&self) -> Option<Counted> {
        let page = self.ask("metrics").await?.body;
        let sum = |name: &str| {
            let lines = page.lines().filter(|line| line.split(['{', ' ']).next() == Some(name));
            lines.filter_map(|line| line.rsplit(' ').next()?.parse::<u64>().ok()).sum()
        };
        Some(Counted { written: sum("wiredesk_records_produced_total"), in_hand: sum("wiredesk_inflight_bytes") })
    }

    async fn ask(&self, path: &str) -> Option<Answer> {
        let address = self.heard.lock().unwrap_or_else(PoisonError::into_inner).address.clone()?;
        let url = format!("http://{address}/{path}");
        spawn_blocking(move || ask(&url, None)).await.ok()?.ok()
    }
}

/// Listens to a log of JSON lines.
async fn listen(mut stderr: BufReader<impl tokio::io::AsyncRead + Unpin>, heard: Arc<Mutex<Heard>>) {
    let mut line = String::new();
    while stderr.read_line(&mut line).await.is_ok_and(|read| read > 0) {
        let mut heard = heard.lock().unwrap_or_else(PoisonError::into_inner);
        if heard.address.is_none() {
            let said = serde_json::from_str::<Value>(&line).unwrap_or_default();
            heard.address = said["address"].as_str().map(str::to_owned);
        }
        if heard.lines.len() == LINES_KEPT {
            heard.lines.pop_front();
        }
        heard.lines.push_back(line.trim_end().to_owned());
        line.clear();
    }
}
