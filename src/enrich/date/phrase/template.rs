//! The phrase templates of a language, compiled.
//!
//! A template is words and slots: `in|within {n} {u}`. `|` stands between words of which one must be there, `?` after
//! words that may be missing; a slot and letters written together (`{y}s`) touch in the text as well;
//! after a tilde (`{d}~tól`) they are the end of what the slot took.

use std::collections::{BTreeMap, BTreeSet};

use serde::Deserialize;
use unicode_normalization::char::is_combining_mark;

use super::super::data::Data;

/// What a phrase does with its slots. Of two readings of the same words, the one that stands first here is tried first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(in super::super) enum Function {
    /// The quarter `{o}` or `{n}` of a year.
    Quarter,
    /// The half `{o}` or `{n}` of a year.
    Half,
    /// The century `{o}` or `{n}`, or the one that starts in `{y}`; it comes before decades, since where a language has
    /// one wording for both, "1900-talet" is the century.
    Century,
    /// The decade that starts in `{y}`.
    Decade,
    /// The week `{n}` or `{o}` of a year.
    WeekNumber,
    /// The same where the wording means the week of a year by itself: "vecka 36".
    CalendarWeek,
    /// `{n} {u}` before the date that the text gave last.
    Earlier,
    /// `{n} {u}` after the date that the text gave last.
    Later,
    /// The `{x}` before the one of the date that the text gave last.
    Preceding,
    /// The `{x}` after the one of the date that the text gave last.
    Following,
    /// The `{x}` of the date that the text gave last.
    Same,
    /// `{n} {u}` before the day of publication.
    Ago,
    /// `{n} {u}` after the day of publication.
    Ahead,
    /// The last `{x}` before the day of publication.
    Last,
    /// The `{x}` of the day of publication.
    This,
    /// The next `{x}` after the day of publication.
    Next,
    /// The `{x}` before the last one.
    BeforeLast,
    /// The `{x}` after the next one.
    AfterNext,
    /// The `{n} {u}` that end with the day of publication.
    Past,
    /// The `{n} {u}` that follow the day of publication.
    Coming,
    /// A season, month or holiday `{x}` of the year that the wording points to.
    During,
    /// The half `{o}` or `{n}` of `{d}`, be it a year or not.
    HalfOf,
    /// The `{o}` `{x}` or `{u}` of `{d}`.
    Nth,
    /// The last `{x}` or `{u}` of `{d}`.
    Final,
    /// The first `{n} {u}` of `{d}`, or of the year at hand.
    FirstN,
    /// The last `{n} {u}` of `{d}`, or of the year at hand.
    LastN,
    /// The day `{o}` or `{n}` of the month `{d}`.
    DayOf,
    /// The day `{o}` or `{n}` of a month that is not named.
    Day,
    /// The week that holds `{d}`.
    WeekOf,
    /// The beginning of `{d}`, or of the unit `{u}` of the day of publication.
    Early,
    /// The middle of `{d}` or `{u}`.
    Middle,
    /// The end of `{d}` or `{u}`.
    Late,
    /// `{n} {u}` before `{d}`.
    Before,
    /// `{n} {u}` after `{d}`.
    After,
    /// A repetition: every `{x}` or `{d}`.
    Every,
    /// All before `{d}`.
    Prior,
    /// All after `{d}`.
    Beyond,
    /// Up to `{d}`, its start unsaid.
    Until,
    /// From `{d}` on.
    Since,
    /// From the first `{d}` to the second.
    Range,
    /// No date, though date words stand in it.
    NoDate,
}

impl Function {
    /// A date slot takes what is below this level: what simpler phrases read.
    pub(super) fn level(self) -> u8 {
        match self {
            Self::HalfOf | Self::Nth | Self::Final | Self::FirstN | Self::LastN | Self::DayOf | Self::WeekOf => 2,
            Self::Early | Self::Middle | Self::Late | Self::Before | Self::After => 3,
            Self::Every | Self::Until | Self::Prior | Self::Beyond | Self::Since | Self::Range | Self::NoDate => 4,
            _ => 0,
        }
    }
}

