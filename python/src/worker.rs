//! Runs work on every core without holding Python's lock, while Python hears of progress and interrupts it.

use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::mpsc::{RecvTimeoutError, channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use framescope::cli::host::Host;
use pyo3::prelude::*;
use rayon::ThreadPool;

use crate::failure::{Failure, raised};

/// How often Python is asked whether somebody interrupts, and told of progress.
const POLL: Duration = Duration::from_millis(50);

/// No total is known.
const UNKNOWN: u64 = u64::MAX;

/// What a command said: the lines that it writes to standard error elsewhere.
pub(crate) type Notes = Vec<String>;

/// Hears what a command says, and ends it when it is interrupted.
#[derive(Default)]
pub(crate) struct Listener {
    notes: Mutex<Notes>,
    done: AtomicU64,
    total: AtomicU64,
    is_cancelled: AtomicBool,
}

/// What unwinds a command that was interrupted.
struct Cancelled;

impl Host for Listener {
    fn say(&self, line: &str) {
        self.notes.lock().unwrap_or_else(PoisonError::into_inner).push(line.to_string());
    }

    fn progress(&self, done: u64, total: Option<u64>) {
        if self.is_cancelled.load(Ordering::Relaxed) {
            resume_unwind(Box::new(Cancelled));
        }
        self.done.store(done, Ordering::Relaxed);
        self.total.store(total.unwrap_or(UNKNOWN), Ordering::Relaxed);
    }
}

impl Listener {
    fn take_notes(&self) -> Notes {
        std::mem::take(&mut self.notes.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// Tells a Python function how much of how much is done.
    fn tell(&self, py: Python<'_>, progress: Option<&Py<PyAny>>) -> PyResult<()> {
        let Some(progress) = progress else { return Ok(()) };
        let total = self.total.load(Ordering::Relaxed);
        let total = (total != UNKNOWN).then_some(total);
        progress.call1(py, (self.done.load(Ordering::Relaxed), total)).map(drop)
    }
}

/// Runs a job on a thread of its own, and its parts on every core; gives what it gives and what it said. An
/// interrupt, or an exception of `progress`, ends the job and is raised.
pub(crate) fn in_background<T: Send + 'static>(
    py: Python<'_>,
    progress: Option<&Py<PyAny>>,
    job: impl FnOnce(Arc<Listener>) -> Result<T, Failure> + Send + 'static,
) -> PyResult<(T, Notes)> {
    let pool = pool().map_err(raised)?;
    let listener = Arc::new(Listener { total: UNKNOWN.into(), ..Listener::default() });
    let (sender, receiver) = channel();
    let heard = Arc::clone(&listener);
    let work = move || {
        let done = catch_unwind(AssertUnwindSafe(|| pool.install(|| job(heard))));
        // Who called may have gone away.
        let _ = sender.send(done.unwrap_or_else(|panic| Err(Failure::of_panic(panic.as_ref()))));
    };
    let builder = std::thread::Builder::new().name("framescope".to_string());
    builder.spawn(work).map_err(|error| raised(Failure::Internal(error.to_string())))?;
    let receiver = Mutex::new(receiver);
    let wait = |limit| receiver.lock().unwrap_or_else(PoisonError::into_inner).recv_timeout(limit);
    loop {
        match py.detach(|| wait(POLL)) {
            Ok(done) => {
                listener.tell(py, progress)?;
                return Ok((done.map_err(raised)?, listener.take_notes()));
            }
            Err(RecvTimeoutError::Timeout) => {
                let going_on = py.check_signals().and_then(|()| listener.tell(py, progress));
                if let Err(interrupt) = going_on {
                    listener.is_cancelled.store(true, Ordering::Relaxed);
                    // Until then the job may still read what belongs to the caller.
                    let _ = py.detach(|| wait(Duration::MAX));
                    return Err(interrupt);
                }
            }
            Err(RecvTimeoutError::Disconnected) => {
                return Err(raised(Failure::Internal("the worker is gone".to_string())));
            }
        }
    }
}

/// The threads of this process, and its number: a forked process has none of its parent's threads and makes
/// its own. Taken only while Python's lock is held, so that no fork can find it taken.
static POOL: Mutex<Option<(u32, Arc<ThreadPool>)>> = Mutex::new(None);

fn pool() -> Result<Arc<ThreadPool>, Failure> {
    let mut held = POOL.lock().unwrap_or_else(PoisonError::into_inner);
    let process = std::process::id();
    if let Some((of, pool)) = &*held
        && *of == process
    {
        return Ok(Arc::clone(pool));
    }
    // The parent's threads do not exist here: nothing must wait for them.
    std::mem::forget(held.take());
    let pool = rayon::ThreadPoolBuilder::new().thread_name(|at| format!("framescope-{at}"));
    let pool = Arc::new(pool.build().map_err(|error| Failure::Internal(error.to_string()))?);
    *held = Some((process, Arc::clone(&pool)));
    Ok(pool)
}
