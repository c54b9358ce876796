//! What is said about a flow -> its deployment in `prefect.yaml`.

use std::collections::BTreeSet;

use ruff_python_ast::{Expr, ExprCall};
use serde_json::{Map, Value, json};

use super::finding::Finding;
use super::flow::Flow;
use super::parameter::Argument;
use super::pass::{Pass, argument, keyword};
use super::value::Constants;
use super::{run_config, storage};
use crate::diagnostic::rules;

/// What a deployment is made of.
#[derive(Debug, Default)]
pub(super) struct Settings<'a> {
    /// `schedule`
    pub(super) schedule: Option<&'a Expr>,
    /// `run_config`
    pub(super) run_config: Option<&'a Expr>,
    /// `storage`
    pub(super) storage: Option<&'a Expr>,
    /// `executor`
    pub(super) executor: Option<&'a Expr>,
    /// Labels of `register`.
    pub(super) labels: Vec<&'a Expr>,
    project: Option<String>,
    inactive: bool,
}

impl<'a> Settings<'a> {
    /// Those that `Flow(…)` is given.
    pub(super) fn of_call(call: &'a ExprCall) -> Self {
        let mut out = Self { schedule: argument(call, "schedule", 1), ..Self::default() };
        for name in ["run_config", "storage", "executor"] {
            if let Some(it) = keyword(call, name) {
                out.set(name, &it.value);
            }
        }
        out
    }

    /// `flow.name = value`; false where it is no setting of a deployment.
    pub(super) fn set(&mut self, name: &str, value: &'a Expr) -> bool {
        match name {
            "schedule" => self.schedule = Some(value),
            "run_config" => self.run_config = Some(value),
            "storage" => self.storage = Some(value),
            "executor" => self.executor = Some(value),
            _ => return false,
        }
        true
    }

    /// `flow.register(…)`
    pub(super) fn register(&mut self, call: &'a ExprCall, constants: &Constants<'a>) {
        let project = argument(call, "project_name", 0).and_then(|it| constants.text(it));
        self.project = project.or(self.project.take());
        let active = keyword(call, "set_schedule_active").and_then(|it| constants.value(&it.value));
        self.inactive |= active == Some(Value::Bool(false));
    }
}

/// The deployment of `flow` as prefect.yaml has it.
pub(super) fn deployment(
    pass: &mut Pass<'_>,
    flow: &Flow<'_>,
    arguments: &[Argument],
    schedules: Vec<Value>,
) -> Value {
    let path = &pass.facts.source.file.path;
    let project = flow.settings.project.as_deref().unwrap_or("default");
    let mut out = Map::new();
    out.insert("name".into(), project.replace(['/', '%', '&', '<', '>'], "-").into());
    out.insert("entrypoint".into(), format!("{path}:{}", flow.function).into());
    let mut run = run_config::read(pass, flow.settings.run_config);
    for it in &flow.settings.labels {
        let more = pass.facts.constants.value(it);
        let more = more.as_ref().and_then(Value::as_array).into_iter().flatten();
        run.labels.extend(more.filter_map(|it| it.as_str().map(str::to_owned)));
    }
    let mut seen = BTreeSet::new();
    run.labels.retain(|it| seen.insert(it.clone()));
    if !run.labels.is_empty() {
        let message =
            format!("the labels {} are tags, which choose no worker", run.labels.join(", "));
        let hint = "where labels chose an agent: give the deployment a `work_queue_name`, or a pool of its own";
        pass.look(rules::PREFECT_1_LABELS, flow.call, message, hint);
        out.insert("tags".into(), json!(run.labels));
    }
    let code = flow.settings.storage.map(|it| storage::read(pass, it)).unwrap_or_default();
    if !schedules.is_empty() {
        let all = schedules.into_iter().map(|it| schedule(it, arguments, flow.settings.inactive));
        out.insert("schedules".into(), all.collect());
    }
    if let Some(pull) = code.pull {
        out.insert("pull".into(), pull);
    }
    if let Some(image) = code.image.filter(|_| run.pool != "process") {
        run.variables.entry("image").or_insert_with(|| image.into());
    }
    let message = format!("the flow runs in the work pool `{}`, in place of an agent", run.pool);
    let hint = format!("make it: prefect work-pool create {0} --type {0}", run.pool);
    pass.say(
        flow.call,
        Finding::done(rules::PREFECT_1_AGENT, pass.at(flow.call), message).hint(hint),
    );
    out.insert("work_pool".into(), pool(run));
    out.into()
}

fn pool(run: run_config::Run) -> Value {
    let mut pool = Map::from_iter([("name".to_owned(), Value::from(run.pool))]);
    if !run.variables.is_empty() {
        pool.insert("job_variables".to_owned(), run.variables.into());
    }
    pool.into()
}

/// `schedule` with the arguments' names, and at rest when it was registered so.
fn schedule(mut schedule: Value, arguments: &[Argument], inactive: bool) -> Value {
    if let Some(Value::Object(parameters)) = schedule.get_mut("parameters") {
        let named = std::mem::take(parameters).into_iter().map(|(key, value)| {
            let known = arguments.iter().find(|it| it.parameter == key);
            (known.map_or(key, |it| it.name.clone()), value)
        });
        *parameters = named.collect();
    }
    if let Some(it) = schedule.as_object_mut().filter(|_| inactive) {
        it.insert("active".to_owned(), false.into());
    }
    schedule
}
