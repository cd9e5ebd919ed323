//! Compares an open project with the files that stand at its path.
//!
//! A synchronised folder, a restored copy, a file manager or git may rename, remove, replace or overwrite a project while
//! it is open. SQLite does not notice: it goes on with the files that it has open, which nobody will ever see again, or
//! mixes its pages with those of another file. Hence device and inode of the project, of its write-ahead log and of the
//! log's index are remembered at opening and compared around every write: one `stat` a file. A file that was overwritten
//! keeps its inode; it is known by its size and time, which nothing but a move of the log into the file may change, and
//! the index tells when that happened. Nothing is opened here, because closing a file drops SQLite's own locks on it.
//! Deliberately absent: systems that are not Unix, where an open project can be neither removed nor replaced.

use crate::hold::{Hold, LogState};
use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, PoisonError};

/// The endings of the three files that make an open project: itself, its write-ahead log, the log's index.
const ENDINGS: [&str; 3] = ["", "-wal", "-shm"];

/// Device and inode of a file.
type FileId = (u64, u64);
/// Size of a file in bytes, and when it was written last in seconds and nanoseconds.
type Stamp = (u64, i64, i64);

/// Whether an open project still stands at its path.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Standing {
    /// It does.
    Same,
    /// It, its log or the log's index is not there any more, or is another file.
    Moved,
    /// Another program wrote into it: what is open is a mixture.
    Overwritten,
}

/// The files of a project as they were when it was opened.
#[derive(Debug)]
pub(crate) struct Identity {
    files: [(PathBuf, Option<FileId>); 3],
    /// The project when the log was last at rest; `None` where times of files are not to be relied on.
    at_rest: Option<Mutex<Option<(Stamp, LogState)>>>,
    overwritten: AtomicBool,
}

impl Identity {
    /// The files that stand at this path now.
    pub(crate) fn of(project: &Path) -> Identity {
        let file = |ending: &str| {
            let mut path = OsString::from(project);
            path.push(ending);
            let path = PathBuf::from(path);
            let id = look(&path).map(|(id, _)| id);
            (path, id)
        };
        let at_rest = has_exact_times(project).then(Mutex::default);
        Identity { files: ENDINGS.map(file), at_rest, overwritten: AtomicBool::new(false) }
    }

    /// Whether two looks at a path found the same project.
    pub(crate) fn is_same_project(&self, other: &Identity) -> bool {
        self.files[0].1 == other.files[0].1
    }

    /// Whether all files that were there at opening still stand at the path as they were.
    pub(crate) fn standing(&self, hold: &Hold) -> Standing {
        let same = |(path, id): &(PathBuf, Option<FileId>)| id.is_none() || look(path).map(|(id, _)| id) == *id;
        let standing = if self.is_overwritten(hold) {
            Standing::Overwritten
        } else if self.files.iter().all(same) {
            Standing::Same
        } else {
            Standing::Moved
        };
        if standing != Standing::Same {
            self.take_log_away();
        }
        standing
    }

    /// Whether another program wrote into the file. Once it has, the file is never again what was opened.
    pub(crate) fn is_overwritten(&self, hold: &Hold) -> bool {
        let Some(at_rest) = &self.at_rest else { return false };
        if self.overwritten.load(Ordering::Relaxed) {
            return true;
        }
        let (project, id) = &self.files[0];
        let before = hold.log_state();
        let found = look(project).filter(|(found, _)| Some(*found) == *id);
        let after = hold.log_state();
        // While the log is being moved into the file nothing can be told.
        let (Some(log), Some((_, stamp))) = (after.filter(|log| before == after && log.is_at_rest()), found) else {
            return false;
        };
        let mut at_rest = at_rest.lock().unwrap_or_else(PoisonError::into_inner);
        let overwritten = at_rest.is_some_and(|(stamp_then, log_then)| log_then == log && stamp_then != stamp);
        if overwritten {
            self.overwritten.store(true, Ordering::Relaxed);
        } else {
            *at_rest = Some((stamp, log));
        }
        overwritten
    }

