//! What a field keeps of a value: where that surely is what pydantic shows of it.
//!
//! Values that it would convert have no JSON here. Source: what pydantic 2.14 and 2.12 make of each type.

use ruff_python_ast::{Expr, ExprCall, Operator};
use serde_json::Value;

use super::origin::Origin;
use super::{leaf, naming, nested, text};
use crate::python::collection;
use crate::python::constraint;
use crate::python::default::Evaluated;
use crate::python::names::Bound;
use crate::python::parametric::arguments;
use crate::python::parse;
use crate::python::record::Field;
use crate::python::scope::{Found, Scope};
use crate::python::union::alternatives;

/// Deepest nesting of a type.
const MAX_DEPTH: usize = 40;

/// How a value comes into a field.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Way<'o> {
    /// Whether pydantic checks it, as it does with what is given, and not with defaults.
    pub(super) is_checked: bool,
    /// Whether it is its own JSON, and no object; of what is in a list or dict that is not known.
    pub(super) is_raw: bool,
    /// Whether a value of another type is converted.
    pub(super) is_lax: bool,
    /// What made it.
    pub(super) from: Option<&'o Origin>,
}

impl Way<'_> {
    /// The same of the item `at` of it.
    fn item(self, at: usize) -> Self {
        Self { from: self.from.and_then(|it| it.item(at)), ..self }
    }

    /// The same of what it has under `key`.
    fn value(self, key: &str) -> Self {
        Self { from: self.from.and_then(|it| it.value(key)), ..self }
    }
}

/// A type: how it is written, and where that is read.
pub(super) type Type<'e, 's, 'a> = (&'e Expr, &'s Scope<'a>);

/// What the field `it` shows of `value`, which is read in `around` and comes that `way`.
pub(super) fn fitting(
    value: Evaluated,
    around: &Scope<'_>,
    it: &Field<'_>,
    way: Way<'_>,
) -> Option<Value> {
    let is_strict = naming::is_said(it, "strict") != Some(false);
    let way = Way {
        is_raw: matches!(value, Evaluated::Json(_)),
        is_lax: way.is_lax && !is_strict && !it.scope.is_one,
        ..way
    };
    kept(value.shown_in(around)?, (it.annotation, &it.scope), way, 0)
}

/// What the type `of` shows of `value`.
pub(super) fn kept(
    value: Value,
    of: Type<'_, '_, '_>,
    way: Way<'_>,
    depth: usize,
) -> Option<Value> {
    let (expr, scope) = of;
    if depth > MAX_DEPTH || !scope.step() {
        return None;
    }
    match expr {
        Expr::NoneLiteral(_) => (value.is_null() || !way.is_checked).then_some(value),
        Expr::StringLiteral(it) => {
            let text = it.value.to_str();
            let parsed = parse::expression(text).filter(|_| scope.budget().spend_text(text))?;
            kept(value, (&parsed, &Scope { is_text: true, ..*scope }), way, depth + 1)
        }
        Expr::BinOp(it) if it.op == Operator::BitOr => {
            either(value, &alternatives(it), (scope, way), depth)
        }
        Expr::Subscript(it) => generic(value, (&it.value, &it.slice), (scope, way), depth),
        Expr::Call(it) => constrained(value, it, (scope, way), depth),
        name => match scope.resolve(name) {
            Some(Found::Here(home, bound)) => named(value, bound, (&home, way), depth),
            Some(Found::Outside(dotted)) => leaf::kept(value, &dotted, way),
            None => Some(value),
        },
    }
}

/// The same of what a name of the bundle stands for.
fn named<'a>(
    value: Value,
    bound: &'a Bound<'a>,
    (home, way): (&Scope<'a>, Way<'_>),
    depth: usize,
) -> Option<Value> {
    match bound {
        Bound::Class(class) => nested::kept(value, (class, bound), (home, way), depth),
        Bound::Value(Expr::Call(call)) => {
            let dotted = home.dotted(&call.func).unwrap_or_default();
            let base = call.arguments.find_positional(1);
            match (dotted.rsplit('.').next(), base) {
                (Some("NewType" | "TypeAliasType"), Some(base)) => {
                    kept(value, (base, home), way, depth + 1)
                }
                _ => constrained(value, call, (home, way), depth),
            }
        }
        Bound::Value(alias) => kept(value, (alias, home), way, depth + 1),
        Bound::Alias(it) => {
            kept(value, (&it.value, &home.inside(it.range.start())), way, depth + 1)
        }
        _ => Some(value),
    }
}

