//! SARIF 2.1.0, as GitHub's code scanning and editors read it.
//!
//! Source: OASIS Standard "Static Analysis Results Interchange Format (SARIF) Version 2.1.0".

use std::collections::BTreeMap;
use std::fmt::Write as _;

use serde_json::{Value, json};

use super::super::{Diagnostic, Rule, Severity};
use crate::bundle::sha256_hex;
use crate::tree::Tree;

/// The base of all paths: whoever reads the document knows where it is.
const ROOT: &str = "%SRCROOT%";

/// What `diagnostics` are shown against.
#[derive(Debug, Clone, Copy)]
pub(super) struct Run<'a> {
    pub(super) tree: &'a Tree,
    /// The folder of the files in the repository, with a slash at its end; empty for its root.
    pub(super) below: &'a str,
    /// That of this program.
    pub(super) version: &'a str,
}

/// The whole document. Findings about no file are notifications: a result must have a place.
pub(super) fn document(diagnostics: &[Diagnostic], run: Run<'_>) -> Value {
    let rules = rules(diagnostics);
    let (placed, others): (Vec<&Diagnostic>, Vec<&Diagnostic>) =
        diagnostics.iter().partition(|it| !it.at.file.is_empty());
    let mut seen = BTreeMap::new();
    let results = placed.iter().map(|it| result(it, &rules, run, &mut seen)).collect::<Vec<_>>();
    let notifications = others.iter().map(|it| notification(it)).collect::<Vec<_>>();
    let driver = json!({
        "name": "prefect-azure-sync",
        "version": run.version,
        "semanticVersion": run.version,
        "rules": rules.iter().map(|it| rule(it)).collect::<Vec<_>>(),
    });
    json!({
        "$schema": "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": {"driver": driver},
            "columnKind": "unicodeCodePoints",
            "originalUriBaseIds": {ROOT: {"description": {"text": "The root of the repository."}}},
            "invocations": [{
                "executionSuccessful": others.is_empty(),
                "toolExecutionNotifications": notifications,
            }],
            "results": results,
        }],
    })
}

/// The rules that are found, sorted by code.
fn rules(diagnostics: &[Diagnostic]) -> Vec<&'static Rule> {
    let found = |rule: &&Rule| diagnostics.iter().any(|it| it.code == rule.code);
    super::super::rules::ALL.iter().copied().filter(found).collect()
}

fn rule(rule: &Rule) -> Value {
    let (page, summary) = (rule.page(), rule.summary());
    json!({
        "id": rule.code,
        "shortDescription": {"text": summary},
        "fullDescription": {"text": summary},
        "help": {"text": page, "markdown": page},
        "defaultConfiguration": {"level": level(rule.severity)},
        "properties": {
            "tags": ["prefect"],
            "precision": "very-high",
            "problem.severity": match rule.severity {
                Severity::Info => "recommendation",
                other => other.word(),
            },
        },
    })
}

fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Info => "note",
        other => other.word(),
    }
}

/// A rule, a file and the text of a line, with how often that was found before.
type Seen<'a> = BTreeMap<(&'a str, &'a str, &'a str), usize>;

fn result<'a>(it: &'a Diagnostic, rules: &[&Rule], run: Run<'a>, seen: &mut Seen<'a>) -> Value {
    let uri = format!("{}{}", run.below, it.at.file);
    let mut out = json!({
        "ruleId": it.code,
        "level": level(it.severity),
        "message": {"text": text(it)},
        "locations": [{"physicalLocation": {
            "artifactLocation": {"uri": encoded(&uri), "uriBaseId": ROOT},
            "region": {"startLine": it.at.line.max(1), "startColumn": it.at.column.max(1)},
        }}],
        "partialFingerprints": {"primaryLocationLineHash": fingerprint(it, run.tree, seen)},
    });
    let index = rules.iter().position(|rule| rule.code == it.code);
    if let (Some(index), Some(map)) = (index, out.as_object_mut()) {
        map.insert("ruleIndex".into(), index.into());
    }
    out
}

fn notification(it: &Diagnostic) -> Value {
    json!({"descriptor": {"id": it.code}, "level": level(it.severity), "message": {"text": text(it)}})
}

fn text(it: &Diagnostic) -> String {
    let hint = it.hint.as_deref().map(|it| format!(" ({it})")).unwrap_or_default();
    format!("{}{hint}", it.message)
}

/// The same while the line stands elsewhere in the file: neither line numbers nor the message, which may name some, count.
fn fingerprint<'a>(it: &'a Diagnostic, tree: &'a Tree, seen: &mut Seen<'a>) -> String {
    let source = tree.text(&it.at.file).unwrap_or_default();
    let line = source.lines().nth((it.at.line as usize).saturating_sub(1));
    let line = line.unwrap_or_default().trim();
    let count = seen.entry((it.code, it.at.file.as_str(), line)).or_default();
    *count += 1;
    let hash = sha256_hex(format!("{}\0{}\0{line}", it.code, it.at.file).as_bytes());
    format!("{}:{count}", hash.get(..16).unwrap_or_default())
}

/// `path` as a relative URI.
fn encoded(path: &str) -> String {
    let mut out = String::new();
    for byte in path.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~/".contains(&byte) {
            out.push(char::from(byte));
        } else {
            let _infallible = write!(out, "%{byte:02X}");
        }
    }
    out
}

#[cfg(test)]
mod tests;
