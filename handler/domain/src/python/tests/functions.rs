//! Flows that an entrypoint finds under a name other than that of their function. Source: Prefect 3.9.1 and 2.20.27.

use expect_test::{Expect, expect};

use super::super::*;

const B: &str = "from prefect import flow\n@flow(name='G flow')\ndef g(x: int):\n    'doc g'\ndef plain(): ...\n";

/// What the entrypoint's function `name` is in `a.py`, beside `b.py`.
fn shown(a: &str, name: &str) -> String {
    let a = ["from prefect import flow\n", a].concat();
    let tree = Tree::of_texts([("a.py", a.as_str()), ("b.py", B)]);
    let (facts, found) = flow(&tree, "a.py", name, Dialect::new("3.9.1").unwrap());
    let fault = |it: &Diagnostic| format!("{}:{} {}", it.at.file, it.at.line, it.message);
    let faults: Vec<String> = found.iter().map(fault).collect();
    let Some(it) = facts else { return faults.concat() };
    let names: Vec<&String> =
        it.parameter_openapi_schema["properties"].as_object().unwrap().keys().collect();
    let version = it.version.get(..4).unwrap_or(&it.version);
    let text = it.description.unwrap_or_default();
    format!(
        "{} {} {names:?} {text:?} {version} {}:{}",
        it.function, it.name, it.at.file, it.at.line
    )
}

fn check(a: &str, names: &[&str], want: Expect) {
    let lines: Vec<String> = names.iter().map(|it| format!("{it}: {}\n", shown(a, it))).collect();
    want.assert_eq(&lines.concat());
}

