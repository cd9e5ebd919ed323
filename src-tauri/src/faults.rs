//! A fault of the program ends one request, not the program: a panic is caught where the request began and becomes the
//! error `bug`. Deliberately absent: reports that leave the machine; the panic's place goes to standard error.

use gloss_core::error::Error;
use std::any::Any;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Mutex, MutexGuard, PoisonError};

/// Runs a request; a panic inside it becomes [`Error::Bug`]. Everything that is changed in memory stands behind locks
/// that are opened by [`locked`], and the database rolls back what was not committed.
pub(crate) fn caught<T, E: From<Fault>>(request: impl FnOnce() -> Result<T, E>) -> Result<T, E> {
    catch_unwind(AssertUnwindSafe(request)).unwrap_or_else(|panic| Err(Fault(said(panic.as_ref())).into()))
}

/// A panic, by its words.
pub(crate) struct Fault(String);

impl From<Fault> for Error {
    fn from(fault: Fault) -> Error {
        Error::Bug { reason: fault.0 }
    }
}

impl From<Fault> for gloss_core::error::ApiError {
    fn from(fault: Fault) -> Self {
        Error::from(fault).api()
    }
}

/// Opens a lock, also when a panic happened under it: what it guards is replaced whole, never half.
pub(crate) fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

fn said(panic: &(dyn Any + Send)) -> String {
    let words = panic.downcast_ref::<&str>().copied().or_else(|| panic.downcast_ref::<String>().map(String::as_str));
    words.unwrap_or("a fault without words").into()
}

#[cfg(test)]
mod tests {
    use super::*;
    use gloss_core::error::ErrorCode;

    #[test]
    fn a_panic_is_an_error_with_its_words() {
        let error = caught(|| -> Result<(), Error> { panic!("the roof fell in") }).expect_err("a fault");
        assert_eq!(error.code(), ErrorCode::Bug);
        assert!(error.to_string().contains("the roof fell in"));
    }
}
