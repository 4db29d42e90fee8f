//! `wiredesk top`: a running instance in the terminal.
//!
//! It reads `/metrics` and `/readyz` as Prometheus would, so it shows what the alerts see, and works wherever they do: with
//! the console off, and through a tunnel. Where a token is configured it is shown, for a proxy that asks for it.

mod figures;
mod plain;
mod scrape;
mod screen;
mod words;

use std::collections::VecDeque;
use std::io::{IsTerminal, Write};
use std::time::{Duration, Instant};

use ratatui::crossterm::event::{self, Event, KeyCode, KeyEvent, KeyEventKind, KeyModifiers};

use self::figures::Figures;
use self::scrape::Scrape;
use self::screen::View;
use super::ask::{Answer, ask};
use super::{Failure, Layers};
use crate::config::{Access, Config};

/// How far back latencies, stages, reasons and tags are shown.
const WINDOW: Duration = Duration::from_secs(60);

/// The most steps whose rate is remembered: wider than any terminal.
const HISTORY_MAX: usize = 512;

#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  wiredesk top                                     the instance on this machine
  wiredesk top http://desk-0.example:9464
  wiredesk top --once                              totals since its start, as lines
  wiredesk top --once --interval 10                rates over ten seconds, as lines

Keys: q quit, p pause, ? help. The token, if one is needed: WIREDESK__HTTP__CONSOLE__TOKEN.")]
pub(super) struct Args {
    /// The instance; without it the one of http.listen
    #[arg(value_name = "URL")]
    instance: Option<String>,
    /// Seconds between two looks; with --once rates over so long in place of totals
    #[arg(long, value_name = "SECONDS", value_parser = clap::value_parser!(u64).range(1..=3600))]
    interval: Option<u64>,
    /// Print one look as lines and end
    #[arg(long)]
    once: bool,
}

pub(super) fn run(layers: &Layers, args: &Args) -> Result<(), Failure> {
    let config = layers.load()?;
    let instance = Instance::new(args.instance.as_deref(), &config)?;
    let interval = args.interval.map(Duration::from_secs);
    if args.once {
        return once(&instance, interval);
    }
    if !std::io::stdout().is_terminal() {
        return Err(Failure::Usage("standard output is no terminal: `wiredesk top --once` prints lines".to_owned()));
    }
    let mut terminal = ratatui::try_init()?;
    let done = watch(&mut terminal, &instance, interval.unwrap_or(Duration::from_secs(2)));
    ratatui::try_restore()?;
    done
}

/// Who is asked.
#[derive(Debug)]
struct Instance {
    base: String,
    token: Option<String>,
}

impl Instance {
    fn new(url: Option<&str>, config: &Config) -> Result<Self, Failure> {
        let base = match (url, config.http.listen) {
            (Some(url), _) if url.contains("://") => url.trim_end_matches('/').to_owned(),
            (Some(address), _) => format!("http://{}", address.trim_end_matches('/')),
            (None, Some(mut listen)) => {
                // Where it listens everywhere, it listens here.
                if listen.ip().is_unspecified() {
                    listen.set_ip(std::net::Ipv4Addr::LOCALHOST.into());
                }
                format!("http://{listen}")
            }
            (None, None) => return Err(Failure::Usage("http.listen is empty: which instance? top URL".to_owned())),
        };
        let token = match &config.http.console.access {
            Access::Token(token) => Some(token.reveal().to_owned()),
            Access::Local | Access::Off => None,
        };
        Ok(Self { base, token })
    }

    /// A problem without the address, which is shown beside it.
    fn without_base(&self, problem: String) -> String {
        let known = format!("{}/metrics: ", self.base);
        problem.strip_prefix(&known).map(str::to_owned).unwrap_or(problem)
    }

    /// All metrics, and what the instance is not ready for.
    fn look(&self) -> Result<(Scrape, Option<String>), Failure> {
        let ask = |path: &str| ask(&format!("{}/{path}", self.base), self.token.as_deref());
        let Answer { status, body } = ask("metrics")?;
        let scrape = Scrape::read(&body, Instant::now());
        if status != 200 || !scrape.has("wiredesk_build_info") {
            return Err(Failure::Failed(format!("{}/metrics answers {status} without metrics of wiredesk", self.base)));
        }
        let ready = ask("readyz")?;
        let trouble = (ready.status != 200).then(|| ready.body.trim().replace(char::is_control, " "));
        Ok((scrape, trouble))
    }
}

fn once(instance: &Instance, interval: Option<Duration>) -> Result<(), Failure> {
    let (mut now, mut trouble) = instance.look()?;
    let mut before = None;
    if let Some(interval) = interval {
        pause(interval);
        before = Some(now);
        (now, trouble) = instance.look()?;
    }
    let figures = Figures::between(before.as_ref(), &now);
    let mut out = std::io::stdout().lock();
    for line in plain::lines(&instance.base, trouble.as_deref(), &figures) {
        writeln!(out, "{line}")?;
    }
    Ok(())
}

#[expect(clippy::disallowed_methods, reason = "this command has no async thread")]
fn pause(interval: Duration) {
    std::thread::sleep(interval);
}

/// Looks and draws until a key ends it. An instance that does not answer is shown as such, and asked again.
fn watch(terminal: &mut ratatui::DefaultTerminal, instance: &Instance, interval: Duration) -> Result<(), Failure> {
    let mut view = View::new(instance.base.clone());
    let mut looks = Looks::default();
    loop {
        if !view.is_paused {
            match instance.look() {
                Ok((scrape, trouble)) => looks.add(scrape, trouble, &mut view),
                Err(Failure::Failed(problem)) => view.trouble = Some(instance.without_base(problem)),
                Err(other) => return Err(other),
            }
        }
        let next = Instant::now() + interval;
        loop {
            terminal.draw(|frame| screen::draw(frame, &view))?;
            if !event::poll(next.saturating_duration_since(Instant::now()))? {
                break;
            }
            match event::read()? {
                Event::Key(key) if key.kind == KeyEventKind::Press && !view.press(key) => return Ok(()),
                _ => {}
            }
        }
    }
}

/// The looks of the last minute.
#[derive(Debug, Default)]
struct Looks {
    kept: VecDeque<Scrape>,
}

impl Looks {
    fn add(&mut self, now: Scrape, trouble: Option<String>, view: &mut View) {
        while self.kept.len() > 1 && self.kept.front().is_some_and(|oldest| now.at - oldest.at > WINDOW) {
            self.kept.pop_front();
        }
        let step = Figures::between(self.kept.back(), &now);
        view.minute = Some(Figures::between(self.kept.front(), &now));
        if let Some(rate) = step.rate(step.consumed) {
            view.history.push(rate.round() as u64);
            let surplus = view.history.len().saturating_sub(HISTORY_MAX);
            view.history.drain(..surplus);
        }
        view.step = Some(step);
        view.trouble = trouble;
        self.kept.push_back(now);
    }
}

impl View {
    fn new(address: String) -> Self {
        Self { address, trouble: None, step: None, minute: None, history: Vec::new(), is_paused: false, is_help: false }
    }

    /// What a key does; false if it ends the program.
    fn press(&mut self, key: KeyEvent) -> bool {
        let interrupts = key.code == KeyCode::Char('c') && key.modifiers.contains(KeyModifiers::CONTROL);
        match key.code {
            KeyCode::Char('p') => self.is_paused = !self.is_paused,
            KeyCode::Char('?') => self.is_help = !self.is_help,
            KeyCode::Esc if self.is_help => self.is_help = false,
            KeyCode::Char('q') | KeyCode::Esc => return false,
            _ => {}
        }
        !interrupts
    }
}
