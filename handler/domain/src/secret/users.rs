//! Who uses a block: deployments that name it, or that hold its id, or those of a block that it is in.

use std::collections::{BTreeMap, BTreeSet};

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

/// Who uses which block.
#[derive(Debug, Default)]
pub struct Usage {
    deployments: Vec<User>,
    blocks: Vec<User>,
    /// Who holds it, by its id.
    holders: BTreeMap<String, Vec<Holder>>,
    /// Which deployments name it.
    namers: BTreeMap<BlockRef, Vec<usize>>,
}

/// By its place among the others.
#[derive(Debug, Clone, Copy)]
enum Holder {
    Deployment(usize),
    Block(usize),
}

impl Usage {
    /// What `deployments` and `blocks` use.
    pub fn new(deployments: Vec<User>, blocks: Vec<User>) -> Self {
        let mut holders: BTreeMap<String, Vec<Holder>> = BTreeMap::new();
        let mut namers: BTreeMap<BlockRef, Vec<usize>> = BTreeMap::new();
        let held = |all: &[User], holder: fn(usize) -> Holder| {
            let pairs = all.iter().enumerate();
            let pairs = pairs.flat_map(|(at, it)| it.held.iter().map(move |id| (at, id)));
            pairs.map(|(at, id)| (id.clone(), holder(at))).collect::<Vec<_>>()
        };
        let all = held(&deployments, Holder::Deployment).into_iter();
        for (id, holder) in all.chain(held(&blocks, Holder::Block)) {
            holders.entry(id).or_default().push(holder);
        }
        for (at, it) in deployments.iter().enumerate() {
            for block in &it.named {
                namers.entry(block.clone()).or_default().push(at);
            }
        }
        Self { deployments, blocks, holders, namers }
    }

    /// The deployments that use the block `block` of the id `id`, itself or through other blocks.
    pub fn of(&self, block: &BlockRef, id: &str) -> Vec<&User> {
        let mut ids = BTreeSet::from([id]);
        let (mut left, mut named) = (vec![id], BTreeSet::from([block.clone()]));
        let mut users = BTreeSet::new();
        while let Some(id) = left.pop() {
            for holder in self.holders.get(id).into_iter().flatten() {
                match holder {
                    Holder::Deployment(at) => drop(users.insert(*at)),
                    Holder::Block(at) => {
                        let outer = self.blocks.get(*at).filter(|it| ids.insert(&it.id));
                        left.extend(outer.map(|it| it.id.as_str()));
                        named.extend(outer.and_then(reference));
                    }
                }
            }
        }
        users.extend(named.iter().filter_map(|it| self.namers.get(it)).flatten());
        users.into_iter().filter_map(|at| self.deployments.get(at)).collect()
    }

    /// The blocks that the block of the id `id` is in.
    pub fn outer(&self, id: &str) -> impl Iterator<Item = &User> {
        let holders = self.holders.get(id).into_iter().flatten();
        holders.filter_map(|it| match it {
            Holder::Block(at) => self.blocks.get(*at),
            Holder::Deployment(_) => None,
        })
    }
}

fn reference(block: &User) -> Option<BlockRef> {
    let (r#type, name) = block.name.split_once('/')?;
    Some(BlockRef { r#type: r#type.to_owned(), name: name.to_owned() })
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
        let usage = Usage::new(deployments.into(), blocks.into());
        let found = usage.of(&block, "1");
        assert_eq!(
            found.iter().map(|it| it.name.as_str()).collect::<Vec<_>>(),
            ["f/named", "f/held"]
        );
        assert_eq!(
            usage.outer("1").map(|it| it.name.as_str()).collect::<Vec<_>>(),
            ["store/outer"]
        );
    }
}
