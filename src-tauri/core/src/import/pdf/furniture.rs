//! What stands on every page and is no part of the text: running headers, footers, page numbers.
//!
//! Something is furniture when it stands at the edge of its page and again at the edge of other pages, numbers aside, or
//! when its number counts the pages. Deliberately absent: any guess about a page that stands alone, but for a number
//! that is the page's own.

use super::Page;
use super::lines::Line;
use std::collections::HashMap;

/// Share of a page's height, at the top and at the bottom, in which furniture stands.
const ZONE: f32 = 0.14;

/// Rows at each edge that may be furniture.
const ROWS: usize = 4;

/// Fewest pages that say the same at their edge; in a document of a few pages two are enough.
const REPEATS: usize = 3;

/// A document of up to so many pages is one of a few.
const FEW: usize = 5;

/// Rows of furniture differ in height between pages by no more than this, in points.
const LEVEL: f32 = 9.0;

/// One row at the edge of a page.
struct Row {
    page: usize,
    /// Indices of its pieces.
    pieces: Vec<usize>,
    y: f32,
    /// Its words without digits and blanks; empty when there are none.
    words: String,
    /// Its numbers that may be the page's: the first and the last.
    numbers: Vec<i64>,
    /// Nothing but a number, perhaps with "page" before it.
    bare: bool,
}

/// Takes the furniture off the pages; `labels` is what the file calls each page.
pub(super) fn clear(pages: &mut [Page], labels: &[String]) {
    clear_laid(pages);
    let edges: Vec<[Vec<Row>; 2]> = pages
        .iter()
        .enumerate()
        .map(|(at, page)| [true, false].map(|top| rows(at, &page.upright, page.height, top)))
        .collect();
    let mut said: HashMap<(usize, &str), Vec<(usize, f32)>> = HashMap::new();
    let mut counted: HashMap<(usize, i64), Vec<(usize, f32)>> = HashMap::new();
    for (edge, row) in edges
        .iter()
        .flat_map(|page| page.iter().enumerate())
        .flat_map(|(edge, rows)| rows.iter().map(move |row| (edge, row)))
    {
        if !row.words.is_empty() {
            said.entry((edge, &row.words)).or_default().push((row.page, row.y));
        }
        for number in &row.numbers {
            counted.entry((edge, number - row.page as i64)).or_default().push((row.page, row.y));
        }
    }
    let needed = needed(pages);
    let level = |seen: Option<&Vec<(usize, f32)>>, y: f32| {
        let mut on: Vec<usize> =
            seen.into_iter().flatten().filter(|(_, other)| (other - y).abs() <= LEVEL).map(|(page, _)| *page).collect();
        on.dedup();
        on.len()
    };
    let mut gone: Vec<Vec<usize>> = vec![Vec::new(); pages.len()];
    for page in &edges {
        for (edge, rows) in page.iter().enumerate() {
            for row in rows {
                let repeated = !row.words.is_empty() && level(said.get(&(edge, row.words.as_str())), row.y) >= needed;
                let counts = row.numbers.iter().any(|number| {
                    let seen = level(counted.get(&(edge, number - row.page as i64)), row.y);
                    seen >= if row.bare { 2 } else { needed }
                });
                let own = row.bare
                    && row
                        .numbers
                        .iter()
                        .any(|number| labels.get(row.page).is_some_and(|label| *label == number.to_string()));
                if !(repeated || counts || own) {
                    break;
                }
                gone[row.page].extend(&row.pieces);
            }
        }
    }
    for (page, gone) in pages.iter_mut().zip(gone) {
        let mut index = 0;
        page.upright.retain(|_| {
            index += 1;
            !gone.contains(&(index - 1))
        });
    }
}

/// Takes off what is laid over several pages in the same words, as a watermark is.
fn clear_laid(pages: &mut [Page]) {
    let words = |pieces: &[Line]| pieces.iter().map(Line::text).collect::<Vec<String>>().join(" ");
    let mut seen: HashMap<String, usize> = HashMap::new();
    for page in pages.iter() {
        let mut own: Vec<String> = page.laid.iter().map(|pieces| words(pieces)).collect();
        own.sort_unstable();
        own.dedup();
        own.into_iter().for_each(|words| *seen.entry(words).or_default() += 1);
    }
    let needed = needed(pages);
    for page in pages.iter_mut() {
        page.laid.retain(|pieces| seen.get(&words(pieces)).is_none_or(|count| *count < needed));
    }
}

/// Pages that must say the same for it to be furniture.
fn needed(pages: &[Page]) -> usize {
    if pages.len() <= FEW { 2 } else { REPEATS }
}

/// The rows at one edge of a page, the outermost first.
fn rows(page: usize, pieces: &[Line], height: f32, top: bool) -> Vec<Row> {
    let zone = |piece: &Line| if top { piece.y < ZONE * height } else { piece.y > (1.0 - ZONE) * height };
    let mut order: Vec<usize> = (0..pieces.len()).filter(|&index| zone(&pieces[index])).collect();
    if !top {
        order.reverse();
    }
    let mut groups: Vec<Vec<usize>> = Vec::new();
    for index in order {
        let full = groups.len() == ROWS;
        match groups.last_mut() {
            Some(group) if (pieces[group[0]].y - pieces[index].y).abs() <= 0.35 * pieces[index].size => {
                group.push(index)
            }
            _ if full => break,
            _ => groups.push(vec![index]),
        }
    }
    groups
        .into_iter()
        .map(|mut group| {
            group.sort_by(|&a, &b| pieces[a].left.total_cmp(&pieces[b].left));
            let text = group.iter().map(|&index| pieces[index].text()).collect::<Vec<_>>().join(" ");
            row(page, group.clone(), pieces[group[0]].y, &text)
        })
        .collect()
}

fn row(page: usize, pieces: Vec<usize>, y: f32, text: &str) -> Row {
    let words: String = text.chars().filter(|c| c.is_alphabetic()).flat_map(char::to_lowercase).collect();
    let tokens: Vec<&str> = text.split(|c: char| !c.is_alphanumeric()).filter(|token| !token.is_empty()).collect();
    let ends = [tokens.first(), tokens.last()];
    let mut numbers: Vec<i64> = ends.into_iter().flatten().filter_map(|token| number(token)).collect();
    numbers.dedup();
    let told: Vec<&&str> =
        tokens.iter().filter(|token| !matches!(token.to_lowercase().as_str(), "page" | "of" | "p")).collect();
    let bare = !numbers.is_empty() && told.len() <= 2 && told.iter().all(|token| number(token).is_some());
    Row { page, pieces, y, words: if bare { String::new() } else { words }, numbers, bare }
}

/// A decimal number of up to four digits, or a small Roman one.
fn number(token: &str) -> Option<i64> {
    if token.len() <= 4 && token.bytes().all(|byte| byte.is_ascii_digit()) {
        return token.parse().ok();
    }
    if token.len() > 8 {
        return None;
    }
    let digits: Option<Vec<i64>> = token
        .chars()
        .map(|c| match c {
            'i' => Some(1),
            'v' => Some(5),
            'x' => Some(10),
            'l' => Some(50),
            'c' => Some(100),
            _ => None,
        })
        .collect();
    let digits = digits?;
    let value = digits.iter().enumerate().map(|(index, &digit)| {
        if digits[index + 1..].first().is_some_and(|&next| next > digit) { -digit } else { digit }
    });
    Some(value.sum())
}
