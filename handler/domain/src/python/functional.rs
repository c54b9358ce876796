//! `Enum("Color", ["RED", "GREEN"])`: enumerations that a call makes.

use ruff_python_ast::{DictItem, Expr, ExprCall};

use super::automatic::automatic;
use super::default::{Evaluated, evaluate};
use super::enumeration::{Auto, Enumeration, MAX_MEMBERS, Member, texted};
use super::scope::Scope;

/// The enumeration that `call` makes; `None` when it makes none.
pub(super) fn of<'a>(call: &'a ExprCall, scope: &Scope<'a>) -> Option<Enumeration<'a>> {
    let auto = Auto::of(&scope.dotted(&call.func)?)?;
    let given = |name, at| call.arguments.find_argument_value(name, at);
    let title = text(given("value", 0)?)?;
    let keyword = |name| call.arguments.find_keyword(name).map(|it| &it.value);
    let name = keyword("qualname").map_or(Some(title), text)?;
    let mixin = keyword("type").map(|it| scope.dotted(it));
    let first = keyword("start").map_or(Some(1), |it| evaluate(it, scope).into_json()?.as_i64())?;
    let mut members: Vec<Member<'a>> = Vec::new();
    for (name, value) in named(given("names", 1)?)? {
        let found = match value {
            _ if members.len() >= MAX_MEMBERS || !scope.step() => Evaluated::Unknown,
            Some(it) => evaluate(it, scope),
            None if members.is_empty() && auto == Auto::Count => Evaluated::Json(first.into()),
            None => automatic(auto, name, &members),
        };
        members.push((name, found));
    }
    let members = match mixin.as_ref().map(Option::as_deref) {
        None | Some(Some("builtins.int")) => members,
        Some(Some("builtins.str")) => {
            members.into_iter().map(|(name, it)| (name, texted(it))).collect()
        }
        Some(_) => return None,
    };
    let place = (scope.module(), call.arguments.range.start());
    Some(Enumeration { name, title, members, description: None, place })
}

/// The names, and their values where there are any: a text, a list of names or pairs, a dict.
fn named(names: &Expr) -> Option<Vec<(&str, Option<&Expr>)>> {
    let items = match names {
        Expr::StringLiteral(it) => {
            let words = it.value.to_str().split([',', ' ', '\n', '\t']);
            return Some(words.filter(|it| !it.is_empty()).map(|it| (it, None)).collect());
        }
        Expr::Dict(it) => {
            return it.items.iter().map(pair).collect();
        }
        Expr::List(it) => &it.elts,
        Expr::Tuple(it) => &it.elts,
        _ => return None,
    };
    items.iter().map(one).collect()
}

fn pair(it: &DictItem) -> Option<(&str, Option<&Expr>)> {
    Some((text(it.key.as_ref()?)?, Some(&it.value)))
}

/// `"RED"`, `("RED", 1)`.
fn one(it: &Expr) -> Option<(&str, Option<&Expr>)> {
    let Some(pair) = it.as_tuple_expr() else { return Some((text(it)?, None)) };
    match pair.elts.as_slice() {
        [name, value] => Some((text(name)?, Some(value))),
        _ => None,
    }
}

fn text(it: &Expr) -> Option<&str> {
    Some(it.as_string_literal_expr()?.value.to_str())
}
