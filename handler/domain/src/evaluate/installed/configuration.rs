//! `configparser`: sections of an INI file and their options, which are texts.

use std::rc::Rc;

use super::sections::{DEFAULT, add, keep, names, options, own_section, unknown, value};
use super::{Made, document, ini};
use crate::evaluate::call::Args;
use crate::evaluate::dict::Dict;
use crate::evaluate::machine::{Eval, Machine};
use crate::evaluate::value::{Object, Value};
use crate::evaluate::{exception, files, items, path};

pub(super) const METHODS: &[&str] = &[
    "add_section",
    "defaults",
    "get",
    "getboolean",
    "getfloat",
    "getint",
    "has_option",
    "has_section",
    "items",
    "keys",
    "options",
    "read",
    "read_dict",
    "read_file",
    "read_string",
    "sections",
    "set",
    "values",
];

/// What such a call gives; `None` for other names.
#[expect(clippy::unnecessary_wraps, reason = "all modules are asked the same way")]
pub(super) fn call<'a>(machine: &mut Machine<'a>, dotted: &str, args: &Args<'a>) -> Made<'a> {
    let raw = match dotted {
        "configparser.ConfigParser" | "configparser.SafeConfigParser" => {
            args.named("interpolation").is_some_and(Value::is_none)
        }
        "configparser.RawConfigParser" => true,
        _ => return Ok(None),
    };
    if args.named.iter().any(|(name, _)| !matches!(&**name, "interpolation" | "defaults")) {
        return Ok(Some(machine.unknown("a parser of INI files with options")));
    }
    let mut sections = Dict::default();
    if let Some(given @ Value::Dict(_)) = args.get("defaults", 0) {
        sections.insert(Value::text(DEFAULT), given.clone());
    }
    let fields = [("sections", Value::dict(sections)), ("raw", Value::Bool(raw))];
    Ok(Some(files::object(machine.at, "configparser.ConfigParser", fields)))
}

/// What a method of a parser gives, or of a section of it.
pub(super) fn method<'a>(
    machine: &mut Machine<'a>,
    it: &Rc<Object<'a>>,
    name: &str,
    args: &Args<'a>,
) -> Eval<'a> {
    if let Some(unknown) = args.unknown() {
        return Ok(unknown.clone());
    }
    match name {
        "read" => read(machine, it, args),
        "read_string" | "read_file" => {
            let given = args.positional.first().cloned().unwrap_or(Value::None);
            let text = document::content(machine, &given);
            keep(machine, it, &text)?;
            Ok(Value::None)
        }
        "read_dict" => {
            if let Some(Value::Dict(given)) = args.positional.first() {
                let all: Vec<(Value<'a>, Value<'a>)> =
                    given.borrow().iter().map(|(key, it)| (key.clone(), it.clone())).collect();
                for (name, options) in all {
                    add(it, name, &options);
                }
            }
            Ok(Value::None)
        }
        "set" | "add_section" => {
            let mut all = args.positional.iter().cloned();
            let section = all.next().unwrap_or(Value::None);
            let option: Dict<'a> = all.next().zip(all.next()).into_iter().collect();
            add(it, section, &Value::dict(option));
            Ok(Value::None)
        }
        _ => asked(machine, it, name, args),
    }
}

/// Methods that change nothing.
fn asked<'a>(
    machine: &mut Machine<'a>,
    it: &Rc<Object<'a>>,
    name: &str,
    args: &Args<'a>,
) -> Eval<'a> {
    let own = own_section(it);
    let (section, place) = match &own {
        Some(own) => (Some(own.clone()), 0),
        None => (args.get("section", 0).cloned(), 1),
    };
    let option = args.get("option", place).and_then(Value::as_text).map(|it| it.to_lowercase());
    match (name, section) {
        ("sections", _) => Ok(Value::list(names(it))),
        ("keys", None) => Ok(Value::list([vec![Value::text(DEFAULT)], names(it)].concat())),
        ("defaults", _) => Ok(options(it, &Value::text(DEFAULT)).unwrap_or(Value::None)),
        ("has_section", Some(section)) => Ok(Value::Bool(options(it, &section).is_some())),
        ("has_option", Some(section)) => {
            let known = value(it, &section, &option.unwrap_or_default()).is_some();
            Ok(Value::Bool(known))
        }
        ("items" | "keys" | "values" | "options", Some(section)) => {
            listed(machine, it, &section, name)
        }
        ("get" | "getint" | "getfloat" | "getboolean", Some(section)) => {
            let fallback = match (&own, args.named("fallback")) {
                (_, Some(it)) => Some(it.clone()),
                // a section gives `None` for what is not there
                (Some(_), None) => Some(args.get("fallback", 1).cloned().unwrap_or(Value::None)),
                (None, None) => None,
            };
            ini::converted(machine, it, (&section, &option.unwrap_or_default()), name, fallback)
        }
        _ => Ok(machine.unknown(format!("the result of `{name}` of a parser of INI files"))),
    }
}

