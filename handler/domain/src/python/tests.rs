//! What is read from a file, and what is said about faults.

mod branches;
mod budget;
mod defaults;
mod definitions;
mod depth;
mod enumerations;
mod functions;
mod generics;
mod golden;
mod instances;
mod mappings;
mod modules;
mod names;
mod older;
mod operators;
mod packages;
mod records;
mod references;
mod special;
mod stars;
mod type_parameters;
mod types;
mod values;
mod variables;

use expect_test::{Expect, expect};

use super::*;

fn check(text: &str, function: &str, want: Expect) {
    let tree = Tree::of_texts([("f.py", text)]);
    let (facts, found) = flow(&tree, "f.py", function, Dialect::new("3.9.1").unwrap());
    let mut out = facts
        .map(|it| format!("{} {:?} {}\n", it.name, it.description, it.parameter_openapi_schema))
        .unwrap_or_default();
    for it in found {
        out += &[
            it.at.line.to_string(),
            it.at.column.to_string(),
            it.message,
            it.hint.unwrap_or_default(),
        ]
        .join(":");
        out.push('\n');
    }
    want.assert_eq(&out);
}

#[test]
fn google_docstrings_describe_parameters() {
    let text = "from prefect import flow\n@flow(name='Load it')\nasync def load(n: int = 1):\n    \"\"\"Loads.\n\n    Args:\n        n (int): how many,\n            really\n    \"\"\"\n";
    check(
        text,
        "load",
        expect![[r#"
        Load it Some("Loads.\n\nArgs:\n    n (int): how many,\n        really") {"title":"Parameters","type":"object","properties":{"n":{"default":1,"description":"how many,\nreally","position":0,"title":"n","type":"integer"}}}
    "#]],
    );
}

#[test]
fn a_method_is_named_with_its_class() {
    check(
        "import prefect\nclass Jobs:\n    @prefect.flow\n    def nightly(self, x: int): ...\n",
        "Jobs.nightly",
        expect![[r#"
        nightly None {"title":"Parameters","type":"object","properties":{"x":{"position":1,"title":"x","type":"integer"}},"required":["x"]}
    "#]],
    );
}

#[test]
fn a_missing_flow_names_the_near_miss() {
    check(
        "from prefect import flow\n@flow\ndef load_data(): ...\n",
        "load-data",
        expect![[r#"
        1:1:f.py has no function `load-data`:did you mean `load_data`?
    "#]],
    );
}

#[test]
fn a_missing_flow_says_which_there_are() {
    let text = "from prefect import flow\n@flow\ndef load(): ...\n@flow\ndef save(): ...\n";
    check(
        text,
        "sav",
        expect![[r#"
        1:1:f.py has no function `sav`:did you mean `save`? its flows are: load, save
    "#]],
    );
    check(
        text,
        "main",
        expect![[r#"
        1:1:f.py has no function `main`:its flows are: load, save
    "#]],
    );
    check(
        "def load(): ...\n",
        "main",
        expect![[r#"
        1:1:f.py has no function `main`:the file has no flow
    "#]],
    );
}

#[test]
fn a_method_without_its_class_is_a_near_miss() {
    let head = "from prefect import flow\nclass Jobs:\n    @flow\n    def nightly(self): ...\n";
    let many: String =
        (0..12).map(|it| ["@flow\ndef f", &it.to_string(), "(): ...\n"].concat()).collect();
    check(
        &[head, &many].concat(),
        "nightly",
        expect![[r#"
        1:1:f.py has no function `nightly`:did you mean `Jobs.nightly`? its flows are: Jobs.nightly, f0, f1, f2, f3, f4, f5, f6, f7, f8 and 3 more
    "#]],
    );
}

#[test]
fn a_function_without_the_decorator_is_no_flow() {
    check(
        "def load(): ...\n",
        "load",
        expect![[r#"
        1:5:`load` is no flow:put `@flow` above it, from prefect import flow
    "#]],
    );
}

#[test]
fn a_syntax_error_has_its_place() {
    check(
        "def load(:\n    pass\n",
        "load",
        expect![[r#"
        1:10:Expected a parameter or the end of the parameter list:
        1:11:Expected `)`, found newline:
    "#]],
    );
}

#[test]
fn what_cannot_be_read_is_a_warning_at_its_place() {
    check(
        "from prefect import flow\nimport polars as pl\n@flow\ndef f(x: pl.DataFrame, y=load()): ...\n",
        "f",
        expect![[r#"
            f None {"title":"Parameters","type":"object","properties":{"x":{"position":0,"title":"x"},"y":{"default":null,"position":1,"title":"y"}},"required":["x"]}
            4:10:the type `polars.DataFrame` is not known here; parameter `x` takes anything:`polars` is not installed where Prefect reads this file: name its package in requirements.txt
            4:26:this default cannot be read without running it; it is shown as null:`polars` is not installed where Prefect reads this file: name its package in requirements.txt
        "#]],
    );
}

#[test]
fn names_that_repeat_names_do_not_fill_the_memory() {
    let mut text = "from prefect import flow\na0 = [1]\n".to_owned();
    for level in 1..30 {
        text += &[
            "a",
            &level.to_string(),
            " = [",
            &["a", &(level - 1).to_string(), ","].concat().repeat(10),
            "]\n",
        ]
        .concat();
    }
    text += "@flow\ndef f(x=a29): ...\n";
    let tree = Tree::of_texts([("f.py", text.as_str())]);
    let (facts, found) = flow(&tree, "f.py", "f", Dialect::new("3.9.1").unwrap());
    assert!(facts.unwrap().parameter_openapi_schema["properties"]["x"]["default"].is_null());
    assert_eq!(found[0].code, "unresolved-default");
}

#[test]
fn variadic_parameters_stand_where_python_has_them() {
    check(
        "from prefect import flow\n@flow\ndef f(a, *args: int, k, **kw): ...\n",
        "f",
        expect![[r#"
            f None {"title":"Parameters","type":"object","properties":{"a":{"position":0,"title":"a"},"args":{"default":[],"items":{"type":"integer"},"position":1,"title":"args","type":"array"},"k":{"position":2,"title":"k"},"kw":{"additionalProperties":true,"default":{},"position":3,"title":"kw","type":"object"}},"required":["a","k"]}
        "#]],
    );
}

#[test]
fn parameters_named_self_are_left_out_by_3_wherever_they_stand() {
    let text = "from prefect import flow\n@flow\ndef f(a, self, *, cls=1, b): ...\n";
    check(
        text,
        "f",
        expect![[r#"
        f None {"title":"Parameters","type":"object","properties":{"a":{"position":0,"title":"a"},"b":{"position":3,"title":"b"}},"required":["a","b"]}
    "#]],
    );
    let tree = Tree::of_texts([("f.py", text)]);
    let (facts, _) = flow(&tree, "f.py", "f", Dialect::new("2.20.27").unwrap());
    expect![[r#"{"title":"Parameters","type":"object","properties":{"a":{"position":0,"title":"a"},"self":{"position":1,"title":"self"},"cls":{"default":1,"position":2,"title":"cls"},"b":{"position":3,"title":"b"}},"required":["a","self","b"]}"#]].assert_eq(&facts.unwrap().parameter_openapi_schema.to_string());
}

#[test]
fn lines_end_as_python_reads_them() {
    let text = r#"from prefect import flow
T = 'a\r\n'
@flow
def f(a="""x
y""", b=T, c=f"""{T}
"""):
    """Doc.

    Args:
        a: first
            second
    """
"#;
    check(
        &text.replace('\n', "\r\n"),
        "f",
        expect![[r#"
        f Some("Doc.\n\nArgs:\n    a: first\n        second") {"title":"Parameters","type":"object","properties":{"a":{"default":"x\ny","description":"first\nsecond","position":0,"title":"a"},"b":{"default":"a\r\n","position":1,"title":"b"},"c":{"default":"a\r\n\n","position":2,"title":"c"}}}
    "#]],
    );
}
