//! Enumerations: their members and the values of these.

use ruff_python_ast::{Expr, Operator, Stmt, StmtClassDef};
use ruff_text_size::TextSize;
use serde_json::json;

use super::automatic::automatic;
use super::call;
use super::default::{Evaluated, value};
use super::docstring;
use super::functional;
use super::names::Bound;
use super::operator;
use super::scope::{Found, Scope};
use super::valued;

/// Deepest inheritance.
const MAX_BASES: usize = 20;

/// Most flags in one `R | W | X`.
const MAX_FLAGS: usize = 100;

/// Most members.
pub(super) const MAX_MEMBERS: usize = 2000;

/// A member: its name, and its value, which may be unknown.
pub(super) type Member<'a> = (&'a str, Evaluated);

/// An enumeration.
#[derive(Debug)]
pub(super) struct Enumeration<'a> {
    /// What its definition is called.
    pub(super) name: &'a str,
    /// What the enumeration calls itself.
    pub(super) title: &'a str,
    /// Its members in order.
    pub(super) members: Vec<Member<'a>>,
    /// Its docstring.
    pub(super) description: Option<String>,
    /// The module and the place there.
    pub(super) place: (usize, TextSize),
}

impl Enumeration<'_> {
    /// The value of the member `name`.
    pub(super) fn member(self, name: &str) -> Option<Evaluated> {
        self.members.into_iter().find(|(it, _)| *it == name).map(|(_, it)| it)
    }
}

/// The enumeration that `expr` names; `None` when it names none.
pub(super) fn of<'a>(expr: &Expr, scope: &Scope<'a>, depth: usize) -> Option<Enumeration<'a>> {
    match scope.resolve(expr)? {
        Found::Here(scope, bound) => bound_to(bound, &scope, depth),
        Found::Outside(_) => None,
    }
}

/// The enumeration that is bound in `scope`.
pub(super) fn bound_to<'a>(
    bound: &'a Bound<'a>,
    scope: &Scope<'a>,
    depth: usize,
) -> Option<Enumeration<'a>> {
    match bound {
        Bound::Class(class) => Some(Enumeration {
            members: members(class, scope, depth)?,
            name: class.name.as_str(),
            title: class.name.as_str(),
            description: docstring::of(&class.body),
            place: (scope.module(), class.range.start()),
        }),
        Bound::Value(Expr::Call(call)) => functional::of(call, scope),
        _ => None,
    }
}

/// What `auto()` gives.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Auto {
    /// One more than the largest.
    Count,
    /// The name in lower case.
    Name,
    /// The next power of two.
    Bit,
    /// What the class defines itself.
    Unknown,
}

impl Auto {
    /// That of the class `dotted` of the standard library.
    pub(super) fn of(dotted: &str) -> Option<Self> {
        Some(match dotted.strip_prefix("enum.")? {
            "Enum" | "IntEnum" | "ReprEnum" => Self::Count,
            "StrEnum" => Self::Name,
            "Flag" | "IntFlag" => Self::Bit,
            _ => return None,
        })
    }
}

#[derive(Debug, Clone, Copy)]
struct Kind {
    auto: Auto,
    /// A mixin: every value becomes a text.
    text: bool,
    /// A method says what the values are.
    makes_values: bool,
}

/// The members of `class` in order, or `None` when it is no enumeration.
fn members<'a>(
    class: &'a StmtClassDef,
    scope: &Scope<'a>,
    depth: usize,
) -> Option<Vec<Member<'a>>> {
    let kind = kind(class, scope, 0)?;
    let own = |name: &str| defines(class, name);
    let auto = if own("_generate_next_value_") { Auto::Unknown } else { kind.auto };
    let ignored = ignored(class);
    scope.budget().spend(class.body.len());
    let mut out: Vec<Member<'a>> = Vec::new();
    for (name, expr) in class.body.iter().flat_map(assigned) {
        let is_special = name.starts_with("__") || (name.starts_with('_') && name.ends_with('_'));
        if is_special || ignored.contains(&name) {
            continue;
        }
        let found = match expr {
            Some(Expr::Lambda(_)) => continue,
            _ if out.len() >= MAX_MEMBERS || !scope.step() => Evaluated::Unknown,
            // it says itself what the value is
            _ if kind.makes_values => valued::member(class, name, scope),
            Some(Expr::Call(it)) if scope.dotted(&it.func).as_deref() == Some("enum.auto") => {
                automatic(auto, name, &out)
            }
            Some(expr) => given(expr, &out, scope, depth),
            None => Evaluated::Unknown,
        };
        let found = if kind.text && !kind.makes_values { texted(found) } else { found };
        out.push((name, found));
    }
    Some(out)
}

