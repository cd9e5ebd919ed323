//! Which file on this machine a document came from, and whether it is still the one that was imported.
//!
//! That is the person's own knowledge and never the project's: a project is handed to others, and no path goes with it.
//! One small file a document in a folder of the person's, so that two windows and a command line remember side by side
//! without waiting for each other. Looking costs one question for size and time a document; bytes are read only when
//! those have changed. Deliberately absent: the system's own notifications, because editors replace files instead of
//! writing to them and shared folders tell nothing, while asking a thousand files takes a millisecond or two; and any
//! change to a document (`source_file.rs`).

use crate::folders;
use gloss_core::ids::DocumentId;
use gloss_core::import::MAX_BYTES;
use gloss_core::private;
use gloss_core::unfinished::{Access, Unfinished};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::fs::{self, Metadata};
use std::io::{Read, Write};
use std::path::{Path, PathBuf};
use std::time::UNIX_EPOCH;

/// SHA-256 of the bytes of a file, in hexadecimal digits.
pub(crate) type Hash = String;

/// A hash as it is written here.
pub(crate) fn written(hash: &[u8]) -> Hash {
    hash.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// What tells cheaply that a file is as it was.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Stamp {
    /// Bytes.
    size: u64,
    /// Nanoseconds since 1970; before it, and where the system does not know, 0.
    modified: u64,
}

impl Stamp {
    /// The stamp of a file; `None` where there is none.
    pub(crate) fn of(file: &Path) -> Option<Stamp> {
        fs::metadata(file).ok().filter(Metadata::is_file).map(|found| Stamp {
            size: found.len(),
            modified: found
                .modified()
                .ok()
                .and_then(|time| time.duration_since(UNIX_EPOCH).ok())
                .map_or(0, |since| u64::try_from(since.as_nanos()).unwrap_or(u64::MAX)),
        })
    }
}

/// What has become of the file of a document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Now {
    /// Its text is the document's.
    Same,
    /// It has other bytes: these.
    Changed(Hash),
    /// It is not there, or cannot be read, or is larger than any file that is imported.
    Gone,
}

/// The file that a document came from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Watched {
    file: PathBuf,
    /// When its bytes were read last.
    stamp: Stamp,
    /// Its bytes then; nothing while they are those that were imported.
    hash: Option<Hash>,
    /// The change that a person has decided about, and is not asked about again.
    answered: Option<Hash>,
    /// Other bytes than those that were imported, and yet the same text.
    same: Option<Hash>,
}

impl Watched {
    /// The file just before it is imported, so that what happens to it meanwhile is a change. Nothing where it is no
    /// file, or has a name that cannot be kept.
    pub(crate) fn before(file: &Path) -> Option<Watched> {
        let file = std::path::absolute(file).ok().filter(|file| file.to_str().is_some())?;
        let stamp = Stamp::of(&file)?;
        Some(Watched { file, stamp, hash: None, answered: None, same: None })
    }

    /// Where it is.
    pub(crate) fn file(&self) -> &Path {
        &self.file
    }

    /// What has become of it, for a document whose text came from bytes of the hash `origin`. Its bytes are read if its
    /// stamp is another; whether they were is the second answer, and then there is something to remember.
    pub(crate) fn look(&mut self, origin: &str) -> (Now, bool) {
        let Some(stamp) = Stamp::of(&self.file).filter(|stamp| stamp.size <= MAX_BYTES as u64) else {
            return (Now::Gone, false);
        };
        let read = stamp != self.stamp;
        if read {
            let Some(hash) = hash_of(&self.file) else { return (Now::Gone, false) };
            (self.stamp, self.hash) = (stamp, Some(hash));
        }
        (self.known(origin), read)
    }

    /// The same by what is known from the last time that its bytes were read.
    pub(crate) fn known(&self, origin: &str) -> Now {
        match &self.hash {
            Some(hash) if hash != origin && self.same.as_ref() != Some(hash) => Now::Changed(hash.clone()),
            _ => Now::Same,
        }
    }

    /// Its stamp when its bytes were read last.
    pub(crate) fn stamp(&self) -> Stamp {
        self.stamp
    }

