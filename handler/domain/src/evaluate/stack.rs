//! Room for deep evaluation: trees of syntax and values are walked by recursion.

/// Bytes of stack; only what is used is taken.
const STACK: usize = 256 * 1024 * 1024;

/// Runs on a thread with much stack; `None` when there is none to be had.
pub(super) fn roomy<T: Send>(run: impl FnOnce() -> T + Send) -> Option<T> {
    std::thread::scope(|scope| {
        let thread = std::thread::Builder::new().stack_size(STACK).spawn_scoped(scope, run);
        thread.ok()?.join().ok()
    })
}
