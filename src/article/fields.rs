//! The fields of a JSON article, taken out one by one by their names.
//!
//! A field that is taken is gone; what is left in the end is carried through untouched. A field of the wrong type stays
//! where it is, with a warning that names the field and the type and never the value.

use serde_json::{Map, Value};

use super::fragment;
use super::reading::{Reading, language, list_in, name_in, only, stated, type_of};
use crate::event::{LanguageTag, Warning, WarningCode};

/// A JSON object whose known fields are taken out.
#[derive(Debug)]
pub(super) struct Fields {
    /// Sorted by [`folded`] key: an object may have a million keys, and some fifty names are sought.
    entries: Vec<Entry>,
    warnings: Vec<Warning>,
}

#[derive(Debug)]
struct Entry {
    folded: String,
    key: String,
    /// The value, until it is taken.
    value: Option<Value>,
}

impl Fields {
    pub(super) fn new(object: Map<String, Value>) -> Self {
        let entry = |(key, value): (String, Value)| Entry { folded: folded(&key).collect(), key, value: Some(value) };
        let mut entries: Vec<_> = object.into_iter().map(entry).collect();
        // Stable: keys that fold alike keep the order of the object.
        entries.sort_by(|a, b| a.folded.cmp(&b.folded));
        Self { entries, warnings: Vec::new() }
    }

    /// The value under a name, spelled in any way that [`Self::take`] reads.
    pub(super) fn get(&self, name: &str) -> Option<&Value> {
        self.spellings(name).find_map(|at| self.entries.get(at)?.value.as_ref())
    }

    /// Whether a name is there with any value at all, null included: whoever writes the key knows the dialect.
    pub(super) fn has(&self, name: &str) -> bool {
        self.get(name).is_some()
    }

    /// Takes out the first of `names` that says something. `names[0]` is the contract's own; a key matches in any case
    /// and with or without `_` and `-`, so that `publishedAt` and `Published-At` are `published_at`. `wanted` says what
    /// is expected, for the warning.
    pub(super) fn take<T>(&mut self, names: &[&str], wanted: &str, read: impl Fn(&Value) -> Reading<T>) -> Option<T> {
        for name in names {
            for at in self.spellings(name) {
                let Some(entry) = self.entries.get_mut(at) else { continue };
                let Some(value) = &entry.value else { continue };
                let (found, oddity) = match read(value) {
                    Reading::Found(found) => {
                        entry.value = None;
                        return Some(found);
                    }
                    Reading::Besides(found) => return Some(found),
                    Reading::Partly(found, oddity) => (Some(found), oddity),
                    Reading::Unusable(oddity) => (None, oddity),
                    Reading::Absent => {
                        entry.value = None;
                        continue;
                    }
                    Reading::NotMeant => continue,
                };
                let detail = format!("{}: {oddity} where {wanted} is expected", names.first().unwrap_or(name));
                self.warnings.push(Warning::new(WarningCode::FieldInvalid, detail));
                if found.is_some() {
                    return found;
                }
            }
        }
        None
    }

    /// Takes out a text.
    pub(super) fn text(&mut self, names: &[&str]) -> Option<String> {
        self.take(names, "text", |value| match only(value) {
            Value::String(text) => stated(text),
            Value::Null => Reading::Absent,
            other => Reading::Unusable(type_of(other)),
        })
    }

    /// Takes out a text; a number is the text that it was written as.
    pub(super) fn text_or_number(&mut self, names: &[&str]) -> Option<String> {
        self.take(names, "text or a number", |value| match only(value) {
            Value::Number(number) => Reading::Found(number.to_string()),
            Value::String(text) => stated(text),
            Value::Null => Reading::Absent,
            other => Reading::Unusable(type_of(other)),
        })
    }

