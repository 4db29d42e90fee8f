//! `wiredesk check`: the configuration in force, the cluster, a running instance.

use std::io::Write;

use super::ask::{Answer, ask};
use super::{Failure, Layers, runtime};
use crate::kafka::preflight;
use crate::telemetry::start_logs;

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// Look at the cluster as `run` would: brokers, topics, rights, transactions
    #[arg(long)]
    cluster: bool,
    /// Ask a running instance instead, and exit 0 if it answers 200: http://127.0.0.1:9464/readyz
    #[arg(long, value_name = "URL", conflicts_with = "cluster")]
    ready: Option<String>,
}

pub(super) fn run(layers: &Layers, args: &Args) -> Result<(), Failure> {
    if let Some(url) = &args.ready {
        return ready(url);
    }
    let sources = layers.sources(&[]);
    for name in sources.ignored_environment() {
        anstream::eprintln!("ignored: {name} in the environment (keys start with WIREDESK__)");
    }
    let config = layers.load()?;
    let mut out = anstream::stdout().lock();
    let printed = config
        .effective
        .iter()
        .try_for_each(|(key, effective)| writeln!(out, "{key} = {}  # {}", effective.value, effective.origin));
    // The cluster is looked at whether anybody reads the configuration or not.
    if args.cluster {
        start_logs(&config.log);
        let topology = runtime()?.block_on(preflight(&config))?;
        anstream::eprintln!(
            "cluster ready: events up to {} bytes, dead letters up to {} bytes",
            topology.event_bytes_max(),
            topology.letter_bytes_max()
        );
    }
    Ok(printed?)
}

fn ready(url: &str) -> Result<(), Failure> {
    match ask(url, None)? {
        Answer { status: 200, .. } => Ok(()),
        Answer { status, body } => Err(Failure::Failed(format!("{url} answers {status}: {}", body.trim()))),
    }
}
