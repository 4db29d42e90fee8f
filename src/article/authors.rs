//! Who wrote an article, by its metadata: scrapers often fill the field with the page's byline, label and all.

use std::collections::BTreeSet;

use super::parsed::one_line;
use crate::event::LanguageTag;
use crate::text;

/// The authors that the fields of a record name, then those that its text does, each once. `language` is the record's own
/// word.
pub(super) fn of(fields: &[String], language: Option<&LanguageTag>, in_text: Vec<String>) -> Vec<String> {
    let stated = fields.iter().flat_map(|field| authors_of(field, language));
    let names = without_repeats(stated.chain(in_text));
    // A page may give a byline beside its names: `Ion Popescu`, `De Ion Popescu`.
    let all: BTreeSet<&str> = names.iter().map(String::as_str).collect();
    let labelled = |name: &&String| {
        let rest = name.split_once(' ').filter(|(label, _)| BEGIN_NAMES.iter().any(|(own, ..)| own == label));
        rest.is_some_and(|(_, rest)| all.contains(rest))
    };
    names.iter().filter(|name| !labelled(name)).cloned().collect()
}

/// Labels of bylines that begin names as well (`Von Trapp`, `Di Stefano`, `Per Olov Lind`), and the languages in which they
/// are labels: a field keeps them, unless the record is in such a language, or the label is by far the likelier in any.
const BEGIN_NAMES: &[(&str, &[&str], bool)] = &[
    ("Da", &[], false),
    ("De", &["ro"], false),
    ("Di", &["it"], true),
    ("Na", &["sw"], true),
    ("Nga", &["sq"], true),
    ("Ni", &["fil", "tl"], false),
    ("Oleh", &["id", "ms"], true),
    ("Per", &["ca"], false),
    ("Red", &["pl"], false),
    ("Von", &["de"], true),
];

/// Given names that stand behind a family's where a list is in the order of families: `Di Stefano Maria`, `Von Trapp Georg`.
/// The commonest of Italy and Germany.
const GIVEN_NAMES: &[&str] = &[
    "Alessandro",
    "Alessandra",
    "Alfredo",
    "Andrea",
    "Angela",
    "Angelo",
    "Anna",
    "Antonella",
    "Antonio",
    "Carla",
    "Carlo",
    "Chiara",
    "Claudio",
    "Daniela",
    "Daniele",
    "Davide",
    "Elena",
    "Enrico",
    "Fabio",
    "Federica",
    "Federico",
    "Filippo",
    "Francesca",
    "Francesco",
    "Franco",
    "Gabriele",
    "Giacomo",
    "Giorgio",
    "Giovanna",
    "Giovanni",
    "Giulia",
    "Giuseppe",
    "Laura",
    "Lorenzo",
    "Luca",
    "Lucia",
    "Luigi",
    "Marco",
    "Maria",
    "Mario",
    "Massimo",
    "Matteo",
    "Michele",
    "Nicola",
    "Paola",
    "Paolo",
    "Pietro",
    "Roberto",
    "Salvatore",
    "Sara",
    "Silvia",
    "Simone",
    "Stefano",
    "Valentina",
    "Vincenzo",
    "Alexander",
    "Andreas",
    "Anja",
    "Barbara",
    "Birgit",
    "Christian",
    "Christine",
    "Claudia",
    "Dieter",
    "Eva",
    "Felix",
    "Florian",
    "Franz",
    "Friedrich",
    "Georg",
    "Hans",
    "Heike",
    "Heinrich",
    "Jan",
    "Johanna",
    "Johannes",
    "Julia",
    "Jürgen",
    "Karin",
    "Karl",
    "Katharina",
    "Katrin",
    "Klaus",
    "Lena",
    "Lukas",
    "Manfred",
    "Markus",
    "Matthias",
    "Max",
    "Michael",
    "Monika",
    "Petra",
    "Sabine",
    "Sebastian",
    "Sophie",
    "Stefan",
    "Susanne",
    "Thomas",
    "Tobias",
    "Ursula",
    "Wolfgang",
];

/// Whether a label that begins names as well begins one here.
fn begins_name(label: &str, rest: &str, language: Option<&LanguageTag>) -> bool {
    let Some((_, languages, likely)) = BEGIN_NAMES.iter().find(|(own, ..)| *own == label) else { return false };
    let is_label = *likely || language.is_some_and(|language| languages.contains(&language.as_str()));
    let named =
        rest.split(' ').count() > 1 && !rest.split(' ').next_back().is_some_and(|last| GIVEN_NAMES.contains(&last));
    !(is_label && named)
}

