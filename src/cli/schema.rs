//! `wiredesk schema`: the contract, for machines.

use std::io::Write;

use super::Failure;
use crate::event;

#[derive(Debug, clap::Args)]
pub(super) struct Args {}

pub(super) fn run(_: &Args) -> Result<(), Failure> {
    let mut out = std::io::stdout().lock();
    serde_json::to_writer_pretty(&mut out, &event::json_schema()).map_err(std::io::Error::from)?;
    writeln!(out)?;
    Ok(())
}
