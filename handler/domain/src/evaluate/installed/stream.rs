//! Files that are read, and texts that are read and written like files: `open`, `io.StringIO`.

use std::rc::Rc;

use super::Made;
use crate::evaluate::call::Args;
use crate::evaluate::machine::{Eval, Machine, Stop};
use crate::evaluate::value::{Object, Value};
use crate::evaluate::{files, format, items};

pub(super) const METHODS: &[&str] = &[
    "read",
    "readline",
    "readlines",
    "write",
    "writelines",
    "getvalue",
    "seek",
    "tell",
    "close",
    "flush",
    "fileno",
    "truncate",
    "readable",
    "writable",
    "__enter__",
    "__exit__",
];

/// What such a call gives; `None` for other names.
#[expect(clippy::unnecessary_wraps, reason = "as the others of its table")]
pub(super) fn call<'a>(machine: &mut Machine<'a>, dotted: &str, args: &Args<'a>) -> Made<'a> {
    let empty = match dotted {
        "io.StringIO" => Value::text(""),
        "io.BytesIO" => Value::Bytes(Rc::from([])),
        _ => return Ok(None),
    };
    let content = args.positional.first().cloned().unwrap_or(empty);
    Ok(Some(made(machine, dotted, content)))
}

/// A stream of this content, at its start.
pub(super) fn made<'a>(machine: &Machine<'a>, class: &str, content: Value<'a>) -> Value<'a> {
    files::object(
        machine.at,
        class,
        [("content", content), ("at", Value::Int(0)), ("closed", Value::Bool(false))],
    )
}

fn field<'a>(it: &Object<'a>, name: &str) -> Value<'a> {
    it.fields.borrow().get(name).cloned().unwrap_or(Value::None)
}

fn set<'a>(it: &Object<'a>, name: &str, value: Value<'a>) {
    it.fields.borrow_mut().insert(name.into(), value);
}

/// All of it, wherever reading is.
pub(super) fn content<'a>(it: &Object<'a>) -> Value<'a> {
    field(it, "content")
}

/// What is left to be read, which is read by that: a text, bytes, or what is not known.
pub(super) fn rest<'a>(it: &Object<'a>) -> Value<'a> {
    let (content, at) = (field(it, "content"), place(it));
    let (left, end) = match &content {
        Value::Text(it) => (Value::text(it.get(at..).unwrap_or_default()), it.len()),
        Value::Bytes(it) => (Value::Bytes(it.get(at..).unwrap_or_default().into()), it.len()),
        _ => return content,
    };
    set(it, "at", Value::Int(i128::try_from(end).unwrap_or(0)));
    left
}

fn place(it: &Object<'_>) -> usize {
    field(it, "at").as_int().and_then(|it| usize::try_from(it).ok()).unwrap_or(0)
}

/// What a `with` does at its end.
pub(super) fn closed(it: &Object<'_>) {
    if it.class.starts_with("io.") {
        set(it, "closed", Value::Bool(true));
    }
}

/// The lines that are left; `None` when they are not known.
pub(super) fn lines<'a>(
    machine: &mut Machine<'a>,
    it: &Object<'a>,
) -> Result<Option<Vec<Value<'a>>>, Stop<'a>> {
    let left = rest(it);
    Ok(match &left {
        Value::Text(text) => {
            machine.spend_size(text.len())?;
            Some(text.split_inclusive('\n').map(Value::text).collect())
        }
        Value::Bytes(bytes) => {
            machine.spend_size(bytes.len())?;
            Some(
                bytes
                    .split_inclusive(|it| *it == b'\n')
                    .map(|it| Value::Bytes(it.into()))
                    .collect(),
            )
        }
        _ => None,
    })
}

/// What `stream.name(…)` gives.
pub(super) fn method<'a>(
    machine: &mut Machine<'a>,
    it: &Rc<Object<'a>>,
    name: &str,
    args: &Args<'a>,
) -> Eval<'a> {
    let first = args.positional.first().cloned().unwrap_or(Value::None);
    Ok(match name {
        "read" => match first.as_int().and_then(|it| usize::try_from(it).ok()) {
            None => rest(it),
            Some(count) => part(it, |text| text.chars().take(count).map(char::len_utf8).sum()),
        },
        "readline" => part(it, |text| text.find('\n').map_or(text.len(), |at| at + 1)),
        "readlines" => lines(machine, it)?.map_or_else(|| content(it), Value::list),
        "getvalue" => content(it),
        "write" => {
            write(machine, it, &first)?;
            Value::None
        }
        "writelines" => {
            for line in items::of(machine, &first)?.unwrap_or_else(|| vec![first]) {
                write(machine, it, &line)?;
            }
            Value::None
        }
        "seek" => {
            set(it, "at", first.clone());
            first
        }
        "__enter__" => Value::Object(Rc::clone(it)),
        "close" | "__exit__" => {
            closed(it);
            Value::None
        }
        "flush" | "truncate" => Value::None,
        _ => machine.unknown(format!("the result of `{name}` of a file")),
    })
}

/// Reads a part of a text.
fn part<'a>(it: &Object<'a>, length: impl Fn(&str) -> usize) -> Value<'a> {
    let Value::Text(text) = content(it) else { return content(it) };
    let at = place(it);
    let left = text.get(at..).unwrap_or_default();
    let count = length(left);
    set(it, "at", Value::Int(i128::try_from(at + count).unwrap_or(0)));
    Value::text(left.get(..count).unwrap_or_default())
}

fn write<'a>(machine: &mut Machine<'a>, it: &Object<'a>, more: &Value<'a>) -> Result<(), Stop<'a>> {
    let whole = match (content(it), more) {
        (Value::Text(it), Value::Text(more)) => {
            machine.spend_size(it.len() + more.len())?;
            Value::text(format!("{it}{more}"))
        }
        (Value::Bytes(it), Value::Bytes(more)) => {
            machine.spend_size(it.len() + more.len())?;
            Value::Bytes(it.iter().chain(more.iter()).copied().collect())
        }
        (content, _) if content.as_unknown().is_some() => content,
        (_, more) if more.as_unknown().is_some() => more.clone(),
        _ => machine.unknown("what is written"),
    };
    set(it, "content", whole);
    Ok(())
}

/// `print(…)`: into the stream that is given, or that output goes to at the moment.
pub(super) fn print<'a>(machine: &mut Machine<'a>, args: &Args<'a>) -> Result<(), Stop<'a>> {
    let to = args.named("file").filter(|it| !it.is_none()).cloned();
    let Some(to) = to.or_else(|| machine.printing.last().cloned()) else { return Ok(()) };
    let Value::Object(to) = to else { return Ok(()) };
    if !to.class.starts_with("io.") {
        return Ok(());
    }
    let text = |name: &str, or: &str| {
        args.named(name).and_then(Value::as_text).map_or_else(|| or.to_owned(), ToString::to_string)
    };
    let (separator, end) = (text("sep", " "), text("end", "\n"));
    let mut parts = Vec::new();
    for it in &args.positional {
        match format::text(machine, it)? {
            Ok(text) => parts.push(text),
            Err(unknown) => return write(machine, &to, &unknown),
        }
    }
    write(machine, &to, &Value::text(parts.join(&separator) + &end))
}
