//! Looks from time to time whether files changed that documents of the open project came from, and knows what the window
//! was told of it. Nobody looks before the window listens. Deliberately absent: what a person decides about a change
//! (`source_file.rs`), and any lock that a request of the window would have to wait for while a file is read.

use crate::faults::locked;
use crate::watch::{Hash, Now, Stamp, Watched, Watches, written};
use gloss_core::api::Units;
use gloss_core::error::Error;
use gloss_core::ids::DocumentId;
use gloss_core::originals::{Origin, origins};
use gloss_core::project::Project;
use serde::Serialize;
use std::collections::{HashMap, HashSet};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, TryLockError};
use std::time::SystemTime;
use ts_rs::TS;

/// A document whose file is not any more what was imported.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub(crate) struct ChangedSource {
    document: DocumentId,
    title: String,
}

/// The files of the open project, and what is known about them.
#[derive(Default)]
pub(crate) struct Lookout {
    /// The list has to be made anew.
    stale: AtomicBool,
    seen: Mutex<Seen>,
    /// The change of each document that the window was told; `None` while it does not listen.
    told: Mutex<Option<HashMap<DocumentId, Hash>>>,
}

#[derive(Default)]
struct Seen {
    edition: Option<SystemTime>,
    sources: Vec<Source>,
}

/// A document with its file.
struct Source {
    document: DocumentId,
    title: String,
    origin: Hash,
    watched: Watched,
    /// When it was looked at last: a file that is being written is left to rest first.
    last: Option<Stamp>,
}

impl Lookout {
    /// The window listens, and has been told nothing about the project that is open now.
    pub(crate) fn listening(&self) {
        *locked(&self.told) = Some(HashMap::new());
        self.documents_changed();
    }

    /// Documents, or their texts, are others than before.
    pub(crate) fn documents_changed(&self) {
        self.stale.store(true, Ordering::SeqCst);
    }

    /// The change that the window was told about a document; it is not told again.
    pub(crate) fn answered(&self, document: DocumentId) -> Option<Hash> {
        locked(&self.told).as_mut()?.remove(&document)
    }

    /// All changes that a person is to be asked about, if they are others than what the window was told. Without
    /// `watches` nothing is looked at, and what was told is taken back.
    pub(crate) fn look(
        &self,
        project: &Project,
        watches: Option<&Watches>,
    ) -> Result<Option<Vec<ChangedSource>>, Error> {
        if locked(&self.told).is_none() {
            return Ok(None);
        }
        // Somebody looks already.
        let mut seen = match self.seen.try_lock() {
            Ok(seen) => seen,
            Err(TryLockError::Poisoned(poisoned)) => poisoned.into_inner(),
            Err(TryLockError::WouldBlock) => return Ok(None),
        };
        match watches {
            Some(watches) => self.renew(&mut seen, project, watches)?,
            None => *seen = Seen::default(),
        }
        let mut changed = Vec::new();
        let mut hashes = HashMap::new();
        for source in &mut seen.sources {
            let Some(hash) = source.look(watches) else { continue };
            changed.push(ChangedSource { document: source.document, title: source.title.clone() });
            hashes.insert(source.document, hash);
        }
        if self.stale.load(Ordering::SeqCst) {
            // A document was changed meanwhile; what was found may be about its former text.
            return Ok(None);
        }
        let mut told = locked(&self.told);
        if told.as_ref().is_none_or(|told| *told == hashes) {
            return Ok(None);
        }
        *told = Some(hashes);
        Ok(Some(changed))
    }

    /// Makes the list of files anew if anything may be another than when it was made.
    fn renew(&self, seen: &mut Seen, project: &Project, watches: &Watches) -> Result<(), Error> {
        let edition = watches.edition();
        if !self.stale.swap(false, Ordering::SeqCst) && edition == seen.edition {
            return Ok(());
        }
        let remembered: HashSet<DocumentId> = watches.documents().into_iter().collect();
        let last: HashMap<DocumentId, Option<Stamp>> =
            seen.sources.iter().map(|source| (source.document, source.last)).collect();
        let origins = project.read(Units::CodePoints, origins).inspect_err(|_| self.documents_changed())?;
        let source = |Origin { document, title, hash }: Origin| {
            remembered.contains(&document).then(|| watches.get(document)).flatten().map(|watched| Source {
                document,
                title,
                origin: written(&hash),
                watched,
                last: last.get(&document).copied().flatten(),
            })
        };
        *seen = Seen { edition, sources: origins.into_iter().filter_map(source).collect() };
        Ok(())
    }
}

