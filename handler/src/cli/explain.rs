//! `explain [CODE]`: what the code of a finding means.

use domain::diagnostic::{Rule, rules};
use serde_json::{Map, Value, json};

use super::args::{ExplainArgs, Output};
use super::failure::Usage;
use super::{Exit, output};

pub(super) fn run(args: &ExplainArgs) -> anyhow::Result<Exit> {
    let one = args.code.as_deref().map(named).transpose()?;
    if args.common.output == Output::Json {
        let list: Vec<Value> = one
            .as_ref()
            .map_or(rules::ALL, std::slice::from_ref)
            .iter()
            .map(|it| json(it))
            .collect();
        output::json(Map::from_iter([("rules".to_owned(), list.into())]), &[])?;
    } else if let Some(rule) = one {
        output::text(&rule.page())?;
    } else {
        output::text(&list())?;
    }
    Ok(Exit::Ok)
}

fn named(code: &str) -> Result<&'static Rule, Usage> {
    Rule::of(code).ok_or_else(|| {
        let near = Rule::near(code).map(|it| format!("did you mean `{}`?", it.code));
        let hint = near.unwrap_or_else(|| "`explain` alone lists all codes".to_owned());
        Usage { message: format!("no finding has the code `{code}`"), hint }
    })
}

/// Code, severity and summary of each, in columns.
fn list() -> String {
    let width = rules::ALL.iter().map(|it| it.code.len()).max().unwrap_or_default();
    let line =
        |it: &&Rule| format!("{:width$}  {:7}  {}\n", it.code, it.severity.word(), it.summary());
    rules::ALL.iter().map(line).collect()
}

fn json(rule: &Rule) -> Value {
    json!({
        "code": rule.code,
        "severity": rule.severity,
        "summary": rule.summary(),
        "page": rule.page(),
    })
}
