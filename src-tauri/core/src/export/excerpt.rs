//! The start of a passage on one line, for where the whole would be too much.

use unicode_segmentation::GraphemeCursor;

/// At most `longest` code points, cut after a word, or between two grapheme clusters.
pub(super) fn excerpt(text: &str, longest: usize) -> String {
    let mut line = String::with_capacity(longest * 2);
    for word in text.split_whitespace() {
        if !line.is_empty() {
            line.push(' ');
        }
        line.push_str(word);
        if line.len() > longest * 4 {
            break;
        }
    }
    let Some((limit, _)) = line.char_indices().nth(longest) else { return line };
    let half = limit / 2;
    let cut = match line[..limit].rfind(' ').filter(|&space| space > half) {
        Some(space) => space,
        None => {
            let mut cursor = GraphemeCursor::new(limit, line.len(), true);
            match cursor.is_boundary(&line, 0) {
                Ok(false) => cursor.prev_boundary(&line, 0).ok().flatten().filter(|&cut| cut > 0).unwrap_or(limit),
                _ => limit,
            }
        }
    };
    line.truncate(cut);
    line.push('…');
    line
}
