//! Metrics, probes and the status page: read-only, and without authentication, so bound to loopback by default.

mod status;

use std::io;
use std::net::SocketAddr;
use std::sync::Arc;

use axum::Router;
use axum::extract::State;
use axum::http::{HeaderName, StatusCode, header};
use axum::response::{Html, IntoResponse, Json, Response};
use axum::routing::get;
use tokio::net::TcpListener;
use tracing::{error, info};

use crate::config::Config;
use crate::telemetry::Telemetry;

/// The page; it asks `/status.json` for everything it shows.
const PAGE: &str = include_str!("page.html");

/// Nothing may be loaded or sent anywhere but here, and nobody may frame the page.
const CONTENT_SECURITY_POLICY: &str = "default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'; \
     connect-src 'self'; img-src data:; frame-ancestors 'none'; base-uri 'none'; form-action 'none'";

/// What the handlers share.
#[derive(Clone)]
struct Shared {
    telemetry: Arc<Telemetry>,
    about: Arc<status::About>,
}

/// The HTTP server, bound and not yet serving.
#[derive(Debug)]
pub struct Server {
    listener: TcpListener,
    address: SocketAddr,
    router: Router,
}

impl Server {
    /// Binds the address.
    ///
    /// # Errors
    /// If it cannot be bound; the error names the key and the address.
    pub async fn bind(address: SocketAddr, config: &Config, telemetry: Arc<Telemetry>) -> io::Result<Self> {
        let named = |error: io::Error| io::Error::new(error.kind(), format!("http.listen = {address}: {error}"));
        let listener = TcpListener::bind(address).await.map_err(named)?;
        let address = listener.local_addr()?;
        info!(%address, "serving metrics and status");
        let shared = Shared { telemetry, about: Arc::new(status::About::new(config)) };
        let router = Router::new()
            .route("/", get(page))
            .route("/status.json", get(status_json))
            .route("/metrics", get(metrics))
            .route("/livez", get(livez))
            .route("/readyz", get(readyz))
            .with_state(shared);
        Ok(Self { listener, address, router })
    }

    /// Where it listens; the port is a real one even if 0 was asked for.
    #[must_use]
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Serves until it is aborted.
    pub async fn serve(self) {
        if let Err(error) = axum::serve(self.listener, self.router).await {
            error!(%error, "http server ended");
        }
    }
}

async fn page() -> Response {
    let policy = (HeaderName::from_static("content-security-policy"), CONTENT_SECURITY_POLICY);
    ([policy, (header::X_CONTENT_TYPE_OPTIONS, "nosniff")], Html(PAGE)).into_response()
}

async fn status_json(State(shared): State<Shared>) -> Json<status::Status> {
    Json(status::Status::now(&shared.about, &shared.telemetry))
}

async fn metrics(State(shared): State<Shared>) -> Response {
    let Telemetry { metrics, progress, .. } = &*shared.telemetry;
    match metrics.encode(&progress.partitions()) {
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
