//! An annotation -> its JSON schema.

use std::collections::BTreeMap;

use ruff_python_ast::{Expr, ExprBinOp, ExprCall, Operator, StmtClassDef};
use ruff_text_size::TextSize;
use serde_json::{Map, Value, json};

use super::enumeration::{self, Auto, Enumeration};
use super::names::Bound;
use super::parse;
use super::record;
use super::scalar;
use super::scope::{Found, Scope};
use super::union::{one_type, union};
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
    /// `definitions` of the schema.
    pub(super) definitions: BTreeMap<String, Value>,
    /// The module and place of the class of each definition.
    owners: BTreeMap<String, (usize, TextSize)>,
    /// The definitions of the annotation at hand.
    added: Vec<String>,
    /// Types read for the annotation at hand.
    nodes: usize,
}

/// A schema, or why there is none.
pub(super) type Schema = Result<Value, NoSchema>;

impl<'a> Types<'a> {
    /// Nothing read yet.
    pub(super) fn new(scope: Scope<'a>, dialect: Dialect) -> Self {
        Self {
            scope,
            dialect,
            definitions: BTreeMap::new(),
            owners: BTreeMap::new(),
            added: Vec::new(),
            nodes: 0,
        }
    }

    /// The schema of the annotation `expr`.
    pub(super) fn annotation(&mut self, expr: &Expr) -> Schema {
        self.nodes = 0;
        self.added.clear();
        let schema = self.schema(expr, 0);
        if schema.is_err() {
            self.forget_definitions(0);
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
                let members = alternatives(it).into_iter();
                let members: Result<_, _> = members.map(|it| self.schema(it, depth + 1)).collect();
                Ok(union(members?))
            }
            Expr::Subscript(it) => self.generic(&it.value, &it.slice, depth),
            Expr::Name(_) | Expr::Attribute(_) => self.named(expr, depth),
            Expr::Call(it) => self.constrained(it, depth),
            _ => Err(NoSchema::Untyped),
        }
    }

    /// A forward reference.
    fn text(&mut self, text: &str, depth: usize) -> Schema {
        self.afford(text)?;
        let parsed = parse::expression(text).ok_or(NoSchema::NoPython)?;
        self.schema(&parsed, depth + 1)
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
            Some(Found::Outside(dotted)) => {
                let name = || dotted.trim_start_matches("builtins.").to_owned();
                let schema = scalar::schema(&dotted, self.dialect);
                schema.ok_or_else(|| NoSchema::Unresolved(name()))
            }
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
            Bound::Import(_) | Bound::Function | Bound::Unknown => Err(NoSchema::Untyped),
        }
    }

    /// `NewType("UserId", int)` is its base; `TypeVar("T")` is anything.
    fn made(&mut self, call: &ExprCall, depth: usize) -> Schema {
        match (self.scope.dotted(&call.func).as_deref(), call.arguments.args.get(1)) {
            (Some("typing.NewType"), Some(base)) => self.schema(base, depth + 1),
            (Some(dotted), _) if Auto::of(dotted).is_some() => {
                Err(NoSchema::Unread("an enumeration that a call makes".to_owned()))
            }
            _ => self.constrained(call, depth),
        }
    }

    fn class(&mut self, class: &'a StmtClassDef, depth: usize) -> Schema {
        self.afford(&class.name)?;
        let reference = json!({"$ref": format!("#/definitions/{}", class.name)});
        if let Some(record) = record::of(class, &self.scope, 0).map_err(NoSchema::Unread)? {
            let place = (self.scope.module(), class.range.start());
            if self.is_new(&class.name, place)? {
                self.record(class, &record, depth)?;
            }
            return Ok(reference);
        }
        let known = class.arguments.iter().flat_map(|it| &it.args);
        let known = known.clone().all(|it| self.scope.class(it).is_some());
        if known && class.decorator_list.is_empty() {
            return Ok(json!({}));
        }
        Err(NoSchema::Unresolved(class.name.to_string()))
    }

    /// Whether the definition `name` of the class at `place` is yet to be written; that of another class is not taken for it.
    fn is_new(&self, name: &str, place: (usize, TextSize)) -> Result<bool, NoSchema> {
        match self.owners.get(name) {
            Some(it) if *it == place => Ok(false),
            Some(_) => Err(NoSchema::Ambiguous(name.to_owned())),
            None => Ok(true),
        }
    }

    fn enumeration(&mut self, it: Enumeration<'_>) -> Schema {
        self.afford(it.name)?;
        let reference = json!({"$ref": format!("#/definitions/{}", it.name)});
        if !self.is_new(it.name, it.place)? {
            return Ok(reference);
        }
        let mut values = Vec::new();
        for (name, member) in it.members {
            let what = || NoSchema::Unread(format!("member `{name}` of `{}`", it.title));
            values.push(member.into_json().ok_or_else(what)?);
        }
        let mut out = Map::new();
        if let Some(text) = it.description {
            self.afford(&text)?;
            out.insert("description".into(), text.into());
        }
        if let Some(kind) = one_type(&values) {
            out.insert("type".into(), kind.into());
        }
        out.insert("enum".into(), values.into());
        out.insert("title".into(), it.title.into());
        self.define(it.name, it.place, out.into());
        Ok(reference)
    }

    /// How many definitions the annotation at hand has made so far.
    pub(super) fn definitions_added(&self) -> usize {
        self.added.len()
    }

    /// Takes back the definitions of the annotation at hand, but for the first `kept`.
    pub(super) fn forget_definitions(&mut self, kept: usize) {
        for name in self.added.drain(kept.min(self.added.len())..) {
            self.owners.remove(&name);
            self.definitions.remove(&name);
        }
    }

    /// Keeps the definition of the class at `place`; it goes away again when the annotation turns out to have no schema.
    pub(super) fn define(&mut self, name: &str, place: (usize, TextSize), schema: Value) {
        self.owners.insert(name.to_owned(), place);
        self.added.push(name.to_owned());
        self.definitions.insert(name.to_owned(), schema);
    }
}

/// The members of `a | b | c`, however many: it is nested as deeply as it is long.
fn alternatives(it: &ExprBinOp) -> Vec<&Expr> {
    let mut members = vec![&*it.right];
    let mut rest = &*it.left;
    while let Expr::BinOp(it) = rest
        && it.op == Operator::BitOr
    {
        members.push(&it.right);
        rest = &it.left;
    }
    members.push(rest);
    members.reverse();
    members
}
