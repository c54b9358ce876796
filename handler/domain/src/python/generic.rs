//! Annotations with arguments -> JSON schema: `list[int]`, `Literal["a"]`, `Annotated[…]`, `conint(…)`.

use ruff_python_ast::{Expr, ExprCall};
use serde_json::{Map, Value, json};

use super::annotation::{NoSchema, Schema, Types};
use super::collection;
use super::constraint;
use super::default::{self, Evaluated};
use super::scalar;
use super::union::{one_type, union};

impl Types<'_> {
    /// `base[slice]`.
    pub(super) fn generic(&mut self, base: &Expr, slice: &Expr, depth: usize) -> Schema {
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
                let [key, value] = arguments.as_slice() else { return Err(NoSchema::Untyped) };
                let key = self.key(key, depth)?;
                Ok(mapping(key, self.schema(value, depth + 1)?))
            }
            "Counter" => Ok(mapping(self.key(slice, depth)?, json!({"type": "integer"}))),
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

    /// The schema of the keys of a mapping; the definitions that only a key without a use needs go away again.
    fn key(&mut self, expr: &Expr, depth: usize) -> Result<Map<String, Value>, NoSchema> {
        let before = self.definitions_added();
        let schema = match self.schema(expr, depth + 1) {
            Err(NoSchema::Unresolved(_)) => json!({}),
            other => other?,
        };
        let key = schema.as_object().cloned().unwrap_or_default();
        if !key.contains_key("$ref") {
            self.forget_definitions(before);
        }
        Ok(key)
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
        let values =
            collection::list(arguments.iter().map(|it| default::evaluate(it, &self.scope)));
        let values = match values {
            Evaluated::Json(Value::Array(values)) => values,
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

    /// Adds the constraints of `call` to the schema of the type `base`.
    pub(super) fn constrain(
        &self,
        schema: &mut Value,
        base: Option<&str>,
        call: &ExprCall,
    ) -> Result<(), NoSchema> {
        let Some(dotted) = self.scope.dotted(&call.func) else { return Ok(()) };
        let given = constraint::arguments(&dotted, call).into_iter();
        for (name, expr) in given.filter(|(name, _)| constraint::is_constraint(name)) {
            let value = default::evaluate(expr, &self.scope).into_json();
            let value = value.ok_or_else(|| NoSchema::Unread(format!("`{name}` of `{dotted}`")))?;
            if let Some(schema) = schema.as_object_mut().filter(|_| !value.is_null()) {
                constraint::add(schema, name, value, base);
            }
        }
        Ok(())
    }

    /// `conint(ge=1)`, `conlist(int, min_length=1)`.
    pub(super) fn constrained(&mut self, call: &ExprCall, depth: usize) -> Schema {
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

/// Only keys that say more than that they are texts are shown. Source: pydantic's `dict_schema`.
fn mapping(mut key: Map<String, Value>, value: Value) -> Value {
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
