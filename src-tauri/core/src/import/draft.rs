//! A clean text in the making: an importer says what comes next, the draft keeps text, blocks, spans and pages in step.
//!
//! Blocks are parted by an empty line, the items of one list and the rows of one table by a line end; table cells are
//! parted by a tab, so that a copied row pastes into a spreadsheet. Deliberately absent: what any format looks like.

use super::{length, one_line};
use crate::structure::{Block, BlockKind, Page, Span, SpanKind, Structure};

/// What parts the cells of a table row.
const CELL: char = '\t';

/// How a rule looks in the clean text.
const RULE: &str = "* * *";

/// What a paragraph stands in.
enum Container {
    Quote,
    List,
    /// `fresh` until the item has its first block.
    Item {
        fresh: bool,
    },
    /// The paragraphs of a footnote.
    Note,
}

/// A clean text in the making. All positions count code points of the text so far.
#[derive(Default)]
pub(super) struct Draft {
    text: String,
    length: u32,
    blocks: Vec<Block>,
    spans: Vec<Span>,
    pages: Vec<Page>,
    containers: Vec<Container>,
    /// The block being filled: where it starts, and what it is.
    open: Option<(u32, BlockKind, u8)>,
    /// Spans being filled: where they start, what they are, their target.
    pending: Vec<(u32, SpanKind, Option<String>)>,
    /// Parts the next block from what is there.
    gap: &'static str,
    cells: usize,
}

impl Draft {
    /// What was read elsewhere, to be put into another draft. Its notes become paragraphs and their signs plain words,
    /// for they count by themselves; so do its pages, which go.
    pub(super) fn of(text: String, structure: Structure) -> Draft {
        let plain = |block: Block| match block.kind {
            BlockKind::Note => Block { kind: BlockKind::Paragraph, ..block },
            _ => block,
        };
        let own = |span: &Span| !matches!(span.kind, SpanKind::Call | SpanKind::Mark);
        Draft {
            length: length(&text),
            text,
            blocks: structure.blocks.into_iter().map(plain).collect(),
            spans: structure.spans.into_iter().filter(own).collect(),
            ..Draft::default()
        }
    }

    /// Whether the open block has nothing in it yet but the mark of a footnote.
    pub(super) fn only_a_mark(&self) -> bool {
        let mark = self.spans.last().filter(|span| span.kind == SpanKind::Mark);
        matches!((self.open, mark), (Some((start, BlockKind::Note, _)), Some(mark)) if mark.start == start && mark.end + 1 == self.length)
    }

    /// Adds words to the open block, or to a fresh one of the kind that belongs here.
    pub(super) fn push(&mut self, text: &str) {
        self.ensure();
        self.append_text(text);
    }

    /// Opens the block that plain words belong to here, unless one is open.
    pub(super) fn ensure(&mut self) {
        if self.open.is_some() {
            return;
        }
        let depth = |quote: bool| {
            let same =
                |c: &&Container| if quote { matches!(c, Container::Quote) } else { matches!(c, Container::List) };
            self.containers.iter().filter(same).count().min(u8::MAX as usize) as u8
        };
        let (kind, level) = match self.containers.last() {
            Some(Container::Note) => (BlockKind::Note, 0),
            Some(Container::Quote) => (BlockKind::Quote, depth(true)),
            // The list around an item may have been left out.
            Some(Container::Item { fresh: true }) => (BlockKind::Item, depth(false).max(1)),
            Some(Container::Item { fresh: false }) if depth(true) > 0 => (BlockKind::Quote, depth(true)),
            _ => (BlockKind::Paragraph, 0),
        };
        self.open(kind, level);
    }

    /// Begins a block of this kind; an open one must have been closed.
    pub(super) fn open(&mut self, kind: BlockKind, level: u8) {
        let mut gap = if self.gap.is_empty() { "\n\n" } else { self.gap };
        self.gap = "\n\n";
        if let Some(Container::Item { fresh }) = self.containers.last_mut() {
            if *fresh
                && level > 1
                && kind == BlockKind::Item
                && self.blocks.last().is_some_and(|block| block.kind == BlockKind::Item)
            {
                gap = "\n";
            }
            *fresh = false;
        }
        if !self.blocks.is_empty() {
            self.append_text(gap);
        }
        self.open = Some((self.length, kind, level));
    }

