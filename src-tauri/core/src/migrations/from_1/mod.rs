//! From version 1 to version 2: what is known about a document is stored as one item of CSL-JSON. Frozen, together with
//! the reading of names and dates that it uses.

mod dates;
mod names;

use crate::error::Result;
use rusqlite::types::ValueRef;
use rusqlite::{Connection, Row, params};
use serde_json::{Map, Value, json};

/// The columns of version 1 that say something about a source.
struct Columns {
    id: Vec<u8>,
    title: String,
    author: String,
    publisher: String,
    published: String,
    url: String,
    accessed: String,
    language: String,
}

/// Adds the columns of version 2 and fills them.
pub(super) fn step(db: &Connection) -> Result<()> {
    db.execute_batch(
        "ALTER TABLE document ADD COLUMN kind TEXT NOT NULL DEFAULT ''; \
         ALTER TABLE document ADD COLUMN csl TEXT NOT NULL DEFAULT '{}'; \
         ALTER TABLE document ADD COLUMN found TEXT NOT NULL DEFAULT '[]';",
    )?;
    let documents: Vec<Columns> = db
        .prepare("SELECT id, title, author, publisher, published, url, accessed, language FROM document")?
        .query_map([], columns)?
        .collect::<rusqlite::Result<_>>()?;
    let mut update = db.prepare(
        "UPDATE document SET csl = ?2, author = coalesce(?3, author), published = coalesce(?4, published), \
         accessed = coalesce(?5, accessed) WHERE id = ?1",
    )?;
    for document in &documents {
        let item = item(document);
        if !item.csl.is_empty() {
            let changed = |shown: &str, before: &str| (shown != before).then(|| shown.to_owned());
            update.execute(params![
                document.id,
                Value::Object(item.csl.clone()).to_string(),
                changed(&item.author, &document.author),
                changed(&item.published, &document.published),
                changed(&item.accessed, &document.accessed)
            ])?;
        }
    }
    Ok(())
}

/// Reads a row. Bytes that are no text do not stop the others from being migrated: they become U+FFFD in the item.
fn columns(row: &Row<'_>) -> rusqlite::Result<Columns> {
    let text = |at: usize| -> rusqlite::Result<String> {
        Ok(match row.get_ref(at)? {
            ValueRef::Text(bytes) => String::from_utf8_lossy(bytes).into_owned(),
            _ => String::new(),
        })
    };
    Ok(Columns {
        id: row.get(0)?,
        title: text(1)?,
        author: text(2)?,
        publisher: text(3)?,
        published: text(4)?,
        url: text(5)?,
        accessed: text(6)?,
        language: text(7)?,
    })
}

/// An item, and the columns that are written with it.
struct Item {
    csl: Map<String, Value>,
    author: String,
    published: String,
    accessed: String,
}

fn item(document: &Columns) -> Item {
    let mut csl = Map::new();
    let plain = [
        ("title", &document.title),
        ("publisher", &document.publisher),
        ("URL", &document.url),
        ("language", &document.language),
    ];
    for (key, text) in plain.into_iter().filter(|(_, text)| !text.is_empty()) {
        csl.insert(key.into(), json!(text));
    }
    let mut date = |key: &str, text: &str| {
        if text.is_empty() {
            return String::new();
        }
        let (value, shown) = dates::read(text);
        csl.insert(key.into(), value);
        shown
    };
    let published = date("issued", &document.published);
    let accessed = date("accessed", &document.accessed);
    let author = authors(&mut csl, &document.author);
    Item { csl, author, published, accessed }
}

/// Stores the names of the authors, and their wording where the names alone would not give it back. In version 2 braces
/// keep a name whole and are not shown.
fn authors(csl: &mut Map<String, Value>, line: &str) -> String {
    let names = names::read(line);
    let shown = names::written(&names);
    if !names.is_empty() {
        csl.insert("author".into(), Value::Array(names));
    }
    if line.is_empty() || shown == line || line.contains('{') {
        return shown;
    }
    csl.insert("custom".into(), json!({ "gloss-author": line }));
    line.to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn document(author: &str, published: &str) -> Columns {
        Columns {
            id: Vec::new(),
            title: "Ice".into(),
            author: author.into(),
            publisher: String::new(),
            published: published.into(),
            url: "https://example.org/ice".into(),
            accessed: "2026-11-23T08:00:00Z".into(),
            language: "en".into(),
        }
    }

    fn check(author: &str, published: &str, names: Value, issued: Value, shown: (&str, &str)) {
        let item = item(&document(author, published));
        let mut expected = json!({ "title": "Ice", "URL": "https://example.org/ice", "language": "en",
            "accessed": { "date-parts": [[2026, 11, 23]] }, "author": names, "issued": issued });
        if let Some(custom) = item.csl.get("custom") {
            assert_eq!(*custom, json!({ "gloss-author": author }));
            expected["custom"] = custom.clone();
        }
        assert_eq!(Value::Object(item.csl), expected, "{author}, {published}");
        assert_eq!((item.author.as_str(), item.published.as_str()), shown);
        assert_eq!(item.accessed, "2026-11-23");
    }

    /// These answers were given when version 2 was shipped. They stay, whatever today's reading of names and dates says.
    #[test]
    fn items_stay_what_they_were_when_version_2_was_shipped() {
        check(
            "Jane Q. Doe; Ursula von der Leyen;Reuters",
            "19 June 2024",
            json!([{ "given": "Jane Q.", "family": "Doe" },
                { "given": "Ursula", "non-dropping-particle": "von der", "family": "Leyen" }, { "literal": "Reuters" }]),
            json!({ "date-parts": [[2024, 6, 19]], "raw": "19 June 2024" }),
            ("Jane Q. Doe; Ursula von der Leyen;Reuters", "19 June 2024"),
        );
        check(
            "{Ministry of Trade, Industry and Energy}; Иванов И.И.",
            "2024년 6월",
            json!([{ "literal": "Ministry of Trade, Industry and Energy" }, { "given": "И.И.", "family": "Иванов" }]),
            json!({ "date-parts": [[2024, 6]], "raw": "2024년 6월" }),
            ("Ministry of Trade, Industry and Energy; И.И. Иванов", "2024년 6월"),
        );
        check(
            "King, Martin Luther, Jr.; 習近平",
            "2024-06-19 12:30",
            json!([{ "given": "Martin Luther", "family": "King", "suffix": "Jr." }, { "literal": "習近平" }]),
            json!({ "date-parts": [[2024, 6, 19]] }),
            ("King, Martin Luther, Jr.; 習近平", "2024-06-19"),
        );
        check(
            "Associated Press",
            "spring 2024",
            json!([{ "literal": "Associated Press" }]),
            json!({ "raw": "spring 2024" }),
            ("Associated Press", "spring 2024"),
        );
    }

    #[test]
    fn a_document_without_details_gets_an_empty_item() {
        let empty = Columns {
            id: Vec::new(),
            title: String::new(),
            author: String::new(),
            publisher: String::new(),
            published: String::new(),
            url: String::new(),
            accessed: String::new(),
            language: String::new(),
        };
        assert!(item(&empty).csl.is_empty());
    }
}
