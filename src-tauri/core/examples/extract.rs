//! Prints the canonical text of a file as every importer reads it, for comparison with other readers.
//!
//! `extract FILE` prints the text; `--whole` takes all of a web page, `--unsigned` leaves out the signs of footnotes;
//! `--blocks` prints instead what each block is and on which page it begins. A refusal goes to standard error, with exit
//! code 1.

use gloss_core::import::{Imported, Options, import_with};
use gloss_core::structure::SpanKind;
use std::process::ExitCode;

fn main() -> ExitCode {
    let mut words: Vec<String> = std::env::args().skip(1).collect();
    let mut flag = |name: &str| {
        let count = words.len();
        words.retain(|word| word != name);
        words.len() < count
    };
    let (blocks, whole_page, unsigned) = (flag("--blocks"), flag("--whole"), flag("--unsigned"));
    let [file] = words.as_slice() else {
        eprintln!("Usage: extract [--blocks] [--whole] [--unsigned] FILE");
        return ExitCode::from(2);
    };
    let bytes = match std::fs::read(file) {
        Ok(bytes) => bytes,
        Err(error) => {
            eprintln!("{error}");
            return ExitCode::FAILURE;
        }
    };
    match import_with(file, &bytes, Options { whole_page }) {
        Ok(imported) if blocks => show(&imported),
        Ok(imported) if unsigned => println!("{}", without_signs(&imported)),
        Ok(imported) => println!("{}", imported.text),
        Err(refusal) => {
            eprintln!("{refusal:?}");
            return ExitCode::FAILURE;
        }
    }
    ExitCode::SUCCESS
}

/// The text without the signs that call footnotes and that footnotes begin with.
fn without_signs(imported: &Imported) -> String {
    let mut signs =
        imported.structure.spans.iter().filter(|span| matches!(span.kind, SpanKind::Call | SpanKind::Mark)).peekable();
    let mut text = String::with_capacity(imported.text.len());
    for (at, character) in imported.text.chars().enumerate() {
        while signs.next_if(|sign| sign.end as usize <= at).is_some() {}
        if signs.peek().is_none_or(|sign| at < sign.start as usize) {
            text.push(character);
        }
    }
    text
}

fn show(imported: &Imported) {
    println!("{:#?}", imported.metadata);
    let characters: Vec<char> = imported.text.chars().collect();
    for block in &imported.structure.blocks {
        let text: String = characters[block.start as usize..block.end as usize].iter().collect();
        let page = imported.structure.page_at(block.start).unwrap_or("-");
        println!("{:?} {} p. {page}: {text}", block.kind, block.level);
    }
}
