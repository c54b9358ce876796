//! What a plan does not show of a live value.
//!
//! `prefect deploy` of 3.x resolves block placeholders and stores the secret in plain text (measured on 3.9.1): such a value
//! must not reach a plan or a receipt when the deployment is taken over.

use serde_json::Value;

/// Stands for a value that is not shown.
const HIDDEN: &str = "***";
/// Parts of the names of members that hold secrets.
const PRIVATE: [&str; 7] = [
    "token",
    "password",
    "secret",
    "api_key",
    "connection_string",
    "account_key",
    // of a pull step: what it does, with whatever is written into it
    "script",
];

/// `have` with a mark for each value that may be a secret: where `want` names a block, in an `env`, and by its name; what both
/// have is shown, since the file says it as well.
pub(super) fn shown(have: &Value, want: &Value) -> Value {
    part(have, Some(want), false)
}

fn part(have: &Value, want: Option<&Value>, private: bool) -> Value {
    match have {
        Value::Object(map) => {
            let one = |(name, it): (&String, &Value)| {
                let private = private || is_private(name);
                (name.clone(), part(it, want.and_then(|it| it.get(name)), private))
            };
            map.iter().map(one).collect()
        }
        Value::Array(list) => {
            let one = |(at, it)| part(it, want.and_then(|it| it.get(at)), private);
            list.iter().enumerate().map(one).collect()
        }
        Value::Null => Value::Null,
        _ if want == Some(have) => have.clone(),
        _ if private || want.is_some_and(names_block) => HIDDEN.into(),
        Value::String(text) => without_userinfo(text).into(),
        _ => have.clone(),
    }
}

/// `text` without what stands before the host of its addresses: `https://TOKEN@host/repository.git`.
fn without_userinfo(text: &str) -> String {
    let mut parts = text.split("://");
    let mut out = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let end = part.find(|it: char| it.is_whitespace() || "/?#\"'".contains(it));
        let (authority, rest) = part.split_at(end.unwrap_or(part.len()));
        let host = authority.rsplit_once('@').map(|it| it.1);
        out.push_str("://");
        match host {
            Some(host) => out.extend([HIDDEN, "@", host, rest]),
            None => out.push_str(part),
        }
    }
    out
}

fn is_private(name: &str) -> bool {
    let name = name.to_lowercase();
    name == "env" || PRIVATE.iter().any(|it| name.contains(it))
}

fn names_block(want: &Value) -> bool {
    want.as_str().is_some_and(|it| it.contains("prefect.blocks."))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn who_asks_is_no_part_of_a_shown_address() {
        let have = json!([{"git_clone": {"repository": "https://x:canary@h.io/a@b.git", "branch": "main"}},
            {"run_shell_script": {"script": "curl -H canary", "directory": "a@b"}},
            "see https://h.io/x and git+ssh://canary@h"]);
        let want = json!([
            {"git_clone": {"repository": "https://***@h.io/a@b.git", "branch": "main"}},
            {"run_shell_script": {"script": "***", "directory": "***"}},
            "see https://h.io/x and git+ssh://***@h",
        ]);
        assert_eq!(shown(&have, &json!([])), want);
    }

    #[test]
    fn a_secret_of_the_live_record_is_not_shown() {
        let have = json!({"image": "a:1", "args": ["canary", "x"], "env": {"A": "canary", "B": "same"},
            "access_token": "canary", "n": 1});
        let want = json!({"image": "a:2", "args": ["{{ prefect.blocks.secret.x }}", "x"],
            "env": {"A": "{{ $A }}", "B": "same"}});
        let shown = shown(&have, &want);
        assert_eq!(
            shown,
            json!({"image": "a:1", "args": ["***", "x"], "env": {"A": "***", "B": "same"},
                "access_token": "***", "n": 1})
        );
    }
}
