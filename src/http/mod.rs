//! Metrics, probes and the console.
//!
//! Metrics and probes are open to whoever reaches the address. The console shows articles, so it is served on loopback
//! alone or against a token (`guard`), and it only reads: what is tried in it goes nowhere else.

mod assets;
mod connections;
mod facets;
mod guard;
mod live;
mod search;
mod state;
mod trial;

use std::io;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Instant;

use axum::Router;
use axum::extract::State;
use axum::http::{StatusCode, header};
use axum::middleware::{from_fn, from_fn_with_state};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use tokio::net::TcpListener;
use tokio::sync::{Semaphore, watch};
use tracing::info;

use self::connections::Bounds;
use crate::config::{Access, Config, Console};
use crate::pipeline::Processor;
use crate::telemetry::Telemetry;

/// How many searches and trials may use a core at once: the console must leave the rest to the workers.
const BUSY_MAX: usize = 2;

/// What the handlers share.
#[derive(Clone, Debug)]
struct Shared {
    telemetry: Arc<Telemetry>,
    /// The processor in force.
    processors: watch::Receiver<Arc<Processor>>,
    console: Arc<Console>,
    about: Arc<state::About>,
    started: Instant,
    /// One permit for each page that follows the events.
    followers: Arc<Semaphore>,
    /// One permit for each search or trial.
    busy: Arc<Semaphore>,
}

/// The HTTP server, bound and not yet serving.
#[derive(Debug)]
pub struct Server {
    listener: TcpListener,
    address: SocketAddr,
    router: Router,
    bounds: Bounds,
}

impl Server {
    /// Binds the address. What is tried in the console goes through the processor in force.
    ///
    /// # Errors
    /// If it cannot be bound; the error names the key and the address.
    pub async fn bind(
        address: SocketAddr,
        config: &Config,
        telemetry: Arc<Telemetry>,
        processors: watch::Receiver<Arc<Processor>>,
    ) -> io::Result<Self> {
        let named = |error: io::Error| io::Error::new(error.kind(), format!("http.listen = {address}: {error}"));
        let listener = TcpListener::bind(address).await.map_err(named)?;
        let address = listener.local_addr()?;
        let console = config.http.console.clone();
        let access = match console.access {
            Access::Off => "off",
            Access::Local => "open to this machine",
            Access::Token(_) => "against a token",
        };
        info!(%address, console = access, "serving metrics, probes and console");
        let bounds = Bounds::new(console.followers_max);
        let shared = Shared {
            telemetry,
            processors,
            about: Arc::new(state::About::new(config)),
            started: Instant::now(),
            followers: Arc::new(Semaphore::new(console.followers_max)),
            busy: Arc::new(Semaphore::new(BUSY_MAX)),
            console: Arc::new(console),
        };
        Ok(Self { listener, address, router: router(shared), bounds })
    }

    /// Where it listens; the port is a real one even if 0 was asked for.
    #[must_use]
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Serves until it is aborted.
    pub async fn serve(self) {
        connections::serve(self.listener, self.router, self.bounds).await;
    }
}

fn router(shared: Shared) -> Router {
    let probes =
        Router::new().route("/metrics", get(metrics)).route("/livez", get(livez)).route("/readyz", get(readyz));
    let console = match shared.console.access {
        Access::Off => Router::new().route("/", get(off)),
        Access::Local | Access::Token(_) => console(&shared),
    };
    probes.merge(console).layer(from_fn(guard::harden)).with_state(shared)
}

/// The page holds no secret and is needed to ask for the token; its interface is behind it.
fn console(shared: &Shared) -> Router<Shared> {
    let interface = Router::new()
        .route("/api/state", get(state::state))
        .route("/api/events", get(search::events))
        .route("/api/live", get(live::live))
        .route("/api/try", post(trial::trial))
        .layer(from_fn_with_state(shared.clone(), guard::authorise));
    let page = Router::new().route("/", get(assets::index)).route("/console/{name}", get(assets::asset));
    page.merge(interface).layer(from_fn_with_state(shared.clone(), guard::only_from_here))
}

async fn off() -> (StatusCode, &'static str) {
    (
        StatusCode::NOT_FOUND,
        "The console is off: http.console.enabled is false, or http.listen is no loopback address and http.console.token is \
         not set.\n",
    )
}

async fn metrics(State(shared): State<Shared>) -> Response {
    let Telemetry { metrics, progress, .. } = &*shared.telemetry;
    match metrics.encode(progress) {
        Ok(text) => ([(header::CONTENT_TYPE, prometheus::TEXT_FORMAT)], text).into_response(),
        Err(error) => (StatusCode::INTERNAL_SERVER_ERROR, error.to_string()).into_response(),
    }
}

async fn livez(State(shared): State<Shared>) -> (StatusCode, String) {
    verdict("live", shared.telemetry.progress.live())
}

async fn readyz(State(shared): State<Shared>) -> (StatusCode, String) {
    let progress = &shared.telemetry.progress;
    verdict("ready", progress.live().and_then(|()| progress.ready()))
}

fn verdict(word: &str, outcome: Result<(), String>) -> (StatusCode, String) {
    match outcome {
        Ok(()) => (StatusCode::OK, format!("{word}\n")),
        Err(problem) => (StatusCode::SERVICE_UNAVAILABLE, format!("not {word}: {problem}\n")),
    }
}

#[cfg(test)]
mod tests;
