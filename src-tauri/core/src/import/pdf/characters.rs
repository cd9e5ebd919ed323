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

/// Most directions of its own on one page: each is read once more.
const LEANINGS: usize = 6;

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
    leaning.retain(|&(angle, count)| quarter(angle).is_none() && count >= LEANING);
    leaning.sort_by_key(|&(angle, count)| (std::cmp::Reverse(count), angle));
    leaning.truncate(LEANINGS);
    let own: Vec<i32> = leaning.into_iter().map(|(angle, _)| angle).collect();
    let along = |matrix: [f32; 4]| {
        let angle = degrees(matrix);
        if own.contains(&angle) { angle } else { nearest(angle) }
    };
    let mut characters = Vec::with_capacity(seen.len());
    let mut turned: Vec<i32> = Vec::new();
    for (character, matrix) in seen.iter().filter_map(|seen| Some((seen, matrix(seen)?))) {
        match along(matrix) {
            0 => characters.extend(one(character, matrix)),
            angle if !turned.contains(&angle) => turned.push(angle),
            _ => {}
        }
    }
    for angle in turned {
        let (sin, cos) = sin_cos(angle);
        for character in turn_back(document, page, content, (sin, cos))? {
            let Some(back) = matrix(&character) else { continue };
            // Its direction before the page was turned.
            let [a, b, c, d] = back;
            let before = [cos * a - sin * b, sin * a + cos * b, cos * c - sin * d, sin * c + cos * d];
            if along(before) == angle {
                characters.extend(one(&character, back).map(|found| found.turned(angle)));
            }
        }
    }
    Ok(characters)
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

/// A character that runs along the page, or against it.
fn one(seen: &TextChar, [a, b, c, d]: [f32; 4]) -> Option<Character> {
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
        angle: if backwards { 180 } else { 0 },
        mirrored: hanging != backwards,
        bold: seen.font_weight >= FontWeight::SemiBold,
        italic: seen.is_italic,
    })
}

impl Character {
    /// Puts what was read from a page that was turned back by an angle where it stands in the file.
    fn turned(mut self, angle: i32) -> Character {
        let (sin, cos) = sin_cos(angle);
        (self.x, self.y) = (cos * self.x - sin * self.y, sin * self.x + cos * self.y);
        self.angle = (self.angle + angle) % 360;
        self
    }
}

/// The sine and the cosine of an angle in degrees, exact for whole quarters.
pub(super) fn sin_cos(angle: i32) -> (f32, f32) {
    match angle.rem_euclid(360) {
        0 => (0.0, 1.0),
        90 => (1.0, 0.0),
        180 => (0.0, -1.0),
        270 => (-1.0, 0.0),
        other => (other as f32).to_radians().sin_cos(),
    }
}

/// What the library finds on a page that is turned back by an angle first.
fn turn_back(
    document: &PdfDocument,
    page: usize,
    content: &[u8],
    (sin, cos): (f32, f32),
) -> pdf_oxide::Result<Vec<TextChar>> {
    let turn = format!("{cos:.7} {:.7} {sin:.7} {cos:.7} 0 0 cm\n", -sin);
    let mut extractor = TextExtractor::new();
    extractor.set_page_index(page as u32);
    let entries = document.get_page_for_debug(page)?;
    if let Some(resources) = entries.as_dict().and_then(|entries| entries.get("Resources")) {
        extractor.set_resources(resources.clone());
        extractor.set_document(document);
        // As where the page is read straight: a font that can't be read has the usual letters.
        let _ = document.load_fonts_public(resources, &mut extractor);
    }
    extractor.extract_owned(&[turn.as_bytes(), content].concat())
}
