//! A text that changes: where ten thousand highlights go, and the list of those that await a person.

use crate::{Extent, Outcome};
use gloss_bench::corpus::{self, SEED};
use gloss_bench::desk::Desk;
use gloss_bench::figures::{Figure, Target, Times, timed};
use gloss_bench::marks::{Mark, marks};
use gloss_bench::random::Random;
use gloss_core::anchor::{AnchorMethod, quote};
use gloss_core::carry::{Kept, carry};
use gloss_core::text::Text;
use gloss_core::versions::import_version;
use serde_json::json;

/// Bytes of the text.
const SIZE: usize = 1_000_000;
/// Highlights that are carried over.
const MANY: usize = 10_000;
/// Highlights whose place is sought in another order of the text.
const SOME: usize = 1_000;
/// Highlights that await a person.
const AWAITING: usize = 5_000;
/// How many of those the window asks for.
const ASKED: usize = 41;

pub(crate) fn measure(extent: &Extent, figures: &mut Vec<Figure>) -> Outcome {
    let text = corpus::text(SIZE);
    carried(extent, &text, figures)?;
    reviewed(extent, &text, figures)
}

/// One word in twenty is another one.
fn changed(text: &str, random: &mut Random) -> String {
    let word = |word: &str| if random.chance(0.05) { format!("x{word}") } else { word.to_owned() };
    text.split(' ').map(word).collect::<Vec<_>>().join(" ")
}

/// One paragraph in twenty is another one.
fn rewritten(text: &str, random: &mut Random) -> String {
    let line = |line: &str| {
        if random.chance(0.05) { line.split(' ').rev().collect::<Vec<_>>().join(" ") } else { line.to_owned() }
    };
    text.split('\n').map(line).collect::<Vec<_>>().join("\n")
}

/// The same paragraphs in another order.
fn shuffled(text: &str, random: &mut Random) -> String {
    let mut lines: Vec<&str> = text.split('\n').collect();
    random.shuffle(&mut lines);
    lines.join("\n")
}

fn carried(extent: &Extent, text: &str, figures: &mut Vec<Figure>) -> Outcome {
    let mut random = Random::new(SEED);
    let curly = |text: &str| text.replace(['“', '”'], "\"").replace('—', "–");
    let texts = [
        ("one word in 20 changed", MANY, changed(text, &mut random), 5_000.0),
        ("one paragraph in 20 changed", MANY, rewritten(text, &mut random), 5_000.0),
        ("every blank doubled", MANY, text.replace(' ', "  "), 5_000.0),
        ("every quotation mark and dash another", MANY, curly(text), 5_000.0),
        ("paragraphs in another order", SOME, shuffled(text, &mut random), 50.0),
    ];
    let old = Text::new(text.to_owned());
    for (what, count, new, limit) in texts {
        let new = Text::new(new);
        let anchors = anchors(&old, &marks(text, count));
        let times = Times::of(extent.runs, |_| {
            let (carried, time) = timed(|| Outcome::Ok(carry(&old, &new, &anchors)))?;
            if carried.len() == anchors.len() { Outcome::Ok(time) } else { Err("an anchor is missing".into()) }
        })?;
        let figure = Figure::new(format!("{count} anchors carried over, 1 MB, {what}"), times);
        figures.push(figure.target(Target::Median(limit)));
    }
    Ok(())
}

/// Marks as they are kept.
fn anchors(text: &Text, marks: &[Mark]) -> Vec<Kept> {
    let ranges = marks.iter().map(|mark| text.snap(mark.start, mark.end)).filter(|(start, end)| start < end);
    let kept = ranges.map(|(start, end)| Kept {
        place: Some((start, end)),
        quote: quote(text, start, end),
        method: AnchorMethod::Made,
        score: 1.0,
        confirmed: true,
    });
    kept.collect()
}

fn reviewed(extent: &Extent, text: &str, figures: &mut Vec<Figure>) -> Outcome {
    let desk = Desk::new()?;
    let file = desk.file("source.txt", text)?;
    let document = desk.import(&file)?;
    desk.fill(&document, &marks(text, AWAITING))?;
    let id = document.parse()?;
    let same = Times::of(extent.runs, |_| timed(|| import_version(&desk.project, id, &file)).map(|(_, time)| time))?;
    figures.push(Figure::new("the same file again, 1 MB, 5,000 highlights", same));
    let other = desk.file("other.txt", &corpus::edition(SIZE, 1))?;
    let (_, time) = timed(|| import_version(&desk.project, id, &other))?;
    let once = Times::of(1, |_| Outcome::Ok(time))?;
    figures.push(Figure::new("a new version with nothing of the old one, 1 MB, 5,000 highlights", once));
    let first = json!({ "limit": ASKED });
    let list = Times::of(extent.runs, |_| desk.time("review_list", &first))?;
    let figure = Figure::new(format!("review_list, the first {ASKED} of 5,000"), list);
    figures.push(figure.target(Target::Median(50.0)));
    let all = Times::of(extent.runs, |_| desk.time("review_list", &json!({})))?;
    figures.push(Figure::new("review_list, all 5,000", all));
    let counts = Times::of(extent.runs, |_| desk.time("dashboard", &json!({})))?;
    figures.push(Figure::new("dashboard, 5,000 await review", counts));
    Ok(())
}
