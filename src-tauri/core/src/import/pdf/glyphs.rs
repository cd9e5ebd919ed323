//! The glyphs of one page, each where it stands on the upright sheet.
//!
//! A page may be turned, and so may stretches of text on it: every direction of writing becomes a frame of its own in
//! which text runs from left to right and `y` grows downwards. Ligatures and presentation forms become the letters that
//! they stand for, an accent that is drawn over a letter joins it. Deliberately absent: reading order.

use super::characters::{Character, sin_cos};
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::{compose, is_combining_mark};

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
    /// A letter set large that begins a paragraph.
    pub(super) initial: bool,
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
    /// Whether its direction runs along no edge of the page.
    pub(super) leaning: bool,
}

/// Corners of the part of a page that is seen, in the coordinates of the file: left, bottom, right, top.
pub(super) type Bounds = (f32, f32, f32, f32);

/// The frames of a page: first what is upright when the page is turned by `rotation` degrees, if there is any, then what
/// is not.
pub(super) fn frames(characters: &[Character], bounds: Bounds, rotation: i32) -> Vec<Frame> {
    let (left, bottom, right, top) = bounds;
    let upright = rotation.rem_euclid(360);
    let mut directions: Vec<((i32, bool), Vec<&Character>)> = Vec::new();
    for character in characters {
        let (x, y) = (character.x, character.y);
        if x < left - 1.0 || x > right + 1.0 || y < bottom - 1.0 || y > top + 1.0 {
            continue;
        }
        // Where only the letters hang, as some fonts need it, the lines of an upright page go down it all the same.
        let angle = (character.angle - upright).rem_euclid(360);
        let direction = (angle, character.mirrored && angle != 0);
        match directions.iter_mut().find(|(other, _)| *other == direction) {
            Some((_, characters)) => characters.push(character),
            None => directions.push((direction, vec![character])),
        }
    }
    directions.sort_by_key(|(direction, _)| (direction.1, direction.0 % 90 != 0, direction.0));
    directions
        .iter()
        .map(|((angle, mirrored), characters)| frame(characters, bounds, angle + upright, *mirrored))
        .collect()
}

fn frame(characters: &[&Character], bounds: Bounds, angle: i32, mirrored: bool) -> Frame {
    let (left, bottom, right, top) = bounds;
    let (sin, cos) = sin_cos(angle);
    let down = if mirrored { -1.0 } else { 1.0 };
    let place = |x: f32, y: f32| (x * cos + y * sin, down * (x * sin - y * cos));
    let corners = [(left, bottom), (left, top), (right, bottom), (right, top)].map(|(x, y)| place(x, y));
    let least = |of: fn((f32, f32)) -> f32| corners.into_iter().map(of).fold(f32::INFINITY, f32::min);
    let (start, first) = (least(|corner| corner.0), least(|corner| corner.1));
    let height = corners.into_iter().map(|corner| corner.1).fold(f32::NEG_INFINITY, f32::max) - first;
    let mut glyphs = Vec::with_capacity(characters.len());
    for character in characters {
        let (x, y) = place(character.x, character.y);
        let glyph = Glyph {
            x: x - start,
            y: y - first,
            width: character.width,
            size: character.size,
            character: ' ',
            marks: Vec::new(),
            bold: character.bold,
            italic: character.italic,
            initial: false,
        };
        letters(character.character, glyph, &mut glyphs);
    }
    Frame { glyphs, height, leaning: angle % 90 != 0 }
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
