//! What the words do: each subcommand is one request to the core, or a few in one step. The answer is JSON as the core
//! gave it; what a person reads is made from that JSON, so neither can know more than the other. Deliberately absent:
//! SQL, and every rule about documents, highlights, tags and links.

use super::core::Core;
use super::importing::import;
use super::names::{relation, tag, tag_id, tag_ids};
use super::words::{
    Command, Details, Document, Export, GroupBy, Highlight, HighlightCommand, HighlightMade, Link, LinkCommand,
    LinkMade, Original, Relation, Tag, TagLooks,
};
use super::{remarks, said};
use gloss_core::error::{Error, Result};
use gloss_core::exports::{ExportOptions, markdown, save_markdown, write_file};
use gloss_core::ids::{DocumentId, HighlightId, LinkId};
use gloss_core::originals::original;
use gloss_core::schema::display_name;
use gloss_core::text::Units;
use serde_json::{Value, json};
use std::fs::{File, OpenOptions};
use std::io::{ErrorKind, Write};
use std::path::Path;

/// What a subcommand answers.
pub(crate) struct Answer {
    /// The result, as JSON text.
    pub(crate) json: String,
    /// What a person reads, made from the result.
    pub(crate) words: fn(&Value) -> String,
    /// What else a person is to know; with --json the result says it.
    pub(crate) notes: Vec<String>,
    /// Why the exit status is 1 although the request was answered: a check that found something.
    pub(crate) failed: Option<String>,
}

impl Answer {
    pub(crate) fn new(json: String, words: fn(&Value) -> String) -> Answer {
        Answer { json, words, notes: Vec::new(), failed: None }
    }
}

/// Runs a subcommand. `batch` is not one: it runs others.
pub(crate) fn run(core: &Core, command: Command) -> Result<Answer> {
    let nothing = json!({});
    match command {
        Command::Import(args) => import(core, &args),
        Command::Documents { csl: false } => Ok(Answer::new(core.json("document_list", &nothing)?, said::documents)),
        Command::Documents { csl: true } => Ok(Answer::new(core.json("document_csl", &nothing)?, said::indented)),
        Command::Document(Document::Edit { document, details }) => document_edit(core, &document, details),
        Command::Document(Document::Cite { document }) => {
            let args = json!({"document": document_id(&document)?});
            Ok(Answer::new(core.json("document_cite", &args)?, said::citation))
        }
        Command::Document(Document::Confirm { document }) => {
            let args = json!({"document": document_id(&document)?});
            Ok(Answer::new(core.json("document_confirm", &args)?, said::nothing))
        }
        Command::Document(Document::WholePage { document }) => {
            let args = json!({"document": document_id(&document)?});
            Ok(Answer::new(core.json("document_whole_page", &args)?, said::nothing))
        }
        Command::Document(Document::Delete { document }) => {
            let args = json!({"document": document_id(&document)?});
            Ok(Answer::new(core.json("document_delete", &args)?, said::nothing))
        }
        Command::Text { document, version: None } => {
            let loaded = core.project.document_text(&document)?;
            Ok(Answer::new(json!({"document": document, "text": loaded.text.as_str()}).to_string(), said::text_of))
        }
        Command::Text { document, version: Some(version) } => old_text(core, &document, &version),
        Command::Original(args) => original_out(core, &args),
        Command::Versions { document } => {
            let args = json!({"document": document_id(&document)?});
            Ok(Answer::new(core.json("version_list", &args)?, said::versions))
        }
        Command::Review { document, confirm } => review(core, document, &confirm),
        Command::Highlight(Highlight { command: Some(command), .. }) => highlight_change(core, command),
        Command::Highlight(Highlight { made: Some(made), .. }) => highlight(core, made),
        Command::Highlights { document, tag } => {
            let mut filter = json!({});
            if let Some(document) = document {
                filter["document"] = json!(document_id(&document)?);
            }
            if let Some(tag) = tag {
                filter["tag"] = json!(tag_id(core, &tag)?);
            }
            Ok(Answer::new(core.json("highlight_list", &filter)?, said::highlights))
        }
        Command::Link(Link { command: Some(command), .. }) => link_change(core, command),
        Command::Link(Link { made: Some(made), .. }) => link(core, made),
        Command::Highlight(_) | Command::Link(_) => Err(unreadable("nothing was named to make")),
        Command::Links => Ok(Answer::new(core.json("link_list", &nothing)?, said::links)),
        Command::Tag(change) => tag_change(core, change),
        Command::Tags => Ok(Answer::new(core.json("tag_list", &nothing)?, said::tags)),
        Command::Relation(Relation::Create { label, inverse, symmetric }) => {
            let inverse = inverse.unwrap_or_else(|| label.clone());
            let args = json!({"label": label, "inverse": inverse, "symmetric": symmetric});
            Ok(Answer::new(core.json("relation_create", &args)?, said::id))
        }
        Command::Relations => Ok(Answer::new(core.json("relation_list", &nothing)?, said::relations)),
        Command::Search { query, limit } => {
            let args = with_limit(json!({"query": query.join(" ")}), limit);
            let json = core.json("search", &args)?;
            let notes = remarks::sentences(&serde_json::from_str(&json).unwrap_or_default());
            Ok(Answer { notes, ..Answer::new(json, said::search) })
        }
        Command::Stats => stats(core),
        Command::Export(args) => export(core, args),
        Command::History { limit } => {
            Ok(Answer::new(core.json("history_list", &with_limit(nothing, limit))?, said::history))
        }
        Command::Undo => Ok(Answer::new(core.json("undo", &nothing)?, said::label)),
        Command::Redo => Ok(Answer::new(core.json("redo", &nothing)?, said::label)),
        Command::Check => check(core),
        Command::Compact => Ok(Answer::new(core.json("project_compact", &nothing)?, said::compact)),
        Command::Copy { to } => {
            if to.exists() {
                let name = to.file_name().unwrap_or(to.as_os_str()).to_string_lossy().into_owned();
                return Err(Error::ProjectExists { name });
            }
            core.project.copy_to(&to)?;
            Ok(Answer::new(json!({"path": to.to_string_lossy()}).to_string(), said::nothing))
        }
        Command::Batch { .. } => Err(unreadable("a batch cannot hold a batch")),
    }
}

