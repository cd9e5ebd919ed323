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
use crate::source_file::{Renewed, renew};
use crate::sources::{Sources, files_of};
use crate::watch::{Watched, Watches};
use gloss_core::details::described;
use gloss_core::documents::{Made, Overrides, import_file_with};
use gloss_core::error::{Error, ErrorCode, Result};
use gloss_core::ids::DocumentId;
use gloss_core::import::Options;
use gloss_core::provenance::Remark;
use serde_json::{Value, json};
use std::path::{Path, PathBuf};

pub(crate) fn import(core: &Core, args: &Import) -> Result<Answer> {
    let files = args.files.as_slice();
    match &args.version_of {
        Some(document) => {
            let [file] = files else { return Err(unreadable("a new version is one file")) };
            let document = document_id(document)?;
            let Renewed { undecoded, .. } = renew(core.project, watches().as_ref(), document, file, options(args))?;
            told(core, &[file.as_path()], &[Made { document, undecoded }], Vec::new())
        }
        None if files.iter().any(|path| path.is_dir()) => folders(core, args),
        None => {
            let (described, notes) = overrides(args, files)?;
            let one = |(file, overrides): (&PathBuf, &Overrides)| import_file(core, args, file, overrides);
            let watched: Vec<Option<Watched>> = files.iter().map(|file| Watched::before(file)).collect();
            let all = || files.iter().zip(&described).map(one).collect();
            let imported: Vec<Made> = if files.len() == 1 {
                all()?
            } else {
                core.in_one_step(&format!("Imported {} documents", files.len()), all)?
            };
            keep(imported.iter().map(|made| made.document).zip(watched));
            let files: Vec<&Path> = files.iter().map(PathBuf::as_path).collect();
            told(core, &files, &imported, notes)
        }
    }
}

fn folders(core: &Core, args: &Import) -> Result<Answer> {
    let Sources { files, mut passed, mut refused } = files_of(&args.files)?;
    let (described, mut notes) = overrides(args, &files)?;
    let (mut imported, mut watched) = (Vec::new(), Vec::new());
    for (file, overrides) in files.into_iter().zip(&described) {
        let before = Watched::before(&file);
        match import_file(core, args, &file, overrides) {
            Ok(made) => {
                notes.extend(undecoded_notes([(file.as_path(), made)]));
                imported.push(made);
                watched.push(before);
            }
            Err(error) if is_other(&error) && !args.files.contains(&file) => passed.push(file),
            Err(error) => refused.push((file, error)),
        }
    }
    keep(imported.iter().map(|made| made.document).zip(watched));
    if imported.is_empty() && refused.len() == 1 {
        return Err(refused.remove(0).1);
    }
    passed.sort();
    let error = |error: &Error| json!({"code": error.code(), "message": error.to_string()});
    let documents = records(core, &imported)?;
    let answer = json!({
        "documents": documents,
        "refused": refused.iter().map(|(path, why)| json!({"file": shown(path), "error": error(why)})).collect::<Vec<_>>(),
        "passed": passed.iter().map(|path| shown(path)).collect::<Vec<_>>(),
    });
    let mut answer = Answer::new(answer.to_string(), said::imported);
    answer.notes = notes;
    answer.notes.extend(documents.iter().filter_map(words_kept));
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

fn import_file(core: &Core, args: &Import, file: &Path, overrides: &Overrides) -> Result<Made> {
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

/// The records of documents that were made, each with what else there is to know of it.
fn records(core: &Core, imported: &[Made]) -> Result<Vec<Value>> {
    let documents = core.list("document_list", &json!({}))?;
    let one = |made: &Made| {
        let mut record = documents.iter().find(|document| document["id"] == json!(made.document)).cloned()?;
        if made.undecoded > 0 {
            record["undecoded"] = json!(made.undecoded);
        }
        Some(record)
    };
    Ok(imported.iter().filter_map(one).collect())
}

/// The documents that were made of files, and what else there is to know of them, after other notes.
fn told(core: &Core, files: &[&Path], imported: &[Made], mut notes: Vec<String>) -> Result<Answer> {
    let documents = records(core, imported)?;
    let mut answer = Answer::new(json!(documents).to_string(), said::ids);
    notes.extend(undecoded_notes(files.iter().copied().zip(imported.iter().copied())));
    notes.extend(documents.iter().filter_map(words_kept));
    answer.notes = notes;
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

/// A line for each file of which some characters could not be decoded.
fn undecoded_notes<'f>(imported: impl IntoIterator<Item = (&'f Path, Made)>) -> Vec<String> {
    let undecoded = imported.into_iter().filter(|(_, made)| made.undecoded > 0);
    let note = |(file, made): (&Path, Made)| {
        let what = match made.undecoded {
            1 => "1 character could not be decoded and is shown as \u{fffd}".to_owned(),
            many => format!("{} characters could not be decoded and are shown as \u{fffd}", grouped(many.into())),
        };
        format!("{}: {what}", shown(file))
    };
    undecoded.map(note).collect()
}

/// What a person says about each of the files: in a file of its own, and in the words of the line, which win. Lines on what
/// is wrong with that file come along.
fn overrides(args: &Import, files: &[PathBuf]) -> Result<(Vec<Overrides>, Vec<String>)> {
    if args.reference.is_some() && files.len() != 1 {
        return Err(unreadable("--reference describes one file"));
    }
    let files: Vec<&Path> = files.iter().map(PathBuf::as_path).collect();
    let mut notes = Vec::new();
    let items = match &args.metadata {
        Some(metadata) => {
            let (items, remarks) = described(&reader::sources, metadata, &files, args.reference.as_deref())?;
            let note =
                |remark: &Remark| format!("{}: the source in line {} {}", shown(metadata), remark.line, remark.what);
            notes.extend(remarks.iter().map(note));
            items.into_iter().map(Some).collect()
        }
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
    Ok((items.into_iter().map(|item| Overrides { item, ..said.clone() }).collect(), notes))
}
