//! What waits until nobody waits: after the replies, in the background, never inside a command.
//!
//! A command appends to SQLite's write-ahead log and marks what the search index lacks; both are made good here, and
//! once after a start the journal is kept within its bound. It may be called at any time and any number of times, and
//! nothing is lost when it never is: a search brings the index up to date itself, and a log that has grown too long is
//! emptied by the command that finds it so.

use crate::error::Result;
use crate::journal::{BOUND, trim};
use crate::project::Project;
use crate::search;

/// Brings the search index up to date, keeps the journal within its bound, and moves the write-ahead log into the file.
pub fn upkeep(project: &Project) -> Result<()> {
    search::freshen(project)?;
    if project.first_upkeep() {
        project.write_derived(|cx| trim(cx.db, cx.env().now(), &BOUND))?;
    }
    project.checkpoint()
}
