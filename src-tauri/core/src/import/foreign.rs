//! Markup and messages that are text to a computer and not to a person, known by how they begin.
//!
//! What is refused here would otherwise become a document that shows its markup. Tables, data and records that people do
//! read as they stand (CSV, JSON, subtitles, logs, source code) stay texts, and so does prose that quotes markup. Deliberately
//! absent: reading any of them, but for the flat file of ODT, which is only recognised here.

use super::Name;

/// Bytes at the top in which the first tag or the headers of a message stand.
const TOP_BYTES: usize = 16 * 1024;

/// A file is taken for markup that was cut short when tags are one byte in so many of it.
const BYTES_PER_MARKUP: usize = 3;

/// What the first bytes say, blanks aside.
const SIGNATURES: [(&str, Name); 7] = [
    ("%!ps", "ps"),
    ("begin:vcard", "vcf"),
    ("begin:vcalendar", "ics"),
    ("\\documentclass", "tex"),
    ("\\documentstyle", "tex"),
    ("\\input texinfo", "texi"),
    ("<?mso-application", "xml"),
];

/// Roots of markup, by their names without prefixes, and what such files are called.
const ROOTS: [(&str, Name); 7] = [
    ("svg", "svg"),
    ("fictionbook", "fb2"),
    ("rss", "rss"),
    ("feed", "atom"),
    ("opml", "opml"),
    ("tei", "tei"),
    ("tei.2", "tei"),
];

/// Headers that only programs write, and only in messages that are on their way or in store.
const MESSAGE_HEADERS: [&str; 7] =
    ["mime-version", "received", "return-path", "message-id", "dkim-signature", "x-mailer", "delivered-to"];

/// Whether the bytes are an OpenDocument text that is no archive.
pub(super) fn is_flat_odt(bytes: &[u8]) -> bool {
    let top = top(bytes);
    let kinds = ["text", "text-template", "text-master", "text-web"];
    let kind = Markup::at(&top).filter(|markup| markup.local() == "document").and_then(|markup| {
        let kind = markup.tag.split_once("mimetype=")?.1.trim_start_matches(['"', '\'']);
        kind.split(['"', '\'']).next()?.strip_prefix("application/vnd.oasis.opendocument.")
    });
    kind.is_some_and(|kind| kinds.contains(&kind))
}

/// What kind of file the bytes are, by the extension that such files have; `None` for what is text to a person.
pub(super) fn named(bytes: &[u8], extension: &str) -> Option<Name> {
    let top = top(bytes);
    let signature = SIGNATURES.iter().find(|(start, _)| top.starts_with(start)).map(|(_, named)| *named);
    signature.or_else(|| tex(&top)).or_else(|| message(&top)).or_else(|| markup(&top, bytes, extension))
}

/// The ASCII of the first bytes in lower case, also of two bytes a character, without blanks before it.
fn top(bytes: &[u8]) -> String {
    let ascii = |byte: &u8| *byte != 0 && byte.is_ascii();
    let top: Vec<u8> = bytes.iter().take(TOP_BYTES).copied().filter(ascii).collect();
    String::from_utf8_lossy(&top).trim_start().to_ascii_lowercase()
}

/// TeX whose first command stands below comments, as programs and journals begin it.
fn tex(top: &str) -> Option<Name> {
    let first = top.lines().map(str::trim).find(|line| !line.is_empty() && !line.starts_with('%'))?;
    let begins = ["\\documentclass", "\\documentstyle", "\\requirepackage", "\\passoptionstopackage"];
    begins.iter().any(|command| first.starts_with(command)).then_some("tex")
}

/// A message as it is sent or stored. One that a person reads as it stands, with plain headers above plain words, is text.
fn message(top: &str) -> Option<Name> {
    // A mailbox begins each message with a line of its own.
    let begins = top.lines().next().filter(|line| line.starts_with("from "));
    let stored = begins.is_some_and(|line| line.split(' ').any(is_time_of_day));
    let headers = if stored { top.split_once('\n')?.1 } else { top };
    let mut named = Vec::new();
    let mut coded = false;
    for line in headers.lines() {
        if line.trim().is_empty() {
            break;
        }
        coded |= line.contains("=?") && line.contains("?=");
        match header(line) {
            Some((name, value)) => {
                coded |= match name {
                    "content-type" => !value.starts_with("text/plain"),
                    "content-transfer-encoding" => matches!(value, "quoted-printable" | "base64"),
                    _ => false,
                };
                named.push(name);
            }
            None if line.starts_with([' ', '\t']) && !named.is_empty() => {}
            None => return None,
        }
    }
    let is_message = named.contains(&"from") || MESSAGE_HEADERS.iter().any(|header| named.contains(header));
    if stored && named.len() > 1 && is_message {
        Some("mbox")
    } else {
        (named.len() > 1 && is_message && coded).then_some("eml")
    }
}

