//! What registers deployments: `apply`, `deploy`, `serve`.

use std::rc::Rc;

use serde_json::{Map, Value as Json};

use super::arguments::{Given, by_name};
use super::captured::{Api, Captured, CapturedFlow};
use super::deployment::{self, FLOW, LEGACY, VIA};
use super::flow::Flow;
use super::storage::Source;
use super::{block, plain, schedule, storage, trigger};
use crate::evaluate::call::Args;
use crate::evaluate::flows;
use crate::evaluate::function::Function;
use crate::evaluate::items;
use crate::evaluate::machine::{Eval, Machine, Stop};
use crate::evaluate::path;
use crate::evaluate::value::{Object, Value};

/// The field that holds the working directory of the time a deployment was made.
pub(super) const CWD: &str = ".cwd";

/// What `deploy(…)` says for all its deployments.
#[derive(Debug, Default)]
pub(super) struct Shared<'a> {
    pool: Option<Value<'a>>,
    image: Option<Value<'a>>,
    builds: bool,
    served: bool,
}

/// `flow.deploy("name", …)`
pub(super) fn flow_deploy<'a>(
    machine: &mut Machine<'a>,
    flow: &Rc<Flow<'a>>,
    args: Args<'a>,
) -> Eval<'a> {
    let mut given = by_name("deploy", args);
    let shared = shared(&mut given);
    let via = if flow.source.is_some() { "flow.from_source.deploy" } else { "flow.deploy" };
    let it = deployment::by(machine, via, flow, given);
    register(machine, &it, Some(&shared))?;
    Ok(machine.unknown("the id of a deployment"))
}

/// `flow.serve("name", …)`: without a name it is that of the file.
pub(super) fn flow_serve<'a>(
    machine: &mut Machine<'a>,
    flow: &Rc<Flow<'a>>,
    args: Args<'a>,
) -> Eval<'a> {
    let mut given = by_name("serve", args);
    for own in ["pause_on_shutdown", "print_starting_message", "limit", "webserver"] {
        given.remove(own);
    }
    if let Some(limit) = given.remove("global_limit") {
        given.insert("concurrency_limit".into(), limit);
    }
    given.entry("name".into()).or_insert_with(|| Value::text(flow.function_name()));
    let it = deployment::by(machine, "flow.serve", flow, given);
    register(machine, &it, Some(&Shared { served: true, ..Shared::default() }))?;
    Ok(Value::None)
}

/// `serve(deployment, …)`
pub(super) fn serve<'a>(machine: &mut Machine<'a>, args: &Args<'a>) -> Eval<'a> {
    let shared = Shared { served: true, ..Shared::default() };
    each(machine, args, &shared)?;
    Ok(Value::None)
}

/// `deploy(deployment, …, work_pool_name=…, image=…)`
pub(super) fn deploy<'a>(machine: &mut Machine<'a>, args: Args<'a>) -> Eval<'a> {
    let mut given: Given<'a> = args.named.iter().cloned().collect();
    let shared = shared(&mut given);
    each(machine, &args, &shared)?;
    Ok(machine.unknown("the ids of deployments"))
}

/// `runner.add_flow(flow, name=…)`, `runner.add_deployment(deployment)`
pub(super) fn of_runner<'a>(machine: &mut Machine<'a>, name: &str, args: Args<'a>) -> Eval<'a> {
    let shared = Shared { served: true, ..Shared::default() };
    if name == "add_deployment" {
        each(machine, &args, &shared)?;
        return Ok(machine.unknown("the id of a deployment"));
    }
    let mut given = by_name("add_flow", args);
    if let Some(Value::Flow(flow)) = given.remove(FLOW) {
        given.entry("name".into()).or_insert_with(|| Value::text(flow.function_name()));
        let it = deployment::by(machine, "runner.add_flow", &flow, given);
        register(machine, &it, Some(&shared))?;
    }
    Ok(machine.unknown("the id of a deployment"))
}

fn shared<'a>(given: &mut Given<'a>) -> Shared<'a> {
    let mut take = |name: &str| given.remove(name).filter(|it| !it.is_none());
    let (pool, image) = (take("work_pool_name"), take("image"));
    let builds = image.is_some() && take("build").and_then(|it| it.truth()) != Some(false);
    for own in ["push", "build", "print_next_steps", "print_next_steps_message", "ignore_warnings"]
    {
        take(own);
    }
    Shared { pool, image, builds, served: false }
}

