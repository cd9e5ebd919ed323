//! Project files: opened, listed, searched, exported, checked, taken back, compacted and copied.

use gloss_core::api::{Units, dispatch};
use gloss_core::env::Env;
use gloss_core::exports::{ExportOptions, markdown};
use gloss_core::project::Project;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

/// Everything that reads without naming anything.
const READING: [&str; 11] = [
    "document_list",
    "document_csl",
    "highlight_list",
    "tag_list",
    "tag_names",
    "relation_list",
    "link_list",
    "dashboard",
    "history_list",
    "review_list",
    "project_check",
];

/// A project file, whatever is in it. A refused one is left as it is, and nothing is written outside of its folder's names.
pub(crate) fn file(bytes: &[u8]) {
    let folder = folder();
    for entry in entries(folder) {
        fs::remove_file(folder.join(entry)).expect("an empty folder");
    }
    let path = folder.join("a.gloss");
    fs::write(&path, bytes).expect("written");
    match Project::open(&path, Env::system()) {
        Err(error) => {
            assert!(!error.to_string().contains("fuzz"), "no folder in a message: {error}");
            assert!(fs::read(&path).expect("there") == bytes, "a refused file was changed: {error}");
            assert_eq!(entries(folder), ["a.gloss"], "a refused file left others: {error}");
        }
        Ok(project) => {
            used(&project, folder);
            drop(project);
            let again = Project::open(&path, Env::system()).map(drop);
            assert!(!matches!(again, Err(gloss_core::error::Error::ProjectNewer { .. })), "it became another version");
        }
    }
    for entry in entries(folder) {
        let known = entry == "a.gloss" || entry == "copy.gloss" || entry.starts_with("a.gloss-") || entry.starts_with("a.v");
        assert!(known, "an unknown file: {entry}");
    }
}

fn used(project: &Project, folder: &Path) {
    let run = |name: &str, arguments: &str| {
        dispatch(project, Units::Utf16, name, arguments).ok().map(|reply| serde_json::from_str(&reply.json).expect("JSON"))
    };
    for name in READING {
        let _: Option<serde_json::Value> = run(name, "{}");
    }
    for query in ["ice", "author:roe", "tag:military", "has:note", "얼었다"] {
        let _ = run("search", &serde_json::json!({ "query": query }).to_string());
    }
    let documents: serde_json::Value = run("document_list", "{}").unwrap_or_default();
    for document in documents.as_array().into_iter().flatten().take(4) {
        let id = document["id"].as_str().expect("an id");
        let of = serde_json::json!({ "document": id }).to_string();
        for name in ["document_open", "version_list", "dashboard_strips", "paragraphs_uncovered", "document_cite"] {
            let _ = run(name, &of);
        }
        let _ = project.highlights_packed(Units::Utf16, id);
    }
    let highlights: serde_json::Value = run("highlight_list", "{}").unwrap_or_default();
    let ids: Vec<_> = highlights.as_array().into_iter().flatten().take(4).map(|one| one["id"].clone()).collect();
    let _ = run("highlight_cards", &serde_json::json!({ "ids": ids }).to_string());
    let _ = markdown(project, &ExportOptions::default());
    while run("undo", "{}").is_some() {}
    while run("redo", "{}").is_some() {}
    let _ = run("document_paste", r#"{"text":"Another text."}"#);
    let _ = run("project_compact", "{}");
    let _ = gloss_core::upkeep::upkeep(project);
    let _ = project.copy_to(&folder.join("copy.gloss"));
}

/// A folder of this process, in memory where there is one that is: a project is synced to its disk at every step.
fn folder() -> &'static Path {
    static FOLDER: OnceLock<PathBuf> = OnceLock::new();
    FOLDER.get_or_init(|| {
        let memory = Path::new("/dev/shm");
        let base = if memory.is_dir() { memory.to_path_buf() } else { std::env::temp_dir() };
        let folder = base.join(format!("gloss-fuzz-{}", std::process::id()));
        fs::create_dir_all(&folder).expect("a folder");
        folder
    })
}

fn entries(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).expect("a folder").flatten();
    entries.map(|entry| entry.file_name().to_string_lossy().into_owned()).collect()
}
