//! Documents made of an input, so that a changed byte reaches the reader and not just a checksum.
//!
//! An input is the parts of a document, parted by a line of two percent signs, in the order of the lists below.

use std::io::{Cursor, Write};
use zip::CompressionMethod;
use zip::write::{SimpleFileOptions, ZipWriter};

/// Parts the parts of an input.
const BETWEEN: &[u8] = b"\n%%\n";

const DOCX: [&str; 8] = [
    "word/document.xml",
    "word/styles.xml",
    "word/numbering.xml",
    "word/footnotes.xml",
    "word/endnotes.xml",
    "word/_rels/document.xml.rels",
    "docProps/core.xml",
    "customXml/item1.xml",
];

const ODT: [&str; 4] = ["content.xml", "styles.xml", "meta.xml", "META-INF/manifest.xml"];

const EPUB: [&str; 6] =
    ["book/package.opf", "book/1.xhtml", "book/2.xhtml", "book/nav.xhtml", "book/toc.ncx", "META-INF/encryption.xml"];

const CONTAINER: &[u8] = br#"<container><rootfiles><rootfile full-path="book/package.opf"/></rootfiles></container>"#;

/// A Word document.
pub(crate) fn docx(input: &[u8]) -> Vec<u8> {
    archive(&[], &DOCX, input)
}

/// An OpenDocument text.
pub(crate) fn odt(input: &[u8]) -> Vec<u8> {
    archive(&[("mimetype", b"application/vnd.oasis.opendocument.text")], &ODT, input)
}

/// A book.
pub(crate) fn epub(input: &[u8]) -> Vec<u8> {
    archive(&[("mimetype", b"application/epub+zip"), ("META-INF/container.xml", CONTAINER)], &EPUB, input)
}

/// A PDF of the input's parts as objects, the first one its catalogue, the second what it says about itself. Where the
/// words of a part go on after the line `stream`, its length is put right.
pub(crate) fn pdf(input: &[u8]) -> Vec<u8> {
    const STREAM: &[u8] = b"\nstream\n";
    let mut file = b"%PDF-1.7\n".to_vec();
    let mut places = Vec::new();
    for part in parts(input) {
        places.push(file.len());
        file.extend(format!("{} 0 obj\n", places.len()).bytes());
        match place(part, STREAM) {
            Some(at) => {
                let (dictionary, content) = (part[..at].trim_ascii_end(), &part[at + STREAM.len()..]);
                file.extend(dictionary.strip_suffix(b">>").unwrap_or(dictionary));
                file.extend(format!(" /Length {} >>\nstream\n", content.len()).bytes());
                file.extend(content);
                file.extend(b"\nendstream");
            }
            None => file.extend(part),
        }
        file.extend(b"\nendobj\n");
    }
    let table = file.len();
    let size = places.len() + 1;
    file.extend(format!("xref\n0 {size}\n0000000000 65535 f \n").bytes());
    file.extend(places.iter().flat_map(|place| format!("{place:010} 00000 n \n").into_bytes()));
    file.extend(format!("trailer\n<< /Size {size} /Root 1 0 R /Info 2 0 R >>\nstartxref\n{table}\n%%EOF\n").bytes());
    kept(file)
}

/// The answer of a reading process: the two parts of the input, each after its length.
pub(crate) fn answer(input: &[u8]) -> Vec<u8> {
    let part = |part: &[u8]| [&(part.len() as u64).to_le_bytes()[..], part].concat();
    parts(input).into_iter().take(2).flat_map(part).collect()
}

/// An archive as it is, with the checksum of every part that is stored and not packed put right.
pub(crate) fn mended(input: &[u8]) -> Vec<u8> {
    let mut bytes = input.to_vec();
    let number = |bytes: &[u8], at: usize, length: usize| {
        let digits = bytes.get(at..at + length)?;
        Some(digits.iter().rev().fold(0, |number, &digit| number << 8 | usize::from(digit)))
    };
    let records: Vec<usize> = (0..bytes.len()).filter(|&at| bytes[at..].starts_with(b"PK\x01\x02")).collect();
    for record in records {
        let sum = (|| {
            let local = number(&bytes, record + 42, 4)?;
            let from = local + 30 + number(&bytes, local + 26, 2)? + number(&bytes, local + 28, 2)?;
            let content = bytes.get(from..from + number(&bytes, record + 20, 4)?)?;
            (number(&bytes, record + 10, 2)? == 0).then(|| (local, checksum(content)))
        })();
        let Some((local, sum)) = sum else { continue };
        for at in [record + 16, local + 14] {
            if let Some(place) = bytes.get_mut(at..at + 4) {
                place.copy_from_slice(&sum.to_le_bytes());
            }
        }
    }
    bytes
}

/// CRC-32, bit by bit: inputs are short.
fn checksum(bytes: &[u8]) -> u32 {
    !bytes.iter().fold(u32::MAX, |sum, &byte| {
        (0..8).fold(sum ^ u32::from(byte), |sum, _| if sum & 1 == 1 { sum >> 1 ^ 0xedb8_8320 } else { sum >> 1 })
    })
}

fn archive(first: &[(&str, &[u8])], names: &[&str], input: &[u8]) -> Vec<u8> {
    let options = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in first.iter().copied().chain(names.iter().copied().zip(parts(input))) {
        writer.start_file(name, options).expect("a part");
        writer.write_all(content).expect("its content");
    }
    kept(writer.finish().expect("an archive").into_inner())
}

/// The parts of an input.
pub(crate) fn parts(input: &[u8]) -> Vec<&[u8]> {
    let mut parts = Vec::new();
    let mut rest = input;
    while let Some(at) = place(rest, BETWEEN) {
        parts.push(&rest[..at]);
        rest = &rest[at + BETWEEN.len()..];
    }
    parts.push(rest);
    parts
}

fn place(bytes: &[u8], sought: &[u8]) -> Option<usize> {
    bytes.windows(sought.len()).position(|window| window == sought)
}

/// The document, kept for who asked for it: by its checksum, so that none is kept twice.
fn kept(document: Vec<u8>) -> Vec<u8> {
    if let Some(folder) = std::env::var_os("GLOSS_FUZZ_KEEP") {
        let name = format!("{:08x}", checksum(&document));
        std::fs::write(std::path::Path::new(&folder).join(name), &document).expect("a folder to keep documents in");
    }
    document
}
