//! What may differ after a conversion.

const SCHEMA: &str = "made without the flow, it has no schema; an entry always has the flow's";

/// The case, what differs, and why that is wanted; sorted.
pub(super) const DIFFERENCES: &[(&str, &str, &str)] = &[
    ("changed-after-building", "parameter_openapi_schema", SCHEMA),
    ("deployment-objects", "parameter_openapi_schema", SCHEMA),
    ("direct-bare", "not an entry", "its flow is not in the bundle, which an entry must name"),
    ("direct-deployment", "parameter_openapi_schema", SCHEMA),
    ("runner-deployment", "parameter_openapi_schema", SCHEMA),
    ("settings-from-environment", "tags", "a text in place of a list is no tags in an entry"),
];
