//! An instance of a pydantic model: what it takes and shows under which name.

use ruff_python_ast::{Expr, ExprCall};
use serde_json::{Map, Value};

use super::default;
use super::fitting::{Way, fitting};
use super::naming::{generated, is_said, names};
use super::origin::Origin;
use crate::python::casing::Casing;
use crate::python::default::{evaluate, value};
use crate::python::record::{Field, Record, Shape};
use crate::python::scope::Scope;

/// Settings of `model_config` that change no value that is given in the type of its field.
const HARMLESS: [&str; 23] = [
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
    "title",
    "use_attribute_docstrings",
    "use_enum_values",
    "validate_assignment",
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
    /// `validate_default=`
    checks_defaults: bool,
    /// Whether nothing is converted.
    is_strict: bool,
}

/// What becomes of an argument that is no field.
#[derive(Default, PartialEq, Eq)]
enum Extra {
    #[default]
    Ignored,
    Kept,
    Refused,
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
        let names = names(it, config.alias)?;
        let by_name = if config.by_name { take(&mut given, it.name) } else { None };
        let found = if let Some(expr) = take(&mut given, &names.taken).or(by_name) {
            given_to(expr, scope, it, (config.is_strict, depth))
        } else {
            defaulted(it, &config, depth)
        };
        if let Some(key) = names.shown {
            out.insert(key, found?);
        }
    }
    if config.extra == Extra::Refused && !given.is_empty() {
        return None;
    }
    for (name, expr) in given.into_iter().filter(|_| config.extra == Extra::Kept) {
        out.insert(name.to_owned(), value(expr, scope, depth + 1).shown_in(scope)?);
    }
    Some(out)
}

/// What the field `it` of a model that has `config` shows where nothing is given.
fn defaulted(it: &Field<'_>, config: &Config, depth: usize) -> Option<Value> {
    let is_checked = config.checks_defaults || is_said(it, "validate_default")?;
    let way = Way { is_checked, is_lax: !config.is_strict, ..Way::default() };
    fitting(default(it, depth)?, &it.scope, it, way)
}

/// What the field `it` of `record` shows where a mapping does not give it; `None` where the mapping would call it otherwise.
pub(super) fn left_out(record: &Record<'_>, it: &Field<'_>, depth: usize) -> Option<Value> {
    let config = config(record)?;
    let names = names(it, config.alias)?;
    let is_one = names.shown.is_some_and(|shown| shown == names.taken);
    if is_one && !it.scope.is_one { defaulted(it, &config, depth) } else { None }
}

/// What the field `it` shows of what `expr` gives, which is read in `scope`.
pub(super) fn given_to(
    expr: &Expr,
    scope: &Scope<'_>,
    it: &Field<'_>,
    (is_strict, depth): (bool, usize),
) -> Option<Value> {
    let from = Origin::of(expr, scope, 0);
    let way = Way { is_checked: true, is_lax: !is_strict, from: Some(&from), ..Way::default() };
    fitting(value(expr, scope, depth + 1), scope, it, way)
}

/// What a `RootModel` shows: what it has, without a name.
pub(super) fn root(
    record: &Record<'_>,
    call: &ExprCall,
    scope: &Scope<'_>,
    depth: usize,
) -> Option<Value> {
    let it = record.fields.first()?;
    let is_strict = config(record)?.is_strict;
    if call.arguments.len() > 1 {
        return None;
    }
    match call.arguments.find_argument_value("root", 0) {
        Some(expr) => given_to(expr, scope, it, (is_strict, depth)),
        None if call.arguments.is_empty() => {
            fitting(default(it, depth)?, &it.scope, it, Way::default())
        }
        None => None,
    }
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
            let is_none = expr.is_none_literal_expr();
            out.alias = if is_none { None } else { Some(generated(expr, scope)?) };
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
            ("strict", it) => out.is_strict = it != Some(Value::Bool(false)),
            ("validate_default", Some(Value::Bool(it))) => out.checks_defaults = it,
            (name, _) if HARMLESS.contains(&name) => {}
            (name, _) if !scope.is_one && IGNORED.contains(&name) => {}
            _ => return None,
        }
    }
    Some(out)
}

/// The keys that an instance of `record` is shown with, and their fields.
pub(super) fn shown<'r, 'a>(record: &'r Record<'a>) -> Option<Vec<(String, &'r Field<'a>)>> {
    if record.shape != Shape::Model {
        return Some(record.fields.iter().map(|it| (it.name.to_owned(), it)).collect());
    }
    let config = config(record)?;
    let fields = record.fields.iter();
    let names = fields.map(|it| Some((names(it, config.alias)?.shown, it)));
    let names = names.collect::<Option<Vec<_>>>()?;
    Some(names.into_iter().filter_map(|(key, it)| Some((key?, it))).collect())
}

/// Whether `record` converts nothing, as far as that is known.
pub(super) fn is_strict(record: &Record<'_>) -> bool {
    config(record).is_none_or(|it| it.is_strict)
}

/// Whether an instance of `record` has more than its fields.
pub(super) fn keeps_more(record: &Record<'_>) -> bool {
    config(record).is_some_and(|it| it.extra == Extra::Kept)
}
