//! Addresses in BibTeX: as TeX means them, and out of the words that stand around them.
//!
//! An address is written for TeX in many ways: `\url{…}`, `\href{…}{…}`, with signs escaped, over two lines. Deliberately
//! absent: every other command of TeX, which the `biblatex` crate knows.

/// What is written around an address and says nothing else.
const AROUND: [&str; 14] = [
    "url",
    "online",
    "web",
    "website",
    "web page",
    "webpage",
    "available at",
    "available from",
    "available online",
    "available online at",
    "accessed at",
    "retrieved from",
    "online at",
    "at",
];

/// The address that a field is: braces, escapes and line ends taken away.
pub(super) fn plain(field: &str) -> String {
    let field = field.trim();
    let field = argument(field, "\\url").map_or(field, |(_, inner, _)| inner);
    let mut address = String::with_capacity(field.len());
    let mut rest = field;
    while let Some(sign) = rest.chars().next() {
        rest = &rest[sign.len_utf8()..];
        match sign {
            '{' | '}' => {}
            _ if sign.is_whitespace() => {}
            '\\' => {
                let word = &rest[..rest.len() - rest.trim_start_matches(|c: char| c.is_ascii_alphabetic()).len()];
                let meant = match word {
                    "textasciitilde" => Some("~"),
                    "textunderscore" => Some("_"),
                    "textbackslash" => Some("\\"),
                    "slash" => Some("/"),
                    "string" | "allowbreak" | "linebreak" => Some(""),
                    _ => None,
                };
                match meant {
                    Some(meant) => {
                        address.push_str(meant);
                        rest = rest[word.len()..].trim_start();
                    }
                    // An escaped sign is the sign; a backslash before anything else belongs to the address.
                    None if word.is_empty() => {}
                    None => address.push(sign),
                }
            }
            _ => address.push(sign),
        }
    }
    address
}

/// An identifier of a document, without the address that resolves it.
pub(super) fn doi(field: &str) -> String {
    let doi = plain(field);
    let lower = doi.to_ascii_lowercase();
    let before = ["https://doi.org/", "http://doi.org/", "https://dx.doi.org/", "http://dx.doi.org/", "doi:"];
    match before.iter().find(|before| lower.starts_with(*before)) {
        Some(before) => doi[before.len()..].to_owned(),
        None => doi,
    }
}

/// The address in a field of words; empty where there is none.
pub(super) fn within(field: &str) -> String {
    let field = field.trim();
    let found = ["\\url", "\\href"].iter().find_map(|command| argument(field, command));
    match found {
        Some((_, address, _)) => plain(address),
        None if is_address(field) => plain(field),
        None => String::new(),
    }
}

/// The words around the address in a field that the crate has read; empty where they say nothing else.
pub(super) fn around(mut text: String) -> String {
    for command in ["\\url", "\\href"] {
        while let Some((before, _, after)) = argument(&text, command) {
            text = format!("{before}{after}");
        }
    }
    let around = words(&text);
    if is_address(&text) || AROUND.contains(&around.to_lowercase().as_str()) { String::new() } else { around }
}

/// Words that the crate has read, with addresses in place of the commands for them; of a link its words.
pub(super) fn shown(mut text: String) -> String {
    while let Some((before, address, after)) = argument(&text, "\\url") {
        text = format!("{before}{}{after}", plain(address));
    }
    while let Some((before, _, after)) = argument(&text, "\\href") {
        text = format!("{before}{after}");
    }
    text
}

/// Whether a field is an address and nothing else.
fn is_address(field: &str) -> bool {
    let field = field.trim_matches(|c: char| c.is_whitespace() || "{}<>".contains(c)).to_ascii_lowercase();
    let begins = ["http://", "https://", "www."].iter().any(|start| field.starts_with(start));
    begins && !field.contains(char::is_whitespace)
}

/// What stands before a command, in its braces, and after them.
fn argument<'t>(text: &'t str, command: &str) -> Option<(&'t str, &'t str, &'t str)> {
    let start = format!("{command}{{");
    let at = text.find(&start)?;
    let inner = &text[at + start.len()..];
    let mut depth = 1;
    let end = inner.char_indices().find_map(|(at, sign)| {
        match sign {
            '{' => depth += 1,
            '}' => depth -= 1,
            _ => {}
        }
        (depth == 0).then_some(at)
    })?;
    Some((&text[..at], &inner[..end], &inner[end + 1..]))
}

/// Words on one line, without braces and without the signs at their ends that part them from something.
fn words(text: &str) -> String {
    let plain: String = text.chars().filter(|c| !matches!(c, '{' | '}' | '[' | ']' | '<' | '>')).collect();
    let line = plain.split_whitespace().collect::<Vec<_>>().join(" ");
    line.trim_matches(|c: char| ",;:.()–- ".contains(c)).to_owned()
}
