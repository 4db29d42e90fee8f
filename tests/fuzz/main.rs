//! What must hold for any input at all, tried on mutated samples: articles, pages and URLs that were damaged, repeated,
//! nested, spliced and wrapped.
//!
//! The same promises are the targets of `cargo fuzz` (`fuzz/`). Here they run on any compiler, from a fixed seed and for
//! a fixed number of inputs. `FUZZ_SECONDS=180 cargo test --release --no-default-features --test fuzz -- --nocapture`
//! tries new ones for that long, from a seed that it prints; `FUZZ_SEED` repeats a session.

mod mutate;
mod promises;
mod round_trip;

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant, SystemTime};

use mutate::Mutator;

/// Inputs a target, where no time is given. Enough to meet each mutation and each sample a few times.
const INPUTS: u32 = 400;

/// What an input may cost in a session: anything near it in a release build deserves a look.
const SLOW: Duration = Duration::from_millis(400);

/// Panics where an input breaks it.
type Promise = fn(&[u8]);

#[test]
fn records_keep_their_promises() {
    session("record", &samples(), promises::record);
}

#[test]
fn urls_keep_their_promises() {
    let urls = [
        "https://www.example.com/tin-tức/a-7.html?utm_source=x&id=7#!/b",
        "https://m.example.co.uk/amp/a/index.php?page=2",
    ];
    session("url", &urls.map(|url| url.as_bytes().to_vec()), promises::url);
}

#[test]
fn texts_keep_their_promises() {
    session("text", &samples(), promises::text);
}

#[test]
fn entities_keep_their_promises() {
    session("entity", &sentences("tests/entities"), promises::entities::tagged);
}

#[test]
fn dates_keep_their_promises() {
    session("date", &sentences("tests/dates"), promises::dates::tagged);
}

#[cfg(feature = "service")]
#[test]
fn configurations_keep_their_promises() {
    let defaults = [&[0], wiredesk::config::DEFAULTS.as_bytes()].concat();
    session("config", &[defaults], promises::config::read);
}

/// What broke a promise once. The files are named by what was wrong, in a folder for each target.
#[test]
fn what_was_found_stays_mended() {
    let found = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fuzz/found");
    let targets: [(&str, Promise); 5] = [
        ("record", promises::record),
        ("url", promises::url),
        ("text", promises::text),
        ("entity", promises::entities::tagged),
        ("date", promises::dates::tagged),
    ];
    let mut tried = 0;
    for (name, promise) in targets {
        let mut files = Vec::new();
        collect(&found.join(name), &mut files);
        tried += files.len();
        files.iter().for_each(|file| promise(&std::fs::read(file).expect("readable")));
    }
    let mut files = Vec::new();
    collect(&found, &mut files);
    assert!(tried > 0 && tried == files.len(), "{tried} of {files:?}");
}

/// Runs a promise on mutated samples; the first input that breaks it is written beside the build and named.
fn session(name: &str, samples: &[Vec<u8>], promise: Promise) {
    let seconds = std::env::var("FUZZ_SECONDS").ok().and_then(|text| text.parse().ok()).map(Duration::from_secs);
    let given = std::env::var("FUZZ_SEED").ok().and_then(|text| text.parse().ok());
    let clock = || SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).map_or(0, |time| time.as_secs());
    let seed = given.unwrap_or_else(|| if seconds.is_some() { clock() } else { 20_240_314 });
    let began = Instant::now();
    let mut mutator = Mutator::new(seed, samples);
    let (mut count, mut slowest) = (0_u32, (Duration::ZERO, 0));
    let goes_on = |count: u32| seconds.map_or(count < INPUTS, |seconds| began.elapsed() < seconds);
    while goes_on(count) {
        let input = mutator.input();
        let start = Instant::now();
        if let Err(panic) = catch_unwind(AssertUnwindSafe(|| promise(&input))) {
            let file = keep(&format!("{name}-{seed}-{count}"), &input);
            eprintln!("{name}: input {count} of seed {seed} breaks a promise, kept as {}", file.display());
            std::panic::resume_unwind(panic);
        }
        let took = start.elapsed();
        if took > slowest.0 {
            slowest = (took, input.len());
            if seconds.is_some() && took > SLOW {
                let file = keep(&format!("{name}-slow-{seed}-{count}"), &input);
                eprintln!("{name}: {took:?} for {} bytes, kept as {}", input.len(), file.display());
            }
        }
        count += 1;
    }
    eprintln!("{name}: {count} inputs of seed {seed}; the slowest took {:?} for {} bytes", slowest.0, slowest.1);
}

fn keep(name: &str, input: &[u8]) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("fuzz");
    std::fs::create_dir_all(&folder).expect("a folder beside the build");
    let file = folder.join(name);
    std::fs::write(&file, input).expect("written");
    file
}

/// Every article and page that the project carries, each behind a byte that chooses its headers.
fn samples() -> Vec<Vec<u8>> {
    let mut files = Vec::new();
    for folder in ["data/samples", "tests/golden/pages/html", "tests/golden/tools"] {
        collect(&Path::new(env!("CARGO_MANIFEST_DIR")).join(folder), &mut files);
    }
    files.sort();
    assert!(files.len() > 40, "only {} samples", files.len());
    files.iter().map(|file| [&[0], &std::fs::read(file).expect("readable")[..]].concat()).collect()
}

/// The labelled sentences of every language with their marks, which are as good as any noise, each file behind a byte
/// that chooses its language.
fn sentences(folder: &str) -> Vec<Vec<u8>> {
    let mut files = Vec::new();
    collect(&Path::new(env!("CARGO_MANIFEST_DIR")).join(folder), &mut files);
    files.retain(|file| file.extension().is_some_and(|extension| extension == "tsv" || extension == "toml"));
    files.sort();
    assert!(files.len() > 80, "only {} files of sentences", files.len());
    (0..=u8::MAX)
        .cycle()
        .zip(&files)
        .map(|(byte, file)| [&[byte], &std::fs::read(file).expect("readable")[..]].concat())
        .collect()
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).into_iter().flatten().filter_map(Result::ok) {
        let path = entry.path();
        if path.is_dir() {
            collect(&path, files);
        } else {
            files.push(path);
        }
    }
}