    /// Takes out a text, or the member of an object that names it: `"Reuters"` or `{"name": "Reuters"}`.
    pub(super) fn named(&mut self, names: &[&str], member: &str) -> Option<String> {
        self.take(names, &format!("text or an object with {member}"), |value| name_in(only(value), member))
    }

    /// Takes out a text that may hold tags and character references, as one line.
    pub(super) fn line(&mut self, names: &[&str]) -> Option<String> {
        self.take(names, "text", |value| match only(value) {
            Value::String(text) => stated(text).and_then(|text| stated(&fragment::line(&text))),
            Value::Null => Reading::Absent,
            other => Reading::Unusable(type_of(other)),
        })
    }

    /// Takes out a list: an array of texts or of objects with a name, one such object, or a text with separators, the
    /// first of `separators` that it holds.
    pub(super) fn list(&mut self, names: &[&str], separators: &[char]) -> Vec<String> {
        self.list_of(names, "name", separators)
    }

    /// [`Self::list`] of objects that have their names under `member`.
    pub(super) fn list_of(&mut self, names: &[&str], member: &str, separators: &[char]) -> Vec<String> {
        self.take(names, "text or a list of names", |value| list_in(value, member, separators)).unwrap_or_default()
    }

    /// Takes out a language tag.
    pub(super) fn language(&mut self, names: &[&str]) -> Option<LanguageTag> {
        self.take(names, "a language tag", |value| match only(value) {
            Value::String(text) => match stated(text) {
                Reading::Found(text) => language(&text),
                _ => Reading::Absent,
            },
            Value::Null => Reading::Absent,
            other => Reading::Unusable(type_of(other)),
        })
    }

    /// Takes out what repeats another field that was read: it need not be carried.
    pub(super) fn drop_repeated(&mut self, names: &[&str]) {
        for name in names {
            for at in self.spellings(name) {
                if let Some(entry) = self.entries.get_mut(at) {
                    entry.value = None;
                }
            }
        }
    }

    /// Puts a field back under a name of its own, if nothing is there.
    pub(super) fn carry(&mut self, name: &str, value: Value) {
        if !self.has(name) {
            self.entries.push(Entry { folded: folded(name).collect(), key: name.to_owned(), value: Some(value) });
            self.entries.sort_by(|a, b| a.folded.cmp(&b.folded));
        }
    }

    /// The names that start like this and go on, in order.
    pub(super) fn starting_with(&self, prefix: &str) -> Vec<String> {
        let first: String = folded(prefix).collect();
        let start = self.entries.partition_point(|entry| entry.folded < first);
        let alike = self.entries[start..].iter().take_while(|entry| entry.folded.starts_with(&first));
        let longer = alike.filter(|entry| entry.value.is_some() && entry.folded.len() > first.len());
        longer.map(|entry| entry.key.clone()).filter(|key| key.to_ascii_lowercase().starts_with(prefix)).collect()
    }

    /// What nobody took, and the warnings on the way.
    pub(super) fn rest(self) -> (Map<String, Value>, Vec<Warning>) {
        let left = self.entries.into_iter().filter_map(|entry| Some((entry.key, entry.value?)));
        (left.collect(), self.warnings)
    }

    /// Where the keys are that spell `name`, its exact spelling first.
    fn spellings(&self, name: &str) -> impl Iterator<Item = usize> + use<> {
        let start = self.entries.partition_point(|entry| entry.folded.chars().lt(folded(name)));
        let alike = self.entries[start..].iter().take_while(|entry| entry.folded.chars().eq(folded(name)));
        let end = start + alike.count();
        let exact = self.entries[start..end].iter().position(|entry| entry.key == name).map(|at| start + at);
        exact.into_iter().chain((start..end).filter(move |at| Some(*at) != exact))
    }
}

/// A name without what does not tell two names apart: case, `_` and `-`.
fn folded(name: &str) -> impl Iterator<Item = char> {
    name.chars().filter(|c| !matches!(c, '_' | '-')).map(|c| c.to_ascii_lowercase())
}
