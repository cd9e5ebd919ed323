//! Books.

use crate::archive;

/// Says where the package is.
pub const CONTAINER: &str = r#"<?xml version="1.0"?><container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container">
    <rootfiles><rootfile full-path="OPS/book.opf" media-type="application/oebps-package+xml"/></rootfiles></container>"#;

/// The package of a book with these chapters.
pub fn package(metadata: &str, items: &str, chapters: &[(&str, &str)]) -> String {
    let mut manifest = items.to_owned();
    let mut spine = String::new();
    for (name, _) in chapters {
        manifest.push_str(&format!(r#"<item id="{name}" href="{name}" media-type="application/xhtml+xml"/>"#));
        spine.push_str(&format!(r#"<itemref idref="{name}"/>"#));
    }
    format!(
        r#"<?xml version="1.0" encoding="UTF-8"?><package xmlns="http://www.idpf.org/2007/opf" version="3.0">
        <metadata xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:opf="http://www.idpf.org/2007/opf">{metadata}</metadata>
        <manifest>{manifest}</manifest><spine toc="ncx">{spine}</spine></package>"#
    )
}

/// A chapter of a body.
pub fn chapter(body: &str) -> String {
    format!(
        r#"<?xml version="1.0" encoding="utf-8"?><!DOCTYPE html><html xmlns="http://www.w3.org/1999/xhtml"
        xmlns:epub="http://www.idpf.org/2007/ops"><head><title/><script src="x.js"/></head><body>{body}</body></html>"#
    )
}

/// A book with metadata, more items of the manifest, more parts or others in place of its own, and chapters by name and
/// body.
pub fn book_with(metadata: &str, items: &str, extra: &[(&str, &str)], chapters: &[(&str, &str)]) -> Vec<u8> {
    let package = package(metadata, items, chapters);
    let written: Vec<(String, String)> =
        chapters.iter().map(|(name, body)| (format!("OPS/{name}"), chapter(body))).collect();
    let mut parts =
        vec![("mimetype", "application/epub+zip"), ("META-INF/container.xml", CONTAINER), ("OPS/book.opf", &package)];
    parts.extend(written.iter().map(|(name, content)| (name.as_str(), content.as_str())));
    parts.retain(|(name, _)| !extra.iter().any(|(other, _)| other == name));
    parts.extend(extra);
    archive(&parts)
}

/// A book of chapters by name and body.
pub fn book(chapters: &[(&str, &str)]) -> Vec<u8> {
    book_with("", "", &[], chapters)
}
