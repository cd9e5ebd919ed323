//! The running text of an ODT, walked once; its notes are gathered on the way and put below.
//!
//! Deletions stand apart in the file and are never met here. An element that is not known is taken for one that wraps text,
//! and is walked. Deliberately absent: comments, headers and footers, pictures, forms, and what a field would show when
//! updated.

use super::styles::{LEVELS, Styles};
use crate::import::draft::Draft;
use crate::import::manuscript::{Manuscript, Paragraph};
use crate::import::pen::{Look, address};
use crate::import::xml::{Element, Node};
use crate::import::{Refusal, formula, one_line};
use std::collections::{HashMap, HashSet};

/// Most blanks that one element stands for.
const MAX_BLANKS: usize = 100;

/// Most columns or rows that one element stands for: as many columns as a spreadsheet has.
const MAX_REPEATED: usize = 16_384;

/// Most copies of cells that the tables of a document are written out to.
const MAX_COPIES: usize = 200_000;

/// A list that is open where the reader stands.
struct List {
    style: String,
    /// Whether the next paragraph is the first of its item.
    fresh: bool,
    /// Whether the item has a number or bullet at all.
    marked: bool,
}

/// The walker.
pub(super) struct Body<'p> {
    styles: &'p Styles,
    /// The formulas in the archive by their addresses.
    formulas: &'p HashMap<String, String>,
    text: Manuscript,
    /// The notes; while one is walked, the running text.
    notes: Manuscript,
    lists: Vec<List>,
    counts: HashMap<String, [u32; LEVELS]>,
    labels: HashSet<String>,
    /// The last character was a blank, or there is none yet: another one would be the same blank.
    blank: bool,
    boxes: Vec<&'p Element<'p>>,
    /// How many cells were written as copies of another.
    copies: usize,
}

