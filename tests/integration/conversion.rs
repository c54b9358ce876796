//! Projects of Prefect 1 (`tests/prefect1`), each with its conversion beside it; what is whole runs in Prefect 3.

use std::collections::BTreeMap;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use domain::convert::{Conversion, Finding, convert};
use domain::diagnostic::Severity;
use domain::tree::Tree;
use serde_json::{Value, json};
use world::prefect::THREE;
use world::{product, provision};

/// Files by their path in the project.
pub(crate) type Files = BTreeMap<String, String>;

fn examples(folder: &str) -> Vec<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("prefect1").join(folder);
    let all = std::fs::read_dir(root).unwrap().map(|it| it.unwrap().path());
    let mut all: Vec<PathBuf> =
        all.filter(|it| it.is_dir() && it.file_name().unwrap() != "partly").collect();
    all.sort();
    all
}

pub(crate) fn read(folder: &Path, inner: &str, out: &mut Files) {
    for entry in std::fs::read_dir(folder.join(inner)).unwrap() {
        let entry = entry.unwrap();
        let path = format!("{inner}{}", entry.file_name().to_str().unwrap());
        if entry.path().is_dir() {
            read(folder, &format!("{path}/"), out);
        } else {
            out.insert(path, std::fs::read_to_string(entry.path()).unwrap());
        }
    }
}

fn files(folder: &Path) -> Files {
    let mut out = Files::new();
    read(folder, "", &mut out);
    out
}

fn converted(files: &Files) -> Conversion {
    convert(&Tree::of_texts(files.iter().map(|(path, text)| (path.as_str(), text.as_str()))))
}

fn told(it: &Finding) -> String {
    let found = &it.diagnostic;
    let severity = format!("{:?}", found.severity).to_lowercase();
    let at = &found.at;
    let hint = found.hint.as_ref().map(|it| format!("; {it}")).unwrap_or_default();
    let new = it.replacement.as_ref().map(|it| format!(" => {it:?}")).unwrap_or_default();
    let place = format!("{}:{}:{}", at.file, at.line, at.column);
    format!("{severity} {place} {}: {}{hint}{new}\n", found.code, found.message)
}

fn shown(it: &Conversion) -> String {
    let report: String = it.report.iter().map(told).collect();
    let diffs: String = it.files.iter().map(|it| it.diff.as_str()).collect();
    // a snapshot keeps its own line ends
    format!("{report}\n{diffs}").replace('\r', "")
}

#[test]
fn each_project_has_its_conversion_beside_it() {
    for folder in examples("").into_iter().chain(examples("partly")) {
        let conversion = converted(&files(&folder));
        expect_test::expect_file![folder.with_extension("diff")].assert_eq(&shown(&conversion));
    }
}

/// The project after its conversion.
fn written(folder: &Path, conversion: &Conversion) -> tempfile::TempDir {
    let dir = tempfile::Builder::new().prefix("converted").tempdir().unwrap();
    let mut files = files(folder);
    files.extend(
        conversion.files.iter().map(|it| (it.path.clone(), it.after.clone().unwrap_or_default())),
    );
    for (path, text) in files {
        let path = dir.path().join(path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    }
    dir
}

/// The deployments of a project, which has no error.
fn deployments(dir: &Path) -> Vec<Value> {
    let output = product::run(&["render", dir.to_str().unwrap(), "-o", "json"], &[]).unwrap();
    let document: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert!(output.status.success(), "{:#}", document["diagnostics"]);
    document["deployments"].as_array().unwrap().clone()
}

#[test]
fn what_is_converted_as_a_whole_is_registered_and_runs_in_prefect_3() {
    let (mut dirs, mut ours, mut asked) = (Vec::new(), Vec::new(), String::new());
    for folder in examples("") {
        let conversion = converted(&files(&folder));
        let left = conversion.report.iter().filter(|it| it.diagnostic.severity == Severity::Error);
        assert_eq!(left.map(told).collect::<String>(), "", "{}", folder.display());
        let dir = written(&folder, &conversion);
        for it in deployments(dir.path()) {
            let entrypoint = it["flow"]["entrypoint"].as_str().unwrap();
            asked.extend([dir.path().to_str().unwrap(), "\t", entrypoint, "\n"]);
            ours.push((
                it["flow"]["name"].clone(),
                it["fields"]["parameter_openapi_schema"].clone(),
            ));
        }
        dirs.push(dir);
    }
    assert!(dirs.len() >= 25, "{}", dirs.len());
    let theirs = loaded(&asked);
    assert_eq!(theirs.len(), ours.len());
    for (line, (theirs, (name, schema))) in asked.lines().zip(theirs.iter().zip(ours)) {
        assert_eq!(theirs["error"], Value::Null, "{line}");
        assert_eq!((&theirs["name"], &theirs["schema"]), (&name, &schema), "{line}");
    }
}

/// What the Python of Prefect 3 prints that runs `program` with `input`.
fn python(program: &str, input: &str) -> String {
    let home = tempfile::tempdir().unwrap();
    let python = provision::prefect(THREE).unwrap().join("bin/python");
    let mut child = Command::new(python)
        .args(["-c", program])
        .env("PREFECT_HOME", home.path())
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    child.stdin.take().unwrap().write_all(input.as_bytes()).unwrap();
    String::from_utf8(child.wait_with_output().unwrap().stdout).unwrap()
}

/// What Prefect 3 makes of each `folder entrypoint`.
fn loaded(asked: &str) -> Vec<Value> {
    let text = python(include_str!("conversion/load.py"), asked);
    let mut all: Vec<Value> = text.lines().map(|it| serde_json::from_str(it).unwrap()).collect();
    // the server keeps no empty list of definitions
    let schemas = all.iter_mut().filter_map(|it| it["schema"].as_object_mut());
    schemas.for_each(|it| it.retain(|key, it| key != "definitions" || *it != json!({})));
    all
}

/// Runs `check --convert` on an example.
fn check(folder: &str, more: &[&str]) -> (Option<i32>, String, String) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("prefect1").join(folder);
    let mut arguments = vec!["check", folder.to_str().unwrap(), "--convert"];
    arguments.extend(more);
    let output = product::run(&arguments, &[]).unwrap();
    let text = |it| String::from_utf8(it).unwrap();
    (output.status.code(), text(output.stdout), text(output.stderr))
}

