//! Notes as one Markdown document: CommonMark and one table, with what note apps add kept inert except for three things
//! that are meant for them: front matter, `#tags` and `^block-ids`.
//!
//! The same snapshot gives the same bytes: LF line ends, one at the end, no time of day. A quote's text never becomes
//! markup (`escape.rs`) and a note never reaches beyond itself (`note.rs`). Deliberately absent: wikilinks, callouts,
//! HTML, and anything that only one app can read.

use super::excerpt::excerpt;
use super::{Document, End, GroupBy, Highlight, Link, Place, Snapshot, escape, full, note, short};
use crate::provenance::Field;
use std::collections::{HashMap, HashSet};
use std::fmt::Write;
use uuid::Uuid;

/// Longest excerpt of the other passage in a link, in code points: one line of a page.
const EXCERPT: usize = 80;

/// Level of the heading over a document's highlights, by grouping: title, (tag,) document.
const DOCUMENT_LEVEL: u8 = 2;
const DOCUMENT_LEVEL_UNDER_TAG: u8 = 3;

/// The whole export.
pub fn markdown(snapshot: &Snapshot) -> String {
    Export::new(snapshot).write()
}

struct Export<'a> {
    snapshot: &'a Snapshot,
    /// How each tag is written, by its name.
    tags: HashMap<&'a str, String>,
    /// What a link can lead to.
    exported: HashSet<Uuid>,
    /// Blocks whose id is given; with tags as headings a highlight may stand in several places and is named once.
    named: HashSet<Uuid>,
    out: String,
}

