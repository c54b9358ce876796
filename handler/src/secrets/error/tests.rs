use azure_core::error::ErrorKind;
use azure_core::http::headers::Headers;
use azure_core::http::{RawResponse, StatusCode};
use expect_test::{Expect, expect};

use super::VaultError;

/// The variant and the chain of what becomes of an answer.
fn check(status: u16, body: &str, expect: Expect) {
    let status = StatusCode::from(status);
    let raw = RawResponse::from_bytes(status, Headers::new(), body.as_bytes().to_vec());
    let kind =
        ErrorKind::HttpResponse { status, error_code: None, raw_response: Some(Box::new(raw)) };
    let error = azure_core::Error::with_message(kind, format!("message with {body}"));
    let error = VaultError::of_azure("read", "db-pass", &error);
    let debug = format!("{error:?}");
    let variant = debug.split('(').next().unwrap();
    let text = format!("{variant}: {}", crate::telemetry::chain(&error));
    assert!(!text.contains("canary") && !debug.contains("canary"), "{debug}");
    expect.assert_eq(&text);
}

// bodies as Azure sends them: emulators leave `innererror` out
const DISABLED: &str = r#"{"error":{"code":"Forbidden","message":"Operation get is not allowed on a disabled secret canary.","innererror":{"code":"SecretDisabled"}}}"#;
const DENIED: &str = r#"{"error":{"code":"Forbidden","message":"The user 'appid=canary' does not have secrets get permission","innererror":{"code":"ForbiddenByPolicy"}}}"#;
const MISSING: &str = r#"{"error":{"code":"SecretNotFound","message":"A secret with (name/id) canary was not found in this key vault."}}"#;
const DELETED: &str = r#"{"error":{"code":"Conflict","message":"Secret canary is currently in a deleted but recoverable state","innererror":{"code":"ObjectIsDeletedButRecoverable"}}}"#;

#[test]
fn a_disabled_secret_is_told_from_one_that_we_may_not_read() {
    check(
        403,
        DISABLED,
        expect![
            "Disabled: cannot read `db-pass`: it is disabled: status 403, Forbidden, SecretDisabled"
        ],
    );
    check(
        403,
        DENIED,
        expect![
            "Denied: cannot read `db-pass`: access denied: status 403, Forbidden, ForbiddenByPolicy"
        ],
    );
    check(403, "", expect!["Denied: cannot read `db-pass`: access denied: status 403"]);
}

#[test]
fn only_a_vault_can_say_that_a_secret_is_missing() {
    check(
        404,
        MISSING,
        expect!["Missing: cannot read `db-pass`: it does not exist: status 404, SecretNotFound"],
    );
    for body in ["", "<html>canary of a proxy</html>", r#"{"error":"canary"}"#, "{}", "[]"] {
        check(
            404,
            body,
            expect!["Garbled: cannot read `db-pass`: the answer makes no sense: status 404"],
        );
    }
}

#[test]
fn what_is_over_in_a_while_is_told_as_such() {
    check(
        409,
        DELETED,
        expect![
            "Conflict: cannot read `db-pass`: it is being deleted or recovered: status 409, Conflict, ObjectIsDeletedButRecoverable"
        ],
    );
    for status in [408, 429, 500, 503] {
        let body = r#"{"error":{"code":"canary of many words"}}"#;
        let raw = format!(
            "Unavailable: cannot read `db-pass`: the vault is unavailable: status {status}"
        );
        let status_code = StatusCode::from(status);
        let answer = RawResponse::from_bytes(status_code, Headers::new(), body.as_bytes().to_vec());
        let kind = ErrorKind::HttpResponse {
            status: status_code,
            error_code: None,
            raw_response: Some(Box::new(answer)),
        };
        let error = VaultError::of_azure("read", "db-pass", &kind.into_error());
        let debug = format!("{error:?}");
        let variant = debug.split('(').next().unwrap();
        assert_eq!(format!("{variant}: {}", crate::telemetry::chain(&error)), raw);
    }
}

#[test]
fn a_request_that_the_vault_refuses_is_not_tried_again() {
    check(
        400,
        r#"{"error":{"code":"BadParameter","message":"canary"}}"#,
        expect!["Rejected: cannot read `db-pass`: refused: status 400, BadParameter"],
    );
    let error = azure_core::Error::with_message(ErrorKind::Other, "challenge resource");
    let error = VaultError::of_azure("read", "db-pass", &error);
    assert!(matches!(error, VaultError::Rejected(_)), "{error:?}");
}

#[test]
fn what_a_parser_says_of_an_answer_is_not_told() {
    let error = azure_core::Error::with_message(ErrorKind::DataConversion, "invalid type: canary");
    let error = VaultError::of_azure("read", "db-pass", &error);
    assert!(matches!(error, VaultError::Garbled(_)), "{error:?}");
    assert!(!format!("{error:?}").contains("canary"), "{error:?}");
}
