//! Markdown: the marks become ranges, the text is left clean.
//!
//! CommonMark with tables and footnotes. Blocks are parted by an empty line, the items of one list and the rows of one
//! table by a line end; table cells are parted by a tab, so that a copied row pastes into a spreadsheet. An image is its
//! alternative text; raw HTML is shown as the text it is; a soft line end is a space and a hard one a line end; a rule
//! is the line `* * *`. A footnote is called by `[label]` and stands as a paragraph at the end. Front matter becomes
//! metadata and is no part of the text. Deliberately absent: rendering, and any fetching of what an address points to.

use super::{Metadata, length};
use crate::structure::{Block, BlockKind, Span, SpanKind, Structure};
use pulldown_cmark::{Event, HeadingLevel, Options, Parser, Tag, TagEnd};

/// How a rule looks in the clean text.
const RULE: &str = "* * *";

/// What parts the cells of a table row.
const CELL: char = '\t';

/// Reads canonical Markdown: the clean text, its structure and what the front matter says.
pub(super) fn read(source: &str) -> (String, Structure, Metadata) {
    let (mut metadata, body) = front_matter(source);
    let mut main = Draft::default();
    let mut notes = Draft::default();
    let mut in_note = false;
    for event in Parser::new_ext(body, Options::ENABLE_TABLES | Options::ENABLE_FOOTNOTES) {
        match event {
            Event::Start(Tag::FootnoteDefinition(label)) => {
                in_note = true;
                notes.prefix = format!("[{label}] ");
            }
            Event::End(TagEnd::FootnoteDefinition) => {
                in_note = false;
                notes.close();
                notes.prefix.clear();
            }
            event if in_note => notes.take(event),
            event => main.take(event),
        }
    }
    main.close();
    if metadata.title.is_empty()
        && let Some(heading) = main.blocks.iter().find(|block| block.kind == BlockKind::Heading && block.level == 1)
    {
        let title: String =
            main.text.chars().skip(heading.start as usize).take((heading.end - heading.start) as usize).collect();
        metadata.title = title.split_whitespace().collect::<Vec<_>>().join(" ");
    }
    main.append(notes);
    let (text, structure) = main.finish();
    (text, structure, metadata)
}

/// What a paragraph stands in.
enum Container {
    Quote,
    /// `fresh` until the item has its first block.
    Item {
        fresh: bool,
    },
    List,
}

/// A clean text in the making. All positions count code points of `text`.
#[derive(Default)]
struct Draft {
    text: String,
    length: u32,
    blocks: Vec<Block>,
    spans: Vec<Span>,
    containers: Vec<Container>,
    /// The block being filled: where it starts, and what it is.
    open: Option<(u32, BlockKind, u8)>,
    /// Spans being filled: where they start, what they are, the address of a link.
    pending: Vec<(u32, SpanKind, Option<String>)>,
    /// Written before the next block.
    prefix: String,
    /// Parts the next block from what is there.
    gap: &'static str,
    cells: usize,
}

impl Draft {
    fn take(&mut self, event: Event<'_>) {
        match event {
            Event::Start(tag) => self.start(tag),
            Event::End(end) => self.end(end),
            Event::Text(text) => self.push(&text),
            Event::Code(code) => {
                self.ensure();
                let start = self.length;
                self.push(&code);
                self.span(start, SpanKind::Code, None);
            }
            Event::Html(html) | Event::InlineHtml(html) => self.push(&html),
            Event::InlineMath(text) | Event::DisplayMath(text) => self.push(&text),
            Event::FootnoteReference(label) => self.push(&format!("[{label}]")),
            Event::SoftBreak => self.push(" "),
            Event::HardBreak => self.push("\n"),
            Event::Rule => {
                self.close();
                self.open_block(BlockKind::Break, 0);
                self.push(RULE);
                self.close();
            }
            Event::TaskListMarker(_) => {}
        }
    }

