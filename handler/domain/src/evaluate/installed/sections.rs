//! The sections of a parser of INI files.

use super::ini;
use crate::evaluate::dict::Dict;
use crate::evaluate::machine::{Machine, Stop};
use crate::evaluate::value::{Object, Value};

/// The section whose options all have.
pub(super) const DEFAULT: &str = "DEFAULT";

pub(super) fn own_section<'a>(it: &Object<'a>) -> Option<Value<'a>> {
    it.fields.borrow().get("name").cloned()
}

pub(super) fn names<'a>(it: &Object<'a>) -> Vec<Value<'a>> {
    let Some(Value::Dict(all)) = it.fields.borrow().get("sections").cloned() else {
        return Vec::new();
    };
    let all = all.borrow().keys();
    all.into_iter().filter(|it| it.as_text().is_none_or(|it| &**it != DEFAULT)).collect()
}

pub(super) fn options<'a>(it: &Object<'a>, section: &Value<'a>) -> Option<Value<'a>> {
    match it.fields.borrow().get("sections") {
        Some(Value::Dict(it)) => it.borrow().get_text(section.as_text()?).cloned(),
        _ => None,
    }
}

/// The text of an option, of the section or of all.
pub(super) fn value<'a>(it: &Object<'a>, section: &Value<'a>, option: &str) -> Option<Value<'a>> {
    let of = |section: &Value<'a>| match options(it, section)? {
        Value::Dict(it) => it.borrow().get_text(option).cloned(),
        _ => None,
    };
    of(section).or_else(|| of(&Value::text(DEFAULT)))
}

/// Nothing of the parser is known any more.
pub(super) fn unknown<'a>(machine: &Machine<'a>, it: &Object<'a>) -> Value<'a> {
    let unknown = machine.unknown("an INI file that is not in the bundle");
    it.fields.borrow_mut().insert("*".into(), unknown.clone());
    unknown
}

pub(super) fn keep<'a>(
    machine: &mut Machine<'a>,
    it: &Object<'a>,
    text: &Value<'a>,
) -> Result<(), Stop<'a>> {
    let Some(text) = text.as_text() else {
        it.fields.borrow_mut().insert("*".into(), text.clone());
        return Ok(());
    };
    machine.spend_size(text.len())?;
    for (name, options) in ini::parsed(text) {
        let options = options.into_iter().map(|(key, it)| (Value::text(key), Value::text(it)));
        add(it, Value::text(name), &Value::dict(options.collect()));
    }
    Ok(())
}

/// Adds options to a section.
pub(super) fn add<'a>(it: &Object<'a>, section: Value<'a>, more: &Value<'a>) {
    let Some(Value::Dict(all)) = it.fields.borrow().get("sections").cloned() else { return };
    let known = all.borrow().get(&section).cloned();
    let own = known.unwrap_or_else(|| Value::dict(Dict::default()));
    all.borrow_mut().insert(section, own.clone());
    let Value::Dict(own) = own else { return };
    if let Value::Dict(more) = more {
        for (key, value) in more.borrow().iter() {
            let name = key.as_text().map(|it| it.to_lowercase()).unwrap_or_default();
            own.borrow_mut().insert(Value::text(name), value.clone());
        }
    }
}
