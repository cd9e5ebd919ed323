//! BibTeX and BibLaTeX, read by the `biblatex` crate; here its fields become those of CSL.
//!
//! Deliberately absent: `crossref` and `xdata`. They are dropped before the crate resolves them, because it follows an
//! entry that refers to itself without end. For the same reason abbreviations of abbreviations are resolved here, and
//! a field that is nested without measure is refused.

use super::file::Described;
use super::{Item, dates};
use biblatex::{Bibliography, ChunksExt, Entry, Field, Person, RawBibliography, RawChunk};
use serde_json::{Map, Value, json};
use std::collections::HashMap;

/// Types, and what CSL calls them; every other one is a document.
const TYPES: &[(&str, &str)] = &[
    ("article", "article-journal"),
    ("suppperiodical", "article-journal"),
    ("report", "report"),
    ("techreport", "report"),
    ("manual", "report"),
    ("online", "webpage"),
    ("electronic", "webpage"),
    ("www", "webpage"),
    ("book", "book"),
    ("mvbook", "book"),
    ("collection", "book"),
    ("mvcollection", "book"),
    ("proceedings", "book"),
    ("booklet", "pamphlet"),
    ("inbook", "chapter"),
    ("incollection", "chapter"),
    ("bookinbook", "chapter"),
    ("suppbook", "chapter"),
    ("inproceedings", "paper-conference"),
    ("conference", "paper-conference"),
    ("thesis", "thesis"),
    ("phdthesis", "thesis"),
    ("mastersthesis", "thesis"),
    ("unpublished", "manuscript"),
    ("inreference", "entry-encyclopedia"),
    ("dataset", "dataset"),
    ("patent", "patent"),
    ("letter", "personal_communication"),
    ("legislation", "legislation"),
    ("legal", "treaty"),
    ("jurisdiction", "legal_case"),
    ("standard", "standard"),
];

/// Fields that are one text, the first of them counts; with them the key of CSL.
const TEXTS: &[(&[&str], &str)] = &[
    (&["journaltitle", "journal", "booktitle", "eventtitle"], "container-title"),
    (&["publisher", "institution", "school", "organization", "howpublished"], "publisher"),
    (&["location", "address"], "publisher-place"),
    (&["series"], "collection-title"),
    (&["type"], "genre"),
    (&["url"], "URL"),
    (&["doi"], "DOI"),
    (&["isbn"], "ISBN"),
    (&["issn"], "ISSN"),
    (&["pages"], "page"),
    (&["volume"], "volume"),
    (&["edition"], "edition"),
    (&["abstract"], "abstract"),
    (&["keywords"], "keyword"),
    (&["note"], "note"),
];

/// Names of languages as BibLaTeX writes them, and their codes.
const LANGUAGES: &[(&str, &str)] = &[
    ("american", "en-US"),
    ("arabic", "ar"),
    ("british", "en-GB"),
    ("chinese", "zh"),
    ("english", "en"),
    ("french", "fr"),
    ("german", "de"),
    ("hebrew", "he"),
    ("italian", "it"),
    ("japanese", "ja"),
    ("korean", "ko"),
    ("ngerman", "de"),
    ("persian", "fa"),
    ("polish", "pl"),
    ("portuguese", "pt"),
    ("russian", "ru"),
    ("spanish", "es"),
    ("turkish", "tr"),
    ("ukrainian", "uk"),
];

/// The deepest nesting of braces in a field, and the most of them and of formulas in it: the crate goes into each of the
/// former by a call, and through all of the latter for each. Titles have a handful.
const DEEPEST: usize = 64;
const MOST_SIGNS: usize = 2_000;

/// The most parts that an abbreviation may be put together from, and the most bytes that all abbreviations in a file may
/// come to.
const MOST_PARTS: usize = 64;
const MOST_ABBREVIATED: usize = 16 << 20;

/// The items of a file; the error says what is wrong, as the end of a sentence that begins with "because".
pub(super) fn read(source: &str) -> Result<Vec<Described>, String> {
    let place = |error: biblatex::ParseError| {
        let before = source.get(..error.span.start).unwrap_or(source);
        format!("there is a fault in line {} ({})", before.matches('\n').count() + 1, error.kind)
    };
    let mut raw = RawBibliography::parse(source).map_err(place)?;
    for entry in &mut raw.entries {
        entry
            .v
            .fields
            .retain(|field| !["crossref", "xdata", "ids"].iter().any(|key| field.key.v.eq_ignore_ascii_case(key)));
    }
    measured(&mut raw)?;
    Ok(Bibliography::from_raw(raw).map_err(place)?.iter().map(item).collect())
}

