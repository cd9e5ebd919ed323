//! MHTML: a web page saved with its pictures as one message of many parts.
//!
//! The part that is the page is read as HTML; where it came from and when it was saved stand in the headers.
//! Deliberately absent: pictures, frames and everything else that the other parts hold, and mail.

use super::{Imported, Options, Refusal, charset, html};

/// Longest headers of a file, in bytes, and most that are looked at before the first part.
const MAX_HEADERS: usize = 16 * 1024;

/// Deepest nesting of parts in parts.
const MAX_DEPTH: usize = 4;

/// Most parts that are looked at.
const MAX_PARTS: usize = 10_000;

const MONTHS: [&str; 12] = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

/// One part: its headers, and its bytes as they were sent.
struct Part<'a> {
    headers: Vec<(String, String)>,
    body: &'a [u8],
    /// Whether the mark that ends it is there.
    whole: bool,
}

/// Whether the bytes begin with the headers of such a file.
pub(super) fn looks_like(bytes: &[u8]) -> bool {
    let part = Part::read(bytes, true);
    let kind = part.kind();
    !part.header("mime-version").is_empty() && (kind == "multipart/related" || kind == "text/html")
}

/// Reads the page in the file.
pub(super) fn read(bytes: &[u8], options: Options) -> Result<Imported, Refusal> {
    let file = Part::read(bytes, true);
    let location = file.header("snapshot-content-location").to_owned();
    let saved = day(file.header("date"));
    let start = file.parameter("start");
    let mut pages = Vec::new();
    collect(file, 0, &mut pages);
    let root = pages
        .iter()
        .position(|page| !start.is_empty() && page.header("content-id") == start)
        .or_else(|| pages.iter().position(|page| !location.is_empty() && page.header("content-location") == location))
        .unwrap_or(0);
    let Some(page) = pages.get(root) else {
        return Err(Refusal::Damaged { reason: "none of its parts is a page".into() });
    };
    if !page.whole {
        return Err(Refusal::Damaged { reason: "the page in it is cut short".into() });
    }
    let from = if location.is_empty() { page.header("content-location") } else { &location };
    let (source, encoding) = charset::decode_page(&page.content(), &page.parameter("charset"))?;
    let mut imported = html::read(&source, from, encoding, options)?;
    imported.format = "mhtml";
    if imported.metadata.accessed.is_empty() {
        imported.metadata.accessed = saved;
    }
    Ok(imported)
}

/// The pages among the parts, in order.
fn collect<'a>(part: Part<'a>, depth: usize, pages: &mut Vec<Part<'a>>) {
    let kind = part.kind();
    if matches!(kind.as_str(), "text/html" | "application/xhtml+xml") {
        pages.push(part);
    } else if kind.starts_with("multipart/") && depth < MAX_DEPTH {
        for inner in part.parts() {
            collect(inner, depth + 1, pages);
        }
    }
}

impl<'a> Part<'a> {
    /// Splits headers from body.
    fn read(bytes: &'a [u8], whole: bool) -> Part<'a> {
        let mut headers: Vec<(String, String)> = Vec::new();
        let mut at = 0;
        while at < bytes.len().min(MAX_HEADERS) {
            let end = bytes[at..].iter().position(|&byte| byte == b'\n').map_or(bytes.len(), |end| at + end + 1);
            let line = String::from_utf8_lossy(&bytes[at..end]);
            let line = line.trim_end();
            at = end;
            if line.is_empty() {
                if headers.is_empty() {
                    continue;
                }
                break;
            }
            if line.starts_with([' ', '\t']) {
                if let Some((_, value)) = headers.last_mut() {
                    value.push_str(line);
                }
                continue;
            }
            match line.split_once(':') {
                Some((name, value)) if name.chars().all(|c| c.is_ascii_alphanumeric() || c == '-') => {
                    headers.push((name.to_ascii_lowercase(), value.trim().to_owned()));
                }
                _ => break,
            }
        }
        Part { headers, body: &bytes[at..], whole }
    }

    fn header(&self, name: &str) -> &str {
        self.headers.iter().find(|(known, _)| known == name).map_or("", |(_, value)| value)
    }

    fn kind(&self) -> String {
        self.header("content-type").split(';').next().unwrap_or_default().trim().to_ascii_lowercase()
    }

    /// A parameter of the content type, without its quotation marks.
    fn parameter(&self, name: &str) -> String {
        let parameters = self.header("content-type").split(';').skip(1);
        let found = parameters
            .filter_map(|parameter| parameter.split_once('='))
            .find(|(key, _)| key.trim().eq_ignore_ascii_case(name));
        found.map(|(_, value)| value.trim().trim_matches('"').to_owned()).unwrap_or_default()
    }

    /// The parts between the marks.
    fn parts(&self) -> Vec<Part<'a>> {
        let boundary = self.parameter("boundary");
        let mark = format!("--{boundary}");
        let mut parts = Vec::new();
        let mut from: Option<usize> = None;
        let mut at = 0;
        if boundary.is_empty() {
            return parts;
        }
        while at < self.body.len() && parts.len() < MAX_PARTS {
            let end =
                self.body[at..].iter().position(|&byte| byte == b'\n').map_or(self.body.len(), |end| at + end + 1);
            if self.body[at..end].starts_with(mark.as_bytes()) {
                if let Some(from) = from {
                    parts.push(Part::read(&self.body[from..at], true));
                }
                from = Some(end);
                if self.body[at + mark.len()..end].starts_with(b"--") {
                    return parts;
                }
            }
            at = end;
        }
        if let Some(from) = from {
            parts.push(Part::read(&self.body[from..], false));
        }
        parts
    }

