//! A page as the model reads it: words, single letters of scripts whose words run on, and marks of punctuation.

use super::super::page::Page;
use crate::lexicon::script::{self, Spacing};
use crate::lexicon::token::{Gap, Shape, Token};

/// A longer word is no abbreviation: 'Prof'.
const ABBREVIATION_CHARS_MAX: u32 = 4;

/// What a unit is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// A word.
    Word,
    /// A letter, with its marks, of a script whose words run on or carry particles; katakana by whole runs.
    Piece,
    /// A character that parts words.
    Mark,
}

/// The smallest thing that a name may begin or end with.
#[derive(Clone, Copy, Debug)]
pub(super) struct Unit {
    pub start: u32,
    pub end: u32,
    /// Its token; for a mark, the one after it.
    pub token: u32,
    /// A hash of its lower-case form.
    pub key: u32,
    pub kind: Kind,
    /// How it is written: see [`form`].
    pub form: u8,
    /// Whether a capital says nothing here.
    pub first: bool,
    /// Whether no name goes on from the unit before it.
    pub parted: bool,
    /// Its line, from 0: names and what stands around them lie within one.
    pub line: u32,
}

/// Forms of units, by number.
pub(super) mod form {
    pub(in super::super) const OUTSIDE: u8 = 0;
    pub(in super::super) const LOWER: u8 = 1;
    pub(in super::super) const CAPITAL: u8 = 2;
    pub(in super::super) const CAPS: u8 = 3;
    pub(in super::super) const MIXED: u8 = 4;
    pub(in super::super) const CASELESS: u8 = 5;
    pub(in super::super) const NUMBER: u8 = 6;
    pub(in super::super) const INITIAL: u8 = 7;
    /// Marks: comma, stop, hyphen, apostrophe, opening and closing quotation and bracket, others.
    pub(in super::super) const COMMA: u8 = 8;
    pub(in super::super) const STOP: u8 = 9;
    pub(in super::super) const HYPHEN: u8 = 10;
    pub(in super::super) const APOSTROPHE: u8 = 11;
    pub(in super::super) const QUOTE: u8 = 12;
    pub(in super::super) const OPEN: u8 = 13;
    pub(in super::super) const CLOSE: u8 = 14;
    pub(in super::super) const OTHER: u8 = 15;
    /// Pieces, by their script.
    pub(in super::super) const HAN: u8 = 16;
    pub(in super::super) const HIRAGANA: u8 = 17;
    pub(in super::super) const KATAKANA: u8 = 18;
    pub(in super::super) const HANGUL: u8 = 19;
    pub(in super::super) const PIECE: u8 = 20;
    pub(in super::super) const DIGIT: u8 = 21;
    /// What ends a sentence or clause: it is in no name.
    pub(in super::super) const BARRIER: u8 = 22;
}

/// Appends the units of a page.
pub(super) fn read(page: &Page<'_>, units: &mut Vec<Unit>) {
    units.clear();
    let (mut from, mut line) = (0, 0);
    for (number, token) in (0..).zip(&page.tokens) {
        marks(page.text, from, token.start as usize, number, &mut line, units);
        from = token.end as usize;
        match token.spacing {
            Spacing::Spaced => units.push(word(page.text, token, number, line)),
            Spacing::Suffixed | Spacing::Unspaced => pieces(page.text, token, number, line, units),
        }
        if number > 0 && token.gap == Gap::DotSpace {
            end_sentence(page, token, units);
        }
    }
    marks(page.text, from, page.text.len(), u32::try_from(page.tokens.len()).unwrap_or(u32::MAX), &mut line, units);
}

/// A full stop behind a word that is too long for an abbreviation ends a sentence.
fn end_sentence(page: &Page<'_>, token: &Token, units: &mut [Unit]) {
    let stop = units.iter().rposition(|unit| unit.end <= token.start).filter(|stop| *stop > 0);
    let Some(stop) = stop.filter(|stop| units[*stop].form == form::STOP) else { return };
    let word = &units[stop - 1];
    let chars = page.tokens.get(word.token as usize).map_or(0, |token| token.chars);
    if word.kind == Kind::Word && word.form != form::CAPS && chars > ABBREVIATION_CHARS_MAX {
        units[stop].form = form::BARRIER;
    }
}

fn word(text: &str, token: &Token, number: u32, line: u32) -> Unit {
    let form = match token.shape {
        Shape::Lower => lower_form(token.text(text)),
        Shape::Capital if token.chars == 1 => form::INITIAL,
        Shape::Capital => capital_form(token.text(text)),
        Shape::Caps => form::CAPS,
        Shape::Caseless => form::CASELESS,
        Shape::Number => form::NUMBER,
    };
    let key = (token.key ^ (token.key >> 32)) as u32;
    Unit {
        start: token.start,
        end: token.end,
        token: number,
        key,
        kind: Kind::Word,
        form,
        first: token.is_first(),
        parted: false,
        line,
    }
}

