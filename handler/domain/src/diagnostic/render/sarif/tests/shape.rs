//! The members that SARIF 2.1.0 requires and allows, of the objects that are written here (its sections 3.13 to 3.58).

use super::*;

/// An object, the members that it must have, and others that it may have.
type Shape = (&'static str, &'static [&'static str], &'static [&'static str]);

const SHAPES: [Shape; 14] = [
    ("log", &["version", "runs"], &["$schema"]),
    (
        "run",
        &["tool"],
        &["columnKind", "originalUriBaseIds", "invocations", "results", "artifacts"],
    ),
    ("tool", &["driver"], &["extensions"]),
    ("driver", &["name"], &["version", "semanticVersion", "rules", "informationUri"]),
    (
        "rule",
        &["id"],
        &[
            "name",
            "shortDescription",
            "fullDescription",
            "help",
            "helpUri",
            "defaultConfiguration",
            "properties",
        ],
    ),
    ("configuration", &[], &["level", "enabled", "rank"]),
    ("message", &["text"], &["markdown"]),
    ("invocation", &["executionSuccessful"], &["toolExecutionNotifications", "exitCode"]),
    ("notification", &["message"], &["descriptor", "level", "locations"]),
    ("descriptor", &[], &["id", "index"]),
    (
        "result",
        &["message"],
        &["ruleId", "ruleIndex", "level", "locations", "partialFingerprints", "fixes"],
    ),
    ("location", &[], &["physicalLocation", "message"]),
    ("physical", &[], &["artifactLocation", "region"]),
    ("artifact", &[], &["uri", "uriBaseId"]),
];

/// Checks `it` as the object `kind`.
fn object(kind: &str, it: &Value) {
    let (_, required, allowed) = SHAPES.iter().find(|(name, ..)| *name == kind).unwrap();
    let members = it.as_object().unwrap_or_else(|| panic!("{kind} is {it}"));
    for name in *required {
        assert!(members.contains_key(*name), "{kind} without {name}");
    }
    for name in members.keys().map(String::as_str) {
        assert!(required.contains(&name) || allowed.contains(&name), "{kind} with {name}");
    }
}

fn all<'v>(kind: &str, list: &'v Value) -> &'v [Value] {
    let list = list.as_array().unwrap_or_else(|| panic!("{kind}s are {list}"));
    for it in list {
        object(kind, it);
    }
    list
}

fn level(it: &Value) {
    assert!(["none", "note", "warning", "error"].contains(&it.as_str().unwrap()), "{it}");
}

fn location(it: &Value) {
    let place = &it["physicalLocation"];
    object("physical", place);
    object("artifact", &place["artifactLocation"]);
    assert!(place["artifactLocation"]["uri"].is_string());
    assert!(place["region"].as_object().unwrap().values().all(|it| it.as_u64() >= Some(1)));
}

#[test]
fn a_document_has_what_the_standard_requires_and_nothing_else() {
    let tree = Tree::of_texts([("p.yaml", "x: 1\n")]);
    let nowhere = Diagnostic::error("failed", Position::start_of(""), "no server");
    let info = Diagnostic::info("block-not-read", Position::new("p.yaml", 0, 0), "later");
    let whole = document(&[at(1), info, nowhere], Run { tree: &tree, below: "", version: "1.2.3" });
    object("log", &whole);
    assert_eq!(whole["version"], "2.1.0");
    let [run] = all("run", &whole["runs"]) else { panic!("one run") };
    object("tool", &run["tool"]);
    let driver = &run["tool"]["driver"];
    object("driver", driver);
    let rules = all("rule", &driver["rules"]);
    for it in rules {
        for name in ["shortDescription", "fullDescription", "help"] {
            object("message", &it[name]);
        }
        object("configuration", &it["defaultConfiguration"]);
        level(&it["defaultConfiguration"]["level"]);
    }
    assert!(["utf16CodeUnits", "unicodeCodePoints"].contains(&run["columnKind"].as_str().unwrap()));
    for it in all("invocation", &run["invocations"]) {
        assert!(it["executionSuccessful"].is_boolean());
        for it in all("notification", &it["toolExecutionNotifications"]) {
            object("message", &it["message"]);
            object("descriptor", &it["descriptor"]);
            level(&it["level"]);
        }
    }
    for it in all("result", &run["results"]) {
        object("message", &it["message"]);
        level(&it["level"]);
        assert!(it["ruleIndex"].as_u64() < Some(rules.len() as u64));
        all("location", &it["locations"]).iter().for_each(location);
        assert!(it["partialFingerprints"].as_object().unwrap().values().all(Value::is_string));
    }
}
