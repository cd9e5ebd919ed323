//! Keeps other processes from taking an open project for one that nobody uses.
//!
//! SQLite tells other processes that a file is in use by locks which the system drops as soon as *any* part of the same
//! process closes that file. The file dialogs of GTK run inside this process and look into the files of a folder to show
//! what they are; one look into the project's folder, and the next command line believes that it is alone, begins the
//! write-ahead log anew and removes it at its end, with whatever the window writes to it meanwhile. Hence the same bytes
//! are locked once more by locks that belong to an open file and not to the process. They are shared, as SQLite's are,
//! and keep nobody from reading or writing. Deliberately absent: other systems, whose dialogs are processes of their
//! own or whose locks belong to open files anyway.

use std::fs::File;
#[cfg(target_os = "linux")]
use std::fs::OpenOptions;
#[cfg(target_os = "linux")]
use std::os::unix::fs::OpenOptionsExt;
use std::path::Path;

/// The locks on an open project.
pub(crate) struct Hold {
    /// The project and the index of its log. Open as long as the project is: closing one would drop SQLite's own locks.
    files: [Option<File>; 2],
}

/// How far the write-ahead log has been moved into the project, as its index says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct LogState {
    /// Of this log, since it was begun anew last.
    salt: [u8; 8],
    moved: [u8; 4],
    /// Written before the move begins.
    being_moved: [u8; 4],
}

impl LogState {
    /// Whether nothing is being moved.
    pub(crate) fn is_at_rest(&self) -> bool {
        self.moved == self.being_moved
    }
}

/// The bytes that SQLite locks for as long as a connection is open: in the database while somebody may read it, and in
/// the index of the write-ahead log while it is in use. As SQLite's file format has them (`SHARED_FIRST` and
/// `UNIX_SHM_DMS`).
#[cfg(target_os = "linux")]
const IN_DATABASE: (i64, i64) = (0x4000_0002, 510);
#[cfg(target_os = "linux")]
const IN_INDEX: (i64, i64) = (128, 1);

#[cfg(target_os = "linux")]
impl Hold {
    /// Locks a project that SQLite has open. Where the file system knows no such locks, all is as without them.
    pub(crate) fn on(project: &Path) -> Hold {
        let mut index = project.as_os_str().to_owned();
        index.push("-shm");
        let both = [(project, IN_DATABASE), (Path::new(&index), IN_INDEX)];
        let files = both.map(|(path, bytes)| {
            // Whatever has taken the place of the project meanwhile is not waited for.
            let file = OpenOptions::new().read(true).custom_flags(nix::libc::O_NONBLOCK).open(path).ok()?;
            set(&file, nix::libc::F_RDLCK, bytes);
            Some(file)
        });
        Hold { files }
    }

    /// The state of the write-ahead log; `None` where there is no index to read it from.
    pub(crate) fn log_state(&self) -> Option<LogState> {
        use std::os::unix::fs::FileExt;
        /// The header of the index, as "The WAL-Index File Format" of SQLite describes it.
        const HEADER: usize = 136;
        let mut header = [0; HEADER];
        self.files[1].as_ref()?.read_exact_at(&mut header, 0).ok()?;
        let [salt, moved, being_moved] = [&header[32..40], &header[96..100], &header[128..132]];
        Some(LogState {
            salt: salt.try_into().ok()?,
            moved: moved.try_into().ok()?,
            being_moved: being_moved.try_into().ok()?,
        })
    }

    /// Lets go of the locks, so that SQLite can put the log into the file when it is closed.
    pub(crate) fn release(&self) {
        self.files.iter().flatten().for_each(|file| set(file, nix::libc::F_UNLCK, (0, 0)));
    }
}

/// Sets a lock that belongs to the open file. Whoever closes the project at this moment is waited for.
#[cfg(target_os = "linux")]
fn set(file: &File, kind: i32, (start, length): (i64, i64)) {
    use nix::fcntl::{FcntlArg, fcntl};
    use nix::libc::{SEEK_SET, flock};
    const PATIENCE: u32 = 50;
    let wanted = flock { l_type: kind as i16, l_whence: SEEK_SET as i16, l_start: start, l_len: length, l_pid: 0 };
    for _ in 0..PATIENCE {
        match fcntl(file, FcntlArg::F_OFD_SETLK(&wanted)) {
            Err(nix::errno::Errno::EAGAIN | nix::errno::Errno::EACCES) => {
                std::thread::sleep(std::time::Duration::from_millis(10));
            }
            _ => return,
        }
    }
}

impl Hold {
    /// No locks: for a connection that keeps every other process out by itself.
    pub(crate) fn none() -> Hold {
        Hold { files: [None, None] }
    }
}

#[cfg(not(target_os = "linux"))]
impl Hold {
    pub(crate) fn on(_: &Path) -> Hold {
        Hold::none()
    }

    pub(crate) fn log_state(&self) -> Option<LogState> {
        None
    }

    pub(crate) fn release(&self) {
        self.files.iter().for_each(drop);
    }
}
