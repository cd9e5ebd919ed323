//! The characters of a page as the library finds them, each with its place, its width and the direction it is read in.
//!
//! The library measures along the page only: what is turned has no width there, and of letters that stand close one above
//! the other it takes some for the same letter drawn twice. So what is turned by quarters is read again from the page
//! turned back. A negative size of type turns it round, a matrix may mirror it; both show in the direction of reading.
//! How a text is painted makes no difference: white or invisible letters are text, for scanned pages carry theirs so.

use pdf_oxide::PdfDocument;
use pdf_oxide::extractors::TextExtractor;
use pdf_oxide::layout::{FontWeight, TextChar};

/// Text that leans by no more than this, in degrees, is taken to run along the page's edges.
const LEANS: i32 = 7;

/// Fewest characters that lean alike and make text of a direction of its own.
const LEANING: usize = 4;

/// Type larger than this, in points, is no text.
const LARGEST: f32 = 2_000.0;

/// No page is as large as this, in points.
pub(super) const FARTHEST: f32 = 1_000_000.0;

/// One character in the coordinates of the file, `y` upwards.
pub(super) struct Character {
    pub(super) character: char,
    pub(super) x: f32,
    pub(super) y: f32,
    pub(super) width: f32,
    /// Height of the type.
    pub(super) size: f32,
    /// Degrees by which the direction of reading is turned to the left.
    pub(super) angle: i32,
    /// Its lines are above each other as in a mirror.
    pub(super) mirrored: bool,
    pub(super) bold: bool,
    pub(super) italic: bool,
}

/// The characters of a page, whose content is given.
pub(super) fn read(document: &PdfDocument, page: usize, content: &[u8]) -> pdf_oxide::Result<Vec<Character>> {
    let seen = document.extract_chars(page)?;
    let mut leaning: Vec<(i32, usize)> = Vec::new();
    for angle in seen.iter().filter(|seen| !seen.char.is_whitespace()).filter_map(matrix).map(degrees) {
        match leaning.iter_mut().find(|(other, _)| *other == angle) {
            Some((_, count)) => *count += 1,
            None => leaning.push((angle, 1)),
        }
    }
    let own = |angle: i32| leaning.iter().any(|&(other, count)| other == angle && count >= LEANING);
    let along = |angle: i32| if own(angle) && quarter(angle).is_none() { angle } else { nearest(angle) };
    let mut characters = Vec::with_capacity(seen.len());
    let mut turned = [false; 4];
    for (character, matrix) in seen.iter().filter_map(|seen| Some((seen, matrix(seen)?))) {
        let angle = along(degrees(matrix));
        match quarter(angle) {
            Some(quarter @ 1..) => turned[quarter] = true,
            _ => characters.extend(one(character, matrix, angle)),
        }
    }
    for quarter in (1..4).filter(|&quarter| turned[quarter]) {
        let back = turn_back(document, page, content, quarter)?;
        let upright = back.iter().filter_map(|seen| Some((seen, matrix(seen)?)));
        for (character, matrix) in
            upright.filter(|(_, matrix)| nearest(degrees(*matrix)) == 0 && !own_lean(degrees(*matrix), quarter, &own))
        {
            characters.extend(one(character, matrix, 0).map(|found| found.turned(quarter)));
        }
    }
    Ok(characters)
}

/// Whether text that leans after the page was turned back by quarters has a direction of its own.
fn own_lean(angle: i32, quarter: usize, own: &impl Fn(i32) -> bool) -> bool {
    let angle = (angle + 90 * quarter as i32).rem_euclid(360);
    own(angle) && self::quarter(angle).is_none()
}

/// The matrix of a character, if it has one that can be read.
fn matrix(seen: &TextChar) -> Option<[f32; 4]> {
    let [a, b, c, d, ..] = seen.matrix?;
    let sound = [a, b, c, d].iter().all(|part| part.is_finite()) && a.hypot(b) > 0.0 && (a * d - b * c).abs() > 0.0;
    sound.then_some([a, b, c, d])
}

/// Degrees by which a matrix turns to the left.
fn degrees([a, b, ..]: [f32; 4]) -> i32 {
    (b.atan2(a).to_degrees().round() as i32).rem_euclid(360)
}

/// The quarter turn nearest to an angle, in degrees.
fn nearest(angle: i32) -> i32 {
    ((angle + 45) / 90 % 4) * 90
}

/// The number of quarter turns that an angle is, give or take a little.
fn quarter(angle: i32) -> Option<usize> {
    let off = (angle - nearest(angle)).abs();
    (off <= LEANS || off >= 360 - LEANS).then_some(nearest(angle) as usize / 90)
}

/// A character as it is read, its direction turned by `angle` but for what its size says.
fn one(seen: &TextChar, [a, b, c, d]: [f32; 4], angle: i32) -> Option<Character> {
    let along = a.hypot(b);
    // The size told is that of the type times the height of the matrix, which the library takes from these two.
    let size = seen.font_size / b.hypot(d) * (a * d - b * c).abs() / along;
    let width = if a.abs() > 0.05 * along { seen.advance_width.abs() * along / a.abs() } else { 0.5 * size.abs() };
    let sound = size.is_finite() && size != 0.0 && size.abs() < LARGEST;
    let placed = seen.origin_x.abs() < FARTHEST && seen.origin_y.abs() < FARTHEST;
    if !sound || !placed {
        return None;
    }
    // Negative type goes backwards and hangs upside down; a negative scale along the line turns the first of it again.
    let backwards =
        if seen.char.is_whitespace() || seen.advance_width == 0.0 { size < 0.0 } else { seen.advance_width < 0.0 };
    let hanging = (size < 0.0) != (a * d - b * c < 0.0);
    Some(Character {
        character: seen.char,
        x: seen.origin_x,
        y: seen.origin_y,
        width: if width.is_finite() { width.min(4.0 * size.abs()) } else { 0.0 },
        size: size.abs(),
        angle: if backwards { (angle + 180) % 360 } else { angle },
        mirrored: hanging != backwards,
        bold: seen.font_weight >= FontWeight::SemiBold,
        italic: seen.is_italic,
    })
}

impl Character {
    /// Puts what was read from a page that was turned back by quarters where it stands in the file.
    fn turned(mut self, quarter: usize) -> Character {
        for _ in 0..quarter {
            (self.x, self.y) = (-self.y, self.x);
        }
        self.angle = (self.angle + 90 * quarter as i32) % 360;
        self
    }
}

/// What the library finds on a page that is turned back by quarters first.
fn turn_back(document: &PdfDocument, page: usize, content: &[u8], quarter: usize) -> pdf_oxide::Result<Vec<TextChar>> {
    let turn: &[u8] = match quarter {
        1 => b"0 -1 1 0 0 0 cm\n",
        2 => b"-1 0 0 -1 0 0 cm\n",
        _ => b"0 1 -1 0 0 0 cm\n",
    };
    let mut extractor = TextExtractor::new();
    extractor.set_page_index(page as u32);
    let entries = document.get_page_for_debug(page)?;
    if let Some(resources) = entries.as_dict().and_then(|entries| entries.get("Resources")) {
        extractor.set_resources(resources.clone());
        extractor.set_document(document);
        // As where the page is read straight: a font that can't be read has the usual letters.
        let _ = document.load_fonts_public(resources, &mut extractor);
    }
    extractor.extract_owned(&[turn, content].concat())
}
