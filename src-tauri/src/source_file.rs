//! What a person does with the file that a document came from: hear what became of it, take it or another one as a new
//! version, decline a change, stop watching. The window names the document and hears the name of the file, never its
//! folder. Deliberately absent: anything automatic.

use crate::desk::Desk;
use crate::desktop::{Progress, dialog};
use crate::sources::name_of;
use crate::watch::{Now, Watched, Watches, written};
use gloss_core::api::Changes;
use gloss_core::error::{ApiError, Error, Result};
use gloss_core::ids::DocumentId;
use gloss_core::import::{ENDINGS, Options};
use gloss_core::originals::origins;
use gloss_core::project::Project;
use gloss_core::text::Units;
use gloss_core::versions::import_version_with;
use serde::{Deserialize, Serialize};
use std::path::Path;
use std::sync::Arc;
use ts_rs::TS;

/// A document, about whose file something is asked.
#[derive(Debug, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub(crate) struct SourceOf {
    document: DocumentId,
}

/// What became of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "lowercase")]
pub(crate) enum SourceState {
    /// It is what the document's text came from.
    Same,
    /// It has another text.
    Changed,
    /// It is not where it was, or cannot be read.
    Gone,
}

/// The file that a document came from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub(crate) struct SourceFile {
    /// Without its folder.
    name: String,
    state: SourceState,
}

/// What became of a new version: the name of the file, null when none was picked, and whether the text is another.
#[derive(Debug, Clone, Serialize, TS)]
pub(crate) struct VersionTaken {
    name: Option<String>,
    changed: bool,
}

pub(crate) fn version_pick(desk: &Arc<Desk>, wanted: SourceOf) -> Result<VersionTaken, ApiError> {
    desk.project()?;
    let picked = dialog(desk, "New version from a file")
        .add_filter("Documents", &ENDINGS)
        .add_filter("All files", &["*"])
        .blocking_pick_file();
    match picked.and_then(|file| file.into_path().ok()) {
        Some(path) => take(desk, wanted.document, &path),
        None => Ok(VersionTaken { name: None, changed: false }),
    }
}

pub(crate) fn source_state(desk: &Arc<Desk>, wanted: SourceOf) -> Result<Option<SourceFile>, ApiError> {
    let (project, document) = (desk.project()?, wanted.document);
    let Some(watches) = desk.watches() else { return Ok(None) };
    state(&project, watches, document).map_err(|error| error.api())
}

pub(crate) fn source_take(desk: &Arc<Desk>, wanted: SourceOf) -> Result<VersionTaken, ApiError> {
    match desk.watches().and_then(|watches| watches.get(wanted.document)) {
        Some(watched) => take(desk, wanted.document, watched.file()),
        None => Ok(VersionTaken { name: None, changed: false }),
    }
}

pub(crate) fn source_decline(desk: &Arc<Desk>, wanted: SourceOf) -> Result<(), ApiError> {
    let change = desk.lookout.answered(wanted.document);
    if let (Some(watches), Some(change)) = (desk.watches(), change)
        && let Some(mut watched) = watches.get(wanted.document)
    {
        watched.decline(change);
        watches.keep(wanted.document, &watched);
    }
    Ok(())
}

pub(crate) fn source_forget(desk: &Arc<Desk>, wanted: SourceOf) -> Result<(), ApiError> {
    if let Some(watches) = desk.watches() {
        watches.forget(wanted.document);
        desk.look_at_sources();
    }
    Ok(())
}

/// What became of the file of a document; nothing where none is watched.
fn state(project: &Project, watches: &Watches, document: DocumentId) -> Result<Option<SourceFile>> {
    let Some(mut watched) = watches.get(document) else { return Ok(None) };
    let origins = project.read(Units::CodePoints, origins)?;
    let Some(origin) = origins.into_iter().find(|origin| origin.document == document) else {
        return Err(Error::DocumentUnknown { id: document.to_string() });
    };
    let (now, read) = watched.look(&written(&origin.hash));
    if read {
        watches.keep(document, &watched);
    }
    let state = match now {
        Now::Same => SourceState::Same,
        Now::Changed(_) => SourceState::Changed,
        Now::Gone => SourceState::Gone,
    };
    Ok(Some(SourceFile { name: name_of(watched.file()), state }))
}

/// Takes a file as the new version of a document, and watches that file from now on.
fn take(desk: &Arc<Desk>, document: DocumentId, path: &Path) -> Result<VersionTaken, ApiError> {
    let project = desk.project()?;
    desk.begin_long_work();
    desk.tell("progress", Some(Progress { done: 0, total: 1, name: name_of(path) }));
    let made = renew(&project, desk.watches(), document, path, Options::default());
    desk.tell("progress", None::<Progress>);
    let changed = made.map_err(|error| error.api())?;
    desk.lookout.answered(document);
    if changed {
        desk.tell_changes(&Changes::everything());
    }
    Ok(VersionTaken { name: Some(name_of(path)), changed })
}

/// Imports a file as a new version and remembers that it is the document's; whether its text is another. The
/// options can ask for the whole of a page of which there was the main text only.
pub(crate) fn renew(
    project: &Project,
    watches: Option<&Watches>,
    document: DocumentId,
    path: &Path,
    options: Options,
) -> Result<bool> {
    let current = || project.read(Units::CodePoints, |cx| cx.current(document));
    let before = current()?;
    let watched = Watched::before(path);
    import_version_with(project, document, path, options)?;
    let changed = current()? != before;
    if let (Some(watches), Some(mut watched)) = (watches, watched) {
        watched.take(changed);
        watches.keep(document, &watched);
    }
    Ok(changed)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::watch::tests::with_file;
    use gloss_core::documents::{Overrides, import_file};
    use gloss_core::env::Env;
    use std::fs;

    #[test]
    fn a_file_is_told_by_its_name_and_taken_only_by_its_text() {
        let (folder, file, watches) = with_file("one\n");
        let project = Project::create(&folder.path().join("p.gloss"), Env::system()).expect("a project");
        let watched = Watched::before(&file).expect("a file");
        let document = import_file(&project, &file, &Overrides::default()).expect("imported");
        let told = || state(&project, &watches, document).expect("told");
        assert_eq!(told(), None);
        watches.keep(document, &watched);
        let is = |state| Some(SourceFile { name: "Отчёт 보고서.txt".into(), state });
        assert_eq!(told(), is(SourceState::Same));
        fs::write(&file, "another\n").expect("written");
        assert_eq!(told(), is(SourceState::Changed));
        assert!(renew(&project, Some(&watches), document, &file, Options::default()).expect("taken"));
        assert_eq!(told(), is(SourceState::Same));
        fs::write(&file, "another\r\n").expect("written");
        assert_eq!(told(), is(SourceState::Changed));
        assert!(!renew(&project, Some(&watches), document, &file, Options::default()).expect("taken"), "the same text");
        assert_eq!(told(), is(SourceState::Same));
        fs::remove_file(&file).expect("removed");
        assert_eq!(told(), is(SourceState::Gone));
        renew(&project, Some(&watches), document, &file, Options::default()).expect_err("refused");
        assert!(watches.get(document).is_some(), "and watched all the same");
    }
}
