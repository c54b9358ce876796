//! Files that nest as deeply as their size allows, read on a stack as small as the production's.

use expect_test::{Expect, expect};

use super::super::depth::levels;
use super::super::glance::at_most;
use super::super::*;

/// The stack of a worker of tokio.
const STACK: usize = 2 * 1024 * 1024;

/// Just below the largest file that is read.
const SIZE: usize = 200_000;

/// What is said about `text` and every flow of it.
fn faults(text: String) -> Vec<Diagnostic> {
    let read = move || {
        let tree = Tree::of_texts([("f.py", text.as_str())]);
        flows(&tree, "f.py", Dialect::new("3.9.1").unwrap()).1
    };
    std::thread::Builder::new().stack_size(STACK).spawn(read).unwrap().join().unwrap()
}

/// `head`, then `part` and behind it as many of `end`, up to the size of a file.
fn deep(head: &str, part: &str, end: &str) -> String {
    repeated(head, part, end, SIZE / (part.len() + end.len()))
}

fn repeated(head: &str, part: &str, end: &str, count: usize) -> String {
    let inner = if part.trim_end().ends_with([')', ']', '\'']) { "" } else { "b" };
    [head, &part.repeat(count), inner, &end.repeat(count), "\n"].concat()
}

fn check(text: &str, want: Expect) {
    let line =
        |it: &Diagnostic| format!("{}:{} {}: {}\n", it.at.line, it.at.column, it.code, it.message);
    want.assert_eq(&faults(text.to_owned()).iter().map(line).collect::<String>());
}

/// A flow whose default is what follows.
const FLOW: &str = "from prefect import flow\n@flow\ndef f(x=y): ...\n@flow\ndef g(): ...\ny = ";

/// A flow whose type is what follows.
const TYPED: &str = "from prefect import flow\n@flow\ndef f(x: Y): ...\nY = ";

/// Each line: what comes before, what is repeated, what ends it.
const CHAINS: &[(&str, &str, &str)] = &[
    ("x = ", "not ", ""),
    ("x = ", "- ", ""),
    ("x = ", "-", ""),
    ("x = ", "await ", ""),
    ("x = ", "yield ", ""),
    ("x = ", "yield a, ", ""),
    ("x = ", "(yield a, ", ")"),
    ("x = ", "(", ")"),
    ("x = ", "[", "]"),
    ("x = ", "{1: ", "}"),
    ("x = ", "a.", ""),
    ("x = a", "()", ""),
    ("x = a", "[0]", ""),
    ("x = a", ".b(1, 2)[0]", ""),
    ("x = ", "f(a, b, ", ")"),
    ("x = ", "f(a, b=", ")"),
    ("x = ", "x[", "]"),
    ("x = ", "1 + ", ""),
    ("x = ", "1 ** ", ""),
    ("x = ", "1 if 1 else ", ""),
    ("x = ", "lambda: ", ""),
    ("x = ", "lambda a, b: ", ""),
    ("x = ", "lambda a=", ""),
    ("x = ", "a and b or ", ""),
    ("x = ", "a < not ", ""),
    ("x = ", "f'{", "}'"),
    ("x = ", "f'''{f\"{", "}\"}'''"),
    ("x = ", "f'{a:{", "}}'"),
    ("x = ", "t'{", "}'"),
    ("x = ", "(a := ", ")"),
    ("x = ", "a := ", ""),
    ("x = ", "[*", "]"),
    ("x = ", "[a for b in ", "]"),
    ("", "a = ", ""),
    ("", "async ", ""),
    ("", "async a, ", ""),
    ("", "if a: ", ""),
    ("", "while a, b: ", ""),
    ("", "class A: ", ""),
    ("", "try: ", ""),
    ("", "@a.b\n", ""),
    ("", "@", ""),
    ("if a: pass\n", "elif b: pass\n", ""),
    ("", "lambda \n", ""),
    ("", "{;", ""),
    ("", "(]", ""),
    ("", "(]\n", ""),
    ("match a:\n case ", "(", ")"),
    ("match a:\n case ", "[b, ", "]"),
    ("match a:\n case ", "b | ", ""),
    ("match a:\n case ", "A(b=", ")"),
    ("match a:\n case ", "{1: ", "}"),
    ("import ", "a.", ""),
    ("from ", ".", " import b"),
    ("x = f'''{'''\n", "(", ")"),
    ("x = f\"\"\"{x!r\"\"\"\n", "not\n(", ""),
    ("x = f'{'\n}", "(", "'"),
    (FLOW, "a.", ""),
    (FLOW, "a()", ""),
    (FLOW, "not ", ""),
    (FLOW, "1 + ", ""),
    (FLOW, "[", "]"),
    (FLOW, "f(", ")"),
    (FLOW, "'a' ", ""),
    (FLOW, "f'{1}' ", ""),
    (TYPED, "a.", ""),
    (TYPED, "a | ", ""),
    (TYPED, "list[", "]"),
    (TYPED, "'' ", ""),
    ("from prefect import flow\nA = '", "a | ", "'\n@flow\ndef f(x: A): ..."),
    ("from prefect import flow\nA = '", "list[", "'\n@flow\ndef f(x: A): ..."),
];

