//! Records from files and standard input: one a file, or one a line.

use std::cell::Cell;
use std::collections::VecDeque;
use std::fs::File;
use std::io::{self, BufRead, Read};
use std::path::{Path, PathBuf};
use std::rc::Rc;

use indicatif::{ProgressBar, ProgressStyle};

use super::unpack;

/// The longest record that is read whole. What is longer could not become an event under any sensible limit; it is cut
/// here so that a file of any size is read in bounded memory, and refused as too large.
const RECORD_BYTES_MAX: u64 = 256 * 1024 * 1024;

/// The progress of files, and of standard input.
const BAR: &str = "{bar:40} {bytes}/{total_bytes} {bytes_per_sec} {eta}";
const SPINNER: &str = "{spinner} {bytes} {bytes_per_sec}";

/// One record, and where it was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Input {
    /// The file's name, or `stdin`.
    pub(super) source: String,
    /// Its place there: the line, from 0, or 0.
    pub(super) index: i64,
    /// Its bytes.
    pub(super) value: Vec<u8>,
    /// How many bytes of the file were read since the last record, for progress.
    pub(super) read: u64,
}

/// Reads records one after the other, and never more than one at a time.
pub(super) struct Inputs {
    paths: VecDeque<PathBuf>,
    lines: Option<Lines>,
}

struct Lines {
    source: String,
    next: i64,
    reader: Box<dyn BufRead>,
    /// Bytes of the file that were read and not yet told.
    taken: Rc<Cell<u64>>,
}

impl Inputs {
    /// The records of these files and folders, in order; of standard input if there are none. A folder stands for the
    /// files in it, sorted by name; hidden ones are passed over.
    ///
    /// # Errors
    /// If a path cannot be read.
    pub(super) fn open(paths: &[PathBuf]) -> io::Result<Self> {
        if paths.is_empty() {
            let lines = Lines::of("stdin".to_owned(), io::stdin())?;
            return Ok(Self { paths: VecDeque::new(), lines: Some(lines) });
        }
        let mut files = VecDeque::new();
        for path in paths {
            if std::fs::metadata(path).map_err(|error| named(path, &error))?.is_dir() {
                files.extend(files_in(path)?);
            } else {
                files.push_back(path.clone());
            }
        }
        Ok(Self { paths: files, lines: None })
    }

    /// A progress bar over the bytes of all files. It draws on standard error, and only on a terminal.
    pub(super) fn progress_bar(&self) -> ProgressBar {
        let (bar, template) = match self.total_bytes() {
            Some(total) => (ProgressBar::new(total), BAR),
            None => (ProgressBar::no_length(), SPINNER),
        };
        bar.with_style(ProgressStyle::with_template(template).expect("a test reads both templates"))
    }

    /// Bytes of all files together; `None` for standard input.
    fn total_bytes(&self) -> Option<u64> {
        if self.lines.is_some() {
            return None;
        }
        Some(self.paths.iter().filter_map(|path| std::fs::metadata(path).ok()).map(|metadata| metadata.len()).sum())
    }

    /// The next record; `None` at the end. Empty lines between records are no records.
    ///
    /// # Errors
    /// If a file cannot be read; the error names it.
    pub(super) fn next(&mut self) -> io::Result<Option<Input>> {
        loop {
            if let Some(lines) = &mut self.lines {
                if let Some(input) = lines.next()? {
                    return Ok(Some(input));
                }
                self.lines = None;
            }
            let Some(path) = self.paths.pop_front() else { return Ok(None) };
            let source = path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned();
            let file = File::open(&path).map_err(|error| named(&path, &error))?;
            if is_one_a_line(&path) {
                self.lines = Some(Lines::of(source, file).map_err(|error| named(&path, &error))?);
                continue;
            }
            let mut value = Vec::new();
            file.take(RECORD_BYTES_MAX).read_to_end(&mut value).map_err(|error| named(&path, &error))?;
            return Ok(Some(Input { source, index: 0, read: value.len() as u64, value }));
        }
    }
}

impl Lines {
    fn of(source: String, stream: impl Read + 'static) -> io::Result<Self> {
        let taken = Rc::default();
        Ok(Self { source, next: 0, reader: unpack::plain(stream, Rc::clone(&taken))?, taken })
    }

    fn next(&mut self) -> io::Result<Option<Input>> {
        loop {
            let line = self.line().map_err(|error| named(Path::new(&self.source), &error))?;
            let Some(mut value) = line else { return Ok(None) };
            let index = self.next;
            self.next += 1;
            while matches!(value.last(), Some(b'\n' | b'\r')) {
                value.pop();
            }
            if !value.is_empty() {
                return Ok(Some(Input { source: self.source.clone(), index, value, read: self.taken.take() }));
            }
        }
    }

    /// The next line with its end; `None` at the end of the file.
    fn line(&mut self) -> io::Result<Option<Vec<u8>>> {
        let mut line = Vec::new();
        let taken = self.reader.by_ref().take(RECORD_BYTES_MAX).read_until(b'\n', &mut line)?;
        if line.last() != Some(&b'\n') && taken as u64 == RECORD_BYTES_MAX {
            self.reader.skip_until(b'\n')?;
        }
        Ok((taken > 0).then_some(line))
    }
}

