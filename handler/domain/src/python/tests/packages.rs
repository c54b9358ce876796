//! A module of the bundle that imports a package: whether it can be imported is whether the package is there.

use expect_test::expect;

use super::modules::shown;
use crate::diagnostic::Diagnostic;
use crate::dialect::Dialect;
use crate::python::flow;
use crate::tree::Tree;

const FLOW: &str = "from prefect import flow\nfrom models import LIMIT, Mode\n@flow\ndef f(a: Mode, b=LIMIT): ...\n";

/// What is read of a flow whose types lie beside `import PACKAGE`, in a bundle with `more`.
fn read(package: &str, more: &[(&str, &str)]) -> String {
    let models = format!(
        "from enum import Enum\nimport {package}\nclass Mode(Enum):\n    FULL = 'full'\nLIMIT = 5\n"
    );
    let files = [("f.py", FLOW), ("models.py", models.as_str())];
    shown("f.py", &[&files, more].concat())
}

#[test]
fn a_package_that_nothing_asks_for_is_not_there() {
    expect![[r#"
        {"a":{"position":0,"title":"a"},"b":{"default":null,"position":1,"title":"b"}} null
        f.py:4 the type `Mode` is not known here; parameter `a` takes anything
        f.py:4 this default cannot be read without running it; it is shown as null
    "#]]
    .assert_eq(&read("snowflake.connector", &[]));
}

#[test]
fn packages_that_are_usual_or_asked_for_are_there() {
    let known = read("enum", &[]);
    expect![[r##"
        {"a":{"$ref":"#/definitions/Mode","position":0,"title":"a"},"b":{"default":5,"position":1,"title":"b"}} {"Mode":{"type":"string","enum":["full"],"title":"Mode"}}
    "##]].assert_eq(&known);
    for package in ["pandas", "numpy.typing", "httpx"] {
        assert_eq!(read(package, &[]), known, "{package}");
    }
    for list in [
        ("requirements.txt", "snowflake-connector-python==3.1\n"),
        ("pyproject.toml", "[project]\ndependencies = ['Snowflake_Connector_Python>=3']\n"),
    ] {
        assert_eq!(read("snowflake.connector", &[list]), known, "{list:?}");
    }
}

/// The hints of what is said about the flow `f` of `f.py`.
fn hints(files: &[(&str, &str)]) -> String {
    let tree = Tree::of_texts(files.iter().copied());
    let (_, found) = flow(&tree, "f.py", "f", Dialect::new("3.9.1").unwrap());
    let line = |it: Diagnostic| format!("{}: {}\n", it.code, it.hint.unwrap_or_default());
    found.into_iter().map(line).collect()
}

#[test]
fn what_is_not_known_because_of_a_package_names_it() {
    let through = "from prefect import flow\nimport middle\n@flow\ndef f(a: middle.Mode): ...\n";
    let all = [
        hints(&[
            ("f.py", FLOW),
            ("models.py", "import snowflake.connector\nclass Mode: ...\nLIMIT = 5\n"),
        ]),
        hints(&[
            ("f.py", through),
            ("middle.py", "from models import Mode\n"),
            ("models.py", "from torch import nn\nclass Mode: ...\n"),
        ]),
        hints(&[(
            "f.py",
            "import torch\nfrom polars import DataFrame\nfrom prefect import flow\n@flow\ndef f(a: list[DataFrame], b: torch.Tensor): ...\n",
        )]),
    ];
    expect![[r#"
        unresolved-annotation: `snowflake` is not installed where Prefect reads this file: name its package in requirements.txt
        unresolved-default: `snowflake` is not installed where Prefect reads this file: name its package in requirements.txt

        unresolved-annotation: `torch` is not installed where Prefect reads this file: name its package in requirements.txt

        unresolved-annotation: `polars` is not installed where Prefect reads this file: name its package in requirements.txt
        unresolved-annotation: `torch` is not installed where Prefect reads this file: name its package in requirements.txt
    "#]].assert_eq(&all.join("\n"));
}

#[test]
fn what_is_not_known_for_another_reason_has_no_such_hint() {
    let caught = "try:\n    import torch\nexcept ImportError:\n    torch = None\n";
    let flow = "from prefect import flow\n@flow\ndef f(a: Missing): ...\n";
    assert_eq!(hints(&[("f.py", flow)]), "unresolved-annotation: \n");
    assert_eq!(hints(&[("f.py", &[caught, flow].concat())]), "unresolved-annotation: \n");
    let broken = [caught, "from models import gone\n", flow].concat();
    assert_eq!(hints(&[("f.py", &broken), ("models.py", "")]), "unresolved-annotation: \n");
}
