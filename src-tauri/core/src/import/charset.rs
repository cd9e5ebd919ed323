//! From bytes to canonical text: which encoding they are in, and the few repairs that every text gets.
//!
//! A byte order mark decides; then UTF-8, where so many characters of several bytes fit that it is no accident; then the
//! encoding that the text declares, if the bytes agree; then UTF-8 when it fits; then UTF-16 without a mark; then what the
//! statistics of the bytes say. When no encoding fits without a fault, one with very few is taken: each shows as U+FFFD, and
//! is counted. With more of them the file is refused. Deliberately absent: UTF-7 and UTF-32, which nobody writes to disk.

use super::Refusal;
use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{DecoderResult, Encoding, ISO_2022_JP, UTF_8, UTF_16BE, UTF_16LE};

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

/// One character in so many may be one that could not be decoded, and a single one in a text of [`SHORT`] characters.
const CHARACTERS_PER_FAULT: usize = 500;
const SHORT: usize = 50;

/// Characters of several bytes without a mark or a declaration of UTF-8 that must be whole for each that is not.
const WHOLE_PER_FAULT: usize = 10;

/// Weights of well-formed characters of UTF-8 as signs that a text is in it: of two bytes, of more, and of the quotes and
/// dashes of a European page, and what they must come to against a declared encoding of one or of two bytes a character.
const WEIGHTS: [usize; 3] = [1, 3, 6];
const AGAINST_ONE_BYTE: usize = 3;
const AGAINST_TWO_BYTES: usize = 6;

/// What the pages of Windows have for signs that end a word: … ’ ” – — ™ › ® », and the blank that does not break.
const ENDS: [u8; 10] = [0x85, 0x92, 0x94, 0x96, 0x97, 0x99, 0x9b, 0xa0, 0xae, 0xbb];

/// First bytes of formats that are sometimes named `.txt` by mistake.
const SIGNATURES: [&[u8]; 5] = [b"%PDF-", b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"{\\rtf", b"SQLite format 3\0"];

/// A text as it was decoded.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Decoded {
    /// The canonical text.
    pub(crate) text: String,
    /// The encoding that it was in.
    pub(crate) encoding: &'static str,
    /// Characters that could not be decoded, each of which is U+FFFD in the text.
    pub(crate) faults: u32,
}

/// Decodes and canonicalises: one leading byte order mark stripped, CRLF and lone CR become LF, U+0000 becomes U+FFFD.
pub(crate) fn decode(bytes: &[u8]) -> Result<Decoded, Refusal> {
    decode_declared(bytes, declared(bytes))
}

/// Decodes a page: what its transport said of the encoding (`label`, or empty) counts before what stands in the page.
pub(super) fn decode_page(bytes: &[u8], label: &str) -> Result<Decoded, Refusal> {
    decode_declared(bytes, labelled(label.as_bytes()).or_else(|| declared_in_page(bytes)))
}

/// Decodes with an encoding that is believed when the bytes agree.
fn decode_declared(bytes: &[u8], declared: Option<&'static Encoding>) -> Result<Decoded, Refusal> {
    if bytes.is_empty() {
        return Err(Refusal::Empty);
    }
    if SIGNATURES.iter().any(|signature| bytes.starts_with(signature)) {
        return Err(Refusal::Binary);
    }
    let (text, encoding, faults) = recognise(bytes, declared)?;
    if is_binary(&text) {
        return Err(Refusal::Binary);
    }
    if text.chars().all(char::is_whitespace) {
        return Err(Refusal::Empty);
    }
    Ok(Decoded { text: canonical(text), encoding: encoding.name(), faults })
}

