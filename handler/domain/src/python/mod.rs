//! Python read, never run: flows, their names and parameter schemas.

mod annotation;
mod arithmetic;
mod bases;
mod blocks;
mod budget;
mod call;
mod collection;
mod condition;
mod constraint;
mod default;
mod definitions;
mod depth;
mod display;
mod docstring;
mod enumeration;
mod field;
mod flow;
mod function;
mod functional;
mod generic;
mod instance;
mod lines;
mod model;
mod modules;
mod moment;
mod names;
mod operator;
mod parameters;
mod parametric;
mod parse;
mod reader;
mod record;
mod scalar;
mod scope;
mod signature;
mod stars;
mod subscript;
mod union;
mod variable;

pub(crate) use self::modules::load;
pub(crate) use self::parse::{File, read};
pub use self::reader::Reader;

use serde_json::Value;

use self::modules::Modules;
use self::scope::Scope;
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

/// The flow `function` of the file `path`, as [`Reader::flow`] gives it.
pub fn flow(
    tree: &Tree,
    path: &str,
    function: &str,
    dialect: Dialect,
) -> (Option<FlowFacts>, Vec<Diagnostic>) {
    Reader::new(tree, dialect).flow(path, function)
}

/// Every flow of the file `path`, in source order.
pub fn flows(tree: &Tree, path: &str, dialect: Dialect) -> (Vec<FlowFacts>, Vec<Diagnostic>) {
    let mut found = Vec::new();
    let files = load(tree, path, &mut found);
    let facts = files.first().map(|file| {
        let modules = Modules::of(&files);
        flow::all(file, Scope::first(&modules), dialect, &mut found)
    });
    (facts.unwrap_or_default(), found)
}

#[cfg(test)]
mod tests;
