//! Python's own functions and classes.

use std::cmp::Ordering;
use std::rc::Rc;

use super::object;
use crate::evaluate::call::{self, Args};
use crate::evaluate::dict::Dict;
use crate::evaluate::machine::{Eval, MAX_ITEMS, Machine, Stop};
use crate::evaluate::value::{Descriptor, Value};
use crate::evaluate::{attribute, compare, files, format, items, operator, path};

/// Names that need no import.
const NAMES: [&str; 62] = [
    "ArithmeticError",
    "BaseException",
    "Exception",
    "NotImplemented",
    "__import__",
    "abs",
    "all",
    "any",
    "ascii",
    "bool",
    "breakpoint",
    "bytes",
    "bytearray",
    "callable",
    "chr",
    "classmethod",
    "compile",
    "complex",
    "delattr",
    "dict",
    "dir",
    "divmod",
    "enumerate",
    "eval",
    "exec",
    "exit",
    "filter",
    "float",
    "format",
    "frozenset",
    "getattr",
    "globals",
    "hasattr",
    "hash",
    "hex",
    "id",
    "input",
    "int",
    "isinstance",
    "issubclass",
    "iter",
    "len",
    "list",
    "locals",
    "map",
    "max",
    "min",
    "next",
    "object",
    "oct",
    "open",
    "ord",
    "pow",
    "print",
    "property",
    "quit",
    "range",
    "repr",
    "reversed",
    "round",
    "set",
    "slice",
];

const MORE: [&str; 10] = [
    "sorted",
    "staticmethod",
    "str",
    "sum",
    "super",
    "tuple",
    "type",
    "vars",
    "zip",
    "__build_class__",
];

/// Whether `name` is one of Python's own.
pub(in crate::evaluate) fn is_builtin(name: &str) -> bool {
    let is_exception = || {
        name.starts_with(char::is_uppercase)
            && (name.ends_with("Error")
                || name.ends_with("Warning")
                || name.ends_with("Exit")
                || name.ends_with("Interrupt")
                || name.starts_with("StopIter")
                || name.starts_with("StopAsync"))
    };
    NAMES.contains(&name) || MORE.contains(&name) || is_exception()
}

/// What the call `name(…)` gives.
pub(super) fn call<'a>(machine: &mut Machine<'a>, name: &str, args: Args<'a>) -> Eval<'a> {
    let first = args.positional.first().cloned();
    match (name, first) {
        ("print" | "breakpoint" | "delattr", _) => Ok(Value::None),
        ("exit" | "quit", _) => super::call(machine, &"sys.exit".into(), args),
        ("dict", _) => dict(machine, args),
        ("getattr", Some(owner)) => getattr(machine, &owner, &args),
        ("setattr", Some(owner)) => {
            if let (Some(name), Some(value)) = (args.text("name", 1), args.positional.get(2)) {
                attribute::set(machine, &owner, &name, value.clone())?;
            }
            Ok(Value::None)
        }
        ("hasattr", Some(Value::Unknown(it))) => Ok(Value::Unknown(it)),
        ("hasattr", Some(Value::Outside(it))) => {
            let name = args.text("name", 1).unwrap_or_default();
            Ok(match crate::evaluate::prefect::has(&it, &name) {
                Some(it) => Value::Bool(it),
                None => machine.unknown(format!("whether `{it}` has `{name}`")),
            })
        }
        ("dir", Some(it @ (Value::Module(_) | Value::Class(_)))) => Ok(dir(machine, &it)),
        ("hasattr", Some(owner)) => {
            let name = args.text("name", 1).unwrap_or_default();
            Ok(Value::Bool(attribute::has(machine, &owner, &name)))
        }
        ("property", Some(it)) => Ok(Value::Descriptor(Descriptor::Property, Rc::new(it))),
        ("classmethod", Some(it)) => Ok(Value::Descriptor(Descriptor::Class, Rc::new(it))),
        ("staticmethod", Some(it)) => Ok(Value::Descriptor(Descriptor::Static, Rc::new(it))),
        ("isinstance", Some(it)) => {
            let class = args.positional.get(1).cloned().unwrap_or(Value::None);
            Ok(is_instance(&it, &class)
                .map_or_else(|| machine.unknown("an `isinstance`"), Value::Bool))
        }
        ("issubclass", Some(it)) => Ok(match (&it, args.positional.get(1)) {
            (Value::Class(a), Some(Value::Class(b))) => Value::Bool(a.is_or_inherits(b)),
            _ => machine.unknown("an `issubclass`"),
        }),
        ("callable", Some(it)) => Ok(Value::Bool(matches!(
            it,
            Value::Function(_)
                | Value::Method(_)
                | Value::Native(_)
                | Value::Class(_)
                | Value::Outside(_)
                | Value::Flow(_)
        ))),
        ("type", Some(it)) => Ok(match &it {
            Value::Instance(it) => Value::Class(Rc::clone(&it.class)),
            Value::Object(it) => Value::Outside(Rc::clone(&it.class)),
            Value::Unknown(_) => it,
            other => Value::outside(format!("builtins.{}", other.type_name())),
        }),
        ("open", Some(it)) => match path::text_of(&it) {
            Some(path) => {
                let mode = args.text("mode", 1).unwrap_or_else(|| "r".into());
                files::open(machine, &path, &mode)
            }
            None => Ok(machine.unknown("a file")),
        },
        ("object", _) => Ok(object(machine, "builtins.object", args)),
        ("NotImplemented", _) => Ok(Value::None),
        ("input", _) => Ok(machine.unknown("what is typed in")),
        ("eval" | "exec" | "compile" | "__import__", _) => {
            Ok(machine.unknown(format!("the result of `{name}`")))
        }
        (name, _) if name.starts_with(char::is_uppercase) => {
            Ok(object(machine, &format!("builtins.{name}"), args))
        }
        (name, first) => converted(machine, name, first, args),
    }
}

