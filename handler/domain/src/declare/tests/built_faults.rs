//! What is said about a deployment.yaml that is wrong.

use expect_test::expect;
use serde_json::Value;

use super::built::{BUILT, PROCESS, check, of};
use super::*;

#[test]
fn a_secret_that_the_file_only_masks_is_an_error_at_its_place() {
    let masked =
        "infrastructure: {type: docker-container, image_registry: {password: '**********'},
  _block_type_slug: docker-container}\nstorage: null";
    check(
        "2.20.27",
        &BUILT.replace("NODE", masked),
        expect![[r#"
        14:42 masked-secret: `infrastructure.image_registry` is a secret of a `docker-container` block without a name, of which the file has only the mask
    "#]],
    );
}

#[test]
fn a_schema_that_is_not_that_of_the_flow_is_told_and_the_flow_counts() {
    let text = BUILT.replace("NODE", PROCESS).replace("default: 10", "default: 20");
    let out = of(&text, &settings("2.20.27"));
    let found: Vec<_> = out.diagnostics.iter().map(|it| (it.code, it.at.line)).collect();
    assert_eq!(found, [("stale-schema", 21)]);
    let limit = |it: &Value| it.pointer("/properties/limit/default").cloned();
    let it = &out.deployments[0];
    assert_eq!(limit(&it.fields[&Field::ParameterSchema]), Some(json!(20)));
    assert_eq!(limit(&it.registered[&Field::ParameterSchema]), Some(json!(10)));
}

#[test]
fn a_file_without_its_flow_is_an_error() {
    let text = BUILT.replace("NODE", PROCESS).replace("flow.py:etl", "flows.py:etl");
    let out = of(&text, &settings("2.20.27"));
    assert_eq!(out.diagnostics[0].code, "entrypoint-file");
    assert_eq!(out.deployments, []);
}
