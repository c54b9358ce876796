use expect_test::expect;

use super::check;

#[test]
fn tables_are_as_in_python() {
    check(
        r##"
import csv, io
with open("rows.csv") as f:
    out = [dict(r) for r in csv.DictReader(f)]
with open("rows.csv", newline="") as f:
    out2 = list(csv.reader(f))
out3 = list(csv.reader(["a;b", 'c;"d;e"'], delimiter=";"))
out4 = list(csv.DictReader(io.StringIO("x,y\n1,2\n3\n")))
out5 = list(csv.reader(io.StringIO('a,"b ""q"" c"\n\n1,\n')))
"##,
        expect![[r#"
            [{'name': 'a', 'cron': '0 1 * * *'}, {'name': 'b', 'cron': 'x'}]
            [['name', 'cron'], ['a', '0 1 * * *'], ['b', 'x']]
            [['a', 'b'], ['c', 'd;e']]
            [{'x': '1', 'y': '2'}, {'x': '3', 'y': None}]
            [['a', 'b "q" c'], [], ['1', '']]
        "#]],
    );
}
