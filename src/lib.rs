//! wiredesk: a streaming news-ingest event processor.
//!
//! Raw articles in any language and many shapes go in; clean, tagged, normalised events come out. The library's core
//! is pure (no clock, no I/O, no state from one record to the next) and builds without the `service` feature, which
//! adds Kafka, HTTP, configuration and the command line. `docs/ARCHITECTURE.md` shows how the rooms fit together.

#![forbid(unsafe_code)]

pub mod chance;
pub mod record;

pub mod text;

pub mod article;
pub mod event;
pub mod lexicon;

pub mod enrich;
pub mod pipeline;

#[cfg(feature = "service")]
pub mod config;
#[cfg(feature = "service")]
pub mod telemetry;

#[cfg(feature = "service")]
pub mod delivery;

#[cfg(feature = "service")]
pub mod http;
#[cfg(feature = "service")]
pub mod kafka;

#[cfg(feature = "service")]
pub mod service;

#[cfg(feature = "service")]
pub mod cli;
