//! `constr(…)`, `conlist(…)`, and classes of the bundle that are texts, numbers or the like.

use std::rc::Rc;

use ruff_python_ast::{Expr, ExprCall, Identifier, Stmt, StmtClassDef};
use serde_json::{Map, Value};

use super::kind::{Family, Many, Scalar, Type};
use super::limits::{BOUNDS, COUNTS, LENGTHS, keywords};
use super::outside;
use super::types::{Read, Types};
use crate::python::annotation::NoSchema;
use crate::python::default::evaluate;
use crate::python::installed;
use crate::python::scope::{Found, Scope};

/// Deepest inheritance.
const MAX_BASES: usize = 20;

/// The class that a call of `name` makes one below of.
fn made(name: &str) -> Option<&'static str> {
    Some(match name {
        "conint" => "builtins.int",
        "confloat" => "builtins.float",
        "condecimal" => "decimal.Decimal",
        "constr" => "builtins.str",
        "conbytes" => "builtins.bytes",
        "condate" => "datetime.date",
        _ => return None,
    })
}

impl<'a> Types<'a> {
    /// The type that `call` makes.
    pub(super) fn constrained(&mut self, call: &ExprCall, depth: usize) -> Read {
        let dotted = self.scope.dotted(&call.func).ok_or(NoSchema::Untyped)?;
        let Some(name) = outside::own(&dotted) else { return self.second(&dotted, call, depth) };
        let limits = self.limits(call)?;
        let kind = match name {
            "conlist" => Many::List,
            "conset" => Many::Set,
            "confrozenset" => Many::FrozenSet,
            _ => {
                let base = made(name).ok_or(NoSchema::Untyped)?;
                let base = outside::of(base, self.dialect).ok_or(NoSchema::Untyped)?;
                return Ok(sealed(below(base, &limits)));
            }
        };
        let item = call.arguments.find_argument_value("item_type", 0).ok_or(NoSchema::Untyped)?;
        let item = Box::new(self.read(item, depth + 1)?);
        Ok(Type::Many(kind, item, keywords(&limits, &COUNTS)))
    }

    /// The same of pydantic 2: `Annotated` with what means nothing here.
    fn second(&mut self, dotted: &str, call: &ExprCall, depth: usize) -> Read {
        let name = dotted.strip_prefix("pydantic.").ok_or(NoSchema::Untyped)?;
        let name = name.trim_start_matches("types.");
        let kind = match name {
            "conlist" => Many::List,
            "conset" => Many::Set,
            "confrozenset" => Many::FrozenSet,
            _ => {
                let base = made(name).ok_or(NoSchema::Untyped)?;
                return outside::of(base, self.dialect).ok_or(NoSchema::Untyped);
            }
        };
        let item = call.arguments.find_argument_value("item_type", 0).ok_or(NoSchema::Untyped)?;
        Ok(Type::Many(kind, Box::new(self.read(item, depth + 1)?), Map::new()))
    }

    fn limits(&self, call: &ExprCall) -> Result<Map<String, Value>, NoSchema> {
        let mut out = Map::new();
        for it in &call.arguments.keywords {
            let name = it.arg.as_ref().map_or("**", Identifier::as_str);
            if BOUNDS.contains(&name) || LENGTHS.contains(&name) || COUNTS.contains(&name) {
                let value = evaluate(&it.value, &self.scope).shown_in(&self.scope);
                let value = value.ok_or_else(|| NoSchema::Unread(format!("`{name}` of a type")))?;
                if !value.is_null() {
                    out.insert(name.to_owned(), value);
                }
            } else if name == "pattern" || name == "**" {
                // pydantic 1 has no such argument
                return Err(NoSchema::Untyped);
            }
        }
        Ok(out)
    }

    /// A class of the bundle that is none of pydantic's.
    pub(super) fn any_class(&self, class: &'a StmtClassDef) -> Read {
        let makes_schema = |it: &Stmt| {
            it.as_function_def_stmt().is_some_and(|it| it.name.as_str() == "__modify_schema__")
        };
        if class.body.iter().any(makes_schema) {
            return Err(NoSchema::Unread(format!("`__modify_schema__` of `{}`", class.name)));
        }
        Ok(self.below_class(class, &self.scope, 0)?.0)
    }