/// The text of one of a document's versions.
fn old_text(core: &Core, document: &str, version: &str) -> Result<Answer> {
    let versions = core.list("version_list", &json!({"document": document_id(document)?}))?;
    if !versions.iter().any(|one| one["id"] == version) {
        return Err(Error::VersionUnknown { id: version.into() });
    }
    let loaded = core.project.version_text(version)?;
    let answer = json!({"document": document, "version": version, "text": loaded.text.as_str()});
    Ok(Answer::new(answer.to_string(), said::text_of))
}

fn review(core: &Core, document: Option<String>, confirm: &[String]) -> Result<Answer> {
    if !confirm.is_empty() {
        let ids: Result<Vec<HighlightId>> = confirm.iter().map(|id| highlight_id(id)).collect();
        return Ok(Answer::new(core.json("review_confirm", &json!({"highlights": ids?}))?, said::nothing));
    }
    let mut args = json!({});
    if let Some(document) = document {
        args["document"] = json!(document_id(&document)?);
    }
    Ok(Answer::new(core.json("review_list", &args)?, said::review))
}

/// Writes the file that a document came from.
fn original_out(core: &Core, args: &Original) -> Result<Answer> {
    let document = document_id(&args.document)?;
    let version = match &args.version {
        Some(id) => Some(id.parse().map_err(|_| Error::VersionUnknown { id: id.clone() })?),
        None => None,
    };
    let original = core.project.read(Units::CodePoints, |cx| original(cx, document, version))?;
    write_file(&args.output, &original.bytes)?;
    let answer = json!({"path": args.output.to_string_lossy(), "format": original.format});
    Ok(Answer::new(answer.to_string(), said::nothing))
}

