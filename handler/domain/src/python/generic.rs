//! Annotations with arguments -> JSON schema: `list[int]`, `Literal["a"]`, `Json[int]`.

use ruff_python_ast::Expr;
use serde_json::{Map, Value, json};

use super::annotation::{NoSchema, Schema, Types};
use super::collection;
use super::default::{self, Evaluated};
use super::names::Bound;
use super::parametric::{self, arguments};
use super::scalar;
use super::scope::{Found, Scope};
use super::union::{one_type, union};

/// Deepest nesting of `Literal[…]`.
const MAX_LITERALS: usize = 20;

impl Types<'_> {
    /// `base[slice]`.
    pub(super) fn generic(&mut self, base: &Expr, slice: &Expr, depth: usize) -> Schema {
        if let Some(class) = self.scope.class(base) {
            return self.parametrized(class, slice, depth);
        }
        let dotted = match self.scope.resolve(base) {
            Some(Found::Outside(dotted)) => dotted,
            Some(Found::Here(home, Bound::Alias(alias))) => {
                return self.parametrized_alias((home, alias), slice, depth);
            }
            _ => return Err(NoSchema::Untyped),
        };
        if dotted.starts_with("pydantic.") {
            return self.of_pydantic(&dotted, slice, depth);
        }
        let arguments = arguments(slice);
        let name = dotted.rsplit('.').next().unwrap_or_default();
        match name {
            "Optional" => Ok(union(vec![self.schema(slice, depth + 1)?, json!({"type": "null"})])),
            "Union" => self.either(&arguments, depth),
            "Literal" => self.literal(&arguments),
            "Annotated" => self.annotated(&arguments, depth),
            "Final" | "ClassVar" => Err(NoSchema::Dropped),
            "tuple" | "Tuple" => self.tuple(&arguments, depth),
            "dict" | "Dict" | "Mapping" | "MutableMapping" | "DefaultDict" | "defaultdict"
            | "OrderedDict" => {
                let [key, value] = arguments.as_slice() else { return Err(NoSchema::Untyped) };
                let key = self.key(key, depth)?;
                Ok(mapping(key, self.schema(value, depth + 1)?))
            }
            "Counter" => Ok(mapping(self.key(slice, depth)?, json!({"type": "integer"}))),
            "Callable" => Err(NoSchema::Untyped),
            "Type" | "type" => Ok(json!({})),
            "Pattern" => scalar::schema(&dotted, self.dialect).ok_or(NoSchema::Untyped),
            _ => match scalar::schema(&dotted, self.dialect) {
                Some(Value::Object(mut array)) if array.contains_key("items") => {
                    let item = arguments.first().ok_or(NoSchema::Untyped)?;
                    array.insert("items".into(), self.schema(item, depth + 1)?);
                    Ok(array.into())
                }
                Some(any) if any == json!({}) => Ok(any),
                _ => Err(NoSchema::Unresolved(dotted)),
            },
        }
    }

    /// The schema of the keys of a mapping; the definitions that only a key without a use needs go away again.
    fn key(&mut self, expr: &Expr, depth: usize) -> Result<Map<String, Value>, NoSchema> {
        let before = self.definitions.added();
        let schema = match self.schema(expr, depth + 1) {
            Err(NoSchema::Unresolved(_)) => json!({}),
            other => other?,
        };
        let key = schema.as_object().cloned().unwrap_or_default();
        if !key.contains_key("$ref") {
            self.definitions.forget(before);
        }
        Ok(key)
    }

    /// `RootModel[int]`, `Json[int]`, `Secret[int]`: all but the first two stand for what is inside.
    fn of_pydantic(&mut self, dotted: &str, slice: &Expr, depth: usize) -> Schema {
        match dotted.rsplit('.').next().unwrap_or_default() {
            "RootModel" => self.root(slice, depth),
            "Json" => {
                let inner = self.schema(slice, depth + 1)?;
                Ok(
                    json!({"contentMediaType": "application/json", "contentSchema": inner, "type": "string"}),
                )
            }
            "Secret" | "SkipValidation" | "OnErrorOmit" | "InstanceOf" | "SerializeAsAny" => {
                self.schema(slice, depth + 1)
            }
            _ => Err(NoSchema::Unresolved(dotted.to_owned())),
        }
    }

    /// A union; pydantic leaves out members that have no schema, as long as there is one that has.
    pub(super) fn either(&mut self, members: &[&Expr], depth: usize) -> Schema {
        let mut known = Vec::new();
        let is_null = |it: &Expr| it.is_none_literal_expr();
        let choices = members.iter().filter(|it| !is_null(it)).count();
        for it in members {
            match self.schema(it, depth + 1) {
                Err(NoSchema::Untyped) if choices > 1 => {}
                schema => known.push(schema?),
            }
        }
        if known.is_empty() { Err(NoSchema::Untyped) } else { Ok(union(known)) }
    }

    fn tuple(&mut self, arguments: &[&Expr], depth: usize) -> Schema {
        if let [item, Expr::EllipsisLiteral(_)] = arguments {
            return Ok(json!({"items": self.schema(item, depth + 1)?, "type": "array"}));
        }
        let items: Result<Vec<Value>, NoSchema> =
            arguments.iter().map(|it| self.schema(it, depth + 1)).collect();
        let items = items?;
        Ok(match items.len() {
            0 => json!({"maxItems": 0, "minItems": 0, "type": "array"}),
            count => {
                json!({"maxItems": count, "minItems": count, "prefixItems": items, "type": "array"})
            }
        })
    }

    fn literal(&mut self, arguments: &[&Expr]) -> Schema {
        let mut given = Vec::new();
        values(&self.scope, arguments, &mut given, 0);
        let values = collection::list(given.into_iter());
        let values = match values {
            Evaluated::Json(Value::Array(values)) => distinct(values),
            Evaluated::Unknown => return Err(NoSchema::Unread("a value of `Literal`".to_owned())),
            _ => return Err(NoSchema::Untyped),
        };
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
}

