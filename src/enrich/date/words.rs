//! The date words of one language, compiled from its file in `data/dates`.
//!
//! Two kinds of words: *triggers* (months, weekdays, units, relative days) are looked for at every word of the text;
//! *context* words (prepositions, "since", "to") only beside a trigger. A trigger is listed once, in lower case; the tree
//! also holds its capitalised and upper-case forms, since case folding can change a text's length.

use std::collections::BTreeMap;
use std::ops::ControlFlow;

use super::alphabet::is_letter;
use super::calendar::Calendar;
use super::context::clitic_before;
use super::cues::Cues;
use super::data::{Boundary, Data, Marks};
use super::holiday::HolidayId;
use super::joined::joined;
use super::list::List;
use super::phrase::{Numerals, Phrases};
use super::tree::Tree;
use super::value::PartOfDay;

/// A unit of the calendar.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Unit {
    Day,
    Week,
    /// Saturday and Sunday.
    Weekend,
    /// Two weeks.
    Fortnight,
    Month,
    Quarter,
    /// Half a year.
    Half,
    Year,
    Decade,
    Century,
}

/// One meaning of a trigger.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Sense {
    /// A month, 1 to 12.
    Month(u8),
    /// A weekday, Monday 1 to Sunday 7.
    Weekday(u8),
    /// A part of the day.
    Part(PartOfDay),
    /// So many units from the anchor: yesterday is −1 day.
    Relative(Unit, i16),
    /// So many days from the date that the text gave last: "nazajutrz".
    TextDay(i16),
    /// A weekday of the week that is so many from the anchor's: 「下周五」.
    WeekDay(i16, u8),
    /// A word before its number: `năm 2016`.
    MarkBefore(Unit),
    /// A word after its number: `2016年`.
    MarkAfter(Unit),
    /// An era that counts its years from the one after this year.
    Era(i16),
    /// A month of another calendar, from 1.
    ForeignMonth(Calendar, u8),
    /// "Until now".
    Now,
    /// The name of a length of time: "weeks".
    Unit(Unit),
    /// A word that says a unit and how many of it: `أسبوعين` is two weeks, "неделю" in "неделю назад" is one.
    Counted(Unit, u8),
    /// A word for a decade, by its tens: "nineties" is 9.
    Tens(u8),
    /// A weekday's word that says by itself that it comes round: "Mondays".
    Repeated(u8),
    /// A century by a name of its own: "Novecento" is the 20th.
    Century(i16),
    /// A season, spring 1 to winter 4.
    Season(u8),
    /// A half of a year, 1 or 2, in one word: 상반기.
    Half(u8),
    /// A season's form that means "in the season": "летом".
    InSeason(u8),
    Holiday(HolidayId),
    /// A weekday and a part of it written as one word: "Freitagabend".
    WeekdayPart(u8, PartOfDay),
}

/// A trigger and what it can mean.
#[derive(Debug)]
pub(super) struct Entry {
    pub(super) senses: Vec<Sense>,
    /// It also means something that is no date, and needs company.
    pub(super) ambiguous: bool,
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
        let entries = patterns.into_values().map(|(senses, ambiguous)| Entry { senses, ambiguous }).collect();
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

/// Every trigger of a language with each of its meanings.
fn senses(data: &Data) -> Vec<(&str, Sense)> {
    fn push<'a>(all: &mut Vec<(&'a str, Sense)>, words: &'a [String], sense: Sense) {
        all.extend(words.iter().map(|word| (word.as_str(), sense)));
    }
    let mut all = Vec::new();
    for (number, words) in (1..).zip(&data.months) {
        push(&mut all, words, Sense::Month(number));
    }
    for (number, words) in (1..).zip(&data.weekdays) {
        push(&mut all, words, Sense::Weekday(number));
    }
    for (part, words) in &data.parts {
        push(&mut all, words, Sense::Part(*part));
    }
    for (unit, Marks { before, after }) in
        [(Unit::Day, &data.day), (Unit::Month, &data.month), (Unit::Year, &data.year)]
    {
        push(&mut all, before, Sense::MarkBefore(unit));
        push(&mut all, after, Sense::MarkAfter(unit));
    }
    let relative = &data.relative;
    for (unit, table) in [
        (Unit::Day, &relative.day),
        (Unit::Week, &relative.week),
        (Unit::Month, &relative.month),
        (Unit::Year, &relative.year),
    ] {
        for (word, offset) in table {
            all.push((word, Sense::Relative(unit, *offset)));
        }
    }
    for (word, offset) in &relative.text_day {
        all.push((word, Sense::TextDay(*offset)));
    }
    for (word, year) in &data.eras {
        all.push((word, Sense::Era(*year)));
    }
    for (word, number) in &data.centuries {
        all.push((word, Sense::Century(*number)));
    }
    for (word, count) in &data.day_counts {
        all.push((word, Sense::Counted(Unit::Day, *count)));
    }
    all.extend(data.now.iter().map(|word| (word.as_str(), Sense::Now)));
    for (calendar, words) in &data.calendars {
        for (number, names) in (1..).zip(&words.months) {
            push(&mut all, names, Sense::ForeignMonth(*calendar, number));
        }
    }
    for (unit, words) in data.units.lists() {
        push(&mut all, words, Sense::Unit(unit));
    }
    for (count, units) in [(1, &data.one), (2, &data.two)] {
        for (unit, words) in units.lists() {
            push(&mut all, words, Sense::Counted(unit, count));
        }
    }
    for (number, words) in (1..).zip(&data.tens) {
        push(&mut all, words, Sense::Tens(number));
    }
    for (number, words) in (1..).zip(&data.in_season) {
        push(&mut all, words, Sense::InSeason(number));
    }
    for (number, words) in (1..).zip(&data.repeated) {
        push(&mut all, words, Sense::Repeated(number));
    }
    for (number, words) in (1..).zip(&data.seasons) {
        push(&mut all, words, Sense::Season(number));
    }
    for (number, words) in (1..).zip(data.halves.iter().take(2)) {
        push(&mut all, words, Sense::Half(number));
    }
    all
}

/// The blank or hyphen that a part of a word ends with.
fn ending_of(part: &str) -> &str {
    &part[part.trim_end_matches([' ', '-']).len()..]
}

/// Names of so many words are looked for with every mixture of capitals; longer ones have too many.
const MIXED_WORDS_MAX: usize = 3;

/// The forms in which a word is looked for. A word that means something else in lower case counts only with its
/// capital: `May`, never `may`.
fn forms(word: &str, needs_capital: bool) -> Vec<String> {
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