/// A file of records by its name, compressed or not.
fn is_one_a_line(path: &Path) -> bool {
    let ends = |path: &Path, names: &[&str]| {
        let extension = path.extension().and_then(|extension| extension.to_str());
        extension.is_some_and(|extension| names.iter().any(|name| extension.eq_ignore_ascii_case(name)))
    };
    let inner = if ends(path, &["gz", "zst", "zstd"]) { path.with_extension("") } else { path.to_owned() };
    ends(&inner, &["ndjson", "jsonl"])
}

fn files_in(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    for entry in std::fs::read_dir(folder).map_err(|error| named(folder, &error))? {
        let path = entry?.path();
        let hidden = path.file_name().is_some_and(|name| name.to_string_lossy().starts_with('.'));
        if path.is_file() && !hidden {
            files.push(path);
        }
    }
    files.sort();
    Ok(files)
}

fn named(path: &Path, error: &io::Error) -> io::Error {
    io::Error::new(error.kind(), format!("{}: {error}", path.display()))
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use super::*;

    fn check(name: &str, content: &[u8], expected: &[(i64, &[u8])]) {
        let folder = tempfile::tempdir().expect("a scratch folder");
        let path = folder.path().join(name);
        std::fs::write(&path, content).expect("written");
        let mut inputs = Inputs::open(&[path]).expect("opens");
        let mut found = Vec::new();
        while let Some(input) = inputs.next().expect("reads") {
            found.push((input.index, input.value));
        }
        let expected: Vec<_> = expected.iter().map(|(index, value)| (*index, value.to_vec())).collect();
        assert_eq!(found, expected, "{name}");
    }

    #[test]
    fn a_file_is_a_record_and_a_line_of_ndjson_is_one() {
        check("a.txt", b"one\ntwo\n", &[(0, b"one\ntwo\n")]);
        check("empty.txt", b"", &[(0, b"")]);
        check("a.ndjson", b"{}\r\n\n{\"a\":1}", &[(0, b"{}"), (2, b"{\"a\":1}")]);
        check("a.JSONL", b"x\n", &[(0, b"x")]);
        check("empty.jsonl", b"", &[]);
    }

    #[test]
    fn compressed_lines_are_lines_and_a_compressed_article_stays_as_it_is() {
        let lines: &[u8] = b"{}\n{\"a\":1}\n";
        let records: &[(i64, &[u8])] = &[(0, b"{}"), (1, b"{\"a\":1}")];
        let mut packer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
        packer.write_all(lines).expect("written to memory");
        let gzip = packer.finish().expect("written to memory");
        let zstd = ruzstd::encoding::compress_to_vec(lines, ruzstd::encoding::CompressionLevel::Fastest);
        check("a.jsonl.gz", &gzip, records);
        check("a.NDJSON.ZST", &zstd, records);
        // By its bytes, whatever the name says, and of any number of parts.
        check("a.jsonl", &gzip, records);
        check("a.jsonl.gz", lines, records);
        let four: &[(i64, &[u8])] = &[records[0], records[1], (2, b"{}"), (3, b"{\"a\":1}")];
        let skipped = [0x50, 0x2A, 0x4D, 0x18, 2, 0, 0, 0, 7, 7];
        check("a.jsonl.gz", &gzip.repeat(2), four);
        check("a.jsonl.zst", &[&skipped[..], &zstd, &skipped, &zstd].concat(), four);
        check("a.json.gz", &gzip, &[(0, &gzip)]);
        check("empty.jsonl.zst", b"", &[]);
        for (name, cut) in [("a.jsonl.gz", &gzip[..gzip.len() - 1]), ("a.jsonl.zst", &zstd[..zstd.len() - 1])] {
            let folder = tempfile::tempdir().expect("a scratch folder");
            let path = folder.path().join(name);
            std::fs::write(&path, cut).expect("written");
            let mut inputs = Inputs::open(&[path]).expect("opens");
            let error = std::iter::repeat_with(|| inputs.next()).find_map(Result::err).expect("it is cut short");
            assert!(error.to_string().starts_with(name), "{error}");
        }
    }

    #[test]
    fn a_folder_is_its_files_by_name() {
        let folder = tempfile::tempdir().expect("a scratch folder");
        for name in ["b.txt", "a.txt", ".hidden"] {
            std::fs::write(folder.path().join(name), name).expect("written");
        }
        let mut inputs = Inputs::open(&[folder.path().to_owned()]).expect("opens");
        let mut next = || inputs.next().expect("reads").map(|input| input.source);
        assert_eq!([next(), next(), next()], [Some("a.txt".to_owned()), Some("b.txt".to_owned()), None]);
    }

    #[test]
    fn the_bars_templates_are_valid() {
        assert!([BAR, SPINNER].iter().all(|template| ProgressStyle::with_template(template).is_ok()));
    }

    #[test]
    fn a_missing_file_is_named() {
        let error = Inputs::open(&["nowhere.txt".into()]).err().expect("there is none");
        assert!(error.to_string().starts_with("nowhere.txt: "), "{error}");
    }
}
