//! What is known about a document: the item of CSL-JSON that is stored, and the columns that lists and searches read.
//!
//! [`write`] is the only place that writes either, the columns always from the item. A field that the importer found in
//! the file counts as found until a person sets or confirms it. Deliberately absent: what an item is made of
//! (`provenance/`).

use crate::documents::{self, Document};
use crate::error::{Error, Result, shortened};
use crate::export;
use crate::ids::DocumentId;
use crate::import::Metadata;
use crate::project::{Cx, NoArguments, Write};
use crate::provenance::{self, Described, Fault, Field, Item, KINDS, kind_named};
use crate::stored::{StoredRow, StoredRows, count, if_readable};
use rusqlite::{Connection, OptionalExtension, params};
use serde::{Deserialize, Serialize};
use std::collections::HashMap;
use std::path::Path;
use ts_rs::TS;

/// Code points of a title or another field of metadata.
const LONGEST_FIELD: u32 = 2_000;

/// Changes what is known about a document. What is left out stays; what is named counts as confirmed.
#[derive(Debug, Deserialize, TS)]
#[serde(deny_unknown_fields)]
#[ts(optional_fields)]
pub struct DocumentUpdate {
    /// Which.
    pub document: DocumentId,
    /// Its title; an empty one is passed over.
    pub title: Option<String>,
    /// Who wrote it; several are parted by "; ", and braces keep a name whole.
    pub author: Option<String>,
    /// Who published it, or what it appeared in.
    pub publisher: Option<String>,
    /// When it was published, as given.
    pub published: Option<String>,
    /// Where it was found.
    pub url: Option<String>,
    /// When it was looked at, as given.
    pub accessed: Option<String>,
    /// BCP 47, or empty.
    pub language: Option<String>,
    /// The name of a kind, or empty.
    pub kind: Option<String>,
    /// A description from elsewhere, as CSL-JSON, which takes the place of what is known; a field of which it says
    /// nothing stays. What is named beside it wins.
    pub item: Option<CslItem>,
}

/// Confirms everything that was found in the file.
#[derive(Debug, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct DocumentConfirm {
    /// Which document.
    pub document: DocumentId,
}

/// Asks for what is known about documents as CSL-JSON.
#[derive(Debug, Default, Deserialize, TS)]
#[serde(deny_unknown_fields, default)]
#[ts(optional_fields)]
pub struct DocumentCsl {
    /// Only these; every one when left out.
    pub documents: Option<Vec<DocumentId>>,
}

/// An item of CSL-JSON; where it is a document's, so is its id.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(transparent)]
pub struct CslItem(#[ts(type = "unknown")] pub serde_json::Value);

/// How a source is cited, as Markdown.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct Citation {
    /// In full; empty when only its title is known.
    pub full: String,
    /// By author and date, as beside each quote, there with a page or a paragraph.
    pub short: String,
}

/// A kind of source.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
#[ts(rename = "SourceKind")]
pub struct KindRow {
    /// Its name, for programs.
    pub kind: String,
    /// What people call it.
    pub words: String,
}

/// Metadata that a person gives, in place of what the file says.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Overrides {
    /// Its title.
    pub title: Option<String>,
    /// Who wrote it.
    pub author: Option<String>,
    /// Who published it.
    pub publisher: Option<String>,
    /// When it was published.
    pub published: Option<String>,
    /// Where it was found.
    pub url: Option<String>,
    /// When it was looked at.
    pub accessed: Option<String>,
    /// BCP 47.
    pub language: Option<String>,
    /// The name of a kind.
    pub kind: Option<String>,
    /// An item that describes it; what it does not say is taken from the file.
    pub item: Option<Item>,
}

