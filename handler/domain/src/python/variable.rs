//! Defaults that depend on the environment: it is that of the worker, which is not known here.

use std::collections::BTreeSet;

use serde_json::Value;

use crate::diagnostic::{Diagnostic, Position, rules};

/// What is said of the default at `at`, shown as `shown`, that needs the variables `names`; `None` when it needs none.
pub(super) fn dependence(
    at: Position,
    names: &BTreeSet<String>,
    shown: &Value,
) -> Option<Diagnostic> {
    let first = names.first()?;
    let list: Vec<String> = names.iter().map(|it| format!("`{it}`")).collect();
    let plural = if names.len() > 1 { "s" } else { "" };
    let depends =
        format!("this default depends on the environment variable{plural} {}", list.join(", "));
    if shown.is_null() {
        let message = format!("{depends}, not known here; it is shown as null");
        let hint =
            format!("write a default, `os.getenv(\"{first}\", …)`, or set it under `parameters`");
        return Some(Diagnostic::warning(rules::ENVIRONMENT_DEFAULT, at, message).hint(hint));
    }
    let message = format!("{depends}; it is shown as it is without");
    Some(Diagnostic::info(rules::ENVIRONMENT_DEFAULT, at, message))
}
