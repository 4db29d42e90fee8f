//! The program as a process: started, watched, signalled, awaited.

use std::collections::BTreeMap;
use std::ffi::OsStr;
use std::io::{BufRead, BufReader, Read, Write};
use std::process::{Child, ChildStdin, Command, ExitStatus, Stdio};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

/// The program, with nothing of this process's configuration.
pub(crate) fn wiredesk() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_wiredesk"));
    for (name, _) in std::env::vars_os().filter(|(name, _)| name.to_string_lossy().starts_with("WIREDESK")) {
        command.env_remove(name);
    }
    command
}

/// How long a process may take to finish what it has in hand, in milliseconds: on a machine that has no time for it half a
/// minute, which is the default, is not always enough.
pub(crate) const UNHURRIED: &str = "300000";

/// The configuration of one test: its own topics and its own group.
#[derive(Clone, Debug)]
pub(crate) struct Desk {
    pub(crate) brokers: String,
    pub(crate) raw: String,
    pub(crate) enriched: String,
    pub(crate) dead_letter: String,
    pub(crate) group: String,
    keys: Vec<(String, String)>,
}

impl Desk {
    /// The desk of the test `name` on these brokers. Sessions are short, so that a killed process is soon replaced.
    pub(crate) fn new(brokers: &str, name: &str) -> Self {
        let named = |what: &str| format!("{name}.{what}");
        let desk = Self {
            brokers: brokers.to_owned(),
            raw: named("raw"),
            enriched: named("enriched"),
            dead_letter: named("dead-letter"),
            group: named("group"),
            keys: Vec::new(),
        };
        let own = [
            ("kafka.brokers", brokers),
            ("topics.raw", &desk.raw),
            ("topics.enriched", &desk.enriched),
            ("topics.dead_letter", &desk.dead_letter),
            ("kafka.group", &desk.group),
            ("kafka.instance", "a"),
            ("kafka.session_timeout_ms", "3000"),
            ("delivery.transaction_timeout_ms", "10000"),
            ("http.listen", "127.0.0.1:0"),
            ("workers.count", "1"),
            ("shutdown.linger_ms", "0"),
            ("shutdown.drain_ms_max", UNHURRIED),
        ];
        own.iter().fold(desk.clone(), |desk, (key, value)| desk.with(key, value))
    }

    /// The same desk with one more key.
    pub(crate) fn with(mut self, key: &str, value: &str) -> Self {
        self.keys.push((key.to_owned(), value.to_owned()));
        self
    }

    /// Dotted keys and their values; the last of a name counts.
    pub(crate) fn keys(&self) -> &[(String, String)] {
        &self.keys
    }

    /// A command of the program with this configuration in its environment.
    pub(crate) fn command(&self, words: &[&str]) -> Command {
        let mut command = wiredesk();
        for (key, value) in &self.keys {
            command.env(format!("WIREDESK__{}", key.to_uppercase().replace('.', "__")), value);
        }
        command.args(words);
        command
    }

    /// Starts `run`.
    pub(crate) fn run(&self) -> Running {
        Running::start(&mut self.command(&["run"]))
    }
}

/// A process that is killed when it is let go.
#[derive(Debug)]
pub(crate) struct Running {
    child: Child,
    keys: Option<ChildStdin>,
    said: Arc<Mutex<String>>,
    readers: Vec<JoinHandle<()>>,
}

impl Running {
    pub(crate) fn start(command: &mut Command) -> Self {
        Self::heard(command, Stdio::null(), Portion::Lines)
    }

    /// Starts a program on a terminal of 80 columns and 24 lines, which `script` of util-linux makes.
    pub(crate) fn on_a_terminal(command: &Command) -> Self {
        let quoted = |word: &OsStr| format!("'{}'", word.to_string_lossy());
        let words: Vec<String> = [command.get_program()].into_iter().chain(command.get_args()).map(quoted).collect();
        let mut script = Command::new("script");
        script.args(["--quiet", "--return", "--command"]);
        script
            .arg(format!("stty rows 24 cols 80; exec {}", words.join(" ")))
            .arg("/dev/null")
            .env("TERM", "xterm-256color");
        for (name, value) in command.get_envs() {
            match value {
                Some(value) => script.env(name, value),
                None => script.env_remove(name),
            };
        }
        Self::heard(&mut script, Stdio::piped(), Portion::Screen)
    }

    fn heard(command: &mut Command, input: Stdio, by: Portion) -> Self {
        let mut child = command.stdin(input).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("starts");
        let said = Arc::new(Mutex::new(String::new()));
        let stdout: Box<dyn Read + Send> = Box::new(child.stdout.take().expect("piped"));
        let stderr: Box<dyn Read + Send> = Box::new(child.stderr.take().expect("piped"));
        let readers = [stdout, stderr].map(|pipe| listen(pipe, said.clone(), by));
        Self { keys: child.stdin.take(), child, said, readers: readers.into() }
    }

    /// Presses keys on its terminal.
    pub(crate) fn press(&mut self, keys: &str) {
        let terminal = self.keys.as_mut().expect("started on a terminal");
        terminal.write_all(keys.as_bytes()).expect("it reads");
    }