/// The names of a module or class, in order.
fn dir<'a>(machine: &Machine<'a>, it: &Value<'a>) -> Value<'a> {
    let scope = match it {
        Value::Module(id) => machine.modules.get(id).copied(),
        Value::Class(it) => Some(it.scope),
        _ => None,
    };
    let names = scope.and_then(|it| machine.scopes.get(it)).map(|it| it.values.keys());
    Value::list(names.into_iter().flatten().map(|it| Value::Text(Rc::clone(it))).collect())
}

/// Conversions, and functions of lists.
fn converted<'a>(
    machine: &mut Machine<'a>,
    name: &str,
    first: Option<Value<'a>>,
    args: Args<'a>,
) -> Eval<'a> {
    match name {
        "range" => return range(machine, &args),
        "zip" => return zip(machine, args),
        "map" | "filter" => return mapped(machine, name, args),
        "min" | "max" => return extreme(machine, name, args),
        _ => {}
    }
    let Some(first) = first else {
        return Ok(match name {
            "str" => Value::text(""),
            "int" => Value::Int(0),
            "float" => Value::Float(0.0),
            "bool" => Value::Bool(false),
            "bytes" => Value::Bytes(Rc::from([])),
            "list" => Value::list(Vec::new()),
            "tuple" => Value::tuple(Vec::new()),
            "set" | "frozenset" => Value::set([]),
            _ => return machine.raise("TypeError", format!("{name}() needs an argument")),
        });
    };
    if let Value::Unknown(_) = first {
        return Ok(first);
    }
    if let Some(made) = scalar(machine, name, &first, &args)? {
        return Ok(made);
    }
    let Some(all) = items::of(machine, &first)? else {
        return Ok(machine.unknown(format!("the items of a {}", first.type_name())));
    };
    of_items(machine, name, &first, all, &args)
}

