//! Decorators and what classes are made of: `property`, `dataclass`, `field`, `wraps`, pydantic's.

use std::rc::Rc;

use super::object;
use crate::evaluate::call::Args;
use crate::evaluate::class::Kind;
use crate::evaluate::machine::{Machine, Stop};
use crate::evaluate::value::Value;

/// Decorators that leave the function as it is, as far as it matters here.
const PLAIN: [&str; 22] = [
    "abc.abstractmethod",
    "asyncio.coroutine",
    "contextlib.asynccontextmanager",
    "contextlib.contextmanager",
    "enum.unique",
    "functools.cache",
    "functools.lru_cache",
    "functools.singledispatch",
    "functools.total_ordering",
    "functools.wraps",
    "pydantic.computed_field",
    "pydantic.field_serializer",
    "pydantic.field_validator",
    "pydantic.model_serializer",
    "pydantic.model_validator",
    "pydantic.root_validator",
    "pydantic.validate_arguments",
    "pydantic.validator",
    "typing.final",
    "typing.no_type_check",
    "typing.overload",
    "typing.runtime_checkable",
];

/// What such a call gives; `None` for other names.
pub(super) fn call<'a>(
    machine: &mut Machine<'a>,
    dotted: &str,
    args: &Args<'a>,
) -> Result<Option<Value<'a>>, Stop<'a>> {
    let decorated = match args.positional.first() {
        Some(
            it @ (Value::Function(_) | Value::Class(_) | Value::Descriptor(..) | Value::Flow(_)),
        ) => Some(it.clone()),
        _ => None,
    };
    let pending =
        |machine: &Machine<'a>| object(machine, &format!("decorator:{dotted}"), args.clone());
    Ok(Some(match dotted {
        "functools.wraps" => {
            let wrapped = args.get("wrapped", 0).cloned().unwrap_or(Value::None);
            let mut outer = Args::none();
            outer.named.push(("wrapped".into(), wrapped));
            object(machine, "decorator:functools.update_wrapper", outer)
        }
        "functools.update_wrapper" => match (decorated, args.get("wrapped", 1)) {
            (Some(Value::Function(it)), Some(Value::Function(wrapped))) => {
                Value::Function(Rc::new(it.wrapping(wrapped)))
            }
            (other, _) => other.unwrap_or(Value::None),
        },
        "dataclasses.dataclass" | "pydantic.dataclasses.dataclass" => match decorated {
            Some(Value::Class(it)) => {
                it.kind.set(Kind::Dataclass);
                Value::Class(it)
            }
            _ => pending(machine),
        },
        "functools.cached_property" => match decorated {
            Some(it) => {
                Value::Descriptor(crate::evaluate::value::Descriptor::Property, Rc::new(it))
            }
            None => pending(machine),
        },
        name if PLAIN.contains(&name) => decorated.unwrap_or_else(|| pending(machine)),
        "dataclasses.field"
        | "pydantic.Field"
        | "pydantic.fields.Field"
        | "enum.auto"
        | "pydantic.PrivateAttr" => {
            let class = if dotted == "enum.auto" { "enum.auto" } else { "pydantic.Field" };
            object(machine, class, args.clone())
        }
        "pydantic.ConfigDict" | "pydantic_settings.SettingsConfigDict" => {
            let fields =
                args.named.iter().map(|(name, it)| (Value::Text(Rc::clone(name)), it.clone()));
            Value::dict(fields.collect())
        }
        _ => return Ok(None),
    }))
}
