//! Flows that only running their file tells to be some: `x = make("a")`, own decorators, names that a condition decides.

use ruff_python_ast::visitor::{self, Visitor};
use ruff_python_ast::{Decorator, Expr, Stmt, StmtFunctionDef};
use ruff_text_size::{Ranged as _, TextSize};

use super::function::{Function, Settings};

use super::names::Bound;
use super::scope::{Found, Scope};

/// The flow that the module `scope` calls `name` when it runs.
pub(super) fn run<'a>(name: &str, scope: Scope<'a>) -> Option<Function<'a>> {
    let code = scope.known(name)?.code.as_ref()?;
    let (path, start) = &code.described;
    let (home, file) = (scope.of_file(path)?, scope.of_file(&code.file)?);
    let def = at(home, *start)?;
    let it = Function::defined(name.to_owned(), def, home);
    let settings = Some(it.settings.clone().unwrap_or_default());
    Some(Function { settings, run: Some(file), ..it })
}

/// The flows of the module `scope` that running it tells beside `known`, by name; not those that it imports or has by a
/// second name.
pub(super) fn others<'a>(known: &[Function<'a>], scope: Scope<'a>) -> Vec<Function<'a>> {
    let is_flow = |name: &str| known.iter().any(|it| it.qualified == name && it.settings.is_some());
    // of a file that it cannot run, Prefect has what is defined there
    let is_there = |name: &str| !scope.is_fallback() || known.iter().any(|it| it.qualified == name);
    let names = scope.modules.known.flows.keys();
    let names = names.filter(|it| !is_flow(it) && is_there(it) && is_own(it, scope));
    let mut out: Vec<_> = names.filter_map(|it| run(it, scope)).collect();
    let rest = known.iter().filter(|it| it.settings.is_none()).filter_map(|it| perhaps(it, scope));
    out.extend(rest.filter(|it| it.doubt.is_some_and(is_called_flow)));
    out
}

/// `it` as a flow, if not even running the module tells what its decorators make of it.
pub(super) fn perhaps<'a>(it: &Function<'a>, scope: Scope<'a>) -> Option<Function<'a>> {
    let known = &scope.modules.known;
    if !known.fails && !known.unknown.contains(&it.qualified) {
        return None;
    }
    let mut decorators = it.def.decorator_list.iter();
    let doubt = decorators.find(|decorator| is_of_bundle(&decorator.expression, it.home))?;
    let call = doubt.expression.as_call_expr();
    let settings = call.map(|it| Settings::of(&it.arguments, scope)).into_iter().collect();
    Some(Function {
        settings: Some(settings),
        run: Some(it.home),
        doubt: Some(doubt),
        ..it.clone()
    })
}

/// Whether running the module `scope` may tell of more flows than `known`.
pub(super) fn is_unclear(known: &[Function<'_>], scope: Scope<'_>) -> bool {
    let Some(file) = scope.file().filter(|it| it.has("flow") || it.has("Flow")) else {
        return false;
    };
    let is_flow = |name: &str| known.iter().any(|it| it.qualified == name && it.settings.is_some());
    let mut plain = known.iter().filter(|it| it.settings.is_none());
    let is_decorated =
        plain.any(|it| it.def.decorator_list.iter().any(|it| is_of_bundle(&it.expression, scope)));
    let mut calls = scope.called().filter(|(name, _)| !is_flow(name));
    let is_changed = ["globals()[", ".__doc__ =", ".__name__ ="].into_iter().any(|it| file.has(it));
    is_decorated || is_changed || calls.any(|(_, it)| makes_flows(&it.func, scope))
}

/// Whether what `decorator` is called by is bound in the bundle.
fn is_of_bundle(decorator: &Expr, scope: Scope<'_>) -> bool {
    let found = root(decorator).and_then(|it| scope.resolve(it));
    matches!(found, Some(Found::Here(..)))
}

/// Whether a call of `callee` may give a flow: a function or a method of a module that has to do with flows.
fn makes_flows(callee: &Expr, scope: Scope<'_>) -> bool {
    let found = root(callee).and_then(|it| scope.resolve(it));
    let Some(Found::Here(home, bound)) = found else { return false };
    let is_made = matches!(bound, Bound::Class(_)) && callee.is_name_expr();
    !is_made && home.file().is_some_and(|it| it.has("flow"))
}

/// The first name of `a.b(1).c`.
fn root(mut expr: &Expr) -> Option<&Expr> {
    loop {
        expr = match expr {
            Expr::Call(it) => &it.func,
            Expr::Attribute(it) => &it.value,
            Expr::Subscript(it) => &it.value,
            Expr::Name(_) => return Some(expr),
            _ => return None,
        }
    }
}

/// Whether `decorator` is called like what makes flows.
fn is_called_flow(decorator: &Decorator) -> bool {
    let name = match &decorator.expression {
        Expr::Call(it) => &it.func,
        other => other,
    };
    match name {
        Expr::Name(it) => it.id.contains("flow"),
        Expr::Attribute(it) => it.attr.contains("flow"),
        _ => false,
    }
}

/// Whether the module `scope` itself binds `name` to what no other name has.
fn is_own(name: &str, scope: Scope<'_>) -> bool {
    let first = name.split('.').next().unwrap_or(name);
    let Some(names) = scope.whole().names() else { return false };
    match names.get(first) {
        Some(Bound::Import(_) | Bound::Value(Expr::Name(_) | Expr::Attribute(_))) => false,
        Some(_) => true,
        None => names.stars().next().is_none(),
    }
}

/// The function of the module `home` that starts at `start`.
fn at(home: Scope<'_>, start: TextSize) -> Option<&StmtFunctionDef> {
    let mut finder = Finder { start, found: None };
    finder.visit_body(&home.file()?.body);
    finder.found
}

struct Finder<'e> {
    start: TextSize,
    found: Option<&'e StmtFunctionDef>,
}

impl<'e> Visitor<'e> for Finder<'e> {
    fn visit_stmt(&mut self, stmt: &'e Stmt) {
        match stmt {
            Stmt::FunctionDef(it) if it.range.start() == self.start => self.found = Some(it),
            it if self.found.is_none() && it.range().contains(self.start) => {
                visitor::walk_stmt(self, it);
            }
            _ => {}
        }
    }
}
