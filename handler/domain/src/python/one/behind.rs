//! What stands behind `=` of a field.

use serde_json::Value;

use super::kind::Type;
use super::outside;
use super::said::{self, Default, Said};
use crate::dialect::Dialect;
use crate::python::annotation::NoSchema;
use crate::python::record::{self, Record, Shape};
use crate::python::reference;
use crate::python::scope::Scope;

/// What is said of the field `it` behind `=`.
pub(super) fn said_of(
    it: &record::Field<'_>,
    record: &Record<'_>,
    scope: &Scope<'_>,
) -> Result<Said, NoSchema> {
    let plain = |default| Said { default, ..Said::default() };
    match (record.shape, it.default) {
        (Shape::NamedTuple, _) | (Shape::Dataclass, None) => Ok(plain(Default::Required)),
        (Shape::TypedDict { .. }, _) => {
            // in a text Python does not see what is said of a key
            let seen = it.annotation.as_subscript_expr().filter(|_| !reference::is_future(scope));
            let is_required = match seen {
                Some(of) => match scope.dotted(&of.value).unwrap_or_default().rsplit('.').next() {
                    Some("Required") => true,
                    Some("NotRequired") => false,
                    _ => it.total,
                },
                None => it.total,
            };
            Ok(plain(if is_required { Default::Required } else { Default::Value(Value::Null) }))
        }
        (_, None) => Ok(Said::default()),
        (shape, Some(expr)) => {
            if let Some(call) = said::call(expr, scope) {
                return said::read(call, scope);
            }
            match expr.as_call_expr() {
                Some(call)
                    if shape == Shape::Dataclass
                        && scope.dotted(&call.func).as_deref() == Some("dataclasses.field") =>
                {
                    let keyword = |name| call.arguments.find_keyword(name).map(|it| &it.value);
                    if keyword("metadata").is_some() {
                        return Err(NoSchema::Unread(format!("`metadata` of `{}`", it.name)));
                    }
                    match (keyword("default"), keyword("default_factory")) {
                        (Some(default), _) => Ok(plain(said::default(default, scope)?)),
                        (None, Some(_)) => Ok(plain(Default::Made)),
                        (None, None) => Ok(plain(Default::Required)),
                    }
                }
                _ => Ok(plain(said::default(expr, scope)?)),
            }
        }
    }
}

/// The type of a field that has a value only.
pub(super) fn inferred(default: &Default) -> Result<Type, NoSchema> {
    let name = match default {
        Default::Value(Value::String(_)) => "builtins.str",
        Default::Value(Value::Bool(_)) => "builtins.bool",
        Default::Value(Value::Number(it)) if it.is_f64() => "builtins.float",
        Default::Value(Value::Number(_)) => "builtins.int",
        Default::Value(Value::Array(_)) => "builtins.list",
        Default::Value(Value::Object(_)) => "builtins.dict",
        _ => return Err(NoSchema::Unread("the type of a field without one".to_owned())),
    };
    outside::of(name, Dialect::cloud()).ok_or(NoSchema::Untyped)
}
