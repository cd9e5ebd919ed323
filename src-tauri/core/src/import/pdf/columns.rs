//! From pieces of lines to reading order: columns are found where a gutter stays open over several lines.
//!
//! A band of the page in which a gutter is open is read column by column, what stands above and below it before and
//! after. A table's gaps are gutters too, but its cells are short: it stays in rows. Where one page is in doubt, the
//! gutters of the other pages decide. Deliberately absent: lines ruled on the page, and order as the file draws it.

use super::blanked;
use super::lines::Line;

/// Fewest lines on each side of a gutter.
const LINES: usize = 3;

/// A column of prose holds at least this many characters a line on average.
const PROSE: f32 = 18.0;

/// The lines of a column of prose fill at least this share of its width on average.
const FILLED: f32 = 0.5;

/// Narrowest gutter, as a share of the size of the type beside it.
const GUTTER: f32 = 0.65;

/// Gutters of two pages are the same when they differ by no more than this, in points.
const SAME_GUTTER: f32 = 10.0;

/// Columns within columns are looked for only so deep.
const DEPTH: usize = 5;

/// A gap as wide as this, in ems, parts the cells of a table.
const CELL: f32 = 1.5;

/// Candidates for a gutter that are tried on one page.
const CANDIDATES: usize = 48;

/// Rows of a table stand level to within this, in ems.
const LEVEL: f32 = 0.12;

/// Pieces on one line may differ in their baselines by this, in ems.
const SAME_LINE: f32 = 0.3;

/// Where a page's text certainly stands in columns: the gutters, in points from the left.
pub(super) fn gutters(pieces: &[Line]) -> Vec<f32> {
    best_band(pieces, &[]).map(|band| band.gutter).into_iter().collect()
}

/// The gutters that at least two pages share.
pub(super) fn shared(mut found: Vec<f32>) -> Vec<f32> {
    found.sort_by(f32::total_cmp);
    let mut groups: Vec<Vec<f32>> = Vec::new();
    for gutter in found {
        match groups.last_mut() {
            Some(group) if gutter - group[0] <= SAME_GUTTER => group.push(gutter),
            _ => groups.push(vec![gutter]),
        }
    }
    groups.into_iter().filter(|group| group.len() > 1).map(|group| group[group.len() / 2]).collect()
}

/// The regions of a page in reading order, the lines of each from top to bottom.
pub(super) fn order(pieces: Vec<Line>, known: &[f32]) -> Vec<Vec<Line>> {
    let mut regions = Vec::new();
    divide(pieces, known, 0, &mut regions);
    regions
}

fn divide(pieces: Vec<Line>, known: &[f32], depth: usize, regions: &mut Vec<Vec<Line>>) {
    if pieces.is_empty() {
        return;
    }
    let band = if depth < DEPTH { best_band(&pieces, known) } else { None };
    let Some(band) = band else {
        regions.push(lines(pieces));
        return;
    };
    let (mut above, mut left, mut right, mut below) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    for (index, piece) in pieces.into_iter().enumerate() {
        if index < band.start {
            above.push(piece);
        } else if index >= band.end {
            below.push(piece);
        } else if is_left(&piece, band.gutter) {
            left.push(piece);
        } else {
            right.push(piece);
        }
    }
    let rtl = left.iter().chain(&right).filter(|piece| piece.rtl).count() * 2 > left.len() + right.len();
    let (first, second) = if rtl { (right, left) } else { (left, right) };
    divide(above, known, depth + 1, regions);
    divide(first, known, depth + 1, regions);
    divide(second, known, depth + 1, regions);
    divide(below, known, depth + 1, regions);
}

/// Pieces `start..end`, none of which crosses the gutter.
struct Band {
    start: usize,
    end: usize,
    gutter: f32,
    /// Characters in the lighter column.
    weight: usize,
}

pub(super) fn is_left(piece: &Line, gutter: f32) -> bool {
    piece.left + piece.right < 2.0 * gutter
}

/// The band with the most text in both of its columns. The pieces come from top to bottom.
fn best_band(pieces: &[Line], known: &[f32]) -> Option<Band> {
    let mut best: Option<Band> = None;
    for gutter in candidates(pieces, known) {
        let sure = known.iter().any(|other| (other - gutter).abs() <= SAME_GUTTER);
        let mut start = 0;
        while start < pieces.len() {
            let open = |piece: &Line| piece.right <= gutter + 0.5 || piece.left >= gutter - 0.5;
            if !open(&pieces[start]) {
                start += 1;
                continue;
            }
            let end = start + pieces[start..].iter().take_while(|piece| open(piece)).count();
            if let Some(band) = band(pieces, start, end, gutter, sure)
                && best.as_ref().is_none_or(|best| band.weight > best.weight)
            {
                best = Some(band);
            }
            start = end;
        }
    }
    best
}

