//! Trains the tagger of names: `cargo run --release --no-default-features --example train_entities -- CORPUS…`.
//!
//! The files hold a JSON object a line: `lang`, `text`, `spans` of `start`, `end` (code points, half-open) and `type`
//! (`PER`, `ORG`, `LOC`, `MISC`), and `set`, the corpus. Files whose names end in `.tsv` hold sentences without labels, a
//! line `language<TAB>text<TAB>source` each. Two models are written to `data/models`, one for each licence
//! that the corpora allow; the next build carries them.

use std::io::Write;
use std::process::ExitCode;
use std::time::Instant;

use wiredesk::enrich::entity::model::train::{self, Licence, Sentence};
use wiredesk::lexicon::Lexicon;

const MODELS: [(Licence, &str); 2] = [
    (Licence::Permissive, concat!(env!("CARGO_MANIFEST_DIR"), "/data/models/entities.bin")),
    (Licence::ShareAlike, concat!(env!("CARGO_MANIFEST_DIR"), "/data/models/entities-share-alike.bin")),
];

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
    let lexicon = Lexicon::embedded();
    let began = Instant::now();
    for (licence, file) in MODELS {
        let (mut sentences, mut raw): (Vec<Sentence>, Vec<Sentence>) = Default::default();
        for path in paths {
            let text = std::fs::read_to_string(path)?;
            let (all, to) = if path.ends_with(".tsv") {
                (train::raw_sentences(&text), &mut raw)
            } else {
                (train::sentences(&text), &mut sentences)
            };
            to.extend(all.into_iter().filter(|sentence| licence.allows(&sentence.set)));
        }
        let model = train::train(&sentences, &raw, &lexicon, &train::Settings::default(), |progress| {
            // Nothing is lost if nobody reads it.
            let _ = writeln!(std::io::stderr(), "{:6.1} s  {progress}", began.elapsed().as_secs_f64());
        });
        std::fs::write(file, &model)?;
    }
    Ok(())
}

fn failed(problem: &str) -> ExitCode {
    let _ = writeln!(std::io::stderr(), "error: {problem}");
    ExitCode::from(2)
}
