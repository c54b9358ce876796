//! The differences that we want, each with its reason.

use serde_json::{Value, json};

/// A difference that we want.
pub(super) struct Reason {
    /// Why.
    pub(super) why: &'static str,
    /// The Prefect versions that show it.
    pub(super) versions: &'static [&'static str],
    /// Whether a difference is this one: its path, what `prefect deploy` registered, what we did.
    is: fn(&str, &Value, &Value) -> bool,
}

const BOTH: &[&str] = &["3.9", "2.20"];
const THREE: &[&str] = &["3.9"];
const TWO: &[&str] = &["2.20"];

/// All of them.
pub(super) const REASONS: [Reason; 9] = [
    Reason {
        why: "the marker tag says whose the deployment is; tags are a set, so we sort them",
        versions: BOTH,
        is: |path, theirs, ours| {
            let marker = format!("bundle:local/{}", path.split('/').next().unwrap_or_default());
            let mut tags = theirs.as_array().cloned().unwrap_or_default();
            tags.push(json!(marker));
            tags.sort_by_key(ToString::to_string);
            path.ends_with("/tags") && json!(tags) == *ours
        },
    },
    Reason {
        why: "`tags: nightly` is one tag; their tool makes one tag a letter of it",
        versions: BOTH,
        is: |path, _, ours| {
            path == "plain/plain-silent/one-tag/tags"
                && *ours == json!(["bundle:local/plain", "nightly"])
        },
    },
    Reason {
        why: "a flow without a docstring has no description; their tool writes the text `None`",
        versions: THREE,
        is: |path, theirs, ours| {
            path.ends_with("/description") && theirs == "None" && ours.is_null()
        },
    },
    Reason {
        why: "a schedule has a slug, so that it can be changed in place",
        versions: THREE,
        is: |path, theirs, ours| {
            let slug = ours.as_str().unwrap_or_default();
            path.ends_with("/slug") && theirs.is_null() && slug.starts_with("schedule-")
        },
    },
    Reason {
        why: "a pull that only names a folder of somebody's machine is replaced by the staged code",
        versions: BOTH,
        is: |path, theirs, _| {
            path.starts_with("pull/pull/on-somebodys-machine/pull_steps/")
                && theirs == "/Users/somebody/flows"
        },
    },
    Reason {
        why: "without a pull the staged code is pulled, also into an image; their tool guesses /opt/prefect",
        versions: THREE,
        is: |path, theirs, _| path.contains("/pull_steps/") && theirs == "/opt/prefect",
    },
    Reason {
        why: "a block stays a placeholder for the worker; their tool stores the secret in plain text",
        versions: THREE,
        is: |path, theirs, ours| {
            path == "blocks/blocks/with-a-secret/job_variables/env/TOKEN"
                && theirs == "canary-of-a-block"
                && ours == "{{ prefect.blocks.secret.github-token }}"
        },
    },
    Reason {
        why: "`day_or: false` is registered; their tool drops it",
        versions: TWO,
        is: |path, theirs, ours| path.ends_with("/day_or") && theirs == true && ours == false,
    },
    Reason {
        why: "the limit of a deployment is named after its id",
        versions: THREE,
        is: |path, _, ours| {
            let name = ours.as_str().unwrap_or_default();
            path.ends_with("/global_concurrency_limit/name") && name.starts_with("deployment:")
        },
    },
];

/// Why this difference is wanted; `None`: it is not.
pub(super) fn reason(path: &str, theirs: &Value, ours: &Value) -> Option<&'static str> {
    REASONS.iter().find(|it| (it.is)(path, theirs, ours)).map(|it| it.why)
}
