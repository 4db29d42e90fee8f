//! The command line: one file a subcommand.
//!
//! Exit codes: 0 done, 1 failed, 2 wrong usage or configuration. Results go to standard output, everything else to
//! standard error.

mod ask;
mod bench;
mod bench_cluster;
mod check;
mod dev;
mod dlq;
mod enrich;
mod explain;
mod input;
mod man;
mod moment;
mod produce;
mod run;
mod samples;
mod schema;
mod tail;
mod test;
mod top;
mod trial;
mod unpack;
mod verify;
mod view;

use std::io::Write;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::{CommandFactory, Parser, Subcommand};

use crate::config::{Config, Faults, Sources};

const EXAMPLES: &str = "\
Examples:
  wiredesk dev                                     see the whole pipeline at work, on a broker in memory
  wiredesk enrich article.txt --pretty             tag one article, without Kafka
  wiredesk enrich article.txt --explain            what was read in it, and why
  wiredesk enrich dump.ndjson.gz > out.ndjson      tag a whole file of them
  wiredesk check --cluster --brokers k1:9092       is the configuration right, and the cluster ready?
  WIREDESK__KAFKA__BROKERS=k1:9092 wiredesk run    run against a cluster
  wiredesk tail --language vi --entity Q881        follow enriched events
  wiredesk top                                     watch the running instance
  wiredesk dlq list --since 6h                     what could not be read, and why";

const COMPLETIONS: &str = "\
Examples:
  wiredesk completions bash > ~/.local/share/bash-completion/completions/wiredesk
  wiredesk completions zsh > \"${fpath[1]}/_wiredesk\"
  wiredesk completions fish > ~/.config/fish/completions/wiredesk.fish";

/// Streaming news-ingest event processor: raw articles in, tagged and normalised events out.
#[derive(Debug, Parser)]
#[command(name = "wiredesk", version, about, after_help = EXAMPLES, max_term_width = 110)]
struct Cli {
    #[command(flatten)]
    layers: Layers,
    #[command(subcommand)]
    command: Command,
}

/// Where configuration comes from.
#[derive(Debug, Clone, clap::Args)]
struct Layers {
    /// A TOML file; may be given more than once, the later file wins
    #[arg(long, short, global = true, value_name = "FILE", env = "WIREDESK_CONFIG", value_delimiter = ':')]
    config: Vec<PathBuf>,
    /// One key, stronger than files and environment: --set batch.records_max=500
    #[arg(long, global = true, value_name = "KEY=VALUE", value_parser = key_value)]
    set: Vec<(String, String)>,
    /// Short for --set kafka.brokers=…
    #[arg(long, global = true, value_name = "HOST:PORT,…")]
    brokers: Option<String>,
}

impl Layers {
    /// All layers, with `more` as the strongest flags.
    fn sources(&self, more: &[(&str, String)]) -> Sources {
        let brokers = self.brokers.iter().map(|brokers| ("kafka.brokers".to_owned(), brokers.clone()));
        let more = more.iter().map(|(key, value)| ((*key).to_owned(), value.clone()));
        Sources::with_environment(self.config.clone(), self.set.iter().cloned().chain(brokers).chain(more).collect())
    }

    fn load(&self) -> Result<Config, Failure> {
        self.load_with(&[])
    }

