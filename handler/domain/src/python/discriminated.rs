//! Unions that a field of their members, or a function, tells apart. Source: pydantic's `tagged_union_schema`.

use serde_json::{Map, Value, json};

use super::annotation::{NoSchema, Types};
use super::definitions::Definitions;

impl Types<'_> {
    /// Makes `schema` one that the field `by` tells apart; without, only running it tells how.
    ///
    /// # Errors
    /// When a member's field does not say what it is.
    pub(super) fn discriminate(
        &self,
        schema: &mut Value,
        by: Option<&str>,
    ) -> Result<(), NoSchema> {
        let unread = || NoSchema::Unread("the discriminator of a union".to_owned());
        let Some(Value::Array(mut members)) =
            schema.as_object_mut().and_then(|it| it.remove("anyOf"))
        else {
            return Ok(());
        };
        let nothing = json!({"type": "null"});
        let is_optional = members.last() == Some(&nothing);
        members.retain(|it| *it != nothing);
        let mut out = Map::new();
        if let Some(by) = by {
            let mapping = mapping(&members, by, &self.definitions).ok_or_else(unread)?;
            out.insert("discriminator".into(), json!({"mapping": mapping, "propertyName": by}));
        }
        out.insert("oneOf".into(), members.into());
        let rest = schema.as_object().cloned().unwrap_or_default();
        *schema = if is_optional { json!({"anyOf": [out, nothing]}) } else { out.into() };
        if let Some(schema) = schema.as_object_mut() {
            schema.extend(rest);
        }
        Ok(())
    }
}

/// Which member each value of the field `by` stands for.
fn mapping(members: &[Value], by: &str, definitions: &Definitions) -> Option<Map<String, Value>> {
    let mut out = Map::new();
    for member in members {
        let property = definitions.referred(member)?.get("properties")?.get(by)?;
        let property = definitions.referred(property).unwrap_or(property);
        let one = property.get("const").map(|it| vec![it.clone()]);
        let values = one.or_else(|| property.get("enum")?.as_array().cloned())?;
        for value in values {
            let shown = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
            out.insert(shown, member.get("$ref")?.clone());
        }
    }
    Some(out)
}