#[test]
fn a_flow_that_a_call_makes_is_found() {
    check(
        "
def f(x: int = 1):
    'Doc F'
h = flow(f)
k = flow(name='x', description='D')(f)
def two(a): ...
two = flow(two)
o = h.with_options(name='opt', version='9')
p = o.with_options(description='p')
alias = h
bad = f.with_options(name='x')
",
        &["h", "k", "two", "o", "p", "alias", "f", "bad"],
        expect![[r#"
            h: h f ["x"] "Doc F" 0f70 a.py:3
            k: k x ["x"] "D" 0f70 a.py:3
            two: two two ["a"] "" 0f70 a.py:7
            o: o opt ["x"] "Doc F" 9 a.py:3
            p: p opt ["x"] "p" 9 a.py:3
            alias: alias f ["x"] "Doc F" 0f70 a.py:3
            f: a.py:3 `f` is no flow
            bad: a.py:1 a.py has no function `bad`
        "#]],
    );
}

#[test]
fn a_flow_that_is_imported_is_found() {
    check(
        "from b import g, g as gg, plain\nfrom .b import g as h\nimport b\nm = b.g\nmade = flow(b.plain)\nfrom c import k\n",
        &["g", "gg", "h", "m", "made", "plain", "k", "b"],
        expect![[r#"
            g: g G flow ["x"] "doc g" a668 b.py:3
            gg: gg G flow ["x"] "doc g" a668 b.py:3
            h: h G flow ["x"] "doc g" a668 b.py:3
            m: m G flow ["x"] "doc g" a668 b.py:3
            made: made plain [] "" a668 b.py:5
            plain: b.py:5 `plain` is no flow
            k: a.py:1 a.py imports `c.k`, which the bundle does not have
            b: a.py:1 a.py has no function `b`
        "#]],
    );
}

#[test]
fn names_that_name_each_other_end() {
    check(
        "a = b\nb = a\nc = flow(c)\nd = d.with_options()\n",
        &["a", "c", "d"],
        expect![[r#"
        a: a.py:1 a.py has no function `a`
        c: a.py:1 a.py has no function `c`
        d: a.py:1 a.py has no function `d`
    "#]],
    );
}

#[test]
fn flows_that_calls_make_are_listed_in_order() {
    let text = "from prefect import flow\ndef f(): ...\nh = flow(f)\n@flow\ndef g(): ...\nk = flow(name='x')(f)\nn = dict(f)\n";
    let tree = Tree::of_texts([("a.py", text)]);
    let (facts, _) = flows(&tree, "a.py", Dialect::new("3.9.1").unwrap());
    let names: Vec<&str> = facts.iter().map(|it| it.function.as_str()).collect();
    assert_eq!(names, ["h", "g", "k"]);
}

#[test]
fn a_flow_is_made_of_the_class_too() {
    let text = "from prefect import Flow\ndef g(a: int): ...\nf = Flow(fn=g, name='Gee')\n";
    let tree = Tree::of_texts([("f.py", text)]);
    let (facts, _) = flow(&tree, "f.py", "f", Dialect::new("3.9.1").unwrap());
    assert_eq!(facts.map(|it| it.name).as_deref(), Some("Gee"));
}

#[test]
fn prefect_2_loads_no_method() {
    let text = "from prefect import flow\nclass A:\n    @flow\n    def f(self): ...\n";
    let tree = Tree::of_texts([("f.py", text)]);
    let (facts, found) = flow(&tree, "f.py", "A.f", Dialect::new("2.20.27").unwrap());
    assert_eq!((facts, found[0].message.as_str()), (None, "Prefect 2 loads no method: `A.f`"));
}

#[test]
fn a_flow_inside_a_function_is_listed_and_cannot_be_named() {
    let text = "from prefect import flow\ndef make():\n    @flow\n    def inner(a: int): ...\n";
    let tree = Tree::of_texts([("f.py", text)]);
    let dialect = Dialect::new("3.9.1").unwrap();
    assert_eq!(flows(&tree, "f.py", dialect).0[0].function, "inner");
    assert_eq!(flow(&tree, "f.py", "inner", dialect).1[0].code, "flow-not-found");
}

#[test]
fn a_decorator_called_flow_of_a_missing_module_is_taken_for_the_one_of_prefect() {
    let text = "from company.prefect import flow\nfrom company import other\n@flow(log_prints=True)\ndef f(x: int): ...\n@other\ndef g(): ...\n";
    let tree = Tree::of_texts([("a.py", text)]);
    let (flows, found) = flows(&tree, "a.py", Dialect::new("3.9.1").unwrap());
    let [it] = flows.as_slice() else { panic!("{found:?}") };
    let told: Vec<_> = found.iter().map(|it| (it.code, it.at.line)).collect();
    assert_eq!((it.function.as_str(), told), ("f", vec![("foreign-flow", 3)]));
    let [a, b] = ["f", "g"].map(|it| shown(text, it));
    assert!(a.starts_with("f f [\"x\"]") && b.ends_with("`g` is no flow"), "{a} {b}");
}

#[test]
fn a_decorator_that_may_hide_the_function_is_told() {
    check(
        "
import functools
def some(fn):
    def wrapper(*args): ...
    wrapper.__signature__ = fn
    return wrapper
class Logged: ...
def either(fn):
    def wrapper(*args): ...
    return wrapper if fn else fn
def kept(fn):
    @functools.wraps(fn)
    def wrapper(*args): ...
    return wrapper
def bare(fn):
    def wrapper(*args): ...
    return wrapper
@flow
@some
def a(x: int): ...
@flow
@Logged
def b(x: int): ...
@flow
@either
def c(x: int): ...
@flow
@kept
def d(x: int): ...
@flow
@bare
def e(x: int): ...
",
        &["a", "b", "c", "d", "e"],
        expect![[r#"
            a: a a ["x"] "" 2188 a.py:21
            b: b b ["x"] "" 2188 a.py:24
            c: c c ["x"] "" 2188 a.py:27
            d: d d ["x"] "" 2188 a.py:30
            e: e wrapper ["args"] "" 2188 a.py:33
        "#]],
    );
    let told = |text: &str| {
        let tree = Tree::of_texts([("a.py", text)]);
        let (_, found) = flow(&tree, "a.py", "f", Dialect::new("3.9.1").unwrap());
        found.iter().map(|it| format!("{}:{}", it.code, it.at.line)).collect::<Vec<_>>().concat()
    };
    let head = "from prefect import flow\nclass Logged: ...\n@flow\n";
    let tail = "def f(x: int): ...\n";
    expect!["unread-decorator:4"].assert_eq(&told(&[head, "@Logged\n", tail].concat()));
    expect![""].assert_eq(&told(&[head, "@retry(n=1)\n", tail].concat()));
}

#[test]
fn the_version_is_that_of_the_file_whose_code_runs_first() {
    let decorators = "
from functools import wraps
def bare(fn):
    def wrapper(first: int): ...
    return wrapper
def wrapped(fn):
    @wraps(fn)
    def wrapper(*args): ...
    return wrapper
";
    let text = "
import d
from prefect import flow
@flow
@d.bare
def a(x: int): ...
@flow
@d.wrapped
def b(x: int): ...
";
    let tree = Tree::of_texts([("a.py", text), ("d.py", decorators)]);
    for (name, parameter) in [("a", "first"), ("b", "x")] {
        let (facts, found) = flow(&tree, "a.py", name, Dialect::new("3.9.1").unwrap());
        let facts = facts.unwrap();
        assert_eq!(facts.version, file_version(decorators.as_bytes()));
        assert!(facts.parameter_openapi_schema["properties"].get(parameter).is_some());
        assert!(found.is_empty(), "{found:?}");
    }
}

#[test]
fn a_flow_of_a_factory_is_found_by_the_name_that_it_is_given() {
    check(
        "
def make(table, more=None):
    @flow(name=f'load {table}')
    def load(table: str = table, more: list = more or []): ...
    return load
a = make('a')
class Maker:
    def build(self, **options):
        return flow(**options)(self.plain)
    @staticmethod
    def plain(x: int): 'doc'
b = Maker().build(description='said')
",
        &["a", "b"],
        expect![[r#"
            a: a load a ["table", "more"] "" 9fb9 a.py:5
            b: b plain ["x"] "said" 9fb9 a.py:12
        "#]],
    );
}

#[test]
fn a_flow_that_a_condition_makes_is_taken_for_one() {
    let text = "
import os
from prefect import flow as prefect_flow
def none(**options): return lambda fn: fn
if os.getenv('USE') == '1':
    flow = prefect_flow
else:
    flow = none
@flow(name='Chosen')
def f(x: int): ...
";
    let tree = Tree::of_texts([("a.py", text)]);
    let dialect = Dialect::new("3.9.1").unwrap();
    let (facts, found) = flow(&tree, "a.py", "f", dialect);
    let told: Vec<_> = found.iter().map(|it| (it.code, it.at.line)).collect();
    assert_eq!((facts.unwrap().name.as_str(), told), ("Chosen", vec![("unread-decorator", 9)]));
    assert_eq!(flows(&tree, "a.py", dialect).0.len(), 1);
}

#[test]
fn what_is_spread_into_a_flow_and_not_known_is_told() {
    let text = "from prefect import flow\nfrom company import settings\n@flow(**settings())\ndef f(): ...\n";
    let tree = Tree::of_texts([("a.py", text)]);
    let (facts, found) = flow(&tree, "a.py", "f", Dialect::new("3.9.1").unwrap());
    let told: Vec<_> = found.iter().map(|it| it.code).collect();
    assert_eq!((facts.unwrap().name.as_str(), told), ("f", vec!["flow-text"; 3]));
}

#[test]
fn what_a_factory_says_for_a_type_is_not_taken_for_what_the_module_calls_so() {
    let a = "
from prefect import flow
from pydantic import BaseModel, Field
class A(BaseModel): x: int = 1
N = 3
def make(A, N):
    @flow(name='made')
    def load(a: A, b: list[A] = [], c: 'A' = None, n: int = N, m: int = Field(default=N)): ...
    return load
made = make(int, 4)
";
    let tree = Tree::of_texts([("a.py", a)]);
    let (facts, found) = flow(&tree, "a.py", "made", Dialect::new("3.9.1").unwrap());
    let properties = facts.unwrap().parameter_openapi_schema["properties"].clone();
    let shown: Vec<_> = ["a", "b", "c", "n"].map(|it| properties[it].to_string()).into();
    let told: Vec<_> = found.iter().map(|it| format!("{} {}", it.code, it.message)).collect();
    expect![[r##"
        {"position":0,"title":"a"}
        {"default":[],"position":1,"title":"b"}
        {"$ref":"#/definitions/A","default":null,"position":2,"title":"c"}
        {"default":4,"position":3,"title":"n","type":"integer"}
        unresolved-annotation the type `A` is not known here; parameter `a` takes anything
        unresolved-annotation the type `A` is not known here; parameter `b` takes anything
        unresolved-default this default cannot be read without running it; it is shown as null
    "##]]
    .assert_eq(&format!("{}\n{}\n", shown.join("\n"), told.join("\n")));
}

#[test]
fn of_a_file_that_cannot_run_a_flow_of_a_factory_is_not_found() {
    check(
        "
import company
def make(name):
    @flow(name=name)
    def load(): ...
    return load
def own(fn): return flow(name='own')(fn)
made = make('made')
@own
def decorated(): ...
",
        &["made", "decorated"],
        expect![[r#"
            made: a.py:1 a.py has no function `made`
            decorated: decorated own [] "" e5fb a.py:11
        "#]],
    );
}
