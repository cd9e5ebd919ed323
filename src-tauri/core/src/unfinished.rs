//! Files that are being written: each begins beside its target under a name of its own, and takes the target's name only
//! when it is whole. It is removed when its writing fails, when a signal ends the program (`abandon_all`), and by the next
//! run in its folder when the program was killed. Such a file is known by its name, which no other program gives, by
//! the process in it that does not run any more, and by its lock that nobody holds: a person's own file is never taken for one.

use crate::private;
use std::collections::BTreeSet;
use std::fs::{self, File, OpenOptions};
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, SystemTime};

/// The most names that are tried; each is taken only by a file that an earlier crash left.
const ATTEMPTS: u32 = 64;
/// The most bytes of the target's name in the name of an unfinished file: with all else below what file systems take.
const LONGEST: usize = 160;
/// Where it cannot be known whether a process runs, a file is left alone for so long.
const GRACE: Duration = Duration::from_secs(24 * 60 * 60);

/// The ending of the file in which a copy of a project is built (`copying.rs`).
const PART: &str = ".part";

/// The unfinished files of this process.
static OPEN: Mutex<BTreeSet<PathBuf>> = Mutex::new(BTreeSet::new());
/// The folders that this process has looked through already.
static SWEPT: Mutex<BTreeSet<PathBuf>> = Mutex::new(BTreeSet::new());

/// The people who may read a new file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Access {
    /// Its owner.
    Owner,
    /// Those whom the person's umask lets.
    Umask,
}

/// A file that is being written. It is removed when this is dropped before it is finished.
#[derive(Debug)]
pub struct Unfinished {
    path: PathBuf,
    /// Open, and locked, as long as it is being written.
    file: File,
    finished: bool,
}

impl Unfinished {
    /// Begins a new, empty file beside a target.
    pub fn beside(target: &Path, access: Access) -> io::Result<Unfinished> {
        let folder = folder_of(target);
        sweep_once(folder);
        let name = target.file_name().ok_or(ErrorKind::IsADirectory)?.to_string_lossy();
        let short = &name[..name.floor_char_boundary(LONGEST)];
        for attempt in 0..ATTEMPTS {
            let path = folder.join(format!(".{short}.gloss-{}-{attempt}.tmp", std::process::id()));
            // First it is known, so that a signal that comes now finds it.
            locked(&OPEN).insert(path.clone());
            match create(&path, access) {
                Ok(file) => {
                    // Where there are no locks the process in the name tells.
                    let _ = file.try_lock();
                    return Ok(Unfinished { path, file, finished: false });
                }
                Err(error) => {
                    locked(&OPEN).remove(&path);
                    if error.kind() != ErrorKind::AlreadyExists {
                        return Err(error);
                    }
                }
            }
        }
        Err(ErrorKind::AlreadyExists.into())
    }

    /// Its name until it is finished.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// The open file.
    pub fn file(&mut self) -> &mut File {
        &mut self.file
    }

    /// Gives it the name of its target, in one step and so that a power cut does not take it back.
    pub fn finish(self, target: &Path) -> io::Result<()> {
        self.finish_unsynced(target)?;
        sync_folder(folder_of(target))
    }

    /// The same for what need not outlast a power cut.
    pub fn finish_unsynced(mut self, target: &Path) -> io::Result<()> {
        fs::rename(&self.path, target)?;
        self.finished = true;
        Ok(())
    }
}

impl Drop for Unfinished {
    fn drop(&mut self) {
        if !self.finished {
            // The first error is the one to tell; a file that cannot be removed either adds nothing to it.
            let _ = fs::remove_file(&self.path);
        }
        locked(&OPEN).remove(&self.path);
    }
}

/// Removes all unfinished files of this process, which is about to end. None is begun or finished after that.
pub fn abandon_all() {
    let open = locked(&OPEN);
    for path in open.iter() {
        let _ = fs::remove_file(path);
        let mut part = path.clone().into_os_string();
        part.push(PART);
        let _ = fs::remove_file(part);
    }
    // Kept for good: whoever would begin another one waits for the end of the process.
    std::mem::forget(open);
}

/// Removes the unfinished files that killed processes left in a folder, the first time that this process asks.
pub fn sweep_once(folder: &Path) {
    if locked(&SWEPT).insert(folder.to_path_buf()) {
        sweep(folder);
    }
}

fn sweep(folder: &Path) {
    // A folder that cannot be listed is not ours to clean.
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        if process_in(&entry.file_name().to_string_lossy()).is_some_and(|process| is_left(&path, process)) {
            let _ = fs::remove_file(&path);
        }
    }
}

