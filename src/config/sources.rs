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
        let mut add = |key: &str, origin: &str, layer: &dyn Source| {
            if let Err(error) = layer.collect_to(&mut tree) {
                faults.push(Fault { key: key.to_owned(), origin: origin.to_owned(), problem: problem(&error) });
            }
        };
        add("defaults", "built in", &Defaults);
        for path in &self.files {
            let file = File::from(path.as_path()).format(FileFormat::Toml);
            add(&path.display().to_string(), "file", &file);
        }
        add("environment", "environment", &self.environment_layer());
        add("flags", "command line", &Flags(self.flags.clone()));
        if faults.is_empty() { Ok(tree) } else { Err(Faults(faults)) }
    }

    fn environment_layer(&self) -> Environment {
        let keys = self.environment.iter().filter(|(name, _)| name.starts_with(ENVIRONMENT_PREFIX)).cloned();
        Environment::with_prefix("WIREDESK").prefix_separator("__").separator("__").source(Some(keys.collect()))
    }
}

fn problem(error: &ConfigError) -> String {
    let text = error.to_string();
    if text.contains("not found") { "cannot be found".to_owned() } else { format!("cannot be read: {text}") }
}

/// The built-in layer: `config/default.toml`.
#[derive(Clone, Debug)]
struct Defaults;

impl Source for Defaults {
    fn clone_into_box(&self) -> Box<dyn Source + Send + Sync> {
        Box::new(self.clone())
    }

    fn collect(&self) -> Result<Map<String, Value>, ConfigError> {
        let values = File::from_str(DEFAULTS, FileFormat::Toml).collect()?;
        Ok(values.into_iter().map(|(key, value)| (key, with_origin(value, "default"))).collect())
    }
}

/// The strongest layer: `--set` and its shorthands.
#[derive(Clone, Debug)]
struct Flags(Vec<(String, String)>);

impl Source for Flags {
    fn clone_into_box(&self) -> Box<dyn Source + Send + Sync> {
        Box::new(self.clone())
    }

    fn collect(&self) -> Result<Map<String, Value>, ConfigError> {
        let origin = "command line".to_owned();
        let value = |text: &String| Value::new(Some(&origin), ValueKind::String(text.clone()));
        Ok(self.0.iter().map(|(key, text)| (key.clone(), value(text))).collect())
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
