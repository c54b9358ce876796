//! Who uses a block: deployments that name it, or that hold its id, or those of a block that it is in.

use std::collections::BTreeSet;

use serde_json::Value;

use crate::desired::BlockRef;

/// Something that uses blocks.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct User {
    /// `flow/name` of a deployment, `type/name` of a block.
    pub name: String,
    /// Its id.
    pub id: String,
    /// The blocks that its texts name.
    pub named: BTreeSet<BlockRef>,
    /// The ids of the blocks that it holds.
    pub held: BTreeSet<String>,
}

/// Those of `deployments` that use the block `block` of the id `id`, itself or through others of `blocks`.
pub fn users<'a>(
    (block, id): (&BlockRef, &str),
    deployments: &'a [User],
    blocks: &[User],
) -> Vec<&'a User> {
    let mut ids = BTreeSet::from([id.to_owned()]);
    let mut names = BTreeSet::from([block.clone()]);
    loop {
        let outer = blocks.iter().filter(|it| !ids.contains(&it.id) && !it.held.is_disjoint(&ids));
        let outer: Vec<&User> = outer.collect();
        if outer.is_empty() {
            break;
        }
        for it in outer {
            ids.insert(it.id.clone());
            names.extend(it.name.split_once('/').map(|(r#type, name)| BlockRef {
                r#type: r#type.to_owned(),
                name: name.to_owned(),
            }));
        }
    }
    let uses = |it: &&User| !it.held.is_disjoint(&ids) || !it.named.is_disjoint(&names);
    deployments.iter().filter(uses).collect()
}

/// The blocks that the texts in `value` name: `{{ prefect.blocks.TYPE.NAME }}`, `…NAME.field`, and the pull step that pulls with a
/// storage block.
pub fn named(value: &Value) -> BTreeSet<BlockRef> {
    let mut found = BTreeSet::new();
    collect(value, &mut found);
    found
}

fn collect(value: &Value, found: &mut BTreeSet<BlockRef>) {
    match value {
        Value::String(text) => {
            found.extend(text.split("prefect.blocks.").skip(1).filter_map(block));
        }
        Value::Array(items) => items.iter().for_each(|it| collect(it, found)),
        Value::Object(map) => {
            let text = |name: &str| map.get(name).and_then(Value::as_str).map(str::to_owned);
            if let (Some(r#type), Some(name)) =
                (text("block_type_slug"), text("block_document_name"))
            {
                found.insert(BlockRef { r#type, name });
            }
            map.values().for_each(|it| collect(it, found));
        }
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

/// The block at the start of `TYPE.NAME …`.
fn block(text: &str) -> Option<BlockRef> {
    let is_end = |it: char| !(it.is_ascii_alphanumeric() || matches!(it, '-' | '_'));
    let (r#type, rest) = text.split_once('.')?;
    let name = rest.split(is_end).next().unwrap_or_default();
    (!r#type.contains(is_end) && !name.is_empty())
        .then(|| BlockRef { r#type: r#type.to_owned(), name: name.to_owned() })
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn blocks_are_named_by_placeholders_and_by_a_pull_step() {
        let value = json!([
            {"env": {"A": "{{ prefect.blocks.secret.db }}", "B": "x{{prefect.blocks.aws-credentials.a.key}}y"}},
            {"prefect.deployments.steps.pull_with_block":
                {"block_type_slug": "s3-bucket", "block_document_name": "code"}},
            "prefect.blocks.secret", "nothing",
        ]);
        let found: Vec<String> = named(&value).iter().map(BlockRef::address).collect();
        assert_eq!(found, ["aws-credentials/a", "s3-bucket/code", "secret/db"]);
    }

    #[test]
    fn a_block_in_a_block_is_used_by_whoever_uses_the_outer_one() {
        let user = |name: &str, held: &[&str]| User {
            name: name.to_owned(),
            id: format!("id of {name}"),
            held: held.iter().map(|it| (*it).to_owned()).collect(),
            ..User::default()
        };
        let blocks = [user("store/outer", &["1"]), user("job/outermost", &["id of store/outer"])];
        let named = named(&json!("{{ prefect.blocks.store.outer }}"));
        let deployments = [
            User { named, ..user("f/named", &[]) },
            user("f/held", &["id of job/outermost"]),
            user("f/other", &["2"]),
        ];
        let block = BlockRef { r#type: "secret".to_owned(), name: "s".to_owned() };
        let found = users((&block, "1"), &deployments, &blocks);
        assert_eq!(
            found.iter().map(|it| it.name.as_str()).collect::<Vec<_>>(),
            ["f/named", "f/held"]
        );
    }
}
