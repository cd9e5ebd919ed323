//! The running text of a DOCX, walked once from its first paragraph to the last of its notes.
//!
//! What was deleted, moved away or hidden is left out, what was inserted is kept: the text as the last person sees it who
//! accepts every change. An element that is not known is taken for one that wraps text, and is walked. Deliberately absent:
//! comments, headers and footers, pictures, and what a field would show when updated.

use super::fields::Fields;
use super::numbering::Numbering;
use super::styles::{Style, Styles, list, value};
use super::toggle;
use crate::import::draft::Draft;
use crate::import::formula;
use crate::import::manuscript::{Manuscript, Paragraph};
use crate::import::pen::{Look, address};
use crate::import::symbols;
use crate::import::xml::{Element, Node};
use crate::structure::Structure;
use std::collections::HashMap;

/// Most columns that one merged cell, or the empty start of a row, counts for.
const MAX_SPAN: usize = 64;

/// What the parts beside the running text hold.
pub(super) struct Beside<'p> {
    pub(super) styles: Styles,
    pub(super) numbering: Numbering,
    /// The addresses of links, by the part's own ids.
    pub(super) links: HashMap<String, String>,
    pub(super) footnotes: HashMap<String, &'p Element<'p>>,
    pub(super) endnotes: HashMap<String, &'p Element<'p>>,
    /// Notes have links of their own.
    pub(super) note_links: HashMap<String, String>,
    /// Other documents that stand in this one, by the part's ids.
    pub(super) chunks: &'p HashMap<String, (String, Structure)>,
    /// Whether fields are ignored because they do not add up.
    pub(super) plain_fields: bool,
}

/// A called note: its words, its label.
struct Called<'p> {
    note: &'p Element<'p>,
    label: String,
}

/// A paragraph whose mark was deleted or moved away: nothing of it may be left.
struct Pending<'p> {
    properties: Option<&'p Element<'p>>,
    style: Option<&'p str>,
}

/// A row of a table: how many columns are empty before its first cell, and its cells.
struct TableRow<'p> {
    before: usize,
    cells: Vec<&'p Element<'p>>,
}

/// The walker.
pub(super) struct Body<'p> {
    beside: Beside<'p>,
    text: Manuscript,
    fields: Fields,
    /// The style of the paragraph under way.
    style: Style,
    /// The mark of the last paragraph was deleted, or it is a large initial: the next one runs on.
    joins: bool,
    /// The paragraph under way, which begins only with its first words.
    pending: Option<Pending<'p>>,
    /// A page was turned by hand and no words came since.
    turned: bool,
    /// For every section that is to come, the next one last, whether it begins on a page of its own.
    sections: Vec<bool>,
    calls: Vec<Called<'p>>,
    labels: HashMap<(bool, String), String>,
    counts: [u32; 2],
    /// Text boxes that hang on the paragraph under way.
    boxes: Vec<&'p Element<'p>>,
}

