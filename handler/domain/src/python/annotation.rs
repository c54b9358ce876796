//! An annotation -> its JSON schema.

use std::collections::BTreeMap;

use ruff_python_ast::{Expr, ExprCall, Operator, StmtClassDef};
use serde_json::{Map, Value, json};

use super::constraint;
use super::default;
use super::docstring;
use super::enumeration::{self, Member};
use super::scalar;
use super::scope::{Bound, Scope};
use crate::dialect::Dialect;

/// Deepest nesting of an annotation.
const MAX_DEPTH: usize = 40;

/// Why an annotation has no schema; the parameter is `{}` then, as in Prefect's own fallback.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum NoSchema {
    /// Python has none for it either: `Callable[…]`, a value instead of a type.
    Untyped,
    /// A name that the bundle does not explain.
    Unresolved(String),
    /// A part that only running it tells: what it is.
    Unread(String),
    /// `Final[…]`: pydantic drops the parameter.
    Dropped,
}

/// Reads annotations and gathers the definitions they need.
pub(super) struct Types<'a, 's> {
    /// The names of the module.
    pub(super) scope: &'s Scope<'a>,
    /// Whose rules.
    pub(super) dialect: Dialect,
    /// `definitions` of the schema.
    pub(super) definitions: BTreeMap<String, Value>,
}

type Schema = Result<Value, NoSchema>;

