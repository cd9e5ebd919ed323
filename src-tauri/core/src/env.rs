//! The one door to the outside of a computation: the clock, fresh ids, and where files are read. Tests pass their own.

use crate::import::{self, Imported, Options, Refusal};
use std::sync::Arc;
use std::time::{SystemTime, UNIX_EPOCH};
use uuid::Uuid;

/// What reads a file, by its name and its bytes.
pub type Reader = dyn Fn(&str, &[u8], Options) -> Result<Imported, Refusal> + Send + Sync;

/// A clock, a source of ids, and a reader of files.
#[derive(Clone)]
pub struct Env {
    now: Arc<dyn Fn() -> i64 + Send + Sync>,
    fresh: Arc<dyn Fn() -> Uuid + Send + Sync>,
    reader: Arc<Reader>,
}

impl Env {
    /// The machine's clock, version 7 UUIDs, and files read here.
    pub fn system() -> Env {
        Env {
            now: Arc::new(|| SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_millis() as i64)),
            fresh: Arc::new(Uuid::now_v7),
            reader: Arc::new(import::import_with),
        }
    }

    /// A clock and ids of the caller's choice; files read here.
    pub fn fixed(
        now: impl Fn() -> i64 + Send + Sync + 'static,
        fresh: impl Fn() -> Uuid + Send + Sync + 'static,
    ) -> Env {
        Env { now: Arc::new(now), fresh: Arc::new(fresh), reader: Arc::new(import::import_with) }
    }

    /// The same, with files read by `reader`: somewhere they can do no harm.
    pub fn reading(self, reader: Arc<Reader>) -> Env {
        Env { reader, ..self }
    }

    /// Milliseconds since 1970, UTC.
    pub fn now(&self) -> i64 {
        (self.now)()
    }

    /// Reads a file.
    pub fn read(&self, name: &str, bytes: &[u8], options: Options) -> Result<Imported, Refusal> {
        (self.reader)(name, bytes, options)
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
