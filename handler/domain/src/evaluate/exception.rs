//! Exceptions: which handler takes which, and how they are told.

use std::rc::Rc;

use super::expression;
use super::format::{self, Text};
use super::machine::{Machine, Raised, Stop};
use super::value::{Object, Value};

/// Python's own exceptions and the class above each, as far as one is caught by another's name.
const PARENTS: [(&str, &str); 48] = [
    ("AssertionError", "Exception"),
    ("AttributeError", "Exception"),
    ("ConnectionError", "OSError"),
    ("EOFError", "Exception"),
    ("EnvironmentError", "OSError"),
    ("FileExistsError", "OSError"),
    ("FileNotFoundError", "OSError"),
    ("IOError", "OSError"),
    ("ImportError", "Exception"),
    ("IndexError", "LookupError"),
    ("IsADirectoryError", "OSError"),
    ("JSONDecodeError", "ValueError"),
    ("KeyError", "LookupError"),
    ("LookupError", "Exception"),
    ("ModuleNotFoundError", "ImportError"),
    ("NameError", "Exception"),
    ("NotADirectoryError", "OSError"),
    ("NotImplementedError", "RuntimeError"),
    ("OSError", "Exception"),
    ("OverflowError", "ArithmeticError"),
    ("PackageNotFoundError", "ModuleNotFoundError"),
    ("PermissionError", "OSError"),
    ("RuntimeError", "Exception"),
    ("StopIteration", "Exception"),
    ("TypeError", "Exception"),
    ("UnicodeDecodeError", "ValueError"),
    ("ValueError", "Exception"),
    ("ZeroDivisionError", "ArithmeticError"),
    ("ArithmeticError", "Exception"),
    ("FloatingPointError", "ArithmeticError"),
    ("BlockingIOError", "OSError"),
    ("ConnectionRefusedError", "ConnectionError"),
    ("ConnectionResetError", "ConnectionError"),
    ("BrokenPipeError", "ConnectionError"),
    ("TimeoutError", "OSError"),
    ("ProcessLookupError", "OSError"),
    ("InterruptedError", "OSError"),
    ("RecursionError", "RuntimeError"),
    ("UnboundLocalError", "NameError"),
    ("UnicodeError", "ValueError"),
    ("UnicodeEncodeError", "ValueError"),
    ("TOMLDecodeError", "ValueError"),
    ("InvalidVersion", "ValueError"),
    ("ValidationError", "ValueError"),
    ("InvalidSpecifier", "ValueError"),
    ("FrozenInstanceError", "AttributeError"),
    ("NoSectionError", "Error"),
    ("NoOptionError", "Error"),
];

/// Whether `raised` is caught by `kind`, which is a class or a tuple of them; by what is not known, it is not.
pub(super) fn is_of<'a>(raised: &Value<'a>, kind: &Value<'a>) -> bool {
    match kind {
        // one level, as deeper ones may hold each other many times
        Value::Tuple(all) => {
            all.iter().any(|it| !matches!(it, Value::Tuple(_)) && is_of(raised, it))
        }
        Value::Class(wanted) => {
            matches!(raised, Value::Instance(it) if it.class.is_or_inherits(wanted))
        }
        other if let Some(wanted) = expression::dotted(other) => {
            let wanted = wanted.rsplit('.').next().unwrap_or_default();
            let wanted =
                if matches!(wanted, "IOError" | "EnvironmentError") { "OSError" } else { wanted };
            class_names(raised).iter().any(|it| it == wanted)
        }
        _ => false,
    }
}

/// The names of the installed classes that an exception is of.
fn class_names(raised: &Value<'_>) -> Vec<String> {
    let last = |it: &str| it.rsplit('.').next().unwrap_or(it).to_owned();
    let mut out: Vec<String> = match raised {
        Value::Object(it) => vec![last(&it.class)],
        Value::Instance(it) => it.class.installed_bases().iter().map(|it| last(it)).collect(),
        _ => Vec::new(),
    };
    let mut at = 0;
    while let Some(name) = out.get(at) {
        if let Some((_, parent)) = PARENTS.iter().find(|(it, _)| it == name) {
            out.push((*parent).to_owned());
        }
        at += 1;
    }
    let outside_of_exception = ["SystemExit", "KeyboardInterrupt", "GeneratorExit"];
    if !out.iter().any(|it| outside_of_exception.contains(&it.as_str())) {
        out.push("Exception".to_owned());
    }
    out.push("BaseException".to_owned());
    out
}

