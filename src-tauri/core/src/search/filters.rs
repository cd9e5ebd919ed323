//! Filters of a query as conditions in SQL, and remarks on those that nothing fits.

use crate::error::Result;
use crate::names::{Meant, meant, near};
use crate::project::Cx;
use crate::query::{Field, Filter};
use crate::remarks::{Remark, RemarkCode};
use crate::stored::{StoredRow, StoredRows, if_readable};
use crate::words::words;
use rusqlite::types::Value;

/// A filter as SQL on the passage `p`; its values are appended.
pub(super) fn condition(
    cx: &Cx<'_>,
    filter: &Filter,
    values: &mut Vec<Value>,
    remarks: &mut Vec<Remark>,
) -> Result<String> {
    let not = if filter.negated { "NOT " } else { "" };
    let list = |ids: Vec<Vec<u8>>, values: &mut Vec<Value>| {
        let marks = vec!["?"; ids.len()].join(", ");
        values.extend(ids.into_iter().map(Value::Blob));
        marks
    };
    Ok(match filter.field {
        Field::Document => {
            let ids = documents(cx, filter, "SELECT id, title FROM document", RemarkCode::DocumentUnknown, remarks)?;
            format!("p.document {not}IN ({})", list(ids, values))
        }
        Field::Author => {
            let ids = documents(cx, filter, "SELECT id, author FROM document", RemarkCode::AuthorUnknown, remarks)?;
            format!("p.document {not}IN ({})", list(ids, values))
        }
        Field::Tag => {
            let marks = list(tags(cx, filter, remarks)?, values);
            format!(
                "p.highlight IS NOT NULL AND {not}EXISTS (SELECT 1 FROM highlight_tag ht WHERE ht.highlight = p.highlight AND ht.tag IN ({marks}))"
            )
        }
        Field::Note => format!(
            "p.highlight IS NOT NULL AND {not}EXISTS (SELECT 1 FROM highlight h WHERE h.id = p.highlight AND h.note <> '')"
        ),
        Field::Link => format!(
            "p.highlight IS NOT NULL AND {not}(EXISTS (SELECT 1 FROM link WHERE source = p.highlight) OR EXISTS (SELECT 1 FROM link WHERE target = p.highlight))"
        ),
    })
}

/// Documents whose title or author has the words of a filter in a row; a value of signs only must be in it as it is.
fn documents(
    cx: &Cx<'_>,
    filter: &Filter,
    sql: &str,
    code: RemarkCode,
    remarks: &mut Vec<Remark>,
) -> Result<Vec<Vec<u8>>> {
    let fits = |text: &str| match filter.term.words[..] {
        [] => text.to_lowercase().contains(&filter.value.to_lowercase()),
        _ => !filter.term.places(&words(text)).is_empty(),
    };
    let mut statement = cx.db.prepare_cached(sql)?;
    let mut rows = statement.query([])?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        let read = || -> rusqlite::Result<(Vec<u8>, String)> { Ok((row.read(0)?, row.read(1)?)) };
        if let Some((id, text)) = if_readable(read())?
            && fits(&text)
        {
            found.push(id);
        }
    }
    if found.is_empty() {
        remarks.push(Remark::new(code, filter.place, &filter.value));
    }
    Ok(found)
}

/// The tag whose name is meant, and all tags below it.
fn tags(cx: &Cx<'_>, filter: &Filter, remarks: &mut Vec<Remark>) -> Result<Vec<Vec<u8>>> {
    let mut statement = cx.db.prepare_cached("SELECT id, parent, name FROM tag ORDER BY position, id")?;
    let all: Vec<(Vec<u8>, Option<Vec<u8>>, String)> =
        statement.query_map([], |row| Ok((row.read(0)?, row.read(1)?, row.read(2)?)))?.readable()?;
    let names: Vec<&str> = all.iter().map(|(_, _, name)| name.as_str()).collect();
    let (code, offered) = match meant(&names, &filter.value) {
        Meant::One(at) => return Ok(with_those_below(&all, at)),
        Meant::Several(several) => (RemarkCode::TagAmbiguous, several),
        Meant::Nothing => (RemarkCode::TagUnknown, near(&names, &filter.value)),
    };
    let written = offered.into_iter().map(|at| {
        let name = names[at];
        let plain = !name.contains(|c: char| c.is_whitespace() || "()\"“”„«»".contains(c));
        if plain { format!("tag:{name}") } else { format!("tag:\"{name}\"") }
    });
    remarks.push(Remark::new(code, filter.place, &filter.value).suggesting(written));
    Ok(Vec::new())
}

/// A tag as it is looked up: its id, its parent and its name.
type TagRow = (Vec<u8>, Option<Vec<u8>>, String);

/// The id of a tag and those of all tags below it.
fn with_those_below(all: &[TagRow], tag: usize) -> Vec<Vec<u8>> {
    let mut found = vec![all[tag].0.clone()];
    let mut at = 0;
    while at < found.len() {
        let below: Vec<Vec<u8>> = all
            .iter()
            .filter(|(id, parent, _)| parent.as_ref() == Some(&found[at]) && !found.contains(id))
            .map(|(id, _, _)| id.clone())
            .collect();
        found.extend(below);
        at += 1;
    }
    found
}
