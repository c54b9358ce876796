//! An annotation -> its type.

use std::rc::Rc;

use ruff_python_ast::{Expr, Operator};
use serde_json::Value;

use super::config::Config;
use super::holding::united;
use super::kind::Type;
use super::outside;
use super::pool::Pool;
use super::said::{self, Default};
use crate::dialect::Dialect;
use crate::python::annotation::NoSchema;
use crate::python::collection;
use crate::python::default::Evaluated;
use crate::python::generic;
use crate::python::names::Bound;
use crate::python::parametric::{Bindings, arguments};
use crate::python::parse;
use crate::python::reference::{self, Texts};
use crate::python::scope::{Found, Scope};
use crate::python::union::alternatives;

/// Deepest nesting of an annotation.
const MAX_DEPTH: usize = 40;

/// Most types of one annotation.
const MAX_NODES: usize = 2000;

/// What is bound where pydantic 1 reads texts that Prefect has not: `pydantic/v1/main.py`, as far as it is of `typing`.
const BOUND: [&str; 12] = [
    "AbstractSet",
    "Any",
    "Callable",
    "ClassVar",
    "Dict",
    "List",
    "Mapping",
    "Optional",
    "Path",
    "Tuple",
    "Type",
    "Union",
];

/// A type, or why it has none.
pub(super) type Read = Result<Type, NoSchema>;

/// Reads annotations and gathers the classes they need.
pub(super) struct Types<'a> {
    pub(super) scope: Scope<'a>,
    pub(super) dialect: Dialect,
    pub(super) bindings: Bindings<'a>,
    pub(super) pool: Pool,
    pub(super) texts: Texts,
    /// Whether the type is that of a field of a class: not of a parameter.
    pub(super) in_class: bool,
    pub(super) levels: usize,
    /// What the model says that the type is inside of: of records without settings of their own it holds, too.
    pub(super) around: Rc<Config>,
    nodes: usize,
}

impl<'a> Types<'a> {
    /// Nothing read yet.
    pub(super) fn new(scope: Scope<'a>, dialect: Dialect, texts: Texts) -> Self {
        Self {
            scope: Scope { is_one: true, ..scope },
            dialect,
            bindings: None,
            pool: Pool::default(),
            texts,
            in_class: false,
            levels: 0,
            around: Rc::default(),
            nodes: 0,
        }
    }

    /// The type of the annotation `expr` of a parameter.
    pub(super) fn annotation(&mut self, expr: &Expr) -> Read {
        self.nodes = 0;
        if self.texts == Texts::All {
            reference::builtin_or(expr, &BOUND)?;
        }
        self.read(expr, 0)
    }

    /// The type `expr`, `depth` levels inside an annotation.
    pub(super) fn read(&mut self, expr: &Expr, depth: usize) -> Read {
        self.nodes += 1;
        if depth > MAX_DEPTH || self.nodes > MAX_NODES || !self.scope.step() {
            return Err(NoSchema::TooLarge);
        }
        match expr {
            Expr::NoneLiteral(_) => Ok(Type::Null),
            Expr::StringLiteral(it) => self.text(it.value.to_str(), depth),
            Expr::BinOp(it) if it.op == Operator::BitOr => {
                self.inside(|types| types.union(&alternatives(it), depth))
            }
            Expr::Subscript(it) => self.inside(|types| types.generic(&it.value, &it.slice, depth)),
            Expr::Name(_) | Expr::Attribute(_) => self.named(expr, depth),
            Expr::Call(it) => self.constrained(it, depth),
            _ => Err(NoSchema::Untyped),
        }
    }

    fn inside(&mut self, read: impl FnOnce(&mut Self) -> Read) -> Read {
        self.levels += 1;
        let found = read(self);
        self.levels -= 1;
        found
    }

    fn text(&mut self, text: &str, depth: usize) -> Read {
        self.afford(text)?;
        let parsed = parse::expression(text).ok_or(NoSchema::NoPython)?;
        if !self.in_class && (self.levels > 0 || self.texts != Texts::Evaluated) {
            reference::builtin_or(&parsed, &BOUND)?;
        }
        let outer = std::mem::replace(&mut self.scope.is_text, true);
        let found = self.read(&parsed, depth + 1);
        self.scope.is_text = outer;
        found
    }

    /// Counts a text that is written out or parsed.
    pub(super) fn afford(&self, text: &str) -> Result<(), NoSchema> {
        self.scope.budget().spend_text(text).then_some(()).ok_or(NoSchema::TooLarge)
    }

