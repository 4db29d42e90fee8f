//! The date words of one language, compiled from its file in `data/dates`.
//!
//! Two kinds of words: *triggers* (months, weekdays, units, relative days) are looked for at every word of the text;
//! *context* words (prepositions, "since", "to") only beside a trigger. A trigger is listed once, in lower case; the tree
//! also holds its capitalised and upper-case forms, since case folding can change a text's length.

use std::collections::BTreeMap;
use std::ops::ControlFlow;

use super::alphabet::is_letter;
use super::context::clitic_before;
use super::cues::Cues;
use super::data::{Boundary, Data};
use super::forms::forms;
use super::holiday::HolidayId;
use super::joined::joined;
use super::list::List;
use super::phrase::{Numerals, Phrases};
use super::senses::{Sense, senses};
use super::tree::Tree;

/// A trigger and what it can mean.
#[derive(Debug)]
pub(super) struct Entry {
    pub(super) senses: Vec<Sense>,
    /// It also means something that is no date, and needs company.
    pub(super) ambiguous: bool,
    /// It is another word where a word that no date has behind it follows.
    pub(super) needs_end: bool,
}

/// The words of one language.
#[derive(Debug)]
pub(super) struct Words {
    /// The triggers in every spelling.
    spellings: Tree,
    /// One for each spelling.
    entries: Vec<Entry>,
    /// Phrases of several words.
    pub(super) phrases: Phrases,
    pub(super) numbers: Numerals,
    pub(super) nth: Numerals,
    pub(super) future: Cues,
    pub(super) past: Cues,
    /// The words for one.
    pub(super) one: List,
    /// The names of zones.
    pub(super) zones: List,
    /// Every word that leads a date, or opens a range.
    pub(super) openers: List,
    /// Every word that leads a date.
    pub(super) lead: List,
    /// Every word that a number does not count.
    pub(super) function: List,
    /// Everything that is not a trigger.
    pub(super) data: Data,
}

impl Words {
    /// Compiles a language. Each holiday is a name, and whether it is an ordinary word in lower case.
    pub(super) fn compile(data: Data, holidays: &[(&str, HolidayId, bool)]) -> Self {
        let mut patterns: BTreeMap<String, (Vec<Sense>, bool)> = BTreeMap::new();
        let joined = joined(&data);
        for (word, sense) in senses(&data).into_iter().chain(joined.iter().map(|(word, sense)| (word.as_str(), *sense)))
        {
            let ambiguous = data.ambiguous.iter().any(|other| other == word);
            // The name of a day may be a length of time in lower case: Filipino "Linggo" is Sunday, "linggo" a week.
            let needs_capital =
                !matches!(sense, Sense::Unit(_)) && data.needs_capital.iter().any(|other| other == word);
            let small = matches!(sense, Sense::Relative(..)) && data.needs_small.iter().any(|other| other == word);
            let forms = if small { vec![word.to_owned()] } else { forms(word, needs_capital) };
            for form in forms {
                let (senses, _) = patterns.entry(form).or_insert_with(|| (Vec::new(), ambiguous));
                if !senses.contains(&sense) {
                    senses.push(sense);
                }
            }
        }
        for (name, holiday, needs_capital) in holidays {
            for form in forms(name, *needs_capital) {
                patterns.entry(form).or_insert_with(|| (Vec::new(), false)).0.push(Sense::Holiday(*holiday));
            }
        }
        // A name that holds a date word is found whole, and means no date.
        for form in data.names.iter().flat_map(|name| forms(name, false)) {
            patterns.entry(form).or_insert_with(|| (Vec::new(), false));
        }
        let spellings = Tree::new(patterns.keys().map(String::as_str).zip(0..));
        let needs_end = |form: &str| data.needs_end.contains(&form.to_lowercase());
        let entry = |(form, (senses, ambiguous)): (String, _)| Entry { senses, ambiguous, needs_end: needs_end(&form) };
        let entries = patterns.into_iter().map(entry).collect();
        let (phrases, numbers, nth) =
            (Phrases::compile(&data), Numerals::compile(&data.numbers), Numerals::compile(&data.nth));
        let (future, past) = (Cues::compile(&data.future, &data), Cues::compile(&data.past, &data));
        let one = List::from(data.numbers.first().cloned().unwrap_or_default());
        let zones = List::from(data.clock.zones.keys().cloned().collect::<Vec<_>>());
        let lead = &data.lead;
        let leads = [&lead.day, &lead.month, &lead.year].into_iter().flatten();
        let openers = [&data.from, &data.since, &data.between].into_iter().flatten().chain(leads.clone());
        let openers = List::from(openers.cloned().collect::<Vec<_>>());
        let led = List::from(leads.cloned().collect::<Vec<_>>());
        let lists = [&data.after_year, &data.and, &data.of, &data.from, &data.since, &data.between, &data.now];
        let lists = lists.into_iter().chain([&lead.day, &lead.month, &lead.year, &lead.beside]).flatten();
        let function = List::from(lists.chain(&data.past).chain(&data.future).cloned().collect::<Vec<_>>());
        Self { spellings, entries, phrases, numbers, nth, future, past, one, zones, openers, lead: led, function, data }
    }

