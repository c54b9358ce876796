//! Defaults that depend on the environment.

use expect_test::expect;

use super::super::*;
use super::defaults;

#[test]
fn a_default_from_the_environment_is_that_without_it() {
    defaults::check(
        "import os\nfrom os import environ, getenv\nHOST = os.getenv('HOST')\nPORT = int(os.environ.get('PORT', '80'))",
        &[
            "os.getenv('X')",
            "getenv('X', 'd')",
            "getenv('X', default='d')",
            "os.environ['X']",
            "environ.get('X')",
            "os.getenv('X') or os.getenv('Y') or 'd'",
            "HOST",
            "PORT",
            "f'{HOST}:{PORT}'",
            "os.getenv(name())",
        ],
        expect![[r#"
            os.getenv('X') -> null (this default depends on the environment variable `X`, not known here; it is shown as null)
            getenv('X', 'd') -> "d" (this default depends on the environment variable `X`; it is shown as it is without)
            getenv('X', default='d') -> "d" (this default depends on the environment variable `X`; it is shown as it is without)
            os.environ['X'] -> null (this default depends on the environment variable `X`, not known here; it is shown as null)
            environ.get('X') -> null (this default depends on the environment variable `X`, not known here; it is shown as null)
            os.getenv('X') or os.getenv('Y') or 'd' -> "d" (this default depends on the environment variables `X`, `Y`; it is shown as it is without)
            HOST -> null (this default depends on the environment variable `HOST`, not known here; it is shown as null)
            PORT -> 80 (this default depends on the environment variable `PORT`; it is shown as it is without)
            f'{HOST}:{PORT}' -> "None:80" (this default depends on the environment variables `HOST`, `PORT`; it is shown as it is without)
            os.getenv(name()) -> ?
        "#]],
    );
}

#[test]
fn what_the_environment_decides_is_told_at_its_place() {
    let text =
        "import os\nfrom prefect import flow\n@flow\ndef f(a=1, b=os.environ['HOST']): ...\n";
    let tree = Tree::of_texts([("f.py", text)]);
    let (_, found) = flow(&tree, "f.py", "f", Dialect::new("3.9.1").unwrap());
    let it = &found[0];
    let told = format!("{}:{} {} {:?}", it.at.line, it.at.column, it.message, it.hint);
    expect![[r#"4:14 this default depends on the environment variable `HOST`, not known here; it is shown as null Some("write a default, `os.getenv(\"HOST\", …)`, or set it under `parameters`")"#]].assert_eq(&told);
}

#[test]
fn a_name_from_the_environment_is_that_without_it_and_an_error_where_there_is_none() {
    let read = |name: &str| {
        let text =
            format!("import os\nfrom prefect import flow\n@flow(name={name})\ndef f(): ...\n");
        let tree = Tree::of_texts([("f.py", text.as_str())]);
        let (facts, found) = flow(&tree, "f.py", "f", Dialect::new("3.9.1").unwrap());
        (facts.map(|it| it.name), found[0].code)
    };
    let default = Some("sync-eu".to_owned());
    assert_eq!(read("f\"sync-{os.getenv('R', 'eu')}\""), (default, "flow-text"));
    for missing in ["os.environ['R']", "f\"sync-{os.getenv('R')}\""] {
        assert_eq!(read(missing), (None, "flow-argument"), "{missing}");
    }
}

#[test]
fn a_default_that_holds_the_path_of_the_bundle_is_told() {
    let text = "
import os
from pathlib import Path
from prefect import flow
HERE = os.path.dirname(__file__)
@flow
def f(a: str = os.path.join(HERE, 'x'), b: list = [HERE], c: str = Path(__file__).name, d: str = '/srv/other'): ...
";
    let tree = Tree::of_texts([("f.py", text)]);
    let (facts, found) = flow(&tree, "f.py", "f", Dialect::new("3.9.1").unwrap());
    let properties = facts.unwrap().parameter_openapi_schema["properties"].clone();
    assert_eq!((&properties["c"]["default"], found.len()), (&Value::from("f.py"), 2));
    let told = format!("{} {}", found[0].code, found[0].message);
    expect![[r#"environment-default the default of `a` depends on where the bundle lies, not known here; it is shown as if that were `/srv/bundle`"#]].assert_eq(&told);
    assert!(found[1].message.contains("`b`"), "{found:?}");
}
