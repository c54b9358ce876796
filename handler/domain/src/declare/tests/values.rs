//! The values that fields take.

use super::*;

#[test]
fn a_flag_may_be_a_word_as_in_an_environment_variable() {
    let out = read(&with("  paused: 'yes'\n  enforce_parameter_schema: 0\n"), "3.9.1");
    let fields = &out.deployments[0].fields;
    assert_eq!(fields[&Field::Paused], json!(true));
    assert_eq!(fields[&Field::EnforceParameterSchema], json!(false));
    check(
        "  paused: maybe\n",
        expect![[r#"
        5:11 field-type: `paused` must be true or false, this is a text; Prefect would skip the whole file [write `true` or `false`]
    "#]],
    );
}

#[test]
fn a_mapping_may_not_be_null() {
    check(
        "  parameters:\n",
        expect![[r#"
        5:13 field-type: `parameters` must be a mapping, this is empty; Prefect would skip the whole file [write `parameters: {}` or remove the key]
    "#]],
    );
}

#[test]
fn a_tag_that_is_no_text_is_an_error() {
    check(
        "  tags: [a, {b: c}]\n",
        expect![[r#"
        5:13 field-type: a tag must be a text, this is a mapping [quote it]
    "#]],
    );
}

#[test]
fn a_tag_may_be_a_number_and_a_blank_one_is_none() {
    let out = read(&with("  tags: [a, 2026, true, '']\n"), "3.9.1");
    assert_eq!(out.deployments[0].fields[&Field::Tags], json!(["a", "2026", "True"]));
}

#[test]
fn an_empty_version_or_description_is_that_of_the_flow() {
    let out = read(&with("  version: ''\n  description: ''\n"), "3.9.1");
    let fields = &out.deployments[0].fields;
    assert_eq!(fields[&Field::Description], json!(null));
    assert_eq!(fields[&Field::Version].as_str().map(str::len), Some(32));
}

#[test]
fn a_concurrency_limit_is_a_number_or_a_mapping_with_one() {
    check(
        "  concurrency_limit: many\n",
        expect![[r#"
        5:22 field-type: `concurrency_limit` must be a whole number above 0, or a mapping with such a `limit`
    "#]],
    );
    check(
        "  concurrency_limit: {limit: 0}\n",
        expect![[r#"
        5:22 field-type: `concurrency_limit` must be a whole number above 0, or a mapping with such a `limit`
    "#]],
    );
    check(
        "  concurrency_limit: {limit: 1, grace_period_seconds: 90}\n",
        expect![[r#"
        5:55 field-type: `collision_strategy` must be ENQUEUE or CANCEL_NEW
    "#]],
    );
    check(
        "  concurrency_limit: {limit: 1, collision_strategy: ENQUEUE, grace_period_seconds: 5}\n",
        expect![[r#"
            5:84 field-type: `grace_period_seconds` must be a whole number from 60 to 86400
        "#]],
    );
}
