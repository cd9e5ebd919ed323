//! Addresses in a page: which part of which file they name inside, and what is shown of them outside.
//!
//! An address is shown and never followed. Deliberately absent: everything that could run or load, such as `javascript:`
//! and `data:`, and any normalisation of what stands in an address.

/// Schemes whose addresses are shown.
const SCHEMES: [&str; 4] = ["http", "https", "mailto", "ftp"];

/// Longest address that is shown, in bytes.
const MAX_ADDRESS: usize = 4096;

/// The address as it is shown. A relative one is completed when `base` is the address of the page; else it stays as it
/// was written.
pub(super) fn shown(base: &str, written: &str) -> Option<String> {
    let address: String = written.trim().chars().filter(|c| !c.is_control()).collect();
    if address.is_empty() || address.starts_with('#') || address.len() > MAX_ADDRESS {
        return None;
    }
    match scheme(&address) {
        Some(scheme) => SCHEMES.contains(&scheme.to_ascii_lowercase().as_str()).then_some(address),
        None => Some(complete(base, &address).unwrap_or(address)),
    }
}

/// Whether an address says by itself where it leads.
pub(super) fn is_absolute(written: &str) -> bool {
    scheme(written.trim()).is_some()
}

/// Whether an address leads to the web, and nothing else.
pub(super) fn is_web(address: &str) -> bool {
    let lower = address.get(..8.min(address.len())).unwrap_or_default().to_ascii_lowercase();
    (lower.starts_with("http://") || lower.starts_with("https://"))
        && address.len() <= MAX_ADDRESS
        && !address.contains(|c: char| c.is_whitespace() || c.is_control())
}

/// The file and the part of it that an address names, seen from the file `from`; `None` when it leads out.
pub(super) fn inner(from: &str, written: &str) -> Option<(String, String)> {
    let written = written.trim();
    let (file, part) = written.split_once('#').unwrap_or((written, ""));
    let part = decoded(part);
    if file.is_empty() || file == from {
        return Some((from.to_owned(), part));
    }
    if scheme(file).is_some() || file.starts_with('/') || is_web(from) {
        return None;
    }
    let folder = from.rsplit_once('/').map_or("", |(folder, _)| folder);
    joined(folder, &decoded(file.split('?').next().unwrap_or(file))).map(|path| (path, part))
}

/// A relative path below a folder; `None` when it climbs out of the root.
pub(super) fn joined(folder: &str, path: &str) -> Option<String> {
    let mut parts: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop()?;
            }
            part => parts.push(part),
        }
    }
    Some(parts.join("/"))
}

/// Percent signs resolved; what is no UTF-8 stays as it is.
pub(super) fn decoded(text: &str) -> String {
    let bytes = text.as_bytes();
    let mut out = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while at < bytes.len() {
        let code = (bytes[at] == b'%')
            .then(|| text.get(at + 1..at + 3))
            .flatten()
            .and_then(|digits| u8::from_str_radix(digits, 16).ok());
        out.push(code.unwrap_or(bytes[at]));
        at += if code.is_some() { 3 } else { 1 };
    }
    String::from_utf8(out).unwrap_or_else(|_| text.to_owned())
}

fn scheme(address: &str) -> Option<&str> {
    let (scheme, _) = address.split_once(':')?;
    let named = scheme.starts_with(|c: char| c.is_ascii_alphabetic())
        && scheme.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '.'));
    named.then_some(scheme)
}

fn complete(base: &str, address: &str) -> Option<String> {
    if !is_web(base) {
        return None;
    }
    let (protocol, rest) = base.split_once("://")?;
    if address.starts_with("//") {
        return Some(format!("{protocol}:{address}"));
    }
    let rest = rest.split(['?', '#']).next().unwrap_or(rest);
    let (host, path) = rest.split_once('/').unwrap_or((rest, ""));
    if address.starts_with('?') {
        return Some(format!("{protocol}://{host}/{path}{address}"));
    }
    let (file, tail) = address.split_at(address.find(['?', '#']).unwrap_or(address.len()));
    let folder = if file.starts_with('/') { "" } else { path.rsplit_once('/').map_or("", |(folder, _)| folder) };
    let mut parts: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    for part in file.split('/').filter(|part| !part.is_empty()) {
        match part {
            "." => {}
            ".." => {
                parts.pop();
            }
            part => parts.push(part),
        }
    }
    let slash = if file.ends_with('/') && !parts.is_empty() { "/" } else { "" };
    Some(format!("{protocol}://{host}/{}{slash}{tail}", parts.join("/")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_shown_whole_or_as_written() {
        let base = "https://example.org/a/b.html?q#f";
        let check =
            |written: &str, expected: Option<&str>| assert_eq!(shown(base, written).as_deref(), expected, "{written}");
        check("https://x.example/é?a=1#b", Some("https://x.example/é?a=1#b"));
        check("c.html", Some("https://example.org/a/c.html"));
        check("../c/?d=e/f", Some("https://example.org/c/?d=e/f"));
        check("../../../c", Some("https://example.org/c"));
        check("/c#d", Some("https://example.org/c#d"));
        check("//cdn.example/x", Some("https://cdn.example/x"));
        check("?p=2", Some("https://example.org/a/b.html?p=2"));
        check("mailto:a@example.org", Some("mailto:a@example.org"));
        for dropped in [
            "",
            "#top",
            "javascript:alert(1)",
            " java\nscript:alert(1)",
            "data:text/html,x",
            "file:///etc/passwd",
            "vbscript:x",
        ] {
            check(dropped, None);
        }
        assert_eq!(shown("", "c.html").as_deref(), Some("c.html"));
    }

    #[test]
    fn an_inner_address_stays_inside() {
        let check = |written: &str, expected: Option<(&str, &str)>| {
            let found = inner("OPS/text/1.xhtml", written);
            assert_eq!(found.as_ref().map(|(file, part)| (file.as_str(), part.as_str())), expected, "{written}");
        };
        check("#n1", Some(("OPS/text/1.xhtml", "n1")));
        check("notes.xhtml#n%201", Some(("OPS/text/notes.xhtml", "n 1")));
        check("../a%2Fb.xhtml", Some(("OPS/a/b.xhtml", "")));
        check("../../../etc/passwd", None);
        check("https://example.org/#n", None);
        check("/etc/passwd", None);
    }
}