/// Resolves abbreviations within abbreviations, and refuses what would come to more than any list of sources.
fn measured<'s>(raw: &mut RawBibliography<'s>) -> Result<(), String> {
    let mut known: HashMap<&'s str, (Field<'s>, usize)> = HashMap::new();
    for pair in &mut raw.abbreviations {
        let mut parts: Field<'s> = Vec::new();
        for chunk in std::mem::take(&mut pair.value.v) {
            match chunk.v {
                // One of a month, or one that is not known here either, stands for itself.
                RawChunk::Abbreviation(name) => match known.get(name) {
                    Some((resolved, _)) => parts.extend(resolved.iter().cloned()),
                    None => parts.push(biblatex::Spanned::new(RawChunk::Normal(name), chunk.span)),
                },
                RawChunk::Normal(_) => parts.push(chunk),
            }
            if parts.len() > MOST_PARTS {
                return Err(format!("its abbreviation “{}” has no end", pair.key.v));
            }
        }
        let length = parts.iter().map(|part| text_of(&part.v).len()).sum();
        pair.value.v = parts.clone();
        known.insert(pair.key.v, (parts, length));
    }
    let mut abbreviated = 0;
    for entry in &raw.entries {
        for field in &entry.v.fields {
            let (mut depth, mut signs) = (0usize, 0usize);
            for chunk in &field.value.v {
                let parts = match chunk.v {
                    RawChunk::Abbreviation(name) => {
                        let (parts, length) = known.get(name).map_or((&[][..], 0), |(parts, length)| (parts, *length));
                        abbreviated += length;
                        parts
                    }
                    RawChunk::Normal(_) => std::slice::from_ref(chunk),
                };
                for byte in parts.iter().flat_map(|part| text_of(&part.v).bytes()) {
                    match byte {
                        b'{' => depth += 1,
                        b'}' => depth = depth.saturating_sub(1),
                        b'$' => {}
                        _ => continue,
                    }
                    signs += 1;
                    if depth > DEEPEST || signs > MOST_SIGNS {
                        return Err(format!("the field “{}” of “{}” is nested too deep", field.key.v, entry.v.key.v));
                    }
                }
                if abbreviated > MOST_ABBREVIATED {
                    return Err("its abbreviations come to more than any list of sources".into());
                }
            }
        }
    }
    Ok(())
}

fn text_of<'s>(chunk: &RawChunk<'s>) -> &'s str {
    match chunk {
        RawChunk::Normal(text) | RawChunk::Abbreviation(text) => text,
    }
}

fn item(entry: &Entry) -> Described {
    let text = |key: &str| entry.get(key).map(|chunks| chunks.format_verbatim().trim().to_owned()).unwrap_or_default();
    let first = |keys: &[&str]| keys.iter().map(|key| text(key)).find(|text| !text.is_empty()).unwrap_or_default();
    let bibtex = entry.entry_type.to_string().to_lowercase();
    let csl = TYPES.iter().find(|(name, _)| *name == bibtex).map_or("document", |(_, csl)| csl);
    let mut item = Item::default();
    item.put("type", json!(csl));
    let titles = [text("title"), text("subtitle")];
    item.put("title", json!(titles.iter().filter(|part| !part.is_empty()).cloned().collect::<Vec<_>>().join(": ")));
    for (keys, key) in TEXTS {
        item.put(key, json!(first(keys)));
    }
    item.put(if csl == "article-journal" { "issue" } else { "number" }, json!(first(&["number", "issue"])));
    for key in ["author", "editor"] {
        let people: Vec<Person> = entry.get_as(key).unwrap_or_default();
        item.put(key, Value::Array(people.iter().map(name).collect()));
    }
    item.put("issued", date(&text("date"), [text("year"), text("month"), text("day")]));
    item.put("accessed", date(&text("urldate"), Default::default()));
    let language = first(&["langid", "language"]);
    let code =
        LANGUAGES.iter().find(|(name, _)| language.eq_ignore_ascii_case(name)).map(|(_, code)| (*code).to_owned());
    item.put("language", json!(code.unwrap_or(language)));
    item.put("citation-key", json!(entry.key));
    Described { item, files: files(&text("file")) }
}