    /// The entry of a pattern.
    pub(super) fn entry(&self, pattern: usize) -> &Entry {
        &self.entries[pattern]
    }

    /// Every trigger in the text, left to right: its pattern and its bytes. Of those that start at one byte it is the
    /// longest that is a word of its own.
    pub(super) fn triggers(&self, text: &str, mut found: impl FnMut(usize, usize, usize) -> ControlFlow<()>) {
        let anywhere = self.data.boundary == Boundary::None;
        let clitic_bytes_max = self.data.clitics.iter().map(String::len).max().unwrap_or_default();
        // The byte behind the last character that is no letter, and behind the last trigger.
        let (mut word, mut read) = (0, 0);
        for (at, letter) in text.char_indices() {
            if at >= read && (anywhere || at - word <= clitic_bytes_max) {
                let standing = |(_, length): &(u32, usize)| self.stands_alone(text, at, at + length);
                if let Some((pattern, length)) = self.spellings.exact(&text[at..]).filter(standing).last() {
                    if found(pattern as usize, at, at + length).is_break() {
                        return;
                    }
                    read = at + length;
                }
            }
            if !anywhere && !is_letter(letter) {
                word = at + letter.len_utf8();
            }
        }
    }

    /// Whether the letters beside a word leave it a word of its own, as the language's script has it.
    pub(super) fn stands_alone(&self, text: &str, start: usize, end: usize) -> bool {
        let left =
            || !text[..start].chars().next_back().is_some_and(is_letter) || clitic_before(text, start, self).is_some();
        // A joiner without width holds the parts of a word together: `می‌شود` is no May.
        let right = || !text[end..].chars().next().is_some_and(|next| is_letter(next) || next == '\u{200c}');
        match self.data.boundary {
            Boundary::Both => left() && right(),
            Boundary::Left => left(),
            Boundary::None => true,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &[&str]) {
        let mut data = Data { needs_capital: vec!["may".to_owned()], ..Data::default() };
        data.months = vec![vec!["may".to_owned()]];
        data.relative.day = [("last".to_owned(), -1), ("last night".to_owned(), -1)].into();
        data.names = vec!["the may".to_owned(), "the la".to_owned()];
        let mut found = Vec::new();
        Words::compile(data, &[]).triggers(text, |_, start, end| {
            found.push(&text[start..end]);
            ControlFlow::Continue(())
        });
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn triggers_are_whole_words_in_any_case_and_the_longest_that_is_one() {
        check("last night, LAST NIGHT, Last Night", &["last night", "LAST NIGHT", "Last Night"]);
        check("last nightfall lasting blast", &["last"]);
        check("May may MAY Mayor", &["May", "MAY"]);
        check("the Mayor, The May, Mayo last the maylast", &["The May", "last"]);
        check("the may-last, the last", &["the may", "last", "last"]);
    }
}
