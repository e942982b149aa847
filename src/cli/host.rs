//! A program that runs commands within itself, and hears what they would say on a terminal.

use std::cell::RefCell;
use std::sync::Arc;

/// Hears of a command that runs within a program. A host may unwind from [`Host::progress`] to end the
/// command (`std::panic::resume_unwind`); what it had not finished writing is then left out.
pub trait Host: Send + Sync {
    /// A line that is said on standard error elsewhere: a note, a warning, or advice.
    fn say(&self, line: &str);

    /// How much of how much is done, of what is being read: bytes of files, rows of a table in memory, or
    /// sentences for an encoder. Comes from any thread.
    fn progress(&self, done: u64, total: Option<u64>);
}

thread_local! {
    static HOST: RefCell<Option<Arc<dyn Host>>> = const { RefCell::new(None) };
}

/// The host of what runs on this thread; none where a terminal is.
pub(super) fn current() -> Option<Arc<dyn Host>> {
    HOST.with_borrow(Clone::clone)
}

/// Runs something on this thread for a host.
pub(super) fn while_running<T>(host: Arc<dyn Host>, run: impl FnOnce() -> T) -> T {
    let _restore = Restore(HOST.replace(Some(host)));
    run()
}

/// Puts back the host before, however the run ends.
struct Restore(Option<Arc<dyn Host>>);

impl Drop for Restore {
    fn drop(&mut self) {
        HOST.replace(self.0.take());
    }
}