/// A time as 10:00:00.
fn is_time_of_day(word: &str) -> bool {
    word.len() == 8
        && word.bytes().enumerate().all(|(at, byte)| if at % 3 == 2 { byte == b':' } else { byte.is_ascii_digit() })
}

/// The name and the value of a header.
fn header(line: &str) -> Option<(&str, &str)> {
    let (name, value) = line.split_once(':')?;
    let is_name = !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
    is_name.then(|| (name, value.trim()))
}

/// The first tag of a file, and what stands before it.
struct Markup<'t> {
    /// There is a declaration or a document type of XML.
    declared: bool,
    /// The tag without its brackets.
    tag: &'t str,
}

impl<'t> Markup<'t> {
    fn at(top: &'t str) -> Option<Markup<'t>> {
        let (mut rest, mut declared) = (top, false);
        loop {
            let inner = rest.strip_prefix('<')?;
            let end = if inner.starts_with("!--") {
                "-->"
            } else if inner.starts_with('?') {
                declared |= inner.starts_with("?xml");
                "?>"
            } else if inner.starts_with("!doctype") {
                declared = true;
                // A document type may hold declarations in brackets.
                if inner.find('[').is_some_and(|open| inner.find('>').is_some_and(|close| open < close)) {
                    "]>"
                } else {
                    ">"
                }
            } else {
                let tag = &inner[..inner.find('>').unwrap_or(inner.len())];
                return tag.starts_with(|c: char| c.is_ascii_alphabetic()).then_some(Markup { declared, tag });
            };
            rest = inner[inner.find(end)? + end.len()..].trim_start();
        }
    }

    fn name(&self) -> &'t str {
        self.tag.split(|c: char| c.is_whitespace() || c == '/').next().unwrap_or_default()
    }

    /// Its name without a prefix.
    fn local(&self) -> &'t str {
        self.name().rsplit(':').next().unwrap_or_default()
    }
}

/// XML of any kind. A text may well begin with a tag, and quote a whole file: it is markup only to its end.
fn markup(top: &str, bytes: &[u8], extension: &str) -> Option<Name> {
    let markup = Markup::at(top)?;
    let says_so = markup.declared || markup.tag.contains("xmlns") || matches!(markup.name(), "rss" | "tei.2" | "opml");
    let whole = {
        let end = self::top(&bytes[bytes.len().saturating_sub(256)..]);
        end.trim_end().ends_with(&format!("</{}>", markup.name()))
    };
    let is_markdown = matches!(extension, "md" | "markdown");
    if !says_so || !whole && (is_markdown || !is_mostly_tags(bytes)) {
        return None;
    }
    let kind = markup.tag.split_once("mimetype=").map(|(_, kind)| kind.trim_start_matches(['"', '\'']));
    let flat = [("spreadsheet", "fods"), ("presentation", "fodp"), ("graphics", "fodg")];
    let flat = kind
        .and_then(|kind| kind.strip_prefix("application/vnd.oasis.opendocument."))
        .and_then(|kind| flat.iter().find(|(name, _)| kind.starts_with(name)).map(|(_, named)| *named));
    let root = ROOTS.iter().find(|(name, _)| *name == markup.local()).map(|(_, named)| *named);
    let books = markup.tag.contains("docbook.org/ns") || top.contains("dtd docbook");
    flat.or(root).or(books.then_some("docbook")).or(Some("xml"))
}

