//! The phrase templates of a language, compiled.
//!
//! A template is words and slots: `in|within {n} {u}`. `|` stands between words of which one must be there, `?` after
//! words that may be missing; a slot and letters written together (`{y}s`) touch in the text as well;
//! after a tilde (`{d}~tól`) they are the end of what the slot took.

use super::super::alphabet::is_of_word;
use super::super::data::Data;
use super::super::list::{folded, tree};
use super::super::tree::Tree;
use super::function::Function;
use super::grammar::Grammar;

/// What fills a slot.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Slot {
    /// `{n}`: a number, in digits or words.
    Number,
    /// `{o}`: an ordinal, in words, digits or Roman numerals.
    Ordinal,
    /// `{y}`: a year of four digits, or the two last ones.
    Year,
    /// `{u}`: a unit.
    Unit,
    /// `{x}`: what comes round: a unit, weekday, month, season, part of the day, holiday.
    Thing,
    /// `{d}`: a date.
    Date,
}

/// One piece of a template.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Element {
    pub(super) kind: ElementKind,
    /// Nothing may stand between it and the next one.
    pub(super) glued: bool,
}

#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum ElementKind {
    /// One of these words, in lower case.
    Words(Vec<String>),
    /// What stands before it ends in one of these, in lower case.
    Ending(Vec<String>),
    Slot(Slot),
}

/// A compiled template.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Template {
    pub(super) function: Function,
    pub(super) elements: Vec<Element>,
}

impl Template {
    /// Every word in it.
    pub(super) fn words(&self) -> impl Iterator<Item = &String> {
        let words = self.elements.iter().filter_map(|element| match &element.kind {
            ElementKind::Words(words) => Some(words),
            _ => None,
        });
        words.flatten()
    }
}

/// The templates of a language.
#[derive(Clone, Debug, Default)]
pub(in super::super) struct Phrases {
    pub(super) templates: Vec<Template>,
    pub(super) grammar: Grammar,
    /// Words between a length of time and the date that it is counted from, and whether the date follows directly: "after"
    /// is one, "later" is none, and "después" needs another.
    pub(super) prepositions: Vec<(String, bool)>,
    /// First words of phrases, numbers and ranges: a phrase starts with one of them, or with a date word or a number.
    first_words: Tree,
    /// Every word of the templates and of what joins dates.
    vocabulary: Tree,
    /// The same and what leads a date: every word that may stand within a phrase and is no date word or number.
    inner: Tree,
    /// Whether a template reads a day whose month is not named.
    lone_days: bool,
}

impl Phrases {
    pub(in super::super) fn is_empty(&self) -> bool {
        self.templates.is_empty()
    }

    pub(super) fn has_lone_days(&self) -> bool {
        self.lone_days
    }

    /// Whether a word stands in a template, or joins dates.
    pub(super) fn holds(&self, word: &str) -> bool {
        is_whole(&self.vocabulary, word)
    }

    /// Whether a phrase may have these words before a date word.
    pub(super) fn may_hold(&self, words: &str) -> bool {
        let mut pieces = words.split(|letter: char| !letter.is_alphanumeric()).filter(|piece| !piece.is_empty());
        pieces.all(|piece| is_whole(&self.inner, piece))
    }

    /// Whether a phrase may start with a word.
    pub(super) fn may_start_with(&self, word: &str) -> bool {
        is_whole(&self.first_words, word)
    }

    /// The level of a template.
    pub(super) fn level(&self, template: u16) -> u8 {
        self.templates[usize::from(template)].function.level()
    }

    pub(in super::super) fn compile(data: &Data) -> Self {
        let mut templates: Vec<Template> = Vec::new();
        for template in
            data.phrases.iter().flat_map(|(function, texts)| texts.iter().flat_map(|text| expand(*function, text)))
        {
            // An ending alone is no start.
            let starts = matches!(
                template.elements.first(),
                Some(Element { kind: ElementKind::Words(_) | ElementKind::Slot(_), .. })
            );
            if starts && !templates.contains(&template) {
                templates.push(template);
            }
        }
        // A reading that a word opens is tried before one of numbers: "i halvåret" is no first half.
        templates.sort_by_key(|template| matches!(template.elements[0].kind, ElementKind::Slot(_)));
        let numerals = || data.numbers.iter().chain(&data.nth).flatten();
        let openers = [&data.from, &data.since, &data.between].into_iter().flatten();
        let firsts = templates.iter().filter_map(|template| match &template.elements[0].kind {
            ElementKind::Words(words) => Some(words),
            _ => None,
        });
        let first_words: Vec<String> =
            firsts.flatten().chain(openers).chain(numerals()).map(|words| first_word(words).to_owned()).collect();
        let joiners =
            [&data.of, &data.to, &data.and, &data.now, &data.from, &data.since, &data.between].into_iter().flatten();
        let words = templates.iter().flat_map(Template::words).chain(joiners).chain(numerals());
        let pieces = |words: &String| -> Vec<String> {
            words.split(|letter: char| !letter.is_alphanumeric()).map(str::to_owned).collect()
        };
        let vocabulary: Vec<String> = words.flat_map(pieces).collect();
        let lead = [&data.lead.day, &data.lead.month, &data.lead.year].into_iter().flatten();
        let inner: Vec<String> = vocabulary.iter().cloned().chain(lead.flat_map(pieces)).collect();
        Self {
            grammar: Grammar::compile(&templates),
            prepositions: templates.iter().flat_map(prepositions).collect(),
            first_words: tree(&first_words),
            vocabulary: tree(&vocabulary),
            inner: tree(&inner),
            lone_days: data.phrases.contains_key(&Function::Day),
            templates,
        }
    }
}

