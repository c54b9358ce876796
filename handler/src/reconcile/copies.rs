//! Where workers have a copy of our connection string (`SYNC_CREDENTIALS_COPY`), it follows the account's key: who rotates the key
//! gives us the new connection string, and no run may miss it.

use super::{ReconcileError, secrets};
use crate::app::App;
use crate::config::{ConnectionString, Secret, Storage};
use crate::prefect::observe::copies::{Place, copy};
use crate::prefect::write;

/// Brings the copies up to date that have an older key of the same account. One of another account is somebody's own; one that a
/// secret of the vault goes to is that secret's, which may be newer than our setting.
pub(super) async fn kept(app: &App) -> Result<(), ReconcileError> {
    let Some((given, ours)) = ours(app) else { return Ok(()) };
    let config = &app.config;
    let places = [
        Place {
            r#type: "azure-blob-storage-credentials",
            name: &config.credentials_block,
            field: "connection_string",
        },
        Place {
            r#type: "azure",
            name: &config.storage_block,
            field: "azure_storage_connection_string",
        },
    ];
    for place in places {
        kept_at(app, place, (given, &ours)).await?;
    }
    Ok(())
}

/// Our connection string, where copies of it are allowed and workers need them.
fn ours(app: &App) -> Option<(&Secret, ConnectionString)> {
    match &app.config.storage {
        Some(Storage::ConnectionString(given))
            if app.config.credentials_copy && app.code_in_blob() =>
        {
            Some((given, ConnectionString::parse(given.expose()).ok()?))
        }
        _ => None,
    }
}

async fn kept_at(
    app: &App,
    place: Place<'_>,
    (given, ours): (&Secret, &ConnectionString),
) -> Result<(), ReconcileError> {
    let client = app.prefect.for_job();
    let Some((id, held)) = copy(&client, place).await? else { return Ok(()) };
    let is_older = ConnectionString::parse(&held).is_ok_and(|it| it.is_of_another_key(ours));
    let block = format!("{}/{}", place.r#type, place.name);
    if !is_older || secrets::goes_to(app, &block).await? {
        return Ok(());
    }
    let data = [(place.field.to_owned(), given.expose().into())];
    write::secrets::update(&client, &id, None, data.into_iter().collect()).await?;
    tracing::info!(
        block,
        "the account has another key now: the copy of the connection string is up to date"
    );
    Ok(())
}
