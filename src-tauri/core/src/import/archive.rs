//! The parts of a ZIP archive that a document is packed in, one at a time and into memory only.
//!
//! An archive from a stranger may lie in every header, so sizes are counted while unpacking and every name is looked at
//! before the first part is read. Deliberately absent: writing anything to disk, opening an archive inside the archive,
//! and passwords.

use super::Refusal;
use std::collections::HashMap;
use std::io::{Cursor, Read};
use zip::ZipArchive;
use zip::result::ZipError;

/// Most parts that an archive may have. A book with a file for every page and picture has some thousands.
const MAX_PARTS: usize = 10_000;

/// Most bytes that one part may unpack to: 256 MiB, five times the largest file that is read at all.
const MAX_PART: u64 = 256 * 1024 * 1024;

/// Most bytes that all parts which are read may unpack to: 1 GiB.
const MAX_TOTAL: u64 = 1024 * 1024 * 1024;

/// From this size on the ratio counts: 10 MiB. A small part of blanks may well shrink a thousandfold.
const RATIO_FROM: u64 = 10 * 1024 * 1024;

/// How many times its packed size a large part may unpack to. Markup shrinks ten- to thirtyfold.
const MAX_RATIO: u64 = 200;

/// How the record of a part begins in an archive's directory.
const RECORD: &[u8] = b"PK\x01\x02";

/// An archive whose names have all been looked at.
pub(super) struct Archive<'a> {
    zip: ZipArchive<Cursor<&'a [u8]>>,
    /// Index of every part by its name in lower case: no two names differ by case alone.
    parts: HashMap<String, usize>,
    /// Bytes of the whole file.
    size: u64,
    /// Bytes unpacked so far.
    unpacked: u64,
}

impl<'a> Archive<'a> {
    /// Whether these bytes begin as an archive does.
    pub(super) fn is_one(bytes: &[u8]) -> bool {
        bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"PK\x05\x06")
    }

    /// Reads the directory and refuses what is unsafe in it.
    pub(super) fn open(bytes: &'a [u8]) -> Result<Archive<'a>, Refusal> {
        // The directory itself may be a bomb. Archives inside the archive have records too: they are let pass.
        let records = bytes.windows(RECORD.len()).filter(|window| *window == RECORD);
        if records.take(MAX_PARTS * 10 + 1).count() > MAX_PARTS * 10 {
            return Err(too_many());
        }
        let zip =
            ZipArchive::new(Cursor::new(bytes)).map_err(|_| damaged("its list of parts is broken or cut short"))?;
        if zip.len() > MAX_PARTS {
            return Err(too_many());
        }
        if zip.has_duplicate_names() {
            return Err(twice());
        }
        let mut parts = HashMap::with_capacity(zip.len());
        for index in 0..zip.len() {
            let entry = zip.by_index_data(index).map_err(|_| damaged("its list of parts is broken"))?;
            let name = entry.name().map_err(|_| damaged("the name of one of its parts is not readable"))?;
            if leads_out(&name) {
                return Err(unsafe_("the name of one of its parts leads out of it"));
            }
            if entry.is_symlink() {
                return Err(unsafe_("one of its parts is a link to something outside"));
            }
            if entry.encrypted() {
                return Err(Refusal::Encrypted);
            }
            if parts.insert(name.trim_end_matches('/').to_lowercase(), index).is_some() {
                return Err(twice());
            }
        }
        Ok(Archive { zip, parts, size: bytes.len() as u64, unpacked: 0 })
    }

    /// Whether there is a part of this name; upper and lower case are one.
    pub(super) fn has(&self, name: &str) -> bool {
        self.parts.contains_key(&name.to_lowercase())
    }

    /// Unpacks a part; `None` when there is none of this name.
    pub(super) fn read(&mut self, name: &str) -> Result<Option<Vec<u8>>, Refusal> {
        let Some(&index) = self.parts.get(&name.to_lowercase()) else { return Ok(None) };
        let mut part = self.zip.by_index(index).map_err(|error| match error {
            ZipError::CompressionMethodNotSupported(_) => {
                damaged("one of its parts is packed in a way that is not read")
            }
            _ => damaged("one of its parts is not where the list says"),
        })?;
        let packed = part.compressed_size().min(self.size);
        let limit = MAX_PART.min(MAX_TOTAL - self.unpacked);
        let limit = limit.min(RATIO_FROM.max(packed * MAX_RATIO));
        let mut content = Vec::new();
        let read = part.by_ref().take(limit + 1).read_to_end(&mut content);
        let length = content.len() as u64;
        self.unpacked += length.min(limit);
        if length > limit {
            return Err(unsafe_(if length > MAX_PART {
                "one of its parts unpacks to more than 256 MiB"
            } else if limit < RATIO_FROM.max(packed * MAX_RATIO) {
                "it unpacks to more than 1 GiB"
            } else {
                "one of its parts unpacks to more than 200 times its size"
            }));
        }
        read.map_err(|_| damaged("one of its parts does not unpack"))?;
        Ok(Some(content))
    }
}

/// Whether a name could mean a place outside the folder that an archive is unpacked to, on any system.
fn leads_out(name: &str) -> bool {
    let drive = name.as_bytes().get(1) == Some(&b':') && name.as_bytes()[0].is_ascii_alphabetic();
    drive || name.starts_with('/') || name.contains(['\\', '\0']) || name.split('/').any(|step| step == "..")
}

