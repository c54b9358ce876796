//! Small files that would be written out to very much.

use expect_test::{Expect, expect};

use super::super::*;

/// How many flows of `text` are read, their size in bytes, and what is said about the others.
fn check(text: &str, want: Expect) {
    want.assert_eq(&outcome(text));
}

fn outcome(text: &str) -> String {
    let tree = Tree::of_texts([("f.py", text)]);
    let (facts, found) = flows(&tree, "f.py", Dialect::new("3.9.1").unwrap());
    let size: usize =
        facts.iter().map(|it| it.parameter_openapi_schema.to_string().len() + it.name.len()).sum();
    let mut out = format!("{} flows, below 64 MB: {}\n", facts.len(), size < 64_000_000);
    for it in found.iter().take(3) {
        let place = format!("{}:{} {}: ", it.at.line, it.at.column, it.code);
        let message: String = it.message.chars().take(80).collect();
        out += &[&place, &message, ": ", it.hint.as_deref().unwrap_or_default(), "\n"].concat();
    }
    out
}

/// Many flows, each with these parameters.
fn flows_with(head: &str, parameters: &str) -> String {
    let one = |at| ["@flow\ndef f", &usize::to_string(&at), "(", parameters, "): ...\n"].concat();
    ["from prefect import flow\n", head, "\n"]
        .into_iter()
        .map(str::to_owned)
        .chain((0..400).map(one))
        .collect()
}

