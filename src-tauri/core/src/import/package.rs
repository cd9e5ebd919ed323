//! What a book says of itself: its reading order, its table of contents, its pages, and who made it.
//!
//! Read from the package file, the navigation page and the older table of contents. Deliberately absent: guides,
//! bindings, and whatever a book says about its looks.

use super::address;
use super::archive::Archive;
use super::page_metadata::day;
use super::tree::Tree;
use super::xml::{self, Element};
use super::{Metadata, Refusal, charset};
use std::collections::HashMap;

/// Where every book says which file is its package.
const CONTAINER: &str = "META-INF/container.xml";

/// Where a book says which of its files are locked.
const LOCKS: &str = "META-INF/encryption.xml";

/// Ways to veil a typeface; everything else that is veiled is locked.
const VEILS: [&str; 2] = ["http://www.idpf.org/2008/embedding", "http://ns.adobe.com/pdf/enc#RC"];

/// Media types of chapters.
const CHAPTERS: [&str; 3] = ["application/xhtml+xml", "text/html", "text/x-oeb1-document"];

/// Most entries of a table of contents, and most pages.
const MAX_ENTRIES: usize = 50_000;

/// One entry of a table: what it is called, how deep it stands, and the file and part that it leads to.
pub(super) struct Entry {
    pub(super) title: String,
    pub(super) level: u8,
    pub(super) file: String,
    pub(super) part: String,
}

/// A book's package.
#[derive(Default)]
pub(super) struct Package {
    /// The chapters' files in reading order, without the table of contents.
    pub(super) spine: Vec<String>,
    /// The table of contents.
    pub(super) contents: Vec<Entry>,
    /// Where the pages of the printed book begin.
    pub(super) pages: Vec<Entry>,
    /// Who made the book, and what it is called.
    pub(super) metadata: Metadata,
}

impl Package {
    /// Reads the package of the book in an archive.
    pub(super) fn read(archive: &mut Archive<'_>) -> Result<Package, Refusal> {
        let container =
            archive.read(CONTAINER)?.ok_or_else(|| damaged("it does not say which of its parts is the book"))?;
        let container = xml::plain(&container)?;
        let container = xml::parse(&container, &[])?;
        let path = below(&container, "rootfiles")
            .flat_map(|files| below(files, "rootfile"))
            .find_map(|file| file.attribute("", "full-path"))
            .and_then(|path| address::joined("", path))
            .ok_or_else(|| damaged("it does not say which of its parts is the book"))?;
        let package = archive.read(&path)?.ok_or_else(|| damaged("the list of its chapters is missing"))?;
        let package = xml::plain(&package)?;
        let package = xml::parse(&package, &SPACES)?;

        let mut files: HashMap<&str, File> = HashMap::new();
        for item in below(&package, "manifest").flat_map(|manifest| below(manifest, "item")) {
            let attribute = |name| item.attribute("", name).unwrap_or_default();
            // What lies outside of the book, or nowhere, is not read.
            if let Some((path, _)) = address::inner(&path, attribute("href")) {
                let is_navigation = attribute("properties").split_ascii_whitespace().any(|word| word == "nav");
                files.entry(attribute("id")).or_insert(File { path, kind: attribute("media-type"), is_navigation });
            }
        }
        let mut book = Package { metadata: metadata(&package), ..Package::default() };
        let mut table = None;
        for spine in below(&package, "spine") {
            table = table.or(spine.attribute("", "toc").and_then(|id| files.get(id)));
            for id in below(spine, "itemref").filter_map(|item| item.attribute("", "idref")) {
                if let Some(file) = files.get(id)
                    && CHAPTERS.contains(&file.kind)
                    && !file.is_navigation
                    && !book.spine.contains(&file.path)
                {
                    book.spine.push(file.path.clone());
                }
            }
        }
        book.refuse_locked(archive)?;
        if let Some(file) = files.values().find(|file| file.is_navigation) {
            book.navigation(archive, &file.path)?;
        }
        let table = table.or_else(|| files.values().find(|file| file.kind == "application/x-dtbncx+xml"));
        if let Some(file) = table {
            book.older_table(archive, &file.path)?;
        }
        Ok(book)
    }

    fn refuse_locked(&self, archive: &mut Archive<'_>) -> Result<(), Refusal> {
        let Some(locks) = archive.read(LOCKS)? else { return Ok(()) };
        let locks = xml::plain(&locks)?;
        let locks = xml::parse(&locks, &[])?;
        for lock in below(&locks, "EncryptedData") {
            let veil = below(lock, "EncryptionMethod")
                .find_map(|method| method.attribute("", "Algorithm"))
                .unwrap_or_default();
            let file = below(lock, "CipherData")
                .flat_map(|data| below(data, "CipherReference"))
                .find_map(|reference| reference.attribute("", "URI"))
                .and_then(|file| address::joined("", &address::decoded(file)));
            if !VEILS.contains(&veil) && file.is_none_or(|file| self.spine.contains(&file)) {
                return Err(Refusal::Encrypted);
            }
        }
        Ok(())
    }

