//! `create_model("Point", x=(int, 0))`: models that a call makes. Source: `pydantic.create_model`.

use ruff_python_ast::{Expr, ExprCall, Identifier};

use super::annotation::{NoSchema, Schema, Types};
use super::definitions::Origin;
use super::docstring;
use super::record::{self, Field, Record, Shape};
use super::settings::settings;

/// Whether a call of `dotted` makes a model.
pub(super) fn is_maker(dotted: &str) -> bool {
    matches!(dotted, "pydantic.create_model" | "pydantic.main.create_model")
}

impl<'a> Types<'a> {
    /// The model that `call` makes.
    pub(super) fn created_model(&mut self, call: &'a ExprCall, depth: usize) -> Schema {
        let unread = || NoSchema::Unread("a model that a call makes".to_owned());
        let name = call.arguments.find_argument_value("model_name", 0);
        let name = name.and_then(Expr::as_string_literal_expr).ok_or_else(unread)?.value.to_str();
        self.afford(name)?;
        let module = self.scope.module_name(self.dialect);
        let place = (self.scope.module(), call.arguments.range.start());
        let origin = Origin { name, module: &module, place };
        let (reference, is_new) = self.definitions.reference(origin)?;
        if is_new {
            let record = self.created(name, call).ok_or_else(unread)?;
            self.record(&record, origin, depth)?;
        }
        Ok(reference)
    }

    /// Its fields and those of its base; `None` for what only running it tells.
    fn created(&self, name: &str, call: &'a ExprCall) -> Option<Record<'a>> {
        let mut record = match call.arguments.find_keyword("__base__").map(|it| &it.value) {
            Some(base) if !base.is_none_literal_expr() => {
                let (home, class) = self.scope.class(base)?;
                record::of(class, &home, &None, 0).ok()??
            }
            _ => empty(),
        };
        name.clone_into(&mut record.title);
        record.description = None;
        if record.shape != Shape::Model || record.block.is_some() {
            return None;
        }
        for keyword in &call.arguments.keywords {
            match keyword.arg.as_ref().map(Identifier::as_str)? {
                "model_name" | "__base__" | "__module__" => {}
                "__config__" if keyword.value.is_none_literal_expr() => {}
                "__config__" => settings(&keyword.value, &self.scope, &mut record)?,
                "__doc__" => {
                    let text = keyword.value.as_string_literal_expr()?.value.to_str();
                    record.description = Some(docstring::clean(text));
                }
                name if name.starts_with('_') => return None,
                name => record::put(&mut record.fields, self.given(name, &keyword.value)?),
            }
        }
        Some(record)
    }

    /// The field `name`: its type and its default, or its type.
    fn given(&self, name: &'a str, said: &'a Expr) -> Option<Field<'a>> {
        let (annotation, default) = match said.as_tuple_expr().map(|it| it.elts.as_slice()) {
            Some([annotation, default]) => (annotation, Some(default)),
            Some(_) => return None,
            None if said.is_literal_expr() => return None,
            None => (said, None),
        };
        let (scope, bindings) = (self.scope, self.bindings.clone());
        let (owner, total, doc, is_inferred) = ("", true, None, false);
        Some(Field { name, owner, scope, bindings, annotation, default, total, doc, is_inferred })
    }
}

fn empty<'a>() -> Record<'a> {
    Record {
        shape: Shape::Model,
        title: String::new(),
        description: None,
        fields: Vec::new(),
        config: Vec::new(),
        plain: Vec::new(),
        methods: Vec::new(),
        is_closed: false,
        block: None,
        is_deferred: false,
    }
}
