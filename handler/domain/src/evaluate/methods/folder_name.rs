//! Texts that files look for in their own path: the names of folders of the author's machine.

use crate::diagnostic::rules;
use crate::evaluate::machine::Machine;

/// Notes that the path `whole` of something in the bundle does not hold `name`, which is the author's name of a folder.
pub(super) fn missed(machine: &mut Machine<'_>, whole: &str, name: &str) {
    let root = machine.settings.root();
    let rest = whole.strip_prefix(&root);
    let is_own = rest.is_some_and(|it| it.is_empty() || it.starts_with('/'));
    let folder = name.trim_matches('/');
    if !is_own || folder.is_empty() || folder.contains('.') {
        return;
    }
    // a loop may look for it many times
    let at = machine.sources.position(machine.at);
    if machine.found.iter().any(|it| it.code == rules::BUNDLE_NAME.code && it.at == at) {
        return;
    }
    let message = format!("`{name}` is not in the path of this file, which here is `{whole}`");
    let hint = format!(
        "name the folder that the bundle lies in: --bundle-name {}, or SYNC_BUNDLE_NAME",
        folder.split('/').next().unwrap_or(folder)
    );
    machine.warning(rules::BUNDLE_NAME, machine.at, message, &hint);
}
