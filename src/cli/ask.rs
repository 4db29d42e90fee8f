//! A question to a running instance.

use std::io::{Read, Write};
use std::net::{TcpStream, ToSocketAddrs};
use std::time::Duration;

use super::Failure;

/// How long a running instance may take to answer.
const ANSWER_TIMEOUT: Duration = Duration::from_secs(5);

/// The most of an answer that is read: the metrics of some thousand partitions.
const ANSWER_BYTES_MAX: u64 = 8 * 1024 * 1024;

/// What came back.
#[derive(Debug)]
pub(super) struct Answer {
    /// The status of HTTP.
    pub(super) status: u16,
    /// The body.
    pub(super) body: String,
}

/// One request of HTTP/1.0: enough for what this program serves, in an image that has no other client. TLS is not spoken.
///
/// # Errors
/// [`Failure::Usage`] if the URL is no `http://` one, [`Failure::Failed`] if nothing answers in HTTP.
pub(super) fn ask(url: &str, token: Option<&str>) -> Result<Answer, Failure> {
    let rest = url.strip_prefix("http://").ok_or_else(|| Failure::Usage(format!("{url:?} is not an http:// URL")))?;
    let (host, path) = rest.split_once('/').unwrap_or((rest, ""));
    let failed = |error: std::io::Error| Failure::Failed(format!("{url}: {error}"));
    let address = host.to_socket_addrs().map_err(failed)?.next();
    let address = address.ok_or_else(|| Failure::Failed(format!("{host} has no address")))?;
    let mut stream = TcpStream::connect_timeout(&address, ANSWER_TIMEOUT).map_err(failed)?;
    stream.set_read_timeout(Some(ANSWER_TIMEOUT)).map_err(failed)?;
    let shown = token.map(|token| format!("Authorization: Bearer {token}\r\n")).unwrap_or_default();
    write!(stream, "GET /{path} HTTP/1.0\r\nHost: {host}\r\n{shown}Connection: close\r\n\r\n").map_err(failed)?;
    let mut answer = String::new();
    stream.take(ANSWER_BYTES_MAX).read_to_string(&mut answer).map_err(failed)?;
    let (head, body) = answer.split_once("\r\n\r\n").unwrap_or((&answer, ""));
    let status = head.strip_prefix("HTTP/").and_then(|head| head.split(' ').nth(1)?.parse().ok());
    let status = status.ok_or_else(|| Failure::Failed(format!("{url} does not answer in HTTP")))?;
    Ok(Answer { status, body: body.to_owned() })
}
