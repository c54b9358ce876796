//! `json.dumps`, as Python writes JSON.

use std::rc::Rc;

use super::call::{self, Args};
use super::class::own_value;
use super::installed;
use super::json_text::{line, plain, quoted};
use super::machine::{Eval, Machine, Stop};
use super::value::Value;

/// How it is written.
pub(super) struct Layout<'a> {
    /// What a level is indented by.
    pub(super) indent: Option<String>,
    item: String,
    key: String,
    pub(super) ascii: bool,
    sorted: bool,
    skips: bool,
    default: Option<Value<'a>>,
}

/// `json.dumps(value)`
pub(super) fn dumps<'a>(machine: &mut Machine<'a>, it: &Value<'a>, args: &Args<'a>) -> Eval<'a> {
    let is_on = |name: &str| args.named(name).and_then(Value::truth);
    let indent = match args.named("indent") {
        None | Some(Value::None) => None,
        Some(it) => match (it.as_text(), it.as_int()) {
            (Some(text), _) => Some(text.to_string()),
            (None, Some(count)) => {
                Some(" ".repeat(usize::try_from(count.clamp(0, 64)).unwrap_or(0)))
            }
            _ => return Ok(machine.unknown("JSON with a layout")),
        },
    };
    let separators = match args.named("separators") {
        Some(Value::Tuple(it)) => it.iter().filter_map(|it| it.as_text().cloned()).collect(),
        _ => Vec::<Rc<str>>::new(),
    };
    let separator =
        |at: usize, or: &str| separators.get(at).map_or_else(|| or.to_owned(), ToString::to_string);
    let layout = Layout {
        item: separator(0, if indent.is_some() { "," } else { ", " }),
        key: separator(1, ": "),
        indent,
        ascii: is_on("ensure_ascii") != Some(false),
        sorted: is_on("sort_keys") == Some(true),
        skips: is_on("skipkeys") == Some(true),
        default: args.named("default").filter(|it| !it.is_none()).cloned(),
    };
    let mut out = String::new();
    Ok(match write(machine, it, &layout, &mut Vec::new(), &mut out)? {
        Some(unknown) => unknown,
        None => Value::text(out),
    })
}

/// The value that is not known, if there is one.
type Written<'a> = Result<Option<Value<'a>>, Stop<'a>>;

fn write<'a>(
    machine: &mut Machine<'a>,
    it: &Value<'a>,
    layout: &Layout<'a>,
    outer: &mut Vec<usize>,
    out: &mut String,
) -> Written<'a> {
    let address = match it {
        Value::List(it) => Rc::as_ptr(it).addr(),
        Value::Dict(it) => Rc::as_ptr(it).addr(),
        _ => 0,
    };
    if address != 0 && outer.contains(&address) {
        return machine.raise("ValueError", "Circular reference detected");
    }
    outer.push(address);
    let found = machine.nested(|machine| one(machine, it, layout, outer, out));
    outer.pop();
    if out.len() > super::limits::MAX_TEXT {
        machine.spend_size(out.len())?;
    }
    found
}

fn one<'a>(
    machine: &mut Machine<'a>,
    it: &Value<'a>,
    layout: &Layout<'a>,
    outer: &mut Vec<usize>,
    out: &mut String,
) -> Written<'a> {
    if let Some(text) = plain(it, layout) {
        machine.spend_size(text.len())?;
        out.push_str(&text);
        return Ok(None);
    }
    match own_value(it) {
        Value::List(all) => {
            let all = all.borrow().clone();
            list(machine, &all, layout, outer, out)
        }
        Value::Tuple(all) => list(machine, all, layout, outer, out),
        Value::Dict(all) => {
            let all: Vec<_> =
                all.borrow().iter().map(|(key, it)| (key.clone(), it.clone())).collect();
            mapping(machine, all, layout, outer, out)
        }
        Value::Unknown(_) => Ok(Some(it.clone())),
        _ => match &layout.default {
            Some(default) => {
                let made = call::value(machine, default, Args::of(vec![it.clone()]))?;
                write(machine, &made, layout, outer, out)
            }
            None if is_open(it) => {
                Ok(Some(machine.unknown(format!("the JSON of a {}", it.type_name()))))
            }
            None => {
                let message = format!("Object of type {} is not JSON serializable", it.type_name());
                machine.raise("TypeError", message)
            }
        },
    }
}

/// Whether it may be of a class that JSON has, for all that is known.
fn is_open(it: &Value<'_>) -> bool {
    match it {
        Value::Object(it) => installed::text(it).is_none(),
        Value::Instance(it) => it.class.open && !it.class.is_data(),
        Value::Outside(_) => true,
        _ => false,
    }
}

/// A list, between square brackets.
fn list<'a>(
    machine: &mut Machine<'a>,
    all: &[Value<'a>],
    layout: &Layout<'a>,
    outer: &mut Vec<usize>,
    out: &mut String,
) -> Written<'a> {
    let rows = all.iter().map(|it| (String::new(), it.clone())).collect();
    out.push('[');
    let unknown = several(machine, rows, layout, outer, out)?;
    out.push(']');
    Ok(unknown)
}

fn mapping<'a>(
    machine: &mut Machine<'a>,
    all: Vec<(Value<'a>, Value<'a>)>,
    layout: &Layout<'a>,
    outer: &mut Vec<usize>,
    out: &mut String,
) -> Written<'a> {
    let mut rows: Vec<(String, Value<'a>)> = Vec::new();
    for (key, it) in all {
        match (key.as_text(), plain(&key, layout)) {
            _ if key.as_unknown().is_some() => return Ok(Some(key)),
            (Some(text), _) => rows.push((text.to_string(), it)),
            (None, Some(text)) => rows.push((text, it)),
            (None, None) if layout.skips => {}
            (None, None) => {
                let name = key.type_name();
                let message = format!("keys must be str, int, float, bool or None, not {name}");
                return machine.raise("TypeError", message);
            }
        }
    }
    if layout.sorted {
        rows.sort_by(|(a, _), (b, _)| a.cmp(b));
    }
    for (key, _) in &mut rows {
        *key = format!("{}{}", quoted(key, layout.ascii), layout.key);
    }
    out.push('{');
    let unknown = several(machine, rows, layout, outer, out)?;
    out.push('}');
    Ok(unknown)
}

/// Values, each after what is written before it.
fn several<'a>(
    machine: &mut Machine<'a>,
    rows: Vec<(String, Value<'a>)>,
    layout: &Layout<'a>,
    outer: &mut Vec<usize>,
    out: &mut String,
) -> Written<'a> {
    let level = outer.len();
    for (at, (before, it)) in rows.iter().enumerate() {
        if at > 0 {
            out.push_str(&layout.item);
        }
        line(layout, level, out);
        out.push_str(before);
        if let Some(unknown) = write(machine, it, layout, outer, out)? {
            return Ok(Some(unknown));
        }
    }
    if !rows.is_empty() {
        line(layout, level - 1, out);
    }
    Ok(None)
}
