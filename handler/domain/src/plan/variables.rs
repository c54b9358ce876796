//! Job variables against the template of their work pool: what the server would refuse is refused before anything is written.
//!
//! Source: a create or update whose job variables do not fit the `variables` of the pool's template is answered 422 or 409,
//! unknown ones are taken and never read (measured on 3.9.1 and 2.20.27).

use serde_json::Value;

use super::pools::Templates;
use super::{Call, Step};
use crate::declare::misfits;
use crate::desired::{Deployment, Field};
use crate::diagnostic::did_you_mean;

/// Whether the server looks at the job variables when `step` is carried out.
pub(super) fn are_sent(step: &Step) -> bool {
    const LOOKED_AT: [&str; 3] = ["job_variables", "infra_overrides", "work_pool_name"];
    match &step.call {
        Call::CreateDeployment { .. } | Call::ReplaceDeployment { .. } => true,
        Call::UpdateDeployment { body, .. } => LOOKED_AT.iter().any(|it| body.contains_key(*it)),
        _ => false,
    }
}

/// Why the server would refuse `want`.
pub(super) fn refused(want: &Deployment, templates: &Templates<'_>) -> Option<String> {
    let (pool, schema, given) = case(want, templates)?;
    let faults = misfits(given, schema).into_iter();
    let told = |(path, text): (String, String)| {
        let place = at(want, &path);
        format!("job variable `{path}` {text}: work pool `{pool}` would not take it, at {place}")
    };
    let faults: Vec<String> = faults.map(told).collect();
    (!faults.is_empty()).then(|| faults.join("; "))
}

/// `file:line` of the job variable `path`.
fn at(want: &Deployment, path: &str) -> String {
    let stated = path.split('.').next().and_then(|it| want.variables_at.get(it));
    let at = want.variables_at.get(path).or(stated).unwrap_or(&want.at);
    format!("{}:{}", at.file, at.line)
}

/// What the pool would take and never read.
pub(super) fn unread(want: &Deployment, templates: &Templates<'_>, step: &mut Step) {
    let Some((pool, schema, given)) = case(want, templates) else { return };
    let known = schema.get("properties").and_then(Value::as_object);
    let (Some(known), Some(given)) = (known, given.as_object()) else { return };
    let is_read = |name: &str| {
        // `env.A` is an entry of `env`
        let first = name.split('.').next().unwrap_or(name);
        known.contains_key(name) || known.contains_key(first)
    };
    for name in given.keys().filter(|it| !is_read(it)) {
        let (near, at) = (did_you_mean(name, known.keys().map(String::as_str)), at(want, name));
        step.consequences.push(format!(
            "job variable `{name}` at {at} has no effect: the template of work pool `{pool}` does not read it{near}"
        ));
    }
}

/// The pool, the schema of its variables, and what the deployment gives.
fn case<'a>(
    want: &'a Deployment,
    templates: &Templates<'a>,
) -> Option<(&'a str, &'a Value, &'a Value)> {
    let value = |field| want.registered.get(&field).or_else(|| want.fields.get(&field));
    let pool = value(Field::WorkPool)?.as_str()?;
    let schema = templates.get(pool)?;
    Some((pool, schema, value(Field::JobVariables)?))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::super::{Action, Step};
    use super::*;
    use crate::declare::{self, tests::settings};
    use crate::tree::Tree;

    fn deployment(variables: &str) -> Deployment {
        let yaml = format!(
            "deployments:\n- name: a\n  entrypoint: flow.py:main\n  work_pool: {{name: k8s, job_variables: {variables}}}\n"
        );
        let flow = "from prefect import flow\n\n@flow\ndef main():\n    pass\n";
        let tree = Tree::of_texts([("prefect.yaml", yaml.as_str()), ("flow.py", flow)]);
        declare::desired(&tree, &settings("3.9.1")).deployments.swap_remove(0)
    }

    fn schema() -> Value {
        json!({"type": "object", "properties": {
            "image": {"type": "string"},
            "finished_job_ttl": {"type": "integer"},
            "env": {"type": "object", "additionalProperties": {"type": "string"}},
        }})
    }

    #[test]
    fn what_the_pool_would_not_take_is_refused_with_its_place() {
        let schema = schema();
        let templates = Templates::of_schema("k8s", &schema);
        assert_eq!(refused(&deployment("{image: a, finished_job_ttl: 60}"), &templates), None);
        let why =
            refused(&deployment("\n    {finished_job_ttl: soon,\n     env: {A: 1}}"), &templates);
        let why = why.unwrap();
        assert!(why.contains("job variable `finished_job_ttl` "), "{why}");
        assert!(why.contains("job variable `env.A` "), "{why}");
        assert!(why.ends_with("work pool `k8s` would not take it, at prefect.yaml:6"), "{why}");
    }

    #[test]
    fn what_is_not_sent_is_not_looked_at() {
        let step = |call| Step { call, ..Step::new(Action::Update, "deployment", "main/a") };
        let update = |field: &str| {
            let body = [(field.to_owned(), json!(1))].into_iter().collect();
            Call::UpdateDeployment {
                id: "a".into(),
                body,
                delete_schedules: Vec::new(),
                replaces: None,
            }
        };
        assert!(!are_sent(&step(Call::None)));
        assert!(!are_sent(&step(update("description"))));
        assert!(are_sent(&step(update("infra_overrides"))));
    }

    #[test]
    fn what_the_pool_never_reads_is_said() {
        let mut step = Step::new(Action::Create, "deployment", "main/a");
        let schema = schema();
        unread(&deployment("{imge: a}"), &Templates::of_schema("k8s", &schema), &mut step);
        let told = step.consequences.join("");
        assert!(
            told.contains("`imge` at prefect.yaml:4 has no effect") && told.contains("`image`"),
            "{told}"
        );
    }
}