/// What has only a family name is whole: BibTeX puts organisations into braces.
fn name(person: &Person) -> Value {
    if person.given_name.is_empty() && person.prefix.is_empty() && person.suffix.is_empty() {
        return json!({ "literal": person.name });
    }
    let parts = [
        ("family", &person.name),
        ("given", &person.given_name),
        ("non-dropping-particle", &person.prefix),
        ("suffix", &person.suffix),
    ];
    let parts = parts.into_iter().filter(|(_, part)| !part.is_empty());
    Value::Object(parts.map(|(key, part)| (key.to_owned(), json!(part))).collect::<Map<_, _>>())
}

fn date(whole: &str, [year, month, day]: [String; 3]) -> Value {
    if !whole.is_empty() {
        return dates::read(whole);
    }
    let pieces: Vec<&str> =
        [&day, &month, &year].into_iter().map(|piece| piece.trim()).filter(|piece| !piece.is_empty()).collect();
    let numeric = month.trim().parse::<u8>().is_ok();
    match pieces.as_slice() {
        [] => Value::Null,
        pieces if numeric => {
            let turned: Vec<String> = pieces.iter().rev().map(|piece| format!("{piece:0>2}")).collect();
            dates::read(&turned.join("-"))
        }
        pieces => dates::read(&pieces.join(" ")),
    }
}

/// The paths in "Full Text:files/12/ice.pdf:application/pdf;…", or in a plain list of them.
fn files(field: &str) -> Vec<String> {
    field.split([';', ':']).map(|piece| piece.replace('\\', "")).filter(|piece| piece.contains('.')).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_entry_becomes_csl() {
        let source = r#"
            A comment of no account.
            @string{press = {Example Press}}
            @report{doe2024,
              author = {Doe, Jane Q. and {Ministry of Trade, Industry and Energy} and Ludwig van Beethoven},
              title = {Ice on the {River}}, subtitle = {A winter in \"Osterreich},
              institution = press, date = {2024-06-19}, langid = {english},
              url = {https://example.org/ice_1}, urldate = {2026-11-23}, number = 7,
              file = {Full Text:files/12/ice.pdf:application/pdf}, crossref = {doe2024}
            }
            @misc{roe, title = "Cable", year = 2023, month = jun, day = 5}
            @article{kim, title = {겨울}, journal = {Снег}, year = {2024}, month = {3}, number = {2}, pages = {1--9}}
        "#;
        let items = read(source).expect("read");
        assert_eq!(
            items[0].item.taken("1"),
            json!({ "id": "1", "type": "report", "title": "Ice on the River: A winter in Österreich", "publisher": "Example Press",
                "author": [{ "family": "Doe", "given": "Jane Q." }, { "literal": "Ministry of Trade, Industry and Energy" },
                    { "family": "Beethoven", "given": "Ludwig", "non-dropping-particle": "van" }],
                "issued": { "date-parts": [[2024, 6, 19]] }, "accessed": { "date-parts": [[2026, 11, 23]] },
                "URL": "https://example.org/ice_1", "number": "7", "language": "en", "citation-key": "doe2024" })
        );
        assert!(items[0].files.contains(&"files/12/ice.pdf".to_owned()));
        assert_eq!(items[1].item.value("issued").map(|date| date["date-parts"].clone()), Some(json!([[2023, 6, 5]])));
        assert_eq!(items[2].item.value("issued"), Some(&json!({ "date-parts": [[2024, 3]] })));
        assert_eq!((items[2].item.text("container-title"), items[2].item.text("issue")), ("Снег", "2"));
    }

    #[test]
    fn a_broken_file_says_where() {
        assert!(read("@book{a, title = {x}}\n@book{b, title = {").expect_err("open").contains("line 2"));
        assert!(read("@book{a, title = {x}}\n@book{a, title = {y}}").is_err(), "one key twice");
        assert_eq!(read("nothing of the kind").map(|items| items.len()), Ok(0));
    }
}
