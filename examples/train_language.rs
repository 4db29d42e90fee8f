//! Trains the language model: `cargo run --release --no-default-features --example train_language -- CORPUS…`.
//!
//! The files hold lines of `language<TAB>text<TAB>source`. The file is written to `data/models/language.bin`; the next
//! build carries it.

use std::io::Write;
use std::process::ExitCode;
use std::time::Instant;

use wiredesk::enrich::language::train;

const SIBLINGS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/data/language/siblings.tsv");
const MODEL: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/data/models/language.bin");

fn main() -> ExitCode {
    let paths: Vec<String> = std::env::args().skip(1).collect();
    if paths.is_empty() {
        return failed("the path of a corpus is missing");
    }
    match run(&paths) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => failed(&error.to_string()),
    }
}

fn run(paths: &[String]) -> std::io::Result<()> {
    let corpus: String = paths.iter().map(std::fs::read_to_string).collect::<Result<_, _>>()?;
    let siblings = std::fs::read_to_string(SIBLINGS)?;
    let began = Instant::now();
    let model = train::train(&corpus, &siblings, |progress| {
        // Nothing is lost if nobody reads it.
        let _ = writeln!(std::io::stderr(), "{:6.1} s  {progress}", began.elapsed().as_secs_f64());
    });
    std::fs::write(MODEL, &model)
}

fn failed(problem: &str) -> ExitCode {
    let _ = writeln!(std::io::stderr(), "error: {problem}");
    ExitCode::from(2)
}
