//! Which branch of a module counts.

use expect_test::expect;

use super::names::check;

#[test]
fn the_branch_that_python_takes_counts() {
    check(
        "
import sys
DEBUG = False
if True:
    a = 1
else:
    a = 2
    @flow
    def never(): ...
if False:
    a = 3
elif not DEBUG and 1:
    b = 1
else:
    b = 2
if sys.version_info >= (3, 8):
    c = 1
else:
    c = 2
if sys.platform == 'win32':
    d = 1
else:
    d = 2
if __name__ != '__main__' or other():
    e = 1
else:
    e = 2
while False:
    e = 3
@flow
def f(a=a, b=b, c=c, d=d, e=e): ...
",
        expect![[r#"
            f:32 {"a":{"default":1,"position":0,"title":"a"},"b":{"default":1,"position":1,"title":"b"},"c":{"default":1,"position":2,"title":"c"},"d":{"default":2,"position":3,"title":"d"},"e":{"default":1,"position":4,"title":"e"}}
        "#]],
    );
}

#[test]
fn a_branch_that_only_running_tells_may_be_taken() {
    check(
        "
if sys.version_info >= (3, 13) or other():
    a = 1
elif other():
    b = 1
if other():
    @flow
    def maybe(): ...
@flow
def f(a=a, b=b): ...
",
        expect![[r#"
            maybe:9 {}
            f:11 {"a":{"default":1,"position":0,"title":"a"},"b":{"default":1,"position":1,"title":"b"}}
        "#]],
    );
}

#[test]
fn what_names_types_gives_way_in_any_order() {
    check(
        "
import typing
if not typing.TYPE_CHECKING:
    Day = str
else:
    from datetime import date as Day, time as Clock
if typing.TYPE_CHECKING:
    n = 1
elif True:
    n = 2
else:
    n = 3
@flow
def f(x: Day, y: Clock, n=n): ...
",
        expect![[r#"
            f:15 {"x":{"position":0,"title":"x","type":"string"},"y":{"format":"time","position":1,"title":"y","type":"string"},"n":{"default":2,"position":2,"title":"n"}}
        "#]],
    );
}
