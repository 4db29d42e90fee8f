//! The `wiredesk` program.

use std::process::ExitCode;

fn main() -> ExitCode {
    wiredesk::cli::main()
}
