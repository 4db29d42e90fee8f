//! Labelled sentences → stretches with features and labels.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::super::super::claim_by_rule;
use super::super::super::page::Page;
use super::super::super::rules::RuleBook;
use super::super::features::{self, NONE, SLOTS};
use super::super::labels::{BEGIN, Class, INSIDE, LAST, ONLY, OUTSIDE, label, may_follow, meaning};
use super::super::view::{Known, View};
use super::Sample;
use super::settings::Settings;
use crate::event::Field;
use crate::lexicon::{Lexicon, NameParts};

/// The corpora whose sentences weights under the Apache licence may be trained on: CC0, MIT, Apache-2.0 and CC BY.
/// `data/models/SOURCES.md` says what each is.
const PERMISSIVE: &[&str] = &[
    "armtdp",
    "banglakit",
    "estner",
    "europeana-ocr",
    "factrueval",
    "germeval14",
    "idner-news",
    "kaznerd",
    "leipzig",
    "lener-br",
    "nepali-ner",
    "nergrit",
    "parstwiner",
    "rifat",
    "ronec",
    "swedish-ner-corpus",
    "tatoeba",
    "thai-ner",
    "wikigold",
    "wikinews-it",
    "wikiner-ru",
    "wnut17",
    "wojood-sample",
];

/// The corpora that make weights a work under CC BY-SA 4.0, in the file of their own; with them go the treebanks of
/// Universal Dependencies (`ud-…`) and FLORES, as sentences without labels.
const SHARE_ALIKE: &[&str] = &[
    "crossner-ai",
    "crossner-literature",
    "crossner-music",
    "crossner-politics",
    "crossner-science",
    "fullstack",
    "gsd-ne",
    "hiner",
    "klue",
    "nerkor",
    "norne",
    "stockmark-wiki",
    "turkish-wiki",
    "turku",
    "uner-bosque",
    "uner-ddt",
    "uner-ewt",
    "uner-gsdsimp",
    "uner-ndt",
    "uner-set",
    "uner-snk",
    "uner-talbanken",
    "vtb-names",
];

/// Under which licence weights are to go out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Licence {
    /// The project's own, Apache-2.0.
    Permissive,
    /// CC BY-SA 4.0.
    ShareAlike,
}

impl Licence {
    /// Whether such weights may be trained on a corpus; one that is not listed may be in none.
    #[must_use]
    pub fn allows(self, set: &str) -> bool {
        let shared = || SHARE_ALIKE.contains(&set) || set.starts_with("ud-") || set == "flores-v1";
        PERMISSIVE.contains(&set) || self == Self::ShareAlike && shared()
    }
}

/// A language with so many labelled sentences needs none without labels.
const LABELLED_ENOUGH: usize = 2_500;

/// The most sentences without labels of a language.
const RAW_MAX: usize = 1_500;

/// A labelled sentence.
#[derive(Debug, Deserialize)]
pub struct Sentence {
    /// Its language's tag.
    pub lang: String,
    /// Its text.
    pub text: String,
    /// The names in it.
    #[serde(default)]
    pub spans: Vec<Span>,
    /// The corpus that it is of.
    pub set: String,
}

/// A name in a sentence: code points from `start` to before `end`.
#[derive(Debug, Deserialize)]
pub struct Span {
    /// Its first code point.
    pub start: usize,
    /// The code point after its last.
    pub end: usize,
    /// `PER`, `ORG`, `LOC` or `MISC`.
    pub r#type: String,
}

/// Reads lines of JSON; lines that are none are passed over.
#[must_use]
pub fn sentences(lines: &str) -> Vec<Sentence> {
    lines.lines().filter_map(|line| serde_json::from_str(line).ok()).collect()
}

/// Reads lines of `language<TAB>text<TAB>source`: sentences without labels.
#[must_use]
pub fn raw_sentences(lines: &str) -> Vec<Sentence> {
    let sentence = |line: &str| {
        let mut fields = line.split('\t');
        let (lang, text, set) = (fields.next()?.to_owned(), fields.next()?.to_owned(), fields.next()?.to_owned());
        Some(Sentence { lang, text, spans: Vec::new(), set })
    };
    lines.lines().filter_map(sentence).collect()
}

/// The tag that the program gives the sentence's language.
pub(super) fn tag(sentence: &Sentence) -> &str {
    if sentence.lang == "tl" { "fil" } else { &sentence.lang }
}

fn class(name: &str) -> Class {
    match name {
        "PER" => Class::Person,
        "ORG" => Class::Organisation,
        "LOC" => Class::Place,
        _ => Class::Other,
    }
}

