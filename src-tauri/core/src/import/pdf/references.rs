//! Streams that say by reference how they are packed or how long they are.
//!
//! The library takes a filter that is named by reference for none, and reads packed bytes as if they were text; where the
//! length is a reference, it takes the first word `endstream` for the end. Such streams are written once more, below the
//! file as a later revision of it, with their filters, parameters and lengths in place. The bytes above stay as they are.
//! Deliberately absent: streams that the library reads as they are, and any repair.

use super::super::Refusal;
use super::{damaged, opened};
use pdf_oxide::PdfDocument;
use pdf_oxide::object::{Object, ObjectRef};
use pdf_oxide::parser::parse_object;
use pdf_oxide::writer::ObjectSerializer;
use std::borrow::Cow;
use std::collections::HashMap;

/// Entries of a stream that say how it is packed.
const PACKING: [&str; 2] = ["Filter", "DecodeParms"];

/// Bytes after the name of an entry in which its value must stand.
const VALUE_BYTES: usize = 4096;

/// Most bytes between the head of an object and an entry of it.
const HEAD_BYTES: usize = 65_536;

/// Deepest nesting of parameters.
const DEPTH: usize = 6;

/// The word after a stream.
const END: &[u8] = b"endstream";

/// The file with a revision below it in which every stream can be unpacked without a reference; the file itself when that
/// is so already.
pub(super) fn resolved(bytes: &[u8]) -> Result<Cow<'_, [u8]>, Refusal> {
    let found = streams(bytes);
    if found.is_empty() {
        return Ok(Cow::Borrowed(bytes));
    }
    let document = opened(bytes)?;
    let mut file = bytes.to_vec();
    file.push(b'\n');
    let mut places: Vec<(ObjectRef, usize)> = Vec::new();
    for (id, body) in found {
        let Ok(Object::Stream { mut dict, data }) = document.load_object(id) else { continue };
        // Nothing is read in pictures.
        if dict.get("Subtype").and_then(Object::as_name) == Some("Image") {
            continue;
        }
        let long = whole(&document, &dict, &bytes[body..], &data);
        if !unpacked(&document, &mut dict)? && long.is_none() {
            continue;
        }
        let data = long.unwrap_or(&data);
        dict.insert("Length".into(), Object::Integer(data.len() as i64));
        places.push((id, file.len()));
        file.extend(format!("{} {} obj\n", id.id, id.r#gen).bytes());
        file.extend(ObjectSerializer::compact().serialize(&Object::Dictionary(dict)));
        file.extend(b"\nstream\n");
        file.extend(data);
        file.extend(b"\nendstream\nendobj\n");
    }
    if places.is_empty() {
        return Ok(Cow::Borrowed(bytes));
    }
    close(&document, &places, bytes, &mut file)?;
    Ok(Cow::Owned(file))
}

/// Streams that may hold a reference which the library would not follow, each with the place after the head of its object.
/// Entries of streams are never packed themselves: the bytes of the file show them all.
fn streams(bytes: &[u8]) -> Vec<(ObjectRef, usize)> {
    let mut found: HashMap<ObjectRef, usize> = HashMap::new();
    for name in PACKING {
        let key = format!("/{name}");
        for at in places(bytes, key.as_bytes()).filter(|at| refers(&bytes[at + key.len()..])) {
            found.extend(head(bytes, at));
        }
    }
    for at in places(bytes, END) {
        let after = &bytes[at + END.len()..];
        let blank = after.iter().take_while(|byte| byte.is_ascii_whitespace()).count();
        // The word that ends a stream stands before the end of its object.
        if !after[blank..].starts_with(b"endobj") {
            found.extend(head(bytes, at));
        }
    }
    let mut found: Vec<(ObjectRef, usize)> = found.into_iter().collect();
    found.sort_by_key(|&(_, body)| body);
    found
}

/// Where a word stands in a file.
fn places<'a>(bytes: &'a [u8], word: &'a [u8]) -> impl Iterator<Item = usize> + 'a {
    let first = word[0];
    bytes
        .iter()
        .enumerate()
        .filter(move |(at, byte)| **byte == first && bytes[*at..].starts_with(word))
        .map(|(at, _)| at)
}

/// Whether the value that stands here is a reference or holds one.
fn refers(rest: &[u8]) -> bool {
    let rest = &rest[..rest.len().min(VALUE_BYTES)];
    let first = rest.iter().find(|byte| !byte.is_ascii_whitespace());
    let may = first.is_some_and(|byte| byte.is_ascii_digit() || matches!(byte, b'[' | b'<' | b'%'));
    // A long row of brackets is no parameter.
    let nested = rest.iter().take(64).filter(|byte| matches!(byte, b'[' | b'<')).count() > 2 * DEPTH;
    may && !nested && parse_object(rest).is_ok_and(|(_, value)| holds_reference(&value))
}

fn holds_reference(value: &Object) -> bool {
    match value {
        Object::Reference(_) => true,
        Object::Array(parts) => parts.iter().any(holds_reference),
        Object::Dictionary(entries) => entries.values().any(holds_reference),
        _ => false,
    }
}

/// The object around a place in a file, and the place after its head: `12 0 obj`.
fn head(bytes: &[u8], at: usize) -> Option<(ObjectRef, usize)> {
    const WORD: &[u8] = b"obj";
    let from = at.saturating_sub(HEAD_BYTES);
    let own = |&place: &usize| !bytes[..place].ends_with(b"end");
    let word = (from..at).rev().filter(|&place| bytes[place..].starts_with(WORD)).find(own)?;
    let mut parts = bytes[from..word].rsplit(|byte| byte.is_ascii_whitespace()).filter(|part| !part.is_empty());
    let mut number = || std::str::from_utf8(parts.next()?).ok()?.parse::<u32>().ok();
    let generation = number()?;
    let id = number()?;
    Some((ObjectRef::new(id, u16::try_from(generation).ok()?), word + WORD.len()))
}

/// The bytes of a stream whose length is a reference, when it goes on after the end that the library found.
fn whole<'a>(document: &PdfDocument, dict: &HashMap<String, Object>, body: &'a [u8], data: &[u8]) -> Option<&'a [u8]> {
    let length = dict.get("Length").filter(|length| length.as_reference().is_some())?;
    let length = usize::try_from(document.resolve_object(length).ok()?.as_integer()?).ok()?;
    let word = places(&body[..body.len().min(HEAD_BYTES)], b"stream").next()? + b"stream".len();
    let line = &body[word..];
    let start = if line.starts_with(b"\r\n") { 2 } else { 1 };
    let all = line.get(start..start + length)?;
    let ends = line[start + length..].iter().take(16 + END.len()).copied().collect::<Vec<u8>>();
    let ends = ends.trim_ascii_start().starts_with(END);
    (ends && length > data.len() && all.starts_with(data)).then_some(all)
}

