//! What is installed: Python's own functions and modules, as far as declarations use them. The rest is not known.

mod address;
mod applications;
mod builtin;
mod calendar;
mod combination;
mod command_line;
mod commands;
mod configuration;
mod context;
mod copying;
mod decimal;
mod decorator;
mod digest;
mod dispatch;
mod distribution;
mod document;
mod emitted;
mod environment;
mod expansion;
mod folder;
mod functional;
mod harmless;
mod identifier;
mod ini;
mod iteration;
mod logging;
mod made;
mod matched;
mod namespace;
mod numbers;
mod object;
mod object_value;
mod operators;
mod pattern;
mod pattern_call;
mod pattern_search;
mod runtime;
mod sections;
mod specifier;
mod stream;
mod system;
mod table;
mod template;
mod threads;
mod version;
mod words;

use std::rc::Rc;

pub(crate) use self::builtin::is_builtin;
pub(super) use self::builtin::{is_instance, next, sorted};
pub(super) use self::context::{entered, generator_context, left};
pub(super) use self::decorator::{function_method, property_part};
pub(super) use self::environment::{
    item as variable, missing as missing_variable, of_files, spread as environment_spread,
};
pub(super) use self::expansion::home;
pub(super) use self::made::{around, bound, in_shown_order};
pub(super) use self::object::{attribute, call_object, change_item, item_of, items, method};
pub(super) use self::object_value::{
    contains, equal, hash, operator, order, repr, slice_parts, text,
};

use super::call::Args;
use super::machine::{Eval, Machine, Stop};
use super::value::{Object, Value};
use super::{foreign, moment, prefect};

/// What a call gives; `None` for names that are of another module.
type Made<'a> = Result<Option<Value<'a>>, Stop<'a>>;

/// The value of the dotted name, or the name itself.
pub(super) fn constant<'a>(machine: &mut Machine<'a>, dotted: &str) -> Value<'a> {
    if dotted == "sys.version_info" {
        return system::version_info(machine);
    }
    let found = moment::constant(dotted)
        .or_else(|| system::constant(machine, dotted))
        .or_else(|| numbers::constant(dotted))
        .or_else(|| calendar::constant(dotted))
        .or_else(|| moment::recurrence::constant(machine, dotted))
        .or_else(|| identifier::constant(machine, dotted));
    found.unwrap_or_else(|| {
        if foreign::is_read(dotted) { Value::outside(dotted) } else { machine.foreign(dotted) }
    })
}

/// What the call `name(…)` gives.
pub(super) fn call<'a>(machine: &mut Machine<'a>, name: &Rc<str>, args: Args<'a>) -> Eval<'a> {
    let dotted = &**name;
    if let Some(builtin) = dotted.strip_prefix("builtins.").filter(|it| *it != "__import__") {
        return builtin::call(machine, builtin, args);
    }
    if dotted.starts_with("prefect") {
        return prefect::call(machine, name, args);
    }
    let made = moment::make(machine, dotted, &args)
        .or_else(|| moment::recurrence::make(machine, dotted, &args))
        .or_else(|| moment::relative::make(machine, dotted, &args));
    if let Some(made) = made {
        return made;
    }
    for shim in SHIMS {
        if let Some(made) = shim(machine, dotted, &args)? {
            return Ok(made);
        }
    }
    Ok(machine.unknown(format!("the result of `{dotted}`")))
}

type Shim = for<'m, 'n, 'g, 'a> fn(&'m mut Machine<'a>, &'n str, &'g Args<'a>) -> Made<'a>;

/// Those that look at values that are not known themselves come first.
const SHIMS: [Shim; 33] = [
    decorator::call,
    system::call,
    environment::call,
    folder::call,
    runtime::call,
    distribution::call,
    threads::call,
    functional::call,
    context::call,
    namespace::call,
    made::call,
    command_line::call,
    applications::call,
    commands::call,
    stream::call,
    template::call,
    logging::call,
    harmless::call,
    table::call,
    document::call,
    iteration::call,
    operators::call,
    copying::call,
    numbers::call,
    digest::call,
    pattern_call::call,
    version::call,
    identifier::call,
    address::call,
    calendar::call,
    configuration::call,
    decimal::call,
    words::call,
];

/// What `name[key]` gives.
pub(super) fn item<'a>(machine: &mut Machine<'a>, name: &Rc<str>, key: &Value<'a>) -> Eval<'a> {
    if &**name == "os.environ" {
        return environment::item(machine, key);
    }
    if &**name == "sys.modules" {
        return Ok(system::imported(machine, key));
    }
    if let (true, Value::Tuple(parts)) = (name.ends_with(".Annotated"), key) {
        return Ok(object(machine, "typing.Annotated", Args::of(parts.to_vec())));
    }
    // `list[int]`: a type
    Ok(Value::Outside(Rc::clone(name)))
}

/// An object of an installed class with these arguments.
pub(super) fn object<'a>(machine: &Machine<'a>, class: &str, args: Args<'a>) -> Value<'a> {
    let mut fields: std::collections::BTreeMap<_, _> = args.named.into_iter().collect();
    if let Some(open) = args.open {
        fields.insert("*".into(), open);
    }
    Value::Object(Rc::new(Object {
        class: class.into(),
        positional: args.positional,
        fields: std::cell::RefCell::new(fields),
        at: machine.at,
    }))
}

/// `dict(…)`
fn built_in_dict<'a>(machine: &mut Machine<'a>, args: Args<'a>) -> Eval<'a> {
    builtin::call(machine, "dict", args)
}