fn document_edit(core: &Core, id: &str, details: Details) -> Result<Answer> {
    let mut args = json!({"document": document_id(id)?});
    set(&mut args, "title", details.title);
    set(&mut args, "author", details.author);
    set(&mut args, "publisher", details.publisher);
    set(&mut args, "published", details.published);
    set(&mut args, "url", details.url);
    set(&mut args, "accessed", details.accessed);
    set(&mut args, "language", details.language);
    set(&mut args, "kind", details.kind);
    Ok(Answer::new(core.json("document_update", &args)?, said::nothing))
}

fn highlight(core: &Core, made: HighlightMade) -> Result<Answer> {
    let document = document_id(&made.document)?;
    let mut args = json!({"document": document, "tags": tag_ids(core, &made.tags)?});
    set(&mut args, "note", made.note);
    let name = if let Some(quote) = made.quote {
        args["quote"] = json!(quote);
        if let Some(occurrence) = made.occurrence {
            args["occurrence"] = json!(occurrence);
        }
        "highlight_quote"
    } else {
        args["start"] = json!(made.start);
        args["end"] = json!(made.end);
        "highlight_create"
    };
    Ok(Answer::new(core.json(name, &args)?, said::id))
}

fn highlight_change(core: &Core, command: HighlightCommand) -> Result<Answer> {
    match command {
        HighlightCommand::Edit { highlight, note, start, end, tags, untags } => {
            let id = highlight_id(&highlight)?;
            let mut changes = Vec::new();
            if let Some(note) = note {
                changes.push(("highlight_note", json!({"highlight": id, "note": note})));
            }
            if let (Some(start), Some(end)) = (start, end) {
                changes.push(("highlight_bounds", json!({"highlight": id, "start": start, "end": end})));
            }
            for (names, on) in [(tags, true), (untags, false)] {
                for tag in tag_ids(core, &names)? {
                    changes.push(("highlight_tag", json!({"highlights": [id], "tag": tag, "on": on})));
                }
            }
            if let [(name, args)] = changes.as_slice() {
                core.json(name, args)?;
            } else {
                core.in_one_step("Edited a highlight", || {
                    changes.iter().try_for_each(|(name, args)| core.json(name, args).map(drop))
                })?;
            }
            let mut found = core.list("highlight_list", &json!({"ids": [id]}))?;
            let highlight = found.pop().ok_or(Error::HighlightUnknown { id: highlight })?;
            Ok(Answer::new(highlight.to_string(), said::nothing))
        }
        HighlightCommand::Delete { highlights } => {
            let ids: Result<Vec<HighlightId>> = highlights.iter().map(|id| highlight_id(id)).collect();
            Ok(Answer::new(core.json("highlight_delete", &json!({"highlights": ids?}))?, said::nothing))
        }
    }
}

fn link(core: &Core, made: LinkMade) -> Result<Answer> {
    let named = relation(core, &made.relation)?;
    let from: HighlightId = highlight_id(&made.from)?;
    let to: HighlightId = highlight_id(&made.to)?;
    let (from, to) = if named.inverse { (to, from) } else { (from, to) };
    let mut args = json!({"from": from, "to": to, "relation": named.id});
    set(&mut args, "note", made.note);
    Ok(Answer::new(core.json("link_create", &args)?, said::id))
}

fn link_change(core: &Core, command: LinkCommand) -> Result<Answer> {
    match command {
        LinkCommand::Edit { link, relation: name, note } => {
            let found = record(core, "link_list", &json!(link_id(&link)?))?
                .ok_or_else(|| Error::LinkUnknown { id: link.clone() })?;
            let mut args = json!({"link": found["id"], "relation": found["relationId"], "note": found["note"]});
            if let Some(name) = name {
                let named = relation(core, &name)?;
                if named.inverse {
                    return Err(unreadable("a link keeps its direction: name the relation by its label"));
                }
                args["relation"] = json!(named.id);
            }
            set(&mut args, "note", note);
            Ok(Answer::new(core.json("link_update", &args)?, said::nothing))
        }
        LinkCommand::Delete { link } => {
            let args = json!({"link": link_id(&link)?});
            Ok(Answer::new(core.json("link_delete", &args)?, said::nothing))
        }
    }
}