impl<'p> Body<'p> {
    pub(super) fn new(styles: &'p Styles, formulas: &'p HashMap<String, String>) -> Body<'p> {
        Body {
            styles,
            formulas,
            text: Manuscript::default(),
            notes: Manuscript::of_notes(),
            lists: Vec::new(),
            counts: HashMap::new(),
            labels: HashSet::new(),
            blank: true,
            boxes: Vec::new(),
            copies: 0,
        }
    }

    /// Walks the text and puts its notes below.
    pub(super) fn walk(mut self, text: &'p Element<'p>) -> Result<Draft, Refusal> {
        self.blocks(text);
        if self.copies > MAX_COPIES {
            return Err(Refusal::Unsafe { reason: "its tables repeat cells more than 200,000 times".into() });
        }
        self.text.close();
        self.text.draft.append(self.notes.draft);
        Ok(self.text.draft)
    }

    fn blocks(&mut self, parent: &'p Element<'p>) {
        for element in parent.elements() {
            match element.tag() {
                ("text", "p" | "h") => self.paragraph(element),
                ("text", "list") => self.list(element),
                ("text", "numbered-paragraph") => self.numbered(element),
                ("table", "table") => self.table(element),
                ("text", "section") if element.attribute("text", "display") == Some("none") => {}
                ("text", "soft-page-break") => self.text.draft.turn_page(),
                ("draw", _) => {
                    self.find_boxes(element);
                    self.put_boxes();
                }
                _ if is_aside(element) => {}
                _ => self.blocks(element),
            }
        }
    }

    fn list(&mut self, list: &'p Element<'p>) {
        let named = list.attribute("text", "style-name").map(str::to_owned);
        let style = named.or_else(|| self.lists.last().map(|outer| outer.style.clone())).unwrap_or_default();
        let level = self.lists.len().min(LEVELS - 1);
        let goes_on = list.attribute("text", "continue-numbering") == Some("true")
            || list.attribute("text", "continue-list").is_some();
        if !goes_on {
            let counts = self.counts.entry(style.clone()).or_default();
            counts[level..].fill(0);
        }
        self.lists.push(List { style, fresh: false, marked: false });
        for item in list.elements() {
            let marked = item.is("text", "list-item");
            if !marked && !item.is("text", "list-header") {
                continue;
            }
            let start = item.attribute("text", "start-value").and_then(|value| value.parse::<u32>().ok());
            if let Some(list) = self.lists.last_mut() {
                list.fresh = true;
                list.marked = marked;
                if let Some(start) = start {
                    self.counts.entry(list.style.clone()).or_default()[level] = start.max(1) - 1;
                }
            }
            self.blocks(item);
        }
        self.lists.pop();
    }

    /// A paragraph that says itself in which list it stands.
    fn numbered(&mut self, paragraph: &'p Element<'p>) {
        let style = paragraph.attribute("text", "style-name").unwrap_or_default().to_owned();
        let level = paragraph.attribute("text", "level").and_then(|level| level.parse::<usize>().ok()).unwrap_or(1);
        let outer = std::mem::take(&mut self.lists);
        for depth in 1..=level.clamp(1, LEVELS) {
            self.lists.push(List { style: style.clone(), fresh: depth == level.clamp(1, LEVELS), marked: true });
        }
        self.blocks(paragraph);
        self.lists = outer;
    }

    /// Counts the innermost list on, or the headings: the level from 0 and the number. `None` where nothing counts.
    fn count(&mut self, outline: Option<usize>) -> Option<(usize, String)> {
        let level = match outline {
            Some(level) => level,
            None => self.lists.len().checked_sub(1)?,
        }
        .min(LEVELS - 1);
        let style = match outline {
            Some(_) => "Outline".to_owned(),
            None => {
                let list = self.lists.last_mut()?;
                if !std::mem::take(&mut list.fresh) || !list.marked {
                    return None;
                }
                list.style.clone()
            }
        };
        let start = self.styles.start(&style, level);
        let counts = self.counts.entry(style.clone()).or_default();
        counts[level] = if counts[level] == 0 { start } else { counts[level].saturating_add(1) };
        counts[level + 1..].fill(0);
        Some((level, self.styles.number(&style, level, counts)))
    }

    fn paragraph(&mut self, paragraph: &'p Element<'p>) {
        let style = self.styles.get("paragraph", paragraph.attribute("text", "style-name").unwrap_or_default());
        if style.hidden {
            return;
        }
        if style.turns_page && self.text.wrote && self.text.is_text() {
            self.text.close();
            self.text.draft.turn_page();
        }
        let level = paragraph.attribute("text", "outline-level").and_then(|level| level.parse::<u8>().ok());
        let is_heading = paragraph.is("text", "h");
        let heading = if is_heading { Some(level.unwrap_or(1).clamp(1, 6)) } else { style.title.then_some(1) };
        let unnumbered = paragraph.attribute("text", "is-list-header") == Some("true");
        let outline = (is_heading && self.lists.is_empty() && !unnumbered)
            .then(|| level.unwrap_or(1).clamp(1, LEVELS as u8) as usize - 1);
        let counted = if is_heading && self.lists.is_empty() && unnumbered { None } else { self.count(outline) };
        self.blank = true;
        // Some programs write down what number they showed.
        let shown = paragraph.first("text", "number").map(Element::text).filter(|shown| !shown.trim().is_empty());
        let shown = shown.map(|shown| format!("{} ", shown.trim()));
        self.text.begin(Paragraph {
            heading,
            code: style.code,
            item: counted.as_ref().map(|(level, _)| *level as u8 + 1),
            quote: style.quote,
            number: shown.or(counted.map(|(_, number)| number)).unwrap_or_default(),
        });
        let look = Look {
            strong: !self.text.is_heading() && style.strong == Some(true),
            emphasis: style.emphasis == Some(true),
            ..Look::default()
        };
        self.inlines(paragraph, &look);
        self.text.end();
        self.put_boxes();
    }

    fn inlines(&mut self, parent: &'p Element<'p>, look: &Look) {
        for node in &parent.nodes {
            match node {
                Node::Text(words) => self.write_folded(look, words),
                Node::Element(element) => self.inline(element, look),
            }
        }
    }

    fn inline(&mut self, element: &'p Element<'p>, look: &Look) {
        match element.tag() {
            ("text", _) if element.attribute("text", "display") == Some("none") => {}
            ("text", "span") => {
                let style = self.styles.get("text", element.attribute("text", "style-name").unwrap_or_default());
                if style.hidden {
                    return;
                }
                let look = Look {
                    link: look.link.clone(),
                    strong: !self.text.is_heading() && style.strong.unwrap_or(look.strong),
                    emphasis: style.emphasis.unwrap_or(look.emphasis),
                    code: !self.text.is_code() && (look.code || style.code),
                    raised: style.raised.or(look.raised),
                };
                self.inlines(element, &look);
            }
            ("text", "a") => {
                let link = element.attribute("xlink", "href").and_then(address).or_else(|| look.link.clone());
                self.inlines(element, &Look { link, ..look.clone() });
            }
            ("text", "s") => {
                let count = element.attribute("text", "c").and_then(|count| count.parse().ok()).unwrap_or(1);
                self.write(look, &" ".repeat(count.min(MAX_BLANKS)));
            }
            ("text", "tab") => self.write(look, "\t"),
            ("text", "line-break") => self.write(look, "\n"),
            ("text", "soft-page-break") if !self.text.is_note() => self.text.draft.turn_page(),
            ("text", "note") => self.note(element),
            ("text", "ruby") => {
                if let Some(base) = element.first("text", "ruby-base") {
                    self.inlines(base, look);
                }
            }
            ("text", "hidden-text" | "hidden-paragraph") => {}
            ("text", "number" | "note-citation" | "note-body" | "soft-page-break") => {}
            ("draw", _) => self.find_boxes(element),
            (_, "math") => self.write(look, &formula::of_element(element)),
            _ if is_aside(element) => {}
            _ => self.inlines(element, look),
        }
    }

    fn find_boxes(&mut self, element: &'p Element<'p>) {
        let holds_text = element.elements().any(|inner| matches!(inner.tag(), ("text", "p" | "h" | "list")));
        if holds_text {
            self.boxes.push(element);
            return;
        }
        for inner in element.elements() {
            let object = inner.is("draw", "object");
            let address = inner.attribute("xlink", "href").filter(|_| object);
            // In a file that is no archive the formula stands in the object.
            let own = inner.elements().find(|inner| object && inner.name == "math");
            if let Some(formula) = address.and_then(|address| self.formulas.get(address)) {
                self.write(&Look::default(), formula);
            } else if let Some(own) = own {
                self.write(&Look::default(), &formula::of_element(own));
            } else if inner.space == "draw" {
                self.find_boxes(inner);
            }
        }
    }

    /// Text boxes stand below the paragraph that they hang on.
    fn put_boxes(&mut self) {
        for inner in std::mem::take(&mut self.boxes) {
            if self.text.is_text() {
                self.text.close();
            }
            let lists = std::mem::take(&mut self.lists);
            self.blocks(inner);
            self.lists = lists;
        }
    }

    /// Words of the file: any run of white space is one blank, at the beginning of a paragraph it is none.
    fn write_folded(&mut self, look: &Look, words: &str) {
        let mut folded = String::with_capacity(words.len());
        for character in words.chars() {
            let space = matches!(character, ' ' | '\t' | '\n' | '\r');
            if !space {
                folded.push(character);
            } else if !self.blank {
                folded.push(' ');
            }
            self.blank = space;
        }
        let blank = self.blank;
        self.write(look, &folded);
        self.blank = blank;
    }

    fn write(&mut self, look: &Look, words: &str) {
        if words.is_empty() {
            return;
        }
        self.blank = false;
        self.text.write(look, words);
    }

    fn note(&mut self, note: &'p Element<'p>) {
        let Some(body) = note.first("text", "note-body").filter(|_| !self.text.is_note()) else { return };
        let mut label = one_line(&note.first("text", "note-citation").map(Element::text).unwrap_or_default());
        let mut number = self.labels.len() + 1;
        while label.is_empty() || !self.labels.insert(label.clone()) {
            label = number.to_string();
            number += 1;
        }
        self.text.call(&label);
        let lists = std::mem::take(&mut self.lists);
        let boxes = std::mem::take(&mut self.boxes);
        std::mem::swap(&mut self.text, &mut self.notes);
        self.text.enter_note(&label);
        self.blocks(body);
        self.text.leave_note();
        std::mem::swap(&mut self.text, &mut self.notes);
        (self.lists, self.boxes) = (lists, boxes);
        self.blank = false;
    }

    fn table(&mut self, table: &'p Element<'p>) {
        let mut rows = Vec::new();
        gather(table, &mut rows);
        let width = |row: &&Element<'p>| cells(row).map(columns).sum::<usize>();
        if !self.text.is_text() || rows.iter().all(|row| width(row) < 2) {
            // A frame around paragraphs, or a table inside a cell or a note: its words in their order.
            for cell in rows.into_iter().flat_map(cells) {
                self.blocks(cell);
            }
            return;
        }
        self.text.close();
        let lists = std::mem::take(&mut self.lists);
        for row in rows {
            let says_something = cells(row).any(says_something);
            let times = if says_something { repeated(row, "number-rows-repeated") } else { 1 };
            for time in 0..times {
                self.copies += if time > 0 { cells(row).count() } else { 0 };
                if self.copies > MAX_COPIES {
                    break;
                }
                self.row(row);
            }
        }
        self.text.leave_table();
        self.lists = lists;
    }

    /// A row of a table. A cell that stands for several is written as often; empty ones only where another follows.
    fn row(&mut self, row: &'p Element<'p>) {
        self.text.enter_row();
        let (mut empty, mut copies) = (0, 0);
        for cell in cells(row) {
            if !says_something(cell) {
                empty += columns(cell);
                copies += columns(cell) - 1;
                continue;
            }
            self.copies += std::mem::take(&mut copies);
            for _ in 0..std::mem::take(&mut empty) {
                if self.copies > MAX_COPIES {
                    break;
                }
                self.text.enter_cell();
            }
            for time in 0..columns(cell) {
                self.copies += usize::from(time > 0);
                if self.copies > MAX_COPIES {
                    break;
                }
                self.text.enter_cell();
                self.blocks(cell);
                self.text.leave_cell(1);
            }
        }
        self.text.leave_row();
    }
}

