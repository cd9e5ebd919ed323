//! What the views ask for: the open document, the dashboard, searches, an export, a check.

use crate::{Extent, Outcome};
use gloss_bench::corpus;
use gloss_bench::desk::Desk;
use gloss_bench::figures::{Figure, Target, Times, timed};
use gloss_bench::floor;
use gloss_bench::marks::marks;
use gloss_core::exports::{ExportOptions, save_markdown};
use gloss_core::text::Units;
use gloss_core::upkeep::upkeep;
use serde_json::json;
use std::collections::HashMap;

/// Highlights of the large document.
const MANY: usize = 100_000;
/// Bytes of one of the texts that are searched.
const SEARCHED: usize = 1_000_000;
/// Where the screen stands in a document that is opened, in UTF-16 code units.
const SCREEN: u32 = 500_000;
/// Highlights that are exported.
const EXPORTED: usize = 10_000;

pub(crate) fn measure(extent: &Extent, figures: &mut Vec<Figure>) -> Outcome {
    export(extent, figures)?;
    large_document(extent, figures)?;
    searches(extent, figures)
}

fn export(extent: &Extent, figures: &mut Vec<Figure>) -> Outcome {
    let desk = Desk::new()?;
    let text = corpus::text(1_000_000);
    let document = desk.import(&desk.file("source.txt", &text)?)?;
    desk.fill(&document, &marks(&text, EXPORTED))?;
    let target = desk.folder.path().join("notes.md");
    let times = Times::of(extent.runs, |_| {
        timed(|| save_markdown(&desk.project, &ExportOptions::default(), &target)).map(|(_, time)| time)
    })?;
    figures.push(Figure::new("export of 10,000 highlights to a Markdown file", times).target(Target::Median(25.0)));
    open(extent, &desk, &document, "1 MB, 10,000 highlights", figures)?;
    let check = Times::of(extent.runs, |_| desk.time("project_check", &json!({})))?;
    figures.push(Figure::new("check, 1 MB with 10,000 highlights", check));
    Ok(())
}

fn open(extent: &Extent, desk: &Desk, document: &str, what: &str, figures: &mut Vec<Figure>) -> Outcome {
    let arguments = json!({ "document": document });
    let bytes = desk.call("document_open", &arguments.to_string())?.len();
    let times = Times::of(extent.runs, |_| desk.time("document_open", &arguments))?;
    figures.push(Figure::new(format!("document_open, {what} ({} kB)", bytes / 1000), times));
    let arguments = json!({ "document": document, "near": [SCREEN, SCREEN + 5_000] });
    let bytes = desk.call("document_open", &arguments.to_string())?.len();
    let times = Times::of(extent.runs, |_| desk.time("document_open", &arguments))?;
    figures.push(Figure::new(format!("document_open, {what}, those near the screen ({} kB)", bytes / 1000), times));
    let packed = || desk.project.highlights_packed(Units::Utf16, document);
    let bytes = packed()?.len();
    let times = Times::of(extent.runs, |_| timed(packed).map(|(_, time)| time))?;
    figures.push(Figure::new(format!("all highlights as bytes, {what} ({} kB)", bytes / 1000), times));
    Ok(())
}

fn large_document(extent: &Extent, figures: &mut Vec<Figure>) -> Outcome {
    let mut desk = Desk::new()?;
    let text = corpus::text(5_000_000);
    let document = desk.import(&desk.file("source.txt", &text)?)?;
    let planned = marks(&text, MANY + extent.runs);
    let (planned, more) = planned.split_at(MANY);
    desk.fill(&document, planned)?;
    open(extent, &desk, &document, "5 MB, 100,000 highlights", figures)?;

    let mut cold = Vec::new();
    for _ in 0..extent.runs {
        desk = desk.reopened()?;
        cold.push(desk.time("dashboard", &json!({}))?);
    }
    let mut cold = cold.into_iter();
    let cold = Times::of(extent.runs, |_| cold.next().ok_or("a run is missing"))?;
    figures.push(
        Figure::new("dashboard, 100,000 highlights, first time after the start", cold).target(Target::Median(60.0)),
    );
    let warm = Times::of(extent.runs, |at| {
        desk.time("highlight_create", &desk.mark(&document, &more[at]))?;
        desk.time("dashboard", &json!({}))
    })?;
    figures.push(Figure::new("dashboard, after one more highlight", warm).target(Target::Median(5.0)));
    let list = Times::of(extent.runs, |_| desk.time("document_list", &json!({})))?;
    figures.push(Figure::new("document_list, 100,000 highlights", list));
    let tags = Times::of(extent.runs, |_| desk.time("tag_list", &json!({})))?;
    figures.push(Figure::new("tag_list, 100,000 highlights", tags));
    Ok(())
}

fn searches(extent: &Extent, figures: &mut Vec<Figure>) -> Outcome {
    let desk = Desk::new()?;
    let texts: Vec<String> = (0..extent.searched).map(|edition| corpus::edition(SEARCHED, edition)).collect();
    for (at, text) in texts.iter().enumerate() {
        desk.import(&desk.file(&format!("source {at}.txt"), text)?)?;
    }
    let passages: Vec<&str> = texts.iter().flat_map(|text| text.lines()).collect();
    let (_, indexing) = timed(|| upkeep(&desk.project))?;
    eprintln!("indexed {} passages in {} ms", passages.len(), indexing.as_millis());
    let bare = floor::index(desk.folder.path(), &passages)?;

    let mut frequency: HashMap<String, usize> = HashMap::new();
    for passage in &passages {
        let mut words: Vec<String> = passage
            .split(|character: char| !character.is_ascii_alphanumeric())
            .filter(|word| word.len() > 4 && word.bytes().all(|byte| byte.is_ascii_alphabetic()))
            .map(str::to_ascii_lowercase)
            .collect();
        words.sort_unstable();
        words.dedup();
        for word in words {
            *frequency.entry(word).or_default() += 1;
        }
    }
    let mut share = |wanted: f64| {
        let wanted = (passages.len() as f64 * wanted) as usize;
        let best = frequency.iter().min_by_key(|(word, count)| (count.abs_diff(wanted), (*word).clone()));
        let word = best.map_or_else(String::new, |(word, _)| word.clone());
        frequency.remove(&word);
        word
    };
    let (rare, common, other) = (share(0.001), share(0.027), share(0.027));
    let queries = [
        ("a rare word", rare.clone(), rare.clone()),
        ("a common word", common.clone(), common.clone()),
        ("two words", format!("{common} {other}"), format!("{common} {other}")),
        ("a phrase of stop words", "\"of the\"".into(), "\"of the\"".into()),
        ("a prefix", format!("{}*", &rare[..4]), format!("{}*", &rare[..4])),
    ];
    for (what, query, bare_query) in queries {
        let floor = floor::best_fifty(&bare, &bare_query, extent.runs)?;
        let arguments = json!({ "query": query, "limit": 50 });
        let total = desk.run("search", &arguments)?["total"].clone();
        let times = Times::of(extent.runs, |_| desk.time("search", &arguments))?;
        figures.push(
            Figure::new(format!("search for {what}, {} passages, {total} hits, 50 listed", passages.len()), times)
                .floor(&floor)
                .target(Target::Median(10.0)),
        );
    }
    Ok(())
}
