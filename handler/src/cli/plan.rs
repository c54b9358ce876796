//! `plan PATH` and `apply PATH`: what would change on the server, and changing it.

use std::time::Duration;

use domain::diagnostic::{Diagnostic, any_error, rules};
use domain::plan::{self, Action, Plan, Step};
use domain::report::Outcome;
use indicatif::{ProgressBar, ProgressStyle};
use serde_json::{Map, Value, json};
use tokio::time::Instant;

use super::args::{Output, PlanArgs};
use super::interrupt::Interrupt;
use super::output::Files;
use super::source::{self, Read};
use super::turn::turn;
use super::{Exit, failure, outcome, output, path};
use crate::app::App;
use crate::apply::{Applied, Care, Means, Progress, apply as carry_out};
use crate::config::Config;
use crate::pass::{self, Asked};
use crate::prefect::Client;

/// A person waits: an hour is more than any bundle needs.
const DEADLINE: Duration = Duration::from_hours(1);

struct Ready {
    /// The API's address.
    api: String,
    client: Client,
    care: Care,
    read: Read,
    found: Vec<Diagnostic>,
    plan: Option<Plan>,
}

pub(super) async fn plan(args: &PlanArgs) -> anyhow::Result<Exit> {
    let ready = ready(args).await?;
    let Some(plan) = &ready.plan else { return held(&ready, args) };
    if args.common.output == Output::Json {
        output::json(document(plan, None), &told(&ready, plan, &[]))?;
    } else {
        shown(&ready, plan, args.common.output)?;
    }
    Ok(match (plan.refused(), args.detailed_exitcode && plan.writes()) {
        (true, _) => Exit::Refused,
        _ if any_error(&ready.found) => Exit::Partly,
        (false, true) => Exit::Changes,
        (false, false) => Exit::Ok,
    })
}

pub(super) async fn apply(args: &PlanArgs) -> anyhow::Result<Exit> {
    let _turn = turn(&path::target(&args.source)?.root).await?;
    let ready = ready(args).await?;
    let Some(plan) = &ready.plan else { return held(&ready, args) };
    let bar = ProgressBar::new(plan.steps.len() as u64).with_style(style());
    let (interrupt, deadline) = (Interrupt::default(), Instant::now() + DEADLINE);
    let means = Means {
        client: &ready.client,
        credentials: Value::Null,
        is_over: &|| interrupt.is_wanted() || Instant::now() >= deadline,
        care: ready.care,
        progress: &|step, progress| shown_progress(&bar, step, progress),
    };
    if args.common.output != Output::Json {
        shown(&ready, plan, args.common.output)?;
    }
    let applied = interrupt.during(carry_out(plan, &means)).await;
    bar.finish_and_clear();
    let Some(applied) = applied else {
        anyhow::bail!("stopped amid a write; apply again to complete it")
    };
    if args.common.output == Output::Json {
        output::json(document(plan, Some(&applied)), &told(&ready, plan, &applied))?;
    } else if plan.refused() {
        eprintln!("nothing was changed");
    } else {
        output::text(&outcome::text(plan, &applied, &ready.api))?;
    }
    Ok(match exit(plan, &applied) {
        Exit::Ok if any_error(&ready.found) => Exit::Partly,
        ended => ended,
    })
}

/// The findings and the plan; for people the plan itself says what is refused.
fn shown(ready: &Ready, plan: &Plan, output: Output) -> anyhow::Result<()> {
    let refusals = if output == Output::Text { Vec::new() } else { refusals(plan) };
    let found: Vec<Diagnostic> = ready.found.iter().cloned().chain(refusals).collect();
    output::diagnostics(&found, &Files::of(&ready.read.loaded), output);
    output::text(&plan::text(plan))
}

/// The findings, what the plan refuses, and what failed, for programs.
fn told(ready: &Ready, plan: &Plan, applied: &[Applied]) -> Vec<Diagnostic> {
    ready.found.iter().cloned().chain(ended_badly(plan, applied)).collect()
}

