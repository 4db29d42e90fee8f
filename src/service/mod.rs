//! The running service: workers, HTTP, and an orderly stop.

mod credentials;
mod reload;

use std::net::SocketAddr;
use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

use tokio::sync::watch;
use tokio::task::JoinSet;
use tokio::time::timeout;
use tracing::{error, info, warn};

use self::credentials::Credentials;
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
    async fn watch_lag(&self, config: &Config) -> String {
        match watch_extents(config, self.telemetry.clone()).await {
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

    /// Runs workers until a stop, and anew with each replacement of the credentials.
    async fn run_workers(&self, stop: watch::Receiver<bool>) -> Ended {
        let mut credentials = match Credentials::watch(&self.config).await {
            Ok(credentials) => credentials,
            Err(error) => return Ended::Failed(format!("SIGHUP cannot be caught: {error}")),
        };
        let mut config = self.config.clone();
        let mut lexicon = pin!(self.watch_lexicon());
        loop {
            let (halt, halted) = watch::channel(false);
            let mut workers = self.start_workers(&config, &halted);
            let why = tokio::select! {
                () = stopped(stop.clone()) => Why::Asked,
                problem = self.watch_lag(&config) => Why::Failed(problem),
                problem = first_failure(&mut workers) => Why::Failed(problem),
                problem = &mut lexicon => Why::Failed(problem),
                renewed = credentials.renewed(&config, &self.telemetry) => Why::Renewed(Box::new(renewed)),
            };
            info!("draining");
            match why {
                Why::Asked | Why::Failed(_) => self.telemetry.metrics.draining(),
                // It stays.
                Why::Renewed(_) => {}
            }
            halt.send_replace(true);
            let drained = timeout(config.drain_max, drain(&mut workers)).await;
            if drained.is_err() {
                warn!(drain_ms_max = config.drain_max.as_millis(), "not drained in time");
            }
            config = match (why, drained) {
                (Why::Failed(problem), _) | (_, Ok(Some(problem))) => return Ended::Failed(problem),
                (Why::Asked, Ok(None)) => return Ended::Drained,
                (Why::Asked, Err(_)) => return Ended::DrainTimedOut,
                (Why::Renewed(renewed), Ok(None) | Err(_)) => Arc::new(*renewed),
            };
            // What the old clients could not end, the new ones do: a producer of the same name, and whoever reads again.
            workers.shutdown().await;
        }
    }

    fn start_workers(&self, config: &Arc<Config>, halted: &watch::Receiver<bool>) -> JoinSet<Result<(), Error>> {
        let (topology, telemetry) = (self.topology, self.telemetry.clone());
        let platform = Arc::new(Platform { config: config.clone(), topology, telemetry });
        let mut workers = JoinSet::new();
        for (number, rest) in Rest::for_each(config.workers.count).into_iter().enumerate() {
            let worker = Worker {
                number,
                config: config.clone(),
                platform: platform.clone(),
                processors: self.processors.subscribe(),
                telemetry: self.telemetry.clone(),
            };
            workers.spawn(worker.run(halted.clone(), rest));
        }
        info!(workers = config.workers.count, guarantee = config.delivery.guarantee.as_str(), "running");
        workers
    }
}

/// Why workers come to rest.
enum Why {
    /// A stop was asked for.
    Asked,
    /// One of them, or a watch beside them, cannot go on.
    Failed(String),
    /// The credentials have been replaced: they go on with these.
    Renewed(Box<Config>),
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