    /// Ends the open block and takes the white space off its edges, except for the indent of code and empty first cells.
    pub(super) fn close(&mut self) {
        let Some((start, kind, level)) = self.open.take() else { return };
        let from = self.text.len()
            - self.text.chars().rev().take((self.length - start) as usize).map(char::len_utf8).sum::<usize>();
        let body = &self.text[from..];
        let trimmed = body.trim_end();
        self.length -= length(&body[trimmed.len()..]);
        let lead = if kind == BlockKind::Code {
            let blank_lines = body.len() - body.trim_start_matches('\n').len();
            length(&body[..blank_lines.min(trimmed.len())])
        } else if kind == BlockKind::Row {
            // The empty cells before the first words keep these in their column.
            length(&body[..body.len() - body.trim_start_matches(|c: char| c != CELL && c.is_whitespace()).len()])
        } else {
            length(&body[..body.len() - body.trim_start().len()])
        };
        let keep = from + trimmed.len();
        let empty = trimmed.is_empty();
        self.text.truncate(keep);
        if empty {
            // Nothing was said: the gap before it goes too.
            let kept = self.blocks.last().map_or(0, |block| block.end);
            let surplus = self.length - kept;
            for _ in 0..surplus {
                self.text.pop();
            }
            self.length = kept;
            return;
        }
        self.blocks.push(Block { start: start + lead, end: self.length, kind, level });
    }

    /// Begins a span; spans nest, and [`Draft::end`] ends the innermost.
    pub(super) fn begin(&mut self, kind: SpanKind, target: Option<String>) {
        self.ensure();
        self.pending.push((self.length, kind, target));
    }

    /// Ends the innermost span. A link that leads nowhere is none.
    pub(super) fn end(&mut self) {
        if let Some((start, kind, target)) = self.pending.pop()
            && start < self.length
            && (kind != SpanKind::Link || target.is_some())
        {
            self.spans.push(Span { start, end: self.length, kind, target });
        }
    }

    /// Words that are one span.
    pub(super) fn push_as(&mut self, kind: SpanKind, target: Option<String>, text: &str) {
        self.begin(kind, target);
        self.append_text(text);
        self.end();
    }

    /// A rule between paragraphs.
    pub(super) fn rule(&mut self) {
        self.close();
        self.open(BlockKind::Break, 0);
        self.append_text(RULE);
        self.close();
    }

    /// Begins a quotation; what follows belongs to it until [`Draft::leave`].
    pub(super) fn enter_quote(&mut self) {
        self.close();
        self.containers.push(Container::Quote);
    }

    /// Begins a list.
    pub(super) fn enter_list(&mut self) {
        self.close();
        self.containers.push(Container::List);
    }

    /// Begins an item of the innermost list.
    pub(super) fn enter_item(&mut self) {
        self.close();
        self.containers.push(Container::Item { fresh: true });
    }

    /// Begins a footnote: its mark, then its paragraphs until [`Draft::leave`]. Meant for a draft of its own, which
    /// [`Draft::append`] puts below the running text.
    pub(super) fn enter_note(&mut self, label: &str) {
        self.close();
        self.containers.push(Container::Note);
        self.sign(SpanKind::Mark, label);
        self.append_text(" ");
    }

    /// The sign that calls a footnote.
    pub(super) fn call(&mut self, label: &str) {
        self.sign(SpanKind::Call, label);
    }

    /// A label of characters that are seen: one for each of the source's, so that two labels stay two.
    fn sign(&mut self, kind: SpanKind, label: &str) {
        let label = label.replace(char::is_control, "\u{fffd}");
        let shown = format!("[{label}]");
        self.push_as(kind, Some(label), &shown);
    }

    /// Ends the innermost quotation, list, item or footnote.
    pub(super) fn leave(&mut self) {
        self.close();
        match self.containers.pop() {
            Some(Container::Item { .. }) => self.gap = "\n",
            // A nested list ends inside its item, whose next neighbour is one line away.
            Some(Container::List) => {
                self.gap = if matches!(self.containers.last(), Some(Container::Item { .. })) { "\n" } else { "\n\n" };
            }
            _ => {}
        }
    }

    /// Opens an item of a list that the source does not enclose: it joins the item before it.
    pub(super) fn item(&mut self, level: u8) {
        self.close();
        if self.blocks.last().is_some_and(|block| block.kind == BlockKind::Item) {
            self.gap = "\n";
        }
        self.open(BlockKind::Item, level);
    }

