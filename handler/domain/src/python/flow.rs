//! The flows of a file.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use md5::Digest as _;
use ruff_python_ast::{Decorator, Expr, Stmt, StmtFunctionDef};
use serde_json::Value;

use super::blocks::blocks;
use super::default::{Evaluated, evaluate};
use super::parse::File;
use super::scope::Scope;
use super::{FlowFacts, docstring, signature};
use crate::diagnostic::{Diagnostic, Position, near_miss};
use crate::dialect::Dialect;

/// Most flows that one message lists.
const MAX_LISTED: usize = 10;

/// Longest qualified name, in bytes: each method of a class repeats that of the class.
const MAX_NAME: usize = 1000;

/// A function of the file that an entrypoint can name.
struct Function<'a> {
    qualified: String,
    def: &'a StmtFunctionDef,
    /// Its `@flow`, if it has one.
    decorator: Option<&'a Decorator>,
}

/// Every flow of `file`.
pub(super) fn all(
    file: &File<'_>,
    scope: Scope<'_>,
    dialect: Dialect,
    found: &mut Vec<Diagnostic>,
) -> Vec<FlowFacts> {
    let functions = functions(&file.body, scope);
    let flows = functions.iter().filter_map(|it| Some((it, it.decorator?)));
    flows
        .take_while(|_| scope.budget().next_flow())
        .filter_map(|(it, decorator)| facts(file, scope, (it, decorator), dialect, found))
        .collect()
}

/// The flow `name` of `file`.
pub(super) fn one(
    file: &File<'_>,
    scope: Scope<'_>,
    name: &str,
    dialect: Dialect,
    found: &mut Vec<Diagnostic>,
) -> Option<FlowFacts> {
    let functions = functions(&file.body, scope);
    let function = functions.iter().find(|it| it.qualified == name);
    match function.map(|it| (it, it.decorator)) {
        Some((it, Some(decorator))) => facts(file, scope, (it, decorator), dialect, found),
        Some((it, None)) => {
            let message = format!("`{name}` is no flow");
            let hint = "put `@flow` above it, from prefect import flow";
            found.push(Diagnostic::error("not-a-flow", file.at(&it.def.name), message).hint(hint));
            None
        }
        None => {
            found.push(missing(file, name, &functions));
            None
        }
    }
}

fn missing(file: &File<'_>, name: &str, functions: &[Function<'_>]) -> Diagnostic {
    let flows: Vec<&str> = functions
        .iter()
        .filter(|it| it.decorator.is_some())
        .map(|it| it.qualified.as_str())
        .collect();
    let message = format!("{} has no function `{name}`", file.path);
    let diagnostic = Diagnostic::error("flow-not-found", Position::start_of(&file.path), message);
    let known = listed(&flows);
    match near_flow(name, &flows) {
        _ if flows.is_empty() => diagnostic.hint("the file has no flow"),
        Some(near) if flows.len() == 1 => diagnostic.hint(format!("did you mean `{near}`?")),
        Some(near) => diagnostic.hint(format!("did you mean `{near}`? its flows are: {known}")),
        None => diagnostic.hint(format!("its flows are: {known}")),
    }
}

/// The flow that `name` was probably meant to be: its registered name has `-` for `_`, a method lacks its class.
fn near_flow<'a>(name: &str, flows: &[&'a str]) -> Option<&'a str> {
    if name.len() > MAX_NAME {
        return None;
    }
    let plain = name.replace('-', "_");
    let last = |it: &str| it.rsplit('.').next() == Some(plain.as_str());
    let exact = flows.iter().copied().find(|it| *it == plain);
    exact
        .or_else(|| flows.iter().copied().find(|it| last(it)))
        .or_else(|| near_miss(name, flows.iter().copied()))
}

/// The first of `flows`, and how many more there are.
fn listed(flows: &[&str]) -> String {
    let shown: Vec<&str> = flows.iter().copied().take(MAX_LISTED).collect();
    let more = flows.len().saturating_sub(MAX_LISTED);
    let more = if more > 0 { format!(" and {more} more") } else { String::new() };
    format!("{}{more}", shown.join(", "))
}

