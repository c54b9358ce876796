//! Classes of installed packages: those of Prefect that have a schema, and all the others, which take anything.
//!
//! Source: what Prefect 3.9.1 with prefect-azure 0.4.13 registers for each, and the schemas of `pydantic.v1` that 2.20.27
//! with prefect-azure 0.3.11 has; those are of no use to pydantic 2, see `one`.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde::Deserialize;
use serde_json::{Value, json};

use super::annotation::{Schema, Types};
use super::definitions::Origin;
use crate::dialect::Dialect;

/// Where a reference leads.
const PREFIX: &str = "#/definitions/";

/// Most classes that one refers to.
const MAX_CLASSES: usize = 200;

/// Packages whose classes pydantic knows nothing of, or nearly.
const PLAIN: [&str; 34] = [
    "aiosqlite",
    "anyio",
    "apprise",
    "asyncpg",
    "attr",
    "cachetools",
    "click",
    "cloudpickle",
    "croniter",
    "cryptography",
    "dateutil",
    "docker",
    "fsspec",
    "graphviz",
    "httpcore",
    "httpx",
    "jinja2",
    "jsonschema",
    "kubernetes",
    "markdown",
    "orjson",
    "packaging",
    "pathspec",
    "prefect",
    "pytz",
    "redis",
    "requests",
    "rich",
    "ruamel",
    "sqlalchemy",
    "typer",
    "urllib3",
    "websockets",
    "yaml",
];

/// Classes of these that pydantic knows all the same, by name.
const NOT_PLAIN: [&str; 5] = [
    "sqlalchemy.URL",
    "sqlalchemy.engine.URL",
    "sqlalchemy.engine.url.URL",
    "httpx.ClientState",
    "attr.Factory",
];

/// The classes of Prefect that have a schema, and the blocks of prefect-azure.
#[derive(Debug, Default, Deserialize)]
struct Table {
    /// The schema of each, by the names that it is imported by.
    classes: BTreeMap<String, Value>,
    /// What these refer to; a name that two have is followed by the module of one.
    definitions: BTreeMap<String, Value>,
    /// The names of those that have one that is not here, or two.
    others: Vec<String>,
    /// Where those that are referred to are defined: by module.
    #[serde(default)]
    homes: BTreeMap<String, Vec<String>>,
    /// Which of those are enumerations.
    #[serde(default)]
    enumerations: Vec<String>,
    /// How those that are blocks are referred to by other blocks.
    #[serde(default)]
    blocks: BTreeMap<String, Value>,
    /// The names of all other models of pydantic 1.
    #[serde(default)]
    models: Vec<String>,
}

/// A class of Prefect 2 that pydantic 1 knows.
#[derive(Debug, Clone, Copy)]
pub(super) struct Older {
    /// What it is referred to by.
    pub(super) key: &'static str,
    /// What it calls itself.
    pub(super) name: &'static str,
    /// Its module.
    pub(super) home: &'static str,
    pub(super) is_enumeration: bool,
    /// Its definition.
    pub(super) schema: &'static Value,
    /// How another block refers to it, if it is one.
    pub(super) block: Option<&'static Value>,
}

/// The class `dotted` of Prefect 2.
pub(super) fn older(dotted: &str) -> Option<Older> {
    older_by_key(references(TWO.classes.get(dotted)?).first()?)
}

/// The class of Prefect 2 that is referred to as `key`.
pub(super) fn older_by_key(key: &str) -> Option<Older> {
    let (key, schema) = TWO.definitions.get_key_value(key)?;
    let home = TWO.homes.iter().find(|(_, all)| all.contains(key))?.0;
    let name = key.split_once('@').map_or(key.as_str(), |it| it.0);
    let is_enumeration = TWO.enumerations.contains(key);
    Some(Older { key, name, home, is_enumeration, schema, block: TWO.blocks.get(key) })
}