/// The process in the name of an unfinished file; `None` for any other name.
fn process_in(name: &str) -> Option<u32> {
    // A copy of a project is built beside it in turn.
    let name = name.strip_suffix(PART).unwrap_or(name);
    let (target, numbers) = name.strip_prefix('.')?.strip_suffix(".tmp")?.rsplit_once(".gloss-")?;
    let (process, attempt) = numbers.split_once('-')?;
    let is_number = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    (!target.is_empty() && is_number(process) && is_number(attempt)).then(|| process.parse().ok()).flatten()
}

/// Whether an unfinished file was left by a process that does not run any more.
fn is_left(path: &Path, process: u32) -> bool {
    let Ok(found) = fs::symlink_metadata(path) else { return false };
    if !found.is_file() || process == std::process::id() {
        return false;
    }
    let old = || {
        let age = found.modified().ok().and_then(|time| SystemTime::now().duration_since(time).ok());
        age.is_some_and(|age| age > GRACE)
    };
    let ended = cfg!(target_os = "linux") && !Path::new(&format!("/proc/{process}")).exists();
    (ended || old()) && private::open_file(path).is_ok_and(|file| file.try_lock().is_ok())
}

fn create(path: &Path, access: Access) -> io::Result<File> {
    match access {
        Access::Owner => private::create(path),
        Access::Umask => OpenOptions::new().read(true).write(true).create_new(true).open(path),
    }
}

fn folder_of(target: &Path) -> &Path {
    match target.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => parent,
        _ => Path::new("."),
    }
}

/// Makes the new name itself survive a power cut; only Unix lets a folder be synced.
fn sync_folder(folder: &Path) -> io::Result<()> {
    if cfg!(unix) { File::open(folder)?.sync_all() } else { Ok(()) }
}

fn locked(set: &'static Mutex<BTreeSet<PathBuf>>) -> MutexGuard<'static, BTreeSet<PathBuf>> {
    set.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A number that no process has: above the largest that Linux gives.
    const NOBODY: u32 = 4_194_305;

    fn names(folder: &Path) -> Vec<String> {
        let entries = fs::read_dir(folder).expect("a folder");
        let mut names: Vec<_> =
            entries.map(|entry| entry.expect("an entry").file_name().into_string().expect("a name")).collect();
        names.sort();
        names
    }

    #[test]
    fn what_is_given_up_is_removed_and_what_is_finished_stays() {
        let folder = tempfile::tempdir().expect("a folder");
        // As long as a name can be.
        let long = folder.path().join("🛟".repeat(63));
        drop(Unfinished::beside(&long, Access::Umask).expect("begun"));
        let target = folder.path().join("Заметки 조선.md");
        let begun = Unfinished::beside(&target, Access::Umask).expect("begun");
        assert_eq!(names(folder.path()).len(), 1);
        drop(begun);
        assert_eq!(names(folder.path()), [""; 0]);
        Unfinished::beside(&target, Access::Owner).expect("begun").finish(&target).expect("finished");
        assert_eq!(names(folder.path()), ["Заметки 조선.md"]);
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn only_what_a_killed_process_left_is_swept() {
        let folder = tempfile::tempdir().expect("a folder");
        let write = |name: &str| fs::write(folder.path().join(name), "x").expect("written");
        let left = [
            format!(".notes.md.gloss-{NOBODY}-0.tmp"),
            format!(".보고서 👩‍👩‍👧.md.gloss-{NOBODY}-63.tmp"),
            format!(".a.gloss.gloss-{NOBODY}-1.tmp"),
            format!(".a.gloss.gloss-{NOBODY}-1.tmp.part"),
        ];
        let others = [
            format!(".notes.md.gloss-{}-0.tmp", std::process::id()),
            ".notes.md.gloss-1-0.tmp".into(),
            format!("notes.md.gloss-{NOBODY}-0.tmp"),
            format!(".gloss-{NOBODY}-0.tmp"),
            format!(".notes.gloss-{NOBODY}-.tmp"),
            format!(".notes.gloss-{NOBODY}x-0.tmp"),
            format!(".notes.{NOBODY}-0.tmp"),
            "my.tmp".into(),
            "thesis.gloss.part".into(),
            format!(".held.gloss-{NOBODY}-0.tmp"),
        ];
        left.iter().chain(&others).for_each(|name| write(name));
        fs::create_dir(folder.path().join(format!(".folder.gloss-{NOBODY}-0.tmp"))).expect("a folder");
        let held = File::open(folder.path().join(&others[9])).expect("opened");
        held.try_lock().expect("locked");
        sweep(folder.path());
        let mut expected: Vec<String> = others.to_vec();
        expected.push(format!(".folder.gloss-{NOBODY}-0.tmp"));
        expected.sort();
        assert_eq!(names(folder.path()), expected);
    }
}
