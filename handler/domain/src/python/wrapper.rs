//! Decorators below `@flow`: what Prefect describes is what they make of the function.
//!
//! One that puts another function in its place without `functools.wraps` hides its parameters and its docstring. Source:
//! `inspect.signature` and `inspect.getsourcefile`, which see what `wraps` sets, and the code that runs.

use ruff_python_ast::visitor::{self, Visitor};
use ruff_python_ast::{Decorator, Expr, ExprCall, Stmt, StmtFunctionDef};

use super::names::Bound;
use super::scope::{Found, Scope};

/// Most decorators in one another.
const MAX_DEPTH: usize = 5;

/// What Prefect describes as a flow.
pub(super) struct Described<'a> {
    /// The function whose name, parameters and docstring it has.
    pub(super) def: &'a StmtFunctionDef,
    /// The module of that.
    pub(super) home: Scope<'a>,
    /// The module of the code that runs first, whose file is hashed for the version.
    pub(super) code: Scope<'a>,
    /// The first decorator of the bundle that may do anything.
    pub(super) unread: Option<&'a Decorator>,
}

/// What a decorator makes of a function.
enum Effect<'a> {
    /// Nothing.
    Same,
    /// A function that says of itself what the other one does.
    Wrapped,
    /// This one.
    Other(&'a StmtFunctionDef),
    Unknown,
}

/// What is described for `def` of the module `home`, `below` being the decorators that have it before `@flow`.
pub(super) fn described<'a>(
    def: &'a StmtFunctionDef,
    home: Scope<'a>,
    below: &'a [Decorator],
) -> Described<'a> {
    let mut out = Described { def, home, code: home, unread: None };
    if home.is_fallback() {
        // Prefect reads the file itself then
        return out;
    }
    for decorator in below.iter().rev() {
        let Some((effect, there)) = effect(&decorator.expression, home) else { continue };
        match effect {
            Effect::Same => {}
            Effect::Wrapped => out.code = there,
            Effect::Other(def) => (out.def, out.home, out.code) = (def, there, there),
            Effect::Unknown => out.unread = out.unread.or(Some(decorator)),
        }
    }
    out
}

/// What `decorator` does, and its module; `None` for one outside the bundle, which is taken to say what it wraps.
fn effect<'a>(decorator: &'a Expr, scope: Scope<'a>) -> Option<(Effect<'a>, Scope<'a>)> {
    let call = decorator.as_call_expr();
    let name = call.map_or(decorator, |it| &it.func);
    let Found::Here(home, bound) = scope.resolve(name)? else { return None };
    let effect = match bound {
        Bound::Function(def) if call.is_some() => made_by(def, &home),
        Bound::Function(def) => of(def, &home, 0),
        Bound::Class(_) => Effect::Unknown,
        _ => return None,
    };
    Some((effect, home))
}

/// What `def` does as a decorator.
fn of<'a>(def: &'a StmtFunctionDef, scope: &Scope<'a>, depth: usize) -> Effect<'a> {
    if keeps(def, scope) {
        return Effect::Same;
    }
    let body = Body::of(def);
    let first = def.parameters.iter_non_variadic_params().next().map(|it| it.name().as_str());
    let (Some(first), false) = (first, depth > MAX_DEPTH || !scope.step()) else {
        return Effect::Unknown;
    };
    if def.is_async || !def.decorator_list.is_empty() {
        return Effect::Unknown;
    }
    let returned = body.returned.iter().filter(|it| !is_again(it, def, scope));
    let effects = returned.map(|it| match it {
        Expr::Name(it) if it.id == first => Effect::Same,
        Expr::Name(it) => body.one(&it.id).map_or(Effect::Unknown, |inner| {
            let is_told = body.told.iter().any(|told| *told == it.id.as_str());
            let is_set = body.set.iter().any(|set| *set == it.id.as_str());
            match is_wrapped(inner, first, scope) {
                _ if is_told => Effect::Wrapped,
                Some(true) => Effect::Wrapped,
                Some(false) if !is_set => Effect::Other(inner),
                _ => Effect::Unknown,
            }
        }),
        Expr::Call(call) if is_update(call, scope) => Effect::Wrapped,
        Expr::Call(call) => match call.func.as_name_expr().and_then(|it| body.one(&it.id)) {
            Some(inner) => of(inner, scope, depth + 1),
            None => Effect::Unknown,
        },
        _ => Effect::Unknown,
    });
    together(effects)
}

/// What the decorator does that `def` gives when it is called.
fn made_by<'a>(def: &'a StmtFunctionDef, scope: &Scope<'a>) -> Effect<'a> {
    if def.is_async || !def.decorator_list.is_empty() {
        return Effect::Unknown;
    }
    let body = Body::of(def);
    if body.returned.iter().any(|it| is_again(it, def, scope)) {
        return of(def, scope, 1);
    }
    let effects = body.returned.iter().map(|it| {
        let name = it.as_call_expr().map_or(*it, |it| &it.func);
        let inner = name.as_name_expr().and_then(|it| body.one(&it.id));
        inner.map_or(Effect::Unknown, |it| of(it, scope, 1))
    });
    together(effects)
}

