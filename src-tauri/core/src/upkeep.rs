//! What waits until nobody waits: after the replies, in the background, never inside a command.
//!
//! A command appends to SQLite's write-ahead log and marks what the search index lacks; both are made good here. It may
//! be called at any time and any number of times, and nothing is lost when it never is: a search brings the index up to
//! date itself, and a log that has grown too long is emptied by the command that finds it so.

use crate::error::Result;
use crate::project::Project;
use crate::search;

/// Brings the search index up to date and moves the write-ahead log into the project file.
pub fn upkeep(project: &Project) -> Result<()> {
    search::freshen(project)?;
    project.checkpoint()
}