/// What the plan refuses, and what failed.
pub(super) fn ended_badly(plan: &Plan, applied: &[Applied]) -> Vec<Diagnostic> {
    let failed = plan.steps.iter().zip(applied).filter_map(|(step, it)| match &it.outcome {
        Outcome::Failed(why) | Outcome::Deferred(why) => {
            Some(failure::of_step(rules::FAILED, step, why))
        }
        _ => None,
    });
    refusals(plan).into_iter().chain(failed).collect()
}

fn refusals(plan: &Plan) -> Vec<Diagnostic> {
    let refused = plan.steps.iter().filter(|it| it.action == Action::Refuse);
    let why = |it: &Step| it.reason.clone().unwrap_or_default();
    refused.map(|it| failure::of_step(rules::REFUSED, it, &why(it))).collect()
}

fn shown_progress(bar: &ProgressBar, step: &Step, progress: Progress) {
    match progress {
        Progress::Ended => {
            bar.set_message(step.name.clone());
            bar.inc(1);
        }
        Progress::Waits(start) => {
            bar.set_message(format!("{} waits until its run of {start} has begun", step.name));
        }
    }
}

fn style() -> ProgressStyle {
    let style = ProgressStyle::with_template("{bar:30} {pos}/{len} {msg}");
    style.unwrap_or_else(|_| ProgressStyle::default_bar())
}

async fn ready(args: &PlanArgs) -> anyhow::Result<Ready> {
    let bundle = path::id(&args.source)?;
    let mut config = source::with_given(Config::of_person()?, &args.source);
    config.partial |= args.partial;
    let read = source::read(&args.source, bundle, &config).await?;
    let vault = App::vault_of(&config)?;
    let (api, client) = (config.prefect.url.clone(), Client::new(&config.prefect, vault.as_ref())?);
    let wanted = pass::wanted(
        &client,
        &config,
        &read.loaded.tree,
        &read.bundle,
        (read.code.clone(), source::clock(&args.source, &read)),
    )
    .await?;
    let care = Care::of(&config, wanted.dialect);
    let mut found = read.loaded.diagnostics.clone();
    let not_pullable = source::not_pullable(&read, &wanted.desired);
    let whole = any_error(&found) || !not_pullable.is_empty();
    let nothing = !config.partial || wanted.desired.deployments.is_empty();
    found.extend(wanted.desired.diagnostics.clone());
    found.extend(not_pullable);
    if whole || (any_error(&found) && nothing) {
        return Ok(Ready { api, client, care, read, found, plan: None });
    }
    let asked = Asked { adopt: args.adopt, only: args.deployments.clone(), ..Asked::default() };
    let planned = pass::planned(&client, &config, &wanted, &read.bundle, asked).await?;
    found.extend(planned.warnings);
    Ok(Ready { api, client, care, read, found, plan: Some(planned.plan) })
}

/// A bundle with errors: nothing is planned.
fn held(ready: &Ready, args: &PlanArgs) -> anyhow::Result<Exit> {
    if args.common.output == Output::Json {
        output::json(document(&Plan::default(), None), &ready.found)?;
    } else {
        output::diagnostics(&ready.found, &Files::of(&ready.read.loaded), args.common.output);
        eprintln!("nothing was changed");
    }
    Ok(Exit::Invalid)
}

pub(super) fn document(plan: &Plan, applied: Option<&[Applied]>) -> Map<String, Value> {
    let mut steps = json!(plan.steps);
    for (step, applied) in
        steps.as_array_mut().into_iter().flatten().zip(applied.into_iter().flatten())
    {
        if let Some(step) = step.as_object_mut() {
            step.insert("outcome".into(), json!(applied.outcome));
        }
    }
    Map::from_iter([("steps".to_owned(), steps), ("counts".to_owned(), json!(plan::counts(plan)))])
}

fn exit(plan: &Plan, applied: &[Applied]) -> Exit {
    let bad = |it: &&Applied| !it.is_good();
    match applied.iter().filter(bad).count() {
        _ if plan.refused() => Exit::Refused,
        0 => Exit::Ok,
        bad if bad == applied.len() => Exit::Error,
        _ => Exit::Partly,
    }
}
