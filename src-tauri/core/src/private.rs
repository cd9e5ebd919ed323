//! Files and folders that only their owner may use, whatever the umask: projects, their copies, and what the program
//! remembers for a person. Deliberately absent: exports, which are a person's documents and follow the umask; and
//! systems that are not Unix, whose folders of a person are private by themselves.

use std::fs::{File, OpenOptions};
use std::io;
use std::path::Path;

/// Creates an empty file that only its owner may read and write. It must not exist.
pub fn create(path: &Path) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.read(true).write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let file = options.open(path)?;
    // A umask may have taken away more than it should.
    #[cfg(unix)]
    file.set_permissions(std::os::unix::fs::PermissionsExt::from_mode(0o600))?;
    Ok(file)
}

/// Creates a folder, and those above it, that only this person may enter. A folder that exists is left as it is.
pub fn create_folder(folder: &Path) -> io::Result<()> {
    if folder.is_dir() {
        return Ok(());
    }
    if let Some(above) = folder.parent().filter(|above| !above.as_os_str().is_empty()) {
        create_folder(above)?;
    }
    let mut builder = std::fs::DirBuilder::new();
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    match builder.create(folder) {
        // A umask may have taken away more than it should.
        #[cfg(unix)]
        Ok(()) => std::fs::set_permissions(folder, std::os::unix::fs::PermissionsExt::from_mode(0o700)),
        // Another process was quicker.
        Err(error) if error.kind() != io::ErrorKind::AlreadyExists || !folder.is_dir() => Err(error),
        _ => Ok(()),
    }
}

/// Takes a file or folder of this person away from all others, as far as that is needed and possible. A link is left
/// alone, and so is what belongs to somebody else.
pub fn mend(path: &Path) {
    #[cfg(unix)]
    {
        use std::os::unix::fs::{MetadataExt, PermissionsExt};
        const OTHERS: u32 = 0o077;
        let Ok(found) = std::fs::symlink_metadata(path) else { return };
        let is_ours = (found.is_file() || found.is_dir()) && found.uid() == nix::unistd::geteuid().as_raw();
        if is_ours && found.mode() & OTHERS != 0 {
            // Where the file system knows no permissions all is as it was.
            let _ = std::fs::set_permissions(path, PermissionsExt::from_mode(found.mode() & 0o7777 & !OTHERS));
        }
    }
    #[cfg(not(unix))]
    let _ = path;
}

/// Takes a project of this person away from all others, with the files that SQLite keeps beside it.
pub(crate) fn mend_project(path: &Path) {
    for ending in ["", "-wal", "-shm"] {
        let mut file = path.as_os_str().to_owned();
        file.push(ending);
        mend(Path::new(&file));
    }
}

/// Opens a file to read it, and nothing else: a pipe, a socket or a device is refused at once instead of waited for.
pub fn open_file(path: &Path) -> io::Result<File> {
    let no_file = || io::Error::new(io::ErrorKind::InvalidInput, NO_FILE);
    if !std::fs::metadata(path)?.is_file() {
        return Err(no_file());
    }
    let mut options = OpenOptions::new();
    options.read(true);
    // Between the question and the opening it may have become a pipe.
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::custom_flags(&mut options, nix::libc::O_NONBLOCK);
    let file = options.open(path)?;
    if file.metadata()?.is_file() { Ok(file) } else { Err(no_file()) }
}

/// The reason why something that is no file is not read.
pub const NO_FILE: &str = "it is not a file";

#[cfg(all(test, unix))]
mod tests {
    use super::*;
    use std::os::unix::fs::PermissionsExt;

    fn mode(path: &Path) -> u32 {
        std::fs::metadata(path).expect("there").permissions().mode() & 0o7777
    }

    #[test]
    fn others_lose_what_they_had_and_the_owner_nothing() {
        let folder = tempfile::tempdir().expect("a folder");
        let file = folder.path().join("p.gloss");
        create(&file).expect("created");
        assert_eq!(mode(&file), 0o600);
        assert!(create(&file).is_err(), "it is there");
        for (before, after) in [(0o644, 0o600), (0o666, 0o600), (0o444, 0o400), (0o600, 0o600), (0o4755, 0o4700)] {
            std::fs::set_permissions(&file, PermissionsExt::from_mode(before)).expect("set");
            mend(&file);
            assert_eq!(mode(&file), after, "{before:o}");
        }
        let inner = folder.path().join("a/b");
        create_folder(&inner).expect("created");
        assert_eq!((mode(&inner), mode(&folder.path().join("a"))), (0o700, 0o700));
        std::fs::set_permissions(&inner, PermissionsExt::from_mode(0o755)).expect("set");
        create_folder(&inner).expect("it is there");
        assert_eq!(mode(&inner), 0o755, "a folder that exists is left as it is");
        std::os::unix::fs::symlink(&inner, folder.path().join("link")).expect("a link");
        mend(&folder.path().join("link"));
        assert_eq!(mode(&inner), 0o755, "a link leads to what may be another's");
    }

    #[test]
    fn only_a_file_is_opened() {
        let folder = tempfile::tempdir().expect("a folder");
        let socket = folder.path().join("socket");
        let _listener = std::os::unix::net::UnixListener::bind(&socket).expect("a socket");
        for path in [folder.path(), &socket, Path::new("/dev/null"), Path::new("/dev/zero")] {
            assert!(open_file(path).is_err(), "{}", path.display());
        }
        let pipe = folder.path().join("pipe");
        nix::unistd::mkfifo(&pipe, nix::sys::stat::Mode::S_IRWXU).expect("a pipe");
        assert!(open_file(&pipe).is_err());
        std::fs::write(folder.path().join("text"), "x").expect("written");
        assert!(open_file(&folder.path().join("text")).is_ok());
    }
}
