//! From bytes to canonical text: which encoding they are in, and the few repairs that every text gets.
//!
//! A byte order mark decides; then the encoding that the text declares, if the bytes agree; then UTF-8 when it fits;
//! then UTF-16 without a mark; then what the statistics of the bytes say. A file is never read with replacement
//! characters: when no encoding fits without a fault the file is refused. Deliberately absent: UTF-7 and UTF-32, which
//! nobody writes to disk.

use super::Refusal;
use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, ISO_2022_JP, UTF_8, UTF_16BE, UTF_16LE};

/// One control character in this many characters, or a single one in a shorter text, is still text.
const CHARACTERS_PER_CONTROL: usize = 100;

/// Bytes that the detector looks at first: a page or two settle the language, and the whole file costs 15 ms a megabyte.
const SAMPLE_BYTES: usize = 64 * 1024;

/// Begins the shift sequences of ISO-2022-JP, which is otherwise plain ASCII.
const ESCAPE: u8 = 0x1b;

/// Bytes at the top in which a declaration of the encoding counts.
const DECLARATION_BYTES: usize = 1024;

/// The same in a page, where scripts may stand before it.
const PAGE_DECLARATION_BYTES: usize = 4096;

/// UTF-16 without a mark is believed when at least one character in so many bytes is a blank, a line end, a Latin letter or a digit.
const UTF16_BYTES_PER_COMMON: usize = 200;

/// First bytes of formats that are sometimes named `.txt` by mistake.
const SIGNATURES: [&[u8]; 5] = [b"%PDF-", b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"{\\rtf", b"SQLite format 3\0"];

/// Decodes and canonicalises: one leading byte order mark stripped, CRLF and lone CR become LF, U+0000 becomes U+FFFD.
pub(crate) fn decode(bytes: &[u8]) -> Result<(String, &'static str), Refusal> {
    decode_declared(bytes, declared(bytes))
}

/// Decodes a page: what its transport said of the encoding (`label`, or empty) counts before what stands in the page.
pub(super) fn decode_page(bytes: &[u8], label: &str) -> Result<(String, &'static str), Refusal> {
    decode_declared(bytes, labelled(label.as_bytes()).or_else(|| declared_in_page(bytes)))
}

/// Decodes with an encoding that is believed when the bytes agree.
fn decode_declared(bytes: &[u8], declared: Option<&'static Encoding>) -> Result<(String, &'static str), Refusal> {
    if bytes.is_empty() {
        return Err(Refusal::Empty);
    }
    if SIGNATURES.iter().any(|signature| bytes.starts_with(signature)) {
        return Err(Refusal::Binary);
    }
    let (text, encoding) = recognise(bytes, declared)?;
    if is_binary(&text) {
        return Err(Refusal::Binary);
    }
    if text.chars().all(char::is_whitespace) {
        return Err(Refusal::Empty);
    }
    Ok((canonical(text), encoding.name()))
}

fn recognise(bytes: &[u8], declared: Option<&'static Encoding>) -> Result<(String, &'static Encoding), Refusal> {
    if bytes.starts_with(b"\xff\xfe\0\0") || bytes.starts_with(b"\0\0\xfe\xff") {
        return Err(Refusal::Undecodable { encoding: "UTF-32" });
    }
    if let Some((encoding, mark)) = Encoding::for_bom(bytes) {
        let text = whole(encoding, &bytes[mark..]).ok_or(Refusal::Undecodable { encoding: encoding.name() })?;
        return Ok((text, encoding));
    }
    if let Some(encoding) = declared
        && let Some(text) = whole(encoding, bytes)
    {
        return Ok((text, encoding));
    }
    if let Some(encoding) = unmarked_utf16(bytes)
        && let Some(text) = whole(encoding, bytes)
    {
        return Ok((text, encoding));
    }
    if bytes.contains(&ESCAPE) && bytes.is_ascii() && guess(bytes) == ISO_2022_JP {
        let text = whole(ISO_2022_JP, bytes).ok_or(Refusal::Undecodable { encoding: ISO_2022_JP.name() })?;
        return Ok((text, ISO_2022_JP));
    }
    if let Some(text) = whole(UTF_8, bytes) {
        return Ok((text, UTF_8));
    }
    if looks_binary(bytes) {
        return Err(Refusal::Binary);
    }
    if is_damaged_utf8(bytes) {
        return Err(Refusal::Undecodable { encoding: UTF_8.name() });
    }
    let guess = guess(&bytes[..bytes.len().min(SAMPLE_BYTES)]);
    if let Some(text) = legacy(guess, bytes) {
        return Ok((text, guess));
    }
    let second = self::guess(bytes);
    match legacy(second, bytes) {
        Some(text) => Ok((text, second)),
        None => Err(Refusal::Undecodable { encoding: second.name() }),
    }
}

fn whole(encoding: &'static Encoding, bytes: &[u8]) -> Option<String> {
    encoding.decode_without_bom_handling_and_without_replacement(bytes).map(|text| text.into_owned())
}

/// Single-byte code pages map their unused bytes to C1 controls instead of failing; a text has none of those.
fn legacy(encoding: &'static Encoding, bytes: &[u8]) -> Option<String> {
    whole(encoding, bytes).filter(|text| !text.chars().any(|c| ('\u{80}'..='\u{9f}').contains(&c) && c != '\u{85}'))
}

fn guess(bytes: &[u8]) -> &'static Encoding {
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Allow);
    detector.feed(bytes, true);
    detector.guess(None, Utf8Detection::Deny)
}

