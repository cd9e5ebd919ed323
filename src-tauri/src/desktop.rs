//! What only a desktop can do: native dialogs, projects, settings, dropped files. One list of commands, in the manner
//! of the core's: a line gives the name, the arguments and the result, and becomes the dispatcher and the TypeScript.
//! No path ever comes from the window: it asks, the person picks in a dialog, and the window hears a name. Deliberately
//! absent: anything that the command line could do too; that is the core's.

use crate::desk::{Desk, Way};
use crate::faults::caught;
use crate::lookout::ChangedSource;
use crate::references::{MetadataPicked, Reference, ReferenceIndex, metadata_pick, metadata_take};
use crate::settings::Settings;
use crate::source_file::{
    SourceFile, SourceOf, VersionTaken, source_decline, source_forget, source_state, source_take, version_pick,
};
use crate::sources::{Sources, files_of, name_of};
use crate::watch::Watched;
use crate::{folders, window};
use gloss_core::api::{self, Changes, Topic, parsed, written};
use gloss_core::documents::{DocumentOpen, Made, Overrides, import_file_with, open};
use gloss_core::error::{ApiError, Error, ErrorCode};
use gloss_core::exports::{ExportOptions, save_markdown, write_file};
use gloss_core::ids::DocumentId;
use gloss_core::import::{ENDINGS, Options};
use gloss_core::originals::original;
use gloss_core::project::NoArguments;
use gloss_core::text::Units;
use gloss_core::typescript::Contract;
use serde::{Deserialize, Serialize};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use tauri_plugin_dialog::{DialogExt, FileDialogBuilder};
use ts_rs::TS;

/// The ending of project files.
const PROJECT_ENDING: &str = "gloss";

/// The size of a single file, in bytes, from which on its import is shown as long work that can be cancelled.
const SLOW_FILE: u64 = 256 << 10;

/// The longest picture that can be saved, in bytes: a chart has some thousand.
const FIGURE_LIMIT: usize = 16 << 20;

/// A recent project, by its name and folder.
#[derive(Debug, Clone, Serialize, TS)]
pub(crate) struct RecentProject {
    name: String,
    folder: String,
}

/// What the window starts from.
#[derive(Debug, Clone, Serialize, TS)]
pub(crate) struct DesktopState {
    version: String,
    project: RecentProject,
    recent: Vec<RecentProject>,
    settings: Settings,
}

/// A file that was not imported, by its name, and why.
#[derive(Debug, Clone, Serialize, TS)]
pub(crate) struct RefusedFile {
    name: String,
    error: ApiError,
}

/// A file of which some characters could not be decoded and stand in its text as U+FFFD.
#[derive(Debug, Clone, Serialize, TS)]
pub(crate) struct UndecodedFile {
    name: String,
    characters: u32,
}

/// What became of files that were picked or dropped.
#[derive(Debug, Clone, Default, Serialize, TS)]
pub(crate) struct Imported {
    documents: Vec<DocumentId>,
    refused: Vec<RefusedFile>,
    /// How many files of the folders are of kinds that are not read.
    passed: u32,
    undecoded: Vec<UndecodedFile>,
}

/// `name` is the file name that was chosen, without its folder; null when the dialog was closed.
#[derive(Debug, Clone, Serialize, TS)]
pub(crate) struct Saved {
    name: Option<String>,
}

/// How far an import of several files has come; null when it is over.
#[derive(Debug, Clone, Serialize, TS)]
pub(crate) struct Progress {
    pub(crate) done: u32,
    pub(crate) total: u32,
    /// The file that is being read.
    pub(crate) name: String,
}

/// What is picked to be imported, and how it is read.
#[derive(Debug, Deserialize, TS)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct ImportOptions {
    /// Folders, with all that is in them.
    folders: bool,
    /// Of a web page everything that is seen, and not just its main text.
    whole_page: bool,
}

/// A document whose original is wanted.
#[derive(Debug, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub(crate) struct OriginalSave {
    document: DocumentId,
}

/// A picture of the dashboard.
#[derive(Debug, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub(crate) struct Figure {
    name: String,
    svg: String,
}

/// `index` into `recent`.
#[derive(Debug, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub(crate) struct RecentIndex {
    index: u32,
}

