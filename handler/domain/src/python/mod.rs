//! Python read, never run: flows, their names and parameter schemas.

use serde_json::Value;

use crate::diagnostic::{Diagnostic, Position};
use crate::dialect::Dialect;
use crate::tree::Tree;

/// What Prefect would find in a flow function.
#[derive(Debug, Clone, PartialEq)]
pub struct FlowFacts {
    /// Qualified name of the function: `main`, `Jobs.nightly`.
    pub function: String,
    /// `@flow(name=…)`, else the function's name with `-` for `_`.
    pub name: String,
    /// `@flow(description=…)`, else the cleaned docstring.
    pub description: Option<String>,
    /// `@flow(version=…)`, else the MD5 of the file, 32 hex digits.
    pub version: String,
    /// As `prefect deploy` registers it: `{"title":"Parameters","type":"object","properties":{…},…}`.
    pub parameter_openapi_schema: Value,
    /// Where the function is defined.
    pub at: Position,
}

/// The flow `function` (qualified name) of the file `path`, or `None` with an error among the diagnostics that lists the
/// flows there and names the near miss.
pub fn flow(
    _tree: &Tree,
    _path: &str,
    _function: &str,
    _dialect: Dialect,
) -> (Option<FlowFacts>, Vec<Diagnostic>) {
    (None, Vec::new())
}

/// Every flow of the file `path`, in source order.
pub fn flows(_tree: &Tree, _path: &str, _dialect: Dialect) -> (Vec<FlowFacts>, Vec<Diagnostic>) {
    (Vec::new(), Vec::new())
}
