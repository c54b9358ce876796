//! Prefect's REST API: the client, what is read (observe) and what is written (write).

pub mod address;
mod client;
mod credentials;
mod csrf;
mod error;
pub mod observe;
mod pace;
mod retry;
mod wire;
pub mod write;

pub use client::Client;
pub use error::ApiError;
