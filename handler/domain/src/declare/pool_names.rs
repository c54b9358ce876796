//! The names of pools and queues that deployments are for.

use super::work_pools::{FORBIDDEN, FORBIDDEN_TEXT};
use crate::desired::{Deployment, Field};
use crate::diagnostic::{Diagnostic, rules};

/// A name that no server takes, wherever it is from: a declaration, an overlay, a setting.
pub(super) fn check(deployments: &[Deployment], found: &mut Vec<Diagnostic>) {
    for it in deployments {
        for (field, what) in [(Field::WorkPool, "work pool"), (Field::WorkQueue, "work queue")] {
            let name = it.registered.get(&field).or_else(|| it.fields.get(&field));
            let name = name.and_then(serde_json::Value::as_str).unwrap_or_default();
            if name.contains(FORBIDDEN) {
                let message = format!("`{name}` is no name of a {what}");
                let error = Diagnostic::error(rules::WORK_POOL_NAME, it.at.clone(), message);
                found.push(error.hint(format!("it must not have {FORBIDDEN_TEXT}")));
            }
        }
    }
}
