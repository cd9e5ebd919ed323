//! BibTeX and BibLaTeX, read by the `biblatex` crate; here its fields become those of CSL.
//!
//! Each entry is read by itself, so that a fault in one takes none of the others and a key may stand twice. Addresses are
//! read here (`tex_address.rs`): the crate takes two hyphens for a dash. Deliberately absent: `crossref` and `xdata`. They are
//! dropped before the crate resolves them, because it follows an entry that refers to itself without end. For the same
//! reason abbreviations are resolved here, and a field that is nested without measure is refused.

use super::file::{Described, Lines, List, Remark};
use super::{Item, dates, names, tex_address};
use biblatex::{Bibliography, ChunksExt, Entry, Field, Person, RawBibliography, RawChunk, RawEntry, Spanned};
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
    (&["publisher", "institution", "school", "organization"], "publisher"),
    (&["location", "address"], "publisher-place"),
    (&["series"], "collection-title"),
    (&["type"], "genre"),
    (&["isbn"], "ISBN"),
    (&["issn"], "ISSN"),
    (&["pages"], "page"),
    (&["volume"], "volume"),
    (&["edition"], "edition"),
    (&["abstract"], "abstract"),
    (&["keywords"], "keyword"),
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
pub(super) fn read(source: &str) -> Result<List, String> {
    let mut list = List::default();
    let lines = Lines::of(source);
    let mut raw = RawBibliography::parse(source).unwrap_or_else(|_| by_pieces(source, &lines, &mut list.remarks));
    for entry in &mut raw.entries {
        entry
            .v
            .fields
            .retain(|field| !["crossref", "xdata", "ids"].iter().any(|key| field.key.v.eq_ignore_ascii_case(key)));
    }
    resolved(&mut raw)?;
    for entry in raw.entries {
        let line = lines.at(entry.span.start);
        if source.get(entry.span.end + 1..).is_some_and(|rest| rest.trim_start().starts_with(',')) {
            let what = "was taken as far as it goes: it is closed before its last fields".into();
            list.remarks.push(Remark { line, what });
        }
        let addresses = Addresses::of(&entry.v);
        let alone = RawBibliography { preamble: String::new(), entries: vec![entry], abbreviations: Vec::new() };
        match Bibliography::from_raw(alone) {
            Ok(read) => list.items.extend(read.iter().map(|entry| Described { line, ..item(entry, &addresses) })),
            Err(fault) => list.remarks.push(Remark::left_out(line, why(&fault, &lines, 0))),
        }
    }
    list.remarks.sort_by_key(|remark| remark.line);
    Ok(list)
}

/// What a fault is, with its line.
fn why(fault: &biblatex::ParseError, lines: &Lines, offset: usize) -> String {
    format!("{} in line {}", fault.kind, lines.at(fault.span.start + offset))
}

/// Reads the entries of a file with a fault one by one: each begins a line with its sign.
fn by_pieces<'s>(source: &'s str, lines: &Lines, remarks: &mut Vec<Remark>) -> RawBibliography<'s> {
    let mut whole = RawBibliography { preamble: String::new(), entries: Vec::new(), abbreviations: Vec::new() };
    let starts: Vec<usize> = entry_starts(source).collect();
    for (at, &start) in starts.iter().enumerate() {
        let piece = &source[start..starts.get(at + 1).copied().unwrap_or(source.len())];
        match RawBibliography::parse(piece) {
            Ok(raw) => {
                let moved = |entry: Spanned<RawEntry<'s>>| {
                    let mut entry = entry;
                    entry.span = entry.span.start + start..entry.span.end + start;
                    for field in &mut entry.v.fields {
                        for chunk in &mut field.value.v {
                            chunk.span = chunk.span.start + start..chunk.span.end + start;
                        }
                    }
                    entry
                };
                whole.entries.extend(raw.entries.into_iter().map(moved));
                whole.abbreviations.extend(raw.abbreviations);
            }
            Err(fault) => remarks.push(Remark::left_out(lines.at(start), why(&fault, lines, start))),
        }
    }
    whole
}

