//! `wiredesk man`: the command line as manual pages.

use std::io::Write;
use std::path::PathBuf;

use clap::CommandFactory;

use super::{Cli, Failure};

#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  wiredesk man | man -l -
  wiredesk man --out /usr/local/share/man/man1")]
pub(super) struct Args {
    /// Write a page for each command into this folder instead, which is made if need be
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
}

pub(super) fn run(args: &Args) -> Result<(), Failure> {
    match &args.out {
        None => {
            let mut page = Vec::new();
            clap_mangen::Man::new(Cli::command()).render(&mut page)?;
            std::io::stdout().lock().write_all(&page)?;
        }
        Some(folder) => {
            let named = |error: std::io::Error| Failure::Failed(format!("{}: {error}", folder.display()));
            std::fs::create_dir_all(folder).map_err(named)?;
            clap_mangen::generate_to(Cli::command(), folder).map_err(named)?;
        }
    }
    Ok(())
}