impl Overrides {
    /// What is known about a file of this name, and which of it was found in the file.
    pub(crate) fn over(&self, said: &Metadata, name: &str) -> Result<(Item, Vec<Field>)> {
        let (mut item, mut found) = Item::found(said);
        if let Some(given) = &self.item {
            item = instead(given.clone(), &item, &mut found);
        }
        let given = [
            (Field::Kind, &self.kind),
            (Field::Title, &self.title),
            (Field::Author, &self.author),
            (Field::Publisher, &self.publisher),
            (Field::Published, &self.published),
            (Field::Url, &self.url),
            (Field::Accessed, &self.accessed),
            (Field::Language, &self.language),
        ];
        for (field, text) in given {
            if let Some(text) = text {
                set(&mut item, field, text)?;
                found.retain(|other| *other != field);
            }
        }
        if item.get(Field::Title).trim().is_empty() {
            let stem = Path::new(name).file_stem().map(|stem| stem.to_string_lossy().into_owned());
            item.set(Field::Title, &stem.unwrap_or_else(|| name.to_owned()));
        }
        Ok((item, found))
    }
}

/// A description in place of what is known; a field of which it says nothing is taken from there.
fn instead(mut given: Item, known: &Item, found: &mut Vec<Field>) -> Item {
    let unsaid: Vec<Field> = Field::ALL.into_iter().filter(|field| given.get(*field).is_empty()).collect();
    unsaid.iter().for_each(|field| given.set(*field, &known.get(*field)));
    found.retain(|field| unsaid.contains(field));
    given
}

/// Sets a field; a kind has to be one that is known. What another program gave may be longer and of any kind, and stays.
fn set(item: &mut Item, field: Field, text: &str) -> Result<()> {
    if item.get(field) == text {
        return Ok(());
    }
    if text.chars().count() > LONGEST_FIELD as usize {
        return Err(Error::TextTooLong { limit: LONGEST_FIELD });
    }
    if field == Field::Kind && !text.is_empty() && kind_named(text).is_none() {
        return Err(Error::KindUnknown { kind: shortened(text) });
    }
    item.set(field, text);
    Ok(())
}

/// Changes what is known about a document.
pub fn update(cx: &Write<'_>, args: DocumentUpdate) -> Result<Document> {
    let document = args.document;
    let (before, found) = read(cx.db, document)?;
    let (item, found) = changed(before.clone(), found, args)?;
    write(cx.db, document, &item, &found)?;
    let title = shortened(&item.get(Field::Title));
    let what = if item == before { "Confirmed" } else { "Changed" };
    cx.label(format!("{what} the details of “{title}”"));
    documents::one(cx, document)
}

/// How a document would be cited after a change, which is not made.
pub fn cite(cx: &Cx<'_>, args: DocumentUpdate) -> Result<Citation> {
    let (item, found) = read(cx.db, args.document)?;
    let (item, _) = changed(item, found, args)?;
    Ok(Citation { full: export::full(&item), short: export::short(&item, export::Place::default()) })
}

/// What is known about a document with what a person changes of it, and which fields count as found after that.
fn changed(mut item: Item, mut found: Vec<Field>, args: DocumentUpdate) -> Result<(Item, Vec<Field>)> {
    if let Some(CslItem(given)) = args.item {
        let refused = |reason: &str| Error::Arguments { reason: reason.into() };
        let given = Item::given(given).ok_or_else(|| refused("the description is no object"))?;
        if given.to_json().len() > provenance::LONGEST_ITEM {
            return Err(refused("the description is longer than any of a source"));
        }
        item = instead(given, &item, &mut found);
    }
    let given = [
        (Field::Kind, args.kind),
        (Field::Title, args.title),
        (Field::Author, args.author),
        (Field::Publisher, args.publisher),
        (Field::Published, args.published),
        (Field::Url, args.url),
        (Field::Accessed, args.accessed),
        (Field::Language, args.language),
    ];
    for (field, text) in given {
        let Some(text) = text else { continue };
        if field == Field::Title && text.trim().is_empty() {
            continue;
        }
        set(&mut item, field, text.trim())?;
        found.retain(|other| *other != field);
    }
    Ok((item, found))
}

