//! The running text of a DOCX, walked once from its first paragraph to the last of its notes.
//!
//! What was deleted or hidden is left out, what was inserted is kept: the text as the last person sees it who accepts
//! every change. Deliberately absent: comments, headers and footers, pictures, and what a field would show when updated.

use super::fields::Fields;
use super::numbering::Numbering;
use super::styles::{Style, Styles, list, value};
use super::toggle;
use crate::import::draft::Draft;
use crate::import::manuscript::{Manuscript, Paragraph};
use crate::import::pen::{Look, address};
use crate::import::symbols;
use crate::import::xml::{Element, Node};
use std::collections::HashMap;

/// Most cells that one merged cell counts for.
const MAX_SPAN: usize = 64;

/// What the parts beside the running text hold.
#[derive(Default)]
pub(super) struct Beside<'p> {
    pub(super) styles: Styles,
    pub(super) numbering: Numbering,
    /// The addresses of links, by the part's own ids.
    pub(super) links: HashMap<String, String>,
    pub(super) footnotes: HashMap<String, &'p Element<'p>>,
    pub(super) endnotes: HashMap<String, &'p Element<'p>>,
    /// Notes have links of their own.
    pub(super) note_links: HashMap<String, String>,
    /// Whether fields are ignored because they do not add up.
    pub(super) plain_fields: bool,
}

