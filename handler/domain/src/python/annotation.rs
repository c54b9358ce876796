//! An annotation -> its JSON schema.

use ruff_python_ast::{Expr, ExprCall, Operator};
use ruff_text_size::TextSize;
use serde_json::{Value, json};

use super::created_model;
use super::definitions::Definitions;
use super::enumeration::{self, Auto};
use super::made_record;
use super::names::Bound;
use super::parametric::{self, Bindings};
use super::parse;
use super::reference::{self, Texts};
use super::scope::{Found, Scope};
use super::union::{alternatives, is_refused};
use crate::dialect::Dialect;

/// Deepest nesting of an annotation.
const MAX_DEPTH: usize = 40;

/// Most types of one annotation: aliases of aliases would fill the memory.
const MAX_NODES: usize = 2000;

/// Why an annotation has no schema; the parameter is `{}` then, as in Prefect's own fallback.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum NoSchema {
    /// Python has none for it either: `Callable[…]`, a value instead of a type.
    Untyped,
    /// A name that the bundle does not explain.
    Unresolved(String),
    /// A part that only running it tells: what it is.
    Unread(String),
    /// A class whose statement raises: what of it is refused.
    Refused(String),
    /// The name of two classes of the bundle.
    Ambiguous(String),
    /// A text that is no Python: Prefect raises `SyntaxError`.
    NoPython,
    /// Nested too deeply, or of too many parts.
    TooLarge,
    /// `Final[…]`: pydantic drops the parameter.
    Dropped,
}

/// Reads annotations and gathers the definitions they need.
pub(super) struct Types<'a> {
    /// The names of the module.
    pub(super) scope: Scope<'a>,
    /// Whose rules.
    pub(super) dialect: Dialect,
    /// What stands for each `TypeVar` of the class at hand.
    pub(super) bindings: Bindings<'a>,
    /// `definitions` of the schema.
    pub(super) definitions: Definitions,
    /// What a text in an annotation means.
    texts: Texts,
    /// Whether the type is that of a field of a class: not of a parameter.
    pub(super) in_class: bool,
    /// Where the last of the classes begins that the type is inside of, all of the flow's module.
    pub(super) made: TextSize,
    /// How many types the one at hand is inside of.
    pub(super) levels: usize,
    /// Types read for the annotation at hand.
    nodes: usize,
}

/// A schema, or why there is none.
pub(super) type Schema = Result<Value, NoSchema>;

impl<'a> Types<'a> {
    /// Nothing read yet.
    pub(super) fn new(scope: Scope<'a>, dialect: Dialect, texts: Texts) -> Self {
        Self {
            scope,
            dialect,
            bindings: None,
            definitions: Definitions::default(),
            texts,
            in_class: false,
            made: TextSize::default(),
            levels: 0,
            nodes: 0,
        }
    }

    /// The schema of the annotation `expr`.
    pub(super) fn annotation(&mut self, expr: &Expr) -> Schema {
        self.nodes = 0;
        self.definitions.begin();
        let readable = match self.texts {
            Texts::All => reference::builtin(expr),
            _ => Ok(()),
        };
        let schema = readable.and_then(|()| self.schema(expr, 0));
        if schema.is_err() {
            self.definitions.forget(0);
        }
        schema
    }

    /// The schema of `expr`, `depth` levels inside an annotation.
    pub(super) fn schema(&mut self, expr: &Expr, depth: usize) -> Schema {
        self.nodes += 1;
        if depth > MAX_DEPTH || self.nodes > MAX_NODES || !self.scope.step() {
            return Err(NoSchema::TooLarge);
        }
        match expr {
            Expr::NoneLiteral(_) => Ok(json!({"type": "null"})),
            Expr::StringLiteral(it) => self.text(it.value.to_str(), depth),
            Expr::BinOp(it) if it.op == Operator::BitOr => {
                if self.in_class && is_refused(&alternatives(it), &self.scope) {
                    let what = "a union of a text and a class, which Python refuses,";
                    return Err(NoSchema::Refused(what.to_owned()));
                }
                self.inside(|types| types.either(&alternatives(it), depth))
            }
            Expr::Subscript(it) => self.inside(|types| types.generic(&it.value, &it.slice, depth)),
            Expr::Name(_) | Expr::Attribute(_) => self.named(expr, depth),
            Expr::Call(it) => self.constrained(it, depth),
            _ => Err(NoSchema::Untyped),
        }
    }