    /// Reads the navigation page.
    fn navigation(&mut self, archive: &mut Archive<'_>, path: &str) -> Result<(), Refusal> {
        let Some(bytes) = archive.read(path)? else { return Ok(()) };
        let Ok(page) = charset::decode_page(&bytes, "") else { return Ok(()) };
        let tree = Tree::parse(&page.text, true)?;
        for nav in (0..tree.nodes.len()).filter(|&node| tree.name(node) == "nav") {
            let types = tree.attribute(nav, "epub:type").or_else(|| tree.attribute(nav, "role")).unwrap_or_default();
            let entries = match types.trim_start_matches("doc-") {
                "toc" => &mut self.contents,
                "page-list" | "pagelist" => &mut self.pages,
                _ => continue,
            };
            for link in tree.inside(nav).filter(|&node| tree.name(node) == "a") {
                let target = tree.attribute(link, "href").and_then(|href| address::inner(path, href));
                if let Some((file, part)) = target.filter(|_| entries.len() < MAX_ENTRIES) {
                    let level =
                        tree.ancestors(link).take_while(|&up| up != nav).filter(|&up| tree.name(up) == "ol").count();
                    entries.push(Entry { title: tree.words(link), level: level.clamp(1, 6) as u8, file, part });
                }
            }
        }
        Ok(())
    }

    /// Reads the table of contents of older books, as far as the navigation page has said nothing.
    fn older_table(&mut self, archive: &mut Archive<'_>, path: &str) -> Result<(), Refusal> {
        let Some(bytes) = archive.read(path)? else { return Ok(()) };
        let table = xml::plain(&bytes)?;
        let table = xml::parse(&table, &[])?;
        let entry = |point: &Element<'_>, level: usize| {
            let title =
                below(point, "navLabel").map(Element::text).next()?.split_whitespace().collect::<Vec<_>>().join(" ");
            let target = below(point, "content").find_map(|content| content.attribute("", "src"))?;
            let (file, part) = address::inner(path, target)?;
            Some(Entry { title, level: level.clamp(1, 6) as u8, file, part })
        };
        if self.contents.is_empty() {
            let mut points: Vec<(&Element<'_>, usize)> =
                below(&table, "navMap").flat_map(|map| below(map, "navPoint")).map(|point| (point, 1)).collect();
            points.reverse();
            while let Some((point, level)) = points.pop().filter(|_| self.contents.len() < MAX_ENTRIES) {
                self.contents.extend(entry(point, level));
                let from = points.len();
                points.extend(below(point, "navPoint").map(|inner| (inner, level + 1)));
                points[from..].reverse();
            }
        }
        if self.pages.is_empty() {
            let targets = below(&table, "pageList").flat_map(|list| below(list, "pageTarget"));
            self.pages.extend(targets.filter_map(|target| entry(target, 1)).take(MAX_ENTRIES));
        }
        Ok(())
    }
}

struct File<'a> {
    path: String,
    kind: &'a str,
    is_navigation: bool,
}

/// The namespaces that matter in a package: the one of attributes that older packages put on Dublin Core.
const SPACES: [xml::Space; 1] = [("http://www.idpf.org/2007/opf", "opf")];

/// The elements of a name inside another. Books get namespaces wrong more often than names.
fn below<'e, 'a>(element: &'e Element<'a>, name: &'e str) -> impl Iterator<Item = &'e Element<'a>> {
    element.elements().filter(move |inner| inner.name == name)
}

fn metadata(package: &Element<'_>) -> Metadata {
    let all: Vec<&Element<'_>> = package
        .elements()
        .filter(|part| part.name == "metadata")
        .flat_map(|part| {
            part.elements()
                .chain(part.elements().filter(|inner| inner.name == "dc-metadata").flat_map(|inner| inner.elements()))
        })
        .collect();
    let line = |element: &Element<'_>| element.text().split_whitespace().collect::<Vec<_>>().join(" ");
    let named = |name: &'static str| all.iter().filter(move |element| element.name.eq_ignore_ascii_case(name)).copied();
    let first = |name| named(name).map(line).find(|words| !words.is_empty()).unwrap_or_default();
    // What a newer package says about one of its statements, or an older one in its attributes.
    let refined = |element: &Element<'_>, property: &str| -> Option<String> {
        let id = element.attribute("", "id").map(|id| format!("#{id}"));
        let meta = all.iter().find(|meta| {
            meta.name == "meta"
                && id.is_some()
                && meta.attribute("", "refines") == id.as_deref()
                && meta.attribute("", "property") == Some(property)
        });
        meta.map(|meta| line(meta)).or_else(|| element.attribute("opf", property).map(str::to_owned))
    };
    let title = named("title")
        .find(|title| refined(title, "title-type").as_deref() == Some("main"))
        .map(line)
        .unwrap_or_else(|| first("title"));
    let is_author = |creator: &&Element<'_>| refined(creator, "role").is_none_or(|role| role == "aut");
    let mut creators: Vec<&Element<'_>> = named("creator").filter(is_author).collect();
    if creators.is_empty() {
        creators = named("creator").collect();
    }
    let mut authors: Vec<String> = Vec::new();
    for creator in creators {
        let name = line(creator);
        let sorted = refined(creator, "file-as").filter(|sorted| sorted.contains(", ") && !name.contains(", "));
        let name = sorted.unwrap_or(name);
        if !name.is_empty() && !authors.contains(&name) {
            authors.push(name);
        }
    }
    let dated = |event: &str| named("date").find(|date| date.attribute("opf", "event") == Some(event)).map(line);
    let published = dated("publication").or_else(|| dated("original-publication")).unwrap_or_else(|| first("date"));
    let url = ["source", "identifier"]
        .into_iter()
        .flat_map(|name| named(name).map(line))
        .find(|value| address::is_web(value));
    Metadata {
        title,
        author: authors.join("; "),
        publisher: first("publisher"),
        published: day(&published),
        url: url.unwrap_or_default(),
        language: first("language"),
        kind: "book".into(),
        ..Metadata::default()
    }
}

fn damaged(reason: &str) -> Refusal {
    Refusal::Damaged { reason: reason.into() }
}
