//! What a plan does not show of a live value.
//!
//! `prefect deploy` of 3.x resolves block placeholders and stores the secret in plain text (measured on 3.9.1): such a value
//! must not reach a plan or a receipt when the deployment is taken over.

use serde_json::Value;

/// Stands for a value that is not shown.
const HIDDEN: &str = "***";
/// Parts of the names of members that hold secrets.
const PRIVATE: [&str; 6] =
    ["token", "password", "secret", "api_key", "connection_string", "account_key"];

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
        _ => have.clone(),
    }
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