    fn named(&mut self, expr: &Expr, depth: usize) -> Read {
        match self.scope.resolve(expr) {
            Some(Found::Here(scope, bound)) => {
                let outer = std::mem::replace(&mut self.scope, scope);
                let found = self.bound(bound, depth);
                self.scope = outer;
                found
            }
            Some(Found::Outside(dotted)) => self.outside(&dotted),
            None => Err(NoSchema::Untyped),
        }
    }

    fn outside(&mut self, dotted: &str) -> Read {
        if matches!(dotted, "typing.ClassVar" | "typing_extensions.ClassVar") {
            return Err(NoSchema::Dropped);
        }
        if let Some(found) = self.installed(dotted) {
            return found;
        }
        let name = || dotted.trim_start_matches("builtins.").to_owned();
        outside::of(dotted, self.dialect).ok_or_else(|| NoSchema::Unresolved(name()))
    }

    fn bound(&mut self, bound: &'a Bound<'a>, depth: usize) -> Read {
        if let Some(found) = self.enumeration(bound) {
            return found;
        }
        match bound {
            Bound::Class(class) => self.class(class, depth),
            Bound::Value(Expr::Call(call)) => self.made(call, depth),
            Bound::Value(value) => self.read(value, depth + 1),
            Bound::Variable(it) => {
                let place = (self.scope.module(), it.range.start());
                self.variable(place, it.bound.as_deref(), depth)
            }
            _ => Err(NoSchema::Untyped),
        }
    }

    /// A union, flat.
    pub(super) fn union(&mut self, members: &[&Expr], depth: usize) -> Read {
        let members = members.iter().map(|it| self.read(it, depth + 1));
        Ok(united(members.collect::<Result<_, _>>()?))
    }

    fn generic(&mut self, base: &Expr, slice: &Expr, depth: usize) -> Read {
        if let Some(class) = self.scope.class(base) {
            return self.parametrized(class, slice, depth);
        }
        let Some(dotted) = self.scope.dotted(base) else { return Err(NoSchema::Untyped) };
        let arguments = arguments(slice);
        let name = dotted.rsplit('.').next().unwrap_or_default();
        match name {
            "Optional" => {
                let inner = self.read(slice, depth + 1)?;
                Ok(united(vec![inner, Type::Null]))
            }
            "Union" => self.union(&arguments, depth),
            "Literal" => self.literal(&arguments),
            "Annotated" => self.annotated(&arguments, depth),
            "ClassVar" => Err(NoSchema::Dropped),
            "Final" | "SkipValidation" | "OnErrorOmit" | "InstanceOf" | "SerializeAsAny"
            | "Required" | "NotRequired" => {
                Ok(Type::Wrapped(Box::new(self.read(slice, depth + 1)?)))
            }
            "Callable" => Ok(Type::Callable),
            "Type" | "type" => Ok(Type::Open),
            "Json" if outside::own(&dotted).is_some() => {
                Ok(Type::Wrapped(Box::new(self.read(slice, depth + 1)?)))
            }
            _ => self.holding((&dotted, name), &arguments, depth),
        }
    }

    pub(super) fn all(&mut self, all: &[&Expr], depth: usize) -> Result<Vec<Type>, NoSchema> {
        let is_list = |it: &Expr| it.is_tuple_expr() || it.is_list_expr();
        all.iter().filter(|it| !is_list(it)).map(|it| self.read(it, depth + 1)).collect()
    }

    fn literal(&self, arguments: &[&Expr]) -> Read {
        let mut given = Vec::new();
        generic::values(&self.scope, arguments, &mut given, 0);
        match collection::list(given.into_iter()) {
            Evaluated::Json(Value::Array(values)) => {
                let values = generic::distinct(values);
                let is_null = values.iter().all(Value::is_null);
                Ok(if is_null { Type::Null } else { Type::Literal(values) })
            }
            Evaluated::Unknown => Err(NoSchema::Unread("a value of `Literal`".to_owned())),
            _ => Err(NoSchema::Untyped),
        }
    }

    /// `Annotated[…]` may have one `Field`, without a default.
    fn annotated(&mut self, arguments: &[&Expr], depth: usize) -> Read {
        let (first, rest) = arguments.split_first().ok_or(NoSchema::Untyped)?;
        let inner = Box::new(self.read(first, depth + 1)?);
        let mut calls = rest.iter().filter_map(|it| said::call(it, &self.scope));
        let Some(call) = calls.next() else { return Ok(Type::Wrapped(inner)) };
        let said = said::read(call, &self.scope)?;
        let has_default =
            !matches!(said.default, Default::Unsaid | Default::Required | Default::Made);
        if calls.next().is_some() || has_default {
            return Err(NoSchema::Untyped);
        }
        Ok(Type::Annotated(inner, Rc::new(said)))
    }
}
