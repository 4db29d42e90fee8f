//! What date words can mean, as a language file lists them.

use super::calendar::Calendar;
use super::data::{Data, Marks};
use super::holiday::HolidayId;
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

/// Every trigger of a language with each of its meanings.
pub(super) fn senses(data: &Data) -> Vec<(&str, Sense)> {
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
