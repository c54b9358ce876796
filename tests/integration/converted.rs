//! The deployment files of `tests/declarations`, converted to a `prefect.yaml`, register the same deployments.

mod case;
mod wanted;

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::process::Command;

use domain::convert::{Conversion, declarations};
use domain::declare::{Settings, desired};
use domain::desired::{Deployment, Field, Schedule};
use domain::diagnostic::Severity;
use domain::tree::Tree;
use serde_json::{Value, json};
use world::product;

/// What is compared: all that a run depends on, besides the code's place.
const FIELDS: [Field; 10] = [
    Field::Tags,
    Field::Paused,
    Field::Parameters,
    Field::ParameterSchema,
    Field::EnforceParameterSchema,
    Field::JobVariables,
    Field::WorkPool,
    Field::WorkQueue,
    Field::ConcurrencyLimit,
    Field::ConcurrencyOptions,
];

/// By `flow/name`.
type Registered = BTreeMap<String, BTreeMap<&'static str, Value>>;

fn registered<'a>(all: impl Iterator<Item = &'a Deployment>) -> Registered {
    all.map(|it| (format!("{}/{}", it.flow, it.name), shown(it))).collect()
}

fn shown(it: &Deployment) -> BTreeMap<&'static str, Value> {
    let field = |field: Field| {
        let value = it.fields.get(&field).cloned().unwrap_or_default();
        let value = match (field, value) {
            // a pool's own queue is called so
            (Field::WorkQueue, Value::String(name)) if name == "default" => Value::Null,
            // what the server has for one that says nothing
            (Field::EnforceParameterSchema, Value::Null) => json!(true),
            (Field::Paused, Value::Null) => json!(false),
            (_, value) => value,
        };
        (field.name(), value)
    };
    let mut out: BTreeMap<_, _> = FIELDS.into_iter().map(field).collect();
    let schedule = |it: &Schedule| json!([it.timing.to_json(), it.active, it.slug, it.parameters]);
    let schedules = it.schedules.as_ref().map(|it| it.iter().map(schedule).collect::<Vec<_>>());
    out.insert("schedules", json!(schedules));
    out.insert("triggers", it.automations.iter().map(|it| it.trigger.clone()).collect());
    out
}

/// The bundle with the conversion's diffs applied.
fn applied(tree: &Tree, conversion: &Conversion) -> Tree {
    let mut texts: BTreeMap<&str, &str> =
        tree.paths().map(|it| (it, tree.text(it).unwrap_or_default())).collect();
    for it in &conversion.files {
        match &it.after {
            Some(after) => texts.insert(&it.path, after),
            None => texts.remove(it.path.as_str()),
        };
    }
    Tree::of_texts(texts)
}

/// What of the case is not the same after its conversion; `None` when its files have errors or declare nothing.
fn differences(tree: &Tree, settings: &Settings) -> Option<BTreeSet<String>> {
    let before = desired(tree, settings);
    let faulty = before.diagnostics.iter().any(|it| it.severity == Severity::Error);
    if faulty || before.deployments.is_empty() {
        return None;
    }
    let conversion = declarations(tree, settings);
    let after = desired(&applied(tree, &conversion), settings);
    let listed = after.deployments.iter().filter(|it| it.via == "prefect.yaml");
    let (have, want) = (registered(listed), registered(before.deployments.iter()));
    let mut out = BTreeSet::new();
    for (key, want) in want {
        let Some(have) = have.get(&key) else {
            out.insert("not an entry".to_owned());
            continue;
        };
        let differs = want.into_iter().filter(|(field, value)| have.get(field) != Some(value));
        out.extend(differs.map(|it| it.0.to_owned()));
    }
    Some(out)
}

