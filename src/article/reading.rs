//! What a value of a JSON article says, if it says anything.

use serde_json::{Map, Value};

use crate::event::LanguageTag;

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

impl<T> Reading<T> {
    /// Nothing, where what was found does not hold.
    pub(super) fn filter(self, holds: impl FnOnce(&T) -> bool) -> Self {
        match self {
            Self::Found(found) if !holds(&found) => Self::Absent,
            other => other,
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

/// A text as it is meant: trimmed, out of the wrapping that XML sets around markup, and nothing if it is blank or a tool's
/// word for nothing: Python writes `None` and `null`, readability-lxml `[no-title]` and `[no-author]`.
pub(super) fn stated(text: &str) -> Reading<String> {
    let text = text.trim();
    let wrapped = text.strip_prefix("<![CDATA[").and_then(|text| text.strip_suffix("]]>"));
    match wrapped.map_or(text, str::trim) {
        "" | "None" | "null" | "[no-title]" | "[no-author]" => Reading::Absent,
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

/// The one item of an array of one, else the value itself. Scrapy's item loaders put every field into an array.
pub(super) fn only(value: &Value) -> &Value {
    match value {
        Value::Array(items) if items.len() == 1 => items.first().unwrap_or(value),
        other => other,
    }
}

/// A text, or the text that the object has under `member`.
pub(super) fn name_in(value: &Value, member: &str) -> Reading<String> {
    match value {
        Value::Null => Reading::Absent,
        Value::String(text) => stated(text),
        Value::Object(object) if object.is_empty() => Reading::Absent,
        Value::Object(object) => match self::member(object, member) {
            Some(Value::String(text)) => stated(text),
            Some(Value::Null) => Reading::Absent,
            _ => Reading::Unusable("an object"),
        },
        other => Reading::Unusable(type_of(other)),
    }
}

/// A list: an array of texts or of objects with `member`, one such object, or a text with separators.
pub(super) fn list_in(value: &Value, member: &str, separators: &[char]) -> Reading<Vec<String>> {
    match value {
        Value::Array(items) => {
            let (mut names, mut oddity) = (Vec::new(), None);
            for item in items {
                match name_in(item, member) {
                    Reading::Found(name) | Reading::Besides(name) => names.push(name),
                    Reading::Unusable(found) | Reading::Partly(_, found) => oddity = oddity.or(Some(found)),
                    Reading::Absent | Reading::NotMeant => {}
                }
            }
            Reading::of_list(names, oddity)
        }
        Value::String(text) => stated(text).map(|text| written_out(&text).unwrap_or_else(|| split(&text, separators))),
        other => name_in(other, member).map(|name| vec![name]),
    }
}

/// The texts of a list that was written out as text, as tables do: `["a", "b"]` or, as Python has it, `['a', 'b']`.
fn written_out(text: &str) -> Option<Vec<String>> {
    let inner = text.strip_prefix('[')?.strip_suffix(']')?.trim();
    let items = serde_json::from_str::<Vec<String>>(text).ok().or_else(|| {
        let quoted = inner.strip_prefix('\'')?.strip_suffix('\'')?;
        Some(quoted.split("', '").map(str::to_owned).collect())
    })?;
    let items = items.iter().filter_map(|item| match stated(item) {
        Reading::Found(item) => Some(item),
        _ => None,
    });
    Some(items.collect())
}

/// The parts of a text between the first of `separators` that it holds.
pub(super) fn split(text: &str, separators: &[char]) -> Vec<String> {
    let separator = separators.iter().find(|separator| text.contains(**separator));
    let parts = separator.map_or_else(|| vec![text], |separator| text.split(*separator).collect());
    parts.into_iter().map(str::trim).filter(|part| !part.is_empty()).map(str::to_owned).collect()
}

/// The value of a member of an object, its name in any case.
pub(super) fn member<'a>(object: &'a Map<String, Value>, name: &str) -> Option<&'a Value> {
    let alike = || object.iter().find(|(key, _)| key.eq_ignore_ascii_case(name)).map(|(_, value)| value);
    object.get(name).or_else(alike)
}
