//! The dates that one field mentions: expressions found, resolved, and written as the event has them.

use jiff::ToSpan;
use jiff::civil::Date;

use super::bag::{Bag, Reader};
use super::context::{Direction, direction, sentence_between};
use super::expression::{End, Expression};
use super::numeric::Habits;
use super::resolve::{Base, Resolved, Rule, Value, resolve};
use super::scan::{Token, tokens};
use super::value::Partial;
use super::words::Words;
use crate::event::{Anchor, AnchorBasis, DateAlternative, DateMention, Edtf, Field, Precision, Score};

/// How far apart, in bytes, a full date and a date that borrows its year may stand within one sentence.
const BORROW_BYTES_MAX: usize = 120;

/// The publication date as an anchor.
#[derive(Clone, Debug)]
pub(super) struct Known {
    pub(super) base: Base,
    /// The date in EDTF, without a time.
    pub(super) value: String,
    pub(super) precision: Precision,
}

/// A day that the text places before or after its own writing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Evidence {
    pub(super) day: Date,
    /// Whether it had passed when the text was written; otherwise it was to come.
    pub(super) passed: bool,
}

/// Reads one field. Mentions and evidence are added at the end of the lists.
pub(super) fn read(
    (field, text): (Field, &str),
    words: &Words,
    known: Option<&Known>,
    mentions: &mut Vec<DateMention>,
    evidence: &mut Vec<Evidence>,
) {
    let mut found: Vec<Token> = Vec::new();
    tokens(text, words, &mut found);
    if found.is_empty() {
        return;
    }
    let habits = Habits::of(&words.data, &found);
    let reader = Reader { text, tokens: &found, words, habits };
    let mut field = FieldReader { field, text, words, known, counted: (0, 0), last_full: None };
    reader.expressions(|expression| mentions.extend(field.mention(&expression, evidence)));
}

struct FieldReader<'a> {
    field: Field,
    text: &'a str,
    words: &'a Words,
    known: Option<&'a Known>,
    /// A byte and its code point: spans are counted on from the last one.
    counted: (usize, u32),
    /// The last date with its year, and the byte where it ended.
    last_full: Option<(usize, Partial)>,
}

impl FieldReader<'_> {
    fn mention(&mut self, expression: &Expression, evidence: &mut Vec<Evidence>) -> Option<DateMention> {
        let Expression { start, end, .. } = *expression;
        let partial = expression.date.value.year.is_none();
        let pointing =
            if partial || self.narrows() { direction(self.text, start, end, self.words) } else { Direction::Unsaid };
        let (reading, basis) = self.resolve(expression, pointing)?;
        let written = self.write(expression, &reading)?;
        if let Value::Date(value) = reading.value {
            if let Some(day) = value.as_day().filter(|_| expression.to == End::None && self.narrows()) {
                evidence.extend(testify(&expression.date, day, pointing));
            }
            if value.year.is_some() && value.month.is_some() && !reading.anchored {
                self.last_full = Some((end, value));
            }
        }
        let anchor = match basis {
            Some(AnchorBasis::Published) => self.known.map(|known| known.value.clone()),
            Some(AnchorBasis::Text) => self.last_full.map(|(_, value)| value.edtf()),
            None => None,
        };
        let alternatives = reading
            .other
            .iter()
            .map(|other| DateAlternative { value: Edtf::new(other.edtf()), timex: Some(other.timex()) });
        Some(DateMention {
            text: self.text[start..end].to_owned(),
            r#in: self.field,
            start: self.code_point(start),
            end: self.code_point(end),
            value: Edtf::new(written.value),
            timex: written.timex,
            precision: written.precision,
            anchor: basis.zip(anchor).map(|(basis, value)| Anchor { basis, value: Edtf::new(value) }),
            rule: written.rule.to_owned(),
            confidence: Score::new(reading.confidence),
            alternatives: alternatives.collect(),
            set: false,
        })
    }

    /// Whether the publication date is coarser than a day, so that the text can narrow it.
    fn narrows(&self) -> bool {
        self.known.is_some_and(|known| known.base.first != known.base.last)
    }

    /// Resolves the date that fixes the expression: its last one. A date without a year takes that of a full date
    /// shortly before it in the same sentence, else that of the publication date.
    fn resolve(&self, expression: &Expression, direction: Direction) -> Option<(Resolved, Option<AnchorBasis>)> {
        let bag = fixed(expression);
        if let Some(value) = self.borrowed(&bag, expression.start) {
            let read = Bag { value, ..bag };
            let reading =
                Resolved { anchored: true, confidence: 0.7, rule: Rule::DayMonth, ..resolve(&read, None, direction)? };
            return Some((reading, Some(AnchorBasis::Text)));
        }
        let reading = resolve(&bag, self.known.map(|known| known.base), direction)?;
        Some((reading, reading.anchored.then_some(AnchorBasis::Published)))
    }

    fn borrowed(&self, bag: &Bag, start: usize) -> Option<Partial> {
        let (end, full) = self.last_full?;
        let lacks_year = bag.value.year.is_none() && bag.value.month.is_some() && bag.value.day.is_some();
        let near = start.saturating_sub(end) <= BORROW_BYTES_MAX && !sentence_between(self.text, end, start);
        // Where the publication date gives the same year anyway, it is the better anchor.
        let elsewhere = self.known.is_none_or(|known| full.year != Some(known.base.last.year()));
        let value = Partial { year: full.year, ..bag.value };
        let later = value.bounds()?.0 >= full.bounds()?.0;
        (lacks_year && near && elsewhere && later && value.is_possible()).then_some(value)
    }

    fn write(&self, expression: &Expression, reading: &Resolved) -> Option<Written> {
        let value = match reading.value {
            Value::Week(monday) => return week(monday, reading.rule),
            Value::Date(value) => value,
        };
        let range = |first: Partial, last: String, precision: Precision, rule| Written {
            value: format!("{}/{last}", first.edtf()),
            timex: None,
            precision: precision.min(first.precision()),
            rule,
        };
        let day_range = |first_day| Partial { day: Some(first_day), ..value };
        match expression.to {
            End::Date(_) => {
                let first = begins(expression.date.value, value)?;
                Some(range(first, value.edtf(), value.precision(), "range"))
            }
            End::None => Some(match expression.date.first_day {
                Some(first) => range(day_range(first), value.edtf(), value.precision(), "range"),
                None => Written {
                    value: value.edtf(),
                    timex: Some(value.timex()),
                    precision: value.precision(),
                    rule: reading.rule.as_str(),
                },
            }),
            End::Open => Some(range(value, "..".to_owned(), value.precision(), "open-range")),
            End::Now => {
                let now = self.known.filter(|known| value.bounds().is_none_or(|(first, _)| first <= known.base.last));
                let last = now.map_or_else(|| "..".to_owned(), |known| known.value.clone());
                let precision = now.map_or(value.precision(), |known| known.precision.min(Precision::Day));
                Some(range(value, last, precision, "until-now"))
            }
        }
    }

    /// The code point of a byte. Expressions come in order, so each stretch of text is counted about once.
    fn code_point(&mut self, byte: usize) -> u32 {
        let (counted, before) = self.counted;
        let count = |part: &str| u32::try_from(part.chars().count()).expect("a text is far below 4 GiB");
        let point = match self.text.get(counted..byte) {
            Some(ahead) => before + count(ahead),
            None => before - count(&self.text[byte..counted]),
        };
        self.counted = (byte, point);
        point
    }
}

