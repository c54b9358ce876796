//! The secrets of a server with a watched folder: at each pass of the timer, and when the file changes that plays the vault.

use std::time::SystemTime;

use domain::job::{Cause, Job, Scope};

use super::said::Said;
use super::{deadline, log};
use crate::app::App;
use crate::reconcile::{self, Verdict, secrets};
use crate::secrets::Vault;

/// What is said about them as a whole; no bundle's id.
const SECRETS: &str = ".secrets";

/// The file as it was worked on, and what was said about it.
#[derive(Debug, Default)]
pub(super) struct Seen {
    /// When it was changed last, and its bytes; `None`: there was none.
    file: Option<(SystemTime, u64)>,
    said: Said,
}

/// Works on all secrets if it is time to, or their file changed.
pub(super) async fn work(app: &App, seen: &mut Seen, timer: bool) -> Verdict {
    let Some(vault) = &app.vault else { return Verdict::Done("no vault".to_owned()) };
    let file = changed(vault).await;
    if !timer && file == seen.file {
        return Verdict::Done("no secret is new".to_owned());
    }
    let cause = if timer { Cause::Timer } else { Cause::Rotation };
    let scope = Scope::Secret(secrets::ALL.to_owned());
    let job = Job::new(scope, cause, uuid::Uuid::new_v4().to_string());
    let verdict = reconcile::reconcile(app, &job, deadline(app)).await;
    if seen.said.is_news(SECRETS, format!("{file:?} {verdict:?}")) {
        log(&verdict);
    }
    if !verdict.is_again() {
        seen.file = file;
    }
    verdict
}

async fn changed(vault: &Vault) -> Option<(SystemTime, u64)> {
    let Vault::Local(vault) = vault else { return None };
    let file = tokio::fs::metadata(vault.file()).await.ok()?;
    Some((file.modified().ok()?, file.len()))
}
