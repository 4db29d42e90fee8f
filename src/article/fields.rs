//! The fields of a JSON article, taken out one by one by their names.
//!
//! A field that is taken is gone; what is left in the end is carried through untouched. A field of the wrong type stays
//! where it is, with a warning that names the field and the type and never the value.

use serde_json::{Map, Value};

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

/// What became of a value.
#[derive(Debug, PartialEq)]
pub(super) enum Reading<T> {
    /// It says this.
    Found(T),
    /// It says this, and more that has no place in an article: the field stays.
    Besides(T),
    /// It says this, and holds something else that cannot be used: the field stays, with a warning on what was found.
    Partly(T, &'static str),
    /// It says nothing: null, blank, or the word for nothing.
    Absent,
    /// It is of this type and cannot be used.
    Unusable(&'static str),
    /// It is fine, and not what is looked for.
    NotMeant,
}

impl<T> Reading<T> {
    /// What was read, made into something else.
    pub(super) fn map<U>(self, make: impl FnOnce(T) -> U) -> Reading<U> {
        match self {
            Self::Found(found) => Reading::Found(make(found)),
            Self::Besides(found) => Reading::Besides(make(found)),
            Self::Partly(found, oddity) => Reading::Partly(make(found), oddity),
            Self::Absent => Reading::Absent,
            Self::Unusable(oddity) => Reading::Unusable(oddity),
            Self::NotMeant => Reading::NotMeant,
        }
    }

    /// What was found, read once more.
    pub(super) fn and_then<U>(self, read: impl FnOnce(T) -> Reading<U>) -> Reading<U> {
        match self {
            Self::Found(found) | Self::Besides(found) | Self::Partly(found, _) => read(found),
            Self::Absent => Reading::Absent,
            Self::Unusable(oddity) => Reading::Unusable(oddity),
            Self::NotMeant => Reading::NotMeant,
        }
    }
}

impl<T> Reading<Vec<T>> {
    /// The items of a list, of which one was odd.
    pub(super) fn of_list(items: Vec<T>, oddity: Option<&'static str>) -> Self {
        match (items.is_empty(), oddity) {
            (true, None) => Self::Absent,
            (false, None) => Self::Found(items),
            (false, Some(oddity)) => Self::Partly(items, oddity),
            (true, Some(oddity)) => Self::Unusable(oddity),
        }
    }
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
        self.take(names, "text", |value| match value {
            Value::String(text) => stated(text),
            Value::Null => Reading::Absent,
            other => Reading::Unusable(type_of(other)),
        })
    }

    /// Takes out a text; a number is the text that it was written as.
    pub(super) fn text_or_number(&mut self, names: &[&str]) -> Option<String> {
        self.take(names, "text or a number", |value| match value {
            Value::Number(number) => Reading::Found(number.to_string()),
            Value::String(text) => stated(text),
            Value::Null => Reading::Absent,
            other => Reading::Unusable(type_of(other)),
        })
    }

    /// Takes out a text, or the member of an object that names it: `"Reuters"` or `{"name": "Reuters"}`.
    pub(super) fn named(&mut self, names: &[&str], member: &str) -> Option<String> {
        self.take(names, &format!("text or an object with {member}"), |value| name_in(value, member))
    }

    /// Takes out a list: an array of texts or of objects with a name, one such object, or a text with separators, the
    /// first of `separators` that it holds.
    pub(super) fn list(&mut self, names: &[&str], separators: &[char]) -> Vec<String> {
        self.take(names, "text or a list of names", |value| match value {
            Value::Array(items) => names_in(items),
            Value::String(text) => match stated(text) {
                Reading::Found(text) => Reading::Found(split(&text, separators)),
                _ => Reading::Absent,
            },
            other => match name_in(other, "name") {
                Reading::Found(name) => Reading::Found(vec![name]),
                Reading::Unusable(oddity) => Reading::Unusable(oddity),
                Reading::Besides(_) | Reading::Partly(..) | Reading::Absent | Reading::NotMeant => Reading::Absent,
            },
        })
        .unwrap_or_default()
    }

    /// Takes out a language tag.
    pub(super) fn language(&mut self, names: &[&str]) -> Option<LanguageTag> {
        self.take(names, "a language tag", |value| match value {
            Value::String(text) => match stated(text) {
                Reading::Found(text) => language(&text),
                _ => Reading::Absent,
            },
            Value::Null => Reading::Absent,
            other => Reading::Unusable(type_of(other)),
        })
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

/// A text as it is meant: trimmed, and nothing if it is blank or is `None` or `null`, which Python scrapers write when
/// they turn nothing into text.
pub(super) fn stated(text: &str) -> Reading<String> {
    match text.trim() {
        "" | "None" | "null" => Reading::Absent,
        text => Reading::Found(text.to_owned()),
    }
}

/// A language tag. `und` and its like name no language, and are no fault.
pub(super) fn language(text: &str) -> Reading<LanguageTag> {
    let primary = text.split(['-', '_']).next().unwrap_or_default();
    match LanguageTag::parse(text) {
        Some(tag) => Reading::Found(tag),
        None if ["und", "mul", "mis", "zxx"].iter().any(|none| primary.eq_ignore_ascii_case(none)) => Reading::Absent,
        None => Reading::Unusable("other text"),
    }
}

/// The type of a value, with its article.
pub(super) fn type_of(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "a boolean",
        Value::Number(_) => "a number",
        Value::String(_) => "text",
        Value::Array(_) => "an array",
        Value::Object(_) => "an object",
    }
}

/// A text, or the text that the object has under `member`.
pub(super) fn name_in(value: &Value, member: &str) -> Reading<String> {
    match value {
        Value::Null => Reading::Absent,
        Value::String(text) => stated(text),
        Value::Object(object) => match object.get(member) {
            Some(Value::String(text)) => stated(text),
            Some(Value::Null) => Reading::Absent,
            _ => Reading::Unusable("an object"),
        },
        other => Reading::Unusable(type_of(other)),
    }
}

fn names_in(items: &[Value]) -> Reading<Vec<String>> {
    let (mut names, mut oddity) = (Vec::new(), None);
    for item in items {
        match name_in(item, "name") {
            Reading::Found(name) | Reading::Besides(name) => names.push(name),
            Reading::Unusable(found) | Reading::Partly(_, found) => oddity = oddity.or(Some(found)),
            Reading::Absent | Reading::NotMeant => {}
        }
    }
    Reading::of_list(names, oddity)
}

/// The parts of a text between the first of `separators` that it holds.
pub(super) fn split(text: &str, separators: &[char]) -> Vec<String> {
    let separator = separators.iter().find(|separator| text.contains(**separator));
    let parts = separator.map_or_else(|| vec![text], |separator| text.split(*separator).collect());
    parts.into_iter().map(str::trim).filter(|part| !part.is_empty()).map(str::to_owned).collect()
}

/// A name without what does not tell two names apart: case, `_` and `-`.
fn folded(name: &str) -> impl Iterator<Item = char> {
    name.chars().filter(|c| !matches!(c, '_' | '-')).map(|c| c.to_ascii_lowercase())
}
