//! Tokens of Entra ID: who is let in, and who is not.

use std::sync::LazyLock;

use handler::config::EntraConfig;
use handler::entra::{Entra, Judged};
use serde_json::{Value, json};
use world::authority::{AUDIENCE, Authority, Key, TENANT, unsigned};

/// Making one takes a moment.
static KEY: LazyLock<Key> = LazyLock::new(|| Key::new("first").unwrap());
static OTHER: LazyLock<Key> = LazyLock::new(|| Key::new("second").unwrap());

fn now() -> i64 {
    jiff::Timestamp::now().as_second()
}

/// A judge of the tokens of `authority`.
fn judge(authority: &Authority, role: Option<&str>) -> Entra {
    let wanted = EntraConfig {
        tenant: TENANT.to_owned(),
        audiences: vec![AUDIENCE.to_owned(), "client-id".to_owned()],
        role: role.map(str::to_owned),
        authority: authority.url.clone(),
    };
    Entra::new(wanted, None).unwrap()
}

/// `claims` with `more` in place of what they have.
fn with(claims: &Value, more: Value) -> Value {
    let mut claims = claims.clone();
    claims.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    claims
}

#[tokio::test(flavor = "multi_thread")]
async fn a_token_of_the_tenant_for_us_is_welcome_in_either_version() {
    let authority = Authority::start(&[&OTHER, &KEY]).await.unwrap();
    let entra = judge(&authority, None);
    let two = authority.claims(now());
    let one =
        with(&two, json!({"iss": format!("https://sts.windows.net/{TENANT}/"), "ver": "1.0"}));
    let client = with(&two, json!({"aud": "client-id"}));
    // clocks differ
    let early = with(&two, json!({"nbf": now() + 30}));
    let late = with(&two, json!({"exp": now() - 30}));
    for claims in [two, one, client, early, late] {
        let token = KEY.token(&claims).unwrap();
        assert_eq!(entra.judge(&token).await, Judged::Welcome, "{claims}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_token_that_somebody_else_made_is_refused_whatever_it_says_of_itself() {
    let authority = Authority::start(&[&KEY]).await.unwrap();
    let entra = judge(&authority, None);
    let claims = authority.claims(now());
    let header = |alg: &str| json!({"typ": "JWT", "alg": alg, "kid": "first"});
    let good = KEY.token(&claims).unwrap();
    assert_eq!(entra.judge(&good).await, Judged::Welcome);
    // another's key, under the name of the tenant's
    let stolen = OTHER.token_of(&header("RS256"), &claims).unwrap();
    let refused = Judged::Refused("its signature is not that of the tenant");
    assert_eq!(entra.judge(&stolen).await, refused);
    // other claims under a good signature
    let signature = good.rsplit('.').next().unwrap();
    let forged = with(&claims, json!({"roles": ["Deploy"]}));
    let forged = format!("{}.{signature}", unsigned(&header("RS256"), &forged));
    assert_eq!(entra.judge(&forged).await, refused);
    // the public key as the secret of an HMAC
    let text = unsigned(&header("HS256"), &claims);
    let secret = ring::hmac::Key::new(ring::hmac::HMAC_SHA256, &KEY.modulus());
    let tag = ring::hmac::sign(&secret, text.as_bytes());
    let mac = {
        use base64::Engine as _;
        base64::engine::general_purpose::URL_SAFE_NO_PAD.encode(tag)
    };
    for token in [
        format!("{text}.{mac}"),
        format!("{}.", unsigned(&header("none"), &claims)),
        format!("{}.{signature}", unsigned(&header("none"), &claims)),
        KEY.token_of(&header("RS384"), &claims).unwrap(),
        KEY.token_of(&header("PS256"), &claims).unwrap(),
        KEY.token_of(&json!({"alg": "RS256"}), &claims).unwrap(),
        unsigned(&header("RS256"), &claims),
        String::new(),
        "..".to_owned(),
        "canary".to_owned(),
    ] {
        let judged = entra.judge(&token).await;
        assert!(matches!(judged, Judged::Refused(_)), "{token}: {judged:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_token_of_another_time_place_or_purpose_is_refused_and_why() {
    let authority = Authority::start(&[&KEY]).await.unwrap();
    let entra = judge(&authority, None);
    let claims = authority.claims(now());
    let foreign = "11112222-3333-4444-5555-666677778888";
    for (more, want) in [
        (json!({"aud": "api://another"}), "it is made for another audience"),
        (
            json!({"iss": format!("{}/{foreign}/v2.0", authority.url)}),
            "it is made by somebody else",
        ),
        (json!({"iss": "https://sts.windows.net/"}), "it is made by somebody else"),
        (json!({"tid": foreign}), "it is of another tenant"),
        (json!({"exp": now() - 90}), "it has expired"),
        (json!({"nbf": now() + 90}), "it is not valid yet"),
        (json!({"exp": null}), "it lacks what a token of Entra ID has"),
        (json!({"aud": null}), "it lacks what a token of Entra ID has"),
        (json!({"exp": "tomorrow"}), "it lacks what a token of Entra ID has"),
        (json!({"nbf": "now"}), "it cannot be read"),
        (json!({"tid": null}), "it cannot be read"),
        (json!({"roles": "Deploy"}), "it cannot be read"),
    ] {
        let token = KEY.token(&with(&claims, more.clone())).unwrap();
        assert_eq!(entra.judge(&token).await, Judged::Refused(want), "{more}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn where_a_role_is_wanted_a_token_without_it_is_good_and_not_enough() {
    let authority = Authority::start(&[&KEY]).await.unwrap();
    let entra = judge(&authority, Some("Deploy"));
    let claims = authority.claims(now());
    for (roles, want) in [
        (json!(["Read", "Deploy"]), Judged::Welcome),
        (json!(["Read", "deploy"]), Judged::Lacking),
        (json!([]), Judged::Lacking),
    ] {
        let token = KEY.token(&with(&claims, json!({"roles": roles}))).unwrap();
        assert_eq!(entra.judge(&token).await, want, "{roles}");
    }
    let token = KEY.token(&claims).unwrap();
    assert_eq!(entra.judge(&token).await, Judged::Lacking);
}

#[tokio::test(flavor = "multi_thread")]
async fn without_the_keys_nobody_is_judged() {
    let authority = Authority::start(&[&KEY]).await.unwrap();
    let token = KEY.token(&authority.claims(now())).unwrap();
    authority.has(None);
    assert_eq!(judge(&authority, None).judge(&token).await, Judged::Unavailable);
    authority.has(Some(&[&OTHER]));
    let refused = Judged::Refused("the tenant has no such key");
    assert_eq!(judge(&authority, None).judge(&token).await, refused);
}
