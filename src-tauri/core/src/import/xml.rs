//! The XML inside an office document or a book, as a tree that borrows from its source.
//!
//! Names are compared by what their namespace is, never by their prefix: who calls says which namespaces it knows and by
//! which short names; so are the prefixes that `mc:Choice` requires. Deliberately absent: document types and every entity of one's own (the only ones are the five that
//! XML predefines and numbers), validation, and attributes of namespaces that nobody asked for.

use super::{Refusal, charset};
use quick_xml::XmlVersion;
use quick_xml::events::attributes::Attributes;
use quick_xml::events::{BytesStart, Event};
use quick_xml::reader::Reader;
use std::borrow::Cow;

/// Deepest nesting that is read. A table within tables takes four levels each, a text box a dozen, and readers recurse:
/// this is far beyond what people write and far within a thread's stack.
const MAX_DEPTH: usize = 256;

/// Most attributes in one tag.
const MAX_ATTRIBUTES: usize = 64;

/// Longest tag in bytes: 1 MiB. Word keeps whole drawings in an attribute.
const MAX_TAG: usize = 1024 * 1024;

/// Most elements in one part: a text of ten thousand pages has some three million.
const MAX_ELEMENTS: usize = 4_000_000;

/// A namespace's address and the short name by which a reader knows it.
pub(super) type Space = (&'static str, &'static str);

/// One element of the tree.
#[derive(Debug, Default)]
pub(super) struct Element<'a> {
    /// The reader's short name for its namespace; empty for one that the reader does not know, and for none.
    pub(super) space: &'static str,
    /// Its name without the prefix.
    pub(super) name: &'a str,
    attributes: Vec<Attribute<'a>>,
    /// What stands in it, in order.
    pub(super) nodes: Vec<Node<'a>>,
}

#[derive(Debug)]
struct Attribute<'a> {
    space: &'static str,
    name: &'a str,
    value: Cow<'a, str>,
}

/// What stands in an element.
#[derive(Debug)]
pub(super) enum Node<'a> {
    /// Another element.
    Element(Element<'a>),
    /// Words, never two in a row.
    Text(Cow<'a, str>),
}

impl<'a> Element<'a> {
    /// Namespace and name, to match on.
    pub(super) fn tag(&self) -> (&'static str, &'a str) {
        (self.space, self.name)
    }

    /// Whether it is this element.
    pub(super) fn is(&self, space: &str, name: &str) -> bool {
        self.space == space && self.name == name
    }

    /// The value of an attribute; the namespace of a plain one is "".
    pub(super) fn attribute(&self, space: &str, name: &str) -> Option<&str> {
        self.attributes.iter().find(|a| a.name == name && a.space == space).map(|a| a.value.as_ref())
    }

    /// The elements in it.
    pub(super) fn elements(&self) -> impl Iterator<Item = &Element<'a>> {
        self.nodes.iter().filter_map(|node| match node {
            Node::Element(element) => Some(element),
            Node::Text(_) => None,
        })
    }

    /// The first element of this name in it.
    pub(super) fn first(&self, space: &str, name: &str) -> Option<&Element<'a>> {
        self.elements().find(|element| element.is(space, name))
    }

    /// Whether one of the elements in it, at any depth, is meant.
    pub(super) fn holds(&self, meant: &impl Fn(&Element<'a>) -> bool) -> bool {
        self.elements().any(|element| meant(element) || element.holds(meant))
    }

    /// All words in it, at any depth.
    pub(super) fn text(&self) -> String {
        let mut text = String::new();
        self.add_text(&mut text);
        text
    }

    fn add_text(&self, text: &mut String) {
        for node in &self.nodes {
            match node {
                Node::Text(words) => text.push_str(words),
                Node::Element(element) => element.add_text(text),
            }
        }
    }
}

