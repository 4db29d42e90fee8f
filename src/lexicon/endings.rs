//! What languages write on to the end of names, as `data/lexicon/endings.toml` has it.

use std::collections::HashMap;
use std::sync::LazyLock;

use serde::Deserialize;

/// The file that the program carries.
pub(crate) const ENDINGS: &str = include_str!("../../data/lexicon/endings.toml");

static LANGUAGES: LazyLock<HashMap<String, Endings>> = LazyLock::new(|| {
    let languages: HashMap<String, Source> =
        toml::from_str(ENDINGS).expect("a test reads the file that the program carries");
    languages.into_iter().map(|(tag, source)| (tag, source.read())).collect()
});

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Source {
    #[serde(default)]
    names: Vec<String>,
    #[serde(default)]
    words: Vec<String>,
}

/// The endings of a language.
#[derive(Debug)]
pub(super) struct Endings {
    names: Vec<String>,
    words: Vec<Ending>,
}

/// An ending of names of one word.
#[derive(Debug)]
struct Ending {
    written: String,
    /// What the bare name has instead.
    bare: String,
}

impl Source {
    fn read(mut self) -> Endings {
        // 'లోని' before 'ని'.
        self.words.sort_by_key(|ending| std::cmp::Reverse(ending.len()));
        let ending = |ending: &String| {
            let (bare, written) = ending.split_once('>').unwrap_or(("", ending));
            Ending { written: written.to_owned(), bare: bare.to_owned() }
        };
        Endings { words: self.words.iter().map(ending).collect(), names: self.names }
    }
}

impl Endings {
    /// Those of a language, if it has any.
    pub(super) fn of(tag: &str) -> Option<&'static Self> {
        LANGUAGES.get(tag)
    }

    /// Whether this may stand behind a name of several words, in its last word.
    pub(super) fn may_follow(&self, rest: &str) -> bool {
        let rest = rest.strip_prefix(JOINER).unwrap_or(rest);
        self.names.iter().any(|ending| ending == rest)
    }

    /// The names that a word may be a form of, longest ending first.
    pub(super) fn bare<'w>(&'static self, word: &'w str) -> impl Iterator<Item = String> + 'w {
        self.words.iter().filter_map(move |ending| {
            let stem = word.strip_suffix(ending.written.as_str())?;
            Some(format!("{}{}", stem.strip_suffix(JOINER).unwrap_or(stem), ending.bare))
        })
    }
}

/// Stands between a name and an ending where they would melt into one sign.
const JOINER: char = '\u{200C}';
