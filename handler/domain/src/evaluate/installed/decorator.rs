//! Decorators and what classes are made of: `property`, `dataclass`, `field`, `wraps`, pydantic's.

use std::rc::Rc;

use super::dispatch::dispatching;
use super::{Made, object};
use crate::evaluate::call::Args;
use crate::evaluate::class;
use crate::evaluate::class::{Class, Kind, MARKS};
use crate::evaluate::dict::Dict;
use crate::evaluate::function::Function;
use crate::evaluate::machine::{Eval, Machine};
use crate::evaluate::value::{Descriptor, Object, Value};

/// Decorators that leave the function as it is, as far as it matters here.
const PLAIN: [&str; 13] = [
    "abc.abstractmethod",
    "asyncio.coroutine",
    "atexit.register",
    "enum.unique",
    "enum.verify",
    "pydantic.field_serializer",
    "pydantic.model_serializer",
    "pydantic.validate_arguments",
    "pydantic.validate_call",
    "typing.final",
    "typing.no_type_check",
    "typing.overload",
    "typing.runtime_checkable",
];

/// What such a call gives; `None` for other names.
pub(super) fn call<'a>(machine: &mut Machine<'a>, dotted: &str, args: &Args<'a>) -> Made<'a> {
    let decorated = match args.positional.first() {
        Some(
            it @ (Value::Function(_) | Value::Class(_) | Value::Descriptor(..) | Value::Flow(_)),
        ) => Some(it.clone()),
        _ => None,
    };
    let pending =
        |machine: &Machine<'a>| object(machine, &format!("decorator:{dotted}"), args.clone());
    let name = dotted.strip_prefix("typing_extensions.").map(|it| format!("typing.{it}"));
    let name = name.as_deref().unwrap_or(dotted);
    Ok(Some(match name {
        "functools.wraps" | "functools.update_wrapper" => pending(machine),
        "dataclasses.dataclass" | "pydantic.dataclasses.dataclass" | "dataclass_transform" => {
            match decorated {
                Some(Value::Class(it)) => with_fields(it, args),
                _ => pending(machine),
            }
        }
        "functools.total_ordering" => match decorated {
            Some(Value::Class(it)) => with_option(it, "total_ordering"),
            _ => pending(machine),
        },
        "functools.cached_property" | "werkzeug.utils.cached_property" => match decorated {
            Some(it) => Value::Descriptor(Descriptor::Cached, Rc::new(it)),
            None => pending(machine),
        },
        "abc.abstractproperty" | "pydantic.computed_field" => match decorated {
            Some(it @ Value::Descriptor(..)) => it,
            Some(it) => Value::Descriptor(Descriptor::Property, Rc::new(it)),
            None => pending(machine),
        },
        "functools.lru_cache" | "functools.cache" => match decorated {
            Some(it) => remembering(it),
            None => pending(machine),
        },
        "contextlib.contextmanager" | "contextlib.asynccontextmanager" => match decorated {
            Some(it) => as_context(it),
            None => pending(machine),
        },
        "functools.singledispatch" => match decorated {
            Some(it) => dispatching(machine, it),
            None => pending(machine),
        },
        "pydantic.field_validator"
        | "pydantic.validator"
        | "pydantic.model_validator"
        | "pydantic.root_validator" => match decorated {
            Some(it) => validator(machine, name, it, Args::none()),
            None => pending(machine),
        },
        name if PLAIN.contains(&name) => decorated.unwrap_or_else(|| pending(machine)),
        _ => return Ok(declared(machine, name, args)),
    }))
}

/// What a class is made of: `field(…)`, `ConfigDict(…)`.
fn declared<'a>(machine: &Machine<'a>, dotted: &str, args: &Args<'a>) -> Option<Value<'a>> {
    Some(match dotted {
        "dataclasses.field"
        | "pydantic.Field"
        | "pydantic.fields.Field"
        | "enum.auto"
        | "pydantic.PrivateAttr" => {
            let class = if dotted == "enum.auto" { "enum.auto" } else { "pydantic.Field" };
            object(machine, class, args.clone())
        }
        "pydantic.AliasChoices" | "pydantic.aliases.AliasChoices" => {
            object(machine, "pydantic.AliasChoices", args.clone())
        }
        _ if let Some(mark) = mark(dotted) => object(machine, mark, args.clone()),
        "pydantic.ConfigDict" | "pydantic_settings.SettingsConfigDict" => {
            let fields =
                args.named.iter().map(|(name, it)| (Value::Text(Rc::clone(name)), it.clone()));
            Value::dict(fields.collect())
        }
        _ => return None,
    })
}

/// A mark of pydantic's in `Annotated[…]`, wherever it is imported from.
fn mark(dotted: &str) -> Option<&'static str> {
    let (from, name) = dotted.rsplit_once('.')?;
    let is_pydantic =
        ["pydantic", "pydantic.functional_validators", "pydantic.types"].contains(&from);
    MARKS.into_iter().find(|it| is_pydantic && *it == name)
}

