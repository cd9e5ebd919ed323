//! From the elements of pages to a draft: blocks, spans, tables, footnotes and page marks in reading order.
//!
//! White space collapses as in a browser; soft hyphens and stray byte order marks, which no reader sees, are left out. A table that only
//! arranges a page is read cell by cell, one that holds figures row by row. An image is nothing, but for one that stands
//! for a letter or a sign. Deliberately absent: the choice of what is read (`Leaf::keep`), list numbers, and colours.

use super::address;
use super::draft::Draft;
use super::notes::{self, Notes, Place};
use super::table::Table;
use super::tree::Tree;
use crate::structure::{BlockKind, SpanKind};
use std::collections::HashMap;

/// A heading that is longer is a part of the text whose end tag was forgotten, in characters.
const MAX_HEADING: usize = 500;

/// Longest alternative text of an image that stands for a letter or a sign, in characters.
const MAX_SIGN: usize = 3;

/// One page of a set, and what of it is read.
pub(super) struct Leaf {
    /// Where it stands among the others; for a page alone its address, or empty.
    pub(super) path: String,
    /// Whether relative addresses lead to other leaves and are not shown.
    pub(super) bound: bool,
    /// Its elements.
    pub(super) tree: Tree,
    /// For each node whether a reader sees it.
    pub(super) shown: Vec<bool>,
    /// For each node whether it is read; part of `shown`.
    pub(super) keep: Vec<bool>,
}

/// What a table of contents knows about places in the pages.
#[derive(Default)]
pub(super) struct Marks {
    /// Where a page of the printed book begins, and what it is called.
    pub(super) pages: HashMap<Place, String>,
    /// Paragraphs that are headings, and of which level.
    pub(super) headings: HashMap<Place, u8>,
}

/// What ends with an element.
enum Exit {
    Span,
    Quoted,
    Block,
    Heading,
    Code,
    /// A quotation, list or item of the draft.
    Container,
    /// An item that stood in no list.
    LooseItem,
    Row,
    Table,
}

struct Span {
    kind: SpanKind,
    target: Option<String>,
    begun: bool,
}

/// Writes pages into a draft.
pub(super) struct Flow<'a> {
    leaves: &'a [Leaf],
    notes: &'a Notes,
    marks: &'a Marks,
    draft: Draft,
    spans: Vec<Span>,
    tables: Vec<Table>,
    /// White space that shows when a word follows.
    space: bool,
    /// Line breaks since the last word.
    breaks: usize,
    /// Whether the line has words.
    begun: bool,
    /// Depth of headings and rows, in which blocks are only parted by a blank.
    single: usize,
    /// Depth of preformatted text.
    code: usize,
    /// Pages that begin with the next word.
    pages: Vec<String>,
    /// The sign that a note repeats before its first word.
    sign: Option<&'a str>,
    in_note: bool,
}

