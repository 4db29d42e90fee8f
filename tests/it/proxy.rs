//! A proxy between the program and its brokers: what goes through it comes late, one way only, or not at all.

use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::tcp::{OwnedReadHalf, OwnedWriteHalf};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{mpsc, watch};
use tokio::time::{Instant, sleep, sleep_until};

use crate::kafka::block_on;

/// Kafka's number of the request that ends a transaction.
pub(crate) const END_TXN: u16 = 26;

/// How many chunks may be on their way in each direction of a connection.
const CHUNKS: usize = 64;

/// How what goes through is treated.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Way {
    /// As on any wire.
    Open,
    /// So much later, in each direction.
    Late(Duration),
    /// So many bytes a second, in each direction of a connection.
    Narrow(usize),
    /// Nothing arrives, on either side; connections stay.
    Silent,
    /// What the program says does not arrive at the brokers.
    Deaf,
    /// What the brokers say does not arrive at the program.
    Mute,
    /// Once a request of this kind has gone through, nothing comes back on its connection.
    MuteAfter(u16),
    /// Connections are cut, and none is taken.
    Gone,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Towards {
    Brokers,
    Program,
}

impl Way {
    fn holds(self, towards: Towards) -> bool {
        match self {
            Self::Silent => true,
            Self::Deaf => towards == Towards::Brokers,
            Self::Mute => towards == Towards::Program,
            Self::Open | Self::Late(_) | Self::Narrow(_) | Self::MuteAfter(_) | Self::Gone => false,
        }
    }
}

/// The proxy, on a thread of its own until it is let go.
pub(crate) struct Proxy(watch::Sender<Way>);

impl Proxy {
    /// Listens at the first address of each pair, in front of the broker at the second.
    pub(crate) fn start(pairs: Vec<(SocketAddr, SocketAddr)>) -> Self {
        let (way, ways) = watch::channel(Way::Open);
        std::thread::spawn(move || {
            block_on(async {
                for (at, broker) in pairs {
                    let listener = TcpListener::bind(at).await.unwrap_or_else(|error| panic!("{at}: {error}"));
                    tokio::spawn(listen(listener, broker, ways.clone()));
                }
                // An error means that the proxy has been let go.
                let mut end = ways;
                while end.changed().await.is_ok() {}
            });
        });
        Self(way)
    }

    /// From now on.
    pub(crate) fn turns(&self, way: Way) {
        self.0.send_replace(way);
    }
}

async fn listen(listener: TcpListener, broker: SocketAddr, ways: watch::Receiver<Way>) {
    while let Ok((program, _)) = listener.accept().await {
        if *ways.borrow() != Way::Gone {
            tokio::spawn(connect(program, broker, ways.clone()));
        }
    }
}

async fn connect(program: TcpStream, broker: SocketAddr, mut ways: watch::Receiver<Way>) {
    // A broker that is away is as good as a closed connection.
    let Ok(broker) = TcpStream::connect(broker).await else { return };
    let ((from_program, to_program), (from_broker, to_broker)) = (program.into_split(), broker.into_split());
    let muted = Arc::new(AtomicBool::new(false));
    let there = carry(from_program, to_broker, Towards::Brokers, ways.clone(), muted.clone());
    let back = carry(from_broker, to_program, Towards::Program, ways.clone(), muted);
    tokio::select! {
        () = there => {}
        () = back => {}
        _ = ways.wait_for(|way| *way == Way::Gone) => {}
    }
}

/// Carries bytes in one direction until an end is closed.
async fn carry(
    mut from: OwnedReadHalf,
    mut to: OwnedWriteHalf,
    towards: Towards,
    mut ways: watch::Receiver<Way>,
    muted: Arc<AtomicBool>,
) {
    let (sender, mut queue) = mpsc::channel::<(Instant, Vec<u8>)>(CHUNKS);
    let read = async move {
        let mut bytes = vec![0; 64 * 1024];
        while let Ok(count @ 1..) = from.read(&mut bytes).await {
            // An error means that the other half has given up.
            _ = sender.send((Instant::now(), bytes[..count].to_vec())).await;
        }
    };
    let write = async move {
        let mut frames = Frames::default();
        while let Some((came, bytes)) = queue.recv().await {
            while ways.borrow_and_update().holds(towards) {
                if ways.changed().await.is_err() {
                    return;
                }
            }
            let way = *ways.borrow();
            match way {
                Way::Late(by) => sleep_until(came + by).await,
                Way::Narrow(rate) => sleep(Duration::from_secs_f64(bytes.len() as f64 / rate as f64)).await,
                Way::Open | Way::Silent | Way::Deaf | Way::Mute | Way::MuteAfter(_) | Way::Gone => {}
            }
            match towards {
                Towards::Brokers => {
                    let kinds = frames.follow(&bytes);
                    if matches!(way, Way::MuteAfter(kind) if kinds.contains(&kind)) {
                        muted.store(true, Ordering::SeqCst);
                    }
                }
                // An answer that was held back for so long is of no use: the connection ends with its silence.
                Towards::Program if muted.load(Ordering::SeqCst) => {
                    _ = ways.changed().await;
                    return;
                }
                Towards::Program => {}
            }
            if to.write_all(&bytes).await.is_err() {
                return;
            }
        }
    };
    tokio::join!(read, write);
}

/// Follows requests on a connection: each is its length in four bytes, and begins with its kind in two.
#[derive(Debug, Default)]
struct Frames {
    head: Vec<u8>,
    left: usize,
}

impl Frames {
    /// The kinds of the requests that begin in these bytes.
    fn follow(&mut self, mut bytes: &[u8]) -> Vec<u16> {
        let mut kinds = Vec::new();
        while !bytes.is_empty() {
            if self.left > 0 {
                let skipped = self.left.min(bytes.len());
                (bytes, self.left) = (&bytes[skipped..], self.left - skipped);
                continue;
            }
            self.head.push(bytes[0]);
            bytes = &bytes[1..];
            if let [a, b, c, d, kind @ ..] = self.head.as_slice()
                && let [high, low] = *kind
            {
                let length = u32::from_be_bytes([*a, *b, *c, *d]) as usize;
                kinds.push(u16::from_be_bytes([high, low]));
                (self.left, self.head) = (length.saturating_sub(2), Vec::new());
            }
        }
        kinds
    }
}

#[test]
fn frames_are_followed_wherever_they_are_cut() {
    let requests = [0, 0, 0, 4, 0, 26, 7, 7, 0, 0, 0, 2, 0, 3, 0, 0, 0, 3, 1, 0, 9];
    for size in 1..=requests.len() {
        let mut frames = Frames::default();
        let kinds: Vec<u16> = requests.chunks(size).flat_map(|part| frames.follow(part)).collect();
        assert_eq!(kinds, [26, 3, 256], "in parts of {size}");
    }
}
