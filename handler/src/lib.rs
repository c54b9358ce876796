//! prefect-azure-sync: registers Prefect deployments from bundles in Azure Blob Storage. In reading order:

pub mod app;
pub mod config;
pub mod core_dump;
pub mod telemetry;

pub mod cli;
pub mod functions;
pub mod serve;

pub mod reconcile;
pub mod requests;

pub mod pass;

pub mod apply;
pub mod load;
pub mod stage;

pub mod entra;
pub mod prefect;
pub mod secrets;
pub mod stores;

mod azure;