    /// What it has written so far, on either stream.
    pub(crate) fn said(&self) -> String {
        self.said.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Waits until it has written this.
    pub(crate) fn await_words(&mut self, words: &str) {
        self.await_that(|said| said.contains(words), words);
    }

    /// Waits until each of so many workers has a partition. Where there are no more partitions, or no other worker, the
    /// group has come to rest with that.
    pub(crate) fn await_settled(&mut self, workers: usize) {
        self.await_that(|said| holders(said) == workers, "a partition for each worker");
    }

    /// The address of its HTTP server, as soon as it tells.
    pub(crate) fn address(&mut self) -> String {
        let found = |said: &str| {
            let (_, after) = said.split_once("address=").or_else(|| said.split_once("http://"))?;
            let end = after.find(|c: char| !(c.is_ascii_digit() || ".:".contains(c)))?;
            Some(after[..end].to_owned())
        };
        self.await_that(|said| found(said).is_some(), "an address");
        found(&self.said()).expect("just seen")
    }

    /// Waits until this is true of what it has written.
    pub(crate) fn await_that(&mut self, seen: impl Fn(&str) -> bool, what: &str) {
        let deadline = Instant::now() + Duration::from_secs(120);
        while !seen(&self.said()) {
            let ended = self.child.try_wait().expect("a child");
            assert!(ended.is_none(), "ended with {ended:?} before {what:?}:\n{}", self.said());
            assert!(Instant::now() < deadline, "{what:?} was not written:\n{}", self.said());
            crate::cluster::pause(Duration::from_millis(20));
        }
    }

    /// Its number among the processes of this machine.
    pub(crate) fn id(&self) -> u32 {
        self.child.id()
    }

    /// SIGKILL: nothing is tidied up; all that it wrote.
    pub(crate) fn kill(mut self) -> String {
        self.child.kill().expect("killed");
        self.wait(Duration::from_secs(60)).1
    }

    /// Sends a signal by its name.
    pub(crate) fn signal(&self, name: &str) {
        let sent = Command::new("kill").args(["-s", name, &self.child.id().to_string()]).status();
        assert!(sent.expect("kill runs").success(), "SIG{name}");
    }

    /// Waits for its end; how it ended, and all that it wrote.
    pub(crate) fn wait(mut self, patience: Duration) -> (ExitStatus, String) {
        let deadline = Instant::now() + patience;
        let status = loop {
            if let Some(status) = self.child.try_wait().expect("a child") {
                break status;
            }
            assert!(Instant::now() < deadline, "still running after {patience:?}:\n{}", self.said());
            crate::cluster::pause(Duration::from_millis(20));
        };
        self.readers.drain(..).for_each(|reader| reader.join().expect("reads"));
        (status, self.said())
    }

    /// SIGTERM, and an orderly end: within the deadline of the drain, which the program keeps itself.
    pub(crate) fn stop(self) -> String {
        self.signal("TERM");
        let (status, said) = self.wait(Duration::from_secs(360));
        assert_eq!(status.code(), Some(0), "{said}");
        said
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        // It may have ended by itself.
        _ = self.child.kill();
        _ = self.child.wait();
        if std::thread::panicking() {
            let said = self.said();
            let tail: Vec<&str> = said.lines().rev().filter(|line| !line.contains("dead-lettered")).take(60).collect();
            crate::cluster::say(&format!(
                "the process said last:\n{}",
                tail.into_iter().rev().collect::<Vec<_>>().join("\n")
            ));
        }
    }
}

/// How many workers have a partition, by what their process has said.
fn holders(said: &str) -> usize {
    let mut held: BTreeMap<&str, usize> = BTreeMap::new();
    for line in said.lines() {
        let Some((verb, after)) =
            line.split_once("partitions ").map(|(_, line)| line).and_then(|line| line.split_once(" worker="))
        else {
            continue;
        };
        let Some((worker, partitions)) = after.split_once(" partitions=") else { continue };
        let (held, moved) = (held.entry(worker).or_default(), partitions.matches('[').count());
        match verb {
            "assigned" => *held += moved,
            "revoked" => *held = held.saturating_sub(moved),
            _ => {}
        }
    }
    held.values().filter(|held| **held > 0).count()
}

fn listen(pipe: Box<dyn Read + Send>, said: Arc<Mutex<String>>, by: Portion) -> JoinHandle<()> {
    std::thread::spawn(move || {
        let mut pipe = BufReader::new(pipe);
        let mut portion = Vec::new();
        while by.read(&mut pipe, &mut portion).is_ok_and(|read| read > 0) {
            said.lock().unwrap_or_else(PoisonError::into_inner).push_str(&String::from_utf8_lossy(&portion));
            portion.clear();
        }
    })
}

/// In what portions a process is heard.
#[derive(Clone, Copy, Debug)]
enum Portion {
    /// Lines, so that nothing is read by halves.
    Lines,
    /// As it comes: a screen has no lines.
    Screen,
}

impl Portion {
    fn read(self, pipe: &mut impl BufRead, into: &mut Vec<u8>) -> std::io::Result<usize> {
        match self {
            Self::Lines => pipe.read_until(b'\n', into),
            Self::Screen => {
                into.extend_from_slice(pipe.fill_buf()?);
                pipe.consume(into.len());
                Ok(into.len())
            }
        }
    }
}
