//! Compiles the tables of `data/lexicon` into the lexicon that the program carries, with the program's own code, hashes
//! the models, and lists the language files of dates and holidays, so that a new language is a new file and nothing else.

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
    let out = PathBuf::from(env::var_os("OUT_DIR").expect("cargo sets it"));
    fs::write(out.join("lexicon.bin"), compiled).expect("the output folder can be written");
    for (folder, others) in [("dates", &[][..]), ("holidays", &["rules", "shared"])] {
        println!("cargo::rerun-if-changed=data/{folder}");
        let listed = language_files(&root.join("data").join(folder), others);
        fs::write(out.join(format!("{folder}.rs")), listed).expect("the output folder can be written");
    }
}

/// The language files of a folder as a Rust expression: an array of tags and texts, by tag. `others` are no languages.
fn language_files(folder: &Path, others: &[&str]) -> String {
    let tags = names_of(folder, ".toml").into_iter().filter_map(|name| Some(name.strip_suffix(".toml")?.to_owned()));
    let entries = tags.filter(|tag| !others.contains(&tag.as_str())).map(|tag| {
        let path = folder.join(format!("{tag}.toml"));
        format!("({tag:?}, include_str!({:?})),\n", path.to_string_lossy())
    });
    format!("&[\n{}]\n", entries.collect::<String>())
}

/// Name and text of the tables of a folder, by name.
fn tables_of(folder: &Path) -> Vec<(String, String)> {
    let text = |name: &String| fs::read_to_string(folder.join(name)).expect("a table can be read");
    names_of(folder, ".tsv").iter().map(|name| (name.clone(), text(name))).collect()
}

/// The files of a folder with an ending, sorted.
fn names_of(folder: &Path, ending: &str) -> Vec<String> {
    let entries = fs::read_dir(folder).into_iter().flatten().filter_map(Result::ok);
    let mut names: Vec<String> = entries.filter_map(|entry| entry.file_name().into_string().ok()).collect();
    names.retain(|name| name.ends_with(ending));
    names.sort_unstable();
    names
}
