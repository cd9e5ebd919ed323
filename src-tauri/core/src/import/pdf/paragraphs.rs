//! From lines to blocks: paragraphs, headings, list items, table rows and footnotes.
//!
//! A paragraph ends at a wider gap, an indent, a change of type, or a line that ends early: one that had room for the
//! next word. A paragraph that is not finished at the end of a column goes on in the next one, over whatever stands
//! between, and over the page. Deliberately absent: how blocks become text.

use super::lines::Line;
use super::measure::{edges, measures};
use super::{blanked, notes};

/// Lines further apart than this, as a share of the usual distance, belong to two paragraphs.
pub(super) const APART: f32 = 1.3;

/// Lines of one unfinished sentence are no further apart than this, as a share of the usual distance.
const TALL: f32 = 2.1;

/// A line that begins further in than this, in ems, opens a paragraph.
const INDENT: f32 = 0.8;

/// Room that a line must leave beyond the next word to have ended early, in ems.
pub(super) const ROOM: f32 = 0.7;

/// Width of a word of some eight letters, in ems.
const USUAL_WORD: f32 = 4.0;

/// Type is of one size when it differs by no more than this share.
const SAME_SIZE: f32 = 0.06;

/// A heading is set larger than the text by at least this share, or bold.
const LARGER: f32 = 1.12;

/// Longest heading in characters that are not blank.
const LONGEST_HEADING: usize = 200;

/// Most lines of one heading.
const HEADING_LINES: usize = 5;

/// Consecutive lines with several cells that make a table.
const TABLE_LINES: usize = 3;

/// Blocks that may stand between the two halves of a paragraph: figures with their words, footnotes.
const BETWEEN: usize = 40;

/// Signs that open an item of a list.
const BULLETS: [char; 12] = ['•', '◦', '▪', '●', '○', '■', '▸', '►', '➢', '∙', '‣', '–'];

/// What a block is.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Kind {
    Paragraph,
    Heading(u8),
    Item,
    Row,
    /// A footnote, with its label.
    Note(String),
}

/// One block: its lines, each with the index of its page.
#[derive(Debug)]
pub(super) struct Block {
    pub(super) kind: Kind,
    pub(super) lines: Vec<(usize, Line)>,
    size: f32,
    bold: bool,
    /// Room between the end of the last line and the edge of its column, in points.
    room: f32,
    /// Whether the first line is not indented.
    flush: bool,
    /// A number for every column of the document.
    region: usize,
}

impl Block {
    /// Whether the last line runs to the edge of its column: it had no room for a word of some eight letters.
    fn full(&self) -> bool {
        self.room < (USUAL_WORD + ROOM) * self.size
    }

    fn weight(&self) -> usize {
        self.lines.iter().map(|(_, line)| line.weight()).sum()
    }

    fn text(&self) -> String {
        self.lines.iter().map(|(_, line)| line.text()).collect::<Vec<_>>().join(" ")
    }

    fn is_prose(&self) -> bool {
        matches!(self.kind, Kind::Paragraph | Kind::Item | Kind::Note(_))
    }
}

/// The blocks of a document: its pages, their regions in reading order, their lines.
pub(super) fn blocks(pages: Vec<Vec<Vec<Line>>>) -> Vec<Block> {
    let body = body_size(&pages);
    let leading = leading(&pages, body);
    let mut blocks = Vec::new();
    let mut labels: Vec<String> = Vec::new();
    let mut region = 0;
    for (page, mut regions) in pages.into_iter().enumerate() {
        let starts: Vec<Option<usize>> = regions.iter().map(|lines| notes::start(lines, body)).collect();
        let found = calls(&mut regions, &starts, page, &mut labels);
        for (lines, start) in regions.into_iter().zip(starts) {
            let foot = start.unwrap_or(lines.len());
            let mut lines = lines;
            let tail = lines.split_off(foot);
            section(lines, page, region, leading, &mut blocks);
            footnotes(tail, page, region, &found, leading, &mut blocks);
            region += 1;
        }
    }
    headings(&mut blocks, body);
    resume(&mut blocks);
    blocks
}

/// The size of most type.
fn body_size(pages: &[Vec<Vec<Line>>]) -> f32 {
    let mut sizes: Vec<(i32, usize)> = Vec::new();
    for line in pages.iter().flatten().flatten() {
        let size = (line.size * 5.0).round() as i32;
        match sizes.iter_mut().find(|(other, _)| *other == size) {
            Some((_, weight)) => *weight += line.weight(),
            None => sizes.push((size, line.weight())),
        }
    }
    sizes.into_iter().max_by_key(|&(size, weight)| (weight, size)).map_or(10.0, |(size, _)| size as f32 / 5.0)
}

