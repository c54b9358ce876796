//! What a Prefect server has, and which of it is ours.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value};

use crate::desired::{BlockRef, Field};
use crate::dialect::Dialect;

/// A live schedule.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LiveSchedule {
    /// Its id; a replacement makes a new one.
    pub id: String,
    /// 3.2 and later, where one was given.
    pub slug: Option<String>,
    /// Whether it runs.
    pub active: bool,
    /// The `schedule` object as the server answers it.
    pub timing: Value,
    /// Parameters of its runs (3.2 and later).
    pub parameters: Map<String, Value>,
    /// Of [`LIMITS`] those that are not the default.
    pub limits: Map<String, Value>,
}

/// What limits a schedule and no file states: a write of the deployment drops it.
pub const LIMITS: [&str; 3] = ["max_scheduled_runs", "max_active_runs", "catchup"];

/// A live deployment.
#[derive(Debug, Clone, PartialEq)]
pub struct LiveDeployment {
    /// Its id.
    pub id: String,
    /// Flow name and deployment name.
    pub key: Key,
    /// The record as the server answers it.
    pub record: Map<String, Value>,
    /// Oldest first (the server answers newest first).
    pub schedules: Vec<LiveSchedule>,
}

/// What names a deployment: a flow's name and its own.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Key {
    /// The flow's name.
    pub flow: String,
    /// The deployment's name.
    pub name: String,
}

impl std::fmt::Display for Key {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}/{}", self.flow, self.name)
    }
}

impl LiveDeployment {
    /// The value of `field`, null when the server has none.
    pub fn value(&self, field: Field, dialect: Dialect) -> Value {
        let get = |name: &str| self.record.get(name).cloned().unwrap_or(Value::Null);
        match field {
            // 2.x answers carry the old name only
            Field::JobVariables => match get("job_variables") {
                Value::Null => get("infra_overrides"),
                variables => variables,
            },
            // the top-level field is null in every answer of 3.x
            Field::ConcurrencyLimit => {
                get("global_concurrency_limit").get("limit").cloned().unwrap_or(Value::Null)
            }
            // what 3.x's own tool writes for a flow without a docstring
            Field::Description if dialect.is_three() && get("description") == "None" => Value::Null,
            // the server fills in `grace_period_seconds: null`
            Field::ConcurrencyOptions => without_nulls(get("concurrency_options")),
            other => get(other.name()),
        }
    }

    /// The ids of the blocks that it uses.
    pub fn blocks(&self) -> impl Iterator<Item = &str> {
        let fields = [Field::Storage, Field::Infrastructure].into_iter();
        fields.filter_map(|it| self.record.get(it.name())?.as_str())
    }

    /// Its tags.
    pub fn tags(&self) -> BTreeSet<String> {
        let tags = self.record.get("tags").and_then(Value::as_array);
        tags.into_iter().flatten().filter_map(Value::as_str).map(str::to_owned).collect()
    }
}

fn without_nulls(value: Value) -> Value {
    match value {
        Value::Object(map) => {
            map.into_iter().filter(|(_, it)| !it.is_null()).collect::<Map<_, _>>().into()
        }
        other => other,
    }
}

/// A live automation.
#[derive(Debug, Clone, PartialEq)]
pub struct LiveAutomation {
    /// Its id.
    pub id: String,
    /// Its name; not unique.
    pub name: String,
    /// The record as the server answers it.
    pub record: Map<String, Value>,
}

impl LiveAutomation {
    /// Whether its one action runs the deployment `id`.
    pub fn runs(&self, id: &str) -> bool {
        let actions = self.record.get("actions").and_then(Value::as_array).map(Vec::as_slice);
        matches!(actions, Some([only]) if only["type"] == "run-deployment" && only["deployment_id"] == id)
    }
}

/// A live block document.
#[derive(Debug, Clone, PartialEq)]
pub struct Document {
    /// Block type slug.
    pub r#type: String,
    /// Its fields, secrets masked.
    pub data: Map<String, Value>,
}

/// What the server has, as far as one bundle is concerned.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Observed {
    /// Deployments with a name that the bundle declares or with its marker.
    pub deployments: BTreeMap<Key, LiveDeployment>,
    /// Every work pool: name to type.
    pub pools: BTreeMap<String, String>,
    /// The schema of the job variables of each pool whose template has one.
    pub templates: BTreeMap<String, Value>,
    /// The records of the pools that the bundle declares, as the server answers them.
    pub pool_records: BTreeMap<String, Map<String, Value>>,
    /// By pool and name: every queue of the pools of which the bundle declares or names queues.
    pub queues: BTreeMap<String, BTreeMap<String, Map<String, Value>>>,
    /// The types that a pool can have, each with its template; read when a pool is missing.
    pub pool_types: BTreeMap<String, Value>,
    /// Automations with a name that the bundle declares or declared; `None`: the server has no automations.
    pub automations: Option<Vec<LiveAutomation>>,
    /// Whether the credentials block of generated pull steps exists.
    pub credentials: bool,
    /// The ids of the saved blocks of the types that the bundle names.
    pub blocks: BTreeMap<BlockRef, String>,
    /// By id: the blocks that live deployments of the bundle use where it declares one without a name.
    pub documents: BTreeMap<String, Document>,
}
