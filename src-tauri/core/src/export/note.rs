//! A margin note inside an export: the analyst's Markdown as it is, unable to reach beyond itself.
//!
//! A note may use all of CommonMark, but nothing in it may swallow, restructure or imitate what stands around it: raw
//! HTML and comments become text, fences are closed, headings sink below the heading that they stand under, reference
//! definitions are resolved in place (two notes may both define `[1]`), footnotes and block ids are escaped, and fences
//! that a note app would run are named plain text. What still reaches out after that is written as plain text.
//! Deliberately absent: rendering, and judging what an address points to.

use super::escape;
use pulldown_cmark::{CodeBlockKind, Event, HeadingLevel, LinkType, Options, Parser, Tag, TagEnd};
use std::ops::Range;

/// Rounds of parse and repair. Each repair can change how the rest parses, but two rounds settle all that people write.
const MAX_ROUNDS: usize = 12;

/// Fences whose content note apps execute.
const EXECUTED: [&str; 6] = ["dataview", "dataviewjs", "js-engine", "tasks", "query", "templater"];

/// The note as Markdown without a final line end; empty when it says nothing. `above` is the level of the heading that it stands under.
pub(crate) fn contained(note: &str, above: u8) -> String {
    let mut note = note.replace("\r\n", "\n").replace('\r', "\n").replace('\0', "\u{fffd}");
    let body = note.trim_end().len();
    note.truncate(body);
    while let Some(end) = note.find('\n').filter(|&end| note[..end].trim().is_empty()) {
        note.drain(..=end);
    }
    if is_harmless(&note) {
        return note;
    }
    for _ in 0..MAX_ROUNDS {
        let mut edits = repairs(&note);
        if edits.is_empty() {
            edits = flatten_headings(&note);
        }
        if edits.is_empty() {
            let note = close_fence(sink_headings(note, above));
            let low = headings(&note).iter().all(|heading| heading.level > above);
            return if low && ends_on_its_own(&note) && repairs(&note).is_empty() { note } else { plain(&note) };
        }
        note = edit(&note, edits);
    }
    plain(&note)
}

/// Nothing in it that could need a repair: most notes, and they cost no parse.
fn is_harmless(note: &str) -> bool {
    let acts = |line: &str| {
        let line = line.trim_matches(|c: char| c.is_whitespace() || c == '>');
        line.starts_with(':')
            || !line.is_empty() && (line.bytes().all(|b| b == b'=') || line.bytes().all(|b| b == b'-'))
    };
    let pair = |pair: &[u8]| match pair[0] {
        b'<' => pair[1].is_ascii_alphabetic() || matches!(pair[1], b'/' | b'!' | b'?' | b'%'),
        b'#' => matches!(pair[1], b'#' | b' ' | b'\t' | b'\n'),
        b'`' | b'~' | b'$' => pair[1] == pair[0],
        b'%' => matches!(pair[1], b'%' | b'>'),
        b'^' => true,
        b']' => pair[1] == b':',
        b'>' | b':' => pair[1] == pair[0],
        _ => false,
    };
    !note.as_bytes().windows(2).any(pair) && !note.ends_with(['#', '^']) && !note.lines().any(acts)
}

/// The ranges of a note to replace, and by what.
type Edits = Vec<(Range<usize>, String)>;

fn edit(note: &str, mut edits: Edits) -> String {
    edits.sort_by_key(|(range, _)| (range.start, range.end));
    let mut out = String::with_capacity(note.len() + edits.len() * 4);
    let mut from = 0;
    for (range, text) in edits {
        if range.start < from {
            // Inside something that is replaced already: the next round sees it again.
            continue;
        }
        out.push_str(&note[from..range.start]);
        out.push_str(&text);
        from = range.end;
    }
    out.push_str(&note[from..]);
    out
}