    /// Begins a table row.
    pub(super) fn enter_row(&mut self) {
        self.close();
        self.cells = 0;
        self.open(BlockKind::Row, 0);
    }

    /// Begins a cell of the row.
    pub(super) fn cell(&mut self) {
        if self.cells > 0 {
            self.text.push(CELL);
            self.length += 1;
        }
        self.cells += 1;
    }

    /// Ends the row; the next one stands on the next line.
    pub(super) fn leave_row(&mut self) {
        self.close();
        self.gap = "\n";
    }

    /// Ends a table.
    pub(super) fn leave_table(&mut self) {
        self.gap = "\n\n";
    }

    /// A page of the source begins here; a paragraph may be open and runs on. Without a name it is none.
    pub(super) fn page(&mut self, label: &str) {
        let label = one_line(label);
        if !label.is_empty() {
            self.pages.push(Page { start: self.length, label });
        }
    }

    /// The source breaks to its next page here. Pages that have no names of their own count from 1.
    pub(super) fn turn_page(&mut self) {
        if self.pages.is_empty() {
            self.pages.push(Page { start: 0, label: "1".into() });
        }
        self.page(&(self.pages.len() + 1).to_string());
    }

    /// Numeric references can name characters that a canonical text has not: they get its repairs, one for one. A
    /// heading and a row are one line each, and nothing but a cell's end is a tab in a row.
    fn append_text(&mut self, text: &str) {
        let line = matches!(self.open, Some((_, BlockKind::Heading | BlockKind::Row, _)));
        if text.contains(['\r', '\0']) || line && text.contains(['\n', CELL]) {
            self.text.extend(text.chars().map(|c| match c {
                '\r' | '\n' | CELL if line => ' ',
                '\r' => '\n',
                '\0' => '\u{fffd}',
                c => c,
            }));
        } else {
            self.text.push_str(text);
        }
        self.length += length(text);
    }

    /// Adds another draft below this one.
    pub(super) fn append(&mut self, mut other: Draft) {
        self.close();
        other.close();
        if other.blocks.is_empty() {
            return;
        }
        if !self.blocks.is_empty() {
            self.append_text("\n\n");
        }
        let shift = self.length;
        self.append_text(&other.text);
        self.blocks.extend(other.blocks.into_iter().map(|b| Block { start: b.start + shift, end: b.end + shift, ..b }));
        self.spans.extend(other.spans.into_iter().map(|s| Span { start: s.start + shift, end: s.end + shift, ..s }));
        self.pages.extend(other.pages.into_iter().map(|p| Page { start: p.start + shift, ..p }));
    }

    /// The words of the first heading of level 1, white space folded; empty when there is none.
    pub(super) fn first_title(&self) -> String {
        let Some(heading) = self.blocks.iter().find(|block| block.kind == BlockKind::Heading && block.level == 1)
        else {
            return String::new();
        };
        let words = self.text.chars().skip(heading.start as usize).take((heading.end - heading.start) as usize);
        words.collect::<String>().split_whitespace().collect::<Vec<_>>().join(" ")
    }

    /// The finished text; every span kept inside its block, every page moved to the text that it begins with.
    pub(super) fn finish(mut self) -> (String, Structure) {
        self.close();
        let blocks = self.blocks;
        let mut spans: Vec<Span> = self
            .spans
            .into_iter()
            .filter_map(|span| {
                let block = blocks.get(blocks.partition_point(|block| block.end <= span.start))?;
                let (start, end) = (span.start.max(block.start), span.end.min(block.end));
                (start < end).then_some(Span { start, end, ..span })
            })
            .collect();
        spans.sort_by_key(|span| (span.start, std::cmp::Reverse(span.end)));
        let mut pages: Vec<Page> = self
            .pages
            .into_iter()
            .map(|page| {
                // White space at the edge of a block may have gone since: the page begins with the next word.
                let next = blocks.get(blocks.partition_point(|block| block.end <= page.start));
                let start = next.map_or(self.length, |block| page.start.max(block.start));
                Page { start, ..page }
            })
            .collect();
        pages.sort_by_key(|page| page.start);
        (self.text, Structure { blocks, spans, pages })
    }
}
