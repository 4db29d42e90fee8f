//! The spellings in which a date word is looked for.

/// The blank or hyphen that a part of a word ends with.
fn ending_of(part: &str) -> &str {
    &part[part.trim_end_matches([' ', '-']).len()..]
}

/// Names of so many words are looked for with every mixture of capitals; longer ones have too many.
const MIXED_WORDS_MAX: usize = 3;

/// The forms in which a word is looked for. A word that means something else in lower case counts only with its
/// capital: `May`, never `may`.
pub(super) fn forms(word: &str, needs_capital: bool) -> Vec<String> {
    let capital = |word: &str| {
        let mut letters = word.chars();
        letters.next().map(|first| first.to_uppercase().chain(letters).collect::<String>()).unwrap_or_default()
    };
    let title = word.split(' ').map(capital).collect::<Vec<_>>().join(" ");
    // German: "nächste Woche".
    let noun = word.split_once(' ').map(|(first, _)| format!("{first}{}", &title[capital(first).len()..]));
    // "Tag der Deutschen Einheit": short words inside a name are small.
    let small =
        |(at, word): (usize, &str)| if at > 0 && word.chars().count() <= 3 { word.to_owned() } else { capital(word) };
    // "Cap d'Any": what is elided stays small as well.
    let elided = |(at, word): (usize, &str)| match word.split_once('\'') {
        Some((elided, rest)) if at > 0 => format!("{elided}'{}", capital(rest)),
        _ => small((at, word)),
    };
    let name = word.split(' ').enumerate().map(elided).collect::<Vec<_>>().join(" ");
    // "jour de l'An", "nit de Reis": the name within the name.
    let inner = word.split_once(' ').map(|(first, _)| format!("{first}{}", &name[capital(first).len()..]));
    let mut forms = vec![capital(word), title, name, word.to_uppercase()];
    if word.contains('-') {
        // "Eid al-Fitr", "Eid Al-Fitr": each part of a name may have its capital, or the longer ones.
        let parts = |write: &dyn Fn((usize, &str)) -> String| {
            let mut at = 0;
            let part = |part: &str| {
                at += 1;
                write((at - 1, part))
            };
            let ends = |end: char| end == ' ' || end == '-';
            word.split_inclusive(ends).map(part).collect::<String>()
        };
        forms.push(parts(&|(_, part)| capital(part)));
        forms.push(parts(&|(at, part)| small((at, part.trim_end_matches([' ', '-']))) + ending_of(part)));
    }
    // "Tết Dương lịch": in short names any of the words may have its capital.
    let parts: Vec<&str> = word.split(' ').collect();
    if parts.len() <= MIXED_WORDS_MAX {
        let first = usize::from(needs_capital);
        let mixed = (first..1 << parts.len()).filter(|capitals| capitals & 1 >= first).map(|capitals: usize| {
            let part =
                |(at, part): (usize, &&str)| if capitals >> at & 1 == 1 { capital(part) } else { (*part).to_owned() };
            parts.iter().enumerate().map(part).collect::<Vec<_>>().join(" ")
        });
        forms.extend(mixed);
    }
    if !needs_capital {
        forms.push(word.to_owned());
        forms.extend(noun.into_iter().chain(inner));
    }
    // The typographic apostrophe is the same letter.
    let curly: Vec<String> =
        forms.iter().filter(|form| form.contains('\'')).map(|form| form.replace('\'', "’")).collect();
    forms.extend(curly);
    forms.sort();
    forms.dedup();
    forms
}