/// A text, its encoding, and how many characters of it could not be decoded.
type Read = (String, &'static Encoding, u32);

fn recognise(bytes: &[u8], declared: Option<&'static Encoding>) -> Result<Read, Refusal> {
    if bytes.starts_with(b"\xff\xfe\0\0") || bytes.starts_with(b"\0\0\xfe\xff") {
        return Err(Refusal::Undecodable { encoding: "UTF-32" });
    }
    if let Some((encoding, mark)) = Encoding::for_bom(bytes) {
        return with_few_faults(encoding, &bytes[mark..]).ok_or(Refusal::Undecodable { encoding: encoding.name() });
    }
    if let Some(encoding) = declared
        && !is_surely_utf8(bytes, encoding)
        && let Some(text) = whole(encoding, bytes)
    {
        return Ok((text, encoding, 0));
    }
    if let Some(encoding) = unmarked_utf16(bytes)
        && let Some(text) = whole(encoding, bytes)
    {
        return Ok((text, encoding, 0));
    }
    if bytes.contains(&ESCAPE) && bytes.is_ascii() && guess(bytes) == ISO_2022_JP {
        let text = whole(ISO_2022_JP, bytes).ok_or(Refusal::Undecodable { encoding: ISO_2022_JP.name() })?;
        return Ok((text, ISO_2022_JP, 0));
    }
    if let Some(text) = whole(UTF_8, bytes) {
        return Ok((text, UTF_8, 0));
    }
    if looks_binary(bytes) {
        return Err(Refusal::Binary);
    }
    let (well, faults) = utf8_characters(bytes);
    if (declared == Some(UTF_8) && well > 0 || well >= faults * WHOLE_PER_FAULT)
        && let Some(read) = with_few_faults(UTF_8, bytes)
    {
        return Ok(read);
    }
    if well >= 2 * faults {
        // Read as a code page, every accented or foreign letter would be rubbish.
        return Err(Refusal::Undecodable { encoding: UTF_8.name() });
    }
    if let Some(encoding) = declared.filter(|&encoding| encoding != UTF_8)
        && let Some(read) = with_few_faults(encoding, bytes)
    {
        return Ok(read);
    }
    let guess = guess(&bytes[..bytes.len().min(SAMPLE_BYTES)]);
    if let Some(text) = legacy(guess, bytes) {
        return Ok((text, guess, 0));
    }
    let second = self::guess(bytes);
    if let Some(text) = legacy(second, bytes) {
        return Ok((text, second, 0));
    }
    // The bytes before the first fault say what those after it are, too.
    let third = self::guess(before_first_fault(bytes, guess));
    let likely = [guess, third].into_iter().filter(|one| !one.is_single_byte()).chain([UTF_8]);
    let read = likely.into_iter().find_map(|one| with_few_faults(one, bytes));
    read.ok_or(Refusal::Undecodable { encoding: second.name() })
}

fn whole(encoding: &'static Encoding, bytes: &[u8]) -> Option<String> {
    encoding.decode_without_bom_handling_and_without_replacement(bytes).map(|text| text.into_owned())
}

/// The text where very little of it cannot be decoded.
fn with_few_faults(encoding: &'static Encoding, bytes: &[u8]) -> Option<Read> {
    let (text, faults) = lossy(encoding, bytes);
    let few = faults == 0 || {
        let characters = text.chars().count();
        characters >= SHORT && faults as usize <= (characters / CHARACTERS_PER_FAULT).max(1)
    };
    few.then_some((text, encoding, faults))
}

/// Decodes whatever the bytes are: the text, and how many characters of it could not be decoded and are U+FFFD.
pub(super) fn lossy(encoding: &'static Encoding, bytes: &[u8]) -> (String, u32) {
    let mut decoder = encoding.new_decoder_without_bom_handling();
    let mut text = String::with_capacity(decoder.max_utf8_buffer_length(bytes.len()).unwrap_or(0));
    let (mut faults, mut at) = (0u32, 0);
    loop {
        let (result, read) = decoder.decode_to_string_without_replacement(&bytes[at..], &mut text, true);
        at += read;
        match result {
            DecoderResult::InputEmpty => return (text, faults),
            DecoderResult::OutputFull => text.reserve(bytes.len() - at + SHORT),
            DecoderResult::Malformed(..) => {
                text.push('\u{fffd}');
                faults = faults.saturating_add(1);
            }
        }
    }
}

/// The bytes that an encoding can decode, from the first.
fn before_first_fault<'b>(bytes: &'b [u8], encoding: &'static Encoding) -> &'b [u8] {
    let mut decoder = encoding.new_decoder_without_bom_handling();
    let mut text = String::with_capacity(decoder.max_utf8_buffer_length(bytes.len()).unwrap_or(0));
    let (_, read) = decoder.decode_to_string_without_replacement(bytes, &mut text, true);
    &bytes[..read.saturating_sub(2).min(bytes.len())]
}

/// Whether bytes are UTF-8 whatever they declare. Other encodings make well-formed characters of several bytes by accident
/// only: a capital before a sign, as in “CAFÉ”, and some pairs of ideographs.
pub(super) fn is_surely_utf8(bytes: &[u8], declared: &'static Encoding) -> bool {
    if declared == UTF_8 || bytes.is_ascii() {
        return false;
    }
    let Ok(text) = std::str::from_utf8(bytes) else { return false };
    let limit = if declared.is_single_byte() { AGAINST_ONE_BYTE } else { AGAINST_TWO_BYTES };
    let mut weight = 0;
    for character in text.chars().filter(|c| !c.is_ascii()) {
        weight += match character {
            '\u{2000}'..='\u{203f}' => WEIGHTS[2],
            _ if character.len_utf8() > 2 => WEIGHTS[1],
            _ => WEIGHTS[0],
        };
        if weight >= limit {
            return true;
        }
    }
    // One or two characters of two bytes: the last letter of a word and the sign after it where UTF-8 has letters that
    // hardly anybody writes, else a letter of UTF-8.
    let accident =
        |pair: &[u8]| matches!(pair, [0xc6..=0xcd | 0xd2..=0xd6 | 0xdc..=0xdf, second] if ENDS.contains(second));
    declared.is_single_byte() && !bytes.windows(2).any(accident)
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

/// How many characters of several bytes are well-formed UTF-8, and how many faults stand between them.
fn utf8_characters(bytes: &[u8]) -> (usize, usize) {
    let (mut well, mut faults) = (0_usize, 0_usize);
    for chunk in bytes.utf8_chunks() {
        well += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        faults += usize::from(!chunk.invalid().is_empty());
    }
    (well, faults)
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
