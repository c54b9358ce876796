//! What GitHub's code scanning relies on.

mod shape;

use super::*;
use crate::diagnostic::Position;

fn at(line: u32) -> Diagnostic {
    Diagnostic::warning("unknown-key", Position::new("a b/prefect.yaml", line, 3), "no effect")
        .hint("remove it")
}

fn run(text: &str, found: &[Diagnostic]) -> Value {
    let tree = Tree::of_texts([("a b/prefect.yaml", text)]);
    let run = Run { tree: &tree, below: "projects/ü/", version: "1.2.3" };
    document(found, run)["runs"][0].take()
}

fn fingerprints(run: &Value) -> Vec<String> {
    let results = run["results"].as_array().unwrap();
    let one = |it: &Value| it["partialFingerprints"]["primaryLocationLineHash"].to_string();
    results.iter().map(one).collect()
}

#[test]
fn a_result_has_rule_level_place_and_message() {
    let run = run("x: 1\n", &[at(1)]);
    let result = &run["results"][0];
    assert_eq!(result["ruleId"], "unknown-key");
    assert_eq!(result["level"], "warning");
    assert_eq!(result["message"]["text"], "no effect (remove it)");
    let place = &result["locations"][0]["physicalLocation"];
    assert_eq!(place["artifactLocation"]["uri"], "projects/%C3%BC/a%20b/prefect.yaml");
    assert_eq!(place["region"], json!({"startLine": 1, "startColumn": 3}));
    let base = place["artifactLocation"]["uriBaseId"].as_str().unwrap();
    assert!(run["originalUriBaseIds"].get(base).is_some());
}

#[test]
fn every_result_leads_to_its_rule_with_help() {
    let error = Diagnostic::error("field-type", Position::new("p.yaml", 1, 1), "wrong");
    let run = run("x: 1\n", &[at(1), error, at(1)]);
    let rules = run["tool"]["driver"]["rules"].as_array().unwrap();
    assert_eq!(rules.len(), 2);
    for it in run["results"].as_array().unwrap() {
        let rule = &rules[usize::try_from(it["ruleIndex"].as_u64().unwrap()).unwrap()];
        assert_eq!(rule["id"], it["ruleId"]);
        assert!(rule["help"]["markdown"].as_str().unwrap().contains("## Use instead"));
    }
}

#[test]
fn a_fingerprint_moves_with_its_line_and_tells_equal_lines_apart() {
    let before = fingerprints(&run("x: 1\ny: 2\nx: 1\n", &[at(1), at(2), at(3)]));
    let after = fingerprints(&run("# new\n\nx: 1\n  y: 2\nx: 1\n", &[at(3), at(4), at(5)]));
    assert_eq!(before, after);
    let mut distinct = before.clone();
    distinct.sort();
    distinct.dedup();
    assert_eq!(distinct.len(), 3);
}

#[test]
fn what_is_about_no_file_is_a_notification_and_no_success() {
    let usage = Diagnostic::error("usage", Position::start_of(""), "there is no folder");
    let run = run("", &[usage]);
    assert_eq!(run["results"], json!([]));
    let invocation = &run["invocations"][0];
    assert_eq!(invocation["executionSuccessful"], false);
    assert_eq!(invocation["toolExecutionNotifications"][0]["descriptor"]["id"], "usage");
}