/// Of the sentences without labels those of languages that have few with: as many of each, spread evenly.
pub(super) fn wanted<'a>(raw: &'a [Sentence], labelled: &[Sentence], settings: &Settings) -> Vec<&'a Sentence> {
    let mut by_language: BTreeMap<&str, Vec<&Sentence>> = BTreeMap::new();
    for sentence in raw {
        by_language.entry(&sentence.lang).or_default().push(sentence);
    }
    let enough = |language: &str| {
        let own = labelled.iter().filter(|sentence| sentence.lang == language && settings.weight(&sentence.set) >= 1.0);
        own.count() >= LABELLED_ENOUGH
    };
    by_language.retain(|language, _| !enough(language));
    let spread = |own: Vec<&'a Sentence>| {
        let step = own.len().div_ceil(RAW_MAX).max(1);
        own.into_iter().step_by(step)
    };
    by_language.into_values().flat_map(spread).collect()
}

/// The stretches of sentences.
pub(super) fn samples<'a>(
    sentences: impl IntoIterator<Item = &'a Sentence>,
    lexicon: &Lexicon,
    rules: &RuleBook,
    settings: &Settings,
    report: &mut impl FnMut(&str),
) -> Vec<Sample> {
    let parts = NameParts::embedded();
    let mut samples = Vec::new();
    // Of each corpus: names, and those that the model can learn.
    let mut names: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
    for sentence in sentences {
        let tag = tag(sentence);
        let rules = rules.of(tag);
        let mut page = Page::new(Field::Body, &sentence.text, lexicon, tag);
        claim_by_rule(&mut page, rules, &parts);
        let view = View::new(&page, &Known { rules, lexicon, parts: &parts, tag });
        let labels = labels(&view, sentence);
        let before = samples.len();
        samples.extend(
            stretches(&view, &labels).map(|sample| Sample { weight: settings.weight(&sentence.set), ..sample }),
        );
        let learnt = samples[before..].iter().flat_map(|sample| &sample.labels).filter(|label| starts_name(**label));
        let of_set = names.entry(&sentence.set).or_default();
        *of_set = (of_set.0 + sentence.spans.len(), of_set.1 + learnt.count());
    }
    for (set, (all, learnt)) in names.into_iter().filter(|(_, (all, _))| *all > 0) {
        report(&format!("{set}: {learnt} of {all} names can be learnt"));
    }
    report(&format!("{} stretches of {} units", samples.len(), samples.iter().map(|s| s.labels.len()).sum::<usize>()));
    samples
}

fn starts_name(label: u8) -> bool {
    meaning(label).is_some_and(|(_, position)| matches!(position, ONLY | BEGIN))
}

/// The stretches of a sentence, but for those in which a name goes on where the model does not look: they would teach
/// what it cannot do.
fn stretches(view: &View<'_>, labels: &[u8]) -> impl Iterator<Item = Sample> {
    let whole = |labels: &[u8]| {
        let ends = labels.first().zip(labels.last());
        ends.is_some_and(|(first, last)| may_follow(OUTSIDE, *first) && may_follow(*last, OUTSIDE))
    };
    view.stretches().iter().filter(move |(first, after)| whole(&labels[*first..*after])).map(|&(first, after)| {
        let mut found = vec![[NONE; SLOTS]; after - first];
        (first..after).zip(&mut found).for_each(|(at, found)| features::read(view, at, found));
        Sample { found, labels: labels[first..after].to_vec(), weight: 1.0 }
    })
}

/// A label for each unit. A name whose edges are not those of units, or whose units another name has, is left out.
fn labels(view: &View<'_>, sentence: &Sentence) -> Vec<u8> {
    let mut labels = vec![OUTSIDE; view.units.len()];
    let mut bytes: Vec<u32> = sentence.text.char_indices().map(|(at, _)| at as u32).collect();
    bytes.push(sentence.text.len() as u32);
    for span in &sentence.spans {
        let (Some(&start), Some(&end)) = (bytes.get(span.start), bytes.get(span.end)) else { continue };
        let text = &sentence.text[start as usize..end as usize];
        // A comma at a name's end is a slip of the corpus.
        let end = end - (text.len() - text.trim_end_matches([',', ';', ':']).len()) as u32;
        let first = view.units.partition_point(|unit| unit.start < start);
        let after = view.units.partition_point(|unit| unit.end <= end);
        let exact = view.units.get(first).is_some_and(|unit| unit.start == start)
            && after > first
            && view.units[after - 1].end == end
            && view.units[first].line == view.units[after - 1].line;
        if !exact || labels[first..after].iter().any(|label| *label != OUTSIDE) {
            continue;
        }
        let class = class(&span.r#type);
        for (at, own) in (first..after).zip(&mut labels[first..after]) {
            let position = match (at == first, at + 1 == after) {
                (true, true) => ONLY,
                (true, false) => BEGIN,
                (false, true) => LAST,
                (false, false) => INSIDE,
            };
            *own = label(class, position);
        }
    }
    labels
}