fn repairs(note: &str) -> Edits {
    let mut edits = Edits::new();
    let mut verbatim: Vec<Range<usize>> = Vec::new();
    // For each open link: where its words end so far, and the link if it was written by reference.
    let mut links: Vec<(usize, Option<String>)> = Vec::new();
    let parser = Parser::new_ext(note, Options::empty());
    let definitions: Vec<_> =
        parser.reference_definitions().iter().map(|(_, definition)| definition.span.clone()).collect();
    for (event, range) in parser.into_offset_iter() {
        match event {
            Event::Start(
                Tag::Link { link_type, dest_url, title, .. } | Tag::Image { link_type, dest_url, title, .. },
            ) => {
                if matches!(link_type, LinkType::Autolink | LinkType::Email) {
                    verbatim.push(range);
                    links.push((usize::MAX, None));
                    continue;
                }
                let referred = matches!(link_type, LinkType::Reference | LinkType::Collapsed | LinkType::Shortcut);
                let start = range.start + if note[range.start..].starts_with('!') { 2 } else { 1 };
                links.push((start, referred.then(|| destination(&dest_url, &title))));
                continue;
            }
            Event::End(TagEnd::Link | TagEnd::Image) => {
                if let Some((words, referred)) = links.pop().filter(|(words, _)| *words != usize::MAX) {
                    // From the bracket after the words to the end: "](address)", "][label]", "[]" or "]".
                    // (The parser leaves the empty label "[]" out of the link's range.)
                    let label = if referred.is_some() && note[range.end..].starts_with("[]") { 2 } else { 0 };
                    let tail = words + note[words..range.end].find(']').unwrap_or(0)..range.end + label;
                    match referred {
                        Some(address) => edits.push((tail, format!("]{address}"))),
                        None => verbatim.push(tail),
                    }
                }
            }
            Event::Start(Tag::CodeBlock(kind)) => {
                if let CodeBlockKind::Fenced(info) = &kind {
                    let word = info
                        .split(|c: char| !c.is_ascii_alphanumeric() && c != '-')
                        .next()
                        .unwrap_or("")
                        .to_ascii_lowercase();
                    if EXECUTED.contains(&word.as_str()) {
                        let fence =
                            note[range.start..].find(|c| c != '`' && c != '~').map_or(range.end, |at| range.start + at);
                        edits.push((fence..fence, "text ".into()));
                    }
                }
                verbatim.push(range.clone());
            }
            Event::Code(_) => verbatim.push(range.clone()),
            _ => {}
        }
        if let Some((words, _)) = links.last_mut().filter(|(words, _)| *words != usize::MAX) {
            *words = (*words).max(range.end);
        }
    }
    verbatim.sort_by_key(|range| range.start);
    let marks = marks(note, &verbatim);
    if marks.iter().any(|(range, _)| note[range.start..].starts_with('[')) {
        // A footnote's label may look like a link's: settle that before links are resolved.
        return marks;
    }
    edits.extend(marks);
    for span in definitions {
        if !note[span.clone()].trim().is_empty() {
            edits.push((span.start..span.start + note[span].trim_end().len(), String::new()));
        }
    }
    edits
}

/// Escapes the marks that reach out of a note, outside code and addresses.
fn marks(note: &str, verbatim: &[Range<usize>]) -> Edits {
    let mut edits = Edits::new();
    let bytes = note.as_bytes();
    // Where a dollar opens a formula, the formula may end inside a code span and set free what that shows.
    let guarded = verbatim.iter().any(|range| note[range.clone()].contains('<'));
    let mut ranges = verbatim.iter().peekable();
    let mut escaped = false;
    // Whether only white space and quotation marks stand before `at` on its line.
    let mut opening = true;
    let mut at = 0;
    while at < bytes.len() {
        while ranges.peek().is_some_and(|range| range.end <= at) {
            ranges.next();
        }
        if let Some(range) = ranges.peek().filter(|range| range.start <= at) {
            at = range.end;
            escaped = false;
            opening = at > 0 && bytes[at - 1] == b'\n';
            continue;
        }
        let byte = bytes[at];
        if byte == b'\\' {
            escaped = !escaped;
            opening = false;
            at += 1;
            continue;
        }
        let before = at.checked_sub(1).map_or(b'\n', |before| bytes[before]);
        let after = bytes.get(at + 1).copied().unwrap_or(b'\n');
        if byte == b'<' && (after.is_ascii_alphabetic() || matches!(after, b'/' | b'!' | b'?' | b'%')) {
            // A reference and not a backslash: those who link bare addresses would take the backslash into the address.
            edits.push((at - usize::from(escaped)..at + 1, "&lt;".into()));
        }
        let reaches = match byte {
            b'%' => before == b'%' || after == b'>',
            b'$' => guarded || before == b'$' || after == b'$',
            b'^' => before.is_ascii_whitespace() || before == b'>',
            b'[' => after == b'^',
            // A definition, or a fence of Pandoc's.
            b':' => opening && (after.is_ascii_whitespace() || bytes[at..].starts_with(b":::")),
            _ => false,
        };
        if reaches && !escaped {
            edits.push((at..at, "\\".into()));
        }
        if bytes[at..].starts_with(b">>>") && opening {
            // The same quotation to CommonMark, but no fence to those who have quotation fences.
            edits.push((at + 1..at + 1, " ".into()));
        }
        escaped = false;
        opening = byte == b'\n' || opening && matches!(byte, b' ' | b'\t' | b'>');
        at += 1;
    }
    edits
}