/// The usual distance of two lines of the text, in ems.
fn leading(pages: &[Vec<Vec<Line>>], body: f32) -> f32 {
    let pairs = pages.iter().flatten().flat_map(|lines| lines.windows(2));
    let steps = pairs.filter(|pair| same_size(pair[0].size, body) && same_size(pair[1].size, body));
    median(steps.map(|pair| (pair[1].y - pair[0].y) / body).filter(|step| *step > 0.7 && *step < 3.0)).unwrap_or(1.2)
}

fn median(values: impl Iterator<Item = f32>) -> Option<f32> {
    let mut values: Vec<f32> = values.collect();
    values.sort_by(f32::total_cmp);
    values.get(values.len().saturating_sub(1) / 2).copied()
}

pub(super) fn same_size(a: f32, b: f32) -> bool {
    (a - b).abs() <= SAME_SIZE * a.max(b)
}

/// Marks the calls of the footnotes at the foot of this page; gives back what each mark is called in the document.
fn calls(
    regions: &mut [Vec<Line>],
    starts: &[Option<usize>],
    page: usize,
    labels: &mut Vec<String>,
) -> Vec<(String, String)> {
    let marks: Vec<String> = regions
        .iter()
        .zip(starts)
        .flat_map(|(lines, start)| start.map_or(&[][..], |start| &lines[start..]).iter().filter_map(notes::mark))
        .collect();
    let mut found: Vec<(String, String)> = Vec::new();
    for (lines, start) in regions.iter_mut().zip(starts) {
        let foot = start.unwrap_or(lines.len());
        for run in lines[..foot].iter_mut().flat_map(|line| line.runs.iter_mut()).filter(|run| run.raised) {
            let Some(mark) = notes::called(&run.text).filter(|mark| marks.iter().any(|other| other == mark)) else {
                continue;
            };
            let label = match found.iter().find(|(other, _)| other == mark) {
                Some((_, label)) => label.clone(),
                None => {
                    // Numbers that begin anew on every page get the page before them.
                    let taken = labels.iter().any(|label| label == mark);
                    let label = if taken { format!("{}.{mark}", page + 1) } else { mark.to_owned() };
                    labels.push(label.clone());
                    found.push((mark.to_owned(), label.clone()));
                    label
                }
            };
            run.call = Some(label);
        }
    }
    found
}

/// Adds the blocks of one region, its footnotes aside.
fn section(lines: Vec<Line>, page: usize, region: usize, leading: f32, blocks: &mut Vec<Block>) {
    let (left, right) = edges(&lines);
    let steps = lines.windows(2).filter(|pair| same_size(pair[0].size, pair[1].size));
    let usual =
        median(steps.map(|pair| (pair[1].y - pair[0].y) / pair[1].size).filter(|step| *step > 0.7 && *step < 2.5));
    let step = usual.map_or(leading, |usual| if lines.len() < 6 { usual.min(leading) } else { usual });
    let measures = measures(&lines, (left, right), step);
    let table = table(&lines, (left, right), step);
    let first = blocks.len();
    for ((line, row), measure) in lines.into_iter().zip(table).zip(measures) {
        let kind = if row {
            Kind::Row
        } else if bullet(&line).is_some() {
            Kind::Item
        } else {
            Kind::Paragraph
        };
        let open = blocks[first..].last_mut().filter(|block| !row && block.kind != Kind::Row);
        let goes_on = open.is_some_and(|block| {
            let stays = kind == Kind::Paragraph && follows(block, &line, (left, right), step);
            if stays {
                block.room = room(&line, measure);
                block.lines.push((page, line.clone()));
            }
            stays
        });
        if !goes_on {
            let room = room(&line, measure);
            let flush =
                if line.rtl { line.right > right - INDENT * line.size } else { line.left < left + INDENT * line.size };
            let (size, bold) = (line.size, line.bold);
            blocks.push(Block { kind, size, bold, room, flush, region, lines: vec![(page, line)] });
        }
    }
}

/// Which lines are rows of a table.
fn table(lines: &[Line], edges: (f32, f32), step: f32) -> Vec<bool> {
    let mut rows = vec![false; lines.len()];
    let mut start = 0;
    while start < lines.len() {
        let count = lines[start..].iter().take_while(|line| line.cells > 1).count();
        if count >= TABLE_LINES && !blanked::is_prose(lines, start, start + count, edges, step) {
            rows[start..start + count].fill(true);
        }
        start += count.max(1);
    }
    rows
}

