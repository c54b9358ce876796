//! `secrets`: what the vault's secrets come to on the server, and writing it.

use std::collections::BTreeSet;

use domain::diagnostic::did_you_mean;
use domain::secret::SecretName;
use serde_json::Map;

use super::args::{Output, SecretsArgs};
use super::failure::Usage;
use super::{Exit, outcome, output, plan as of_plan};
use crate::app::App;
use crate::config::Config;
use crate::reconcile::secrets::{self, Report};

pub(super) async fn run(args: &SecretsArgs) -> anyhow::Result<Exit> {
    let app = App::open(Config::of_person()?, args.local.as_deref())?;
    anyhow::ensure!(
        app.vault.is_some(),
        "no vault is configured; set SYNC_VAULT_URL to its address, such as https://NAME.vault.azure.net"
    );
    known(&app, &args.names).await?;
    if args.dry_run {
        let report = secrets::preview(&app, &args.names, args.adopt).await?;
        told(args, &report, None)?;
        let refused = report.plan.refused();
        return Ok(if refused { Exit::Refused } else { Exit::Ok });
    }
    let (report, verdict) = secrets::apply(&app, &args.names, args.adopt).await?;
    let api = &app.config.prefect.url;
    told(args, &report, Some(api))?;
    Ok(Exit::of(&verdict))
}

/// Each of `names` is a secret of the vault, or one that was.
async fn known(app: &App, names: &[SecretName]) -> anyhow::Result<()> {
    let Some(vault) = app.vault.as_ref().filter(|_| !names.is_empty()) else { return Ok(()) };
    let rows = secrets::status(app).await?;
    let mut known: BTreeSet<String> =
        rows.iter().filter_map(|it| it["secret"].as_str()).map(str::to_owned).collect();
    known.extend(vault.list().await?.iter().map(|it| it.name.to_string()));
    match names.iter().find(|it| !known.contains(it.as_str())) {
        None => Ok(()),
        Some(name) => {
            let near = did_you_mean(name.as_str(), known.iter().map(String::as_str));
            let message = format!("the vault has no secret `{name}`{near}");
            let hint = "without a name all secrets that count are looked at".to_owned();
            Err(Usage { message, hint }.into())
        }
    }
}

/// The plan, and how it ended; `api` is the address of the API where it was carried out.
fn told(args: &SecretsArgs, report: &Report, api: Option<&str>) -> anyhow::Result<()> {
    let Report { plan, applied } = report;
    let done = api.is_some().then_some(applied.as_slice());
    if args.common.output == Output::Json {
        let document: Map<_, _> = of_plan::document(plan, done);
        return output::json(document, &of_plan::ended_badly(plan, applied));
    }
    output::text(&domain::plan::text(plan))?;
    match api {
        Some(api) => output::text(&outcome::text(plan, applied, api)),
        None => Ok(()),
    }
}
