//! Prints the canonical text of a file as every importer reads it, for comparison with other readers.
//!
//! `extract FILE` prints the text; `extract --blocks FILE` prints what each block is and on which page it begins. A
//! refusal goes to standard error, with exit code 1.

use gloss_core::import::{Imported, import};
use std::process::ExitCode;

fn main() -> ExitCode {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let (blocks, file) = match words.as_slice() {
        [file] => (false, file),
        [flag, file] if flag == "--blocks" => (true, file),
        _ => {
            eprintln!("Usage: extract [--blocks] FILE");
            return ExitCode::from(2);
        }
    };
    let bytes = match std::fs::read(file) {
        Ok(bytes) => bytes,
        Err(error) => {
            eprintln!("{error}");
            return ExitCode::FAILURE;
        }
    };
    match import(file, &bytes) {
        Ok(imported) if blocks => show(&imported),
        Ok(imported) => println!("{}", imported.text),
        Err(refusal) => {
            eprintln!("{refusal:?}");
            return ExitCode::FAILURE;
        }
    }
    ExitCode::SUCCESS
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
