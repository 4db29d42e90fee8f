//! What the date tagger reads in labelled sentences, with the language files of a folder rather than those that the
//! program carries: `cargo run --no-default-features --example measure_dates -- [LANGUAGE…]`.
//!
//! Reads `data/dates` and `tests/dates/dev` of the folder that it is run in, so that a language file can be worked on
//! without building anything: every miss is printed, then the table. `SET=heldout` measures the other set. What the
//! tagger costs is for `measure_date_cost`.

mod article;
#[path = "../tests/dates/case.rs"]
mod case;
#[path = "../tests/dates/days.rs"]
mod days;
#[path = "../tests/dates/score.rs"]
mod score;

use std::error::Error;
use std::io::Write;
use std::path::Path;

use article::{article, language};
use case::Case;
use score::Score;
use wiredesk::enrich::date::Tagger;

fn main() -> Result<(), Box<dyn Error>> {
    let wanted: Vec<String> = std::env::args().skip(1).collect();
    let set = std::env::var("SET").unwrap_or_else(|_| "dev".to_owned());
    let tagger = Tagger::with_languages(languages(Path::new("data/dates"))?)?;
    let cases = case::read(&Path::new("tests/dates").join(set));
    let cases: Vec<Case> =
        cases.into_iter().filter(|case| wanted.is_empty() || wanted.contains(&case.language)).collect();
    let mut score = Score::default();
    for case in &cases {
        let article = article(case.text.clone(), &case.anchor);
        score.add(case, &tagger.tag(&article, &language(&case.language)).mentions);
    }
    writeln!(std::io::stdout(), "{score}")?;
    Ok(())
}

fn languages(folder: &Path) -> Result<Vec<(String, String)>, Box<dyn Error>> {
    let mut files = Vec::new();
    for entry in std::fs::read_dir(folder)? {
        let path = entry?.path();
        if path.extension().is_some_and(|extension| extension == "toml") {
            let tag = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
            files.push((tag, std::fs::read_to_string(&path)?));
        }
    }
    Ok(files)
}
