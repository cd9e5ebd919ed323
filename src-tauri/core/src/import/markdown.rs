//! Markdown: the marks become ranges, the text is left clean.
//!
//! CommonMark with tables and footnotes. An image is its alternative text; raw HTML is shown as the text it is; a soft
//! line end is a space and a hard one a line end. A footnote is called by `[label]` and stands at the end. Front matter
//! becomes metadata and is no part of the text. Deliberately absent: rendering, and any fetching of what an address
//! points to.

use super::draft::Draft;
use super::{Metadata, address};
use crate::structure::{BlockKind, SpanKind, Structure};
use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

/// Reads canonical Markdown: the clean text, its structure and what the front matter says.
pub(super) fn read(source: &str) -> (String, Structure, Metadata) {
    let (mut metadata, body) = front_matter(source);
    let mut main = Draft::default();
    let mut notes = Draft::default();
    let mut in_note = false;
    for event in Parser::new_ext(body, Options::ENABLE_TABLES | Options::ENABLE_FOOTNOTES) {
        match event {
            Event::Start(Tag::FootnoteDefinition(label)) => {
                in_note = true;
                notes.enter_note(&label);
            }
            Event::End(TagEnd::FootnoteDefinition) => {
                in_note = false;
                notes.leave();
            }
            event if in_note => take(&mut notes, event),
            event => take(&mut main, event),
        }
    }
    main.close();
    if metadata.title.is_empty() {
        metadata.title = main.first_title();
    }
    main.append(notes);
    let (text, structure) = main.finish();
    (text, structure, metadata)
}

fn take(draft: &mut Draft, event: Event<'_>) {
    match event {
        Event::Start(tag) => start(draft, tag),
        Event::End(tag) => end(draft, tag),
        Event::Text(text) | Event::InlineMath(text) | Event::DisplayMath(text) => draft.push(&text),
        Event::Code(code) => draft.push_as(SpanKind::Code, None, &code),
        Event::Html(html) | Event::InlineHtml(html) => draft.push(&html),
        Event::FootnoteReference(label) => draft.call(&label),
        Event::SoftBreak => draft.push(" "),
        Event::HardBreak => draft.push("\n"),
        Event::Rule => draft.rule(),
        Event::TaskListMarker(_) => {}
    }
}

fn start(draft: &mut Draft, tag: Tag<'_>) {
    match tag {
        Tag::Paragraph | Tag::HtmlBlock => {
            // The first paragraph of a footnote goes on after its mark.
            if !draft.only_a_mark() {
                draft.close();
            }
            draft.ensure();
        }
        Tag::Heading { level, .. } => {
            draft.close();
            draft.open(BlockKind::Heading, level as u8);
        }
        Tag::BlockQuote(_) => draft.enter_quote(),
        Tag::CodeBlock(_) => {
            draft.close();
            draft.open(BlockKind::Code, 0);
        }
        Tag::List(_) => draft.enter_list(),
        Tag::Item => draft.enter_item(),
        Tag::Table(_) => draft.close(),
        Tag::TableHead | Tag::TableRow => draft.enter_row(),
        Tag::TableCell => draft.cell(),
        Tag::Emphasis => draft.begin(SpanKind::Emphasis, None),
        Tag::Strong => draft.begin(SpanKind::Strong, None),
        Tag::Link { dest_url, .. } => draft.begin(SpanKind::Link, address::shown("", &dest_url)),
        _ => {}
    }
}

fn end(draft: &mut Draft, tag: TagEnd) {
    match tag {
        TagEnd::Paragraph | TagEnd::HtmlBlock | TagEnd::Heading(_) | TagEnd::CodeBlock => draft.close(),
        TagEnd::TableHead | TagEnd::TableRow => draft.leave_row(),
        TagEnd::Table => draft.leave_table(),
        TagEnd::BlockQuote(_) | TagEnd::Item | TagEnd::List(_) => draft.leave(),
        TagEnd::Emphasis | TagEnd::Strong | TagEnd::Link => draft.end(),
        _ => {}
    }
}

