//! Who wrote an article, by its metadata: scrapers often fill the field with the page's byline, label and all.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use super::parsed::one_line;
use crate::event::LanguageTag;
use crate::lexicon::{NamePart, NameParts, token};
use crate::text::{self, NameOpening};

/// The authors that the fields of a record name, then those that its text does, each once. `language` is the record's own
/// word.
pub(super) fn of(fields: &[String], language: Option<&LanguageTag>, in_text: Vec<String>) -> Vec<String> {
    let stated = fields.iter().flat_map(|field| authors_of(field, language));
    let names = without_repeats(stated.chain(in_text));
    // A page may give a byline beside its names: `Ion Popescu`, `De Ion Popescu`.
    let all: BTreeSet<&str> = names.iter().map(String::as_str).collect();
    let labelled = |name: &&String| {
        let rest = name.split_once(' ').filter(|(label, _)| text::name_opening(label).is_some());
        rest.is_some_and(|(_, rest)| all.contains(rest))
    };
    names.iter().filter(|name| !labelled(name)).cloned().collect()
}

/// The order of the words of a name behind a label that may belong to it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Order {
    /// `Trapp Maria`: the label begins the name of a family.
    FamilyFirst,
    /// `Anna Kowalska`: a name in itself.
    GivenFirst,
    /// Either word may be either.
    Open,
}

/// Whether a label that begins names as well begins one here. In a record of a language in which it is a label and nothing
/// else, it is that; otherwise the words behind it tell.
fn begins_name(label: &str, rest: &str, language: Option<&LanguageTag>) -> bool {
    let Some(opening) = text::name_opening(label) else { return false };
    let is_spoken = language.is_some_and(|language| opening.languages.contains(language.as_str()));
    if is_han(label) {
        return !is_spoken || !begins_with_family(rest);
    }
    if !rest.contains(' ') {
        return true;
    }
    match order_of(rest, opening) {
        Order::FamilyFirst => !is_spoken || opening.is_particle,
        // `Per Albin Hansson`: a label that is a given name of others may stand before another.
        Order::GivenFirst => !(is_spoken || opening.is_seldom_name || part(label).is_none()),
        Order::Open => !(is_spoken || opening.is_seldom_name),
    }
}

/// The order of several words. Many words are given names of some people and families' of others: where these are all that
/// there is, the common given names of the label's own languages decide.
fn order_of(words: &str, opening: &NameOpening) -> Order {
    let first = words.split(' ').next().unwrap_or_default();
    let last = words.rsplit(' ').next().unwrap_or_default();
    if first.starts_with(char::is_lowercase) {
        return Order::FamilyFirst;
    }
    match (part(first), part(last)) {
        (Some(NamePart::Family), Some(NamePart::Given | NamePart::Both)) => Order::FamilyFirst,
        (Some(NamePart::Given), part) if part != Some(NamePart::Given) => Order::GivenFirst,
        (Some(NamePart::Both), Some(NamePart::Family)) => Order::GivenFirst,
        (first, Some(NamePart::Given)) if first != Some(NamePart::Given) => Order::FamilyFirst,
        _ if opening.given_names.contains(last) => Order::FamilyFirst,
        _ => Order::Open,
    }
}

/// What a word is in personal names; of a double one, its first half.
fn part(word: &str) -> Option<NamePart> {
    static PARTS: LazyLock<NameParts> = LazyLock::new(NameParts::embedded);
    PARTS.class(token::read(word.split('-').next().unwrap_or(word)).0)
}

fn is_han(word: &str) -> bool {
    word.starts_with(|c| matches!(c, '\u{3400}'..='\u{9FFF}'))
}

/// Whether a name in Han characters begins with that of a family. Of two characters both may be of the given name.
fn begins_with_family(name: &str) -> bool {
    let is_whole = name.chars().count() > 2;
    let mut heads = name.char_indices().skip(1).take(2).map(|(end, _)| &name[..end]);
    heads.any(|head| part(head) == Some(NamePart::Family) || is_whole && part(head) == Some(NamePart::Both))
}

/// The authors of a metadata field, which scrapers often fill with the page's byline, label and all.
fn authors_of(field: &str, language: Option<&LanguageTag>) -> Vec<String> {
    let line = without_address(&one_line(field)).to_owned();
    // The address of a profile names nobody.
    if line.contains("://") {
        return Vec::new();
    }
    let (first, rest) = line.split_once(' ').unwrap_or((&line, ""));
    if begins_name(first, rest, language) {
        return vec![line];
    }
    let names = text::byline_names(&line);
    if !names.is_empty() {
        return names;
    }
    let begins = |label: &str| text::name_opening(label).is_some() && !is_han(label);
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
    let several = || Some(text::byline_names(&format!("By: {line}"))).filter(|names| names.len() > 1);
    relabelled.filter(|names| !names.is_empty()).or_else(several).unwrap_or_else(|| vec![line])
}