/// Takes in what a newer file of a document says about itself, where nothing is known or what is known was found in a file
/// and not confirmed. It counts as found in turn.
pub(crate) fn renew(cx: &Write<'_>, document: DocumentId, said: &Metadata) -> Result<()> {
    let (mut item, mut found) = read(cx.db, document)?;
    let before = item.clone();
    let (newer, says) = Item::found(said);
    for field in says {
        let waits = found.contains(&field);
        if waits || item.get(field).is_empty() {
            item.set(field, &newer.get(field));
            found.extend((!waits).then_some(field));
        }
    }
    if item != before { write(cx.db, document, &item, &found) } else { Ok(()) }
}

/// Confirms everything that was found in the file.
pub fn confirm(cx: &Write<'_>, args: DocumentConfirm) -> Result<Document> {
    let (item, _) = read(cx.db, args.document)?;
    write(cx.db, args.document, &item, &[])?;
    cx.label(format!("Confirmed the details of “{}”", shortened(&item.get(Field::Title))));
    documents::one(cx, args.document)
}

/// What is known about documents as CSL-JSON, in the order of import.
pub fn csl(cx: &Cx<'_>, args: DocumentCsl) -> Result<Vec<CslItem>> {
    let every = items(cx)?;
    let taken = |(id, item): &(DocumentId, Item)| CslItem(item.taken(&id.to_string()));
    let Some(wanted) = args.documents else { return Ok(every.iter().map(taken).collect()) };
    let one = |id: DocumentId| {
        let found = every.iter().find(|(other, _)| *other == id);
        found.map(taken).ok_or_else(|| Error::DocumentUnknown { id: id.to_string() })
    };
    wanted.into_iter().map(one).collect()
}

/// The kinds of sources, in the order in which people choose from them.
pub fn kinds(_: &Cx<'_>, _: NoArguments) -> Result<Vec<KindRow>> {
    Ok(KINDS.iter().map(|kind| KindRow { kind: kind.name.into(), words: kind.words.into() }).collect())
}

/// The items of all documents, in the order of import.
pub(crate) fn items(cx: &Cx<'_>) -> Result<Vec<(DocumentId, Item)>> {
    let mut statement = cx.db.prepare_cached("SELECT id, csl FROM document ORDER BY created_at, id")?;
    let documents: Vec<(DocumentId, String)> =
        statement.query_map([], |row| Ok((row.read(0)?, row.read(1)?)))?.readable()?;
    documents.into_iter().map(|(document, csl)| Ok((document, stored(cx.db, document, &csl)?))).collect()
}

/// Reads a file that says where other files come from, and finds the item of each of those, by their names.
pub fn described(reader: &provenance::Reader, path: &Path, files: &[&Path]) -> Result<Vec<Item>> {
    let (name, items) = read_items(reader, path)?;
    let names: Vec<String> = files.iter().map(|file| crate::schema::display_name(file)).collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let count = items.len() as u32;
    provenance::matched(items, &names).ok_or(Error::MetadataUnmatched { name, items: count, files: files.len() as u32 })
}

/// The items of a file that says where other files come from, in its order.
pub fn sources(reader: &provenance::Reader, path: &Path) -> Result<Vec<Item>> {
    Ok(read_items(reader, path)?.1.into_iter().map(|one| one.item).collect())
}

fn read_items(reader: &provenance::Reader, path: &Path) -> Result<(String, Vec<Described>)> {
    let name = crate::schema::display_name(path);
    let bytes = documents::read_file(path, &name)?;
    match reader(&name, &bytes) {
        Ok(items) => Ok((name, items)),
        Err(Fault::Unreadable(reason)) => Err(Error::MetadataUnreadable { name, reason }),
        Err(Fault::Empty) => Err(Error::MetadataEmpty { name }),
    }
}

/// Writes what is known about a document: the item, which fields were found in the file, and the columns of both.
pub(crate) fn write(db: &Connection, document: DocumentId, item: &Item, found: &[Field]) -> Result<()> {
    let found = serde_json::to_string(found).map_err(|error| Error::Bug { reason: error.to_string() })?;
    let of = |field| item.get(field);
    db.prepare_cached(
        "UPDATE document SET title = ?2, author = ?3, publisher = ?4, published = ?5, url = ?6, accessed = ?7, \
         language = ?8, kind = ?9, csl = ?10, found = ?11 WHERE id = ?1",
    )?
    .execute(params![
        document,
        of(Field::Title),
        of(Field::Author),
        of(Field::Publisher),
        of(Field::Published),
        of(Field::Url),
        of(Field::Accessed),
        of(Field::Language),
        of(Field::Kind),
        item.to_json(),
        found
    ])?;
    Ok(())
}