macro_rules! shell {
    (commands { $( $name:ident($arguments:ty) -> $result:ty; )* } events { $( $event:ident($payload:ty); )* }) => {
        /// The names of all desktop commands, in the order of the list.
        pub(crate) const COMMANDS: &[&str] = &[$(stringify!($name)),*];

        /// Runs a desktop command: its name, and its arguments as JSON. The result is JSON.
        pub(crate) fn dispatch(desk: &Arc<Desk>, name: &str, arguments: &str) -> Result<String, ApiError> {
            match name {
                $( stringify!($name) => {
                    let arguments: $arguments = parsed(arguments).map_err(|error| error.api())?;
                    let result: $result = $name(desk, arguments)?;
                    written(&result).map_err(|error| error.api())
                } )*
                other => Err(Error::UnknownCommand { name: other.into() }.api()),
            }
        }

        /// The TypeScript of everything that the window can ask for and hear: the core's commands and the desktop's.
        pub fn contract() -> String {
            let mut contract = Contract::new();
            $( contract.command::<$arguments, $result>("DesktopCommands", stringify!($name)); )*
            $( contract.event::<$payload>("Events", stringify!($event)); )*
            let mut whole = api::contract();
            whole.join(contract);
            whole.to_typescript()
        }
    };
}

shell! {
    commands {
        desktop_state(NoArguments) -> DesktopState;
        settings_set(Settings) -> Settings;
        import_pick(ImportOptions) -> Imported;
        import_cancel(NoArguments) -> ();
        original_save(OriginalSave) -> Saved;
        version_pick(SourceOf) -> VersionTaken;
        source_state(SourceOf) -> Option<SourceFile>;
        source_take(SourceOf) -> VersionTaken;
        source_decline(SourceOf) -> ();
        source_forget(SourceOf) -> ();
        metadata_pick(NoArguments) -> MetadataPicked;
        metadata_take(ReferenceIndex) -> Reference;
        export_save(ExportOptions) -> Saved;
        figure_save(Figure) -> Saved;
        project_new(NoArguments) -> Option<DesktopState>;
        project_open(NoArguments) -> Option<DesktopState>;
        project_open_recent(RecentIndex) -> DesktopState;
        project_reopen(NoArguments) -> Option<DesktopState>;
        project_copy(NoArguments) -> Saved;
        window_close(NoArguments) -> ();
        window_keep(NoArguments) -> ();
    }
    events {
        changed(Changes);
        project(DesktopState);
        imported(Imported);
        sources(Vec<ChangedSource>);
        dragging(bool);
        progress(Option<Progress>);
        closing(());
        trouble(Option<ApiError>);
    }
}

fn desktop_state(desk: &Arc<Desk>, _: NoArguments) -> Result<DesktopState, ApiError> {
    // Who asks for it listens by now.
    desk.listening();
    Ok(DesktopState {
        version: env!("CARGO_PKG_VERSION").into(),
        // Also of a project that could not be opened: the menu on its name leads to another one.
        project: recent(&desk.path()),
        recent: desk.tell_recent().iter().map(|path| recent(path)).collect(),
        settings: desk.settings(),
    })
}

fn settings_set(desk: &Arc<Desk>, settings: Settings) -> Result<Settings, ApiError> {
    desk.set_settings(settings.clone()).map_err(|error| error.api())?;
    window::set_theme(&desk.app, settings.theme);
    Ok(settings)
}

fn import_pick(desk: &Arc<Desk>, options: ImportOptions) -> Result<Imported, ApiError> {
    desk.project()?;
    let picked = if options.folders {
        // Otherwise the dialog begins with what was used last, and that has no folders.
        let mut dialog = dialog(desk, "Import folders");
        if let Some(folder) = folders::documents() {
            dialog = dialog.set_directory(folder);
        }
        dialog.blocking_pick_folders()
    } else {
        dialog(desk, "Import documents")
            .add_filter("Documents", &ENDINGS)
            .add_filter("All files", &["*"])
            .blocking_pick_files()
    };
    let paths: Vec<PathBuf> = picked.into_iter().flatten().filter_map(|file| file.into_path().ok()).collect();
    import(desk, &paths, Options { whole_page: options.whole_page })
}

fn import_cancel(desk: &Arc<Desk>, _: NoArguments) -> Result<(), ApiError> {
    desk.cancel();
    Ok(())
}

fn original_save(desk: &Arc<Desk>, wanted: OriginalSave) -> Result<Saved, ApiError> {
    let project = desk.project()?;
    let found = project.read(Units::CodePoints, |cx| {
        let opened = open(cx, DocumentOpen { document: wanted.document, near: Some((0, 0)), known: None })?;
        Ok((opened.document.title, original(cx, wanted.document, None)?))
    });
    let (title, original) = found.map_err(|error| error.api())?;
    let suggested = format!("{}.{}", file_name_from(&title, "document"), original.ending());
    let Some(path) = save_as(desk, "Save original", &suggested, "Original", original.ending()) else {
        return Ok(Saved { name: None });
    };
    write_file(&path, &original.bytes).map_err(|error| error.api())?;
    Ok(saved(&path))
}

