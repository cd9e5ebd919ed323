//! One command of a person, committed: with nothing, a thousand, ten and a hundred thousand highlights in the project.

use crate::{Extent, Outcome};
use gloss_bench::corpus;
use gloss_bench::desk::{Desk, ids};
use gloss_bench::figures::{Figure, Target, Times};
use gloss_bench::floor;
use gloss_bench::marks::{Mark, marks};
use gloss_core::upkeep::upkeep;
use serde_json::{Value, json};

/// `highlight_create`: median and 99th percentile, milliseconds.
const CREATE: Target = Target::Both(0.5, 2.0);
/// How much slower it may be with all highlights there than with none.
const FLAT: Target = Target::Ratio(1.3);
/// Undo of the delete of a document with ten thousand highlights, milliseconds.
const UNDO_DELETE: Target = Target::Median(200.0);
/// The size of that document, in highlights.
const LARGE: usize = 10_000;

pub(crate) fn measure(extent: &Extent, figures: &mut Vec<Figure>) -> Outcome {
    let desk = Desk::new()?;
    let text = corpus::text(1_000_000);
    let document = desk.import(&desk.file("source.txt", &text)?)?;
    upkeep(&desk.project)?;
    let most = extent.highlights.last().copied().unwrap_or(0);
    let planned = marks(&text, most + extent.commands);
    let (planned, tried) = planned.split_at(most);
    let mut there = 0;
    let mut none: Option<Times> = None;
    for &count in extent.highlights {
        desk.fill(&document, &planned[there..count])?;
        there = count;
        let floor = floor::commits(desk.folder.path(), extent.commands)?;
        let create = commands(&desk, &document, count, tried, &floor, figures)?;
        match &none {
            None => none = Some(create),
            Some(none) if count == most => figures.push(
                Figure::new(format!("highlight_create, {} there, against none there", grouped(count)), create)
                    .floor(none)
                    .target(FLAT),
            ),
            Some(_) => {}
        }
        if count == LARGE {
            let (mut deletes, mut undos) = (Vec::new(), Vec::new());
            for _ in 0..extent.runs {
                deletes.push(desk.time("document_delete", &json!({ "document": document }))?);
                undos.push(desk.time("undo", &json!({}))?);
            }
            let mut deletes = deletes.into_iter();
            let mut undos = undos.into_iter();
            let delete = Times::of(extent.runs, |_| deletes.next().ok_or("a run is missing"))?;
            let undo = Times::of(extent.runs, |_| undos.next().ok_or("a run is missing"))?;
            figures.push(Figure::new("document_delete with 10,000 highlights", delete));
            figures.push(Figure::new("undo of that", undo).target(UNDO_DELETE));
        }
    }
    Ok(())
}

/// Times one command after the other; the project has as many highlights afterwards as before.
fn commands(
    desk: &Desk,
    document: &str,
    there: usize,
    tried: &[Mark],
    floor: &Times,
    figures: &mut Vec<Figure>,
) -> Outcome<Times> {
    let there = grouped(there);
    let full: Vec<Value> = tried
        .iter()
        .map(|mark| {
            let two = Mark { tags: vec![0, 1], note: Some("A note of one line.".into()), ..mark.clone() };
            desk.mark(document, &two)
        })
        .collect();
    let before = ids(&desk.run("highlight_list", &json!({}))?);
    let create = Times::of(full.len(), |at| desk.time("highlight_create", &full[at]))?;
    let known: std::collections::HashSet<&str> = before.iter().filter_map(Value::as_str).collect();
    let made: Vec<Value> = ids(&desk.run("highlight_list", &json!({}))?)
        .into_iter()
        .filter(|id| id.as_str().is_some_and(|id| !known.contains(id)))
        .collect();
    figures.push(
        Figure::new(format!("highlight_create with 2 tags and a note, {there} there"), create.clone())
            .floor(floor)
            .target(CREATE),
    );
    let mut measured = |what: &str, name: &str, arguments: &dyn Fn(&Value) -> Value| -> Outcome {
        let times = Times::of(made.len(), |at| desk.time(name, &arguments(&made[at])))?;
        figures.push(Figure::new(format!("{what}, {there} there"), times).floor(floor));
        Ok(())
    };
    let tag = desk.tags[2].clone();
    measured(
        "highlight_tag: a third tag",
        "highlight_tag",
        &|id| json!({ "highlights": [id], "tag": tag, "on": true }),
    )?;
    measured(
        "highlight_note",
        "highlight_note",
        &|id| json!({ "highlight": id, "note": "A longer note, of two lines.\nThis is the second." }),
    )?;
    measured("highlight_delete", "highlight_delete", &|id| json!({ "highlights": [id] }))?;
    measured("undo of a delete", "undo", &|_| json!({}))?;
    desk.run("highlight_delete", &json!({ "highlights": made }))?;
    upkeep(&desk.project)?;
    Ok(create)
}

/// 100000 as "100,000".
fn grouped(number: usize) -> String {
    if number < 1000 { number.to_string() } else { format!("{},{:03}", number / 1000, number % 1000) }
}
