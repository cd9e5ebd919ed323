//! A project on a desk of its own, driven through the same door as the window: `dispatch`.
#![allow(dead_code, reason = "each test file uses a part of it")]

use gloss_core::api::{Reply, Units, dispatch};
use gloss_core::env::Env;
use gloss_core::error::{Error, ErrorCode};
use gloss_core::project::Project;
use serde_json::{Value, json};
use std::path::PathBuf;
use tempfile::TempDir;

/// A project in a folder that goes away with it.
pub(crate) struct Desk {
    pub(crate) folder: TempDir,
    pub(crate) project: Project,
    pub(crate) units: Units,
}

impl Desk {
    /// An empty project; positions in code points.
    pub(crate) fn new() -> Desk {
        let folder = tempfile::tempdir().expect("a folder");
        let project = Project::create(&folder.path().join("desk.gloss"), Env::system()).expect("a project");
        Desk { folder, project, units: Units::CodePoints }
    }

    pub(crate) fn path(&self) -> PathBuf {
        self.folder.path().join("desk.gloss")
    }

    /// Closes the project and opens it again, as a restart does.
    pub(crate) fn restarted(self) -> Desk {
        let Desk { folder, project, units } = self;
        drop(project);
        let project = Project::open(&folder.path().join("desk.gloss"), Env::system()).expect("opens again");
        Desk { folder, project, units }
    }

    pub(crate) fn reply(&self, name: &str, arguments: Value) -> Result<Reply, Error> {
        dispatch(&self.project, self.units, name, &arguments.to_string())
    }

    /// The result of a command that must succeed.
    pub(crate) fn run(&self, name: &str, arguments: Value) -> Value {
        let reply = self.reply(name, arguments).unwrap_or_else(|error| panic!("{name}: {error}"));
        serde_json::from_str(&reply.json).expect("JSON")
    }

    /// The code of a command that must be refused, after proving that it changed nothing.
    pub(crate) fn refused(&self, name: &str, arguments: Value) -> ErrorCode {
        let before = self.dump();
        let error = self.reply(name, arguments).expect_err(name);
        assert_eq!(self.dump(), before, "{name} was refused and changed something");
        assert!(error.to_string().ends_with(['.', '?', '!']), "a whole sentence: {error}");
        error.code()
    }

    /// Pastes a text and gives the id of its document.
    pub(crate) fn paste(&self, text: &str) -> String {
        self.run("document_paste", json!({ "text": text, "title": "A text" }))["id"].as_str().expect("an id").to_owned()
    }

    /// Marks a passage by its words and gives the id of the highlight.
    pub(crate) fn mark(&self, document: &str, quote: &str, tags: &[&str]) -> String {
        let tags: Vec<String> = tags.iter().map(|name| self.tag(name)).collect();
        let made = self.run("highlight_quote", json!({ "document": document, "quote": quote, "tags": tags }));
        made["id"].as_str().expect("an id").to_owned()
    }

    /// The id of a tag by its name.
    pub(crate) fn tag(&self, name: &str) -> String {
        named(&self.run("tag_list", json!({})), "name", name)
    }

    /// The id of a relation by its label.
    pub(crate) fn relation(&self, label: &str) -> String {
        named(&self.run("relation_list", json!({})), "label", label)
    }

    pub(crate) fn highlight(&self, id: &str) -> Value {
        self.run("highlight_list", json!({ "ids": [id] }))[0].clone()
    }

    /// Every row of every table that a person makes, as text; the journal and derived tables are left out.
    pub(crate) fn dump(&self) -> String {
        let db = rusqlite::Connection::open(self.project.path()).expect("opens");
        let mut out = String::new();
        for table in gloss_core::journal::TABLES {
            let mut statement = db.prepare(&format!("SELECT * FROM {table} ORDER BY 1, 2")).expect(table);
            let columns = statement.column_count();
            let mut rows = statement.query([]).expect(table);
            while let Some(row) = rows.next().expect(table) {
                out.push_str(table);
                for column in 0..columns {
                    out.push_str(&format!(" {:?}", row.get_ref(column).expect("a value")));
                }
                out.push('\n');
            }
        }
        out
    }
}

fn named(list: &Value, key: &str, name: &str) -> String {
    let found = list.as_array().expect("a list").iter().find(|one| one[key] == name);
    found.unwrap_or_else(|| panic!("{name}"))["id"].as_str().expect("an id").to_owned()
}
