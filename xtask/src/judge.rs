//! The readers of other people, and what of their reading is compared.
//!
//! `pdftotext` judges PDF, `pandoc` everything else. Like is compared with like by the same rules for every file:
//! - PDF: running heads and page numbers are taken off the judge's pages, for we leave them out on purpose. What of
//!   them we keep, or what was no running head, is no word too many.
//! - Words for pictures, marks of raised letters, the signs that call a footnote: pandoc writes them, we don't; `FILTER`
//!   takes them off.
//! - Formulas in MathML: pandoc writes TeX, we write what they show. Pages that have them are not compared.
//! - Numbers of lists and headings: each reader counts them by itself; a number that opens a line is taken off both.
//! - pandoc passes over text boxes, merged cells, indexes and what it doesn't know. A word of ours that it lacks counts
//!   against us unless a second reader, which strips markup and little else, finds it: docx2txt, odt2txt, unrtf.
//!
//! Deliberately absent: an exception for any one file.

use std::collections::HashMap;
use std::path::Path;

use crate::corpus::{self, Kind};
use crate::step;

/// Lines at the top and at the bottom of the judge's pages that may be running heads and page numbers. The judge cuts
/// one running line, with an author, a title, a date and a number between bars, into as many as six.
const EDGE: usize = 6;

/// What pandoc is told to do with its reading before it writes it: no pictures, notes below without their signs, and the
/// paragraphs of a title, which it takes for metadata, back in their place.
const FILTER: &str = r#"
local notes = {}
local function note(note)
  for _, block in ipairs(note.content) do table.insert(notes, block) end
  return {}
end
local function title(meta)
  local blocks = {}
  for _, name in ipairs { "title", "subtitle", "author", "date", "abstract" } do
    local value = meta[name]
    if value then
      for _, line in ipairs(pandoc.utils.type(value) == "List" and value or { value }) do
        local kind = pandoc.utils.type(line)
        if kind == "Inlines" then table.insert(blocks, pandoc.Para(line))
        elseif kind == "Blocks" then for _, block in ipairs(line) do table.insert(blocks, block) end
        else table.insert(blocks, pandoc.Para { pandoc.Str(pandoc.utils.stringify(line)) }) end
      end
    end
  end
  return blocks
end
return {
  -- A picture has no words, but for what stands below it.
  { Image = function(image)
      if not image.title:match("^fig:") then return {} end
      return pandoc.List { pandoc.Space() } .. image.caption .. { pandoc.Space() }
    end,
    Superscript = function(raised) return raised.content end,
    Subscript = function(lowered) return lowered.content end },
  { Note = note },
  { Pandoc = function(doc)
      local blocks = pandoc.List(PANDOC_STATE.input_files[1]:match("%.docx$") and title(doc.meta) or {})
      blocks:extend(doc.blocks)
      blocks:extend(notes)
      return pandoc.Pandoc(blocks, {})
    end },
}
"#;

/// What the judge reads in a document.
pub(crate) fn read(kind: Kind, document: &Path) -> Result<String, String> {
    if kind == Kind::Pdf {
        return pages(document).map(|text| without_furniture(&text));
    }
    plain(kind.name(), document)
}

/// What pandoc reads in a document of a format that it knows by this name.
pub(crate) fn plain(format: &str, document: &Path) -> Result<String, String> {
    let filter = corpus::shop().join("judge.lua");
    std::fs::write(&filter, FILTER).map_err(|error| format!("the judge could not be told its rules: {error}"))?;
    let mut pandoc = step::command("pandoc", &["--from", format, "--to", "plain", "--wrap=none", "--quiet"]);
    step::output(pandoc.arg("--lua-filter").arg(filter).arg(document))
}

/// The pages of a PDF as they are.
fn pages(document: &Path) -> Result<String, String> {
    step::output(step::command("pdftotext", &["-enc", "UTF-8"]).arg(document).arg("-"))
}

/// What the second reader finds; empty where there is none.
pub(crate) fn second(kind: Kind, document: &Path) -> String {
    let mut program = match kind {
        Kind::Docx => step::command("docx2txt", &[]),
        Kind::Odt => step::command("odt2txt", &["--width=-1", "--encoding=UTF-8"]),
        Kind::Rtf => step::command("unrtf", &["--text", "--quiet", "--nopict"]),
        Kind::Pdf => return pages(document).unwrap_or_default(),
        Kind::Epub | Kind::Html => return String::new(),
    };
    program.arg(document);
    if kind == Kind::Docx {
        program.arg("-");
    }
    // What it can't read it has nothing to say about; what it writes beside its text belongs into no checkout.
    program.current_dir(corpus::shop());
    step::output(&mut program).unwrap_or_default()
}

/// Takes off the number or letter that opens a line as in a list or a heading: `1.`, `1.2`, `(a)`, `iv)`.
pub(crate) fn without_numbers(text: &str) -> String {
    let mut kept = String::with_capacity(text.len());
    for line in text.lines() {
        let line = line.trim_start_matches(|c: char| !c.is_alphanumeric() && !matches!(c, '(' | '['));
        let word = line.split_whitespace().next().unwrap_or("");
        kept.push_str(if is_number(word) { &line[word.len()..] } else { line });
        kept.push('\n');
    }
    kept
}

fn is_number(word: &str) -> bool {
    let bare = word.trim_start_matches(['(', '[']).trim_end_matches([')', ']', '.', ':']);
    let figures = |part: &str| (1..=3).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_digit());
    let counted = bare.starts_with(|c: char| c.is_ascii_digit())
        && bare.split('.').all(|part| figures(part) || part.chars().count() == 1);
    let letters = bare.chars().count() == 1
        || !bare.is_empty() && bare.to_lowercase().chars().all(|c| matches!(c, 'i' | 'v' | 'x' | 'l' | 'c'));
    counted || letters && word.len() > bare.len()
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_that_open_a_line_are_no_words() {
        let text = "1. One\n  (a) two\n1.2.3 Three\n1.a Four\niv) five\n2014 was\nA word\n- i see";
        let expected = [" One", " two", " Three", " Four", " five", "2014 was", "A word", "i see"];
        assert_eq!(without_numbers(text).lines().collect::<Vec<_>>(), expected);
    }

    #[test]
    fn what_stands_at_the_edge_of_many_pages_is_no_text() {
        let page = |number: u32| format!("A Journal\n\nText {}\n\n{number}\n", "of its own ".repeat(number as usize));
        let text: String = (1..8).map(|number| page(number) + "\u{c}").collect();
        let kept = without_furniture(&text);
        assert!(!kept.contains("Journal") && kept.contains("Text of its own of its own"));
        assert!(!kept.lines().any(|line| line.trim().parse::<u32>().is_ok()));
    }
}
