use std::time::Duration;

use domain::dialect::Dialect;
use domain::plan::Action;
use domain::plan::window::Window;

use super::*;
use crate::config::Config;

#[tokio::test]
async fn no_call_starts_once_the_time_is_up() {
    drop(rustls::crypto::ring::default_provider().install_default());
    let lookup = |it: &str| (it == "PREFECT_API_URL").then(|| "http://127.0.0.1:9/api".to_owned());
    let client = Client::new(&Config::from_env(lookup).unwrap().prefect, None).unwrap();
    let step = |kind, call| Step { call, ..Step::new(Action::Create, kind, "a") };
    let (flow, body) = ("f".to_owned(), serde_json::Map::new());
    let steps = vec![
        step("work-pool", Call::CreatePool { body: serde_json::Map::new() }),
        step("block", Call::CreateCredentials),
        step("deployment", Call::CreateDeployment { flow, body }),
    ];
    let window = Window { before: Duration::from_secs(15), wait: Duration::from_mins(1) };
    let care = Care { window, drain: Duration::ZERO, dialect: Dialect::cloud() };
    let (credentials, is_over) = (Value::Null, &|| true);
    let means = Means { client: &client, credentials, is_over, care, progress: &|_, _| {} };
    let applied = apply(&Plan { steps }, &means).await;
    assert_eq!(applied[..2], [Applied::late(), Applied::late()]);
    assert_eq!(applied[2].outcome, Outcome::Skipped);
}

#[test]
fn what_may_be_better_later_is_not_hidden_by_what_a_person_must_look_at() {
    let refused = Applied::of(Outcome::Failed("refused".to_owned()));
    let later = Applied { later: true, ..Applied::of(Outcome::Failed("HTTP 503".to_owned())) };
    let good = Applied::of(Outcome::Done);
    assert_eq!(worst(&[good.clone(), refused.clone(), later.clone()]), Some(&later));
    assert_eq!(worst(&[good.clone(), refused.clone()]), Some(&refused));
    assert_eq!(worst(&[good]), None);
}
