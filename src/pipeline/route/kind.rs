//! Which values may stand in a place: read off the event's JSON Schema, and worked out for the parts of a condition.

use std::collections::{BTreeMap, BTreeSet};

use jmespath::Variable;
use serde_json::Value;

/// The types of JSON.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Type {
    Null,
    Boolean,
    Number,
    String,
    Array,
    Object,
}

impl Type {
    const ALL: [Self; 6] = [Self::Null, Self::Boolean, Self::Number, Self::String, Self::Array, Self::Object];

    fn as_str(self) -> &'static str {
        match self {
            Self::Null => "null",
            Self::Boolean => "true or false",
            Self::Number => "a number",
            Self::String => "a text",
            Self::Array => "a list",
            Self::Object => "an object",
        }
    }
}

/// The values that may stand in a place.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Kind {
    types: BTreeSet<Type>,
    /// If it is a text, one of these; `None` is any.
    texts: Option<Vec<String>>,
    /// If it is a list, of these; `None` is of anything.
    items: Option<Box<Kind>>,
    /// If it is an object, with these fields; `None` is any.
    fields: Option<BTreeMap<String, Kind>>,
}

impl Kind {
    /// The kind that a JSON Schema describes; its references lead into `root`.
    pub(super) fn of_schema(schema: &Value, root: &Value) -> Self {
        if let Some(path) = schema["$ref"].as_str() {
            let target = root.pointer(path.trim_start_matches('#')).expect("the schema holds what it refers to");
            return Self::of_schema(target, root);
        }
        if let Some(choices) = schema["anyOf"].as_array().or_else(|| schema["oneOf"].as_array()) {
            let kinds = choices.iter().map(|choice| Self::of_schema(choice, root));
            return kinds.reduce(|all, kind| all.or(&kind)).unwrap_or_default();
        }
        let named = |name: &Value| match name.as_str()? {
            "null" => Some(Type::Null),
            "boolean" => Some(Type::Boolean),
            "integer" | "number" => Some(Type::Number),
            "string" => Some(Type::String),
            "array" => Some(Type::Array),
            "object" => Some(Type::Object),
            _ => None,
        };
        let types = match &schema["type"] {
            Value::Array(names) => names.iter().filter_map(named).collect(),
            name => named(name).into_iter().collect(),
        };
        let texts = schema["const"].as_str().map(|text| vec![text.to_owned()]);
        let listed = schema["enum"].as_array();
        let listed = listed.map(|texts| texts.iter().filter_map(|text| Some(text.as_str()?.to_owned())).collect());
        let items = schema.get("items").map(|items| Box::new(Self::of_schema(items, root)));
        let fields = schema["properties"]
            .as_object()
            .map(|fields| fields.iter().map(|(name, field)| (name.clone(), Self::of_schema(field, root))).collect());
        Self { types, texts: texts.or(listed), items, fields }
    }

    /// The kind of one value.
    pub(super) fn of_value(value: &Variable) -> Self {
        match value {
            Variable::Null => Self::only(Type::Null),
            Variable::Bool(_) => Self::only(Type::Boolean),
            Variable::Number(_) => Self::only(Type::Number),
            Variable::String(text) => Self { texts: Some(vec![text.clone()]), ..Self::only(Type::String) },
            Variable::Array(_) => Self::only(Type::Array),
            Variable::Object(_) => Self::only(Type::Object),
            Variable::Expref(_) => Self::any(),
        }
    }

    /// Any value at all.
    pub(super) fn any() -> Self {
        Self { types: Type::ALL.into(), ..Self::default() }
    }

    /// Any value of one type.
    pub(super) fn only(one: Type) -> Self {
        Self { types: [one].into(), ..Self::default() }
    }

    /// A list of these, or null.
    pub(super) fn list_of(items: Self) -> Self {
        Self { items: Some(Box::new(items)), types: [Type::Null, Type::Array].into(), ..Self::default() }
    }

    /// Either of two.
    pub(super) fn or(&self, other: &Self) -> Self {
        let either = |one: Type, a: bool, b: bool| (a || !self.may_be(one)) && (b || !other.may_be(one));
        let texts = either(Type::String, self.texts.is_some(), other.texts.is_some())
            .then(|| [&self.texts, &other.texts].into_iter().flatten().flatten().cloned().collect::<Vec<_>>());
        let items = match (&self.items, &other.items) {
            (Some(a), Some(b)) => Some(Box::new(a.or(b))),
            (Some(one), None) if !other.may_be(Type::Array) => Some(one.clone()),
            (None, Some(one)) if !self.may_be(Type::Array) => Some(one.clone()),
            (Some(_) | None, _) => None,
        };
        let fields = match (&self.fields, &other.fields) {
            (Some(a), Some(b)) if a == b => Some(a.clone()),
            (Some(one), None) if !other.may_be(Type::Object) => Some(one.clone()),
            (None, Some(one)) if !self.may_be(Type::Object) => Some(one.clone()),
            (Some(_) | None, _) => None,
        };
        Self { types: self.types.union(&other.types).copied().collect(), texts, items, fields }
    }

    /// The same, or null.
    pub(super) fn or_null(mut self) -> Self {
        self.types.insert(Type::Null);
        self
    }

    /// The same without null.
    pub(super) fn not_null(mut self) -> Self {
        self.types.remove(&Type::Null);
        self
    }

    /// Whether a value may be of this type.
    pub(super) fn may_be(&self, one: Type) -> bool {
        self.types.contains(&one)
    }

    /// Whether every value is of one of these types.
    pub(super) fn is_always(&self, of: &[Type]) -> bool {
        self.types.iter().all(|one| of.contains(one))
    }

    /// The texts that it may be, if it is one of a few.
    pub(super) fn texts(&self) -> Option<&[String]> {
        self.texts.as_deref()
    }

    /// What is in it, if it is a list.
    pub(super) fn items(&self) -> Self {
        self.items.as_deref().cloned().unwrap_or_else(Self::any)
    }

    /// Its fields, if it is an object whose fields are known.
    pub(super) fn fields(&self) -> Option<&BTreeMap<String, Self>> {
        self.fields.as_ref()
    }

    /// Whether no value can be equal to one of `other`, but for null.
    pub(super) fn is_never(&self, other: &Self) -> bool {
        let mut shared = self.types.intersection(&other.types).filter(|one| **one != Type::Null).peekable();
        let is_null = |kind: &Self| kind.is_always(&[Type::Null]);
        shared.peek().is_none() && !(is_null(self) || is_null(other))
    }

    /// What it is, in words.
    pub(super) fn describe(&self) -> String {
        self.types.iter().rev().map(|one| one.as_str()).collect::<Vec<_>>().join(" or ")
    }
}
