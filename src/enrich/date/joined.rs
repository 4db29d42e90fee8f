//! Date words that a language writes as one: 「下周五」, "Freitagabend".

use super::data::{Boundary, Data};
use super::senses::{Sense, Unit};

/// Every such word that can be made of the words of a language.
pub(super) fn joined(data: &Data) -> Vec<(String, Sense)> {
    let mut all = weeks(data);
    all.extend(parts(data));
    all
}

/// Weekdays and parts of the day that the language writes as one word, with what it puts between them.
fn parts(data: &Data) -> Vec<(String, Sense)> {
    let mut all = Vec::new();
    for (number, weekday) in
        (1..).zip(&data.weekdays).flat_map(|(number, all)| all.iter().map(move |one| (number, one)))
    {
        for (part, word) in data.parts.iter().flat_map(|(part, words)| words.iter().map(move |word| (*part, word))) {
            all.extend(
                data.joins.iter().map(|joint| (format!("{weekday}{joint}{word}"), Sense::WeekdayPart(number, part))),
            );
        }
    }
    all
}

/// Where a week's word ends as a weekday's starts, the two are written as one: 「下周」 and 「周五」 are 「下周五」. Only
/// scripts without blanks do so.
fn weeks(data: &Data) -> Vec<(String, Sense)> {
    if data.boundary != Boundary::None {
        return Vec::new();
    }
    let weekdays =
        || (1..).zip(&data.weekdays).flat_map(|(number, names)| names.iter().map(move |name| (number, name)));
    let mut all = Vec::new();
    for (week, offset) in &data.relative.week {
        for (number, name) in weekdays() {
            let shared = name.char_indices().skip(1).map(|(at, _)| at).filter(|at| week.ends_with(&name[..*at])).max();
            all.extend(shared.map(|at| (format!("{week}{}", &name[at..]), Sense::WeekDay(*offset, number))));
        }
        for name in &data.units.weekend {
            let shared = name.char_indices().skip(1).map(|(at, _)| at).filter(|at| week.ends_with(&name[..*at])).max();
            all.extend(shared.map(|at| (format!("{week}{}", &name[at..]), Sense::Relative(Unit::Weekend, *offset))));
        }
    }
    all
}