fn each<'a>(
    machine: &mut Machine<'a>,
    args: &Args<'a>,
    shared: &Shared<'a>,
) -> Result<(), Stop<'a>> {
    let mut all = args.positional.clone();
    if let [only @ (Value::List(_) | Value::Tuple(_))] = args.positional.as_slice() {
        all = items::of(machine, only)?.unwrap_or_default();
    }
    if let Some(it) = args.open.as_ref().and_then(Value::as_unknown) {
        plain::not_known(machine, "deployments", it);
    }
    for it in &all {
        match it {
            Value::Object(it) if deployment::is_one(it) => register(machine, it, Some(shared))?,
            other => match other.as_unknown() {
                Some(it) => plain::not_known(machine, "deployments", it),
                None => {
                    return machine
                        .raise("TypeError", format!("{} is no deployment", other.type_name()));
                }
            },
        }
    }
    Ok(())
}

/// What `deployment.name(…)` gives.
pub(super) fn method<'a>(
    machine: &mut Machine<'a>,
    it: &Rc<Object<'a>>,
    name: &str,
    args: Args<'a>,
) -> Eval<'a> {
    match name {
        "apply" | "aapply" => {
            let mut given = by_name(if &*it.class == LEGACY { "" } else { "apply" }, args);
            let shared = shared(&mut given);
            register(machine, it, Some(&shared))?;
            Ok(machine.unknown("the id of a deployment"))
        }
        "copy" | "model_copy" => Ok(copied(it)),
        "dict" | "model_dump" => Ok(dumped(machine, it, &args)),
        "update" => {
            it.fields.borrow_mut().extend(args.named);
            Ok(Value::None)
        }
        _ => Ok(machine.unknown(format!("the result of `{name}` of a deployment"))),
    }
}

/// Captures a deployment that is registered.
pub(super) fn register<'a>(
    machine: &mut Machine<'a>,
    it: &Rc<Object<'a>>,
    shared: Option<&Shared<'a>>,
) -> Result<(), Stop<'a>> {
    let given = it.fields.borrow().clone();
    let at = std::mem::replace(&mut machine.at, it.at);
    let captured = captured(machine, it, &given, shared.unwrap_or(&Shared::default()))?;
    machine.at = at;
    match captured {
        Some(captured) => machine.declare(captured),
        None => Ok(()),
    }
}

fn captured<'a>(
    machine: &mut Machine<'a>,
    it: &Object<'a>,
    given: &Given<'a>,
    shared: &Shared<'a>,
) -> Result<Option<Captured>, Stop<'a>> {
    if let Some(open) = given.get("*").and_then(Value::as_unknown) {
        plain::not_known(machine, "**", open);
    }
    let legacy = &*it.class == LEGACY;
    let Some(flow) = flow(machine, given, legacy)? else { return Ok(None) };
    let Some(name) = name(machine, given)? else { return Ok(None) };
    let set = given.get("storage").filter(|it| !legacy && !it.is_none()).cloned();
    let source = match (set, given.get(FLOW)) {
        (Some(storage), _) => Some((storage, Rc::from(""))),
        (None, Some(Value::Flow(it))) => it.source.clone(),
        _ => None,
    };
    let mut pull = None;
    let mut folder = given
        .get(CWD)
        .and_then(Value::as_text)
        .and_then(|it| deployment::inside(machine, it))
        .unwrap_or_default();
    if let Some((source, _)) = &source
        && !source.is_none()
    {
        match storage::pull(machine, source)? {
            Some(Source::Bundle(inside, steps)) => (folder, pull) = (inside, Some(steps)),
            Some(Source::Steps(steps)) => pull = Some(steps),
            None => return Ok(None),
        }
    }
    let api = match (legacy, shared.served) {
        (true, _) => Api::Legacy,
        (false, true) => Api::Served,
        (false, false) => Api::Deployed,
    };
    let mut fields = stated(machine, given)?;
    pool(machine, shared, &mut fields)?;
    let schedules = schedule::of_deployment(machine, given)?;
    let triggers = match given.get("triggers").filter(|it| !it.is_none()) {
        Some(it) => trigger::all(machine, it)?,
        None => Vec::new(),
    };
    let used = |machine: &mut Machine<'a>, name: &str| match given.get(name).filter(|_| legacy) {
        Some(it) => block::used(machine, name, it),
        None => Ok(None),
    };
    let (storage, infrastructure) = (used(machine, "storage")?, used(machine, "infrastructure")?);
    if !fields.contains_key("path") {
        fields.extend(default_path(
            machine,
            api,
            given,
            &storage,
            &infrastructure,
            (source.is_some(), fields.contains_key("work_pool_name"), pull.as_deref()),
        ));
    }
    Ok(Some(Captured {
        // what a module of the bundle makes is declared where the file calls it
        at: machine.sources.position(if it.at.file == machine.main {
            it.at
        } else {
            machine.main_at
        }),
        via: via(given),
        api,
        flow,
        name,
        fields,
        schedules,
        triggers,
        storage,
        infrastructure,
        pull,
        folder,
        blocks: Vec::new(),
        own_schema: given.contains_key("parameter_openapi_schema"),
        builds: shared.builds,
    }))
}

