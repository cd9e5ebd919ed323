//! How fast the window is with a long document: `window_speed`, best with `GLOSS_BIN` naming a release build.
//!
//! One megabyte of text with ten thousand highlights, and the same text without any. Times are taken inside the page,
//! from the event to the frame that shows its effect, so the driver's own time is not in them. It prints a table and
//! judges nothing: a busy machine says nothing about the program.

use gloss_e2e::{Seat, Window, sought};
use serde_json::Value;

/// Characters of the text.
const LENGTH: usize = 1_000_000;
/// Highlights in it.
const HIGHLIGHTS: usize = 10_000;
/// How often each time is taken; the table shows the median.
const ROUNDS: usize = 7;

/// From a click on a document to the second frame after its text (and its marks, if it has any) is there.
const OPEN: &str = r#"
const [title, marked, answer] = arguments;
const rows = [...document.querySelectorAll('nav button[tabindex]')];
const row = rows.find((one) => one.innerText.startsWith(title));
const main = document.querySelector('main');
const begun = performance.now();
row.click();
(function look() {
  const there = main.innerText.includes(title) && (!marked || main.querySelector('mark'));
  if (there) requestAnimationFrame(() => requestAnimationFrame(() => answer(performance.now() - begun)));
  else requestAnimationFrame(look);
})();"#;

/// Listens for the next press of a key and keeps the time to the frame in which one highlight more is drawn.
const LISTEN: &str = r#"
const ids = () => new Set([...document.querySelectorAll('main mark')].map((one) => one.dataset.highlight)).size;
window.painted = null;
addEventListener('keydown', () => {
  const before = ids();
  const begun = performance.now();
  (function look() {
    if (ids() > before) requestAnimationFrame(() => { window.painted = performance.now() - begun; });
    else requestAnimationFrame(look);
  })();
}, { capture: true, once: true });"#;

/// Scrolls through the text, a few lines a frame, and answers with the time of each frame.
const SCROLL: &str = r#"
const answer = arguments[0];
let scroller = document.querySelector('main');
while (scroller.scrollHeight <= scroller.clientHeight || getComputedStyle(scroller).overflowY === 'visible') {
  scroller = scroller.parentElement;
}
const times = [];
let last = performance.now();
scroller.scrollTop = 0;
(function frame(now) {
  times.push(now - last);
  last = now;
  scroller.scrollTop += 80;
  if (times.length < 240) requestAnimationFrame(frame);
  else answer(times.slice(10));
})(last);"#;

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let seat = Seat::new();
    let text = text();
    let marked = seat.import("marked.txt", &format!("A marked text\n\n{text}"));
    seat.import("plain.txt", &format!("A plain text\n\n{text}"));
    seat.gloss_batch("Marked for the measurement", &marks(&marked));
    let window = seat.open().await;
    window.resize(1600, 1000).await;

    let mut open_marked = Vec::new();
    let mut open_plain = Vec::new();
    for _ in 0..ROUNDS {
        open_plain.push(open(&window, "A plain text", false).await);
        open_marked.push(open(&window, "A marked text", true).await);
    }
    let mut key = Vec::new();
    window.to_text().await;
    for _ in 0..ROUNDS {
        key.push(tag_key(&window).await);
    }
    let scroll_marked = scroll(&window).await;
    open(&window, "A plain text", false).await;
    let scroll_plain = scroll(&window).await;

    println!("{LENGTH} characters, {HIGHLIGHTS} highlights, median of {ROUNDS}; milliseconds");
    println!("  click to second frame, with highlights     {:8.1}", share(&open_marked, 0.5));
    println!("  click to second frame, without             {:8.1}", share(&open_plain, 0.5));
    println!("  tag key to painted, committed meanwhile    {:8.1}", share(&key, 0.5));
    for (name, times) in [("with highlights", &scroll_marked), ("without", &scroll_plain)] {
        println!("  scroll frame, {name:16}  p50 {:6.1}  p95 {:6.1}", share(times, 0.5), share(times, 0.95));
    }
}

/// Paragraphs of an invented report: words, sentences and paragraphs of changing length, the same in every run.
fn text() -> String {
    const WORDS: [&str; 24] = [
        "harbour",
        "the",
        "of",
        "winter",
        "a",
        "convoy",
        "grain",
        "and",
        "minister",
        "said",
        "that",
        "in",
        "border",
        "agreement",
        "for",
        "ships",
        "had",
        "northern",
        "to",
        "price",
        "under",
        "delegation",
        "railway",
        "on",
    ];
    let mut text = String::with_capacity(LENGTH + 1_000);
    let mut dice = Dice(7);
    while text.len() < LENGTH {
        for _ in 0..2 + dice.roll(6) {
            for word in 0..6 + dice.roll(20) {
                text.push_str(if word == 0 { "Then" } else { " " });
                text.push_str(if word == 0 { "" } else { WORDS[dice.roll(WORDS.len())] });
            }
            text.push_str(". ");
        }
        text.truncate(text.trim_end().len());
        text.push_str("\n\n");
    }
    text
}

/// A command line for each highlight: spread over the whole text, many of them overlapping.
fn marks(document: &str) -> Vec<Vec<String>> {
    let mut dice = Dice(11);
    let tags = ["military", "economic", "diplomatic"];
    (0..HIGHLIGHTS)
        .map(|at| {
            let start = 100 + at * (LENGTH - 1_000) / HIGHLIGHTS;
            let end = start + 20 + dice.roll(180);
            let mut words = vec!["highlight", "--document", document].into_iter().map(String::from).collect::<Vec<_>>();
            words.extend(["--start".into(), start.to_string(), "--end".into(), end.to_string()]);
            words.extend(["--tag".into(), tags[at % tags.len()].into()]);
            words
        })
        .collect()
}

/// Numbers that look random and are the same in every run.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        // Knuth's multiplier for a 64-bit linear congruential generator; its high bits are the good ones.
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % sides
    }
}

async fn open(window: &Window, title: &str, marked: bool) -> f64 {
    window.see(&sought("button").starting(title).within(sought("navigation").named("Documents"))).await;
    let answer = window.execute_async(OPEN, vec![title.into(), marked.into()]).await;
    window.settled().await;
    answer.as_f64().unwrap_or(f64::NAN)
}

/// Selects the next sentence and marks it.
async fn tag_key(window: &Window) -> f64 {
    window.press("j").await;
    window.see(&sought("toolbar").named("Highlight")).await;
    window.execute(LISTEN, Vec::new()).await;
    window.press("m").await;
    let painted = window
        .until("the new highlight is painted", async || {
            window.execute("return window.painted", Vec::new()).await.as_f64().ok_or_else(|| "it is not".into())
        })
        .await;
    window.press("Escape").await;
    painted
}

async fn scroll(window: &Window) -> Vec<f64> {
    match window.execute_async(SCROLL, Vec::new()).await {
        Value::Array(times) => times.iter().filter_map(Value::as_f64).collect(),
        _ => Vec::new(),
    }
}

/// The value below which this share of the values lies.
fn share(values: &[f64], share: f64) -> f64 {
    let mut sorted = values.to_vec();
    sorted.sort_unstable_by(f64::total_cmp);
    let at = ((sorted.len() as f64 * share) as usize).min(sorted.len().saturating_sub(1));
    sorted.get(at).copied().unwrap_or(f64::NAN)
}