    fn load_with(&self, more: &[(&str, String)]) -> Result<Config, Failure> {
        Config::load(&self.sources(more)).map_err(Failure::Config)
    }
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Run the service against a Kafka cluster
    Run(run::Args),
    /// Run the whole pipeline on a broker in memory, with sample articles
    Dev(dev::Args),
    /// Tag articles from files or standard input, without Kafka
    Enrich(enrich::Args),
    /// Push articles into the raw topic
    Produce(produce::Args),
    /// Follow the enriched topic
    Tail(tail::Args),
    /// Watch a running instance in the terminal
    Top(top::Args),
    /// List, show and replay dead letters
    #[command(subcommand)]
    Dlq(dlq::Command),
    /// Show the configuration in force and, if asked, look at the cluster
    Check(check::Args),
    /// Try names and routes on articles of your own
    Test(test::Args),
    /// Is anything lost or doubled on this cluster when processes are killed? Try it
    Verify(verify::Args),
    /// Print the JSON Schema of the event
    Schema(schema::Args),
    /// Measure the throughput of each stage, without Kafka
    Bench(bench::Args),
    /// Print shell completions
    #[command(after_help = COMPLETIONS)]
    Completions {
        /// The shell
        shell: clap_complete::Shell,
    },
    /// Print the manual page, or write one for each command
    Man(man::Args),
}

/// Why a command failed.
#[derive(Debug)]
enum Failure {
    /// The configuration has faults.
    Config(Faults),
    /// The command line asks for something that makes no sense.
    Usage(String),
    /// Something went wrong on the way.
    Failed(String),
    /// The same, and the log has told it.
    Told,
    /// Whoever read our output has seen enough, which is no failure: `wiredesk check | head`.
    Unread,
}

impl From<std::io::Error> for Failure {
    fn from(error: std::io::Error) -> Self {
        match error.kind() {
            std::io::ErrorKind::BrokenPipe => Self::Unread,
            _ => Self::Failed(error.to_string()),
        }
    }
}

impl From<crate::delivery::Error> for Failure {
    fn from(error: crate::delivery::Error) -> Self {
        Self::Failed(error.to_string())
    }
}

/// Runs the program.
#[must_use]
pub fn main() -> ExitCode {
    let Cli { layers, command } = Cli::parse();
    let done = match command {
        Command::Run(args) => run::run(&layers, &args),
        Command::Dev(args) => dev::run(&layers, &args),
        Command::Enrich(args) => enrich::run(&layers, &args),
        Command::Produce(args) => produce::run(&layers, &args),
        Command::Tail(args) => tail::run(&layers, &args),
        Command::Top(args) => top::run(&layers, &args),
        Command::Dlq(command) => dlq::run(&layers, &command),
        Command::Check(args) => check::run(&layers, &args),
        Command::Test(args) => test::run(&layers, &args),
        Command::Verify(args) => verify::run(&layers, &args),
        Command::Schema(args) => schema::run(&layers, &args),
        Command::Bench(args) => bench::run(&layers, &args),
        Command::Man(args) => man::run(&args),
        Command::Completions { shell } => completions(shell),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => report(&failure),
    }
}

fn report(failure: &Failure) -> ExitCode {
    let (text, code) = match failure {
        Failure::Config(faults) => (faults.to_string(), 2),
        Failure::Usage(problem) => (problem.clone(), 2),
        Failure::Failed(problem) => (problem.clone(), 1),
        Failure::Told => return ExitCode::from(1),
        Failure::Unread => return ExitCode::SUCCESS,
    };
    anstream::eprintln!("{}error:{} {text}", view::BAD, view::BAD.render_reset());
    ExitCode::from(code)
}

fn completions(shell: clap_complete::Shell) -> Result<(), Failure> {
    // By way of the memory: written at once, it would panic where nobody reads.
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut Cli::command(), "wiredesk", &mut script);
    std::io::stdout().lock().write_all(&script)?;
    Ok(())
}

/// The runtime of commands that talk to a cluster.
fn runtime() -> Result<tokio::runtime::Runtime, Failure> {
    Ok(tokio::runtime::Builder::new_multi_thread().enable_all().build()?)
}

fn key_value(text: &str) -> Result<(String, String), String> {
    match text.split_once('=') {
        Some((key, value)) if !key.is_empty() => Ok((key.trim().to_owned(), value.to_owned())),
        Some(_) | None => Err("must be KEY=VALUE, such as batch.records_max=500".to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_command_line_is_consistent() {
        Cli::command().debug_assert();
    }
}
