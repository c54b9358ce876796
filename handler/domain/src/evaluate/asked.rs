//! Values of expressions that cannot be read off their source: their module is run, and they in it.

use std::collections::{BTreeMap, BTreeSet};

use ruff_python_ast::visitor::{self, Visitor};
use ruff_python_ast::{Expr, ExprName, Stmt};
use ruff_text_size::{Ranged as _, TextRange};

use super::flows::shown;
use super::machine::{Eval, Machine};
use super::scope::ScopeId;
use super::sources::Sources;
use super::value::Value;
use super::{Settings, attribute, expression, import, loading};
use crate::python::{Answer, Asked, EvaluatedDefault};
use crate::stack;
use crate::tree::Tree;

/// The values of `asked`, which are read for the flow's file `path`.
pub(crate) fn answers(
    tree: &Tree,
    path: &str,
    asked: &BTreeSet<Asked>,
    settings: &Settings,
) -> BTreeMap<Asked, Answer> {
    let all = || {
        let sources = Sources::new(tree);
        each(&sources, path, asked, settings)
    };
    stack::roomy(all).unwrap_or_default()
}

fn each<'a>(
    sources: &'a Sources<'a>,
    path: &str,
    asked: &BTreeSet<Asked>,
    settings: &'a Settings,
) -> BTreeMap<Asked, Answer> {
    let Some(first) = sources.find(path) else { return BTreeMap::new() };
    let mut machine = Machine::new(sources, settings, first);
    // Prefect looks in the folder above, too, for what a file that it does not run imports
    machine.search.add(import::ancestor(path, 2));
    let answers =
        asked.iter().map(|it| (it.clone(), one(&mut machine, it).unwrap_or(Answer::Unknown)));
    answers.collect()
}

fn one(machine: &mut Machine<'_>, (path, start, end): &Asked) -> Option<Answer> {
    let id = machine.sources.find(path)?;
    loading::loaded(machine, id).ok()?;
    let scope = *machine.modules.get(&id)?;
    let sources = machine.sources;
    let expr = at(&sources.file(id)?.body, TextRange::new(*start, *end))?;
    let body = &sources.file(id)?.body;
    let value = machine.bounded(|machine| match expr {
        Expr::Name(it) if it.ctx.is_store() => bound(machine, body, it, scope),
        _ => expression::value(machine, expr, scope),
    });
    let value = value.ok()?;
    // moments are shown as in a schema
    machine.strict = true;
    let shown = shown(machine, &value);
    machine.strict = false;
    Some(match shown {
        EvaluatedDefault::Json(it) if is_plain(&value) => Answer::Plain(it),
        EvaluatedDefault::Json(it) => Answer::Shown(it),
        EvaluatedDefault::NoJson => Answer::NoJson,
        EvaluatedDefault::Unknown | EvaluatedDefault::Local => Answer::Unknown,
    })
}

/// What the classes of `body` around `name`, which the innermost one binds, have of that name.
fn bound<'a>(
    machine: &mut Machine<'a>,
    body: &'a [Stmt],
    name: &ExprName,
    scope: ScopeId,
) -> Eval<'a> {
    let (mut body, mut value) = (body, None);
    let mut classes = Vec::new();
    while let Some(class) = body
        .iter()
        .filter_map(Stmt::as_class_def_stmt)
        .find(|it| it.range.contains_range(name.range))
    {
        classes.push(class.name.as_str());
        body = &class.body;
    }
    for it in classes.into_iter().chain([name.id.as_str()]) {
        value = match value {
            None => machine.scopes.get(scope).and_then(|scope| scope.values.get(it).cloned()),
            Some(owner) => Some(attribute::get(machine, &owner, it)?),
        };
        if value.is_none() {
            break;
        }
    }
    Ok(value.unwrap_or_else(|| machine.unknown("a member of a class")))
}

/// Whether the value is the same in JSON.
fn is_plain(it: &Value<'_>) -> bool {
    match it {
        Value::None | Value::Bool(_) | Value::Int(_) | Value::Float(_) | Value::Text(_) => true,
        Value::List(it) => it.borrow().iter().all(is_plain),
        Value::Dict(it) => it.borrow().iter().all(|(key, it)| is_plain(key) && is_plain(it)),
        _ => false,
    }
}

/// The expression of `body` that is exactly at `range`.
fn at(body: &[Stmt], range: TextRange) -> Option<&Expr> {
    let mut finder = Finder { range, found: None };
    finder.visit_body(body);
    finder.found
}

struct Finder<'e> {
    range: TextRange,
    found: Option<&'e Expr>,
}

impl<'e> Visitor<'e> for Finder<'e> {
    fn visit_stmt(&mut self, stmt: &'e Stmt) {
        if stmt.range().contains_range(self.range) {
            visitor::walk_stmt(self, stmt);
        }
    }

    fn visit_expr(&mut self, expr: &'e Expr) {
        if expr.range() == self.range {
            self.found = Some(expr);
        } else if self.found.is_none() {
            visitor::walk_expr(self, expr);
        }
    }
}
