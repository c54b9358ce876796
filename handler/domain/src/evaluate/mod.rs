//! A partial evaluator of Python: it runs `*deployment.py` files as far as they declare deployments.
//!
//! Nothing of it leaves this program: files are those of the bundle, the clock stands still, the environment is what the
//! operator allows, and what only the outside would tell is a [`value::Value::Unknown`], which is an error only where it
//! reaches a deployment or decides a branch of the declaration file. Bodies of flows and tasks are never run.

mod arithmetic;
mod asked;
mod assign;
mod attempt;
mod attribute;
mod binding;
mod branch;
mod call;
mod change;
mod class;
mod compare;
mod comprehension;
mod definition;
mod deletion;
mod dict;
mod dumping;
mod exception;
mod expression;
mod fields;
mod files;
mod flow_texts;
mod flows;
mod foreign;
mod format;
mod function;
mod generator;
mod globbing;
mod import;
mod installed;
mod instances;
mod items;
mod json;
mod json_text;
mod limits;
mod loading;
mod machine;
mod matching;
mod membership;
mod methods;
mod moment;
mod number_format;
mod operator;
mod optional;
mod ordering;
mod overloading;
mod packages;
mod path;
mod percent;
mod prefect;
mod quoting;
mod report;
mod representation;
mod representation_instance;
mod run;
mod scope;
mod search;
mod slices;
mod sources;
mod statement;
mod subscript;
mod unknown;
mod uuid;
mod value;
mod with;

use std::collections::BTreeMap;

pub(crate) use self::asked::answers;
pub(crate) use self::flows::flows;
pub(crate) use self::installed::is_builtin;
pub(crate) use self::path::plain as plain_path;
pub(crate) use self::prefect::{Api, BlockUse, Captured};
pub(crate) use self::quoting::quoted;
pub(crate) use self::run::declared;

use crate::dialect::Dialect;

#[cfg(test)]
use self::sources::Sources;

/// What evaluation depends on besides the files.
#[derive(Debug, Clone)]
pub(crate) struct Settings {
    /// The server's version: `prefect.__version__`.
    pub(crate) dialect: Dialect,
    /// The bundle's id.
    pub(crate) bundle: String,
    /// The last part of the folder that the author has the bundle in.
    pub(crate) bundle_name: String,
    /// The clock.
    pub(crate) now: Option<jiff::Timestamp>,
    /// The environment: exactly the names that the operator allows and that have a value.
    pub(crate) environment: BTreeMap<String, String>,
    /// Folders of the bundle that imports start from too, with a slash at the end.
    pub(crate) source_roots: Vec<String>,
}

impl Settings {
    /// Where the bundle lies on the author's machine.
    pub(crate) fn root(&self) -> String {
        let name = if self.bundle_name.is_empty() { "bundle" } else { &self.bundle_name };
        format!("/srv/{name}")
    }
}

#[cfg(test)]
mod tests;
