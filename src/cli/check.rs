//! `wiredesk check`: the configuration in force, the cluster, a running instance.

use std::io::{Read, Write};
use std::net::{TcpStream, ToSocketAddrs};
use std::time::Duration;

use super::{Failure, Layers, runtime};
use crate::kafka::preflight;
use crate::telemetry::start_logs;

/// How long a running instance may take to answer.
const ANSWER_TIMEOUT: Duration = Duration::from_secs(5);

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
    for (key, effective) in &config.effective {
        writeln!(out, "{key} = {}  # {}", effective.value, effective.origin)?;
    }
    if args.cluster {
        start_logs(&config.log);
        let topology = runtime()?.block_on(preflight(&config))?;
        anstream::eprintln!(
            "cluster ready: events up to {} bytes, dead letters up to {} bytes",
            topology.event_bytes_max(),
            topology.letter_bytes_max()
        );
    }
    Ok(())
}

/// One request of HTTP/1.0: enough for a health check in an image that has no other client.
fn ready(url: &str) -> Result<(), Failure> {
    let rest = url.strip_prefix("http://").ok_or_else(|| Failure::Usage(format!("{url:?} is not an http:// URL")))?;
    let (host, path) = rest.split_once('/').unwrap_or((rest, ""));
    let failed = |error: std::io::Error| Failure::Failed(format!("{url}: {error}"));
    let address = host.to_socket_addrs().map_err(failed)?.next();
    let address = address.ok_or_else(|| Failure::Failed(format!("{host} has no address")))?;
    let mut stream = TcpStream::connect_timeout(&address, ANSWER_TIMEOUT).map_err(failed)?;
    stream.set_read_timeout(Some(ANSWER_TIMEOUT)).map_err(failed)?;
    write!(stream, "GET /{path} HTTP/1.0\r\nHost: {host}\r\nConnection: close\r\n\r\n").map_err(failed)?;
    let mut answer = String::new();
    stream.take(64 * 1024).read_to_string(&mut answer).map_err(failed)?;
    let (head, body) = answer.split_once("\r\n\r\n").unwrap_or((&answer, ""));
    match head.split(' ').nth(1) {
        Some("200") => Ok(()),
        Some(status) => Err(Failure::Failed(format!("{url} answers {status}: {}", body.trim()))),
        None => Err(Failure::Failed(format!("{url} does not answer in HTTP"))),
    }
}
