//! `wiredesk run`: the service.

use std::time::{Duration, Instant};

use tokio::signal::unix::{SignalKind, signal};
use tokio::sync::watch;
use tracing::{error, info, warn};

use super::{Failure, Layers, runtime};
use crate::config::LogFormat;
use crate::kafka::preflight;
use crate::service::{Ended, Service, stopped};
use crate::telemetry::start_logs;

#[derive(Debug, clap::Args)]
pub(super) struct Args {}

pub(super) fn run(layers: &Layers, _: &Args) -> Result<(), Failure> {
    let sources = layers.sources(&[]);
    let config = layers.load()?;
    let format = config.log.format;
    start_logs(&config.log);
    for name in sources.ignored_environment() {
        warn!(name, "environment variable ignored: keys start with WIREDESK__");
    }
    let runtime = runtime()?;
    let ended = runtime.block_on(async {
        // The signals are caught before the cluster is asked, so that a stop is never lost.
        let stop = stop_on_signal()?;
        let topology = tokio::select! {
            topology = preflight(&config) => topology?,
            () = stopped(stop.clone()) => return Ok(Ended::Drained),
        };
        Ok::<Ended, Failure>(Service::open(config, topology).await?.run(stop).await)
    });
    // What is still blocked in the client library must not hold the exit.
    runtime.shutdown_background();
    let ended = ended.and_then(finish);
    ended.map_err(|failure| match failure {
        // The last line is in the form of the others, so that whatever reads the log reads it, too.
        Failure::Failed(problem) if format == LogFormat::Json => {
            error!(problem, "stopped");
            Failure::Told
        }
        other => other,
    })
}

/// The exit of a service that has ended.
pub(super) fn finish(ended: Ended) -> Result<(), Failure> {
    match ended {
        Ended::Drained => {
            info!("stopped");
            Ok(())
        }
        Ended::DrainTimedOut => Err(Failure::Failed(
            "not everything in flight was delivered in time; nothing is lost, it will be processed again".to_owned(),
        )),
        Ended::Failed(problem) => Err(Failure::Failed(problem)),
    }
}

/// How long after the first signal another one still counts as the same: a terminal and a supervisor may both send it.
const SAME_SIGNAL: Duration = Duration::from_secs(1);

/// Turns true at the first SIGTERM or SIGINT. A later one ends the process at once.
pub(super) fn stop_on_signal() -> Result<watch::Receiver<bool>, Failure> {
    let (mut terminate, mut interrupt) = (signal(SignalKind::terminate())?, signal(SignalKind::interrupt())?);
    let (sender, receiver) = watch::channel(false);
    tokio::spawn(async move {
        let mut first: Option<Instant> = None;
        loop {
            tokio::select! {
                _ = terminate.recv() => {}
                _ = interrupt.recv() => {}
            }
            match first {
                None => {
                    info!("asked to stop");
                    sender.send_replace(true);
                    first = Some(Instant::now());
                }
                Some(first) if first.elapsed() < SAME_SIGNAL => {}
                Some(_) => {
                    warn!("stopped by a second signal; what is in flight will be processed again");
                    std::process::exit(1);
                }
            }
        }
    });
    Ok(receiver)
}