/// Places where a gutter may be: left of edges where lines begin, right of edges where they end.
fn candidates(pieces: &[Line], known: &[f32]) -> Vec<f32> {
    let mut edges: Vec<(i32, usize)> = Vec::new();
    let mut places: Vec<i32> =
        pieces.iter().flat_map(|piece| [piece.left.round() as i32 - 2, piece.right.round() as i32 + 2]).collect();
    places.sort_unstable();
    for place in places {
        match edges.last_mut() {
            Some((last, count)) if place - *last <= 1 => *count += 1,
            _ => edges.push((place, 1)),
        }
    }
    edges.retain(|&(_, count)| count >= LINES);
    edges.sort_by_key(|&(place, count)| (std::cmp::Reverse(count), place));
    edges.truncate(CANDIDATES);
    known.iter().copied().chain(edges.into_iter().map(|(place, _)| place as f32)).collect()
}

/// What one side of a gutter holds.
struct Side {
    lines: usize,
    weight: usize,
    left: f32,
    right: f32,
    width: f32,
    size: f32,
}

impl Side {
    fn of<'a>(pieces: impl Iterator<Item = &'a Line>) -> Side {
        let mut side =
            Side { lines: 0, weight: 0, left: f32::INFINITY, right: f32::NEG_INFINITY, width: 0.0, size: 0.0 };
        let mut y = f32::NEG_INFINITY;
        for piece in pieces {
            if piece.y - y > SAME_LINE * piece.size {
                side.lines += 1;
            }
            y = piece.y;
            side.weight += piece.weight();
            side.left = side.left.min(piece.left);
            side.right = side.right.max(piece.right);
            side.width += piece.width();
            side.size = side.size.max(piece.size.min(12.0));
        }
        side
    }

    fn is_prose(&self) -> bool {
        let lines = self.lines.max(1) as f32;
        self.weight as f32 / lines >= PROSE && self.width / lines >= FILLED * (self.right - self.left)
    }
}

fn band(pieces: &[Line], start: usize, end: usize, gutter: f32, sure: bool) -> Option<Band> {
    let mut start = start;
    let is_left = |piece: &&Line| is_left(piece, gutter);
    // A last line that runs only to the left belongs to the full lines above it.
    while start > 0 && start < end {
        let (before, piece) = (&pieces[start - 1], &pieces[start]);
        let beside = pieces[start + 1..end].iter().take_while(|other| other.y - piece.y < 0.6 * piece.size).count() > 0;
        let follows = piece.y - before.y < 1.6 * piece.size && (piece.left - before.left).abs() < 1.5 * piece.size;
        if beside || !follows || !is_left(&piece) {
            break;
        }
        start += 1;
    }
    let band = &pieces[start..end];
    let (left, right) = (Side::of(band.iter().filter(is_left)), Side::of(band.iter().filter(|piece| !is_left(piece))));
    if left.lines < LINES || right.lines < LINES || right.left - left.right < GUTTER * left.size.min(right.size) {
        return None;
    }
    let prose = (left.is_prose(), right.is_prose());
    // Beside prose, a column of short lines is no table when its lines keep a distance of their own.
    if !sure && blanked::are_lines(pieces, start..end, gutter) {
        return None;
    }
    let column = prose.0 && prose.1 || (prose.0 || prose.1) && (sure || !is_level(band, gutter));
    column.then(|| Band { start, end, gutter: (left.right + right.left) / 2.0, weight: left.weight.min(right.weight) })
}

/// Whether most lines of the side with fewer lines stand level with lines of the other side, as the rows of a table do.
fn is_level(band: &[Line], gutter: f32) -> bool {
    let (left, right): (Vec<&Line>, Vec<&Line>) = band.iter().partition(|piece| is_left(piece, gutter));
    let (few, many) = if left.len() <= right.len() { (left, right) } else { (right, left) };
    let level = |line: &&&Line| {
        let at = many.partition_point(|other| other.y < line.y - LEVEL * line.size);
        many.get(at).is_some_and(|other| other.y <= line.y + LEVEL * line.size)
    };
    few.iter().filter(level).count() * 2 > few.len()
}

/// Joins the pieces of a region that stand on one line.
fn lines(pieces: Vec<Line>) -> Vec<Line> {
    let mut rows: Vec<Vec<Line>> = Vec::new();
    for piece in pieces {
        match rows.last_mut() {
            Some(row)
                if piece.apart == 0
                    && row[0].apart == 0
                    && (piece.y - row[0].y).abs() <= SAME_LINE * piece.size.min(row[0].size) =>
            {
                row.push(piece)
            }
            _ => rows.push(vec![piece]),
        }
    }
    rows.into_iter().filter_map(join).collect()
}

fn join(mut row: Vec<Line>) -> Option<Line> {
    let rtl = row.iter().filter(|piece| piece.rtl).count() * 2 > row.len();
    row.sort_by(|a, b| a.left.total_cmp(&b.left));
    if rtl {
        row.reverse();
    }
    let mut pieces = row.into_iter();
    let mut line = pieces.next()?;
    for piece in pieces {
        let gap = if rtl { line.left - piece.right } else { piece.left - line.right };
        let wide = gap >= CELL * line.size.max(piece.size);
        line.join(piece, if wide { "\t" } else { " " });
    }
    Some(line)
}
