//! `Model(a=1)` as a default: the JSON of the instance.

mod converted;
mod fitting;
mod leaf;
mod model;
mod naming;
mod nested;
mod origin;
mod text;

use ruff_python_ast::{Arguments, AtomicNodeIndex, Expr, ExprCall, Keyword, StmtClassDef};
use ruff_text_size::Ranged as _;
use serde_json::{Map, Value};

use super::alters::alters;
use super::call;
use super::default::{Evaluated, value};
use super::model::is_field;
use super::record::{self, Field, Record, Shape};
use super::scope::Scope;

/// What `class(…)` gives, `class` being read in `home` and the arguments in `scope`.
pub(super) fn made<'a>(
    class: &'a StmtClassDef,
    home: &Scope<'a>,
    call: &ExprCall,
    scope: &Scope<'_>,
    depth: usize,
) -> Evaluated {
    let record = match record::of(class, home, &None, 0) {
        Ok(Some(record)) => record,
        Ok(None) => return Evaluated::Opaque,
        Err(_) => return Evaluated::Unknown,
    };
    if is_altered_by(&record, call) || is_odd_block(&record, call) {
        return Evaluated::Unknown;
    }
    let slug = match record.block.as_ref().map(|it| it.identity(&record)) {
        Some(Ok((slug, _))) => Some(slug),
        Some(Err(_)) => return Evaluated::Unknown,
        None => None,
    };
    if record.shape == Shape::Root {
        let found = model::root(&record, call, scope, depth);
        return found.map_or(Evaluated::Unknown, Evaluated::Shown);
    }
    let filled = match record.shape {
        Shape::Model => model::filled(&record, call, scope, depth),
        _ => filled(&record, call, scope, depth),
    };
    match filled {
        Some(out) if record.shape == Shape::NamedTuple => {
            Evaluated::Shown(out.into_iter().map(|(_, it)| it).collect())
        }
        Some(mut out) => {
            out.extend(slug.map(|it| ("block_type_slug".to_owned(), it.into())));
            Evaluated::Shown(out.into())
        }
        None => Evaluated::Unknown,
    }
}

/// Whether methods of `class` may change what `call` makes, so that only running them tells.
pub(super) fn is_altered<'a>(class: &'a StmtClassDef, home: &Scope<'a>, call: &ExprCall) -> bool {
    matches!(record::of(class, home, &None, 0), Ok(Some(it)) if is_altered_by(&it, call))
}

fn is_altered_by(record: &Record<'_>, call: &ExprCall) -> bool {
    let is_given = |name: &str| {
        let any = !call.arguments.is_empty();
        let is_named = call.arguments.find_keyword(name).is_some();
        is_named || (name == "*" && any) || !call.arguments.args.is_empty()
    };
    record.methods.iter().any(|it| alters(it, &is_given))
}

/// Whether `record` is a block that does more than to take its fields: it keeps other arguments, too.
fn is_odd_block(record: &Record<'_>, call: &ExprCall) -> bool {
    let is_field = |it: &Keyword| {
        it.arg.as_ref().is_some_and(|name| record.fields.iter().any(|it| it.name == name.as_str()))
    };
    record.block.is_some()
        && (record.methods.iter().any(|it| it.name.as_str() == "block_initialization")
            || !call.arguments.keywords.iter().all(is_field))
}

/// The fields with what `call` gives them; `None` when it would raise, or cannot be read.
fn filled(
    record: &Record<'_>,
    call: &ExprCall,
    scope: &Scope<'_>,
    depth: usize,
) -> Option<Map<String, Value>> {
    let names: Vec<&str> = record.fields.iter().map(|it| it.name).collect();
    let positional = call.arguments.args.len();
    let is_field = |it: &Keyword| it.arg.as_ref().is_some_and(|it| names.contains(&it.as_str()));
    if positional > names.len() || !call.arguments.keywords.iter().all(is_field) {
        return None;
    }
    let is_pydantic = record.shape == Shape::Dataclass && !record.is_deferred;
    let mut out = Map::new();
    for (at, it) in record.fields.iter().enumerate() {
        let given = match call.arguments.find_argument_value(it.name, at) {
            Some(expr) if is_pydantic => {
                model::given_to(expr, scope, it, (model::is_strict(record), depth))
            }
            Some(expr) => value(expr, scope, depth + 1).shown_in(scope),
            None if matches!(record.shape, Shape::TypedDict { .. }) => continue,
            None => default(it, depth)?.shown_in(&it.scope),
        };
        out.insert(it.name.to_owned(), given?);
    }
    Some(out)
}

/// What a field has that is not given; `None` when it has to be.
fn default(it: &Field<'_>, depth: usize) -> Option<Evaluated> {
    let expr = it.default?;
    let is_field = |call| {
        is_field(call, &it.scope)
            || it.scope.dotted(&call.func).is_some_and(|it| it == "dataclasses.field")
    };
    let Some(call) = expr.as_call_expr().filter(|it| is_field(it)) else {
        return Some(value(expr, &it.scope, depth + 1));
    };
    if let Some(factory) = call.arguments.find_keyword("default_factory") {
        return Some(made_by(&factory.value, &it.scope, depth));
    }
    Some(value(call.arguments.find_argument_value("default", 0)?, &it.scope, depth + 1))
}

/// What the factory of a field gives.
fn made_by(factory: &Expr, scope: &Scope<'_>, depth: usize) -> Evaluated {
    match factory {
        Expr::Lambda(it) if it.parameters.is_none() => value(&it.body, scope, depth + 1),
        Expr::Lambda(_) => Evaluated::Unknown,
        name => {
            let range = name.range();
            let arguments = Arguments {
                range,
                node_index: AtomicNodeIndex::default(),
                args: Box::default(),
                keywords: [].into(),
            };
            let (func, node_index) = (Box::new(name.clone()), AtomicNodeIndex::default());
            // the call is not in the file
            let scope = Scope { is_text: true, ..*scope };
            call::call(
                &ExprCall { func, arguments, range_start: range.start(), node_index },
                &scope,
                depth + 1,
            )
        }
    }
}