/// The values of `Literal[…]`, those of one inside among them.
pub(super) fn values(
    scope: &Scope<'_>,
    arguments: &[&Expr],
    out: &mut Vec<Evaluated>,
    depth: usize,
) {
    for it in arguments {
        match inner(scope, it) {
            Some((scope, slice)) if depth < MAX_LITERALS && scope.step() => {
                values(&scope, &parametric::arguments(slice), out, depth + 1);
            }
            _ => out.push(default::evaluate(it, scope)),
        }
    }
}

/// What is between the brackets of the `Literal[…]` that `it` is, or names.
fn inner<'a: 'e, 'e>(scope: &Scope<'a>, it: &'e Expr) -> Option<(Scope<'a>, &'e Expr)> {
    let (scope, value) = match it {
        Expr::Subscript(_) => (*scope, it),
        _ => match scope.resolve(it)? {
            Found::Here(scope, Bound::Value(value)) => (scope, *value),
            _ => return None,
        },
    };
    let subscript = value.as_subscript_expr()?;
    let dotted = scope.dotted(&subscript.value)?;
    dotted.ends_with(".Literal").then_some((scope, &*subscript.slice))
}

/// Each value once, as it is first.
pub(super) fn distinct(values: Vec<Value>) -> Vec<Value> {
    let mut out: Vec<Value> = Vec::new();
    for it in values {
        if !out.contains(&it) {
            out.push(it);
        }
    }
    out
}

/// Only keys that say more than that they are texts are shown, and values have no title. Source: pydantic's `dict_schema`.
fn mapping(mut key: Map<String, Value>, mut value: Value) -> Value {
    value.as_object_mut().and_then(|it| it.shift_remove("title"));
    let mut out = Map::new();
    match (key.remove("pattern").as_ref().and_then(Value::as_str), value == json!({})) {
        (Some(pattern), _) => out.insert("patternProperties".into(), json!({pattern: value})),
        (None, true) => out.insert("additionalProperties".into(), true.into()),
        (None, false) => out.insert("additionalProperties".into(), value),
    };
    let says_more = key.get("type").is_some_and(|it| it == "string") && key.len() > 1;
    if says_more || key.contains_key("$ref") {
        key.remove("type");
        out.insert("propertyNames".into(), key.into());
    }
    out.insert("type".into(), "object".into());
    out.into()
}
