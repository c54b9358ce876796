//! Default values: literals, constants of the module, enum members, simple calls.

use ruff_python_ast::{Expr, ExprCall, Number, UnaryOp};
use serde_json::Value;

use super::attribute;
use super::call;
use super::collection;
use super::instance;
use super::moment;
use super::names::Bound;
use super::operator;
use super::scope::{Found, Scope};
use super::subscript;
use super::usual;

/// Deepest nesting of a value.
const MAX_DEPTH: usize = 40;

/// What an expression gives.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Evaluated {
    /// A value that is its own JSON.
    Json(Value),
    /// The JSON, as pydantic writes it, of what is something else in Python: a datetime, an enum member.
    Shown(Value),
    /// The same of what is shown as `str(…)` gives it: a path, a date.
    Text(String),
    /// A `timedelta`, in microseconds.
    Span(i128),
    /// A `timezone`: seconds east of UTC.
    Zone(i64),
    /// A `ZoneInfo`: its name.
    Region(String),
    /// A complex number.
    Complex(f64, f64),
    /// A value that has no JSON: the `default` key is left out.
    Opaque,
    /// A name or call that the bundle does not explain: Prefect's fallback gives null.
    Unknown,
}

impl Evaluated {
    /// The JSON, if it has one.
    pub(super) fn into_json(self) -> Option<Value> {
        match self {
            Self::Json(value) | Self::Shown(value) => Some(value),
            Self::Text(text) => Some(text.into()),
            Self::Span(microseconds) => Some(moment::iso(microseconds).into()),
            Self::Region(name) => Some(name.into()),
            Self::Complex(0.0, imaginary) => Some(format!("{imaginary}j").into()),
            Self::Complex(real, imaginary) => Some(format!("{real}{imaginary:+}j").into()),
            Self::Zone(_) | Self::Opaque | Self::Unknown => None,
        }
    }

    /// The value of a member of an enumeration, as it is shown.
    pub(super) fn shown(self) -> Self {
        self.into_json().map_or(Self::Unknown, Self::Shown)
    }
}

/// The value of `expr` in the module `scope`.
pub(super) fn evaluate(expr: &Expr, scope: &Scope<'_>) -> Evaluated {
    value(expr, scope, 0)
}

/// The value of `expr`, `depth` levels inside another one.
pub(super) fn value(expr: &Expr, scope: &Scope<'_>, depth: usize) -> Evaluated {
    if depth > MAX_DEPTH || !scope.step() {
        return Evaluated::Unknown;
    }
    match read(expr, scope, depth) {
        Evaluated::Unknown if is_run(expr, scope) => scope.run(expr),
        found => found,
    }
}

/// Whether running `expr` may tell more.
fn is_run(expr: &Expr, scope: &Scope<'_>) -> bool {
    match expr {
        // `__doc__`, `__name__`
        Expr::Name(it) if it.id.starts_with("__") => true,
        Expr::Name(_) => match scope.resolve(expr) {
            Some(Found::Here(_, bound)) => matches!(bound, Bound::Unknown),
            // of a module that is found because the file changes where Python looks
            Some(Found::Outside(dotted)) => !dotted.starts_with("builtins."),
            None => false,
        },
        Expr::Lambda(_) | Expr::Starred(_) | Expr::Await(_) => false,
        // what a model makes of its arguments is pydantic's affair
        Expr::Call(call) => match scope.class(&call.func) {
            Some((home, class)) => is_spread(call) || instance::is_altered(class, &home, call),
            None => true,
        },
        it => !it.is_literal_expr(),
    }
}

/// `Model(**options)`: which arguments there are, only their values tell.
fn is_spread(call: &ExprCall) -> bool {
    let (args, keywords) = (&call.arguments.args, &call.arguments.keywords);
    args.iter().any(Expr::is_starred_expr) || keywords.iter().any(|it| it.arg.is_none())
}