fn damaged(reason: &str) -> Refusal {
    Refusal::Damaged { reason: reason.into() }
}

fn unsafe_(reason: &str) -> Refusal {
    Refusal::Unsafe { reason: reason.into() }
}

fn too_many() -> Refusal {
    unsafe_("it has more than 10,000 parts")
}

fn twice() -> Refusal {
    unsafe_("two of its parts have the same name")
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Write;
    use zip::write::{SimpleFileOptions, ZipWriter};

    fn packed(parts: &[(&str, &[u8])]) -> Vec<u8> {
        let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
        for (name, content) in parts {
            writer.start_file(*name, SimpleFileOptions::default()).expect("a part");
            writer.write_all(content).expect("its content");
        }
        writer.finish().expect("an archive").into_inner()
    }

    fn refused(bytes: &[u8]) -> Refusal {
        Archive::open(bytes).err().expect("should have been refused")
    }

    /// The same archive with every occurrence of `from` in a name replaced.
    fn renamed(parts: &[(&str, &[u8])], from: &str, to: &str) -> Vec<u8> {
        assert_eq!(from.len(), to.len());
        let mut bytes = packed(parts);
        let places: Vec<usize> =
            (0..bytes.len() - from.len()).filter(|&at| bytes[at..].starts_with(from.as_bytes())).collect();
        for at in places {
            bytes[at..at + to.len()].copy_from_slice(to.as_bytes());
        }
        bytes
    }

    #[test]
    fn parts_are_read_by_name() {
        let bytes = packed(&[("word/Document.xml", b"<a/>"), ("пример.txt", "да".as_bytes()), ("empty/", b"")]);
        assert!(Archive::is_one(&bytes));
        let mut archive = Archive::open(&bytes).expect("an archive");
        assert!(archive.has("word/document.xml"));
        assert_eq!(archive.read("word/document.xml"), Ok(Some(b"<a/>".to_vec())));
        assert_eq!(archive.read("пример.txt"), Ok(Some("да".into())));
        assert_eq!(archive.read("missing"), Ok(None));
    }

    #[test]
    fn names_that_lead_out_are_refused() {
        for name in ["../a", "a/../../b", "/etc/passwd", "C:/a", "c:a", "a\\b", "..\\a", "a\0b"] {
            let stand_in = "x".repeat(name.len());
            let refusal = refused(&renamed(&[(&stand_in, b"1")], &stand_in, name));
            assert_eq!(refusal, unsafe_("the name of one of its parts leads out of it"), "{name:?}");
        }
        assert!(Archive::open(&packed(&[("a..b/..c", b"1")])).is_ok());
    }

    #[test]
    fn names_that_collide_are_refused() {
        let two: [(&str, &[u8]); 2] = [("one", b"1"), ("two", b"2")];
        for (from, to) in [("two", "one"), ("two", "ONE")] {
            assert_eq!(refused(&renamed(&two, from, to)), twice(), "{to}");
        }
        assert_eq!(refused(&packed(&[("Ä", b"1"), ("ä", b"2")])), twice());
        assert_eq!(refused(&packed(&[("a/", b""), ("a", b"2")])), twice());
    }

    #[test]
    fn links_and_passwords_are_refused() {
        let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
        writer.add_symlink("a", "/etc/passwd", SimpleFileOptions::default()).expect("a link");
        let bytes = writer.finish().expect("an archive").into_inner();
        assert_eq!(refused(&bytes), unsafe_("one of its parts is a link to something outside"));
        let mut bytes = packed(&[("a", b"1")]);
        let record = bytes.windows(4).position(|window| window == RECORD).expect("a record");
        bytes[record + 8] |= 1;
        assert_eq!(refused(&bytes), Refusal::Encrypted);
    }

    #[test]
    fn bombs_are_stopped_while_they_unpack() {
        let bytes = packed(&[("bomb", &vec![0; 40 << 20]), ("small", &vec![0; 9 << 20])]);
        let mut archive = Archive::open(&bytes).expect("an archive");
        assert_eq!(archive.read("bomb"), Err(unsafe_("one of its parts unpacks to more than 200 times its size")));
        assert_eq!(archive.read("small").map(|part| part.map(|part| part.len())), Ok(Some(9 << 20)));
        archive.unpacked = MAX_TOTAL - (8 << 20);
        assert_eq!(archive.read("small"), Err(unsafe_("it unpacks to more than 1 GiB")));
        let names: Vec<String> = (0..=MAX_PARTS).map(|n| n.to_string()).collect();
        let parts: Vec<(&str, &[u8])> = names.iter().map(|name| (name.as_str(), &b""[..])).collect();
        assert_eq!(refused(&packed(&parts)), too_many());
    }

    #[test]
    fn a_damaged_archive_says_so() {
        let whole = packed(&[("a", b"some words, some words, some words")]);
        for end in 0..whole.len() - 1 {
            assert!(matches!(refused(&whole[..end]), Refusal::Damaged { .. }), "cut at {end}");
        }
        let mut bytes = whole.clone();
        bytes[40] ^= 0xff;
        let mut archive = Archive::open(&bytes).expect("its directory is whole");
        assert_eq!(archive.read("a"), Err(damaged("one of its parts does not unpack")));
    }
}
