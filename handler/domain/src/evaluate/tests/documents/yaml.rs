use expect_test::expect;

use super::check;

#[test]
fn yaml_are_as_in_python() {
    check(
        r#"
import yaml
with open("conf.yaml") as f:
    out = yaml.safe_load(f)
out2 = yaml.safe_load("a: [1, 2]\nb: {c: null}\nd: 1.5\ne: yes\nf: 'x'\n")
out7 = yaml.load("a: 1", Loader=yaml.SafeLoader), yaml.safe_load(""), list(yaml.safe_load_all("a: 1\n---\nb: 2\n"))
try:
    yaml.safe_load("a: [1")
except yaml.YAMLError as e:
    out8 = "bad"
"#,
        expect![[r#"
            {'a': 1, 'b': ['x', 'y'], 'c': {'d': datetime.date(2026, 1, 2)}}
            {'a': [1, 2], 'b': {'c': None}, 'd': 1.5, 'e': True, 'f': 'x'}
            ({'a': 1}, None, [{'a': 1}, {'b': 2}])
            'bad'
        "#]],
    );
}
