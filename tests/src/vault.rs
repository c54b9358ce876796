//! A stand-in for Azure Key Vault: what its documentation says of secrets, over TLS, with tokens that are checked.
//!
//! No emulator of Key Vault can be installed from the package registries. The stand-in is driven through the official client
//! only, with the challenge verified, and `tests/integration/vault.rs` holds it to the same promises as any other endpoint.
//! A vault is `https://NAME.vault.azure.net`: the product gets there through a proxy, as behind a private network.

mod answer;
pub mod handle;
mod listing;
mod read;
mod request;
mod secret;
mod service;
mod state;
pub mod token;
mod trouble;
mod tunnel;
mod write;

use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;

pub use handle::Vault;
pub use secret::Draft;
pub use trouble::{Operation, Trouble};

use self::state::Shared;
use crate::identity::Identity;

/// What a host of a vault ends with.
const DOMAIN: &str = ".vault.azure.net";
const CERTIFICATE: &str = "vault.pem";

/// A server of vaults, its proxy and its identity endpoint; they end with the runtime of the test.
#[derive(Debug)]
pub struct Vaults {
    inner: Arc<Inner>,
}

#[derive(Debug)]
struct Inner {
    shared: Arc<Shared>,
    address: SocketAddr,
    proxy: SocketAddr,
    identity: Identity,
    pem: String,
    dir: tempfile::TempDir,
}

impl Vaults {
    /// Starts them, with a certificate for this run.
    ///
    /// # Errors
    /// When no port can be had.
    pub async fn start() -> anyhow::Result<Self> {
        let shared = Arc::new(Shared::default());
        let (pem, listener) = crate::tls::listen(&format!("*{DOMAIN}")).await?;
        let address = listener.address();
        service::start(listener, Arc::clone(&shared));
        let proxy = tunnel::start(address).await?;
        let identity = Identity::start().await?;
        let dir = tempfile::tempdir()?;
        std::fs::write(dir.path().join(CERTIFICATE), &pem)?;
        Ok(Self { inner: Arc::new(Inner { shared, address, proxy, identity, pem, dir }) })
    }

    /// The vault `name`, 3 to 24 letters, digits and `-`: a new, empty one, unless there is one of that name.
    pub fn vault(&self, name: &str) -> Vault {
        self.inner.shared.make(name);
        Vault::new(Arc::clone(&self.inner), name)
    }
}

impl Inner {
    fn certificate(&self) -> PathBuf {
        self.dir.path().join(CERTIFICATE)
    }
}
