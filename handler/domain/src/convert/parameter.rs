//! `Parameter("limit", default=10)` -> the argument `limit: int = 10` of the function.

use ruff_python_ast::{Expr, ExprCall, Stmt};
use ruff_text_size::Ranged as _;
use serde_json::Value;

use super::annotation;
use super::flow::Flow;
use super::identifier::{identifier, is_identifier};
use super::pass::{Pass, argument, assigned};
use super::source::span;
use super::walk::{Within, inside};
use crate::diagnostic::rules;

/// Most parameters of one flow that are converted.
const MAX_PARAMETERS: usize = 200;

/// An argument of the function that a flow becomes.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Argument {
    /// What runs were given it as.
    pub(super) parameter: String,
    /// Its name.
    pub(super) name: String,
    annotation: Option<&'static str>,
    default: Option<String>,
}

impl Argument {
    /// `limit: int = 10`
    pub(super) fn text(&self) -> String {
        match (self.annotation, &self.default) {
            (Some(it), Some(default)) => format!("{}: {it} = {default}", self.name),
            (Some(it), None) => format!("{}: {it}", self.name),
            (None, Some(default)) => format!("{}={default}", self.name),
            (None, None) => self.name.clone(),
        }
    }
}

/// Whether `call` is a parameter.
fn is_parameter(pass: &Pass<'_>, call: &ExprCall) -> bool {
    let origin = pass.origin(&call.func);
    let last = origin.rsplit('.').next().unwrap_or_default();
    matches!(last, "Parameter" | "DateTimeParameter") && origin.starts_with("prefect.")
}

/// The arguments of `flow`, required ones first. `scheduled` are the parameters that its schedules give.
pub(super) fn arguments(
    pass: &mut Pass<'_>,
    flow: &Flow<'_>,
    scheduled: &[(String, Value)],
) -> Vec<Argument> {
    let facts = pass.facts;
    let mut out: Vec<Argument> = Vec::new();
    let made: Vec<Within<'_, ExprCall>> = inside(&facts.nodes.calls, flow.body())
        .filter(|it| is_parameter(pass, it.node))
        .take(MAX_PARAMETERS)
        .copied()
        .collect();
    for it in made {
        let variable = assigned(it.stmt, it.node);
        let Some(name) = add(pass, flow, (it.node, variable), scheduled, &mut out) else {
            continue;
        };
        match variable {
            Some(variable) => {
                pass.removed.add(it.stmt);
                rename(pass, flow, variable, &name);
            }
            None => pass.edits.replace(span(it.node), name),
        }
    }
    for (variable, call) in outside(pass).into_iter().take(MAX_PARAMETERS) {
        if inside(&facts.nodes.reads, flow.body()).any(|it| it.node.id == variable)
            && let Some(name) = add(pass, flow, (call, Some(variable)), scheduled, &mut out)
        {
            rename(pass, flow, variable, &name);
        }
    }
    out.sort_by_key(|it| it.default.is_some());
    out
}

/// The parameters that are made at the top of the file, by variable.
fn outside<'a>(pass: &Pass<'a>) -> Vec<(&'a str, &'a ExprCall)> {
    let made = pass.facts.source.file.body.iter().filter_map(|stmt| {
        let Stmt::Assign(it) = stmt else { return None };
        let Expr::Call(call) = it.value.as_ref() else { return None };
        Some((assigned(stmt, call)?, call)).filter(|_| is_parameter(pass, call))
    });
    made.collect()
}

/// Takes the parameters out that are made at the top of the file and read in flows only.
pub(super) fn remove_outside(pass: &mut Pass<'_>, flows: &[Flow<'_>]) {
    let facts = pass.facts;
    for (variable, call) in outside(pass) {
        let mut reads = facts.nodes.reads.iter().filter(|it| it.node.id == variable);
        let within = |it: &Within<'_, _>| {
            let place: &ruff_python_ast::ExprName = it.node;
            flows.iter().any(|flow| flow.body().contains_range(place.range()))
        };
        let stmt = facts.source.file.body.iter().find(|it| it.range().contains_range(call.range()));
        if let Some(stmt) = stmt.filter(|_| reads.all(within)) {
            pass.removed.add(stmt);
        }
    }
}

