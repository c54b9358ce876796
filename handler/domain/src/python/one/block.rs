//! What blocks of Prefect 2 say of their schema. Source: `schema_extra` of `prefect.blocks.core` of 2.20.27.

use serde_json::{Map, Value, json};

use super::field::Field;
use super::kind::{Family, Many, Type};
use super::pool::Kind;
use super::types::Types;
use crate::python::annotation::NoSchema;
use crate::python::block::Block;
use crate::python::record::Record;

/// Deepest nesting of secrets.
const MAX_DEPTH: usize = 20;

impl<'a> Types<'a> {
    /// What the block `record` with these fields says besides.
    ///
    /// # Errors
    /// What of it cannot be read without running it.
    pub(super) fn block(
        &self,
        block: &Block<'a>,
        record: &Record<'a>,
        fields: &[Field],
    ) -> Result<Map<String, Value>, NoSchema> {
        let (slug, description) = block.identity(record)?;
        let (mut secrets, mut references) = (Vec::new(), Map::new());
        for it in fields {
            let name = it.name.as_deref().unwrap_or_default();
            self.secrets(name, &it.inner, &mut secrets, 0)?;
            self.references(name, &it.inner, &mut references)?;
        }
        let mut out = Map::new();
        out.insert("block_schema_references".into(), references.into());
        out.insert("block_type_slug".into(), slug.into());
        if let Some(text) = description {
            out.insert("description".into(), text.into());
        }
        out.insert("secret_fields".into(), secrets.into());
        Ok(out)
    }

    /// Adds the dotted names of the secrets in the field `name`.
    fn secrets(
        &self,
        name: &str,
        it: &Type,
        out: &mut Vec<Value>,
        depth: usize,
    ) -> Result<(), NoSchema> {
        if depth > MAX_DEPTH || !self.scope.step() {
            return Err(NoSchema::TooLarge);
        }
        let mut inner = |it: &Type| self.secrets(name, it, out, depth + 1);
        match it {
            Type::Union(all) | Type::Tuple(all) => all.iter().try_for_each(inner),
            Type::Mapping(key, value) => [key, value].into_iter().try_for_each(|it| inner(it)),
            Type::Many(Many::List | Many::Tuple, item, more) if more.is_empty() => inner(item),
            Type::Scalar(it) if it.family == Family::Secret && !it.has_length() => {
                out.push(name.into());
                Ok(())
            }
            Type::Scalar(it) if it.family == Family::Secrets => {
                out.push(json!(format!("{name}.*")));
                Ok(())
            }
            Type::Model(number) => match self.pool.get(*number).map(|it| &it.kind) {
                Some(Kind::Model(model)) => model.fields.iter().try_for_each(|it| {
                    let name = format!("{name}.{}", it.name.as_deref().unwrap_or_default());
                    self.secrets(&name, &it.inner, out, depth + 1)
                }),
                Some(Kind::Installed(it)) => {
                    let all = it.schema.get("secret_fields").and_then(Value::as_array);
                    let all = all.into_iter().flatten().filter_map(Value::as_str);
                    out.extend(all.map(|it| json!(format!("{name}.{it}"))));
                    Ok(())
                }
                Some(Kind::Tuple(_)) => Ok(()),
                _ => Err(NoSchema::Unread(format!("the secrets of `{name}`"))),
            },
            _ => Ok(()),
        }
    }

    /// Adds how the blocks in the field `name` are referred to.
    fn references(
        &self,
        name: &str,
        it: &Type,
        out: &mut Map<String, Value>,
    ) -> Result<(), NoSchema> {
        let mut inner = |it: &Type| self.references(name, it, out);
        match it {
            Type::Union(all) | Type::Tuple(all) => all.iter().try_for_each(inner),
            Type::Mapping(key, value) => [key, value].into_iter().try_for_each(|it| inner(it)),
            Type::Many(Many::List | Many::Tuple, item, more) if more.is_empty() => inner(item),
            Type::Model(number) => {
                match self.pool.referred(*number) {
                    Ok(Some(it)) => add(name, it.clone(), out),
                    Ok(None) => {}
                    Err(()) => {
                        return Err(NoSchema::Unread(format!("the block of `{name}`")));
                    }
                }
                Ok(())
            }
            _ => Ok(()),
        }
    }
}

/// Several references of one field are a list.
fn add(name: &str, it: Value, out: &mut Map<String, Value>) {
    match out.get_mut(name) {
        Some(Value::Array(all)) => all.push(it),
        Some(one) => *one = json!([one.take(), it]),
        None => {
            out.insert(name.to_owned(), it);
        }
    }
}
