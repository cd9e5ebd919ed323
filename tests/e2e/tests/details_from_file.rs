//! The details of a document are filled in from a file of references, looked through, and saved in one step.

use gloss_e2e::sources::fixture;
use gloss_e2e::{Seat, sought};

const REFERENCES: &str = "@misc{other, title={Harbour dues}, author={Roe, Bo}, year=2019}
@article{strait, title={The Strait Reopens: 해협 🚢}, author={Marrow, Ilse and Ким, Анна},
  journal={Channel Review}, date={2026-05-09}, doi={10.1234/strait}, langid={english}}
";

#[tokio::test]
async fn a_source_is_chosen_looked_through_and_saved_in_one_step() {
    let seat = Seat::new();
    let document = seat.import("strait.txt", &fixture("strait.txt"));
    seat.gloss(&["document", "edit", &document, "--author", "I. Marrow"]);
    let before = seat.gloss_list(&["documents"]);
    let window = seat.open().await;
    window.open_document("The Strait Reopens").await;

    window.press("Ctrl+k").await;
    window.type_text("fill in the details").await;
    window.press("Enter").await;
    let letter = seat.write("letter.txt", "Dear Ilse,\n\nhere is no list of sources.\n");
    window.choose_file("Fill in from a file", &letter).await;
    let details = sought("dialog").named("Document details");
    window.says(&sought("alert").within(details.clone()), "“letter.txt” could not be understood").await;

    window.click(&sought("button").named("Fill in from a file…").within(details.clone())).await;
    let references = seat.write("refs.bib", REFERENCES);
    window.choose_file("Fill in from a file", &references).await;
    let choice = sought("dialog").named("Which source?");
    window.says(&choice, "Roe").await;
    window.focused(&sought("searchbox").named("Filter sources").within(choice.clone())).await;
    window.type_text("strait").await;
    window.says(&choice, "1 of 2 sources").await;
    window.press("ArrowDown").await;
    window.press("Enter").await;
    window.gone(&choice).await;

    let field = |name: &str| sought("textbox").named(name).within(details.clone());
    window.says(&field("Title"), "The Strait Reopens: 해협 🚢").await;
    window.says(&field("Author"), "Ilse Marrow; Анна Ким").await;
    window.says(&details, "Before: I. Marrow").await;
    assert_eq!(seat.gloss_list(&["documents"]), before, "nothing is saved yet");
    window.click(&sought("button").named("Save").within(details.clone())).await;
    window.hears("Details saved").await;
    let csl = seat.gloss_list(&["documents", "--csl"]);
    assert_eq!(csl[0]["DOI"], "10.1234/strait", "also what no field shows");
    assert_eq!(csl[0]["container-title"], "Channel Review");

    window.press("Ctrl+z").await;
    window.hears("Undid: Changed the details").await;
    assert_eq!(seat.gloss_list(&["documents"]), before);
}
