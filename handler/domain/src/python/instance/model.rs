//! An instance of a pydantic model: what it takes and shows under which name.

use ruff_python_ast::{Expr, ExprCall};
use serde_json::{Map, Value};

use super::default;
use crate::python::casing::Casing;
use crate::python::default::{evaluate, value};
use crate::python::field;
use crate::python::record::{Field, Record};
use crate::python::scope::Scope;

/// Settings of `model_config` that change no value that is given in the type of its field.
const HARMLESS: [&str; 25] = [
    "allow_inf_nan",
    "arbitrary_types_allowed",
    "cache_strings",
    "case_sensitive",
    "coerce_numbers_to_str",
    "defer_build",
    "env_file_encoding",
    "env_ignore_empty",
    "env_nested_delimiter",
    "env_prefix",
    "from_attributes",
    "frozen",
    "hide_input_in_errors",
    "ignored_types",
    "json_schema_extra",
    "protected_namespaces",
    "regex_engine",
    "revalidate_instances",
    "strict",
    "title",
    "use_attribute_docstrings",
    "use_enum_values",
    "validate_assignment",
    "validate_default",
    "validation_error_cause",
];

/// Settings of pydantic 1 that pydantic 2 warns of and ignores. Source: `pydantic._internal._config`, but `json_encoders`,
/// which still counts.
const IGNORED: [&str; 21] = [
    "allow_mutation",
    "allow_population_by_field_name",
    "anystr_lower",
    "anystr_strip_whitespace",
    "anystr_upper",
    "copy_on_model_validation",
    "error_msg_templates",
    "fields",
    "getter_dict",
    "json_dumps",
    "json_loads",
    "keep_untouched",
    "max_anystr_length",
    "min_anystr_length",
    "orm_mode",
    "post_init_call",
    "post_init_validation",
    "schema_extra",
    "smart_union",
    "underscore_attrs_are_private",
    "validate_all",
];

/// What a model does with arguments.
#[derive(Default)]
struct Config {
    /// A field with an alias takes its own name, too.
    by_name: bool,
    extra: Extra,
    /// What makes the alias of a field that has none of its own.
    alias: Option<Casing>,
}

/// What becomes of an argument that is no field.
#[derive(Default, PartialEq, Eq)]
enum Extra {
    #[default]
    Ignored,
    Kept,
    Refused,
}

/// The names of a field outside Python.
struct Names {
    taken: String,
    shown: String,
}

/// The fields with what `call` gives them; `None` when it would raise, or cannot be read.
pub(super) fn filled(
    record: &Record<'_>,
    call: &ExprCall,
    scope: &Scope<'_>,
    depth: usize,
) -> Option<Map<String, Value>> {
    let config = config(record)?;
    let mut given = arguments(call)?;
    let mut out = Map::new();
    for it in &record.fields {
        let mut names = names(it, config.alias)?;
        if it.scope.is_one {
            // `dict()` of pydantic 1 has the fields' own names
            it.name.clone_into(&mut names.shown);
        }
        let by_name = if config.by_name { take(&mut given, it.name) } else { None };
        let found = match take(&mut given, &names.taken).or(by_name) {
            Some(expr) => value(expr, scope, depth + 1).shown_in(scope),
            None => default(it, depth),
        };
        out.insert(names.shown, fitting(found?, it)?);
    }
    if config.extra == Extra::Refused && !given.is_empty() {
        return None;
    }
    for (name, expr) in given.into_iter().filter(|_| config.extra == Extra::Kept) {
        out.insert(name.to_owned(), value(expr, scope, depth + 1).shown_in(scope)?);
    }
    Some(out)
}

fn arguments(call: &ExprCall) -> Option<Vec<(&str, &Expr)>> {
    let named = |it| -> Option<(&str, &Expr)> {
        let it: &ruff_python_ast::Keyword = it;
        Some((it.arg.as_ref()?.as_str(), &it.value))
    };
    let given = call.arguments.keywords.iter().map(named).collect::<Option<Vec<_>>>()?;
    call.arguments.args.is_empty().then_some(given)
}

fn take<'e>(given: &mut Vec<(&str, &'e Expr)>, name: &str) -> Option<&'e Expr> {
    let at = given.iter().position(|(it, _)| *it == name)?;
    Some(given.remove(at).1)
}

/// `model_config`; `None` when it may change the values in ways that are not copied here.
fn config(record: &Record<'_>) -> Option<Config> {
    let mut out = Config::default();
    if record.is_closed {
        out.extra = Extra::Refused;
    }
    // the last one that is said counts, and is first in the list
    for (name, expr, scope) in record.config.iter().rev() {
        if *name == "alias_generator" {
            out.alias = generated(expr, scope)?;
            continue;
        }
        let value = evaluate(expr, scope).into_json();
        match (*name, value) {
            ("populate_by_name" | "validate_by_name", Some(Value::Bool(it))) if !scope.is_one => {
                out.by_name = it;
            }
            ("allow_population_by_field_name", Some(Value::Bool(it))) if scope.is_one => {
                out.by_name = it;
            }
            ("extra", Some(Value::String(it))) => {
                out.extra = match it.as_str() {
                    "allow" => Extra::Kept,
                    "forbid" => Extra::Refused,
                    _ => Extra::Ignored,
                };
            }
            (name, _) if HARMLESS.contains(&name) => {}
            (name, _) if !scope.is_one && IGNORED.contains(&name) => {}
            _ => return None,
        }
    }
    Some(out)
}

/// What `alias_generator=` is, the inner one none for none; `None` for one that is not known, or makes two names.
fn generated(expr: &Expr, scope: &Scope<'_>) -> Option<Option<Casing>> {
    match expr {
        Expr::NoneLiteral(_) => Some(None),
        Expr::Call(call) => {
            let only = call.arguments.args.is_empty() && call.arguments.keywords.len() == 1;
            call.arguments.find_keyword("alias").filter(|_| only)?;
            Casing::of(expr, scope).map(Some)
        }
        name => Casing::of(name, scope).map(Some),
    }
}

/// `alias` is both names, unless one of them is said; so is what `casing` makes of its name.
fn names(it: &Field<'_>, casing: Option<Casing>) -> Option<Names> {
    let name = casing.map_or_else(|| it.name.to_owned(), |casing| casing.apply(it.name));
    if casing.is_some()
        && field::calls(it).any(|it| it.arguments.find_keyword("alias_priority").is_some())
    {
        return None;
    }
    let mut out = Names { taken: name.clone(), shown: name };
    for keyword in ["alias", "validation_alias", "serialization_alias"] {
        let said = field::calls(it).find_map(|call| call.arguments.find_keyword(keyword));
        let Some(said) = said else { continue };
        let Some(Value::String(text)) = evaluate(&said.value, &it.scope).into_json() else {
            return None;
        };
        if keyword != "serialization_alias" {
            out.taken.clone_from(&text);
        }
        if keyword != "validation_alias" {
            out.shown = text;
        }
    }
    Some(out)
}

/// The value as a model keeps it; `None` when it would be converted in a way that is not copied here.
fn fitting(given: Value, it: &Field<'_>) -> Option<Value> {
    let Some(dotted) = it.scope.dotted(it.annotation) else { return Some(given) };
    match dotted.as_str() {
        "builtins.int" => given.is_i64().then_some(given),
        "builtins.float" => given.as_f64().map(Value::from),
        "builtins.str" => given.is_string().then_some(given),
        "builtins.bool" => given.is_boolean().then_some(given),
        _ => Some(given),
    }
}
