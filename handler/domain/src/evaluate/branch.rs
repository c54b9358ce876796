//! `if`; and what happens where it is not known which way the code goes.

use std::collections::BTreeSet;

use ruff_python_ast::visitor::{Visitor, walk_expr, walk_stmt};
use ruff_python_ast::{Expr, ExprCall, ExprContext, Stmt, StmtIf};

use super::function::Function;
use super::machine::{Machine, Step};
use super::scope::ScopeId;
use super::statement::{self, Done};
use super::value::Value;
use super::{deletion, expression, operator, prefect};
use crate::diagnostic::rules;

/// Methods and functions that register deployments, or lead to it.
const REGISTER: [&str; 10] = [
    "apply",
    "aapply",
    "deploy",
    "adeploy",
    "serve",
    "aserve",
    "build_from_flow",
    "to_deployment",
    "create_deployment",
    "add_deployment",
];

/// Runs the branch that is taken.
pub(super) fn run<'a>(machine: &mut Machine<'a>, it: &'a StmtIf, scope: ScopeId) -> Done<'a> {
    let first = (Some(&*it.test), &*it.body);
    let others = it.elif_else_clauses.iter().map(|it| (it.test.as_ref(), &*it.body));
    let clauses: Vec<(Option<&Expr>, &[Stmt])> = std::iter::once(first).chain(others).collect();
    for (at, (test, body)) in clauses.iter().enumerate() {
        let Some(test) = test else { return statement::block(machine, body, scope) };
        let value = expression::value(machine, test, scope)?;
        match operator::truth(machine, &value)? {
            Some(true) => return statement::block(machine, body, scope),
            Some(false) => {}
            None => {
                machine.go(*test, scope);
                let rest: Vec<&[Stmt]> = clauses.iter().skip(at).map(|(_, it)| *it).collect();
                return skipped(machine, &value, &rest, &[], scope);
            }
        }
    }
    Ok(Step::Next)
}

/// Goes on after code of which is not known whether it runs: all that it would set is not known then. It is an error when
/// it would register a deployment, or end code that does so. A function that registers nothing gives what is not known.
#[expect(clippy::unnecessary_wraps, reason = "as the others of its table")]
#[expect(clippy::needless_for_each, reason = "one line, as the others")]
pub(super) fn skipped<'a>(
    machine: &mut Machine<'a>,
    why: &Value<'a>,
    bodies: &[&'a [Stmt]],
    targets: &[&'a Expr],
    scope: ScopeId,
) -> Done<'a> {
    let mut effects = Effects::default();
    bodies.iter().copied().flatten().for_each(|it| effects.visit_stmt(it));
    let what = why.as_unknown().map_or("a value".into(), |it| it.what.to_string());
    let registers = effects.called.iter().any(|it| registers(machine, it, scope));
    let is_quiet = is_quiet(machine);
    if registers || (effects.leaves && !is_quiet) {
        let hint = why.as_unknown().map(|it| machine.hint_of(it)).unwrap_or_default();
        let message = format!("which way this goes depends on {what}, which is not known here");
        machine.error(rules::UNKNOWN_BRANCH, machine.at, message, &hint);
    }
    targets.iter().for_each(|it| effects.bind(it));
    for name in effects.names {
        machine.scopes.bind(scope, name, why.clone());
    }
    for target in effects.parts {
        deletion::forget(machine, target, why, scope);
    }
    if let (true, Some(it)) = (effects.yields > 0, machine.scopes.get_mut(scope)) {
        it.yielded.push(why.clone());
    }
    Ok(match (is_quiet, effects.returns, effects.breaks) {
        (true, true, _) => Step::Return(why.clone()),
        (true, false, true) => Step::Break,
        _ => Step::Next,
    })
}

/// Whether the function that is run registers nothing, so that only what it gives counts.
fn is_quiet(machine: &Machine<'_>) -> bool {
    let Some(it) = machine.running.last() else { return false };
    let leads = it.leads.get().unwrap_or_else(|| leads_to_registering(machine, it));
    it.leads.set(Some(leads));
    !(leads || it.is_generator && machine.is_in_main())
}

/// Whether the call would register something: by its name, or because it is a function, a flow or a task of the
/// bundle that does so.
fn registers<'a>(machine: &Machine<'a>, call: &'a ExprCall, scope: ScopeId) -> bool {
    leads(machine, vec![(call, scope)])
}

/// Whether a call of the function would register something, itself or by what it calls.
pub(super) fn leads_to_registering<'a>(machine: &Machine<'a>, it: &Function<'a>) -> bool {
    leads(machine, calls_of(it))
}

