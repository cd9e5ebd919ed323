//! Footnotes: small type at the foot of a column that begins with a mark which the text above calls.
//!
//! Only what is clear becomes a note; everything else stays a paragraph where it stands. Deliberately absent: endnotes,
//! which are a numbered list like any other.

use super::lines::Line;

/// Footnotes are set smaller than the text by at least this share.
const SMALLER: f32 = 0.94;

/// Longest mark of a footnote in characters.
const LONGEST: usize = 4;

/// Signs that mark footnotes besides numbers.
const SIGNS: [char; 8] = ['*', '†', '‡', '§', '¶', '‖', '∗', '#'];

/// Where the footnotes of a region begin, if it has any: the index of its first line of them.
pub(super) fn start(lines: &[Line], body: f32) -> Option<usize> {
    let small = lines.iter().rev().take_while(|line| line.size <= SMALLER * body).count();
    (lines.len() - small..lines.len()).find(|&at| mark(&lines[at]).is_some())
}

/// The mark with which a line begins.
pub(super) fn mark(line: &Line) -> Option<String> {
    let first = line.runs.first()?;
    let text = first.text.trim();
    if first.raised && is_mark(text) {
        return Some(text.to_owned());
    }
    let whole = line.text();
    let (word, rest) = whole.split_once([' ', '\t'])?;
    let plain = word.trim_end_matches(['.', ')']);
    let letters = rest.chars().next().is_some_and(|c| c.is_alphabetic() || matches!(c, '“' | '"' | '‘' | '«'));
    (is_mark(plain) && letters).then(|| plain.to_owned())
}

/// The footnote that a raised stretch of text calls, if it looks like a call.
pub(super) fn called(text: &str) -> Option<&str> {
    let text = text.trim();
    is_mark(text).then_some(text)
}

fn is_mark(text: &str) -> bool {
    let number = text.len() < LONGEST && text.bytes().all(|byte| byte.is_ascii_digit()) && !text.starts_with('0');
    !text.is_empty() && text.chars().count() <= LONGEST && (number || text.chars().all(|c| SIGNS.contains(&c)))
}

/// Takes the mark off the line that begins with it.
pub(super) fn strip(line: &mut Line, mark: &str) {
    let mut left = mark.chars().count();
    for run in &mut line.runs {
        let drop: usize = run.text.chars().take(left).map(char::len_utf8).sum();
        left -= run.text[..drop].chars().count();
        run.text.drain(..drop);
        if left == 0 {
            let rest = run.text.trim_start_matches(['.', ')', ' ', '\t']).to_owned();
            run.text = rest;
            break;
        }
    }
    line.runs.retain(|run| !run.text.is_empty());
}