/// The first bytes of entries: `@`, a word and a brace at the beginning of a line, or after the end of another on it.
fn entry_starts(source: &str) -> impl Iterator<Item = usize> {
    source.match_indices('@').map(|(at, _)| at).filter(|&at| {
        let before = source[..at].trim_end_matches([' ', '\t']);
        let word = source[at + 1..].trim_start_matches(|c: char| c.is_ascii_alphabetic());
        let named = source[at + 1..].len() > word.len();
        let first = before.is_empty() || before.ends_with(['\n', '\r', '}']);
        first && named && word.trim_start().starts_with(['{', '('])
    })
}

/// Puts what abbreviations stand for in their place, and refuses what would come to more than any list of sources. One that
/// is not known stands for itself; the crate knows those of the months.
fn resolved<'s>(raw: &mut RawBibliography<'s>) -> Result<(), String> {
    let mut known: HashMap<&'s str, (Field<'s>, usize)> = HashMap::new();
    for pair in std::mem::take(&mut raw.abbreviations) {
        let mut parts: Field<'s> = Vec::new();
        for chunk in pair.value.v {
            match chunk.v {
                RawChunk::Abbreviation(name) => match known.get(name) {
                    Some((resolved, _)) => parts.extend(resolved.iter().cloned()),
                    None => parts.push(Spanned::new(RawChunk::Normal(name), chunk.span)),
                },
                RawChunk::Normal(_) => parts.push(chunk),
            }
            if parts.len() > MOST_PARTS {
                return Err(format!("its abbreviation “{}” has no end", pair.key.v));
            }
        }
        let length = parts.iter().map(|part| text_of(&part.v).len()).sum();
        known.insert(pair.key.v, (parts, length));
    }
    let mut abbreviated = 0;
    for entry in &mut raw.entries {
        let key = entry.v.key.v;
        for field in &mut entry.v.fields {
            let mut parts: Field<'s> = Vec::new();
            for chunk in std::mem::take(&mut field.value.v) {
                match chunk.v {
                    RawChunk::Abbreviation(name) => match known.get(name) {
                        Some((resolved, length)) => {
                            abbreviated += length;
                            parts.extend(resolved.iter().cloned());
                        }
                        None if is_month(name) => parts.push(chunk),
                        None => parts.push(Spanned::new(RawChunk::Normal(name), chunk.span)),
                    },
                    RawChunk::Normal(_) => parts.push(chunk),
                }
                if abbreviated > MOST_ABBREVIATED {
                    return Err("its abbreviations come to more than any list of sources".into());
                }
            }
            let (mut depth, mut signs) = (0usize, 0usize);
            for byte in parts.iter().flat_map(|part| text_of(&part.v).bytes()) {
                match byte {
                    b'{' => depth += 1,
                    b'}' => depth = depth.saturating_sub(1),
                    b'$' => {}
                    _ => continue,
                }
                signs += 1;
                if depth > DEEPEST || signs > MOST_SIGNS {
                    return Err(format!("the field “{}” of “{key}” is nested too deep", field.key.v));
                }
            }
            field.value.v = parts;
        }
    }
    Ok(())
}

fn is_month(name: &str) -> bool {
    const MONTHS: [&str; 12] = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
    MONTHS.iter().any(|month| month.eq_ignore_ascii_case(name))
}

fn text_of<'s>(chunk: &RawChunk<'s>) -> &'s str {
    match chunk {
        RawChunk::Normal(text) | RawChunk::Abbreviation(text) => text,
    }
}

/// What the fields of an entry say of addresses, as TeX means it.
#[derive(Default)]
struct Addresses {
    url: String,
    doi: String,
    /// Out of `howpublished` and `note`.
    others: [String; 2],
}

