use expect_test::expect;

use super::check;

#[test]
fn margins_are_as_in_python() {
    check(
        r##"
import textwrap
out = textwrap.dedent("""
    a
      b

    c
    """), textwrap.indent("a\nb\n\n", "> ")
"##,
        expect![[r#"
            ('\na\n  b\n\nc\n', '> a\n> b\n\n')
        "#]],
    );
}