/// `@dataclass`
fn with_fields<'a>(it: Rc<Class<'a>>, args: &Args<'a>) -> Value<'a> {
    it.kind.set(Kind::Dataclass);
    it.options.borrow_mut().extend(args.named.iter().cloned());
    Value::Class(it)
}

fn with_option<'a>(it: Rc<Class<'a>>, name: &str) -> Value<'a> {
    it.options.borrow_mut().insert(name.into(), Value::Bool(true));
    Value::Class(it)
}

/// `@cache`
fn remembering(it: Value<'_>) -> Value<'_> {
    if let Value::Function(it) = &it {
        *it.kept.borrow_mut() = Some(Dict::default());
    }
    it
}

/// `@contextmanager`
fn as_context(it: Value<'_>) -> Value<'_> {
    if let Value::Function(it) = &it {
        it.is_context.set(true);
    }
    it
}

/// What a decorator with arguments makes of what it decorates.
pub(super) fn finish<'a>(
    machine: &mut Machine<'a>,
    it: &Rc<Object<'a>>,
    args: Args<'a>,
) -> Eval<'a> {
    let name: Rc<str> = it.class.trim_start_matches("decorator:").into();
    let given: Vec<(Rc<str>, Value<'a>)> =
        it.fields.borrow().iter().map(|(name, it)| (Rc::clone(name), it.clone())).collect();
    let first = args.positional.first().cloned();
    match (&*name, first) {
        ("functools.wraps" | "functools.update_wrapper", Some(inner)) => {
            let wrapped = it.positional.first().or_else(|| args.positional.get(1)).cloned();
            Ok(wrapping(&inner, wrapped.unwrap_or(Value::None)))
        }
        (
            "pydantic.field_validator"
            | "pydantic.validator"
            | "pydantic.model_validator"
            | "pydantic.root_validator",
            Some(function),
        ) => {
            let mut told = Args::of(it.positional.clone());
            told.named = given;
            Ok(validator(machine, &name, function, told))
        }
        _ => {
            let mut all = args;
            all.named.extend(given);
            super::call(machine, &name, all)
        }
    }
}

/// `inner`, which passes for `wrapped`.
fn wrapping<'a>(inner: &Value<'a>, wrapped: Value<'a>) -> Value<'a> {
    if let (Value::Flow(it), Value::Function(_)) = (inner, &wrapped) {
        it.set("__wrapped__", wrapped);
        return inner.clone();
    }
    let Value::Function(it) = inner else { return inner.clone() };
    let mut fields = it.fields.borrow_mut();
    if let Value::Function(original) = &wrapped {
        fields.insert("__name__".into(), Value::Text(Rc::clone(&original.name)));
        fields.insert("__qualname__".into(), Value::Text(Rc::clone(&original.qualified)));
        fields.insert("__doc__".into(), crate::evaluate::methods::doc(original.body()));
        let own = original.fields.borrow();
        own.iter().for_each(|(name, it)| drop(fields.insert(Rc::clone(name), it.clone())));
    }
    fields.insert("__wrapped__".into(), wrapped);
    drop(fields);
    inner.clone()
}

/// A method that checks the values of fields.
fn validator<'a>(
    machine: &Machine<'a>,
    name: &str,
    function: Value<'a>,
    args: Args<'a>,
) -> Value<'a> {
    let of_model = name.contains("model") || name.contains("root");
    let mut all = args;
    let function = match function {
        Value::Descriptor(_, inner) => (*inner).clone(),
        other => other,
    };
    all.named.push(("function".into(), function));
    object(machine, if of_model { "pydantic.model_validator" } else { "pydantic.validator" }, all)
}

/// Methods of functions: those of `lru_cache`.
pub(in crate::evaluate) fn function_method<'a>(
    machine: &Machine<'a>,
    it: &Rc<Function<'a>>,
    name: &str,
) -> Value<'a> {
    if name == "cache_clear" {
        if let Some(kept) = it.kept.borrow_mut().as_mut() {
            kept.clear();
        }
        return Value::None;
    }
    machine.unknown(format!("the result of `{name}` of a function"))
}

/// `@name.setter`, `@name.deleter`: the property with one more part.
pub(in crate::evaluate) fn property_part<'a>(
    owner: &Value<'a>,
    name: &str,
    args: &Args<'a>,
) -> Value<'a> {
    let Value::Descriptor(Descriptor::Property, inner) = owner else { return owner.clone() };
    let part = args.positional.first().cloned().unwrap_or(Value::None);
    let mut parts: Vec<Value<'a>> = (0..3).map(|at| class::getter(inner, at)).collect();
    let at = ["getter", "setter", "deleter"].iter().position(|it| *it == name).unwrap_or(0);
    if let Some(slot) = parts.get_mut(at) {
        *slot = part;
    }
    Value::Descriptor(Descriptor::Property, Rc::new(Value::tuple(parts)))
}
