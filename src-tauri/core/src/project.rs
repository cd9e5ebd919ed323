//! An open project: one connection that writes, a few that read, and the texts that were used last.
//!
//! A write is one transaction with its journal entry; when it returns, it is committed. Reads take a snapshot of
//! their own and never wait for a write. Deliberately absent: SQL about any noun.

use crate::env::Env;
use crate::error::{Error, Result};
use crate::hold::Hold;
use crate::ids::{DocumentId, VersionId};
use crate::journal::{self, Changes};
use crate::schema;
use crate::stored::count;
use crate::structure::Structure;
use crate::tally::Tally;
use crate::text::{Text, Units};
use crate::texts;
use rusqlite::{Connection, OptionalExtension, TransactionBehavior};
use std::cell::RefCell;
use std::collections::VecDeque;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, TryLockError};
use std::thread::ThreadId;
use std::time::{Duration, Instant};

/// Bytes of text that are kept ready; the newest always stays.
const TEXTS_KEPT: usize = 24 * 1024 * 1024;
/// Reading connections that are kept open when idle.
const READERS_KEPT: usize = 2;

/// An open project. It can be shared between threads.
pub struct Project {
    path: PathBuf,
    env: Env,
    writer: Mutex<Connection>,
    readers: Mutex<Vec<Connection>>,
    texts: Mutex<VecDeque<(VersionId, Arc<Loaded>)>>,
    tally: Mutex<Tally>,
    step: Mutex<Option<Step>>,
    seen: Mutex<i64>,
    kept_up: AtomicBool,
    /// The last one, because its files must be closed after the connections.
    hold: Hold,
}

impl Drop for Project {
    fn drop(&mut self) {
        self.hold.release();
    }
}

/// Changes that are gathered into one undo step, and the thread that gathers them.
struct Step {
    thread: ThreadId,
    changesets: Vec<Vec<u8>>,
}

/// A version's text with its structure.
#[derive(Debug)]
pub struct Loaded {
    /// The canonical text.
    pub text: Text,
    /// Its blocks and spans.
    pub structure: Structure,
    /// The number of the paragraph that each block is.
    numbers: Vec<u32>,
}

impl Loaded {
    /// 1-based number of the paragraph that holds a code point; `None` between blocks and inside a break.
    pub fn paragraph(&self, position: u32) -> Option<u32> {
        self.structure.block_at(position).map(|block| self.numbers[block]).filter(|number| *number > 0)
    }
}

/// What a command works with: a connection inside a transaction, and the unit in which its caller counts.
pub struct Cx<'a> {
    /// The connection.
    pub db: &'a Connection,
    /// The project that it belongs to.
    pub project: &'a Project,
    /// The unit of positions in arguments and results.
    pub units: Units,
}

/// The arguments of a command that takes none.
#[derive(Debug, serde::Deserialize, ts_rs::TS)]
#[serde(deny_unknown_fields)]
#[ts(type = "Record<string, never>")]
pub struct NoArguments {}

/// A [`Cx`] that may write.
pub struct Write<'a> {
    cx: Cx<'a>,
    label: RefCell<(String, bool)>,
}

impl<'a> std::ops::Deref for Write<'a> {
    type Target = Cx<'a>;
    fn deref(&self) -> &Cx<'a> {
        &self.cx
    }
}

impl Write<'_> {
    /// Says in plain words what this change is: it is what *History* shows.
    pub fn label(&self, label: impl Into<String>) {
        self.label.borrow_mut().0 = label.into();
    }

    /// Marks the change as typing: it joins the change before when that is recent and about the same thing.
    pub fn typing(&self) {
        self.label.borrow_mut().1 = true;
    }
}

impl Cx<'_> {
    /// The clock and fresh ids.
    pub fn env(&self) -> &Env {
        &self.project.env
    }

    /// The text and structure of a version.
    pub fn loaded(&self, version: VersionId) -> Result<Arc<Loaded>> {
        self.project.loaded(self.db, version)
    }

    /// The same, or nothing where the text is damaged: for whoever goes on without it.
    pub(crate) fn loaded_if_whole(&self, version: VersionId) -> Result<Option<Arc<Loaded>>> {
        match self.loaded(version) {
            Ok(loaded) => Ok(Some(loaded)),
            Err(Error::TextDamaged { .. } | Error::VersionUnknown { .. }) => {
                count();
                Ok(None)
            }
            Err(error) => Err(error),
        }
    }

    /// What the highlights come to, in the state that this command sees.
    pub fn tally<T>(&self, read: impl FnOnce(&Tally) -> Result<T>) -> Result<T> {
        if self.project.in_step() {
            // Nothing of a step is in the journal yet.
            return read(&Tally::read(self.db)?);
        }
        let mut tally = locked(&self.project.tally);
        tally.follow(self.db)?;
        read(&tally)
    }

    /// The current version of a document.
    pub fn current(&self, document: DocumentId) -> Result<VersionId> {
        self.db
            .prepare_cached("SELECT version FROM document WHERE id = ?1")?
            .query_row([document], |row| row.get(0))
            .optional()?
            .ok_or_else(|| Error::DocumentUnknown { id: document.to_string() })
    }
}