impl<'a> Flow<'a> {
    /// A flow with nothing in it yet.
    pub(super) fn new(leaves: &'a [Leaf], notes: &'a Notes, marks: &'a Marks) -> Flow<'a> {
        Flow {
            leaves,
            notes,
            marks,
            draft: Draft::default(),
            spans: Vec::new(),
            tables: Vec::new(),
            space: false,
            breaks: 0,
            begun: false,
            single: 0,
            code: 0,
            pages: Vec::new(),
            sign: None,
            in_note: false,
        }
    }

    /// Adds a heading that no page has.
    pub(super) fn heading(&mut self, level: u8, words: &str) {
        self.boundary();
        self.draft.open(BlockKind::Heading, level);
        self.words(words);
        self.boundary();
    }

    /// Adds what is kept of a leaf.
    pub(super) fn leaf(&mut self, page: usize) {
        self.walk((page, 0), false);
        self.boundary();
    }

    /// Adds the notes below, and gives the draft away.
    pub(super) fn finish(mut self) -> Draft {
        let mut below = Flow::new(self.leaves, self.notes, self.marks);
        below.in_note = true;
        for note in &self.notes.notes {
            below.draft.enter_note(&note.label);
            below.sign = Some(&note.sign);
            below.walk(note.body, true);
            below.boundary();
            below.draft.leave();
        }
        self.boundary();
        for label in self.pages.drain(..) {
            self.draft.page(&label);
        }
        self.draft.append(below.draft);
        self.draft
    }

    /// Walks through the descendants of a place. With `all`, what is seen is read whether it is kept or not.
    fn walk(&mut self, (page, root): Place, all: bool) {
        let leaf = &self.leaves[page];
        let tree = &leaf.tree;
        let read = |node: usize| if all { leaf.shown[node] || !leaf.shown[root] } else { leaf.keep[node] };
        let mut open: Vec<(usize, Exit)> = Vec::new();
        let mut node = root + 1;
        while node < tree.nodes[root].end {
            while open.last().is_some_and(|&(end, _)| end <= node) {
                let exit = open.pop();
                self.leave(exit.map(|(_, exit)| exit));
            }
            let end = tree.nodes[node].end;
            if !all && self.notes.bodies.contains(&(page, node)) {
                self.boundary();
                node = end;
                continue;
            }
            if !read(node) {
                node += 1;
                continue;
            }
            if let Some(text) = tree.text(node) {
                self.words(text);
                node += 1;
                continue;
            }
            if self.whole(leaf, (page, node)) {
                node = end;
                continue;
            }
            if let Some(exit) = self.enter(leaf, (page, node)) {
                open.push((end, exit));
            }
            node += 1;
        }
        while let Some((_, exit)) = open.pop() {
            self.leave(Some(exit));
        }
    }

    /// Takes an element that is read as one thing: a call, a page mark, a link back, a line break, an image.
    fn whole(&mut self, leaf: &Leaf, place: Place) -> bool {
        let tree = &leaf.tree;
        let node = place.1;
        if let Some(&note) = self.notes.calls.get(&place) {
            self.before_word();
            self.draft.call(&self.notes.notes[note].label);
            self.begun = true;
            return true;
        }
        if let Some(label) = self.marks.pages.get(&place) {
            self.pages.push(label.clone());
            if notes::is(leaf, node, &["pagebreak", "doc-pagebreak"]) {
                return true;
            }
        }
        match tree.name(node) {
            "br" => match (self.code, self.single) {
                (0, 0) => self.breaks += 1,
                (0, _) => self.space = true,
                _ => self.draft.push("\n"),
            },
            "hr" => {
                if notes::is(leaf, node, &["pagebreak", "doc-pagebreak"]) {
                    self.page(leaf, node);
                } else {
                    self.boundary();
                    if self.single == 0 && self.code == 0 && !self.in_note {
                        self.draft.rule();
                    }
                }
            }
            "img" => {
                let alternative = tree.attribute(node, "alt").unwrap_or_default();
                let class = tree.attribute(node, "class").unwrap_or_default();
                let sign = alternative.chars().count() <= MAX_SIGN || class.contains("math") || class.contains("tex");
                if sign {
                    self.words(alternative);
                }
            }
            "math" => match tree.attribute(node, "alttext") {
                Some(formula) => self.words(formula),
                None => return false,
            },
            "a" if self.in_note && notes::is_way_back(leaf, node) => {}
            _ if self.in_note && tree.attribute(node, "class").is_some_and(|class| class.contains("backlink")) => {}
            _ if notes::is(leaf, node, &["pagebreak", "doc-pagebreak"]) => self.page(leaf, node),
            _ => return false,
        }
        true
    }

    fn page(&mut self, leaf: &Leaf, node: usize) {
        let attribute = |name| leaf.tree.attribute(node, name).map(str::trim).filter(|value| !value.is_empty());
        let words = leaf.tree.words(node);
        let label = attribute("title").or_else(|| attribute("aria-label")).unwrap_or(&words);
        let label = label.trim_start_matches("Page ").trim_start_matches("page ").trim_matches(['.', ' ']);
        if !label.is_empty() && !self.in_note {
            self.pages.push(label.to_owned());
        }
    }

    fn enter(&mut self, leaf: &Leaf, place: Place) -> Option<Exit> {
        let tree = &leaf.tree;
        let node = place.1;
        let name = tree.name(node);
        match name {
            "em" | "i" | "cite" | "var" | "dfn" => return self.stress(tree, node, Some(SpanKind::Emphasis)),
            "strong" | "b" => return self.stress(tree, node, Some(SpanKind::Strong)),
            "code" | "kbd" | "samp" | "tt" if self.code == 0 => return Some(self.span(SpanKind::Code, None)),
            "a" => {
                let href = tree.attribute(node, "href")?;
                let inner = leaf.bound && !address::is_absolute(href);
                let own = href.split_once('#').is_some_and(|(file, _)| file == leaf.path);
                let target = (!inner && !own).then(|| address::shown(&leaf.path, href)).flatten()?;
                return Some(self.span(SpanKind::Link, Some(target)));
            }
            "q" => {
                self.words("“");
                return Some(Exit::Quoted);
            }
            "span" | "font" | "small" | "u" | "s" | "del" | "ins" | "mark" | "abbr" | "sub" | "sup" | "time"
            | "bdi" | "bdo" | "label" | "big" | "strike" | "ruby" | "rb" | "data" | "code" | "kbd" | "samp" | "tt" => {
                let block = tree.attribute(node, "style").is_some_and(|style| {
                    let style = style.replace(' ', "").to_ascii_lowercase();
                    style.contains("display:block") || style.contains("display:table") || style.contains("display:flex")
                });
                if block {
                    self.boundary();
                    return Some(Exit::Block);
                }
                return self.stress(tree, node, None);
            }
            _ if !is_block(name) => return None,
            _ => {}
        }
        self.boundary();
        if self.single > 0 || self.code > 0 {
            if matches!(name, "td" | "th") && self.tables.last().is_some_and(|table| table.owns(tree, node)) {
                self.cell(tree, node);
            }
            return Some(Exit::Block);
        }
        // A footnote is paragraphs, whatever they stand in.
        if self.in_note {
            return Some(Exit::Block);
        }
        Some(match name {
            "ul" | "ol" | "menu" | "dir" => {
                self.draft.enter_list();
                Exit::Container
            }
            "li" if tree.ancestors(node).take(2).any(|up| matches!(tree.name(up), "ul" | "ol" | "menu" | "dir")) => {
                self.draft.enter_item();
                Exit::Container
            }
            "li" => {
                self.draft.enter_list();
                self.draft.enter_item();
                Exit::LooseItem
            }
            "blockquote" => {
                self.draft.enter_quote();
                Exit::Container
            }
            "pre" | "listing" | "xmp" | "plaintext" => {
                self.draft.open(BlockKind::Code, 0);
                self.code += 1;
                Exit::Code
            }
            "table" => {
                self.tables.push(Table::new(leaf, node));
                Exit::Table
            }
            "tr" if self.tables.last().is_some_and(|table| table.owns(tree, node)) => {
                self.draft.enter_row();
                self.single += 1;
                if let Some(table) = self.tables.last_mut() {
                    table.enter_row();
                }
                Exit::Row
            }
            _ => match self.marks.headings.get(&place).copied().or_else(|| heading(tree, node)) {
                Some(level) if tree.words(node).chars().count() <= MAX_HEADING => {
                    self.draft.open(BlockKind::Heading, level);
                    self.single += 1;
                    Exit::Heading
                }
                _ => Exit::Block,
            },
        })
    }

    fn leave(&mut self, exit: Option<Exit>) {
        match exit {
            None => {}
            Some(Exit::Span) => {
                let span = self.spans.pop();
                if span.is_some_and(|span| span.begun) {
                    self.draft.end();
                }
            }
            Some(Exit::Quoted) => {
                self.space &= !self.begun;
                self.words("”");
            }
            Some(Exit::Block) => self.boundary(),
            Some(Exit::Heading) => {
                self.single -= 1;
                self.boundary();
            }
            Some(Exit::Code) => {
                self.code -= 1;
                self.boundary();
            }
            Some(Exit::Container) => {
                self.boundary();
                self.draft.leave();
            }
            Some(Exit::LooseItem) => {
                self.boundary();
                self.draft.leave();
                self.draft.leave();
            }
            Some(Exit::Row) => {
                self.single -= 1;
                self.boundary();
                self.draft.leave_row();
                if let Some(table) = self.tables.last_mut() {
                    table.leave_row();
                }
            }
            Some(Exit::Table) => {
                self.boundary();
                if self.tables.pop().is_some_and(|table| table.data) {
                    self.draft.leave_table();
                }
            }
        }
    }

    /// Begins a cell of the open row, after the columns that cells above take.
    fn cell(&mut self, tree: &Tree, node: usize) {
        self.end_spans();
        let Some(table) = self.tables.last_mut() else { return };
        for _ in 0..table.enter_cell(tree, node) {
            self.draft.cell();
        }
        self.space = false;
        self.begun = false;
    }

    /// Begins a span for what the element or its style stresses.
    fn stress(&mut self, tree: &Tree, node: usize, by_name: Option<SpanKind>) -> Option<Exit> {
        let mut kind = by_name;
        if let Some(style) = tree.attribute(node, "style") {
            let style = style.replace(' ', "").to_ascii_lowercase();
            let says = |words: &[&str]| words.iter().any(|word| style.contains(word));
            if says(&["font-weight:bold", "font-weight:700", "font-weight:600", "font-weight:800"]) {
                kind = Some(SpanKind::Strong);
            } else if says(&["font-style:italic", "font-style:oblique"]) {
                kind = kind.or(Some(SpanKind::Emphasis));
            } else if says(&["font-weight:normal", "font-weight:400"]) && kind == Some(SpanKind::Strong)
                || says(&["font-style:normal"]) && kind == Some(SpanKind::Emphasis)
            {
                kind = None;
            }
        }
        Some(self.span(kind?, None))
    }

    fn span(&mut self, kind: SpanKind, target: Option<String>) -> Exit {
        self.spans.push(Span { kind, target, begun: false });
        Exit::Span
    }

    /// Ends what is being written, so that the next word begins a block; in a heading or a row it is one blank away.
    fn boundary(&mut self) {
        if self.code > 0 {
            return;
        }
        if self.single > 0 {
            self.space |= self.begun;
            return;
        }
        self.end_spans();
        self.space = false;
        self.breaks = 0;
        self.begun = false;
        if !self.draft.only_a_mark() {
            self.draft.close();
        }
    }

    /// Ends the spans in the draft; those that are still open in the page begin anew with the next word.
    fn end_spans(&mut self) {
        for span in self.spans.iter_mut().rev() {
            if std::mem::take(&mut span.begun) {
                self.draft.end();
            }
        }
    }

    /// Settles what stands between the last word and the next, and begins the spans that the next one is in.
    fn before_word(&mut self) {
        match std::mem::take(&mut self.breaks) {
            0 => {}
            1 if self.begun => {
                self.draft.push("\n");
                self.space = false;
                self.begun = false;
            }
            1 => {}
            _ => self.boundary(),
        }
        if std::mem::take(&mut self.space) && self.begun {
            self.draft.push(" ");
        }
        for label in self.pages.drain(..) {
            self.draft.page(&label);
        }
        for span in &mut self.spans {
            if !span.begun {
                span.begun = true;
                self.draft.begin(span.kind, span.target.clone());
            }
        }
    }

    /// Adds text, its white space collapsed unless it is preformatted.
    fn words(&mut self, text: &str) {
        let collapses = |c: char| matches!(c, ' ' | '\t' | '\n' | '\r' | '\u{c}');
        if self.code > 0 {
            self.before_word();
            self.draft.push(&text.replace(unseen, ""));
            return;
        }
        let mut text = text;
        let trimmed = text.trim_start_matches(collapses);
        self.space |= trimmed.len() < text.len();
        text = trimmed;
        if let Some(sign) = self.sign {
            // The note's own mark is there already.
            text = notes::without_sign(text, sign);
            if text.is_empty() {
                return;
            }
            self.sign = None;
        }
        if text.trim_start_matches(unseen).is_empty() {
            return;
        }
        self.before_word();
        let mut line = String::with_capacity(text.len());
        for character in text.chars() {
            if collapses(character) {
                self.space = true;
            } else if !unseen(character) {
                if std::mem::take(&mut self.space) {
                    line.push(' ');
                }
                line.push(character);
            }
        }
        self.begun |= !line.is_empty();
        self.draft.push(&line);
    }
}

/// Characters that no reader sees: the soft hyphen, and a byte order mark that was left inside.
fn unseen(character: char) -> bool {
    matches!(character, '\u{ad}' | '\u{feff}')
}

fn is_block(name: &str) -> bool {
    matches!(
        name,
        "address"
            | "article"
            | "aside"
            | "blockquote"
            | "body"
            | "caption"
            | "center"
            | "dd"
            | "details"
            | "dialog"
            | "dir"
            | "div"
            | "dl"
            | "dt"
            | "fieldset"
            | "figcaption"
            | "figure"
            | "footer"
            | "form"
            | "h1"
            | "h2"
            | "h3"
            | "h4"
            | "h5"
            | "h6"
            | "header"
            | "hgroup"
            | "html"
            | "legend"
            | "li"
            | "listing"
            | "main"
            | "menu"
            | "nav"
            | "ol"
            | "p"
            | "plaintext"
            | "pre"
            | "search"
            | "section"
            | "summary"
            | "table"
            | "tbody"
            | "td"
            | "tfoot"
            | "th"
            | "thead"
            | "tr"
            | "ul"
            | "xmp"
    )
}

fn heading(tree: &Tree, node: usize) -> Option<u8> {
    match tree.name(node) {
        "h1" => Some(1),
        "h2" => Some(2),
        "h3" => Some(3),
        "h4" => Some(4),
        "h5" => Some(5),
        "h6" => Some(6),
        _ if tree.attribute(node, "role") == Some("heading") => {
            Some(tree.attribute(node, "aria-level").and_then(|level| level.parse().ok()).unwrap_or(2).clamp(1, 6))
        }
        _ => None,
    }
}
