//! What an entrypoint can name: a function with `@flow`, `h = flow(f)`, `from b import g`.

use std::collections::BTreeMap;

use ruff_python_ast::{Arguments, Decorator, Expr, ExprCall, Stmt, StmtFunctionDef};
use ruff_text_size::TextSize;

use super::blocks::blocks;
use super::maker::{is_flow, maker};
use super::names::Bound;
use super::scope::{Found, Scope};

/// Longest qualified name, in bytes: each method of a class repeats that of the class.
pub(super) const MAX_NAME: usize = 1000;

/// Most names of names: `a = b`, `b = c`.
const MAX_NAMES: usize = 20;

/// A function that an entrypoint can name.
#[derive(Debug, Clone)]
pub(super) struct Function<'a> {
    /// As the entrypoint names it: `main`, `Jobs.nightly`.
    pub(super) qualified: String,
    /// What runs.
    pub(super) def: &'a StmtFunctionDef,
    /// The module that defines it.
    pub(super) home: Scope<'a>,
    /// The arguments of its `@flow`, those that count most first; `None` when it is no flow.
    pub(super) settings: Option<Vec<Settings<'a>>>,
    /// Whether it is inside a function, whose names are not known.
    pub(super) is_inner: bool,
    /// Where its code is, if only running the file tells that it is a flow.
    pub(super) run: Option<Scope<'a>>,
    /// The decorator that may make it one, where nothing tells whether it does.
    pub(super) doubt: Option<&'a Decorator>,
}

/// The arguments that make a flow, and where they are read.
#[derive(Debug, Clone, Copy)]
pub(super) struct Settings<'a> {
    pub(super) arguments: &'a Arguments,
    pub(super) scope: Scope<'a>,
    /// What is called in it that is spread into it, and stands for arguments that others say.
    pub(super) rest: Option<&'a str>,
}

impl<'a> Settings<'a> {
    /// Those of `arguments` alone.
    pub(super) fn of(arguments: &'a Arguments, scope: Scope<'a>) -> Self {
        Self { arguments, scope, rest: None }
    }

    /// What is spread into them: `**options`.
    pub(super) fn spread(&self) -> Option<&'a Expr> {
        let is_rest =
            |it: &Expr| it.as_name_expr().is_some_and(|it| Some(it.id.as_str()) == self.rest);
        let mut spread = self.arguments.keywords.iter().filter(|it| it.arg.is_none());
        spread.find(|it| !is_rest(&it.value)).map(|it| &it.value)
    }
}

impl<'a> Function<'a> {
    /// `def` of the module `home`.
    pub(super) fn defined(qualified: String, def: &'a StmtFunctionDef, home: Scope<'a>) -> Self {
        let settings = def.decorator_list.iter().find_map(|it| decorated(it, home));
        Self { qualified, def, home, settings, is_inner: false, run: None, doubt: None }
    }
}

/// The decorators of `def` that have it before its `@flow`, the last of them first; all, when it has none.
pub(super) fn below<'a>(def: &'a StmtFunctionDef, home: Scope<'a>) -> &'a [Decorator] {
    let at = def.decorator_list.iter().position(|it| decorated(it, home).is_some());
    def.decorator_list.get(at.map_or(0, |it| it + 1)..).unwrap_or_default()
}

/// The functions that the module `scope` defines or makes flows of, in source order.
pub(super) fn all<'a>(body: &'a [Stmt], scope: Scope<'a>) -> Vec<Function<'a>> {
    let mut found = Vec::new();
    collect(body, "", scope, &mut found);
    found.extend(scope.called().filter_map(|(name, call)| {
        let function = called(call, scope, 0)?;
        Some((call.arguments.range.start(), Function { qualified: name.to_owned(), ..function }))
    }));
    // a later definition replaces an earlier one of its name
    let last: BTreeMap<String, _> =
        found.into_iter().map(|it| (it.1.qualified.clone(), it)).collect();
    let mut out: Vec<_> = last.into_values().collect();
    out.sort_by_key(|(at, _)| *at);
    out.into_iter().map(|(_, it)| it).collect()
}

/// The functions inside functions: no entrypoint can name them, but Prefect finds the first of a name without running the
/// file.
pub(super) fn inner<'a>(body: &'a [Stmt], scope: Scope<'a>) -> Vec<Function<'a>> {
    let mut found = Vec::new();
    for stmt in body {
        nested(stmt, scope, &mut found);
    }
    found
}

fn nested<'a>(stmt: &'a Stmt, scope: Scope<'a>, out: &mut Vec<Function<'a>>) {
    match stmt {
        Stmt::FunctionDef(def) => {
            for stmt in &def.body {
                if let Stmt::FunctionDef(def) = stmt {
                    let it = Function::defined(def.name.to_string(), def, scope);
                    out.push(Function { is_inner: true, ..it });
                }
                nested(stmt, scope, out);
            }
        }
        Stmt::ClassDef(class) => class.body.iter().for_each(|it| nested(it, scope, out)),
        _ => {
            let blocks = blocks(stmt, &|name| scope.constant(name));
            blocks.iter().flat_map(|it| it.body).for_each(|it| nested(it, scope, out));
        }
    }
}

