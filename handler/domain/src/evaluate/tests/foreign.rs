use expect_test::expect;

use super::check;

#[test]
fn what_a_package_that_is_not_there_holds_is_not_known() {
    check(
        r#"
import os
import mycorp
from mycorp.settings import DEBUG, ENV
from pathlib import Path
out1 = "a" if DEBUG else "b"
out2 = ENV == "prod"
out3 = ENV in ["prod"]
out4 = ENV is None
out5 = not DEBUG
out6 = any([DEBUG])
out7 = f"nightly-{ENV}"
out8 = "%s" % ENV
out9 = str(mycorp.A)
out10 = {"a": 1}.get(mycorp.K)
out11 = {mycorp.K: 1}["a"]
out12 = str(Path(mycorp.P) / "x")
out13 = os.path.join("a", mycorp.P)
out14 = mycorp is None, mycorp.sub.f(1)
if ENV == "prod":
    out15 = 1
"#,
        expect![[r#"
            unknown: mycorp.settings.DEBUG
            unknown: mycorp.settings.ENV
            unknown: mycorp.settings.ENV
            unknown: mycorp.settings.ENV
            unknown: mycorp.settings.DEBUG
            unknown: mycorp.settings.DEBUG
            unknown: mycorp.settings.ENV
            unknown: mycorp.settings.ENV
            unknown: mycorp.A
            unknown: mycorp.K
            unknown: mycorp.K
            unknown: mycorp.P
            unknown: mycorp.P
            (False, <object>)
            unknown: mycorp.settings.ENV
        "#]],
    );
}

#[test]
fn classes_and_functions_of_such_a_package_go_on_working() {
    check(
        r#"
import mycorp
from mycorp.errors import Failed, StageError
from mycorp.models import Base, decorated
class Job(Base, mycorp.Mixin):
    name: mycorp.Name = "x"
    def full(self):
        return self.name + "!"
class Broken(StageError):
    pass
@decorated
def f(x):
    return x + 1
@mycorp.retry(times=3)
def g(x: mycorp.Number) -> mycorp.Number:
    return x * 2
out1 = Job.name, f(1), g(2)
out2 = isinstance("x", mycorp.Name), issubclass(Job, Base)
try:
    raise Broken("b")
except (Failed, StageError) as e:
    out3 = str(e)
try:
    out4 = {}["x"]
except mycorp.NotThere:
    out4 = 1
except KeyError:
    out4 = 2
match "x":
    case mycorp.Name():
        out5 = 1
    case str():
        out5 = 2
"#,
        expect![[r#"
            ('x', 2, 4)
            (False, True)
            'b'
            2
            2
        "#]],
    );
}

#[test]
fn data_of_python_that_is_not_read_is_not_known() {
    check(
        r#"
import datetime, http, logging, os, re, signal, sys, time
out1 = "a" if sys.base_prefix else "b"
out2 = time.timezone == 0
out3 = f"{signal.SIGTERM}"
out4 = http.HTTPStatus.OK == 200
out5 = str(os.getcwd), str(os)
out6 = f"{int} {datetime.date} {ValueError}"
out7 = str(re.ASCII)
out8 = logging.__file__
out9 = bool(os.getcwd), bool(sys.stdout), os.getcwd == os.getcwd
"#,
        expect![[r#"
            unknown: sys.base_prefix
            unknown: time.timezone
            unknown: signal.SIGTERM
            unknown: http.HTTPStatus.OK
            (<object>, <object>)
            "<class 'int'> <class 'datetime.date'> <class 'ValueError'>"
            unknown: the text of re.ASCII
            unknown: logging.__file__
            (True, True, True)
        "#]],
    );
}

#[test]
fn what_may_be_yielded_is_something_that_is_not_known() {
    check(
        r#"
import requests
def names():
    for it in ["a", "b"]:
        if it == "b" or requests.get("https://example.com").ok:
            yield it
out = [it for it in names()][0]
out2 = [it for it in names()][1]
"#,
        expect![[r#"
            unknown: the result of `requests.get`.ok
            'b'
        "#]],
    );
}
