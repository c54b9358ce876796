//! One key that a deployment file in Python registers more than once.

use super::agents::of_file;
use super::*;
use crate::diagnostic::Severity;

/// What `text` registers on a server of Prefect 3.9, and the errors.
fn twice(text: &str) -> (Vec<String>, Vec<String>) {
    let out = of_file(text, &settings("3.9.1"));
    let registered = out.deployments.iter().map(|it| {
        let version = it.fields.get(&Field::Version).cloned().unwrap_or_default();
        format!("{}/{} {version}", it.flow, it.name)
    });
    let errors = out.diagnostics.iter().filter(|it| it.severity == Severity::Error);
    let errors = errors.map(|it| format!("{} {}: {}", it.at.line, it.code, it.message)).collect();
    (registered.collect(), errors)
}

#[test]
fn two_objects_of_one_name_are_an_error_with_both_places() {
    let one = |version| {
        format!(
            "Deployment.build_from_flow(etl, name='a', version='{version}', work_pool_name='p', apply=True)\n"
        )
    };
    let (registered, errors) = twice(&(one("1") + &one("2")));
    assert_eq!(registered.len(), 2);
    expect!["6 duplicate-deployment: deployment `etl/a` is declared twice, here and at etl/daily.deployment.py:5"]
        .assert_eq(&errors.join("\n"));
}

#[test]
fn an_object_that_is_changed_and_applied_again_stays_in_its_last_state() {
    let made = "d = Deployment.build_from_flow(etl, name='a', version='1', work_pool_name='p')\n";
    let (registered, errors) = twice(&format!("{made}d.apply()\nd.version = '2'\nd.apply()\n"));
    assert_eq!(registered, ["etl/a \"2\""]);
    assert_eq!(errors, [""; 0]);
}

#[test]
fn a_loop_that_registers_the_same_again_is_no_error() {
    let body =
        "    Deployment.build_from_flow(etl, name='a', version='1', work_pool_name='p').apply()\n";
    let (registered, errors) = twice(&format!("for _ in range(2):\n{body}"));
    assert_eq!(registered, ["etl/a \"1\""]);
    assert_eq!(errors, [""; 0]);
}