    fn start(&mut self, tag: Tag<'_>) {
        match tag {
            Tag::Paragraph | Tag::HtmlBlock => {
                self.close();
                self.ensure();
            }
            Tag::Heading { level, .. } => {
                self.close();
                self.open_block(BlockKind::Heading, heading(level));
            }
            Tag::BlockQuote(_) => {
                self.close();
                self.containers.push(Container::Quote);
            }
            Tag::CodeBlock(_) => {
                self.close();
                self.open_block(BlockKind::Code, 0);
            }
            Tag::List(_) => {
                self.close();
                self.containers.push(Container::List);
            }
            Tag::Item => {
                self.close();
                self.containers.push(Container::Item { fresh: true });
            }
            Tag::Table(_) => self.close(),
            Tag::TableHead | Tag::TableRow => {
                self.close();
                self.cells = 0;
                self.open_block(BlockKind::Row, 0);
            }
            Tag::TableCell => {
                if self.cells > 0 {
                    self.push_character(CELL);
                }
                self.cells += 1;
            }
            Tag::Emphasis => self.begin(SpanKind::Emphasis, None),
            Tag::Strong => self.begin(SpanKind::Strong, None),
            Tag::Link { dest_url, .. } => self.begin(SpanKind::Link, Some(dest_url.into_string())),
            _ => {}
        }
    }

    fn end(&mut self, end: TagEnd) {
        match end {
            TagEnd::Paragraph | TagEnd::HtmlBlock | TagEnd::Heading(_) | TagEnd::CodeBlock => self.close(),
            TagEnd::TableHead | TagEnd::TableRow => {
                self.close();
                self.gap = "\n";
            }
            TagEnd::Table => self.gap = "\n\n",
            TagEnd::BlockQuote(_) => {
                self.close();
                self.containers.pop();
            }
            TagEnd::Item => {
                self.close();
                self.containers.pop();
                self.gap = "\n";
            }
            TagEnd::List(_) => {
                self.close();
                self.containers.pop();
                // A nested list ends inside its item, whose next neighbour is one line away.
                self.gap = if matches!(self.containers.last(), Some(Container::Item { .. })) { "\n" } else { "\n\n" };
            }
            TagEnd::Emphasis | TagEnd::Strong | TagEnd::Link => {
                if let Some((start, kind, target)) = self.pending.pop() {
                    self.span(start, kind, target);
                }
            }
            _ => {}
        }
    }

    /// Opens the block that plain words belong to here, unless one is open.
    fn ensure(&mut self) {
        if self.open.is_some() {
            return;
        }
        let depth = |quote: bool| {
            let same =
                |c: &&Container| if quote { matches!(c, Container::Quote) } else { matches!(c, Container::List) };
            self.containers.iter().filter(same).count().min(u8::MAX as usize) as u8
        };
        let (kind, level) = match self.containers.last() {
            Some(Container::Quote) => (BlockKind::Quote, depth(true)),
            Some(Container::Item { fresh: true }) => (BlockKind::Item, depth(false)),
            Some(Container::Item { fresh: false }) if depth(true) > 0 => (BlockKind::Quote, depth(true)),
            _ => (BlockKind::Paragraph, 0),
        };
        self.open_block(kind, level);
    }

    fn open_block(&mut self, kind: BlockKind, level: u8) {
        let mut gap = std::mem::replace(&mut self.gap, "\n\n");
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
        let prefix = std::mem::take(&mut self.prefix);
        self.append_text(&prefix);
    }