/// Puts the filters and their parameters in the place of references to them; whether there were any.
fn unpacked(document: &PdfDocument, dict: &mut HashMap<String, Object>) -> Result<bool, Refusal> {
    let mut changed = false;
    for name in PACKING {
        let Some(value) = dict.get(name).filter(|value| holds_reference(value)) else { continue };
        let unreadable = || damaged("a filter of its streams can't be read");
        let value = followed(document, value, DEPTH).ok_or_else(unreadable)?;
        let sound = match (&value, name) {
            (Object::Array(parts), "Filter") => parts.iter().all(|part| part.as_name().is_some()),
            (value, "Filter") => value.as_name().is_some(),
            _ => true,
        };
        if !sound {
            return Err(unreadable());
        }
        dict.insert(name.into(), value);
        changed = true;
    }
    Ok(changed)
}

/// A value with what its references lead to; nothing when one leads nowhere or too deep.
fn followed(document: &PdfDocument, value: &Object, depth: usize) -> Option<Object> {
    if depth == 0 {
        return None;
    }
    match value {
        Object::Reference(id) => match document.load_object(*id).ok()? {
            Object::Null => None,
            found => followed(document, &found, depth - 1),
        },
        Object::Array(parts) => {
            let parts = parts.iter().map(|part| followed(document, part, depth - 1));
            parts.collect::<Option<Vec<Object>>>().map(Object::Array)
        }
        Object::Dictionary(entries) => {
            let entries =
                entries.iter().map(|(name, entry)| Some((name.clone(), followed(document, entry, depth - 1)?)));
            entries.collect::<Option<HashMap<String, Object>>>().map(Object::Dictionary)
        }
        other => Some(other.clone()),
    }
}

/// Ends the revision: the places of its objects, and the way to the revision before.
fn close(
    document: &PdfDocument,
    places: &[(ObjectRef, usize)],
    bytes: &[u8],
    file: &mut Vec<u8>,
) -> Result<(), Refusal> {
    const START: &[u8] = b"startxref";
    let before = bytes.windows(START.len()).rposition(|window| window == START).map(|at| &bytes[at + START.len()..]);
    let digits = before.unwrap_or_default().trim_ascii_start();
    let digits = digits.iter().take_while(|byte| byte.is_ascii_digit()).map(|&byte| byte as char).collect::<String>();
    let before: i64 = digits.parse().map_err(|_| damaged("its table of contents can't be read"))?;
    let told = document.trailer().as_dict().cloned().unwrap_or_default();
    let mut trailer: HashMap<String, Object> = ["Root", "Info", "ID", "Encrypt"]
        .into_iter()
        .filter_map(|name| Some((name.to_owned(), told.get(name)?.clone())))
        .collect();
    let most = places.iter().map(|(id, _)| i64::from(id.id) + 1).max().unwrap_or(0);
    let size = told.get("Size").and_then(Object::as_integer).unwrap_or(0).max(most);
    trailer.insert("Size".into(), Object::Integer(size));
    trailer.insert("Prev".into(), Object::Integer(before));
    let table = file.len();
    file.extend(b"xref\n");
    for (id, place) in places {
        file.extend(format!("{} 1\n{place:010} {:05} n \n", id.id, id.r#gen).bytes());
    }
    file.extend(b"trailer\n");
    file.extend(ObjectSerializer::compact().serialize(&Object::Dictionary(trailer)));
    file.extend(format!("\nstartxref\n{table}\n%%EOF\n").bytes());
    Ok(())
}
