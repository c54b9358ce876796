//! Texts in annotations: what Prefect evaluates, and where.

use ruff_python_ast::visitor::{self, Visitor};
use ruff_python_ast::{Expr, StmtFunctionDef};
use ruff_text_size::TextSize;

use super::annotation::NoSchema;
use super::parameters;
use super::parametric;
use super::parse;
use super::scalar;
use super::scope::{Found, Scope};
use crate::dialect::Dialect;

/// What a text in the annotation of a parameter means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Texts {
    /// An expression of the flow's module.
    Evaluated,
    /// An expression of pydantic's, which knows the names of Python itself only.
    Raw,
    /// The same, and each annotation is a text.
    All,
}

/// What texts mean in the annotations of `function`, which is defined in `scope`.
///
/// Source: `inspect.signature(fn, eval_str=True)`, which gives up on all of them when a name of one is not bound; then
/// Prefect takes them as they are. When the file cannot be imported, it evaluates each by itself.
pub(super) fn texts(function: &StmtFunctionDef, scope: &Scope<'_>) -> Texts {
    let all = parameters::in_order(&function.parameters).filter_map(|(it, _)| it.annotation());
    let all = all.chain(function.returns.as_deref());
    if is_future(scope) {
        let lost = all.into_iter().any(|it| has_unbound(it, scope));
        // one that is written as a text is a text in a text, of which Prefect reads the outer one
        return if lost { Texts::All } else { Texts::Raw };
    }
    let texts = all.filter_map(Expr::as_string_literal_expr);
    let parsed = texts.filter_map(|it| parse::expression(it.value.to_str()));
    let lost = parsed.into_iter().any(|it| has_unbound(&it, scope));
    if lost { Texts::Raw } else { Texts::Evaluated }
}

/// Whether `expr` has a name that is not bound where it runs.
fn has_unbound(expr: &Expr, scope: &Scope<'_>) -> bool {
    names(expr).into_iter().any(|it| !is_builtin(it) && scope.is_unbound(it))
}

/// # Errors
/// When `expr` has a name that is none of Python itself: the first one.
pub(super) fn builtin(expr: &Expr) -> Result<(), NoSchema> {
    builtin_or(expr, &["typing"])
}

/// The same where the names `others` are bound, too.
pub(super) fn builtin_or(expr: &Expr, others: &[&str]) -> Result<(), NoSchema> {
    match names(expr).into_iter().find(|it| !is_builtin(it) && !others.contains(it)) {
        Some(name) => Err(NoSchema::Unresolved(name.to_owned())),
        None => Ok(()),
    }
}

/// Whether the type of a field of the module that 2.20 loads the flow from is known when pydantic looks.
///
/// That module is taken out of `sys.modules` again, so texts are read among the names that were bound when the class was
/// made, `when` the outermost class was; classes that are none of pydantic's have no such names.
///
/// # Errors
/// The first name that is not known.
pub(super) fn made(
    annotation: &Expr,
    scope: &Scope<'_>,
    (is_deferred, when): (bool, TextSize),
) -> Result<(), NoSchema> {
    if scope.is_fallback() {
        // what Prefect does not run is in no module that pydantic could look in
        let names = inner_texts(annotation);
        let other = names.into_iter().find(|it| !is_builtin(it));
        return other.map_or(Ok(()), |it| Err(NoSchema::Unresolved(it)));
    }
    let is_text = annotation.is_string_literal_expr() || is_future(scope);
    if scope.module() != 0 || (is_deferred && !is_text) {
        return Ok(());
    }
    let text = annotation.as_string_literal_expr();
    let parsed = text.and_then(|it| parse::expression(it.value.to_str()));
    let names = texts_in(parsed.as_ref().unwrap_or(annotation));
    let later = |it: &&String| !is_builtin(it) && (is_deferred || scope.is_bound_after(it, when));
    names.iter().find(later).map_or(Ok(()), |it| Err(NoSchema::Unresolved(it.clone())))
}

/// Whether the type of a field is known when pydantic 1 makes its model, at `when`: names in texts have to be bound by
/// then.
///
/// # Errors
/// The first name that is not.
pub(super) fn bound(annotation: &Expr, scope: &Scope<'_>, when: TextSize) -> Result<(), NoSchema> {
    let text = annotation.as_string_literal_expr();
    let names = if text.is_some() || is_future(scope) {
        let parsed = text.and_then(|it| parse::expression(it.value.to_str()));
        texts_in(parsed.as_ref().unwrap_or(annotation))
    } else {
        inner_texts(annotation)
    };
    let is_later =
        |it: &str| scope.is_fallback() || scope.is_unbound(it) || scope.is_bound_after(it, when);
    let later = names.into_iter().find(|it| !is_builtin(it) && is_later(it));
    later.map_or(Ok(()), |it| Err(NoSchema::Unresolved(it)))
}

/// The names in the texts of `expr`.
fn inner_texts(expr: &Expr) -> Vec<String> {
    let mut used = Used::default();
    used.visit_expr(expr);
    let parsed = used.texts.into_iter().filter_map(parse::expression);
    parsed.flat_map(|it| owned(names(&it))).collect()
}

/// The names that `expr` uses, those in texts inside it too.
fn texts_in(expr: &Expr) -> Vec<String> {
    let mut used = Used::default();
    used.visit_expr(expr);
    let inner = used.texts.into_iter().filter_map(parse::expression);
    let inner: Vec<String> = inner.flat_map(|it| owned(names(&it))).collect();
    owned(used.names).into_iter().chain(inner).collect()
}

fn owned(names: Vec<&str>) -> Vec<String> {
    names.into_iter().map(str::to_owned).collect()
}

/// Whether every annotation of the module is a text; Prefect compiles what it does not run without that.
pub(super) fn is_future(scope: &Scope<'_>) -> bool {
    !scope.is_fallback()
        && matches!(
            scope.find("annotations"),
            Some(Found::Outside(it)) if it == "__future__.annotations"
        )
}

fn is_builtin(name: &str) -> bool {
    scalar::schema(&format!("builtins.{name}"), Dialect::cloud()).is_some()
}

/// The names that `expr` uses.
fn names(expr: &Expr) -> Vec<&str> {
    let mut used = Used::default();
    used.visit_expr(expr);
    used.names
}

#[derive(Default)]
struct Used<'e> {
    names: Vec<&'e str>,
    texts: Vec<&'e str>,
}

impl<'e> Visitor<'e> for Used<'e> {
    fn visit_expr(&mut self, expr: &'e Expr) {
        match expr {
            Expr::Name(it) => self.names.push(it.id.as_str()),
            Expr::StringLiteral(it) => self.texts.push(it.value.to_str()),
            // values, and what is said beside a type, are no types
            Expr::Subscript(it) if is_called(&it.value, "Literal") => self.visit_expr(&it.value),
            Expr::Subscript(it) if is_called(&it.value, "Annotated") => {
                self.visit_expr(&it.value);
                parametric::arguments(&it.slice)
                    .into_iter()
                    .take(1)
                    .for_each(|it| self.visit_expr(it));
            }
            other => visitor::walk_expr(self, other),
        }
    }
}

fn is_called(expr: &Expr, name: &str) -> bool {
    match expr {
        Expr::Name(it) => it.id == name,
        Expr::Attribute(it) => it.attr.as_str() == name,
        _ => false,
    }
}
