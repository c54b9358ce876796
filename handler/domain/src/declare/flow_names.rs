//! Flows that share a name.

use crate::desired::Deployment;
use crate::diagnostic::{Diagnostic, rules};

/// Two functions with one flow name: they are one flow to the server. `deployments` are sorted by flow.
pub(super) fn check(deployments: &[Deployment], found: &mut Vec<Diagnostic>) {
    for pair in deployments.windows(2) {
        if let [first, second] = pair
            && first.flow == second.flow
            && differ(&first.entrypoint, &second.entrypoint)
        {
            let message = format!(
                "`{}` and `{}` are both the flow `{}` to Prefect",
                first.entrypoint, second.entrypoint, second.flow
            );
            let warning = Diagnostic::warning(rules::SHARED_FLOW_NAME, second.at.clone(), message);
            found.push(warning.hint("name one of them: `@flow(name=\"…\")`"));
        }
    }
}

/// Whether the entrypoints surely lead to two functions: one may be written from another folder, or as a module.
fn differ(a: &str, b: &str) -> bool {
    let (a, b) = (plain(a), plain(b));
    let is_end = |long: &str, short: &str| {
        long.strip_suffix(short).is_some_and(|it| it.is_empty() || it.ends_with('/'))
    };
    !is_end(&a, &b) && !is_end(&b, &a)
}

/// `folder/file/function`; what leads up and out is left out.
fn plain(entrypoint: &str) -> String {
    let is_path = entrypoint.contains(".py:");
    let path = entrypoint.replace(".py:", "/").replace(':', "/");
    let path = if is_path { path } else { path.replace('.', "/") };
    let mut out: Vec<&str> = Vec::new();
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." => drop(out.pop()),
            name => out.push(name),
        }
    }
    out.join("/")
}
