use super::*;

fn faults(pairs: &[(&str, &str)]) -> String {
    let lookup = |name: &str| pairs.iter().find(|it| it.0 == name).map(|it| it.1.to_owned());
    Config::from_env(lookup).map_or_else(|faults| faults.to_string(), |_| String::new())
}

#[test]
fn every_fault_is_told_at_once_and_without_its_value() {
    let pairs = [
        ("PREFECT_API_URL", "canary"),
        ("SYNC_PULL", "canary"),
        ("SYNC_ADOPT", "canary"),
        ("SYNC_MAX_ENTRIES", "canary"),
        ("SyncStorage__blobServiceUri", "https://a.blob.core.windows.net"),
    ];
    let text = faults(&pairs);
    for name in [
        "PREFECT_API_URL",
        "SYNC_PULL",
        "SYNC_ADOPT",
        "SYNC_MAX_ENTRIES",
        "SyncStorage__queueServiceUri",
    ] {
        assert!(text.contains(name), "{name}: {text}");
    }
    assert!(!text.contains("canary"));
}

#[test]
fn only_allowed_names_of_the_environment_are_seen() {
    let pairs = [("PREFECT_API_URL", "http://h/api"), ("SYNC_ENV", "A, B"), ("A", "1"), ("C", "3")];
    let lookup = |name: &str| pairs.iter().find(|it| it.0 == name).map(|it| it.1.to_owned());
    let config = Config::from_env(lookup).unwrap();
    assert_eq!(config.environment, BTreeMap::from([("A".to_owned(), "1".to_owned())]));
    assert_eq!(config.instance.as_str(), "local");
}

#[test]
fn a_setting_that_is_needed_and_not_set_is_told_as_such_once() {
    assert_eq!(
        faults(&[]),
        "the settings cannot be used: PREFECT_API_URL is not set; set it to the address of Prefect's API, such as \
         http://127.0.0.1:4200/api or that of a Cloud workspace"
    );
    let wrong = faults(&[("PREFECT_API_URL", "localhost")]);
    assert!(wrong.ends_with(": PREFECT_API_URL must be an http or https address"), "{wrong}");
}

#[test]
fn an_address_without_api_has_one_with_it() {
    let with_api = |url: &str| {
        let lookup = |name: &str| (name == "PREFECT_API_URL").then(|| url.to_owned());
        Config::from_env(lookup).unwrap().prefect.with_api()
    };
    assert_eq!(with_api("http://h:4200/").as_deref(), Some("http://h:4200/api"));
    assert_eq!(with_api("http://me:canary@h/p?q=1").as_deref(), Some("http://h/p/api"));
    assert_eq!(with_api("http://h:4200/api/"), None);
    assert_eq!(with_api("https://api.prefect.cloud/api/accounts/a/workspaces/w"), None);
}

#[test]
fn a_time_that_no_clock_can_hold_is_a_fault() {
    let url = ("PREFECT_API_URL", "http://h/api");
    for (name, least) in [
        ("SYNC_RECONCILE_SECONDS", 10),
        ("SYNC_FUNCTION_TIMEOUT_SECONDS", 120),
        ("SYNC_PREFECT_TIMEOUT_SECONDS", 1),
    ] {
        for value in [(least - 1).to_string(), u64::MAX.to_string()] {
            let text = faults(&[url, (name, &value)]);
            assert!(text.ends_with(&format!(": {name} must be {least} to 86400")), "{text}");
        }
        assert_eq!(faults(&[url, (name, &least.to_string())]), "");
    }
}

#[test]
fn source_roots_are_folders_of_the_bundle() {
    let url = ("PREFECT_API_URL", "http://h/api");
    for wrong in ["/src", "src,../lib", "C:\\src"] {
        let text = faults(&[url, ("SYNC_SOURCE_ROOTS", wrong)]);
        assert!(text.contains("SYNC_SOURCE_ROOTS must be folders of the bundle"), "{text}");
    }
    let text = faults(&[url, ("SYNC_BUNDLE_NAME", "a/b")]);
    assert!(text.ends_with("SYNC_BUNDLE_NAME must be the name of one folder"), "{text}");
}

#[test]
fn tokens_of_entra_are_taken_only_when_it_is_said_whose_and_for_whom() {
    let url = ("PREFECT_API_URL", "http://h/api");
    let id = ("SYNC_HTTP_TENANT", "AAAABBBB-0000-1111-2222-333344445555");
    let audience = ("SYNC_HTTP_AUDIENCE", "api://sync, client");
    let text = faults(&[url, ("SYNC_HTTP_ROLE", "Deploy")]);
    for name in ["SYNC_HTTP_TENANT is not set", "SYNC_HTTP_AUDIENCE is not set"] {
        assert!(text.contains(name), "{text}");
    }
    let text = faults(&[url, ("SYNC_HTTP_TENANT", "contoso.com"), audience]);
    assert!(text.ends_with("SYNC_HTTP_TENANT must be the tenant's id, a UUID"), "{text}");
    let text = faults(&[url, id, audience, ("SYNC_HTTP_AUTHORITY", "http://login.example")]);
    assert!(text.ends_with("SYNC_HTTP_AUTHORITY must be an https address"), "{text}");
    let pairs = [url, id, audience];
    let lookup = |name: &str| pairs.iter().find(|it| it.0 == name).map(|it| it.1.to_owned());
    let http = Config::from_env(lookup).unwrap().http;
    assert!(!http.is_open());
    let entra = http.entra.unwrap();
    assert_eq!(entra.tenant, "aaaabbbb-0000-1111-2222-333344445555");
    assert_eq!(entra.audiences, ["api://sync", "client"]);
    assert_eq!(entra.authority, "https://login.microsoftonline.com");
}
