//! Room for deep reading: trees of syntax and values are walked by recursion.

use std::cell::Cell;

/// Bytes of stack; only what is used is taken.
const STACK: usize = 256 * 1024 * 1024;

thread_local! {
    /// Whether the stack of this thread is one of ours, with nothing deep on it yet.
    static IS_ROOMY: Cell<bool> = const { Cell::new(false) };
}

/// Runs with much stack, on a thread of its own unless this one has it already; `None` when there is none to be had.
pub(crate) fn roomy<T: Send>(run: impl FnOnce() -> T + Send) -> Option<T> {
    if !IS_ROOMY.replace(false) {
        return on_thread(run);
    }
    let out = run();
    IS_ROOMY.set(true);
    Some(out)
}

/// Runs what reads many files on one thread with much stack, for all of them; `None` when there is none to be had.
pub fn in_one_room<T: Send>(run: impl FnOnce() -> T + Send) -> Option<T> {
    on_thread(|| {
        IS_ROOMY.set(true);
        run()
    })
}

fn on_thread<T: Send>(run: impl FnOnce() -> T + Send) -> Option<T> {
    std::thread::scope(|scope| {
        let thread = std::thread::Builder::new().stack_size(STACK).spawn_scoped(scope, run);
        thread.ok()?.join().ok()
    })
}