/// What is known about a document, and which fields were found in the file.
fn read(db: &Connection, document: DocumentId) -> Result<(Item, Vec<Field>)> {
    let row: Option<(String, String)> = db
        .prepare_cached("SELECT csl, found FROM document WHERE id = ?1")?
        .query_row([document], |row| Ok((row.read(0)?, row.read(1)?)))
        .optional()?;
    let (csl, found) = row.ok_or_else(|| Error::DocumentUnknown { id: document.to_string() })?;
    Ok((stored(db, document, &csl)?, fields(&found)))
}

/// The item of a document. Where it is damaged, the columns say what they say.
fn stored(db: &Connection, document: DocumentId, csl: &str) -> Result<Item> {
    if let Ok(item) = Item::from_json(csl) {
        return Ok(item);
    }
    count();
    Ok(odd_columns(db, document)?.map(|columns| item_of(&columns)).unwrap_or_default())
}

fn item_of(columns: &HashMap<Field, String>) -> Item {
    let mut item = Item::default();
    Field::ALL.iter().for_each(|field| item.set(*field, &columns[field]));
    item
}

/// The fields of a stored list; one that a later version may have added is passed over.
pub(crate) fn fields(found: &str) -> Vec<Field> {
    let names: Vec<serde_json::Value> = serde_json::from_str(found).unwrap_or_default();
    names.into_iter().filter_map(|name| serde_json::from_value(name).ok()).collect()
}

/// The columns that are read from the item.
const COLUMNS: [Field; 8] = [
    Field::Title,
    Field::Author,
    Field::Publisher,
    Field::Published,
    Field::Url,
    Field::Accessed,
    Field::Language,
    Field::Kind,
];

/// The columns of a document where they say something else than its item.
fn odd_columns(db: &Connection, document: DocumentId) -> Result<Option<HashMap<Field, String>>> {
    let read: rusqlite::Result<Option<(HashMap<Field, String>, String)>> = db
        .prepare_cached(
            "SELECT title, author, publisher, published, url, accessed, language, kind, csl FROM document WHERE id = ?1",
        )?
        .query_row([document], |row| {
            let columns = COLUMNS.iter().enumerate().map(|(at, field)| Ok((*field, row.read(at)?)));
            Ok((columns.collect::<rusqlite::Result<_>>()?, row.read(COLUMNS.len())?))
        })
        .optional();
    Ok(if_readable(read)?.flatten().and_then(|(columns, csl)| {
        let item = Item::from_json(&csl).ok();
        let same = item.is_some_and(|item| columns.iter().all(|(field, text)| item.get(*field) == *text));
        (!same).then_some(columns)
    }))
}

fn every(db: &Connection) -> Result<Vec<DocumentId>> {
    Ok(db.prepare("SELECT id FROM document")?.query_map([], |row| row.read(0))?.readable()?)
}

/// The documents whose columns say something else than their items, by their titles.
pub(crate) fn odd(db: &Connection) -> Result<Vec<String>> {
    let mut odd = Vec::new();
    for document in every(db)? {
        odd.extend(odd_columns(db, document)?.and_then(|mut columns| columns.remove(&Field::Title)));
    }
    Ok(odd)
}

/// Makes the items of documents whose columns say something else: those that a project of version 1 brought along, and
/// those that a change out of its journal has touched, which knows the columns only. `None` looks at every document.
pub(crate) fn agree(db: &Connection, documents: Option<&[DocumentId]>) -> Result<()> {
    let documents = match documents {
        Some(some) => some.to_vec(),
        None => every(db)?,
    };
    for document in documents {
        if let Some(columns) = odd_columns(db, document)? {
            write(db, document, &item_of(&columns), &[])?;
        }
    }
    Ok(())
}
