use expect_test::expect;

use super::check;

#[test]
fn click_are_as_in_python() {
    check(
        r#"
import click
got = []
@click.command()
@click.option("--name", default="n", help="x")
@click.option("--count", default=1, type=int)
@click.option("--flag", is_flag=True)
@click.option("--work-pool", "-w", default="p")
def main(name, count, flag, work_pool):
    got.append((name, count, flag, work_pool))
try:
    main()
except SystemExit as e:
    out = e.code
out2 = got
main(standalone_mode=False)
out3 = len(got)
"#,
        expect![[r#"
            0
            [('n', 1, False, 'p'), ('n', 1, False, 'p')]
            2
        "#]],
    );
}
