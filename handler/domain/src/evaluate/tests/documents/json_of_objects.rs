use expect_test::expect;

use super::check;

#[test]
fn json_of_objects_are_as_in_python() {
    check(
        r#"
import json
from enum import Enum
class C(str, Enum):
    A = "a"
class E(Enum):
    B = 1
out = json.dumps({"k": C.A, C.A: 1})
out1 = json.loads('{"a": [1, -2, 3.5, 1e3, true, null, "\\u00e9"]}')
try:
    json.loads("{bad}")
except json.JSONDecodeError as e:
    out2 = type(e).__name__, isinstance(e, ValueError)
try:
    json.loads("")
except ValueError as e:
    out3 = str(e)
try:
    json.dumps(E.B)
except TypeError as e:
    out4 = str(e)
class Enc(json.JSONEncoder):
    def default(self, o):
        return "!" + o.name
out5 = json.dumps([E.B], cls=Enc)
with open("conf.json") as f:
    out6 = json.load(f)
out7 = json.loads(b'[1]'), json.loads("12345678901234567890"), json.loads(' "a" ')
a = []
a.append(a)
try:
    json.dumps(a)
except ValueError as e:
    out8 = str(e)
"#,
        expect![[r#"
            '{"k": "a", "a": 1}'
            {'a': [1, -2, 3.5, 1000.0, True, None, 'é']}
            ('JSONDecodeError', True)
            'Expecting value: line 1 column 1 (char 0)'
            'Object of type E is not JSON serializable'
            '["!B"]'
            {'a': [1, 2.5, None], 'b': 'x'}
            ([1], 12345678901234567890, 'a')
            'Circular reference detected'
        "#]],
    );
}
