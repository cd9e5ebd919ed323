//! Prints the title and the main text of each page as dom_smoothie, a port of Mozilla's Readability, finds them.
//!
//! `gloss-readability PAGE`. A page without a main text is a page with no words: exit code 0, nothing printed.

use dom_smoothie::{Config, Readability, TextMode};
use encoding_rs::{Encoding, WINDOWS_1252};
use std::process::ExitCode;

/// Bytes in which a page declares its encoding.
const TOP_BYTES: usize = 4096;

fn main() -> ExitCode {
    let Some(file) = std::env::args().nth(1) else {
        eprintln!("Usage: gloss-readability PAGE");
        return ExitCode::from(2);
    };
    let bytes = match std::fs::read(&file) {
        Ok(bytes) => bytes,
        Err(error) => {
            eprintln!("{error}");
            return ExitCode::FAILURE;
        }
    };
    let config = Config { text_mode: TextMode::Formatted, ..Config::default() };
    let article = Readability::new(decoded(&bytes), None, Some(config)).and_then(|mut page| page.parse());
    if let Ok(article) = article {
        println!("{}\n{}", article.title, article.text_content);
    }
    ExitCode::SUCCESS
}

/// The page as text: UTF-8 when it is that, else what it declares.
fn decoded(bytes: &[u8]) -> String {
    if let Ok(text) = std::str::from_utf8(bytes) {
        return text.to_owned();
    }
    let top = String::from_utf8_lossy(&bytes[..bytes.len().min(TOP_BYTES)]).to_ascii_lowercase();
    let declared = top.split("charset=").nth(1).map(|rest| {
        let label = rest.trim_start_matches(['"', '\'', ' ']);
        label.split(|c: char| !c.is_ascii_alphanumeric() && !matches!(c, '-' | '_')).next().unwrap_or_default()
    });
    let encoding = declared.and_then(|label| Encoding::for_label(label.as_bytes())).unwrap_or(WINDOWS_1252);
    encoding.decode(bytes).0.into_owned()
}