/// `base[slice]`; a class of the bundle is taken to keep what it gets.
fn generic(
    value: Value,
    (base, slice): (&Expr, &Expr),
    (scope, way): (&Scope<'_>, Way<'_>),
    depth: usize,
) -> Option<Value> {
    let Some(dotted) = scope.dotted(base) else { return Some(value) };
    let arguments = arguments(slice);
    let inner = |value: Value, of: &Expr| kept(value, (of, scope), way, depth + 1);
    let item = |at: usize, value, of: &Expr| kept(value, (of, scope), way.item(at), depth + 1);
    let name = dotted.rsplit('.').next().unwrap_or_default();
    if !way.is_checked && !has_shape(name, &value) {
        return Some(value);
    }
    match (name, arguments.as_slice()) {
        ("Optional", [_]) if value.is_null() => Some(value),
        (
            "Optional" | "Required" | "NotRequired" | "ReadOnly" | "SkipJsonSchema" | "Final",
            [of],
        ) => inner(value, of),
        ("Union", members) => either(value, members, (scope, way), depth),
        ("Annotated", [of, said @ ..]) => {
            let way =
                Way { is_lax: way.is_lax && !said.iter().any(|it| is_strict(it, scope)), ..way };
            if said.iter().any(|it| is_changing(it, scope, way)) {
                return None;
            }
            let found = kept(value, (of, scope), way, depth + 1)?;
            let mut calls = said.iter().filter_map(|it| of_texts(it, scope));
            if way.is_checked { calls.try_fold(found, text::altered) } else { Some(found) }
        }
        ("Json", [of]) if way.is_lax && way.is_raw => inner(leaf::parsed(&value)?, of),
        ("Literal" | "Type" | "type", _) => Some(value),
        ("set" | "Set" | "frozenset" | "FrozenSet" | "AbstractSet", [of]) => {
            let items = items(value, |at, it| item(at, it, of))?.into_iter().map(Evaluated::Json);
            collection::set(items).into_json()
        }
        ("tuple" | "Tuple", [of, rest]) if rest.is_ellipsis_literal_expr() => {
            items(value, |at, it| item(at, it, of)).map(Value::from)
        }
        ("tuple" | "Tuple", members) => {
            let mut rest = members.iter();
            let found = items(value, |at, it| match rest.next() {
                Some(of) => item(at, it, of),
                None => (!way.is_checked).then_some(it),
            })?;
            (!way.is_checked || found.len() == members.len()).then(|| found.into())
        }
        (
            "list" | "List" | "Sequence" | "MutableSequence" | "deque" | "Deque" | "conlist",
            [of],
        ) => items(value, |at, it| item(at, it, of)).map(Value::from),
        ("dict" | "Dict" | "Mapping" | "MutableMapping" | "OrderedDict", [_, of]) => {
            let Value::Object(map) = value else { return None };
            let value = |key: &str, it| kept(it, (of, scope), way.value(key), depth + 1);
            let pairs = map.into_iter().map(|(key, it)| value(&key, it).map(|it| (key, it)));
            pairs.collect::<Option<serde_json::Map<_, _>>>().map(Value::from)
        }
        _ => (!way.is_checked || !way.is_raw).then_some(value),
    }
}

/// Whether `value` may be one of the collections that `name` is: what is none stays what it is where pydantic does not check
/// it.
fn has_shape(name: &str, value: &Value) -> bool {
    match name {
        "Optional" | "Union" | "Annotated" | "Required" | "NotRequired" | "ReadOnly"
        | "SkipJsonSchema" | "Final" => true,
        "dict" | "Dict" | "Mapping" | "MutableMapping" | "OrderedDict" => value.is_object(),
        _ => value.is_array(),
    }
}

/// Each of the items of `value`, if it is a list.
fn items(value: Value, mut keep: impl FnMut(usize, Value) -> Option<Value>) -> Option<Vec<Value>> {
    let Value::Array(items) = value else { return None };
    items.into_iter().enumerate().map(|(at, it)| keep(at, it)).collect()
}