/// The authors of a metadata field, which scrapers often fill with the page's byline, label and all.
fn authors_of(field: &str, language: Option<&LanguageTag>) -> Vec<String> {
    let line = one_line(field);
    let (first, rest) = line.split_once(' ').unwrap_or((&line, ""));
    if begins_name(first, rest, language) {
        return vec![line];
    }
    let names = text::byline_names(&line);
    if !names.is_empty() {
        return names;
    }
    let begins = |label: &str| BEGIN_NAMES.iter().any(|(own, ..)| *own == label);
    if let Some((_, name)) = text::labelled_name(&line).filter(|(label, _)| !begins(label)) {
        // Who took the pictures may stand behind who wrote.
        let writer =
            name.split_once(' ').filter(|(_, others)| others.contains(['/', '／'])).map_or(name, |(writer, _)| writer);
        let names = text::byline_names(&format!("By: {writer}"));
        return if names.is_empty() { vec![writer.to_owned()] } else { names };
    }
    // Trafilatura leaves the label and takes its colon away. In running text only a colon makes a byline of some labels;
    // here nothing but names can follow them.
    let relabelled = line.split_once(' ').map(|(label, names)| text::byline_names(&format!("{label}: {names}")));
    relabelled.filter(|names| !names.is_empty()).unwrap_or_else(|| vec![line])
}

/// Names in order, each once; case does not tell two names apart.
fn without_repeats(names: impl Iterator<Item = String>) -> Vec<String> {
    let mut seen = BTreeSet::new();
    names.filter(|name| !name.is_empty() && seen.insert(name.to_lowercase())).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_byline_is_its_names() {
        let check = |field: &str, expected: &[&str]| assert_eq!(authors_of(field, None), expected, "{field}");
        check("Ada Vo", &["Ada Vo"]);
        check("By Ada Vo and Bo Li", &["Ada Vo", "Bo Li"]);
        check("Автор: Анна Лось", &["Анна Лось"]);
        check("Автор Анна Лось", &["Анна Лось"]);
        check("Reporter", &["Reporter"]);
        for (field, name) in [
            ("Von Anna Lind", "Anna Lind"),
            ("Di Mario Neri", "Mario Neri"),
            ("Por Ana Ruiz", "Ana Ruiz"),
            ("Por Redacción", "Redacción"),
            ("Par Anne Roux", "Anne Roux"),
            ("Door Anna Visser", "Anna Visser"),
            ("Av Kari Dahl", "Kari Dahl"),
            ("Tekst: Kari Dahl", "Kari Dahl"),
            ("Tekst og foto: Kari Dahl", "Kari Dahl"),
            ("By Reuters", "Reuters"),
            ("by staff writer", "by staff writer"),
            ("文/王小明", "王小明"),
            ("文／王小明 图／李红", "王小明"),
            ("기자명 김하늘", "김하늘"),
        ] {
            check(field, &[name]);
        }
        for name in [
            "Von Trapp Maria",
            "Von der Leyen",
            "Von der Leyen Ursula",
            "Di Stefano",
            "Di Stefano Alfredo",
            "De Gaulle Charles",
            "De la Cruz Juan",
            "Da Silva João",
            "Per Olov Lind",
            "Ni Luh Ayu Sari",
            "Red Barber Jones",
            "Parker Lee Ann",
            "Avery Dahl",
        ] {
            check(name, &[name]);
        }
        let ro = LanguageTag::parse("ro");
        assert_eq!(authors_of("De Ion Popescu", ro.as_ref()), ["Ion Popescu"]);
        assert_eq!(authors_of("De Ion Popescu", None), ["De Ion Popescu"]);
        check("Ada", &["Ada"]);
        check(" News\ndesk ", &["News desk"]);
    }

    #[test]
    fn a_byline_beside_its_name_is_not_another() {
        let fields = ["Ion Popescu", "De Ion Popescu", "De Luca Mario"].map(str::to_owned);
        assert_eq!(of(&fields, None, vec![]), ["Ion Popescu", "De Luca Mario"]);
    }

    #[test]
    fn names_are_not_repeated() {
        let names = ["Ada Vo", "", "ADA VO", "Bo Li"].map(str::to_owned);
        assert_eq!(without_repeats(names.into_iter()), ["Ada Vo", "Bo Li"]);
    }
}