/// How much room a line leaves at its end.
fn room(line: &Line, (left, right): (f32, f32)) -> f32 {
    if line.rtl { (line.left - left).max(0.0) } else { (right - line.right).max(0.0) }
}

/// Whether a line ends in the middle of a word or a compound.
pub(super) fn is_divided(text: &str) -> bool {
    let mut characters = text.trim_end().chars().rev();
    matches!(characters.next(), Some('-' | '\u{2010}')) && characters.next().is_some_and(char::is_alphanumeric)
}

/// Whether a line goes on with the paragraph that ends just above it.
fn follows(block: &Block, line: &Line, (left, right): (f32, f32), step: f32) -> bool {
    let Some((_, last)) = block.lines.last() else { return false };
    let em = line.size.max(last.size);
    let distance = line.y - last.y;
    if line.apart != last.apart {
        return false;
    }
    if !same_size(line.size, last.size) && line.weight() > 2 && last.weight() > 2 {
        return false;
    }
    if distance < -0.5 * em || distance > TALL * step.max(0.9) * em {
        return false;
    }
    // Type that sticks out pushes lines apart in the middle of a sentence.
    let unfinished =
        block.full() && !ends_sentence(last.text().trim_end()) && line.text().starts_with(char::is_lowercase);
    if distance > APART * step.max(0.9) * em && !unfinished {
        return false;
    }
    // Words were blanked out: what is left tells nothing of the width.
    let blanked = last.cells > 1 && !ends_sentence(last.text().trim_end());
    let early = block.room > line.first_word() + ROOM * em && !is_divided(&last.text()) && !blanked;
    if last.bold != line.bold && (early || distance > 1.1 * step * em) {
        return false;
    }
    if numbered(line) && (early || line.left < last.left - 0.3 * em || entry(line)) {
        return false;
    }
    let centred = ((last.left - left) - (right - last.right)).abs() < em && last.left - left > INDENT * em;
    if early && !(centred && last.bold == line.bold && same_size(block.size, line.size) && block.size > 1.1 * em) {
        return false;
    }
    if line.rtl {
        let indented = line.right < right - INDENT * em && last.right > right - 0.5 * em;
        return !indented;
    }
    // Lines of a hanging paragraph begin further in than its first; all others that do open a paragraph.
    let steps_in = line.left > last.left + INDENT * em && !centred;
    let hangs = block.lines.len() == 1
        && (block.kind == Kind::Item
            || numbered(last)
            || last.left <= left + 0.3 * em && !early && line.left > left + 1.2 * em);
    // A line whose first words were blanked out begins further in, in the middle of a sentence.
    let cut = block.full() && !ends_sentence(last.text().trim_end()) && line.text().starts_with(char::is_lowercase);
    if steps_in && !hangs && !(cut && line.left < right - 4.0 * em) {
        return false;
    }
    let steps_out = line.left < last.left - INDENT * em && !centred;
    let back = block.lines.iter().rev().nth(1).is_some_and(|(_, above)| (above.left - line.left).abs() < INDENT * em);
    !(steps_out && block.lines.len() > 1) || cut && back
}

/// The sign that opens an item, as the line begins.
fn bullet(line: &Line) -> Option<char> {
    let mut characters = line.runs.first()?.text.chars();
    let first = characters.next().filter(|c| BULLETS.contains(c))?;
    let parted = characters.next().map_or(line.runs.len() > 1, |c| c.is_whitespace());
    parted.then_some(first)
}

/// Whether a line begins with a number as list items and sections do: "3.", "2.1", "(iv)", "[12]".
fn numbered(line: &Line) -> bool {
    let text = line.text();
    let Some(word) = text.split_whitespace().next() else { return false };
    let inner = word.trim_matches(['(', ')', '[', ']', '.']);
    let marked = inner.len() < word.len() || inner.contains('.');
    let sign = inner.split('.').all(|part| {
        !part.is_empty()
            && (part.len() <= 3 && part.bytes().all(|byte| byte.is_ascii_digit())
                || part.chars().count() == 1 && part.chars().all(char::is_alphabetic))
    });
    marked && sign
}

/// Whether a line begins as an entry of a list of references does: "[12]".
fn entry(line: &Line) -> bool {
    let text = line.text();
    let inner = text.strip_prefix('[').and_then(|rest| rest.split_once(']')).map(|(inner, _)| inner);
    inner.is_some_and(|inner| !inner.is_empty() && inner.len() <= 4 && inner.bytes().all(|byte| byte.is_ascii_digit()))
}

