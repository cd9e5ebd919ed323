//! The window and the command line write the same notes, byte for byte.

use gloss_e2e::sources::fixture;
use gloss_e2e::{Seat, Sought, sought};

/// Two documents with everything that an export has: tags, notes, links, and text that looks like markup.
fn filled() -> Seat {
    let seat = Seat::new();
    let strait = seat.import("strait.txt", &fixture("strait.txt"));
    let harbour = seat.import("harbour.txt", &fixture("harbour.txt"));
    let odd =
        seat.import("odd.txt", "Odd signs\n\n# not a heading, *not* emphasis, [[no link]] and <b>no</b> tag | $1\n");
    let one = seat.mark(&strait, "In the week after the signing the boats withdrew", &["military"], "Says **who**?");
    let two = seat.mark(&harbour, "Not one patrol boat lay in the harbour of Tarse", &["military", "diplomatic"], "");
    seat.mark(&odd, "# not a heading, *not* emphasis, [[no link]] and <b>no</b> tag | $1", &[], "- a\n- list");
    seat.gloss(&["link", "--from", &two, "--to", &one, "--relation", "contradicts", "--note", "The same week."]);
    seat
}

#[tokio::test]
async fn the_saved_file_is_what_the_command_line_writes() {
    let seat = filled();
    let window = seat.open().await;
    window.press("Ctrl+e").await;
    window.says(&preview(), "Says **who**?").await;
    window.click(&sought("button").named("Save…").within(dialog())).await;
    let file = seat.file("notes.md");
    window.choose_file("Export notes", &file).await;
    window.says(&dialog(), "Saved as notes.md").await;
    let saved = std::fs::read_to_string(&file).unwrap();
    let other = seat.file("other.md");
    seat.gloss(&["export", "--output", &other.to_string_lossy()]);
    let written = std::fs::read_to_string(&other).unwrap();
    assert!(written.contains("> ") && written.ends_with('\n') && !written.ends_with("\n\n"));
    assert_eq!(saved, written);
}

#[tokio::test]
async fn the_preview_is_the_whole_text_for_every_option() {
    let seat = filled();
    let window = seat.open().await;
    window.press("Ctrl+e").await;
    for (options, words) in [("Document", &[][..]), ("Tag", &["--group-by", "tag"])] {
        window.click(&sought("radio").named(options).within(dialog())).await;
        let written = seat.gloss(&[&["export"], words].concat());
        let text = sought("code").within(preview());
        window
            .until(&format!("the preview by {options} is what the command line says"), async || {
                let shown = window.read(&text).await.raw;
                if shown.trim_end_matches('\n') == written { Ok(()) } else { Err(shown) }
            })
            .await;
    }
}

fn dialog() -> Sought {
    sought("dialog").named("Export notes")
}

fn preview() -> Sought {
    sought("region").named("Preview").within(dialog())
}
