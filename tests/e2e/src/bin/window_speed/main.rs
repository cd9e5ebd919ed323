//! How fast the window is: `window_speed [--quick] [--out FILE]`, best with `GLOSS_BIN` naming a release build.
//!
//! The corpus is that of the core's benchmark. Times are taken inside the page (`page.js`); starting is timed from
//! outside. The floor is the same text without highlights in the same window, one frame of the screen, or a bare window
//! of the same engine. It prints a table and judges nothing by failing: a busy machine says nothing about the program.

use gloss_bench::corpus::edition;
use gloss_bench::desk::Desk;
use gloss_bench::figures::{Figure, Target, Times};
use gloss_bench::{Outcome, marks, report};
use gloss_e2e::{Seat, Window, sought};
use serde_json::{Value, json};
use std::path::PathBuf;
use std::time::{Duration, Instant};

const PAGE: &str = include_str!("page.js");

/// A bare window of the same engine, which Debian's package of the engine brings along.
const BARE: &str = "/usr/lib/x86_64-linux-gnu/webkit2gtk-4.1/MiniBrowser";

/// After so long nothing is under way any more, and memory is what it stays.
const AT_REST: Duration = Duration::from_secs(3);

/// Frames of one scroll through the text.
const FRAMES: usize = 240;

/// A text with highlights: its title, its size in bytes, how many.
struct Marked {
    title: &'static str,
    bytes: usize,
    highlights: usize,
    /// What a click on it should stay within, milliseconds.
    target: Option<f64>,
}

const TEXTS: [Marked; 6] = [
    Marked { title: "Plain small", bytes: 1_000_000, highlights: 0, target: None },
    Marked { title: "Plain large", bytes: 5_000_000, highlights: 0, target: None },
    Marked { title: "A thousand", bytes: 1_000_000, highlights: 1_000, target: Some(100.0) },
    Marked { title: "Ten thousand", bytes: 1_000_000, highlights: 10_000, target: Some(150.0) },
    // As many to a screen as in the next.
    Marked { title: "Twenty thousand", bytes: 1_000_000, highlights: 20_000, target: None },
    Marked { title: "A hundred thousand", bytes: 5_000_000, highlights: 100_000, target: Some(200.0) },
];

impl Marked {
    fn called(&self) -> String {
        format!("{} MB with {} highlights", self.bytes / 1_000_000, self.highlights)
    }
}