fn scalar<'a>(
    machine: &mut Machine<'a>,
    name: &str,
    it: &Value<'a>,
    args: &Args<'a>,
) -> Result<Option<Value<'a>>, Stop<'a>> {
    let shown = |text: Result<String, Value<'a>>| Some(text.map_or_else(|it| it, Value::text));
    Ok(match (name, it) {
        ("str", Value::Bytes(it)) if args.get("encoding", 1).is_some() => {
            Some(Value::text(String::from_utf8_lossy(it).into_owned()))
        }
        ("str", _) => shown(format::text(machine, it)?),
        ("repr" | "ascii", _) => shown(format::shown_repr(machine, it)?),
        ("format", _) => {
            let spec = args.text("spec", 1).unwrap_or_default();
            shown(format::formatted(machine, it, &spec)?)
        }
        ("bool", _) => Some(it.truth().map_or_else(|| it.clone(), Value::Bool)),
        ("int", _) => Some(int(machine, it, args)?),
        ("float", _) => Some(float(machine, it)?),
        ("len", Value::Text(text)) => {
            Some(Value::Int(i128::try_from(text.chars().count()).unwrap_or(i128::MAX)))
        }
        ("len", Value::Instance(_)) if attribute::has(machine, it, "__len__") => {
            Some(attribute::call(machine, it, "__len__", Args::none())?)
        }
        ("abs", Value::Float(it)) => Some(Value::Float(it.abs())),
        ("abs", _) if it.as_int().is_some() => {
            it.as_int().and_then(i128::checked_abs).map(Value::Int)
        }
        ("round", _) => Some(round(machine, it, args)?),
        ("chr", Value::Int(code)) => {
            u32::try_from(*code).ok().and_then(char::from_u32).map(|it| Value::text(it.to_string()))
        }
        ("ord", Value::Text(it)) => it.chars().next().map(|it| Value::Int(u32::from(it).into())),
        ("hex", Value::Int(it)) => Some(Value::text(format!("{it:#x}"))),
        ("oct", Value::Int(it)) => Some(Value::text(format!("{it:#o}"))),
        ("bin", Value::Int(it)) => Some(Value::text(format!("{it:#b}"))),
        ("pow", _) => {
            let other = args.positional.get(1).cloned().unwrap_or(Value::None);
            Some(operator::binary(machine, ruff_python_ast::Operator::Pow, it, &other)?)
        }
        ("divmod", _) => {
            let other = args.positional.get(1).cloned().unwrap_or(Value::None);
            let quotient =
                operator::binary(machine, ruff_python_ast::Operator::FloorDiv, it, &other)?;
            let rest = operator::binary(machine, ruff_python_ast::Operator::Mod, it, &other)?;
            Some(Value::tuple(vec![quotient, rest]))
        }
        ("vars", Value::Instance(it)) => Some(Value::dict(crate::evaluate::class::as_dict(it))),
        ("hash" | "id" | "dir" | "vars" | "slice" | "complex" | "memoryview", _) => {
            Some(machine.unknown(format!("the result of `{name}`")))
        }
        ("bytes", Value::Text(it)) => Some(Value::Bytes(it.as_bytes().into())),
        _ => None,
    })
}

fn int<'a>(machine: &Machine<'a>, it: &Value<'a>, args: &Args<'a>) -> Eval<'a> {
    if let Some(text) = it.as_text().filter(|_| !matches!(it, Value::Instance(_))) {
        let base = args
            .get("base", 1)
            .and_then(Value::as_int)
            .and_then(|it| u32::try_from(it).ok())
            .unwrap_or(10);
        let digits = grouped(text.trim());
        let digits = match base {
            16 => digits.trim_start_matches("0x"),
            8 => digits.trim_start_matches("0o"),
            2 => digits.trim_start_matches("0b"),
            _ => &digits,
        };
        let parsed =
            (2..=36).contains(&base).then(|| i128::from_str_radix(digits, base).ok()).flatten();
        return match parsed {
            Some(it) => Ok(Value::Int(it)),
            None => {
                let shown = format::repr(it);
                machine.raise(
                    "ValueError",
                    format!("invalid literal for int() with base {base}: {shown}"),
                )
            }
        };
    }
    #[expect(
        clippy::cast_possible_truncation,
        reason = "saturates; larger ones are not whole numbers here"
    )]
    match (it.as_int(), it) {
        (Some(it), _) => Ok(Value::Int(it)),
        (_, Value::Float(it)) if it.is_finite() => Ok(Value::Int(it.trunc() as i128)),
        (_, Value::Instance(_) | Value::Object(_)) => Ok(machine.unknown("a number")),
        _ => machine.raise("TypeError", format!("int() argument must not be '{}'", it.type_name())),
    }
}

