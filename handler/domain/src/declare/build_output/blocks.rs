//! `storage` and `infrastructure`: a saved block by its name, or the fields of one without.

use serde_json::{Map, Value};

use crate::declare::Context;
use crate::declare::legacy::{Case, Placed};
use crate::desired::BlockRef;
use crate::diagnostic::Diagnostic;
use crate::evaluate::BlockUse;
use crate::yaml::Node;

/// What pydantic writes for a secret.
const MASK: &str = "**********";

/// The block under `key`.
pub(super) fn used(root: &Node, key: &str) -> Option<BlockUse> {
    let node = root.get(key).filter(|it| !it.entries().is_empty())?;
    let text = |name: &str| node.get(name).and_then(Node::as_str);
    // the first releases wrote the type alone
    let kind = text("_block_type_slug").or(text("block_type_slug")).or(text("type"))?.to_owned();
    let name = text("_block_document_name").filter(|it| !it.starts_with("anonymous-"));
    if let Some(name) = name {
        return Some(BlockUse::Saved(BlockRef { r#type: kind, name: name.to_owned() }));
    }
    let own = |it: &str| it.starts_with('_') || it == "block_type_slug";
    let entries = node.entries().iter().filter(|it| !own(&it.key));
    let data: Map<String, Value> = entries.map(|it| (it.key.clone(), it.value.to_json())).collect();
    Some(BlockUse::Inline(kind, data))
}

/// Says where a secret is that the file holds only the mask of, in a block that is registered.
pub(super) fn masked(
    context: &Context<'_>,
    root: &Node,
    (case, placed): (&Case<'_>, &Placed),
    found: &mut Vec<Diagnostic>,
) {
    let storage = case.storage.filter(|_| !placed.is_staged());
    for (key, block) in [("storage", storage), ("infrastructure", case.infrastructure)] {
        let Some(BlockUse::Inline(kind, data)) = block else { continue };
        for (name, _) in data.iter().filter(|it| it.1.to_string().contains(MASK)) {
            let node = root.get(key).and_then(|it| it.entry(name));
            let message = format!(
                "`{key}.{name}` is a secret of a `{kind}` block without a name, of which the file has only the mask"
            );
            let hint = "save the block with a name and build the file again with it";
            let at = node.map_or(root.at, |it| it.at);
            found.push(context.error("masked-secret", at, message).hint(hint));
        }
    }
}
