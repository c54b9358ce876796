//! `PrefectSecret("DB_PASSWORD")` -> `Secret.load("db-password").get()`.

use ruff_python_ast::{Expr, ExprCall};
use ruff_text_size::Ranged as _;

use super::flow::Flow;
use super::identifier::block;
use super::pass::{Pass, argument};
use super::source::span;
use super::walk::Within;
use crate::diagnostic::rules;

/// Converts the secrets of the file.
pub(super) fn convert(pass: &mut Pass<'_>, flows: &[Flow<'_>]) {
    let facts = pass.facts;
    for it in &facts.nodes.calls {
        let origin = pass.origin(&it.node.func);
        match origin.rsplit('.').next().unwrap_or_default() {
            "PrefectSecret" => secret(pass, it, flows),
            "Secret" if origin.starts_with("prefect.client") => secret(pass, it, flows),
            "EnvVarSecret" => variable(pass, it),
            _ => {}
        }
    }
}

fn secret(pass: &mut Pass<'_>, it: &Within<'_, ExprCall>, flows: &[Flow<'_>]) {
    let call = it.node;
    let name = argument(call, "name", 0).and_then(|it| pass.facts.constants.text(it));
    let inside =
        it.in_function || flows.iter().any(|flow| flow.body().contains_range(call.range()));
    let slug = name.map(|it| block(&it)).filter(|it| !it.is_empty());
    let Some(slug) = slug.filter(|_| inside) else {
        let hint = "write `Secret.load(\"name\").get()` in the task or flow that needs it";
        pass.left(rules::PREFECT_1_SECRET, call, "this secret is not converted", hint);
        return;
    };
    pass.edits.replace(span(outer(pass, call)), format!("Secret.load(\"{slug}\").get()"));
    pass.needs.insert(("prefect.blocks.system", "Secret"));
    let hint = format!(
        "make it once, where the server's address is known: `Secret(value=\"…\").save(\"{slug}\")`"
    );
    pass.look(rules::PREFECT_1_SECRET, call, format!("the secret is the block `{slug}`"), hint);
}

fn variable(pass: &mut Pass<'_>, it: &Within<'_, ExprCall>) {
    let call = it.node;
    let simple = call.arguments.len() == 1;
    let Some(name) = argument(call, "name", 0).filter(|_| simple) else {
        let hint = "read it with `os.environ`";
        pass.left(rules::PREFECT_1_SECRET, call, "this variable is not converted", hint);
        return;
    };
    let text = format!("os.environ.get({})", pass.copy(name));
    pass.edits.replace(span(outer(pass, call)), text);
    pass.needs.insert(("", "os"));
    pass.done(rules::PREFECT_1_SECRET, call, "the variable is read with `os.environ`");
}

/// `call`, with the `.get()`, `.run()` or `()` behind it.
fn outer<'a>(pass: &Pass<'a>, call: &'a ExprCall) -> &'a ExprCall {
    let Some(behind) = pass.facts.nodes.outer.get(&(call.start(), call.end())) else { return call };
    match behind.func.as_ref() {
        Expr::Attribute(it) if !matches!(it.attr.as_str(), "get" | "run") => call,
        _ => behind,
    }
}