fn float<'a>(machine: &Machine<'a>, it: &Value<'a>) -> Eval<'a> {
    if let Some(number) = it.as_float() {
        return Ok(Value::Float(number));
    }
    match it.as_text().map(|it| grouped(it.trim()).parse::<f64>()) {
        Some(Ok(it)) => Ok(Value::Float(it)),
        Some(Err(_)) => machine.raise(
            "ValueError",
            format!("could not convert string to float: {}", format::repr(it)),
        ),
        None => Ok(machine.unknown("a number")),
    }
}

/// Without the underscores between digits; others stay, and are no number.
fn grouped(text: &str) -> String {
    let groups: Vec<&str> = text.split('_').collect();
    let is_digit = |it: Option<char>| it.is_some_and(|it| it.is_ascii_alphanumeric());
    let between = groups.windows(2).all(|pair| match pair {
        [before, after] => is_digit(before.chars().next_back()) && is_digit(after.chars().next()),
        _ => true,
    });
    if between { groups.concat() } else { text.to_owned() }
}

/// To the nearest, halves to the even one.
fn round<'a>(machine: &Machine<'a>, it: &Value<'a>, args: &Args<'a>) -> Eval<'a> {
    let digits = args.get("ndigits", 1).and_then(Value::as_int);
    Ok(match (it, digits) {
        (Value::Float(it), None) =>
        {
            #[expect(clippy::cast_possible_truncation, reason = "saturates")]
            Value::Int(it.round_ties_even() as i128)
        }
        (Value::Float(it), Some(digits)) if (0..=15).contains(&digits) => {
            let digits = usize::try_from(digits).unwrap_or(0);
            Value::Float(format!("{it:.digits$}").parse().unwrap_or(*it))
        }
        (other, _) if other.as_int().is_some() => other.clone(),
        _ => machine.unknown("a rounded number"),
    })
}

/// Functions of all items.
fn of_items<'a>(
    machine: &mut Machine<'a>,
    name: &str,
    whole: &Value<'a>,
    all: Vec<Value<'a>>,
    args: &Args<'a>,
) -> Eval<'a> {
    let count = |it: usize| Value::Int(i128::try_from(it).unwrap_or(i128::MAX));
    Ok(match name {
        "len" => count(all.len()),
        "list" | "iter" => Value::list(all),
        "tuple" => Value::tuple(all),
        "set" | "frozenset" => Value::set(all),
        "bytes" | "bytearray" => {
            Value::Bytes(all.iter().filter_map(|it| u8::try_from(it.as_int()?).ok()).collect())
        }
        "sorted" => match sorted(machine, all, args)? {
            Ok(all) => Value::list(all),
            Err(unknown) => unknown,
        },
        "reversed" => Value::list(all.into_iter().rev().collect()),
        "enumerate" => {
            let start = args.get("start", 1).and_then(Value::as_int).unwrap_or(0);
            let pairs = (start..).zip(all).map(|(at, it)| Value::tuple(vec![Value::Int(at), it]));
            Value::list(pairs.collect())
        }
        "sum" => {
            let mut total = args.get("start", 1).cloned().unwrap_or(Value::Int(0));
            for it in &all {
                total = operator::binary(machine, ruff_python_ast::Operator::Add, &total, it)?;
            }
            total
        }
        "any" | "all" => {
            let ends = name == "any";
            let mut unknown = None;
            for it in &all {
                match it.truth() {
                    Some(truth) if truth == ends => return Ok(Value::Bool(ends)),
                    Some(_) => {}
                    None => unknown = Some(it.clone()),
                }
            }
            unknown.unwrap_or(Value::Bool(!ends))
        }
        "next" => match (all.into_iter().next(), args.positional.get(1)) {
            (Some(it), _) => {
                // what is iterated is used up, one by one
                if let Value::List(list) = whole {
                    list.borrow_mut().remove(0);
                }
                it
            }
            (None, Some(default)) => default.clone(),
            (None, None) => return machine.raise("StopIteration", ""),
        },
        _ => machine.unknown(format!("the result of `{name}`")),
    })
}