    /// The type, and whether it has limits of pydantic's.
    fn below_class(
        &self,
        class: &'a StmtClassDef,
        scope: &Scope<'a>,
        depth: usize,
    ) -> Result<(Type, bool), NoSchema> {
        let unknown = || NoSchema::Unresolved(class.name.to_string());
        if depth > MAX_BASES || !scope.step() || !class.decorator_list.is_empty() {
            return Err(unknown());
        }
        let (mut out, mut has_limits) = (Type::Other, false);
        for base in class.arguments.iter().flat_map(|it| it.args.iter().rev()) {
            let slice = base.as_subscript_expr();
            let base = slice.map_or(base, |it| &it.value);
            let (found, is_limited) = match scope.resolve(base) {
                Some(Found::Here(home, crate::python::names::Bound::Class(parent))) => {
                    self.below_class(parent, &home, depth + 1)?
                }
                Some(Found::Outside(it)) if it == "typing.Generic" && depth == 0 => {
                    (Type::Open, false)
                }
                Some(Found::Outside(it)) => {
                    let is_known = it.starts_with("builtins.") || installed::has(&it, self.dialect);
                    let is_limited = outside::own(&it).is_some();
                    match outside::of(&it, self.dialect) {
                        Some(known) => (known, is_limited),
                        None if is_known => (Type::Other, false),
                        None => return Err(unknown()),
                    }
                }
                _ => return Err(unknown()),
            };
            if matches!(found, Type::Scalar(_) | Type::Open) {
                (out, has_limits) = (found, is_limited);
            }
        }
        if let Type::Scalar(it) = &out {
            let name = Some(format!("{}:{}", scope.module(), u32::from(class.range.start())));
            out = Type::Scalar(Rc::new(Scalar { name, ..Scalar::clone(it) }));
        }
        if has_limits {
            out = below(out, &attributes(class, scope)?);
        }
        Ok((out, has_limits))
    }
}

/// What the body of a class says of its limits: `min_length = 1`.
fn attributes(class: &StmtClassDef, scope: &Scope<'_>) -> Result<Map<String, Value>, NoSchema> {
    let mut out = Map::new();
    for stmt in &class.body {
        let (target, value) = match stmt {
            Stmt::Assign(it) => (it.targets.first(), Some(&*it.value)),
            Stmt::AnnAssign(it) => (Some(&*it.target), it.value.as_deref()),
            _ => continue,
        };
        let name = target.and_then(Expr::as_name_expr).map_or("", |it| it.id.as_str());
        let is_limit = BOUNDS.contains(&name) || LENGTHS.contains(&name);
        if let Some(value) = value.filter(|_| is_limit) {
            let value = evaluate(value, scope).into_json();
            let value = value.ok_or_else(|| NoSchema::Unread(format!("`{name}` of a type")))?;
            out.insert(name.to_owned(), value);
        }
    }
    Ok(out)
}

/// A class below `base` with these limits, if it takes any.
fn below(base: Type, limits: &Map<String, Value>) -> Type {
    let Type::Scalar(it) = base else { return base };
    let mut out = Scalar::clone(&it);
    let names: &[&str] = match out.family {
        Family::Text => &LENGTHS,
        Family::Bytes | Family::Secret => &["min_length", "max_length"],
        Family::Integer | Family::Float | Family::Decimal | Family::Number => &BOUNDS,
        // a date
        Family::Other => &["gt", "ge", "lt", "le"],
        Family::Address | Family::Secrets => &[],
    };
    out.more.extend(keywords(limits, names));
    // a class of its own
    out.name = None;
    Type::Scalar(Rc::new(out))
}

/// A number that takes no limits of `Field` any more.
fn sealed(it: Type) -> Type {
    match it {
        Type::Scalar(it)
            if matches!(it.family, Family::Integer | Family::Float | Family::Decimal) =>
        {
            Type::Scalar(Rc::new(Scalar { family: Family::Number, ..Scalar::clone(&it) }))
        }
        other => other,
    }
}
