//! On a server of Prefect 3: pull steps and job variables, which workers take.

use serde_json::{Map, Value};

use super::variables::{self, Infrastructure};
use super::{Case, Origin, Placed, code, fields, overrides};
use crate::declare::Context;
use crate::declare::fields::Fields;
use crate::desired::{BlockRef, Field};
use crate::diagnostic::{Diagnostic, did_you_mean};
use crate::evaluate::BlockUse;

/// What the server answers for a secret.
const MASK: &str = "********";

pub(super) fn place(
    context: &Context<'_>,
    case: &Case<'_>,
    (origin, fields): (Origin, &mut Fields),
    found: &mut Vec<Diagnostic>,
) -> Placed {
    let mut out =
        Placed { pull: code::pull(context, case, (origin, fields), found), ..Placed::default() };
    let is_text = |field, text: &str| fields.values.get(&field).is_some_and(|it| it == text);
    // the queue that Prefect 2 fills in for agents is none of a pool
    let queue = is_text(Field::WorkQueue, "default");
    for field in [(queue, Field::WorkQueue), (true, Field::Path)].iter().filter(|it| it.0) {
        out.registered.insert(field.1, Value::Null);
    }
    let stated = overrides(fields);
    let Some(base) = infrastructure(context, case, found) else { return out };
    let (kind, data) = base;
    let pool = fields.values.get(&Field::WorkPool).and_then(Value::as_str);
    let templates = context.settings.live.as_ref().map(|it| &it.templates);
    let template = pool.and_then(|it| templates?.get(it));
    let is_known = !matches!(case.infrastructure, Some(BlockUse::Saved(_)) if data.is_empty());
    let given = Infrastructure { kind, data, is_known, stated, pool, template };
    let variables = variables::read(context, case, given, found);
    if !variables.is_empty() || case.infrastructure.is_some() {
        out.registered.insert(Field::JobVariables, variables.into());
        fields.declared.insert(Field::JobVariables);
    }
    out
}

/// The kind and the fields of the infrastructure; `None`: an error, or a server has to be asked first.
fn infrastructure(
    context: &Context<'_>,
    case: &Case<'_>,
    found: &mut Vec<Diagnostic>,
) -> Option<(String, Map<String, Value>)> {
    let block = match case.infrastructure {
        None => return Some(("process".to_owned(), Map::new())),
        Some(BlockUse::Inline(kind, data)) => return Some((kind.clone(), data.clone())),
        Some(BlockUse::Saved(block)) => block,
    };
    let address = block.address();
    let Some(live) = &context.settings.live else {
        let message =
            format!("the block `{address}` is read from the server when this is registered");
        found.push(Diagnostic::info("block-not-read", context.at(case.at), message));
        return Some((block.r#type.clone(), Map::new()));
    };
    let Some(data) = live.blocks.get(block) else {
        found.push(absent(context, case, block, live.blocks.keys()));
        return Some((block.r#type.clone(), Map::new()));
    };
    let text = Value::from(data.clone()).to_string();
    if text.contains(MASK) {
        let message =
            format!("the block `{address}` holds a secret, which cannot be read and carried over");
        let hint =
            "write its fields as job variables, the secret as `{{ prefect.blocks.secret.NAME }}`";
        found.push(context.error("masked-secret", case.at, message).hint(hint));
        return None;
    }
    Some((block.r#type.clone(), data.clone()))
}

fn absent<'a>(
    context: &Context<'_>,
    case: &Case<'_>,
    block: &BlockRef,
    known: impl Iterator<Item = &'a BlockRef>,
) -> Diagnostic {
    let alike: Vec<&str> =
        known.filter(|it| it.r#type == block.r#type).map(|it| it.name.as_str()).collect();
    let near = did_you_mean(&block.name, alike);
    let message = format!(
        "this server has no block `{}`{near}; what it says of the infrastructure is not taken over",
        block.address()
    );
    let names = fields::variables(&block.r#type).join(", ");
    let hint = format!(
        "write it as job variables, by `infra_overrides` or in the base job template of the work pool: {names}"
    );
    context.warning("infrastructure-block", case.at, message).hint(hint)
}
