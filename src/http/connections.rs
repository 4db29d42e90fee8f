//! Connections: how many there may be, and how long a peer may keep one that it does not use.
//!
//! Metrics and probes are open to whoever reaches the address, and an open connection is an open file, of which the Kafka
//! clients need some as well. So a peer that opens connections without end, sends a request a byte a minute, or takes
//! nothing of an answer loses them, and no address can take the room of all others: the probes must get through.

use std::collections::BTreeMap;
use std::io;
use std::net::IpAddr;
use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll};
use std::time::Duration;

use axum::Router;
use hyper::server::conn::http1;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::service::TowerToHyperService;
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::{TcpListener, TcpStream};
use tokio::time::{Sleep, sleep};
use tracing::error;

/// What is asked of those who connect.
#[derive(Clone, Copy, Debug)]
pub(super) struct Bounds {
    /// All connections at once.
    pub(super) connections_max: usize,
    /// Those of one address at once.
    pub(super) address_max: usize,
    /// How long the head of a request may take, counted from the end of the one before it.
    pub(super) head: Duration,
    /// How long a peer may take nothing of an answer.
    pub(super) answer: Duration,
}

impl Bounds {
    /// Room for so many pages that follow the events, all from one address if need be (a proxy's), and for others beside
    /// them: a quarter of the 1 024 files that Linux gives a process unless told otherwise.
    pub(super) fn new(followers_max: usize) -> Self {
        Self {
            connections_max: 256 + followers_max,
            address_max: 64 + followers_max,
            head: Duration::from_secs(20),
            answer: Duration::from_secs(30),
        }
    }
}

/// The largest head of a request, in bytes: with all connections, all that strangers can have held in memory.
const HEAD_BYTES_MAX: usize = 32 << 10;

/// How long nothing is accepted after that failed: as a rule there are no more files.
const RECOVERY: Duration = Duration::from_secs(1);

/// Serves until it is dropped.
pub(super) async fn serve(listener: TcpListener, router: Router, bounds: Bounds) {
    let places = Arc::new(Places { bounds, taken: Mutex::default() });
    loop {
        match listener.accept().await {
            Ok((stream, peer)) => {
                // Without a place it is closed at once: whoever waited for one would be an open file as well.
                if let Some(place) = Place::take(&places, peer.ip().to_canonical()) {
                    tokio::spawn(converse(stream, router.clone(), bounds, place));
                }
            }
            Err(error) if matches!(error.kind(), io::ErrorKind::ConnectionAborted | io::ErrorKind::ConnectionReset) => {
            }
            Err(error) => {
                error!(%error, "http connection not accepted");
                sleep(RECOVERY).await;
            }
        }
    }
}

async fn converse(stream: TcpStream, router: Router, bounds: Bounds, _place: Place) {
    let stream = Impatient { stream, patience: bounds.answer, waiting: None };
    let mut connection = http1::Builder::new();
    connection.timer(TokioTimer::new()).header_read_timeout(bounds.head).max_buf_size(HEAD_BYTES_MAX);
    // A peer that leaves in the middle is no news.
    _ = connection.serve_connection(TokioIo::new(stream), TowerToHyperService::new(router)).await;
}

/// The connections there are, by address.
#[derive(Debug)]
struct Places {
    bounds: Bounds,
    taken: Mutex<BTreeMap<IpAddr, usize>>,
}

/// One connection's place, given back when it ends.
#[derive(Debug)]
struct Place {
    places: Arc<Places>,
    address: IpAddr,
}

impl Place {
    fn take(places: &Arc<Places>, address: IpAddr) -> Option<Self> {
        let mut taken = places.taken.lock().unwrap_or_else(PoisonError::into_inner);
        let (all, own) = (taken.values().sum::<usize>(), taken.get(&address).copied().unwrap_or(0));
        if all >= places.bounds.connections_max || own >= places.bounds.address_max {
            return None;
        }
        taken.insert(address, own + 1);
        Some(Self { places: places.clone(), address })
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        let mut taken = self.places.taken.lock().unwrap_or_else(PoisonError::into_inner);
        match taken.get_mut(&self.address) {
            Some(own) if *own > 1 => *own -= 1,
            Some(_) | None => _ = taken.remove(&self.address),
        }
    }
}

/// A connection that fails when its peer takes nothing of what is written for a while.
#[derive(Debug)]
struct Impatient {
    stream: TcpStream,
    patience: Duration,
    /// Since the peer last took something.
    waiting: Option<Pin<Box<Sleep>>>,
}

