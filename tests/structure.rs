//! The rooms of the house: a module uses only what `docs/ARCHITECTURE.md` puts to the left of it; and the pages, which lead
//! to each other.

use std::collections::{BTreeMap, BTreeSet};
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

/// Every page of Markdown, of the project and of the folders that people read.
fn pages() -> Vec<PathBuf> {
    let root = Path::new(ROOT);
    let mut found = vec![root.join("README.md")];
    let mut open: Vec<PathBuf> = ["docs", "deploy", "examples", "data"].iter().map(|name| root.join(name)).collect();
    while let Some(folder) = open.pop() {
        for entry in fs::read_dir(&folder).expect("a folder").filter_map(Result::ok) {
            let path = entry.path();
            let is_ours = !matches!(entry.file_name().to_str(), Some("node_modules" | ".venv"));
            if path.is_dir() && is_ours {
                open.push(path);
            } else if path.extension().is_some_and(|extension| extension == "md") {
                found.push(path);
            }
        }
    }
    found.sort();
    found
}

/// The lines of a page outside of fenced blocks.
fn prose(page: &Path) -> Vec<String> {
    let text = fs::read_to_string(page).expect("readable");
    let mut is_fenced = false;
    let outside = |line: &&str| {
        let is_fence = line.trim_start().starts_with("```");
        is_fenced ^= is_fence;
        !is_fenced && !is_fence
    };
    text.lines().filter(outside).map(str::to_owned).collect()
}

/// The targets of a page's links and pictures, but for those that lead to other sites.
fn links(page: &Path) -> Vec<String> {
    // What stands between backticks is code.
    let text = prose(page).join("\n").split('`').step_by(2).collect::<Vec<_>>().join("`");
    let targets = text.split("](").skip(1).filter_map(|rest| rest.split(')').next());
    targets.filter(|target| !target.contains("://") && !target.starts_with("mailto:")).map(str::to_owned).collect()
}

/// The anchors of a page's headings, as forges make them: lower case, blanks as hyphens, without punctuation.
fn anchors(page: &Path) -> BTreeSet<String> {
    let mut anchors = BTreeSet::new();
    for line in prose(page).iter().filter(|line| line.starts_with('#')) {
        let heading = line.trim_start_matches('#').trim().to_lowercase();
        let kept = heading.chars().filter(|c| c.is_alphanumeric() || matches!(c, ' ' | '-' | '_'));
        let anchor: String = kept.map(|c| if c == ' ' { '-' } else { c }).collect();
        let again = (1..).map(|number| format!("{anchor}-{number}"));
        let free = [anchor.clone()].into_iter().chain(again).find(|name| !anchors.contains(name));
        anchors.extend(free);
    }
    anchors
}

/// What is wrong with a link: the file is missing, or the heading in it.
fn broken(page: &Path, target: &str) -> Option<String> {
    let (path, anchor) = target.split_once('#').unwrap_or((target, ""));
    let file = if path.is_empty() { page.to_owned() } else { page.parent().expect("a folder").join(path) };
    let is_page = file.extension().is_some_and(|extension| extension == "md");
    match file.exists() {
        false => Some(format!("{}: {target} is not there", page.display())),
        true if is_page && !anchor.is_empty() && !anchors(&file).contains(anchor) => {
            Some(format!("{}: {target}: no such heading", page.display()))
        }
        true => None,
    }
}

#[test]
fn every_link_leads_somewhere() {
    let pages = pages();
    let all = pages.iter().flat_map(|page| links(page).into_iter().map(move |target| (page, target)));
    let all: Vec<(&PathBuf, String)> = all.collect();
    assert!(all.len() > 60, "{} links", all.len());
    let wrong: Vec<String> = all.iter().filter_map(|(page, target)| broken(page, target)).collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
    // The check must be able to say no.
    let contract = Path::new(ROOT).join("docs/event-contract.md");
    assert_eq!(broken(&contract, "#what-goes-in"), None);
    assert!(broken(&contract, "#what-goes-out").is_some() && broken(&contract, "nowhere.md").is_some());
}

#[test]
fn every_page_of_docs_is_in_their_reading_order() {
    let docs = Path::new(ROOT).join("docs");
    let index = docs.join("README.md");
    let listed: BTreeSet<PathBuf> = links(&index).iter().map(|target| docs.join(target)).collect();
    let pages = pages().into_iter().filter(|page| page.starts_with(&docs) && *page != index);
    let missing: Vec<PathBuf> = pages.filter(|page| !listed.contains(page)).collect();
    assert!(missing.is_empty(), "docs/README.md does not lead to {missing:#?}");
}