impl Function {
    /// Whether it speaks of one thing, so that "years" cannot be meant: "in the last years" is not last year.
    pub(super) fn is_of_one(self) -> bool {
        matches!(
            self,
            Self::Preceding
                | Self::Following
                | Self::Same
                | Self::Last
                | Self::This
                | Self::Next
                | Self::BeforeLast
                | Self::AfterNext
                | Self::Nth
                | Self::Final
        )
    }
}

/// What fills a slot.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
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
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Element {
    pub(super) kind: ElementKind,
    /// Nothing may stand between it and the next one.
    pub(super) glued: bool,
}

#[derive(Clone, Debug, PartialEq, Eq)]
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

/// The templates of a language, by what they start with.
#[derive(Clone, Debug, Default)]
pub(in super::super) struct Phrases {
    pub(super) templates: Vec<Template>,
    /// Templates that start with a word, by the word's first letter.
    pub(super) by_letter: BTreeMap<char, Vec<u16>>,
    /// Templates that start with a slot.
    pub(super) by_slot: Vec<u16>,
    /// Words between a length of time and the date that it is counted from, and whether the date follows directly: "after"
    /// is one, "later" is none, and "después" needs another.
    pub(super) prepositions: Vec<(String, bool)>,
    /// First words of phrases, numbers and ranges: a phrase starts with one of them, or with a date word or a number.
    first_words: BTreeSet<String>,
    /// Every word of the templates and of what joins dates.
    vocabulary: BTreeSet<String>,
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
        self.vocabulary.contains(word) || self.vocabulary.contains(&word.to_lowercase())
    }

    /// Whether a phrase may start with a word, which is in lower case.
    pub(super) fn may_start_with(&self, word: &str) -> bool {
        self.first_words.contains(word)
    }

    pub(in super::super) fn compile(data: &Data) -> Self {
        let mut phrases = Self::default();
        for (function, texts) in &data.phrases {
            for template in texts.iter().flat_map(|text| templates(*function, text)) {
                phrases.add(template);
            }
        }
        phrases.lone_days = data.phrases.contains_key(&Function::Day);
        let openers = [&data.from, &data.since, &data.between].into_iter().flatten();
        let numerals = data.numbers.iter().chain(&data.nth).flatten();
        phrases.first_words.extend(openers.chain(numerals).map(|words| first_word(words).to_owned()));
        let joiners = [&data.of, &data.to, &data.and, &data.now, &data.from, &data.since, &data.between];
        let literals = phrases.templates.iter().flat_map(|template| &template.elements).filter_map(|element| {
            match &element.kind {
                ElementKind::Words(words) => Some(words),
                _ => None,
            }
        });
        let words = literals.chain(joiners).flatten().chain(data.numbers.iter().chain(&data.nth).flatten());
        let pieces = words.flat_map(|words| words.split(|letter: char| !letter.is_alphanumeric()));
        phrases.vocabulary = pieces.filter(|word| !word.is_empty()).map(str::to_owned).collect();
        phrases
    }

    fn add(&mut self, template: Template) {
        if self.templates.contains(&template) {
            return;
        }
        if matches!(template.function, Function::Before | Function::After) {
            for (at, pair) in template.elements.windows(2).enumerate() {
                let [before, after] = pair else { continue };
                if let (ElementKind::Slot(Slot::Unit), ElementKind::Words(words)) = (&before.kind, &after.kind) {
                    let next = template.elements.get(at + 2).map(|next| &next.kind);
                    let direct = matches!(next, Some(ElementKind::Slot(Slot::Date)));
                    self.prepositions.extend(words.iter().map(|word| (word.clone(), direct)));
                }
            }
        }
        let number = u16::try_from(self.templates.len()).expect("a language has some hundred templates");
        match template.elements.first().map(|element| &element.kind) {
            Some(ElementKind::Words(words)) => {
                self.first_words.extend(words.iter().map(|word| first_word(word).to_owned()));
                for letter in words.iter().filter_map(|word| word.chars().next()) {
                    let list = self.by_letter.entry(letter).or_default();
                    if !list.contains(&number) {
                        list.push(number);
                    }
                }
            }
            Some(ElementKind::Slot(_)) => self.by_slot.push(number),
            Some(ElementKind::Ending(_)) | None => return,
        }
        self.templates.push(template);
    }
}

