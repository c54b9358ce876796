//! Random histories on real servers, against a model of the promises: what is declared is as declared, what others did stays,
//! and nothing that is forbidden was ever sent.
//!
//! The suite takes the same histories each time, so that it judges the change and not the luck. Others are looked for with
//! `MODEL_SEED=$RANDOM MODEL_CASES=60 cargo test -p tests --test integration model`; a failure prints the seed of its history.

mod checked;
mod expected;
mod history;
mod person;
mod real;
mod schedules;
mod seen;
mod texts;

use futures::{StreamExt as _, stream};
use proptest::test_runner::{Config, RngAlgorithm, TestCaseError, TestError, TestRng, TestRunner};
use tokio::runtime::Handle;
use world::prefect::Server;

use crate::servers::{three, two};
use history::History;
use real::Real;

/// In the suite; each takes seconds.
const CASES: u64 = 12;
/// The first one's seed.
const SEED: u64 = 20_261_202;
/// Histories at once.
const AT_ONCE: usize = 3;
/// Shorter histories that are tried when one has failed.
const SHORTER: u32 = 40;

fn number(name: &str) -> Option<u64> {
    std::env::var_os(name)?.to_str()?.parse().ok()
}

/// The history of `seed`; when it fails, a shorter one that fails too.
fn one(seed: u64, server: &'static Server, is_three: bool) -> Option<String> {
    let config = Config {
        cases: 1,
        failure_persistence: None,
        max_shrink_iters: number("MODEL_SHORTER").map_or(SHORTER, |it| it.try_into().unwrap()),
        ..Config::default()
    };
    let mut bytes = [0; 32];
    bytes[..8].copy_from_slice(&seed.to_le_bytes());
    let rng = TestRng::from_seed(RngAlgorithm::ChaCha, &bytes);
    let handle = Handle::current();
    let run = |history: History| -> Result<(), TestCaseError> {
        handle.block_on(async {
            Real::start(server, is_three, &history).await.happens(&history).await;
        });
        Ok(())
    };
    match TestRunner::new_with_rng(config, rng).run(&history::histories(), run) {
        Ok(()) => None,
        Err(TestError::Fail(why, history)) => {
            let actions: Vec<_> = history.actions.iter().map(|it| format!("{it:?}")).collect();
            let actions = actions.join("\n");
            let prune = history.prune;
            Some(format!(
                "MODEL_SEED={seed} MODEL_CASES=1\n{prune:?}\n{actions}\n{}",
                why.message()
            ))
        }
        Err(TestError::Abort(why)) => Some(format!("MODEL_SEED={seed}: {}", why.message())),
    }
}

async fn histories(server: &'static Server, is_three: bool) {
    let first = number("MODEL_SEED").unwrap_or(SEED);
    let cases = number("MODEL_CASES").unwrap_or(CASES);
    let runs = (first..first + cases).map(|seed| async move {
        tokio::task::spawn_blocking(move || one(seed, server, is_three)).await.unwrap()
    });
    let failed: Vec<String> =
        stream::iter(runs).buffer_unordered(AT_ONCE).filter_map(|it| async { it }).collect().await;
    assert!(failed.is_empty(), "{} of {cases} histories:\n{}", failed.len(), failed.join("\n\n"));
}

#[tokio::test(flavor = "multi_thread")]
async fn whatever_happens_the_end_is_what_was_promised_on_3_9() {
    histories(three().await, true).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn whatever_happens_the_end_is_what_was_promised_on_2_20() {
    histories(two().await, false).await;
}
