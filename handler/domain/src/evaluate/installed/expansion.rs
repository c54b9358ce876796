//! `os.path.expandvars`, `os.path.expanduser`: variables and the home folder in a path.

use std::rc::Rc;

use super::environment;
use crate::evaluate::machine::Machine;
use crate::evaluate::value::Value;

/// `$NAME` and `${NAME}` as the environment has them; one that is not known there may be set elsewhere.
pub(super) fn variables<'a>(machine: &Machine<'a>, text: &Rc<str>) -> Value<'a> {
    let mut out = String::new();
    let mut rest: &str = text;
    while let Some((before, after)) = rest.split_once('$') {
        out.push_str(before);
        let (name, left) = name(after);
        if name.is_empty() {
            out.push('$');
        } else {
            match machine.environment.get(name) {
                Some(it) => match it.as_text() {
                    Some(it) => out.push_str(it),
                    None => return it.clone(),
                },
                None => return environment::missing(machine, name),
            }
        }
        rest = left;
    }
    out.push_str(rest);
    Value::text(out)
}

/// The name after a `$`, and what follows it.
fn name(after: &str) -> (&str, &str) {
    if let Some((name, rest)) = after.strip_prefix('{').and_then(|it| it.split_once('}')) {
        return (name, rest);
    }
    let end = after.find(|it: char| !it.is_ascii_alphanumeric() && it != '_');
    after.split_at(end.unwrap_or(after.len()))
}

/// `~/…`: below the home folder of whoever runs the file.
pub(in crate::evaluate) fn home<'a>(machine: &Machine<'a>, text: &Rc<str>) -> Value<'a> {
    let Some(rest) = text.strip_prefix('~') else { return Value::Text(Rc::clone(text)) };
    if !(rest.is_empty() || rest.starts_with('/')) {
        return machine.unknown("the home folder of a user");
    }
    match machine.environment.get("HOME") {
        Some(it) => match it.as_text() {
            Some(it) => Value::text(format!("{it}{rest}")),
            None => it.clone(),
        },
        None => environment::missing(machine, "HOME"),
    }
}