/// 'eBay', 'iPhone'.
fn lower_form(word: &str) -> u8 {
    if word.chars().nth(1).is_some_and(char::is_uppercase) { form::MIXED } else { form::LOWER }
}

/// 'McDonald', 'YouTube'.
fn capital_form(word: &str) -> u8 {
    if word.chars().skip(1).any(char::is_uppercase) { form::MIXED } else { form::CAPITAL }
}

/// Text between words: every character that is no space is a unit, but a row of the same is one.
fn marks(text: &str, from: usize, to: usize, token: u32, line: &mut u32, units: &mut Vec<Unit>) {
    if to - from == 1 && text.as_bytes()[from] == b' ' {
        return;
    }
    let mut last = None;
    for (at, c) in text[from..to].char_indices() {
        if c == '\n' {
            *line += 1;
        }
        if c.is_whitespace() {
            last = None;
            continue;
        }
        let end = (from + at + c.len_utf8()) as u32;
        if last == Some(c) {
            if let Some(unit) = units.last_mut() {
                unit.end = end;
            }
            continue;
        }
        last = Some(c);
        let (start, key) = ((from + at) as u32, plain(c) as u32);
        let apart = text[end as usize..].starts_with(' ') && text[..start as usize].ends_with(' ');
        let form = if apart && plain(c) == '-' { form::BARRIER } else { mark_form(c) };
        units.push(Unit { start, end, token, key, kind: Kind::Mark, form, first: false, parted: false, line: *line });
    }
}

/// Signs that stand for one another are one.
fn plain(c: char) -> char {
    match c {
        '’' | 'ʼ' | '‘' | '`' | '´' => '\'',
        '“' | '”' | '„' | '«' | '»' | '‟' => '"',
        '–' | '—' | '‐' | '‑' => '-',
        '，' | '、' | '،' => ',',
        '．' => '.',
        '（' => '(',
        '）' => ')',
        _ => c,
    }
}

fn mark_form(c: char) -> u8 {
    match plain(c) {
        '!' | '?' | ';' | ':' | '|' | '।' | '॥' | '。' | '！' | '？' | '；' | '：' | '؟' | '؛' | '۔' | '։' | '።'
        | '။' | '។' | '…' | '•' | '【' | '】' => form::BARRIER,
        ',' => form::COMMA,
        '.' => form::STOP,
        '-' | '/' | '&' | '+' => form::HYPHEN,
        '\'' => form::APOSTROPHE,
        '"' => form::QUOTE,
        '(' | '[' | '「' | '『' | '《' | '<' | '〈' => form::OPEN,
        ')' | ']' | '」' | '』' | '》' | '>' | '〉' => form::CLOSE,
        _ => form::OTHER,
    }
}

fn pieces(text: &str, token: &Token, number: u32, line: u32, units: &mut Vec<Unit>) {
    let mut before: Option<char> = None;
    for (at, c) in token.text(text).char_indices() {
        let start = token.start + at as u32;
        let end = start + c.len_utf8() as u32;
        let joins = before.is_some_and(|before| !script::may_part(before, c) || before.is_ascii() && c.is_ascii());
        before = Some(c);
        if let Some(unit) = units.last_mut().filter(|_| joins) {
            unit.end = end;
            unit.key = grow(unit.key, c);
            continue;
        }
        let first = at == 0 && token.is_first();
        let key = grow(0x811c_9dc5, c);
        let form = piece_form(c);
        // Chinese and Japanese write no spaces within names.
        let parted = at == 0 && token.gap == Gap::Space && matches!(form, form::HAN | form::HIRAGANA | form::KATAKANA);
        units.push(Unit { start, end, token: number, key, kind: Kind::Piece, form, first, parted, line });
    }
}

fn grow(key: u32, c: char) -> u32 {
    (key ^ u32::from(c)).wrapping_mul(0x0100_0193)
}

fn piece_form(c: char) -> u8 {
    match u32::from(c) {
        0x3041..=0x309F => form::HIRAGANA,
        0x30A0..=0x30FF => form::KATAKANA,
        0x3400..=0x9FFF | 0xF900..=0xFAFF | 0x2_0000..=0x3_FFFF | 0x3005..=0x3007 => form::HAN,
        0x1100..=0x11FF | 0x3130..=0x318F | 0xAC00..=0xD7AF => form::HANGUL,
        _ if c.is_numeric() => form::DIGIT,
        _ => form::PIECE,
    }
}