/// A called note: its words, its label.
struct Called<'p> {
    note: &'p Element<'p>,
    label: String,
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
    /// A page was turned by hand and no words came since.
    turned: bool,
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
            turned: false,
            calls: Vec::new(),
            labels: HashMap::new(),
            counts: [0; 2],
            boxes: Vec::new(),
        }
    }

    /// Walks the body, then the notes that it calls, in the order of their calls. False when fields did not add up.
    pub(super) fn walk(&mut self, body: &'p Element<'p>) -> bool {
        self.blocks(body);
        self.text.close();
        let whole = self.fields.add_up();
        let main = std::mem::replace(&mut self.text, Manuscript::of_notes());
        self.beside.links = std::mem::take(&mut self.beside.note_links);
        let mut at = 0;
        while let Some(called) = self.calls.get(at) {
            let (note, label) = (called.note, called.label.clone());
            self.fields = Fields::new(self.beside.plain_fields);
            self.text.enter_note(&label);
            self.joins = false;
            self.blocks(note);
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
                ("w", "sdt") => {
                    if let Some(content) = element.first("w", "sdtContent") {
                        self.blocks(content);
                    }
                }
                ("w", "ins" | "moveTo" | "customXml" | "smartTag" | "sdtContent") => self.blocks(element),
                ("mc", "AlternateContent") => {
                    if let Some(choice) = choice(element) {
                        self.blocks(choice);
                    }
                }
                _ => {}
            }
        }
    }

    fn paragraph(&mut self, paragraph: &'p Element<'p>) {
        let properties = paragraph.first("w", "pPr");
        let id = properties.and_then(|p| value(p, "pStyle"));
        let standard = &self.beside.styles.standard;
        self.style = id.and_then(|id| self.beside.styles.get(id)).unwrap_or(standard).clone();
        if properties.and_then(|p| toggle(p, "pageBreakBefore")) == Some(true) {
            self.text.close();
            self.turn();
        }
        let number = self.number(properties, id);
        if std::mem::take(&mut self.joins) {
            // The block that this one would open is open already.
        } else {
            self.begin(properties, number);
        }
        self.inlines(paragraph, &Look::default());
        let mark = properties.and_then(|p| p.first("w", "rPr"));
        let initial =
            properties.and_then(|p| p.first("w", "framePr")).and_then(|frame| frame.attribute("w", "dropCap"));
        self.joins = mark.is_some_and(|mark| mark.first("w", "del").is_some())
            || initial.is_some_and(|initial| initial != "none");
        if !self.joins {
            self.end();
        }
    }

    fn begin(&mut self, properties: Option<&Element<'_>>, number: Option<(u8, String)>) {
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

    /// Ends a paragraph, and puts the text boxes that hang on it below.
    fn end(&mut self) {
        self.text.end();
        for inner in std::mem::take(&mut self.boxes) {
            if self.text.is_text() {
                self.text.close();
            }
            self.blocks(inner);
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
                ("w", "del" | "moveFrom" | "pPr" | "rt" | "sdtPr" | "sdtEndPr") => {}
                ("w", "txbxContent") => self.boxes.push(element),
                ("w", "p" | "tbl") => {}
                ("mc", "AlternateContent") => {
                    if let Some(choice) = choice(element) {
                        self.inlines(choice, look);
                    }
                }
                ("m", "t") => {
                    let words = element.text();
                    self.write(look, &words);
                }
                ("m", "f" | "sSup" | "sSub" | "rad") => self.formula(element, look),
                _ => self.inlines(element, look),
            }
        }
    }

    /// The parts of a formula that lie on different lines, parted by the sign that says so.
    fn formula(&mut self, formula: &'p Element<'p>, look: &Look) {
        let (sign, second) = match formula.name {
            "f" => ("/", "den"),
            "sSup" => ("^", "sup"),
            "sSub" => ("_", "sub"),
            _ => ("√", "e"),
        };
        for part in formula.elements() {
            if part.is("m", second) {
                self.write(look, sign);
            }
            self.inlines(part, look);
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
                ("w", "sym") => {
                    let font = piece.attribute("w", "font").unwrap_or_default();
                    let number = piece.attribute("w", "char").and_then(|char| u32::from_str_radix(char, 16).ok());
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
                _ => {}
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
        if words.contains(|c: char| !c.is_whitespace()) {
            self.turned = false;
        }
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
        let mut rows = Vec::new();
        gather(table, "tr", &mut rows);
        let rows: Vec<Vec<&'p Element<'p>>> = rows
            .into_iter()
            .filter(|row| row.first("w", "trPr").is_none_or(|properties| properties.first("w", "del").is_none()))
            .map(|row| {
                let mut cells = Vec::new();
                gather(row, "tc", &mut cells);
                cells
            })
            .collect();
        let flat = !self.text.is_text() || rows.iter().all(|cells| cells.len() < 2);
        if flat {
            // A frame around paragraphs, or a table inside a cell or a note: its words in their order.
            for cell in rows.into_iter().flatten() {
                if !goes_on(cell) {
                    self.blocks(cell);
                }
            }
            return;
        }
        self.text.close();
        self.joins = false;
        for cells in rows {
            self.text.enter_row();
            for cell in cells {
                self.text.enter_cell();
                if !goes_on(cell) {
                    self.blocks(cell);
                }
                self.joins = false;
                let span = cell.first("w", "tcPr").and_then(|p| value(p, "gridSpan")).and_then(|n| n.parse().ok());
                self.text.leave_cell(span.unwrap_or(1).min(MAX_SPAN));
            }
            self.text.leave_row();
        }
        self.text.leave_table();
    }
}

/// Rows or cells, also those in content controls and insertions.
fn gather<'p>(parent: &'p Element<'p>, name: &str, found: &mut Vec<&'p Element<'p>>) {
    for element in parent.elements() {
        match element.tag() {
            ("w", tag) if tag == name => found.push(element),
            ("w", "sdt" | "sdtContent" | "customXml" | "ins" | "moveTo") => gather(element, name, found),
            _ => {}
        }
    }
}

/// Whether a cell is the lower part of one that is merged over rows.
fn goes_on(cell: &Element<'_>) -> bool {
    let merge = cell.first("w", "tcPr").and_then(|properties| properties.first("w", "vMerge"));
    merge.is_some_and(|merge| merge.attribute("w", "val").unwrap_or("continue") == "continue")
}

/// What is shown of alternatives: the first, which is for the newest programs.
fn choice<'p>(alternatives: &'p Element<'p>) -> Option<&'p Element<'p>> {
    alternatives.first("mc", "Choice").or_else(|| alternatives.first("mc", "Fallback"))
}

/// The character of a number outside the range that symbol fonts use.
fn ordinary(number: u32) -> Option<char> {
    char::from_u32(number).filter(|sign| !matches!(number, 0xe000..=0xf8ff) && !sign.is_control())
}
