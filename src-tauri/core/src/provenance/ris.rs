//! RIS: lines of a tag of two characters, two blanks, a hyphen and a value; `TY` begins an item and `ER` ends it.
//!
//! Line ends of every system, and tags in front of which somebody put blanks. A line without a tag goes on with the
//! value before it. Tags that CSL has no place for are passed over. Deliberately absent: writing.

use super::file::{Described, List, Remark};
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

/// Tags that begin an item whose type is missing; others stand in what programs write above a list.
const KNOWN_FIRST: [&str; 9] = ["AU", "A1", "TI", "T1", "T2", "JO", "PY", "DA", "ID"];

/// An item under way.
struct Open<'s> {
    line: u32,
    lines: Vec<(&'s str, String)>,
}

/// The items of a file. One without its first or its last line is taken as far as it goes.
pub(super) fn read(source: &str) -> Result<List, String> {
    let mut list = List::default();
    let mut open: Option<Open<'_>> = None;
    for (number, text) in (1..).zip(source.lines()) {
        match (tagged(text), &mut open) {
            (Some(("TY", kind)), _) => {
                if let Some(before) = open.take() {
                    close(&mut list, before, Some("it has no end (ER)"));
                }
                open = Some(Open { line: number, lines: vec![("TY", kind.to_owned())] });
            }
            (Some(("ER", _)), Some(_)) => {
                if let Some(item) = open.take() {
                    close(&mut list, item, None);
                }
            }
            (Some(("ER", _)), None) => {}
            (Some((tag, value)), Some(item)) => item.lines.push((tag, value.to_owned())),
            // An item whose first line is missing.
            (Some((tag, value)), None) if KNOWN_FIRST.contains(&tag) => {
                open = Some(Open { line: number, lines: vec![(tag, value.to_owned())] });
            }
            (None, Some(item)) if !text.trim().is_empty() => {
                if let Some((_, value)) = item.lines.last_mut() {
                    value.push(' ');
                    value.push_str(text.trim());
                }
            }
            // What stands between two items is nobody's.
            _ => {}
        }
    }
    if let Some(last) = open {
        close(&mut list, last, Some("it has no end (ER)"));
    }
    Ok(list)
}

/// Adds an item; one that says nothing but its type is none.
fn close(list: &mut List, open: Open<'_>, fault: Option<&str>) {
    let typed = open.lines.iter().any(|(tag, _)| *tag == "TY");
    if !open.lines.iter().any(|(tag, value)| *tag != "TY" && !value.is_empty()) {
        return list.remarks.push(Remark::left_out(open.line, fault.unwrap_or("it says nothing")));
    }
    if let Some(fault) = fault.or((!typed).then_some("it has no type (TY)")) {
        list.remarks.push(Remark { line: open.line, what: format!("was taken as far as it goes: {fault}") });
    }
    list.items.push(Described { line: open.line, ..item(&open.lines) });
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

fn item(lines: &[(&str, String)]) -> Described {
    let all = |tags: &[&str]| -> Vec<&str> {
        let fits = lines.iter().filter(|(tag, value)| tags.contains(tag) && !value.is_empty());
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
    let editors: &[&str] = if csl == "article-journal" { &["ED"] } else { &["A2", "ED"] };
    for (key, tags) in [("author", &["AU", "A1"][..]), ("editor", editors)] {
        let mut people = all(tags);
        let more = people.pop_if(|last| names::is_et_al(last)).is_some();
        item.put(key, Value::Array(people.into_iter().map(names::parted).collect()));
        item.put_et_al(key, more);
    }
    item.put("issued", date(first(&["DA", "PY", "Y1"])));
    item.put("accessed", date(first(&["Y2"])));
    item.put("keyword", json!(all(&["KW"]).join(", ")));
    let pages: Vec<&str> = [first(&["SP"]), first(&["EP"])].into_iter().filter(|page| !page.is_empty()).collect();
    item.put("page", json!(pages.join("-")));
    let number = if matches!(csl, "book" | "chapter" | "report") { "ISBN" } else { "ISSN" };
    item.put(number, json!(first(&["SN"])));
    Described { item, files: all(&["L1", "L2"]).into_iter().map(str::to_owned).collect(), line: 0 }
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
        let items = read(source).expect("read").items;
        assert_eq!((items.len(), items[0].line), (1, 3));
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
    fn an_item_without_its_first_or_last_line_is_taken_and_named() {
        let check = |source: &str, titles: &[&str], remarks: &[(u32, &str)]| {
            let list = read(source).expect("read");
            assert_eq!(list.items.iter().map(|one| one.item.text("title")).collect::<Vec<_>>(), titles, "{source}");
            assert_eq!(list.remarks.len(), remarks.len(), "{:?}", list.remarks);
            for (remark, (line, what)) in list.remarks.iter().zip(remarks) {
                assert!(remark.line == *line && remark.what.contains(what), "{remark:?}");
            }
        };
        let good = "TY  - BOOK\nTI  - Лёд\nER  - \n";
        check(&format!("TY  - BOOK\nTI  - x\n{good}"), &["x", "Лёд"], &[(1, "no end")]);
        check(&format!("{good}TY  - JOUR\nTI  - 겨울\n"), &["Лёд", "겨울"], &[(4, "no end")]);
        check(&format!("{good}AU  - Roe, Bo\nTI  - y\nER  - \n{good}"), &["Лёд", "y", "Лёд"], &[(4, "no type")]);
        check(&format!("TY  - BOOK\n{good}"), &["Лёд"], &[(1, "left out")]);
        check("nothing of the kind", &[], &[]);
        check("", &[], &[]);
    }

    #[test]
    fn others_are_no_person() {
        let list = read("TY  - JOUR\nAU  - Doe, Jane\nAU  - et al.\nTI  - Ice\nER  - ").expect("read");
        assert_eq!(list.items[0].item.names("author"), [json!({ "given": "Jane", "family": "Doe" })]);
        assert!(list.items[0].item.people("author").1);
    }
}