/// What all of `effects` have in common.
fn together<'a>(effects: impl Iterator<Item = Effect<'a>>) -> Effect<'a> {
    let both = |one, other| match (one, other) {
        (Effect::Same, Effect::Same) => Effect::Same,
        (Effect::Wrapped, Effect::Wrapped) => Effect::Wrapped,
        (Effect::Other(one), Effect::Other(other)) if one.range == other.range => {
            Effect::Other(one)
        }
        _ => Effect::Unknown,
    };
    effects.reduce(both).unwrap_or(Effect::Unknown)
}

/// Whether `def` is made a decorator by a package that keeps what is decorated.
fn keeps(def: &StmtFunctionDef, scope: &Scope<'_>) -> bool {
    let mut names = def.decorator_list.iter().map(|it| scope.dotted(&it.expression));
    names.any(|it| {
        matches!(it.as_deref(), Some("wrapt.decorator" | "decorator.decorator" | "decorator"))
    })
}

/// Whether `inner` says what `first` does, with `@wraps(first)` alone; `None` when that is not known.
fn is_wrapped(inner: &StmtFunctionDef, first: &str, scope: &Scope<'_>) -> Option<bool> {
    let [decorator] = inner.decorator_list.as_slice() else {
        return inner.decorator_list.is_empty().then_some(false);
    };
    let call = decorator.expression.as_call_expr()?;
    let of = call.arguments.find_argument_value("wrapped", 0)?.as_name_expr()?;
    let is_wraps = scope.dotted(&call.func).is_some_and(|it| it == "functools.wraps");
    (is_wraps && of.id == first && call.arguments.len() == 1).then_some(true)
}

/// Whether `call` is `update_wrapper(…)`, or `wraps(…)(…)`.
fn is_update(call: &ExprCall, scope: &Scope<'_>) -> bool {
    let func = call.func.as_call_expr().map_or(&*call.func, |it| &it.func);
    matches!(scope.dotted(func).as_deref(), Some("functools.update_wrapper" | "functools.wraps"))
}

/// Whether `expr` is `partial(def, …)`: the way of a decorator that is called or not.
fn is_again(expr: &Expr, def: &StmtFunctionDef, scope: &Scope<'_>) -> bool {
    let Some(call) = expr.as_call_expr() else { return false };
    let first = call.arguments.args.first().and_then(Expr::as_name_expr);
    first.is_some_and(|it| it.id == def.name.as_str())
        && scope.dotted(&call.func).is_some_and(|it| it == "functools.partial")
}

/// What the body of a function does with the functions in it.
#[derive(Default)]
struct Body<'a> {
    returned: Vec<&'a Expr>,
    defs: Vec<&'a StmtFunctionDef>,
    /// The names that `update_wrapper` is called with.
    told: Vec<&'a str>,
    /// The names whose attributes are set.
    set: Vec<&'a str>,
}

impl<'a> Body<'a> {
    fn of(def: &'a StmtFunctionDef) -> Self {
        let mut out = Self::default();
        out.visit_body(&def.body);
        out
    }

    /// The only function called `name`.
    fn one(&self, name: &str) -> Option<&'a StmtFunctionDef> {
        let mut found = self.defs.iter().filter(|it| it.name.as_str() == name);
        found.next().copied().filter(|_| found.next().is_none())
    }
}

impl<'a> Visitor<'a> for Body<'a> {
    fn visit_stmt(&mut self, stmt: &'a Stmt) {
        match stmt {
            Stmt::FunctionDef(it) => self.defs.push(it),
            Stmt::ClassDef(_) => {}
            Stmt::Return(it) => self.returned.extend(it.value.as_deref()),
            Stmt::Assign(it) => {
                let owners = it.targets.iter().filter_map(|it| it.as_attribute_expr());
                let names = owners.filter_map(|it| it.value.as_name_expr());
                self.set.extend(names.map(|it| it.id.as_str()));
            }
            Stmt::Expr(it) => {
                let call = it.value.as_call_expr();
                let func = call.map(|it| &*it.func);
                let is_update = func.is_some_and(|it| match it {
                    Expr::Name(it) => it.id == "update_wrapper",
                    Expr::Attribute(it) => it.attr.as_str() == "update_wrapper",
                    _ => false,
                });
                let first = call.filter(|_| is_update).and_then(|it| it.arguments.args.first());
                self.told.extend(first.and_then(Expr::as_name_expr).map(|it| it.id.as_str()));
            }
            other => visitor::walk_stmt(self, other),
        }
    }
}