impl Impatient {
    fn judge<T>(&mut self, context: &mut Context<'_>, written: Poll<io::Result<T>>) -> Poll<io::Result<T>> {
        if written.is_ready() {
            self.waiting = None;
            return written;
        }
        let waiting = self.waiting.get_or_insert_with(|| Box::pin(sleep(self.patience)));
        waiting.as_mut().poll(context).map(|()| Err(io::ErrorKind::TimedOut.into()))
    }
}

impl AsyncRead for Impatient {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_read(context, buffer)
    }
}

impl AsyncWrite for Impatient {
    fn poll_write(mut self: Pin<&mut Self>, context: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        let written = Pin::new(&mut self.stream).poll_write(context, bytes);
        self.judge(context, written)
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        slices: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        let written = Pin::new(&mut self.stream).poll_write_vectored(context, slices);
        self.judge(context, written)
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_flush(context)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(context)
    }
}

#[cfg(test)]
mod tests {
    use std::io::{Read, Write};
    use std::net::{SocketAddr, TcpStream};
    use std::time::Instant;

    use axum::routing::get;
    use tokio::runtime::Runtime;

    use super::*;

    /// For a machine that is busy.
    const DEADLINE: Duration = Duration::from_secs(60);
    const LONG: Duration = Duration::from_secs(3600);
    const SHORT: Duration = Duration::from_millis(200);
    const REQUEST: &str = "GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";

    /// A server of pages larger than what sockets hold, and the runtime that it lives in.
    fn start(bounds: Bounds) -> (Runtime, SocketAddr) {
        let runtime = Runtime::new().expect("a runtime");
        let listener = runtime.block_on(TcpListener::bind("127.0.0.1:0")).expect("binds");
        let address = listener.local_addr().expect("bound");
        let page = || async { "x".repeat(64 << 20) };
        runtime.spawn(serve(listener, Router::new().route("/", get(page)), bounds));
        (runtime, address)
    }

    fn connect(address: SocketAddr, words: &str) -> TcpStream {
        let mut stream = TcpStream::connect(address).expect("connects");
        stream.set_read_timeout(Some(DEADLINE)).expect("a timeout");
        // A server that has closed it already does not take them.
        _ = stream.write_all(words.as_bytes());
        stream
    }

    fn is_answered(mut stream: TcpStream) -> bool {
        let mut line = [0; 12];
        stream.read_exact(&mut line).is_ok() && line.ends_with(b"200")
    }

    #[track_caller]
    fn await_answer(address: SocketAddr) {
        let began = Instant::now();
        while !is_answered(connect(address, REQUEST)) {
            assert!(began.elapsed() < DEADLINE, "the place was not given back");
        }
    }

    #[test]
    fn a_head_that_does_not_end_is_not_waited_for() {
        let (_runtime, address) = start(Bounds { head: SHORT, ..Bounds::new(16) });
        for words in ["", "GET / HTTP/1.1\r\nHost: loc"] {
            let mut rest = Vec::new();
            connect(address, words).read_to_end(&mut rest).expect("it was closed");
            assert!(!rest.starts_with(b"HTTP/1.1 200"), "{words:?}");
        }
    }

    #[test]
    fn one_address_has_its_share() {
        let (_runtime, address) = start(Bounds { address_max: 2, head: LONG, ..Bounds::new(16) });
        let (first, _second) = (connect(address, "GET"), connect(address, "GET"));
        assert!(!is_answered(connect(address, REQUEST)), "a third was taken");
        drop(first);
        await_answer(address);
    }

    #[test]
    fn no_more_are_held_than_there_is_room_for() {
        let (_runtime, address) = start(Bounds { connections_max: 1, head: LONG, ..Bounds::new(16) });
        let only = connect(address, "GET");
        assert!(!is_answered(connect(address, REQUEST)), "a second was taken");
        drop(only);
        await_answer(address);
    }

    #[test]
    fn a_peer_that_takes_nothing_loses_its_connection() {
        let (_runtime, address) = start(Bounds { connections_max: 1, answer: SHORT, head: LONG, ..Bounds::new(16) });
        let mut idle = connect(address, REQUEST);
        idle.read_exact(&mut [0; 12]).expect("an answer begins");
        await_answer(address);
        drop(idle);
    }
}
