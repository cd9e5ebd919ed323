//! What an importer found in a text: paragraphs, headings, emphasis and links as ranges over it.
//!
//! Stored once per version as compact JSON and never changed. Every offset counts Unicode code points, half open.
//! Deliberately absent: the text itself, nesting (a block has a level, not a parent), and any position in another unit.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// What a block of text is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "lowercase")]
pub enum BlockKind {
    /// Running text.
    Paragraph,
    /// A heading of level 1 to 6.
    Heading,
    /// The first paragraph of a list item; level 1 and up is how deep the list is nested.
    Item,
    /// A paragraph inside a quotation; level 1 and up is how deep it is nested.
    Quote,
    /// Preformatted text, line ends kept.
    Code,
    /// One row of a table, cells separated by a tab.
    Row,
    /// A rule between paragraphs: no paragraph, and not numbered as one.
    Break,
    /// A paragraph of a footnote or endnote, which stands after the running text. Its first one begins with a [`SpanKind::Mark`].
    Note,
}

/// What a stretch of a block is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "lowercase")]
pub enum SpanKind {
    /// Stressed, usually italic.
    Emphasis,
    /// Strongly stressed, usually bold.
    Strong,
    /// Verbatim.
    Code,
    /// An address behind words; shown, never followed.
    Link,
    /// The sign in the running text that calls a footnote; the target is the label of the footnote.
    Call,
    /// The sign with which a footnote begins; the target is its label. Calls and marks of one label lead to each other.
    Mark,
}

/// One block: `[start, end, kind, level]` in JSON.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "(u32, u32, BlockKind, u8)", into = "(u32, u32, BlockKind, u8)")]
pub struct Block {
    /// First code point.
    pub start: u32,
    /// One past the last code point.
    pub end: u32,
    /// What it is.
    pub kind: BlockKind,
    /// 1 to 6 for a heading, 1 and up for a list item or quotation, else 0.
    pub level: u8,
}

/// One stretch inside a block: `[start, end, kind, target]` in JSON.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "(u32, u32, SpanKind, Option<String>)", into = "(u32, u32, SpanKind, Option<String>)")]
pub struct Span {
    /// First code point.
    pub start: u32,
    /// One past the last code point.
    pub end: u32,
    /// What it is.
    pub kind: SpanKind,
    /// The address of a link, the label of a footnote, else `None`.
    pub target: Option<String>,
}

/// Where a page of the source begins: `[start, label]` in JSON. Paragraphs may run over it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "(u32, String)", into = "(u32, String)")]
pub struct Page {
    /// First code point on the page.
    pub start: u32,
    /// What the source calls it: "12", "xiv".
    pub label: String,
}

/// The blocks, spans and pages of one text.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Structure {
    /// Sorted by position, disjoint, none empty. Text between two blocks is white space.
    pub blocks: Vec<Block>,
    /// Sorted by start, then longest first; none empty. Spans may nest and overlap.
    pub spans: Vec<Span>,
    /// Ascending by start; empty where the source has no pages. What precedes the first belongs to no page.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub pages: Vec<Page>,
}

/// Why a structure can't be used with its text.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum StructureError {
    /// Not the JSON that [`Structure::to_json`] writes.
    #[error("the structure is not readable: {0}")]
    Json(String),
    /// A block is empty, overlaps the one before it, or ends beyond the text.
    #[error("block {0} is out of place")]
    Block(usize),
    /// A span is empty, out of order, or ends beyond the text.
    #[error("span {0} is out of place")]
    Span(usize),
    /// A page begins before the one before it, or beyond the text.
    #[error("page {0} is out of place")]
    Page(usize),
}

impl Structure {
    /// The compact form that is stored: `{"blocks":[[0,5,"heading",1]],"spans":[[0,3,"link","https://…"]]}`.
    pub fn to_json(&self) -> String {
        serde_json::to_string(self).expect("numbers, names and strings always serialise")
    }