fn dict<'a>(machine: &mut Machine<'a>, args: Args<'a>) -> Eval<'a> {
    let mut out = match args.positional.first() {
        None => Dict::default(),
        Some(Value::Dict(it)) => it.borrow().clone(),
        Some(other) => {
            let Some(pairs) = items::of(machine, other)? else { return Ok(other.clone()) };
            let mut out = Dict::default();
            for pair in pairs {
                match items::of(machine, &pair)?.as_deref() {
                    Some([key, value]) => out.insert(key.clone(), value.clone()),
                    _ => {
                        return machine
                            .raise("ValueError", "dictionary update sequence element is no pair");
                    }
                }
            }
            out
        }
    };
    for (name, value) in args.named {
        out.insert(Value::Text(name), value);
    }
    if let Some(open) = args.open {
        out.insert(open.clone(), open);
    }
    Ok(Value::dict(out))
}

fn getattr<'a>(machine: &mut Machine<'a>, owner: &Value<'a>, args: &Args<'a>) -> Eval<'a> {
    let Some(name) = args.text("name", 1) else { return Ok(machine.unknown("an attribute")) };
    match (attribute::get(machine, owner, &name), args.positional.get(2)) {
        (Err(Stop::Raise(_)), Some(default)) => Ok(default.clone()),
        (found, _) => found,
    }
}

fn range<'a>(machine: &mut Machine<'a>, args: &Args<'a>) -> Eval<'a> {
    if let Some(unknown) = args.unknown() {
        return Ok(unknown.clone());
    }
    let numbers: Vec<i128> = args.positional.iter().filter_map(Value::as_int).collect();
    let (start, end, step) = match numbers.as_slice() {
        [end] => (0, *end, 1),
        [start, end] => (*start, *end, 1),
        [start, end, step] if *step != 0 => (*start, *end, *step),
        _ => return machine.raise("TypeError", "range() got wrong arguments"),
    };
    let most = i128::try_from(MAX_ITEMS).unwrap_or(i128::MAX);
    let count =
        if step > 0 { (end - start + step - 1) / step } else { (start - end - step - 1) / -step };
    if count > most {
        return Ok(machine.unknown("a range of more than 100000 numbers"));
    }
    machine.spend_size(usize::try_from(count.max(0)).unwrap_or(0))?;
    Ok(Value::list((0..count.max(0)).map(|at| Value::Int(start + at * step)).collect()))
}

fn zip<'a>(machine: &mut Machine<'a>, args: Args<'a>) -> Eval<'a> {
    let mut columns = Vec::new();
    for it in &args.positional {
        match items::of(machine, it)? {
            Some(all) => columns.push(all),
            None => return Ok(it.clone()),
        }
    }
    let count = columns.iter().map(Vec::len).min().unwrap_or(0);
    let row =
        |at: usize| Value::tuple(columns.iter().filter_map(|it| it.get(at).cloned()).collect());
    Ok(Value::list((0..count).map(row).collect()))
}

fn mapped<'a>(machine: &mut Machine<'a>, name: &str, args: Args<'a>) -> Eval<'a> {
    let Some((callee, rest)) = args.positional.split_first() else {
        return machine.raise("TypeError", format!("{name}() needs arguments"));
    };
    let rows = zip(machine, Args::of(rest.to_vec()))?;
    let Some(rows) = items::of(machine, &rows)? else { return Ok(rows) };
    let mut out = Vec::new();
    for row in rows {
        let given = items::of(machine, &row)?.unwrap_or_default();
        if name == "map" {
            out.push(call::value(machine, callee, Args::of(given))?);
            continue;
        }
        let test = match callee {
            Value::None => given.first().cloned().unwrap_or(Value::None),
            _ => call::value(machine, callee, Args::of(given.clone()))?,
        };
        match test.truth() {
            Some(true) => out.extend(given),
            Some(false) => {}
            None => return Ok(test),
        }
    }
    Ok(Value::list(out))
}

fn extreme<'a>(machine: &mut Machine<'a>, name: &str, args: Args<'a>) -> Eval<'a> {
    let all = match args.positional.as_slice() {
        [only] => match items::of(machine, only)? {
            Some(all) => all,
            None => return Ok(only.clone()),
        },
        all => all.to_vec(),
    };
    let only_key = Args { positional: Vec::new(), named: args.named.clone(), open: None };
    let default = args.named("default").cloned();
    match sorted(machine, all, &only_key)? {
        Ok(all) => {
            let picked =
                if name == "min" { all.into_iter().next() } else { all.into_iter().next_back() };
            match picked.or(default) {
                Some(it) => Ok(it),
                None => machine.raise("ValueError", format!("{name}() arg is an empty sequence")),
            }
        }
        Err(unknown) => Ok(unknown),
    }
}