/// The constant of what made the deployment.
fn via(given: &Given<'_>) -> &'static str {
    const ALL: [&str; 10] = [
        "Deployment.build_from_flow",
        "RunnerDeployment",
        "RunnerDeployment.from_entrypoint",
        "RunnerDeployment.from_flow",
        "RunnerDeployment.from_storage",
        "flow.deploy",
        "flow.from_source.deploy",
        "flow.serve",
        "flow.to_deployment",
        "runner.add_flow",
    ];
    let text = given.get(VIA).and_then(Value::as_text).map_or("", |it| it);
    ALL.into_iter().find(|it| *it == text).unwrap_or("Deployment")
}

fn name<'a>(machine: &mut Machine<'a>, given: &Given<'a>) -> Result<Option<String>, Stop<'a>> {
    let Some(value) = given.get("name").filter(|it| !it.is_none()) else {
        machine.error("deployment-name", machine.at, "the deployment has no name".to_owned(), "");
        return Ok(None);
    };
    let Some(text) = plain::text(machine, "name", value)? else { return Ok(None) };
    let legacy =
        given.get(VIA).and_then(Value::as_text).is_some_and(|it| it.starts_with("Deployment"));
    // `Path(name).stem` of Prefect 2; Prefect 3 only cuts `.py`
    Ok(Some(match (legacy, machine.settings.dialect.is_three()) {
        (true, _) => text,
        (false, true) => match text.strip_suffix(".py") {
            Some(stem) => path::name_of(stem).to_owned(),
            None => text,
        },
        (false, false) => {
            let last = path::name_of(&text);
            let dot = last.rfind('.').filter(|at| *at > 0 && *at + 1 < last.len());
            last.get(..dot.unwrap_or(last.len())).unwrap_or_default().to_owned()
        }
    }))
}

/// The flow of a deployment; `None` with an error when it is not known.
fn flow<'a>(
    machine: &mut Machine<'a>,
    given: &Given<'a>,
    _legacy: bool,
) -> Result<Option<CapturedFlow>, Stop<'a>> {
    let stated = |name: &str| given.get(name).filter(|it| !it.is_none()).cloned();
    let found = match given.get(FLOW) {
        Some(Value::Flow(it)) => Some(Rc::clone(it)),
        Some(other) => {
            if let Some(it) = other.as_unknown() {
                plain::not_known(machine, "flow", it)
            } else {
                let message =
                    format!("`flow` must be a flow, this is of the type {}", other.type_name());
                machine.error("not-a-flow", machine.at, message, "put `@flow` above the function");
            }
            return Ok(None);
        }
        None => match stated("entrypoint").as_ref().and_then(Value::as_text) {
            Some(text) => match super::flow::find(machine, text, None)? {
                Some(Value::Flow(it)) => Some(it),
                _ => None,
            },
            None => None,
        },
    };
    let mut out = CapturedFlow::default();
    let cwd = given
        .get(CWD)
        .and_then(Value::as_text)
        .map_or_else(|| machine.cwd.clone(), ToString::to_string);
    if let Some(flow) = &found {
        let function = flow.function.as_ref().map(Function::innermost);
        out.file = function.as_ref().map(|it| machine.sources.path(it.file).to_owned());
        out.function = function.map(|it| it.qualified.to_string()).unwrap_or_default();
        out.known = flows::known(machine, flow);
        let module = given.get("entrypoint_type").is_some_and(is_module_path);
        out.entrypoint = match &flow.source {
            Some((_, entrypoint)) => entrypoint.to_string(),
            None => entrypoint(machine, flow, &cwd, module),
        };
        for (name, field) in [
            ("name", &mut out.name),
            ("version", &mut out.version),
            ("description", &mut out.description),
        ] {
            if let Some(value) = flow.setting(name) {
                *field = plain::text(machine, &format!("{name} of the flow"), &value)?;
            }
        }
    }
    if let Some(value) = stated("flow_name") {
        out.name = plain::text(machine, "flow_name", &value)?;
    }
    if let Some(value) = stated("entrypoint") {
        out.entrypoint = plain::text(machine, "entrypoint", &value)?.unwrap_or_default();
    }
    if out.name.is_none() && out.file.is_none() {
        let message =
            "the flow of this deployment is not in the bundle, so that its name is not known";
        machine.error(
            "flow-not-found",
            machine.at,
            message.to_owned(),
            "put its file into the bundle, or state `flow_name`",
        );
        return Ok(None);
    }
    Ok(Some(out))
}