impl<'a> Export<'a> {
    fn new(snapshot: &'a Snapshot) -> Export<'a> {
        let highlights = || snapshot.documents.iter().flat_map(|document| &document.highlights);
        let grown: usize = highlights().map(|highlight| highlight.quote.len() + highlight.note.len() + 96).sum();
        Export {
            snapshot,
            tags: tags(snapshot),
            exported: highlights().map(|highlight| highlight.id).collect(),
            named: HashSet::new(),
            out: String::with_capacity(grown + grown / 8 + 1024),
        }
    }

    fn write(mut self) -> String {
        self.front_matter();
        self.opening();
        match self.snapshot.group_by {
            GroupBy::Document => {
                for document in &self.snapshot.documents {
                    self.document(document, document.highlights.iter().collect(), DOCUMENT_LEVEL);
                }
            }
            GroupBy::Tag => self.by_tag(),
        }
        self.relations();
        let end = self.out.trim_end_matches('\n').len();
        self.out.truncate(end);
        self.out.push('\n');
        self.out
    }

    fn front_matter(&mut self) {
        let list = |out: &mut String, key: &str, items: Vec<String>| {
            out.push_str(key);
            out.push_str(if items.is_empty() { ": []\n" } else { ":\n" });
            for item in items {
                out.push_str("  - ");
                out.push_str(&item);
                out.push('\n');
            }
        };
        let snapshot = self.snapshot;
        let out = &mut self.out;
        out.push_str("---\ntitle: ");
        out.push_str(&escape::yaml(&snapshot.title));
        out.push_str("\ntool: ");
        out.push_str(&escape::yaml(&snapshot.tool));
        out.push('\n');
        list(
            out,
            "documents",
            snapshot.documents.iter().map(|document| escape::yaml(titled(&title(document)))).collect(),
        );
        list(out, "tags", snapshot.tags.iter().map(|tag| escape::yaml(&self.tags[tag.name.as_str()])).collect());
        out.push_str("---\n\n");
    }

    /// The title, what this is, and the table of tags.
    fn opening(&mut self) {
        let snapshot = self.snapshot;
        self.heading(1, titled(&snapshot.title));
        let highlights = self.exported.len();
        let documents = snapshot.documents.len();
        let plural = |count: usize| if count == 1 { "" } else { "s" };
        write!(
            self.out,
            "{highlights} highlight{} in {documents} document{}, exported by ",
            plural(highlights),
            plural(documents)
        )
        .expect(NEVER);
        escape::inline(&mut self.out, &snapshot.tool);
        self.out.push_str(". ¶ gives the number of the paragraph in the document.\n\n");
        if snapshot.tags.is_empty() {
            return;
        }
        self.out.push_str("| Tag | Highlights |\n| --- | ---: |\n");
        for tag in &snapshot.tags {
            self.out.push_str("| ");
            escape::inline(&mut self.out, tag.name.trim());
            let written = &self.tags[tag.name.as_str()];
            if *written != tag.name {
                write!(self.out, " (#{written})").expect(NEVER);
            }
            writeln!(self.out, " | {} |", tag.count).expect(NEVER);
        }
        self.out.push('\n');
    }

    fn by_tag(&mut self) {
        let snapshot = self.snapshot;
        let section = |export: &mut Self, name: &str, belongs: &dyn Fn(&Highlight) -> bool| {
            let mut headed = false;
            for document in &snapshot.documents {
                let highlights: Vec<&Highlight> =
                    document.highlights.iter().filter(|highlight| belongs(highlight)).collect();
                if highlights.is_empty() {
                    continue;
                }
                if !headed {
                    export.heading(DOCUMENT_LEVEL_UNDER_TAG - 1, name);
                    headed = true;
                }
                export.document(document, highlights, DOCUMENT_LEVEL_UNDER_TAG);
            }
        };
        for tag in &snapshot.tags {
            section(self, &tag.name, &|highlight| highlight.tags.contains(&tag.name));
        }
        let headings: HashSet<&str> = snapshot.tags.iter().map(|tag| tag.name.as_str()).collect();
        section(self, "Other tags", &|highlight| {
            !highlight.tags.is_empty() && !highlight.tags.iter().any(|tag| headings.contains(tag.as_str()))
        });
        section(self, "Untagged", &|highlight| highlight.tags.is_empty());
    }

    fn document(&mut self, document: &Document, highlights: Vec<&Highlight>, level: u8) {
        self.heading(level, titled(&title(document)));
        let line = full(&document.item);
        if !line.is_empty() {
            self.out.push_str(&line);
            self.out.push_str("\n\n");
        }
        if highlights.is_empty() {
            self.out.push_str("No highlights.\n\n");
        }
        for highlight in highlights {
            self.highlight(document, highlight, level);
        }
    }

    fn highlight(&mut self, document: &Document, highlight: &Highlight, level: u8) {
        escape::quote(&mut self.out, &highlight.quote);
        self.out.push('\n');
        if self.named.insert(highlight.id) {
            self.out.push('^');
            block_id(&mut self.out, highlight.id);
            self.out.push_str("\n\n");
        }
        let page = highlight.page.as_deref().filter(|page| !page.trim().is_empty());
        let place = Place { page, paragraph: highlight.paragraph };
        write!(self.out, "— {}", short(&document.item, place)).expect(NEVER);
        match (highlight.paragraph, page) {
            (Some(number), Some(_)) => write!(self.out, " · ¶ {number}").expect(NEVER),
            (Some(_), None) => {}
            (None, _) => self.out.push_str(" · Place lost in the current version"),
        }
        if highlight.paragraph.is_some() && !highlight.confirmed {
            self.out.push_str(" · Place not confirmed");
        }
        for (index, tag) in highlight.tags.iter().enumerate() {
            self.out.push_str(if index == 0 { " · #" } else { " #" });
            match self.tags.get(tag.as_str()) {
                Some(written) => self.out.push_str(written),
                None => self.out.push_str(&escape::tag(tag)),
            }
        }
        self.out.push_str("\n\n");
        let text = note::contained(&highlight.note, level);
        if !text.is_empty() {
            self.out.push_str(&text);
            self.out.push_str("\n\n");
        }
        if !highlight.links.is_empty() {
            // The word keeps these items from joining a list that ends the note.
            self.out.push_str("Links:\n\n");
            for link in &highlight.links {
                self.link(link, level);
            }
            self.end_list();
        }
    }

    fn link(&mut self, link: &Link, level: u8) {
        self.out.push_str("- ");
        self.out.push_str(if link.outgoing { "" } else { "← " });
        escape::inline(&mut self.out, link.label.trim());
        self.out.push_str(if link.outgoing { " → " } else { " " });
        self.passage(link.other, &link.quote);
        self.out.push_str(" — *");
        escape::inline(&mut self.out, titled(&link.title).trim());
        self.out.push_str("*\n");
        self.item_note(&link.note, level);
    }

    /// The links of the whole project by relation, so that contradictions can be read in one place.
    fn relations(&mut self) {
        let relations = || self.snapshot.relations.iter().filter(|relation| !relation.links.is_empty());
        if relations().next().is_none() {
            return;
        }
        self.out.push_str("## Links\n\n");
        let snapshot = self.snapshot;
        for relation in snapshot.relations.iter().filter(|relation| !relation.links.is_empty()) {
            self.heading(3, &relation.label);
            for link in &relation.links {
                self.out.push_str("- ");
                self.end(&link.from);
                self.out.push_str(" → ");
                self.end(&link.to);
                self.out.push('\n');
                self.item_note(&link.note, 3);
            }
            self.end_list();
        }
    }

    fn end(&mut self, end: &End) {
        self.passage(end.highlight, &end.quote);
        self.out.push_str(" (*");
        escape::inline(&mut self.out, titled(&end.title).trim());
        self.out.push_str("*)");
    }

    /// An excerpt of a passage, leading to it when it is part of this export.
    fn passage(&mut self, highlight: Uuid, quote: &str) {
        let known = self.exported.contains(&highlight);
        self.out.push_str(if known { "[“" } else { "“" });
        escape::inline(&mut self.out, &excerpt(quote, EXCERPT));
        self.out.push('”');
        if known {
            self.out.push_str("](#^");
            block_id(&mut self.out, highlight);
            self.out.push(')');
        }
    }

    /// A link's note, indented into its list item, which ends it.
    fn item_note(&mut self, text: &str, level: u8) {
        let text = note::contained(text, level);
        if text.is_empty() {
            return;
        }
        self.out.push('\n');
        for line in text.lines() {
            if !line.is_empty() {
                self.out.push_str("  ");
                self.out.push_str(line);
            }
            self.out.push('\n');
        }
        self.out.push('\n');
    }

    /// The empty line after a list, unless its last item ended with one.
    fn end_list(&mut self) {
        if !self.out.ends_with("\n\n") {
            self.out.push('\n');
        }
    }

    fn heading(&mut self, level: u8, text: &str) {
        for _ in 0..level {
            self.out.push('#');
        }
        self.out.push(' ');
        escape::inline(&mut self.out, text.trim());
        self.out.push_str("\n\n");
    }
}

const NEVER: &str = "a String takes everything";

fn title(document: &Document) -> String {
    document.item.get(Field::Title)
}

fn titled(title: &str) -> &str {
    if title.trim().is_empty() { "Untitled" } else { title }
}

/// `h-` and the last twelve hexadecimal digits: the random end of a version 7 id, whose start is only the time.
fn block_id(out: &mut String, id: Uuid) {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    out.push_str("h-");
    for byte in &id.as_bytes()[10..] {
        out.push(DIGITS[usize::from(byte >> 4)] as char);
        out.push(DIGITS[usize::from(byte & 15)] as char);
    }
}

/// How each tag is written. Names that come to the same written tag are numbered in the order of the tag list; note
/// apps do not tell capitals apart.
fn tags(snapshot: &Snapshot) -> HashMap<&str, String> {
    let mut written = HashMap::with_capacity(snapshot.tags.len());
    let mut taken = HashSet::new();
    for tag in &snapshot.tags {
        if written.contains_key(tag.name.as_str()) {
            continue;
        }
        let plain = escape::tag(&tag.name);
        let mut name = plain.clone();
        let mut number = 1;
        while !taken.insert(name.to_lowercase()) {
            number += 1;
            name = format!("{plain}-{number}");
        }
        written.insert(tag.name.as_str(), name);
    }
    written
}
