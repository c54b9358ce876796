//! Texts of values: `str`, `repr`, f-strings, `format`, `%`.

use std::cell::Cell;
use std::rc::Rc;

use ruff_python_ast::{
    ConversionFlag, ExprFString, FStringPart, InterpolatedElement, InterpolatedStringElement,
    InterpolatedStringElements,
};

use super::attribute;
use super::call::Args;
use super::class::{Instance, Kind};
use super::machine::{Eval, MAX_TEXT, Machine, Stop};
use super::number_format;
use super::scope::ScopeId;
use super::value::Value;
use super::{exception, expression, subscript};

/// Most values in values that are shown.
const MAX_NESTED: usize = 50;

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
    for it in all.iter() {
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
    let plain = it.debug_text.is_some() && spec.is_empty();
    let shown = match it.conversion {
        ConversionFlag::Repr | ConversionFlag::Ascii => shown_repr(machine, &value)?,
        ConversionFlag::Str => text(machine, &value)?,
        ConversionFlag::None if plain => shown_repr(machine, &value)?,
        ConversionFlag::None => return formatted(machine, &value, &spec),
    };
    match shown {
        Ok(it) => formatted(machine, &Value::text(it), &spec),
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
        Value::Instance(_) if attribute::has(machine, value, "__format__") => {
            let args = Args::of(vec![Value::text(spec)]);
            let given = attribute::call(machine, value, "__format__", args)?;
            text(machine, &given)
        }
        _ if spec.is_empty() => text(machine, value),
        _ => match number_format::formatted(value, spec) {
            Some(text) => {
                machine.spend_size(text.len())?;
                Ok(Ok(text))
            }
            None => {
                let name = value.type_name();
                machine.raise(
                    "ValueError",
                    format!("Unknown format code '{spec}' for object of type '{name}'"),
                )
            }
        },
    }
}

/// What `str(value)` gives.
pub(super) fn text<'a>(machine: &mut Machine<'a>, value: &Value<'a>) -> Text<'a> {
    Ok(Ok(match value {
        Value::Text(it) => it.to_string(),
        Value::Path(it) => it.to_string(),
        Value::Moment(it) => it.to_string(),
        Value::Instance(it) => return of_instance(machine, it),
        Value::Object(it) => {
            return Ok(match super::installed::text(it) {
                Some(text) => Ok(text),
                None => Err(machine.unknown(format!("the text of a {}", value.type_name()))),
            });
        }
        other => return shown_repr(machine, other),
    }))
}

fn of_instance<'a>(machine: &mut Machine<'a>, it: &Rc<Instance<'a>>) -> Text<'a> {
    let value = Value::Instance(Rc::clone(it));
    for method in ["__str__", "__repr__"] {
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
            let shown = exception::shown(&value);
            Ok(Ok(shown.split_once(": ").map(|(_, it)| it.to_owned()).unwrap_or_default()))
        }
        _ => Ok(Err(machine.unknown(format!("the text of a {}", it.class.name)))),
    }
}

/// What `repr(value)` gives, as far as it is known.
pub(super) fn shown_repr<'a>(machine: &mut Machine<'a>, value: &Value<'a>) -> Text<'a> {
    if let Some(unknown) = inner_unknown(value, 0, &mut { MAX_TEXT }) {
        return Ok(Err(match unknown {
            Value::Unknown(_) => unknown,
            other => machine.unknown(format!("the text of a {}", other.type_name())),
        }));
    }
    let shown = repr(value);
    machine.spend_size(shown.len())?;
    Ok(Ok(shown))
}

/// The unknown value in `value`; objects whose text only running them tells count as one, and so does what is too deep,
/// as a list in itself is, or takes more than `left` bytes.
fn inner_unknown<'a>(value: &Value<'a>, depth: usize, left: &mut usize) -> Option<Value<'a>> {
    *left = left.saturating_sub(1 + value.as_text().map_or(0, |it| it.len()));
    match value {
        _ if depth > MAX_NESTED || *left == 0 => Some(value.clone()),
        Value::Unknown(_)
        | Value::Class(_)
        | Value::Function(_)
        | Value::Method(_)
        | Value::Module(_) => Some(value.clone()),
        Value::List(it) => it.borrow().iter().find_map(|it| inner_unknown(it, depth + 1, left)),
        Value::Tuple(it) => it.iter().find_map(|it| inner_unknown(it, depth + 1, left)),
        Value::Dict(it) | Value::Set(it) => {
            let it = it.borrow();
            it.iter().find_map(|(key, value)| {
                inner_unknown(key, depth + 1, left)
                    .or_else(|| inner_unknown(value, depth + 1, left))
            })
        }
        _ => None,
    }
}

/// The text that Python shows for a value that is known.
pub(super) fn repr(value: &Value<'_>) -> String {
    within(value, 0, &Cell::new(MAX_TEXT))
}

