//! A class or an enumeration of the bundle -> its JSON schema.

use ruff_python_ast::{Expr, StmtClassDef};
use serde_json::{Map, json};

use super::annotation::{NoSchema, Schema, Types};
use super::definitions::Origin;
use super::enumeration::Enumeration;
use super::installed;
use super::names::Bound;
use super::one;
use super::record;
use super::scope::Found;
use super::union::one_type;

impl<'a> Types<'a> {
    /// A class of the bundle.
    pub(super) fn class(&mut self, class: &'a StmtClassDef, depth: usize) -> Schema {
        self.afford(&class.name)?;
        if let Some(record) = record::of(class, &self.scope, &None, 0).map_err(NoSchema::Unread)? {
            if record.block.is_some() && !self.dialect.is_three() {
                return Err(self.of_one(class));
            }
            let module = self.scope.module_name(self.dialect);
            let place = (self.scope.module(), class.range.start());
            let origin = Origin { name: &class.name, module: &module, place };
            let (reference, is_new) = self.definitions.reference(origin)?;
            if is_new {
                self.record(&record, origin, depth)?;
            }
            return Ok(reference);
        }
        // models of pydantic 1 are none to pydantic 2, which says so
        if one::is_model(class, &self.scope, self.dialect) {
            return Err(self.of_one(class));
        }
        let mut bases = class.arguments.iter().flat_map(|it| &it.args);
        let known = bases.all(|it| self.is_plain(it));
        if known && class.decorator_list.is_empty() {
            return Ok(json!({}));
        }
        Err(NoSchema::Unresolved(class.name.to_string()))
    }

    /// Why a model of pydantic 1 has no schema.
    fn of_one(&self, class: &'a StmtClassDef) -> NoSchema {
        one::refused(class, &self.scope, self.dialect).unwrap_or(NoSchema::Untyped)
    }

    /// Whether `base` makes no more of a class than any class: one of the bundle, or of what is always there.
    fn is_plain(&self, base: &Expr) -> bool {
        let base = base.as_subscript_expr().map_or(base, |it| &it.value);
        match self.scope.resolve(base) {
            Some(Found::Here(_, bound)) => matches!(bound, Bound::Class(_)),
            Some(Found::Outside(dotted)) => {
                dotted.starts_with("builtins.") || installed::has(&dotted, self.dialect)
            }
            None => false,
        }
    }

    /// An enumeration.
    pub(super) fn enumeration(&mut self, it: Enumeration<'_>) -> Schema {
        self.afford(it.name)?;
        if it.members.is_empty() {
            return Ok(json!({"enum": []}));
        }
        let module = self.scope.module_name(self.dialect);
        let origin = Origin { name: it.name, module: &module, place: it.place };
        let (reference, is_new) = self.definitions.reference(origin)?;
        if !is_new {
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
        self.definitions.define(origin, out.into());
        Ok(reference)
    }
}
