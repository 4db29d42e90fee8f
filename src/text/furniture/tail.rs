//! What stands after the last of the prose: sign-offs of agencies, sources, and the bare name of who wrote.

use super::rules::{Kind, Rules, folded, rules};
use super::{Fate, Found, Line, Sheet, lines, people, picture, source};
use crate::event::{FurnitureRole, Origin, OriginRelation};

/// The most code points of a sign-off.
const SIGN_OFF_CHARS_MAX: usize = 60;

/// The most lines that sign a text: a writer, an editor, agencies, a source. More are a list.
const SIGN_OFF_LINES_MAX: usize = 8;

/// Lifts sign-offs from the last lines, and from the end of the last line of prose.
pub(super) fn lift(sheet: &mut Sheet<'_>) {
    let rules = rules();
    let outlets: Vec<&str> = sheet.lines.iter().filter_map(|line| credited_outlet(line, rules)).collect();
    let is_body = |line: &Line<'_>| line.fate == Fate::Body;
    let first = sheet.lines.iter().position(is_body);
    for _ in 0..SIGN_OFF_LINES_MAX {
        let Some(last) = sheet.lines.iter().rposition(is_body) else { return };
        let line = &mut sheet.lines[last];
        match sign_off(line.text, &outlets, rules).filter(|_| first != Some(last)) {
            Some(found) => line.fate = Fate::furniture(found),
            None => return split(sheet, last, &outlets, rules),
        }
    }
}

fn credited_outlet<'a>(line: &Line<'a>, rules: &Rules) -> Option<&'a str> {
    let Fate::Furniture(found) = &line.fate else { return None };
    matches!(found.role, FurnitureRole::Caption | FurnitureRole::Credit)
        .then(|| picture::outlet_of(line.text, rules))?
}

/// Parts the last line of prose from a sign-off that follows its last sentence.
fn split(sheet: &mut Sheet<'_>, last: usize, outlets: &[&str], rules: &Rules) {
    let text = sheet.lines[last].text;
    let Some(start) = after_last_sentence(text) else { return };
    if let Some(found) = sign_off(&text[start..], outlets, rules) {
        sheet.lines[last].text = text[..start].trim_end();
        let tail = Line { text: &text[start..], blank_before: false, fate: Fate::furniture(found) };
        sheet.lines.insert(last + 1, tail);
    }
}

/// Where the words begin that follow the last sentence of `text`, if there are any.
fn after_last_sentence(text: &str) -> Option<usize> {
    let from = picture::tail_start(text, SIGN_OFF_CHARS_MAX + 2);
    let window = &text[from..];
    window.char_indices().rev().skip(1).find_map(|(at, c)| {
        let rest = &window[at + c.len_utf8()..];
        let before = &text[..from + at + c.len_utf8()];
        (rest.starts_with(char::is_whitespace) && ends_sentence(before))
            .then(|| from + window.len() - rest.trim_start().len())
    })
}

/// Whether a sentence ends here: a stop after a full word, perhaps with a closing quotation mark. `TP.` and `St.` are
/// short for something: what follows them belongs to them.
fn ends_sentence(text: &str) -> bool {
    let bare = text.trim_end_matches(['"', '”', '»', '’', ')']);
    if bare.ends_with(['!', '?', '…', '。']) || bare.ends_with("..") {
        return true;
    }
    let Some(sentence) = bare.strip_suffix('.') else { return false };
    let word = sentence.rsplit(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
    let is_word = word.chars().next().is_some_and(|c| !c.is_uppercase()) && word.chars().count() > 2;
    is_word || bare.len() < text.len()
}

fn sign_off(text: &str, outlets: &[&str], rules: &Rules) -> Option<Found> {
    if text.len() > 4 * SIGN_OFF_CHARS_MAX || text.chars().count() > SIGN_OFF_CHARS_MAX {
        return None;
    }
    let inner = lines::unbracket(text).unwrap_or(text);
    agency(inner, outlets, rules)
        .or_else(|| labelled(inner, rules))
        .or_else(|| people::byline(inner, rules))
        .or_else(|| vietnamese_name(text, rules))
}

/// `VNA/CVN`, `(AFP)`, an outlet that signs its pictures too, `Le Courrier, avec AFP`. The text is its own.
fn agency(text: &str, outlets: &[&str], rules: &Rules) -> Option<Found> {
    let is_known = |name: &str| rules.agency.iter().any(|known| known == name) || outlets.contains(&name);
    let initials = |part: &str| (2..=8).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_uppercase());
    let signed = is_known(text)
        || (text.contains('/') && text.split('/').map(str::trim).all(|part| initials(part) || is_known(part)));
    let name = if signed { text } else { joined(text, rules).filter(|name| is_known(name))? };
    let origin = Origin { name: name.to_owned(), url: None, relation: OriginRelation::Reprint };
    Some(Found::with_origin(FurnitureRole::Credit, origin))
}

/// The outlet before `, with …`.
fn joined<'a>(text: &'a str, rules: &Rules) -> Option<&'a str> {
    let (name, rest) = text.split_once(',')?;
    let with = rest.split_whitespace().next()?;
    let clean = !text.ends_with(['.', '!', '?']);
    (clean && rules.with.contains(&folded(with))).then_some(name)
}

/// A source after the last sentence; there its label may go without a colon.
fn labelled(text: &str, rules: &Rules) -> Option<Found> {
    rules.labels_of(text).find_map(|(kind, rest)| match kind {
        Kind::Source | Kind::SourceReprint | Kind::SourceTranslation => source::line(kind, rest),
        Kind::SourceSignOff => source::sign_off(rest),
        _ => None,
    })
}

/// A bare personal name, as Vietnamese papers sign: two to four syllables with capitals, and tone or vowel marks among
/// them that no other language writes.
fn vietnamese_name(text: &str, rules: &Rules) -> Option<Found> {
    let is_syllable = |word: &str| {
        let mut chars = word.chars();
        let capital = chars.next().is_some_and(char::is_uppercase);
        capital && (1..=6).contains(&chars.clone().count()) && chars.all(char::is_lowercase)
    };
    let marked =
        text.chars().any(|c| matches!(c, '\u{1EA0}'..='\u{1EF9}' | 'ơ' | 'Ơ' | 'ư' | 'Ư' | 'đ' | 'Đ' | 'ă' | 'Ă'));
    let words = text.split(' ').count();
    let is_name = (2..=4).contains(&words) && text.split(' ').all(is_syllable) && people::is_name(text, rules);
    (is_name && marked).then(|| Found::byline(vec![text.to_owned()]))
}