impl<'a> Types<'a, '_> {
    /// The schema of `expr`.
    pub(super) fn schema(&mut self, expr: &Expr, depth: usize) -> Schema {
        if depth > MAX_DEPTH {
            return Err(NoSchema::Untyped);
        }
        match expr {
            Expr::NoneLiteral(_) => Ok(json!({"type": "null"})),
            Expr::StringLiteral(it) => self.text(it.value.to_str(), depth),
            Expr::BinOp(it) if it.op == Operator::BitOr => {
                let mut members = Vec::new();
                self.union_member(&it.left, depth, &mut members)?;
                self.union_member(&it.right, depth, &mut members)?;
                Ok(union(members))
            }
            Expr::Subscript(it) => self.generic(&it.value, &it.slice, depth),
            Expr::Name(_) | Expr::Attribute(_) => self.named(expr, depth),
            Expr::Call(it) => self.constrained(it, depth),
            _ => Err(NoSchema::Untyped),
        }
    }

    fn union_member(
        &mut self,
        expr: &Expr,
        depth: usize,
        out: &mut Vec<Value>,
    ) -> Result<(), NoSchema> {
        if let Expr::BinOp(it) = expr
            && it.op == Operator::BitOr
        {
            self.union_member(&it.left, depth + 1, out)?;
            return self.union_member(&it.right, depth + 1, out);
        }
        out.push(self.schema(expr, depth + 1)?);
        Ok(())
    }

    /// A forward reference.
    fn text(&mut self, text: &str, depth: usize) -> Schema {
        let parsed = ruff_python_parser::parse_expression(text).ok().ok_or(NoSchema::Untyped)?;
        self.schema(&parsed.syntax().body.clone(), depth + 1)
    }

    fn named(&mut self, expr: &Expr, depth: usize) -> Schema {
        if let Some(class) = self.scope.class(expr) {
            return self.class(class);
        }
        if let Some(dotted) = self.scope.dotted(expr) {
            if let Some(schema) = scalar::schema(&dotted, self.dialect) {
                return Ok(schema);
            }
            return Err(NoSchema::Unresolved(dotted.trim_start_matches("builtins.").to_owned()));
        }
        match expr.as_name_expr().and_then(|it| self.scope.get(it.id.as_str())) {
            // an alias: `Ids = list[int]`
            Some(Bound::Value(value)) => {
                let value: &Expr = value;
                match value {
                    Expr::Call(call) => self.made(call, depth),
                    _ => self.schema(value, depth + 1),
                }
            }
            _ => Err(NoSchema::Untyped),
        }
    }

    /// `NewType("UserId", int)` is its base; `TypeVar("T")` is anything.
    fn made(&mut self, call: &ExprCall, depth: usize) -> Schema {
        match (self.scope.dotted(&call.func).as_deref(), call.arguments.args.get(1)) {
            (Some("typing.NewType"), Some(base)) => self.schema(base, depth + 1),
            _ => self.constrained(call, depth),
        }
    }

    fn class(&mut self, class: &'a StmtClassDef) -> Schema {
        let name = class.name.as_str();
        if let Some(members) = enumeration::members(class, self.scope, 0) {
            self.enumeration(class, members)?;
            return Ok(json!({"$ref": format!("#/definitions/{name}")}));
        }
        let plain =
            class.arguments.as_ref().is_none_or(|it| it.args.is_empty() && it.keywords.is_empty());
        if plain && class.decorator_list.is_empty() {
            return Ok(json!({}));
        }
        Err(NoSchema::Unresolved(format!("{name} (models and dataclasses are not read yet)")))
    }

    fn enumeration(
        &mut self,
        class: &StmtClassDef,
        members: Vec<Member<'_>>,
    ) -> Result<(), NoSchema> {
        let mut values = Vec::new();
        for (name, member) in members {
            let what = || NoSchema::Unread(format!("member `{name}` of `{}`", class.name.as_str()));
            values.push(member.into_json().ok_or_else(what)?);
        }
        let mut out = Map::new();
        if let Some(text) = docstring::of(&class.body) {
            out.insert("description".into(), text.into());
        }
        if let Some(kind) = one_type(&values) {
            out.insert("type".into(), kind.into());
        }
        out.insert("enum".into(), values.into());
        out.insert("title".into(), class.name.as_str().into());
        self.definitions.insert(class.name.as_str().to_owned(), out.into());
        Ok(())
    }

    fn generic(&mut self, base: &Expr, slice: &Expr, depth: usize) -> Schema {
        let Some(dotted) = self.scope.dotted(base) else { return Err(NoSchema::Untyped) };
        let arguments: Vec<&Expr> =
            if let Expr::Tuple(it) = slice { it.elts.iter().collect() } else { vec![slice] };
        let name = dotted.rsplit('.').next().unwrap_or_default();
        match name {
            "Optional" => Ok(union(vec![self.schema(slice, depth + 1)?, json!({"type": "null"})])),
            "Union" => {
                let members: Result<Vec<Value>, NoSchema> =
                    arguments.iter().map(|it| self.schema(it, depth + 1)).collect();
                Ok(union(members?))
            }
            "Literal" => self.literal(&arguments),
            "Annotated" => self.annotated(&arguments, depth),
            "Final" => Err(NoSchema::Dropped),
            "tuple" | "Tuple" => self.tuple(&arguments, depth),
            "dict" | "Dict" | "Mapping" | "MutableMapping" | "DefaultDict" | "defaultdict"
            | "OrderedDict" => {
                let value = arguments.get(1).ok_or(NoSchema::Untyped)?;
                let value = self.schema(value, depth + 1)?;
                let value = if value == json!({}) { json!(true) } else { value };
                Ok(json!({"additionalProperties": value, "type": "object"}))
            }
            "Callable" | "Type" | "type" => Err(NoSchema::Untyped),
            _ => match scalar::schema(&dotted, self.dialect) {
                Some(Value::Object(mut array)) if array.contains_key("items") => {
                    let item = arguments.first().ok_or(NoSchema::Untyped)?;
                    array.insert("items".into(), self.schema(item, depth + 1)?);
                    Ok(array.into())
                }
                _ => Err(NoSchema::Unresolved(dotted)),
            },
        }
    }

    fn tuple(&mut self, arguments: &[&Expr], depth: usize) -> Schema {
        if let [item, Expr::EllipsisLiteral(_)] = arguments {
            return Ok(json!({"items": self.schema(item, depth + 1)?, "type": "array"}));
        }
        let items: Result<Vec<Value>, NoSchema> =
            arguments.iter().map(|it| self.schema(it, depth + 1)).collect();
        let items = items?;
        Ok(
            json!({"maxItems": items.len(), "minItems": items.len(), "prefixItems": items, "type": "array"}),
        )
    }

    fn literal(&mut self, arguments: &[&Expr]) -> Schema {
        let values: Option<Vec<Value>> =
            arguments.iter().map(|it| default::evaluate(it, self.scope).into_json()).collect();
        let values = values.ok_or(NoSchema::Untyped)?;
        let mut out = Map::new();
        if let Some(kind) = one_type(&values) {
            out.insert("type".into(), kind.into());
        }
        match values.as_slice() {
            [only] => out.insert("const".into(), only.clone()),
            _ => out.insert("enum".into(), values.into()),
        };
        Ok(out.into())
    }

    /// Constraints of a `Field` are kept, its description and title are not.
    fn annotated(&mut self, arguments: &[&Expr], depth: usize) -> Schema {
        let (first, rest) = arguments.split_first().ok_or(NoSchema::Untyped)?;
        let base = if let Expr::Subscript(it) = first { &it.value } else { *first };
        let base = self.scope.dotted(base);
        let mut schema = self.schema(first, depth + 1)?;
        for call in rest.iter().filter_map(|it| it.as_call_expr()) {
            self.constrain(&mut schema, base.as_deref(), call)?;
        }
        Ok(schema)
    }

    fn constrain(
        &self,
        schema: &mut Value,
        base: Option<&str>,
        call: &ExprCall,
    ) -> Result<(), NoSchema> {
        let Some(dotted) = self.scope.dotted(&call.func) else { return Ok(()) };
        let given = constraint::arguments(&dotted, call).into_iter();
        for (name, expr) in given.filter(|(name, _)| constraint::is_constraint(name)) {
            let value = default::evaluate(expr, self.scope).into_json();
            let value = value.ok_or_else(|| NoSchema::Unread(format!("`{name}` of `{dotted}`")))?;
            if let Some(schema) = schema.as_object_mut().filter(|_| !value.is_null()) {
                constraint::add(schema, name, value, base);
            }
        }
        Ok(())
    }

    /// `conint(ge=1)`, `conlist(int, min_length=1)`.
    fn constrained(&mut self, call: &ExprCall, depth: usize) -> Schema {
        let dotted = self.scope.dotted(&call.func).ok_or(NoSchema::Untyped)?;
        let base = constraint::constrained(&dotted).ok_or(NoSchema::Untyped)?;
        let mut schema = scalar::schema(base, self.dialect).ok_or(NoSchema::Untyped)?;
        if let (Some(item), Some(array)) =
            (call.arguments.find_argument_value("item_type", 0), schema.as_object_mut())
            && array.contains_key("items")
        {
            array.insert("items".into(), self.schema(item, depth + 1)?);
        }
        self.constrain(&mut schema, Some(base), call)?;
        Ok(schema)
    }
}

/// Members in source order, nested unions flattened, repeats once, `null` last.
fn union(members: Vec<Value>) -> Value {
    let mut flat: Vec<Value> = Vec::new();
    let mut null = false;
    for member in members {
        let inner = member
            .as_object()
            .filter(|it| it.len() == 1)
            .and_then(|it| it.get("anyOf")?.as_array().cloned());
        for it in inner.unwrap_or_else(|| vec![member]) {
            if it == json!({"type": "null"}) {
                null = true;
            } else if !flat.contains(&it) {
                flat.push(it);
            }
        }
    }
    if null {
        flat.push(json!({"type": "null"}));
    }
    match flat.as_slice() {
        [only] => only.clone(),
        _ => json!({"anyOf": flat}),
    }
}

fn one_type(values: &[Value]) -> Option<&'static str> {
    let kind = |it: &Value| match it {
        Value::String(_) => Some("string"),
        Value::Bool(_) => Some("boolean"),
        Value::Number(it) if it.is_i64() => Some("integer"),
        Value::Number(_) => Some("number"),
        Value::Array(_) => Some("array"),
        _ => None,
    };
    let first = kind(values.first()?)?;
    values.iter().all(|it| kind(it) == Some(first)).then_some(first)
}
