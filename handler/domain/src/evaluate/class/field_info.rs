//! `Model.model_fields["name"]`: what a model tells of one of its fields. Source: pydantic's `FieldInfo`.

use super::data::Field;
use crate::evaluate::call::Args;
use crate::evaluate::installed;
use crate::evaluate::machine::Machine;
use crate::evaluate::value::Value;

/// Its default and what makes that, as far as they are said; all else is not known.
pub(super) fn of<'a>(machine: &Machine<'a>, field: &Field<'a>) -> Value<'a> {
    let mut args = Args::none();
    let mut tell = |name: &str, value: Value<'a>| args.named.push((name.into(), value));
    match &field.default {
        Some(Value::Object(it)) if it.class.ends_with("ield") => {
            let said = it.fields.borrow();
            let default = said.get("default").or_else(|| it.positional.first()).cloned();
            if let Some(factory) = said.get("default_factory").filter(|it| !it.is_none()) {
                tell("default_factory", factory.clone());
            } else {
                tell("default_factory", Value::None);
                if let Some(it) = default.filter(|it| !matches!(it, Value::Ellipsis)) {
                    tell("default", it);
                }
            }
            if let Some(text) = said.get("description") {
                tell("description", text.clone());
            }
        }
        Some(plain) => {
            tell("default_factory", Value::None);
            tell("default", plain.clone());
        }
        None => tell("default_factory", Value::None),
    }
    installed::object(machine, "pydantic.fields.FieldInfo", args)
}