#[test]
fn the_diff_is_on_stdout_alone_and_the_report_on_stderr() {
    let (code, out, err) = check("hello", &[]);
    assert_eq!(code, Some(0), "{err}");
    assert!(out.starts_with("--- a/flow.py\n+++ b/flow.py\n@@ "), "{out}");
    assert!(err.contains("note[prefect-1-flow]"), "{err}");
    assert!(err.ends_with("\n2 files converted, 0 to look at, 0 to write by hand\n"), "{err}");
    let (code, out, err) = check("partly/imperative", &[]);
    assert_eq!((code, out.as_str()), (Some(3), ""));
    assert!(err.contains("error[prefect-1-imperative]"), "{err}");
}

#[test]
fn a_document_has_the_diffs_the_new_texts_and_the_report() {
    let (code, out, _) = check("attributes", &["-o", "json"]);
    let document: Value = serde_json::from_str(&out).unwrap();
    let it = &document["conversion"];
    assert_eq!((code, &it["files"][0]["path"]), (Some(0), &json!("flow.py")));
    assert!(it["files"][0]["diff"].as_str().unwrap().starts_with("--- a/flow.py"));
    assert!(it["files"][1]["after"].as_str().unwrap().starts_with("deployments:\n"));
    let logger = &it["report"][0];
    assert_eq!(logger["code"], "prefect-1-context");
    assert_eq!((&logger["line"], &logger["replacement"]), (&json!(7), &json!("get_run_logger()")));
}

#[test]
fn pyyaml_reads_what_is_written_as_it_was() {
    let words = "on No y ~ null 1.10 017 0x1F 1e3 12:30:45 1_000 2024-01-02 << = #a a: -";
    let mut texts: Vec<&str> = words.split(' ').collect();
    texts.extend([
        "0 6 * * *",
        "a\nb\n",
        "a\n\n b",
        " a\nb",
        "a\tb",
        "\u{85}\u{2028}",
        "日本 🚀",
        "",
    ]);
    let pairs: serde_json::Map<String, Value> =
        texts.iter().map(|it| ((*it).to_owned(), json!([it, {"in": it}]))).collect();
    let all = json!({"deployments": [pairs, {"numbers": [1, -2.5, 1e300, 1e-7, true, null]}]});
    let text = domain::convert::deployments(all["deployments"].as_array().unwrap());
    let read = "import json, sys, yaml; json.dump(yaml.safe_load(sys.stdin.buffer), sys.stdout)";
    let read: Value = serde_json::from_str(&python(read, &text)).unwrap();
    assert_eq!(read, all, "{text}");
}

#[test]
fn a_converted_project_has_nothing_left_to_convert() {
    for folder in examples("") {
        let dir = written(&folder, &converted(&files(&folder)));
        let again = converted(&files(dir.path()));
        assert_eq!(shown(&again), "\n", "{}", folder.display());
    }
}

#[test]
fn patch_makes_of_the_diffs_what_is_said_to_come_after() {
    for folder in examples("").into_iter().chain(examples("partly")) {
        let conversion = converted(&files(&folder));
        let dir = written(&folder, &Conversion::default());
        let diffs: String = conversion.files.iter().map(|it| it.diff.as_str()).collect();
        std::fs::write(dir.path().join("all.diff"), diffs).unwrap();
        let mut git = Command::new("git");
        git.args(["apply", "--whitespace=nowarn", "all.diff"]).current_dir(dir.path());
        assert!(
            conversion.files.is_empty() || git.status().unwrap().success(),
            "{}",
            folder.display()
        );
        for it in &conversion.files {
            let text = std::fs::read_to_string(dir.path().join(&it.path)).unwrap();
            assert_eq!(Some(text), it.after, "{}", folder.display());
        }
    }
}
