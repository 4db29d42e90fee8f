//! Labelled sentences → stretches with features and labels.

use serde::Deserialize;

use super::super::super::claim_by_rule;
use super::super::super::page::Page;
use super::super::super::rules::RuleBook;
use super::super::features::{self, NONE, SLOTS};
use super::super::labels::{BEGIN, Class, INSIDE, LAST, ONLY, OUTSIDE, label, may_follow};
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
    /// Spans that are not judged.
    #[serde(default)]
    pub ignore: Vec<Span>,
    /// The corpus that it is of.
    pub set: String,
    /// The licence of the corpus.
    #[serde(default)]
    pub license: String,
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
        Some(Sentence { lang, text, spans: Vec::new(), ignore: Vec::new(), set, license: String::new() })
    };
    lines.lines().filter_map(sentence).collect()
}

fn class(name: &str) -> Class {
    match name {
        "PER" => Class::Person,
        "ORG" => Class::Organisation,
        "LOC" => Class::Place,
        _ => Class::Other,
    }
}

/// The stretches of sentences.
pub(super) fn samples(
    sentences: &[Sentence],
    lexicon: &Lexicon,
    rules: &RuleBook,
    settings: &Settings,
    report: &mut impl FnMut(&str),
) -> Vec<Sample> {
    let parts = NameParts::embedded();
    let mut samples = Vec::new();
    let (mut lost, mut all, mut units) = (0, 0, 0);
    let mut lost_by: std::collections::BTreeMap<String, (usize, usize)> = std::collections::BTreeMap::new();
    for sentence in sentences {
        let tag = if sentence.lang == "tl" { "fil" } else { sentence.lang.as_str() };
        let rules = rules.of(tag);
        let mut page = Page::new(Field::Body, &sentence.text, lexicon, tag);
        claim_by_rule(&mut page, rules, &parts);
        let view = View::new(&page, &Known { rules, lexicon, parts: &parts, tag });
        let (labels, kept) = labels(&view, sentence);
        let stretches = view.stretches();
        let mut seen = 0;
        for &(first, after) in stretches {
            let own_labels = labels[first..after].to_vec();
            // A name that goes on where the model does not look would teach what it cannot do.
            let whole = may_follow(OUTSIDE, own_labels[0]) && may_follow(own_labels[own_labels.len() - 1], OUTSIDE);
            if !whole {
                continue;
            }
            seen += own_labels
                .iter()
                .filter(|l| super::super::labels::meaning(**l).is_some_and(|(_, p)| p == ONLY || p == BEGIN))
                .count();
            let mut found = vec![[NONE; SLOTS]; after - first];
            for (at, found) in (first..after).zip(&mut found) {
                features::read(&view, at, settings.bits, found);
            }
            units += found.len();
            samples.push(Sample { found, labels: own_labels, weight: settings.weight(&sentence.set) });
        }
        all += sentence.spans.len();
        lost += sentence.spans.len() - seen;
        let by = lost_by.entry(format!("{} {}", sentence.lang, sentence.set)).or_default();
        by.0 += sentence.spans.len();
        by.1 += sentence.spans.len() - seen;
        let _ = kept;
    }
    for (name, (all, lost)) in lost_by {
        if lost * 50 > all {
            report(&format!("{name}: {lost} of {all} names cannot be seen"));
        }
    }
    report(&format!("{} stretches of {units} units; {lost} of {all} names cannot be seen", samples.len()));
    samples
}

/// A label for each unit. A name whose edges are not those of units, or whose units another name has, is left out.
fn labels(view: &View<'_>, sentence: &Sentence) -> (Vec<u8>, usize) {
    let mut labels = vec![OUTSIDE; view.units.len()];
    let mut bytes: Vec<u32> = sentence.text.char_indices().map(|(at, _)| at as u32).collect();
    bytes.push(sentence.text.len() as u32);
    let mut kept = 0;
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
        kept += 1;
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
    (labels, kept)
}
