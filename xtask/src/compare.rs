//! `cargo xtask compare`: how our readers do on documents that other people made, judged by other people's readers.
//!
//! Words are compared as bags, both ways, and in pairs for their order; `judge.rs` says by which rules.

use std::path::{Path, PathBuf};

use crate::corpus::{self, Document, Kind};
use crate::place::{self, Build};
use crate::system::{self, Need};
use crate::words::{self, Shared};
use crate::{Outcome, articles, judge, step};

/// Longest name of a document in the table, in characters.
const NAME: usize = 52;

/// What came of one document.
enum Verdict {
    /// Both read it.
    Read(Shared),
    /// The judge finds no word in it.
    Wordless,
    /// We refuse it.
    Refused(String),
    /// The judge can't read it.
    NoJudge(String),
}

/// What came of all documents of a kind.
struct Total {
    kind: Kind,
    rows: Vec<Shared>,
    below: usize,
    refused: usize,
    wordless: usize,
    unjudged: usize,
}

pub(crate) fn compare(words: &[&str]) -> Outcome {
    let kinds: Vec<Kind> = match words {
        [] => Kind::ALL.into(),
        [name] => Kind::named(name),
        _ => Vec::new(),
    };
    if kinds.is_empty() {
        return Err("compare takes one of: pdf, docx, odt, rtf, office (all three), epub, html".into());
    }
    system::ensure(&[Need::Compare])?;
    step::run(&mut step::cargo(&["build", "--package", "gloss-core", "--example", "extract"]))?;
    let pages = kinds.contains(&Kind::Html);
    let totals = kinds.into_iter().map(one).collect::<Result<Vec<Total>, String>>()?;
    println!("\nJudges: {}, {}", version("pandoc"), version("pdftotext"));
    println!(
        "{:<6} {:>6} {:>9} {:>9} {:>9} {:>9} {:>8} {:>6} {:>8} {:>8} {:>9}",
        "format",
        "files",
        "words",
        "recall",
        "precision",
        "order",
        "target",
        "below",
        "refused",
        "no words",
        "no judge"
    );
    for total in &totals {
        total.print();
    }
    let below: Vec<&str> = totals.iter().filter(|total| !total.reached()).map(|total| total.kind.name()).collect();
    let articles = if pages { articles::compare() } else { Ok(()) };
    if below.is_empty() { articles } else { Err(format!("below the target: {}", below.join(", "))) }
}

impl Total {
    /// Of all words together: those of the judge that we have, those of ours that a judge has, pairs of neighbours.
    fn shares(&self) -> (f64, f64, f64) {
        let sum = |count: fn(&Shared) -> usize| self.rows.iter().map(count).sum::<usize>();
        let share = |part: usize, whole: usize| if whole == 0 { 1.0 } else { part as f64 / whole as f64 };
        (
            share(sum(|row| row.common), sum(|row| row.words)),
            share(sum(|row| row.backed), sum(|row| row.ours)),
            share(sum(|row| row.pairs.0), sum(|row| row.pairs.1)),
        )
    }

    /// Whether all words together reach the target, both ways.
    fn reached(&self) -> bool {
        let (recall, precision, _) = self.shares();
        recall.min(precision) >= self.kind.target()
    }

    fn print(&self) {
        let (recall, precision, order) = self.shares();
        println!(
            "{:<6} {:>6} {:>9} {:>9} {:>9} {:>9} {:>8} {:>6} {:>8} {:>8} {:>9}",
            self.kind.name(),
            self.rows.len(),
            self.rows.iter().map(|row| row.words).sum::<usize>(),
            percent(recall),
            percent(precision),
            percent(order),
            percent(self.kind.target()),
            self.below,
            self.refused,
            self.wordless,
            self.unjudged
        );
    }
}

/// Compares the documents of one kind, a line each.
fn one(kind: Kind) -> Result<Total, String> {
    let documents = corpus::documents(kind)?;
    println!(
        "\n{:<NAME$} {:>7} {:>9} {:>9} {:>9}  verdict",
        format!("{}: {} files", kind.name(), documents.len()),
        "words",
        "recall",
        "precision",
        "order"
    );
    let mut total = Total { kind, rows: Vec::new(), below: 0, refused: 0, wordless: 0, unjudged: 0 };
    for document in &documents {
        let name: String = document.name.chars().take(NAME).collect();
        match verdict(kind, document) {
            Verdict::Read(shared) => {
                let low = shared.recall().min(shared.precision()) < kind.target();
                println!(
                    "{name:<NAME$} {:>7} {:>9} {:>9} {:>9}  {}",
                    shared.words,
                    percent(shared.recall()),
                    percent(shared.precision()),
                    percent(shared.order()),
                    if low { "below" } else { "good" }
                );
                if low {
                    println!("    lacks: {}", shared.lacks);
                    println!("    adds:  {}", shared.adds);
                    total.below += 1;
                }
                total.rows.push(shared);
            }
            Verdict::Wordless => {
                println!("{name:<NAME$} {:>7} the judge finds no words", 0);
                total.wordless += 1;
            }
            Verdict::Refused(reason) => {
                println!("{name:<NAME$} {:>7} refused: {}", "", first_line(&reason));
                total.refused += 1;
            }
            Verdict::NoJudge(reason) => {
                println!(
                    "{name:<NAME$} {:>7} the judge can't read it: {}",
                    "",
                    first_line(reason.rsplit("): ").next().unwrap_or(&reason))
                );
                total.unjudged += 1;
            }
        }
    }
    Ok(total)
}

fn verdict(kind: Kind, document: &Document) -> Verdict {
    let theirs = match judge::read(kind, &document.path) {
        Ok(theirs) => theirs,
        Err(reason) => return Verdict::NoJudge(reason),
    };
    if !theirs.contains(char::is_alphanumeric) {
        return Verdict::Wordless;
    }
    let ours = match read(kind, &document.path) {
        Ok(ours) => ours,
        Err(reason) => return Verdict::Refused(reason),
    };
    let second = judge::second(kind, &document.path);
    let plain = |text: &str| if kind == Kind::Pdf { text.to_owned() } else { judge::without_numbers(text) };
    Verdict::Read(words::compare(&plain(&ours), &plain(&theirs), &plain(&second)))
}

fn read(kind: Kind, document: &Path) -> Result<String, String> {
    let program: PathBuf = place::binaries(Build::Debug).join("examples").join("extract");
    // The judge of web pages leaves nothing out; the judge's notes have no signs.
    let words: &[&str] = if kind == Kind::Pdf { &[] } else { &["--whole", "--unsigned"] };
    let text = step::output(step::command(program, words).arg(document));
    text.map_err(|reason| reason.rsplit_once("): ").map_or(reason.clone(), |(_, refusal)| refusal.to_owned()))
}

/// What a program calls itself, in its first line.
fn version(program: &str) -> String {
    let word = if program == "pdftotext" { "-v" } else { "--version" };
    let output = step::command(program, &[word]).output().ok();
    let output = output.map(|output| [output.stdout, output.stderr].concat()).unwrap_or_default();
    first_line(&String::from_utf8_lossy(&output)).to_owned()
}

fn percent(share: f64) -> String {
    format!("{:.2} %", share * 100.0)
}

fn first_line(text: &str) -> &str {
    text.lines().next().unwrap_or("")
}
