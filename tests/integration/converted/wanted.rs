//! What may differ after a conversion.

const SCHEMA: &str = "made without the flow, it has no schema; an entry always has the flow's";

const CHANGED: &str =
    "a default that the file changes before the flow: an entry has the one of its source";

const INFRASTRUCTURE: &str = "what its infrastructure block says is stated as job variables";

const RELATIVE: &str = "an entry's flow is run by its path, where `..` leads to nothing: as Prefect, the default is null";

/// The case, what differs, and why that is wanted; sorted.
pub(super) const DIFFERENCES: &[(&str, &str, &str)] = &[
    ("changed-after-building", "job_variables", INFRASTRUCTURE),
    ("changed-after-building", "parameter_openapi_schema", SCHEMA),
    ("circular-imports", "parameter_openapi_schema", CHANGED),
    ("container-instance-inline", "job_variables", INFRASTRUCTURE),
    ("convention-orion-fallback", "job_variables", INFRASTRUCTURE),
    ("convention-working-directory", "job_variables", INFRASTRUCTURE),
    ("deployment-objects", "job_variables", INFRASTRUCTURE),
    ("deployment-objects", "parameter_openapi_schema", SCHEMA),
    ("direct-deployment", "job_variables", INFRASTRUCTURE),
    ("direct-deployment", "parameter_openapi_schema", SCHEMA),
    ("flow-decorations", "not an entry", "made of a plain function, its flow has no entrypoint"),
    ("flows-by-their-paths", "not an entry", "its entrypoint is the absolute path of its file"),
    ("flows-made-by-functions", "not an entry", "a flow inside a function has no entrypoint"),
    ("inline-docker", "job_variables", INFRASTRUCTURE),
    ("inline-kubernetes", "job_variables", INFRASTRUCTURE),
    ("kubernetes-job-manifest", "job_variables", INFRASTRUCTURE),
    ("modules-and-packages", "parameter_openapi_schema", RELATIVE),
    ("nested-packages", "parameter_openapi_schema", RELATIVE),
    ("objects-copied", "job_variables", INFRASTRUCTURE),
    ("path-cut-from-the-folder", "job_variables", INFRASTRUCTURE),
    ("path-cut-from-the-folder", "not an entry", "the flow it names has another name in its file"),
    ("rules-and-bare-manifests", "job_variables", INFRASTRUCTURE),
    ("runner-deployment", "parameter_openapi_schema", SCHEMA),
    ("runner-deployment-changed", "parameter_openapi_schema", SCHEMA),
    ("schedules-as-dictionaries-two", "job_variables", INFRASTRUCTURE),
    (
        "schedules-as-dictionaries-two",
        "not an entry",
        "the flow it names has another name in its file",
    ),
    (
        "schedules-of-all-kinds",
        "not an entry",
        "its entrypoint is a module that only runs as a program",
    ),
    ("storage-in-a-try", "job_variables", INFRASTRUCTURE),
    ("yaml-driven", "job_variables", INFRASTRUCTURE),
];
