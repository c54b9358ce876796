//! Operators and f-strings. Source of what is expected: Prefect 3.9.1 on Python 3.11.

use expect_test::expect;

use super::defaults::check;

#[test]
fn texts_are_put_together() {
    check(
        "X = 'a'\nN = 3\nclass C:\n    pass",
        &[
            "f'{X}-b'",
            "X + 'b'",
            "'a' 'b' + X",
            "f'{1}{2.5}{True}{None}' 'x'",
            "f'{X!s}{\"q\"}'",
            "f'{X!r}'",
            "f'{N:03d}'",
            "f'{C}'",
            "X * N",
            "N * 'ab'",
            "X * -1",
            "X + 1",
            "Path('a') / 'b' / 'c.txt'",
            "Path('a/') / Path('b')",
            "Path('a') / '/b'",
        ],
        expect![[r#"
            f'{X}-b' -> "a-b"
            X + 'b' -> "ab"
            'a' 'b' + X -> "aba"
            f'{1}{2.5}{True}{None}' 'x' -> "12.5TrueNonex"
            f'{X!s}{"q"}' -> "aq"
            f'{X!r}' -> "'a'"
            f'{N:03d}' -> "003"
            f'{C}' -> ?
            X * N -> "aaa"
            N * 'ab' -> "ababab"
            X * -1 -> ""
            X + 1 -> ?
            Path('a') / 'b' / 'c.txt' -> "a/b/c.txt"
            Path('a/') / Path('b') -> "a/b"
            Path('a') / '/b' -> "/b"
        "#]],
    );
}

#[test]
fn numbers_are_computed() {
    check(
        "N = 5",
        &[
            "1 + 2",
            "60 * 60 * 24",
            "N - 7",
            "7 / 2",
            "7 // 2",
            "-7 // 2",
            "-7 % 3",
            "7 % -3",
            "2 ** 10",
            "2 ** -1",
            "1 << 3",
            "1.5 + 2",
            "True + 1",
            "1 / 0",
            "1 // 0",
            "1 % 0",
            "2 ** 64",
            "9223372036854775807 + 1",
            "1e308 * 10",
            "1 + 2j",
            "-(1 - 2j)",
            "2 * 1j",
        ],
        expect![[r#"
            1 + 2 -> 3
            60 * 60 * 24 -> 86400
            N - 7 -> -2
            7 / 2 -> 3.5
            7 // 2 -> 3
            -7 // 2 -> -4
            -7 % 3 -> 2
            7 % -3 -> -2
            2 ** 10 -> 1024
            2 ** -1 -> 0.5
            1 << 3 -> 8
            1.5 + 2 -> 3.5
            True + 1 -> 2
            1 / 0 -> ?
            1 // 0 -> ?
            1 % 0 -> ?
            2 ** 64 -> ?
            9223372036854775807 + 1 -> 9223372036854775808
            1e308 * 10 -> ?
            1 + 2j -> "1+2j"
            -(1 - 2j) -> "-1+2j"
            2 * 1j -> "2j"
        "#]],
    );
}

#[test]
fn lists_durations_and_choices_are_computed() {
    check(
        "DEBUG = False\nD = {'a': [1, 2]}",
        &[
            "[1] + [2]",
            "(1,) + (2,)",
            "[0] * 3",
            "timedelta(days=1) + timedelta(hours=1)",
            "timedelta(days=1) * 2",
            "timedelta(days=1) - timedelta(hours=1)",
            "1 if DEBUG else 2",
            "None or 'x'",
            "1 and 2",
            "0 and 2",
            "'' or 0 or []",
            "D['a'][0]",
            "D['a'][-1]",
            "D['b']",
            "D['a'][2]",
        ],
        expect![[r#"
            [1] + [2] -> [1,2]
            (1,) + (2,) -> [1,2]
            [0] * 3 -> [0,0,0]
            timedelta(days=1) + timedelta(hours=1) -> "P1DT1H"
            timedelta(days=1) * 2 -> "P2D"
            timedelta(days=1) - timedelta(hours=1) -> "PT23H"
            1 if DEBUG else 2 -> 2
            None or 'x' -> "x"
            1 and 2 -> 2
            0 and 2 -> 0
            '' or 0 or [] -> []
            D['a'][0] -> 1
            D['a'][-1] -> 2
            D['b'] -> ?
            D['a'][2] -> ?
        "#]],
    );
}

#[test]
fn what_doubles_ends() {
    let mut prelude = "a0 = 'x' * 1000\n".to_owned();
    for level in 1..39 {
        let inner = format!("a{}", level - 1);
        prelude += &["a", &level.to_string(), " = ", &inner, " + ", &inner, "\n"].concat();
    }
    check(
        &prelude,
        &["'x' * 10 ** 9", "[0] * 10 ** 9", "10 ** 10 ** 10"],
        expect![[r#"
        'x' * 10 ** 9 -> ?
        [0] * 10 ** 9 -> ?
        10 ** 10 ** 10 -> ?
    "#]],
    );
    let text = format!("from prefect import flow\n{prelude}@flow\ndef f(x=a38): ...\n");
    let tree = super::Tree::of_texts([("f.py", text.as_str())]);
    let dialect = super::Dialect::new("3.9.1").unwrap();
    assert_eq!(super::flow(&tree, "f.py", "f", dialect).1.len(), 1);
}

#[test]
fn a_long_sum_is_not_deep() {
    let sum = vec!["1"; 500].join(" + ");
    check(
        &format!("A = {sum}"),
        &["A"],
        expect![[r#"
        A -> 500
    "#]],
    );
}
