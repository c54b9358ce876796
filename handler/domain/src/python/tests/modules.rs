//! Names that a flow's file imports from the bundle.

use expect_test::{Expect, expect};

use super::super::*;
use crate::names::SourceRoot;

/// The schema of the flow `f` of `path` among `files`, without what every parameter has, and what is said about it.
pub(super) fn check(path: &str, files: &[(&str, &str)], want: Expect) {
    want.assert_eq(&shown(path, files));
}

pub(super) fn shown(path: &str, files: &[(&str, &str)]) -> String {
    let tree = Tree::of_texts(files.iter().copied());
    let (facts, found) = flow(&tree, path, "f", Dialect::new("3.9.1").unwrap());
    let schema = facts.map(|it| it.parameter_openapi_schema).unwrap_or_default();
    let mut out = format!("{} {}\n", schema["properties"], schema["definitions"]);
    for it in found {
        out += &[&it.at.file, ":", &it.at.line.to_string(), " ", &it.message, "\n"].concat();
    }
    out
}

const COMMON: &str = "
from enum import Enum
from typing import Optional
from datetime import timedelta
class Mode(Enum):
    FULL = 'full'
Ids = list[int]
LIMIT = 5
DAY = timedelta(days=1)
Modes = Optional[Mode]
";

#[test]
fn names_of_a_module_beside_the_file_are_followed() {
    check(
        "jobs/f.py",
        &[
            (
                "jobs/f.py",
                "from prefect import flow\nfrom common import Ids, Mode as M, LIMIT\nimport common as c\n@flow\ndef f(a: Ids, b: M = M.FULL, d=LIMIT, e: c.Modes = c.Mode.FULL, g=c.DAY): ...\n",
            ),
            ("jobs/common.py", COMMON),
        ],
        expect![[r##"
            {"a":{"items":{"type":"integer"},"position":0,"title":"a","type":"array"},"b":{"$ref":"#/definitions/Mode","default":"full","position":1,"title":"b"},"d":{"default":5,"position":2,"title":"d"},"e":{"anyOf":[{"$ref":"#/definitions/Mode"},{"type":"null"}],"default":"full","position":3,"title":"e"},"g":{"default":"P1D","position":4,"title":"g"}} {"Mode":{"type":"string","enum":["full"],"title":"Mode"}}
        "##]],
    );
}

#[test]
fn names_of_a_package_at_the_root_are_followed() {
    check(
        "flows/f.py",
        &[
            (
                "flows/f.py",
                "from prefect import flow\nimport flows.common\nfrom flows import Mode\n@flow\ndef f(a: flows.common.Ids, b: Mode, c=flows.common.LIMIT): ...\n",
            ),
            ("flows/__init__.py", "from .common import *\n"),
            ("flows/common.py", COMMON),
        ],
        expect![[r##"
            {"a":{"items":{"type":"integer"},"position":0,"title":"a","type":"array"},"b":{"$ref":"#/definitions/Mode","position":1,"title":"b"},"c":{"default":5,"position":2,"title":"c"}} {"Mode":{"type":"string","enum":["full"],"title":"Mode"}}
        "##]],
    );
}

#[test]
fn relative_imports_are_followed() {
    check(
        "a/b/f.py",
        &[
            (
                "a/b/f.py",
                "from prefect import flow\nfrom . import one\nfrom .one import LIMIT\nfrom ..two import Ids\n@flow\ndef f(x: Ids, y=LIMIT, z=one.LIMIT): ...\n",
            ),
            ("a/b/one.py", "LIMIT = 1\n"),
            ("a/two.py", "Ids = list[int]\n"),
        ],
        expect![[r#"
            {"x":{"position":0,"title":"x"},"y":{"default":1,"position":1,"title":"y"},"z":{"default":1,"position":2,"title":"z"}} null
            a/b/f.py:6 the type `Ids` is not known here; parameter `x` takes anything
        "#]],
    );
}

#[test]
fn an_import_that_is_passed_on_is_what_it_was() {
    check(
        "f.py",
        &[
            (
                "f.py",
                "from base import flow, Opt, day\n@flow\ndef f(x: Opt[int], y: day.date): ...\n",
            ),
            (
                "base.py",
                "from prefect import flow\nfrom typing import Optional as Opt\nimport datetime as day\n",
            ),
        ],
        expect![[r##"
            {"x":{"anyOf":[{"type":"integer"},{"type":"null"}],"position":0,"title":"x"},"y":{"format":"date","position":1,"title":"y","type":"string"}} null
        "##]],
    );
}

#[test]
fn what_the_bundle_does_not_explain_is_said() {
    check(
        "f.py",
        &[
            (
                "f.py",
                "from prefect import flow\nfrom common import Missing\nfrom broken import X\nfrom elsewhere import Y\n@flow\ndef f(x: Missing, y: X, z=Y): ...\n",
            ),
            ("common.py", COMMON),
            ("broken.py", "def x(:\n"),
        ],
        expect![[r##"
            {"x":{"position":0,"title":"x"},"y":{"position":1,"title":"y"},"z":{"default":null,"position":2,"title":"z"}} null
            f.py:6 the type `common.Missing` is not known here; parameter `x` takes anything
            f.py:6 the type `broken.X` is not known here; parameter `y` takes anything
            f.py:6 this default cannot be read without running it; it is shown as null
        "##]],
    );
}

#[test]
fn imports_in_a_circle_end() {
    check(
        "f.py",
        &[
            (
                "f.py",
                "from prefect import flow\nfrom a import X\nfrom b import *\n@flow\ndef f(x: X, y: Z): ...\n",
            ),
            ("a.py", "from b import X\n"),
            ("b.py", "from a import X\nfrom a import *\nfrom b import *\n"),
        ],
        expect![[r##"
            {"x":{"position":0,"title":"x"},"y":{"position":1,"title":"y"}} null
            f.py:5 the type `b.X` is not known here; parameter `x` takes anything
            f.py:5 the type `Z` is not known here; parameter `y` takes anything
        "##]],
    );
}

#[test]
fn a_file_named_as_an_installed_module_does_not_stand_in_for_it() {
    check(
        "prefect/f.py",
        &[
            (
                "prefect/f.py",
                "from prefect import flow\nfrom typing import Optional\n@flow\ndef f(x: Optional[int]): ...\n",
            ),
            ("prefect/__init__.py", "flow = 1\n"),
            ("prefect/typing.py", "Optional = str\n"),
        ],
        expect![[r##"
            {"x":{"anyOf":[{"type":"integer"},{"type":"null"}],"position":0,"title":"x"}} null
        "##]],
    );
}

#[test]
fn two_classes_of_one_name_are_not_mixed_up() {
    check(
        "f.py",
        &[
            (
                "f.py",
                "from prefect import flow\nimport a, b\n@flow\ndef f(x: a.Mode, y: b.Mode): ...\n",
            ),
            ("a.py", "from enum import Enum\nclass Mode(Enum):\n    A = 1\n"),
            ("b.py", "from enum import Enum\nclass Mode(Enum):\n    B = 2\n"),
        ],
        expect![[r##"
            {"x":{"$ref":"#/definitions/a__Mode","position":0,"title":"x"},"y":{"$ref":"#/definitions/b__Mode","position":1,"title":"y"}} {"a__Mode":{"type":"integer","enum":[1],"title":"Mode"},"b__Mode":{"type":"integer","enum":[2],"title":"Mode"}}
        "##]],
    );
}

#[test]
fn modules_are_looked_for_in_the_source_roots_that_are_set() {
    let files = [
        ("f.py", "from prefect import flow\nfrom common import Ids\n@flow\ndef f(a: Ids): ...\n"),
        ("lib/common.py", COMMON),
    ];
    let tree = Tree::of_texts(files);
    let known = |roots: &[&str]| {
        let source_roots = roots.iter().map(|it| SourceRoot::new(*it).unwrap()).collect();
        let dialect = Dialect::new("3.9.1").unwrap();
        let reading = Reading { source_roots, ..Reading::new(dialect) };
        Reader::new(&tree, &reading).flow("f.py", "f").1.is_empty()
    };
    assert!(known(&["src", "./lib/"]));
    assert!(!known(&["src"]));
}

#[test]
fn a_file_that_imports_hundreds_of_modules_is_read_with_all_of_them() {
    let module = |at| (format!("m/mod_{at}.py"), format!("type Ids{at} = list[int]\nN = {at}\n"));
    let mut files: Vec<(String, String)> = (0..300).map(module).collect();
    let imports = (0..300).map(|at| format!("from m.mod_{at} import Ids{at}, N as N{at}\n"));
    let flow = "from prefect import flow\n@flow\ndef f(a: Ids299, n: int = N299): ...\n";
    files.push(("f.py".to_owned(), imports.collect::<String>() + flow));
    let tree = Tree::of_texts(files.iter().map(|(path, text)| (path.as_str(), text.as_str())));
    let (facts, found) = flow_of(&tree);
    assert_eq!(found, []);
    let schema = facts.unwrap().parameter_openapi_schema;
    assert_eq!(schema["properties"]["n"]["default"], 299);
    assert_eq!(schema["properties"]["a"]["$ref"], "#/definitions/Ids299");
}

fn flow_of(tree: &Tree) -> (Option<FlowFacts>, Vec<Diagnostic>) {
    flow(tree, "f.py", "f", Dialect::new("3.9.1").unwrap())
}
