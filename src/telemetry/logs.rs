//! Log lines: for a person or as JSON, always on standard error, never with article text in them.

use std::io::{IsTerminal, stderr};
use std::panic;

use tracing::error;
use tracing_subscriber::EnvFilter;

use crate::config::{Log, LogFormat};

/// Starts logging for the process.
pub fn start_logs(log: &Log) {
    let filter = EnvFilter::try_new(&log.filter).unwrap_or_default();
    let lines = tracing_subscriber::fmt().with_env_filter(filter).with_writer(stderr);
    match log.format {
        LogFormat::Human => lines.with_ansi(stderr().is_terminal()).with_target(false).init(),
        LogFormat::Json => lines.json().flatten_event(true).init(),
    }
    // The message of a panic can quote the text that was being processed, so only its place is logged.
    panic::set_hook(Box::new(|panicked| {
        let place = panicked.location().map(ToString::to_string).unwrap_or_default();
        error!(place, "panicked");
    }));
}
