//! Arguments of pydantic's `Field` that it does not know: they become a part of the schema.
//!
//! Source: `Field` of pydantic 2.12 and 2.14, `**extra`.

use ruff_python_ast::{Expr, ExprCall};

/// The arguments that it has, or had and takes or refuses by name.
const KNOWN: [&str; 43] = [
    "alias",
    "alias_priority",
    "allow_inf_nan",
    "allow_mutation",
    "coerce_numbers_to_str",
    "const",
    "decimal_places",
    "default",
    "default_factory",
    "deprecated",
    "description",
    "discriminator",
    "examples",
    "exclude",
    "exclude_if",
    "fail_fast",
    "field_title_generator",
    "frozen",
    "ge",
    "gt",
    "include",
    "init",
    "init_var",
    "json_schema_extra",
    "kw_only",
    "le",
    "lt",
    "max_digits",
    "max_items",
    "max_length",
    "min_items",
    "min_length",
    "multiple_of",
    "pattern",
    "regex",
    "repr",
    "serialization_alias",
    "strict",
    "title",
    "union_mode",
    "unique_items",
    "validate_default",
    "validation_alias",
];

/// The names and values of those of `call` that become a part of the schema; none beside `json_schema_extra=`.
pub(super) fn of(call: &ExprCall) -> Vec<(&str, &Expr)> {
    let given = call.arguments.find_keyword("json_schema_extra");
    if given.is_some_and(|it| !is_empty(&it.value)) {
        return Vec::new();
    }
    let named = call.arguments.keywords.iter();
    let named = named.filter_map(|it| Some((it.arg.as_ref()?.as_str(), &it.value)));
    named.filter(|(name, _)| is_extra(name)).collect()
}

/// Whether `Field` does not know the argument `name`; `**` may be any.
pub(super) fn is_extra(name: &str) -> bool {
    name != "**" && !KNOWN.contains(&name)
}

fn is_empty(expr: &Expr) -> bool {
    expr.is_none_literal_expr() || expr.as_dict_expr().is_some_and(|it| it.items.is_empty())
}
