//! `GitHub(repo=…)` -> a pull step; `Docker(…)` -> an image; of others the code is that of the bundle.

use ruff_python_ast::{Expr, ExprCall};
use serde_json::{Map, Value, json};

use super::identifier::block;
use super::pass::Pass;
use crate::diagnostic::rules;

/// Where the code comes from.
#[derive(Debug, Default)]
pub(super) struct Storage {
    /// Declared pull steps.
    pub(super) pull: Option<Value>,
    /// The image that holds the code and what it needs.
    pub(super) image: Option<String>,
}

/// What `expr` says.
pub(super) fn read(pass: &mut Pass<'_>, expr: &Expr) -> Storage {
    let facts = pass.facts;
    let mut out = Storage::default();
    if expr.is_none_literal_expr() {
        return out;
    }
    let Expr::Call(call) = facts.constants.resolve(expr) else {
        let hint = "the code of the bundle is what runs; else write `pull` in prefect.yaml";
        pass.look(
            rules::PREFECT_1_STORAGE,
            expr,
            "this storage is not told by the text and is left out",
            hint,
        );
        return out;
    };
    match facts.origins.last(&call.func).unwrap_or_default().as_str() {
        "GitHub" | "Git" => git(pass, call, "github.com", &mut out),
        "GitLab" => git(pass, call, "gitlab.com", &mut out),
        "Bitbucket" => git(pass, call, "bitbucket.org", &mut out),
        "Docker" => docker(pass, call, &mut out),
        _ => {
            let hint = "nothing to do: upload the bundle";
            pass.done(
                rules::PREFECT_1_STORAGE,
                call,
                format!("the bundle's code is staged; {hint}"),
            );
        }
    }
    out
}

fn text(pass: &Pass<'_>, call: &ExprCall, names: &[&str]) -> Option<String> {
    let found = names.iter().find_map(|it| call.arguments.find_keyword(it))?;
    pass.facts.constants.text(&found.value)
}

fn git(pass: &mut Pass<'_>, call: &ExprCall, host: &str, out: &mut Storage) {
    let first = call.arguments.args.first().and_then(|it| pass.facts.constants.text(it));
    let Some(repo) = text(pass, call, &["repo"]).or(first) else {
        let hint =
            "write `pull` with `git_clone` in prefect.yaml; without, the bundle's code is staged";
        pass.look(rules::PREFECT_1_STORAGE, call, "this repository is not told by the text", hint);
        return;
    };
    let host = text(pass, call, &["repo_host", "host"]).unwrap_or_else(|| host.to_owned());
    let host = host.trim_start_matches("https://").trim_end_matches('/').to_owned();
    let repository = format!("https://{host}/{}.git", repo.trim_end_matches(".git"));
    let mut step = Map::from_iter([("repository".to_owned(), Value::from(repository))]);
    if let Some(branch) = text(pass, call, &["ref", "branch_name", "tag"]) {
        step.insert("branch".to_owned(), branch.into());
    }
    if let Some(secret) = text(pass, call, &["access_token_secret", "git_token_secret_name"]) {
        let slug = block(&secret);
        step.insert(
            "access_token".to_owned(),
            format!("{{{{ prefect.blocks.secret.{slug} }}}}").into(),
        );
    }
    out.pull = Some(json!([{"prefect.deployments.steps.git_clone": step}]));
    let hint =
        "push the converted files first; without this `pull` the bundle's own code is what runs";
    pass.look(rules::PREFECT_1_STORAGE, call, "workers clone the repository", hint);
}

fn docker(pass: &mut Pass<'_>, call: &ExprCall, out: &mut Storage) {
    let name = text(pass, call, &["image_name"]);
    let part =
        |it: Option<String>, before: &str| it.map(|it| format!("{before}{it}")).unwrap_or_default();
    let registry =
        text(pass, call, &["registry_url"]).map(|it| format!("{}/", it.trim_end_matches('/')));
    let tag = part(text(pass, call, &["image_tag"]), ":");
    out.image = name.map(|it| format!("{}{it}{tag}", registry.unwrap_or_default()));
    let (message, hint) = match &out.image {
        Some(_) => (
            "the image is not built any more when the flow is registered",
            "build it with Prefect 3 and what the flow needs; the bundle's code is staged, and pulled into it",
        ),
        None => (
            "the name of the image is not told by the text",
            "write `image` into `job_variables`; the bundle's code is staged, and pulled into it",
        ),
    };
    pass.look(rules::PREFECT_1_STORAGE, call, message, hint);
}