/// Shows values of `left` bytes at most.
fn within(value: &Value<'_>, depth: usize, left: &Cell<usize>) -> String {
    left.set(left.get().saturating_sub(1 + value.as_text().map_or(0, |it| it.len())));
    let inner = |it: &Value<'_>| within(it, depth + 1, left);
    let list = |all: &[Value<'_>]| all.iter().map(inner).collect::<Vec<_>>().join(", ");
    match value {
        _ if depth > MAX_NESTED || left.get() == 0 => "...".to_owned(),
        Value::None => "None".to_owned(),
        Value::Ellipsis => "Ellipsis".to_owned(),
        Value::Bool(it) => if *it { "True" } else { "False" }.to_owned(),
        Value::Int(it) => it.to_string(),
        Value::Float(it) => number_format::real(*it),
        Value::Text(it) => quoted(it),
        Value::Bytes(it) => format!("b{}", quoted(&String::from_utf8_lossy(it))),
        Value::List(it) => format!("[{}]", list(&it.borrow())),
        Value::Tuple(it) if it.len() == 1 => format!("({},)", list(it)),
        Value::Tuple(it) => format!("({})", list(it)),
        Value::Set(it) if it.borrow().is_empty() => "set()".to_owned(),
        Value::Set(it) => format!("{{{}}}", list(&it.borrow().keys())),
        Value::Dict(it) => {
            let it = it.borrow();
            let pairs = it.iter().map(|(key, value)| format!("{}: {}", inner(key), inner(value)));
            format!("{{{}}}", pairs.collect::<Vec<_>>().join(", "))
        }
        Value::Moment(it) => it.repr(),
        Value::Path(it) => format!("PosixPath({})", quoted(it)),
        Value::Class(it) => format!("<class '{}'>", it.qualified),
        Value::Outside(it) => format!("<class '{}'>", it.trim_start_matches("builtins.")),
        Value::Instance(it) if it.class.is_enum() => {
            let (name, own) = (it.fields.borrow().get("name").cloned(), it.value.as_ref());
            let name = name.as_ref().and_then(Value::as_text).cloned().unwrap_or_default();
            format!("<{}.{name}: {}>", it.class.name, own.map(inner).unwrap_or_default())
        }
        Value::Instance(it) => {
            let fields = it.fields.borrow();
            let shown = fields.iter().map(|(name, it)| format!("{name}={}", inner(it)));
            format!("{}({})", it.class.name, shown.collect::<Vec<_>>().join(", "))
        }
        other => format!("<{}>", other.type_name()),
    }
}

/// In quotes, single ones where it goes.
fn quoted(text: &str) -> String {
    let quote = if text.contains('\'') && !text.contains('"') { '"' } else { '\'' };
    let mut out = String::from(quote);
    for it in text.chars() {
        match it {
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            '\\' => out.push_str("\\\\"),
            it if it == quote => out.extend(['\\', it]),
            it if it.is_control() => out.push_str(&format!("\\x{:02x}", u32::from(it))),
            it => out.push(it),
        }
    }
    out.push(quote);
    out
}

/// `"%s-%03d" % values`
pub(super) fn percent<'a>(machine: &mut Machine<'a>, text: &str, values: &Value<'a>) -> Eval<'a> {
    let mut given = match values {
        Value::Tuple(it) => it.to_vec(),
        other => vec![other.clone()],
    }
    .into_iter();
    let mut out = String::new();
    let mut rest = text;
    while let Some(at) = rest.find('%') {
        out.push_str(rest.get(..at).unwrap_or_default());
        rest = rest.get(at + 1..).unwrap_or_default();
        let named = rest.strip_prefix('(').and_then(|it| it.split_once(')'));
        let name = named.map(|(name, after)| {
            rest = after;
            name
        });
        let end = rest.find(|it: char| it.is_alphabetic() || it == '%').unwrap_or(rest.len());
        let (flags, kind) =
            (rest.get(..end).unwrap_or_default(), rest.get(end..).unwrap_or_default());
        let Some(kind) = kind.chars().next() else {
            return machine.raise("ValueError", "incomplete format");
        };
        rest = rest.get(end + kind.len_utf8()..).unwrap_or_default();
        if kind == '%' {
            out.push('%');
            continue;
        }
        let value = match name {
            Some(name) => subscript::get(machine, values, &subscript::Key::One(Value::text(name)))?,
            None => match given.next() {
                Some(it) => it,
                None => {
                    return machine.raise("TypeError", "not enough arguments for format string");
                }
            },
        };
        match converted(machine, &value, flags, kind)? {
            Ok(text) => out.push_str(&text),
            Err(unknown) => return Ok(unknown),
        }
    }
    out.push_str(rest);
    machine.spend_size(out.len())?;
    Ok(Value::text(out))
}

fn converted<'a>(
    machine: &mut Machine<'a>,
    value: &Value<'a>,
    flags: &str,
    kind: char,
) -> Text<'a> {
    if value.as_unknown().is_some() {
        return Ok(Err(value.clone()));
    }
    let shown = match kind {
        's' => text(machine, value)?,
        'r' | 'a' => shown_repr(machine, value)?,
        _ => {
            let left = flags.contains('-');
            let flags = flags.replace('-', "");
            let kind = if matches!(kind, 'i' | 'u') { 'd' } else { kind };
            let number = match (kind, value.as_float()) {
                #[expect(clippy::cast_possible_truncation, reason = "as Python's %d of a float")]
                ('d', Some(it)) => Value::Int(value.as_int().unwrap_or(it.trunc() as i128)),
                _ => value.clone(),
            };
            let spec = format!("{}{flags}{kind}", if left { "<" } else { "" });
            return formatted(machine, &number, &spec);
        }
    };
    Ok(shown.map(|it| {
        let (width, precision) = flags
            .trim_start_matches(['-', '+', ' ', '#', '0'])
            .split_once('.')
            .unwrap_or((flags.trim_start_matches('-'), ""));
        let cut: String = match precision.parse() {
            Ok(count) => it.chars().take(count).collect(),
            Err(_) => it,
        };
        let width = width.parse::<usize>().unwrap_or(0).min(10_000);
        if flags.contains('-') { format!("{cut:<width$}") } else { format!("{cut:>width$}") }
    }))
}
