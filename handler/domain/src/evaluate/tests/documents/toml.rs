use expect_test::expect;

use super::check;

#[test]
fn toml_are_as_in_python() {
    check(
        r#"
import tomllib
with open("conf.toml", "rb") as f:
    out = tomllib.load(f)
out2 = tomllib.loads('a = 1\nb = [1.5, "x"]\n[c]\nd = true\n[[e]]\nf = 1\n[[e]]\nf = 2\n')
try:
    tomllib.loads("a = ")
except tomllib.TOMLDecodeError as e:
    out3 = isinstance(e, ValueError)
"#,
        expect![[r#"
            {'title': 'x', 'tool': {'app': {'n': 3, 'list': [1, 2], 'when': datetime.datetime(2026, 1, 2, 3, 4, 5, tzinfo=datetime.timezone.utc)}}}
            {'a': 1, 'b': [1.5, 'x'], 'c': {'d': True}, 'e': [{'f': 1}, {'f': 2}]}
            True
        "#]],
    );
}
