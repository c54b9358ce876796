//! The folder that a worker starts in, where the flow's file does not lie in the one that its deployment was made in.

use crate::declare::{Code, Context, PullMode};
use crate::evaluate::Captured;

/// Where a worker of the staged code starts.
pub(super) struct Start {
    /// The folder of the bundle that is pulled, with a slash at the end; empty for the root.
    pub(super) folder: String,
    /// The entrypoint from there, when it is not as it is declared.
    pub(super) entrypoint: Option<String>,
}

/// The folder of the file, or the nearest one above it that holds the flow too: nothing else is pulled from a store. A
/// folder on this machine is whole, so there `../` leads out of it.
pub(super) fn of(context: &Context<'_>, it: &Captured) -> Start {
    let is_staged = it.pull.is_none() || context.settings.pull == PullMode::Staged;
    above(context, it)
        .filter(|_| is_staged)
        .unwrap_or(Start { folder: it.folder.clone(), entrypoint: None })
}

fn above(context: &Context<'_>, it: &Captured) -> Option<Start> {
    let file = it.flow.file.as_deref().filter(|file| !file.starts_with(&it.folder))?;
    let Some((_, function)) = it.flow.entrypoint.rsplit_once(':') else {
        let (module, _) = it.flow.entrypoint.rsplit_once('.')?;
        let folder = file.strip_suffix(".py")?.strip_suffix(&module.replace('.', "/"))?;
        return Some(Start { folder: folder.to_owned(), entrypoint: None });
    };
    if matches!(context.settings.code, Code::Folder(_)) {
        return None;
    }
    let folder = common(&it.folder, file);
    let inside = file.strip_prefix(folder)?;
    Some(Start { folder: folder.to_owned(), entrypoint: Some(format!("{inside}:{function}")) })
}

/// The nearest folder at or above `folder` that `file` lies in.
fn common<'a>(folder: &'a str, file: &str) -> &'a str {
    let mut out = folder;
    while !file.starts_with(out) {
        let above = out.trim_end_matches('/').rfind('/');
        out = above.and_then(|it| out.get(..=it)).unwrap_or_default();
    }
    out
}
