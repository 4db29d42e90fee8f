//! Who wrote: bylines and the lines of editors.

use super::Found;
use super::rules::{Kind, Rules, folded, strip_separator};
use crate::event::FurnitureRole;

/// The most words of one personal name, particles included.
const NAME_WORDS_MAX: usize = 5;

/// The most code points of a name in a script without capital letters.
const UNCASED_NAME_CHARS_MAX: usize = 30;

/// A line that names who wrote the article and says nothing else.
pub(super) fn byline(line: &str, rules: &Rules) -> Option<Found> {
    let after_name = rules.byline_after.iter().find_map(|word| line.strip_suffix(word.as_str()));
    if let Some(name) = after_name.map(str::trim_end).filter(|name| is_uncased_name(name)) {
        return Some(Found::byline(vec![name.to_owned()]));
    }
    rules.labels_of(line).find_map(|(kind, rest)| {
        let names = match kind {
            Kind::Byline => {
                // The label is a common word: it must stand as one that opens a line does.
                let opens = line.chars().next().is_some_and(|c| !c.is_lowercase());
                opens.then(|| names_of(strip_separator(rest).unwrap_or(rest.trim_start()), false, rules))?
            }
            Kind::BylineColon => names_of(strip_separator(rest)?, true, rules),
            Kind::RelatedLink
            | Kind::Picture
            | Kind::PictureBy
            | Kind::PictureAlone
            | Kind::Editor
            | Kind::Source
            | Kind::SourceReprint
            | Kind::SourceTranslation
            | Kind::SourceSignOff
            | Kind::Ad
            | Kind::Comments
            | Kind::Share
            | Kind::Subscription
            | Kind::Published
            | Kind::Date => None,
        };
        names.map(Found::byline)
    })
}

/// A line that names an editor: `（责任编辑：苏木）`, what follows its label given.
pub(super) fn editor(rest: &str, rules: &Rules) -> Option<Found> {
    let names = strip_separator(rest).and_then(|names| names_of(names, true, rules));
    names.map(|_| Found::new(FurnitureRole::Credit))
}

/// The names that a byline lists; `None` if anything in it is no name. `labelled`: a colon has said that names follow,
/// so they may be in a script without capital letters. Parts after a semicolon may name editors, who are no authors.
fn names_of(text: &str, labelled: bool, rules: &Rules) -> Option<Vec<String>> {
    let mut names = Vec::new();
    for part in text.split([';', '；']).map(str::trim) {
        if let Some((_, rest)) = rules.labels_of(part).find(|(kind, _)| *kind == Kind::Editor) {
            list(strip_separator(rest).unwrap_or(rest), true, rules)?;
        } else {
            names.extend(list(part, labelled, rules)?);
        }
    }
    (!names.is_empty()).then_some(names)
}

fn list(text: &str, labelled: bool, rules: &Rules) -> Option<Vec<String>> {
    let text = text.trim();
    let mut names = Vec::new();
    let mut name = Vec::new();
    for word in text.split_whitespace() {
        if rules.and.contains(&folded(word)) && !name.is_empty() {
            names.push(std::mem::take(&mut name).join(" "));
            continue;
        }
        let ends = word.ends_with([',', '、', '،']);
        name.push(word.trim_end_matches([',', '、', '،']));
        if ends {
            names.push(std::mem::take(&mut name).join(" "));
        }
    }
    if !name.is_empty() {
        names.push(name.join(" "));
    }
    let known = |name: &String| is_name(name, rules) || (labelled && is_uncased_name(name));
    (!names.is_empty() && names.iter().all(known)).then_some(names)
}

/// Two to five words with capitals, particles aside: `Ursula von der Berg`, `J. P. Roux`, `TRAN HAI`.
pub(super) fn is_name(text: &str, rules: &Rules) -> bool {
    let mut capitals = 0;
    let mut words = 0;
    for word in text.split_whitespace() {
        words += 1;
        let letters = |c: char| c.is_alphabetic() || matches!(c, '-' | '\'' | '’' | '‘' | 'ʻ' | '.' | '\u{200C}');
        if word.chars().next().is_some_and(char::is_uppercase) && word.chars().all(letters) {
            capitals += 1;
        } else if !rules.name_particle.iter().any(|particle| particle == word) {
            return false;
        }
    }
    let sentence = text.ends_with('.') && text.split_whitespace().last().is_some_and(|word| word.chars().count() > 3);
    capitals >= 2 && words <= NAME_WORDS_MAX && !sentence && !rules.name_never.contains(&folded(text))
}

/// One to five short words in a script without capital letters.
fn is_uncased_name(text: &str) -> bool {
    let mut words = text.split([' ', '\u{3000}', '·', '・']).filter(|word| !word.is_empty());
    let uncased = |c: char| (c.is_alphabetic() || is_mark(c)) && !c.is_uppercase() && !c.is_lowercase();
    let count = words.clone().count();
    (1..=NAME_WORDS_MAX).contains(&count)
        && text.chars().count() <= UNCASED_NAME_CHARS_MAX
        && words.all(|word| word.chars().all(uncased))
}

/// Vowel signs and the like, which Rust does not count as letters.
fn is_mark(c: char) -> bool {
    matches!(c, '\u{200C}' | '\u{200D}') || unicode_normalization::char::is_combining_mark(c)
}
