//! Where the settings of a model stand: `model_config`, the keywords of its class, `config=` of its decorator.

use ruff_python_ast::{Expr, Identifier, Stmt};

use super::names::Bound;
use super::record::Record;
use super::scope::{Found, Scope};

/// Whether `target` is `model_config`.
pub(super) fn sets_config(target: &Expr) -> bool {
    target.as_name_expr().is_some_and(|it| it.id == "model_config")
}

/// What `stmt` assigns to `model_config`.
pub(super) fn config_of(stmt: &Stmt) -> Option<&Expr> {
    match stmt {
        Stmt::Assign(it) if it.targets.iter().any(sets_config) => Some(&it.value),
        Stmt::AnnAssign(it) if sets_config(&it.target) => it.value.as_deref(),
        _ => None,
    }
}

/// Takes in `ConfigDict(…)`, `{…}`, or a name for one; `None` when it is none of them.
pub(super) fn settings<'a>(
    value: &'a Expr,
    scope: &Scope<'a>,
    record: &mut Record<'a>,
) -> Option<()> {
    let (value, scope) = match value {
        Expr::Name(_) | Expr::Attribute(_) => match scope.resolve(value)? {
            Found::Here(scope, Bound::Value(value)) => (*value, scope),
            _ => return None,
        },
        _ => (value, *scope),
    };
    match value {
        Expr::Call(it) if it.arguments.args.is_empty() => {
            let given = it.arguments.keywords.iter();
            configure(given.map(|it| (it.arg.as_ref(), &it.value)), &scope, record);
        }
        Expr::Dict(it) => {
            for it in &it.items {
                let name = it.key.as_ref().and_then(Expr::as_string_literal_expr);
                let name = name.map_or("**", |it| it.value.to_str());
                record.config.insert(0, (name, &it.value, scope));
            }
        }
        _ => return None,
    }
    Some(())
}

/// Takes in the keywords of `ConfigDict(…)` or of a class.
pub(super) fn configure<'a>(
    given: impl Iterator<Item = (Option<&'a Identifier>, &'a Expr)>,
    scope: &Scope<'a>,
    record: &mut Record<'a>,
) {
    for (name, value) in given {
        record.config.insert(0, (name.map_or("**", Identifier::as_str), value, *scope));
    }
}