/// The bytes of a part as text: by its mark, else by the encoding that it declares, else UTF-8.
pub(super) fn decode(bytes: &[u8]) -> Result<Cow<'_, str>, Refusal> {
    let encoding = match bytes {
        [b'<', 0, ..] => encoding_rs::UTF_16LE,
        [0, b'<', ..] => encoding_rs::UTF_16BE,
        _ => declared(bytes).filter(|one| !charset::is_surely_utf8(bytes, one)).unwrap_or(encoding_rs::UTF_8),
    };
    let (text, _, faulty) = encoding.decode(bytes);
    if faulty { Err(broken()) } else { Ok(text) }
}

/// The text of a file in XML without a document type that only names itself; one that brings anything is refused later.
pub(super) fn plain(bytes: &[u8]) -> Result<String, Refusal> {
    let text = decode(bytes)?.into_owned();
    let lower = text.get(..text.len().min(4096)).unwrap_or(&text).to_ascii_lowercase();
    if let Some(start) = lower.find("<!doctype")
        && let Some(length) = text[start..].find('>')
        && !text[start..start + length].contains('[')
    {
        return Ok(format!("{}{}", &text[..start], &text[start + length + 1..]));
    }
    Ok(text)
}

/// The encoding that an XML declaration names. One that needs two bytes a character could not have been read so far.
fn declared(bytes: &[u8]) -> Option<&'static encoding_rs::Encoding> {
    let declaration = bytes.strip_prefix(b"<?xml")?;
    let end = declaration.iter().take(200).position(|&byte| byte == b'>')?;
    let declaration = std::str::from_utf8(&declaration[..end]).ok()?;
    let value = declaration.split_once("encoding")?.1.trim_start().strip_prefix('=')?.trim_start();
    let label = value.split(['"', '\'']).nth(1)?;
    encoding_rs::Encoding::for_label(label.as_bytes()).filter(|encoding| encoding.is_ascii_compatible())
}

/// Reads a whole part.
pub(super) fn parse<'a>(source: &'a str, spaces: &[Space]) -> Result<Element<'a>, Refusal> {
    let mut reader = Reader::from_str(source);
    reader.config_mut().expand_empty_elements = true;
    let mut scopes = Scopes { source, known: spaces, declared: Vec::new() };
    // The last one is the innermost that is open; the first stands for the part itself.
    let mut open = vec![Element::default()];
    let mut elements = 0;
    loop {
        match reader.read_event().map_err(|_| broken())? {
            Event::Start(tag) => {
                elements += 1;
                if open.len() > MAX_DEPTH {
                    return Err(overwhelming("its markup is nested more than 256 levels deep"));
                }
                if elements > MAX_ELEMENTS {
                    return Err(overwhelming("its markup has more than four million elements"));
                }
                if tag.len() > MAX_TAG {
                    return Err(overwhelming("a tag in its markup is longer than 1 MiB"));
                }
                open.push(scopes.enter(&tag, open.len())?);
            }
            Event::End(_) => {
                scopes.leave(open.len() - 1);
                let element = open.pop().ok_or_else(broken)?;
                open.last_mut().ok_or_else(broken)?.nodes.push(Node::Element(element));
            }
            Event::Text(text) => add(&mut open, xml10(text.into_inner())),
            Event::CData(text) => add(&mut open, xml10(text.into_inner())),
            Event::GeneralRef(reference) => {
                let character = match &*reference {
                    "lt" => '<',
                    "gt" => '>',
                    "amp" => '&',
                    "quot" => '"',
                    "apos" => '\'',
                    _ => reference.resolve_char_ref().ok().flatten().ok_or_else(broken)?,
                };
                add(&mut open, Cow::Owned(character.into()));
            }
            Event::DocType(_) => return Err(overwhelming("its markup brings a document type of its own")),
            Event::Eof => break,
            Event::Decl(_) | Event::PI(_) | Event::Comment(_) | Event::Empty(_) => {}
        }
    }
    let mut part = open.pop().filter(|_| open.is_empty()).ok_or_else(broken)?;
    let root = part.nodes.drain(..).find_map(|node| match node {
        Node::Element(element) => Some(element),
        Node::Text(_) => None,
    });
    root.ok_or_else(broken)
}

