//! What pydantic calls a type in the title of a generic model. Source: its `display_as_type`.

use ruff_python_ast::{Expr, ExprBinOp, Operator};

use super::functional;
use super::names::Bound;
use super::parametric::{self, Bindings};
use super::scope::{Found, Scope};

/// Deepest nesting.
const MAX_DEPTH: usize = 20;

/// The name of the type `expr`; `None` when it is none that is known here.
pub(super) fn shown<'a>(
    expr: &Expr,
    scope: &Scope<'a>,
    bindings: &Bindings<'a>,
    depth: usize,
) -> Option<String> {
    if depth > MAX_DEPTH || !scope.step() {
        return None;
    }
    let inner = |it: &Expr| shown(it, scope, bindings, depth + 1);
    match expr {
        Expr::NoneLiteral(_) => Some("NoneType".to_owned()),
        Expr::Name(_) | Expr::Attribute(_) => match scope.resolve(expr)? {
            Found::Outside(name) => name.rsplit('.').next().map(str::to_owned),
            Found::Here(home, bound) => named(bound, &home, bindings, depth),
        },
        Expr::BinOp(it) if it.op == Operator::BitOr => either(it, &inner),
        Expr::Subscript(it) => {
            let name = inner(&it.value)?;
            let arguments = parametric::arguments(&it.slice).into_iter();
            let literal = name == "Literal";
            let shown: Option<Vec<String>> =
                arguments.map(|it| if literal { value(it) } else { inner(it) }).collect();
            let shown = shown?.join(", ");
            match name.as_str() {
                "Annotated" => None,
                "Optional" => Some(format!("Union[{shown}, NoneType]")),
                _ => Some(format!("{name}[{shown}]")),
            }
        }
        _ => None,
    }
}

fn named<'a>(
    bound: &'a Bound<'a>,
    home: &Scope<'a>,
    bindings: &Bindings<'a>,
    depth: usize,
) -> Option<String> {
    match bound {
        Bound::Class(class) => Some(class.name.to_string()),
        Bound::Value(Expr::Call(call)) if parametric::is_variable(call, home) => {
            let it = parametric::bound(bindings, parametric::place(call, home))?;
            shown(&it.argument, &it.scope, &it.outer, depth + 1)
        }
        Bound::Variable(it) => {
            let it = parametric::bound(bindings, (home.module(), it.range.start()))?;
            shown(&it.argument, &it.scope, &it.outer, depth + 1)
        }
        Bound::Value(Expr::Call(call)) => Some(functional::of(call, home)?.title.to_owned()),
        Bound::Value(alias) => shown(alias, home, bindings, depth + 1),
        Bound::Alias(it) => Some(it.name.as_name_expr()?.id.to_string()),
        Bound::Import(_) | Bound::Function(_) | Bound::Unknown => None,
    }
}

fn either(it: &ExprBinOp, inner: &dyn Fn(&Expr) -> Option<String>) -> Option<String> {
    Some(format!("Union[{}, {}]", inner(&it.left)?, inner(&it.right)?))
}

/// A value of `Literal` as Python writes it.
fn value(it: &Expr) -> Option<String> {
    let text = it.as_string_literal_expr()?.value.to_str();
    (!text.contains(['\'', '\\'])).then(|| format!("'{text}'"))
}

/// `text` with `_` for all that cannot be in the name of a definition.
pub(super) fn identifier(text: &str) -> String {
    let fits = |it: char| it.is_ascii_alphanumeric() || matches!(it, '.' | '-' | '_');
    text.chars().map(|it| if fits(it) { it } else { '_' }).collect()
}
