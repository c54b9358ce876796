//! Classes of installed packages: those of Prefect that have a schema, and all the others, which take anything.
//!
//! Source: what Prefect 3.9.1 registers for each; of Prefect 2 only the names, since it has models of pydantic 1, which change
//! the schema of the whole function.

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

/// The classes of Prefect that have a schema.
#[derive(Debug, Default, Deserialize)]
struct Table {
    /// The schema of each, by the names that it is imported by.
    classes: BTreeMap<String, Value>,
    /// What these refer to; a name that two have is followed by the module of one.
    definitions: BTreeMap<String, Value>,
    /// The names of those that have one that is not here, or two.
    others: Vec<String>,
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
fn references(schema: &Value) -> Vec<&str> {
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
