//! The settings alone lead the product to its vault: through a proxy, with a root certificate, as a managed identity.

use std::path::Path;

use domain::secret::SecretName;
use handler::app::App;
use handler::config::Config;
use world::vault::{Operation, Trouble, Vault, Vaults};

/// The folder in which the process tells what it has seen.
const ROLE: &str = "VAULT_TEST_ROLE";
const SEEN: &str = "seen";

/// Runs the test `name` in a process of its own that has `settings`: a proxy is read from the environment.
async fn process(name: &str, settings: &[(&str, String)]) -> String {
    let dir = tempfile::tempdir().unwrap();
    let output = tokio::process::Command::new(std::env::current_exe().unwrap())
        .args([&format!("vault::settings::{name}"), "--exact", "--nocapture"])
        .env_clear()
        .envs(settings.iter().map(|it| (it.0, it.1.as_str())))
        .env("PREFECT_API_URL", "http://127.0.0.1:9/api")
        .env(ROLE, dir.path())
        .output()
        .await
        .unwrap();
    let text = |it: &[u8]| String::from_utf8_lossy(it).into_owned();
    let seen = std::fs::read_to_string(dir.path().join(SEEN)).unwrap_or_default();
    seen + &text(&output.stdout) + &text(&output.stderr)
}

/// Whether this is the process that has the settings; then it tells what the product has.
async fn told_by_this_process() -> bool {
    let Some(dir) = std::env::var_os(ROLE) else { return false };
    std::fs::write(Path::new(&dir).join(SEEN), seen(Path::new(&dir)).await).unwrap();
    true
}

async fn seen(dir: &Path) -> String {
    let app = App::open(Config::load().unwrap(), Some(dir)).unwrap();
    let vault = app.vault.unwrap();
    let list = match vault.list().await {
        Ok(list) => list.len(),
        Err(error) => return format!("failed: {}", handler::telemetry::chain(&error)),
    };
    let (_, value) = vault.read(&SecretName::new("s").unwrap()).await.unwrap();
    format!("{} has {list}, of {} characters", vault.address(), value.expose().len())
}

async fn vault() -> Vault {
    let vault = Vaults::start().await.unwrap().vault("by-settings");
    vault.set("s", "canary-value").unwrap();
    vault
}

#[tokio::test(flavor = "multi_thread")]
async fn a_vault_behind_a_proxy_is_read_as_a_managed_identity() {
    if told_by_this_process().await {
        return;
    }
    let vault = vault().await;
    // one that is throttled is asked again
    vault.fail(Operation::Value, Trouble::Throttled(0), 2);
    let name = "a_vault_behind_a_proxy_is_read_as_a_managed_identity";
    let told = process(name, &vault.settings()).await;
    let want = "https://by-settings.vault.azure.net has 1, of 12 characters";
    assert!(told.contains(want), "{told}");
    assert!(!told.contains("canary"), "{told}");
    assert_eq!(vault.count(Operation::List), 1);
    assert_eq!(vault.count(Operation::Value), 3);
    assert_eq!(vault.tokens(), 4, "the first request comes without one");
}

#[tokio::test(flavor = "multi_thread")]
async fn without_its_root_certificate_a_vault_is_told_nothing() {
    if told_by_this_process().await {
        return;
    }
    let vault = vault().await;
    let settings = vault.settings().into_iter().filter(|it| it.0 != "SYNC_CA_FILE");
    let settings: Vec<_> = settings.collect();
    let name = "without_its_root_certificate_a_vault_is_told_nothing";
    let told = process(name, &settings).await;
    assert!(told.contains("failed: ") && told.contains("certificate"), "{told}");
    assert!(!told.contains("canary"), "{told}");
    assert_eq!(vault.tokens(), 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_vault_that_asks_for_a_token_for_something_else_gets_none() {
    if told_by_this_process().await {
        return;
    }
    let vault = vault().await;
    vault.ask_for("https://management.azure.com");
    let name = "a_vault_that_asks_for_a_token_for_something_else_gets_none";
    let told = process(name, &vault.settings()).await;
    assert!(told.contains("failed: ") && told.contains("challenge"), "{told}");
    assert_eq!(vault.tokens(), 0);
}
