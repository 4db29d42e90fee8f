//! The value of a mention as the event writes it: EDTF, TIMEX3, precision and rule.

use super::ends::begins;
use super::expression::{End, Expression};
use super::mentions::Known;
use super::phrase::{Meaning, Reach};
use super::resolve::Resolved;
use super::value::{Partial, Value};
use crate::event::Precision;

/// The value of a mention as the event writes it.
pub(super) struct Written {
    pub(super) value: String,
    pub(super) timex: Option<String>,
    pub(super) precision: Precision,
    pub(super) rule: &'static str,
}

impl Written {
    pub(super) fn of_phrase(meaning: &Meaning, known: Option<&Known>) -> Option<Self> {
        let (value, rule, precision) = (meaning.value, meaning.rule, meaning.value.precision());
        let range = |first: String, last: String, precision| Self {
            value: format!("{first}/{last}"),
            timex: None,
            precision,
            rule,
        };
        let open = "..".to_owned();
        Some(match meaning.reach {
            Reach::Itself | Reach::Repeats => {
                // TIMEX3 and the precision are those of the whole: "early March" is a part of the month.
                let whole = meaning.within.unwrap_or(value);
                Self { value: value.edtf(), timex: whole.timex(), precision: whole.precision(), rule }
            }
            Reach::To(last) => {
                let (first, end) = (value.ends()?.0, last.ends()?.1);
                range(first.edtf(), end.edtf(), precision.min(last.precision()))
            }
            Reach::Open => range(value.ends()?.0.edtf(), open, precision),
            Reach::FromOpen => range(open, value.ends()?.1.edtf(), precision),
            Reach::Now => {
                let known = known?;
                range(value.ends()?.0.edtf(), known.value.clone(), known.precision.min(Precision::Day))
            }
        })
    }

    pub(super) fn of_expression(expression: &Expression, reading: &Resolved, known: Option<&Known>) -> Option<Self> {
        let value = match reading.value {
            Value::Date(value) => value,
            value => {
                let (precision, rule) = (value.precision(), reading.rule.as_str());
                return Some(Self { value: value.edtf(), timex: value.timex(), precision, rule });
            }
        };
        let range = |first: Partial, last: String, precision: Precision, rule| Self {
            value: format!("{}/{last}", first.edtf()),
            timex: None,
            precision: precision.min(first.precision()),
            rule,
        };
        match expression.to {
            End::Date(_) => {
                let first = begins(expression.date.value, value)?;
                Some(range(first, value.edtf(), value.precision(), "range"))
            }
            End::None => Some(match expression.date.spanned(value) {
                Some(Value::Span(first, last)) => range(first, last.edtf(), value.precision(), "range"),
                _ => Self {
                    value: value.edtf(),
                    timex: Some(value.timex()),
                    precision: value.precision(),
                    rule: reading.rule.as_str(),
                },
            }),
            End::Open => Some(range(value, "..".to_owned(), value.precision(), "open-range")),
            End::Now => {
                let now = known.filter(|known| value.bounds().is_none_or(|(first, _)| first <= known.base.last));
                let last = now.map_or_else(|| "..".to_owned(), |known| known.value.clone());
                let precision = now.map_or(value.precision(), |known| known.precision.min(Precision::Day));
                Some(range(value, last, precision, "until-now"))
            }
        }
    }
}
