//! Importing from the command line. Files that are named are imported all or none. A folder stands for what is in it:
//! each of its files is imported by itself, one that is refused stops none of the others, and the answer says which. The
//! window of the same person says when such a file changes.

use super::columns::grouped;
use super::core::Core;
use super::run::{Answer, document_id, unreadable};
use super::said;
use super::words::Import;
use crate::reader;
use crate::settings::Memory;
use crate::source_file::renew;
use crate::sources::{Sources, files_of};
use crate::watch::{Watched, Watches};
use gloss_core::details::described;
use gloss_core::documents::{Overrides, import_file_with};
use gloss_core::error::{Error, ErrorCode, Result};
use gloss_core::ids::DocumentId;
use gloss_core::import::Options;
use serde_json::{Value, json};
use std::path::{Path, PathBuf};

pub(crate) fn import(core: &Core, args: &Import) -> Result<Answer> {
    let files = args.files.as_slice();
    match &args.version_of {
        Some(document) => {
            let [file] = files else { return Err(unreadable("a new version is one file")) };
            let document = document_id(document)?;
            renew(core.project, watches().as_ref(), document, file, options(args))?;
            answered(core, &[document])
        }
        None if files.iter().any(|path| path.is_dir()) => folders(core, args),
        None => {
            let described = overrides(args, files)?;
            let one = |(file, overrides): (&PathBuf, &Overrides)| import_file(core, args, file, overrides);
            let watched: Vec<Option<Watched>> = files.iter().map(|file| Watched::before(file)).collect();
            let all = || files.iter().zip(&described).map(one).collect();
            let imported: Vec<DocumentId> = if files.len() == 1 {
                all()?
            } else {
                core.in_one_step(&format!("Imported {} documents", files.len()), all)?
            };
            keep(imported.iter().copied().zip(watched));
            answered(core, &imported)
        }
    }
}

fn folders(core: &Core, args: &Import) -> Result<Answer> {
    let Sources { files, mut passed, mut refused } = files_of(&args.files)?;
    let described = overrides(args, &files)?;
    let (mut imported, mut watched) = (Vec::new(), Vec::new());
    for (file, overrides) in files.into_iter().zip(&described) {
        let before = Watched::before(&file);
        match import_file(core, args, &file, overrides) {
            Ok(id) => {
                imported.push(id);
                watched.push(before);
            }
            Err(error) if is_other(&error) && !args.files.contains(&file) => passed.push(file),
            Err(error) => refused.push((file, error)),
        }
    }
    keep(imported.iter().copied().zip(watched));
    if imported.is_empty() && refused.len() == 1 {
        return Err(refused.remove(0).1);
    }
    passed.sort();
    let error = |error: &Error| json!({"code": error.code(), "message": error.to_string()});
    let documents = made(core, &imported)?;
    let answer = json!({
        "documents": documents,
        "refused": refused.iter().map(|(path, why)| json!({"file": shown(path), "error": error(why)})).collect::<Vec<_>>(),
        "passed": passed.iter().map(|path| shown(path)).collect::<Vec<_>>(),
    });
    let mut answer = Answer::new(answer.to_string(), said::imported);
    answer.notes = documents.iter().filter_map(words_kept).collect();
    answer.notes.extend(refused.iter().map(|(path, why)| format!("{}: {why}", shown(path))));
    if !passed.is_empty() {
        let names: Vec<String> = passed.iter().map(|path| shown(path)).collect();
        answer.notes.push(format!("passed over, of kinds that are not read: {}", names.join(", ")));
    }
    if !refused.is_empty() {
        answer.failed = Some(format!("{} files were not imported; {} were.", refused.len(), imported.len()));
    }
    Ok(answer)
}

fn import_file(core: &Core, args: &Import, file: &Path, overrides: &Overrides) -> Result<DocumentId> {
    import_file_with(core.project, file, overrides, options(args))
}

fn options(args: &Import) -> Options {
    Options { whole_page: args.whole_page }
}

/// Remembers which files documents came from.
fn keep(imported: impl Iterator<Item = (DocumentId, Option<Watched>)>) {
    let Some(watches) = watches() else { return };
    crate::folders::mend_sources();
    for (document, watched) in imported {
        if let Some(watched) = watched {
            watches.keep(document, &watched);
        }
    }
}

/// The files that documents came from; nothing where the person does not want them watched.
fn watches() -> Option<Watches> {
    Watches::of_person().filter(|_| Memory::of_person().settings().watch_sources)
}

/// Whether a file is of a kind that is not read, which is nothing to complain about in a folder.
fn is_other(error: &Error) -> bool {
    matches!(error.code(), ErrorCode::ImportFormat | ErrorCode::ImportBinary)
}

fn shown(path: &Path) -> String {
    path.to_string_lossy().into_owned()
}

/// The records of documents that were made.
fn made(core: &Core, imported: &[DocumentId]) -> Result<Vec<Value>> {
    let documents = core.list("document_list", &json!({}))?;
    let one = |id: &DocumentId| documents.iter().find(|document| document["id"] == json!(id)).cloned();
    Ok(imported.iter().filter_map(one).collect())
}

/// The documents that were made, and of each page that was cut to its main text how much was kept.
pub(crate) fn answered(core: &Core, imported: &[DocumentId]) -> Result<Answer> {
    let documents = made(core, imported)?;
    let mut answer = Answer::new(json!(documents).to_string(), said::ids);
    answer.notes = documents.iter().filter_map(words_kept).collect();
    Ok(answer)
}

/// The sentence on a page that was cut to its main text: "“Title”: 312 of 1,152 words kept".
fn words_kept(document: &Value) -> Option<String> {
    let number = |key: &str| document[key].as_u64().unwrap_or(0);
    let (words, of) = (number("words"), number("page_words"));
    let title = document["title"].as_str().unwrap_or_default();
    (of > 0).then(|| {
        let counts = format!("{} of {} words kept", grouped(words), grouped(of));
        format!("“{title}”: {counts}: its main text. --whole-page takes all that the page shows.")
    })
}

/// What a person says about each of the files: in a file of its own, and in the words of the line, which win.
fn overrides(args: &Import, files: &[PathBuf]) -> Result<Vec<Overrides>> {
    let files: Vec<&Path> = files.iter().map(PathBuf::as_path).collect();
    let items = match &args.metadata {
        Some(metadata) => described(&reader::sources, metadata, &files)?.into_iter().map(Some).collect(),
        None => vec![None; files.len()],
    };
    let details = args.details.clone();
    let said = Overrides {
        title: details.title,
        author: details.author,
        publisher: details.publisher,
        published: details.published,
        url: details.url,
        accessed: details.accessed,
        language: details.language,
        kind: details.kind,
        item: None,
    };
    Ok(items.into_iter().map(|item| Overrides { item, ..said.clone() }).collect())
}