/// Adds words to the innermost open element, and to its last words if they stand there.
fn add<'a>(open: &mut [Element<'a>], text: Cow<'a, str>) {
    let Some(element) = open.last_mut() else { return };
    match element.nodes.last_mut() {
        Some(Node::Text(before)) => before.to_mut().push_str(&text),
        _ => element.nodes.push(Node::Text(text)),
    }
}

/// Line ends as XML reads them.
fn xml10(text: Cow<'_, str>) -> Cow<'_, str> {
    if text.contains('\r') { text.replace("\r\n", "\n").replace('\r', "\n").into() } else { text }
}

/// The namespaces that are declared where the reader stands.
struct Scopes<'a, 's> {
    source: &'a str,
    known: &'s [Space],
    /// Depth, prefix and the reader's short name.
    declared: Vec<(usize, &'a str, &'static str)>,
}

impl<'a> Scopes<'a, '_> {
    /// The element that a tag begins, with the namespaces that it declares in force.
    fn enter(&mut self, tag: &BytesStart<'_>, depth: usize) -> Result<Element<'a>, Refusal> {
        // The tag borrows from the event; the same bytes of the source live as long as the tree.
        let at = (tag.as_ptr() as usize).wrapping_sub(self.source.as_ptr() as usize);
        let tag_source = self.source.get(at..at.wrapping_add(tag.len())).ok_or_else(broken)?;
        let name = tag_source.get(..tag.name().as_ref().len()).ok_or_else(broken)?;
        let mut attributes = Vec::new();
        let mut count = 0;
        for attribute in Attributes::new(tag_source, name.len()).with_checks(false) {
            let attribute = attribute.map_err(|_| broken())?;
            count += 1;
            if count > MAX_ATTRIBUTES {
                return Err(overwhelming("a tag in its markup has more than 64 attributes"));
            }
            let key = attribute.key.into_inner();
            let prefix = if key == "xmlns" { Some("") } else { key.strip_prefix("xmlns:") };
            match prefix {
                Some(prefix) => {
                    let space = self.known.iter().find(|(address, _)| *address == attribute.value);
                    self.declared.push((depth, prefix, space.map_or("", |(_, short)| short)));
                }
                None => attributes.push(attribute),
            }
        }
        let (prefix, name) = name.split_once(':').unwrap_or(("", name));
        let mut element = Element { space: self.find(prefix), name, ..Element::default() };
        for attribute in attributes {
            let key = attribute.key.into_inner();
            let (space, name) = match key.split_once(':') {
                Some((prefix, name)) => (self.find(prefix), name),
                None => ("", key),
            };
            if space.is_empty() && key.len() != name.len() {
                continue;
            }
            let mut value = attribute.normalized_value(XmlVersion::Implicit1_0).map_err(|_| broken())?;
            if element.space == "mc" && name == "Requires" {
                // Its words are prefixes, which mean something here only.
                let short = |prefix| Some(self.find(prefix)).filter(|short| !short.is_empty()).unwrap_or("?");
                value = value.split_whitespace().map(short).collect::<Vec<_>>().join(" ").into();
            }
            element.attributes.push(Attribute { space, name, value });
        }
        Ok(element)
    }

    fn leave(&mut self, depth: usize) {
        while self.declared.last().is_some_and(|(declared, ..)| *declared >= depth) {
            self.declared.pop();
        }
    }

    fn find(&self, prefix: &str) -> &'static str {
        if prefix == "xml" {
            return "xml";
        }
        self.declared.iter().rev().find(|(_, declared, _)| *declared == prefix).map_or("", |(.., space)| space)
    }
}

fn broken() -> Refusal {
    Refusal::Damaged { reason: "its markup is broken or cut short".into() }
}

