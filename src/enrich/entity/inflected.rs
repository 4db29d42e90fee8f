//! Names in their cases: the name of the lexicon that an inflected one is a form of, by the endings of its language.
//!
//! The lexicon lists forms of the names that are printed most. Of the others the whole name must become one of the
//! lexicon's, word for word, when endings are put back (`case_endings` in `data/rules`): who is called nearly so is
//! somebody else. Where the endings lead to two names, neither is meant.

use super::page::{Find, Page, What};
use super::rules::Rules;
use crate::event::EntityType;
use crate::lexicon::{Flags, NameId, Reading};

/// An ending takes no word's first letters: shorter stems are other words too often.
const STEM_CHARS_MIN: usize = 3;

/// Longer names have no forms of their own: bodies, whose head alone is inflected and is a common noun.
const WORDS_MAX: usize = 4;

/// So many spellings of a name's beginning are followed at most.
const SPELLINGS_MAX: usize = 32;

/// What stands at the end of an inflected word, and what stands there in its base form.
#[derive(Debug, Default)]
pub(super) struct CaseEndings(Vec<(String, String)>);

impl CaseEndings {
    /// Adds endings as they are written: `ie>a`, or `em` where nothing takes its place.
    pub(super) fn add(&mut self, written: &[String]) {
        let pairs = written.iter().map(|pair| pair.split_once('>').unwrap_or((pair, "")));
        self.0.extend(pairs.map(|(ending, base)| (ending.to_owned(), base.to_owned())));
    }

    /// What a word may be a form of, itself first: its stem and what stands behind that in the base form.
    fn bases<'a>(&'a self, word: &'a str) -> impl Iterator<Item = (&'a str, &'a str)> {
        let base = |(ending, base): &'a (String, String)| {
            let stem = word.strip_suffix(ending.as_str())?;
            stem.chars().nth(STEM_CHARS_MIN - 1).map(|_| (stem, base.as_str()))
        };
        std::iter::once((word, "")).chain(self.0.iter().filter_map(base))
    }
}

impl Page<'_> {
    /// Gives finds of places, bodies and other things that are forms of a name that name. Persons keep what tells them,
    /// so that their other names are theirs: [`Self::inflected_person`].
    pub(super) fn name_inflected(&mut self, rules: &Rules) {
        for number in 0..self.finds.len() {
            let find = self.finds[number];
            let name = match find.what {
                What::Place => self.base_of(&find, rules, |kind| kind == EntityType::Place),
                What::Seen(class) => self.base_of(&find, rules, |kind| class.may_be(kind)),
                What::Name(_) | What::Person(_) | What::Body(_) => None,
            };
            if let Some(name) = name {
                self.finds[number].what = What::Name(name);
            }
        }
    }

    /// The person whose name in some case a find is.
    pub(super) fn inflected_person(&self, find: &Find, rules: &Rules) -> Option<u32> {
        let name = self.base_of(find, rules, |kind| kind == EntityType::Person)?;
        let mut persons = self.readings(name).filter(|r| self.lexicon.kind(r.entity) == EntityType::Person);
        let first = persons.next()?;
        let sure = |reading: &Reading| reading.entity == first.entity && !reading.flags.has(Flags::WEAK);
        (sure(&first) && persons.all(|reading| sure(&reading))).then_some(first.entity)
    }

    /// The one name of the lexicon that a find is a form of, if it may be of such a type.
    fn base_of(&self, find: &Find, rules: &Rules, fits: impl Fn(EntityType) -> bool) -> Option<NameId> {
        let words = find.after - find.first;
        if rules.case_endings.0.is_empty() || words > WORDS_MAX || !self.tokens[find.first].is_capital() {
            return None;
        }
        let mut spellings = vec![String::new()];
        for at in find.first..find.after {
            let token = &self.tokens[at];
            let (start, end) = (find.start.max(token.start as usize), find.end.min(token.end as usize));
            let gap = if at == find.first { "" } else { &self.text[self.tokens[at - 1].end as usize..start] };
            let word = &self.text[start..end];
            let mut longer = Vec::new();
            for before in &spellings {
                let written = format!("{before}{gap}{word}");
                // Most names are unknown from their first letters on.
                let reach = self.lexicon.reach(&written);
                let stem_starts = written.len() - word.len();
                let known = rules.case_endings.bases(word).filter(|(stem, _)| stem_starts + stem.len() <= reach);
                longer.extend(known.map(|(stem, base)| format!("{before}{gap}{stem}{base}")));
            }
            longer.truncate(SPELLINGS_MAX);
            spellings = longer;
        }
        let written = &self.text[find.start..find.end];
        let names = spellings.iter().filter(|spelling| *spelling != written);
        let mut names = names
            .filter_map(|spelling| self.lexicon.named(spelling, self.language()))
            .filter(|name| self.readings(*name).any(|reading| fits(self.lexicon.kind(reading.entity))));
        let first = names.next()?;
        let same = |name: NameId| self.readings(name).map(|r| r.entity).eq(self.readings(first).map(|r| r.entity));
        names.all(same).then_some(first)
    }
}