fn kind(class: &StmtClassDef, scope: &Scope<'_>, depth: usize) -> Option<Kind> {
    let bases = &class.arguments.as_ref()?.args;
    let text = bases.iter().any(|it| scope.dotted(it).as_deref() == Some("builtins.str"));
    let of = |base: &Expr| {
        if let Some((scope, class)) =
            scope.class(base).filter(|_| depth < MAX_BASES && scope.step())
        {
            return kind(class, &scope, depth + 1);
        }
        Some(Kind { auto: Auto::of(&scope.dotted(base)?)?, text: false, makes_values: false })
    };
    let found = bases.iter().find_map(of)?;
    let makes_values = found.makes_values || valued::makes_values(class);
    Some(Kind { text: text || found.text, makes_values, ..found })
}

fn defines(class: &StmtClassDef, name: &str) -> bool {
    class.body.iter().any(|it| it.as_function_def_stmt().is_some_and(|it| it.name.as_str() == name))
}

/// The names in `_ignore_`.
fn ignored(class: &StmtClassDef) -> Vec<&str> {
    let mut assigned = class.body.iter().flat_map(assigned);
    match assigned.find(|(name, _)| *name == "_ignore_").and_then(|(_, value)| value) {
        Some(Expr::StringLiteral(it)) => it.value.to_str().split([' ', ',']).collect(),
        Some(Expr::List(it)) => {
            let texts = it.elts.iter().filter_map(Expr::as_string_literal_expr);
            texts.map(|it| it.value.to_str()).collect()
        }
        _ => Vec::new(),
    }
}

/// The names that `stmt` assigns and their values; `None` for those of `a, b = …`.
fn assigned(stmt: &Stmt) -> Vec<(&str, Option<&Expr>)> {
    let (targets, value): (Vec<&Expr>, &Expr) = match stmt {
        Stmt::Assign(it) => (it.targets.iter().collect(), &it.value),
        Stmt::AnnAssign(it) => match &it.value {
            Some(value) => (vec![&it.target], value),
            None => return Vec::new(),
        },
        _ => return Vec::new(),
    };
    targets.into_iter().flat_map(|it| named(it, value)).collect()
}

fn named<'e>(target: &'e Expr, value: &'e Expr) -> Vec<(&'e str, Option<&'e Expr>)> {
    match target {
        Expr::Name(it) => vec![(it.id.as_str(), Some(value))],
        Expr::Tuple(it) => {
            let names = it.elts.iter().filter_map(Expr::as_name_expr);
            names.map(|it| (it.id.as_str(), None)).collect()
        }
        _ => Vec::new(),
    }
}

/// A value, which may name the members before it: `RW = R | W`.
fn given(expr: &Expr, before: &[Member<'_>], scope: &Scope<'_>, depth: usize) -> Evaluated {
    let inner = |it| given(it, before, scope, depth + 1);
    match expr {
        Expr::Name(name) => {
            let member = before.iter().rev().find(|(it, _)| *it == name.id.as_str());
            member.map_or_else(|| value(expr, scope, depth + 1), |(_, it)| it.clone())
        }
        Expr::BinOp(it) if it.op == Operator::BitOr && depth < MAX_FLAGS && scope.step() => {
            match (inner(&it.left), inner(&it.right)) {
                (Evaluated::Json(left), Evaluated::Json(right)) => {
                    let both = left.as_i64().zip(right.as_i64());
                    both.map_or(Evaluated::Unknown, |(a, b)| Evaluated::Json(json!(a | b)))
                }
                _ => Evaluated::Unknown,
            }
        }
        Expr::BinOp(it) if depth < MAX_FLAGS && scope.step() => {
            let made = operator::applied(it.op, inner(&it.left), inner(&it.right));
            made.unwrap_or(Evaluated::Unknown)
        }
        _ => value(expr, scope, depth + 1),
    }
}

/// The value as a text, as the mixin `str` makes it.
pub(super) fn texted(found: Evaluated) -> Evaluated {
    match found {
        Evaluated::Unknown | Evaluated::Opaque => found,
        known => call::text(&known).map_or(Evaluated::Unknown, |it| Evaluated::Json(it.into())),
    }
}
