//! Looks through a stored changeset before SQLite's session extension and its Rust wrapper are given it, which trust what they
//! are given: the wrapper ends in a panic at the name of a table that is no text.
//!
//! Source of the layout: SQLite's session extension, "changeset format". A table is `T`, its number of columns, a byte for
//! each that says whether it is part of the key, and its name up to a NUL; a change is its kind, a byte, and its values, those
//! of an update twice. Deliberately absent: what the values mean.

use crate::journal::TABLES;

const INSERT: u8 = 18;
const UPDATE: u8 = 23;
const DELETE: u8 = 9;
/// More columns than any table of ours has, or will have.
const MOST_COLUMNS: u64 = 1_000;

/// Whether a changeset can be read to its end, and changes no table but those that people fill.
pub(crate) fn is_sound(changeset: &[u8]) -> bool {
    let mut rest = changeset;
    let mut columns = 0;
    while let Some(&kind) = rest.first() {
        let next = match kind {
            b'T' => table(&rest[1..]).map(|(count, rest)| {
                columns = count;
                rest
            }),
            // A change before any table has no columns to have values of.
            INSERT | DELETE if columns > 0 => values(&rest[1..], columns),
            UPDATE if columns > 0 => values(&rest[1..], 2 * columns),
            _ => None,
        };
        let Some(next) = next else { return false };
        rest = next;
    }
    true
}

/// The head of a table: its number of columns, and what follows.
fn table(bytes: &[u8]) -> Option<(u64, &[u8])> {
    let (columns, rest) = number(bytes)?;
    if columns == 0 || columns > MOST_COLUMNS {
        return None;
    }
    let rest = rest.get(columns as usize..)?;
    let end = rest.iter().position(|byte| *byte == 0)?;
    let known = TABLES.iter().any(|table| table.as_bytes() == &rest[..end]);
    known.then(|| (columns, &rest[end + 1..]))
}

/// What follows a byte and so many values.
fn values(bytes: &[u8], count: u64) -> Option<&[u8]> {
    let mut rest = bytes.get(1..)?;
    for _ in 0..count {
        let (&kind, after) = rest.split_first()?;
        rest = match kind {
            // Undefined, or null.
            0 | 5 => after,
            // A whole number, or another one.
            1 | 2 => after.get(8..)?,
            // A text, or bytes.
            3 | 4 => {
                let (length, after) = number(after)?;
                after.get(usize::try_from(length).ok()?..)?
            }
            _ => return None,
        };
    }
    Some(rest)
}

/// A number as SQLite writes it: seven bits a byte, the highest first, and all eight of the ninth byte.
fn number(bytes: &[u8]) -> Option<(u64, &[u8])> {
    let mut number: u64 = 0;
    for (at, &byte) in bytes.iter().enumerate().take(9) {
        if at == 8 {
            return Some((number << 8 | u64::from(byte), &bytes[9..]));
        }
        number = number << 7 | u64::from(byte & 0x7f);
        if byte < 0x80 {
            return Some((number, &bytes[at + 1..]));
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_changeset_is_read_to_its_end() {
        let head = b"T\x02\x01\x00highlight_tag\0";
        let with = |rest: &[u8]| [head.as_slice(), rest].concat();
        assert!(is_sound(b""));
        assert!(is_sound(head));
        assert!(is_sound(&with(b"\x12\x00\x04\x02ab\x05")));
        assert!(is_sound(&with(b"\x09\x01\x01\0\0\0\0\0\0\0\x01\x03\x00\x12\x00\x05\x05")));
        assert!(is_sound(&with(b"\x17\x00\x00\x04\x01a\x00\x05")), "old and new values");
        let long = [b"\x12\x00\x05\x03\x81\x00".as_slice(), &[b'a'; 128]].concat();
        assert!(is_sound(&with(&long)), "a length of two bytes");
        for bad in [
            &b"\x12\x00\x04\x02ab"[..],
            b"\x12\x00\x04\x03ab\x05",
            b"\x12\x00\x06\x05",
            b"\x13\x00\x05\x05",
            b"\x17\x00\x05\x05",
            b"\x12",
            b"\x12\x00\x04\xff\xff\xff\xff\xff\xff\xff\xff\xff",
            b"T",
            b"T\x00",
            b"T\x01\x01text\0",
            b"T\x01\x01link",
            b"T\x01\x01lin\xff\0",
            b"P\x01\x01link\0",
        ] {
            assert!(!is_sound(&with(bad)), "{bad:?}");
        }
        assert!(!is_sound(b"\x12\x00"), "no table");
    }
}