fn export_save(desk: &Arc<Desk>, options: ExportOptions) -> Result<Saved, ApiError> {
    let project = desk.project()?;
    let suggested = format!("{} notes.md", project.name());
    let Some(path) = save_as(desk, "Export notes", &suggested, "Markdown", "md") else {
        return Ok(Saved { name: None });
    };
    // What is damaged stands in the preview already.
    let _ = save_markdown(&project, &options, &path).map_err(|error| error.api())?;
    Ok(saved(&path))
}

fn figure_save(desk: &Arc<Desk>, figure: Figure) -> Result<Saved, ApiError> {
    let refused = |reason: &str| Error::Arguments { reason: reason.into() }.api();
    if !figure.svg.trim_start().starts_with("<svg") {
        return Err(refused("the picture is not SVG"));
    }
    if figure.svg.len() > FIGURE_LIMIT {
        return Err(refused("the picture is too large"));
    }
    let suggested = format!("{}.svg", file_name_from(&figure.name, "figure"));
    let Some(path) = save_as(desk, "Save picture", &suggested, "SVG picture", "svg") else {
        return Ok(Saved { name: None });
    };
    write_file(&path, figure.svg.as_bytes()).map_err(|error| error.api())?;
    Ok(saved(&path))
}

fn project_new(desk: &Arc<Desk>, _: NoArguments) -> Result<Option<DesktopState>, ApiError> {
    match save_as(desk, "New project", "Project.gloss", "Gloss project", PROJECT_ENDING) {
        Some(path) => switch(desk, &path, Way::Create),
        None => Ok(None),
    }
}

fn project_open(desk: &Arc<Desk>, _: NoArguments) -> Result<Option<DesktopState>, ApiError> {
    let picked = dialog(desk, "Open project").add_filter("Gloss project", &[PROJECT_ENDING]).blocking_pick_file();
    match picked.and_then(|file| file.into_path().ok()) {
        Some(path) => switch(desk, &path, Way::Open),
        None => Ok(None),
    }
}

fn project_open_recent(desk: &Arc<Desk>, recent: RecentIndex) -> Result<DesktopState, ApiError> {
    let path = desk.told_recent(recent.index as usize);
    let path = path.ok_or_else(|| Error::Arguments { reason: "there is no such recent project".into() }.api())?;
    match switch(desk, &path, Way::Open)? {
        Some(state) => Ok(state),
        None => desktop_state(desk, NoArguments {}),
    }
}

fn project_reopen(desk: &Arc<Desk>, _: NoArguments) -> Result<Option<DesktopState>, ApiError> {
    switch(desk, &desk.path(), Way::Open)
}

fn project_copy(desk: &Arc<Desk>, _: NoArguments) -> Result<Saved, ApiError> {
    let project = desk.project()?;
    let suggested = format!("{} copy.gloss", project.name());
    let Some(path) = save_as(desk, "Make a copy", &suggested, "Gloss project", PROJECT_ENDING) else {
        return Ok(Saved { name: None });
    };
    if folders::canonical(&path) == desk.path() {
        return Err(Error::ProjectExists { name: name_of(&path) }.api());
    }
    project.copy_to(&path).map_err(|error| error.api())?;
    if desk.is_in_trouble() {
        // What the person goes on to write can be kept there only.
        switch(desk, &path, Way::Open)?;
    }
    Ok(saved(&path))
}

fn window_close(desk: &Arc<Desk>, _: NoArguments) -> Result<(), ApiError> {
    window::close(&desk.app);
    Ok(())
}

fn window_keep(desk: &Arc<Desk>, _: NoArguments) -> Result<(), ApiError> {
    desk.keep_open();
    Ok(())
}

/// Imports files and folders that were dropped on the window, and tells it what became of them.
pub(crate) fn import_dropped(desk: &Arc<Desk>, paths: &[PathBuf]) {
    let imported = caught(|| import(desk, paths, Options::default())).unwrap_or_else(|error| Imported {
        refused: paths.iter().map(|path| RefusedFile { name: name_of(path), error: error.clone() }).collect(),
        ..Imported::default()
    });
    desk.tell("imported", imported);
}