impl Project {
    /// Creates an empty project: the shipped tags and relations, no documents. The file must not exist.
    pub fn create(path: &Path, env: Env) -> Result<Project> {
        let seed = env.clone();
        let db = schema::create(path, |db| crate::seed::fill(db, &seed))?;
        Ok(Project::around(path, db, env))
    }

    /// Opens a project, migrating an older one.
    pub fn open(path: &Path, env: Env) -> Result<Project> {
        Ok(Project::around(path, schema::open(path)?, env))
    }

    /// Opens a project, or creates it; the flag says whether it was created.
    pub fn open_or_create(path: &Path, env: Env) -> Result<(Project, bool)> {
        match Project::open(path, env.clone()) {
            Err(Error::ProjectMissing { .. }) => Ok((Project::create(path, env)?, true)),
            opened => Ok((opened?, false)),
        }
    }

    fn around(path: &Path, db: Connection, env: Env) -> Project {
        let path = path.canonicalize().unwrap_or_else(|_| path.to_path_buf());
        let seen = data_version(&db).unwrap_or(0);
        let hold = Hold::on(&path);
        Project {
            path,
            env,
            writer: Mutex::new(db),
            readers: Mutex::default(),
            texts: Mutex::default(),
            tally: Mutex::default(),
            step: Mutex::default(),
            seen: Mutex::new(seen),
            kept_up: AtomicBool::new(false),
            hold,
        }
    }

    /// Where the file is.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// What people call the project: the file's name without its ending.
    pub fn name(&self) -> String {
        self.path.file_stem().map_or_else(String::new, |stem| stem.to_string_lossy().into_owned())
    }

    /// The clock and fresh ids.
    pub fn env(&self) -> &Env {
        &self.env
    }

