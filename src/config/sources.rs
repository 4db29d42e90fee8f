//! The layers of a configuration, collected into one tree whose values know where they came from.

use std::path::PathBuf;

use config::{ConfigError, Environment, File, FileFormat, Map, Source, Value, ValueKind};

use super::{DEFAULTS, Fault, Faults};

/// The prefix of environment variables that are keys.
const ENVIRONMENT_PREFIX: &str = "WIREDESK__";

/// Where configuration comes from; the later the stronger.
#[derive(Clone, Debug, Default)]
pub struct Sources {
    /// TOML files, in order.
    pub files: Vec<PathBuf>,
    /// Environment variables, all of them: names that are not keys are passed over.
    pub environment: Vec<(String, String)>,
    /// Flags: dotted key and value.
    pub flags: Vec<(String, String)>,
}

impl Sources {
    /// These files and flags with the environment of the process.
    #[must_use]
    pub fn with_environment(files: Vec<PathBuf>, flags: Vec<(String, String)>) -> Self {
        let text = |(name, value): (std::ffi::OsString, std::ffi::OsString)| {
            Some((name.into_string().ok()?, value.into_string().ok()?))
        };
        Self { files, environment: std::env::vars_os().filter_map(text).collect(), flags }
    }

    /// Names in the environment that look as if they were meant for this program and are not read: easily a
    /// `WIREDESK_KAFKA__BROKERS` where `WIREDESK__KAFKA__BROKERS` was meant. Not a fault, because Kubernetes makes such
    /// names from a service called `wiredesk`.
    #[must_use]
    pub fn ignored_environment(&self) -> Vec<&str> {
        let meant = |name: &&str| name.starts_with("WIREDESK") && !name.starts_with(ENVIRONMENT_PREFIX);
        let mut names: Vec<&str> = self.environment.iter().map(|(name, _)| name.as_str()).filter(meant).collect();
        names.retain(|&name| name != "WIREDESK_CONFIG");
        names.sort_unstable();
        names
    }

    /// All layers as one tree.
    pub(super) fn collect(&self) -> Result<Value, Faults> {
        let mut tree = Value::new(None, ValueKind::Table(Map::new()));
        let mut faults = Vec::new();
        let mut add = |key: &str, origin: &str, layer: Result<Map<String, Value>, String>| match layer {
            Ok(values) => Layer(values).collect_to(&mut tree).expect("a map that is there can be collected"),
            Err(problem) => faults.push(Fault { key: key.to_owned(), origin: origin.to_owned(), problem }),
        };
        add("defaults", "built in", toml(DEFAULTS, "default"));
        for path in &self.files {
            let name = path.display().to_string();
            let text = std::fs::read_to_string(path).map_err(|error| format!("cannot be read: {error}"));
            add(&name, "file", text.and_then(|text| toml(&text, &name)));
        }
        add("environment", "environment", self.environment_layer().collect().map_err(|error| error.to_string()));
        add("flags", "command line", Ok(self.flags_layer()));
        if faults.is_empty() { Ok(tree) } else { Err(Faults(faults)) }
    }

    fn flags_layer(&self) -> Map<String, Value> {
        let origin = "command line".to_owned();
        let value = |text: &String| Value::new(Some(&origin), ValueKind::String(text.clone()));
        self.flags.iter().map(|(key, text)| (key.clone(), value(text))).collect()
    }

    fn environment_layer(&self) -> Environment {
        let keys = self.environment.iter().filter(|(name, _)| name.starts_with(ENVIRONMENT_PREFIX)).cloned();
        Environment::with_prefix("WIREDESK").prefix_separator("__").separator("__").source(Some(keys.collect()))
    }
}

/// The values of a TOML text, each knowing where it is from.
fn toml(text: &str, origin: &str) -> Result<Map<String, Value>, String> {
    let values = File::from_str(text, FileFormat::Toml).collect().map_err(|error| syntax(&error))?;
    Ok(values.into_iter().map(|(key, value)| (key, with_origin(value, origin))).collect())
}

/// A syntax error without the line that it quotes, which may hold a password.
fn syntax(error: &ConfigError) -> String {
    let text = error.to_string();
    let lines: Vec<&str> = text.lines().map(str::trim).filter(|line| !line.is_empty() && !line.contains('|')).collect();
    format!("is not TOML: {}", lines.join(": "))
}

/// Values that have been collected already; set into the tree by the crate's own rules for paths and tables.
#[derive(Clone, Debug)]
struct Layer(Map<String, Value>);

impl Source for Layer {
    fn clone_into_box(&self) -> Box<dyn Source + Send + Sync> {
        Box::new(self.clone())
    }

    fn collect(&self) -> Result<Map<String, Value>, ConfigError> {
        Ok(self.0.clone())
    }
}

/// The same tree, every value with this origin.
fn with_origin(value: Value, origin: &str) -> Value {
    let kind = match value.kind {
        ValueKind::Table(table) => {
            ValueKind::Table(table.into_iter().map(|(key, value)| (key, with_origin(value, origin))).collect())
        }
        kind => kind,
    };
    Value::new(Some(&origin.to_owned()), kind)
}
