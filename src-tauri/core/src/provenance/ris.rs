//! RIS: lines of a tag of two characters, two blanks, a hyphen and a value; `TY` begins an item and `ER` ends it.
//!
//! Line ends of every system, and tags in front of which somebody put blanks. A line without a tag goes on with the
//! value before it. Tags that CSL has no place for are passed over. Deliberately absent: writing.

use super::file::Described;
use super::{Item, dates, names};
use serde_json::{Value, json};

/// Types, and what CSL calls them; every other one is a document.
const TYPES: &[(&str, &str)] = &[
    ("BILL", "bill"),
    ("BLOG", "post-weblog"),
    ("BOOK", "book"),
    ("CASE", "legal_case"),
    ("CHAP", "chapter"),
    ("CONF", "paper-conference"),
    ("CPAPER", "paper-conference"),
    ("DATA", "dataset"),
    ("DBASE", "dataset"),
    ("EBOOK", "book"),
    ("ECHAP", "chapter"),
    ("EDBOOK", "book"),
    ("EJOUR", "article-journal"),
    ("ELEC", "webpage"),
    ("ENCYC", "entry-encyclopedia"),
    ("GOVDOC", "report"),
    ("HEAR", "hearing"),
    ("ICOMM", "personal_communication"),
    ("INPR", "article"),
    ("JFULL", "article-journal"),
    ("JOUR", "article-journal"),
    ("LAW", "legislation"),
    ("LEGAL", "legislation"),
    ("MAP", "map"),
    ("MGZN", "article-magazine"),
    ("NEWS", "article-newspaper"),
    ("PAMP", "pamphlet"),
    ("PAT", "patent"),
    ("PCOMM", "personal_communication"),
    ("RPRT", "report"),
    ("STAND", "standard"),
    ("STAT", "legislation"),
    ("THES", "thesis"),
    ("UNPB", "manuscript"),
    ("WEB", "webpage"),
];

/// Tags that are one text, the first of them counts; with them the key of CSL.
const TEXTS: &[(&[&str], &str)] = &[
    (&["TI", "T1", "CT"], "title"),
    (&["T2", "JO", "JF", "JA", "BT"], "container-title"),
    (&["T3"], "collection-title"),
    (&["PB"], "publisher"),
    (&["CY", "PP"], "publisher-place"),
    (&["UR"], "URL"),
    (&["DO"], "DOI"),
    (&["VL"], "volume"),
    (&["IS"], "issue"),
    (&["ET"], "edition"),
    (&["M3"], "genre"),
    (&["AB", "N2"], "abstract"),
    (&["N1"], "note"),
    (&["LA"], "language"),
    (&["ID"], "citation-key"),
];

/// The items of a file; the error says what is wrong, as the end of a sentence that begins with "because".
pub(super) fn read(source: &str) -> Result<Vec<Described>, String> {
    let mut items = Vec::new();
    let mut open: Option<Vec<(String, String)>> = None;
    for (number, line) in source.lines().enumerate() {
        match (tagged(line), &mut open) {
            (Some(("TY", kind)), None) => open = Some(vec![("TY".into(), kind.into())]),
            (Some(("TY", _)), Some(_)) => return Err(format!("an item begins inside another in line {}", number + 1)),
            (Some(("ER", _)), Some(lines)) => {
                items.push(item(lines));
                open = None;
            }
            (Some((tag, value)), Some(lines)) => lines.push((tag.into(), value.into())),
            (None, Some(lines)) if !line.trim().is_empty() => {
                if let Some((_, value)) = lines.last_mut() {
                    value.push(' ');
                    value.push_str(line.trim());
                }
            }
            // What stands between two items is nobody's.
            _ => {}
        }
    }
    match open {
        Some(_) => Err("its last item has no end (ER)".into()),
        None => Ok(items),
    }
}

/// The tag and the value of a line.
pub(super) fn tagged(line: &str) -> Option<(&str, &str)> {
    let line = line.trim();
    let (tag, rest) = line.split_at_checked(2)?;
    let is_tag = tag.starts_with(|c: char| c.is_ascii_uppercase())
        && tag.ends_with(|c: char| c.is_ascii_uppercase() || c.is_ascii_digit());
    let value = rest.trim_start().strip_prefix('-')?;
    (is_tag && rest.starts_with(' ')).then(|| (tag, value.trim()))
}

