//! Flows that share a name.

use crate::desired::Deployment;
use crate::diagnostic::{Diagnostic, rules};

/// Two functions with one flow name: they are one flow to the server. `deployments` are sorted by flow.
pub(super) fn check(deployments: &[Deployment], found: &mut Vec<Diagnostic>) {
    for pair in deployments.windows(2) {
        if let [first, second] = pair
            && first.flow == second.flow
            && differ(first, second)
        {
            let message = format!(
                "{} and {} are both the flow `{}` to Prefect",
                shown(first),
                shown(second),
                second.flow
            );
            let warning = Diagnostic::warning(rules::SHARED_FLOW_NAME, second.at.clone(), message);
            found.push(warning.hint("name one of them: `@flow(name=\"…\")`"));
        }
    }
}

/// Whether these are surely two functions. Where one is not in the bundle, its entrypoint may be written from another folder,
/// or as a module.
fn differ(a: &Deployment, b: &Deployment) -> bool {
    if let (Some(a), Some(b)) = (&a.function, &b.function) {
        return a != b;
    }
    let (a, b) = (plain(&a.entrypoint), plain(&b.entrypoint));
    let is_end = |long: &str, short: &str| {
        long.strip_suffix(short).is_some_and(|it| it.is_empty() || it.ends_with('/'))
    };
    !is_end(&a, &b) && !is_end(&b, &a)
}

/// The entrypoint, and the folder that it is not written from.
fn shown(it: &Deployment) -> String {
    let file = it.function.as_ref().map_or("", |it| it.file.as_str());
    let own = it.entrypoint.rsplit_once(':').map_or("", |(own, _)| own.trim_start_matches("./"));
    match file.strip_suffix(own).filter(|folder| !own.is_empty() && folder.ends_with('/')) {
        Some(folder) => format!("`{}` in `{folder}`", it.entrypoint),
        None => format!("`{}`", it.entrypoint),
    }
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
