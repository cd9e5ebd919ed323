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
    let packet = XmpExtractor::extract(document).ok().flatten().and_then(|packet| packet.raw_xml).unwrap_or_default();
    let told = |name: &str| items(&packet, name);
    let info = info(document);
    let title = told("dc:title").into_iter().chain(info.title).map(|title| clean(&title)).find(|title| is_title(title));
    let authors: Vec<String> = told("dc:creator").into_iter().filter(|name| is_author(name)).collect();
    let author = if authors.is_empty() {
        info.author.map(|name| clean(&name)).filter(|name| is_author(name)).unwrap_or_default()
    } else {
        authors.join("; ")
    };
    let first = |names: &[&str]| names.iter().flat_map(|name| told(name)).next().unwrap_or_default();
    let language = Some(first(&["dc:language"])).filter(|name| !name.is_empty()).unwrap_or_else(|| language(document));
    Metadata {
        title: title.unwrap_or_default(),
        author,
        publisher: first(&["dc:publisher", "prism:publicationName"]),
        published: day(&first(&["prism:publicationDate", "prism:coverDate"])),
        url: Some(first(&["prism:url"])).filter(|url| url.starts_with("http")).unwrap_or_default(),
        language: if language.to_lowercase().starts_with("x-") { String::new() } else { language },
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

/// What a packet says under this name: the items of its list, or its only value, or its attribute.
fn items(packet: &str, name: &str) -> Vec<String> {
    let inside = within(packet, name).map(|(body, _)| body);
    let attribute = || {
        let open = format!("{name}=\"");
        let rest = &packet[packet.find(&open)? + open.len()..];
        Some(&rest[..rest.find('"')?])
    };
    let Some(mut rest) = inside.or_else(attribute) else { return Vec::new() };
    let mut items = Vec::new();
    while let Some((item, after)) = within(rest, "rdf:li") {
        items.push(item);
        rest = after;
    }
    if items.is_empty() {
        items.push(rest);
    }
    items.into_iter().map(words).filter(|words| !words.is_empty()).collect()
}

/// What stands in the first element of this name, and what follows it.
fn within<'a>(text: &'a str, name: &str) -> Option<(&'a str, &'a str)> {
    let (open, close) = (format!("<{name}"), format!("</{name}>"));
    let mut from = 0;
    loop {
        let at = from + text[from..].find(&open)? + open.len();
        from = at;
        if !text[at..].starts_with(['>', ' ', '\n', '\t', '\r', '/']) {
            continue;
        }
        let body = at + text[at..].find('>')? + 1;
        if text[..body].ends_with("/>") {
            continue;
        }
        let end = body + text[body..].find(&close)?;
        return Some((&text[body..end], &text[end + close.len()..]));
    }
}

/// Words without the tags between them, entities resolved.
fn words(markup: &str) -> String {
    let mut words = String::new();
    let mut tag = false;
    for character in markup.chars() {
        match character {
            '<' => tag = true,
            '>' if tag => {
                tag = false;
                words.push(' ');
            }
            c if !tag => words.push(c),
            _ => {}
        }
    }
    let named = [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&apos;", "'"), ("&amp;", "&")];
    clean(&named.iter().fold(words, |words, (entity, sign)| words.replace(entity, sign)))
}

/// The day, month or year of a date as XMP writes it, without the time.
fn day(date: &str) -> String {
    date.split('T').next().unwrap_or("").trim().to_owned()
}
