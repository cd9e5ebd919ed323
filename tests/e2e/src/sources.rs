//! Texts that stories read: the files in `tests/fixtures/texts`, and short ones that are written here so that a story
//! and what it expects are read together.

use std::path::PathBuf;

/// A file of `tests/fixtures/texts`.
pub fn fixture(name: &str) -> String {
    let file = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../fixtures/texts").join(name);
    match std::fs::read_to_string(&file) {
        Ok(text) => text,
        Err(error) => panic!("{} could not be read: {error}", file.display()),
    }
}