    /// Ends the open block and takes the white space off its edges, except for the indent of code.
    fn close(&mut self) {
        let Some((start, kind, level)) = self.open.take() else { return };
        let from = self.text.len()
            - self.text.chars().rev().take((self.length - start) as usize).map(char::len_utf8).sum::<usize>();
        let body = &self.text[from..];
        let trimmed = body.trim_end();
        self.length -= length(&body[trimmed.len()..]);
        let lead = if kind == BlockKind::Code {
            let blank_lines = body.len() - body.trim_start_matches('\n').len();
            length(&body[..blank_lines.min(trimmed.len())])
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

    fn begin(&mut self, kind: SpanKind, target: Option<String>) {
        self.ensure();
        self.pending.push((self.length, kind, target));
    }

    fn span(&mut self, start: u32, kind: SpanKind, target: Option<String>) {
        if start < self.length {
            self.spans.push(Span { start, end: self.length, kind, target });
        }
    }

    fn push(&mut self, text: &str) {
        self.ensure();
        self.append_text(text);
    }

    fn push_character(&mut self, character: char) {
        self.text.push(character);
        self.length += 1;
    }

    /// Numeric references can name characters that a canonical text has not: they get its repairs, one for one.
    fn append_text(&mut self, text: &str) {
        if text.contains(['\r', '\0']) {
            self.text.extend(text.chars().map(|c| {
                if c == '\r' {
                    '\n'
                } else if c == '\0' {
                    '\u{fffd}'
                } else {
                    c
                }
            }));
        } else {
            self.text.push_str(text);
        }
        self.length += length(text);
    }

    /// Adds another draft below this one.
    fn append(&mut self, other: Draft) {
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
    }

    /// The finished text; every span kept inside its block.
    fn finish(self) -> (String, Structure) {
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
        (self.text, Structure { blocks, spans })
    }
}

fn heading(level: HeadingLevel) -> u8 {
    level as u8
}

/// Splits off YAML front matter: what its scalar lines say, and the rest of the source. Without a closing line, or
/// without a single `key:`, the dashes are a rule and part of the text.
fn front_matter(source: &str) -> (Metadata, &str) {
    let none = (Metadata::default(), source);
    let Some(rest) = source.strip_prefix("---\n") else { return none };
    let mut end = None;
    let mut at = 0;
    for line in rest.split_inclusive('\n') {
        if matches!(line.trim_end(), "---" | "...") {
            end = Some((at, at + line.len()));
            break;
        }
        at += line.len();
    }
    let Some((matter_end, body_start)) = end else { return none };
    let matter = &rest[..matter_end];
    if !matter.trim().is_empty() && !matter.lines().any(|line| key_of(line).is_some()) {
        return none;
    }
    let mut metadata = Metadata::default();
    let lines: Vec<&str> = matter.lines().collect();
    let mut index = 0;
    while index < lines.len() {
        let line = lines[index];
        index += 1;
        let Some((key, value)) = key_of(line) else { continue };
        let mut below = Vec::new();
        while index < lines.len() && (lines[index].starts_with([' ', '\t', '-']) || lines[index].is_empty()) {
            below.push(lines[index].trim());
            index += 1;
        }
        let field = match key.to_lowercase().as_str() {
            "title" => &mut metadata.title,
            "author" | "authors" => &mut metadata.author,
            "publisher" | "publication" => &mut metadata.publisher,
            "date" | "published" => &mut metadata.published,
            "url" | "link" => &mut metadata.url,
            "accessed" => &mut metadata.accessed,
            "lang" | "language" => &mut metadata.language,
            _ => continue,
        };
        if field.is_empty() {
            *field = value_of(value, &below);
        }
    }
    (metadata, &rest[body_start..])
}

/// `key: value` at the left edge; a key has no white space and no quotation marks in it.
fn key_of(line: &str) -> Option<(&str, &str)> {
    let (key, value) = line.split_once(':')?;
    let plain = !key.is_empty() && key.chars().all(|c| c.is_alphanumeric() || c == '_' || c == '-');
    (plain && (value.is_empty() || value.starts_with([' ', '\t']))).then_some((key, value.trim()))
}

/// A scalar, a list of scalars joined by commas, or a block of lines joined by blanks.
fn value_of(value: &str, below: &[&str]) -> String {
    if value.starts_with(['|', '>']) {
        return below.iter().filter(|line| !line.is_empty()).copied().collect::<Vec<_>>().join(" ");
    }
    if let Some(list) = value.strip_prefix('[').and_then(|list| list.strip_suffix(']')) {
        return join(list.split(',').map(scalar));
    }
    if value.is_empty() {
        return join(below.iter().filter_map(|line| line.strip_prefix('-')).map(|item| {
            let item = item.trim();
            scalar(item.strip_prefix("name:").unwrap_or(item))
        }));
    }
    scalar(value)
}

fn join(items: impl Iterator<Item = String>) -> String {
    items.filter(|item| !item.is_empty()).collect::<Vec<_>>().join(", ")
}

/// A plain scalar without its comment, or a quoted one without its quotation marks.
fn scalar(value: &str) -> String {
    let value = value.trim();
    if let Some(quoted) = value.strip_prefix('\'').and_then(|rest| rest.strip_suffix('\'')) {
        return quoted.replace("''", "'");
    }
    if value.len() > 1 && value.starts_with('"') && value.ends_with('"') {
        let inside = value[1..value.len() - 1].to_owned();
        return serde_json::from_str(value).unwrap_or(inside);
    }
    let value = value.split(" #").next().unwrap_or(value).trim();
    if value.starts_with('#') || matches!(value, "null" | "~") { String::new() } else { value.to_owned() }
}
