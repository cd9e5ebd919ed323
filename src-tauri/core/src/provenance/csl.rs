//! CSL-JSON in: an array of items, or one alone.
//!
//! A list that is no good JSON is read item by item, so that a fault in one takes none of the others. Deliberately absent:
//! what an item says, which is kept as it is.

use super::Item;
use super::file::{Described, Lines, List, Remark};
use serde_json::Value;

/// The deepest nesting of an item that is looked at when the list as a whole is broken.
const DEEPEST: usize = 128;

/// The items of a file; the error says what is wrong, as the end of a sentence that begins with "because".
pub(super) fn read(text: &str) -> Result<List, String> {
    let mut list = List::default();
    let lines = Lines::of(text);
    let whole: Result<Value, _> = serde_json::from_str(text);
    match whole {
        Ok(Value::Array(values)) => {
            // The pieces of good JSON are its values, in their order.
            let places = pieces(text).into_iter().map(|(start, _)| lines.at(start));
            values
                .into_iter()
                .zip(places.chain(std::iter::repeat(1)))
                .for_each(|(value, line)| add(&mut list, value, line));
        }
        Ok(Value::Object(one)) => {
            let start = text.len() - text.trim_start().len();
            add(&mut list, Value::Object(one), lines.at(start));
        }
        Ok(_) => return Err("it is no list of items".into()),
        Err(fault) => {
            if !text.trim_start().starts_with('[') {
                return Err(format!("its JSON has a fault ({fault})"));
            }
            for (start, piece) in pieces(text) {
                match serde_json::from_str(piece) {
                    Ok(value) => add(&mut list, value, lines.at(start)),
                    Err(fault) => {
                        let line = lines.at(start) + (fault.line() as u32).saturating_sub(1);
                        let why = fault.to_string();
                        let why = why.split(" at line ").next().unwrap_or_default();
                        list.remarks.push(Remark::left_out(lines.at(start), format_args!("{why} in line {line}")));
                    }
                }
            }
            if list.items.is_empty() && list.remarks.is_empty() {
                return Err(format!("its JSON has a fault ({fault})"));
            }
            if list.remarks.is_empty() {
                // The fault stands between the items, or the list has no end.
                list.remarks.push(Remark {
                    line: fault.line() as u32,
                    what: format!("stands at a fault of the list ({fault}): others may be missing after it"),
                });
            }
        }
    }
    Ok(list)
}

fn add(list: &mut List, value: Value, line: u32) {
    let Some(item) = Item::given(value) else {
        return list.remarks.push(Remark::left_out(line, "it is no object"));
    };
    let files =
        item.text("note").lines().map(|line| line.trim().trim_start_matches("file:").trim().to_owned()).collect();
    list.items.push(Described { item, files, line });
}

/// The values of a list, each with its first byte: what stands between two commas outside of brackets and words. One that
/// has no end goes as far as the line before the next one that begins an object.
fn pieces(text: &str) -> Vec<(usize, &str)> {
    let bytes = text.as_bytes();
    let mut pieces = Vec::new();
    let mut at = text.find('[').map_or(text.len(), |open| open + 1);
    loop {
        while bytes.get(at).is_some_and(|byte| byte.is_ascii_whitespace() || *byte == b',') {
            at += 1;
        }
        if bytes.get(at).is_none_or(|byte| *byte == b']') {
            return pieces;
        }
        let end = end_of_value(bytes, at).unwrap_or_else(|| next_object(text, at));
        if end == at {
            // A bracket that closes nothing.
            at += 1;
            continue;
        }
        pieces.push((at, text[at..end].trim_end()));
        at = end;
    }
}

/// The byte after a value; `None` when it does not end before the file, or is nested without measure.
fn end_of_value(bytes: &[u8], start: usize) -> Option<usize> {
    let (mut open, mut at) = (Vec::new(), start);
    loop {
        match *bytes.get(at)? {
            b'"' => {
                at += 1;
                loop {
                    match *bytes.get(at)? {
                        b'"' => break,
                        b'\\' => at += 2,
                        // No string goes over a line.
                        b'\n' => return None,
                        _ => at += 1,
                    }
                }
            }
            byte @ (b'{' | b'[') if open.len() < DEEPEST => open.push(byte + 2),
            b'{' | b'[' => return None,
            byte @ (b'}' | b']') => match open.pop() {
                Some(expected) if expected == byte => {
                    if open.is_empty() {
                        return Some(at + 1);
                    }
                }
                Some(_) => return None,
                None => return Some(at),
            },
            b',' if open.is_empty() => return Some(at),
            _ => {}
        }
        at += 1;
    }
}

/// The first byte of the next line that begins an object; the end of the text when there is none.
fn next_object(text: &str, from: usize) -> usize {
    let mut at = from;
    while let Some(end) = text[at..].find('\n') {
        at += end + 1;
        let line = text[at..].lines().next().unwrap_or_default();
        if line.trim_start().trim_start_matches(',').trim_start().starts_with('{') {
            return at;
        }
    }
    text.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, titles: &[&str], remarks: &[(u32, &str)]) {
        let list = read(text).expect("read");
        let found: Vec<_> = list.items.iter().map(|one| one.item.text("title")).collect();
        assert_eq!(found, titles, "{text}");
        assert_eq!(list.remarks.len(), remarks.len(), "{:?}", list.remarks);
        for (remark, (line, what)) in list.remarks.iter().zip(remarks) {
            assert!(remark.line == *line && remark.what.contains(what), "{remark:?}");
        }
    }

    #[test]
    fn a_bad_item_takes_none_of_the_others() {
        check("[{\"title\":\"A\"},\n 7,\n{\"title\":\"Б\"}]", &["A", "Б"], &[(2, "no object")]);
        check("[{\"title\":\"A\"},\n{\"title\":\"x\" \"y\"},\n{\"title\":\"다\"}]", &["A", "다"], &[(2, "in line 2")]);
        check("[\n{\"title\":\"A\"},\n{\"title\":\"open},\n{\"title\":\"C\"}\n]", &["A", "C"], &[(3, "was left out")]);
        check("[\n{\"title\":\"A\",\n\"author\":[{]},\n{\"title\":\"C\"}\n]", &["C"], &[(2, "was left out")]);
    }

    #[test]
    fn a_list_without_commas_or_an_end_gives_what_it_has() {
        check("[{\"title\":\"A\"}\n{\"title\":\"B\"}]", &["A", "B"], &[(2, "may be missing")]);
        check("[{\"title\":\"A\"},", &["A"], &[(1, "may be missing")]);
        assert!(read("[").is_err() && read("{").is_err() && read("7").is_err());
    }

    #[test]
    fn every_item_knows_its_line() {
        let list = read("[\n\n{\"title\":\"A, [B]\\n\"}, {\"title\":\"B\"},\n{\n\"title\":\"C\"}]").expect("read");
        assert_eq!(list.items.iter().map(|one| one.line).collect::<Vec<_>>(), [3, 3, 4]);
    }
}