fn is_module_path(it: &Value<'_>) -> bool {
    match it {
        Value::Outside(name) => name.ends_with("MODULE_PATH"),
        other => other.as_text().is_some_and(|it| &**it == "module_path"),
    }
}

/// `path/from/the/working/directory.py:function`, or `module.function`.
pub(super) fn entrypoint(
    machine: &Machine<'_>,
    flow: &Flow<'_>,
    cwd: &str,
    module: bool,
) -> String {
    let Some(function) = flow.function.as_ref().map(Function::innermost) else {
        return String::new();
    };
    let file = machine.sources.path(function.file);
    if module {
        let name = file.strip_suffix(".py").unwrap_or(file);
        let roots = machine.import_roots();
        let near =
            roots.iter().filter_map(|it| name.strip_prefix(it.as_str())).min_by_key(|it| it.len());
        return format!("{}.{}", near.unwrap_or(name).replace('/', "."), function.name);
    }
    let relative = path::relative(&machine.absolute(file), cwd);
    let name =
        if machine.settings.dialect.is_three() { &function.qualified } else { &function.name };
    format!("{relative}:{name}")
}

/// The plain fields that the file states, by their names in the create body.
fn stated<'a>(machine: &mut Machine<'a>, given: &Given<'a>) -> Result<Map<String, Json>, Stop<'a>> {
    let mut out = Map::new();
    for (name, value) in given {
        if value.is_none() {
            continue;
        }
        let (name, json) = match &**name {
            "version" | "description" | "work_queue_name" | "work_pool_name" | "path" => {
                (&**name, plain::text(machine, name, value)?.map(Json::from))
            }
            "parameters" => ("parameters", plain::mapping(machine, name, value)?.map(Json::from)),
            "job_variables" | "infra_overrides" => {
                ("job_variables", plain::mapping(machine, name, value)?.map(Json::from))
            }
            "tags" | "paused" | "enforce_parameter_schema" => {
                (&**name, plain::of(machine, name, value)?)
            }
            "concurrency_limit" => {
                concurrency(machine, value, &mut out)?;
                continue;
            }
            "is_schedule_active" => {
                let active = plain::of(machine, name, value)?.and_then(|it| it.as_bool());
                (
                    "paused",
                    active.filter(|_| !given.contains_key("paused")).map(|it| Json::from(!it)),
                )
            }
            _ => continue,
        };
        if let Some(json) = json {
            out.insert(name.to_owned(), json);
        }
    }
    Ok(out)
}

/// A number, or `ConcurrencyLimitConfig(limit=…, collision_strategy=…)`.
fn concurrency<'a>(
    machine: &mut Machine<'a>,
    value: &Value<'a>,
    out: &mut Map<String, Json>,
) -> Result<(), Stop<'a>> {
    let Value::Object(it) = value else {
        if let Some(json) = plain::of(machine, "concurrency_limit", value)? {
            out.insert("concurrency_limit".into(), json);
        }
        return Ok(());
    };
    let fields = it.fields.borrow().clone();
    let mut options = Map::new();
    for (name, value) in fields.iter().filter(|(_, it)| !it.is_none()) {
        let Some(json) = plain::of(machine, "concurrency_limit", value)? else { continue };
        if &**name == "limit" {
            out.insert("concurrency_limit".into(), json);
        } else {
            options.insert(name.to_string(), json);
        }
    }
    options.entry("collision_strategy").or_insert_with(|| "ENQUEUE".into());
    out.insert("concurrency_options".into(), options.into());
    Ok(())
}