    /// Whether a person is to be asked about a change.
    pub(crate) fn is_news(&self, hash: &str) -> bool {
        self.answered.as_deref() != Some(hash)
    }

    /// A person does not want this change.
    pub(crate) fn decline(&mut self, hash: Hash) {
        self.answered = Some(hash);
    }

    /// The file was taken as a new version, and its text was another one, or the same. Either way nobody is asked about
    /// it again, also when that is undone.
    pub(crate) fn take(&mut self, changed: bool) {
        let Some(hash) = hash_of(&self.file) else { return };
        self.same = (!changed).then(|| hash.clone());
        (self.hash, self.answered) = (Some(hash.clone()), Some(hash));
    }
}

/// The hash of a file, unless it is gone or grows past what is imported.
fn hash_of(file: &Path) -> Option<Hash> {
    let mut file = private::open_file(file).ok()?.take(MAX_BYTES as u64 + 1);
    let mut hash = Sha256::new();
    let mut read = 0;
    let mut buffer = vec![0; 64 << 10];
    loop {
        match file.read(&mut buffer).ok()? {
            0 => break,
            count => {
                hash.update(&buffer[..count]);
                read += count;
            }
        }
    }
    (read <= MAX_BYTES).then(|| written(&hash.finalize()))
}

/// The files that documents came from, as this person's programs remember them.
pub(crate) struct Watches {
    folder: PathBuf,
}

impl Watches {
    /// Those in the person's data folder; nothing without a home.
    pub(crate) fn of_person() -> Option<Watches> {
        folders::sources().map(|folder| Watches { folder })
    }

    /// Remembers the file of a document. Failing to is no failure of an import.
    pub(crate) fn keep(&self, document: DocumentId, watched: &Watched) {
        let Ok(json) = serde_json::to_vec(watched) else { return };
        let place = self.place(document);
        // Another name first: who reads at the same time finds the old one or the new one. It need not outlast a power
        // cut, so it is not awaited that it is on the disk.
        let _ = private::create_folder(&self.folder).and_then(|()| {
            let mut unfinished = Unfinished::beside(&place, Access::Owner)?;
            unfinished.file().write_all(&json)?;
            unfinished.finish_unsynced(&place)
        });
    }

    /// The file of a document.
    pub(crate) fn get(&self, document: DocumentId) -> Option<Watched> {
        serde_json::from_slice(&fs::read(self.place(document)).ok()?).ok()
    }

    /// Forgets the file of a document.
    pub(crate) fn forget(&self, document: DocumentId) {
        let _ = fs::remove_file(self.place(document));
    }

    /// The documents of which a file is remembered.
    pub(crate) fn documents(&self) -> Vec<DocumentId> {
        let entries = fs::read_dir(&self.folder).into_iter().flatten().flatten();
        entries.filter_map(|entry| entry.file_name().to_str()?.strip_suffix(".json")?.parse().ok()).collect()
    }

    /// Changes whenever something is remembered or forgotten, by whichever program.
    pub(crate) fn edition(&self) -> Option<std::time::SystemTime> {
        fs::metadata(&self.folder).and_then(|found| found.modified()).ok()
    }