fn read(expr: &Expr, scope: &Scope<'_>, depth: usize) -> Evaluated {
    let inner = |it: &Expr| value(it, scope, depth + 1);
    let held = |it: &Expr| inner(it).held_in(scope);
    match expr {
        Expr::NoneLiteral(_) => Evaluated::Json(Value::Null),
        Expr::BooleanLiteral(it) => Evaluated::Json(it.value.into()),
        Expr::StringLiteral(it) => text(it.value.to_str(), scope, Evaluated::Json),
        Expr::BytesLiteral(it) => {
            let bytes: Vec<u8> = it.value.bytes().collect();
            let shown = |it: String| text(&it, scope, Evaluated::Shown);
            String::from_utf8(bytes).map_or(Evaluated::Opaque, shown)
        }
        Expr::NumberLiteral(it) => number(&it.value),
        Expr::UnaryOp(it) => unary(it.op, inner(&it.operand)),
        Expr::List(it) => collection::list(it.elts.iter().map(held)),
        Expr::Tuple(it) => collection::list(it.elts.iter().map(held)),
        Expr::Set(it) => collection::set(it.elts.iter().map(held)),
        Expr::Dict(it) => {
            let pairs = it.items.iter().map(|it| (it.key.as_ref().map(held), held(&it.value)));
            collection::dict(pairs)
        }
        Expr::Name(it) if it.id == "__name__" && scope.is_script_of_2() => {
            Evaluated::Json("__prefect_loader__".into())
        }
        Expr::Name(_) => match scope.resolve(expr) {
            Some(Found::Here(home, bound)) => named(bound, &home, (expr, scope), depth),
            Some(Found::Outside(name)) if usual::is_class(&name) => Evaluated::Opaque,
            Some(Found::Outside(name)) => attribute::builtin(&name),
            None => Evaluated::Unknown,
        },
        Expr::Attribute(it) => match scope.resolve(expr) {
            Some(Found::Here(home, bound)) => named(bound, &home, (expr, scope), depth),
            Some(Found::Outside(name)) if usual::is_class(&name) => Evaluated::Opaque,
            _ => attribute::read(it, scope, depth),
        },
        Expr::Call(it) => call::call(it, scope, depth),
        Expr::BinOp(it) => operator::binary(it, scope, depth),
        Expr::BoolOp(it) => operator::either(it, scope, depth),
        Expr::FString(it) => operator::formatted(it, scope, depth),
        Expr::If(it) => match call::truth(&inner(&it.test)) {
            Some(true) => inner(&it.body),
            Some(false) => inner(&it.orelse),
            None => Evaluated::Unknown,
        },
        Expr::Subscript(it) => subscript::item(it, scope, depth),
        _ => Evaluated::Unknown,
    }
}

/// A copy of `it`, which may be long.
fn text(it: &str, scope: &Scope<'_>, made: fn(Value) -> Evaluated) -> Evaluated {
    if scope.budget().spend_text(it) { made(it.into()) } else { Evaluated::Unknown }
}

/// The value of `name`, which is read in `around` and bound in `scope`.
fn named(
    bound: &Bound<'_>,
    scope: &Scope<'_>,
    (name, around): (&Expr, &Scope<'_>),
    depth: usize,
) -> Evaluated {
    match bound {
        Bound::Value(bound) if scope.is_unsure(bound) => match around.run(name) {
            // what is bound last, if anything is
            Evaluated::Unknown => value(bound, scope, depth + 1),
            found => found,
        },
        Bound::Value(bound) => value(bound, scope, depth + 1),
        Bound::Class(_) | Bound::Function(_) | Bound::Alias(_) | Bound::Variable(_) => {
            Evaluated::Opaque
        }
        Bound::Import(_) | Bound::Unknown => Evaluated::Unknown,
    }
}

fn number(number: &Number) -> Evaluated {
    match number {
        Number::Int(it) => it.as_i64().map_or(Evaluated::Unknown, |it| Evaluated::Json(it.into())),
        Number::Float(it) => Evaluated::Json((*it).into()),
        Number::Complex { real, imag } => Evaluated::Complex(*real, *imag),
    }
}

fn unary(op: UnaryOp, operand: Evaluated) -> Evaluated {
    match (op, operand) {
        (UnaryOp::USub, Evaluated::Span(it)) => Evaluated::Span(-it),
        (UnaryOp::USub, Evaluated::Complex(real, imag)) => Evaluated::Complex(-real, -imag),
        (UnaryOp::USub, Evaluated::Json(it)) => match (it.as_i64(), it.as_f64()) {
            (Some(whole), _) => {
                whole.checked_neg().map_or(Evaluated::Unknown, |it| Evaluated::Json(it.into()))
            }
            (None, Some(real)) => Evaluated::Json((-real).into()),
            (None, None) => Evaluated::Unknown,
        },
        (UnaryOp::UAdd, it @ (Evaluated::Json(Value::Number(_)) | Evaluated::Span(_))) => it,
        (UnaryOp::Not, it) => match call::truth(&it) {
            Some(it) => Evaluated::Json((!it).into()),
            None => Evaluated::Unknown,
        },
        _ => Evaluated::Unknown,
    }
}
