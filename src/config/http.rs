//! Where metrics, probes and the console are served, and to whom.

use std::net::SocketAddr;

use super::read::Reader;
use super::secret::{Secret, secret};

/// The shortest token, in characters: that many letters and digits cannot be guessed over a network.
const TOKEN_CHARS_MIN: usize = 16;

/// Metrics, probes and console.
#[derive(Clone, Debug)]
pub struct Http {
    /// Where they are served.
    pub listen: Option<SocketAddr>,
    /// How many of the last events and dead letters the console can search.
    pub events_kept: usize,
    /// How many bytes these may take together.
    pub events_bytes_max: usize,
    /// The console.
    pub console: Console,
}

/// The console: a page, and the interface that it talks to.
#[derive(Clone, Debug)]
pub struct Console {
    /// To whom it is served.
    pub access: Access,
    /// Hosts, in lower case, under which a proxy on this machine offers it.
    pub hosts: Vec<String>,
    /// How many pages may follow the events at once.
    pub followers_max: usize,
    /// The largest article that can be tried, in bytes.
    pub try_bytes_max: usize,
}

/// To whom the console is served.
#[derive(Clone, Debug)]
pub enum Access {
    /// To nobody.
    Off,
    /// To this machine, because the server listens on loopback alone.
    Local,
    /// To whoever shows the token.
    Token(Secret),
}

impl Http {
    pub(super) fn read(read: &mut Reader) -> Self {
        let listen = listen(read, "http.listen");
        Self {
            listen,
            events_kept: read.size("http.events_kept", 0..=10_000),
            events_bytes_max: read.size("http.events_bytes_max", 0..=1 << 30),
            console: Console {
                access: access(read, listen),
                hosts: hosts(read, "http.console.hosts"),
                followers_max: read.size("http.console.followers_max", 1..=1_000),
                try_bytes_max: read.size("http.console.try_bytes_max", 0..=64 << 20),
            },
        }
    }
}

fn listen(read: &mut Reader, key: &str) -> Option<SocketAddr> {
    let text = read.text(key);
    if text.is_empty() {
        return None;
    }
    let address = text.parse().ok();
    if address.is_none() {
        read.fault(key, format!("{text:?} is not an address and port such as \"127.0.0.1:9464\""));
    }
    address
}

fn access(read: &mut Reader, listen: Option<SocketAddr>) -> Access {
    let enabled = read.boolean("http.console.enabled");
    let token = secret(read, "http.console.token");
    if let Some(token) = &token {
        let text = token.reveal();
        // It travels in a header.
        if text.len() < TOKEN_CHARS_MIN || !text.bytes().all(|byte| byte.is_ascii_graphic()) {
            let why = format!("must be {TOKEN_CHARS_MIN} letters, digits or signs of ASCII at least, without spaces");
            read.fault("http.console.token", why);
        }
    }
    match (enabled, token, listen) {
        (true, Some(token), _) => Access::Token(token),
        (true, None, Some(address)) if address.ip().is_loopback() => Access::Local,
        (true, None, _) | (false, _, _) => Access::Off,
    }
}

fn hosts(read: &mut Reader, key: &str) -> Vec<String> {
    let mut hosts = Vec::new();
    for text in read.list(key) {
        let is_name = text.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-'));
        if !is_name {
            read.fault(
                key,
                format!("{text:?} is not a host name such as \"desk.example.com\", without scheme and port"),
            );
        }
        hosts.push(text.to_ascii_lowercase());
    }
    hosts
}
