//! The one door to the outside of a computation: the clock and fresh ids. Tests pass their own.

use std::sync::Arc;
use std::time::{SystemTime, UNIX_EPOCH};
use uuid::Uuid;

/// A clock and a source of ids.
#[derive(Clone)]
pub struct Env {
    now: Arc<dyn Fn() -> i64 + Send + Sync>,
    fresh: Arc<dyn Fn() -> Uuid + Send + Sync>,
}

impl Env {
    /// The machine's clock, and version 7 UUIDs.
    pub fn system() -> Env {
        Env {
            now: Arc::new(|| SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_millis() as i64)),
            fresh: Arc::new(Uuid::now_v7),
        }
    }

    /// A clock and ids of the caller's choice.
    pub fn fixed(
        now: impl Fn() -> i64 + Send + Sync + 'static,
        fresh: impl Fn() -> Uuid + Send + Sync + 'static,
    ) -> Env {
        Env { now: Arc::new(now), fresh: Arc::new(fresh) }
    }

    /// Milliseconds since 1970, UTC.
    pub fn now(&self) -> i64 {
        (self.now)()
    }

    /// A fresh id.
    pub fn fresh(&self) -> Uuid {
        (self.fresh)()
    }
}

impl std::fmt::Debug for Env {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Env")
    }
}
