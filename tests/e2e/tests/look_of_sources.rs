//! What a structured source looks like, light and dark, in a small and in a large window: long headings in the outline,
//! notes, tables, the review of a text that changed, a correction. Nothing overlaps, nothing is cut off. The pictures are
//! kept in `target/e2e-screenshots`, to be looked at.

use gloss_e2e::{Seat, Window, sought};

const SIZES: [(u32, u32); 2] = [(1000, 700), (1600, 1000)];

const LONG: &str =
    "On the question whether the passage of vessels through the strait was at any time subject to a licence";

fn source(changed: bool) -> String {
    let day = if changed { "Wednesday" } else { "Tuesday" };
    let crossed = if changed { "" } else { "Nobody in the customs house would say who had signed the papers.\n\n" };
    let many = "A paragraph of no consequence, which is here so that there is something to be scrolled.\n\n".repeat(6);
    format!(
        "# The Strait, Its Ships and Their Cargo in the Winter of the Long Ice\n\n## {LONG}\n\nTwo trains of sealed wagons crossed the \
         river on {day} and came back empty.[^1] Officials denied it.\n\n{crossed}### {LONG}, and by whom it was granted\n\n\
         | Year | Hulls | Tonnes | Flag | Owner | Remarks |\n|---|---|---|---|---|---|\n\
         | 2021 | twelve | 340,500 | Panama | Harbour and Sons, of Tarse | Seen twice in the same week, once without lights |\n\
         | 2022 | seven | 120,250 | Liberia | unknown | Supercalifragilisticexpialidocious-without-any-break-at-all |\n\nAnd:\n\n\
         | سفينة | عام |\n|---|---|\n| نهر | ٢٠٢١ |\n\n#### نقل النفط عبر البحر\n\nوصل النفط عبر البحر أمس ولم يعلق المسؤولون.\n\n\
         {many}## 강의 얼음이 일찍 녹아서 나룻배가 다니기 시작했다는 보고에 대하여\n\n{many}[^1]: The notes were printed in the gazettes of that \
         year, all of them in both languages, and were read by few.\n"
    )
}

#[tokio::test]
async fn a_structured_source_fits_in_the_light_theme() {
    walk("Light").await;
}

#[tokio::test]
async fn a_structured_source_fits_in_the_dark_theme() {
    walk("Dark").await;
}

async fn walk(theme: &str) {
    let seat = Seat::new();
    let document = seat.import("strait.md", &source(false));
    for (quote, tag) in [
        ("Two trains of sealed wagons crossed the river on Tuesday and came back empty", "military"),
        ("Nobody in the customs house would say who had signed the papers", "diplomatic"),
    ] {
        seat.mark(&document, quote, &[tag], "Ask again, **in writing**.");
    }
    let changed = seat.write("changed.md", source(true));
    seat.gloss(&["import", "--version-of", &document, &changed.to_string_lossy()]);
    let window = seat.open().await;
    window.click(&sought("button").named("Theme and reading")).await;
    window.click(&sought("menuitemradio").named(theme)).await;
    window.open_document("The Strait, Its Ships").await;
    for (width, height) in SIZES {
        window.resize(width, height).await;
        let name = |part: &str| format!("source-{part}-{}-{width}x{height}", theme.to_lowercase());
        window.to_text().await;
        window.press("Home").await;
        look(&window, &name("top")).await;
        window.axe("the text").await;
        window.click(&sought("button").starting("نقل").within(sought("region").named("Outline"))).await;
        look(&window, &name("tables")).await;
        window.press("End").await;
        look(&window, &name("notes")).await;
        window.press("g v").await;
        window.says(&sought("dialog").named("Review"), "Confirm").await;
        look(&window, &name("review")).await;
        window.axe("the review").await;
        window.press("Escape").await;
        window.gone(&sought("dialog").named("Review")).await;
        window.to_text().await;
        window.press("Home j j F2").await;
        window.see(&sought("dialog").named("Correct text")).await;
        look(&window, &name("correct")).await;
        window.axe("the correction").await;
        window.press("Escape").await;
        window.gone(&sought("dialog").named("Correct text")).await;
        window.click(&sought("button").starting("More about “The Strait")).await;
        window.click(&sought("menuitem").starting("Details…")).await;
        window.see(&sought("button").starting("Read the version of")).await;
        look(&window, &name("details")).await;
        window.axe("the details").await;
        window.press("Escape").await;
        window.gone(&sought("dialog").named("Document details")).await;
    }
}

async fn look(window: &Window, name: &str) {
    window.settled().await;
    window.screenshot(name).await;
    window.fits(name).await;
}
