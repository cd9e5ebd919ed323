//! What every highlight counts for, kept in memory so that a figure need not count all of them again.
//!
//! The journal says what changed since: only the highlights that it names are read again, whichever process changed
//! them. Where it cannot say, everything is read again. Derived, never stored; the snapshot that a caller reads decides
//! which state is meant. Deliberately absent: what the figures mean, and the order in which they are shown.

use crate::error::Result;
use crate::ids::{DocumentId, HighlightId, TagId, VersionId};
use crate::journal::{self, Standing};
use crate::stored::{StoredRow, StoredRows, count, if_readable};
use crate::structure::{BlockKind, Structure};
use rusqlite::{Connection, OptionalExtension};
use std::collections::{BTreeMap, HashMap};

/// What the highlights of a project come to.
#[derive(Debug, Default)]
pub struct Tally {
    standing: Option<Standing>,
    documents: BTreeMap<DocumentId, Document>,
    highlights: BTreeMap<HighlightId, Highlight>,
    /// The sets of tags that occur, each sorted; their places are what highlights and documents name.
    sets: Vec<Vec<TagId>>,
    places: HashMap<Vec<TagId>, usize>,
    noted: u32,
}

/// What the highlights of one document come to.
#[derive(Debug)]
struct Document {
    version: VersionId,
    /// First code point, one past the last, and how many highlights touch it.
    paragraphs: Vec<(u32, u32, u32)>,
    covered: u32,
    highlights: u32,
    /// Highlights by set of tags.
    by_set: Vec<u32>,
}

/// What one highlight counts for.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Highlight {
    document: DocumentId,
    set: usize,
    noted: bool,
    /// The paragraphs that it touches, half open.
    paragraphs: (u32, u32),
}

/// A highlight as it is stored: its document, whether it is noted, its place if it has one.
type Stored = (DocumentId, bool, Option<(u32, u32)>);

impl Tally {
    /// Brings the tally to the state that a connection sees.
    pub fn follow(&mut self, db: &Connection) -> Result<()> {
        let standing = journal::standing(db)?;
        if self.standing.is_some() && self.standing == standing {
            return Ok(());
        }
        let changed = match (&self.standing, &standing) {
            (Some(before), Some(now)) => journal::highlights_between(db, before, now)?,
            _ => None,
        };
        let followed = match changed {
            Some(changed) => self.amend(db, &changed)?,
            None => false,
        };
        if !followed {
            *self = Tally::read(db)?;
        }
        self.standing = standing;
        Ok(())
    }

    /// Counts everything.
    pub fn read(db: &Connection) -> Result<Tally> {
        let mut tally = Tally { standing: journal::standing(db)?, ..Tally::default() };
        let mut facts: Vec<(HighlightId, Stored)> = Vec::new();
        let mut places = db.prepare_cached("SELECT highlight, start, \"end\" FROM anchor WHERE version = ?1")?;
        for (id, version) in documents(db)? {
            tally.documents.insert(id, Document::read(db, version)?);
            let mut rows = places.query([version])?;
            while let Some(row) = rows.next()? {
                let read = || -> rusqlite::Result<(HighlightId, Option<u32>, Option<u32>)> {
                    Ok((row.read(0)?, row.read(1)?, row.read(2)?))
                };
                if let Some((highlight, start, end)) = if_readable(read())? {
                    facts.push((highlight, (id, false, start.zip(end))));
                }
            }
        }
        facts.sort_unstable_by_key(|(id, _)| *id);
        let all: u32 = db.prepare_cached("SELECT count(*) FROM highlight")?.query_row([], |row| row.read(0))?;
        if all as usize != facts.len() {
            // Only in a damaged project does a highlight lack an anchor in its document's version.
            let mut every = db.prepare_cached("SELECT id, document FROM highlight ORDER BY id")?;
            let every: Vec<(HighlightId, DocumentId)> =
                every.query_map([], |row| Ok((row.read(0)?, row.read(1)?)))?.readable()?;
            let anchored = std::mem::take(&mut facts);
            let place = |id| anchored.binary_search_by_key(&id, |(id, _)| *id).ok().and_then(|at| anchored[at].1.2);
            facts = every.into_iter().map(|(id, document)| (id, (document, false, place(id)))).collect();
        }
        let mut noted: Vec<HighlightId> = db
            .prepare_cached("SELECT id FROM highlight WHERE note <> ''")?
            .query_map([], |row| row.read(0))?
            .readable()?;
        noted.sort_unstable();
        let mut noted = noted.into_iter().peekable();
        let mut statement = db.prepare_cached("SELECT highlight, tag FROM highlight_tag ORDER BY highlight, tag")?;
        let mut taggings = statement.query([])?;
        let mut tagging: Option<(HighlightId, TagId)> = None;
        let mut more = true;
        let mut tags: Vec<TagId> = Vec::new();
        let mut counted = Vec::with_capacity(facts.len());
        for (id, (document, _, place)) in facts {
            tags.clear();
            loop {
                if tagging.is_none() && more {
                    tagging = next_tagging(&mut taggings)?;
                    more = tagging.is_some();
                }
                match tagging {
                    Some((other, _)) if other > id => break,
                    Some((other, tag)) => {
                        if other == id {
                            tags.push(tag);
                        }
                        tagging = None;
                    }
                    None => break,
                }
            }
            let noted = noted.next_if_eq(&id).is_some();
            if let Some(highlight) = tally.enter((document, noted, place), &tags) {
                counted.push((id, highlight));
            }
        }
        tally.highlights = counted.into_iter().collect();
        Ok(tally)
    }