/// Adds the footnotes at the foot of a region; a mark that nobody calls opens a paragraph.
fn footnotes(
    lines: Vec<Line>,
    page: usize,
    region: usize,
    found: &[(String, String)],
    leading: f32,
    blocks: &mut Vec<Block>,
) {
    let (left, right) = edges(&lines);
    let first = blocks.len();
    for mut line in lines {
        let mark = notes::mark(&line);
        let label = mark
            .as_ref()
            .and_then(|mark| found.iter().find(|(other, _)| other == mark))
            .map(|(_, label)| label.clone());
        let room = room(&line, (left, right));
        let open = blocks[first..].last_mut();
        match (label, mark, open) {
            (Some(label), Some(mark), _) => {
                notes::strip(&mut line, &mark);
                let (size, bold) = (line.size, line.bold);
                blocks.push(Block {
                    kind: Kind::Note(label),
                    size,
                    bold,
                    room,
                    flush: true,
                    region,
                    lines: vec![(page, line)],
                });
            }
            (None, None, Some(block))
                if matches!(block.kind, Kind::Note(_)) || follows(block, &line, (left, right), leading) =>
            {
                block.room = room;
                block.lines.push((page, line));
            }
            _ => {
                let (size, bold) = (line.size, line.bold);
                blocks.push(Block {
                    kind: Kind::Paragraph,
                    size,
                    bold,
                    room,
                    flush: true,
                    region,
                    lines: vec![(page, line)],
                });
            }
        }
    }
}

/// Makes headings of what is set larger than the text, or bold, and short; joins the lines of one.
fn headings(blocks: &mut Vec<Block>, body: f32) {
    let bold_body = blocks.iter().filter(|block| block.bold).map(Block::weight).sum::<usize>() * 2
        > blocks.iter().map(Block::weight).sum::<usize>();
    let mut above = 0;
    for index in 0..blocks.len() {
        let block = &blocks[index];
        let larger = block.size >= LARGER * body;
        let bold = block.bold && !bold_body && block.size >= 0.95 * body;
        let text = block.text();
        let letters = text.chars().filter(|c| c.is_alphabetic()).count();
        let word = text
            .split(|c: char| !c.is_alphabetic())
            .any(|word| word.chars().count() > 2 || word.chars().any(is_ideograph));
        let words = letters * 2 > block.weight() && word;
        let sentence = text.ends_with(['.', ',', ';', ':']) && !larger;
        if block.kind == Kind::Paragraph
            && (larger || bold)
            && words
            && !sentence
            && block.weight() <= LONGEST_HEADING
            && block.lines.len() <= HEADING_LINES
        {
            blocks[index].kind = Kind::Heading(0);
            if index > 0 && continues_heading(&blocks[above], &blocks[index]) {
                let lines = std::mem::take(&mut blocks[index].lines);
                blocks[above].lines.extend(lines);
                continue;
            }
        }
        above = index;
    }
    blocks.retain(|block| !block.lines.is_empty());
    let largest = blocks
        .iter()
        .filter(|block| block.lines[0].0 == 0 && is_heading(block))
        .map(|block| block.size)
        .fold(0.0, f32::max);
    front(blocks, largest, body);
    let mut styles: Vec<(i32, bool)> = blocks.iter().filter(|block| is_heading(block)).map(style).collect();
    styles.sort_unstable_by(|a, b| b.cmp(a));
    styles.dedup();
    for block in blocks.iter_mut().filter(|block| is_heading(block)) {
        let rank = styles.iter().position(|other| *other == style(block)).unwrap_or(0);
        block.kind = Kind::Heading((rank + 1).min(6) as u8);
    }
}

