//! What a Python file registers, as a deployment of Prefect 2.

use super::{Case, Placed, place};
use crate::declare::Context;
use crate::declare::fields::Fields;
use crate::diagnostic::Diagnostic;
use crate::evaluate::{Api, Captured};
use crate::yaml::Mark;

/// How `it` is registered; nothing special for what is no deployment of Prefect 2.
pub(in crate::declare) fn captured(
    context: &Context<'_>,
    it: &Captured,
    (key, folder, at): (&str, &str, Mark),
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
        folder,
        at,
    };
    place(context, &case, fields, found)
}
