//! Typed reading of the collected tree: every fault is noted, and reading goes on.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Display;
use std::ops::RangeInclusive;
use std::path::Path;
use std::time::Duration;

use config::{Value, ValueKind};

use super::{Effective, Fault, Faults, Secret};

/// How close, by the Jaro-Winkler measure, an unknown key must be to a known one for the known one to be proposed.
const ALIKE: f64 = 0.9;

/// Reads keys out of a tree. What was not read in the end is not a key.
#[derive(Debug)]
pub(super) struct Reader {
    leaves: BTreeMap<String, Value>,
    effective: BTreeMap<String, Effective>,
    faults: Vec<Fault>,
}

impl Reader {
    pub(super) fn new(tree: Value) -> Self {
        let mut leaves = BTreeMap::new();
        flatten(String::new(), tree, &mut leaves);
        Self { leaves, effective: BTreeMap::new(), faults: Vec::new() }
    }

    /// The effective values, or every fault.
    pub(super) fn finish(mut self) -> Result<BTreeMap<String, Effective>, Faults> {
        for (key, value) in std::mem::take(&mut self.leaves) {
            let alike = self.effective.keys().map(|known| (strsim::jaro_winkler(known, &key), known));
            let closest = alike.max_by(|a, b| a.0.total_cmp(&b.0)).filter(|(likeness, _)| *likeness >= ALIKE);
            let problem = match closest {
                Some((_, known)) => format!("is not a key; did you mean {known}?"),
                None => "is not a key".to_owned(),
            };
            self.faults.push(Fault { origin: origin(&key, &value), key, problem });
        }
        self.faults.sort();
        self.faults.dedup();
        if self.faults.is_empty() { Ok(self.effective) } else { Err(Faults(self.faults)) }
    }

    /// Notes a fault of a key that has been read.
    pub(super) fn fault(&mut self, key: &str, problem: impl Into<String>) {
        let origin = self.effective.get(key).map_or_else(|| "nowhere".to_owned(), |seen| seen.origin.clone());
        self.faults.push(Fault { key: key.to_owned(), origin, problem: problem.into() });
    }

    /// Whether a key has a fault already, so that its value means nothing.
    pub(super) fn is_faulty(&self, key: &str) -> bool {
        self.faults.iter().any(|fault| fault.key == key)
    }

    pub(super) fn text(&mut self, key: &str) -> String {
        let Some(value) = self.take(key) else { return String::new() };
        let is_scalar = !matches!(value.kind, ValueKind::Array(_) | ValueKind::Table(_) | ValueKind::Nil);
        match value.clone().into_string() {
            Ok(text) if is_scalar => self.show(key, &value, quoted(&text), text),
            Ok(_) | Err(_) => self.wrong(key, &value, "a text"),
        }
    }

    /// A secret: never shown.
    pub(super) fn secret(&mut self, key: &str) -> Option<Secret> {
        let text = self.text(key);
        if let Some(seen) = self.effective.get_mut(key).filter(|_| !text.is_empty()) {
            seen.value = quoted("***");
        }
        (!text.is_empty()).then(|| Secret::new(text))
    }

    pub(super) fn boolean(&mut self, key: &str) -> bool {
        let Some(value) = self.take(key) else { return false };
        match value.clone().into_bool() {
            Ok(on) => self.show(key, &value, on.to_string(), on),
            Err(_) => self.wrong(key, &value, "true or false"),
        }
    }

    pub(super) fn integer<N>(&mut self, key: &str, range: RangeInclusive<N>) -> N
    where
        N: TryFrom<i64> + PartialOrd + Display + Copy,
    {
        let least = *range.start();
        let Some(value) = self.take(key) else { return least };
        // The crate would round 1.5 and read "" and true as numbers; only whole numbers are.
        let whole = match &value.kind {
            ValueKind::String(text) => text.trim().parse().ok(),
            ValueKind::Float(_) | ValueKind::Boolean(_) => None,
            _ => value.clone().into_int().ok(),
        };
        match whole.and_then(|number: i64| N::try_from(number).ok()).filter(|number| range.contains(number)) {
            Some(number) => self.show(key, &value, number.to_string(), number),
            None => {
                let wanted = format!("a whole number from {least} to {}", range.end());
                self.wrong::<()>(key, &value, &wanted);
                least
            }
        }
    }

    pub(super) fn size(&mut self, key: &str, range: RangeInclusive<usize>) -> usize {
        self.integer(key, range)
    }

    pub(super) fn millis(&mut self, key: &str, range: RangeInclusive<u32>) -> Duration {
        Duration::from_millis(self.integer(key, range).into())
    }

