//! The service as its users meet it: on a broker in memory, on a real Kafka, on the command line, over HTTP.
//!
//! `mock`, `traces` and `http` need nothing; `console` needs a browser, `prometheus` what it is named for; `clients` needs
//! Python and Node.js, and a real Kafka as all others do, which `deploy/kafka-local` gives. Where these cannot run, the
//! tests say SKIP and why; with `CI=true` a skip is a failure.
//!
//! `brokers`, `network`, `namespace` and `hostile` start three more and break them, or what lies in between. Long rows
//! are ignored: `cargo test --release --test it -- --ignored` runs them.
//!
//! Every test of delivery rests on the ledger: each record that went in must have come to an end, once or at least
//! once as promised, and nothing may come out that did not go in. `WIREDESK_IT_RECORDS` scales the chaos test.

mod articles;
mod brokers;
mod chaos;
mod cli;
mod clients;
mod cluster;
mod console;
mod delivery;
mod hostile;
mod http;
mod kafka;
mod lag;
mod ledger;
mod letters;
mod memory;
mod mock;
mod namespace;
mod network;
mod preflight;
mod process;
mod prometheus;
mod proxy;
mod reload;
mod routes;
mod terminal;
mod traces;
