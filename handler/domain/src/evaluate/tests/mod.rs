use expect_test::{Expect, expect};

use super::machine::Machine;
use super::{Settings, Sources, attribute, exception, format, import};
use crate::dialect::Dialect;
use crate::tree::Tree;

fn settings() -> Settings {
    Settings {
        dialect: Dialect::new("3.9.1").unwrap(),
        bundle: "orion_flows".to_owned(),
        bundle_name: "orion_flows".to_owned(),
        now: "2026-03-02T09:30:00Z".parse().ok(),
        environment: [("STAGE".to_owned(), "prod".to_owned())].into(),
        source_roots: vec!["src/".to_owned()],
    }
}

/// What `print`, which here is a variable of the file, would show: each value of `out`, or how the file ends.
fn evaluated(files: &[(&str, &str)]) -> String {
    let tree = Tree::of_texts(files.iter().copied());
    let sources = Sources::new(&tree);
    let settings = settings();
    let main = sources.find(files[0].0).unwrap();
    let mut machine = Machine::new(&sources, &settings, main);
    let end = import::main(&mut machine);
    let mut out = String::new();
    if let Some(scope) = machine.modules.get(&main).and_then(|it| machine.scopes.get(*it)) {
        for name in scope.names.iter().filter(|it| it.starts_with("out")) {
            let value = &scope.values[name];
            let shown = value.as_unknown().map(|it| format!("unknown: {}", it.what));
            out += &format!("{}\n", shown.unwrap_or_else(|| format::repr(value)));
        }
    }
    let _unused = attribute::has;
    match end {
        Ok(()) => {}
        Err(super::machine::Stop::Raise(it)) => {
            let at = sources.position(it.at);
            out += &format!("{}:{} {}\n", at.line, at.column, exception::shown(&it.value));
        }
        Err(super::machine::Stop::TooMuch(at, what)) => {
            let at = sources.position(at);
            out += &format!("{}:{} too much: {what}\n", at.line, at.column);
        }
    }
    for it in &machine.found {
        out += &format!("{}:{} {}: {}\n", it.at.line, it.at.column, it.code, it.message);
    }
    out
}

fn check(code: &str, expected: Expect) {
    expected.assert_eq(&evaluated(&[("projects/app/x.deployment.py", code)]));
}

#[test]
fn names_texts_and_operators() {
    check(
        r#"
name = "Load Data"
flow = f"{name.lower().replace(' ', '_')}-{3:02d}"
out = flow + "/" + "x" * 3
out2 = 7 // 2, -7 // 2, -7 % 3, 2 ** 10, 7 / 2, "%s-%03d" % ("a", 7), "{:>5}|{x}".format("b", x=1)
import os
out3 = os.getcwd()[os.getcwd().find("orion_flows"):]
out4 = os.environ["STAGE"], os.getenv("NO", "dflt"), os.environ["MISSING"]
"#,
        expect![[r#"
            'load_data-03/xxx'
            (3, -4, 2, 1024, 3.5, 'a-007', '    b|1')
            'orion_flows/projects/app'
            ('prod', 'dflt', <object>)
        "#]],
    );
}

#[test]
fn functions_loops_and_classes() {
    check(
        r#"
from enum import Enum
from dataclasses import dataclass, field
class Stage(str, Enum):
    DEV = "dev"
    PROD = "prod"
@dataclass
class Job:
    name: str
    tags: list = field(default_factory=list)
    stage: Stage = Stage.DEV
    @property
    def full(self):
        return f"{self.name}-{self.stage.value}"
def make(*names, **more):
    for i, n in enumerate(names):
        if n == "skip":
            continue
        yield Job(n, tags=[n, str(i)], **more)
out = [j.full for j in make("a", "skip", "b", stage=Stage.PROD)]
out2 = {j.name: j.tags for j in make("a")}
try:
    {}["x"]
except KeyError as e:
    out3 = f"{type(e).__name__} {e}"
with open("conf.json") as f:
    pass
"#,
        expect![[r#"
            ['a-prod', 'b-prod']
            {'a': ['a', '0']}
            "KeyError 'x'"
            26:6 FileNotFoundError: [Errno 2] No such file or directory: 'conf.json'
        "#]],
    );
}