#[test]
fn no_chain_overflows_the_stack() {
    for (head, part, end) in CHAINS {
        faults(deep(head, part, end));
        // as deep as is read: what is in the way of that is the count, not the parser
        for count in [300, 600, 900, 1200, 1990] {
            faults(repeated(head, part, end, count));
        }
    }
}

#[test]
fn no_deep_text_is_taken_for_a_flat_one() {
    let written = [
        ("x = ", "1if 1else ", ""),
        ("x = ", "0xfor ", ""),
        ("x = ", "1_if 1or ", ""),
        ("x = ", "F'''{Rf\"{", "}\"}'''"),
        ("x = f'{", "'not\n", ""),
        ("é = ", "é<é!=", "é"),
    ];
    for (head, part, end) in CHAINS.iter().chain(&written) {
        for text in [1, 2, 3, 10, 2001].map(|it| repeated(head, part, end, it)) {
            assert!(at_most(&text) >= levels(&text), "{head}{part}{end}");
        }
    }
}

/// What texts are made of: whatever may begin, end or hide a level.
#[rustfmt::skip]
const PIECES: [&str; 45] = [
    "\n", "\r", "\r\n", "\\", "\\\n", " ", "    ", "#", "\"", "'", "\"\"\"", "'''", "f\"", "f'", "Rf\"\"\"", "t'''", "b'", "{", "}",
    "{{", "}}", "(", ")", "[", "]", ":", ":=", "=", "!r", ",", ";", ".", "-", "lambda ", "not ", "yield ", "if", "a", "1", "1f",
    "é", "·", "\0", "?", "\x0c",
];

#[test]
fn no_text_has_more_levels_than_a_glance_sees() {
    let (mut seed, mut close) = (0x9e37_79b9_7f4a_7c15_u64, 0);
    let mut below = |most: usize| {
        seed ^= seed << 13;
        seed ^= seed >> 7;
        seed ^= seed << 17;
        usize::try_from(seed >> 33).unwrap() % most
    };
    for _ in 0..100_000 {
        let text: String = (0..below(30)).map(|_| PIECES[below(PIECES.len())]).collect();
        let (seen, levels) = (at_most(&text), levels(&text));
        assert!(seen >= levels, "{text:?}: {seen} for {levels}");
        close += usize::from(levels > 3 && seen < levels * 2);
    }
    assert!(close > 1000, "{close}");
}

#[test]
fn no_block_overflows_the_stack() {
    for head in ["if a:", "class A:", "def f():", "with a:", "for a in b:", "try:", "else:"] {
        let line = |level| [" ".repeat(level).as_str(), head, "\n"].concat();
        faults((0..620).map(line).collect());
        faults((0..620).map(line).chain([" ".repeat(620), "pass".to_owned()]).collect());
    }
}

#[test]
fn what_is_too_deep_is_told_at_its_line() {
    let text = ["a = 1\n", "b = '''\n- - -'''\n", &deep("c = ", "not ", "")].concat();
    check(
        &text,
        expect![[r#"
        4:1 too-complex: a statement is nested too deeply, or too long, to be read safely
    "#]],
    );
}

#[test]
fn a_bracket_that_is_not_closed_is_told_where_it_is() {
    let text = ["a = (1\n", &"b.c = d.e(f.g)\n".repeat(3000)].concat();
    check(
        &text,
        expect![[r#"
        2:1 python-syntax: Expected `)`, found name
    "#]],
    );
}

#[test]
fn long_lists_and_texts_are_not_deep() {
    let text = [
        "a = [",
        &"-1, not b, c.d(1), lambda x, y: x,\n".repeat(4000),
        "]\nb = '''",
        &"((( - - ".repeat(4000),
        "'''\n",
    ];
    check(&text.concat(), expect![[""]]);
}
