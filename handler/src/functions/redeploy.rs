//! `POST /api/redeploy`: what may be asked for.

use domain::job::{Cause, Job, Options, Scope};
use domain::names::BundleId;
use serde::Deserialize;

/// The body of `POST /api/redeploy`.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Request {
    /// One bundle.
    bundle: Option<String>,
    /// Every bundle.
    #[serde(default)]
    all: bool,
    /// Only these deployments.
    #[serde(default)]
    deployments: Vec<String>,
    /// Take over what is not ours.
    #[serde(default)]
    adopt: bool,
}

/// The job that the body `text` asks for.
///
/// # Errors
/// With a sentence for the caller: an absent body (the host passes none on for a chunked one) is refused, as are both or
/// neither of `bundle` and `all`.
pub fn requested(text: &str, request: &str) -> Result<Job, String> {
    if text.trim().is_empty() {
        return Err(
            "a JSON body with `bundle` or `all` is wanted (with Content-Length, not chunked)"
                .to_owned(),
        );
    }
    let body: Request =
        serde_json::from_str(text).map_err(|error| format!("the body cannot be read: {error}"))?;
    let scope = match (body.bundle, body.all) {
        (Some(id), false) => Scope::Bundle(BundleId::new(id).map_err(|error| error.to_string())?),
        (None, true) => Scope::All,
        _ => return Err("exactly one of `bundle` and `all` is wanted".to_owned()),
    };
    let options =
        Options { deployments: body.deployments, adopt: body.adopt, ..Options::default() };
    Ok(Job { options, ..Job::new(scope, Cause::Redeploy, request) })
}

#[cfg(test)]
mod tests {
    use super::requested;

    #[test]
    fn exactly_one_of_bundle_and_all_is_wanted() {
        assert!(requested(r#"{"bundle":"a"}"#, "r").is_ok());
        assert!(requested(r#"{"all":true}"#, "r").is_ok());
        for bad in [
            "",
            "{}",
            r#"{"bundle":"a","all":true}"#,
            r#"{"bundle":"../a"}"#,
            r#"{"bundel":"a"}"#,
            "[]",
        ] {
            assert!(requested(bad, "r").is_err(), "{bad}");
        }
    }
}
