//! The sheets that the words of an RTF are written on: the running text, and one for every note and text box.
//!
//! A paragraph is known by what holds when its first words come. Deliberately absent: control words.

use crate::import::draft::Draft;
use crate::import::numerals::Numerals;
use crate::import::pen::{Look, Pen};
use crate::structure::BlockKind;
use std::collections::HashMap;

/// Longest chain of styles that build on each other.
const MAX_CHAIN: usize = 32;

/// What holds for a paragraph.
#[derive(Debug, Clone, Default)]
pub(super) struct Paragraph {
    pub(super) style: i32,
    pub(super) outline: Option<i32>,
    pub(super) in_table: bool,
    pub(super) in_list: bool,
    pub(super) level: u8,
    pub(super) turns_page: bool,
}

/// What the table of styles says of one.
#[derive(Debug, Default)]
pub(super) struct Style {
    name: String,
    pub(super) outline: Option<i32>,
    pub(super) based_on: Option<i32>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Text,
    Box,
    /// A note; its label once it has words.
    Note {
        at_end: bool,
        begun: bool,
    },
}

/// One sheet.
pub(super) struct Sheet {
    kind: Kind,
    draft: Draft,
    pen: Pen,
    label: String,
    /// A paragraph is under way.
    open: bool,
    heading: bool,
    /// The block is code, which the next paragraph of code goes on.
    code: bool,
    /// What is written before the first words of a paragraph.
    number: String,
    numbered: bool,
    /// Columns of the row that was described last.
    columns: usize,
    row: bool,
    cell_ended: bool,
    cell_wrote: bool,
    in_table: bool,
    wrote: bool,
    boxes: Vec<Draft>,
}

impl Sheet {
    fn new(kind: Kind) -> Sheet {
        Sheet {
            kind,
            draft: Draft::default(),
            pen: Pen::default(),
            label: String::new(),
            open: false,
            heading: false,
            code: false,
            number: String::new(),
            numbered: false,
            columns: 0,
            row: false,
            cell_ended: false,
            cell_wrote: false,
            in_table: false,
            wrote: false,
            boxes: Vec::new(),
        }
    }

    /// A sheet for a text box.
    pub(super) fn boxed() -> Sheet {
        Sheet::new(Kind::Box)
    }

    /// A sheet for a note.
    pub(super) fn note() -> Sheet {
        Sheet::new(Kind::Note { at_end: false, begun: false })
    }

    fn in_row(&self, paragraph: &Paragraph) -> bool {
        paragraph.in_table && self.columns != 1 && self.kind == Kind::Text
    }

    fn end(&mut self, in_row: bool) {
        self.pen.lift(&mut self.draft);
        self.open = false;
        self.number.clear();
        self.numbered = false;
        if !in_row {
            if !self.code {
                self.draft.close();
            }
            if !self.row {
                self.put_boxes();
            }
        }
    }

    fn put_boxes(&mut self) {
        for inner in std::mem::take(&mut self.boxes) {
            if std::mem::take(&mut self.in_table) {
                self.draft.leave_table();
            }
            self.code = false;
            self.draft.append(inner);
        }
    }

    fn leave_row(&mut self) {
        if std::mem::take(&mut self.row) {
            self.draft.leave_row();
            self.in_table = true;
        }
    }

    fn finish(mut self) -> (Draft, String) {
        self.end(false);
        self.leave_row();
        self.put_boxes();
        if matches!(self.kind, Kind::Note { begun: true, .. }) {
            self.draft.leave();
        }
        self.draft.close();
        (self.draft, self.label)
    }
}

/// The pile of sheets, the one that is written on last.
pub(super) struct Paper {
    sheets: Vec<Sheet>,
    notes: Draft,
    /// How many notes there are, at the foot and at the end.
    counts: [u32; 2],
    styles: HashMap<i32, Style>,
}

impl Paper {
    pub(super) fn new() -> Paper {
        Paper { sheets: vec![Sheet::new(Kind::Text)], notes: Draft::default(), counts: [0; 2], styles: HashMap::new() }
    }

    pub(super) fn style(&mut self, number: i32) -> &mut Style {
        self.styles.entry(number).or_default()
    }

    /// Adds to the name of a style.
    pub(super) fn name_style(&mut self, number: i32, words: &str) {
        self.style(number).name.push_str(words);
    }

    /// Lays a sheet on the pile.
    pub(super) fn lay(&mut self, sheet: Sheet) {
        self.sheets.push(sheet);
    }

