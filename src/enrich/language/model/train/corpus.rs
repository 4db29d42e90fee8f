//! Labelled lines → the groups of languages that share a script, each with its own lines to learn from.

use std::collections::{BTreeMap, BTreeSet};

use super::super::super::sample::words as without_addresses;
use super::super::super::script;
use crate::event::Script;

/// The sources whose lines weights under the Apache licence may be trained on: public domain, CC0 and CC BY. Lines of
/// others, CC BY-SA among them, are passed over. `data/models/SOURCES.md` says what each is.
const SOURCES: &[&str] = &[
    "african-storybook",
    "armtdp",
    "banglakit",
    "blockly",
    "chromium",
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
    "openstreetmap",
    "parstwiner",
    "rifat",
    "ronec",
    "tatoeba",
    "udhr",
    "wikigold",
    "wikinews-it",
    "wikiner-ru",
];

/// Lines of the web that go by the wrong name: much of the Malay ones is Indonesian, some of the Catalan ones Spanish,
/// some of the Bokmål ones Nynorsk. Among siblings they are learnt from as far as a model of the other lines agrees.
const DOUBTED: &[(&str, &str)] = &[("ca", "leipzig"), ("ms", "leipzig"), ("nb", "leipzig")];

/// Languages of a script so near to one another that their words and endings decide, not their letters.
const FAMILIES: &[(Script, &str)] = &[
    (Script::Latn, "ast ca es gl oc pt"),
    (Script::Latn, "bs hr sr"),
    (Script::Latn, "cs sk"),
    (Script::Latn, "da nb nn sv"),
    (Script::Latn, "id ms"),
    (Script::Latn, "nr ss xh zu"),
    (Script::Latn, "nso st tn"),
    (Script::Latn, "rn rw"),
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
    /// Which of them go by a name that may be wrong.
    pub doubted: BTreeSet<usize>,
    /// One line of twenty, kept back to measure with and to calibrate by.
    pub held_out: Vec<(usize, String)>,
    /// Words of a language that its siblings write otherwise.
    pub words: Vec<Vec<String>>,
}

impl Group {
    /// The place of a language in the group.
    fn place(&self, tag: &str) -> Option<usize> {
        self.languages.iter().position(|own| own == tag)
    }

    /// The families of the group: the places of their languages.
    pub(super) fn families(&self) -> Vec<Vec<usize>> {
        let of_script = FAMILIES.iter().filter(|(script, _)| *script == self.script);
        let families = of_script.map(|(_, tags)| tags.split(' ').filter_map(|tag| self.place(tag)).collect());
        families.filter(|family: &Vec<usize>| family.len() > 1).collect()
    }

    /// The languages at these places alone.
    pub(super) fn part(&self, places: &[usize]) -> Self {
        let place = |place: usize| places.iter().position(|own| *own == place);
        let own = |line: &(usize, String)| Some((place(line.0)?, line.1.clone()));
        let lines = self.lines.iter().enumerate().filter(|(_, line)| place(line.0).is_some());
        Self {
            script: self.script,
            languages: places.iter().map(|place| self.languages[*place].clone()).collect(),
            lines: self.lines.iter().filter_map(own).collect(),
            doubted: lines.enumerate().filter(|(_, (at, _))| self.doubted.contains(at)).map(|(own, _)| own).collect(),
            held_out: self.held_out.iter().filter_map(own).collect(),
            words: places.iter().map(|place| self.words[*place].clone()).collect(),
        }
    }

    /// Without the doubted lines but for those that are `kept`.
    pub(super) fn without_doubted(&self, kept: impl Fn(usize, &str) -> bool) -> Self {
        let lines = self.lines.iter().enumerate();
        let trusted =
            |(at, (language, line)): &(usize, &(usize, String))| !self.doubted.contains(at) || kept(*language, line);
        Self {
            lines: lines.filter(trusted).map(|(_, line)| line.clone()).collect(),
            doubted: BTreeSet::new(),
            languages: self.languages.clone(),
            held_out: self.held_out.clone(),
            words: self.words.clone(),
            ..*self
        }
    }
}

/// Reads `language<TAB>text<TAB>source` lines, one text a line.
pub(super) fn read(tsv: &str, siblings: &str) -> Vec<Group> {
    let mut texts: BTreeMap<(Script, &str), Vec<(String, bool)>> = BTreeMap::new();
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
        let doubted = DOUBTED.contains(&(language, source));
        *totals.entry(language).or_default() += 1;
        if language == "sr" && dominant.script == Script::Cyrl {
            texts.entry((Script::Latn, language)).or_default().push((latin_of_serbian(&words), doubted));
        }
        texts.entry((dominant.script, language)).or_default().push((words, doubted));
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
            doubted: BTreeSet::new(),
            held_out: Vec::new(),
            words: Vec::new(),
        });
        let index = group.languages.len();
        group.languages.push(language.to_owned());
        group.words.push(words(siblings, language, script));
        for (text, doubted) in lines {
            if fnv1a(text.as_bytes()).is_multiple_of(20) {
                group.held_out.push((index, text));
                continue;
            }
            if doubted {
                group.doubted.insert(group.lines.len());
            }
            group.lines.push((index, text));
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