    fn place(&self, document: DocumentId) -> PathBuf {
        self.folder.join(format!("{document}.json"))
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use tempfile::TempDir;

    /// A folder with a file in it, and nothing remembered yet.
    pub(crate) fn with_file(text: &str) -> (TempDir, PathBuf, Watches) {
        let folder = tempfile::tempdir().expect("a folder");
        let file = folder.path().join("Отчёт 보고서.txt");
        fs::write(&file, text).expect("written");
        let watches = Watches { folder: folder.path().join("sources") };
        (folder, file, watches)
    }

    pub(crate) fn hash(text: &str) -> Hash {
        written(&Sha256::digest(text))
    }

    #[test]
    fn a_file_that_is_as_it_was_is_not_read() {
        let (_folder, file, _) = with_file("one");
        let mut watched = Watched::before(&file).expect("a file");
        assert_eq!(watched.look(&hash("one")), (Now::Same, false));
    }

    #[test]
    fn other_bytes_are_a_change_until_a_person_decides() {
        let (_folder, file, _) = with_file("one");
        let mut watched = Watched::before(&file).expect("a file");
        fs::write(&file, "other").expect("written");
        let changed = Now::Changed(hash("other"));
        assert_eq!(watched.look(&hash("one")), (changed.clone(), true));
        assert_eq!(watched.look(&hash("one")), (changed.clone(), false), "the same bytes are read once");
        assert!(watched.is_news(&hash("other")));
        watched.decline(hash("other"));
        assert_eq!(watched.look(&hash("one")).0, changed, "it is still another text");
        assert!(!watched.is_news(&hash("other")), "but nobody asks again");
        fs::write(&file, "yet another").expect("written");
        assert_eq!(watched.look(&hash("one")), (Now::Changed(hash("yet another")), true));
        assert!(watched.is_news(&hash("yet another")));
        fs::write(&file, "one").expect("written");
        assert_eq!(watched.look(&hash("one")).0, Now::Same, "it is again what was imported");
    }

    #[test]
    fn what_was_taken_is_no_news_also_when_that_is_undone() {
        let (_folder, file, _) = with_file("one");
        let mut watched = Watched::before(&file).expect("a file");
        fs::write(&file, "two!").expect("written");
        watched.look(&hash("one"));
        watched.take(true);
        assert_eq!(watched.look(&hash("two!")).0, Now::Same);
        assert_eq!(watched.look(&hash("one")).0, Now::Changed(hash("two!")), "undone: the file is another text");
        assert!(!watched.is_news(&hash("two!")));
    }

    #[test]
    fn other_bytes_of_the_same_text_are_no_change() {
        let (_folder, file, _) = with_file("one\n");
        let mut watched = Watched::before(&file).expect("a file");
        fs::write(&file, "one\r\n").expect("written");
        watched.look(&hash("one\n"));
        watched.take(false);
        assert_eq!(watched.look(&hash("one\n")).0, Now::Same);
    }

    #[test]
    fn a_file_that_vanished_is_watched_until_it_is_back() {
        let (_folder, file, _) = with_file("one");
        let mut watched = Watched::before(&file).expect("a file");
        fs::remove_file(&file).expect("removed");
        assert_eq!(watched.look(&hash("one")), (Now::Gone, false));
        fs::create_dir(&file).expect("a folder in its place");
        assert_eq!(watched.look(&hash("one")), (Now::Gone, false));
        fs::remove_dir(&file).expect("removed");
        fs::write(&file, "it is back").expect("written");
        assert_eq!(watched.look(&hash("one")).0, Now::Changed(hash("it is back")));
        assert_eq!(Watched::before(&file.join("none")), None);
    }

    #[test]
    fn a_file_that_no_import_takes_is_not_read() {
        let (_folder, file, _) = with_file("one");
        let mut watched = Watched::before(&file).expect("a file");
        let grown = fs::OpenOptions::new().write(true).open(&file).expect("opened");
        grown.set_len(MAX_BYTES as u64 + 1).expect("grown");
        assert_eq!(watched.look(&hash("one")), (Now::Gone, false));
    }

    #[test]
    fn a_file_is_remembered_for_its_document_until_it_is_forgotten() {
        let (_folder, file, watches) = with_file("one");
        let document: DocumentId = "0197f3a0-0000-7000-8000-000000000001".parse().expect("an id");
        assert_eq!((watches.get(document), watches.documents()), (None, Vec::new()));
        let mut watched = Watched::before(&file).expect("a file");
        watches.keep(document, &watched);
        assert_eq!(watches.get(document), Some(watched.clone()));
        watched.decline(hash("two"));
        watches.keep(document, &watched);
        assert_eq!(watches.get(document), Some(watched));
        assert_eq!(watches.documents(), [document]);
        fs::write(watches.place(document), "{\"file\":").expect("damaged");
        assert_eq!(watches.get(document), None);
        watches.forget(document);
        assert_eq!(watches.documents(), []);
    }
}
