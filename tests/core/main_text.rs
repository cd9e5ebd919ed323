//! The main text of web pages: which parts of a page it has, and how much of the page that is.

mod pages;

use gloss_core::import::{Imported, Kept, Options, import, import_with};
use gloss_core::text::count_words;
use gloss_sources::mhtml::saved;
use pages::{PROSE, checked};

/// The main text of a page.
fn main_text(page: &str) -> Imported {
    checked(page, import("a.html", page.as_bytes()).expect("a page"))
}

/// Everything that is seen on a page.
fn whole(page: &str) -> Imported {
    checked(page, import_with("a.html", page.as_bytes(), Options { whole_page: true }).expect("a page"))
}

#[test]
fn a_page_that_was_cut_says_how_many_words_were_kept() {
    let around = "<nav><a href=/a>World</a> <a href=/b>Economy</a></nav>";
    for (prose, footer) in [
        (PROSE.to_owned(), "All rights reserved, 2026"),
        ("Министерство опубликовало отчёт, в котором говорится о зерне и угле. ".repeat(6), "Все права защищены"),
        ("정부는 어제 협정에 서명했다고 발표했다. 전문가들은 의심하고 있다고 말했다. ".repeat(6), "회사 소개"),
        ("政府は昨日、停戦協定に署名したと発表した。専門家は、しかし、疑っていると述べた。".repeat(6), "著作権"),
    ] {
        let page = format!(
            "<!doctype html><body>{around}<main><h1>Report</h1><p>{prose}</p><p>See<a href=#n>[1]</a>.</p>
            <ol><li id=n>A note.</ol></main><footer>{footer}</footer>"
        );
        let (main, all) = (main_text(&page), whole(&page));
        let kept = main.kept.expect("a page that was cut");
        assert_eq!(kept, Kept { words: count_words(&main.text), of: count_words(&all.text) });
        assert!(kept.words < kept.of, "{kept:?}");
        assert_eq!(all.kept, None);
        let message = import("a.mhtml", &saved("base64", "utf-8", &page)).expect("a saved page");
        assert_eq!(message.kept, Some(kept));
    }
}

#[test]
fn a_page_that_was_not_cut_says_nothing_of_words() {
    for page in [
        "<!doctype html><p>Short.".to_owned(),
        format!("<!doctype html><body><h1>Report</h1><p>{PROSE}</p><p>{PROSE}</p>"),
        // Nothing but a picture is left out.
        format!("<!doctype html><body><nav><a href=/><img></a></nav><main><h1>Report</h1><p>{PROSE}</p></main>"),
    ] {
        assert_eq!(main_text(&page).kept, None, "{page}");
    }
    for name in ["a.md", "a.txt"] {
        assert_eq!(import(name, PROSE.as_bytes()).expect("a text").kept, None, "{name}");
    }
}