    /// What `read` gives for the parts of a type.
    fn inside(&mut self, read: impl FnOnce(&mut Self) -> Schema) -> Schema {
        self.levels += 1;
        let schema = read(self);
        self.levels -= 1;
        schema
    }

    /// A forward reference: Prefect evaluates only a parameter's whole annotation among the names of its module.
    fn text(&mut self, text: &str, depth: usize) -> Schema {
        self.afford(text)?;
        let parsed = parse::expression(text).ok_or(NoSchema::NoPython)?;
        if !self.in_class && (self.levels > 0 || self.texts != Texts::Evaluated) {
            reference::builtin(&parsed)?;
        }
        let outer = std::mem::replace(&mut self.scope.is_text, true);
        let schema = self.schema(&parsed, depth + 1);
        self.scope.is_text = outer;
        schema
    }

    /// Counts a text that is written out or parsed.
    pub(super) fn afford(&self, text: &str) -> Result<(), NoSchema> {
        self.scope.budget().spend_text(text).then_some(()).ok_or(NoSchema::TooLarge)
    }

    fn named(&mut self, expr: &Expr, depth: usize) -> Schema {
        match self.scope.resolve(expr) {
            Some(Found::Here(scope, bound)) => {
                let outer = std::mem::replace(&mut self.scope, scope);
                let schema = self.bound(bound, depth);
                self.scope = outer;
                schema
            }
            Some(Found::Outside(dotted)) => self.outside(&dotted),
            None => Err(NoSchema::Untyped),
        }
    }

    /// A class, or an alias: `Ids = list[int]`.
    fn bound(&mut self, bound: &'a Bound<'a>, depth: usize) -> Schema {
        if let Some(found) = enumeration::bound_to(bound, &self.scope, 0) {
            return self.enumeration(found);
        }
        match bound {
            Bound::Class(class) => self.class(class, depth),
            Bound::Value(Expr::Call(call)) => self.made(call, depth),
            Bound::Value(value) => self.schema(value, depth + 1),
            Bound::Alias(it) => {
                let name = it.name.as_name_expr().ok_or(NoSchema::Untyped)?;
                self.scope = self.scope.inside(it.range.start());
                self.alias((&name.id, &it.value), it.range.start(), depth)
            }
            Bound::Variable(it) => self.type_parameter(it, depth),
            Bound::Import(_) | Bound::Function(_) | Bound::Unknown => Err(NoSchema::Untyped),
        }
    }

    /// `NewType("UserId", int)` is its base.
    fn made(&mut self, call: &'a ExprCall, depth: usize) -> Schema {
        if parametric::is_variable(call, &self.scope) {
            return self.variable(call, depth);
        }
        match (self.scope.dotted(&call.func).as_deref(), call.arguments.args.get(1)) {
            (Some("typing.NewType"), Some(base)) => self.schema(base, depth + 1),
            (Some("typing_extensions.TypeAliasType" | "typing.TypeAliasType"), Some(value)) => {
                let name = call.arguments.find_argument_value("name", 0);
                let name = name.and_then(Expr::as_string_literal_expr).ok_or(NoSchema::Untyped)?;
                self.alias((name.value.to_str(), value), call.arguments.range.start(), depth)
            }
            (Some(dotted), _) if made_record::is_maker(dotted) => {
                self.made_record(dotted, call, depth)
            }
            (Some(dotted), _) if created_model::is_maker(dotted) => self.created_model(call, depth),
            (Some(dotted), _) if Auto::of(dotted).is_some() => {
                Err(NoSchema::Unread("an enumeration that a call makes".to_owned()))
            }
            (None, _) if self.is_function(&call.func) => {
                Err(NoSchema::Unread("a type that a function makes".to_owned()))
            }
            _ => self.constrained(call, depth),
        }
    }

    /// Whether `expr` names a function of the bundle.
    fn is_function(&self, expr: &Expr) -> bool {
        matches!(self.scope.resolve(expr), Some(Found::Here(_, Bound::Function(_))))
    }
}
