//! Which parameter gets which argument, and what Python says when it does not fit.

use std::rc::Rc;

use ruff_python_ast::Parameters;

use super::call::Args;
use super::function::Function;
use super::machine::{Machine, Stop};
use super::scope::ScopeId;
use super::value::Value;

/// Gives every parameter its argument.
pub(super) fn bind<'a>(
    machine: &mut Machine<'a>,
    it: &Function<'a>,
    args: Args<'a>,
    scope: ScopeId,
) -> Result<(), Stop<'a>> {
    let Some(parameters) = it.parameters() else {
        return fits_none(machine, it, &args);
    };
    let count = args.positional.len();
    let mut given =
        Given { positional: args.positional.into_iter(), named: args.named, open: args.open };
    let missing = by_place(machine, it, &mut given, scope)?;
    let rest: Vec<Value<'a>> = given.positional.by_ref().collect();
    match &parameters.vararg {
        Some(vararg) => machine.scopes.bind(scope, vararg.name.as_str(), Value::tuple(rest)),
        None if !rest.is_empty() => {
            let names: Vec<&str> = of_places(parameters).collect();
            let defaults = names.iter().filter(|name| default(it, name).is_some()).count();
            return machine.raise("TypeError", too_many(&it.name, names.len(), defaults, count));
        }
        None => {}
    }
    let missing_named = by_name_only(machine, it, &mut given, scope);
    match &parameters.kwarg {
        Some(kwarg) => {
            let named = given.named.into_iter().map(|(name, it)| (Value::Text(name), it)).collect();
            machine.scopes.bind(scope, kwarg.name.as_str(), Value::dict(named));
        }
        None => no_more(machine, &it.name, given.named.first().map(|it| &*it.0))?,
    }
    if !missing.is_empty() {
        return machine.raise("TypeError", lacking(&it.name, "positional", &missing));
    }
    if !missing_named.is_empty() {
        return machine.raise("TypeError", lacking(&it.name, "keyword-only", &missing_named));
    }
    Ok(())
}

/// Arguments that no parameter has taken yet.
struct Given<'a> {
    positional: std::vec::IntoIter<Value<'a>>,
    named: Vec<(Rc<str>, Value<'a>)>,
    /// With `*unknown` or `**unknown`, nothing is known of what is not given otherwise.
    open: Option<Value<'a>>,
}

/// The names of the parameters that are not only given by name.
fn of_places(parameters: &Parameters) -> impl Iterator<Item = &str> {
    parameters.posonlyargs.iter().chain(&parameters.args).map(|it| it.parameter.name.as_str())
}

/// Binds these parameters; gives those that are left without a value.
fn by_place<'a>(
    machine: &mut Machine<'a>,
    it: &Function<'a>,
    given: &mut Given<'a>,
    scope: ScopeId,
) -> Result<Vec<&'a str>, Stop<'a>> {
    let Some(parameters) = it.parameters() else { return Ok(Vec::new()) };
    let only_place = parameters.posonlyargs.len();
    let mut missing = Vec::new();
    for (at, name) in of_places(parameters).enumerate() {
        let value = given.positional.next();
        let by_name = if at < only_place { None } else { taken(&mut given.named, name) };
        if value.is_some() && by_name.is_some() {
            let message = format!("{}() got multiple values for argument '{name}'", it.name);
            return machine.raise("TypeError", message);
        }
        match value
            .or(by_name)
            .or_else(|| given.open.clone())
            .or_else(|| default(it, name).cloned())
        {
            Some(value) => machine.scopes.bind(scope, name, value),
            None => missing.push(name),
        }
    }
    Ok(missing)
}

/// Binds the parameters behind `*`; gives those that are left without a value.
fn by_name_only<'a>(
    machine: &mut Machine<'a>,
    it: &Function<'a>,
    given: &mut Given<'a>,
    scope: ScopeId,
) -> Vec<&'a str> {
    let mut missing = Vec::new();
    for parameter in it.parameters().into_iter().flat_map(|it| &it.kwonlyargs) {
        let name = parameter.parameter.name.as_str();
        let value = taken(&mut given.named, name).or_else(|| given.open.clone());
        match value.or_else(|| default(it, name).cloned()) {
            Some(value) => machine.scopes.bind(scope, name, value),
            None => missing.push(name),
        }
    }
    missing
}

