//! Decorators of the bundle that give a class back as it is: they register it, or look at it.

use ruff_python_ast::visitor::{self, Visitor};
use ruff_python_ast::{Decorator, Expr, Stmt, StmtFunctionDef};

use super::names::Bound;
use super::scope::{Found, Scope};

/// Attributes of a field that a class decorator may set: pydantic has made the schema by then.
const UNSEEN: [&str; 1] = ["json_schema_extra"];

/// Functions that a class may be given to, which leave it as it is.
const LOOKING: [&str; 14] = [
    "dict",
    "enumerate",
    "getattr",
    "hasattr",
    "isinstance",
    "issubclass",
    "iter",
    "len",
    "list",
    "print",
    "repr",
    "sorted",
    "str",
    "type",
];

/// Whether `decorator` surely gives the class back that it is given, which it does not change.
pub(super) fn keeps(decorator: &Decorator, scope: &Scope<'_>) -> bool {
    let call = decorator.expression.as_call_expr();
    let name = call.map_or(&decorator.expression, |it| &it.func);
    let Some(Found::Here(_, Bound::Function(def))) = scope.resolve(name) else { return false };
    if call.is_none() {
        return is_keeping(def);
    }
    // the function that it defines and gives
    let Some(Stmt::Return(last)) = def.body.last() else { return false };
    let name = last.value.as_deref().and_then(Expr::as_name_expr);
    let mut inner = def.body.iter().filter_map(Stmt::as_function_def_stmt);
    let is_given = |it: &&StmtFunctionDef| name.is_some_and(|name| name.id == it.name.id);
    def.decorator_list.is_empty() && inner.find(is_given).is_some_and(is_keeping)
}

/// Whether `def` gives back its first argument, and changes nothing of it.
fn is_keeping(def: &StmtFunctionDef) -> bool {
    let first = def.parameters.iter_non_variadic_params().next();
    let Some(first) = first else { return false };
    let mut body = Body { class: first.name().as_str(), changes: false, gives: false };
    body.visit_body(&def.body);
    def.decorator_list.is_empty() && !def.is_async && body.gives && !body.changes
}

/// What the body of a decorator does with the class.
struct Body<'e> {
    /// What it calls the class.
    class: &'e str,
    changes: bool,
    gives: bool,
}

impl Body<'_> {
    fn is_class(&self, it: &Expr) -> bool {
        it.as_name_expr().is_some_and(|it| it.id == self.class)
    }

    fn set(&mut self, target: &Expr) {
        match target {
            Expr::Name(it) => self.changes |= it.id == self.class,
            Expr::Attribute(it) => self.changes |= !UNSEEN.contains(&it.attr.as_str()),
            Expr::Subscript(it) => self.changes |= is_part_of(&it.value, self.class),
            Expr::Tuple(it) => it.elts.iter().for_each(|it| self.set(it)),
            _ => self.changes = true,
        }
    }
}

/// Whether `expr` is `class.a[b].c`.
fn is_part_of(mut expr: &Expr, class: &str) -> bool {
    loop {
        expr = match expr {
            Expr::Attribute(it) => &it.value,
            Expr::Subscript(it) => &it.value,
            Expr::Call(it) => &it.func,
            Expr::Name(it) => return it.id == class,
            _ => return false,
        }
    }
}

impl<'e> Visitor<'e> for Body<'e> {
    fn visit_stmt(&mut self, stmt: &'e Stmt) {
        match stmt {
            Stmt::Assign(it) => it.targets.iter().for_each(|it| self.set(it)),
            Stmt::AugAssign(it) => self.set(&it.target),
            Stmt::AnnAssign(it) => self.set(&it.target),
            Stmt::For(it) => self.set(&it.target),
            Stmt::Return(it) => {
                let is_class = it.value.as_deref().is_some_and(|it| self.is_class(it));
                (self.gives, self.changes) = (is_class, self.changes || !is_class);
            }
            Stmt::Delete(_) | Stmt::With(_) | Stmt::FunctionDef(_) | Stmt::ClassDef(_) => {
                self.changes = true;
            }
            _ => {}
        }
        visitor::walk_stmt(self, stmt);
    }

    fn visit_expr(&mut self, expr: &'e Expr) {
        if let Expr::Call(it) = expr {
            let is_given = it.arguments.args.iter().any(|it| self.is_class(it));
            self.changes |= match &*it.func {
                // `registry.add(cls)`
                Expr::Attribute(method) if is_part_of(&method.value, self.class) => {
                    !is_reading(method.attr.as_str(), it.arguments.is_empty())
                }
                Expr::Name(name) => is_given && !LOOKING.contains(&name.id.as_str()),
                Expr::Attribute(_) => false,
                _ => is_given,
            };
        }
        visitor::walk_expr(self, expr);
    }
}

/// Whether `cls.model_fields.items()` and the like change nothing; `model_rebuild()` does nothing where all is known.
fn is_reading(method: &str, is_plain: bool) -> bool {
    match method {
        "items" | "keys" | "values" | "model_rebuild" | "lower" | "upper" | "copy" => is_plain,
        "get" | "model_json_schema" => true,
        _ => false,
    }
}
