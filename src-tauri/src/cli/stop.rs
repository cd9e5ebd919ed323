//! A command line that a signal asks to stop: what is being done is undone or comes to its end, the project is closed, and
//! then the program ends by the signal.

use crate::signals;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

/// How long what is being done may take to come to its end: time to undo a change and to close the project.
const GRACE: Duration = Duration::from_secs(3);
/// How often it is asked whether it has.
const GLANCE: Duration = Duration::from_millis(5);

/// Whether a signal has asked to stop, and whether nothing is being done.
pub(crate) struct Stop {
    asked: Arc<AtomicBool>,
    idle: Arc<AtomicBool>,
}

impl Stop {
    /// Listens to signals from now on.
    pub(crate) fn at_a_signal() -> Stop {
        let stop = Stop { asked: Arc::default(), idle: Arc::default() };
        let (asked, idle) = (stop.asked.clone(), stop.idle.clone());
        signals::listen(move || {
            asked.store(true, Ordering::SeqCst);
            let end = Instant::now() + GRACE;
            while !idle.load(Ordering::SeqCst) && Instant::now() < end {
                std::thread::sleep(GLANCE);
            }
        });
        stop
    }

    /// Becomes true when a signal comes.
    pub(crate) fn asked(&self) -> Arc<AtomicBool> {
        self.asked.clone()
    }

    /// Whether a signal has come.
    pub(crate) fn is_asked(&self) -> bool {
        self.asked.load(Ordering::SeqCst)
    }

    /// Waits for something that may never come, and in which nothing is done.
    pub(crate) fn waiting<T>(&self, wait: impl FnOnce() -> T) -> T {
        self.idle.store(true, Ordering::SeqCst);
        let come = wait();
        self.idle.store(false, Ordering::SeqCst);
        come
    }
}
