//! What deployments may not have of each other, or of another bundle.

use serde_json::Value;

use crate::desired::{Deployment, Field};
use crate::diagnostic::{Diagnostic, rules};
use crate::names::Instance;

/// Finds them; `deployments` are sorted by flow and name.
pub(super) fn check(deployments: &[Deployment], found: &mut Vec<Diagnostic>) {
    twins(deployments, found);
    for it in deployments {
        marked(it, found);
    }
}

/// One key declared twice: the second would overwrite the first.
fn twins(deployments: &[Deployment], found: &mut Vec<Diagnostic>) {
    for pair in deployments.windows(2) {
        if let [first, second] = pair
            && (&first.flow, &first.name) == (&second.flow, &second.name)
        {
            let at = &first.at;
            let message = format!(
                "deployment `{}/{}` is declared twice, here and at {}:{}",
                second.flow, second.name, at.file, at.line
            );
            found.push(Diagnostic::error(rules::DUPLICATE_DEPLOYMENT, second.at.clone(), message));
        }
    }
}

/// A tag that says that another bundle owns the deployment: it would be refused from then on.
fn marked(it: &Deployment, found: &mut Vec<Diagnostic>) {
    let tags = it.fields.get(&Field::Tags).and_then(Value::as_array);
    let tags = tags.into_iter().flatten().filter_map(Value::as_str);
    for tag in tags.filter(|it| Instance::is_marker(it)) {
        let message = format!(
            "deployment `{}/{}` has the tag `{tag}`, which says that a bundle owns it",
            it.flow, it.name
        );
        let error = Diagnostic::error(rules::RESERVED_TAG, it.at.clone(), message);
        found.push(error.hint("spell the tag another way"));
    }
}
