//! `cargo xtask compare`: how our readers do on documents that other people made, judged by other people's readers.
//!
//! `pdftotext` judges PDF, `pandoc` everything else. Words are compared as bags, both ways, and in pairs for their order.

use std::collections::HashMap;
use std::path::{Path, PathBuf};

use crate::corpus::{self, Kind};
use crate::place::{self, Build};
use crate::system::{self, Need};
use crate::words::{self, Shared};
use crate::{Outcome, step};

/// Lines at the top and at the bottom of the judge's pages that may be running heads and page numbers.
const EDGE: usize = 4;

pub(crate) fn compare(words: &[&str]) -> Outcome {
    let kinds: Vec<Kind> = match words {
        [] => Kind::ALL.into(),
        [name] => Kind::ALL.into_iter().filter(|kind| kind.name() == *name).collect(),
        _ => Vec::new(),
    };
    if kinds.is_empty() {
        return Err("compare takes one of: pdf, office, epub, html".into());
    }
    system::ensure(&[Need::Compare])?;
    step::run(&mut step::cargo(&["build", "--workspace", "--example", "extract"]))?;
    let mut below = Vec::new();
    for kind in kinds {
        below.extend(one(kind)?);
    }
    if below.is_empty() { Ok(()) } else { Err(format!("below the target: {}", below.join(", "))) }
}

/// Compares the documents of one kind; gives back those below its target.
fn one(kind: Kind) -> Result<Vec<String>, String> {
    let documents = corpus::documents(kind)?;
    println!("\n{:<44} {:>7} {:>8} {:>8} {:>8}", kind.name(), "words", "found", "kept", "order");
    let mut rows: Vec<Shared> = Vec::new();
    let mut below = Vec::new();
    for document in &documents {
        let name = document.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        let theirs = match judge(kind, document) {
            Ok(theirs) => theirs,
            Err(reason) => {
                println!("{name:<44} the judge can't read it: {}", first_line(&reason));
                continue;
            }
        };
        let ours = match read(document) {
            Ok(ours) => ours,
            Err(reason) => {
                println!("{name:<44} not read: {}", first_line(&reason));
                continue;
            }
        };
        let shared = words::compare(&ours, &theirs);
        let low = shared.found.min(shared.kept) < kind.target();
        let sign = if low { "  below" } else { "" };
        println!(
            "{name:<44} {:>7} {:>8} {:>8} {:>8}{sign}",
            shared.words,
            percent(shared.found),
            percent(shared.kept),
            percent(shared.order)
        );
        if low {
            below.push(name);
        }
        rows.push(shared);
    }
    let median = |value: fn(&Shared) -> f64| {
        let mut values: Vec<f64> = rows.iter().map(value).collect();
        values.sort_by(f64::total_cmp);
        values.get(values.len() / 2).map_or_else(String::new, |value| percent(*value))
    };
    println!(
        "{:<44} {:>7} {:>8} {:>8} {:>8}",
        format!("median of {}", rows.len()),
        "",
        median(|row| row.found),
        median(|row| row.kept),
        median(|row| row.order)
    );
    Ok(below)
}

fn read(document: &Path) -> Result<String, String> {
    let program: PathBuf = place::binaries(Build::Debug).join("examples").join("extract");
    step::output(step::command(program, &[]).arg(document))
}

fn judge(kind: Kind, document: &Path) -> Result<String, String> {
    if kind != Kind::Pdf {
        return step::output(step::command("pandoc", &["-t", "plain", "--wrap=none"]).arg(document));
    }
    let text = step::output(step::command("pdftotext", &["-enc", "UTF-8"]).arg(document).arg("-"))?;
    Ok(without_furniture(&text))
}

/// Takes running heads and page numbers off the judge's pages, which form feeds part: lines at a page's edge that stand
/// there on other pages too, numbers aside.
fn without_furniture(text: &str) -> String {
    let pages: Vec<Vec<&str>> =
        text.split('\u{c}').map(|page| page.lines().filter(|line| !line.trim().is_empty()).collect()).collect();
    // The n-th line from the top, or from the bottom, and what it says.
    let places = |page: &[&str], at: usize| {
        let below = page.len() - 1 - at;
        let place = |edge: char, from: usize| (from < EDGE).then(|| (edge, from, key(page[at])));
        [place('t', at), place('b', below)]
    };
    let mut seen: HashMap<(char, usize, String), usize> = HashMap::new();
    for place in pages.iter().flat_map(|page| (0..page.len()).flat_map(|at| places(page, at))).flatten() {
        *seen.entry(place).or_default() += 1;
    }
    let needed = if pages.len() <= 6 { 2 } else { 3 };
    let mut kept = String::new();
    for page in &pages {
        for (at, line) in page.iter().enumerate() {
            let furniture =
                places(page, at).iter().flatten().any(|place| seen.get(place).is_some_and(|count| *count >= needed));
            if !furniture {
                kept.push_str(line);
                kept.push('\n');
            }
        }
    }
    kept
}

/// The letters of a line; `#` for a number that stands alone; a row of numbers as it is.
fn key(line: &str) -> String {
    let letters: String = line.chars().filter(|c| c.is_alphabetic()).flat_map(char::to_lowercase).collect();
    let roman = letters.chars().all(|c| matches!(c, 'i' | 'v' | 'x'));
    match line.split_whitespace().count() {
        1 if roman => "#".into(),
        _ if letters.is_empty() => line.trim().into(),
        _ => letters,
    }
}

fn percent(share: f64) -> String {
    format!("{:.2} %", share * 100.0)
}

fn first_line(text: &str) -> &str {
    text.lines().next().unwrap_or("")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_stands_at_the_edge_of_many_pages_is_no_text() {
        let page = |number: u32| format!("A Journal\n\nText {}\n\n{number}\n", "of its own ".repeat(number as usize));
        let text: String = (1..8).map(|number| page(number) + "\u{c}").collect();
        let kept = without_furniture(&text);
        assert!(!kept.contains("Journal") && kept.contains("Text of its own of its own"));
        assert!(!kept.lines().any(|line| line.trim().parse::<u32>().is_ok()));
    }
}