/// An address and its title, as they stand after the words of a link.
fn destination(address: &str, title: &str) -> String {
    let safe = |text: &str, marks: &[char]| {
        let mut out = String::new();
        for character in text.chars() {
            match character {
                '\n' => out.push_str("&#10;"),
                '&' => out.push_str("&amp;"),
                _ if character == '\\' || marks.contains(&character) => out.extend(['\\', character]),
                _ => out.push(character),
            }
        }
        out
    };
    let awkward = address.is_empty()
        || address.contains(|c: char| c.is_whitespace() || c.is_control() || matches!(c, '(' | ')' | '<' | '>'));
    let address = if awkward { format!("<{}>", safe(address, &['<', '>'])) } else { safe(address, &[]) };
    if title.is_empty() { format!("({address})") } else { format!("({address} \"{}\")", safe(title, &['"'])) }
}

/// A heading of a note.
struct Heading {
    level: u8,
    range: Range<usize>,
    /// From its first word to its last; empty when it has none.
    words: Range<usize>,
}

impl Heading {
    /// The characters that underline it; `None` when it is written with `#`.
    fn underline(&self, note: &str) -> Option<Range<usize>> {
        let source = note[self.range.clone()].trim_end();
        let line = self.range.start + source.rfind('\n')? + 1;
        let end = self.range.start + source.len();
        let under = line + note[line..end].find(['=', '-'])?;
        Some(under..end)
    }
}

fn headings(note: &str) -> Vec<Heading> {
    let mut found: Vec<Heading> = Vec::new();
    let mut open = false;
    for (event, range) in Parser::new_ext(note, Options::empty()).into_offset_iter() {
        match event {
            Event::Start(Tag::Heading { level, .. }) => {
                found.push(Heading { level: number(level), words: range.end..range.end, range });
                open = true;
            }
            Event::End(TagEnd::Heading(_)) => open = false,
            _ if open => {
                if let Some(heading) = found.last_mut() {
                    let words = &mut heading.words;
                    let end = if words.start == words.end { range.end } else { words.end.max(range.end) };
                    *words = words.start.min(range.start)..end;
                }
            }
            _ => {}
        }
    }
    found
}

/// An underlined heading of several lines can't be written with `#`: it becomes a paragraph.
fn flatten_headings(note: &str) -> Edits {
    let several = |heading: &Heading| heading.words.is_empty() || note[heading.words.clone()].contains('\n');
    headings(note)
        .iter()
        .filter(|heading| several(heading))
        .filter_map(|heading| heading.underline(note))
        .map(|under| (under.start..under.start, "\\".into()))
        .collect()
}

/// Moves every heading below the level `above`; level 6 is the floor. An underlined heading becomes a `#` heading.
fn sink_headings(note: String, above: u8) -> String {
    let mut edits = Edits::new();
    for heading in headings(&note) {
        let hashes = "#".repeat((heading.level + above).min(6).into());
        match heading.underline(&note) {
            None => {
                let source = &note[heading.range.clone()];
                let start = heading.range.end - source.trim_start().len();
                edits.push((start..start + usize::from(heading.level), hashes));
            }
            Some(under) => {
                edits.push((heading.words.start..heading.words.start, format!("{hashes} ")));
                edits.push((under, String::new()));
            }
        }
    }
    if edits.is_empty() { note } else { edit(&note, edits) }
}

fn number(level: HeadingLevel) -> u8 {
    level as u8
}

/// Closes a fence that the note leaves open at its outermost level; one inside a list or quotation ends with that.
fn close_fence(note: String) -> String {
    let mut depth = 0_usize;
    let mut last = None;
    for (event, range) in Parser::new_ext(&note, Options::empty()).into_offset_iter() {
        match event {
            Event::Start(tag) => {
                if depth == 0 {
                    last = matches!(tag, Tag::CodeBlock(CodeBlockKind::Fenced(_))).then_some(range.start);
                }
                depth += 1;
            }
            Event::End(_) => depth -= 1,
            _ => {}
        }
    }
    let Some(start) = last.filter(|_| !ends_on_its_own(&note)) else { return note };
    let opening = note[start..].trim_start();
    let mark = opening.chars().next().unwrap_or('`');
    let count = opening.chars().take_while(|&c| c == mark).count();
    format!("{note}\n{}", mark.to_string().repeat(count))
}

