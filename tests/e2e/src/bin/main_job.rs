//! The main job in a virtual window, for machines without a display: `main_job --out FOLDER`.
//!
//! Two short texts are imported into a fresh project; then, in the window, passages are marked, tagged, noted and
//! linked as a person does it. What is left are `notes.md`, as the program exports it, and `screenshot.png` of the
//! window; their places are printed. Anything that does not work ends it with a message.

use gloss_e2e::sources::fixture;
use gloss_e2e::{Seat, Spot, Window, sought};
use std::path::PathBuf;

/// What is marked: the passage, its tag's key, that tag's name, the note.
struct Remark {
    quote: &'static str,
    key: &'static str,
    tag: &'static str,
    note: &'static str,
}

const STRAIT: &[Remark] = &[
    Remark {
        quote: "The statement has two pages, and neither of them says who will keep the peace.",
        key: "d",
        tag: "diplomatic",
        note: "The gap to watch: *who* keeps the peace?",
    },
    Remark {
        quote: "In the week after the signing the boats withdrew to the harbour of Tarse",
        key: "m",
        tag: "military",
        note: "No source is named. Compare Hale, who was there.",
    },
    Remark {
        quote: "the price of flour in Vell rose by a third",
        key: "e",
        tag: "economic",
        note: "Ask for the price in June.",
    },
];

const HARBOUR: &[Remark] = &[
    Remark {
        quote: "Not one patrol boat lay in the harbour of Tarse between 8 and 15 May.",
        key: "m",
        tag: "military",
        note: "An eyewitness with a **list**. Same week, opposite claim.",
    },
    Remark {
        quote: "flour comes by lorry from the south",
        key: "e",
        tag: "economic",
        note: "So the strait is not the only way in.",
    },
];

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let mut words = std::env::args().skip(1);
    let (Some("--out"), Some(out), None) = (words.next().as_deref(), words.next(), words.next()) else {
        eprintln!("usage: main_job --out FOLDER");
        std::process::exit(2);
    };
    let out = PathBuf::from(out);
    let notes = out.join("notes.md");
    let screenshot = out.join("screenshot.png");
    let work = async {
        std::fs::create_dir_all(&out)?;
        let notes = std::path::absolute(&notes)?;
        let seat = Seat::new();
        let picture = job(&seat).await;
        std::fs::write(&screenshot, picture)?;
        seat.gloss(&["export", "--output", &notes.to_string_lossy()]);
        std::io::Result::Ok(())
    };
    if let Err(error) = work.await {
        eprintln!("{}: {error}", out.display());
        std::process::exit(1);
    }
    println!("{}\n{}", notes.display(), screenshot.display());
}

/// Does the job and answers with a picture of the window at its end.
async fn job(seat: &Seat) -> Vec<u8> {
    seat.import("strait.txt", &fixture("strait.txt"));
    seat.import("harbour.txt", &fixture("harbour.txt"));
    let window = seat.open().await;
    window.open_document("Harbour Notes from Tarse").await;
    for remark in HARBOUR {
        mark(&window, remark).await;
    }
    window.open_document("The Strait Reopens").await;
    for remark in STRAIT {
        mark(&window, remark).await;
    }
    link(&window, &STRAIT[1], "contradicts", &HARBOUR[0]).await;
    link(&window, &STRAIT[2], "qualifies", &HARBOUR[1]).await;
    window.saved().await;
    // The picture is of the work; what was said about it goes by itself.
    window.gone(&sought("button").named("Dismiss")).await;
    window.settled().await;
    window.picture().await
}

async fn mark(window: &Window, Remark { quote, key, tag, note }: &Remark) {
    window.drag_over(quote).await;
    window.see(&sought("toolbar").named("Highlight")).await;
    window.press(key).await;
    window.marked(quote, tag).await;
    window.press("n").await;
    window.focused(&sought("textbox").starting("Note on ")).await;
    window.type_text(note).await;
    window.press("Escape").await;
    window.marked(quote, &format!("{tag}; has a note")).await;
}

async fn link(window: &Window, from: &Remark, relation: &str, to: &Remark) {
    let (start, _) = window.ends_of(from.quote).await;
    window.click_at(Spot { x: start.x + 12.0, y: start.y }).await;
    window.focused(&sought("mark").named(&format!("{}; has a note", from.tag))).await;
    window.press("x").await;
    let dialog = sought("dialog").named("Link passage");
    window.click(&sought("button").starting(relation).within(dialog.clone())).await;
    window.click(&sought("option").starting(to.quote).within(dialog.clone())).await;
    window.gone(&dialog).await;
    window.marked(from.quote, &format!("{}; has a note; has links", from.tag)).await;
}