/// The pool and the image of `deploy(…)`.
fn pool<'a>(
    machine: &mut Machine<'a>,
    shared: &Shared<'a>,
    fields: &mut Map<String, Json>,
) -> Result<(), Stop<'a>> {
    if let Some(value) = &shared.pool
        && let Some(text) = plain::text(machine, "work_pool_name", value)?
    {
        fields.insert("work_pool_name".into(), text.into());
    }
    let image = match &shared.image {
        Some(Value::Object(it)) => storage::reference(machine, it),
        Some(other) => match other.as_text() {
            Some(text) => storage::tagged(machine, text),
            None => other.clone(),
        },
        None => return Ok(()),
    };
    if let Some(image) = plain::text(machine, "image", &image)? {
        let variables = fields.entry("job_variables").or_insert_with(|| Json::Object(Map::new()));
        if let Some(it) = variables.as_object_mut() {
            it.insert("image".into(), image.into());
        }
    }
    Ok(())
}

/// The path that Prefect fills in. Source: `build_from_flow` and `RunnerDeployment`.
fn default_path(
    machine: &Machine<'_>,
    api: Api,
    given: &Given<'_>,
    storage: &Option<super::BlockUse>,
    infrastructure: &Option<super::BlockUse>,
    (from_source, pooled, pull): (bool, bool, Option<&[Json]>),
) -> Option<(String, Json)> {
    use super::BlockUse;
    let cwd = given.get(CWD).and_then(Value::as_text).map_or(machine.cwd.as_str(), |it| it);
    let in_docker = match infrastructure {
        None => false,
        Some(BlockUse::Saved(it)) => it.r#type != "process",
        Some(BlockUse::Inline(kind, _)) => kind != "process",
    };
    let path = match api {
        Api::Legacy if via(given) == "Deployment" || storage.is_some() => return None,
        Api::Legacy if in_docker => "/opt/prefect/flows",
        Api::Legacy => cwd,
        Api::Deployed | Api::Served if via(given) == "RunnerDeployment.from_entrypoint" => cwd,
        Api::Deployed | Api::Served if via(given) == "RunnerDeployment" => return None,
        Api::Deployed | Api::Served if from_source => {
            if pooled {
                return None;
            } else {
                return pull
                    .and_then(storage::destination)
                    .map(|it| ("path".to_owned(), it.into()));
            }
        }
        Api::Deployed | Api::Served => {
            if given.get("entrypoint_type").is_some_and(is_module_path) {
                return None;
            }
            "."
        }
    };
    Some(("path".to_owned(), path.into()))
}

/// `deployment.copy()`
fn copied<'a>(it: &Object<'a>) -> Value<'a> {
    let (class, at, fields) = (Rc::clone(&it.class), it.at, it.fields.borrow().clone());
    Value::Object(Rc::new(Object { class, positional: Vec::new(), fields: fields.into(), at }))
}

/// `deployment.dict(include={…})`: what is set, and what Prefect fills in.
fn dumped<'a>(machine: &mut Machine<'a>, it: &Rc<Object<'a>>, args: &Args<'a>) -> Value<'a> {
    const FILLED: [&str; 5] = ["flow_name", "entrypoint", "version", "description", "path"];
    let names = |name: &str| match args.named(name) {
        Some(Value::Set(it)) => Some(it.borrow().clone()),
        _ => None,
    };
    let (only, without) = (names("include"), names("exclude"));
    let mut all = it.fields.borrow().clone();
    for name in FILLED {
        if !all.contains_key(name)
            && let Some(value) = deployment::attribute(machine, it, name)
        {
            all.insert(name.into(), value);
        }
    }
    all.retain(|name, _| !name.starts_with('.') && &**name != FLOW);
    let kept = all.into_iter().map(|(name, it)| (Value::Text(name), it)).filter(|(name, _)| {
        only.as_ref().is_none_or(|it| it.contains(name))
            && !without.as_ref().is_some_and(|it| it.contains(name))
    });
    Value::dict(kept.collect())
}