fn overwhelming(reason: &str) -> Refusal {
    Refusal::Unsafe { reason: reason.into() }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SPACES: [Space; 2] = [("urn:one", "one"), ("urn:two", "two")];

    fn text(source: &str) -> String {
        parse(source, &SPACES).expect("good markup").text()
    }

    fn refused(source: &str) -> Refusal {
        parse(source, &SPACES).expect_err("should have been refused")
    }

    #[test]
    fn names_go_by_their_namespace() {
        let source = r#"<?xml version="1.0"?><a xmlns="urn:one" xmlns:x="urn:two" x:k="1" k='2 &gt; 1' q:z="3">
            <x:b xml:space="preserve"/><c xmlns="urn:three"><x:d xmlns:x="urn:one"/></c><x:e/></a>"#;
        let root = parse(source, &SPACES).expect("good markup");
        assert_eq!(root.tag(), ("one", "a"));
        assert_eq!([root.attribute("two", "k"), root.attribute("", "k")], [Some("1"), Some("2 > 1")]);
        assert_eq!(root.attribute("", "z"), None);
        let tags: Vec<_> = root.elements().map(Element::tag).collect();
        assert_eq!(tags, [("two", "b"), ("", "c"), ("two", "e")]);
        assert_eq!(root.first("two", "b").and_then(|b| b.attribute("xml", "space")), Some("preserve"));
        assert_eq!(root.first("", "c").and_then(|c| c.elements().next()).map(Element::tag), Some(("one", "d")));
    }

    #[test]
    fn required_prefixes_go_by_their_namespace() {
        let source = r#"<mc:a xmlns:mc="urn:mc" xmlns:w="urn:one"><mc:b Requires="w q"/><mc:b xmlns:q="urn:one" Requires=" q "/></mc:a>"#;
        let root = parse(source, &[("urn:mc", "mc"), ("urn:one", "one")]).expect("good markup");
        let required: Vec<_> = root.elements().map(|choice| choice.attribute("", "Requires")).collect();
        assert_eq!(required, [Some("one ?"), Some("one")]);
    }

    #[test]
    fn words_come_whole_and_in_order() {
        assert_eq!(text("<a>x &amp; <b>y</b>&#x1F600;<![CDATA[<z>]]>\r\nend<!-- no --></a>"), "x & y😀<z>\nend");
        let root = parse("<a>1&lt;2&gt;3</a>", &SPACES).expect("good markup");
        assert_eq!(root.nodes.len(), 1);
    }

    #[test]
    fn encodings_are_read() {
        let utf16: Vec<u8> = "<a>Да</a>".encode_utf16().flat_map(u16::to_le_bytes).collect();
        let declared = encoding_rs::WINDOWS_1251.encode("<?xml version='1.0' encoding='windows-1251'?><a>Да</a>").0;
        for bytes in ["\u{feff}<a>Да</a>".as_bytes(), &utf16, &declared] {
            assert_eq!(text(&decode(bytes).expect("an encoding")), "Да");
        }
        assert_eq!(decode(b"<a>\xff</a>"), Err(broken()));
    }

    #[test]
    fn markup_that_overwhelms_is_refused() {
        let bomb = r#"<!DOCTYPE a [<!ENTITY b "bbbb"><!ENTITY c "&b;&b;">]><a>&c;</a>"#;
        assert!(matches!(refused(bomb), Refusal::Unsafe { .. }));
        assert!(matches!(refused("<!DOCTYPE a SYSTEM 'file:///etc/passwd'><a/>"), Refusal::Unsafe { .. }));
        assert!(matches!(refused(&"<a>".repeat(1_000)), Refusal::Unsafe { .. }));
        let attributes: String = (0..65).map(|n| format!(" a{n}='1'")).collect();
        assert!(matches!(refused(&format!("<a{attributes}/>")), Refusal::Unsafe { .. }));
        assert!(matches!(refused(&format!("<a b='{}'/>", "x".repeat(MAX_TAG))), Refusal::Unsafe { .. }));
        let deep = format!("{}{}", "<a>".repeat(MAX_DEPTH), "</a>".repeat(MAX_DEPTH));
        assert!(parse(&deep, &SPACES).is_ok());
    }

    #[test]
    fn broken_markup_is_refused() {
        for source in ["", "words", "<a>", "<a><b></a></b>", "<a", "<a>&nbsp;</a>", "<a b='&x;'/>", "<a b/>", "</a>"] {
            assert_eq!(refused(source), broken(), "{source}");
        }
    }
}
