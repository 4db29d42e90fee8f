//! The running service: workers, HTTP, and an orderly stop.

mod reload;

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use tokio::sync::watch;
use tokio::task::JoinSet;
use tokio::time::timeout;
use tracing::{error, info, warn};

use crate::config::Config;
use crate::delivery::{Error, Rest, Worker};
use crate::http;
use crate::kafka::{Platform, Topology, watch_extents};
use crate::pipeline::{Processor, Settings};
use crate::telemetry::{Recent, Telemetry, Traces};

/// How much longer than a delivery a loop may take before it counts as stuck: processing, rewinding and making new
/// clients come on top.
const BUSY_MARGIN: Duration = Duration::from_secs(60);

/// How a service ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Ended {
    /// It was asked to stop, and everything in flight was delivered.
    Drained,
    /// It was asked to stop, and something was still in flight when the time was up. Nothing is lost: what was not
    /// committed is processed again by whoever takes over.
    DrainTimedOut,
    /// A worker met what only an operator can mend.
    Failed(String),
}

/// A service that is about to run: its clients do not exist yet.
#[derive(Debug)]
pub struct Service {
    config: Arc<Config>,
    topology: Topology,
    settings: Settings,
    processors: watch::Sender<Arc<Processor>>,
    telemetry: Arc<Telemetry>,
    server: Option<http::Server>,
}

impl Service {
    /// Compiles the taggers, prepares telemetry, and binds the HTTP address.
    ///
    /// # Errors
    /// If the HTTP address cannot be bound, or the client of the collector of traces cannot be made.
    pub async fn open(config: Config, topology: Topology) -> std::io::Result<Self> {
        let settings = Settings {
            limits: config.limits,
            event_bytes_max: Some(topology.event_bytes_max()),
            dead_letter_bytes_max: Some(topology.letter_bytes_max()),
            drop: config.drop.clone(),
            copies: config.copies.clone(),
        };
        let processor = Processor::with_lexicon(settings.clone(), config.lexicon.compiled.clone());
        let busy_max = config.delivery.timeout * 2 + BUSY_MARGIN;
        let recent = Recent::new(config.http.events_kept, config.http.events_bytes_max);
        let mut telemetry = Telemetry::new(recent, busy_max, config.stalled_after, processor.rules());
        telemetry.traces = Traces::open(&config).map_err(std::io::Error::other)?;
        for topic in config.topics.raw.iter().filter(|name| !name.starts_with('^')) {
            telemetry.metrics.expect_topic(topic);
        }
        for route in config.copies.routes() {
            telemetry.metrics.expect_route(&route.name);
            info!(route = &*route.name, topic = &*route.topic, when = %route.when, "route");
        }
        let telemetry = Arc::new(telemetry);
        let processors = watch::Sender::new(Arc::new(processor));
        let server = match config.http.listen {
            Some(address) => {
                Some(http::Server::bind(address, &config, telemetry.clone(), processors.subscribe()).await?)
            }
            None => None,
        };
        Ok(Self { config: Arc::new(config), topology, settings, processors, telemetry, server })
    }

    /// Where metrics, probes and the console are served.
    #[must_use]
    pub fn address(&self) -> Option<SocketAddr> {
        self.server.as_ref().map(http::Server::address)
    }

    /// Runs until `stop` turns true or a worker fails for good.
    pub async fn run(mut self, stop: watch::Receiver<bool>) -> Ended {
        let serving = self.server.take().map(|server| tokio::spawn(server.serve()));
        let ended = self.run_workers(stop.clone()).await;
        if let (Ended::Failed(problem), Some(_)) = (&ended, &serving) {
            self.linger(problem, stop).await;
        }
        let telemetry = self.telemetry.clone();
        // It only fails if it panics, and spans are no reason to fail.
        _ = tokio::task::spawn_blocking(move || telemetry.traces.close()).await;
        if let Some(serving) = serving {
            serving.abort();
        }
        ended
    }

    /// Serves metrics a little longer: who is to find out why the process ended reads them at intervals.
    async fn linger(&self, problem: &str, stop: watch::Receiver<bool>) {
        self.telemetry.metrics.failed();
        self.telemetry.progress.failed(problem);
        info!(linger_ms = self.config.linger.as_millis(), "failed; serving metrics until the exit");
        // A stop that is asked for now ends it at once.
        _ = timeout(self.config.linger, stopped(stop)).await;
    }

    /// Measures lag; ends only with a problem.
    async fn watch_lag(&self) -> String {
        match watch_extents(&self.config, self.telemetry.clone()).await {
            Ok(()) => "lag is no longer measured".to_owned(),
            Err(error) => error.to_string(),
        }
    }

    /// Keeps the lexicon up to date; ends only with a problem.
    async fn watch_lexicon(&self) -> String {
        match reload::watch(&self.config.lexicon, &self.settings, &self.processors, &self.telemetry).await {
            Ok(never) => match never {},
            Err(error) => format!("SIGHUP cannot be caught: {error}"),
        }
    }

    async fn run_workers(&self, stop: watch::Receiver<bool>) -> Ended {
        let (halt, halted) = watch::channel(false);
        let (config, telemetry) = (self.config.clone(), self.telemetry.clone());
        let platform = Arc::new(Platform { config, topology: self.topology, telemetry });
        let mut workers = JoinSet::new();
        for (number, rest) in Rest::for_each(self.config.workers.count).into_iter().enumerate() {
            let worker = Worker {
                number,
                config: self.config.clone(),
                platform: platform.clone(),
                processors: self.processors.subscribe(),
                telemetry: self.telemetry.clone(),
            };
            workers.spawn(worker.run(halted.clone(), rest));
        }
        info!(workers = self.config.workers.count, guarantee = self.config.delivery.guarantee.as_str(), "running");
        let failed = tokio::select! {
            () = stopped(stop) => None,
            problem = self.watch_lag() => Some(problem),
            problem = first_failure(&mut workers) => Some(problem),
            problem = self.watch_lexicon() => Some(problem),
        };
        info!("draining");
        self.telemetry.metrics.draining();
        halt.send_replace(true);
        let drained = timeout(self.config.drain_max, drain(&mut workers)).await;
        match (failed, drained) {
            (Some(problem), _) | (None, Ok(Some(problem))) => Ended::Failed(problem),
            (None, Ok(None)) => Ended::Drained,
            (None, Err(_)) => {
                warn!(drain_ms_max = self.config.drain_max.as_millis(), "not drained in time");
                Ended::DrainTimedOut
            }
        }
    }
}

/// Waits until a stop is asked for. A sender that is gone asks for it as well.
pub async fn stopped(mut stop: watch::Receiver<bool>) {
    // An error means that nobody can ask any more.
    _ = stop.wait_for(|stop| *stop).await;
}

async fn first_failure(workers: &mut JoinSet<Result<(), Error>>) -> String {
    while let Some(joined) = workers.join_next().await {
        if let Some(problem) = problem(joined) {
            return problem;
        }
    }
    "every worker ended by itself".to_owned()
}

/// Waits for all workers; the first problem, if there was one.
async fn drain(workers: &mut JoinSet<Result<(), Error>>) -> Option<String> {
    let mut first = None;
    while let Some(joined) = workers.join_next().await {
        first = first.or(problem(joined));
    }
    first
}

fn problem(joined: Result<Result<(), Error>, tokio::task::JoinError>) -> Option<String> {
    let problem = match joined {
        Ok(Ok(())) => return None,
        Ok(Err(error)) => error.to_string(),
        Err(error) => format!("a worker panicked: {error}"),
    };
    error!(problem, "worker failed");
    Some(problem)
}
