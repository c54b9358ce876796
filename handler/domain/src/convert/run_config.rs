//! `KubernetesRun(image=…, env=…)` -> a work pool and its job variables.

use ruff_python_ast::Expr;
use serde_json::{Map, Value};

use super::pass::Pass;
use crate::diagnostic::rules;

/// Where a deployment runs.
#[derive(Debug, Default)]
pub(super) struct Run {
    /// The pool's name; the pools are named after their type.
    pub(super) pool: &'static str,
    /// `job_variables`
    pub(super) variables: Map<String, Value>,
    /// The labels that agents had to have.
    pub(super) labels: Vec<String>,
}

/// Arguments that the pool's template has under another name.
const RENAMED: [(&str, &str); 2] =
    [("service_account", "service_account_name"), ("working_dir", "working_dir")];

/// Arguments that a kubernetes pool takes. Source: its default template, as 3.9.1 makes it.
const KUBERNETES: [&str; 7] = [
    "cpu_limit",
    "cpu_request",
    "image",
    "image_pull_policy",
    "memory_limit",
    "memory_request",
    "service_account_name",
];

/// An argument that it takes once its template has it.
const PULL_SECRETS: &str = "image_pull_secrets";

/// The pool's type for each class; the Prefect 1 default is a process beside its agent.
fn pool(class: &str) -> Option<&'static str> {
    Some(match class {
        "KubernetesRun" => "kubernetes",
        "DockerRun" => "docker",
        "LocalRun" | "UniversalRun" => "process",
        "ECSRun" => "ecs",
        "VertexRun" => "vertex-ai",
        _ => return None,
    })
}

/// What `expr` says; a process where nothing is said.
pub(super) fn read(pass: &mut Pass<'_>, expr: Option<&Expr>) -> Run {
    let facts = pass.facts;
    let mut out = Run { pool: "process", ..Run::default() };
    let Some(expr) = expr.filter(|it| !it.is_none_literal_expr()) else { return out };
    let hint = "write its pool and `job_variables` in prefect.yaml";
    let Expr::Call(call) = facts.constants.resolve(expr) else {
        pass.left(rules::PREFECT_1_RUN_CONFIG, expr, "this run config is not converted", hint);
        return out;
    };
    let class = facts.origins.last(&call.func).unwrap_or_default();
    let Some(pool) = pool(&class) else {
        pass.left(rules::PREFECT_1_RUN_CONFIG, call, "this run config is not converted", hint);
        return out;
    };
    out.pool = pool;
    for it in &call.arguments.keywords {
        let name = it.arg.as_ref().map_or("", |it| it.as_str());
        match (name, facts.constants.value(&it.value)) {
            ("env", _) => env(pass, &it.value, &mut out),
            (_, Some(Value::Null)) => {}
            ("labels", Some(Value::Array(items))) => {
                out.labels.extend(items.iter().filter_map(|it| it.as_str().map(str::to_owned)));
            }
            (_, Some(value)) if is_variable(pool, name) => {
                let renamed = RENAMED.iter().find(|it| it.0 == name).map_or(name, |it| it.1);
                out.variables.insert(renamed.to_owned(), typed(pool, name, value));
                if pool == "kubernetes" && name == PULL_SECRETS {
                    let hint =
                        format!("add `{{{{ {name} }}}}` to the base job template of the pool");
                    pass.look(
                        rules::PREFECT_1_RUN_CONFIG,
                        it,
                        format!("a stock kubernetes pool has no `{name}`"),
                        hint,
                    );
                }
            }
            _ => {
                let message = format!("`{name}` of this run config is left out");
                pass.look(
                    rules::PREFECT_1_RUN_CONFIG,
                    it,
                    message,
                    "write it as `job_variables`, or into the pool's template",
                );
            }
        }
    }
    if let Some(it) = call.arguments.args.first() {
        pass.look(rules::PREFECT_1_RUN_CONFIG, it, "arguments without a name are left out", hint);
    }
    pass.done(
        rules::PREFECT_1_RUN_CONFIG,
        call,
        format!("it is the work pool `{pool}` and its job variables"),
    );
    out
}

