//! What is said about one field: its default, and `Field(…)` beside it or inside `Annotated[…]`.

use ruff_python_ast::{Expr, ExprCall, Identifier};
use serde_json::{Map, Value, json};

use super::annotation::NoSchema;
use super::default::{Evaluated, evaluate};
use super::field_extra;
use super::model::{is_field, is_harmless};
use super::record::{Field, Shape};
use super::scope::Scope;

/// What is said about a field.
#[derive(Debug, Default)]
pub(super) struct Given<'a> {
    /// The default; one that the schema does not show is opaque.
    pub(super) default: Option<Evaluated>,
    /// The key in JSON.
    pub(super) alias: Option<String>,
    /// Whether that is one for what is taken, which counts more.
    is_taken: bool,
    /// `title=`.
    pub(super) title: Option<String>,
    /// `description=`.
    pub(super) description: Option<String>,
    /// `examples=` and `json_schema_extra=`.
    pub(super) extra: Map<String, Value>,
    /// The calls of `Field` whose constraints are not those of the type: the one behind `=`.
    pub(super) calls: Vec<&'a ExprCall>,
}

/// What is said about `it`, a field of the type `annotation`.
pub(super) fn read<'a>(
    it: &Field<'a>,
    annotation: &'a Expr,
    shape: Shape,
) -> Result<Given<'a>, NoSchema> {
    let mut out = Given::default();
    for call in within(annotation).filter(|call| is_field(call, &it.scope)) {
        keywords(call, it, &mut out)?;
    }
    match it.default {
        None => {}
        Some(Expr::Call(call)) if is_field(call, &it.scope) => {
            keywords(call, it, &mut out)?;
            if let Some(first) = call.arguments.find_positional(0) {
                default(first, it, &mut out)?;
            }
            out.calls.push(call);
        }
        Some(Expr::Call(call))
            if shape == Shape::Dataclass && is_dataclass_field(call, &it.scope) =>
        {
            keywords(call, it, &mut out)?;
        }
        Some(expr) => default(expr, it, &mut out)?,
    }
    Ok(out)
}

/// The calls of `Field` behind the `=` of `it` and inside its `Annotated[…]`.
pub(super) fn calls<'a>(it: &Field<'a>) -> impl Iterator<Item = &'a ExprCall> {
    let scope = it.scope;
    let default = it.default.and_then(Expr::as_call_expr);
    default.into_iter().chain(within(it.annotation)).filter(move |it| is_field(it, &scope))
}

/// The calls inside `Annotated[…]`.
fn within(annotation: &Expr) -> impl Iterator<Item = &ExprCall> {
    let slice = annotation.as_subscript_expr().and_then(|it| it.slice.as_tuple_expr());
    slice.into_iter().flat_map(|it| it.elts.iter().skip(1)).filter_map(Expr::as_call_expr)
}

fn is_dataclass_field(call: &ExprCall, scope: &Scope<'_>) -> bool {
    scope.dotted(&call.func).is_some_and(|it| it == "dataclasses.field")
}

fn keywords<'a>(call: &'a ExprCall, it: &Field<'a>, out: &mut Given<'a>) -> Result<(), NoSchema> {
    let is_field = is_field(call, &it.scope);
    let extra = if is_field { field_extra::of(call) } else { Vec::new() };
    let unread = |name: &str| NoSchema::Unread(format!("`{name}` of field `{}`", it.name));
    for keyword in &call.arguments.keywords {
        let name = keyword.arg.as_ref().map_or("**", Identifier::as_str);
        match name {
            _ if is_field && field_extra::is_extra(name) => continue,
            "default" => {
                default(&keyword.value, it, out)?;
                continue;
            }
            "default_factory" => {
                out.default = Some(Evaluated::Opaque);
                continue;
            }
            "validation_alias" => {
                out.alias = Some(taken(&keyword.value, it).ok_or_else(|| unread(name))?);
                out.is_taken = true;
                continue;
            }
            "alias" if out.is_taken => continue,
            _ if is_harmless(name) => continue,
            _ => {}
        }
        let value = evaluate(&keyword.value, &it.scope).into_json();
        match (name, value.ok_or_else(|| unread(name))?) {
            ("alias", Value::String(text)) => out.alias = Some(text),
            ("title", Value::String(text)) => out.title = Some(text),
            ("description", Value::String(text)) => out.description = Some(text),
            ("examples", value) => {
                out.extra.insert("examples".into(), value);
            }
            ("json_schema_extra", Value::Object(more)) => out.extra.extend(more),
            ("deprecated", Value::Bool(true) | Value::String(_)) => {
                out.extra.insert("deprecated".into(), json!(true));
            }
            (_, Value::Null) => {}
            _ => return Err(unread(name)),
        }
    }
    for (name, expr) in extra {
        let value = evaluate(expr, &it.scope).into_json().ok_or_else(|| unread(name))?;
        out.extra.insert(name.to_owned(), value);
    }
    Ok(())
}

/// The first key that `validation_alias=` names; a path names none.
fn taken(expr: &Expr, it: &Field<'_>) -> Option<String> {
    let Expr::Call(call) = expr else {
        return evaluate(expr, &it.scope).into_json()?.as_str().map(str::to_owned);
    };
    let dotted = it.scope.dotted(&call.func)?;
    if dotted.ends_with(".AliasPath") {
        return Some(it.name.to_owned());
    }
    let first = call.arguments.args.iter().find(|it| !it.is_call_expr());
    let name = first.map_or_else(|| Some(it.name.to_owned()), |first| taken(first, it));
    name.filter(|_| dotted.ends_with(".AliasChoices"))
}

fn default<'a>(expr: &Expr, it: &Field<'a>, out: &mut Given<'a>) -> Result<(), NoSchema> {
    if expr.is_ellipsis_literal_expr() {
        return Ok(());
    }
    let value = evaluate(expr, &it.scope);
    if value == Evaluated::Unknown {
        return Err(NoSchema::Unread(format!("the default of field `{}`", it.name)));
    }
    out.default = Some(value);
    Ok(())
}
