//! What is promised of a configuration, whatever the file says.

use std::io::Write;

use wiredesk::config::{Config, Sources};

/// A word that stands where secrets do.
const SECRET: &str = "correct-horse-battery-staple";

/// Of bytes as a file of configuration, or as flags where the first byte is odd: it is valid, or every fault names a key and
/// where it came from; the same each time; and no secret is repeated.
pub(crate) fn read(input: &[u8]) {
    let Some((&choice, text)) = input.split_first() else { return };
    let text = String::from_utf8_lossy(text);
    // What the file names would be opened, and what it names may be anything.
    if text.contains("/dev") || text.contains("/proc") {
        return;
    }
    let mut file = tempfile::NamedTempFile::new().expect("a scratch file");
    let mut sources =
        Sources { flags: vec![("kafka.sasl.password".to_owned(), SECRET.to_owned())], ..Sources::default() };
    if choice % 2 == 0 {
        file.write_all(text.as_bytes()).expect("written");
        sources.files.push(file.path().to_owned());
    } else {
        let pairs = text.lines().filter_map(|line| line.split_once('='));
        sources.flags.extend(pairs.map(|(key, value)| (key.trim().to_owned(), value.trim().to_owned())));
    }
    let shown = match (Config::load(&sources), Config::load(&sources)) {
        (Ok(config), Ok(again)) => {
            assert_eq!(config.effective, again.effective, "the same sources say the same");
            format!("{:?} {:?}", config.effective, config.kafka)
        }
        (Err(faults), Err(again)) => {
            assert_eq!(faults, again, "the same sources have the same faults");
            assert!(faults.0.iter().all(|fault| !fault.origin.is_empty() && !fault.problem.is_empty()), "{faults:?}");
            faults.to_string()
        }
        (one, other) => panic!("the same sources are {:?} and {:?}", one.map(|_| ()), other.map(|_| ())),
    };
    assert!(!shown.contains(SECRET), "a secret is shown");
}