/// One of `members`: pydantic 2 prefers one that has the value as it is, pydantic 1 takes the first that it can convert to.
fn either(
    value: Value,
    members: &[&Expr],
    (scope, way): (&Scope<'_>, Way<'_>),
    depth: usize,
) -> Option<Value> {
    let (none, others): (Vec<&Expr>, Vec<&Expr>) =
        members.iter().copied().partition(|it| it.is_none_literal_expr());
    if value.is_null() && !none.is_empty() {
        return Some(value);
    }
    // of several, one that has the type counts before one that would convert
    let is_one = others.len() == 1;
    let exact = Way { is_lax: way.is_lax && is_one, ..way };
    let inner = |of: &Expr| kept(value.clone(), (of, scope), exact, depth + 1);
    let (first, _) = others.split_first()?;
    if is_one {
        return inner(first);
    }
    if !way.is_checked {
        return Some(value);
    }
    let class = way.from.filter(|it| matches!(it, Origin::Class(..)));
    if let Some(of) = others.iter().find(|of| class.is_some_and(|it| it.is_of(of, scope))) {
        return inner(of);
    }
    if !scope.budget().spend(collection::size(&value)) {
        return None;
    }
    if scope.is_one {
        return inner(first).filter(|it| *it == value);
    }
    let found: Vec<Option<Value>> = others.iter().map(|it| inner(it)).collect();
    let is_one = |it: &Value| found.iter().flatten().all(|other| other == it);
    if value.is_object() || value.is_array() {
        return found.first()?.clone().filter(|it| is_one(it) && found.iter().all(Option::is_some));
    }
    if way.is_lax && found.iter().all(Option::is_none) {
        let lax = |of: &&Expr| kept(value.clone(), (of, scope), way, depth + 1);
        let mut made = others.iter().filter_map(lax);
        return made.next().filter(|_| made.next().is_none());
    }
    let exact = found.iter().flatten().find(|it| **it == value);
    let only = found.iter().flatten().next().filter(|it| is_one(it));
    exact.filter(|it| it.is_number() || is_one(it)).or(only).cloned()
}

/// `conint(ge=1)`, `conlist(int)`; of another call nothing is known.
fn constrained(
    value: Value,
    call: &ExprCall,
    (scope, way): (&Scope<'_>, Way<'_>),
    depth: usize,
) -> Option<Value> {
    let dotted = scope.dotted(&call.func).unwrap_or_default();
    let Some(base) = constraint::constrained(&dotted) else { return Some(value) };
    let found = match call.arguments.find_argument_value("item_type", 0) {
        Some(item) if base == "builtins.list" && (way.is_checked || value.is_array()) => {
            items(value, |at, it| kept(it, (item, scope), way.item(at), depth + 1)).map(Value::from)
        }
        _ => leaf::kept(value, base, way),
    }?;
    if way.is_checked { text::altered(found, call) } else { Some(found) }
}

/// Whether what stands beside a type in `Annotated[…]` may change values.
fn is_changing(said: &Expr, scope: &Scope<'_>, way: Way<'_>) -> bool {
    let call = said.as_call_expr();
    let name = call.map_or(said, |it| &it.func);
    let Some(dotted) = scope.dotted(name).filter(|it| it.starts_with("pydantic")) else {
        return false;
    };
    match dotted.rsplit('.').next().unwrap_or_default() {
        "PlainSerializer" | "WrapSerializer" | "GetPydanticSchema" => true,
        name => way.is_checked && name.ends_with("Validator"),
    }
}

/// Whether what stands beside a type in `Annotated[…]` lets nothing be converted.
fn is_strict(said: &Expr, scope: &Scope<'_>) -> bool {
    let call = said.as_call_expr();
    let name = call.map_or(said, |it| &it.func);
    let is_named = scope.dotted(name).is_some_and(|it| it.ends_with(".Strict"));
    is_named || call.is_some_and(|it| it.arguments.find_keyword("strict").is_some())
}

/// `StringConstraints(…)`
fn of_texts<'e>(said: &'e Expr, scope: &Scope<'_>) -> Option<&'e ExprCall> {
    let call = said.as_call_expr()?;
    scope.dotted(&call.func).is_some_and(|it| it.ends_with(".StringConstraints")).then_some(call)
}