fn fits_none<'a>(
    machine: &Machine<'a>,
    it: &Function<'a>,
    args: &Args<'a>,
) -> Result<(), Stop<'a>> {
    if !args.positional.is_empty() {
        return machine.raise("TypeError", too_many(&it.name, 0, 0, args.positional.len()));
    }
    no_more(machine, &it.name, args.named.first().map(|it| &*it.0))
}

fn taken<'a>(named: &mut Vec<(Rc<str>, Value<'a>)>, name: &str) -> Option<Value<'a>> {
    let at = named.iter().position(|(it, _)| &**it == name)?;
    Some(named.remove(at).1)
}

fn default<'f, 'a>(it: &'f Function<'a>, name: &str) -> Option<&'f Value<'a>> {
    it.defaults.iter().find(|(it, _)| *it == name).map(|(_, it)| it)
}

fn no_more<'a>(machine: &Machine<'a>, shown: &str, named: Option<&str>) -> Result<(), Stop<'a>> {
    match named {
        Some(name) => {
            let message = format!("{shown}() got an unexpected keyword argument '{name}'");
            machine.raise("TypeError", message)
        }
        None => Ok(()),
    }
}

/// Source: the messages of `CPython` 3.11.
fn too_many(shown: &str, places: usize, defaults: usize, given: usize) -> String {
    let plural = if places == 1 && defaults == 0 { "" } else { "s" };
    let takes = match defaults {
        0 => places.to_string(),
        _ => format!("from {} to {places}", places - defaults),
    };
    let were = if given == 1 { "was" } else { "were" };
    format!("{shown}() takes {takes} positional argument{plural} but {given} {were} given")
}

fn lacking(shown: &str, kind: &str, missing: &[&str]) -> String {
    let count = missing.len();
    let quoted: Vec<String> = missing.iter().map(|it| format!("'{it}'")).collect();
    let listed = match quoted.as_slice() {
        [only] => only.clone(),
        [first, second] => format!("{first} and {second}"),
        [first @ .., last] => format!("{}, and {last}", first.join(", ")),
        [] => String::new(),
    };
    let plural = if count == 1 { "" } else { "s" };
    format!("{shown}() missing {count} required {kind} argument{plural}: {listed}")
}

/// The values of these parameters, `None` for those that are left to their defaults.
///
/// The last `optional` ones have a default.
pub(super) fn by_names<'a>(
    machine: &Machine<'a>,
    shown: &str,
    names: &[&str],
    optional: usize,
    args: Args<'a>,
) -> Result<Vec<Option<Value<'a>>>, Stop<'a>> {
    let (count, mut named) = (args.positional.len(), args.named);
    let mut positional = args.positional.into_iter();
    let mut out = Vec::new();
    let mut missing = Vec::new();
    for (at, name) in names.iter().enumerate() {
        let value =
            positional.next().or_else(|| taken(&mut named, name)).or_else(|| args.open.clone());
        if value.is_none() && at + optional < names.len() {
            missing.push(*name);
        }
        out.push(value);
    }
    if count > names.len() {
        return machine.raise("TypeError", too_many(shown, names.len(), optional, count));
    }
    no_more(machine, shown, named.first().map(|it| &*it.0))?;
    if !missing.is_empty() {
        return machine.raise("TypeError", lacking(shown, "positional", &missing));
    }
    Ok(out)
}

/// As [`by_names`], for a method, whose object Python counts too.
pub(super) fn method<'a>(
    machine: &Machine<'a>,
    shown: &str,
    names: &[&str],
    optional: usize,
    args: Args<'a>,
) -> Result<Vec<Option<Value<'a>>>, Stop<'a>> {
    let count = args.positional.len();
    if count > names.len() {
        let message = too_many(shown, names.len() + 1, optional, count + 1);
        return machine.raise("TypeError", message);
    }
    by_names(machine, shown, names, optional, args)
}