impl Addresses {
    fn of(entry: &RawEntry<'_>) -> Addresses {
        let field = |key: &str| -> String {
            let fields = entry.fields.iter().filter(|field| field.key.v.eq_ignore_ascii_case(key));
            fields.flat_map(|field| field.value.v.iter().map(|part| text_of(&part.v))).collect()
        };
        Addresses {
            url: tex_address::plain(&field("url")),
            doi: tex_address::doi(&field("doi")),
            others: ["howpublished", "note"].map(|key| tex_address::within(&field(key))),
        }
    }

    /// The address of the source: of its own field, else one that stands in another.
    fn url(&self) -> &str {
        let all = [&self.url].into_iter().chain(&self.others);
        all.map(String::as_str).find(|address| !address.is_empty()).unwrap_or_default()
    }
}

fn item(entry: &Entry, addresses: &Addresses) -> Described {
    let read = |key: &str| entry.get(key).map(|chunks| chunks.format_verbatim().trim().to_owned()).unwrap_or_default();
    let text = |key: &str| tex_address::shown(read(key));
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
    item.put("URL", json!(addresses.url()));
    item.put("DOI", json!(addresses.doi));
    // Who published it may stand around an address; a note that is nothing but an address is none.
    if item.text("publisher").is_empty() {
        item.put("publisher", json!(tex_address::around(read("howpublished"))));
    }
    if !tex_address::around(read("note")).is_empty() {
        item.put("note", json!(text("note")));
    }
    item.put(if csl == "article-journal" { "issue" } else { "number" }, json!(first(&["number", "issue"])));
    for key in ["author", "editor"] {
        let mut people: Vec<Person> = entry.get_as(key).unwrap_or_default();
        // "and others" is no name.
        let more = people.pop_if(|last| last.given_name.is_empty() && names::is_et_al(&last.name)).is_some();
        item.put(key, Value::Array(people.iter().map(name).collect()));
        item.put_et_al(key, more);
    }
    item.put("issued", date(&text("date"), [text("year"), text("month"), text("day")]));
    item.put("accessed", date(&text("urldate"), Default::default()));
    let language = first(&["langid", "language"]);
    let code =
        LANGUAGES.iter().find(|(name, _)| language.eq_ignore_ascii_case(name)).map(|(_, code)| (*code).to_owned());
    item.put("language", json!(code.unwrap_or(language)));
    item.put("citation-key", json!(entry.key));
    Described { item, files: files(&text("file")), line: 0 }
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
        let items = read(source).expect("read").items;
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

    fn check(source: &str, titles: &[&str], remarks: &[(u32, &str)]) {
        let list = read(source).expect("read");
        assert_eq!(list.items.iter().map(|one| one.item.text("title")).collect::<Vec<_>>(), titles, "{source}");
        assert_eq!(list.remarks.len(), remarks.len(), "{:?}", list.remarks);
        for (remark, (line, what)) in list.remarks.iter().zip(remarks) {
            assert!(remark.line == *line && remark.what.contains(what), "{remark:?}");
        }
    }

    #[test]
    fn a_bad_entry_takes_none_of_the_others() {
        let good = "@book{b, title = {Лёд}}\n";
        check(&format!("@book{{a, title = {{x}} year = 2020}}\n{good}"), &["Лёд"], &[(1, "expected comma in line 1")]);
        check(
            &format!("{good}@book{{a,\n title = {{x,\n year = 2020\n}}\n{good}"),
            &["Лёд", "Лёд"],
            &[(2, "left out")],
        );
        check(&format!("{good}@book{{a, title = {{"), &["Лёд"], &[(2, "left out")]);
        check(
            &format!("{good}@book{{a, title = \"x, year = 2020}}\n@book{{c, title = \"다\"}}"),
            &["Лёд", "다"],
            &[(2, "left out")],
        );
        check(&format!("@book{{title = {{x}}}}\n{good}"), &["Лёд"], &[(1, "left out")]);
        check(&format!("@book{{a, title = {{x}}}}, year = 2020}}\n{good}"), &["x", "Лёд"], &[(1, "closed before")]);
        check(&format!("Mail a@example.org, b@{{c}}.\n{good}@poem{{p, title = {{y}}}}"), &["Лёд", "y"], &[]);
        check(&format!("@book{{a, title = {{x}}}} @book{{c, title}} {good}"), &["x", "Лёд"], &[(1, "left out")]);
        check("@misc{a, title = {A}, journal = jacm, month = jun}", &["A"], &[]);
    }

    #[test]
    fn a_key_may_stand_twice() {
        let list = read("@book{a, title = {x}}\n\n@book{a, title = {y}}").expect("read");
        let told: Vec<_> = list.items.iter().map(|one| (one.item.text("citation-key"), one.line)).collect();
        assert_eq!((told, list.remarks), (vec![("a", 1), ("a", 3)], vec![]));
        assert_eq!(read("nothing of the kind").map(|list| list.items.len()), Ok(0));
    }

    #[test]
    fn addresses_are_read_as_tex_means_them() {
        let check = |fields: &str, key: &str, expected: &str| {
            let list = read(&format!("@misc{{a, title={{T}}, {fields}}}")).expect("read");
            assert_eq!(list.items[0].item.text(key), expected, "{fields}");
        };
        check(r"howpublished={\url{https://example.org/a_b}}", "URL", "https://example.org/a_b");
        check(r"howpublished={\url{https://example.org/a_b}}", "publisher", "");
        check(r"howpublished={Press release, \url{https://example.org/a--b}}", "publisher", "Press release");
        check(r"howpublished={Press release, \url{https://example.org/a--b}}", "URL", "https://example.org/a--b");
        check(
            r"howpublished={Available at: \href{https://example.org/x\%20y}{the site}}",
            "URL",
            "https://example.org/x%20y",
        );
        check(r"howpublished={https://example.org/лёд}", "URL", "https://example.org/лёд");
        check(r"howpublished={https://example.org/лёд}", "publisher", "");
        check(r"howpublished={Self-published}", "publisher", "Self-published");
        check(r"url={https://example.org/x\_y?a=1\&b=2\#c\%20}", "URL", "https://example.org/x_y?a=1&b=2#c%20");
        check(r"url={https://example.org/\~{}doe/{\_}a\textunderscore b}", "URL", "https://example.org/~doe/_a_b");
        check("url={https://example.org/a--b/\n   c}", "URL", "https://example.org/a--b/c");
        check(r"url={\url{https://example.org/a}}", "URL", "https://example.org/a");
        check(r"doi={10.1000/a\_b}", "DOI", "10.1000/a_b");
        check(r"doi={https://doi.org/10.1000/x}", "DOI", "10.1000/x");
        check(r"note={\url{https://example.org/n}}", "URL", "https://example.org/n");
        check(r"note={\url{https://example.org/n}}", "note", "");
        check(
            r"note={Seen at \url{https://example.org/n}, in {June}}",
            "note",
            "Seen at https://example.org/n, in June",
        );
        check(
            r"url={https://example.org/u}, howpublished={\url{https://example.org/h}}",
            "URL",
            "https://example.org/u",
        );
        check(r"title={See \href{https://example.org}{the ice}}", "title", "See the ice");
    }

    #[test]
    fn others_are_no_person() {
        for (authors, names) in [
            ("Doe, Jane and others", json!([{ "family": "Doe", "given": "Jane" }])),
            (
                "Иванов, Иван and Roe, Bo and others",
                json!([{ "family": "Иванов", "given": "Иван" }, { "family": "Roe", "given": "Bo" }]),
            ),
            ("{Ministry of Ice} and others", json!([{ "literal": "Ministry of Ice" }])),
        ] {
            let list = read(&format!("@misc{{a, author={{{authors}}}}}")).expect("read");
            let item = &list.items[0].item;
            assert_eq!((json!(item.names("author")), item.people("author").1), (names, true), "{authors}");
        }
    }
}
