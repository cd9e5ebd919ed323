//! Files that hold a document in parts: which kind of document an archive is.
//!
//! The parts say it, not the name of the file. Deliberately absent: reading any of them.

use super::archive::Archive;
use super::{Imported, Refusal, docx, epub, odt};

/// How files of the older office programs begin, and documents that are locked with a password.
const COMPOUND: [u8; 8] = [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1];

/// Parts that only documents of another kind have, and what such files are called.
const OTHERS: [(&str, &str); 5] = [
    ("xl/workbook.xml", "xlsx"),
    ("xl/workbook.bin", "xlsb"),
    ("ppt/presentation.xml", "pptx"),
    ("index/document.iwa", "pages"),
    ("project.qde", "qdpx"),
];

/// Whether the bytes are those of an archive or of its older relative.
pub(super) fn is_one(bytes: &[u8]) -> bool {
    Archive::is_one(bytes) || bytes.starts_with(&COMPOUND)
}

/// Reads the document in a container.
pub(super) fn read(bytes: &[u8], extension: &str) -> Result<Imported, Refusal> {
    if bytes.starts_with(&COMPOUND) {
        return Err(compound(bytes, extension));
    }
    let mut archive = Archive::open(bytes)?;
    // An archive that begins with its kind says it in a part without markup.
    let kind = archive.read("mimetype")?.map(|kind| String::from_utf8_lossy(&kind).trim().to_owned());
    let (read, format) = match kind.as_deref() {
        Some(kind) if odt::KINDS.contains(&kind) => (odt::read(&mut archive)?, "odt"),
        Some("application/epub+zip") => (epub::read(&mut archive)?, "epub"),
        Some("application/vnd.oasis.opendocument.spreadsheet") => {
            return Err(Refusal::Format { extension: "ods".into() });
        }
        Some("application/vnd.oasis.opendocument.presentation") => {
            return Err(Refusal::Format { extension: "odp".into() });
        }
        _ if docx::is_one(&mut archive) => (docx::read(&mut archive)?, "docx"),
        _ if extension == "epub" => (epub::read(&mut archive)?, "epub"),
        _ => {
            let other = OTHERS.iter().find(|(part, _)| archive.has(part)).map(|(_, extension)| *extension);
            // An archive of anything: by its own name, unless that is the name of a document which it is not.
            let named = if matches!(extension, "" | "docx" | "docm" | "dotx" | "odt" | "ott" | "rtf" | "txt" | "md") {
                "zip"
            } else {
                extension
            };
            return Err(Refusal::Format { extension: other.unwrap_or(named).into() });
        }
    };
    let (text, structure, metadata) = read;
    Ok(Imported { text, structure, metadata, format, encoding: "UTF-8", kept: None })
}

/// What a compound file is: a document that is locked, or one of the older formats.
fn compound(bytes: &[u8], extension: &str) -> Refusal {
    let holds = |name: &str| {
        let name: Vec<u8> = name.encode_utf16().flat_map(u16::to_le_bytes).collect();
        bytes.windows(name.len()).any(|window| window == name)
    };
    if holds("EncryptedPackage") {
        return Refusal::Encrypted;
    }
    let found = [("WordDocument", "doc"), ("Workbook", "xls"), ("PowerPoint Document", "ppt")];
    let found = found.into_iter().find(|(stream, _)| holds(stream)).map(|(_, extension)| extension);
    let named = if extension.is_empty() || extension == "docx" { "doc" } else { extension };
    Refusal::Format { extension: found.unwrap_or(named).into() }
}