#[test]
fn a_long_constant_that_every_flow_repeats_is_told() {
    let head = ["A = '", &"x".repeat(100_000), "'"].concat();
    check(
        &flows_with(&head, "a=A, b=A, c=A, d=A, e=A"),
        expect![[r#"
        25 flows, below 64 MB: true
        54:19 too-complex: the types and defaults of this flow are too large to be written out: shorten its constants and types; if it is not the first flow of the file, move it to another
    "#]],
    );
    check(
        &flows_with(&head, "a=A, b=[A], c={A: A}, d=(A,), e=str(A)"),
        expect![[r#"
        21 flows, below 64 MB: true
        46:14 too-complex: the types and defaults of this flow are too large to be written out: shorten its constants and types; if it is not the first flow of the file, move it to another
    "#]],
    );
}

#[test]
fn a_flow_that_is_too_large_does_not_take_the_others_away() {
    let head = ["A = '", &"x".repeat(100_000), "'"].concat();
    let large: Vec<String> = (0..40).map(|it| ["a", &it.to_string(), "=A"].concat()).collect();
    let text =
        ["from prefect import flow\n", &head, "\n@flow\ndef f(", &large.join(", "), "): ...\n"];
    check(
        &[&text.concat(), "@flow\ndef g(a=1): ...\n"].concat(),
        expect![[r#"
        1 flows, below 64 MB: true
        4:214 too-complex: the types and defaults of this flow are too large to be written out: shorten its constants and types; if it is not the first flow of the file, move it to another
    "#]],
    );
}

#[test]
fn long_names_and_texts_of_types_are_counted() {
    let long = "x".repeat(100_000);
    let heads: [&[&str]; 8] = [
        &[
            "from pydantic import BaseModel\nclass A(BaseModel):\n  \"\"\"",
            &long,
            "\"\"\"\n  a: int",
        ],
        &["from pydantic import BaseModel\nclass A(BaseModel):\n  a", &long, ": int"],
        &["from pydantic import BaseModel\nclass ", &long, "(BaseModel):\n  a: int\nA = LONG"],
        &["from enum import Enum\nclass A(Enum):\n  \"\"\"", &long, "\"\"\"\n  a = 1"],
        &["from typing import Literal\nA = Literal['", &long, "']"],
        &["A = '", &"x | ".repeat(1900), "x'"],
        &["import ", &long, " as A"],
        &["from ", &long, " import A"],
    ];
    let texts = heads.map(|it| flows_with(&it.concat().replace("LONG", &long), "a: A, b: A"));
    expect![[r#"
        126 flows, below 64 MB: true
        259:10 too-complex: the types and defaults of this flow are too large to be written out: shorten its constants and types; if it is not the first flow of the file, move it to another
        126 flows, below 64 MB: true
        258:10 too-complex: the types and defaults of this flow are too large to be written out: shorten its constants and types; if it is not the first flow of the file, move it to another
        63 flows, below 64 MB: true
        133:15 too-complex: the types and defaults of this flow are too large to be written out: shorten its constants and types; if it is not the first flow of the file, move it to another
        126 flows, below 64 MB: true
        259:10 too-complex: the types and defaults of this flow are too large to be written out: shorten its constants and types; if it is not the first flow of the file, move it to another
        63 flows, below 64 MB: true
        131:15 too-complex: the types and defaults of this flow are too large to be written out: shorten its constants and types; if it is not the first flow of the file, move it to another
        400 flows, below 64 MB: true
        4:11 unresolved-annotation: the type `x` is not known here; parameter `a` takes anything: 
        4:17 unresolved-annotation: the type `x` is not known here; parameter `b` takes anything: 
        6:11 unresolved-annotation: the type `x` is not known here; parameter `a` takes anything: 
        32 flows, below 64 MB: true
        4:11 unresolved-annotation: the type `xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx: 
        4:17 unresolved-annotation: the type `xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx: 
        6:11 unresolved-annotation: the type `xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx: 
        400 flows, below 64 MB: true
        4:11 unresolved-annotation: the type `A` is not known here; parameter `a` takes anything: 
        4:17 unresolved-annotation: the type `A` is not known here; parameter `b` takes anything: 
        6:11 unresolved-annotation: the type `A` is not known here; parameter `a` takes anything: 
    "#]].assert_eq(&texts.map(|it| outcome(&it)).concat());
}

#[test]
fn names_in_a_class_of_a_long_name_are_not_made_up() {
    let method = |at| ["  @flow\n  def f", &usize::to_string(&at), "(): ...\n"].concat();
    let head = ["from prefect import flow\nclass A", &"x".repeat(100_000), ":\n"].concat();
    let text: String = std::iter::once(head).chain((0..5000).map(method)).collect();
    check(
        &text,
        expect![[r#"
        0 flows, below 64 MB: true
    "#]],
    );
}

#[test]
fn names_of_a_module_of_a_long_name_are_not_made_up() {
    let names: Vec<String> = (0..20_000).map(|it| ["a", &it.to_string()].concat()).collect();
    let long = "x".repeat(100_000);
    let import = ["from ", &long, " import ", &names.join(", ")].concat();
    check(
        &flows_with(&import, ""),
        expect![[r#"
            400 flows, below 64 MB: true
        "#]],
    );
}

#[test]
fn the_flows_of_a_bundle_have_one_measure() {
    let head = ["A = '", &"x".repeat(100_000), "'"].concat();
    let text = flows_with(&head, "a=A, b=A, c=A, d=A, e=A");
    let tree = Tree::of_texts([("f.py", text.as_str())]);
    let reading = Reading::new(Dialect::new("3.9.1").unwrap());
    let mut reader = Reader::new(&tree, &reading);
    let reads: Vec<_> = (0..400).map(|it| reader.flow("f.py", &format!("f{it}"))).collect();
    let size: usize = reads
        .iter()
        .flat_map(|it| &it.0)
        .map(|it| it.parameter_openapi_schema.to_string().len())
        .sum();
    assert!(reads[0].0.is_some() && size < 128_000_000, "{size}");
    assert_eq!(reads[399].1[0].code, "too-complex");
}

#[test]
fn a_flow_that_many_deployments_share_is_measured_each_time() {
    let head = ["A = '", &"x".repeat(100_000), "'"].concat();
    let text = flows_with(&head, "a=A, b=A, c=A, d=A, e=A");
    let tree = Tree::of_texts([("f.py", text.as_str())]);
    let reading = Reading::new(Dialect::new("3.9.1").unwrap());
    let mut reader = Reader::new(&tree, &reading);
    let read = (0..1000).take_while(|_| reader.flow("f.py", "f0").0.is_some()).count();
    assert!((1..999).contains(&read), "{read}");
}
