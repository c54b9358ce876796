//! `Annotated[…]`, `Field(…)`, `conint(…)`: what is said about a type besides the type.

use ruff_python_ast::{Expr, ExprCall, Identifier};
use serde_json::{Value, json};

use super::annotation::{NoSchema, Schema, Types};
use super::constraint;
use super::default;
use super::field_extra;
use super::scalar;

impl Types<'_> {
    /// Constraints of a `Field` are kept; its description and title are not for a whole parameter or field.
    pub(super) fn annotated(&mut self, arguments: &[&Expr], depth: usize) -> Schema {
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
                // the parameter or field itself has its own title
                let schema = schema.as_object_mut().filter(|_| self.levels <= 1);
                schema.and_then(|it| it.shift_remove("title"));
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
        for (name, expr) in field_extra::of(call) {
            let value = self.known(expr, name)?;
            if let Some(schema) = schema.as_object_mut() {
                schema.insert(name.to_owned(), value);
                schema.sort_keys();
            }
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
