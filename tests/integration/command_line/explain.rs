//! `explain`.

use serde_json::Value;
use world::product::run;

fn said(arguments: &[&str]) -> (Option<i32>, String, String) {
    let output = run(arguments, &[]).unwrap();
    let text = |it: Vec<u8>| String::from_utf8(it).unwrap();
    (output.status.code(), text(output.stdout), text(output.stderr))
}

#[test]
fn a_code_has_a_page_and_a_misspelt_one_a_near_miss() {
    let (code, page, _) = said(&["explain", "duplicate-deployment"]);
    assert_eq!(code, Some(0));
    assert!(page.starts_with("# duplicate-deployment (error)\n\nTwo deployments"), "{page}");
    let (code, _, why) = said(&["explain", "duplicate-deploiment"]);
    assert_eq!(code, Some(2));
    assert!(why.contains("did you mean `duplicate-deployment`?"), "{why}");
}

#[test]
fn without_a_code_all_are_listed() {
    let (code, list, _) = said(&["explain"]);
    assert_eq!(code, Some(0));
    assert_eq!(list.lines().count(), domain::diagnostic::rules::ALL.len());
    let (_, document, _) = said(&["explain", "-o", "json"]);
    let document: Value = serde_json::from_str(&document).unwrap();
    assert_eq!(document["rules"].as_array().unwrap().len(), list.lines().count());
}