/// Whether the class `dotted` of Prefect 2 is a model of pydantic 1.
pub(super) fn is_older_model(dotted: &str) -> bool {
    let name = || dotted.rsplit('.').next().unwrap_or_default();
    let is_other = || dotted.starts_with("prefect.") && TWO.models.iter().any(|it| it == name());
    older(dotted).map_or_else(is_other, |it| !it.is_enumeration)
}

static THREE: LazyLock<Table> =
    LazyLock::new(|| serde_json::from_str(include_str!("models/3.9.1.json")).unwrap_or_default());

static TWO: LazyLock<Table> =
    LazyLock::new(|| serde_json::from_str(include_str!("models/2.20.27.json")).unwrap_or_default());

fn table(dialect: Dialect) -> &'static Table {
    if dialect.is_three() { &THREE } else { &TWO }
}

/// Whether `dotted` is a class of an installed package that pydantic takes for any class.
pub(super) fn is_plain(dotted: &str, dialect: Dialect) -> bool {
    let (Some(first), Some(name)) = (dotted.split('.').next(), dotted.rsplit('.').next()) else {
        return false;
    };
    name != first
        && name.starts_with(char::is_uppercase)
        && PLAIN.contains(&first)
        && super::installed::has(first, dialect)
        && !NOT_PLAIN.contains(&dotted)
        && !(first == "prefect" && has_schema(dotted, name, dialect))
}

/// Whether the class `dotted` of Prefect is called as one that has a schema.
fn has_schema(dotted: &str, name: &str, dialect: Dialect) -> bool {
    // a model has the name of the flow itself
    !matches!(dotted, "prefect.Flow" | "prefect.flows.Flow")
        && table(dialect).others.iter().any(|it| it == name)
}

impl Types<'_> {
    /// The schema of the class `dotted` of Prefect's own; `None` when it is not in the table.
    pub(super) fn packaged(&mut self, dotted: &str) -> Option<Schema> {
        let table = table(self.dialect);
        let schema = table.classes.get(dotted)?;
        // models of pydantic 1 are described by itself
        let is_enumeration = |it: &str| table.enumerations.iter().any(|known| known == it);
        if !self.dialect.is_three() && !references(schema).into_iter().all(is_enumeration) {
            return None;
        }
        let mut next = references(schema);
        for _ in 0..MAX_CLASSES {
            let Some(name) = next.pop() else { break };
            let (origin, Some(definition)) = (origin(name), table.definitions.get(name)) else {
                continue;
            };
            match self.definitions.reference(origin) {
                Ok((_, true)) => {}
                Ok((_, false)) => continue,
                Err(error) => return Some(Err(error)),
            }
            next.extend(references(definition));
            self.definitions.define(origin, referring(definition));
        }
        Some(Ok(referring(schema)))
    }
}

fn origin(name: &str) -> Origin<'_> {
    let (name, module) = name.split_once('@').unwrap_or((name, "prefect"));
    Origin::installed(name, module)
}

/// The names that `schema` refers to.
pub(super) fn references(schema: &Value) -> Vec<&str> {
    match schema {
        Value::Array(all) => all.iter().flat_map(references).collect(),
        Value::Object(all) => all.values().flat_map(references).collect(),
        Value::String(it) => it.strip_prefix(PREFIX).into_iter().collect(),
        _ => Vec::new(),
    }
}

/// `schema`, its references being those of these definitions.
fn referring(schema: &Value) -> Value {
    match schema {
        Value::Array(all) => all.iter().map(referring).collect(),
        Value::Object(all) => all
            .iter()
            .map(|(key, it)| (key.clone(), referring(it)))
            .collect::<serde_json::Map<_, _>>()
            .into(),
        Value::String(it) => match it.strip_prefix(PREFIX) {
            Some(name) => json!(format!("{PREFIX}{}", super::definitions::key(origin(name)))),
            None => json!(it),
        },
        other => other.clone(),
    }
}
