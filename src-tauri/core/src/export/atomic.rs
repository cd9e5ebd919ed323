//! Writes a file whole or not at all.
//!
//! The bytes go to a new file beside the target (`unfinished.rs`), are synced, and take the target's name in one step; then
//! the folder is synced. Whatever fails, the old file stays as it was and no other file is left. This is the only place
//! of the exports that touches a disk. Deliberately absent: following a symbolic link at the target; the link is replaced.

use crate::unfinished::{Access, Unfinished};
use std::fs::{self, File, OpenOptions};
use std::io::{self, ErrorKind, Write};
use std::path::Path;

/// Why a file was not written, told apart by what a person can do about it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Failure {
    /// The target is a folder, or has no file name.
    Folder,
    /// The folder does not exist, or may not be written to.
    NotWritable,
    /// The disk or the quota is full.
    DiskFull,
    /// Anything else.
    Other,
}

/// What an error of [`write()`] means.
pub fn failure(error: &io::Error) -> Failure {
    match error.kind() {
        ErrorKind::IsADirectory => Failure::Folder,
        ErrorKind::PermissionDenied
        | ErrorKind::ReadOnlyFilesystem
        | ErrorKind::NotFound
        | ErrorKind::NotADirectory => Failure::NotWritable,
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded | ErrorKind::FileTooLarge => Failure::DiskFull,
        _ => Failure::Other,
    }
}

/// Makes `path` a file with exactly `bytes`. A file that is already there keeps its permissions, a new one gets those
/// that the umask leaves: it is a person's document.
/// A file that may not be written to is refused with [`ErrorKind::PermissionDenied`], a folder with [`ErrorKind::IsADirectory`].
pub fn write(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let old = permissions_of(path)?;
    let mut unfinished = Unfinished::beside(path, if old.is_some() { Access::Owner } else { Access::Umask })?;
    fill(unfinished.file(), bytes, old)?;
    unfinished.finish(path)
}

/// The same for a file that is the program's own: only its owner may read it, also where that was otherwise.
pub fn write_private(path: &Path, bytes: &[u8]) -> io::Result<()> {
    permissions_of(path)?;
    let mut unfinished = Unfinished::beside(path, Access::Owner)?;
    fill(unfinished.file(), bytes, None)?;
    unfinished.finish(path)
}

/// The permissions of the file at a target, if there is one; an error where it may not be replaced.
fn permissions_of(path: &Path) -> io::Result<Option<fs::Permissions>> {
    match fs::metadata(path) {
        Ok(old) if old.is_dir() => Err(ErrorKind::IsADirectory.into()),
        // A device or a pipe is not ours to replace.
        Ok(old) if !old.is_file() => Err(ErrorKind::PermissionDenied.into()),
        // Renaming needs only the folder's permission: ask the file itself as well, without changing it.
        Ok(old) => Ok(Some(OpenOptions::new().write(true).open(path).map(|_| old.permissions())?)),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error),
    }
}

fn fill(file: &mut File, bytes: &[u8], permissions: Option<fs::Permissions>) -> io::Result<()> {
    file.write_all(bytes)?;
    if let Some(permissions) = permissions {
        file.set_permissions(permissions)?;
    }
    file.sync_all()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(folder: &Path) -> Vec<String> {
        let mut names: Vec<_> =
            fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
        names.sort();
        names
    }

    #[test]
    fn writes_and_replaces_without_a_trace() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("Заметки 조선.md");
        write(&path, b"one").unwrap();
        write(&path, b"two").unwrap();
        assert_eq!(fs::read(&path).unwrap(), b"two");
        assert_eq!(names(folder.path()), ["Заметки 조선.md"]);
    }

    #[cfg(unix)]
    #[test]
    fn keeps_the_permissions_of_the_old_file() {
        use std::os::unix::fs::PermissionsExt;
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("notes.md");
        let mode = || fs::metadata(&path).unwrap().permissions().mode() & 0o777;
        write(&path, b"one").unwrap();
        let plain = folder.path().join("plain.md");
        fs::write(&plain, b"one").unwrap();
        assert_eq!(mode(), fs::metadata(&plain).unwrap().permissions().mode() & 0o777, "as the umask has it");
        fs::set_permissions(&path, fs::Permissions::from_mode(0o640)).unwrap();
        write(&path, b"two").unwrap();
        assert_eq!(mode(), 0o640);
        write_private(&path, b"three").unwrap();
        assert_eq!(mode(), 0o600);
        assert_eq!(fs::read(&path).unwrap(), b"three");
    }

    #[test]
    fn refuses_a_folder_and_a_place_that_is_not_there() {
        let folder = tempfile::tempdir().unwrap();
        let refused = |path: &Path| failure(&write(path, b"x").unwrap_err());
        assert_eq!(refused(folder.path()), Failure::Folder);
        assert_eq!(refused(Path::new("/")), Failure::Folder);
        assert_eq!(refused(&folder.path().join("nowhere/notes.md")), Failure::NotWritable);
        assert!(names(folder.path()).is_empty());
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn a_full_disk_is_told_apart() {
        assert_eq!(failure(&io::Error::from_raw_os_error(28)), Failure::DiskFull);
        assert_eq!(failure(&io::Error::from_raw_os_error(122)), Failure::DiskFull);
        assert_eq!(failure(&io::Error::from_raw_os_error(30)), Failure::NotWritable);
        assert_eq!(failure(&io::Error::from_raw_os_error(5)), Failure::Other);
    }

    #[test]
    fn a_failure_leaves_the_old_file_as_it_was() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("notes.md");
        write(&path, b"old").unwrap();
        for attempt in 0..64 {
            fs::write(folder.path().join(format!(".notes.md.gloss-{}-{attempt}.tmp", std::process::id())), b"not ours")
                .unwrap();
        }
        assert_eq!(failure(&write(&path, b"new").unwrap_err()), Failure::Other);
        assert_eq!(fs::read(&path).unwrap(), b"old");
        assert_eq!(names(folder.path()).len(), 64 + 1);
        let mut unwritable = File::open(&path).unwrap();
        assert!(fill(&mut unwritable, b"new", None).is_err());
        assert_eq!(fs::read(&path).unwrap(), b"old");
    }

    #[test]
    fn a_failed_rename_leaves_no_new_file() {
        let folder = tempfile::tempdir().unwrap();
        // A name that is fine beside its leading dot and suffix but too long as a target.
        let path = folder.path().join("n".repeat(300));
        assert!(write(&path, b"x").is_err());
        assert!(names(folder.path()).is_empty());
    }
}
