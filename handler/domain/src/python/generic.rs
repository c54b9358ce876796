//! Annotations with arguments -> JSON schema: `list[int]`, `Literal["a"]`, `Annotated[…]`, `conint(…)`.

use ruff_python_ast::{Expr, ExprCall, Identifier};
use serde_json::{Map, Value, json};

use super::annotation::{NoSchema, Schema, Types};
use super::collection;
use super::constraint;
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
        let Some(dotted) = self.scope.dotted(base) else { return Err(NoSchema::Untyped) };
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
            "Final" => Err(NoSchema::Dropped),
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

    /// Constraints of a `Field` are kept; its description and title are not for a whole parameter or field.
    fn annotated(&mut self, arguments: &[&Expr], depth: usize) -> Schema {
        let (first, rest) = arguments.split_first().ok_or(NoSchema::Untyped)?;
        let base = if let Expr::Subscript(it) = first { &it.value } else { *first };
        let base = self.scope.dotted(base);
        let mut schema = self.schema(first, depth + 1)?;
        for call in rest.iter().filter_map(|it| it.as_call_expr()) {
            self.constrain(&mut schema, base.as_deref(), call)?;
            self.decorate(&mut schema, call)?;
        }
        Ok(schema)
    }

    /// What `call` in `Annotated[…]` adds besides constraints.
    fn decorate(&self, schema: &mut Value, call: &ExprCall) -> Result<(), NoSchema> {
        let Some(dotted) = self.scope.dotted(&call.func) else { return Ok(()) };
        let name = dotted.rsplit('.').next().unwrap_or_default();
        match name {
            "WithJsonSchema" if dotted.starts_with("pydantic.") => {
                let given = call.arguments.find_argument_value("json_schema", 0);
                *schema = self.known(given.ok_or(NoSchema::Untyped)?, name)?;
            }
            "PlainValidator" if dotted.starts_with("pydantic.") => *schema = json!({}),
            "Discriminator" if dotted.starts_with("pydantic.") => {
                let by = call.arguments.find_argument_value("discriminator", 0);
                let by = by.and_then(Expr::as_string_literal_expr).map(|it| it.value.to_str());
                self.discriminate(schema, by)?;
            }
            "Field" if dotted.starts_with("pydantic.") => self.say(schema, call)?,
            _ => {}
        }
        Ok(())
    }

    /// What a `Field(…)` says about a type.
    fn say(&self, schema: &mut Value, call: &ExprCall) -> Result<(), NoSchema> {
        // the parameter or field itself has its own title and description
        let is_part = self.levels > 1;
        for keyword in &call.arguments.keywords {
            let name = keyword.arg.as_ref().map(Identifier::as_str).unwrap_or_default();
            let is_said = match name {
                "title" | "description" => is_part,
                "examples" | "json_schema_extra" | "deprecated" => true,
                _ => false,
            };
            let Some(schema) = schema.as_object_mut().filter(|_| is_said) else { continue };
            match self.known(&keyword.value, name)? {
                Value::Object(extra) if name == "json_schema_extra" => schema.extend(extra),
                Value::Null | Value::Bool(false) => {}
                _ if name == "deprecated" => {
                    schema.insert("deprecated".into(), true.into());
                }
                value => {
                    schema.insert(name.to_owned(), value);
                }
            }
            schema.sort_keys();
        }
        Ok(())
    }

    fn known(&self, expr: &Expr, name: &str) -> Schema {
        let value = default::evaluate(expr, &self.scope).into_json();
        value.ok_or_else(|| NoSchema::Unread(format!("`{name}` of an annotation")))
    }

    /// Adds the constraints of `call` to the schema of the type `base`.
    pub(super) fn constrain(
        &self,
        schema: &mut Value,
        base: Option<&str>,
        call: &ExprCall,
    ) -> Result<(), NoSchema> {
        let Some(dotted) = self.scope.dotted(&call.func) else { return Ok(()) };
        let by = call.arguments.find_keyword("discriminator");
        if let Some(by) = by.filter(|_| dotted.starts_with("pydantic.")) {
            let by = by.value.as_string_literal_expr().map(|it| it.value.to_str());
            self.discriminate(schema, by)?;
        }
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

/// The values of `Literal[…]`, those of one inside among them.
fn values(scope: &Scope<'_>, arguments: &[&Expr], out: &mut Vec<Evaluated>, depth: usize) {
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
fn distinct(values: Vec<Value>) -> Vec<Value> {
    let mut out: Vec<Value> = Vec::new();
    for it in values {
        if !out.contains(&it) {
            out.push(it);
        }
    }
    out
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