impl<'p> Body<'p> {
    pub(super) fn new(beside: Beside<'p>) -> Body<'p> {
        Body {
            fields: Fields::new(beside.plain_fields),
            beside,
            text: Manuscript::default(),
            style: Style::default(),
            joins: false,
            pending: None,
            turned: false,
            sections: Vec::new(),
            calls: Vec::new(),
            labels: HashMap::new(),
            counts: [0; 2],
            boxes: Vec::new(),
        }
    }

    /// Walks the body, then the notes that it calls, in the order of their calls. False when fields did not add up.
    pub(super) fn walk(&mut self, body: &'p Element<'p>) -> bool {
        find_sections(body, &mut self.sections);
        // How the first one begins is no matter.
        self.sections.reverse();
        self.sections.pop();
        self.blocks(body);
        self.settle();
        self.text.close();
        let whole = self.fields.add_up();
        let main = std::mem::replace(&mut self.text, Manuscript::of_notes());
        self.beside.links = std::mem::take(&mut self.beside.note_links);
        let mut at = 0;
        while let Some(called) = self.calls.get(at) {
            let (note, label) = (called.note, called.label.clone());
            self.fields = Fields::new(self.beside.plain_fields);
            self.text.enter_note(&label);
            self.blocks(note);
            self.settle();
            self.text.leave_note();
            at += 1;
        }
        let notes = std::mem::replace(&mut self.text, main);
        self.text.draft.append(notes.draft);
        whole
    }

    /// What was walked.
    pub(super) fn finish(self) -> Draft {
        self.text.draft
    }

    fn blocks(&mut self, parent: &'p Element<'p>) {
        for element in parent.elements() {
            match element.tag() {
                ("w", "p") => self.paragraph(element),
                ("w", "tbl") => self.table(element),
                ("w", "altChunk") => self.chunk(element),
                ("mc", "AlternateContent") => {
                    if let Some(choice) = choice(element) {
                        self.blocks(choice);
                    }
                }
                _ if is_aside(element) => {}
                _ => self.blocks(element),
            }
        }
    }

    fn paragraph(&mut self, paragraph: &'p Element<'p>) {
        let properties = paragraph.first("w", "pPr");
        let id = properties.and_then(|p| value(p, "pStyle"));
        let standard = &self.beside.styles.standard;
        self.style = id.and_then(|id| self.beside.styles.get(id)).unwrap_or(standard).clone();
        let mark = properties.and_then(|p| p.first("w", "rPr"));
        let gone = mark.is_some_and(|mark| mark.first("w", "del").or_else(|| mark.first("w", "moveFrom")).is_some());
        // The block that this one would open is open already where the one before runs on.
        if !std::mem::take(&mut self.joins) {
            let pending = Pending { properties, style: id };
            if gone { self.pending = Some(pending) } else { self.begin(&pending) }
        }
        self.inlines(paragraph, &Look::default());
        let initial =
            properties.and_then(|p| p.first("w", "framePr")).and_then(|frame| frame.attribute("w", "dropCap"));
        // Of one that never began nothing is left: the next one is as if it had not been.
        if self.pending.take().is_none() {
            self.joins = gone || initial.is_some_and(|initial| initial != "none");
            if !self.joins {
                self.end();
            }
        }
        if properties.is_some_and(|p| p.first("w", "sectPr").is_some()) && self.sections.pop() == Some(true) {
            self.text.close();
            self.turn();
        }
    }

    /// Another document that stands in this one.
    fn chunk(&mut self, chunk: &Element<'_>) {
        let Some((text, structure)) = chunk.attribute("r", "id").and_then(|id| self.beside.chunks.get(id)) else {
            return;
        };
        if self.text.is_text() {
            self.text.close();
            self.text.wrote = true;
            self.text.draft.append(Draft::of(text.clone(), structure.clone()));
        } else {
            self.text.begin(Paragraph::default());
            self.text.write(&Look::default(), text);
            self.text.end();
        }
    }

    /// Begins a paragraph: counts it, and opens its block.
    fn begin(&mut self, paragraph: &Pending<'p>) {
        let properties = paragraph.properties;
        if properties.and_then(|p| toggle(p, "pageBreakBefore")) == Some(true) {
            self.text.close();
            self.turn();
        }
        let number = self.number(properties, paragraph.style);
        let outline = properties.and_then(|p| value(p, "outlineLvl")).and_then(|level| level.parse::<u8>().ok());
        let heading = match outline {
            Some(level) => (level < 9).then_some(level + 1),
            None => self.style.heading,
        };
        self.text.begin(Paragraph {
            heading: heading.or(self.style.title.then_some(1)).map(|level| level.min(6)),
            code: self.style.code,
            item: number.as_ref().map(|(level, _)| level + 1),
            quote: self.style.quote,
            number: number.map(|(_, number)| number).unwrap_or_default(),
        });
    }

    /// Begins the paragraph under way if it waits for its first words.
    fn begin_pending(&mut self) {
        if let Some(pending) = self.pending.take() {
            self.begin(&pending);
        }
    }

    /// Ends a paragraph that has no next one to run on into.
    fn settle(&mut self) {
        if std::mem::take(&mut self.joins) || !self.boxes.is_empty() {
            self.end();
        }
    }

    /// Ends a paragraph, and puts the text boxes that hang on it below.
    fn end(&mut self) {
        self.text.end();
        for inner in std::mem::take(&mut self.boxes) {
            if self.text.is_text() {
                self.text.close();
            }
            self.blocks(inner);
            self.settle();
        }
    }

    /// The level and the number of a paragraph in a list, counted.
    fn number(&mut self, properties: Option<&Element<'_>>, id: Option<&str>) -> Option<(u8, String)> {
        let own = properties.and_then(|p| p.first("w", "numPr"));
        let styled = self.style.list.clone();
        let named = match own.and_then(list) {
            Some((number, level)) => (number, level.or_else(|| styled.and_then(|(_, level)| level))),
            None => {
                let (number, level) = styled?;
                let level = level.or_else(|| self.beside.numbering.level_of(&number, id?));
                (number, own.and_then(|own| value(own, "ilvl")).and_then(|level| level.parse().ok()).or(level))
            }
        };
        let level = named.1.unwrap_or(0).min(8);
        Some((level, self.beside.numbering.count(&named.0, level)?))
    }

    fn inlines(&mut self, parent: &'p Element<'p>, look: &Look) {
        for element in parent.elements() {
            match element.tag() {
                ("w", "r") => self.run(element, look),
                ("w", "hyperlink") => {
                    let target = element.attribute("r", "id").and_then(|id| self.beside.links.get(id));
                    let link = target.and_then(|target| address(target)).or_else(|| look.link.clone());
                    self.inlines(element, &Look { link, ..look.clone() });
                }
                ("w", "fldSimple") => {
                    let link = element.attribute("w", "instr").and_then(super::fields::link);
                    let link = link.or_else(|| look.link.clone());
                    self.inlines(element, &Look { link, ..look.clone() });
                }
                ("w", "rt") => {}
                ("w", "txbxContent") => self.boxes.push(element),
                ("w", "p" | "tbl") => {}
                ("mc", "AlternateContent") => {
                    if let Some(choice) = choice(element) {
                        self.inlines(choice, look);
                    }
                }
                ("m", "oMath") => self.write(look, &formula::of_element(element)),
                _ if is_aside(element) => {}
                _ => self.inlines(element, look),
            }
        }
    }

    fn run(&mut self, run: &'p Element<'p>, around: &Look) {
        let properties = run.first("w", "rPr");
        let style = properties.and_then(|p| value(p, "rStyle")).and_then(|id| self.beside.styles.get(id));
        let set = |name: &str, styled: Option<bool>| properties.and_then(|p| toggle(p, name)).or(styled) == Some(true);
        let hidden = set("vanish", style.and_then(|style| style.hidden).or(self.style.hidden));
        let look = Look {
            link: around.link.clone(),
            strong: !self.text.is_heading() && set("b", style.and_then(|style| style.strong)),
            emphasis: set("i", style.and_then(|style| style.emphasis)),
            code: !self.style.code && style.is_some_and(|style| style.code),
            raised: properties.and_then(|p| value(p, "vertAlign")).and_then(|place| match place {
                "superscript" => Some(true),
                "subscript" => Some(false),
                _ => None,
            }),
        };
        let font = properties.and_then(|p| p.first("w", "rFonts")).and_then(|fonts| fonts.attribute("w", "ascii"));
        self.pieces(run, &look, hidden, font);
    }

    fn pieces(&mut self, run: &'p Element<'p>, look: &Look, hidden: bool, font: Option<&str>) {
        for piece in run.elements() {
            match piece.tag() {
                ("w", "fldChar") => self.fields.sign(piece.attribute("w", "fldCharType").unwrap_or_default()),
                ("w", "instrText") => self.fields.instruct(&piece.text()),
                ("w", "lastRenderedPageBreak") => self.turned_by_layout(),
                ("w", "br") if piece.attribute("w", "type") == Some("page") => self.turn(),
                _ if hidden => {}
                ("w", "t") => {
                    for node in &piece.nodes {
                        let Node::Text(words) = node else { continue };
                        match font {
                            Some(font) if words.contains(|c| matches!(c, '\u{f000}'..='\u{f0ff}')) => {
                                let signs = words.chars().map(|c| symbols::meaning(font, c as u32).unwrap_or(c));
                                let signs: String = signs.collect();
                                self.write(look, &signs);
                            }
                            _ => self.write(look, words),
                        }
                    }
                }
                ("w", "tab" | "ptab") => self.write(look, "\t"),
                ("w", "br" | "cr") => self.write(look, "\n"),
                ("w", "noBreakHyphen") => self.write(look, "\u{2011}"),
                ("w", "softHyphen") => self.write(look, "\u{ad}"),
                (space, "sym" | "symEx") if matches!(space, "w" | "w16se") => {
                    let font = piece.attribute(space, "font").unwrap_or_default();
                    let number = piece.attribute(space, "char").and_then(|char| u32::from_str_radix(char, 16).ok());
                    let sign = number.and_then(|n| symbols::meaning(font, n).or_else(|| ordinary(n)));
                    self.write(look, sign.unwrap_or('\u{fffd}').encode_utf8(&mut [0; 4]));
                }
                ("w", "footnoteReference") => self.call(piece, true),
                ("w", "endnoteReference") => self.call(piece, false),
                ("w", "ruby") => {
                    if let Some(base) = piece.first("w", "rubyBase") {
                        self.inlines(base, look);
                    }
                }
                ("mc", "AlternateContent") => {
                    if let Some(choice) = choice(piece) {
                        self.pieces(choice, look, hidden, font);
                    }
                }
                ("w", "drawing" | "pict" | "object") => self.find_boxes(piece),
                ("m", "oMath") => self.write(look, &formula::of_element(piece)),
                ("w", "r") => self.run(piece, look),
                ("w", "txbxContent") => self.boxes.push(piece),
                // What else stands in a run is no text; elements of others wrap what is.
                ("w", _) => {}
                _ => self.pieces(piece, look, hidden, font),
            }
        }
    }

    fn find_boxes(&mut self, parent: &'p Element<'p>) {
        for element in parent.elements() {
            match element.tag() {
                ("w", "txbxContent") => self.boxes.push(element),
                ("mc", "AlternateContent") => {
                    if let Some(choice) = choice(element) {
                        self.find_boxes(choice);
                    }
                }
                _ => self.find_boxes(element),
            }
        }
    }

    fn write(&mut self, look: &Look, words: &str) {
        if words.is_empty() || !self.fields.shows() {
            return;
        }
        let blank = !words.contains(|c: char| !c.is_whitespace());
        if blank && self.pending.is_some() {
            return;
        }
        self.begin_pending();
        self.turned &= blank;
        match self.fields.link() {
            Some(link) if look.link.is_none() => {
                let look = Look { link: Some(link.to_owned()), ..look.clone() };
                self.text.write(&look, words);
            }
            _ => self.text.write(look, words),
        }
    }

    /// The call of a note: footnotes count 1, 2, 3, endnotes i, ii, iii.
    fn call(&mut self, reference: &Element<'_>, foot: bool) {
        let Some(id) = reference.attribute("w", "id").filter(|_| self.fields.shows()) else { return };
        let notes = if foot { &self.beside.footnotes } else { &self.beside.endnotes };
        let Some(&note) = notes.get(id) else { return };
        let label = match self.labels.get(&(foot, id.to_owned())) {
            Some(label) => label.clone(),
            None => {
                let count = &mut self.counts[usize::from(foot)];
                *count += 1;
                let label =
                    if foot { count.to_string() } else { crate::import::numerals::Numerals::LowerRoman.spell(*count) };
                self.labels.insert((foot, id.to_owned()), label.clone());
                self.calls.push(Called { note, label: label.clone() });
                label
            }
        };
        self.begin_pending();
        self.text.call(&label);
    }

    /// A page was turned when Word laid the text out, unless that is what was done by hand just before.
    fn turned_by_layout(&mut self) {
        if !std::mem::take(&mut self.turned) && !self.text.is_note() {
            self.text.draft.turn_page();
        }
    }

    /// A page is turned by hand.
    fn turn(&mut self) {
        if !self.text.is_note() && self.fields.shows() {
            self.text.draft.turn_page();
            self.turned = true;
        }
    }

    fn table(&mut self, table: &'p Element<'p>) {
        self.settle();
        let mut rows = Vec::new();
        gather(table, "tr", &mut rows);
        let rows: Vec<TableRow<'p>> = rows.into_iter().filter(|row| !is_struck(row, "trPr", "del")).map(row).collect();
        let flat = !self.text.is_text() || rows.iter().all(|row| row.cells.len() < 2);
        if flat {
            // A frame around paragraphs, or a table inside a cell or a note: its words in their order.
            for cell in rows.into_iter().flat_map(|row| row.cells) {
                if !goes_on(cell) {
                    self.blocks(cell);
                    self.settle();
                }
            }
            return;
        }
        self.text.close();
        for row in rows {
            self.text.enter_row();
            for _ in 0..row.before {
                self.text.enter_cell();
            }
            for cell in row.cells {
                self.text.enter_cell();
                if !goes_on(cell) {
                    self.blocks(cell);
                    self.settle();
                }
                let span = cell.first("w", "tcPr").and_then(|p| value(p, "gridSpan")).and_then(|n| n.parse().ok());
                self.text.leave_cell(span.unwrap_or(1).min(MAX_SPAN));
            }
            self.text.leave_row();
        }
        self.text.leave_table();
    }
}

/// A row with the cells that nobody deleted.
fn row<'p>(row: &'p Element<'p>) -> TableRow<'p> {
    let mut cells = Vec::new();
    gather(row, "tc", &mut cells);
    cells.retain(|cell| !is_struck(cell, "tcPr", "cellDel"));
    let before = row.first("w", "trPr").and_then(|properties| value(properties, "gridBefore"));
    TableRow { before: before.and_then(|columns| columns.parse().ok()).unwrap_or(0).min(MAX_SPAN), cells }
}

/// Whether the properties of a row or a cell say that it was deleted.
fn is_struck(element: &Element<'_>, properties: &str, sign: &str) -> bool {
    element.first("w", properties).is_some_and(|properties| properties.first("w", sign).is_some())
}

/// Whether an element is no part of the text that is seen: what was deleted or moved away, and properties.
fn is_aside(element: &Element<'_>) -> bool {
    match element.tag() {
        ("w", "del" | "moveFrom" | "delText" | "docPartObj") => true,
        ("w" | "m", name) => name.ends_with("Pr") || name.ends_with("PrEx") || name.ends_with("PrChange"),
        _ => false,
    }
}

/// Whether each section of a text begins on a page of its own. What a section is like is said at its end.
fn find_sections(parent: &Element<'_>, found: &mut Vec<bool>) {
    for element in parent.elements() {
        let section = match element.tag() {
            ("w", "p") => element.first("w", "pPr").and_then(|properties| properties.first("w", "sectPr")),
            ("w", "sectPr") => Some(element),
            ("mc", "AlternateContent") => {
                choice(element).into_iter().for_each(|choice| find_sections(choice, found));
                None
            }
            ("w", "tbl" | "altChunk") => None,
            _ if is_aside(element) => None,
            _ => {
                find_sections(element, found);
                None
            }
        };
        if let Some(section) = section {
            found.push(!matches!(value(section, "type"), Some("continuous" | "nextColumn")));
        }
    }
}

/// Rows or cells, also those in content controls, insertions and whatever else wraps them.
fn gather<'p>(parent: &'p Element<'p>, name: &str, found: &mut Vec<&'p Element<'p>>) {
    for element in parent.elements() {
        match element.tag() {
            ("w", tag) if tag == name => found.push(element),
            ("w", "p" | "tbl" | "tr" | "tc") => {}
            ("mc", "AlternateContent") => {
                if let Some(choice) = choice(element) {
                    gather(choice, name, found);
                }
            }
            _ if is_aside(element) => {}
            _ => gather(element, name, found),
        }
    }
}