    /// Takes the last sheet off: a note is called where it hung, a box goes below the paragraph.
    pub(super) fn take_off(&mut self, paragraph: &Paragraph) {
        if self.sheets.len() < 2 {
            return;
        }
        let Some(sheet) = self.sheets.pop() else { return };
        let kind = sheet.kind;
        let (draft, label) = sheet.finish();
        match kind {
            Kind::Note { begun: true, .. } => {
                self.begin(paragraph);
                if let Some(below) = self.sheets.last_mut() {
                    below.wrote = true;
                    below.cell_wrote = true;
                    let number = std::mem::take(&mut below.number);
                    below.draft.push(&number);
                    below.draft.call(&label);
                }
                self.notes.append(draft);
            }
            Kind::Box => {
                if let Some(below) = self.sheets.last_mut() {
                    below.boxes.push(draft);
                }
            }
            _ => {}
        }
    }

    /// The note under way stands at the end of the text.
    pub(super) fn at_end(&mut self) {
        if let Some(Kind::Note { at_end, .. }) = self.sheets.last_mut().map(|sheet| &mut sheet.kind) {
            *at_end = true;
        }
    }

    /// Adds to the number of the paragraph that comes.
    pub(super) fn number(&mut self, words: &str) {
        if let Some(sheet) = self.sheets.last_mut() {
            sheet.number.push_str(words);
        }
    }

    /// The number is whole; a bullet is none.
    pub(super) fn numbered(&mut self) {
        if let Some(sheet) = self.sheets.last_mut() {
            let number = sheet.number.trim();
            sheet.number = if number.contains(char::is_alphanumeric) && number.chars().count() > 1 {
                format!("{number} ")
            } else {
                String::new()
            };
            sheet.numbered = true;
        }
    }

    /// Writes words of a paragraph.
    pub(super) fn write(&mut self, paragraph: &Paragraph, look: &Look, words: &str) {
        let blank = !words.contains(|c: char| !c.is_whitespace());
        let Some(sheet) = self.sheets.last() else { return };
        if blank && !sheet.open && !self.is_code(paragraph.style) {
            return;
        }
        self.begin(paragraph);
        let Some(sheet) = self.sheets.last_mut() else { return };
        let words = if sheet.draft.only_a_mark() { words.trim_start() } else { words };
        if !blank {
            let number = std::mem::take(&mut sheet.number);
            sheet.draft.push(&number);
            sheet.wrote = true;
            sheet.cell_wrote = true;
        }
        let look = Look { strong: look.strong && !sheet.heading, ..look.clone() };
        sheet.pen.write(&mut sheet.draft, &look, words);
    }

    /// Begins a paragraph unless one is under way.
    fn begin(&mut self, paragraph: &Paragraph) {
        if self.sheets.last().is_none_or(|sheet| sheet.open) {
            return;
        }
        let heading = self.heading(paragraph);
        let (quote, code) = (self.is_quote(paragraph.style), self.is_code(paragraph.style));
        let Some(sheet) = self.sheets.last_mut() else { return };
        sheet.open = true;
        sheet.heading = false;
        if let Kind::Note { at_end, begun } = sheet.kind {
            if begun {
                if !sheet.draft.only_a_mark() {
                    sheet.draft.close();
                }
                sheet.draft.ensure();
            } else {
                let count = &mut self.counts[usize::from(at_end)];
                *count += 1;
                sheet.label = if at_end { Numerals::LowerRoman.spell(*count) } else { count.to_string() };
                sheet.kind = Kind::Note { at_end, begun: true };
                sheet.draft.enter_note(&sheet.label);
            }
            return;
        }
        if sheet.in_row(paragraph) {
            if !sheet.row {
                sheet.draft.close();
                sheet.code = false;
                sheet.draft.enter_row();
                sheet.draft.cell();
                sheet.row = true;
                sheet.cell_ended = false;
                sheet.cell_wrote = false;
            } else if std::mem::take(&mut sheet.cell_ended) {
                sheet.draft.cell();
                sheet.cell_wrote = false;
            } else if sheet.cell_wrote {
                sheet.draft.push(" ");
            }
            return;
        }
        sheet.leave_row();
        if std::mem::take(&mut sheet.in_table) {
            sheet.draft.leave_table();
        }
        if std::mem::take(&mut sheet.code) && code && heading.is_none() {
            sheet.code = true;
            sheet.draft.push("\n");
            return;
        }
        sheet.draft.close();
        if paragraph.turns_page && sheet.wrote {
            sheet.draft.turn_page();
        }
        if let Some(level) = heading {
            sheet.heading = true;
            sheet.draft.open(BlockKind::Heading, level);
        } else if code {
            sheet.code = true;
            sheet.draft.open(BlockKind::Code, 0);
        } else if sheet.numbered || paragraph.in_list {
            sheet.draft.item(paragraph.level + 1);
        } else if quote {
            sheet.draft.open(BlockKind::Quote, 1);
        } else {
            sheet.draft.open(BlockKind::Paragraph, 0);
        }
    }

