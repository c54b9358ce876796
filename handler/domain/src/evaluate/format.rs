//! Texts of values: `str`, f-strings, `format`.

use std::rc::Rc;

use ruff_python_ast::{
    ConversionFlag, ExprFString, FStringPart, InterpolatedElement, InterpolatedStringElement,
    InterpolatedStringElements,
};

pub(super) use super::percent::percent;
pub(super) use super::representation::{repr, shown_repr};

use super::call::Args;
use super::class::{Instance, Kind};
use super::machine::{Eval, Machine, Stop};
use super::scope::ScopeId;
use super::value::Value;
use super::{attribute, exception, expression, number_format, quoting};

/// A text, or the value of which nothing is known that would be in it.
pub(super) type Text<'a> = Result<Result<String, Value<'a>>, Stop<'a>>;

/// `f"…"`
pub(super) fn fstring<'a>(
    machine: &mut Machine<'a>,
    it: &'a ExprFString,
    scope: ScopeId,
) -> Eval<'a> {
    let mut out = String::new();
    for part in it.value.as_slice() {
        match part {
            FStringPart::Literal(it) => out.push_str(it.as_str()),
            FStringPart::FString(it) => match elements(machine, &it.elements, scope)? {
                Ok(text) => out.push_str(&text),
                Err(unknown) => return Ok(unknown),
            },
        }
    }
    machine.spend_size(out.len())?;
    Ok(Value::text(out))
}

fn elements<'a>(
    machine: &mut Machine<'a>,
    all: &'a InterpolatedStringElements,
    scope: ScopeId,
) -> Text<'a> {
    let mut out = String::new();
    for it in all {
        match it {
            InterpolatedStringElement::Literal(it) => out.push_str(&it.value),
            InterpolatedStringElement::Interpolation(it) => match element(machine, it, scope)? {
                Ok(text) => out.push_str(&text),
                Err(unknown) => return Ok(Err(unknown)),
            },
        }
    }
    Ok(Ok(out))
}

fn element<'a>(machine: &mut Machine<'a>, it: &'a InterpolatedElement, scope: ScopeId) -> Text<'a> {
    let value = expression::value(machine, &it.expression, scope)?;
    let spec = match &it.format_spec {
        Some(spec) => match elements(machine, &spec.elements, scope)? {
            Ok(text) => text,
            Err(unknown) => return Ok(Err(unknown)),
        },
        None => String::new(),
    };
    let label = it
        .debug_text
        .as_ref()
        .map(|text| format!("{}{}{}", text.leading(), text.expression(), text.trailing()));
    let plain = label.is_some() && spec.is_empty();
    let label = label.unwrap_or_default();
    let shown = match it.conversion {
        ConversionFlag::Repr => shown_repr(machine, &value)?,
        ConversionFlag::Ascii => shown_repr(machine, &value)?.map(|it| quoting::ascii(&it)),
        ConversionFlag::Str => text(machine, &value)?,
        ConversionFlag::None if plain => shown_repr(machine, &value)?,
        ConversionFlag::None => {
            return Ok(formatted(machine, &value, &spec)?.map(|it| format!("{label}{it}")));
        }
    };
    match shown {
        Ok(it) => Ok(formatted(machine, &Value::text(it), &spec)?.map(|it| format!("{label}{it}"))),
        unknown => Ok(unknown),
    }
}

/// What `format(value, spec)` gives.
pub(super) fn formatted<'a>(machine: &mut Machine<'a>, value: &Value<'a>, spec: &str) -> Text<'a> {
    if value.as_unknown().is_some() {
        return Ok(Err(value.clone()));
    }
    match value {
        Value::Moment(it) if !spec.is_empty() => Ok(match it.formatted(spec) {
            Some(text) => Ok(text),
            None => Err(machine.unknown(format!("a time in the format `{spec}`"))),
        }),
        Value::Instance(it) if it.class.find(machine, "__format__").is_some() => {
            let args = Args::of(vec![Value::text(spec)]);
            let given = attribute::call(machine, value, "__format__", args)?;
            text(machine, &given)
        }
        _ if spec.is_empty() => text(machine, value),
        Value::Instance(it) if it.class.is_enum() => match text(machine, value)? {
            Ok(own) if it.mixed_int().is_none() => formatted(machine, &Value::text(own), spec),
            _ => match it.mixed_int() {
                Some(it) => formatted(machine, &Value::Int(it), spec),
                None => Ok(Err(machine.unknown("a text"))),
            },
        },
        Value::Object(_) => match text(machine, value)? {
            Ok(own) => formatted(machine, &Value::text(own), spec),
            unknown => Ok(unknown),
        },
        _ => {
            if let Some(text) = number_format::formatted(value, spec) {
                machine.spend_size(text.len())?;
                Ok(Ok(text))
            } else {
                let name = value.type_name();
                machine.raise(
                    "ValueError",
                    format!("Unknown format code '{spec}' for object of type '{name}'"),
                )
            }
        }
    }
}

/// What `str(value)` gives.
pub(super) fn text<'a>(machine: &mut Machine<'a>, value: &Value<'a>) -> Text<'a> {
    Ok(Ok(match value {
        Value::Text(it) | Value::Path(it) => it.to_string(),
        Value::Moment(it) => it.to_string(),
        Value::Instance(it) => return of_instance(machine, it),
        Value::Object(it) if exception::is_exception(value) => {
            return exception::text(machine, &it.class, &it.positional);
        }
        Value::Object(it) => {
            return Ok(match super::installed::text(it) {
                Some(text) => Ok(text),
                None => return shown_repr(machine, value),
            });
        }
        other => return shown_repr(machine, other),
    }))
}

fn of_instance<'a>(machine: &mut Machine<'a>, it: &Rc<Instance<'a>>) -> Text<'a> {
    let value = Value::Instance(Rc::clone(it));
    let methods: &[&str] = if it.class.kind.get() == Kind::Exception {
        &["__str__"]
    } else {
        &["__str__", "__repr__"]
    };
    for method in methods {
        if it.class.find(machine, method).is_some() {
            let given = attribute::call(machine, &value, method, Args::none())?;
            return Ok(given.as_text().map(ToString::to_string).ok_or(given));
        }
    }
    match it.class.kind.get() {
        Kind::Enum { plain: true } => match &it.value {
            Some(own) => text(machine, own),
            None => Ok(Ok(String::new())),
        },
        Kind::Enum { plain: false } => {
            let name = it.fields.borrow().get("name").and_then(Value::as_text).cloned();
            Ok(Ok(format!("{}.{}", it.class.name, name.unwrap_or_default())))
        }
        Kind::Exception => {
            let class = it.class.installed_base().unwrap_or_default();
            let args = exception::arguments(&value);
            exception::text(machine, &class, &args)
        }
        Kind::Model => {
            let parts = super::class::parts(machine, it)?;
            Ok(parts.map(|it| it.join(" ")))
        }
        _ => match it.underlying() {
            Some(own @ Value::Text(_)) => text(machine, own),
            _ => shown_repr(machine, &value),
        },
    }
}
