//! A user's lexicon: the files that are named, and what they compile to.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use super::read::Reader;
use crate::lexicon::Lexicon;

/// A larger file is not a list of names: the largest table of the program has a twelfth of it.
const FILE_BYTES_MAX: u64 = 64 << 20;

/// The lexicon in force.
#[derive(Clone, Debug)]
pub struct LexiconFiles {
    /// The user's files, in order; none takes the program's lexicon as it is.
    pub paths: Vec<PathBuf>,
    /// How often they are looked at for changes.
    pub poll: Duration,
    /// The program's lexicon with the files on top, as they were when this was loaded.
    pub compiled: Arc<Lexicon>,
}

impl LexiconFiles {
    pub(super) fn read(read: &mut Reader) -> Self {
        const KEY: &str = "lexicon.files";
        let paths: Vec<PathBuf> = read.list(KEY).into_iter().map(PathBuf::from).collect();
        let poll = read.millis("lexicon.poll_ms", 100..=86_400_000);
        let compiled = load(&paths).unwrap_or_else(|faults| {
            faults.into_iter().for_each(|fault| read.fault(KEY, fault));
            Lexicon::embedded()
        });
        Self { paths, poll, compiled: Arc::new(compiled) }
    }

    /// Reads the files anew.
    ///
    /// # Errors
    /// Every fault in them, each with its file and line.
    pub fn load(&self) -> Result<Lexicon, Vec<String>> {
        load(&self.paths)
    }
}

fn load(paths: &[PathBuf]) -> Result<Lexicon, Vec<String>> {
    let base = Lexicon::embedded();
    if paths.is_empty() {
        return Ok(base);
    }
    let (mut files, mut faults) = (Vec::new(), Vec::new());
    for path in paths {
        let name = path.display().to_string();
        let size = std::fs::metadata(path).map(|found| found.len());
        match size
            .and_then(|size| if size > FILE_BYTES_MAX { Ok(None) } else { std::fs::read_to_string(path).map(Some) })
        {
            Ok(Some(text)) => files.push((name, text)),
            Ok(None) => faults.push(format!("{name}: more than {FILE_BYTES_MAX} bytes")),
            Err(error) => faults.push(format!("{name}: {error}")),
        }
    }
    if !faults.is_empty() {
        return Err(faults);
    }
    base.with(&files).map_err(|faults| faults.iter().map(ToString::to_string).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: Result<usize, &[&str]>) {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("names.tsv");
        std::fs::write(&path, text).expect("written");
        let name = path.display().to_string();
        let added = load(&[path]).map(|lexicon| lexicon.len() - Lexicon::embedded().len());
        let told = added.map_err(|faults| faults.iter().map(|fault| fault.replace(&name, "FILE")).collect::<Vec<_>>());
        assert_eq!(told, expected.map_err(|faults| faults.iter().map(ToString::to_string).collect()), "{text}");
    }

    #[test]
    fn files_are_loaded_or_every_fault_is_told() {
        check("", Ok(0));
        check("wiredesk:orla-venn\tperson\tOrla Venn\n", Ok(1));
        let faults: &[&str] = &["FILE:1: unknown type \"persona\"", "FILE:3: not an id: \"venn\""];
        check("wiredesk:orla-venn\tpersona\tOrla Venn\n\nvenn\tperson\tOrla Venn\n", Err(faults));
        let missing = load(&[PathBuf::from("no-such-file.tsv")]).map(|_| ()).expect_err("it is not there");
        assert!(missing.len() == 1 && missing[0].starts_with("no-such-file.tsv: "), "{missing:?}");
    }
}