    /// Runs a read on a snapshot of its own.
    pub fn read<T>(&self, units: Units, run: impl FnOnce(&Cx<'_>) -> Result<T>) -> Result<T> {
        if self.in_step() {
            let db = locked(&self.writer);
            return run(&Cx { db: &db, project: self, units });
        }
        self.beside(|db| {
            let tx = db.transaction()?;
            run(&Cx { db: &tx, project: self, units })
        })
    }

    /// Runs a write: one transaction, one entry of the journal. An error changes nothing; a reply means committed.
    pub fn write<T>(&self, units: Units, run: impl FnOnce(&Write<'_>) -> Result<T>) -> Result<(T, Option<Changes>)> {
        if self.in_step() {
            return self.write_in_step(units, run);
        }
        let mut db = locked(&self.writer);
        let tx = db.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let (answer, changeset, label, typing) = self.watched(&tx, units, run)?;
        if changeset.is_empty() {
            tx.commit()?;
            return Ok((answer, None));
        }
        journal::record(
            &tx,
            &journal::Entry { id: self.env.fresh(), at: self.env.now(), label: &label, changeset: &changeset, typing },
        )?;
        tx.commit()?;
        Ok((answer, Some(journal::touched(&changeset)?)))
    }

    fn write_in_step<T>(
        &self,
        units: Units,
        run: impl FnOnce(&Write<'_>) -> Result<T>,
    ) -> Result<(T, Option<Changes>)> {
        let mut db = locked(&self.writer);
        let savepoint = db.savepoint()?;
        let (answer, changeset, _, _) = self.watched(&savepoint, units, run)?;
        savepoint.commit()?;
        if let Some(step) = locked(&self.step).as_mut() {
            step.changesets.push(changeset);
        }
        Ok((answer, None))
    }

    fn watched<T>(
        &self,
        db: &Connection,
        units: Units,
        run: impl FnOnce(&Write<'_>) -> Result<T>,
    ) -> Result<(T, Vec<u8>, String, bool)> {
        let mut session = journal::watch(db)?;
        let write = Write { cx: Cx { db, project: self, units }, label: RefCell::default() };
        let answer = run(&write)?;
        let changeset = journal::changeset(&mut session)?;
        let (label, typing) = write.label.into_inner();
        debug_assert!(changeset.is_empty() || !label.is_empty(), "a change without a label");
        Ok((answer, changeset, label, typing))
    }

    /// Runs a write that is not a person's change: no journal.
    pub fn write_unrecorded<T>(&self, run: impl FnOnce(&Write<'_>) -> Result<T>) -> Result<T> {
        let answer = self.unrecorded(&mut locked(&self.writer), run);
        *locked(&self.tally) = Tally::default();
        answer
    }

    /// Runs a write to derived tables, unless somebody else is writing and goes on for longer than a reader should
    /// wait; then the answer is `None`.
    pub fn write_derived<T>(&self, run: impl FnOnce(&Write<'_>) -> Result<T>) -> Result<Option<T>> {
        let until = Instant::now() + schema::PATIENCE;
        let mut db = loop {
            match self.writer.try_lock() {
                Ok(db) => break db,
                Err(TryLockError::Poisoned(poisoned)) => break poisoned.into_inner(),
                Err(TryLockError::WouldBlock) if Instant::now() < until => std::thread::sleep(Duration::from_millis(1)),
                Err(TryLockError::WouldBlock) => return Ok(None),
            }
        };
        db.busy_timeout(schema::PATIENCE)?;
        let answer = self.unrecorded(&mut db, run);
        db.busy_timeout(schema::BUSY_TIMEOUT)?;
        match answer {
            Err(Error::ProjectLocked { .. }) => Ok(None),
            answer => answer.map(Some),
        }
    }

    fn unrecorded<T>(&self, db: &mut Connection, run: impl FnOnce(&Write<'_>) -> Result<T>) -> Result<T> {
        let unrecorded = |db: &Connection| {
            let cx = Cx { db, project: self, units: Units::CodePoints };
            run(&Write { cx, label: RefCell::default() })
        };
        if self.in_step() {
            let savepoint = db.savepoint()?;
            let answer = unrecorded(&savepoint)?;
            savepoint.commit()?;
            return Ok(answer);
        }
        let tx = db.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let answer = unrecorded(&tx)?;
        tx.commit()?;
        Ok(answer)
    }

    /// Counts what the highlights come to, so that the first list need not wait for it.
    pub fn count_ahead(&self) -> Result<()> {
        self.read(Units::CodePoints, |cx| cx.tally(|_| Ok(())))
    }

    /// Whether nobody has asked this before since the project was opened.
    pub(crate) fn first_upkeep(&self) -> bool {
        !self.kept_up.swap(true, Ordering::Relaxed)
    }

    /// Moves what the write-ahead log holds into the project file, as far as no reader still needs the older pages.
    /// It runs beside reads and writes and keeps none of them waiting.
    pub(crate) fn checkpoint(&self) -> Result<()> {
        self.beside(|db| Ok(db.query_row("PRAGMA wal_checkpoint(PASSIVE)", [], |_| Ok(()))?))
    }

    /// Runs something on a reading connection.
    fn beside<T>(&self, run: impl FnOnce(&mut Connection) -> Result<T>) -> Result<T> {
        let pooled = locked(&self.readers).pop();
        let mut db = match pooled {
            Some(db) => db,
            None => schema::open_reader(&self.path)?,
        };
        let answer = run(&mut db);
        let mut readers = locked(&self.readers);
        if readers.len() < READERS_KEPT {
            readers.push(db);
        }
        answer
    }

    /// Runs something on the writing connection, outside any transaction.
    pub(crate) fn alone<T>(&self, run: impl FnOnce(&Connection) -> Result<T>) -> Result<T> {
        self.refuse_in_step()?;
        run(&locked(&self.writer))
    }

    /// Runs undo or redo, in one transaction.
    pub(crate) fn step_back<T>(&self, run: impl FnOnce(&Connection) -> Result<T>) -> Result<T> {
        self.refuse_in_step()?;
        let mut db = locked(&self.writer);
        let tx = db.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let answer = run(&tx)?;
        tx.commit()?;
        Ok(answer)
    }

    /// Gathers everything that `run` writes, on this thread, into one transaction and one undo step; an error undoes
    /// all of it. Undo, redo, check and compact are refused inside. Made for the command line: while it runs, other
    /// threads must not write.
    pub fn one_step<T>(&self, label: &str, run: impl FnOnce() -> Result<T>) -> Result<T> {
        self.refuse_in_step()?;
        locked(&self.writer).execute_batch("BEGIN IMMEDIATE")?;
        *locked(&self.step) = Some(Step { thread: std::thread::current().id(), changesets: Vec::new() });
        let ran = run();
        let step = locked(&self.step).take();
        let db = locked(&self.writer);
        let finished = ran.and_then(|answer| {
            let changesets: Vec<_> =
                step.map_or_else(Vec::new, |step| step.changesets).into_iter().filter(|one| !one.is_empty()).collect();
            if !changesets.is_empty() {
                let changeset = journal::joined(&changesets)?;
                if !changeset.is_empty() {
                    let (id, at) = (self.env.fresh(), self.env.now());
                    let entry = journal::Entry { id, at, label, changeset: &changeset, typing: false };
                    journal::record(&db, &entry)?;
                }
            }
            db.execute_batch("COMMIT")?;
            Ok(answer)
        });
        if finished.is_err() && !db.is_autocommit() {
            db.execute_batch("ROLLBACK")?;
        }
        finished
    }

    fn in_step(&self) -> bool {
        locked(&self.step).as_ref().is_some_and(|step| step.thread == std::thread::current().id())
    }

    fn refuse_in_step(&self) -> Result<()> {
        if self.in_step() {
            return Err(Error::Arguments { reason: "this cannot be part of a single step".into() });
        }
        Ok(())
    }

    /// What another process changed since the last call; `None` when nothing did. Cheap: one pragma.
    pub fn changes_outside(&self) -> Result<Option<Changes>> {
        let Ok(db) = self.writer.try_lock() else { return Ok(None) };
        let now = data_version(&db)?;
        drop(db);
        let mut seen = locked(&self.seen);
        if *seen == now {
            return Ok(None);
        }
        *seen = now;
        Ok(Some(Changes::everything()))
    }

    /// A consistent copy of the project, beside the target first, then renamed over it.
    pub fn copy_to(&self, target: &Path) -> Result<()> {
        self.alone(|db| schema::copy(db, target))
    }

    /// The text of a document's current version.
    pub fn document_text(&self, document: &str) -> Result<Arc<Loaded>> {
        let id: DocumentId = document.parse().map_err(|_| Error::DocumentUnknown { id: document.into() })?;
        self.read(Units::CodePoints, |cx| cx.loaded(cx.current(id)?))
    }

    /// The text of any version, also one that is no longer current.
    pub fn version_text(&self, version: &str) -> Result<Arc<Loaded>> {
        let id: VersionId = version.parse().map_err(|_| Error::VersionUnknown { id: version.into() })?;
        self.read(Units::CodePoints, |cx| cx.loaded(id))
    }

    /// The highlights of a document's current version, packed: see [`packed`](crate::drawn::packed).
    pub fn highlights_packed(&self, units: Units, document: &str) -> Result<Vec<u8>> {
        let id: DocumentId = document.parse().map_err(|_| Error::DocumentUnknown { id: document.into() })?;
        self.read(units, |cx| crate::drawn::packed(cx, id))
    }

    fn loaded(&self, db: &Connection, version: VersionId) -> Result<Arc<Loaded>> {
        {
            let mut texts = locked(&self.texts);
            if let Some(at) = texts.iter().position(|(id, _)| *id == version)
                && let Some(found) = texts.remove(at)
            {
                let loaded = found.1.clone();
                texts.push_front(found);
                return Ok(loaded);
            }
        }
        let (text, structure) = texts::whole(db, version)?;
        let numbers = structure.paragraph_numbers();
        let loaded = Arc::new(Loaded { text, structure, numbers });
        let mut texts = locked(&self.texts);
        texts.push_front((version, loaded.clone()));
        let mut kept = 0;
        let mut count = 0;
        texts.retain(|(_, one)| {
            kept += one.text.as_str().len();
            count += 1;
            count == 1 || kept <= TEXTS_KEPT
        });
        Ok(loaded)
    }
}

impl std::fmt::Debug for Project {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Project").field("path", &self.path).finish_non_exhaustive()
    }
}

fn data_version(db: &Connection) -> Result<i64> {
    Ok(db.prepare_cached("PRAGMA data_version")?.query_row([], |row| row.get(0))?)
}

/// A panic in one command must not close the project for the next: SQLite has rolled its transaction back.
fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