/// Imports each file by itself: one that is refused stops none of the others, and each can be undone by itself.
fn import(desk: &Arc<Desk>, paths: &[PathBuf], options: Options) -> Result<Imported, ApiError> {
    let project = desk.project()?;
    let Sources { files, passed, refused } = files_of(paths).map_err(|error| error.api())?;
    let mut imported = Imported { passed: passed.len() as u32, ..Imported::default() };
    let refuse = |path: &Path, error: Error| RefusedFile { name: name_of(path), error: error.api() };
    imported.refused.extend(refused.into_iter().map(|(folder, error)| refuse(&folder, error)));
    desk.begin_long_work();
    for (done, path) in files.iter().enumerate() {
        if desk.is_cancelled() {
            break;
        }
        if files.len() > 1 || std::fs::metadata(path).is_ok_and(|found| found.len() > SLOW_FILE) {
            let progress = Progress { done: done as u32, total: files.len() as u32, name: name_of(path) };
            desk.tell("progress", Some(progress));
        }
        let watched = Watched::before(path);
        match import_file_with(&project, path, &Overrides::default(), options) {
            Ok(Made { document, undecoded }) => {
                if undecoded > 0 {
                    imported.undecoded.push(UndecodedFile { name: name_of(path), characters: undecoded });
                }
                if let (Some(watches), Some(watched)) = (desk.watches(), watched) {
                    watches.keep(document, &watched);
                }
                imported.documents.push(document);
            }
            // The person knows.
            Err(error) if error.code() == ErrorCode::ImportStopped => break,
            Err(error)
                if matches!(error.code(), ErrorCode::ImportFormat | ErrorCode::ImportBinary)
                    && !paths.contains(path) =>
            {
                imported.passed += 1;
            }
            Err(error) => imported.refused.push(refuse(path, error)),
        }
    }
    desk.tell("progress", None::<Progress>);
    if !imported.documents.is_empty() {
        desk.tell_changes(&Changes {
            topics: vec![Topic::Documents, Topic::History],
            documents: imported.documents.clone(),
            highlights: Some(Vec::new()),
        });
    }
    Ok(imported)
}

/// Shows another project in this window, or brings the window forward that shows it; then there is no new state.
fn switch(desk: &Arc<Desk>, path: &Path, way: Way) -> Result<Option<DesktopState>, ApiError> {
    if !desk.switch(path, way).map_err(|error| error.api())? {
        return Ok(None);
    }
    window::set_title(&desk.app, desk);
    let state = desktop_state(desk, NoArguments {})?;
    desk.tell("project", &state);
    Ok(Some(state))
}

pub(crate) fn dialog(desk: &Desk, title: &str) -> FileDialogBuilder<tauri::Wry> {
    let dialog = desk.app.dialog().file().set_title(title);
    match window::parent(&desk.app) {
        Some(window) => dialog.set_parent(&window),
        None => dialog,
    }
}

/// Asks where to save. An ending that the person leaves out is added; if that names a file which the dialog did not
/// ask about, it asks again.
fn save_as(desk: &Desk, title: &str, suggested: &str, kind: &str, ending: &str) -> Option<PathBuf> {
    let mut suggested = suggested.to_owned();
    loop {
        let picked = dialog(desk, title).set_file_name(&suggested).add_filter(kind, &[ending]).blocking_save_file()?;
        let path = picked.into_path().ok()?;
        if path.extension().is_some_and(|found| found.eq_ignore_ascii_case(ending)) {
            return Some(path);
        }
        let mut with_ending = path.into_os_string();
        with_ending.push(format!(".{ending}"));
        let path = PathBuf::from(with_ending);
        if !path.exists() {
            return Some(path);
        }
        suggested = name_of(&path);
    }
}

fn saved(path: &Path) -> Saved {
    Saved { name: Some(name_of(path)) }
}

fn folder_of(path: &Path) -> String {
    path.parent().map(folders::shown).unwrap_or_default()
}

fn recent(path: &Path) -> RecentProject {
    let name = path.file_stem().unwrap_or(path.as_os_str()).to_string_lossy().into_owned();
    RecentProject { name, folder: folder_of(path) }
}

/// A name that every file system takes: no separators, no reserved or control characters, no dots at its ends.
fn file_name_from(name: &str, otherwise: &str) -> String {
    /// Characters; below the 255 bytes that file systems allow, whatever the script.
    const LONGEST: usize = 60;
    let plain = |c: char| if c.is_control() || "/\\:*?\"<>|".contains(c) { ' ' } else { c };
    let name: String = name.chars().map(plain).take(LONGEST).collect();
    let name = name.trim_matches(|c: char| c == '.' || c.is_whitespace());
    if name.is_empty() { otherwise.into() } else { name.into() }
}
