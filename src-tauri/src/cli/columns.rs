//! Lists for people: aligned columns, one line an entry, and moments in plain digits. What comes from a source is
//! made harmless for a terminal first. Deliberately absent: colours and widths of terminals; a pipe sees what a
//! person sees.

use super::terminal::is_unseen;
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// The widest a column may be, in terminal cells, unless it is the last: a title that still leaves room for the rest.
const WIDEST: usize = 48;

/// Rows as lines, their columns aligned, two blanks apart. The last column is as long as it is.
pub(crate) fn aligned<const N: usize>(rows: &[[String; N]]) -> String {
    let rows: Vec<Vec<String>> = rows
        .iter()
        .map(|row| {
            let plain = row.iter().map(|cell| harmless(cell));
            plain.enumerate().map(|(n, cell)| if n + 1 < N { shortened(&cell, WIDEST) } else { cell }).collect()
        })
        .collect();
    let width = |column: usize| rows.iter().map(|row| row[column].width()).max().unwrap_or(0);
    let widths: Vec<usize> = (0..N).map(width).collect();
    let mut lines = String::new();
    for row in &rows {
        let mut line = String::new();
        for (cell, width) in row.iter().zip(&widths) {
            line.push_str(cell);
            line.extend(std::iter::repeat_n(' ', width + 2 - cell.width()));
        }
        lines.push_str(line.trim_end());
        lines.push('\n');
    }
    lines
}

/// A passage on one line, at most so many terminal cells wide.
pub(crate) fn shortened(text: &str, widest: usize) -> String {
    if text.width() <= widest {
        return text.to_owned();
    }
    let mut short = String::new();
    let mut width = 1; // of the ellipsis
    for c in text.chars() {
        width += c.width().unwrap_or(0);
        if width > widest {
            break;
        }
        short.push(c);
    }
    short.truncate(short.trim_end().len());
    short.push('…');
    short
}

/// A number with its thousands set apart: "1,152".
pub(crate) fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut text = String::with_capacity(digits.len() + digits.len() / 3);
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// Text on one line without characters that steer a terminal.
pub(crate) fn harmless(text: &str) -> String {
    text.chars().map(|c| if is_unseen(c) { ' ' } else { c }).collect()
}

/// A moment in milliseconds since 1970 as `2026-11-23 14:02`, UTC.
pub(crate) fn moment(milliseconds: i64) -> String {
    let minutes = milliseconds.div_euclid(60_000);
    let (year, month, day) = date(minutes.div_euclid(24 * 60));
    let of_day = minutes.rem_euclid(24 * 60);
    format!("{year:04}-{month:02}-{day:02} {:02}:{:02}", of_day / 60, of_day % 60)
}

/// The Gregorian date of a day counted from 1970-01-01. Years begin in March here, so that the leap day comes last.
fn date(day: i64) -> (i64, i64, i64) {
    const DAYS_IN_400_YEARS: i64 = 146_097;
    const FROM_MARCH_OF_YEAR_0: i64 = 719_468;
    let day = day + FROM_MARCH_OF_YEAR_0;
    let era = day.div_euclid(DAYS_IN_400_YEARS);
    let of_era = day.rem_euclid(DAYS_IN_400_YEARS);
    let year = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year + year / 4 - year / 100);
    let month = (5 * of_year + 2) / 153;
    let day = of_year - (153 * month + 2) / 5 + 1;
    let month = if month < 10 { month + 3 } else { month - 9 };
    (year + era * 400 + i64::from(month <= 2), month, day)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_line_up_whatever_the_script() {
        let rows = [["한국".into(), "a".into()], ["x".into(), "long cell".into()], ["é".into(), String::new()]];
        assert_eq!(aligned(&rows), "한국  a\nx     long cell\né\n");
    }

    #[test]
    fn a_source_cannot_steer_the_terminal() {
        assert_eq!(harmless("a\u{1b}[31mb\nc\u{202e}d"), "a [31mb c d");
    }

    #[test]
    fn a_wide_cell_is_cut_at_the_cell_that_no_longer_fits() {
        assert_eq!(shortened("한국어 문서", 6), "한국…");
        assert_eq!(shortened("short", 6), "short");
    }

    #[test]
    fn moments_are_gregorian() {
        assert_eq!(moment(0), "1970-01-01 00:00");
        assert_eq!(moment(1_709_164_799_000), "2024-02-28 23:59");
        assert_eq!(moment(1_709_164_800_000), "2024-02-29 00:00");
        assert_eq!(moment(1_795_442_520_000), "2026-11-23 14:02");
        assert_eq!(moment(-1), "1969-12-31 23:59");
    }
}