/// Adds the argument for `call`; gives its name.
fn add(
    pass: &mut Pass<'_>,
    flow: &Flow<'_>,
    (call, variable): (&ExprCall, Option<&str>),
    scheduled: &[(String, Value)],
    out: &mut Vec<Argument>,
) -> Option<String> {
    let named = argument(call, "name", 0).and_then(|it| match it {
        Expr::StringLiteral(it) => Some(it.value.to_str().to_owned()),
        _ => None,
    });
    let default = argument(call, "default", 1);
    let Some(parameter) = named.filter(|_| default.is_none_or(|it| !is_local(pass, flow, it)))
    else {
        let hint =
            "write it as an argument of the function, with a default that is there before the flow";
        pass.left(
            rules::PREFECT_1_PARAMETER,
            call,
            "this parameter cannot become an argument",
            hint,
        );
        return None;
    };
    if let Some(known) = out.iter().find(|it| it.parameter == parameter) {
        return Some(known.name.clone());
    }
    let name = free(pass, flow, &parameter, variable, out);
    let required = argument(call, "required", 2).is_none_or(|it| !is_false(it));
    let is_time = pass.origin(&call.func).ends_with("DateTimeParameter");
    let value = default.map(annotation::literal);
    let text = match default {
        Some(it) if it.is_named_expr() => Some(format!("({})", pass.copy(it))),
        Some(it) => Some(pass.copy(it)),
        None => (!required).then(|| "None".to_owned()),
    };
    let annotation = if is_time {
        Some(annotation::time(pass, text.as_deref() == Some("None")))
    } else {
        let given = scheduled.iter().filter(|it| it.0 == parameter).map(|it| it.1.clone());
        value.flatten().and_then(|it| annotation::of(std::iter::once(it).chain(given)))
    };
    told(pass, call, &parameter, &name);
    out.push(Argument { parameter, name: name.clone(), annotation, default: text });
    Some(name)
}

fn told(pass: &mut Pass<'_>, call: &ExprCall, parameter: &str, name: &str) {
    let code = rules::PREFECT_1_PARAMETER;
    if name == parameter {
        pass.done(code, call, format!("the parameter `{parameter}` is an argument"));
    } else {
        let message = format!("the parameter `{parameter}` is the argument `{name}`");
        let hint = format!("runs, schedules and `flow.run` give it as `{name}` from now on");
        pass.look(code, call, message, hint);
    }
}

fn is_false(expr: &Expr) -> bool {
    matches!(expr, Expr::BooleanLiteral(it) if !it.value)
}

/// Whether `expr` reads what is bound in the flow only.
fn is_local(pass: &Pass<'_>, flow: &Flow<'_>, expr: &Expr) -> bool {
    let nodes = &pass.facts.nodes;
    let reads: Vec<&str> =
        inside(&nodes.reads, expr.range()).map(|it| it.node.id.as_str()).collect();
    inside(&nodes.writes, flow.body()).any(|it| reads.contains(&it.node.id.as_str()))
}

/// `parameter` as a name that means nothing else in the flow.
fn free(
    pass: &Pass<'_>,
    flow: &Flow<'_>,
    parameter: &str,
    variable: Option<&str>,
    known: &[Argument],
) -> String {
    let nodes = &pass.facts.nodes;
    let taken = |name: &str| {
        let other = variable != Some(name);
        let read = inside(&nodes.reads, flow.body()).any(|it| it.node.id == name);
        let bound = inside(&nodes.writes, flow.body()).any(|it| it.node.id == name);
        (other && (read || bound)) || known.iter().any(|it| it.name == name)
    };
    let mut name =
        if is_identifier(parameter) { parameter.to_owned() } else { identifier(parameter, "p") };
    while taken(&name) {
        name.push('_');
    }
    name
}

/// Writes `name` wherever the flow has `variable`.
fn rename(pass: &mut Pass<'_>, flow: &Flow<'_>, variable: &str, name: &str) {
    if variable == name {
        return;
    }
    let nodes = &pass.facts.nodes;
    let reads = inside(&nodes.reads, flow.body()).map(|it| it.node);
    let writes = inside(&nodes.writes, flow.body()).map(|it| it.node);
    for it in reads.chain(writes).filter(|it| it.id == variable) {
        pass.edits.replace(span(it), name);
    }
}
