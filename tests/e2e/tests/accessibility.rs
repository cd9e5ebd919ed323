//! Axe finds nothing on any view or dialog, light and dark.

use gloss_e2e::sources::fixture;
use gloss_e2e::{Seat, Window, sought};

#[tokio::test]
async fn axe_finds_nothing_in_the_light_theme() {
    walk("Light").await;
}

#[tokio::test]
async fn axe_finds_nothing_in_the_dark_theme() {
    walk("Dark").await;
}

async fn walk(theme: &str) {
    let seat = Seat::of_a_newcomer();
    let window = seat.open().await;
    choose_theme(&window, theme).await;

    window.to_text().await;
    window.press("]").await;
    window.see(&sought("button").named("Drag the end")).await;
    window.axe(&format!("Read, {theme}")).await;
    window.press("n").await;
    window.see(&sought("textbox").starting("Note on")).await;
    window.axe(&format!("a note being written, {theme}")).await;
    window.press("Escape").await;
    window.press("x").await;
    dialog(&window, "Link passage", theme).await;
    window.press("Escape").await;
    window.press("j").await;
    window.see(&sought("toolbar").named("Highlight")).await;
    window.axe(&format!("a selection, {theme}")).await;

    for view in ["Dashboard", "Links", "Search"] {
        window.show(view).await;
        if view == "Search" {
            window.axe(&format!("Search, empty, {theme}")).await;
            window.type_text("treaty").await;
            window.see(&sought("heading").starting("Bound by the War").within(sought("main").named("Search"))).await;
        }
        window.axe(&format!("{view}, {theme}")).await;
        if view == "Dashboard" {
            window.click(&sought("button").holding("with a note").within(sought("list").named("Figures"))).await;
            dialog(&window, "Passages", theme).await;
        }
    }
    window.show("Read").await;
    window.to_text().await;
    for (keys, name) in
        [("g h", "History"), ("Ctrl+e", "Export notes"), ("?", "Keyboard shortcuts"), ("Ctrl+k", "Command palette")]
    {
        window.press(keys).await;
        dialog(&window, name, theme).await;
    }
    for (menu, item, name) in [
        ("More about military", "Edit…", "Edit tag"),
        ("More about military", "Merge into another…", "Merge tags"),
        ("More about “Bound by the War: Russia and North Korea since 2022”", "Details…", "Document details"),
    ] {
        window.click(&sought("button").named(menu)).await;
        window.click(&sought("menuitem").starting(item)).await;
        dialog(&window, name, theme).await;
    }
    seat.import("strait.txt", &fixture("strait.txt"));
    window.open_document("The Strait Reopens").await;
    let two = "@misc{a, title={The Strait Reopens}, author={Marrow, Ilse}}\n@misc{b, title={Other}}";
    seat.write("refs.bib", two);
    window.press("Ctrl+k").await;
    window.type_text("fill in").await;
    window.press("Enter").await;
    window.choose_file("Fill in from a file", &seat.file("refs.bib")).await;
    let choice = sought("dialog").named("Which source?");
    window.see(&choice).await;
    window.axe(&format!("Which source?, {theme}")).await;
    window.click(&sought("button").starting("The Strait Reopens").within(choice.clone())).await;
    window.gone(&choice).await;
    dialog(&window, "Document details", theme).await;
    seat.write("strait.txt", "The Strait Reopens\n\nIt is another text now.\n");
    window.see(&sought("button").named("Not now")).await;
    window.axe(&format!("a file that changed, {theme}")).await;
    window.click(&sought("button").named("Not now")).await;
    window.axe(&format!("a text without highlights, {theme}")).await;
}

/// Looks at an open dialog and closes it.
async fn dialog(window: &Window, name: &str, theme: &str) {
    let dialog = sought("dialog").named(name);
    window.see(&dialog).await;
    if name == "Export notes" {
        window.says(&sought("region").named("Preview"), "# library").await;
    }
    window.axe(&format!("{name}, {theme}")).await;
    window.press("Escape").await;
    window.gone(&dialog).await;
}

async fn choose_theme(window: &Window, theme: &str) {
    window.click(&sought("button").named("Theme and reading")).await;
    window.click(&sought("menuitemradio").named(theme)).await;
    window.gone(&sought("menu").named("Theme and reading")).await;
}