/// Whether much of a file stands in tags.
fn is_mostly_tags(bytes: &[u8]) -> bool {
    let (mut inside, mut count, mut all) = (false, 0, 0);
    for byte in bytes.iter().filter(|byte| **byte != 0) {
        inside |= *byte == b'<';
        count += usize::from(inside);
        inside &= *byte != b'>';
        all += 1;
    }
    count * BYTES_PER_MARKUP > all
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: Option<Name>) {
        assert_eq!(named(text.as_bytes(), "txt"), expected, "{text}");
        let wide: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
        assert_eq!(named(&wide, "txt"), expected, "{text} in UTF-16");
    }

    #[test]
    fn markup_is_known_by_its_root() {
        check("<?xml version='1.0'?>\n<!-- a --><FictionBook xmlns='x'><p>Снег</p></FictionBook>", Some("fb2"));
        check("<svg xmlns=\"http://www.w3.org/2000/svg\"><text>A map</text></svg>\n", Some("svg"));
        check("<rss version=\"2.0\"><channel><title>News</title></channel></rss>", Some("rss"));
        check("<feed xmlns=\"http://www.w3.org/2005/Atom\"><title>뉴스</title></feed>", Some("atom"));
        check("<?xml version=\"1.0\"?><TEI xmlns=\"http://www.tei-c.org/ns/1.0\"><p>x</p></TEI>", Some("tei"));
        check("<book xmlns=\"http://docbook.org/ns/docbook\"><para>x</para></book>", Some("docbook"));
        check(
            "<!DOCTYPE article PUBLIC \"-//OASIS//DTD DocBook XML V4.5//EN\" \"x\"><article><para>x</para></article>",
            Some("docbook"),
        );
        check("<!DOCTYPE a [<!ENTITY b \"c\">]>\n<a>&b;</a>", Some("xml"));
        check(
            "<?xml version=\"1.0\"?><?mso-application progid=\"Word.Document\"?><w:wordDocument xmlns:w=\"x\"><w:t>x</w:t></w:wordDocument>",
            Some("xml"),
        );
        check(
            "<office:document office:mimetype=\"application/vnd.oasis.opendocument.spreadsheet\" xmlns:office=\"x\"></office:document>",
            Some("fods"),
        );
        check("<?xml version=\"1.0\"?><note><to>Bo</to><body>cut sh", Some("xml"));
    }

    #[test]
    fn messages_are_known_by_their_headers() {
        check("From: a@example.org\nSubject: =?utf-8?B?0J/RgNC4?=\n\nHello", Some("eml"));
        check(
            "Return-Path: <a@example.org>\r\nReceived: from x\r\n by y\r\nFrom: a\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b",
            Some("eml"),
        );
        check("Content-Transfer-Encoding: base64\nFrom: a@example.org\n\n0J/RgNC4", Some("eml"));
        check("From a@example.org Mon Mar  2 10:00:00 2026\nFrom: a@example.org\nTo: b\n\nHello", Some("mbox"));
        check("BEGIN:VCARD\nVERSION:3.0\nFN:Bo Roe\nEND:VCARD", Some("vcf"));
        check("BEGIN:VCALENDAR\nVERSION:2.0\n", Some("ics"));
        check("%!PS-Adobe-3.0\n(Hello) show", Some("ps"));
        check("% !TeX program = xelatex\n\n\\documentclass[a4paper]{article}\n\\begin{document}x", Some("tex"));
    }

    #[test]
    fn what_a_person_reads_as_it_stands_is_text() {
        for text in [
            "From: Ambassador Doe\nTo: All stations\nSubject: Grain\nDate: 2 March 2026\n\nThe minister said no.",
            "From: a@example.org\nMessage-ID: <1@x>\nMime-Version: 1.0\nContent-Type: text/plain; charset=us-ascii\nContent-Transfer-Encoding: 7bit\n\nDear Bo,",
            "From March to May the river froze.\nNote: it thawed in June.",
            "From 10:00:00 on the line was dead.\nNote: it was cut.\nPlace: Tarse.",
            "{\"a\": [1, 2]}",
            "name;2024;2025\nЛёд;1;2\n",
            "1\n00:00:01,000 --> 00:00:02,000\n<i>Bonjour</i>\n",
            "2026-03-02T10:00:00Z INFO started",
            "<div align=\"center\">A title</div>\n\nWords.",
            "<Bo> hello\n<Jane> hello to you\n",
            "<?xml version=\"1.0\"?> is how such a file begins. The words after it go on for a while, and say what stands in it.",
            "<?xml version=\"1.0\"?>\n<a/>\nis a whole file. The words after it go on for a while, and say what stands in it and why.",
            "<svg xmlns=\"http://www.w3.org/2000/svg\"></svg>\n# A project\n\nWords that say a lot about the project, and then some more of them, for the list of what it does is long, and so is the list of those who made it.",
            "\\o/ they cheered",
            "\u{feff}한국은 <b>행</b>",
        ] {
            check(text, None);
        }
        assert_eq!(named(b"<svg xmlns='x'><path d='M0 0'/></svg>\n# Read me\n\nWords.", "md"), None);
    }
}
