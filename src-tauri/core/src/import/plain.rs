//! Plain text: where its paragraphs are, and whether it opens with a title and a byline.
//!
//! The text is already canonical and stays as it is; only ranges are found, in one pass over the lines. Deliberately
//! absent: guesses at lists, tables or headings further down; a wrong heading is worse than none.

use super::{CLOSING, Metadata, ends_sentence, length, one_line};
use crate::structure::{Block, BlockKind, Structure};

/// Longest title in code points; a longer first line is a paragraph.
const MAX_TITLE: u32 = 160;

/// Longest byline in code points.
const MAX_BYLINE: u32 = 120;

/// Most words after "By" that are still names; after fewer a line that also ends like a sentence is one.
const MAX_BYLINE_WORDS: usize = 14;

/// A line of more bytes than this was not wrapped by hand: no editor breaks lines that late.
const WRAPPED_BYTES: usize = 120;

/// Hand-wrapped lines are longer than this on average, in bytes; shorter ones are verse, lists or addresses.
const WRAPPED_MEAN_BYTES: usize = 40;

/// What introduces the author, in lower case. The Latin ones need a blank or a colon to follow.
const BYLINES: [&str; 12] = [
    "by ",
    "by: ",
    "author: ",
    "authors: ",
    "автор: ",
    "авторы: ",
    "저자: ",
    "저자 ",
    "글: ",
    "글쓴이: ",
    "par ",
    "von ",
];

/// One line without its white space, as bytes of the text. Blank when `start == end`.
struct Line {
    start: usize,
    end: usize,
    indented: bool,
    /// Where a form feed opens the line.
    page: Option<usize>,
}

impl Line {
    fn blank(&self) -> bool {
        self.start == self.end
    }

    fn of<'a>(&self, text: &'a str) -> &'a str {
        &text[self.start..self.end]
    }
}

/// How the lines of the body make paragraphs.
#[derive(Clone, Copy, PartialEq)]
enum Shape {
    /// Every line is one.
    Lines,
    /// Blank lines part them; the line ends inside are only wrapping.
    Groups,
    /// Wrapped, and parted by an indent or by a line that ends early.
    Ragged,
}

/// Finds the blocks of a canonical text, its title and its author.
pub(super) fn read(text: &str) -> (Structure, Metadata) {
    let lines = lines(text);
    let mut metadata = Metadata::default();
    let filled = |from: usize| (from..lines.len()).find(|&index| !lines[index].blank());
    let Some(first) = filled(0) else { return (Structure::default(), metadata) };

    let second = filled(first + 1);
    let author = second.and_then(|index| byline(lines[index].of(text)));
    let head = if author.is_some() { second.unwrap_or(first) } else { first };
    let shape = shape(text, &lines[head + 1..]);
    let titled = second.is_some_and(|second| {
        let parted = second > first + 1 || lines[second].page.is_some() || author.is_some();
        let longer = lines[second].end - lines[second].start > lines[first].end - lines[first].start;
        is_title(lines[first].of(text)) && (parted || shape == Shape::Lines && longer)
    });

    let mut ranges: Vec<(usize, usize, BlockKind)> = Vec::new();
    let mut body = first;
    if titled {
        metadata.title = one_line(lines[first].of(text));
        ranges.extend(lines[..first].iter().filter_map(page));
        ranges.extend(page(&lines[first]));
        ranges.push((lines[first].start, lines[first].end, BlockKind::Heading));
        body = first + 1;
        if let Some(author) = author {
            metadata.author = author.to_owned();
            ranges.extend(lines[body..=head].iter().filter_map(page));
            ranges.push((lines[head].start, lines[head].end, BlockKind::Paragraph));
            body = head + 1;
        }
    } else {
        ranges.extend(lines[..first].iter().filter_map(page));
    }
    paragraphs(text, &lines[body..], shape, &mut ranges);
    (Structure { blocks: positions(text, &ranges), ..Structure::default() }, metadata)
}

fn lines(text: &str) -> Vec<Line> {
    let mut start = 0;
    let mut lines = Vec::with_capacity(text.len() / 60 + 1);
    for raw in text.split('\n') {
        let lead = raw.len() - raw.trim_start().len();
        let trimmed = raw.trim();
        lines.push(Line {
            start: start + lead,
            end: start + lead + trimmed.len(),
            indented: lead > 0,
            page: raw.starts_with('\u{c}').then_some(start),
        });
        start += raw.len() + 1;
    }
    lines
}

fn page(line: &Line) -> Option<(usize, usize, BlockKind)> {
    line.page.map(|at| (at, at + 1, BlockKind::Break))
}

