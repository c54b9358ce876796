//! What the body of a class says of its fields.

use ruff_python_ast::{Expr, Stmt, StmtAnnAssign, StmtClassDef, StmtFunctionDef};

use super::config_class;
use super::names::Bound;
use super::parametric::Bindings;
use super::record::{Field, MAX_FIELDS, Record, Shape, field, put};
use super::scope::{Found, Scope};
use super::settings::{config_of, configure, sets_config, settings};

/// Adds what the body of `class` says.
///
/// # Errors
/// What of it cannot be read without running it.
pub(super) fn read<'a>(
    class: &'a StmtClassDef,
    scope: &Scope<'a>,
    bindings: &Bindings<'a>,
    record: &mut Record<'a>,
) -> Result<(), String> {
    let scope = &scope.within(class);
    let is_model = matches!(record.shape, Shape::Model | Shape::Root);
    let keywords = class.arguments.iter().flat_map(|it| &it.keywords);
    if is_model {
        configure(keywords.map(|it| (it.arg.as_ref(), &it.value)), scope, record);
    }
    let texts = class.body.iter().skip(1).map(text).chain([None]);
    for (stmt, below) in class.body.iter().zip(texts) {
        scope.step();
        if let Some(it) = &mut record.block {
            it.take(stmt, scope);
        }
        match stmt {
            Stmt::AnnAssign(it) if sets_config(&it.target) => {}
            Stmt::AnnAssign(it) if record.fields.len() <= MAX_FIELDS => {
                field((it, class.name.as_str()), scope, bindings, record);
                let last = record.fields.iter_mut().find(|field| is_of(field, it));
                if let Some(it) = last {
                    it.doc = below;
                }
            }
            Stmt::ClassDef(it) if is_model && it.name.as_str() == "Config" => {
                config_class::read(it, scope, record)
                    .map_err(|name| format!("`{name}` of `{}`", class.name))?;
            }
            Stmt::FunctionDef(it) => {
                plain(it, scope, record);
                record.methods.retain(|known| known.name != it.name);
                record.methods.push(it);
            }
            _ => {}
        }
        if let Some(value) = config_of(stmt).filter(|_| is_model) {
            let unread = || format!("`model_config` of `{}`", class.name);
            settings(value, scope, record).ok_or_else(unread)?;
        }
        if let Some(name) = overrides(stmt) {
            return Err(format!("`{name}` of `{}`", class.name));
        }
    }
    if is_model && scope.is_one {
        class.body.iter().for_each(|it| inferred(it, class, (scope, bindings), record));
    }
    Ok(())
}

/// The field that an assignment makes for pydantic 1, or the default that it gives one.
fn inferred<'a>(
    stmt: &'a Stmt,
    class: &'a StmtClassDef,
    (scope, bindings): (&Scope<'a>, &Bindings<'a>),
    record: &mut Record<'a>,
) {
    let Some(it) = stmt.as_assign_stmt() else { return };
    let value = &*it.value;
    if value.is_lambda_expr() || is_validator(value, scope) || names_class(value, scope) {
        return;
    }
    for target in it.targets.iter().filter_map(Expr::as_name_expr) {
        let name = target.id.as_str();
        if name.starts_with('_') {
            continue;
        }
        let old = record.fields.iter_mut().find(|it| it.name == name && !it.is_inferred);
        if let Some(old) = old {
            old.default = Some(value);
            continue;
        }
        put(
            &mut record.fields,
            Field {
                name,
                owner: class.name.as_str(),
                scope: *scope,
                bindings: bindings.clone(),
                annotation: value,
                default: Some(value),
                total: true,
                doc: None,
                is_inferred: true,
            },
        );
    }
}

/// `validator("a", allow_reuse=True)(check)`, `property(get)`.
fn is_validator(value: &Expr, scope: &Scope<'_>) -> bool {
    let Some(call) = value.as_call_expr() else { return false };
    let func = call.func.as_call_expr().map_or(&*call.func, |it| &it.func);
    let dotted = scope.dotted(func).unwrap_or_default();
    matches!(dotted.rsplit('.').next(), Some("validator" | "root_validator" | "PrivateAttr"))
        || matches!(
            dotted.as_str(),
            "builtins.property" | "builtins.classmethod" | "builtins.staticmethod"
        )
}

/// Whether `value` is a function or a class of the bundle, which no field has for a default.
fn names_class(value: &Expr, scope: &Scope<'_>) -> bool {
    matches!(scope.resolve(value), Some(Found::Here(_, Bound::Class(_) | Bound::Function(_))))
}

fn is_of(field: &Field<'_>, it: &StmtAnnAssign) -> bool {
    it.target.as_name_expr().is_some_and(|it| it.id == field.name)
}

/// The text that `stmt` is.
fn text(stmt: &Stmt) -> Option<&str> {
    Some(stmt.as_expr_stmt()?.value.as_string_literal_expr()?.value.to_str())
}

/// The name of what may change the schema in any way.
fn overrides(stmt: &Stmt) -> Option<&str> {
    let name = stmt.as_function_def_stmt()?.name.as_str();
    name.starts_with("__get_pydantic").then_some(name)
}

/// The fields that a validator with `mode="plain"` stands in for the type of.
fn plain<'a>(it: &'a StmtFunctionDef, scope: &Scope<'a>, record: &mut Record<'a>) {
    for call in it.decorator_list.iter().filter_map(|it| it.expression.as_call_expr()) {
        let mode = call.arguments.find_keyword("mode");
        let mode = mode.and_then(|it| it.value.as_string_literal_expr());
        let is_plain = mode.is_some_and(|it| it.value.to_str() == "plain");
        let dotted = scope.dotted(&call.func);
        if is_plain && dotted.is_some_and(|it| it.ends_with(".field_validator")) {
            let names = call.arguments.args.iter().filter_map(Expr::as_string_literal_expr);
            record.plain.extend(names.map(|it| it.value.to_str()));
        }
    }
}
