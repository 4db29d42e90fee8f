//! Dates that are phrases: "three weeks ago", "the first Tuesday of March", "от начала 1990-х годов", 「去年第三季度」.
//!
//! A language lists its phrases as templates in `data/dates`: words, and slots for a number, a unit or a date. The
//! templates are tried only around date words, a date slot only with what simpler templates read there, so that the work
//! is bounded by the number of date words and not by what the templates could spell.

mod anchoring;
mod build;
mod chart;
mod company;
mod count;
mod fault;
mod foreign;
mod function;
mod grammar;
mod joining;
mod lexemes;
mod lunar;
mod matching;
mod meaning;
mod node;
mod place;
mod spans;
mod spelled;
mod starts;
mod template;

pub(super) use chart::{Chart, Phrase};
pub(super) use fault::fault;
pub(super) use function::Function;
pub(super) use lexemes::Numerals;
pub(super) use meaning::{Context, Meaning, Reach, meaning};
pub(super) use node::Thing;
pub(super) use template::Phrases;
