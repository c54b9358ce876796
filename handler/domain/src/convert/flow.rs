//! `with Flow("name", …) as flow:` -> `@flow(name="name")` on a function.

use ruff_python_ast::{Expr, ExprCall, Stmt, StmtWith};
use ruff_text_size::{Ranged, TextRange};

use super::deployment::Settings;
use super::identifier::identifier;
use super::parameter::Argument;
use super::pass::{Pass, argument};
use super::source::span;
use crate::diagnostic::rules;

/// Most flows of one file that are converted.
const MAX_FLOWS: usize = 50;

/// Longest line that is written.
const WIDTH: usize = 88;

/// A flow that becomes a function.
#[derive(Debug)]
pub(super) struct Flow<'a> {
    /// The statement.
    pub(super) with: &'a StmtWith,
    /// `Flow(…)`
    pub(super) call: &'a ExprCall,
    /// What it is bound to.
    pub(super) variable: Option<&'a str>,
    /// The name of its function.
    pub(super) function: String,
    /// The end of the part of the file in which the variable means it.
    pub(super) until: usize,
    /// What its deployment is made of.
    pub(super) settings: Settings<'a>,
}

impl Flow<'_> {
    /// Its statements.
    pub(super) fn body(&self) -> TextRange {
        let start = self.with.body.first().map_or(self.with.end(), Ranged::start);
        TextRange::new(start, self.with.end())
    }
}

/// Whether `call` makes a flow of Prefect 1: that of Prefect 3 takes a function.
pub(super) fn is_flow(pass: &Pass<'_>, call: &ExprCall) -> bool {
    let origin = pass.origin(&call.func);
    let is_text = |it: &Expr| it.is_string_literal_expr() || it.is_f_string_expr();
    // that of Prefect 2 and 3 takes a function first
    let of_function = call.arguments.find_keyword("fn").is_some()
        || call.arguments.args.first().is_some_and(|it| !is_text(it));
    let old = ["schedule", "storage", "run_config", "executor", "environment", "tasks"];
    let is_old = || old.iter().any(|it| call.arguments.find_keyword(it).is_some());
    let is_named = argument(call, "name", 0).is_some();
    matches!(origin.as_str(), "prefect.Flow" | "prefect.core.Flow" | "prefect.core.flow.Flow")
        && (is_named && !of_function || is_old())
}

/// The flows at the top level of the file that can become functions; others are said to stay.
pub(super) fn find<'a>(pass: &mut Pass<'a>) -> Vec<Flow<'a>> {
    let facts = pass.facts;
    let mut out: Vec<Flow<'a>> = Vec::new();
    for (stmt, in_function) in &facts.nodes.statements {
        let Stmt::With(with) = stmt else { continue };
        let made = with.items.iter().find_map(|it| match &it.context_expr {
            Expr::Call(call) if is_with_flow(pass, call) => Some((it, call)),
            _ => None,
        });
        let Some((item, call)) = made else { continue };
        let top = facts.nodes.is_top(stmt);
        let variable = match item.optional_vars.as_deref() {
            None => Some(None),
            Some(Expr::Name(it)) => Some(Some(it.id.as_str())),
            Some(_) => None,
        };
        let simple = !in_function && top && with.items.len() == 1 && !with.is_async;
        match variable.filter(|_| simple && out.len() < MAX_FLOWS) {
            Some(variable) => {
                let function = function(pass, (with, call), variable, &out);
                let settings = Settings::of_call(call);
                let until = facts.source.text.len();
                let known =
                    out.iter_mut().filter(|it| it.variable == variable && it.until == until);
                known.for_each(|it| it.until = with.start().to_usize());
                out.push(Flow { with, call, variable, function, until, settings });
            }
            None => pass.left(
                rules::PREFECT_1_FLOW,
                *stmt,
                "this flow is not made at the top of the file, so no deployment can name it",
                "make it a function with `@flow` at the top of the file",
            ),
        }
    }
    out
}

fn is_with_flow(pass: &Pass<'_>, call: &ExprCall) -> bool {
    let origin = pass.origin(&call.func);
    matches!(origin.as_str(), "prefect.Flow" | "prefect.core.Flow" | "prefect.core.flow.Flow")
}