/// `ValueError: no such name`
pub(super) fn shown(raised: &Value<'_>) -> String {
    let class = raised.type_name();
    let arguments = arguments(raised);
    let text = match arguments.as_slice() {
        [] => return class,
        [only] if class == "KeyError" => format::repr(only),
        [only] => only.as_text().map_or_else(|| format::repr(only), ToString::to_string),
        _ => format::repr(&Value::tuple(arguments)),
    };
    if text.is_empty() { class } else { format!("{class}: {text}") }
}

/// `e.args`
pub(super) fn arguments<'a>(raised: &Value<'a>) -> Vec<Value<'a>> {
    match raised {
        Value::Object(it) => it.positional.clone(),
        Value::Instance(it) => match it.fields.borrow().get("args") {
            Some(Value::Tuple(it)) => it.to_vec(),
            _ => Vec::new(),
        },
        _ => Vec::new(),
    }
}

/// What `str(e)` gives for an exception of `class` with these arguments.
pub(super) fn text<'a>(machine: &mut Machine<'a>, class: &str, args: &[Value<'a>]) -> Text<'a> {
    let name = class.rsplit('.').next().unwrap_or(class);
    match args {
        [] => Ok(Ok(String::new())),
        [only] if name == "KeyError" => format::shown_repr(machine, only),
        [only] => format::text(machine, only),
        [number, message, rest @ ..] if is_below(name, "OSError") => {
            let mut out = String::from("[Errno ");
            for (part, after) in [(number, "] "), (message, "")] {
                match format::text(machine, part)? {
                    Ok(text) => out.extend([&*text, after]),
                    unknown => return Ok(unknown),
                }
            }
            if let Some(file) = rest.first() {
                out.extend([": ", &*format::repr(file)]);
            }
            Ok(Ok(out))
        }
        _ => format::shown_repr(machine, &Value::tuple(args.to_vec())),
    }
}

/// Whether the class of Python's own is one below `above`.
pub(super) fn is_below(class: &str, above: &str) -> bool {
    let mut at = class;
    loop {
        if at == above {
            return true;
        }
        match PARENTS.iter().find(|(name, _)| *name == at) {
            Some((_, parent)) => at = parent,
            None => return false,
        }
    }
}

/// Whether the value is an exception of a class that is installed.
pub(super) fn is_exception(it: &Value<'_>) -> bool {
    let Value::Object(it) = it else { return false };
    let name = it.class.rsplit('.').next().unwrap_or_default();
    it.class.starts_with("builtins.") && name != "object" && name != "super"
}

/// The exception of a key that is not there.
pub(super) fn no_key<'a, T>(machine: &Machine<'a>, key: &Value<'a>) -> Result<T, Stop<'a>> {
    raise(machine, "KeyError", vec![key.clone()])
}

/// An exception of Python's own class `class` with these arguments.
pub(super) fn raise<'a, T>(
    machine: &Machine<'a>,
    class: &str,
    args: Vec<Value<'a>>,
) -> Result<T, Stop<'a>> {
    let value = Value::Object(Rc::new(Object {
        class: format!("builtins.{class}").into(),
        positional: args,
        fields: std::cell::RefCell::default(),
        at: machine.at,
    }));
    Err(Stop::Raise(Rc::new(Raised { value, hint: "".into(), at: machine.at })))
}

/// What `e.name` gives for an exception of an installed class.
pub(super) fn attribute<'a>(it: &Object<'a>, name: &str) -> Option<Value<'a>> {
    let at = |at: usize| Some(it.positional.get(at).cloned().unwrap_or(Value::None));
    match name {
        "args" => Some(Value::tuple(it.positional.clone())),
        "code" if it.class.ends_with("SystemExit") => at(0),
        "errno" => at(0),
        "strerror" => at(1),
        "filename" => at(2),
        "exceptions" => match it.positional.get(1) {
            Some(Value::List(all)) => Some(Value::tuple(all.borrow().clone())),
            _ => None,
        },
        "message" if it.class.ends_with("Group") => at(0),
        "value" if it.class.ends_with("StopIteration") => at(0),
        "name" if it.class.ends_with("NotFoundError") => None,
        "__cause__" | "__context__" | "__traceback__" => Some(Value::None),
        _ => None,
    }
}
