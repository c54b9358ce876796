//! Ctrl-C amid writes.

use std::sync::atomic::{AtomicBool, Ordering};

use crate::serve::stopped;

/// What Ctrl-C asks for.
#[derive(Debug, Default)]
pub(super) struct Interrupt(AtomicBool);

impl Interrupt {
    /// Whether no further step may start.
    pub(super) fn is_wanted(&self) -> bool {
        self.0.load(Ordering::Relaxed)
    }

    /// `work` to its end, `None` when Ctrl-C comes twice: the first lets the steps in flight end.
    pub(super) async fn during<T>(&self, work: impl Future<Output = T>) -> Option<T> {
        tokio::select! {
            done = work => Some(done),
            () = self.twice() => None,
        }
    }

    async fn twice(&self) {
        stopped().await;
        self.0.store(true, Ordering::Relaxed);
        eprintln!("\nstopping after what is being written; Ctrl-C again to stop at once");
        stopped().await;
    }
}
