//! What the body of a class says of its fields.

use ruff_python_ast::{Expr, Stmt, StmtAnnAssign, StmtClassDef, StmtFunctionDef};

use super::parametric::Bindings;
use super::record::{Field, MAX_FIELDS, Record, Shape, field};
use super::scope::Scope;
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
                let assigned = it.body.iter().filter_map(Stmt::as_assign_stmt);
                let pairs = assigned.filter_map(|it| {
                    Some((it.targets.first()?.as_name_expr()?.id.as_str(), &*it.value))
                });
                pairs.for_each(|(name, value)| record.config.insert(0, (name, value, *scope)));
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
    Ok(())
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
