//! `wiredesk schema`: the contract, for machines.

use std::io::Write;

use super::{Failure, Layers};
use crate::config::Config;
use crate::event;
use crate::pipeline::asyncapi;

#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  wiredesk schema > event.schema.json
  wiredesk schema --asyncapi > asyncapi.json")]
pub(super) struct Args {
    /// Print the AsyncAPI document of the configured topics instead: raw records, events and dead letters with their headers
    #[arg(long)]
    asyncapi: bool,
}

pub(super) fn run(layers: &Layers, args: &Args) -> Result<(), Failure> {
    let document = if args.asyncapi {
        let Config { topics, copies, .. } = layers.load()?;
        asyncapi(&topics.raw, &topics.enriched, &topics.dead_letter, &copies)
    } else {
        event::json_schema()
    };
    let mut out = std::io::stdout().lock();
    serde_json::to_writer_pretty(&mut out, &document).map_err(std::io::Error::from)?;
    writeln!(out)?;
    Ok(())
}