    /// A paragraph ends.
    pub(super) fn end(&mut self, paragraph: &Paragraph) {
        if let Some(sheet) = self.sheets.last_mut() {
            let in_row = sheet.in_row(paragraph);
            sheet.end(in_row);
        }
    }

    /// The mark that ends a paragraph was deleted: what is written of it runs on into the next one. Where nothing is, its
    /// number goes with it.
    pub(super) fn run_on(&mut self) {
        if let Some(sheet) = self.sheets.last_mut().filter(|sheet| !sheet.open) {
            sheet.number.clear();
            sheet.numbered = false;
        }
    }

    /// A row is described from here.
    pub(super) fn row(&mut self) {
        if let Some(sheet) = self.sheets.last_mut() {
            sheet.columns = 0;
        }
    }

    /// It has one more column.
    pub(super) fn column(&mut self) {
        if let Some(sheet) = self.sheets.last_mut() {
            sheet.columns += 1;
        }
    }

    /// A cell ends.
    pub(super) fn end_cell(&mut self, paragraph: &Paragraph) {
        let in_row = self.sheets.last().is_some_and(|sheet| sheet.columns != 1 && sheet.kind == Kind::Text);
        if in_row {
            // An empty cell begins and ends here.
            if self.sheets.last().is_some_and(|sheet| !sheet.row || sheet.cell_ended) {
                if let Some(sheet) = self.sheets.last_mut() {
                    sheet.open = false;
                }
                self.begin(&Paragraph { in_table: true, ..paragraph.clone() });
            }
        }
        if let Some(sheet) = self.sheets.last_mut() {
            sheet.end(in_row);
            sheet.cell_ended = in_row;
        }
    }

    /// A row ends.
    pub(super) fn end_row(&mut self) {
        if let Some(sheet) = self.sheets.last_mut() {
            sheet.pen.lift(&mut sheet.draft);
            sheet.open = false;
            sheet.leave_row();
            sheet.put_boxes();
        }
    }

    /// The next page begins.
    pub(super) fn turn(&mut self) {
        if let Some(sheet) = self.sheets.last_mut().filter(|sheet| sheet.kind == Kind::Text) {
            sheet.draft.turn_page();
        }
    }

    /// The running text with the notes below it.
    pub(super) fn finish(mut self) -> Draft {
        while self.sheets.len() > 1 {
            self.take_off(&Paragraph::default());
        }
        let mut text = self.sheets.pop().map(|sheet| sheet.finish().0).unwrap_or_default();
        text.append(self.notes);
        text
    }

    /// The styles that a style builds on, itself first.
    fn chain(&self, number: i32) -> impl Iterator<Item = &Style> {
        let mut next = Some(number);
        (0..MAX_CHAIN).map_while(move |_| {
            let style = self.styles.get(&next?)?;
            next = style.based_on;
            Some(style)
        })
    }

    fn heading(&self, paragraph: &Paragraph) -> Option<u8> {
        let level = |outline: i32| (0..9).contains(&outline).then(|| (outline as u8 + 1).min(6));
        if let Some(outline) = paragraph.outline {
            return level(outline);
        }
        for style in self.chain(paragraph.style) {
            if let Some(outline) = style.outline {
                return level(outline);
            }
            let name = style.name.trim().to_lowercase();
            if name == "title" {
                return Some(1);
            }
            if let Some(number) = name.strip_prefix("heading ").and_then(|number| number.parse::<i32>().ok()) {
                return level(number - 1);
            }
        }
        None
    }

    fn is_quote(&self, style: i32) -> bool {
        self.chain(style).any(|style| {
            let name = style.name.trim().to_lowercase();
            matches!(name.as_str(), "quote" | "intense quote" | "block text" | "quotations" | "block quotation")
        })
    }

    fn is_code(&self, style: i32) -> bool {
        self.chain(style).any(|style| {
            let name = style.name.trim().to_lowercase();
            matches!(name.as_str(), "html preformatted" | "preformatted text" | "source code" | "macro")
        })
    }
}
