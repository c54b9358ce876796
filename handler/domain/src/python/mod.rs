//! Python read, never run: flows, their names and parameter schemas.

mod alone;
mod alters;
mod annotated;
mod annotation;
mod argument;
mod arithmetic;
mod asked;
mod attribute;
mod automatic;
mod bases;
mod binding;
mod block;
mod block_instance;
mod blocks;
mod budget;
mod call;
mod casing;
mod caught;
mod changed;
mod checks;
mod class;
mod class_decorator;
mod collection;
mod condition;
mod config;
mod config_class;
mod constraint;
mod created_model;
mod decorator;
mod default;
mod definitions;
mod depth;
mod discriminated;
mod display;
mod docstring;
mod enumeration;
mod fallback;
mod field;
mod field_extra;
mod files;
mod flow;
mod free;
mod function;
mod functional;
mod generic;
mod given;
mod glance;
mod google;
mod importing;
mod inner;
pub(crate) mod installed;
mod instance;
mod lacking;
mod lines;
pub(crate) mod listed;
mod loading;
mod made_record;
mod maker;
mod many;
mod model;
mod modules;
mod moment;
mod names;
mod newlines;
mod numeral;
mod older;
mod one;
mod operator;
pub(crate) mod options;
mod packaged;
pub(crate) mod packages;
mod parameters;
mod parametric;
pub(crate) mod parse;
mod partial;
mod placed;
mod pydantic_type;
mod raising;
mod reader;
mod reading;
mod record;
mod record_body;
mod reference;
mod rounds;
mod running;
mod scalar;
mod scope;
mod search;
mod settings;
mod signature;
mod special;
mod stars;
mod subscript;
mod union;
mod usual;
mod valued;
mod variable;
mod whole;
mod wrapper;

pub(crate) use self::asked::{Answer, Asked};
pub(crate) use self::checks::removed::of_declaration as removed_imports;
pub use self::checks::{Packages, Worker};
pub(crate) use self::docstring::clean as clean_docstring;
pub(crate) use self::files::Files;
pub(crate) use self::flow::file_version;
pub use self::many::{Told, flows_of};
pub(crate) use self::modules::is_always_installed;
pub(crate) use self::one::ATTRIBUTES as MODEL;
pub(crate) use self::parse::{File, read};
pub use self::reader::Reader;
pub use self::reading::Reading;

use std::collections::{BTreeMap, BTreeSet};

use ruff_python_ast::Expr;
use ruff_text_size::TextSize;
use serde_json::Value;

use crate::diagnostic::{Diagnostic, Position};
use crate::dialect::Dialect;
use crate::tree::Tree;

/// What evaluating a module tells of its flows.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct EvaluatedModule {
    /// By the names that they have there, those of methods after their classes'.
    pub(crate) flows: BTreeMap<String, EvaluatedFlow>,
    /// The names of what is not known, which may be flows.
    pub(crate) unknown: BTreeSet<String>,
    /// Whether it cannot be evaluated, so that nothing is known.
    pub(crate) fails: bool,
}

/// What evaluating its module tells of a flow, beyond its source.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct EvaluatedFlow {
    pub(crate) name: EvaluatedText,
    pub(crate) version: EvaluatedText,
    pub(crate) description: EvaluatedText,
    /// By parameter.
    pub(crate) defaults: BTreeMap<String, EvaluatedDefault>,
    /// `None` when it is not of the bundle.
    pub(crate) code: Option<EvaluatedCode>,
}

/// The code of a flow.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct EvaluatedCode {
    /// The path of the file whose code runs first.
    pub(crate) file: String,
    /// The function whose parameters it has: the path of its file, and where it starts there.
    pub(crate) described: (String, TextSize),
    /// Whether that is inside another function, whose names its defaults may say.
    pub(crate) is_inside: bool,
    /// What those are.
    pub(crate) around: BTreeSet<String>,
}

impl EvaluatedFlow {
    /// The first name in `expr` that only the functions around the flow know.
    fn local<'e>(&self, expr: &'e Expr) -> Option<&'e str> {
        let around = &self.code.as_ref().filter(|it| !it.around.is_empty())?.around;
        free::of_expr(expr).into_iter().find(|it| around.contains(*it))
    }
}

/// A text that a flow is made with.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) enum EvaluatedText {
    /// This one.
    Said(String),
    /// None: that of its function counts.
    Unsaid,
    /// None, whatever its function says.
    Absent,
    /// Nothing is known.
    #[default]
    Unknown,
}

/// A default of a parameter.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum EvaluatedDefault {
    Json(Value),
    /// Known, and nothing that a schema can show.
    NoJson,
    Unknown,
    /// The same of one that the function around says, so that its source tells nothing.
    Local,
}

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
    Reader::new(tree, &Reading::new(dialect)).flow(path, function)
}

/// The flows of the file `path`, as [`Reader::flows`] gives them.
pub fn flows(tree: &Tree, path: &str, dialect: Dialect) -> (Vec<FlowFacts>, Vec<Diagnostic>) {
    Reader::new(tree, &Reading::new(dialect)).flows(path)
}

#[cfg(test)]
mod tests;
