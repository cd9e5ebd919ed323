//! The glyphs of one page, each where it stands on the upright sheet.
//!
//! A page may be turned, and so may stretches of text on it: every direction of writing becomes a frame of its own in
//! which text runs from left to right and `y` grows downwards. Ligatures and presentation forms become the letters that
//! they stand for, an accent that is drawn over a letter joins it. Deliberately absent: reading order.

use pdf_oxide::layout::{FontWeight, TextChar};
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::{compose, is_combining_mark};

/// A glyph whose width is not known is taken to be this wide, in ems.
const USUAL_WIDTH: f32 = 0.5;

/// The next glyph's distance is this one's width only up to here, in ems.
const WIDEST: f32 = 1.2;

/// Type larger than this, in points, is no text.
const LARGEST: f32 = 2_000.0;

/// No page is as large as this, in points.
pub(super) const FARTHEST: f32 = 1_000_000.0;

/// One character where it stands. All lengths are points.
#[derive(Debug, Clone)]
pub(super) struct Glyph {
    /// Left edge.
    pub(super) x: f32,
    /// Baseline, downwards.
    pub(super) y: f32,
    pub(super) width: f32,
    /// Height of the type.
    pub(super) size: f32,
    pub(super) character: char,
    /// Combining marks on it.
    pub(super) marks: Vec<char>,
    pub(super) bold: bool,
    pub(super) italic: bool,
}

impl Glyph {
    pub(super) fn right(&self) -> f32 {
        self.x + self.width
    }

    pub(super) fn is_space(&self) -> bool {
        self.character == ' '
    }
}

/// The part of a page whose text runs in one direction.
pub(super) struct Frame {
    /// In no order.
    pub(super) glyphs: Vec<Glyph>,
    /// Height of the sheet as seen along this direction, in points.
    pub(super) height: f32,
}

/// Corners of the part of a page that is seen, in the coordinates of the file: left, bottom, right, top.
pub(super) type Bounds = (f32, f32, f32, f32);

/// The frames of a page: what is upright when the page is turned by `rotation` degrees first, then what is not.
pub(super) fn frames(characters: &[TextChar], bounds: Bounds, rotation: i32) -> Vec<Frame> {
    let mut quarters: [Vec<&TextChar>; 4] = Default::default();
    let upright = (rotation / 90).rem_euclid(4) as usize;
    for character in characters {
        let (x, y) = (character.origin_x, character.origin_y);
        let seen = x >= bounds.0 - 1.0 && x <= bounds.2 + 1.0 && y >= bounds.1 - 1.0 && y <= bounds.3 + 1.0;
        let sound =
            character.font_size > 0.0 && character.font_size < LARGEST && x.abs() < FARTHEST && y.abs() < FARTHEST;
        if seen && sound && character.rotation_degrees.is_finite() {
            let quarter = (character.rotation_degrees / 90.0).round() as i32;
            quarters[(quarter - upright as i32).rem_euclid(4) as usize].push(character);
        }
    }
    let mut frames = Vec::new();
    for (turn, characters) in quarters.iter().enumerate() {
        if !characters.is_empty() {
            frames.push(frame(characters, bounds, (turn + upright) % 4));
        }
    }
    frames
}

fn frame(characters: &[&TextChar], bounds: Bounds, quarter: usize) -> Frame {
    let (left, bottom, right, top) = bounds;
    let place = |x: f32, y: f32| match quarter {
        0 => (x - left, top - y),
        1 => (y - bottom, x - left),
        2 => (right - x, y - bottom),
        _ => (top - y, right - x),
    };
    let height = if quarter.is_multiple_of(2) { top - bottom } else { right - left };
    let mut glyphs = Vec::with_capacity(characters.len());
    for character in characters {
        let (x, y) = place(character.origin_x, character.origin_y);
        let width = if quarter == 0 { character.advance_width } else { 0.0 };
        let glyph = Glyph {
            x,
            y,
            width: if width.is_finite() { width.clamp(0.0, 4.0 * character.font_size) } else { 0.0 },
            size: character.font_size,
            character: ' ',
            marks: Vec::new(),
            bold: character.font_weight >= FontWeight::SemiBold,
            italic: character.is_italic,
        };
        letters(character.char, glyph, &mut glyphs);
    }
    if quarter != 0 {
        measure(&mut glyphs);
    }
    Frame { glyphs, height }
}