    /// Reads these highlights again; `false` when that is not enough.
    fn amend(&mut self, db: &Connection, changed: &[HighlightId]) -> Result<bool> {
        let there = documents(db)?;
        for &(id, version) in &there {
            match self.documents.get(&id) {
                Some(known) if known.version == version => {}
                Some(_) => return Ok(false),
                None => {
                    self.documents.insert(id, Document::read(db, version)?);
                }
            }
        }
        let mut stored = db.prepare_cached(
            "SELECT h.document, h.note <> '', a.start, a.\"end\" FROM highlight h JOIN document d ON d.id = h.document \
             LEFT JOIN anchor a ON a.highlight = h.id AND a.version = d.version WHERE h.id = ?1",
        )?;
        let mut tagged = db.prepare_cached("SELECT tag FROM highlight_tag WHERE highlight = ?1 ORDER BY tag")?;
        for &id in changed {
            if let Some(before) = self.highlights.remove(&id) {
                self.count(&before, false);
            }
            let read: rusqlite::Result<Option<Stored>> = stored
                .query_row([id], |row| {
                    Ok((row.read(0)?, row.read(1)?, row.read::<Option<u32>>(2)?.zip(row.read::<Option<u32>>(3)?)))
                })
                .optional();
            if let Some(found) = if_readable(read)?.flatten() {
                let tags: Vec<TagId> = tagged.query_map([id], |row| row.read(0))?.readable()?;
                if let Some(highlight) = self.enter(found, &tags) {
                    self.highlights.insert(id, highlight);
                }
            }
        }
        self.documents.retain(|id, _| there.binary_search_by_key(id, |(id, _)| *id).is_ok());
        Ok(true)
    }

    /// Counts a highlight in.
    fn enter(&mut self, (document, noted, place): Stored, tags: &[TagId]) -> Option<Highlight> {
        let set = match self.places.get(tags) {
            Some(&set) => set,
            None => {
                self.sets.push(tags.to_vec());
                self.places.insert(tags.to_vec(), self.sets.len() - 1);
                self.sets.len() - 1
            }
        };
        let paragraphs = self.documents.get(&document)?.touched(place);
        let highlight = Highlight { document, set, noted, paragraphs };
        self.count(&highlight, true);
        Some(highlight)
    }

