//! Whether a PDF is all there: a file that was cut short is found before anything in it is believed.
//!
//! A PDF ends with the place of its table of contents and a mark. Readers that are kind rebuild what is missing and
//! show the pages that are left; here a part must not pass for the whole. Deliberately absent: any repair.

use super::super::Refusal;
use super::{damaged, is_pdf};

/// The mark at the end of a PDF, or of one revision of it.
const END: &[u8] = b"%%EOF";

/// Bytes at the top in which a file that was arranged for the web says how long it is.
const TOP_BYTES: usize = 1024;

/// Refuses what is cut short.
pub(super) fn check(bytes: &[u8]) -> Result<(), Refusal> {
    if !is_pdf(bytes) {
        return Err(damaged("it does not begin as a PDF does"));
    }
    let cut = || damaged("its end is missing");
    let end = bytes.windows(END.len()).rposition(|window| window == END).ok_or_else(cut)?;
    let after = &bytes[end + END.len()..];
    if after.windows(4).any(|window| window == b" obj") {
        return Err(cut());
    }
    let length = linearised(&bytes[..bytes.len().min(TOP_BYTES)]);
    if length.is_some_and(|length| length > bytes.len()) {
        return Err(cut());
    }
    Ok(())
}

/// The length that a file arranged for the web says it has.
fn linearised(top: &[u8]) -> Option<usize> {
    let find = |word: &[u8], from: usize| {
        top[from..].windows(word.len()).position(|window| window == word).map(|at| from + at + word.len())
    };
    let at = find(b"/Linearized", 0)?;
    let start = find(b"/L ", at)?;
    let digits: String = top[start..]
        .iter()
        .map(|&byte| byte as char)
        .skip_while(|c| *c == ' ')
        .take_while(char::is_ascii_digit)
        .collect();
    digits.parse().ok()
}
