//! Secrets: given, or read from a file that may be replaced.

use std::fmt;
use std::path::{Path, PathBuf};

use super::read::Reader;

/// A secret that no formatting shows.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret {
    text: String,
    file: Option<PathBuf>,
}

impl Secret {
    /// Wraps a secret.
    #[must_use]
    pub fn new(text: String) -> Self {
        Self { text, file: None }
    }

    /// The secret that a file holds, without the line end that an editor leaves behind it.
    fn from_file(path: &Path) -> Result<Self, String> {
        let text =
            std::fs::read_to_string(path).map_err(|error| format!("names a file that cannot be read: {error}"))?;
        match text.trim_end_matches(['\r', '\n']) {
            "" => Err("names an empty file".to_owned()),
            text => Ok(Self { text: text.to_owned(), file: Some(path.to_owned()) }),
        }
    }

    /// The secret itself, for the one place that needs it.
    #[must_use]
    pub fn reveal(&self) -> &str {
        &self.text
    }

    /// The file that it stands in.
    #[must_use]
    pub fn file(&self) -> Option<&Path> {
        self.file.as_deref()
    }

    /// Reads its file anew, if it has one.
    ///
    /// # Errors
    /// Why that cannot be read; the secret stays as it was.
    pub fn read_anew(&mut self) -> Result<(), String> {
        let Some(path) = &self.file else { return Ok(()) };
        *self = Self::from_file(path).map_err(|problem| format!("{}: {problem}", path.display()))?;
        Ok(())
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("***")
    }
}

/// A secret from `key`, or from the file that `key` and `_file` name.
pub(super) fn secret(read: &mut Reader, key: &str) -> Option<Secret> {
    let file_key = format!("{key}_file");
    let (direct, path) = (read.secret(key), read.text(&file_key));
    if path.is_empty() {
        return direct;
    }
    if direct.is_some() {
        read.fault(key, format!("is set, and {file_key} too: one of them"));
    }
    Secret::from_file(Path::new(&path)).map_err(|problem| read.fault(&file_key, problem)).ok()
}