fn functions<'a>(body: &'a [Stmt], scope: Scope<'a>) -> Vec<Function<'a>> {
    let mut all = Vec::new();
    collect(body, "", scope, &mut all);
    // a later definition replaces an earlier one of its name
    let last: BTreeMap<String, Function<'a>> =
        all.into_iter().map(|it| (it.qualified.clone(), it)).collect();
    let mut out: Vec<_> = last.into_values().collect();
    out.sort_by_key(|it| it.def.range.start());
    out
}

/// Functions at the top level and in its blocks, and methods of classes; those inside functions cannot be named.
fn collect<'a>(body: &'a [Stmt], prefix: &str, scope: Scope<'a>, out: &mut Vec<Function<'a>>) {
    for stmt in body {
        match stmt {
            Stmt::FunctionDef(def) => {
                let decorator = def.decorator_list.iter().find(|it| is_flow(it, scope));
                let qualified = format!("{prefix}{}", def.name.as_str());
                out.push(Function { qualified, def, decorator });
            }
            Stmt::ClassDef(class) if prefix.len() + class.name.len() < MAX_NAME => {
                collect(&class.body, &format!("{prefix}{}.", class.name.as_str()), scope, out);
            }
            _ => {}
        }
        for block in blocks(stmt, &|name| scope.constant(name)) {
            collect(block, prefix, scope, out);
        }
    }
}

fn is_flow(decorator: &Decorator, scope: Scope<'_>) -> bool {
    let name =
        if let Expr::Call(it) = &decorator.expression { &it.func } else { &decorator.expression };
    matches!(scope.dotted(name).as_deref(), Some("prefect.flow" | "prefect.flows.flow"))
}

fn facts<'a>(
    file: &File<'_>,
    scope: Scope<'a>,
    (function, decorator): (&Function<'a>, &Decorator),
    dialect: Dialect,
    found: &mut Vec<Diagnostic>,
) -> Option<FlowFacts> {
    let before = found.len();
    // Prefect takes an empty text for none
    let mut argument =
        |name: &str| text_argument(file, scope, decorator, name, found).filter(|it| !it.is_empty());
    let name = argument("name").unwrap_or_else(|| function.def.name.as_str().replace('_', "-"));
    let description = argument("description").or_else(|| docstring::of(&function.def.body));
    let version = argument("version").unwrap_or_else(|| md5_hex(file.bytes));
    let at = file.at(&function.def.name);
    if name.contains(['/', '%', '&', '>', '<']) {
        let message = format!("a flow's name must not have `/`, `%`, `&`, `>` or `<`: `{name}`");
        found.push(Diagnostic::error("flow-name", at.clone(), message));
    }
    let parameter_openapi_schema = signature::schema(file, scope, function.def, dialect, found)?;
    let faulty =
        found.iter().skip(before).any(|it| it.severity == crate::diagnostic::Severity::Error);
    let function = function.qualified.clone();
    (!faulty).then_some(FlowFacts {
        function,
        name,
        description,
        version,
        parameter_openapi_schema,
        at,
    })
}

/// The text of `@flow(name=…)`; one that cannot be read is an error, since the name is the key.
fn text_argument(
    file: &File<'_>,
    scope: Scope<'_>,
    decorator: &Decorator,
    name: &str,
    found: &mut Vec<Diagnostic>,
) -> Option<String> {
    let Expr::Call(call) = &decorator.expression else { return None };
    let keyword = call
        .arguments
        .keywords
        .iter()
        .find(|it| it.arg.as_ref().is_some_and(|it| it.as_str() == name))?;
    scope.take_variables();
    let value = evaluate(&keyword.value, &scope);
    let is_known = scope.take_variables().is_empty();
    match value {
        Evaluated::Json(Value::String(text)) if is_known => Some(text),
        Evaluated::Json(Value::Null) if is_known => None,
        _ => {
            let message = format!("`{name}` of this flow cannot be read without running it");
            let hint = "write it as a text or a constant of this file";
            found.push(
                Diagnostic::error("flow-argument", file.at(&keyword.value), message).hint(hint),
            );
            None
        }
    }
}

fn md5_hex(bytes: &[u8]) -> String {
    let mut out = String::with_capacity(32);
    for byte in md5::Md5::digest(bytes) {
        let _infallible = write!(out, "{byte:02x}");
    }
    out
}