/// Decides from the lines that another line follows directly: where wrapping would end them, and where sentences do.
fn shape(text: &str, lines: &[Line]) -> Shape {
    let (mut inner, mut ending, mut long, mut bytes) = (0, 0, 0, 0);
    let mut blanks = false;
    let mut started = false;
    for (index, line) in lines.iter().enumerate() {
        let next = lines.get(index + 1);
        if line.blank() {
            blanks |= started && next.is_some_and(|next| !next.blank());
            continue;
        }
        started = true;
        if next.is_some_and(|next| !next.blank()) {
            inner += 1;
            ending += usize::from(ends_sentence(line.of(text)));
            long +=
                usize::from(line.end - line.start > WRAPPED_BYTES && length(line.of(text)) as usize > WRAPPED_BYTES);
            bytes += line.end - line.start;
        }
    }
    if inner == 0 {
        return Shape::Lines;
    }
    let whole = ending * 2 >= inner || long * 2 >= inner;
    match (whole, blanks) {
        (true, _) => Shape::Lines,
        (false, true) => Shape::Groups,
        (false, false) if bytes / inner < WRAPPED_MEAN_BYTES => Shape::Lines,
        (false, false) => Shape::Ragged,
    }
}

fn paragraphs(text: &str, lines: &[Line], shape: Shape, ranges: &mut Vec<(usize, usize, BlockKind)>) {
    let widest = lines.iter().map(|line| line.end - line.start).max().unwrap_or(0);
    let indents = lines.iter().filter(|line| !line.blank() && line.indented).count();
    let all = lines.iter().filter(|line| !line.blank()).count();
    let mut open: Option<(usize, usize)> = None;
    for line in lines {
        if line.page.is_some() || line.blank() {
            ranges.extend(open.take().map(|(start, end)| (start, end, BlockKind::Paragraph)));
            ranges.extend(page(line));
        }
        if line.blank() {
            continue;
        }
        let fresh = match (open, shape) {
            (None, _) | (_, Shape::Lines) => true,
            (_, Shape::Groups) => false,
            (Some((_, end)), Shape::Ragged) => {
                let before = text[..end].rfind('\n').map_or(0, |at| at + 1);
                let early = (end - before) * 4 < widest * 3 && ends_sentence(&text[before..end]);
                early || line.indented && indents * 2 < all
            }
        };
        if fresh {
            ranges.extend(open.take().map(|(start, end)| (start, end, BlockKind::Paragraph)));
            open = Some((line.start, line.end));
        } else if let Some((_, end)) = &mut open {
            *end = line.end;
        }
    }
    ranges.extend(open.map(|(start, end)| (start, end, BlockKind::Paragraph)));
}

/// Short, with a letter or a digit in it, and not a sentence: no stop, comma, semicolon or colon at its end.
fn is_title(line: &str) -> bool {
    let stops = ['.', ',', ';', ':', '。', '、', '，', '；', '：', '…', '،', '؛', '۔', '।'];
    let dialogue = ['-', '–', '—', '•', '*'];
    length(line) <= MAX_TITLE
        && line.contains(char::is_alphanumeric)
        && !line.trim_end_matches(CLOSING).ends_with(stops)
        && !line.starts_with(dialogue)
}

/// The author that a byline names: "By Anna Example" gives "Anna Example". A sentence that opens with "By" is none.
fn byline(line: &str) -> Option<&str> {
    if length(line) > MAX_BYLINE || line.ends_with([',', ';', ':']) {
        return None;
    }
    let lower = line.to_lowercase();
    let mark = BYLINES.iter().find(|mark| lower.starts_with(**mark))?;
    // Lower case may change the length of a character; the marks themselves never do.
    let author = line.get(mark.len()..)?.trim();
    let name = author.chars().next()?;
    if name.is_numeric() || name.is_lowercase() {
        return None;
    }
    let words = author.split_whitespace().count();
    let most = if ends_sentence(line) { 3 } else { MAX_BYLINE_WORDS };
    (words <= most).then_some(author)
}

/// Byte ranges, ascending, as blocks in code points.
fn positions(text: &str, ranges: &[(usize, usize, BlockKind)]) -> Vec<Block> {
    let (mut byte, mut position) = (0, 0);
    let mut advance = |to: usize| {
        position += length(&text[byte..to]);
        byte = to;
        position
    };
    ranges
        .iter()
        .map(|&(start, end, kind)| Block {
            start: advance(start),
            end: advance(end),
            kind,
            level: u8::from(kind == BlockKind::Heading),
        })
        .collect()
}