fn is_variable(pool: &str, name: &str) -> bool {
    match pool {
        "kubernetes" => name == PULL_SECRETS || KUBERNETES.contains(&name),
        "docker" => name == "image",
        "process" => name == "working_dir",
        "ecs" => matches!(
            name,
            "image"
                | "cpu"
                | "memory"
                | "task_role_arn"
                | "execution_role_arn"
                | "task_definition_arn"
        ),
        _ => matches!(name, "image" | "machine_type" | "service_account"),
    }
}

/// `value` in the type of the pool's variable: quantities of Kubernetes are texts, of ECS whole units and MiB.
///
/// Source: `KubernetesRun` and `ECSRun` of 1.4, the default templates of 3.9.1.
fn typed(pool: &str, name: &str, value: Value) -> Value {
    match (pool, name, &value) {
        ("kubernetes", _, Value::Number(it)) => it.to_string().into(),
        ("ecs", "cpu" | "memory", Value::String(text)) => units(text).map_or(value, Value::from),
        _ => value,
    }
}

/// `1024`, `0.5 vcpu`, `30 GB`; `None` for what has another unit, or is no whole number then.
fn units(text: &str) -> Option<u64> {
    let end = text.find(|it: char| !it.is_ascii_digit() && it != '.').unwrap_or(text.len());
    let (count, unit) = text.split_at_checked(end)?;
    let (whole, part) = count.split_once('.').unwrap_or((count, ""));
    let scale = match unit.trim().to_lowercase().as_str() {
        "" => 1,
        "vcpu" | "gb" => 1024,
        _ => return None,
    };
    let tens = 10_u64.checked_pow(u32::try_from(part.len()).ok()?)?;
    let digits: u64 = format!("{whole}{part}").parse().ok()?;
    let scaled = digits.checked_mul(scale)?;
    scaled.is_multiple_of(tens).then(|| scaled / tens)
}

/// The variables that the text tells; the others are said.
fn env(pass: &mut Pass<'_>, expr: &Expr, out: &mut Run) {
    let facts = pass.facts;
    let mut env = Map::new();
    match facts.constants.resolve(expr) {
        Expr::Dict(it) => {
            for it in &it.items {
                let key = it.key.as_ref().and_then(|it| facts.constants.text(it));
                let value =
                    facts.constants.value(&it.value).filter(|it| !it.is_array() && !it.is_object());
                match (key, value) {
                    (Some(key), Some(value)) => {
                        let text = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
                        env.insert(key, text.into());
                    }
                    _ => unknown(pass, &it.value),
                }
            }
        }
        other => match facts.constants.value(other) {
            Some(Value::Object(it)) => env = it,
            Some(Value::Null) => {}
            _ => unknown(pass, expr),
        },
    }
    if !env.is_empty() {
        out.variables.insert("env".to_owned(), env.into());
    }
}

fn unknown(pass: &mut Pass<'_>, expr: &Expr) {
    let hint = "write it in prefect.yaml: `{{ $NAME }}` takes a variable that SYNC_ENV allows";
    pass.look(
        rules::PREFECT_1_RUN_CONFIG,
        expr,
        "this variable of `env` is not told by the text and is left out",
        hint,
    );
}

#[cfg(test)]
mod tests {
    use super::units;

    #[test]
    fn quantities_of_ecs_are_read_in_both_spellings() {
        let read = ["1024", "1 vcpu", "0.5 vCPU", ".25vcpu", "30 GB", "1.5 GB"].map(units);
        assert_eq!(read, [1024, 1024, 512, 256, 30_720, 1536].map(Some));
        for odd in ["", "many", "1 core", "1.0001 GB", "1.5", "99999999999999999999"] {
            assert_eq!(units(odd), None, "{odd}");
        }
    }
}
