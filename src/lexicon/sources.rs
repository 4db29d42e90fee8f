//! Files of rows, in the order given, into a compiled lexicon.

use sha2::{Digest, Sha256};

use super::compile::Table;
use super::rows::{self, LexiconError};

/// Compiles files, given by name and text. Together they are one table: a row whose id an earlier row has adds names and
/// flags to that entity, and its names have its own flags and prior also where an earlier row gave them others.
pub(super) fn compile(files: &[(&str, &str)]) -> Result<Vec<u8>, LexiconError> {
    let mut table = Table::default();
    for (file, text) in files {
        for (line, row) in rows::rows(text) {
            let added = row.and_then(|row| table.add(&row));
            added.map_err(|fault| LexiconError { file: (*file).to_owned(), line, fault })?;
        }
    }
    Ok(table.finish(&fingerprint(files)))
}

/// SHA-256, in hex, of the files.
fn fingerprint(files: &[(&str, &str)]) -> String {
    let mut hash = Sha256::new();
    for part in files.iter().flat_map(|(file, text)| [file, text]) {
        hash.update(part);
        hash.update([0]);
    }
    format!("{:x}", hash.finalize())
}