/// How much is measured.
struct Extent {
    runs: usize,
    keys: usize,
    starts: usize,
    texts: &'static [Marked],
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Outcome {
    let mut out = report::place("window.json")?;
    let mut quick = false;
    let mut words = std::env::args().skip(1);
    while let Some(word) = words.next() {
        match word.as_str() {
            "--quick" => quick = true,
            "--out" => out = PathBuf::from(words.next().ok_or("--out needs a file")?),
            _ => return Err("usage: window_speed [--quick] [--out FILE]".into()),
        }
    }
    let extent = if quick {
        Extent { runs: 5, keys: 15, starts: 3, texts: &TEXTS[..4] }
    } else {
        Extent { runs: 9, keys: 60, starts: 7, texts: &TEXTS }
    };
    let before = report::load();
    let seat = Seat::new();
    eprintln!("making the project …");
    fill(&seat, extent.texts)?;
    let mut bare = Bare { painted: Vec::new(), resident: Vec::new() };
    let mut figures = start(&seat, &extent, &mut bare).await?;
    let window = seat.open().await;
    window.resize(1600, 1000).await;
    listed(&window).await;
    // The engine itself needs some seconds after its start; nobody reads that quickly.
    tokio::time::sleep(Duration::from_secs(2)).await;
    open(&window, &extent, &mut figures).await;
    read(&window, &extent, &mut figures).await;
    elsewhere(&window, &extent, &mut figures).await;
    window.close().await;
    figures.extend(memory(&seat, &extent, &bare).await);
    report::write(&out, if quick { "the window, quick" } else { "the window" }, &before, &figures)
}

/// Puts the texts and their highlights into the seat's project.
fn fill(seat: &Seat, texts: &[Marked]) -> Outcome {
    let desk = Desk::at(&seat.project(), tempfile::tempdir()?)?;
    for (number, text) in texts.iter().enumerate() {
        let body = format!("{}\n\n{}", text.title, edition(text.bytes, number as u64));
        let file = desk.file(&format!("{}.txt", text.title), &body)?;
        let document = desk.import(&file)?;
        desk.run("document_update", &json!({ "document": document, "title": text.title }))?;
        if text.highlights > 0 {
            desk.fill(&document, &marks::marks(&body, text.highlights))?;
        }
    }
    Ok(())
}

/// What a bare window of the engine takes, where there is one: until its page is painted, and the memory behind it (RSS).
struct Bare {
    painted: Vec<f64>,
    resident: Vec<f64>,
}

/// From the start of the program until the text of the first document is painted, and the first click after that.
async fn start(seat: &Seat, extent: &Extent, bare: &mut Bare) -> Outcome<Vec<Figure>> {
    let (mut ours, mut first) = (Vec::new(), Vec::new());
    let large = extent.texts.last().ok_or("there are no texts")?;
    for _ in 0..extent.starts {
        if std::path::Path::new(BARE).exists() {
            let begun = Instant::now();
            let window = seat.open_program(BARE, &["--automation"]).await;
            window.go("data:text/html,<p>A page of one line").await;
            bare.painted.push(shown(&window, begun, "document.querySelector('p')").await);
            bare.resident.push(window.memory().resident);
            window.close().await;
        }
        let begun = Instant::now();
        let window = seat.start().await;
        ours.push(shown(&window, begun, "document.querySelector('main [data-block]')").await);
        listed(&window).await;
        settle().await;
        first.push(click(&window, large).await);
        window.close().await;
    }
    let figure = Figure::new("process start → text painted", Times::new(ours));
    let figure = match bare.painted.as_slice() {
        [] => figure,
        painted => figure.floor(&Times::new(painted.to_vec())).target(Target::Above(150.0)),
    };
    let what = format!("first click after the start on {} → first screen painted", large.called());
    Ok(vec![figure, Figure::new(what, Times::new(first)).target(Target::Median(200.0))])
}

/// Milliseconds until this is in the page and painted. A look takes a few milliseconds.
async fn shown(window: &Window, begun: Instant, what: &str) -> f64 {
    // A script that waits would be lost with the empty page that a program starts with.
    while window.execute(&format!("return Boolean({what})"), Vec::new()).await != json!(true) {}
    let painted = "requestAnimationFrame(() => requestAnimationFrame(() => arguments[0](true)));";
    window.execute_async(painted, Vec::new()).await;
    begun.elapsed().as_secs_f64() * 1000.0
}

async fn ask(window: &Window, name: &str, given: Value) -> Value {
    window.execute_async(PAGE, vec![json!(name), given]).await
}

async fn time(window: &Window, name: &str, given: Value) -> f64 {
    ask(window, name, given).await.as_f64().unwrap_or(f64::NAN)
}

async fn click(window: &Window, text: &Marked) -> f64 {
    let taken = time(window, "open", json!({ "title": text.title, "marked": text.highlights > 0 })).await;
    settle().await;
    taken
}

/// Waits until the documents are in the list.
async fn listed(window: &Window) {
    window.see(&sought("button").starting(TEXTS[0].title).within(sought("navigation").named("Documents"))).await;
}

/// What follows a click in the background is not part of the next one.
async fn settle() {
    tokio::time::sleep(Duration::from_millis(600)).await;
}

/// A click on each document, in turn.
async fn open(window: &Window, extent: &Extent, figures: &mut Vec<Figure>) {
    let mut taken: Vec<Vec<f64>> = extent.texts.iter().map(|_| Vec::new()).collect();
    for round in 0..=extent.runs {
        for (text, taken) in extent.texts.iter().zip(&mut taken) {
            let one = click(window, text).await;
            // The first time the core reads the text from the disk.
            if round > 0 {
                taken.push(one);
            }
        }
    }
    let taken: Vec<Times> = taken.into_iter().map(Times::new).collect();
    for (text, times) in extent.texts.iter().zip(&taken) {
        let what = format!("click on {} → first screen painted", text.called());
        let mut figure = Figure::new(what, times.clone());
        let plain = extent.texts.iter().position(|other| other.highlights == 0 && other.bytes == text.bytes);
        if text.highlights > 0
            && let Some(plain) = plain
        {
            figure = figure.floor(&taken[plain]);
        }
        if let Some(target) = text.target {
            figure = figure.target(Target::Median(target));
        }
        figures.push(figure);
    }
    if let [.., smaller, dense, larger] = taken.as_slice()
        && extent.texts.len() == TEXTS.len()
    {
        let against = |other: &Marked, floor: &Times| {
            let [.., last] = &TEXTS;
            Figure::new(format!("{} against {}", last.called(), other.called()), larger.clone()).floor(floor)
        };
        figures.push(against(&TEXTS[3], smaller).target(Target::Ratio(1.3)));
        figures.push(against(&TEXTS[4], dense));
    }
}

/// A time of the last press of a key.
async fn pressed(window: &Window, what: &str) -> f64 {
    window
        .until("what the key does is painted and saved", async || {
            let pressed = window.execute("return window.pressed", Vec::new()).await;
            pressed[what].as_f64().ok_or_else(|| format!("{what} is missing"))
        })
        .await
}

/// Marking, scrolling and jumping in the text with ten thousand highlights, beside the same without any.
async fn read(window: &Window, extent: &Extent, figures: &mut Vec<Figure>) {
    let (plain, marked) = (&extent.texts[0], &extent.texts[3]);
    click(window, marked).await;
    window.to_text().await;
    let (mut bare, mut painted, mut committed) = (Vec::new(), Vec::new(), Vec::new());
    for _ in 0..extent.keys {
        ask(window, "listenForBareKey", json!(null)).await;
        window.press("m").await;
        bare.push(pressed(window, "painted").await);
        window.press("j").await;
        window.press("j").await;
        window.see(&sought("toolbar").named("Highlight")).await;
        ask(window, "listenForKey", json!(null)).await;
        window.press("m").await;
        painted.push(pressed(window, "painted").await);
        committed.push(pressed(window, "committed").await);
        window.press("Escape").await;
    }
    let target = Target::Both(25.0, 45.0);
    let key = Figure::new("tag key → painted, 10000 there", Times::new(painted));
    figures.push(key.floor(&Times::new(bare)).target(target));
    figures.push(Figure::new("tag key → committed and answered, 10000 there", Times::new(committed)));

    let scrolled = async |text: &Marked| {
        click(window, text).await;
        let times = ask(window, "scroll", json!({ "frames": FRAMES })).await;
        Times::new(times.as_array().into_iter().flatten().filter_map(Value::as_f64).collect()).quantile(0.95)
    };
    let (mut with, mut without) = (Vec::new(), Vec::new());
    for _ in 0..extent.runs {
        without.push(scrolled(plain).await);
        with.push(scrolled(marked).await);
    }
    let without = Times::new(without);
    let scroll = Figure::new("scroll, 60 px a frame, 10000 highlights: p95 frame", Times::new(with));
    figures.push(scroll.floor(&without).target(Target::Ratio(1.1)));

    let jumps = async |text: &Marked| {
        click(window, text).await;
        let mut taken = Vec::new();
        for jump in 0..extent.runs {
            let share = [0.9, 0.2, 0.6, 0.05, 0.75][jump % 5];
            taken.push(time(window, "jump", json!({ "share": share, "marked": text.highlights > 0 })).await);
            tokio::time::sleep(Duration::from_millis(250)).await;
        }
        Times::new(taken)
    };
    let floor = jumps(plain).await;
    let jump = Figure::new("far jump, 10000 highlights → painted", jumps(marked).await);
    figures.push(jump.floor(&floor).target(Target::Median(30.0)));
}

/// The dashboard and the search.
async fn elsewhere(window: &Window, extent: &Extent, figures: &mut Vec<Figure>) {
    let mut taken = Vec::new();
    for _ in 0..extent.runs {
        taken.push(time(window, "dashboard", json!(null)).await);
        settle().await;
    }
    let highlights: usize = extent.texts.iter().map(|text| text.highlights).sum();
    figures.push(Figure::new(format!("click on Dashboard, {highlights} highlights → painted"), Times::new(taken)));
    window.show("Search").await;
    let mut taken = Vec::new();
    for query in
        ["convoy", "railway", "\"the border\"", "deploy*", "grain tariff", "winter"].iter().cycle().take(extent.runs)
    {
        taken.push(time(window, "search", json!({ "query": query })).await);
        settle().await;
    }
    figures.push(Figure::new("search: query typed → hits painted", Times::new(taken)));
    window.show("Read").await;
}

/// Memory with one document of a megabyte and ten thousand highlights open, in MiB, in the place of milliseconds.
async fn memory(seat: &Seat, extent: &Extent, bare: &Bare) -> Vec<Figure> {
    let (mut page, mut later, mut program, mut resident) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    for _ in 0..extent.starts {
        let window = seat.open().await;
        window.resize(1600, 1000).await;
        listed(&window).await;
        click(&window, &TEXTS[3]).await;
        tokio::time::sleep(AT_REST).await;
        let used = window.memory();
        page.push(used.page);
        program.push(used.program);
        resident.push(used.resident);
        time(&window, "dashboard", json!(null)).await;
        tokio::time::sleep(AT_REST).await;
        later.push(window.memory().page);
        window.close().await;
    }
    let resident = Figure::new("the same with all shared libraries (RSS), MiB", Times::new(resident));
    vec![
        Figure::new("memory of the page (PSS), MiB: 1 MB and 10000 highlights open", Times::new(page))
            .target(Target::Median(200.0)),
        Figure::new("the same after the dashboard", Times::new(later)).target(Target::Median(200.0)),
        Figure::new("memory of the program behind it (PSS), MiB", Times::new(program)),
        match bare.resident.as_slice() {
            [] => resident,
            bare => resident.floor(&Times::new(bare.to_vec())).target(Target::Above(60.0)),
        },
    ]
}