    /// The bytes as they were before they were sent.
    fn content(&self) -> Vec<u8> {
        match self.header("content-transfer-encoding").to_ascii_lowercase().as_str() {
            "quoted-printable" => quoted_printable(self.body),
            "base64" => base64(self.body),
            _ => self.body.to_vec(),
        }
    }
}

fn quoted_printable(body: &[u8]) -> Vec<u8> {
    let digit = |at: usize| body.get(at).and_then(|&byte| (byte as char).to_digit(16));
    let mut out = Vec::with_capacity(body.len());
    let mut at = 0;
    while at < body.len() {
        if body[at] != b'=' {
            out.push(body[at]);
            at += 1;
        } else if let (Some(high), Some(low)) = (digit(at + 1), digit(at + 2)) {
            out.push((high * 16 + low) as u8);
            at += 3;
        } else if body[at + 1..].starts_with(b"\r\n") {
            at += 3;
        } else if body[at + 1..].starts_with(b"\n") {
            at += 2;
        } else {
            out.push(b'=');
            at += 1;
        }
    }
    out
}

/// What is no digit of base 64 is passed over; the padding ends the text.
fn base64(body: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(body.len() / 4 * 3);
    let (mut bits, mut count) = (0_u32, 0);
    for &byte in body {
        let value = match byte {
            b'A'..=b'Z' => byte - b'A',
            b'a'..=b'z' => byte - b'a' + 26,
            b'0'..=b'9' => byte - b'0' + 52,
            b'+' => 62,
            b'/' => 63,
            b'=' => break,
            _ => continue,
        };
        bits = bits << 6 | u32::from(value);
        count += 6;
        if count >= 8 {
            count -= 8;
            out.push((bits >> count & 0xff) as u8);
        }
    }
    out
}

/// The day of a date as mail writes it, "Tue, 3 Nov 2026 06:00:00 -0000", as 2026-11-03; what reads otherwise stays.
fn day(written: &str) -> String {
    let words: Vec<&str> = written.split([' ', ',']).filter(|word| !word.is_empty()).collect();
    let found = words.windows(3).find_map(|words| {
        let day: u8 = words[0].parse().ok().filter(|day| (1..=31).contains(day))?;
        let month = MONTHS.iter().position(|month| words[1].to_ascii_lowercase().starts_with(month))? + 1;
        let year: u16 = words[2].parse().ok().filter(|year| (1900..=2999).contains(year))?;
        Some(format!("{year}-{month:02}-{day:02}"))
    });
    found.unwrap_or_else(|| written.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_sent_is_restored() {
        assert_eq!(quoted_printable(b"a=3Db=\r\nc=\nd=E2=82=AC=zz="), "a=bcd€=zz=".as_bytes());
        assert_eq!(base64(b"SGVs\r\nbG8="), b"Hello");
        assert_eq!(base64(b"SGVsbG8h"), b"Hello!");
    }

    #[test]
    fn a_date_is_cut_to_its_day() {
        assert_eq!(day("Tue, 3 Nov 2026 06:00:00 -0000"), "2026-11-03");
        assert_eq!(day("3 November 2026"), "2026-11-03");
        assert_eq!(day("yesterday"), "yesterday");
    }
}
