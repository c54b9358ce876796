//! The world of the tests and the demo: real Prefect servers, real Azurite, a stock worker, and a simulator of the
//! Functions host.
#![expect(clippy::print_stderr, reason = "tests and the demo say what they are doing")]

pub mod authority;
pub mod azurite;
pub mod bundles;
pub mod events;
pub mod federation;
pub mod hasty;
pub mod host;
pub mod identity;
pub mod measure;
pub mod oracle;
pub mod prefect;
pub mod process;
pub mod product;
pub mod provision;
pub mod proxy;
pub mod queue;
pub mod storage;
mod tls;
pub mod vault;
