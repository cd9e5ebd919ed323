//! Every view, light and dark, in a small and in a large window: nothing overlaps, nothing is cut off. The pictures are
//! kept in `target/e2e-screenshots`, to be looked at.

use gloss_e2e::{Seat, Window, sought};

const SIZES: [(u32, u32); 2] = [(1000, 700), (1600, 1000)];

#[tokio::test]
async fn every_view_fits_in_the_light_theme() {
    walk("Light").await;
}

#[tokio::test]
async fn every_view_fits_in_the_dark_theme() {
    walk("Dark").await;
}

async fn walk(theme: &str) {
    let seat = Seat::of_a_newcomer();
    let window = seat.open().await;
    // A few steps for the history.
    let document = seat.gloss_list(&["documents"])[0]["id"].as_str().map(str::to_owned).unwrap_or_default();
    seat.mark(&document, "Its fourth article obliges each party", &["military", "diplomatic"], "Compare 1961.");
    window.click(&sought("button").named("Theme and reading")).await;
    window.click(&sought("menuitemradio").named(theme)).await;
    for (width, height) in SIZES {
        window.resize(width, height).await;
        let name = |view: &str| format!("{}-{}-{width}x{height}", view.to_lowercase(), theme.to_lowercase());
        window.show("Read").await;
        window.to_text().await;
        window.press("Home").await;
        window.press("] ] ]").await;
        window.see(&sought("button").named("Drag the end")).await;
        look(&window, &name("read")).await;
        window.press("Escape j j").await;
        window.see(&sought("toolbar").named("Highlight")).await;
        look(&window, &name("selection")).await;
        window.press("Escape").await;
        for view in ["Dashboard", "Links", "Search"] {
            window.show(view).await;
            if view == "Search" {
                window.press("Ctrl+a").await;
                window.type_text("treaty OR oil").await;
                window
                    .see(&sought("heading").starting("Bound by the War").within(sought("main").named("Search")))
                    .await;
            }
            look(&window, &name(view)).await;
        }
        window.press("Escape Escape").await;
        window.show("Read").await;
        window.to_text().await;
        for (keys, dialog) in [("Ctrl+e", "Export notes"), ("g h", "History"), ("?", "Keyboard shortcuts")] {
            window.press(keys).await;
            window.see(&sought("dialog").named(dialog)).await;
            if dialog == "Export notes" {
                window.says(&sought("region").named("Preview"), "# library").await;
            }
            look(&window, &name(&dialog.replace(' ', "-"))).await;
            window.press("Escape").await;
            window.gone(&sought("dialog").named(dialog)).await;
        }
    }
}

async fn look(window: &Window, name: &str) {
    window.settled().await;
    window.screenshot(name).await;
    window.fits(name).await;
}
