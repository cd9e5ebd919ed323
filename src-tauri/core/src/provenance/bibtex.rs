//! BibTeX and BibLaTeX, read by the `biblatex` crate; here its fields become those of CSL.
//!
//! The crate follows what refers to itself without end, and braces in braces as deep as they go; so what it is given is
//! measured first. Deliberately absent: `crossref` and `xdata`, which are dropped before the crate resolves them.

use super::file::{Described, LONGEST_ITEM, TOO_LONG};
use super::{Item, dates};
use crate::import::MAX_BYTES;
use biblatex::{Bibliography, ChunksExt, Entry, Field, Person, RawBibliography, RawChunk};
use serde_json::{Map, Value, json};
use std::collections::{HashMap, HashSet};

/// Deepest nesting of braces in a value, and longest chain of strings that are made of strings.
const DEEPEST: usize = 64;

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
    measure(&mut raw)?;
    Ok(Bibliography::from_raw(raw).map_err(place)?.iter().map(item).collect())
}

/// Refuses what would grow without end when its strings are put in, and what is nested too deep.
fn measure(raw: &mut RawBibliography<'_>) -> Result<(), String> {
    // Of two strings of one name the crate takes the last, also for what was made of the first.
    let mut names = HashSet::new();
    raw.abbreviations.retain(|string| names.insert(string.key.v));
    let mut strings = HashMap::new();
    for string in &raw.abbreviations {
        let size = size(&string.value.v, &strings, &names)?;
        strings.insert(string.key.v, size);
    }
    let mut whole = 0;
    for entry in &raw.entries {
        let mut length = entry.span.len();
        for field in &entry.v.fields {
            length += size(&field.value.v, &strings, &names)?.0;
        }
        whole += length;
        // It stands in the source, and once more with its strings.
        if length > 2 * LONGEST_ITEM || whole > 2 * MAX_BYTES {
            return Err(TOO_LONG.into());
        }
    }
    Ok(())
}

/// How long a value is, in bytes, and how long the chain of strings that it is made of.
fn size(
    value: &Field<'_>,
    strings: &HashMap<&str, (usize, usize)>,
    names: &HashSet<&str>,
) -> Result<(usize, usize), String> {
    let (mut length, mut chain) = (0_usize, 0);
    for chunk in value {
        let (more, made_of) = match chunk.v {
            RawChunk::Normal(text) if depth(text) > DEEPEST => {
                return Err(format!("its braces are nested more than {DEEPEST} deep"));
            }
            RawChunk::Normal(text) => (text.len(), 0),
            RawChunk::Abbreviation(name) => match strings.get(name) {
                Some(size) => *size,
                None if names.contains(name) => return Err(format!("“{name}” is used before it says what it is")),
                // The name of a month, or of nothing.
                None => (name.len(), 0),
            },
        };
        (length, chain) = (length + more, chain.max(made_of + 1));
        if length > LONGEST_ITEM || chain > DEEPEST {
            return Err(TOO_LONG.into());
        }
    }
    Ok((length, chain))
}

/// How deep the braces of a text are nested.
fn depth(text: &str) -> usize {
    let (mut depth, mut deepest, mut escaped) = (0_usize, 0, false);
    for byte in text.bytes() {
        match byte {
            _ if escaped => escaped = false,
            b'\\' => escaped = true,
            b'{' => depth += 1,
            b'}' => depth = depth.saturating_sub(1),
            _ => {}
        }
        deepest = deepest.max(depth);
    }
    deepest
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
    fn what_grows_or_nests_without_end_is_refused() {
        let refused = |source: &str, reason: &str| {
            assert!(read(source).expect_err("refused").contains(reason), "{reason}");
        };
        let braces = |depth: usize, mark: &str| {
            format!("@misc{{a, title = {{{}x{}}}}}", format!("{mark}{{").repeat(depth), "}".repeat(depth))
        };
        for mark in ["", "\\'", "\\textit", "\\url"] {
            refused(&braces(100_000, mark), "deep");
            assert_eq!(read(&braces(DEEPEST, mark)).map(|items| items.len()), Ok(1), "{mark}");
        }
        refused("@string{a = a}@misc{b, title = a}", "before");
        refused("@string{a = b}@string{b = a}@misc{c, title = a}", "before");
        let titles = |source: &str| -> Vec<String> {
            read(source).expect("items").iter().map(|one| one.item.text("title").into()).collect()
        };
        assert_eq!(titles("@string{a = {x}}@string{a = a # a}@misc{b, title = a # { } # jan}"), ["x January"]);
        let doubled: String = (1..60).map(|n| format!("@string{{s{n} = s{} # s{}}}", n - 1, n - 1)).collect();
        refused(&format!("@string{{s0 = {{x}}}}{doubled}@misc{{a, title = s59}}"), "longer");
        let chain: String = (1..9_000).map(|n| format!("@string{{s{n} = s{}}}", n - 1)).collect();
        refused(&format!("@string{{s0 = {{x}}}}{chain}@misc{{a, title = s8999}}"), "longer");
        let long = format!("@string{{s = {{{}}}}}", "x".repeat(150_000));
        refused(&format!("{long}@misc{{a, title = s, note = s, abstract = s}}"), "longer");
        let many: String = (0..900).map(|n| format!("@misc{{a{n}, title = s}}")).collect();
        refused(&(long + &many), "longer");
    }

    #[test]
    fn a_broken_file_says_where() {
        assert!(read("@book{a, title = {x}}\n@book{b, title = {").expect_err("open").contains("line 2"));
        assert!(read("@book{a, title = {x}}\n@book{a, title = {y}}").is_err(), "one key twice");
        assert_eq!(read("nothing of the kind").map(|items| items.len()), Ok(0));
    }
}
