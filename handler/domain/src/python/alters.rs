//! Methods of a class that may change its instances: of those that have one, no value is known.
//!
//! Source: pydantic runs validators of fields on what is given only, those of models always.

use ruff_python_ast::visitor::{self, Visitor};
use ruff_python_ast::{Expr, Stmt, StmtFunctionDef};

/// Methods of containers and objects that change them.
const CHANGING: [&str; 12] = [
    "__setattr__",
    "add",
    "append",
    "clear",
    "discard",
    "extend",
    "insert",
    "pop",
    "popitem",
    "remove",
    "setdefault",
    "update",
];

/// Whether `method` may change an instance of its class, of whose fields those are given that `is_given` tells.
pub(super) fn alters(method: &StmtFunctionDef, is_given: &dyn Fn(&str) -> bool) -> bool {
    let mut decorators = method.decorator_list.iter().map(|it| {
        let call = it.expression.as_call_expr();
        (last_name(call.map_or(&it.expression, |it| &it.func)), call)
    });
    match method.name.as_str() {
        "__init__" => !passes_on(method),
        "__new__" => true,
        "model_post_init" | "__post_init__" => changes(method),
        _ => decorators.any(|(name, call)| match name {
            "computed_field" | "field_serializer" | "model_serializer" | "serializer" => true,
            "model_validator" | "root_validator" => changes(method) || gives_other(method),
            "field_validator" | "validator" => {
                let mut fields = call.iter().flat_map(|it| &it.arguments.args);
                let is_run = fields.any(|it| match it.as_string_literal_expr() {
                    Some(it) => is_given(it.value.to_str()),
                    None => true,
                });
                is_run && (changes(method) || gives_other(method))
            }
            _ => false,
        }),
    }
}

fn last_name(expr: &Expr) -> &str {
    match expr {
        Expr::Name(it) => it.id.as_str(),
        Expr::Attribute(it) => it.attr.as_str(),
        _ => "",
    }
}

/// Whether an `__init__` only calls that of the class above with what it gets.
fn passes_on(method: &StmtFunctionDef) -> bool {
    let own: Vec<&str> = method.parameters.iter().map(|it| it.name().as_str()).collect();
    let is_text = |it: &Stmt| it.as_expr_stmt().is_some_and(|it| it.value.is_string_literal_expr());
    method.body.iter().all(|it| is_text(it) || is_same_call(it, &own))
        && method.parameters.kwarg.is_some()
        && own.len() <= 3
}

/// Whether `stmt` is `super().__init__(**own)`.
fn is_same_call(stmt: &Stmt, own: &[&str]) -> bool {
    let Some(call) = stmt.as_expr_stmt().and_then(|it| it.value.as_call_expr()) else {
        return false;
    };
    let is_own = |it: &Expr| it.as_name_expr().is_some_and(|it| own.contains(&it.id.as_str()));
    let is_passed =
        |it: &Expr| it.as_starred_expr().map_or_else(|| is_own(it), |it| is_own(&it.value));
    last_name(&call.func) == "__init__"
        && call.arguments.args.iter().all(is_passed)
        && call.arguments.keywords.iter().all(|it| it.arg.is_none() && is_own(&it.value))
}

/// Whether `method` sets anything.
fn changes(method: &StmtFunctionDef) -> bool {
    let mut changes = Changes::default();
    changes.visit_body(&method.body);
    changes.found
}

/// Whether `method` gives back something else than one of its arguments, as it came.
fn gives_other(method: &StmtFunctionDef) -> bool {
    let mut changes = Changes {
        own: method.parameters.iter().map(|it| it.name().as_str()).collect(),
        ..Changes::default()
    };
    changes.visit_body(&method.body);
    changes.gives_other
}

#[derive(Default)]
struct Changes<'e> {
    own: Vec<&'e str>,
    found: bool,
    gives_other: bool,
}

impl Changes<'_> {
    fn set(&mut self, target: &Expr) {
        match target {
            Expr::Name(it) => self.gives_other |= self.own.contains(&it.id.as_str()),
            Expr::Tuple(it) => it.elts.iter().for_each(|it| self.set(it)),
            _ => self.found = true,
        }
    }
}

impl<'e> Visitor<'e> for Changes<'e> {
    fn visit_stmt(&mut self, stmt: &'e Stmt) {
        match stmt {
            Stmt::Assign(it) => it.targets.iter().for_each(|it| self.set(it)),
            Stmt::AugAssign(it) => self.set(&it.target),
            Stmt::AnnAssign(it) => self.set(&it.target),
            Stmt::Delete(_) => self.found = true,
            Stmt::Return(it) => {
                let name = it.value.as_deref().and_then(Expr::as_name_expr);
                self.gives_other |= name.is_none_or(|it| !self.own.contains(&it.id.as_str()));
            }
            _ => {}
        }
        visitor::walk_stmt(self, stmt);
    }

    fn visit_expr(&mut self, expr: &'e Expr) {
        if let Expr::Call(it) = expr {
            let name = last_name(&it.func);
            self.found |= name == "setattr" || CHANGING.contains(&name);
        }
        visitor::walk_expr(self, expr);
    }
}
