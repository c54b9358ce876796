//! Members of Prefect's own enumerations: each is called as its value is.
//!
//! Source: `prefect.client.schemas.objects` of Prefect 2.20.27 and 3.9.1, which other modules give on.

use std::rc::Rc;

use crate::evaluate::class::{self, Class};
use crate::evaluate::machine::{Machine, Stop};
use crate::evaluate::value::Value;

const ALL: [(&str, &[&str]); 2] = [
    ("ConcurrencyLimitStrategy", &["ENQUEUE", "CANCEL_NEW"]),
    (
        "StateType",
        &[
            "SCHEDULED",
            "PENDING",
            "RUNNING",
            "COMPLETED",
            "FAILED",
            "CANCELLED",
            "CRASHED",
            "PAUSED",
            "CANCELLING",
        ],
    ),
];

/// The member `dotted`; `None` when it is none that is known.
///
/// # Errors
/// When a budget is spent.
pub(in super::super) fn member<'a>(
    machine: &mut Machine<'a>,
    dotted: &str,
) -> Result<Option<Value<'a>>, Stop<'a>> {
    let mut parts = dotted.rsplitn(3, '.');
    let (Some(member), Some(owner), Some(module)) = (parts.next(), parts.next(), parts.next())
    else {
        return Ok(None);
    };
    let known = ALL.iter().find(|(name, members)| *name == owner && members.contains(&member));
    match known {
        Some((name, members)) if module == "prefect" || module.starts_with("prefect.") => {
            let class = enumeration(machine, name, members)?;
            Ok(machine.scopes.get(class.scope).and_then(|it| it.values.get(member).cloned()))
        }
        _ => Ok(None),
    }
}

/// The class `name`, the same one each time.
fn enumeration<'a>(
    machine: &mut Machine<'a>,
    name: &'static str,
    members: &[&str],
) -> Result<Rc<Class<'a>>, Stop<'a>> {
    if let Some(known) = machine.enumerations.get(name) {
        return Ok(Rc::clone(known));
    }
    let made = class::enumeration_of_texts(machine, name, members)?;
    machine.enumerations.insert(name, Rc::clone(&made));
    Ok(made)
}