/// Adds the letters that a glyph stands for, in the order in which they are seen.
fn letters(character: char, glyph: Glyph, glyphs: &mut Vec<Glyph>) {
    let plain = match character {
        c if c.is_whitespace() => ' ',
        // A hyphen that a font calls soft is drawn all the same.
        '\u{ad}' | '\u{2010}' | '\u{2011}' => '-',
        '\u{f0b7}' => '•',
        '\u{f0a7}' => '▪',
        '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}' => return,
        '\u{fb00}'..='\u{fb06}' | '\u{fb1d}'..='\u{fdff}' | '\u{fe70}'..='\u{fefc}' => {
            let mut parts: Vec<char> = std::iter::once(character).nfkc().collect();
            if !matches!(character, '\u{fb00}'..='\u{fb06}') {
                parts.reverse();
            }
            let width = glyph.width / parts.len() as f32;
            for (index, &part) in parts.iter().enumerate() {
                glyphs.push(Glyph { x: glyph.x + width * index as f32, width, character: part, ..glyph.clone() });
            }
            return;
        }
        c if c.is_control() => return,
        c => c,
    };
    glyphs.push(Glyph { character: plain, ..glyph });
}

/// Widths along a direction that the file's numbers do not tell: up to the next glyph of the line.
fn measure(glyphs: &mut [Glyph]) {
    glyphs.sort_by(|a, b| a.y.total_cmp(&b.y).then(a.x.total_cmp(&b.x)));
    for index in 0..glyphs.len() {
        let (here, next) = (&glyphs[index], glyphs.get(index + 1));
        let em = here.size;
        let usual = USUAL_WIDTH * em;
        let width = match next {
            Some(next) if (next.y - here.y).abs() < 0.1 * em && next.x - here.x <= WIDEST * em => next.x - here.x,
            _ => usual,
        };
        glyphs[index].width = width.max(0.0).min(2.0 * usual);
    }
}

/// The combining mark that looks like an accent which stands alone.
fn combining(accent: char) -> Option<char> {
    Some(match accent {
        '`' | 'ˋ' => '\u{300}',
        '´' | 'ˊ' => '\u{301}',
        '^' | 'ˆ' => '\u{302}',
        '~' | '˜' => '\u{303}',
        '¯' | 'ˉ' => '\u{304}',
        '˘' => '\u{306}',
        '˙' => '\u{307}',
        '¨' => '\u{308}',
        '˚' => '\u{30a}',
        '˝' => '\u{30b}',
        'ˇ' => '\u{30c}',
        '¸' => '\u{327}',
        '˛' => '\u{328}',
        c if is_combining_mark(c) => c,
        _ => return None,
    })
}

/// Joins accents to the letters that they are drawn over. The glyphs are those of one line, from left to right.
pub(super) fn join_accents(glyphs: &mut Vec<Glyph>) {
    let mut index = 0;
    while index < glyphs.len() {
        let accent = &glyphs[index];
        let Some(mark) = combining(accent.character) else {
            index += 1;
            continue;
        };
        let centre = accent.x + accent.width / 2.0;
        let near = [index.wrapping_sub(1), index + 1, index.wrapping_sub(2), index + 2];
        let over = |at: &usize| {
            glyphs.get(*at).is_some_and(|base| {
                let fits = if is_combining_mark(accent.character) {
                    combining(base.character).is_none()
                } else {
                    composed(base.character, mark).is_some()
                        || !accent.character.is_ascii() && base.character.is_alphabetic()
                };
                fits && centre > base.x && centre < base.right()
            })
        };
        let base = near.into_iter().find(over).or_else(|| {
            let real = is_combining_mark(accent.character) && index > 0;
            real.then(|| index - 1)
        });
        match base {
            Some(base) => {
                glyphs[base].marks.push(mark);
                if let Some(one) = composed(glyphs[base].character, mark).filter(|_| glyphs[base].marks.len() == 1) {
                    glyphs[base].character = one;
                    glyphs[base].marks.clear();
                }
                glyphs.remove(index);
            }
            None => index += 1,
        }
    }
}

fn composed(base: char, mark: char) -> Option<char> {
    let base = match base {
        'ı' => 'i',
        'ȷ' => 'j',
        base => base,
    };
    compose(base, mark)
}