fn tag_change(core: &Core, change: Tag) -> Result<Answer> {
    match change {
        Tag::Create { name, looks } => {
            let mut args = json!({"name": name});
            dress(core, &mut args, looks)?;
            Ok(Answer::new(core.json("tag_create", &args)?, said::id))
        }
        Tag::Rename { tag: name, name: new } => tag_edit(core, &name, |args| {
            args["name"] = json!(new);
            Ok(())
        }),
        Tag::Edit { tag: name, name: new, looks, no_key, no_parent } => tag_edit(core, &name, |args| {
            set(args, "name", new);
            dress(core, args, looks)?;
            if no_key {
                args["key"] = Value::Null;
            }
            if no_parent {
                args["parent"] = Value::Null;
            }
            Ok(())
        }),
        Tag::Merge { from, into } => {
            let args = json!({"from": tag_id(core, &from)?, "into": tag_id(core, &into)?});
            Ok(Answer::new(core.json("tag_merge", &args)?, said::moved))
        }
        Tag::Delete { tag: name, with_highlights } => {
            let highlights = if with_highlights { "delete" } else { "keep" };
            let args = json!({"tag": tag_id(core, &name)?, "highlights": highlights});
            Ok(Answer::new(core.json("tag_delete", &args)?, said::nothing))
        }
    }
}

fn tag_edit(core: &Core, name: &str, edit: impl FnOnce(&mut Value) -> Result<()>) -> Result<Answer> {
    let tag = tag(core, name)?;
    let mut args = json!({
        "tag": tag["id"], "name": tag["name"], "colour": tag["colour"], "key": tag["key"],
        "definition": tag["definition"], "parent": tag["parent"],
    });
    edit(&mut args)?;
    Ok(Answer::new(core.json("tag_update", &args)?, said::nothing))
}

fn dress(core: &Core, args: &mut Value, looks: TagLooks) -> Result<()> {
    set(args, "colour", looks.colour);
    set(args, "key", looks.key);
    set(args, "definition", looks.definition);
    if let Some(parent) = looks.parent {
        args["parent"] = json!(tag_id(core, &parent)?);
    }
    Ok(())
}

/// The dashboard, with the names of its tags and documents beside their ids.
fn stats(core: &Core) -> Result<Answer> {
    let mut stats = core.value("dashboard", &json!({}))?;
    let tags = core.list("tag_list", &json!({}))?;
    let documents = core.list("document_list", &json!({}))?;
    name_ids(&mut stats["tags"], "tag", "name", &tags, "name");
    name_ids(&mut stats["cells"], "tag", "name", &tags, "name");
    name_ids(&mut stats["cells"], "document", "title", &documents, "title");
    name_ids(&mut stats["pairs"], "a", "aName", &tags, "name");
    name_ids(&mut stats["pairs"], "b", "bName", &tags, "name");
    Ok(Answer::new(stats.to_string(), said::stats))
}

fn name_ids(rows: &mut Value, id: &str, name: &str, records: &[Value], key: &str) {
    for row in rows.as_array_mut().into_iter().flatten() {
        let named = records.iter().find(|record| record["id"] == row[id]).map(|record| record[key].clone());
        row[name] = named.unwrap_or_default();
    }
}

fn export(core: &Core, args: Export) -> Result<Answer> {
    let documents: Result<Vec<DocumentId>> = args.documents.iter().map(|id| document_id(id)).collect();
    let group_by = match args.group_by {
        GroupBy::Document => "document",
        GroupBy::Tag => "tag",
    };
    let options = json!({"documents": documents?, "tags": tag_ids(core, &args.tags)?, "groupBy": group_by});
    let options: ExportOptions =
        serde_json::from_value(options).map_err(|error| Error::Bug { reason: error.to_string() })?;
    match args.output.filter(|path| path.as_os_str() != "-") {
        Some(path) => {
            if is_device(&path) {
                let exported = markdown(core.project, &options)?;
                write_device(&path, &exported.markdown)?;
                warn(&exported.damaged);
            } else {
                warn(&save_markdown(core.project, &options, &path)?);
            }
            Ok(Answer::new(json!({"path": path.to_string_lossy()}).to_string(), said::nothing))
        }
        None => {
            let exported = markdown(core.project, &options)?;
            warn(&exported.damaged);
            let written = json!({"markdown": exported.markdown});
            Ok(Answer::new(written.to_string(), said::markdown))
        }
    }
}

