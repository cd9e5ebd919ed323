//! What became of a file, as bytes: for a reader that runs in another process.
//!
//! Two parts, each after its length in eight bytes, lowest first: JSON with everything but the text, then the text
//! itself. Whoever receives them takes nothing on trust: names are out of the fixed lists, positions lie in the text.
//! Deliberately absent: versions; both ends are the same program.

use super::{Imported, Kept, MAX_BYTES, Metadata, Name, Refusal, length};
use crate::structure::Structure;
use crate::text::count_words;
use encoding_rs::Encoding;
use serde::{Deserialize, Deserializer, Serialize, de};

/// Every format that is read, by the name that is stored.
const FORMATS: [Name; 9] = ["text", "markdown", "html", "mhtml", "epub", "docx", "odt", "rtf", "pdf"];

/// All that was found in a file, but its text.
#[derive(Serialize, Deserialize)]
struct Found {
    structure: Structure,
    metadata: Metadata,
    #[serde(deserialize_with = "format")]
    format: Name,
    #[serde(deserialize_with = "encoding")]
    encoding: Name,
    kept: Option<Kept>,
}

/// Turns what became of a file into bytes.
pub fn tell(result: &Result<Imported, Refusal>) -> Vec<u8> {
    let (head, text) = match result {
        Ok(imported) => {
            let found = Found {
                structure: imported.structure.clone(),
                metadata: imported.metadata.clone(),
                format: imported.format,
                encoding: imported.encoding,
                kept: imported.kept,
            };
            (serde_json::to_vec(&Ok::<_, ()>(found)), imported.text.as_str())
        }
        Err(refusal) => (serde_json::to_vec(&Err::<(), _>(refusal)), ""),
    };
    let head = head.expect("numbers, names and strings always serialise");
    let mut bytes = Vec::with_capacity(head.len() + text.len() + 16);
    for part in [&head[..], text.as_bytes()] {
        bytes.extend_from_slice(&(part.len() as u64).to_le_bytes());
        bytes.extend_from_slice(part);
    }
    bytes
}

/// What such bytes say; `None` when they are not whole, or say what no reader of ours says.
pub fn told(bytes: &[u8]) -> Option<Result<Imported, Refusal>> {
    let (head, rest) = part(bytes)?;
    let (text, rest) = part(rest)?;
    if !rest.is_empty() || text.len() > MAX_BYTES {
        return None;
    }
    let found = match serde_json::from_slice::<Result<Found, Refusal>>(head).ok()? {
        Ok(found) => found,
        Err(refusal) => return Some(Err(refusal)),
    };
    let text = String::from_utf8(text.to_vec()).ok()?;
    found.structure.check(length(&text)).ok()?;
    let Found { structure, metadata, format, encoding, kept } = found;
    if kept.is_some_and(|kept| kept.words != count_words(&text) || kept.words >= kept.of) {
        return None;
    }
    Some(Ok(Imported { text, structure, metadata, format, encoding, kept }))
}

fn part(bytes: &[u8]) -> Option<(&[u8], &[u8])> {
    let (length, rest) = bytes.split_first_chunk::<8>()?;
    rest.split_at_checked(usize::try_from(u64::from_le_bytes(*length)).ok()?)
}

fn format<'de, D: Deserializer<'de>>(from: D) -> Result<Name, D::Error> {
    let name = String::deserialize(from)?;
    FORMATS.into_iter().find(|known| *known == name).ok_or_else(|| de::Error::custom("no such format"))
}

/// The name of an encoding, as the list of encodings has it.
pub(super) fn encoding<'de, D: Deserializer<'de>>(from: D) -> Result<Name, D::Error> {
    let name = String::deserialize(from)?;
    if name == "UTF-32" {
        return Ok("UTF-32");
    }
    let known = Encoding::for_label(name.as_bytes()).map(Encoding::name).filter(|known| *known == name);
    known.ok_or_else(|| de::Error::custom("no such encoding"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::import;

    /// A page with more than its main text.
    const CUT: &str =
        "<!doctype html><nav>Menu</nav><main><p>Grain, coal and labour were agreed on in an hour, officials
        said on Monday, and neither side published the text of what was signed; a visit follows in spring, when a bridge
        opens to freight.</main><footer>Imprint</footer>";

    #[test]
    fn what_is_told_is_what_became_of_the_file() {
        let cases: [(&str, &[u8]); 8] = [
            ("a.md", "# Отношения\n\n- 한국은 👨‍👩‍👧\n- [a](https://example.org)".as_bytes()),
            ("a.html", b"<html lang=ar><title>T</title><p>One <em>two</em>.<h2>Three</h2><p>Four."),
            ("a.html", CUT.as_bytes()),
            ("a.rtf", b"{\\rtf1\\ansi\\ansicpg1251 \\'ce\\'f2.}"),
            ("a.txt", b""),
            ("a.xlsx", b"x"),
            ("a.txt", b"\xff\xfeA\x00\x00\xd8B\x00"),
            ("a.pdf", b"%PDF-1.7"),
        ];
        for (name, bytes) in cases {
            let result = import(name, bytes);
            assert_eq!(told(&tell(&result)), Some(result), "{name}");
        }
    }

    #[test]
    fn what_is_cut_or_lies_is_not_believed() {
        let whole = tell(&import("a.md", b"# One\n\nTwo."));
        for end in 0..whole.len() {
            assert_eq!(told(&whole[..end]), None, "{end}");
        }
        assert_eq!(told(&[&whole[..], b"x"].concat()), None);
        let changed = |from: &str, to: &str| {
            let said = String::from_utf8_lossy(&whole[8..]).replacen(from, to, 1).into_bytes();
            told(&[&whole[..8], &said[..]].concat())
        };
        assert!(changed("One", "Six").is_some());
        for (from, to) in [("markdown", "markdowm"), ("UTF-8", "utf-8"), ("[0,3,", "[4,3,"), (",9,", ",99,")] {
            assert!(changed(from, to).is_none(), "{from}");
        }
        let cut = tell(&import("a.html", CUT.as_bytes()));
        let at = cut.windows(7).position(|window| window == b"\"words\"").expect("a count of words");
        for (digit, lie) in [(8, b'9'), (16, b'0')] {
            let mut bytes = cut.clone();
            bytes[at + digit] = lie;
            assert_eq!(told(&bytes), None, "{}", String::from_utf8_lossy(&bytes[at..at + 24]));
        }
        let huge = [&u64::MAX.to_le_bytes()[..], b"{}"].concat();
        assert_eq!(told(&huge), None);
    }
}
