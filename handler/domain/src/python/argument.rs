//! What `@flow(name=…, version=…, description=…)` say.

use std::collections::BTreeSet;

use serde_json::Value;

use super::default::{Evaluated, evaluate};
use super::function::Function;
use super::{EvaluatedFlow, EvaluatedText};
use crate::diagnostic::{Diagnostic, Position, rules};

/// What the text of a variable is that is not set and has no default.
const MISSING: &str = "None";

/// The text of `@flow(name=…)`; one that cannot be read is an error, since the name is the key.
pub(super) fn text(
    function: &Function<'_>,
    known: Option<&EvaluatedFlow>,
    name: &str,
    found: &mut Vec<Diagnostic>,
) -> Option<String> {
    let evaluated = known.map(|it| match name {
        "name" => &it.name,
        "version" => &it.version,
        _ => &it.description,
    });
    match evaluated {
        Some(EvaluatedText::Said(it)) => return Some(it.clone()),
        Some(EvaluatedText::Absent) => return None,
        Some(EvaluatedText::Unsaid) if function.run.is_some() => return None,
        _ => {}
    }
    let mut settings = function.settings.iter().flatten();
    let mut said = settings.clone();
    let said = said.find_map(|it| Some((&it.arguments.find_keyword(name)?.value, it.scope)));
    let Some((value, scope)) = said else {
        let spread = settings.find_map(|it| Some((it.spread()?, it.scope)));
        let is_open = match evaluated {
            None => spread.is_some(),
            Some(it) => *it == EvaluatedText::Unknown,
        };
        // where Prefect does not run it, it does not look into what is spread
        if is_open && !function.is_inner {
            let message = format!("`{name}` of this flow may be another one where it runs");
            let at = match spread {
                Some((it, scope)) => scope.file()?.at(it),
                None => function.home.file()?.at(&function.def.name),
            };
            found.push(Diagnostic::warning(rules::FLOW_TEXT, at, message));
        }
        return None;
    };
    scope.take_variables();
    let is_inside = known.and_then(|it| it.code.as_ref()).is_some_and(|it| it.is_inside);
    let text = if is_inside { Evaluated::Unknown } else { evaluate(value, &scope) };
    let variables = scope.take_variables();
    let is_known = variables.is_empty();
    match text {
        Evaluated::Json(Value::String(text)) if is_known => Some(text),
        Evaluated::Json(Value::Null) if is_known => None,
        // as Prefect does when it does not run the file
        _ if function.is_inner => None,
        text => {
            let at = scope.file()?.at(value);
            unread(name, (text, &variables), at, found)
        }
    }
}

/// What is taken for the argument `name` that may be another one where the file runs: for the name, which is the key, nothing.
fn unread(
    name: &str,
    (text, variables): (Evaluated, &BTreeSet<String>),
    at: Position,
    found: &mut Vec<Diagnostic>,
) -> Option<String> {
    if name == "name" {
        if let (Evaluated::Json(Value::String(text)), Some(variable)) = (&text, variables.first())
            && !text.contains(MISSING)
        {
            let message = format!(
                "the name of this flow depends on the environment variable `{variable}`; it is `{text}` without"
            );
            let hint = format!("name the variable in SYNC_ENV, or give it: --env {variable}=…");
            found.push(Diagnostic::warning(rules::FLOW_TEXT, at, message).hint(hint));
            return Some(text.clone());
        }
        let message = format!("`{name}` of this flow cannot be read without running it");
        let hint = "write it as a text or a constant of this file";
        found.push(Diagnostic::error(rules::FLOW_ARGUMENT, at, message).hint(hint));
        return None;
    }
    let message = format!("`{name}` of this flow may be another one where it runs");
    found.push(Diagnostic::warning(rules::FLOW_TEXT, at, message));
    match text {
        Evaluated::Json(Value::String(text)) => Some(text),
        _ => None,
    }
}