/// The words of a template that stand between a length of time and the date that it is counted from.
fn prepositions(template: &Template) -> Vec<(String, bool)> {
    let counts = matches!(template.function, Function::Before | Function::After);
    let pairs = template.elements.windows(2).enumerate().filter(|_| counts);
    let words = pairs.filter_map(|(at, pair)| {
        let [Element { kind: ElementKind::Slot(Slot::Unit), .. }, Element { kind: ElementKind::Words(words), .. }] =
            pair
        else {
            return None;
        };
        let direct = matches!(template.elements.get(at + 2), Some(Element { kind: ElementKind::Slot(Slot::Date), .. }));
        Some(words.iter().map(move |word| (word.clone(), direct)))
    });
    words.flatten().collect()
}

fn is_whole(words: &Tree, word: &str) -> bool {
    words.prefixes(folded(word)).any(|(_, bytes)| bytes == word.len())
}

/// The letters that a text starts with, up to the first one that no word holds.
pub(super) fn first_word(text: &str) -> &str {
    let end = text.find(|letter: char| !is_of_word(letter));
    &text[..end.unwrap_or(text.len())]
}

/// The templates of one text: each optional piece doubles them.
pub(super) fn expand(function: Function, text: &str) -> Vec<Template> {
    let mut all = vec![Vec::new()];
    // What may be missing at the start adds nothing: the phrase starts behind it.
    for token in text.split_whitespace().skip_while(|token| token.ends_with('?')) {
        let (token, optional) = token.strip_suffix('?').map_or((token, false), |token| (token, true));
        let pieces = pieces(token);
        let without = if optional { all.clone() } else { Vec::new() };
        for elements in &mut all {
            elements.extend(pieces.iter().cloned());
        }
        all.extend(without);
    }
    all.into_iter().map(|elements| Template { function, elements }).collect()
}

/// The pieces of one blank-free token: `{y}s` is a slot that a word touches.
fn pieces(token: &str) -> Vec<Element> {
    let mut pieces: Vec<Element> = Vec::new();
    let mut rest = token;
    while !rest.is_empty() {
        let (kind, length) = match (slot(rest), rest.find('{')) {
            (Some(found), _) => (ElementKind::Slot(found), SLOT_BYTES),
            (None, Some(at @ 1..)) => (words(&rest[..at]), at),
            (None, _) => (words(rest), rest.len()),
        };
        if let Some(before) = pieces.last_mut() {
            before.glued = true;
        }
        pieces.push(Element { kind, glued: false });
        rest = &rest[length..];
    }
    pieces
}

/// The bytes of a slot's name with its braces.
const SLOT_BYTES: usize = 3;

fn slot(text: &str) -> Option<Slot> {
    Some(match text.get(..SLOT_BYTES)? {
        "{n}" => Slot::Number,
        "{o}" => Slot::Ordinal,
        "{y}" => Slot::Year,
        "{u}" => Slot::Unit,
        "{x}" => Slot::Thing,
        "{d}" => Slot::Date,
        _ => return None,
    })
}

/// Words; with a tilde, the ending of what they touch.
fn words(text: &str) -> ElementKind {
    let all = |tilde| text.split('|').map(|word| word.strip_prefix(tilde).unwrap_or(word).to_owned()).collect();
    if text.starts_with('~') { ElementKind::Ending(all("~")) } else { ElementKind::Words(all("")) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_template_is_words_and_slots() {
        let elements = |text| -> Vec<String> {
            expand(Function::Ago, text)
                .into_iter()
                .map(|template| {
                    let piece = |Element { kind, glued }: &Element| {
                        let text = match kind {
                            ElementKind::Words(words) => words.join("|"),
                            ElementKind::Ending(words) => format!("~{}", words.join("|")),
                            ElementKind::Slot(slot) => format!("{slot:?}"),
                        };
                        text + if *glued { "+" } else { " " }
                    };
                    template.elements.iter().map(piece).collect::<String>()
                })
                .collect()
        };
        assert_eq!(elements("in|within {n} {u}"), ["in|within Number Unit "]);
        assert_eq!(elements("the? {y}s"), ["Year+s "]);
        assert_eq!(elements("end of? {d}"), ["end of Date ", "end Date "]);
        assert_eq!(elements("q{n}"), ["q+Number "]);
        assert_eq!(elements("{d}~tól|~től"), ["Date+~tól|től "]);
        assert_eq!(elements("{n}{u}前"), ["Number+Unit+前 "]);
    }
}
