//! Texts in: file → durable and listed, file → found by a search; and the conversion of positions.

use crate::{Extent, Outcome};
use gloss_bench::corpus;
use gloss_bench::desk::Desk;
use gloss_bench::figures::{Figure, Target, Times, timed};
use gloss_bench::floor;
use gloss_core::text::{Text, Units};
use serde_json::json;

/// Bytes, what durable and listed may take, and what searchable may take, in milliseconds.
const LIMITS: [(usize, f64, f64); 2] = [(1_000_000, 8.0, 50.0), (5_000_000, 35.0, 250.0)];

/// Positions that are converted in one run.
const CONVERSIONS: u32 = 100_000;

pub(crate) fn measure(extent: &Extent, figures: &mut Vec<Figure>) -> Outcome {
    for (name, bytes) in corpus::SIZES {
        let text = corpus::text(bytes);
        let desk = Desk::new()?;
        let folder = desk.folder.path();
        let file = desk.file("source.txt", &text)?;
        let limits = LIMITS.iter().find(|(size, ..)| *size == bytes);

        let floor = floor::text_in(folder, &file, extent.runs)?;
        let listed = Times::of(extent.runs, |_| {
            let desk = Desk::new()?;
            let (list, time) = timed(|| {
                desk.import(&file)?;
                desk.call("document_list", "{}")
            })?;
            if !list.contains("\"words\"") {
                return Err("the text is not listed".into());
            }
            Outcome::Ok(time)
        })?;
        let figure = Figure::new(format!("import, {name}: file → durable and listed"), listed).floor(&floor);
        figures.push(match limits {
            Some((_, limit, _)) => figure.target(Target::Median(*limit)),
            None => figure,
        });

        let floor = floor::text_searchable(folder, &file, extent.runs)?;
        let sought = text.split_whitespace().find(|word| word.len() > 8 && word.is_ascii()).unwrap_or("section");
        let query = json!({ "query": sought.trim_matches(|c: char| !c.is_alphanumeric()) }).to_string();
        let searchable = Times::of(extent.runs, |_| {
            let desk = Desk::new()?;
            let (found, time) = timed(|| {
                desk.import(&file)?;
                desk.call("search", &query)
            })?;
            if found.contains("\"total\":0") {
                return Err("the text is not found".into());
            }
            Outcome::Ok(time)
        })?;
        let figure = Figure::new(format!("import, {name}: file → found by a search"), searchable).floor(&floor);
        figures.push(match limits {
            Some((.., limit)) => figure.target(Target::Median(*limit)),
            None => figure,
        });
    }

    // Twice as hard as usual: a character beyond U+FFFF in every paragraph.
    let text = Text::new(corpus::text(5_000_000).replace('\n', "😀\n"));
    let length = text.len_in(Units::Utf16);
    let conversions = Times::of(extent.runs, |_| {
        let (sum, time) = timed(|| {
            let positions =
                (0..CONVERSIONS).map(|at| (u64::from(length) * u64::from(at) / u64::from(CONVERSIONS)) as u32);
            let sum =
                positions.filter_map(|at| text.inward(at, Units::Utf16)).map(|at| text.byte(at) as u64).sum::<u64>();
            Outcome::Ok(sum)
        })?;
        if sum == 0 {
            return Err("nothing was converted".into());
        }
        Outcome::Ok(time)
    })?;
    figures.push(Figure::new("100,000 positions of the window → bytes of a text of 5 MB", conversions));
    Ok(())
}