/// `parser["section"]`, `section["option"]`
pub(super) fn item<'a>(
    machine: &mut Machine<'a>,
    it: &Rc<Object<'a>>,
    key: &Value<'a>,
) -> Eval<'a> {
    if let Some(section) = own_section(it) {
        let option = key.as_text().map(|it| it.to_lowercase()).unwrap_or_default();
        return match value(it, &section, &option) {
            Some(_) => ini::converted(machine, it, (&section, &option), "get", None),
            None => exception::no_key(machine, key),
        };
    }
    if options(it, key).is_none() {
        return exception::no_key(machine, key);
    }
    let fields = it.fields.borrow();
    let part = |name: &str| fields.get(name).cloned().unwrap_or(Value::None);
    let fields = [("sections", part("sections")), ("raw", part("raw")), ("name", key.clone())];
    Ok(files::object(machine.at, "configparser.SectionProxy", fields))
}

/// What a loop over a parser or a section gives: names.
pub(super) fn items<'a>(machine: &mut Machine<'a>, it: &Rc<Object<'a>>) -> Eval<'a> {
    asked(machine, it, "keys", &Args::none())
}

/// Whether a parser has the section, or a section the option.
pub(super) fn contains<'a>(it: &Object<'a>, item: &Value<'a>) -> bool {
    match (own_section(it), item.as_text()) {
        (Some(section), Some(option)) => value(it, &section, &option.to_lowercase()).is_some(),
        (None, Some(_)) => options(it, item).is_some(),
        _ => false,
    }
}

/// `section.items()`, `.keys()`, `.values()`, and `parser.options(section)`
fn listed<'a>(
    machine: &mut Machine<'a>,
    it: &Rc<Object<'a>>,
    section: &Value<'a>,
    name: &str,
) -> Eval<'a> {
    let mut keys = Dict::default();
    for section in [section.clone(), Value::text(DEFAULT)] {
        if let Some(Value::Dict(it)) = options(it, &section) {
            it.borrow().keys().into_iter().for_each(|it| keys.insert(it, Value::None));
        }
    }
    machine.spend(keys.len())?;
    let keys = keys.keys();
    let mut out = Vec::new();
    for key in keys.iter().filter_map(Value::as_text).cloned() {
        let found = ini::converted(machine, it, (section, &key), "get", None)?;
        out.push(match name {
            "items" => Value::tuple(vec![Value::Text(key), found]),
            "values" => found,
            _ => Value::Text(key),
        });
    }
    Ok(Value::list(out))
}

/// Reads files that are there; gives their names.
fn read<'a>(machine: &mut Machine<'a>, it: &Rc<Object<'a>>, args: &Args<'a>) -> Eval<'a> {
    let given = args.get("filenames", 0).cloned().unwrap_or(Value::None);
    let all = match path::text_of(&given) {
        Some(_) => vec![given],
        None => items::of(machine, &given)?.unwrap_or_default(),
    };
    let mut out = Vec::new();
    for file in all.iter().filter_map(path::text_of) {
        match files::at(machine, &file) {
            files::At::Nothing => {}
            files::At::File(_) => {
                let text = files::text(machine, &file)?;
                keep(machine, it, &text)?;
                out.push(Value::Text(file));
            }
            _ => return Ok(unknown(machine, it)),
        }
    }
    Ok(Value::list(out))
}
