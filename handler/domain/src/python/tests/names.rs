//! Which definition of a name counts.

use expect_test::{Expect, expect};

use super::super::*;

/// The flows of `body` and the default of each flow's parameters, one flow a line.
pub(super) fn check(body: &str, want: Expect) {
    let text = format!("from prefect import flow\n{body}");
    let tree = Tree::of_texts([("f.py", text.as_str())]);
    let (facts, found) = flows(&tree, "f.py", Dialect::new("3.9.1").unwrap());
    let flow = |it: &FlowFacts| {
        let properties = &it.parameter_openapi_schema["properties"];
        format!("{}:{} {properties}\n", it.function, it.at.line)
    };
    let fault = |it: &Diagnostic| format!("{} {}: {}\n", it.at.line, it.code, it.message);
    let out: Vec<String> = facts.iter().map(flow).chain(found.iter().map(fault)).collect();
    want.assert_eq(&out.concat());
}

#[test]
fn flows_are_found_in_every_block() {
    check(
        "
if a:
    pass
elif b:
    @flow
    def in_elif(): ...
else:
    @flow
    def in_else(): ...
try:
    pass
except KeyError:
    @flow
    def in_except(): ...
else:
    @flow
    def in_try_else(): ...
finally:
    @flow
    def in_finally(): ...
with open('x') as f:
    @flow
    def in_with(): ...
for x in y:
    @flow
    def in_for(): ...
while True:
    @flow
    def in_while(): ...
match z:
    case 1:
        @flow
        def in_match(): ...
",
        expect![[r#"
            in_elif:7 {}
            in_else:10 {}
            in_except:15 {}
            in_try_else:18 {}
            in_finally:21 {}
            in_with:24 {}
            in_for:27 {}
            in_while:30 {}
            in_match:34 {}
        "#]],
    );
}

#[test]
fn the_last_definition_counts() {
    check(
        "
n = 1
if big:
    n = 2
else:
    n = 3
a, b = 4, 5
@flow
def f(): ...
@flow
def f(n=n, a=a, b=b): ...
",
        expect![[r#"
            f:12 {"n":{"default":3,"position":0,"title":"n"},"a":{"default":4,"position":1,"title":"a"},"b":{"default":5,"position":2,"title":"b"}}
        "#]],
    );
}

#[test]
fn an_import_that_works_wins_over_its_replacement() {
    check(
        "
try:
    from typing import List as Ids
    n = 1
except ImportError:
    Ids = int
    n = 2
try:
    import polars
    m = 1
except Exception:
    m = 2
@flow
def f(x: Ids[str], n=n, m=m): ...
",
        expect![[r#"
            f:15 {"x":{"items":{"type":"string"},"position":0,"title":"x","type":"array"},"n":{"default":1,"position":1,"title":"n"},"m":{"default":2,"position":2,"title":"m"}}
        "#]],
    );
}

#[test]
fn what_only_a_type_checker_sees_gives_way() {
    check(
        "
from typing import TYPE_CHECKING
if TYPE_CHECKING:
    from datetime import date
    Day = date
else:
    Day = str
if not TYPE_CHECKING:
    n = 1
else:
    n = 2
@flow
def f(x: Day, y: date, n=n): ...
",
        expect![[r#"
            f:14 {"x":{"position":0,"title":"x","type":"string"},"y":{"format":"date","position":1,"title":"y","type":"string"},"n":{"default":1,"position":2,"title":"n"}}
        "#]],
    );
}

#[test]
fn what_only_a_script_runs_is_not_there_on_import() {
    check(
        "
n = 1
if __name__ == '__main__':
    n = 2
    @flow
    def local(): ...
@flow
def f(n=n): ...
",
        expect![[r#"
            f:9 {"n":{"default":1,"position":0,"title":"n"}}
        "#]],
    );
}

#[test]
fn a_name_that_running_binds_is_not_guessed() {
    check(
        "
n = 1
n += 1
for m in range(3): ...
with open('x') as k: ...
@flow
def f(n=n, m=m, k=k): ...
",
        expect![[r#"
            f:8 {"n":{"default":2,"position":0,"title":"n"},"m":{"default":2,"position":1,"title":"m"},"k":{"default":null,"position":2,"title":"k"}}
            8 unresolved-default: this default cannot be read without running it; it is shown as null
        "#]],
    );
}
