//! Files in, by the same pure function that the reading process calls.

use crate::{packed, sound};
use gloss_core::import::{self, Options};

/// Of so many inputs one is read twice.
const TWICE: usize = 8;

/// Any file.
pub(crate) fn file(name: &str, bytes: &[u8]) {
    with(name, bytes, Options::default());
}

/// A page, whole or its main text; which of the two the length decides.
pub(crate) fn page(name: &str, bytes: &[u8]) {
    with(name, bytes, Options { whole_page: bytes.len() % 2 == 1 });
}

/// Plain text as a file, and as it is pasted.
pub(crate) fn text(bytes: &[u8]) {
    file("a.txt", bytes);
    if let Ok(pasted) = std::str::from_utf8(bytes) {
        sound::result(&import::import_pasted(pasted));
        if let Ok(edited) = import::edited(pasted.to_owned()) {
            sound::text(&edited);
        }
    }
}

/// Markdown.
pub(crate) fn markdown(bytes: &[u8]) {
    file("a.md", bytes);
}

/// What a reading process that was taken over might answer.
pub(crate) fn answer(bytes: &[u8]) {
    let said = packed::answer(bytes);
    if let Some(Ok(imported)) = import::told(&said) {
        let length = imported.text.chars().count() as u32;
        imported.structure.check(length).expect("a structure that fits its text");
    }
}

fn with(name: &str, bytes: &[u8], options: Options) {
    let result = import::import_with(name, bytes, options);
    sound::result(&result);
    if bytes.len().is_multiple_of(TWICE) {
        assert!(import::import_with(name, bytes, options) == result, "the same file became something else");
    }
}