    /// One of a few names.
    pub(super) fn choice<T: Copy>(&mut self, key: &str, choices: &[(&str, T)]) -> T {
        let text = self.text(key);
        if let Some((_, chosen)) = choices.iter().find(|(name, _)| *name == text) {
            return *chosen;
        }
        let names: Vec<String> = choices.iter().map(|(name, _)| quoted(name)).collect();
        self.fault(key, format!("must be one of {}", names.join(", ")));
        choices[0].1
    }

    /// A list of texts; in the environment and in flags, separated by commas.
    pub(super) fn list(&mut self, key: &str) -> Vec<String> {
        let Some(value) = self.take(key) else { return Vec::new() };
        let texts: Result<Vec<String>, _> = match value.kind.clone() {
            ValueKind::Array(values) => values.into_iter().map(Value::into_string).collect(),
            ValueKind::String(text) => Ok(text.split(',').map(|part| part.trim().to_owned()).collect()),
            _ => return self.wrong(key, &value, "a list of texts"),
        };
        let Ok(mut texts) = texts else { return self.wrong(key, &value, "a list of texts") };
        texts.retain(|text| !text.is_empty());
        let shown: Vec<String> = texts.iter().map(|text| quoted(text)).collect();
        self.show(key, &value, format!("[{}]", shown.join(", ")), texts)
    }

    /// A path of a file that can be read; `None` if empty.
    pub(super) fn file(&mut self, key: &str) -> Option<String> {
        let path = self.text(key);
        if path.is_empty() {
            return None;
        }
        if let Err(error) = std::fs::File::open(Path::new(&path)) {
            self.fault(key, format!("names a file that cannot be read: {error}"));
        }
        Some(path)
    }

    /// Everything below `prefix`, by the rest of its key.
    pub(super) fn below(&mut self, prefix: &str) -> BTreeMap<String, String> {
        let under = format!("{prefix}.");
        let keys: Vec<String> = self.leaves.keys().filter(|key| key.starts_with(&under)).cloned().collect();
        keys.into_iter().map(|key| (key[under.len()..].to_owned(), self.text(&key))).collect()
    }

    /// The names directly below `prefix`, whatever stands under them.
    pub(super) fn names(&self, prefix: &str) -> BTreeSet<String> {
        let under = format!("{prefix}.");
        let below = self.leaves.keys().filter_map(|key| key.strip_prefix(&under)?.split_once('.'));
        below.map(|(name, _)| name.to_owned()).collect()
    }

    /// Whether a key is there, and not yet read.
    pub(super) fn has(&self, key: &str) -> bool {
        self.leaves.contains_key(key)
    }

    /// Hides the value of a key that may hold a secret.
    pub(super) fn hide(&mut self, key: &str) {
        if let Some(seen) = self.effective.get_mut(key) {
            seen.value = quoted("***");
        }
    }

    fn take(&mut self, key: &str) -> Option<Value> {
        let value = self.leaves.remove(key);
        if value.is_none() {
            let table = key.rsplit_once('.').map_or("the configuration", |(table, _)| table);
            self.faults.push(Fault {
                key: key.to_owned(),
                origin: "nowhere".to_owned(),
                problem: format!("is missing: {table} must be a table"),
            });
        }
        value
    }

    fn show<T>(&mut self, key: &str, value: &Value, shown: String, taken: T) -> T {
        self.effective.insert(key.to_owned(), Effective { value: shown, origin: origin(key, value) });
        taken
    }

    /// Notes a value of the wrong type or out of range. The value itself may be a secret and is not repeated.
    fn wrong<T: Default>(&mut self, key: &str, value: &Value, wanted: &str) -> T {
        self.show(key, value, quoted("?"), ());
        self.fault(key, format!("must be {wanted}"));
        T::default()
    }
}

fn flatten(key: String, value: Value, leaves: &mut BTreeMap<String, Value>) {
    match value.kind {
        ValueKind::Table(table) => {
            for (name, value) in table {
                let path = if key.is_empty() { name } else { format!("{key}.{name}") };
                flatten(path, value, leaves);
            }
        }
        _ => {
            leaves.insert(key, value);
        }
    }
}

/// Where a value came from, in the words in which a person would look for it.
fn origin(key: &str, value: &Value) -> String {
    match value.origin() {
        Some("the environment") => format!("environment WIREDESK__{}", key.to_uppercase().replace('.', "__")),
        Some(origin) => origin.to_owned(),
        None => "built in".to_owned(),
    }
}

fn quoted(text: &str) -> String {
    format!("{text:?}")
}
