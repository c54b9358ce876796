//! Room for deep reading: trees of syntax and values are walked by recursion.

use std::cell::Cell;
use std::thread::{self, Builder, Scope, ScopedJoinHandle};

/// Bytes of stack; only what is used is taken.
const STACK: usize = 256 * 1024 * 1024;

thread_local! {
    /// Whether the stack of this thread is one of ours, with nothing deep on it yet.
    static IS_ROOMY: Cell<bool> = const { Cell::new(false) };
}

/// Runs with much stack, on a thread of its own unless this one has it already; `None` when there is none to be had.
pub(crate) fn roomy<T: Send>(run: impl FnOnce() -> T + Send) -> Option<T> {
    if !IS_ROOMY.replace(false) {
        return thread::scope(|scope| on_thread(scope, run)?.join().ok());
    }
    let out = run();
    IS_ROOMY.set(true);
    Some(out)
}

/// Runs each of `parts`, which read many files, on a thread with much stack for all of them, at once; `None` when one cannot be had.
pub(crate) fn in_rooms<T: Send, F: FnOnce() -> T + Send>(
    parts: impl Iterator<Item = F>,
) -> Option<Vec<T>> {
    thread::scope(|scope| {
        let room = |part: F| {
            on_thread(scope, || {
                IS_ROOMY.set(true);
                part()
            })
        };
        let threads: Option<Vec<_>> = parts.map(room).collect();
        threads?.into_iter().map(|it| it.join().ok()).collect()
    })
}

fn on_thread<'scope, 'env, T: Send + 'scope>(
    scope: &'scope Scope<'scope, 'env>,
    run: impl FnOnce() -> T + Send + 'scope,
) -> Option<ScopedJoinHandle<'scope, T>> {
    Builder::new().stack_size(STACK).spawn_scoped(scope, run).ok()
}
