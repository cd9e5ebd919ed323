//! What a PDF says about itself: its Info dictionary and its XMP packet.
//!
//! XMP comes first where both speak, for it tells authors apart. The day on which a file was made is not the day on
//! which its text was published, so only an explicit publication date counts. Titles that a program made up are no
//! titles. Deliberately absent: titles guessed from the page.

use super::super::Metadata;
use pdf_oxide::PdfDocument;
use pdf_oxide::extractors::xmp::XmpExtractor;
use pdf_oxide::object::Object;

/// What programs put into the title when nobody wrote one; compared in lower case.
const NO_TITLES: [&str; 9] =
    ["untitled", "title", "document", "unknown", "none", "null", "no title", "без названия", "제목 없음"];

/// What a title that is really a file's name ends with.
const EXTENSIONS: [&str; 17] = [
    ".doc", ".docx", ".docm", ".dot", ".dvi", ".eps", ".indd", ".odt", ".pages", ".pdf", ".ppt", ".pptx", ".ps",
    ".qxd", ".rtf", ".tex", ".wpd",
];

/// What programs put before the name of the file.
const PREFIXES: [&str; 4] = ["microsoft word - ", "microsoft powerpoint - ", "powerpoint presentation", "slide 1"];

/// Reads both places.
pub(super) fn read(document: &PdfDocument) -> Metadata {
    let packet = XmpExtractor::extract(document).ok().flatten().unwrap_or_default();
    let custom = |name: &str| packet.custom.get(name).cloned().unwrap_or_default();
    let raw = packet.raw_xml.clone().unwrap_or_default();
    let info = info(document);
    let title = [packet.dc_title.as_deref(), info.title.as_deref()]
        .into_iter()
        .flatten()
        .map(clean)
        .find(|title| is_title(title));
    let authors: Vec<String> =
        packet.dc_creator.iter().map(|name| clean(name)).filter(|name| is_author(name)).collect();
    let author = if authors.is_empty() {
        info.author.map(|name| clean(&name)).filter(|name| is_author(name)).unwrap_or_default()
    } else {
        authors.join("; ")
    };
    let first =
        |found: &[String]| found.iter().map(|text| clean(text)).find(|text| !text.is_empty()).unwrap_or_default();
    let language = first(&[packet.dc_language.clone().unwrap_or_default(), language(document)]);
    Metadata {
        title: title.unwrap_or_default(),
        author,
        publisher: first(&[
            custom("dc:publisher"),
            element(&raw, "dc:publisher"),
            element(&raw, "prism:publicationName"),
        ]),
        published: day(&first(&[element(&raw, "prism:publicationDate"), element(&raw, "prism:coverDate")])),
        url: Some(first(&[element(&raw, "prism:url")])).filter(|url| url.starts_with("http")).unwrap_or_default(),
        language: if language.eq_ignore_ascii_case("x-unknown") || language.eq_ignore_ascii_case("x-default") {
            String::new()
        } else {
            language
        },
        ..Metadata::default()
    }
}

struct Info {
    title: Option<String>,
    author: Option<String>,
}

fn info(document: &PdfDocument) -> Info {
    let dictionary = document
        .trailer()
        .as_dict()
        .and_then(|trailer| trailer.get("Info"))
        .and_then(|info| document.resolve_object(info).ok());
    let field = |name: &str| {
        let value = dictionary.as_ref()?.as_dict()?.get(name)?;
        let value = document.resolve_object(value).ok()?;
        Some(text(value.as_string()?))
    };
    Info { title: field("Title"), author: field("Author") }
}

/// The natural language that the catalog names.
fn language(document: &PdfDocument) -> String {
    let catalog = document.catalog().ok();
    let named = catalog.as_ref().and_then(Object::as_dict).and_then(|catalog| catalog.get("Lang"));
    let named = named.and_then(|named| document.resolve_object(named).ok());
    named.and_then(|named| named.as_string().map(text)).unwrap_or_default()
}

/// A text string of a PDF: UTF-16 or UTF-8 with its mark, else PDFDocEncoding, which agrees with Windows-1252 where
/// titles and names go.
pub(super) fn text(bytes: &[u8]) -> String {
    match bytes {
        [0xfe, 0xff, ..] | [0xff, 0xfe, ..] | [0xef, 0xbb, 0xbf, ..] => encoding_rs::UTF_8.decode(bytes).0.into_owned(),
        bytes => encoding_rs::WINDOWS_1252.decode_without_bom_handling(bytes).0.into_owned(),
    }
}

fn clean(text: &str) -> String {
    let visible: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    visible.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn is_title(title: &str) -> bool {
    let lower = title.to_lowercase();
    let named =
        EXTENSIONS.iter().any(|end| lower.ends_with(end)) || PREFIXES.iter().any(|start| lower.starts_with(start));
    let made_up = NO_TITLES.contains(&lower.trim_matches(|c: char| !c.is_alphanumeric() && !c.is_whitespace()));
    // A path, an address, or a lone key such as "fm10-2.qxd" or "0123-AB".
    let path = !lower.contains(' ')
        && (lower.contains(['/', '\\', '_'])
            || lower.chars().any(|c| c.is_numeric()) && !lower.chars().any(|c| c.is_alphabetic() && !c.is_ascii()));
    title.chars().filter(|c| c.is_alphabetic()).count() > 2 && !named && !made_up && !path
}

fn is_author(name: &str) -> bool {
    let lower = name.to_lowercase();
    let made_up = [
        "unknown",
        "author",
        "administrator",
        "admin",
        "user",
        "owner",
        "root",
        "default",
        "anonymous",
        "windows user",
        "microsoft office user",
    ];
    name.chars().any(char::is_alphabetic) && !made_up.contains(&lower.as_str())
}

/// The words of the first element of this name in a packet, or its attribute; entities resolved.
fn element(packet: &str, name: &str) -> String {
    let open = format!("<{name}");
    let inside = packet.find(&open).and_then(|at| {
        let rest = &packet[at + open.len()..];
        let body = &rest[rest.find('>')? + 1..];
        Some(&body[..body.find(&format!("</{name}>"))?])
    });
    let attribute = format!("{name}=\"");
    let value = inside.or_else(|| {
        let rest = &packet[packet.find(&attribute)? + attribute.len()..];
        Some(&rest[..rest.find('"')?])
    });
    let mut words = String::new();
    let mut tag = false;
    for character in value.unwrap_or("").chars() {
        match character {
            '<' => tag = true,
            '>' => {
                tag = false;
                words.push(' ');
            }
            c if !tag => words.push(c),
            _ => {}
        }
    }
    words
        .replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", "\"")
        .replace("&apos;", "'")
        .replace("&amp;", "&")
        .trim()
        .to_owned()
}

/// The day, month or year of a date as XMP writes it, without the time.
fn day(date: &str) -> String {
    date.split('T').next().unwrap_or("").trim().to_owned()
}