#[cfg(test)]
mod tests {
    use super::super::page::Ground;
    use super::super::rules::RuleBook;
    use super::*;
    use crate::event::Field;
    use crate::lexicon::Lexicon;

    const NAMES: &str = "geonames:1\tplace\tcity\t0.9\tPL\t-\t-\tpl=Wiórkowo\n\
                         geonames:2\tplace\tcity\t0.9\tPL\t-\t-\tpl=Nowe Wiórkowo\n\
                         geonames:3\tplace\tcity\t0.9\tPL\t-\t-\tpl=Tamborek\n\
                         geonames:4\tplace\tcity\t0.9\tPL\t-\t-\tpl=Tamborko\n\
                         wiredesk:orlik-venn\tperson\t-\t0.9\tPL\t-\t-\tpl=Orlik Venn\n\
                         wiredesk:mek-venn\tperson\tweak\t0.9\tPL\t-\t-\tpl=Mekvenn";

    /// The id of what is claimed from the second word of a text to its end, as a place or as a person.
    fn check(text: &str, what: What, expected: Option<&str>) {
        let lexicon = Lexicon::parse(&[("names.tsv", NAMES)]).expect("the rows are well formed");
        let rules = RuleBook::embedded();
        let mut page = Page::new(Field::Body, text, &lexicon, "pl");
        let after = page.tokens.len();
        assert!(page.claim(1, after, 0, what), "{text}");
        page.name_inflected(rules.of("pl"));
        let find = page.finds[0];
        let entity = match find.what {
            What::Name(name) => page.readings(name).next().map(|reading| reading.entity),
            What::Person(_) => page.inflected_person(&find, rules.of("pl")),
            What::Body(_) | What::Place | What::Seen(_) => None,
        };
        assert_eq!(entity.map(|entity| lexicon.entry(entity).id).as_deref(), expected, "{text}");
    }

    #[test]
    fn every_word_of_a_name_may_be_inflected() {
        check("w Wiórkowie", What::Place, Some("geonames:1"));
        check("w Nowym Wiórkowie", What::Place, Some("geonames:2"));
        check("o Orlika Venna", What::Person(Ground::Title), Some("wiredesk:orlik-venn"));
        check("o Orlikiem Vennem", What::Person(Ground::Title), Some("wiredesk:orlik-venn"));
    }

    #[test]
    fn who_is_called_nearly_so_is_somebody_else() {
        check("o Orlika Vennisa", What::Person(Ground::Title), None);
        check("o Adama Venna", What::Person(Ground::Title), None);
        check("o Mekvenna", What::Person(Ground::Title), None);
        check("w Orliku Vennie", What::Place, None);
    }

    #[test]
    fn what_leads_to_two_names_is_neither() {
        check("do Tamborka", What::Place, None);
    }
}