fn leads<'a>(machine: &Machine<'a>, mut next: Vec<(&'a ExprCall, ScopeId)>) -> bool {
    let mut seen = BTreeSet::new();
    while let Some((call, scope)) = next.pop() {
        if is_registering_call(call) {
            return true;
        }
        // a function that is given to another may be called by it
        let given = call.arguments.keywords.iter().map(|it| &it.value);
        let named = std::iter::once(&*call.func).chain(&call.arguments.args).chain(given);
        for it in named.filter_map(Expr::as_name_expr) {
            let called = machine.scopes.lookup(scope, &it.id).and_then(prefect::function_of);
            if let Some(it) = called.filter(|it| seen.insert((it.file, it.at.offset))) {
                next.extend(calls_of(&it));
            }
        }
    }
    false
}

/// What the body of a function calls, and where its names are looked up.
fn calls_of<'a>(it: &Function<'a>) -> Vec<(&'a ExprCall, ScopeId)> {
    let mut effects = Effects::default();
    it.body().iter().for_each(|it| effects.visit_stmt(it));
    effects.called.into_iter().map(|called| (called, it.closure())).collect()
}

/// Whether a function of these statements would register something itself.
#[expect(clippy::needless_for_each, reason = "one line, as the others")]
pub(super) fn is_registering(body: &[Stmt]) -> bool {
    let mut effects = Effects::default();
    body.iter().for_each(|it| effects.visit_stmt(it));
    effects.called.iter().any(|it| is_registering_call(it))
}

fn is_registering_call(it: &ExprCall) -> bool {
    let name = match &*it.func {
        Expr::Attribute(it) => it.attr.as_str(),
        Expr::Name(it) => it.id.as_str(),
        _ => return false,
    };
    // what others call `apply` takes arguments
    REGISTER.contains(&name) && (it.arguments.args.is_empty() || !name.ends_with("apply"))
}

/// What running some code would change.
#[derive(Debug, Default)]
struct Effects<'a> {
    /// Names that it binds.
    names: Vec<&'a str>,
    /// Lists, dictionaries and objects that it changes.
    parts: Vec<&'a Expr>,
    /// What it calls.
    called: Vec<&'a ExprCall>,
    /// How often it yields.
    yields: usize,
    returns: bool,
    breaks: bool,
    /// `return`, `break` or `continue`.
    leaves: bool,
}

impl<'a> Effects<'a> {
    fn bind(&mut self, target: &'a Expr) {
        match target {
            Expr::Name(it) => self.names.push(&it.id),
            Expr::Tuple(it) => it.elts.iter().for_each(|it| self.bind(it)),
            Expr::List(it) => it.elts.iter().for_each(|it| self.bind(it)),
            Expr::Starred(it) => self.bind(&it.value),
            Expr::Attribute(it) => self.parts.push(&it.value),
            Expr::Subscript(it) => self.parts.push(&it.value),
            _ => {}
        }
    }
}

impl<'a> Visitor<'a> for Effects<'a> {
    fn visit_stmt(&mut self, it: &'a Stmt) {
        match it {
            Stmt::FunctionDef(it) => return self.names.push(it.name.as_str()),
            Stmt::ClassDef(it) => return self.names.push(it.name.as_str()),
            Stmt::Return(_) => (self.returns, self.leaves) = (true, true),
            Stmt::Break(_) => (self.breaks, self.leaves) = (true, true),
            Stmt::Continue(_) => self.leaves = true,
            Stmt::Import(it) => {
                let bound = it.names.iter().map(|it| {
                    let first = it.name.as_str().split('.').next().unwrap_or_default();
                    it.asname.as_ref().map_or(first, |it| it.as_str())
                });
                self.names.extend(bound);
            }
            Stmt::ImportFrom(it) => {
                let bound = it.names.iter().map(|it| it.asname.as_ref().unwrap_or(&it.name));
                self.names.extend(bound.map(ruff_python_ast::Identifier::as_str));
            }
            _ => {}
        }
        walk_stmt(self, it);
    }

    fn visit_expr(&mut self, it: &'a Expr) {
        match it {
            Expr::Name(name) if name.ctx == ExprContext::Store => self.names.push(&name.id),
            Expr::Attribute(part) if part.ctx == ExprContext::Store => self.parts.push(&part.value),
            Expr::Subscript(part) if part.ctx == ExprContext::Store => self.parts.push(&part.value),
            Expr::Call(call) => {
                self.called.push(call);
                // `list.append(…)` may change the list
                if let Expr::Attribute(method) = &*call.func {
                    self.parts.push(&method.value);
                }
            }
            Expr::Yield(_) | Expr::YieldFrom(_) => self.yields += 1,
            Expr::Lambda(_) => return,
            _ => {}
        }
        walk_expr(self, it);
    }
}

/// The names that a statement binds, for statements that failed.
pub(super) fn bound_by(it: &Stmt) -> Vec<&str> {
    let mut effects = Effects::default();
    effects.visit_stmt(it);
    effects.names
}