fn item(lines: &[(String, String)]) -> Described {
    let all = |tags: &[&str]| -> Vec<&str> {
        let fits = lines.iter().filter(|(tag, value)| tags.contains(&tag.as_str()) && !value.is_empty());
        fits.map(|(_, value)| value.as_str()).collect()
    };
    let first = |tags: &[&str]| tags.iter().find_map(|tag| all(&[*tag]).first().copied()).unwrap_or_default();
    let kind = first(&["TY"]);
    let csl = TYPES.iter().find(|(ris, _)| *ris == kind).map_or("document", |(_, csl)| csl);
    let mut item = Item::default();
    item.put("type", json!(csl));
    for (tags, key) in TEXTS {
        item.put(key, json!(first(tags)));
    }
    let people = |tags: &[&str]| Value::Array(all(tags).into_iter().map(names::parted).collect());
    item.put("author", people(&["AU", "A1"]));
    item.put("editor", people(if csl == "article-journal" { &["ED"] } else { &["A2", "ED"] }));
    item.put("issued", date(first(&["DA", "PY", "Y1"])));
    item.put("accessed", date(first(&["Y2"])));
    item.put("keyword", json!(all(&["KW"]).join(", ")));
    let pages: Vec<&str> = [first(&["SP"]), first(&["EP"])].into_iter().filter(|page| !page.is_empty()).collect();
    item.put("page", json!(pages.join("-")));
    let number = if matches!(csl, "book" | "chapter" | "report") { "ISBN" } else { "ISSN" };
    item.put(number, json!(first(&["SN"])));
    Described { item, files: all(&["L1", "L2"]).into_iter().map(str::to_owned).collect() }
}

/// 2024/06/19/, 2024/06//, 2024///Spring: a year, a month, a day, and something else.
fn date(text: &str) -> Value {
    let pieces: Vec<&str> = text.split('/').map(str::trim).collect();
    let numbers: Vec<&str> = pieces.iter().take(3).copied().take_while(|piece| !piece.is_empty()).collect();
    let other = pieces.get(3..).is_some_and(|rest| rest.iter().any(|piece| !piece.is_empty()));
    match numbers.as_slice() {
        [] => Value::Null,
        [year] if other => dates::read(&format!("{} {year}", pieces[3])),
        numbers => {
            let plain: Vec<String> = numbers.iter().map(|number| format!("{number:0>2}")).collect();
            dates::read(&plain.join("-"))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_item_becomes_csl() {
        let source = "\u{feff}Exported\r\n\r\nTY  - NEWS\r\nAU  - Doe, Jane Q.\r\nAU  - Reuters\r\nTI  - Ice on the\r\n  river\r\nT2  - The Daily Example\r\n\
            DA  - 2024/06/19/\r\nPY  - 2024\r\nSP  - 3\r\nEP  - 4\r\nUR  - https://example.org/ice\r\nKW  - ice\r\nKW  - river\r\nXX  - odd\r\nL1  - file:///home/me/ice.pdf\r\nID  - doe2024\r\nER  - \r\n";
        let items = read(source).expect("read");
        assert_eq!(items.len(), 1);
        assert_eq!(items[0].files, ["file:///home/me/ice.pdf"]);
        assert_eq!(
            items[0].item.taken("1"),
            json!({ "id": "1", "type": "article-newspaper", "title": "Ice on the river", "container-title": "The Daily Example",
                "author": [{ "given": "Jane Q.", "family": "Doe" }, { "literal": "Reuters" }], "page": "3-4",
                "issued": { "date-parts": [[2024, 6, 19]] }, "URL": "https://example.org/ice", "keyword": "ice, river",
                "citation-key": "doe2024" })
        );
    }

    #[test]
    fn dates_of_every_precision() {
        assert_eq!(date("2024"), json!({ "date-parts": [[2024]] }));
        assert_eq!(date("2024/6//"), json!({ "date-parts": [[2024, 6]] }));
        assert_eq!(date("2024///Spring"), json!({ "raw": "Spring 2024" }));
        assert_eq!(date("June 2024"), json!({ "date-parts": [[2024, 6]], "raw": "June 2024" }));
        assert_eq!(date("///"), Value::Null);
    }

    #[test]
    fn a_broken_file_says_where() {
        assert!(read("TY  - BOOK\nTI  - x\nTY  - BOOK\nER  - ").expect_err("inside").contains("line 3"));
        assert!(read("TY  - BOOK\nTI  - x\n").is_err());
        assert_eq!(read("nothing of the kind").map(|items| items.len()), Ok(0));
        assert_eq!(read("").map(|items| items.len()), Ok(0));
    }
}