/// Whether a cell is the lower part of one that is merged over rows.
fn goes_on(cell: &Element<'_>) -> bool {
    let merge = cell.first("w", "tcPr").and_then(|properties| properties.first("w", "vMerge"));
    merge.is_some_and(|merge| merge.attribute("w", "val").unwrap_or("continue") == "continue")
}

/// What is shown of alternatives: the first of which all is understood, else what stands in for them. One in which there
/// is nothing to read gives way to a stand-in in which there is.
fn choice<'p>(alternatives: &'p Element<'p>) -> Option<&'p Element<'p>> {
    let readable = |element: &Element<'p>| {
        element.holds(&|inner| matches!(inner.tag(), ("w", "t" | "sym") | ("w16se", "symEx") | ("m", "t")))
    };
    let stand_in = alternatives.first("mc", "Fallback");
    let understood = |choice: &&Element<'p>| {
        let required = choice.attribute("", "Requires").unwrap_or_default();
        choice.is("mc", "Choice") && !required.split(' ').any(|space| space == "?")
    };
    let first = alternatives.elements().find(understood);
    match (first, stand_in) {
        (Some(first), Some(stand_in)) if !readable(first) && readable(stand_in) => Some(stand_in),
        (first, stand_in) => first.or(stand_in).or_else(|| alternatives.first("mc", "Choice")),
    }
}

/// The character of a number outside the range that symbol fonts use.
fn ordinary(number: u32) -> Option<char> {
    char::from_u32(number).filter(|sign| !matches!(number, 0xe000..=0xf8ff) && !sign.is_control())
}
