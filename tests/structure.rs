//! The rooms of the house: a module uses only what `docs/ARCHITECTURE.md` puts to the left of it.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

const ROOT: &str = env!("CARGO_MANIFEST_DIR");

/// Every module with its rank, read from the line of arrows. Modules that share a rank must not use each other.
fn ranks() -> BTreeMap<String, usize> {
    let text = fs::read_to_string(Path::new(ROOT).join("docs/ARCHITECTURE.md")).expect("the architecture page");
    let line = text.lines().find(|line| line.contains("← event ←")).expect("the line of arrows");
    let ranked =
        |(rank, names): (usize, &str)| names.split('·').map(|name| (name.trim().to_owned(), rank)).collect::<Vec<_>>();
    line.split('←').enumerate().flat_map(ranked).collect()
}

fn sources(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).expect("a folder").filter_map(Result::ok) {
        let path = entry.path();
        if path.is_dir() {
            sources(&path, found);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            found.push(path);
        }
    }
}

/// The top-level module that a source file belongs to.
fn module(path: &Path) -> String {
    let inside = path.strip_prefix(Path::new(ROOT).join("src")).expect("a source file");
    let first = inside.iter().next().expect("a name").to_string_lossy();
    first.trim_end_matches(".rs").to_owned()
}

/// The modules that a source names after `crate::`, outside of comments.
fn uses(source: &str) -> Vec<String> {
    let code = source.lines().filter(|line| !line.trim_start().starts_with("//")).collect::<Vec<_>>().join("\n");
    let after = code.split("crate::").skip(1);
    after.map(|rest| rest.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect()).collect()
}

#[test]
fn a_module_uses_only_what_is_left_of_it() {
    let ranks = ranks();
    let mut files = Vec::new();
    sources(&Path::new(ROOT).join("src"), &mut files);
    let mut wrong = Vec::new();
    for file in files {
        let from = module(&file);
        if from == "lib" || from == "main" {
            continue;
        }
        let own = ranks.get(&from).unwrap_or_else(|| panic!("{from} is not in docs/ARCHITECTURE.md"));
        for used in uses(&fs::read_to_string(&file).expect("readable")) {
            let rank = ranks.get(&used);
            if used != from && rank.is_some_and(|rank| rank >= own) {
                wrong.push(format!("{} uses {used}", file.display()));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn the_architecture_page_names_every_module() {
    let ranks = ranks();
    let lib = fs::read_to_string(Path::new(ROOT).join("src/lib.rs")).expect("readable");
    let modules = lib.lines().filter_map(|line| line.strip_prefix("pub mod ")?.strip_suffix(';'));
    let missing: Vec<&str> = modules.filter(|module| !ranks.contains_key(*module)).collect();
    assert!(missing.is_empty(), "{missing:?}");
}

#[test]
fn every_file_that_the_pages_name_is_there() {
    let mut missing = Vec::new();
    for page in [
        "README.md",
        "docs/ARCHITECTURE.md",
        "docs/event-contract.md",
        "docs/console.md",
        "docs/runbooks.md",
        "deploy/README.md",
    ] {
        let text = fs::read_to_string(Path::new(ROOT).join(page)).unwrap_or_else(|_| panic!("{page} is missing"));
        let folder = Path::new(ROOT).join(page).parent().expect("a folder").to_owned();
        // Markdown links to files of the project.
        for target in text.split("](").skip(1).filter_map(|rest| rest.split(')').next()) {
            let path = target.split('#').next().unwrap_or_default();
            if !path.is_empty() && !path.contains(':') && !folder.join(path).exists() {
                missing.push(format!("{page}: {target}"));
            }
        }
    }
    assert!(missing.is_empty(), "{missing:#?}");
}
