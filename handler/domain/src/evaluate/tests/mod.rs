mod containers;
mod documents;
mod foreign;
mod hostile;
mod language;
mod moments;

use expect_test::{Expect, expect};

use super::machine::Machine;
use super::{Settings, Sources, exception, format};
use crate::dialect::Dialect;
use crate::evaluate::loading;
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
#[expect(clippy::format_push_string, reason = "a short text in pieces")]
fn evaluated(files: &[(&str, &str)]) -> String {
    let tree = Tree::of_texts(files.iter().copied());
    let sources = Sources::new(&tree);
    let settings = settings();
    let main = sources.find(files[0].0).unwrap();
    let mut machine = Machine::new(&sources, &settings, main);
    let end = loading::main(&mut machine);
    let mut out = String::new();
    let mut shown = Vec::new();
    if let Some(scope) = machine.modules.get(&main).and_then(|it| machine.scopes.get(*it)) {
        let names = scope.names.iter().filter(|it| it.starts_with("out"));
        shown = names.map(|it| scope.values[it].clone()).collect();
    }
    for value in shown {
        let text = match value.as_unknown() {
            Some(it) => format!("unknown: {}", it.what),
            None => match format::shown_repr(&mut machine, &value) {
                Ok(Ok(text)) => text,
                _ => format::repr(&value),
            },
        };
        out += &format!("{text}\n");
    }
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

/// What lies beside the declaration file.
const FILES: [(&str, &str); 8] = [
    ("projects/app/conf.ini", "[DEFAULT]\nbase = /x\n[app]\nname = a b\nport: 80\n"),
    ("projects/app/conf.json", "{\"a\": [1, 2.5, null], \"b\": \"x\"}"),
    (
        "projects/app/conf.toml",
        "title = \"x\"\n[tool.app]\nn = 3\nlist = [1, 2]\nwhen = 2026-01-02T03:04:05Z\n",
    ),
    ("projects/app/conf.yaml", "a: 1\nb: [x, 'y']\nc: {d: 2026-01-02}\n"),
    ("projects/app/helper.py", "VALUE = 42\ndef twice(x):\n    return x * 2\n"),
    ("projects/app/lines.txt", "one\ntwo\n\nthree"),
    ("projects/app/rows.csv", "name,cron\na,\"0 1 * * *\"\nb,x\n"),
    ("projects/app/sub/deep/x.txt", "deep"),
];

fn check(code: &str, expected: Expect) {
    let mut files = vec![("projects/app/x.deployment.py", code)];
    files.extend(FILES);
    expected.assert_eq(&evaluated(&files));
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
with open("none.json") as f:
    pass
"#,
        expect![[r#"
            ['a-prod', 'b-prod']
            {'a': ['a', '0']}
            "KeyError 'x'"
            26:6 FileNotFoundError: (2, 'No such file or directory', 'none.json')
        "#]],
    );
}
