use expect_test::expect;

use super::check;

#[test]
fn argparse_are_as_in_python() {
    check(
        r#"
import argparse
p = argparse.ArgumentParser(description="x")
p.add_argument("--name", default="n")
p.add_argument("-w", "--work-pool", type=str, default="pool", help="h")
p.add_argument("--count", type=int, default="3")
p.add_argument("--flag", action="store_true")
p.add_argument("--no-flag", action="store_false", dest="other")
p.add_argument("--opt")
p.add_argument("pos", nargs="?", default="p")
p.add_argument("rest", nargs="*")
p.add_argument("--tags", nargs="+", default=["a"])
g = p.add_argument_group("x")
g.add_argument("--in-group", default=1.5, type=float)
m = p.add_mutually_exclusive_group()
m.add_argument("--a", action="store_true")
p.set_defaults(extra=7)
args = p.parse_args()
out = args.name, args.work_pool, args.count, args.flag, args.other, args.opt, args.pos, args.rest, args.tags, args.in_group, args.a, args.extra
known, rest = p.parse_known_args()
out3 = known.name, rest
q = argparse.ArgumentParser()
q.add_argument("--env", required=True)
q.parse_args()
"#,
        expect![[r#"
            ('n', 'pool', 3, False, True, None, 'p', [], ['a'], 1.5, False, 7)
            ('n', [])
            24:1 SystemExit: 2
        "#]],
    );
}

#[test]
fn what_a_file_gives_itself_is_no_run_without_arguments() {
    check(
        r#"
import argparse, sys
p = argparse.ArgumentParser()
p.add_argument("--name", default="n")
sys.argv = sys.argv[:1]
out = p.parse_args().name
sys.argv.append("--name=other")
out2 = p.parse_args()
"#,
        expect![[r#"
            'n'
            unknown: arguments that are read
        "#]],
    );
}
