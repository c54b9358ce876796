//! The work pools that a bundle declares.

use std::collections::BTreeMap;

use serde_json::Value;

use crate::diagnostic::Position;

/// A work pool that a file in `work-pools/` declares.
#[derive(Debug, Clone, PartialEq)]
pub struct Pool {
    /// Where it is declared.
    pub at: Position,
    /// Its name; with it, it is looked for.
    pub name: String,
    /// `None`: not declared, so any live one fits, and a new one is of the installation's type.
    pub r#type: Option<String>,
    /// The fields that are declared: `description`, `concurrency_limit`, `is_paused`, `base_job_template`, named as the
    /// API's body names them. The others are theirs.
    pub fields: BTreeMap<&'static str, Value>,
    /// Its queues that are declared, by priority, those without one last.
    pub queues: Vec<Queue>,
}

/// A work queue of a declared pool.
#[derive(Debug, Clone, PartialEq)]
pub struct Queue {
    /// Where it is declared.
    pub at: Position,
    /// Its name; with the pool's it is the key.
    pub name: String,
    /// The fields that are declared: `priority`, `concurrency_limit`, `description`, `is_paused`.
    pub fields: BTreeMap<&'static str, Value>,
}

/// The field of a pool that holds its template.
pub const TEMPLATE: &str = "base_job_template";

impl Pool {
    /// The schema of the job variables, where a template is declared that has one.
    pub fn variables(&self) -> Option<&Value> {
        self.fields.get(TEMPLATE)?.get("variables")
    }
}

impl Queue {
    /// Where it stands among the queues of its pool, 1 is first.
    pub fn priority(&self) -> Option<i64> {
        self.fields.get("priority").and_then(Value::as_i64)
    }
}