impl Source {
    /// The change of this file that a person is to be asked about.
    fn look(&mut self, watches: Option<&Watches>) -> Option<Hash> {
        let stamp = Stamp::of(self.watched.file())?;
        let rests = stamp == self.watched.stamp() || self.last.replace(stamp) == Some(stamp);
        let now = if rests {
            let (now, read) = self.watched.look(&self.origin);
            if let (true, Some(watches)) = (read, watches) {
                watches.keep(self.document, &self.watched);
            }
            now
        } else {
            self.watched.known(&self.origin)
        };
        match now {
            Now::Changed(hash) if self.watched.is_news(&hash) => Some(hash),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::watch::tests::{hash, with_file};
    use gloss_core::documents::{Overrides, import_file};
    use gloss_core::env::Env;
    use gloss_core::versions::import_version;
    use std::fs;

    #[test]
    fn the_window_is_told_once_of_what_rests_and_no_more_of_what_was_answered() {
        let (folder, file, watches) = with_file("one");
        let project = Project::create(&folder.path().join("p.gloss"), Env::system()).expect("a project");
        let lookout = Lookout::default();
        let look = || lookout.look(&project, Some(&watches)).expect("looked");
        let told = || look().map(|list| list.into_iter().map(|one| (one.document, one.title)).collect::<Vec<_>>());
        let before = Watched::before(&file).expect("a file");
        let document = import_file(&project, &file, &Overrides::default()).expect("imported");
        watches.keep(document, &before);
        let news = Some(vec![(document, "Отчёт 보고서".to_owned())]);

        fs::write(&file, "other").expect("written");
        assert_eq!(told(), None, "nobody listens yet");
        lookout.listening();
        assert_eq!(told(), None, "it may still be being written");
        assert_eq!(told(), news);
        assert_eq!(told(), None, "once");
        lookout.listening();
        assert_eq!(told(), news, "again to a window that opens anew");

        fs::remove_file(&file).expect("removed");
        assert_eq!(told(), Some(Vec::new()), "there is nothing to take any more");
        fs::write(&file, "other").expect("written");
        assert_eq!((told(), told()), (news.clone(), None));

        let declined = lookout.answered(document).expect("it was told");
        assert_eq!(declined, hash("other"));
        let mut watched = watches.get(document).expect("kept");
        watched.decline(declined);
        watches.keep(document, &watched);
        assert_eq!((told(), told()), (None, None));

        fs::write(&file, "the third text").expect("written");
        assert_eq!((told(), told()), (None, news.clone()));
        assert_eq!(lookout.look(&project, None).expect("looked"), Some(Vec::new()), "switched off: it is taken back");
        assert_eq!((told(), told()), (news, None), "and switched on again it is told anew");
    }

    #[test]
    fn a_text_that_has_come_in_by_another_way_is_no_news() {
        let (folder, file, watches) = with_file("one");
        let project = Project::create(&folder.path().join("p.gloss"), Env::system()).expect("a project");
        let lookout = Lookout::default();
        lookout.listening();
        let before = Watched::before(&file).expect("a file");
        let document = import_file(&project, &file, &Overrides::default()).expect("imported");
        watches.keep(document, &before);
        let other = before.clone();
        let stranger: DocumentId = "0197f3a0-0000-7000-8000-000000000001".parse().expect("an id");
        watches.keep(stranger, &other);
        let look = || lookout.look(&project, Some(&watches)).expect("looked").map(|list| list.len());
        fs::write(&file, "other").expect("written");
        assert_eq!((look(), look()), (None, Some(1)), "a document of another project is not looked at");
        import_version(&project, document, &file).expect("imported");
        lookout.documents_changed();
        assert_eq!(look(), Some(0));
    }
}
