//! A file of references (CSL-JSON, BibTeX, RIS) that a person picks to fill in the details of a document. The list stays
//! here; the window shows what each reference is called and asks for the one that is chosen. Nothing is changed: what is
//! filled in is looked at, and saved as any other change of details. Deliberately absent: what the formats mean, which
//! is the core's.

use crate::desk::Desk;
use crate::desktop::dialog;
use crate::faults::locked;
use crate::reader;
use crate::sources::name_of;
use gloss_core::details::{CslItem, sources};
use gloss_core::error::{ApiError, Error, Result};
use gloss_core::project::NoArguments;
use gloss_core::provenance::{self, Described, Field, Item, List, Remark};
use serde::{Deserialize, Serialize};
use std::collections::HashMap;
use std::path::Path;
use std::sync::{Arc, Mutex};
use ts_rs::TS;

/// The endings of files of references, as the dialog offers them.
const REFERENCE_ENDINGS: [&str; 6] = ["json", "csljson", "bib", "bibtex", "biblatex", "ris"];

/// The references of the file that was picked last, in its order, so that an index means what the person saw.
#[derive(Default)]
pub(crate) struct References(Mutex<Vec<Item>>);

/// What tells a reference from the others in its file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub(crate) struct ReferenceRow {
    title: String,
    author: String,
    publisher: String,
    published: String,
    /// What it is cited by; empty where it has none.
    key: String,
    /// The line of the file in which it begins, where others have the same key.
    line: Option<u32>,
}

/// What is wrong with a reference that was not understood, or not to its end.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub(crate) struct ReferenceRemark {
    line: u32,
    /// The end of a sentence that begins with "the source in line 7".
    what: String,
}

/// The file that was picked, by its name, and its references; null and none when the dialog was closed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub(crate) struct MetadataPicked {
    name: Option<String>,
    references: Vec<ReferenceRow>,
    remarks: Vec<ReferenceRemark>,
}

/// `index` into `references` of the file that was picked last.
#[derive(Debug, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub(crate) struct ReferenceIndex {
    index: u32,
}

/// A reference as the details of a document show it; what it does not say is empty.
#[derive(Debug, Clone, Serialize, TS)]
pub(crate) struct Reference {
    title: String,
    author: String,
    publisher: String,
    published: String,
    url: String,
    accessed: String,
    language: String,
    kind: String,
    /// All that it says, to be saved with the fields.
    item: CslItem,
}

pub(crate) fn metadata_pick(desk: &Arc<Desk>, _: NoArguments) -> Result<MetadataPicked, ApiError> {
    let picked = dialog(desk, "Fill in from a file")
        .add_filter("References (CSL-JSON, BibTeX, RIS)", &REFERENCE_ENDINGS)
        .add_filter("All files", &["*"])
        .blocking_pick_file();
    match picked.and_then(|file| file.into_path().ok()) {
        Some(path) => desk.references.read(&reader::sources, &path).map_err(|error| error.api()),
        None => Ok(MetadataPicked { name: None, references: Vec::new(), remarks: Vec::new() }),
    }
}

pub(crate) fn metadata_take(desk: &Arc<Desk>, wanted: ReferenceIndex) -> Result<Reference, ApiError> {
    desk.references.at(wanted.index).map_err(|error| error.api())
}

impl References {
    /// Reads a file; the references of the one before are gone.
    fn read(&self, reader: &provenance::Reader, path: &Path) -> Result<MetadataPicked> {
        let List { items, remarks } = sources(reader, path)?;
        let mut keys: HashMap<String, u32> = HashMap::new();
        for one in &items {
            *keys.entry(one.item.text("citation-key").to_owned()).or_default() += 1;
        }
        let row = |Described { item, line, .. }: &Described| ReferenceRow {
            title: item.get(Field::Title),
            author: item.get(Field::Author),
            publisher: item.get(Field::Publisher),
            published: item.get(Field::Published),
            key: item.text("citation-key").to_owned(),
            line: Some(*line).filter(|_| keys.get(item.text("citation-key")).is_some_and(|count| *count > 1)),
        };
        let references = items.iter().map(row).collect();
        let remarks = remarks.into_iter().map(|Remark { line, what }| ReferenceRemark { line, what }).collect();
        *locked(&self.0) = items.into_iter().map(|one| one.item).collect();
        Ok(MetadataPicked { name: Some(name_of(path)), references, remarks })
    }

    fn at(&self, index: u32) -> Result<Reference> {
        let items = locked(&self.0);
        let item = items.get(index as usize);
        let item = item.ok_or_else(|| Error::Arguments { reason: "there is no such reference".into() })?;
        let csl = serde_json::to_value(item).map_err(|error| Error::Bug { reason: error.to_string() })?;
        Ok(Reference {
            title: item.get(Field::Title),
            author: item.get(Field::Author),
            publisher: item.get(Field::Publisher),
            published: item.get(Field::Published),
            url: item.get(Field::Url),
            accessed: item.get(Field::Accessed),
            language: item.get(Field::Language),
            kind: item.get(Field::Kind),
            item: CslItem(csl),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use gloss_core::error::ErrorCode;

    #[test]
    fn an_index_means_the_reference_that_was_shown() {
        let folder = tempfile::tempdir().expect("a folder");
        let file = |name: &str, text: &str| {
            let path = folder.path().join(name);
            std::fs::write(&path, text).expect("written");
            path
        };
        let references = References::default();
        let bib =
            "@report{a, title={One}}\n@report{b, title={Лёд 👩‍👩‍👧}, author={Doe, Jane}, date={2024-06}, doi={10.1/2}}";
        let picked = references.read(&provenance::read, &file("refs.bib", bib)).expect("read");
        assert_eq!(picked.name.as_deref(), Some("refs.bib"));
        assert_eq!(picked.references.iter().map(|row| row.title.as_str()).collect::<Vec<_>>(), ["One", "Лёд 👩‍👩‍👧"]);
        let second = references.at(1).expect("the second");
        let shown = [&second.title, &second.author, &second.published, &second.kind, &second.url];
        assert_eq!(shown, ["Лёд 👩‍👩‍👧", "Jane Doe", "2024-06", "report", ""]);
        assert_eq!(second.item.0["DOI"], "10.1/2");
        assert_eq!(references.at(2).expect_err("refused").code(), ErrorCode::Arguments);
        let twice =
            "@book{лёд, title={One}}\n@book{b, title={Two} year=2020}\n@book{лёд, title={One}}\n@book{c, title={C}}";
        let picked = references.read(&provenance::read, &file("twice.bib", twice)).expect("read");
        let told: Vec<_> = picked.references.iter().map(|row| (row.key.as_str(), row.line)).collect();
        assert_eq!(told, [("лёд", Some(1)), ("лёд", Some(3)), ("c", None)]);
        assert_eq!(picked.remarks.iter().map(|remark| remark.line).collect::<Vec<_>>(), [2]);
        assert_eq!(references.at(2).expect("the third that was taken").title, "C");
        references.read(&provenance::read, &file("refs.bib", bib)).expect("read");
        let refused =
            |name: &str, text: &str| references.read(&provenance::read, &file(name, text)).expect_err("refused").code();
        assert_eq!(refused("letter.txt", "Dear Jane"), ErrorCode::MetadataUnreadable);
        assert_eq!(refused("empty.ris", ""), ErrorCode::MetadataEmpty);
        assert_eq!(references.at(0).expect("still there").title, "One", "a refusal leaves what was shown");
    }
}
