//! The templates of a language as one machine: templates that start alike share their first steps, so that what stands
//! at a byte is looked at once for all of them.

use std::collections::BTreeMap;

use super::super::list::tree;
use super::super::tree::Tree;
use super::template::{Element, ElementKind, Slot, Template};

/// The machine. A walk starts in its first state, and each piece of a template that the text spells leads on.
#[derive(Clone, Debug, Default)]
pub(super) struct Grammar {
    /// Every word of the templates, by its number.
    pub(super) words: Tree,
    /// By number, whether the word ends in a letter or digit, so that another one behind it makes it another word.
    pub(super) open: Vec<bool>,
    pub(super) states: Vec<State>,
}

/// What may follow where a walk has come to.
#[derive(Clone, Debug, Default)]
pub(super) struct State {
    /// Words by their numbers, sorted.
    pub(super) words: Vec<(u32, Edge)>,
    pub(super) slots: Vec<(Slot, Edge)>,
    /// The ending that what stands before it must have, in lower case.
    pub(super) endings: Vec<(Vec<String>, Edge)>,
    /// The templates that are complete, by their numbers.
    pub(super) complete: Vec<u16>,
}

/// The way to another state.
#[derive(Clone, Copy, Debug)]
pub(super) struct Edge {
    pub(super) to: usize,
    /// Nothing may stand between this piece and the next one.
    pub(super) glued: bool,
    /// The levels of the templates that go this way, a bit each.
    pub(super) levels: u8,
}

impl Edge {
    /// Whether a template of a level goes this way.
    pub(super) fn serves(&self, level: u8) -> bool {
        self.levels & 1 << level != 0
    }
}

impl Grammar {
    pub(super) fn compile(templates: &[Template]) -> Self {
        let literals = templates.iter().flat_map(Template::words).cloned();
        let words: Vec<String> = literals.collect::<std::collections::BTreeSet<_>>().into_iter().collect();
        let number = |word: &String| words.binary_search(word).ok().and_then(|at| u32::try_from(at).ok());
        let mut grammar = Self {
            words: tree(&words),
            open: words.iter().map(|word| word.ends_with(char::is_alphanumeric)).collect(),
            states: vec![State::default()],
        };
        let mut ways: BTreeMap<(usize, &Element), (usize, u8)> = BTreeMap::new();
        for (template, name) in templates.iter().zip(0..) {
            let mut state = 0;
            for element in &template.elements {
                let (to, levels) = ways.entry((state, element)).or_insert_with(|| {
                    grammar.states.push(State::default());
                    (grammar.states.len() - 1, 0)
                });
                *levels |= 1 << template.function.level();
                state = *to;
            }
            grammar.states[state].complete.push(name);
        }
        for ((from, Element { kind, glued }), (to, levels)) in ways {
            let (edge, state) = (Edge { to, glued: *glued, levels }, &mut grammar.states[from]);
            match kind {
                ElementKind::Words(all) => state.words.extend(all.iter().filter_map(number).map(|word| (word, edge))),
                ElementKind::Slot(slot) => state.slots.push((*slot, edge)),
                ElementKind::Ending(endings) => state.endings.push((endings.clone(), edge)),
            }
        }
        for state in &mut grammar.states {
            state.words.sort_by_key(|(word, edge)| (*word, edge.to));
        }
        grammar
    }
}

impl State {
    /// Where a word leads.
    pub(super) fn by_word(&self, word: u32) -> impl Iterator<Item = Edge> {
        let first = self.words.partition_point(|(other, _)| *other < word);
        self.words[first..].iter().take_while(move |(other, _)| *other == word).map(|(_, edge)| *edge)
    }

    /// The state behind a unit, where one comes next.
    pub(super) fn by_unit(&self) -> impl Iterator<Item = Edge> {
        self.slots.iter().filter(|(slot, _)| *slot == Slot::Unit).map(|(_, edge)| *edge)
    }
}