/// Says on standard error what is damaged and may be missing in an export.
fn warn(damaged: &[String]) {
    damaged.iter().for_each(|what| eprintln!("gloss: warning: {what}"));
}

/// Whether a path is a terminal, a pipe or another device, which is written to and never replaced.
fn is_device(path: &Path) -> bool {
    std::fs::metadata(path).is_ok_and(|found| !found.is_file() && !found.is_dir())
}

/// Writes to a device. A pipe that nobody reads, and a disk, are refused at once.
fn write_device(path: &Path, markdown: &str) -> Result<()> {
    let written = open_device(path).and_then(|mut file| file.write_all(markdown.as_bytes()));
    written.map_err(|error| {
        let name = display_name(path);
        match error.kind() {
            ErrorKind::StorageFull => Error::ExportDiskFull { name },
            ErrorKind::PermissionDenied => Error::ExportNotWritable { name },
            _ if is_unread(&error) => Error::ExportFailed { name, reason: "nobody reads from it".into() },
            kind => Error::ExportFailed { name, reason: kind.to_string() },
        }
    })
}

#[cfg(unix)]
fn open_device(path: &Path) -> std::io::Result<File> {
    use rustix::fs::{OFlags, fcntl_getfl, fcntl_setfl};
    use std::os::unix::fs::{FileTypeExt, OpenOptionsExt};
    if std::fs::metadata(path)?.file_type().is_block_device() {
        return Err(ErrorKind::PermissionDenied.into());
    }
    let flag = OFlags::NONBLOCK.bits() as i32;
    let file = OpenOptions::new().write(true).custom_flags(flag).open(path)?;
    // It was not waited for; what it takes slowly it may take slowly.
    fcntl_setfl(&file, fcntl_getfl(&file)? - OFlags::NONBLOCK)?;
    Ok(file)
}

#[cfg(not(unix))]
fn open_device(path: &Path) -> std::io::Result<File> {
    OpenOptions::new().write(true).open(path)
}

/// Whether a pipe or a socket has nobody at its other end.
fn is_unread(error: &std::io::Error) -> bool {
    const NO_SUCH_DEVICE: i32 = 6;
    cfg!(unix) && error.raw_os_error() == Some(NO_SUCH_DEVICE)
}

fn check(core: &Core) -> Result<Answer> {
    let json = core.json("project_check", &json!({}))?;
    let report: Value = serde_json::from_str(&json).unwrap_or_default();
    let mut answer = Answer::new(json, said::check);
    if report["ok"] != json!(true) {
        let count = report["problems"].as_array().map_or(0, Vec::len);
        answer.failed = Some(format!("The check found {count} problems. Nothing was changed."));
    }
    Ok(answer)
}

/// The record of a list with this id.
fn record(core: &Core, list: &str, id: &Value) -> Result<Option<Value>> {
    Ok(core.list(list, &json!({}))?.into_iter().find(|record| record["id"] == *id))
}

/// A document's id as a person wrote it; what is no id at all is unknown too.
pub(crate) fn document_id(id: &str) -> Result<DocumentId> {
    id.parse().map_err(|_| Error::DocumentUnknown { id: id.into() })
}

/// A highlight's id as a person wrote it.
fn highlight_id(id: &str) -> Result<HighlightId> {
    id.parse().map_err(|_| Error::HighlightUnknown { id: id.into() })
}

/// A link's id as a person wrote it.
fn link_id(id: &str) -> Result<LinkId> {
    id.parse().map_err(|_| Error::LinkUnknown { id: id.into() })
}

pub(crate) fn unreadable(reason: &str) -> Error {
    Error::Arguments { reason: reason.into() }
}

fn set(args: &mut Value, key: &str, value: Option<String>) {
    if let Some(value) = value {
        args[key] = json!(value);
    }
}

fn with_limit(mut args: Value, limit: Option<u32>) -> Value {
    if let Some(limit) = limit {
        args["limit"] = json!(limit);
    }
    args
}
