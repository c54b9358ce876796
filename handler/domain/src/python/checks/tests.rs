//! What is found in the files of a flow, and what is left alone.

mod options;
mod packages;

use expect_test::{Expect, expect};

use crate::bundle::without_ignored;
use crate::dialect::Dialect;
use crate::python::{Packages, Reader, Reading, Worker};
use crate::tree::Tree;

/// The findings about `flows/etl.py:etl` of a worker that starts in the bundle's root.
fn found(files: &[(&str, &str)], version: &str) -> String {
    stumbles(files, version, WORKER)
}

fn stumbles(files: &[(&str, &str)], version: &str, worker: Worker<'_>) -> String {
    let (tree, _) = without_ignored(Tree::of_texts(files.iter().copied()));
    let reading = Reading::new(Dialect::new(version).unwrap());
    let mut reader = Reader::new(&tree, &reading);
    let found = reader.stumbles("flows/etl.py", "etl", worker);
    let hint = |it: Option<String>| it.unwrap_or_default();
    let line = |it: crate::diagnostic::Diagnostic| {
        let at = format!("{}:{}:{}", it.at.file, it.at.line, it.at.column);
        format!("{at} {}: {} [{}]\n", it.code, it.message, hint(it.hint))
    };
    found.into_iter().map(line).collect()
}

fn check(files: &[(&str, &str)], want: Expect) {
    want.assert_eq(&found(files, "3.9"));
}

fn nothing(files: &[(&str, &str)]) {
    assert_eq!(found(files, "3.9"), "");
}

const WORKER: Worker<'_> = Worker { start: "", packages: Packages::Bundle };

const FLOW: &str = "from prefect import flow\n@flow\ndef etl():\n    pass\n";

/// The flow with `before` at the top of its file.
fn with(before: &str) -> String {
    format!("{before}\n{FLOW}")
}

