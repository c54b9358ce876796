//! The base job template of a declared work pool, as the server checks it: `validate_base_job_template` of Prefect.

use serde_json::{Map, Value};

use crate::declare::Context;
use crate::declare::placeholder::placeholders;
use crate::declare::schema::misfits;
use crate::diagnostic::{Diagnostic, near_miss, rules};
use crate::yaml::{self, Entry, Kind, Node};

/// The template that `node` is, or that the file has which it names (`{file: ./template.json}`).
pub(super) fn read(
    context: &Context<'_>,
    node: &Node,
    found: &mut Vec<Diagnostic>,
) -> Option<Value> {
    let template = match node.entries() {
        [Entry { key, value, .. }] if key == "file" => of_file(context, value, found)?,
        _ => node.to_json(),
    };
    let faults = faults(&template);
    let error = |it: Fault| {
        let at = place(node, &it.path);
        let error = context.error(rules::POOL_TEMPLATE, at, it.message);
        match it.hint {
            Some(hint) => error.hint(hint),
            None => error,
        }
    };
    let is_sound = faults.is_empty();
    found.extend(faults.into_iter().map(error));
    is_sound.then_some(template)
}

/// A fault of a template, and where in it.
struct Fault {
    path: Vec<String>,
    message: String,
    hint: Option<String>,
}

fn faults(template: &Value) -> Vec<Fault> {
    let fault = |path: &[&str], message: String, hint: Option<String>| Fault {
        path: path.iter().map(|it| (*it).to_owned()).collect(),
        message,
        hint,
    };
    let Some(map) = template.as_object() else {
        return vec![fault(&[], "the template must be a mapping".to_owned(), None)];
    };
    // one without anything is filled in by the first worker
    if map.is_empty() {
        return Vec::new();
    }
    let part = |key: &str| map.get(key).and_then(Value::as_object).filter(|it| !it.is_empty());
    let (Some(job), Some(variables)) = (part("job_configuration"), part("variables")) else {
        let message = "the template needs `job_configuration` and `variables`, both not empty";
        return vec![fault(&[], message.to_owned(), None)];
    };
    let mut out = Vec::new();
    let none = Map::new();
    let known = variables.get("properties").and_then(Value::as_object).unwrap_or(&none);
    unknown(&job.clone().into(), &mut vec!["job_configuration".to_owned()], known, &mut out);
    for (name, it) in known {
        let Some(default) = it.get("default").filter(|it| !it.is_null()) else { continue };
        let given: Value = Map::from_iter([(name.clone(), default.clone())]).into();
        let path = ["variables", "properties", name.as_str(), "default"];
        let told = misfits(&given, &variables.clone().into()).into_iter();
        out.extend(told.map(|(at, text)| {
            fault(&path, format!("the default of variable `{at}` {text}"), None)
        }));
    }
    out
}

/// Placeholders that no variable fills.
fn unknown(
    value: &Value,
    path: &mut Vec<String>,
    known: &Map<String, Value>,
    out: &mut Vec<Fault>,
) {
    match value {
        Value::String(text) => {
            let is_own = |name: &str| !name.contains("prefect.") && !name.starts_with(['$']);
            let names = placeholders(text).into_iter().map(|it| it.name);
            let names = names.filter(|it| is_own(it) && !known.contains_key(*it));
            out.extend(names.map(|name| {
                Fault {
                    path: path.clone(),
                    message: format!("`{{{{ {name} }}}}` is no variable of the template"),
                    hint: near_miss(name, known.keys().map(String::as_str))
                        .map(|it| format!("did you mean `{{{{ {it} }}}}`?")),
                }
            }));
        }
        Value::Array(items) => items.iter().for_each(|it| unknown(it, path, known, out)),
        Value::Object(map) => {
            for (key, it) in map {
                path.push(key.clone());
                unknown(it, path, known, out);
                path.pop();
            }
        }
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

/// Where `path` leads to in `node`, as far as it does.
fn place(node: &Node, path: &[String]) -> yaml::Mark {
    let end = path.iter().try_fold((node, node.at), |(node, _), key| {
        node.entry(key).map(|it| (&it.value, it.value.at)).ok_or(node.at)
    });
    end.map_or_else(|at| at, |(_, at)| at)
}

fn of_file(context: &Context<'_>, node: &Node, found: &mut Vec<Diagnostic>) -> Option<Value> {
    let error = |message: String| context.error(rules::POOL_TEMPLATE, node.at, message);
    let Some(path) = node.as_str() else {
        found.push(error("`file` must be the path of a file".to_owned()));
        return None;
    };
    let Some(full) = joined(context.folder(), path) else {
        found.push(error(format!("`{path}` leads out of the bundle")));
        return None;
    };
    let Some(text) = context.tree.text(&full) else {
        let hint = if context.tree.is_ignored(&full) { ": .prefectignore names it" } else { "" };
        let why = context.tree.why_unread(&full);
        found.push(error(format!("`{full}` cannot be read: {why}{hint}")));
        return None;
    };
    if matches!(full.rsplit_once('.'), Some((_, "json"))) {
        return serde_json::from_str(text)
            .map_err(|why| found.push(error(format!("`{full}` is no JSON: {why}"))))
            .ok();
    }
    let (root, faults) = yaml::compose(&full, text);
    found.extend(faults);
    root.filter(|it| matches!(it.kind, Kind::Mapping(_))).map(|it| it.to_json())
}

/// `path` as seen from `folder`; `None` when it leads out of the bundle.
fn joined(folder: &str, path: &str) -> Option<String> {
    let mut parts: Vec<&str> = folder.split('/').filter(|it| !it.is_empty()).collect();
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." => drop(parts.pop()?),
            it => parts.push(it),
        }
    }
    (!path.starts_with('/')).then(|| parts.join("/"))
}
