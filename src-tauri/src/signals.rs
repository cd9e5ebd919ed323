//! Signals that ask the program to end: from a terminal that goes away, from Ctrl+C, from the end of a session. A handler
//! only wakes a thread, so that whatever is to be put in order runs as ordinary code; then the program ends by the signal
//! itself, so that whoever sent it sees that. A signal that the program was started to ignore stays ignored. Deliberately
//! absent: blocked signals that are waited for, because libraries start threads before `main`, which do not block them;
//! and systems that are not Unix.

#[cfg(unix)]
mod unix {
    use nix::errno::Errno;
    use nix::sys::signal::{SaFlags, SigAction, SigHandler, SigSet, Signal, raise, sigaction};
    use std::io::{Read, Write};
    use std::os::unix::net::UnixStream;
    use std::sync::OnceLock;
    use std::sync::atomic::{AtomicI32, Ordering};

    /// The signals that are listened to.
    const ENDING: [Signal; 3] = [Signal::SIGHUP, Signal::SIGINT, Signal::SIGTERM];

    /// The signal that has come, or 0.
    static CAME: AtomicI32 = AtomicI32::new(0);
    /// The end of a pair of sockets at whose other end the thread sleeps.
    static WAKE: OnceLock<UnixStream> = OnceLock::new();

    /// The signals that are ignored, a bit each, as Linux tells them.
    fn ignored() -> u64 {
        let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
        let line = status.lines().find_map(|line| line.strip_prefix("SigIgn:"));
        line.and_then(|bits| u64::from_str_radix(bits.trim(), 16).ok()).unwrap_or(0)
    }

    /// Calls `heard` on a thread of its own when the first signal comes, and ends the program by it after that. When
    /// nobody can listen, the signals end the program as they always do.
    pub(crate) fn listen(heard: impl FnOnce() + Send + 'static) {
        let Ok((mut sleeping, wake)) = UnixStream::pair() else { return };
        // A handler must not wait, however many signals come.
        if wake.set_nonblocking(true).is_err() || WAKE.set(wake).is_err() {
            return;
        }
        let listening = std::thread::Builder::new().name("signals".into()).spawn(move || {
            let mut signal = [0];
            if sleeping.read_exact(&mut signal).is_ok() {
                CAME.store(signal[0].into(), Ordering::SeqCst);
                heard();
                end_if_came();
            }
        });
        if listening.is_ok() {
            let ignored = ignored();
            let heeded = ENDING.into_iter().filter(|signal| ignored >> (*signal as u32 - 1) & 1 == 0);
            heeded.for_each(|signal| set(signal, SigHandler::Handler(note)));
        }
    }

    /// Ends the program by the signal that has come, if one has. No file is left half written.
    pub(crate) fn end_if_came() {
        let Ok(signal) = Signal::try_from(CAME.load(Ordering::SeqCst)) else { return };
        gloss_core::unfinished::abandon_all();
        set(signal, SigHandler::SigDfl);
        let _ = raise(signal);
        // Not reached, unless the signal does not end a program here.
        std::process::exit(128 + signal as i32);
    }

    /// Wakes the thread that listens.
    extern "C" fn note(signal: i32) {
        let errno = Errno::last_raw();
        if let Some(mut wake) = WAKE.get() {
            let _ = wake.write(&[signal as u8]);
        }
        Errno::set_raw(errno);
    }

    fn set(signal: Signal, handler: SigHandler) {
        let action = SigAction::new(handler, SaFlags::SA_RESTART, SigSet::empty());
        // SAFETY: `note` does nothing but what a handler may do at any moment: it reads an atomic and calls write(2).
        #[allow(unsafe_code, reason = "a handler can interrupt anything")]
        // Where that fails the signal ends the program as it always does.
        let _ = unsafe { sigaction(signal, &action) };
    }
}

#[cfg(unix)]
pub(crate) use unix::{end_if_came, listen};

#[cfg(not(unix))]
mod other {
    pub(crate) fn listen(_: impl FnOnce() + Send + 'static) {}
    pub(crate) fn end_if_came() {}
}

#[cfg(not(unix))]
pub(crate) use other::{end_if_came, listen};
