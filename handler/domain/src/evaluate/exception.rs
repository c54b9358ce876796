//! Exceptions: which handler takes which, and how they are told.

use super::value::Value;

/// Python's own exceptions and the class above each, as far as one is caught by another's name.
const PARENTS: [(&str, &str); 28] = [
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
    ("PermissionError", "OSError"),
    ("RuntimeError", "Exception"),
    ("StopIteration", "Exception"),
    ("TypeError", "Exception"),
    ("UnicodeDecodeError", "ValueError"),
    ("ValueError", "Exception"),
    ("ZeroDivisionError", "ArithmeticError"),
    ("ArithmeticError", "Exception"),
];

/// Whether `raised` is caught by `kind`, which is a class or a tuple of them; by what is not known, it is not.
pub(super) fn is_of<'a>(raised: &Value<'a>, kind: &Value<'a>) -> bool {
    match kind {
        Value::Tuple(all) => all.iter().any(|it| is_of(raised, it)),
        Value::Class(wanted) => {
            matches!(raised, Value::Instance(it) if it.class.is_or_inherits(wanted))
        }
        Value::Outside(wanted) => {
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
    let first = match raised {
        Value::Object(it) => it.class.rsplit('.').next().map(str::to_owned),
        Value::Instance(it) => it.class.installed_base(),
        _ => None,
    };
    let mut out: Vec<String> = first.into_iter().collect();
    while let Some((_, parent)) =
        PARENTS.iter().find(|(name, _)| out.last().is_some_and(|it| it == name))
    {
        out.push((*parent).to_owned());
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
    let argument = match raised {
        Value::Object(it) => it.positional.first().cloned(),
        Value::Instance(it) => it.fields.borrow().get("args").and_then(|it| match it {
            Value::Tuple(it) => it.first().cloned(),
            _ => None,
        }),
        _ => None,
    };
    match argument.as_ref().and_then(Value::as_text) {
        Some(text) if !text.is_empty() => format!("{class}: {text}"),
        _ => class,
    }
}

/// The class of an exception.
pub(super) fn class<'a>(raised: &Value<'a>) -> Value<'a> {
    match raised {
        Value::Instance(it) => Value::Class(std::rc::Rc::clone(&it.class)),
        Value::Object(it) => Value::Outside(std::rc::Rc::clone(&it.class)),
        other => other.clone(),
    }
}
