//! What the model sees, cut to what is named: without the ending behind an apostrophe, the title before a person and
//! the field of an office, and two places apart.

use super::model::{Class, Sighting};
use super::page::Page;
use super::rules::{Rules, Title};
use super::run::Sign;
use crate::event::Field;
use crate::lexicon::token::{Gap, Shape};
use crate::lexicon::{NamePart, NameParts};

/// The most titles before a person, and words of an office before its field.
const TITLES_MAX: usize = 3;
const OFFICE_WORDS_MAX: usize = 3;

/// So far from the start of an article a dateline ends: a place, a day and an agency.
const DATELINE_BYTES_MAX: usize = 120;

impl Page<'_> {
    /// What is named where the model sees names: they are in order, and so are these.
    pub(super) fn cut(&self, sightings: &[Sighting], rules: &Rules, parts: &NameParts) -> Vec<Sighting> {
        let mut names: Vec<Sighting> = Vec::with_capacity(sightings.len());
        // The word after the field of an office.
        let mut office = None;
        for sighting in sightings {
            let mut name = self.without_verb(self.without_ending(*sighting, rules), rules);
            if self.is_field(&name, rules) {
                office = Some(name.after);
                continue;
            }
            if office == Some(name.first) && self.is_between_commas(&name) {
                name.class = Class::Person;
            }
            if self.is_agency(&name) {
                name.class = Class::Organisation;
            }
            name = self.without_title(name, rules, parts);
            match self.parted(&name, rules) {
                Some(two) => names.extend(two),
                None => names.push(name),
            }
        }
        names
    }

    /// A sighting that ends with another word; it begins and ends with words.
    fn with_words(&self, sighting: Sighting, first: usize, after: usize) -> Sighting {
        let (start, end) = (self.tokens[first].start as usize, self.tokens[after - 1].end as usize);
        Sighting { first, after, start, end, ..sighting }
    }

    /// 'Niğde’nin' is Niğde's. A person's name goes no further than the place behind it: 'Elif Karadeniz Bursa'da'.
    fn without_ending(&self, name: Sighting, rules: &Rules) -> Sighting {
        let Sighting { first, after, .. } = name;
        let last = self.tokens.get(after.wrapping_sub(1)).filter(|_| rules.apostrophe_ends_names && after - first > 1);
        if !last.is_some_and(|last| last.gap == Gap::Apostrophe && last.shape == Shape::Lower) {
            return name;
        }
        let place = self.place_at(after - 2).is_some_and(|hit| hit.after as usize == after - 1);
        let apart = place && name.class == Class::Person && after - first > 3;
        self.with_words(name, first, if apart { after - 2 } else { after - 1 })
    }

    /// '李沐禾介绍' is what 李沐禾 does: words that end names, of two signs and more. Thai names may end as these do.
    fn without_verb(&self, name: Sighting, rules: &Rules) -> Sighting {
        if name.class != Class::Person || rules.address_in_name {
            return name;
        }
        let text = &self.text[name.start..name.end];
        let verb = |at: &usize| {
            let rest = &text[*at..];
            rules.runs.at(rest).any(|(len, sign)| sign == Sign::Stop && len == rest.len())
                && rest.chars().nth(1).is_some()
        };
        let ends = text.char_indices().map(|(at, _)| at).skip(2).find(verb);
        ends.map_or(name, |at| Sighting { end: name.start + at, ..name })
    }

    /// 'Bakan Taşkıranoğlu', 'Зоолог Павел Ильменский': a title is no part of the name, unless names have it too.
    fn without_title(&self, name: Sighting, rules: &Rules, parts: &NameParts) -> Sighting {
        if name.class != Class::Person || rules.address_in_name || !self.is_whole(&name) {
            return name;
        }
        let mut first = name.first;
        for _ in 0..TITLES_MAX {
            let given = matches!(parts.class(self.tokens[first].key), Some(NamePart::Given | NamePart::Both));
            match rules.titles.at(&self.tokens, first) {
                Some((after, _)) if after < name.after && !given => first = after,
                Some(_) | None => break,
            }
        }
        if first > name.first { self.with_words(name, first, name.after) } else { name }
    }

    /// Whether a body that the model sees is what an office is for: 'Minister for Youth and Sports'.
    fn is_field(&self, name: &Sighting, rules: &Rules) -> bool {
        name.class == Class::Organisation
            && rules.fields.has(&self.tokens, name.first)
            && (1..=OFFICE_WORDS_MAX).filter_map(|back| name.first.checked_sub(back)).any(|at| {
                let (end, title) = rules.titles.at(&self.tokens, at).unwrap_or((0, Title::Address));
                let linked = |end: usize| rules.title_links.at(&self.tokens, end).map(|(end, ())| end);
                title == Title::Office && (end == name.first || linked(end) == Some(name.first))
            })
    }

    /// 'NAIROBI, 12 June (Harbour Wire) – ': in brackets at the end of a dateline an agency stands.
    fn is_agency(&self, name: &Sighting) -> bool {
        let behind = self.text[name.end..].strip_prefix(')').map(str::trim_start);
        self.field == Field::Body
            && name.end <= DATELINE_BYTES_MAX
            && self.text[..name.start].ends_with('(')
            && !self.text[..name.start].contains('\n')
            && behind.is_some_and(|rest| rest.starts_with(['-', '–', '—']))
    }

    /// Whether a name stands between commas.
    fn is_between_commas(&self, name: &Sighting) -> bool {
        let is_comma = |at: usize| self.tokens.get(at).is_some_and(|token| token.gap == Gap::Comma);
        self.is_whole(name) && is_comma(name.first) && is_comma(name.after)
    }

    /// 'Salto y Paysandú': two places, where the lexicon does not have them as one.
    fn parted(&self, name: &Sighting, rules: &Rules) -> Option<[Sighting; 2]> {
        let Sighting { first, after, .. } = *name;
        if name.class != Class::Place || after - first < 3 || !self.is_whole(name) {
            return None;
        }
        let mut joiners = (first + 1..after - 1).filter(|at| {
            rules.joiners.at(&self.tokens, *at).is_some_and(|(end, ())| end == at + 1)
                && self.tokens[*at].shape == Shape::Lower
                && self.tokens[*at].gap == Gap::Space
        });
        let joiner = joiners.next().filter(|_| joiners.next().is_none())?;
        let capitals = self.tokens[joiner - 1].is_capital() && self.tokens[joiner + 1].is_capital();
        let known = self.hit_over(joiner).is_some();
        (capitals && !known).then(|| [self.with_words(*name, first, joiner), self.with_words(*name, joiner + 1, after)])
    }
}