    /// Counts a highlight in or out.
    fn count(&mut self, highlight: &Highlight, comes: bool) {
        let step = |count: &mut u32| *count = if comes { *count + 1 } else { count.saturating_sub(1) };
        if highlight.noted {
            step(&mut self.noted);
        }
        let Some(document) = self.documents.get_mut(&highlight.document) else { return };
        step(&mut document.highlights);
        if document.by_set.len() <= highlight.set {
            document.by_set.resize(highlight.set + 1, 0);
        }
        step(&mut document.by_set[highlight.set]);
        let (from, to) = highlight.paragraphs;
        for (_, _, touching) in &mut document.paragraphs[from as usize..to as usize] {
            let before = *touching;
            step(touching);
            match (before, *touching) {
                (0, 1) => document.covered += 1,
                (1, 0) => document.covered -= 1,
                _ => {}
            }
        }
    }

    /// Highlights in all.
    pub fn highlights(&self) -> u32 {
        self.highlights.len() as u32
    }

    /// Highlights with a note.
    pub fn noted(&self) -> u32 {
        self.noted
    }

    /// Highlights of a document, its paragraphs, and how many of those a highlight touches.
    pub fn coverage(&self, document: DocumentId) -> (u32, u32, u32) {
        self.documents
            .get(&document)
            .map_or((0, 0, 0), |known| (known.highlights, known.paragraphs.len() as u32, known.covered))
    }

    /// The place of a highlight's tags in [`Tally::every_set`], and whether it is noted.
    pub fn look(&self, highlight: HighlightId) -> Option<(usize, bool)> {
        self.highlights.get(&highlight).map(|known| (known.set, known.noted))
    }

    /// The sets of tags that occur, or once did.
    pub fn every_set(&self) -> &[Vec<TagId>] {
        &self.sets
    }

    /// Every set of tags with the document it is used in, and how many highlights there carry just these.
    pub fn sets(&self) -> impl Iterator<Item = (DocumentId, &[TagId], u32)> {
        self.documents.iter().flat_map(|(id, document)| {
            let used = document.by_set.iter().enumerate().filter(|(_, count)| **count > 0);
            used.map(|(set, count)| (*id, self.sets[set].as_slice(), *count))
        })
    }
}

impl Document {
    fn read(db: &Connection, version: VersionId) -> Result<Document> {
        let read: rusqlite::Result<Option<String>> = db
            .prepare_cached(
                "SELECT structure.body FROM version JOIN structure ON structure.hash = version.structure_hash \
                 WHERE version.id = ?1",
            )?
            .query_row([version], |row| row.read(0))
            .optional();
        let body = if_readable(read)?.flatten();
        let structure = body.and_then(|body| Structure::from_json(&body).ok()).unwrap_or_else(|| {
            // A document whose structure is damaged counts as one without paragraphs.
            count();
            Structure::default()
        });
        let paragraphs = structure.blocks.iter().filter(|block| block.kind != BlockKind::Break);
        Ok(Document {
            version,
            paragraphs: paragraphs.map(|block| (block.start, block.end, 0)).collect(),
            covered: 0,
            highlights: 0,
            by_set: Vec::new(),
        })
    }

    /// The paragraphs that a place touches, half open.
    fn touched(&self, place: Option<(u32, u32)>) -> (u32, u32) {
        let Some((start, end)) = place else { return (0, 0) };
        let from = self.paragraphs.partition_point(|paragraph| paragraph.1 <= start);
        let reached = self.paragraphs[from..].iter().take_while(|paragraph| paragraph.0 < end).count();
        (from as u32, (from + reached) as u32)
    }
}

/// The next tagging that can be read.
fn next_tagging(rows: &mut rusqlite::Rows<'_>) -> Result<Option<(HighlightId, TagId)>> {
    while let Some(row) = rows.next()? {
        let read = || -> rusqlite::Result<(HighlightId, TagId)> { Ok((row.read(0)?, row.read(1)?)) };
        if let Some(tagging) = if_readable(read())? {
            return Ok(Some(tagging));
        }
    }
    Ok(None)
}

/// Every document with its current version, by id.
fn documents(db: &Connection) -> Result<Vec<(DocumentId, VersionId)>> {
    Ok(db
        .prepare_cached("SELECT id, version FROM document ORDER BY id")?
        .query_map([], |row| Ok((row.read(0)?, row.read(1)?)))?
        .readable()?)
}
