//! A module of the bundle that imports a package: whether it can be imported is whether the package is there.

use expect_test::expect;

use super::modules::shown;

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
