//! What a Python file registers, as a deployment of Prefect 2.

use std::collections::BTreeSet;

use super::{Case, Placed, place};
use crate::declare::fields::Fields;
use crate::declare::{Context, template};
use crate::desired::BlockRef;
use crate::diagnostic::Diagnostic;
use crate::evaluate::{Api, Captured};
use crate::yaml::Mark;

/// How `it` is registered; nothing special for what is no deployment of Prefect 2.
pub(in crate::declare) fn captured(
    context: &Context<'_>,
    it: &Captured,
    (key, at): (&str, Mark),
    fields: &mut Fields,
    found: &mut Vec<Diagnostic>,
) -> Placed {
    if it.api != Api::Legacy {
        return Placed::default();
    }
    let case = Case {
        key: key.to_owned(),
        storage: it.storage.as_ref(),
        infrastructure: it.infrastructure.as_ref(),
        folder: &it.folder,
        at,
    };
    place(context, &case, fields, found)
}

/// Adds the blocks that the worker or the agent resolves when it runs the deployment.
pub(in crate::declare) fn named(it: &Captured, placed: &Placed, blocks: &mut BTreeSet<BlockRef>) {
    let variables = it.fields.get("job_variables");
    let inline = placed.inline.iter().flat_map(|it| it.data.values());
    for value in variables.into_iter().chain(it.pull.iter().flatten()).chain(inline) {
        template::blocks(value, blocks);
    }
}
