//! The words that furniture is known by, from `data/furniture`.

use std::cmp::Reverse;
use std::fmt::Write as _;
use std::sync::LazyLock;

use serde::Deserialize;
use sha2::{Digest, Sha256};
use unicode_normalization::UnicodeNormalization;

macro_rules! files {
    ($($name:literal),* $(,)?) => {
        [$(($name, include_str!(concat!("../../../data/furniture/", $name, ".toml")))),*]
    };
}

/// Every file, by name. A new language is a new file and its name here.
const FILES: [(&str, &str); 22] = files![
    "ar", "common", "de", "en", "es", "fa", "fr", "hi", "id", "it", "ja", "ko", "nl", "pl", "pt", "ru", "sw", "th",
    "tr", "uk", "vi", "zh",
];

/// What a label at the start of a line says of the line. The names are the keys of the files, which explain them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Kind {
    RelatedLink,
    Picture,
    PictureBy,
    PictureAlone,
    Byline,
    BylineColon,
    Editor,
    Source,
    SourceReprint,
    SourceTranslation,
    SourceSignOff,
    Ad,
    Comments,
    Share,
    Subscription,
    Published,
    Date,
}

/// One file, as it is written.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct File {
    related_link: Vec<String>,
    picture: Vec<String>,
    picture_by: Vec<String>,
    picture_alone: Vec<String>,
    picture_after: Vec<String>,
    byline: Vec<String>,
    byline_colon: Vec<String>,
    byline_after: Vec<String>,
    editor: Vec<String>,
    source: Vec<String>,
    source_reprint: Vec<String>,
    source_translation: Vec<String>,
    source_sign_off: Vec<String>,
    ad: Vec<String>,
    comments: Vec<String>,
    share: Vec<String>,
    subscription: Vec<String>,
    published: Vec<String>,
    date: Vec<String>,
    and: Vec<String>,
    with: Vec<String>,
    name_particle: Vec<String>,
    name_never: Vec<String>,
    agency: Vec<String>,
    network: Vec<String>,
}

/// The rules of all languages together.
#[derive(Debug, Default)]
pub(super) struct Rules {
    /// Labels, folded, by their first two characters and the longest first.
    labels: Vec<(Key, String, Kind)>,
    /// What stands after a photographer's name.
    pub picture_after: Vec<String>,
    /// What stands after a writer's name.
    pub byline_after: Vec<String>,
    /// Words that join two names, folded.
    pub and: Vec<String>,
    /// Words that join an outlet and whom it worked with, folded.
    pub with: Vec<String>,
    /// Words that a personal name has in lower case.
    pub name_particle: Vec<String>,
    /// What looks like a personal name and is none, folded.
    pub name_never: Vec<String>,
    /// News agencies, as they sign.
    pub agency: Vec<String>,
    /// Networks that a share bar lists, folded.
    pub network: Vec<String>,
}

/// The rules that are built in.
pub(super) fn rules() -> &'static Rules {
    static RULES: LazyLock<Rules> = LazyLock::new(|| {
        let mut rules = Rules::default();
        for (name, text) in FILES {
            // The files are built in and a test reads them all.
            rules.add(toml::from_str(text).unwrap_or_else(|e| panic!("data/furniture/{name}.toml: {e}")));
        }
        let order = |(key, label, kind): &(Key, String, Kind)| (*key, Reverse(label.len()), label.clone(), *kind);
        rules.labels.sort_by_cached_key(order);
        rules.labels.dedup();
        rules
    });
    &RULES
}

/// The first two characters of a text, folded; NUL where there is none. By them a label is looked up.
type Key = [char; 2];

fn key(text: &str) -> Key {
    let mut chars = text.chars().flat_map(fold);
    [chars.next().unwrap_or('\0'), chars.next().unwrap_or('\0')]
}

/// SHA-256, in hex, of the rules that are built in: it changes whenever their words do. It reads all of them; call it
/// once and keep the answer.
#[must_use]
pub fn rules_fingerprint() -> String {
    let mut hash = Sha256::new();
    for (name, text) in FILES {
        hash.update(name);
        hash.update([0]);
        hash.update(text);
        hash.update([0]);
    }
    hash.finalize().iter().fold(String::with_capacity(64), |mut hex, byte| {
        let _ = write!(hex, "{byte:02x}");
        hex
    })
}

impl Rules {
    fn add(&mut self, file: File) {
        let labels = [
            (file.related_link, Kind::RelatedLink),
            (file.picture, Kind::Picture),
            (file.picture_by, Kind::PictureBy),
            (file.picture_alone, Kind::PictureAlone),
            (file.byline, Kind::Byline),
            (file.byline_colon, Kind::BylineColon),
            (file.editor, Kind::Editor),
            (file.source, Kind::Source),
            (file.source_reprint, Kind::SourceReprint),
            (file.source_translation, Kind::SourceTranslation),
            (file.source_sign_off, Kind::SourceSignOff),
            (file.ad, Kind::Ad),
            (file.comments, Kind::Comments),
            (file.share, Kind::Share),
            (file.subscription, Kind::Subscription),
            (file.published, Kind::Published),
            (file.date, Kind::Date),
        ];
        for (words, kind) in labels {
            self.labels.extend(words.iter().map(|word| folded(word)).map(|label| (key(&label), label, kind)));
        }
        self.picture_after.extend(file.picture_after.iter().map(|word| composed(word)));
        self.byline_after.extend(file.byline_after.iter().map(|word| composed(word)));
        self.and.extend(file.and.iter().map(|word| folded(word)));
        self.with.extend(file.with.iter().map(|word| folded(word)));
        self.name_particle.extend(file.name_particle.iter().map(|word| composed(word)));
        self.name_never.extend(file.name_never.iter().map(|word| folded(word)));
        self.agency.extend(file.agency.iter().map(|word| composed(word)));
        self.network.extend(file.network.iter().map(|word| folded(word)));
    }