/// Whether a paragraph that follows after an empty line stands on its own, outside everything that the note opened.
fn ends_on_its_own(note: &str) -> bool {
    let followed = format!("{note}\n\nend\n");
    let mut depth = 0_usize;
    let mut own = false;
    for (event, range) in Parser::new_ext(&followed, Options::empty()).into_offset_iter() {
        match event {
            Event::Start(tag) => {
                own = depth == 0 && matches!(tag, Tag::Paragraph) && range.start == note.len() + 2;
                depth += 1;
            }
            Event::End(_) => depth -= 1,
            _ => {}
        }
    }
    own
}

/// The last resort: the note's words without any markup of its own, its line ends kept.
fn plain(note: &str) -> String {
    let mut out = String::new();
    escape::quote(&mut out, note);
    let text: Vec<&str> = out.lines().map(|line| line.strip_prefix("> ").unwrap_or(line)).collect();
    text.join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn check(note: &str, expected: &str) {
        assert_eq!(contained(note, 2), expected, "{note:?}");
    }

    #[test]
    fn ordinary_notes_are_untouched() {
        for note in [
            "Which navy?",
            "**Strong** claim, *one* source.\n\n- first\n- second\n  1. nested\n\n> quoted",
            "See [the report](https://example.org/a) and ![map](map.png \"a map\").",
            "`<b>` in code, and\n\n```\n<div> ^h-0 %%\n```\n\nafter. #todo",
            "[spaced](<a b.md>) and <https://example.org/?a=b>",
            "a < b, 5 % of 3 $",
        ] {
            check(note, note);
        }
    }

    #[test]
    fn nothing_reaches_out() {
        check("```\nopen", "```\nopen\n```");
        check("~~~~ x\nopen\n~~~", "~~~~ x\nopen\n~~~\n~~~~");
        check("- ```\n  open", "- ```\n  open");
        check("<!-- hidden", "&lt;!-- hidden");
        check("<script>\nalert(1)", "&lt;script>\nalert(1)");
        check("a <b>bold</b> \\<i> \\\\<u>", "a &lt;b>bold&lt;/b> &lt;i> \\\\&lt;u>");
        check("%%hidden", "%\\%hidden");
        check("$$\nx", "\\$\\$\nx");
        check("<% tp.file %>", "&lt;% tp.file \\%>");
        check("^h-0123456789ab", "\\^h-0123456789ab");
        check("text ^h-0123456789ab", "text \\^h-0123456789ab");
        check("[[Note#^id]] x^2", "[[Note#^id]] x^2");
        check("[^1]\n\n[^1]: foot", "\\[^1]\n\n\\[^1]: foot");
        check("```dataviewjs\ndv.pages()\n```", "```text dataviewjs\ndv.pages()\n```");
    }

    #[test]
    fn headings_sink_below_the_document() {
        check("# One\n\ntext\n\n##### Five", "### One\n\ntext\n\n###### Five");
        check("One\n===\n\nTwo\n---", "### One\n\n\n#### Two\n");
        check("> # quoted", "> ### quoted");
        check("two\nlines\n===", "two\nlines\n\\===");
    }

    #[test]
    fn references_are_resolved_in_place() {
        check(
            "See [1] and [words][1] and [1][].\n\n[1]: https://example.org/a",
            "See [1](https://example.org/a) and [words](https://example.org/a) and [1](https://example.org/a).\n\n",
        );
        check("![map]\n\n[map]: <a b.png> \"The \\\"map\\\"\"", "![map](<a b.png> \"The \\\"map\\\"\")\n\n");
        check("[a]\n\n[a]: x\n[a]: y", "[a](x)\n\n\n");
        check("[unknown] stays", "[unknown] stays");
    }

    proptest! {
        #[test]
        fn whatever_is_noted_ends_where_it_ends(note in "([-#>`~=<!%$^*_\\[\\]()&;:\\\\ \na-c\t1.|]|<!--|-->|```|~~~|<div>|\\]: |<script>|\n\n|> |- |    ){0,40}") {
            let once = contained(&note, 2);
            prop_assert!(ends_on_its_own(&once), "{once:?}");
            let mut definitions = 0;
            let parser = Parser::new_ext(&once, Options::empty());
            definitions += parser.reference_definitions().iter().count();
            prop_assert_eq!(definitions, 0, "{:?}", once);
            for event in parser {
                prop_assert!(!matches!(event, Event::Html(_) | Event::InlineHtml(_)), "{once:?}");
                if let Event::Start(Tag::Heading { level, .. }) = event {
                    prop_assert!(number(level) > 2, "{once:?}");
                }
            }
        }
    }
}
