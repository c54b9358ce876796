use expect_test::expect;

use super::check;

#[test]
fn modules_are_as_in_python() {
    check(
        r#"
import importlib, importlib.metadata, importlib.util, sys, os
from pathlib import Path
m = importlib.import_module("helper")
out = m.VALUE, m.twice(3), importlib.import_module("os.path").join("a", "b")
try:
    importlib.import_module("helper_missing_xyz")
except ModuleNotFoundError as e:
    pass
import helper as h
"#,
        expect![[r#"
            (42, 6, 'a/b')
        "#]],
    );
}