/// The function that `name` is elsewhere: imported, or another name of one.
pub(super) fn elsewhere<'a>(name: &str, scope: Scope<'a>) -> Option<Function<'a>> {
    let found = named(scope.whole().find(name)?, 0)?;
    Some(Function { qualified: name.to_owned(), ..found })
}

/// Functions at the top level and in its blocks, and methods of classes; those inside functions cannot be named.
fn collect<'a>(
    body: &'a [Stmt],
    prefix: &str,
    scope: Scope<'a>,
    out: &mut Vec<(TextSize, Function<'a>)>,
) {
    for stmt in body {
        match stmt {
            Stmt::FunctionDef(def) => {
                let qualified = format!("{prefix}{}", def.name.as_str());
                out.push((def.range.start(), Function::defined(qualified, def, scope)));
            }
            Stmt::ClassDef(class) if prefix.len() + class.name.len() < MAX_NAME => {
                collect(&class.body, &format!("{prefix}{}.", class.name.as_str()), scope, out);
            }
            _ => {}
        }
        for block in blocks(stmt, &|name| scope.constant(name)) {
            collect(block.body, prefix, scope, out);
        }
    }
}

fn decorated<'a>(decorator: &'a Decorator, scope: Scope<'a>) -> Option<Vec<Settings<'a>>> {
    match &decorator.expression {
        Expr::Call(it) => {
            let before = maker(&it.func, scope, 0)?;
            Some([vec![Settings::of(&it.arguments, scope.whole())], before].concat())
        }
        name if is_flow_class(name, scope) => Some(Vec::new()),
        name => maker(name, scope, 0),
    }
}

fn is_flow_class(name: &Expr, scope: Scope<'_>) -> bool {
    matches!(scope.whole().dotted(name).as_deref(), Some("prefect.Flow" | "prefect.flows.Flow"))
}

fn named(found: Found<'_>, depth: usize) -> Option<Function<'_>> {
    let Found::Here(scope, bound) = found else { return None };
    match bound {
        _ if depth > MAX_NAMES || !scope.step() => None,
        Bound::Function(def) => Some(Function::defined(def.name.as_str().to_owned(), def, scope)),
        Bound::Value(Expr::Call(call)) => called(call, scope, depth),
        Bound::Value(name) => named(scope.resolve(name)?, depth + 1),
        Bound::Import(_)
        | Bound::Class(_)
        | Bound::Alias(_)
        | Bound::Variable(_)
        | Bound::Unknown => None,
    }
}

/// `flow(f)`, `Flow(fn=f)`, `flow(name="x")(f)`, `g.with_options(name="x")`.
fn called<'a>(call: &'a ExprCall, scope: Scope<'a>, depth: usize) -> Option<Function<'a>> {
    let first = call.arguments.args.first();
    let (of, settings) = match &*call.func {
        name if is_flow_class(name, scope) => {
            (call.arguments.find_argument_value("fn", 0)?, &call.arguments)
        }
        name if is_flow(name, scope) => (first?, &call.arguments),
        Expr::Call(outer) if is_flow(&outer.func, scope) => (first?, &outer.arguments),
        Expr::Attribute(it) if it.attr.as_str() == "with_options" => {
            let flow = function(&it.value, scope, depth)?;
            let before = flow.settings.clone()?;
            let settings = [vec![Settings::of(&call.arguments, scope)], before].concat();
            return Some(Function { settings: Some(settings), ..flow });
        }
        _ => return None,
    };
    let plain = function(of, scope, depth)?;
    Some(Function { settings: Some(vec![Settings::of(settings, scope.whole())]), ..plain })
}

/// The function that `name` is; in `f = flow(f)` the one that had the name before.
fn function<'a>(name: &'a Expr, scope: Scope<'a>, depth: usize) -> Option<Function<'a>> {
    match scope.resolve(name)? {
        Found::Here(home, Bound::Value(value)) if makes_itself(value, name) => {
            let def = home.last_function(name.as_name_expr()?.id.as_str())?;
            Some(Function::defined(def.name.as_str().to_owned(), def, home))
        }
        found => named(found, depth + 1),
    }
}

/// Whether `value` is `flow(name)`, `name.with_options()`.
fn makes_itself(value: &Expr, name: &Expr) -> bool {
    let Some(call) = value.as_call_expr() else { return false };
    let owner = call.func.as_attribute_expr().map(|it| &*it.value);
    let same =
        |it: &Expr| it.as_name_expr().map(|it| &it.id) == name.as_name_expr().map(|it| &it.id);
    call.arguments.args.first().or(owner).is_some_and(same)
}
