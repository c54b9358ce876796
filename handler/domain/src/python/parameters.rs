//! The parameters of a function, and the names that they must not have.

use ruff_python_ast::{Expr, Parameter, ParameterWithDefault, Parameters};

use super::parse::File;
use crate::diagnostic::{Diagnostic, rules};

/// Names that Prefect takes for itself.
const RESERVED: [&str; 2] = ["return_state", "wait_for"];

/// What a parameter takes.
#[derive(Debug, Clone, Copy)]
pub(super) enum Kind<'a> {
    /// One argument, or else the default.
    One(Option<&'a Expr>),
    /// The same, given by its name only.
    Named(Option<&'a Expr>),
    /// `*args`.
    Positional,
    /// `**kwargs`.
    Keywords,
}

/// The parameters in the order of Python's `inspect`, which is that of the source.
pub(super) fn in_order(all: &Parameters) -> impl Iterator<Item = (&Parameter, Kind<'_>)> {
    let before = all.posonlyargs.iter().chain(&all.args).map(one);
    let positional = all.vararg.iter().map(|it| (&**it, Kind::Positional));
    let after = all.kwonlyargs.iter().map(|it| (&it.parameter, Kind::Named(it.default.as_deref())));
    let keywords = all.kwarg.iter().map(|it| (&**it, Kind::Keywords));
    before.chain(positional).chain(after).chain(keywords)
}

fn one(it: &ParameterWithDefault) -> (&Parameter, Kind<'_>) {
    (&it.parameter, Kind::One(it.default.as_deref()))
}

/// What is wrong with the name of `it`.
pub(super) fn reserved(file: &File<'_>, it: &Parameter) -> Option<Diagnostic> {
    let name = it.name.as_str();
    let message = if RESERVED.contains(&name) {
        format!("Prefect keeps the parameter name `{name}` for itself")
    } else if name.starts_with('_') {
        format!("a flow's parameter must not start with an underscore: `{name}`")
    } else {
        return None;
    };
    Some(Diagnostic::error(rules::RESERVED_PARAMETER, file.at(it), message).hint("rename it"))
}
