//! What YAML becomes, and what is said about one that is wrong.

use std::fmt::Write as _;

use expect_test::{Expect, expect};

use super::compose;

fn check(text: &str, want: Expect) {
    let (node, found) = compose("prefect.yaml", text);
    let mut out = node.map(|it| it.to_json().to_string()).unwrap_or_default();
    for it in found {
        let _infallible =
            write!(out, "\n{}:{} {} ({:?})", it.at.line, it.at.column, it.message, it.hint);
    }
    want.assert_eq(&out);
}

#[test]
fn anchors_and_merge_keys_are_resolved() {
    let text = "base: &b {x: 1, y: 2}\nmine:\n  <<: *b\n  y: 3\nlist: [*b]\n";
    check(text, expect![[r#"{"base":{"x":1,"y":2},"mine":{"y":3,"x":1},"list":[{"x":1,"y":2}]}"#]]);
}

#[test]
fn of_two_merge_keys_the_last_wins_and_of_a_list_the_first() {
    let bases = "a: &a {x: 1, y: 1}\nb: &b {x: 2}\n";
    check(
        &format!("{bases}c:\n  <<: *a\n  <<: *b\nd:\n  <<: [*a, *b]\n"),
        expect![[r#"{"a":{"x":1,"y":1},"b":{"x":2},"c":{"x":2,"y":1},"d":{"x":1,"y":1}}"#]],
    );
}

#[test]
fn a_quoted_merge_key_is_a_key() {
    check("a: {\"<<\": 8}\n", expect![[r#"{"a":{"<<":8}}"#]]);
}

#[test]
fn a_merge_of_no_mapping_is_an_error() {
    check(
        "a: &a {x: 1}\nb:\n  <<: \"*a\"\n",
        expect![[r#"

        3:7 `<<` takes a mapping, this is a text (Some("write `<<: *anchor` or `<<: [*one, *two]`, without quotes"))"#]],
    );
    check(
        "b: {<<: [{x: 1}, 2]}\n",
        expect![[r#"

        1:9 `<<` takes a mapping, this is a list (Some("write `<<: *anchor` or `<<: [*one, *two]`, without quotes"))"#]],
    );
}

#[test]
fn a_key_given_twice_is_a_warning_and_the_last_counts() {
    check(
        "a: 1\na: 2\n",
        expect![[r#"
        {"a":2}
        2:1 `a` is given twice, the last one counts (None)"#]],
    );
}

#[test]
fn keys_have_the_type_of_plain_scalars() {
    check(
        "{on: 1, 017: a, \"no\": b, 1.50: c}",
        expect![[r#"{"true":1,"15":"a","no":"b","1.5":"c"}"#]],
    );
}

#[test]
fn a_mapping_of_many_keys_is_read_in_one_go() {
    let mut text = String::new();
    for key in 0..60_000 {
        let _infallible = writeln!(text, "k{key}: 1");
    }
    let node = compose("prefect.yaml", &text).0.unwrap();
    assert_eq!(node.entries().len(), 60_000);
}

#[test]
fn a_tag_of_a_program_is_refused() {
    check("a: !!int \"7\"\nb: !!str 7\n", expect![[r#"{"a":7,"b":"7"}"#]]);
    check(
        "a: !!python/object:os.system x\n",
        expect![[r#"

            1:30 the tag `!!python/object:os.system` is not known (Some("remove it; Prefect refuses it too"))"#]],
    );
}

#[test]
fn an_unquoted_star_says_quote_it() {
    let (_, found) = compose("prefect.yaml", "cron: * * * * *\n");
    assert_eq!(found[0].hint.as_deref(), Some("quote it: \"* * * * *\""));
    assert_eq!(found[0].at.line, 1);
}

#[test]
fn a_fault_says_what_to_write() {
    let hints = |text: &str| {
        let (node, found) = compose("prefect.yaml", text);
        assert_eq!(node, None, "{text:?}");
        let it = found.last().unwrap();
        format!("{}:{} {}", it.at.line, it.at.column, it.hint.as_deref().unwrap_or_default())
    };
    let all = [
        ("a: [{cron: * * * * *}]\n", "1:12 quote it: \"* * * * *\""),
        ("a: [{b: UTC, cron: */5 * * * *, c: true}]\n", "1:24 quote it: \"*/5 * * * *\""),
        ("a: {cron: @daily}\n", "1:11 quote it: \"@daily\""),
        ("a:\n- *.py\n", "2:3 quote it: \"*.py\""),
        ("a: {{ $X }}-1\n", "1:5 a text with braces needs quotes: \"{{ … }}\""),
        ("a: {{ $X }}\n", "1:5 a text with braces needs quotes: \"{{ … }}\""),
        ("a: \"b\" c\n", "1:8 quote all of it: '\"b\" c'"),
        ("a: 'it's'\n", "1:8 inside single quotes a `'` is written `''`"),
        ("a: b: c\n", "1:5 quote it: \"b: c\""),
        ("a: \"C:\\work\"\n", "1:4 write `\\\\` for a backslash, or use single quotes"),
        ("a: b\n\tc: d\n", "2:1 indent with spaces, not with a tab"),
        ("\ta:\nb: c\n", "1:1 indent with spaces, not with a tab"),
        ("a:\n-\tb: c\n\td: e\n", "2:2 indent with spaces, not with a tab"),
        ("- a:b\n  c: d\n", "2:4 write a space after the colon: `a: b`"),
        ("- a: b\n   c: d\n", "2:5 start it in the column where the keys beside it start"),
        ("a:\n- b: c\n d: e\n", "3:2 start it in the column where the keys beside it start"),
    ];
    assert_eq!(
        all.map(|(text, _)| (text, hints(text))),
        all.map(|(text, want)| (text, want.to_owned()))
    );
}

#[test]
fn an_alias_bomb_is_refused() {
    let mut text = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n".to_owned();
    for level in 1..9 {
        let alias = format!("*a{}", level - 1);
        let _infallible =
            writeln!(text, "a{level}: &a{level} [{}]", [alias.as_str(); 10].join(", "));
    }
    assert!(compose("prefect.yaml", &text).0.is_none());
}

#[test]
fn a_fault_of_the_syntax_has_a_message() {
    for text in ["a:\n\t- b\n", "a: [b\n", "- a\n  b: c: d\n", "a: \"b\n", "a: \u{0}\n"] {
        let (node, found) = compose("prefect.yaml", text);
        assert!(node.is_none(), "{text:?}");
        assert!(found.iter().all(|it| it.message.len() > 5), "{text:?}: {found:?}");
    }
}
