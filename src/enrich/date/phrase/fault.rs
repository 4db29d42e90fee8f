//! What can be wrong with a template of a language file.

use super::function::Function;
use super::template::{ElementKind, Slot, expand};

/// What is wrong with a template.
pub(in super::super) fn fault(function: Function, text: &str) -> Option<String> {
    use ElementKind::{Ending, Slot as S, Words};
    let slots: Vec<Slot> = expand(function, text)
        .iter()
        .flat_map(|template| &template.elements)
        .filter_map(|element| if let S(slot) = element.kind { Some(slot) } else { None })
        .collect();
    let has = |slot| slots.contains(&slot);
    let (number, ordinal) = (has(Slot::Number), has(Slot::Ordinal));
    let fits = match function {
        Function::Ago | Function::Ahead | Function::Past | Function::Coming => {
            number && has(Slot::Unit) || has(Slot::Unit) && !ordinal
        }
        // Without a unit it is a day: "the eve".
        Function::Earlier | Function::Later => !ordinal && (has(Slot::Unit) || !number),
        Function::Last
        | Function::This
        | Function::Next
        | Function::BeforeLast
        | Function::AfterNext
        | Function::Preceding
        | Function::Same
        | Function::OfLastYear
        | Function::During
        | Function::Following => has(Slot::Thing) || has(Slot::Unit),
        Function::Quarter | Function::Half | Function::WeekNumber | Function::CalendarWeek => number || ordinal,
        Function::Century => number || ordinal || has(Slot::Year),
        Function::Decade => has(Slot::Year),
        Function::Nth => (ordinal || number) && (has(Slot::Thing) || has(Slot::Unit)) && has(Slot::Date),
        Function::Final => (has(Slot::Thing) || has(Slot::Unit)) && has(Slot::Date),
        // Without a date it is the year at hand.
        Function::FirstN | Function::LastN => has(Slot::Unit),
        Function::Before | Function::After => has(Slot::Date) && (has(Slot::Unit) || !number),
        Function::HalfOf | Function::DayOf => (ordinal || number) && has(Slot::Date),
        Function::WeekOf
        | Function::Until
        | Function::Prior
        | Function::Beyond
        | Function::Since
        | Function::UntilNow
        | Function::FromNow => has(Slot::Date),
        Function::Day => ordinal || number,
        Function::Range => slots.iter().filter(|slot| **slot == Slot::Date).count() > 1,
        Function::Early | Function::Middle | Function::Late => has(Slot::Date) || has(Slot::Unit),
        Function::Every => has(Slot::Date) || has(Slot::Thing) || has(Slot::Unit) || ordinal || number,
        Function::NoDate => true,
    };
    let braces = expand(function, text)
        .iter()
        .flat_map(|template| &template.elements)
        .any(|element| matches!(&element.kind, Words(words) | Ending(words) if words.iter().any(|word| word.contains(['{', '}']) || word.is_empty())));
    if !fits {
        return Some(format!("{function:?} lacks a slot: {text}"));
    }
    braces.then(|| format!("{function:?} has an unknown slot or an empty word: {text}"))
}