/// Whether a character may be a word by itself.
fn is_ideograph(character: char) -> bool {
    matches!(character, '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '\u{ac00}'..='\u{d7a3}')
}

fn is_heading(block: &Block) -> bool {
    matches!(block.kind, Kind::Heading(_))
}

fn style(block: &Block) -> (i32, bool) {
    ((block.size * 2.0).round() as i32, block.bold)
}

fn continues_heading(above: &Block, block: &Block) -> bool {
    let (Some((page, last)), Some((other, first))) = (above.lines.last(), block.lines.first()) else { return false };
    let close = first.y - last.y > 0.0 && first.y - last.y < 1.5 * block.size;
    is_heading(above)
        && above.region == block.region
        && page == other
        && style(above) == style(block)
        && close
        && !numbered(first)
        && above.lines.len() + block.lines.len() <= HEADING_LINES
        && above.weight() + block.weight() <= LONGEST_HEADING
}

/// Between the title and the text stand names and addresses, not headings.
fn front(blocks: &mut [Block], largest: f32, body: f32) {
    let Some(title) = blocks.iter().position(|block| is_heading(block) && block.size >= largest - 0.1) else { return };
    if blocks[title].lines[0].0 != 0 || largest < LARGER * body {
        return;
    }
    let text =
        blocks[title..].iter().position(|block| block.kind == Kind::Paragraph && block.weight() > LONGEST_HEADING);
    let end = title + text.unwrap_or(0);
    for index in title + 1..end {
        let opens = blocks[index + 1].weight() > LONGEST_HEADING || numbered(&blocks[index].lines[0].1);
        if is_heading(&blocks[index]) && blocks[index].lines[0].0 == 0 && !opens && blocks[index].size < largest - 0.1 {
            blocks[index].kind = Kind::Paragraph;
        }
    }
}

/// Joins the halves of paragraphs that run over a column or a page.
fn resume(blocks: &mut Vec<Block>) {
    let indents =
        blocks.iter().filter(|block| block.kind == Kind::Paragraph && !block.flush && block.lines.len() > 1).count()
            * 4
            > blocks.iter().filter(|block| block.kind == Kind::Paragraph && block.lines.len() > 1).count();
    let mut taken = vec![false; blocks.len()];
    for index in 0..blocks.len() {
        while !taken[index]
            && let Some(at) = rest(blocks, &taken, index, indents)
        {
            taken[at] = true;
            let lines = std::mem::take(&mut blocks[at].lines);
            let (room, region) = (blocks[at].room, blocks[at].region);
            let open = &mut blocks[index];
            (open.room, open.region) = (room, region);
            open.lines.extend(lines);
        }
    }
    blocks.retain(|block| !block.lines.is_empty());
}

/// The block that goes on with the one at `index`, which ends a column unfinished.
fn rest(blocks: &[Block], taken: &[bool], index: usize, indents: bool) -> Option<usize> {
    let block = &blocks[index];
    if !block.is_prose() {
        return None;
    }
    let text = block.lines.last()?.1.text();
    let text = text.trim_end();
    let done = ends_sentence(text) || text.ends_with(':');
    let hyphen = is_divided(text);
    if !block.full() && !hyphen {
        return None;
    }
    let alike = |other: &Block| same_size(other.size, block.size) && other.kind == Kind::Paragraph;
    let mut skipped = false;
    let following = blocks.iter().enumerate().skip(index + 1).filter(|(at, _)| !taken[*at]);
    for (at, next) in following.take(BETWEEN) {
        let page = next.lines[0].0;
        if page > block.lines.last()?.0 + 2 {
            return None;
        }
        if !alike(next) {
            if next.region == block.region && next.is_prose() && next.size >= block.size
                || is_heading(next) && next.region == block.region
            {
                return None;
            }
            skipped = true;
            continue;
        }
        if next.region == block.region {
            return None;
        }
        let first = next.text();
        let small = first.chars().next().is_some_and(char::is_lowercase);
        let goes_on = if skipped {
            small || hyphen
        } else if done {
            // A paragraph may end with its column. Where others begin with an indent, this one would; elsewhere it
            // goes on when its last line has no room for the next word.
            let tight = block.room < next.lines[0].1.first_word() + ROOM * block.size;
            next.flush && !next.bold && (indents || tight)
        } else {
            next.flush || small
        };
        let goes_on = goes_on && !numbered(&next.lines[0].1) && !caption(&first) && next.bold == block.bold;
        if goes_on {
            return Some(at);
        }
        if !caption(&first) && next.lines.len() > 1 {
            return None;
        }
        skipped = true;
    }
    None
}

pub(super) fn ends_sentence(text: &str) -> bool {
    super::super::ends_sentence(text)
}

/// Whether a paragraph is the words below a figure or above a table.
fn caption(text: &str) -> bool {
    let mut words = text.split_whitespace();
    let (Some(first), Some(second)) = (words.next(), words.next()) else { return false };
    let names = [
        "figure",
        "fig.",
        "table",
        "tab.",
        "abbildung",
        "abb.",
        "tabelle",
        "tableau",
        "рис.",
        "рисунок",
        "таблица",
        "표",
        "그림",
        "图",
        "表",
        "図",
    ];
    names.contains(&first.to_lowercase().as_str())
        && second.starts_with(|c: char| c.is_numeric() || matches!(c, 'I' | 'V' | 'X'))
}