    /// Whether the project itself is gone from its path or overwritten, or another process has begun files of its own
    /// there. Then moving the log into the project could spoil what that process wrote. A log that was only removed is no
    /// reason: what it held is better in the project than nowhere.
    pub(crate) fn is_replaced(&self, hold: &Hold) -> bool {
        let [(project, id), beside @ ..] = &self.files;
        let another = |(path, id): &(PathBuf, Option<FileId>)| {
            let now = look(path).map(|(id, _)| id);
            id.is_some() && now.is_some() && now != *id
        };
        id.is_some() && look(project).map(|(id, _)| id) != *id
            || beside.iter().any(another)
            || self.is_overwritten(hold)
    }

    /// Removes the log of this project from beside another one that has taken its place: whoever opens that one would
    /// take the log for its own. This process has it open all the same.
    fn take_log_away(&self) {
        let [(project, id), beside @ ..] = &self.files;
        let replaced = look(project).is_some_and(|(now, _)| Some(now) != *id);
        if !replaced && !self.overwritten.load(Ordering::Relaxed) {
            return;
        }
        for (path, id) in beside {
            if id.is_some() && look(path).map(|(id, _)| id) == *id {
                // What stays there is no worse than before.
                let _ = std::fs::remove_file(path);
            }
        }
    }
}

#[cfg(unix)]
fn look(path: &Path) -> Option<(FileId, Stamp)> {
    use std::os::unix::fs::MetadataExt;
    let found = std::fs::metadata(path).ok()?;
    Some(((found.dev(), found.ino()), (found.size(), found.mtime(), found.mtime_nsec())))
}

#[cfg(not(unix))]
fn look(_: &Path) -> Option<(FileId, Stamp)> {
    None
}

/// Whether a file system keeps the time of a file exactly and changes it by a write only. One that is shared over a
/// network may set another time later.
#[cfg(target_os = "linux")]
fn has_exact_times(path: &Path) -> bool {
    use nix::sys::statfs::{BTRFS_SUPER_MAGIC, EXT4_SUPER_MAGIC, OVERLAYFS_SUPER_MAGIC, TMPFS_MAGIC, XFS_SUPER_MAGIC};
    let local = [BTRFS_SUPER_MAGIC, EXT4_SUPER_MAGIC, OVERLAYFS_SUPER_MAGIC, TMPFS_MAGIC, XFS_SUPER_MAGIC];
    nix::sys::statfs::statfs(path).is_ok_and(|found| local.contains(&found.filesystem_type()))
}

#[cfg(not(target_os = "linux"))]
fn has_exact_times(_: &Path) -> bool {
    false
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;
    use std::fs;

    #[test]
    fn a_missing_log_is_not_the_same_and_yet_nobody_elses() {
        let folder = tempfile::tempdir().expect("a folder");
        let at = |name: &str| folder.path().join(name);
        for name in ["p.gloss", "p.gloss-wal", "p.gloss-shm"] {
            fs::write(at(name), name).expect("written");
        }
        let identity = Identity::of(&at("p.gloss"));
        let hold = Hold::none();
        let now = || (identity.standing(&hold), identity.is_replaced(&hold));
        assert_eq!(now(), (Standing::Same, false));
        fs::rename(at("p.gloss-wal"), at("elsewhere")).expect("moved");
        assert_eq!(now(), (Standing::Moved, false));
        fs::write(at("p.gloss-wal"), "of another process").expect("written");
        assert_eq!(now(), (Standing::Moved, true));
        fs::rename(at("elsewhere"), at("p.gloss-wal")).expect("moved back");
        assert_eq!(now(), (Standing::Same, false), "the same files again");
        fs::rename(at("p.gloss"), at("renamed.gloss")).expect("renamed");
        assert_eq!(now(), (Standing::Moved, true));
        assert!(at("p.gloss-wal").exists(), "it may still be needed");
        fs::write(at("p.gloss"), "another project").expect("written");
        assert_eq!(now(), (Standing::Moved, true));
        assert!(!at("p.gloss-wal").exists() && !at("p.gloss-shm").exists(), "they would spoil the other project");
    }
}
