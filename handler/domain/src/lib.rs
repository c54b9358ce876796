//! Decisions of prefect-azure-sync, and nothing else.
//!
//! Bytes and listings go in, diagnostics and a plan come out. There is no I/O here, no async, no clock, no randomness and
//! no environment: `now`, ids and settings are arguments. In reading order:

pub mod diagnostic;
mod dotted;
mod json;
pub mod names;

pub mod event;
pub mod health;
pub mod job;

pub mod bundle;
pub mod tree;

pub mod python;
pub mod yaml;

pub mod convert;
pub mod declare;
pub mod desired;
pub mod dialect;
mod evaluate;
pub mod observed;
mod partial;
pub mod plan;
pub mod receipts;
mod recurrence;
pub mod report;
pub mod secret;
mod stack;