/// Splits off YAML front matter: what its scalar lines say, and the rest of the source. Without a closing line, or
/// without a single `key:`, the dashes are a rule and part of the text.
fn front_matter(source: &str) -> (Metadata, &str) {
    let none = (Metadata::default(), source);
    let Some(rest) = source.strip_prefix("---\n") else { return none };
    let mut end = None;
    let mut at = 0;
    for line in rest.split_inclusive('\n') {
        if matches!(line.trim_end(), "---" | "...") {
            end = Some((at, at + line.len()));
            break;
        }
        at += line.len();
    }
    let Some((matter_end, body_start)) = end else { return none };
    let matter = &rest[..matter_end];
    if !matter.trim().is_empty() && !matter.lines().any(|line| key_of(line).is_some()) {
        return none;
    }
    let mut metadata = Metadata::default();
    let lines: Vec<&str> = matter.lines().collect();
    let mut index = 0;
    while index < lines.len() {
        let line = lines[index];
        index += 1;
        let Some((key, value)) = key_of(line) else { continue };
        let mut below = Vec::new();
        while index < lines.len() && (lines[index].starts_with([' ', '\t', '-']) || lines[index].is_empty()) {
            below.push(lines[index].trim());
            index += 1;
        }
        let field = match key.to_lowercase().as_str() {
            "title" => &mut metadata.title,
            "author" | "authors" => &mut metadata.author,
            "publisher" | "publication" => &mut metadata.publisher,
            "date" | "published" => &mut metadata.published,
            "url" | "link" => &mut metadata.url,
            "accessed" => &mut metadata.accessed,
            "lang" | "language" => &mut metadata.language,
            _ => continue,
        };
        if field.is_empty() {
            *field = value_of(value, &below, if key.to_lowercase().starts_with("author") { "; " } else { ", " });
        }
    }
    (metadata, &rest[body_start..])
}

/// `key: value` at the left edge; a key has no white space and no quotation marks in it.
fn key_of(line: &str) -> Option<(&str, &str)> {
    let (key, value) = line.split_once(':')?;
    let plain = !key.is_empty() && key.chars().all(|c| c.is_alphanumeric() || c == '_' || c == '-');
    (plain && (value.is_empty() || value.starts_with([' ', '\t']))).then_some((key, value.trim()))
}

/// A scalar, a list of scalars with something between, or a block of lines joined by blanks.
fn value_of(value: &str, below: &[&str], between: &str) -> String {
    if value.starts_with(['|', '>']) {
        return below.iter().filter(|line| !line.is_empty()).copied().collect::<Vec<_>>().join(" ");
    }
    if let Some(list) = value.strip_prefix('[').and_then(|list| list.strip_suffix(']')) {
        return join(list.split(',').map(scalar), between);
    }
    if value.is_empty() {
        return join(
            below.iter().filter_map(|line| line.strip_prefix('-')).map(|item| {
                let item = item.trim();
                scalar(item.strip_prefix("name:").unwrap_or(item))
            }),
            between,
        );
    }
    scalar(value)
}

fn join(items: impl Iterator<Item = String>, between: &str) -> String {
    items.filter(|item| !item.is_empty()).collect::<Vec<_>>().join(between)
}

/// A plain scalar without its comment, or a quoted one without its quotation marks.
fn scalar(value: &str) -> String {
    let value = value.trim();
    if let Some(quoted) = value.strip_prefix('\'').and_then(|rest| rest.strip_suffix('\'')) {
        return quoted.replace("''", "'");
    }
    if value.len() > 1 && value.starts_with('"') && value.ends_with('"') {
        let inside = value[1..value.len() - 1].to_owned();
        return serde_json::from_str(value).unwrap_or(inside);
    }
    let value = value.split(" #").next().unwrap_or(value).trim();
    if value.starts_with('#') || matches!(value, "null" | "~") { String::new() } else { value.to_owned() }
}
