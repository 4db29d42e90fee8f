//! Labelled lines → the groups of languages that share a script, each with its own lines to learn from.

use std::collections::BTreeMap;

use super::super::super::sample::words as without_addresses;
use super::super::super::script;
use crate::event::Script;

/// The sources whose lines weights under the Apache licence may be trained on: public domain, CC0 and CC BY. Lines of
/// others, CC BY-SA among them, are passed over. `data/models/SOURCES.md` says what each is.
const SOURCES: &[&str] = &[
    "african-storybook",
    "armtdp",
    "banglakit",
    "cldr",
    "common-voice",
    "estner",
    "factrueval",
    "germeval14",
    "home-assistant",
    "idner-news",
    "kaznerd",
    "leipzig",
    "nepali-ner",
    "nergrit",
    "parstwiner",
    "rifat",
    "ronec",
    "tatoeba",
    "udhr",
    "wikigold",
    "wikinews-it",
    "wikiner-ru",
];

/// Fewer lines teach nothing.
const LINES_MIN: usize = 50;

/// A language is learnt in a script that at least this share of its lines is in, in percent: fewer are quotations and
/// single documents.
const SCRIPT_PERCENT_MIN: usize = 10;

/// The languages of a script, and their lines.
#[derive(Debug)]
pub(super) struct Group {
    /// The script.
    pub script: Script,
    /// The tags, in alphabetical order.
    pub languages: Vec<String>,
    /// The lines to learn from: a language's place in `languages`, and the text.
    pub lines: Vec<(usize, String)>,
    /// One line of twenty, kept back to measure with and to calibrate by.
    pub held_out: Vec<(usize, String)>,
    /// Words of a language that its siblings write otherwise.
    pub words: Vec<Vec<String>>,
}

/// Reads `language<TAB>text<TAB>source` lines, one text a line.
pub(super) fn read(tsv: &str, siblings: &str) -> Vec<Group> {
    let mut texts: BTreeMap<(Script, &str), Vec<String>> = BTreeMap::new();
    let mut totals: BTreeMap<&str, usize> = BTreeMap::new();
    for line in tsv.lines() {
        let mut fields = line.split('\t');
        let (Some(language), Some(text), Some(source)) = (fields.next(), fields.next(), fields.next()) else {
            continue;
        };
        if !SOURCES.contains(&source) {
            continue;
        }
        let words = without_addresses(text);
        let Some(dominant) = script::dominant(&words) else { continue };
        let language = if language == "tl" { "fil" } else { language };
        *totals.entry(language).or_default() += 1;
        if language == "sr" && dominant.script == Script::Cyrl {
            texts.entry((Script::Latn, language)).or_default().push(latin_of_serbian(&words));
        }
        texts.entry((dominant.script, language)).or_default().push(words);
    }
    let mut groups: BTreeMap<Script, Group> = BTreeMap::new();
    for ((script, language), lines) in texts {
        if lines.len() < LINES_MIN || lines.len() * 100 < totals[language] * SCRIPT_PERCENT_MIN {
            continue;
        }
        let group = groups.entry(script).or_insert_with(|| Group {
            script,
            languages: Vec::new(),
            lines: Vec::new(),
            held_out: Vec::new(),
            words: Vec::new(),
        });
        let index = group.languages.len();
        group.languages.push(language.to_owned());
        group.words.push(words(siblings, language, script));
        for text in lines {
            let held_out = fnv1a(text.as_bytes()).is_multiple_of(20);
            if held_out { &mut group.held_out } else { &mut group.lines }.push((index, text));
        }
    }
    groups.into_values().filter(|group| group.languages.len() > 1).collect()
}

/// The words that tell a language from its siblings, as far as they are in the script.
fn words(siblings: &str, language: &str, script: Script) -> Vec<String> {
    let rows = siblings.lines().filter(|line| !line.starts_with('#')).filter_map(|line| line.split_once('\t'));
    rows.filter(|(languages, _)| languages.split(' ').any(|of| of == language))
        .flat_map(|(_, words)| words.split(' '))
        .filter(|word| script::dominant(word).is_some_and(|dominant| dominant.script == script))
        .map(str::to_owned)
        .collect()
}

fn fnv1a(bytes: &[u8]) -> u64 {
    bytes.iter().fold(0xcbf2_9ce4_8422_2325, |hash, &byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
}

/// Serbian in its other alphabet: each letter has its counterpart, so that one half of the language's lines serves for
/// both.
fn latin_of_serbian(cyrillic: &str) -> String {
    const LETTERS: &[(&str, &str)] = &[
        ("абвгдђежзијклљмнњопрстћуфхцчџш", "a b v g d đ e ž z i j k l lj m n nj o p r s t ć u f h c č dž š"),
        ("АБВГДЂЕЖЗИЈКЛЉМНЊОПРСТЋУФХЦЧЏШ", "A B V G D Đ E Ž Z I J K L Lj M N Nj O P R S T Ć U F H C Č Dž Š"),
    ];
    let of =
        |c: char| LETTERS.iter().find_map(|(from, to)| to.split(' ').nth(from.chars().position(|letter| letter == c)?));
    let mut latin = String::with_capacity(cyrillic.len());
    for c in cyrillic.chars() {
        match of(c) {
            Some(letters) => latin.push_str(letters),
            None => latin.push(c),
        }
    }
    latin
}
