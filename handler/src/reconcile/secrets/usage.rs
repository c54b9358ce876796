//! Who uses the blocks of secrets: noted for the status, and told with events.

use std::collections::BTreeSet;

use domain::secret::users::{Usage, User};
use domain::secret::{Entry, SecretName, Secrets};

use super::Asked;
use super::keep::News;
use super::look::Looked;
use crate::prefect::ApiError;
use crate::prefect::observe::secrets as observe;

/// Those who use the block of `entry`, which has that id.
pub(super) fn of<'a>(usage: &'a Usage, entry: &Entry, id: Option<&str>) -> Vec<&'a User> {
    let block = entry.mapping().map(|it| it.block);
    block.zip(id).map_or_else(Vec::new, |(block, id)| usage.of(&block, id))
}

/// Looks who uses the blocks that are told of, after a whole pass all of them, and notes it in `state`: a deployment may be newer than
/// the last write of its secret.
///
/// # Errors
/// When any page cannot be read.
pub(super) async fn note(
    asked: &Asked<'_>,
    looked: &Looked,
    (news, state): (&[(SecretName, News)], &mut Secrets),
) -> Result<Usage, ApiError> {
    let is_whole = asked.name.is_none();
    let told: BTreeSet<&SecretName> = news.iter().map(|it| &it.0).collect();
    if told.is_empty() && !(is_whole && state.secrets.values().any(|it| it.version.is_some())) {
        return Ok(Usage::default());
    }
    let (deployments, blocks) = observe::users(&asked.prefect).await?;
    let usage = Usage::new(deployments, blocks);
    // who keeps a block from being deleted was looked at with more than deployments
    let kept = looked.steps.iter().filter(|it| !it.users.is_empty());
    let kept: BTreeSet<&SecretName> = kept.map(|it| &it.secret).collect();
    let Secrets { secrets, blocks, .. } = state;
    let due = |name: &SecretName| (is_whole || told.contains(name)) && !kept.contains(name);
    for (_, entry) in secrets.iter_mut().filter(|it| due(it.0)) {
        let id = blocks.get(&entry.block).and_then(|it| it.id.as_deref());
        entry.used_by = of(&usage, entry, id).iter().map(|it| it.name.clone()).collect();
    }
    Ok(usage)
}