    /// Reads the stored form. Positions beyond the text are found by [`Structure::check`], all other faults here.
    pub fn from_json(json: &str) -> Result<Structure, StructureError> {
        let structure: Structure =
            serde_json::from_str(json).map_err(|error| StructureError::Json(error.to_string()))?;
        structure.check(u32::MAX)?;
        Ok(structure)
    }

    /// Whether blocks and spans are what their fields promise for a text of `length` code points.
    pub fn check(&self, length: u32) -> Result<(), StructureError> {
        let mut from = 0;
        for (index, block) in self.blocks.iter().enumerate() {
            if block.start < from || block.end <= block.start || block.end > length {
                return Err(StructureError::Block(index));
            }
            from = block.end;
        }
        let mut before = (0, u32::MAX);
        for (index, span) in self.spans.iter().enumerate() {
            let sorted = (before.0, std::cmp::Reverse(before.1)) <= (span.start, std::cmp::Reverse(span.end));
            if !sorted || span.end <= span.start || span.end > length {
                return Err(StructureError::Span(index));
            }
            before = (span.start, span.end);
        }
        let mut from = 0;
        for (index, page) in self.pages.iter().enumerate() {
            if page.start < from || page.start > length {
                return Err(StructureError::Page(index));
            }
            from = page.start;
        }
        Ok(())
    }

    /// The label of the page that holds a code point; `None` where the source has no pages, or none yet.
    pub fn page_at(&self, offset: u32) -> Option<&str> {
        let after = self.pages.partition_point(|page| page.start <= offset);
        after.checked_sub(1).map(|index| self.pages[index].label.as_str())
    }

    /// Index of the block that holds a code point; `None` between blocks.
    pub fn block_at(&self, offset: u32) -> Option<usize> {
        let index = self.blocks.partition_point(|block| block.end <= offset);
        self.blocks.get(index).filter(|block| block.start <= offset).map(|_| index)
    }

    /// 1-based number of the paragraph that holds a code point; `None` between blocks and inside a break.
    pub fn paragraph_number(&self, offset: u32) -> Option<u32> {
        let index = self.block_at(offset)?;
        (self.blocks[index].kind != BlockKind::Break).then(|| count(&self.blocks[..=index]))
    }

    /// How many paragraphs there are: the highest paragraph number.
    pub fn paragraph_count(&self) -> u32 {
        count(&self.blocks)
    }

    /// The paragraph number of every block, 0 for a break: one pass for whoever asks about many positions.
    pub fn paragraph_numbers(&self) -> Vec<u32> {
        let mut number = 0;
        self.blocks
            .iter()
            .map(|block| {
                let counts = block.kind != BlockKind::Break;
                number += u32::from(counts);
                if counts { number } else { 0 }
            })
            .collect()
    }
}

fn count(blocks: &[Block]) -> u32 {
    blocks.iter().filter(|block| block.kind != BlockKind::Break).count() as u32
}

impl From<(u32, u32, BlockKind, u8)> for Block {
    fn from((start, end, kind, level): (u32, u32, BlockKind, u8)) -> Block {
        Block { start, end, kind, level }
    }
}

impl From<Block> for (u32, u32, BlockKind, u8) {
    fn from(block: Block) -> Self {
        (block.start, block.end, block.kind, block.level)
    }
}

impl From<(u32, String)> for Page {
    fn from((start, label): (u32, String)) -> Page {
        Page { start, label }
    }
}

impl From<Page> for (u32, String) {
    fn from(page: Page) -> Self {
        (page.start, page.label)
    }
}

impl From<(u32, u32, SpanKind, Option<String>)> for Span {
    fn from((start, end, kind, target): (u32, u32, SpanKind, Option<String>)) -> Span {
        Span { start, end, kind, target }
    }
}