/// `Ada Vo` of `ada@example.com (Ada Vo)`, as RSS has authors, and of `Ada Vo <ada@example.com>`.
fn without_address(line: &str) -> &str {
    let is_address = |text: &str| text.contains('@') && !text.contains(' ');
    let of_feed = || line.strip_suffix(')')?.split_once(" (").filter(|(address, _)| is_address(address));
    let of_mail = || line.strip_suffix('>')?.rsplit_once(" <").filter(|(_, address)| is_address(address));
    let name = of_feed().map(|(_, name)| name).or_else(|| of_mail().map(|(name, _)| name));
    name.map(str::trim).filter(|name| !name.is_empty()).unwrap_or(line)
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
        check("Ada", &["Ada"]);
        check(" News\ndesk ", &["News desk"]);
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
    }

    /// `expected` is the name without its label, or the whole field.
    #[track_caller]
    fn check_in(field: &str, language: &str, expected: &str) {
        let tag = LanguageTag::parse(language);
        assert_eq!(authors_of(field, tag.as_ref()), [expected], "{field} in {language:?}");
    }

    #[test]
    fn the_words_behind_a_label_tell_whether_it_begins_a_name() {
        for (field, language, name) in [
            ("Von Jürgen Müller", "", "Jürgen Müller"),
            ("Von Lena Simon", "", "Lena Simon"),
            ("Von Hans-Peter Krüger", "de", "Hans-Peter Krüger"),
            ("Di Giulia Esposito", "it", "Giulia Esposito"),
            ("Di Marco Rossi", "", "Marco Rossi"),
            ("De Ion Popescu", "", "Ion Popescu"),
            ("De Maria Ionescu", "ro", "Maria Ionescu"),
            ("De Popescu Ion", "ro", "Popescu Ion"),
            ("Af Anne Holm", "", "Anne Holm"),
            ("Na Asha Mzirai", "", "Asha Mzirai"),
            ("Na Juma Hamisi", "sw", "Juma Hamisi"),
            ("Nga Arben Krasniqi", "", "Arben Krasniqi"),
            ("Oleh Budi Santoso", "", "Budi Santoso"),
            ("Oleh Siti Rahma", "ms", "Siti Rahma"),
            ("Ni Juan Reyes", "fil", "Juan Reyes"),
            ("Per Anna Puig", "ca", "Anna Puig"),
            ("Red Anna Kowalska", "pl", "Anna Kowalska"),
            ("文 王小明", "zh", "王小明"),
        ] {
            check_in(field, language, name);
        }
        for (name, language) in [
            ("Von Trapp Georg", "de"),
            ("Von Karajan Herbert", ""),
            ("Von Humboldt Alexander", "de"),
            ("Di Stefano Maria", ""),
            ("Di Maio Luigi", "it"),
            ("Di Battista Alessandro", "it"),
            ("De Vries Jan", "nl"),
            ("De Luca Mario", "it"),
            ("De Jesus Maria", "pt"),
            ("Af Klint Hilma", "sv"),
            ("Nga Nguyen Thi", ""),
            ("Ni Luh Ayu Sari", "id"),
            ("Ni Xialian", "zh"),
            ("Per Albin Hansson", "sv"),
            ("Per Jordi Vila", ""),
            ("Van Dijk Virgil", "nl"),
            ("Van Anh Nguyen", "vi"),
            ("Del Potro Juan", "es"),
            ("Da Costa Maria", "pt"),
            ("Mac Donald John", "en"),
            ("Al Hassan Ali", "en"),
            ("Ben Ali Zine", "fr"),
            ("Le Minh Anh", "vi"),
            ("La Torre Maria", "it"),
            ("文 在寅", "zh"),
            ("文在寅", "zh"),
        ] {
            check_in(name, language, name);
        }
    }

    #[test]
    fn a_field_may_hold_several_names_or_an_address() {
        let check = |field: &str, expected: &[&str]| assert_eq!(authors_of(field, None), expected, "{field}");
        check("Ada Vo, Bo Li", &["Ada Vo", "Bo Li"]);
        check("Ada Vo and Bo Li", &["Ada Vo", "Bo Li"]);
        check("陈一鸣, 刘若溪", &["陈一鸣", "刘若溪"]);
        check("José Ortega y Gasset", &["José Ortega y Gasset"]);
        check("Vo, Ada", &["Vo, Ada"]);
        check("Ministry of Health, Labour and Welfare", &["Ministry of Health, Labour and Welfare"]);
        check("ada.vo@example.com (Ada Vo)", &["Ada Vo"]);
        check("Ada Vo <ada.vo@example.com>", &["Ada Vo"]);
        check("https://social.example/adavo", &[]);
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