#[cfg(test)]
mod tests {
    use super::super::rules::RuleBook;
    use super::*;
    use crate::lexicon::Lexicon;

    /// What is named where the model sees these words.
    fn check(tag: &str, text: &str, seen: &[(&str, Class)], expected: &[(&str, Class)]) {
        let lexicon = Lexicon::parse(&[]).expect("an empty lexicon");
        let page = Page::new(Field::Body, text, &lexicon, tag);
        let sighting = |&(words, class): &(&str, Class)| {
            let start = text.find(words).expect("it is there");
            let end = start + words.len();
            let first = page.tokens.partition_point(|token| (token.end as usize) <= start);
            let after = page.tokens.partition_point(|token| (token.start as usize) < end);
            Sighting { start, end, first, after, class, likelihood: 0.9 }
        };
        let seen: Vec<Sighting> = seen.iter().map(sighting).collect();
        let names = page.cut(&seen, RuleBook::embedded().of(tag), &NameParts::embedded());
        let found: Vec<_> = names.iter().map(|name| (&text[name.start..name.end], name.class)).collect();
        assert_eq!(found, expected, "{tag}: {text}");
    }

    #[test]
    fn endings_behind_an_apostrophe_are_no_part_of_a_name() {
        let seen = [("Niğde’nin", Class::Place)];
        check("tr", "Niğde’nin köyleri", &seen, &[("Niğde", Class::Place)]);
        check("fi", "Niğde’nin", &seen, &seen);
        let whole = [("O'Brien", Class::Person)];
        check("tr", "Yazar O'Brien geldi.", &whole, &whole);
    }

    #[test]
    fn what_a_person_does_is_no_part_of_the_name() {
        check("zh", "李沐禾介绍说", &[("李沐禾介绍", Class::Person)], &[("李沐禾", Class::Person)]);
        let whole = [("李在明", Class::Person)];
        check("zh", "李在明", &whole, &whole);
    }

    #[test]
    fn titles_are_no_part_of_a_name() {
        let seen = [("Bakan Taşkıranoğlu", Class::Person)];
        check("tr", "Bakan Taşkıranoğlu konuştu.", &seen, &[("Taşkıranoğlu", Class::Person)]);
        let place = [("Bakan Taşkıranoğlu", Class::Place)];
        check("tr", "Bakan Taşkıranoğlu sokağı", &place, &place);
        let address = [("นายวีรเดช", Class::Person)];
        check("th", "นายวีรเดช", &address, &address);
    }

    #[test]
    fn an_agency_stands_in_the_brackets_of_a_dateline() {
        let seen = [("Harbour Wire", Class::Place)];
        check("en", "NAIROBI, June 12 (Harbour Wire) – Talks began.", &seen, &[("Harbour Wire", Class::Organisation)]);
        check("en", "They met in a port (Harbour Wire) on Monday.", &seen, &seen);
    }

    #[test]
    fn two_places_are_two() {
        let seen = [("Salto y Paysandú", Class::Place)];
        check("es", "en Salto y Paysandú.", &seen, &[("Salto", Class::Place), ("Paysandú", Class::Place)]);
        let body = [("Salto y Paysandú", Class::Organisation)];
        check("es", "en Salto y Paysandú.", &body, &body);
        let three = [("Salto y Paysandú y Artigas", Class::Place)];
        check("es", "en Salto y Paysandú y Artigas.", &three, &three);
    }

    #[test]
    fn the_field_of_an_office_is_no_body_and_a_person_follows() {
        let text = "The minister for Youth and Sports, Adi Litia Koroivueta, spoke.";
        let seen = [("Youth and Sports", Class::Organisation), ("Adi Litia Koroivueta", Class::Organisation)];
        check("en", text, &seen, &[("Adi Litia Koroivueta", Class::Person)]);
        let other = [("Youth and Sports", Class::Organisation)];
        check("en", "They read Youth and Sports.", &other, &other);
    }
}