#[test]
fn converted_deployment_files_register_the_same() {
    let mut found = Vec::new();
    let mut compared = 0;
    for case in case::all() {
        let Some(differences) = differences(&case.tree, &case.settings) else { continue };
        compared += 1;
        found.extend(differences.into_iter().map(|it| (case.name.clone(), it)));
    }
    assert!(compared >= 70, "{compared} cases declare something");
    let wanted = wanted::DIFFERENCES.iter().map(|it| (it.0.to_owned(), it.1.to_owned()));
    assert_eq!(found, wanted.collect::<Vec<_>>());
}

#[test]
fn a_converted_bundle_has_nothing_left_to_convert() {
    for case in case::all() {
        let conversion = declarations(&case.tree, &case.settings);
        let done = conversion.report.iter().all(|it| it.diagnostic.severity == Severity::Info);
        if done && !conversion.files.is_empty() {
            let again = declarations(&applied(&case.tree, &conversion), &case.settings);
            assert_eq!(again, Conversion::default(), "{}", case.name);
        }
    }
}

#[test]
fn git_makes_of_the_diffs_what_is_said_to_come_after() {
    for case in case::all() {
        let conversion = declarations(&case.tree, &case.settings);
        if conversion.files.is_empty() {
            continue;
        }
        let dir = tempfile::tempdir().unwrap();
        for path in case.tree.paths() {
            let file = dir.path().join(path);
            std::fs::create_dir_all(file.parent().unwrap()).unwrap();
            std::fs::write(file, case.tree.text(path).unwrap_or_default()).unwrap();
        }
        let diffs: String = conversion.files.iter().map(|it| it.diff.as_str()).collect();
        std::fs::write(dir.path().join("all.diff"), diffs).unwrap();
        let mut git = Command::new("git");
        git.args(["apply", "--whitespace=nowarn", "all.diff"]).current_dir(dir.path());
        assert!(git.status().unwrap().success(), "{}", case.name);
        for it in &conversion.files {
            let text = std::fs::read_to_string(dir.path().join(&it.path)).ok();
            assert_eq!(text, it.after, "{}", case.name);
        }
    }
}

/// Runs `check --convert` on the project of a case.
fn check(case: &str, more: &[&str]) -> (Option<i32>, String) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("declarations").join(case);
    let folder = folder.join("project");
    let mut arguments = vec!["check", folder.to_str().unwrap(), "--convert"];
    arguments.extend(more);
    let output = product::run(&arguments, &[("SYNC_WORK_POOL", "k8s")]).unwrap();
    (output.status.code(), String::from_utf8(output.stdout).unwrap())
}

#[test]
fn a_document_has_the_new_texts_and_the_files_that_go() {
    let (code, out) = check("inline-kubernetes", &["-o", "json"]);
    let document: Value = serde_json::from_str(&out).unwrap();
    let files = &document["conversion"]["files"];
    assert_eq!((code, &files[0]["path"]), (Some(0), &json!("k8s_deployment.py")));
    assert_eq!(files[0]["after"], Value::Null);
    assert!(files[1]["after"].as_str().unwrap().starts_with("deployments:\n- name: k8s\n"));
    let report = &document["conversion"]["report"][1]["code"];
    assert_eq!([report, &document["diagnostics"][1]["code"]], ["customizations"; 2]);
}

#[test]
fn the_report_goes_to_code_scanning_and_to_annotations_like_all_others() {
    let (_, out) = check("inline-kubernetes", &["-o", "sarif"]);
    let document: Value = serde_json::from_str(&out).unwrap();
    let run = &document["runs"][0];
    assert_eq!(run["results"][1]["ruleId"], "customizations");
    let rules = run["tool"]["driver"]["rules"].as_array().unwrap();
    let rule = rules.iter().find(|it| it["id"] == "customizations").unwrap();
    assert!(rule["help"]["markdown"].as_str().unwrap().contains("base job template"), "{rule}");
    let (_, out) = check("inline-kubernetes", &["-o", "github"]);
    assert!(out.lines().any(|it| it.starts_with("::warning") && it.contains("customizations")));
}
