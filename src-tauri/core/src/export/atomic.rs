//! Writes a file whole or not at all.
//!
//! The bytes go to a new file beside the target, are synced, and take the target's name in one step; then the folder is
//! synced. Whatever fails, the old file stays as it was and no other file is left. This is the only place of the
//! exports that touches a disk. Deliberately absent: following a symbolic link at the target; the link is replaced.

use std::fs::{self, File, OpenOptions};
use std::io::{self, ErrorKind, Write};
use std::path::{Path, PathBuf};

/// How many names for the new file are tried; each is taken only by a file that an earlier crash left.
const ATTEMPTS: u32 = 64;

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

/// Makes `path` a file with exactly `bytes`; a file that is already there keeps its permissions.
/// A file that may not be written to is refused with [`ErrorKind::PermissionDenied`], a folder with [`ErrorKind::IsADirectory`].
pub fn write(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let name = path.file_name().ok_or(ErrorKind::IsADirectory)?;
    let old = match fs::metadata(path) {
        Ok(old) if old.is_dir() => return Err(ErrorKind::IsADirectory.into()),
        // A device or a pipe is not ours to replace.
        Ok(old) if !old.is_file() => return Err(ErrorKind::PermissionDenied.into()),
        // Renaming needs only the folder's permission: ask the file itself as well, without changing it.
        Ok(old) => Some(OpenOptions::new().write(true).open(path).map(|_| old.permissions())?),
        Err(error) if error.kind() == ErrorKind::NotFound => None,
        Err(error) => return Err(error),
    };
    let folder = match path.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => parent,
        _ => Path::new("."),
    };
    let (file, beside) = create(folder, &name.to_string_lossy())?;
    let written = fill(file, bytes, old).and_then(|()| fs::rename(&beside, path));
    if let Err(error) = written {
        // The first error is the one to tell; a file that can't be removed either adds nothing to it.
        let _ = fs::remove_file(&beside);
        return Err(error);
    }
    sync_folder(folder)
}

/// A new, empty file that only its owner can read, named after the target.
fn create(folder: &Path, name: &str) -> io::Result<(File, PathBuf)> {
    let short: String = name.chars().take(60).collect();
    for attempt in 0..ATTEMPTS {
        let beside = folder.join(format!(".{short}.{}-{attempt}.tmp", std::process::id()));
        let mut options = OpenOptions::new();
        options.write(true).create_new(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        match options.open(&beside) {
            Ok(file) => return Ok((file, beside)),
            Err(error) if error.kind() == ErrorKind::AlreadyExists => {}
            Err(error) => return Err(error),
        }
    }
    Err(ErrorKind::AlreadyExists.into())
}

fn fill(mut file: File, bytes: &[u8], permissions: Option<fs::Permissions>) -> io::Result<()> {
    file.write_all(bytes)?;
    match permissions {
        Some(permissions) => file.set_permissions(permissions)?,
        #[cfg(unix)]
        None => file.set_permissions(std::os::unix::fs::PermissionsExt::from_mode(0o644))?,
        #[cfg(not(unix))]
        None => {}
    }
    file.sync_all()
}

/// Makes the new name itself survive a power cut; only Unix lets a folder be synced.
fn sync_folder(folder: &Path) -> io::Result<()> {
    if cfg!(unix) { File::open(folder)?.sync_all() } else { Ok(()) }
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
        assert_eq!(mode(), 0o644);
        fs::set_permissions(&path, fs::Permissions::from_mode(0o640)).unwrap();
        write(&path, b"two").unwrap();
        assert_eq!(mode(), 0o640);
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
        for attempt in 0..ATTEMPTS {
            fs::write(folder.path().join(format!(".notes.md.{}-{attempt}.tmp", std::process::id())), b"not ours")
                .unwrap();
        }
        assert_eq!(failure(&write(&path, b"new").unwrap_err()), Failure::Other);
        assert_eq!(fs::read(&path).unwrap(), b"old");
        assert_eq!(names(folder.path()).len(), ATTEMPTS as usize + 1);
        let unwritable = File::open(&path).unwrap();
        assert!(fill(unwritable, b"new", None).is_err());
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