/// The value of a mention as the event writes it.
struct Written {
    value: String,
    timex: Option<String>,
    precision: Precision,
    rule: &'static str,
}

fn week(monday: Date, rule: Rule) -> Option<Written> {
    let sunday = monday.checked_add(6.days()).ok()?;
    let iso = monday.iso_week_date();
    Some(Written {
        value: format!("{}/{}", Partial::from(monday).edtf(), Partial::from(sunday).edtf()),
        timex: Some(format!("{:04}-W{:02}", iso.year(), iso.week())),
        precision: Precision::Week,
        rule: rule.as_str(),
    })
}

/// The date of an expression that its other end takes missing parts from: the last of a range, which inherits the
/// year that only the first names.
fn fixed(expression: &Expression) -> Bag {
    let first = expression.date;
    let End::Date(mut last) = expression.to else { return first };
    if last.value.year.is_none()
        && let (Some(year), Some(from), Some(to)) = (first.value.year, first.value.month, last.value.month)
    {
        last.value.year = Some(if to < from { year.saturating_add(1) } else { year });
    }
    last
}

/// The first date of a range, which takes what it lacks from the last: "3 to 5 May 2019". `None` if it would come later.
fn begins(first: Partial, last: Partial) -> Option<Partial> {
    let month = first.month.or(last.month);
    let year = first.year.or_else(|| {
        let wraps = month > last.month;
        last.year.map(|year| if wraps { year.saturating_sub(1) } else { year })
    });
    let first = Partial { year, month, ..first };
    let in_order = match (first.bounds(), last.bounds()) {
        (Some((from, _)), Some((_, to))) => from <= to,
        _ => true,
    };
    (in_order && first.is_possible()).then_some(first)
}

/// Whether a day is one that the text had behind or before it. A cue in the clause says so. Without one, a part of the
/// day does: news names the hour of the day of what has happened, and announces the rest in the future.
fn testify(bag: &Bag, day: Date, direction: Direction) -> Option<Evidence> {
    let passed = match direction {
        Direction::Future => false,
        Direction::Past => true,
        Direction::Unsaid if bag.value.part.is_some() => true,
        Direction::Unsaid => return None,
    };
    // A relative date is counted from the anchor and says nothing of it.
    bag.relative.is_none().then_some(Evidence { day, passed })
}
