//! One server of each kind for the whole test run.

use tokio::sync::OnceCell;
use world::azurite::Azurite;
use world::prefect::{Server, THREE, TWO};

static SERVER_3: OnceCell<Server> = OnceCell::const_new();
static SERVER_2: OnceCell<Server> = OnceCell::const_new();
static AZURITE: OnceCell<Azurite> = OnceCell::const_new();

/// Prefect 3.9.
pub(crate) async fn three() -> &'static Server {
    SERVER_3.get_or_init(|| async { Server::start(THREE).await.unwrap() }).await
}

/// Prefect 2.20.
pub(crate) async fn two() -> &'static Server {
    SERVER_2.get_or_init(|| async { Server::start(TWO).await.unwrap() }).await
}

/// Blob and Queue.
pub(crate) async fn azurite() -> &'static Azurite {
    AZURITE.get_or_init(|| async { Azurite::start().await.unwrap() }).await
}
