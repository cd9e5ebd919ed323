//! What cannot be used gets a sentence in the window, and never ends it.

use gloss_e2e::{Seat, sought};

#[tokio::test]
async fn a_file_that_is_no_project_is_named_and_left_alone() {
    let seat = Seat::new();
    let garbage = "This is a shopping list: flour, salt, ink.\n".repeat(40);
    std::fs::write(seat.project(), &garbage).unwrap();
    let window = seat.open().await;
    window.hears("study.gloss").await;
    window.hears("not a project").await;
    window.see(&sought("tab").named("Dashboard")).await;
    window.show("Dashboard").await;
    window.show("Read").await;
    assert_eq!(std::fs::read_to_string(seat.project()).unwrap(), garbage);
    // The way out works: the menu on the project's name is there.
    window.click(&sought("button").named("study").within(sought("banner"))).await;
    window.see(&sought("menuitem").starting("Open project…")).await;
}

#[tokio::test]
async fn a_refused_import_says_which_file_and_why() {
    let seat = Seat::new();
    let window = seat.open().await;
    let binary = seat.write("picture.txt", [0x89, b'P', b'N', b'G', 0, 0, 0, 13, 0, 0, 0, 0, 1, 2, 3, 0]);
    window.press("Ctrl+o").await;
    window.choose_file("Import documents", &binary).await;
    let dialog = sought("dialog").named("1 file was not imported");
    window.says(&dialog, "picture.txt").await;
    window.says(&dialog, "The file is not a text").await;
    window.press("Escape").await;
    window.gone(&dialog).await;

    let empty = seat.write("empty.txt", "");
    window.press("Ctrl+o").await;
    window.choose_file("Import documents", &empty).await;
    window.says(&dialog, "The file is empty").await;
    window.press("Escape").await;

    let good = seat.write("good.txt", "A good text\n\nIt has a sentence.\n");
    window.press("Ctrl+o").await;
    window.choose_file("Import documents", &good).await;
    window.hears("Imported 1 document").await;
    assert_eq!(seat.gloss_list(&["documents"]).len(), 1);
}
