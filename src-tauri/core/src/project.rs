//! An open project: one connection that writes, a few that read, and the texts that were used last.
//!
//! A write is one transaction with its journal entry; when it returns, it is committed. Reads take a snapshot of
//! their own and never wait for a write. Deliberately absent: SQL about any noun.

use crate::env::Env;
use crate::error::{Error, Result};
use crate::hold::Hold;
use crate::identity::{Identity, Standing};
use crate::ids::{DocumentId, VersionId};
use crate::journal::{self, Changes};
use crate::schema;
use crate::stored::count;
use crate::structure::Structure;
use crate::tally::Tally;
use crate::text::{Text, Units};
use crate::texts;
use crate::unfinished::{Access, Unfinished, sweep_once};
use crate::{exports, private};
use rusqlite::config::DbConfig;
use rusqlite::{Connection, OptionalExtension, Transaction, TransactionBehavior};
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
    /// The files as they were at opening.
    identity: Identity,
    /// It was opened on a full disk: one connection, which only reads.
    alone: bool,
    /// The last one, because its files must be closed after the connections.
    hold: Hold,
}

impl Drop for Project {
    fn drop(&mut self) {
        if self.alone || self.identity.is_replaced(&self.hold) {
            let readers = self.readers.get_mut().unwrap_or_else(PoisonError::into_inner);
            let writer = self.writer.get_mut().unwrap_or_else(PoisonError::into_inner);
            for db in readers.iter().chain([&*writer]) {
                // What stands at the path now is another's; SQLite would move its log there or remove it.
                let _ = db.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, true);
            }
        }
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
        let db = schema::create(path, |db| crate::seed::fill(db, &seed)).map_err(|error| match error {
            Error::DiskFull => Error::ExportDiskFull { name: schema::display_name(path) },
            other => other,
        })?;
        Project::around(path, db, env, None, false)
    }

    /// Opens a project, migrating an older one. On a full disk it is opened for reading only.
    pub fn open(path: &Path, env: Env) -> Result<Project> {
        let before = Identity::of(path);
        let opened = match schema::open(path) {
            Err(Error::DiskFull | Error::ExportDiskFull { .. }) => {
                let db = schema::open_alone(path).map_err(|error| match error {
                    Error::DiskFull => Error::ProjectDiskFull { name: schema::display_name(path) },
                    other => other,
                })?;
                Project::around(path, db, env, Some(before), true)
            }
            opened => Project::around(path, opened?, env, Some(before), false),
        }?;
        // Only now is it known that the file is a project, and so ours to close to others.
        private::mend_project(path);
        if let Some(folder) = path.parent() {
            sweep_once(folder);
        }
        Ok(opened)
    }

    /// Opens a project, or creates it; the flag says whether it was created.
    pub fn open_or_create(path: &Path, env: Env) -> Result<(Project, bool)> {
        match Project::open(path, env.clone()) {
            Err(Error::ProjectMissing { .. }) => Ok((Project::create(path, env)?, true)),
            opened => Ok((opened?, false)),
        }
    }

    fn around(path: &Path, db: Connection, env: Env, before: Option<Identity>, alone: bool) -> Result<Project> {
        let path = path.canonicalize().unwrap_or_else(|_| path.to_path_buf());
        // It reads the file, so that from now on the log and its index are there.
        let seen = data_version(&db).unwrap_or(0);
        let identity = Identity::of(&path);
        if before.is_some_and(|before| !before.is_same_project(&identity)) {
            return Err(Error::ProjectMoved { name: schema::display_name(&path) });
        }
        let hold = if alone { Hold::none() } else { Hold::on(&path) };
        Ok(Project {
            path,
            env,
            writer: Mutex::new(db),
            readers: Mutex::default(),
            texts: Mutex::default(),
            tally: Mutex::default(),
            step: Mutex::default(),
            seen: Mutex::new(seen),
            kept_up: AtomicBool::new(false),
            identity,
            alone,
            hold,
        })
    }

    /// Why nothing can be written to this project as it is open now, if nothing can: another file stands at its path, or
    /// it was opened on a full disk.
    pub fn trouble(&self) -> Option<Error> {
        let name = || schema::display_name(&self.path);
        match self.identity.standing(&self.hold) {
            Standing::Moved => Some(Error::ProjectMoved { name: name() }),
            Standing::Overwritten => Some(Error::ProjectOverwritten { name: name() }),
            Standing::Same => self.alone.then(|| Error::ProjectDiskFull { name: name() }),
        }
    }

    /// Whether the file at the path is the one that is open, whatever else may be wrong.
    pub fn stands_at_its_path(&self) -> bool {
        !self.identity.is_replaced(&self.hold) || self.identity.is_overwritten(&self.hold)
    }

    /// Refuses to read what is a mixture of two files.
    fn may_read(&self) -> Result<()> {
        if self.identity.is_overwritten(&self.hold) {
            return Err(Error::ProjectOverwritten { name: schema::display_name(&self.path) });
        }
        Ok(())
    }

    /// Refuses a write that could not be kept.
    fn may_write(&self) -> Result<()> {
        match self.trouble() {
            None => Ok(()),
            Some(Error::ProjectDiskFull { .. }) => Err(Error::DiskFull),
            Some(error) => Err(error),
        }
    }

    /// Commits, unless the project was moved meanwhile.
    fn commit(&self, tx: Transaction<'_>) -> Result<()> {
        self.may_write()?;
        tx.commit().map_err(Error::of_commit)?;
        self.note_rest();
        Ok(())
    }

    /// Notes how the file is beside the log as this connection has just left it: that is what later looks compare with.
    fn note_rest(&self) {
        self.identity.is_overwritten(&self.hold);
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
        self.may_read()?;
        let read = if self.in_step() {
            let db = locked(&self.writer);
            run(&Cx { db: &db, project: self, units })
        } else {
            self.beside(|db| {
                let tx = db.transaction()?;
                run(&Cx { db: &tx, project: self, units })
            })
        };
        read.map_err(Error::of_reading)
    }

    /// Runs a write: one transaction, one entry of the journal. An error changes nothing; a reply means committed.
    pub fn write<T>(&self, units: Units, run: impl FnOnce(&Write<'_>) -> Result<T>) -> Result<(T, Option<Changes>)> {
        if self.in_step() {
            return self.write_in_step(units, run);
        }
        let mut db = locked(&self.writer);
        self.may_write()?;
        let tx = db.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let (answer, changeset, label, typing) = self.watched(&tx, units, run)?;
        if changeset.is_empty() {
            self.commit(tx)?;
            return Ok((answer, None));
        }
        journal::record(
            &tx,
            &journal::Entry { id: self.env.fresh(), at: self.env.now(), label: &label, changeset: &changeset, typing },
        )?;
        self.commit(tx)?;
        Ok((answer, Some(journal::touched(&changeset)?)))
    }

    fn write_in_step<T>(
        &self,
        units: Units,
        run: impl FnOnce(&Write<'_>) -> Result<T>,
    ) -> Result<(T, Option<Changes>)> {
        let mut db = locked(&self.writer);
        self.may_write()?;
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
        if self.trouble().is_some() {
            return Ok(None);
        }
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

    /// Whether nothing can be written but what is taken back at once.
    pub(crate) fn only_tries(&self) -> bool {
        !self.in_step() && self.trouble().is_some()
    }

    /// Runs something in a transaction that is taken back: what it writes is seen by itself, and is never on the disk.
    pub(crate) fn tried<T>(&self, units: Units, run: impl FnOnce(&Write<'_>) -> Result<T>) -> Result<T> {
        self.may_read()?;
        let mut db = locked(&self.writer);
        let tx = db.transaction()?;
        run(&Write { cx: Cx { db: &tx, project: self, units }, label: RefCell::default() }).map_err(Error::of_reading)
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
        self.may_write()?;
        let tx = db.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let answer = unrecorded(&tx)?;
        self.commit(tx)?;
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
        if self.trouble().is_some() {
            return Ok(());
        }
        let moved = self.beside(|db| Ok(db.query_row("PRAGMA wal_checkpoint(PASSIVE)", [], |_| Ok(()))?));
        self.note_rest();
        moved
    }

    /// Runs something on a reading connection. Where no other one can be opened on the same files, on the writing one.
    fn beside<T>(&self, run: impl FnOnce(&mut Connection) -> Result<T>) -> Result<T> {
        let pooled = locked(&self.readers).pop();
        let Some(mut db) = pooled.map_or_else(|| self.another_reader(), |db| Ok(Some(db)))? else {
            return run(&mut locked(&self.writer));
        };
        let answer = run(&mut db);
        let mut readers = locked(&self.readers);
        if readers.len() < READERS_KEPT {
            readers.push(db);
        }
        answer
    }

    /// A new reading connection; `None` where it would read other files than those that are open.
    fn another_reader(&self) -> Result<Option<Connection>> {
        if self.trouble().is_some() {
            return Ok(None);
        }
        let opened = schema::open_reader(&self.path);
        // What was opened in the middle of a replacement is not this project.
        if self.trouble().is_some() { Ok(None) } else { opened.map(Some) }
    }

    /// Runs something on the writing connection, outside any transaction.
    pub(crate) fn alone<T>(&self, run: impl FnOnce(&Connection) -> Result<T>) -> Result<T> {
        self.refuse_in_step()?;
        let db = locked(&self.writer);
        self.may_write()?;
        let answer = run(&db);
        self.note_rest();
        answer
    }

    /// Runs undo or redo, in one transaction.
    pub(crate) fn step_back<T>(&self, run: impl FnOnce(&Connection) -> Result<T>) -> Result<T> {
        self.refuse_in_step()?;
        let mut db = locked(&self.writer);
        self.may_write()?;
        let tx = db.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let answer = run(&tx)?;
        self.commit(tx)?;
        Ok(answer)
    }

    /// Gathers everything that `run` writes, on this thread, into one transaction and one undo step; an error undoes
    /// all of it. Undo, redo, check and compact are refused inside. Made for the command line: while it runs, other
    /// threads must not write.
    pub fn one_step<T>(&self, label: &str, run: impl FnOnce() -> Result<T>) -> Result<T> {
        self.refuse_in_step()?;
        self.may_write()?;
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
            self.may_write()?;
            db.execute_batch("COMMIT").map_err(Error::of_commit)?;
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

    /// A consistent copy of the project, beside the target first, then renamed over it. It is made of the files that are
    /// open, also when other ones stand at their path now.
    pub fn copy_to(&self, target: &Path) -> Result<()> {
        self.refuse_in_step()?;
        self.may_read()?;
        let name = || schema::display_name(target);
        match std::fs::metadata(target) {
            Ok(found) if found.is_dir() => return Err(Error::ExportFolder { name: name() }),
            Ok(found) if !found.is_file() => return Err(Error::ExportNotWritable { name: name() }),
            _ => {}
        }
        // A log that belongs to another project would be taken for that of the copy.
        let mut log = target.as_os_str().to_owned();
        log.push("-wal");
        if Path::new(&log).exists() {
            return Err(Error::ProjectExists { name: schema::display_name(Path::new(&log)) });
        }
        let not_written = |error: std::io::Error| exports::not_written(target, &error);
        let unfinished = Unfinished::beside(target, Access::Owner).map_err(not_written)?;
        schema::copy(&locked(&self.writer), unfinished.path()).map_err(|error| match error {
            Error::ExportNotWritable { .. } => Error::ExportNotWritable { name: name() },
            Error::ExportDiskFull { .. } => Error::ExportDiskFull { name: name() },
            Error::ExportFailed { reason, .. } => Error::ExportFailed { name: name(), reason },
            other => other.of_reading(),
        })?;
        private::mend(unfinished.path());
        unfinished.finish(target).map_err(not_written)
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