/// The letters that a text starts with, up to the first one that no word holds.
pub(super) fn first_word(text: &str) -> &str {
    let end = text.find(|letter: char| !letter.is_alphanumeric() && !is_combining_mark(letter));
    &text[..end.unwrap_or(text.len())]
}

/// The templates of one text: each optional piece doubles them.
fn templates(function: Function, text: &str) -> Vec<Template> {
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

/// What is wrong with a template.
pub(in super::super) fn fault(function: Function, text: &str) -> Option<String> {
    use ElementKind::{Ending, Slot as S, Words};
    let slots: Vec<Slot> = templates(function, text)
        .iter()
        .flat_map(|template| &template.elements)
        .filter_map(|element| if let S(slot) = element.kind { Some(slot) } else { None })
        .collect();
    let has = |slot| slots.contains(&slot);
    let (number, ordinal) = (has(Slot::Number), has(Slot::Ordinal));
    let fits = match function {
        Function::Ago | Function::Ahead | Function::Past | Function::Coming => {
            number && has(Slot::Unit) || has(Slot::Unit) && !ordinal
        }
        // Without a unit it is a day: "the eve".
        Function::Earlier | Function::Later => !ordinal && (has(Slot::Unit) || !number),
        Function::Last
        | Function::This
        | Function::Next
        | Function::BeforeLast
        | Function::AfterNext
        | Function::Preceding
        | Function::Same
        | Function::During
        | Function::Following => has(Slot::Thing) || has(Slot::Unit),
        Function::Quarter | Function::Half | Function::WeekNumber | Function::CalendarWeek => number || ordinal,
        Function::Century => number || ordinal || has(Slot::Year),
        Function::Decade => has(Slot::Year),
        Function::Nth => (ordinal || number) && (has(Slot::Thing) || has(Slot::Unit)) && has(Slot::Date),
        Function::Final => (has(Slot::Thing) || has(Slot::Unit)) && has(Slot::Date),
        // Without a date it is the year at hand.
        Function::FirstN | Function::LastN => has(Slot::Unit),
        Function::Before | Function::After => has(Slot::Date) && (has(Slot::Unit) || !number),
        Function::HalfOf | Function::DayOf => (ordinal || number) && has(Slot::Date),
        Function::WeekOf | Function::Until | Function::Prior | Function::Beyond | Function::Since => has(Slot::Date),
        Function::Day => ordinal || number,
        Function::Range => slots.iter().filter(|slot| **slot == Slot::Date).count() > 1,
        Function::Early | Function::Middle | Function::Late => has(Slot::Date) || has(Slot::Unit),
        Function::Every => has(Slot::Date) || has(Slot::Thing) || has(Slot::Unit),
        Function::NoDate => true,
    };
    let braces = templates(function, text)
        .iter()
        .flat_map(|template| &template.elements)
        .any(|element| matches!(&element.kind, Words(words) | Ending(words) if words.iter().any(|word| word.contains(['{', '}']) || word.is_empty())));
    if !fits {
        return Some(format!("{function:?} lacks a slot: {text}"));
    }
    braces.then(|| format!("{function:?} has an unknown slot or an empty word: {text}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_template_is_words_and_slots() {
        let elements = |text| -> Vec<String> {
            templates(Function::Ago, text)
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
