//! A project of its own to measure on. Deliberately absent: what is measured.

use crate::Outcome;
use crate::figures::timed;
use crate::marks::Mark;
use gloss_core::api::{Units, dispatch};
use gloss_core::documents::{Overrides, import_file};
use gloss_core::env::Env;
use gloss_core::project::Project;
use gloss_core::upkeep::upkeep;
use serde_json::{Value, json};
use std::path::{Path, PathBuf};
use std::time::Duration;
use tempfile::TempDir;

/// Highlights that are made in one step when a project is filled.
const BATCH: usize = 2_000;

/// A project in a folder that goes away with it.
pub struct Desk {
    /// The folder.
    pub folder: TempDir,
    /// The project.
    pub project: Project,
    /// The ids of its tags, in the order of the tag list.
    pub tags: Vec<Value>,
}

impl Desk {
    /// An empty project.
    pub fn new() -> Outcome<Desk> {
        let folder = tempfile::tempdir()?;
        let file = folder.path().join("bench.gloss");
        Desk::at(&file, folder)
    }

    /// An empty project in this file.
    pub fn at(file: &Path, folder: TempDir) -> Outcome<Desk> {
        let project = Project::create(file, Env::system())?;
        let mut desk = Desk { folder, project, tags: Vec::new() };
        desk.tags = ids(&desk.run("tag_list", &json!({}))?);
        Ok(desk)
    }

    /// The project as a fresh start finds it.
    pub fn reopened(self) -> Outcome<Desk> {
        let Desk { folder, project, tags } = self;
        let path = project.path().to_path_buf();
        drop(project);
        let project = Project::open(&path, Env::system())?;
        Ok(Desk { folder, project, tags })
    }

    /// Writes a file into its folder.
    pub fn file(&self, name: &str, text: &str) -> Outcome<PathBuf> {
        let path = self.folder.path().join(name);
        std::fs::write(&path, text)?;
        Ok(path)
    }

    /// Imports a file; answers with the id of its document.
    pub fn import(&self, path: &Path) -> Outcome<String> {
        Ok(import_file(&self.project, path, &Overrides::default())?.to_string())
    }

    /// Runs a command as the window does; answers with the JSON.
    pub fn call(&self, name: &str, arguments: &str) -> Outcome<String> {
        Ok(dispatch(&self.project, Units::Utf16, name, arguments)?.json)
    }

    /// Runs a command; answers with its result.
    pub fn run(&self, name: &str, arguments: &Value) -> Outcome<Value> {
        Ok(serde_json::from_str(&self.call(name, &arguments.to_string())?)?)
    }

    /// How long a command takes, arguments as the window sends them, the result as it is sent back.
    pub fn time(&self, name: &str, arguments: &Value) -> Outcome<Duration> {
        let arguments = arguments.to_string();
        Ok(timed(|| self.call(name, &arguments))?.1)
    }

    /// The arguments that make a highlight.
    pub fn mark(&self, document: &str, mark: &Mark) -> Value {
        let tags: Vec<&Value> = mark.tags.iter().map(|tag| &self.tags[*tag]).collect();
        json!({ "document": document, "start": mark.start, "end": mark.end, "tags": tags, "note": mark.note, "snap": true })
    }

    /// Makes many highlights.
    pub fn fill(&self, document: &str, marks: &[Mark]) -> Outcome {
        for batch in marks.chunks(BATCH) {
            self.project.one_step("Marked many passages", || {
                for mark in batch {
                    dispatch(&self.project, Units::Utf16, "highlight_create", &self.mark(document, mark).to_string())?;
                }
                Ok(())
            })?;
        }
        // As after a pause of the person who reads.
        upkeep(&self.project)?;
        Ok(())
    }
}

/// The ids of a list.
pub fn ids(list: &Value) -> Vec<Value> {
    list.as_array().into_iter().flatten().map(|one| one["id"].clone()).collect()
}
