//! Types that are outside the bundle and have a definition, and names that stand for a type.

use ruff_python_ast::Expr;
use ruff_text_size::TextSize;
use serde_json::{Value, json};

use super::annotation::{NoSchema, Schema, Types};
use super::block;
use super::definitions::Origin;
use super::display;
use super::packaged;
use super::parametric::arguments;
use super::scalar;

impl Types<'_> {
    /// The schema of the type `dotted`, which is none of the bundle.
    pub(super) fn outside(&mut self, dotted: &str) -> Schema {
        let model = json!({"properties": {}, "title": "BaseModel", "type": "object"});
        match dotted {
            "pydantic.BaseModel" | "pydantic.main.BaseModel" => {
                self.installed("BaseModel", "pydantic.main", model)
            }
            "pydantic.JsonValue" | "pydantic.types.JsonValue" => {
                self.installed("JsonValue", "pydantic.types", json!({}))
            }
            "typing.Final"
            | "typing_extensions.Final"
            | "typing.ClassVar"
            | "typing_extensions.ClassVar" => Err(NoSchema::Dropped),
            // pydantic has no schema for them, and says so for the whole annotation
            "typing.Callable" | "collections.abc.Callable" | "collections.defaultdict" => {
                Err(NoSchema::Untyped)
            }
            "typing.DefaultDict" if self.dialect.is_three() => Err(NoSchema::Untyped),
            "typing.DefaultDict" => Ok(json!({"additionalProperties": true, "type": "object"})),
            // 2.20 replaces the annotation of a parameter, and nothing inside it
            "pendulum.DateTime" if self.is_inner_of_two() => Err(NoSchema::Untyped),
            "pendulum.Date" | "pendulum.Duration" if self.is_inner_of_two() => Ok(json!({})),
            it if it.starts_with("pydantic.v1.") || self.is_older(it) => Err(NoSchema::Untyped),
            _ => {
                if let Some(schema) = self.packaged(dotted) {
                    return schema;
                }
                let name = || dotted.trim_start_matches("builtins.").to_owned();
                let schema = scalar::schema(dotted, self.dialect);
                schema.ok_or_else(|| NoSchema::Unresolved(name()))
            }
        }
    }

    /// Whether it is a model of pydantic 1, which pydantic 2 has no schema for.
    fn is_older(&self, dotted: &str) -> bool {
        !self.dialect.is_three() && (block::is_base(dotted) || packaged::is_older_model(dotted))
    }

    fn is_inner_of_two(&self) -> bool {
        !self.dialect.is_three() && (self.in_class || self.levels > 0)
    }

    /// A reference to the definition `schema` of the installed type `name`.
    fn installed(&mut self, name: &str, module: &str, schema: Value) -> Schema {
        let origin = Origin::installed(name, module);
        let (reference, is_new) = self.definitions.reference(origin)?;
        if is_new {
            self.definitions.define(origin, schema);
        }
        Ok(reference)
    }

    /// `type Ids = list[int]`, `TypeAliasType("Ids", list[int])`: a definition of its own.
    pub(super) fn alias(&mut self, of: (&str, &Expr), at: TextSize, depth: usize) -> Schema {
        let (name, value) = of;
        let module = self.scope.module_name(self.dialect);
        let origin = Origin { name, module: &module, place: (self.scope.module(), at) };
        let (reference, is_new) = self.definitions.reference(origin)?;
        if is_new {
            self.definitions.define(origin, Value::Null);
            let schema = self.schema(value, depth + 1)?;
            self.definitions.define(origin, schema);
        }
        Ok(reference)
    }

    /// `RootModel[list[int]]` without a class of its own.
    pub(super) fn root(&mut self, slice: &Expr, depth: usize) -> Schema {
        let show = |it| display::shown(it, &self.scope, &self.bindings, 0);
        let shown = arguments(slice).into_iter().map(show).collect::<Option<Vec<String>>>();
        let shown = shown.ok_or_else(|| NoSchema::Unread("a type of `RootModel[…]`".to_owned()))?;
        let title = format!("RootModel[{}]", shown.join(", "));
        let name = display::identifier(&format!("RootModel[{}]", shown.join(",")));
        self.afford(&name)?;
        let mut schema = self.schema(slice, depth + 1)?;
        if let Some(schema) = schema.as_object_mut() {
            schema.insert("title".into(), title.into());
        }
        self.installed(&name, "pydantic.root_model", schema)
    }
}
