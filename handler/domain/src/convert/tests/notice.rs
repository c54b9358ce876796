//! What a bundle with code of Prefect 1 is told without `--convert`.

use super::super::noticed;
use crate::tree::Tree;

const OLD: &str = "from prefect import task, Flow\n\nwith Flow('a') as flow:\n    pass\n";
const NEW: &str = "from prefect import flow\nimport helpers\n\n@flow\ndef main():\n    pass\n";
const YAML: &str = "deployments:\n- name: a\n  entrypoint: main.py:main\n  work_pool: {name: p}\n";

fn check(files: &[(&str, &str)], want: &[&str]) {
    let found = noticed(&Tree::of_texts(files.iter().copied()));
    let found: Vec<String> =
        found.iter().map(|it| format!("{:?} {}", it.severity, it.at.file)).collect();
    assert_eq!(found, want);
}

#[test]
fn without_a_declaration_each_file_is_an_error() {
    check(&[("a.py", OLD), ("b.py", NEW), ("c.py", OLD)], &["Error a.py", "Error c.py"]);
}

#[test]
fn a_file_that_no_entrypoint_leads_to_is_a_warning() {
    let files = [("a.py", OLD), ("main.py", NEW), ("prefect.yaml", YAML), ("helpers.py", "")];
    check(&files, &["Warning a.py"]);
}

#[test]
fn a_file_that_a_declared_flow_is_in_or_imports_is_an_error() {
    check(&[("main.py", OLD), ("prefect.yaml", YAML)], &["Error main.py"]);
    let files = [("main.py", NEW), ("prefect.yaml", YAML), ("helpers.py", OLD)];
    check(&files, &["Error helpers.py"]);
    check(&[("x.deployment.py", "import a\n"), ("a.py", OLD)], &["Error a.py"]);
}

#[test]
fn installed_packages_are_not_looked_at() {
    check(&[(".venv/lib/a.py", OLD), ("main.py", NEW)], &[]);
}

#[test]
fn it_is_said_where_the_file_shows_it_first() {
    let place = |text: &str| {
        let found = noticed(&Tree::of_texts([("a.py", text)]));
        found.iter().map(|it| (it.at.line, it.at.column)).collect::<Vec<_>>()
    };
    assert_eq!(place(OLD), [(3, 6)]);
    let parameter = "import sys\nfrom prefect import Flow, Parameter\nwith Flow('x') as flow:\n    p = Parameter('p')\n";
    assert_eq!(place(parameter), [(2, 27)]);
    let storage = "import prefect\n\ndef f():\n    return prefect.storage.GitHub()\n";
    assert_eq!(place(storage), [(4, 12)]);
}