/// The cells of a row, also those that another one covers.
fn cells<'p>(row: &'p Element<'p>) -> impl Iterator<Item = &'p Element<'p>> {
    row.elements().filter(|cell| matches!(cell.tag(), ("table", "table-cell" | "covered-table-cell")))
}

/// How many columns a cell stands for.
fn columns(cell: &Element<'_>) -> usize {
    repeated(cell, "number-columns-repeated")
}

fn repeated(element: &Element<'_>, name: &str) -> usize {
    let times = element.attribute("table", name).and_then(|times| times.parse().ok());
    times.unwrap_or(1).clamp(1, MAX_REPEATED)
}

/// Whether a cell is written: one that another covers is not, and neither is one without anything in it.
fn says_something(cell: &Element<'_>) -> bool {
    cell.name == "table-cell"
        && cell.nodes.iter().any(|node| matches!(node, Node::Element(inner) if !inner.nodes.is_empty()))
}

/// Whether an element holds nothing that is read in the text: comments, deletions, scripts, forms and declarations.
fn is_aside(element: &Element<'_>) -> bool {
    match element.tag() {
        ("text" | "table", "tracked-changes") | ("text", "script") => true,
        (space, _) => matches!(space, "office" | "dc" | "meta" | "style" | "svg" | "form" | "script"),
    }
}

/// The rows of a table, also those in groups and whatever else wraps them.
fn gather<'p>(parent: &'p Element<'p>, rows: &mut Vec<&'p Element<'p>>) {
    for element in parent.elements() {
        match element.tag() {
            ("table", "table-row") => rows.push(element),
            ("table", "table" | "table-cell") | ("text", _) => {}
            _ if is_aside(element) => {}
            _ => gather(element, rows),
        }
    }
}