/// In order, by `key` and `reverse` of `args`; else what is not known.
#[expect(
    clippy::type_complexity,
    reason = "the items, or the one that is not known, or an exception"
)]
pub(in crate::evaluate) fn sorted<'a>(
    machine: &mut Machine<'a>,
    all: Vec<Value<'a>>,
    args: &Args<'a>,
) -> Result<Result<Vec<Value<'a>>, Value<'a>>, Stop<'a>> {
    let key = args.named("key").filter(|it| !it.is_none()).cloned();
    let reverse = args.named("reverse").and_then(Value::truth) == Some(true);
    let mut keyed = Vec::new();
    for it in all {
        let by = match &key {
            Some(key) => call::value(machine, key, Args::of(vec![it.clone()]))?,
            None => it.clone(),
        };
        keyed.push((by, it));
    }
    // by insertion, so that an exception or an unknown order ends it
    let mut out: Vec<(Value<'a>, Value<'a>)> = Vec::with_capacity(keyed.len());
    for (by, it) in keyed {
        let (mut low, mut high) = (0, out.len());
        while low < high {
            let middle = usize::midpoint(low, high);
            let Some((other, _)) = out.get(middle) else { break };
            match compare::order(machine, &by, other)? {
                Some(Ordering::Less) if !reverse => high = middle,
                Some(Ordering::Greater) if reverse => high = middle,
                Some(_) => low = middle + 1,
                None => return Ok(Err(machine.unknown("an order"))),
            }
        }
        out.insert(low, (by, it));
    }
    Ok(Ok(out.into_iter().map(|(_, it)| it).collect()))
}

/// Whether `it` is of `class`, which may be several; `None` when it is not known.
pub(in crate::evaluate) fn is_instance<'a>(it: &Value<'a>, class: &Value<'a>) -> Option<bool> {
    match class {
        _ if it.as_unknown().is_some() => None,
        Value::Tuple(all) => {
            let found: Vec<Option<bool>> = all.iter().map(|class| is_instance(it, class)).collect();
            if found.contains(&Some(true)) {
                Some(true)
            } else {
                found.into_iter().collect::<Option<Vec<_>>>().map(|_| false)
            }
        }
        Value::Class(class) => {
            Some(matches!(it, Value::Instance(it) if it.class.is_or_inherits(class)))
        }
        Value::Outside(name) => of_outside(it, name),
        _ => None,
    }
}

fn of_outside(it: &Value<'_>, class: &str) -> Option<bool> {
    let name = class.rsplit('.').next().unwrap_or(class);
    Some(match (it, name) {
        (_, "object") => true,
        (Value::Text(_), "str" | "Sequence" | "Iterable")
        | (Value::List(_), "list" | "Sequence" | "Iterable")
        | (Value::Tuple(_), "tuple" | "Sequence" | "Iterable")
        | (Value::Dict(_), "dict" | "Mapping" | "Iterable")
        | (Value::Bool(_), "int" | "bool")
        | (Value::Path(_), "Path" | "PurePath" | "PosixPath" | "PathLike")
        | (Value::Flow(_), "Flow")
        | (Value::Function(_), "Callable" | "FunctionType")
        | (Value::Set(_), "set" | "Iterable") => true,
        (Value::Moment(it), "date") => matches!(it.type_name(), "date" | "datetime"),
        (Value::Instance(it), "str") => it.mixed_text().is_some(),
        (Value::Instance(it), "int") => it.mixed_int().is_some(),
        (Value::Instance(it), _)
            if it.class.installed_bases().iter().any(|it| it.ends_with(name)) =>
        {
            true
        }
        (Value::Instance(it), _) if it.class.open => return None,
        (Value::Object(it), _) => it.class.rsplit('.').next() == Some(name),
        (Value::Outside(_), _) => return None,
        (other, name) => other.type_name() == name,
    })
}
