use expect_test::expect;

use super::check;

#[test]
fn json_are_as_in_python() {
    check(
        r#"
import json
v = {"b": [1, 2.5, None, True, "é\n\"q\""], "a": {"x": {}, "y": []}, 3: "three", None: 1, True: 2, 1.5: 0}
out = json.dumps(v)
out2 = json.dumps(v, indent=2)
out3 = json.dumps({"b": 1, "a": [1, (2, 3)]}, sort_keys=True, separators=(",", ":"))
out4 = json.dumps({"é": "é"}, ensure_ascii=False), json.dumps("é😀\x7f\x01")
out5 = json.dumps([1, {"a": 2}], indent="\t"), json.dumps([], indent=2), json.dumps([1], indent=0)
import datetime
out6 = json.dumps({"d": datetime.date(2026, 1, 2), "s": {1}}, default=str)
try:
    json.dumps({"d": datetime.date(2026, 1, 2)})
except TypeError as e:
    out7 = str(e)
try:
    json.dumps({(1, 2): 3})
except TypeError as e:
    out8 = str(e)
out9 = json.dumps({(1, 2): 3, "a": 1}, skipkeys=True), json.dumps(float("inf")), json.dumps(1e100), json.dumps(12345678901234567890123)
"#,
        expect![[r#"
            '{"b": [1, 2.5, null, true, "\\u00e9\\n\\"q\\""], "a": {"x": {}, "y": []}, "3": "three", "null": 1, "true": 2, "1.5": 0}'
            '{\n  "b": [\n    1,\n    2.5,\n    null,\n    true,\n    "\\u00e9\\n\\"q\\""\n  ],\n  "a": {\n    "x": {},\n    "y": []\n  },\n  "3": "three",\n  "null": 1,\n  "true": 2,\n  "1.5": 0\n}'
            '{"a":[1,[2,3]],"b":1}'
            ('{"é": "é"}', '"\\u00e9\\ud83d\\ude00\\u007f\\u0001"')
            ('[\n\t1,\n\t{\n\t\t"a": 2\n\t}\n]', '[]', '[\n1\n]')
            '{"d": "2026-01-02", "s": "{1}"}'
            'Object of type date is not JSON serializable'
            'keys must be str, int, float, bool or None, not tuple'
            ('{"a": 1}', 'Infinity', '1e+100', '12345678901234567890123')
        "#]],
    );
}
