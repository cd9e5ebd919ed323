//! A new version of a document, and how its highlights come along.
//!
//! The old version and its anchors stay as they were. In the new text every highlight is found again by its exact
//! quote, told apart by what stands around it; one whose quote is gone, or stands in two places equally well, is
//! *lost*: it keeps its old quote, has no place, and awaits a person. Nothing moves silently.
//! Deliberately absent: approximate matches.

use crate::anchor::{self, AnchorMethod, Quote};
use crate::documents::{self, add_version};
use crate::error::{Error, Result, shortened};
use crate::ids::{DocumentId, HighlightId, VersionId};
use crate::import::Options;
use crate::project::{Cx, Project, Write};
use crate::text::{Text, Units};
use rusqlite::{OptionalExtension, params};
use std::path::Path;

/// Imports a file as a new version of a document. The same text again changes nothing.
pub fn import_version(project: &Project, document: DocumentId, path: &Path) -> Result<()> {
    let name = crate::schema::display_name(path);
    project.read(Units::CodePoints, |cx| cx.current(document))?;
    let bytes = documents::read_file(path, &name)?;
    let imported = documents::imported(project.env(), &name, &bytes, Options::default())?;
    project.write(Units::CodePoints, |cx| {
        let before = cx.current(document)?;
        if cx.loaded(before)?.text.as_str() == imported.text {
            return Ok(());
        }
        let version = VersionId(cx.env().fresh());
        add_version(cx, document, version, &bytes, &imported)?;
        let text = Text::new(imported.text);
        let lost = carry_over(cx, before, version, &text)?;
        cx.db.execute("UPDATE document SET version = ?2 WHERE id = ?1", params![document, version])?;
        let title = title_of(cx, document)?;
        cx.label(match lost {
            0 => format!("Imported a new version of “{title}”"),
            1 => format!("Imported a new version of “{title}”; 1 highlight awaits review"),
            many => format!("Imported a new version of “{title}”; {many} highlights await review"),
        });
        Ok(())
    })?;
    Ok(())
}

fn title_of(cx: &Cx<'_>, document: DocumentId) -> Result<String> {
    let title: Option<String> = cx
        .db
        .prepare_cached("SELECT title FROM document WHERE id = ?1")?
        .query_row([document], |row| row.get(0))
        .optional()?;
    title.map(|title| shortened(&title)).ok_or_else(|| Error::DocumentUnknown { id: document.to_string() })
}

/// Gives every highlight of one version an anchor in the next; answers how many are lost.
fn carry_over(cx: &Write<'_>, from: VersionId, to: VersionId, text: &Text) -> Result<u32> {
    let anchors: Vec<(HighlightId, Option<u32>, Quote)> = cx
        .db
        .prepare_cached("SELECT highlight, start, exact, prefix, suffix FROM anchor WHERE version = ?1 ORDER BY start")?
        .query_map([from], |row| {
            Ok((row.get(0)?, row.get(1)?, Quote { exact: row.get(2)?, prefix: row.get(3)?, suffix: row.get(4)? }))
        })?
        .collect::<rusqlite::Result<_>>()?;
    let mut lost = 0;
    let mut insert = cx.db.prepare_cached(
        "INSERT INTO anchor (highlight, version, start, \"end\", exact, prefix, suffix, method, score, confirmed) \
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)",
    )?;
    for (highlight, start, kept) in anchors {
        let place = if start.is_some() { find_again(text, &kept) } else { None };
        match place {
            Some((start, score)) => {
                let end = start + kept.exact.chars().count() as u32;
                let quote = anchor::quote(text, start, end);
                let method = AnchorMethod::Quote.as_str();
                insert.execute(params![
                    highlight,
                    to,
                    start,
                    end,
                    quote.exact,
                    quote.prefix,
                    quote.suffix,
                    method,
                    score,
                    score >= 1.0
                ])?;
            }
            None => {
                lost += 1;
                let nowhere: Option<u32> = None;
                let method = AnchorMethod::Lost.as_str();
                insert.execute(params![
                    highlight,
                    to,
                    nowhere,
                    nowhere,
                    kept.exact,
                    kept.prefix,
                    kept.suffix,
                    method,
                    0.0,
                    false
                ])?;
            }
        }
    }
    Ok(lost)
}

/// The one place where a quote stands with the most of its old surroundings, and how much of those is there, 0 to 1.
/// `None` when it stands nowhere, or in two places equally well.
fn find_again(text: &Text, kept: &Quote) -> Option<(u32, f64)> {
    let length = kept.exact.chars().count() as u32;
    let around = (kept.prefix.chars().count() + kept.suffix.chars().count()).max(1);
    let mut best: Option<(usize, u32)> = None;
    let mut tied = false;
    for start in text.occurrences(&kept.exact) {
        if !text.is_boundary(start) || !text.is_boundary(start + length) {
            continue;
        }
        let here = anchor::quote(text, start, start + length);
        let before = kept.prefix.chars().rev().zip(here.prefix.chars().rev()).take_while(|(a, b)| a == b).count();
        let after = kept.suffix.chars().zip(here.suffix.chars()).take_while(|(a, b)| a == b).count();
        let same = before + after;
        match best {
            Some((most, _)) if same < most => {}
            Some((most, _)) if same == most => tied = true,
            _ => {
                best = Some((same, start));
                tied = false;
            }
        }
    }
    best.filter(|_| !tied).map(|(same, start)| (start, same as f64 / around as f64))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_the_place_with_the_same_surroundings_or_none() {
        let old = Text::new("The oil came by rail. The oil came by sea.".into());
        let quote = |start: u32, end: u32| anchor::quote(&old, start, end);
        let check = |new: &str, kept: Quote, expected: Option<u32>| {
            let found = find_again(&Text::new(new.into()), &kept);
            assert_eq!(found.map(|(start, _)| start), expected, "{new}");
        };
        check("Now: The oil came by rail. The oil came by sea.", quote(4, 7), Some(9));
        check("Now: The oil came by rail. The oil came by sea.", quote(26, 29), Some(31));
        check("The gas came by rail. The oil came by sea.", quote(26, 29), Some(26));
        check("The gas came by rail.", quote(4, 7), None);
        check("xx oil yy oil zz", Quote { exact: "oil".into(), prefix: String::new(), suffix: String::new() }, None);
    }
}