    /// The labels that `text` starts with, the longest first, each with what follows it.
    pub(super) fn labels_of<'a>(&self, text: &'a str) -> impl Iterator<Item = (Kind, &'a str)> + use<'_, 'a> {
        let [first, second] = key(text);
        // A label of a single character has no second.
        let single = (second != '\0').then_some([first, '\0']);
        [Some([first, second]), single].into_iter().flatten().flat_map(move |wanted| {
            let labels = self.labels_with(wanted);
            // Dozens of labels may share a key: the text is folded once for them all.
            let head = labels.first().map(|(_, longest, _)| folded_head(text, longest.len())).unwrap_or_default();
            let alike = labels.iter().filter(move |(_, label, _)| head.starts_with(label.as_str()));
            alike.filter_map(move |(_, label, kind)| Some((*kind, strip_label(text, label)?)))
        })
    }

    /// The labels of a key, the longest first.
    fn labels_with(&self, wanted: Key) -> &[(Key, String, Kind)] {
        let start = self.labels.partition_point(|(key, ..)| *key < wanted);
        let count = self.labels[start..].iter().take_while(|(key, ..)| *key == wanted).count();
        &self.labels[start..start + count]
    }
}

/// As much of a text's start, folded, as `bytes` need.
fn folded_head(text: &str, bytes: usize) -> String {
    let mut head = String::with_capacity(bytes + 8);
    for c in text.chars().flat_map(fold) {
        if head.len() >= bytes {
            break;
        }
        head.push(c);
    }
    head
}

/// What follows `label`, which is folded, at the start of `text`. A label is a whole word: `Par` does not start
/// `Paris`. Scripts without spaces need the sign that follows instead.
pub(super) fn strip_label<'a>(text: &'a str, label: &str) -> Option<&'a str> {
    let mut wanted = label.chars();
    let mut end = 0;
    for (at, c) in text.char_indices() {
        if wanted.as_str().is_empty() {
            break;
        }
        if !fold(c).all(|folded| wanted.next() == Some(folded)) {
            return None;
        }
        end = at + c.len_utf8();
    }
    let rest = &text[end..];
    let goes_on = rest.chars().next().is_some_and(|c| c.is_alphanumeric() && is_spaced(c));
    (wanted.as_str().is_empty() && !goes_on).then_some(rest)
}

/// The text without the sign that parts a label from what it labels; `None` if there is no such sign.
pub(super) fn strip_separator(text: &str) -> Option<&str> {
    text.trim_start().strip_prefix([':', '：', '=', '＝', '・', '|', '»', '›', '>']).map(str::trim)
}

/// One form of a character for comparing: lower case, one kind of blank and of apostrophe, and one i: Turkish capitals
/// are another letter's in Unicode's lower case.
pub(super) fn fold(c: char) -> impl Iterator<Item = char> {
    let c = match c {
        '’' | 'ʼ' => '\'',
        'İ' | 'ı' => 'i',
        _ if c.is_whitespace() => ' ',
        _ => c,
    };
    c.to_lowercase()
}

/// A text with every character folded.
pub(super) fn folded(text: &str) -> String {
    text.nfc().flat_map(fold).collect()
}

fn composed(text: &str) -> String {
    text.nfc().collect()
}

/// Whether a letter is of a script that parts words by blanks: not Han, kana, Thai, Lao, Khmer or Burmese.
pub(super) fn is_spaced(c: char) -> bool {
    !matches!(c, '\u{E00}'..='\u{EFF}' | '\u{1000}'..='\u{109F}' | '\u{1780}'..='\u{17FF}' | '\u{3040}'..='\u{30FF}'
        | '\u{3400}'..='\u{9FFF}' | '\u{20000}'..='\u{3FFFF}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_file_is_read_and_says_something() {
        for (name, text) in FILES {
            let file: File = toml::from_str(text).unwrap_or_else(|e| panic!("{name}: {e}"));
            assert!(name == "common" || !(file.related_link.is_empty() || file.picture.is_empty()), "{name}");
            assert!(name == "common" || !(file.source.is_empty() || file.comments.is_empty()), "{name}");
        }
    }

    #[test]
    fn files_are_in_order_and_the_fingerprint_is_of_them_all() {
        assert!(FILES.is_sorted());
        assert_eq!(rules_fingerprint().len(), 64);
    }

    #[test]
    fn a_label_is_a_whole_word_in_any_case() {
        assert_eq!(strip_label("LIRE\u{A0}AUSSI : x", "lire aussi"), Some(" : x"));
        assert_eq!(strip_label("Paris", "par"), None);
        assert_eq!(strip_label("Par", "par"), Some(""));
        assert_eq!(strip_label("Pa", "par"), None);
        assert_eq!(strip_label("来源：新华社", "来源"), Some("：新华社"));
        assert_eq!(strip_label("İLGİLİ HABER: x", &folded("İlgili haber")), Some(": x"));
    }
}
