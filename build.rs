//! Compiles the tables of `data/lexicon` into the lexicon that the program carries, with the program's own code, and hashes
//! the models.

#![allow(clippy::disallowed_macros, reason = "a build script speaks to cargo by printing")]

use std::path::{Path, PathBuf};
use std::{env, fs};

use sha2::{Digest, Sha256};

/// Files that the rules hash of every event covers and that are too long to be hashed at each start: the program has the
/// SHA-256 of each, in hex, as `SHA256_…`.
const HASHED: [(&str, &str); 4] = [
    ("NAME_PARTS", "data/lexicon/name_parts.bin"),
    ("ENTITIES", "data/models/entities.bin"),
    ("ENTITIES_SHARE_ALIKE", "data/models/entities-share-alike.bin"),
    ("LANGUAGE", "data/models/language.bin"),
];

/// The part of the program's lexicon that needs nothing else of the program.
#[expect(dead_code, unreachable_pub, reason = "the rest is for the program, which reads what the build script writes")]
#[path = "src/lexicon"]
mod lexicon {
    mod compile;
    mod fold;
    mod languages;
    mod layout;
    mod rows;
    mod script;
    mod sources;
    mod token;

    /// The compiled lexicon.
    pub(super) fn compile(files: &[(&str, &str)]) -> Result<Vec<u8>, String> {
        sources::compile(files).map_err(|error| error.to_string())
    }
}

fn main() {
    let root = PathBuf::from(env::var_os("CARGO_MANIFEST_DIR").expect("cargo sets it"));
    for (name, file) in HASHED {
        println!("cargo::rerun-if-changed={file}");
        let content = fs::read(root.join(file)).expect("it lies in the project");
        println!("cargo::rustc-env=SHA256_{name}={:x}", Sha256::digest(content));
    }
    let tables = root.join("data/lexicon");
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-changed=src/lexicon");
    println!("cargo::rerun-if-changed=data/lexicon");
    // What hands have written comes after what was generated: the later row has the last word.
    let mut files = tables_of(&tables);
    files.extend(tables_of(&tables.join("curated")));
    let files: Vec<(&str, &str)> = files.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
    let compiled = lexicon::compile(&files).unwrap_or_else(|fault| panic!("data/lexicon: {fault}"));
    let out = PathBuf::from(env::var_os("OUT_DIR").expect("cargo sets it")).join("lexicon.bin");
    fs::write(&out, compiled).expect("the output folder can be written");
}

/// Name and text of the tables of a folder, by name.
fn tables_of(folder: &Path) -> Vec<(String, String)> {
    let entries = fs::read_dir(folder).into_iter().flatten().filter_map(Result::ok);
    let mut names: Vec<String> = entries.filter_map(|entry| entry.file_name().into_string().ok()).collect();
    names.retain(|name| name.ends_with(".tsv"));
    names.sort_unstable();
    let text = |name: &String| fs::read_to_string(folder.join(name)).expect("a table can be read");
    names.iter().map(|name| (name.clone(), text(name))).collect()
}
