//! The project that a command line works on: the one that is named, or the environment's, or the default one. It is
//! opened when the first request needs it, and made only for an import: a mistyped name makes nothing.

use super::words::Command;
use crate::{folders, project_of_environment, reader};
use gloss_core::api::{Units, dispatch};
use gloss_core::env::Env;
use gloss_core::error::{Error, Result};
use gloss_core::private;
use gloss_core::project::Project;
use std::cell::{Cell, OnceCell};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

/// A project by its name, open or not yet.
pub(crate) struct Named {
    path: PathBuf,
    /// Nobody named it.
    is_default: bool,
    env: Env,
    project: OnceCell<Project>,
    created: Cell<bool>,
}

impl Named {
    /// The project of a command line. What it reads is stopped when `stop` becomes true.
    pub(crate) fn new(option: Option<PathBuf>, stop: Arc<AtomicBool>) -> Result<Named> {
        let named = option.or_else(project_of_environment);
        let is_default = named.is_none();
        let path = named.map_or_else(folders::default_project, Ok)?;
        let env = Env::system().reading(reader::reader(stop));
        Ok(Named { path, is_default, env, project: OnceCell::new(), created: Cell::new(false) })
    }

    /// The open project, for a request that may make it or must find it.
    pub(crate) fn open_for(&self, command: &Command) -> Result<&Project> {
        match command {
            Command::Import(_) => self.open_or_create(),
            _ => self.open(),
        }
    }

    /// The open project, which must exist.
    pub(crate) fn open(&self) -> Result<&Project> {
        self.once(|| Project::open(&self.path, self.env.clone()))
    }

    fn open_or_create(&self) -> Result<&Project> {
        self.once(|| {
            if self.is_default {
                self.make_folder()?;
            }
            let (project, created) = Project::open_or_create(&self.path, self.env.clone())?;
            self.created.set(created);
            Ok(project)
        })
    }

    fn once(&self, open: impl FnOnce() -> Result<Project>) -> Result<&Project> {
        if let Some(project) = self.project.get() {
            return Ok(project);
        }
        let project = open().map_err(|error| match error {
            Error::ProjectMissing { .. } if self.is_default => Error::LibraryMissing,
            error => error,
        })?;
        Ok(self.project.get_or_init(|| project))
    }

    fn make_folder(&self) -> Result<()> {
        let folder = self.path.parent().unwrap_or(Path::new("."));
        private::create_folder(folder).map_err(|error| Error::ProjectUnreadable {
            name: folders::DEFAULT_PROJECT.into(),
            reason: error.kind().to_string(),
        })
    }

    /// Closes the project. One that was made for an import of which nothing came is removed again.
    pub(crate) fn close(self) {
        let Some(project) = self.project.into_inner() else { return };
        let unused = self.created.get() && is_empty(&project);
        let path = project.path().to_path_buf();
        drop(project);
        if unused && !beside(&path, "-wal").exists() {
            // Whatever keeps it there, it is an empty project and no harm.
            let _ = std::fs::remove_file(path);
        }
    }
}

/// Whether an error only says that there is no such project.
pub(crate) fn is_missing(error: &Error) -> bool {
    matches!(error, Error::ProjectMissing { .. } | Error::LibraryMissing)
}

/// Whether nothing was ever done in a project.
fn is_empty(project: &Project) -> bool {
    let nothing = |list| dispatch(project, Units::CodePoints, list, "").is_ok_and(|reply| reply.json == "[]");
    nothing("document_list") && nothing("history_list")
}

fn beside(path: &Path, ending: &str) -> PathBuf {
    let mut beside = path.as_os_str().to_owned();
    beside.push(ending);
    beside.into()
}
