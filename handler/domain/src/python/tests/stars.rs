//! `from … import *`.

use expect_test::expect;

use super::modules::check;

#[test]
fn stars_of_stars_end() {
    let star: String = (0..12)
        .flat_map(|it| ["from m".to_owned(), it.to_string(), " import *\n".to_owned()])
        .collect();
    let flow = format!("from prefect import flow\n{star}@flow\ndef f(x: Missing): ...\n");
    let names: Vec<String> = (0..12).map(|it| format!("m{it}.py")).collect();
    let mut files = vec![("f.py", flow.as_str())];
    files.extend(names.iter().map(|it| (it.as_str(), star.as_str())));
    check(
        "f.py",
        &files,
        expect![[r#"
        {"x":{"position":0,"title":"x"}} null
        f.py:15 the type `Missing` is not known here; parameter `x` takes anything
    "#]],
    );
}

#[test]
fn stars_of_installed_modules_are_known() {
    check(
        "f.py",
        &[(
            "f.py",
            "from prefect import *\nfrom typing import *\nfrom enum import *\nfrom datetime import *\nfrom pydantic import *\nclass M(BaseModel):\n    a: Optional[date] = None\nclass E(Enum):\n    A = auto()\n@flow\ndef f(x: List[M], y: E = E.A, z: timedelta = timedelta(1), w: Literal['a'] = 'a', v: deque = None): ...\n",
        )],
        expect![[r##"
            {"x":{"items":{"$ref":"#/definitions/M"},"position":0,"title":"x","type":"array"},"y":{"$ref":"#/definitions/E","default":1,"position":1,"title":"y"},"z":{"default":"P1D","format":"duration","position":2,"title":"z","type":"string"},"w":{"const":"a","default":"a","position":3,"title":"w","type":"string"},"v":{"default":null,"position":4,"title":"v"}} {"E":{"type":"integer","enum":[1],"title":"E"},"M":{"properties":{"a":{"anyOf":[{"format":"date","type":"string"},{"type":"null"}],"default":null,"title":"A"}},"title":"M","type":"object"}}
            f.py:11 the type `deque` is not known here; parameter `v` takes anything
        "##]],
    );
}

#[test]
fn a_star_gives_what_its_module_lists() {
    check(
        "f.py",
        &[
            (
                "f.py",
                "from prefect import flow\nfrom a import *\nfrom b import *\n@flow\ndef f(x: _X, y: Y, z=Z, w=_W): ...\n",
            ),
            ("a.py", "__all__ = ['_X', 'Z']\n_X = int\nY = int\nZ = 1\n"),
            ("b.py", "_W = 1\n"),
        ],
        expect![[r#"
            {"x":{"position":0,"title":"x","type":"integer"},"y":{"position":1,"title":"y"},"z":{"default":1,"position":2,"title":"z"},"w":{"default":null,"position":3,"title":"w"}} null
            f.py:5 the type `Y` is not known here; parameter `y` takes anything
            f.py:5 this default cannot be read without running it; it is shown as null
        "#]],
    );
}