/// The variable's name, so that other modules find it still; else one of the flow's name.
fn function(
    pass: &Pass<'_>,
    (with, call): (&StmtWith, &ExprCall),
    variable: Option<&str>,
    known: &[Flow<'_>],
) -> String {
    let named = argument(call, "name", 0).and_then(|it| pass.facts.constants.text(it));
    let wanted = match variable.filter(|it| *it != "flow") {
        Some(it) => it.to_owned(),
        None => identifier(&named.unwrap_or_else(|| "main".to_owned()), "flow"),
    };
    let taken = |name: &str| {
        let facts = pass.facts;
        let bound = facts.nodes.writes.iter().any(|it| {
            it.node.id == name
                && Some(name) != variable
                && !it.in_function
                && !with.range().contains_range(it.node.range())
        });
        let defined = facts.nodes.statements.iter().any(|(it, _)| match it {
            Stmt::FunctionDef(it) => it.name.as_str() == name,
            Stmt::ClassDef(it) => it.name.as_str() == name,
            _ => false,
        });
        let imported = is_imported(pass, name);
        bound || defined || imported || known.iter().any(|it| it.function == name) || name == "flow"
    };
    let mut name = wanted;
    while taken(&name) {
        name.push_str("_flow");
    }
    name
}

fn is_imported(pass: &Pass<'_>, name: &str) -> bool {
    pass.facts.nodes.statements.iter().any(|(stmt, _)| {
        let names = match stmt {
            Stmt::Import(it) => &it.names,
            Stmt::ImportFrom(it) => &it.names,
            _ => return false,
        };
        names.iter().any(|it| {
            let bound = it.asname.as_ref().unwrap_or(&it.name).as_str();
            bound.split('.').next() == Some(name)
        })
    })
}

/// Writes the head of the function in the place of the `with`.
pub(super) fn head(
    pass: &mut Pass<'_>,
    flow: &Flow<'_>,
    arguments: &[Argument],
    options: &[String],
) {
    let source = pass.facts.source;
    let whole = span(flow.with);
    let items_end = flow.with.items.last().map_or(whole.start, |it| it.end().to_usize());
    let Some(end) = source.after_colon(items_end) else { return };
    let decorator = match pass.origin(&flow.call.func).as_str() {
        "prefect.Flow" if flow.call.func.is_attribute_expr() => {
            let module = flow.call.func.as_attribute_expr().map(|it| pass.text(it.value.as_ref()));
            format!("{}.flow", module.unwrap_or("prefect"))
        }
        _ => {
            pass.needs.insert(("prefect", "flow"));
            "flow".to_owned()
        }
    };
    let name = argument(flow.call, "name", 0).map(|it| format!("name={}", name(pass, it)));
    let options: Vec<String> = name.into_iter().chain(options.iter().cloned()).collect();
    let decorated = list(&format!("@{decorator}("), &options, ")");
    let parts: Vec<String> = arguments.iter().map(Argument::text).collect();
    let def = list(&format!("def {}(", flow.function), &parts, "):");
    pass.edits.replace(whole.start..end, format!("{decorated}\n{def}"));
    pass.done(
        rules::PREFECT_1_FLOW,
        flow.call,
        format!("`with Flow` is the function `{}`", flow.function),
    );
}

/// The name as it is written, or without what Prefect 3 takes in no name.
fn name(pass: &mut Pass<'_>, expr: &Expr) -> String {
    const BANNED: [char; 5] = ['/', '%', '&', '<', '>'];
    let text = pass.copy(expr);
    match expr {
        Expr::StringLiteral(it) if it.value.to_str().contains(BANNED) => {
            let new = it.value.to_str().replace(BANNED, "-");
            let message = "a flow's name has none of `/ % & < >`";
            let hint = format!("it is `{new}` now: runs of the old name are another flow's");
            pass.look(rules::PREFECT_1_FLOW_NAME, expr, message, hint);
            serde_json::Value::from(new).to_string()
        }
        _ => text,
    }
}

/// `head`, `parts` with commas, `tail`; one part a line where that gets too long.
fn list(head: &str, parts: &[String], tail: &str) -> String {
    let one = format!("{head}{}{tail}", parts.join(", "));
    if one.lines().count() <= 1 && one.chars().count() <= WIDTH {
        return one;
    }
    let lines = parts.join(",\n    ");
    format!("{head}\n    {lines},\n{tail}")
}
