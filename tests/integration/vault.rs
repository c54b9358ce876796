//! The stand-in for Key Vault is held to what any vault does, and the product's client to what it promises on it.
//!
//! With `KEYVAULT_TEST_URL` the first part runs against that vault, or emulator: see [`endpoint`].

mod blocks;
mod deletion;
mod endpoint;
mod listing;
mod product;
mod refusals;
mod settings;
mod values;