/// The encoding named by an editor's mode line in the first two lines (`-*- coding: koi8-r -*-`, `vim: fileencoding=…`)
/// or by front matter (`charset: windows-1251`).
fn declared(bytes: &[u8]) -> Option<&'static Encoding> {
    let top = &bytes[..bytes.len().min(DECLARATION_BYTES)];
    let matter = top.starts_with(b"---\n") || top.starts_with(b"---\r");
    for (number, line) in top.split(|&byte| byte == b'\n' || byte == b'\r').enumerate() {
        if !matter && number > 2 || matter && number > 1 && line == b"---" {
            break;
        }
        let ascii: String =
            line.iter().map(|&byte| if byte.is_ascii() { byte.to_ascii_lowercase() as char } else { ' ' }).collect();
        let value = if matter {
            ["charset:", "encoding:"].iter().find_map(|key| ascii.strip_prefix(key))
        } else if ascii.contains("-*-") || ascii.contains("vim:") {
            ["coding:", "coding="].iter().find_map(|key| ascii.find(key).map(|at| &ascii[at + key.len()..]))
        } else {
            None
        };
        let Some(value) = value else { continue };
        let label: String = value
            .trim_start_matches([' ', '"', '\''])
            .chars()
            .take_while(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.' | ':'))
            .collect();
        return labelled(label.as_bytes());
    }
    None
}

/// The encoding of a label. A declaration of UTF-16 in text that can be read as bytes is false.
fn labelled(label: &[u8]) -> Option<&'static Encoding> {
    Encoding::for_label(label).filter(|&encoding| encoding.is_ascii_compatible())
}

/// The encoding named at the top of a page: `<meta charset="…">`, `<meta … content="text/html; charset=…">` or
/// `<?xml … encoding="…"?>`.
fn declared_in_page(bytes: &[u8]) -> Option<&'static Encoding> {
    let top = String::from_utf8_lossy(&bytes[..bytes.len().min(PAGE_DECLARATION_BYTES)]).to_ascii_lowercase();
    let value = |tag: &str, key: &str| {
        let after = &tag[tag.find(key)? + key.len()..];
        let after = after.trim_start().strip_prefix('=')?.trim_start().trim_start_matches(['"', '\'']);
        let label =
            after.split(|c: char| c.is_whitespace() || matches!(c, '"' | '\'' | ';' | '>' | '/' | '?')).next()?;
        labelled(label.as_bytes())
    };
    if let Some(tag) = top.trim_start().strip_prefix("<?xml")
        && let Some(found) = value(tag.split('>').next().unwrap_or_default(), "encoding")
    {
        return Some(found);
    }
    top.split("<meta").skip(1).find_map(|tag| value(tag.split('>').next().unwrap_or_default(), "charset"))
}

/// UTF-16 of any script has blanks, line ends or Latin letters and digits; in the wrong byte order those are nothing
/// that anybody writes.
fn unmarked_utf16(bytes: &[u8]) -> Option<&'static Encoding> {
    if !bytes.len().is_multiple_of(2) || !bytes.contains(&0) {
        return None;
    }
    let common = |unit: u16| matches!(unit, 0x0a | 0x0d | 0x20 | 0x30..=0x39 | 0x41..=0x5a | 0x61..=0x7a | 0x3000..=0x3002 | 0xff0c);
    let (mut little, mut big) = (0, 0);
    for pair in bytes.chunks_exact(2) {
        little += usize::from(common(u16::from_le_bytes([pair[0], pair[1]])));
        big += usize::from(common(u16::from_be_bytes([pair[0], pair[1]])));
    }
    let (encoding, found, against) = if little > big { (UTF_16LE, little, big) } else { (UTF_16BE, big, little) };
    if found < bytes.len() / UTF16_BYTES_PER_COMMON + 1 || found < against * 4 {
        return None;
    }
    let text = whole(encoding, bytes)?;
    let strange = text.chars().any(|c| c.is_control() && !is_layout(c) || ('\u{e000}'..='\u{f8ff}').contains(&c));
    (!strange).then_some(encoding)
}

/// Mostly well-formed multi-byte UTF-8 with a fault in it: reading that as a code page would turn every accented or
/// foreign letter into rubbish.
fn is_damaged_utf8(bytes: &[u8]) -> bool {
    let (mut well, mut faults) = (0_usize, 0_usize);
    for chunk in bytes.utf8_chunks() {
        well += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        faults += usize::from(!chunk.invalid().is_empty());
    }
    faults > 0 && well >= 2 * faults
}

fn looks_binary(bytes: &[u8]) -> bool {
    too_many(controls(bytes), bytes.len())
}

fn is_binary(text: &str) -> bool {
    let controls = controls(text.as_bytes());
    controls > 0 && too_many(controls, text.len())
}

/// Control characters that no text file uses; simple enough for the compiler to look at many bytes at once.
fn controls(bytes: &[u8]) -> usize {
    let alien = |byte: u8| (byte < 0x20) & !(0x09..=0x0d).contains(&byte) & (byte != ESCAPE);
    bytes.chunks(1024).map(|chunk| chunk.iter().map(|&byte| u16::from(alien(byte))).sum::<u16>() as usize).sum()
}

fn too_many(controls: usize, characters: usize) -> bool {
    controls > (characters / CHARACTERS_PER_CONTROL).max(1)
}

/// Control characters that text files use: tab, line feed, vertical tab, form feed, carriage return, and the escape of ISO-2022.
fn is_layout(character: char) -> bool {
    matches!(character, '\t' | '\n' | '\u{b}' | '\u{c}' | '\r' | '\u{1b}' | '\u{85}')
}

pub(super) fn canonical(mut text: String) -> String {
    if text.contains('\r') {
        text = text.replace("\r\n", "\n");
        if text.contains('\r') {
            text = text.replace('\r', "\n");
        }
    }
    if text.contains('\0') {
        text = text.replace('\0', "\u{fffd}");
    }
    text
}