#[test]
fn a_removed_import_is_named_with_what_replaces_it() {
    let old = with(
        "from prefect.orion.schemas.schedules import CronSchedule\nfrom prefect.filesystems import Azure\nimport prefect.docker",
    );
    check(
        &[("flows/etl.py", &old)],
        expect![[r#"
            flows/etl.py:1:45 removed-import: Prefect 3 has no `prefect.orion.schemas.schedules`: runs fail on this import [import it from prefect.client.schemas.schedules]
            flows/etl.py:2:33 removed-import: Prefect 3 has no `prefect.filesystems.Azure`: runs fail on this import [use prefect_azure.AzureBlobStorageContainer]
        "#]],
    );
    let two = found(&[("flows/etl.py", &old)], "2.20");
    assert!(two.contains("Prefect 2 has no `prefect.docker`"), "{two}");
    assert!(!two.contains("Azure"), "{two}");
}

#[test]
fn an_import_that_may_fail_is_left_alone() {
    let text =
        with("try:\n    from prefect.orion import x\nexcept ImportError:\n    import prefect");
    nothing(&[("flows/etl.py", &text)]);
}

#[test]
fn a_module_that_workers_do_not_find_is_named_with_its_place() {
    let text = with(
        "from helpers import clean\nfrom ..up import x\nimport secret_keys\nimport near\nimport lib.helpers",
    );
    check(
        &[
            ("flows/etl.py", &text),
            ("flows/near.py", ""),
            ("lib/helpers.py", ""),
            ("secret_keys.py", ""),
            (".prefectignore", "secret_keys.py"),
        ],
        expect![[r#"
            flows/etl.py:1:21 unresolved-import: workers do not find `helpers`: it is `lib/helpers.py` [they look in `flows/` and the root]
            flows/etl.py:2:18 unresolved-import: a flow's file is imported alone: `..` leads to nothing on a worker [import it by its name from the worker's folder: `from package.module import …`]
            flows/etl.py:3:8 unresolved-import: `secret_keys.py` is excluded by .prefectignore, so workers do not have it [take its pattern out of .prefectignore]
        "#]],
    );
}

#[test]
fn a_module_at_the_root_is_not_found_from_a_folder() {
    let text = with("from common import X\nfrom lib import tools\nfrom lib.tools import y");
    let files =
        [("flows/etl.py", text.as_str()), ("common.py", "X = 1"), ("lib/tools.py", "y = 1")];
    let inside = Worker { start: "flows/", ..WORKER };
    expect![[r#"
        flows/etl.py:1:20 unresolved-import: workers do not find `common`: it is `common.py` [they look in `flows/`]
        flows/etl.py:2:17 unresolved-import: workers do not find `lib`: it is `lib/tools.py` [they look in `flows/`]
        flows/etl.py:3:23 unresolved-import: workers do not find `lib`: it is `lib/tools.py` [they look in `flows/`]
    "#]]
    .assert_eq(&stumbles(&files, "3.9", inside));
    nothing(&files);
}

#[test]
fn a_module_that_may_be_installed_or_found_otherwise_is_left_alone() {
    let helpers = with("from helpers import clean");
    let moved = with("import sys\nsys.path.append('lib')\nfrom helpers import clean");
    nothing(&[("flows/etl.py", &moved), ("lib/helpers.py", "")]);
    for (other, text) in [
        ("pyproject.toml", ""),
        ("requirements.txt", "helpers==1.0"),
        ("requirements.txt", "-e ./lib"),
    ] {
        nothing(&[("flows/etl.py", &helpers), ("lib/helpers.py", ""), (other, text)]);
    }
}

#[test]
fn a_name_that_a_module_does_not_have_is_told_with_the_near_miss() {
    let text = with(
        "from near import cleen\nfrom lib import other\nfrom lib.two import x\nfrom . import near",
    );
    check(
        &[
            ("flows/etl.py", &text),
            ("flows/near.py", "def clean():\n    pass\n"),
            ("lib/other.py", ""),
            ("lib/two.py", "if True:\n    x = 1\n"),
        ],
        expect![[r#"
            flows/etl.py:1:18 unresolved-import: `flows/near.py` has no `cleen`: runs fail on this import [did you mean `clean`?]
        "#]],
    );
}

#[test]
fn a_module_that_may_bind_any_name_is_left_alone() {
    let text = with("from near import x");
    for near in [
        "from os import *",
        "def __getattr__(name):\n    return 1",
        "def f():\n    global x\n    x = 1",
    ] {
        nothing(&[("flows/etl.py", &text), ("flows/near.py", near)]);
    }
}

#[test]
fn a_type_for_type_checkers_only_is_named_where_it_is_used() {
    let hidden = "from __future__ import annotations\nfrom typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    from decimal import Decimal\n    from uuid import UUID\n";
    let flow = "from prefect import flow\n@flow\ndef etl(a: list[Decimal], b: int):\n    pass\n";
    check(
        &[("flows/etl.py", &format!("{hidden}{flow}"))],
        expect![[r#"
            flows/etl.py:8:12 type-checking-name: `Decimal` is imported for type checkers only: Prefect cannot read this type [import it outside of `if TYPE_CHECKING`]
        "#]],
    );
    nothing(&[("flows/etl.py", &format!("{hidden}from decimal import Decimal\n{flow}"))]);
}

#[test]
fn a_flow_that_is_used_on_import_is_named_with_what_becomes_of_it() {
    let calls = format!(
        "{FLOW}etl()\nx = etl()\netl.serve()\netl.deploy('d')\nimport asyncio\nasyncio.run(etl())\n"
    );
    let several = "from prefect import deploy, serve\nserve(etl.to_deployment('d'))\ndeploy()\n";
    let files = [("flows/etl.py", format!("{calls}{several}"))];
    let files: Vec<(&str, &str)> =
        files.iter().map(|(path, text)| (*path, text.as_str())).collect();
    check(
        &files,
        expect![[r#"
            flows/etl.py:5:1 flow-called-on-import: `etl` runs each time that a worker imports this file [put it below `if __name__ == "__main__":`]
            flows/etl.py:6:5 flow-called-on-import: `etl` runs each time that a worker imports this file [put it below `if __name__ == "__main__":`]
            flows/etl.py:7:1 flow-called-on-import: `etl.serve` waits for runs, so that a worker's import of this file never ends [put it below `if __name__ == "__main__":`]
            flows/etl.py:8:1 flow-called-on-import: `etl.deploy` registers anew each time that a worker imports this file [put it below `if __name__ == "__main__":`]
            flows/etl.py:10:1 flow-called-on-import: `etl` runs each time that a worker imports this file [put it below `if __name__ == "__main__":`]
            flows/etl.py:12:1 flow-called-on-import: `serve` waits for runs, so that a worker's import of this file never ends [put it below `if __name__ == "__main__":`]
            flows/etl.py:13:1 flow-called-on-import: `deploy` registers anew each time that a worker imports this file [put it below `if __name__ == "__main__":`]
        "#]],
    );
    let two = found(&files, "2.20");
    let two: Vec<&str> = two.lines().filter(|it| it.contains("Prefect 2")).collect();
    expect![[r#"
        flows/etl.py:5:1 flow-called-on-import: Prefect 2 does not run `etl` while a worker imports this file: this is None [put it below `if __name__ == "__main__":`]
        flows/etl.py:6:5 flow-called-on-import: Prefect 2 does not run `etl` while a worker imports this file: this is None [put it below `if __name__ == "__main__":`]
        flows/etl.py:10:1 flow-called-on-import: Prefect 2 does not run `etl` while a worker imports this file: this is no coroutine, so that the import fails [put it below `if __name__ == "__main__":`]"#]].assert_eq(&two.join("\n"));
}

#[test]
fn a_flow_that_is_only_named_on_import_is_left_alone() {
    let guarded = format!(
        "{FLOW}if __name__ == '__main__':\n    etl()\nlater = etl.with_options(name='x')\nprint(etl)\n"
    );
    let own = format!("def serve(x):\n    pass\n{FLOW}serve(etl)\nx = etl.to_deployment('d')\n");
    nothing(&[("flows/etl.py", &guarded)]);
    nothing(&[("flows/etl.py", &own)]);
}

#[test]
fn it_is_said_once() {
    let text = format!("{FLOW}etl()\n");
    let tree = Tree::of_texts([("flows/etl.py", text.as_str())]);
    let reading = Reading::new(Dialect::new("3.9").unwrap());
    let mut reader = Reader::new(&tree, &reading);
    assert_eq!(reader.stumbles("flows/etl.py", "etl", WORKER).len(), 1);
    assert_eq!(reader.stumbles("flows/etl.py", "etl", WORKER), []);
}