impl From<Span> for (u32, u32, SpanKind, Option<String>) {
    fn from(span: Span) -> Self {
        (span.start, span.end, span.kind, span.target)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn block(start: u32, end: u32, kind: BlockKind) -> Block {
        Block { start, end, kind, level: 0 }
    }

    fn example() -> Structure {
        Structure {
            blocks: vec![
                Block { start: 0, end: 5, kind: BlockKind::Heading, level: 1 },
                block(7, 12, BlockKind::Paragraph),
                block(14, 19, BlockKind::Break),
                block(21, 30, BlockKind::Row),
            ],
            spans: vec![
                Span { start: 7, end: 12, kind: SpanKind::Strong, target: None },
                Span { start: 7, end: 9, kind: SpanKind::Link, target: Some("https://example.org/\"".into()) },
            ],
            pages: Vec::new(),
        }
    }

    #[test]
    fn is_stored_compactly_and_read_back() {
        let json = example().to_json();
        assert_eq!(
            json,
            r#"{"blocks":[[0,5,"heading",1],[7,12,"paragraph",0],[14,19,"break",0],[21,30,"row",0]],"spans":[[7,12,"strong",null],[7,9,"link","https://example.org/\""]]}"#
        );
        assert_eq!(Structure::from_json(&json), Ok(example()));
    }

    #[test]
    fn finds_blocks_and_numbers_paragraphs() {
        let structure = example();
        let at: Vec<_> = [0, 4, 5, 6, 7, 15, 20, 21, 29, 30].map(|offset| structure.block_at(offset)).into();
        assert_eq!(at, [Some(0), Some(0), None, None, Some(1), Some(2), None, Some(3), Some(3), None]);
        assert_eq!(structure.paragraph_number(8), Some(2));
        assert_eq!(structure.paragraph_number(15), None, "a break is no paragraph");
        assert_eq!(structure.paragraph_number(25), Some(3), "and is not counted");
        assert_eq!(structure.paragraph_numbers(), [1, 2, 0, 3]);
        assert_eq!(structure.paragraph_count(), 3);
    }

    #[test]
    fn a_page_holds_what_follows_its_beginning() {
        let page = |start, label: &str| Page { start, label: label.into() };
        let structure = Structure { pages: vec![page(3, "xiv"), page(10, "1")], ..example() };
        assert_eq!(
            [0, 3, 9, 10, 30].map(|at| structure.page_at(at)),
            [None, Some("xiv"), Some("xiv"), Some("1"), Some("1")]
        );
        assert!(structure.to_json().ends_with(r#""pages":[[3,"xiv"],[10,"1"]]}"#));
        assert_eq!(Structure::from_json(&structure.to_json()), Ok(structure.clone()));
        assert_eq!(
            Structure { pages: vec![page(9, "b"), page(3, "a")], ..example() }.check(30),
            Err(StructureError::Page(1))
        );
        assert_eq!(Structure { pages: vec![page(31, "b")], ..example() }.check(30), Err(StructureError::Page(0)));
    }

    #[test]
    fn refuses_what_is_out_of_place() {
        let blocks = |blocks: Vec<Block>| Structure { blocks, ..Structure::default() }.check(10);
        let paragraph = BlockKind::Paragraph;
        assert_eq!(blocks(vec![block(0, 5, paragraph), block(5, 10, paragraph)]), Ok(()));
        assert_eq!(blocks(vec![block(3, 3, paragraph)]), Err(StructureError::Block(0)));
        assert_eq!(blocks(vec![block(0, 5, paragraph), block(4, 10, paragraph)]), Err(StructureError::Block(1)));
        assert_eq!(blocks(vec![block(0, 11, paragraph)]), Err(StructureError::Block(0)));
        let span = |start, end| Span { start, end, kind: SpanKind::Code, target: None };
        let spans = |spans: Vec<Span>| Structure { spans, ..Structure::default() }.check(10);
        assert_eq!(spans(vec![span(0, 9), span(0, 2), span(1, 4)]), Ok(()));
        assert_eq!(spans(vec![span(2, 4), span(1, 4)]), Err(StructureError::Span(1)));
        assert_eq!(spans(vec![span(0, 2), span(0, 9)]), Err(StructureError::Span(1)));
        assert!(matches!(Structure::from_json("{\"blocks\":[[0,5]]}"), Err(StructureError::Json(_))));
        assert_eq!(Structure::from_json(r#"{"blocks":[[5,2,"row",0]],"spans":[]}"#), Err(StructureError::Block(0)));
    }
}
