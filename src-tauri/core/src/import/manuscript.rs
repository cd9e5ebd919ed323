//! The text of an office document while its paragraphs come in: where words go, what a paragraph becomes, and what
//! stands before its first word.
//!
//! What DOCX and ODT have in common once their own markup has been understood. Deliberately absent: any markup.

use super::draft::Draft;
use super::pen::{Look, Pen};
use crate::structure::BlockKind;

/// Where words go.
#[derive(Clone, Copy, PartialEq, Eq, Default)]
enum Place {
    /// Into blocks of their own.
    #[default]
    Text,
    /// Into a cell of a row; `wrote` once it has words.
    Cell { wrote: bool },
    /// Into a footnote.
    Note,
}

/// What a paragraph is.
#[derive(Debug, Default)]
pub(super) struct Paragraph {
    /// The level of a heading, from 1.
    pub(super) heading: Option<u8>,
    /// Verbatim text.
    pub(super) code: bool,
    /// The level of an item of a list, from 1.
    pub(super) item: Option<u8>,
    /// A quotation.
    pub(super) quote: bool,
    /// The number that the document counts for it, with the blank that parts it from the words.
    pub(super) number: String,
}

/// One run of paragraphs: the running text, or the notes.
#[derive(Default)]
pub(super) struct Manuscript {
    /// What is written so far.
    pub(super) draft: Draft,
    pen: Pen,
    place: Place,
    /// What is written before the first words of the paragraph: its number, or what parts it from those before it.
    prefix: String,
    heading: bool,
    /// The block is code, which the next paragraph of code goes on.
    code: bool,
    /// Whether there are words yet.
    pub(super) wrote: bool,
}

impl Manuscript {
    /// One for notes.
    pub(super) fn of_notes() -> Manuscript {
        Manuscript { place: Place::Note, ..Manuscript::default() }
    }

    /// Whether words go into blocks of their own, and not into a cell or a note.
    pub(super) fn is_text(&self) -> bool {
        self.place == Place::Text
    }

    /// Whether words go into a note.
    pub(super) fn is_note(&self) -> bool {
        self.place == Place::Note
    }

    /// Whether the open block is code.
    pub(super) fn is_code(&self) -> bool {
        self.code
    }

    /// Whether the open block is a heading, whose words are no more strong than the others'.
    pub(super) fn is_heading(&self) -> bool {
        self.heading
    }

    /// Opens the block of a paragraph, or goes on in the cell, the note or the code.
    pub(super) fn begin(&mut self, paragraph: Paragraph) {
        self.prefix.clear();
        self.heading = false;
        match self.place {
            Place::Cell { wrote } => {
                if wrote {
                    self.prefix.push(' ');
                }
            }
            Place::Note => {
                if !self.draft.only_a_mark() {
                    self.draft.close();
                }
                self.draft.ensure();
            }
            Place::Text => {
                let code = paragraph.code && paragraph.heading.is_none();
                if std::mem::replace(&mut self.code, code) && code {
                    self.draft.push("\n");
                    return;
                }
                self.draft.close();
                match (paragraph.heading, paragraph.item) {
                    (Some(level), _) => {
                        self.heading = true;
                        self.draft.open(BlockKind::Heading, level);
                    }
                    _ if code => self.draft.open(BlockKind::Code, 0),
                    (None, Some(level)) => self.draft.item(level),
                    _ if paragraph.quote => self.draft.open(BlockKind::Quote, 1),
                    _ => self.draft.open(BlockKind::Paragraph, 0),
                }
            }
        }
        self.prefix.push_str(&paragraph.number);
    }

    /// Writes words of the paragraph.
    pub(super) fn write(&mut self, look: &Look, words: &str) {
        if words.is_empty() {
            return;
        }
        let begins = self.place == (Place::Cell { wrote: false }) || (self.is_note() && self.draft.only_a_mark());
        let words = if begins { words.trim_start() } else { words };
        if words.contains(|c: char| !c.is_whitespace()) {
            self.before_words();
        }
        self.pen.write(&mut self.draft, look, words);
    }

    /// Writes the sign that calls a note.
    pub(super) fn call(&mut self, label: &str) {
        self.before_words();
        self.draft.call(label);
    }

    fn before_words(&mut self) {
        self.wrote = true;
        if let Place::Cell { wrote } = &mut self.place {
            *wrote = true;
        }
        let prefix = std::mem::take(&mut self.prefix);
        self.draft.push(&prefix);
    }

    /// Ends a paragraph.
    pub(super) fn end(&mut self) {
        self.pen.lift(&mut self.draft);
        if self.is_text() && !self.code {
            self.draft.close();
        }
    }

    /// Ends whatever is open.
    pub(super) fn close(&mut self) {
        self.code = false;
        self.pen.lift(&mut self.draft);
        self.draft.close();
    }

    /// Begins a note.
    pub(super) fn enter_note(&mut self, label: &str) {
        self.draft.enter_note(label);
    }

    /// Ends a note.
    pub(super) fn leave_note(&mut self) {
        self.pen.lift(&mut self.draft);
        self.draft.leave();
    }

    /// Begins a row of a table.
    pub(super) fn enter_row(&mut self) {
        self.draft.enter_row();
    }

    /// Begins a cell.
    pub(super) fn enter_cell(&mut self) {
        self.draft.cell();
        self.place = Place::Cell { wrote: false };
    }

    /// Ends a cell that is `columns` wide: its words stand in the first.
    pub(super) fn leave_cell(&mut self, columns: usize) {
        self.pen.lift(&mut self.draft);
        for _ in 1..columns {
            self.draft.cell();
        }
    }

    /// Ends a row.
    pub(super) fn leave_row(&mut self) {
        self.draft.leave_row();
    }

    /// Ends a table.
    pub(super) fn leave_table(&mut self) {
        self.draft.leave_table();
        self.place = Place::Text;
    }
}
