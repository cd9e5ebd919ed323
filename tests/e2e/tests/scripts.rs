//! Text in any script, and signs that are many code points: marked in the window, exact on the disk, whole on the screen.

use gloss_e2e::{Seat, sought};

/// A document, a passage of it, and the letters around the passage that must not change its place.
struct Script {
    name: &'static str,
    text: &'static str,
    quote: &'static str,
}

const SCRIPTS: &[Script] = &[
    Script {
        name: "Cyrillic",
        text: "Лёд на реке\n\nПаром вышел 🚢 в марте, и ёлки ещё стояли в снегу. Никто этого не ждал.\n",
        quote: "в марте, и ёлки ещё стояли в снегу",
    },
    Script {
        name: "Korean",
        text: "강의 얼음\n\n올봄에는 👩‍👩‍👧 강의 얼음이 일찍 녹아서 나룻배가 다니기 시작했다. 일주일 뒤에 항구가 열렸다.\n",
        quote: "강의 얼음이 일찍 녹아서 나룻배가",
    },
    Script {
        name: "Arabic",
        text: "جليد النهر\n\nذاب جليد النهر هذا الربيع أبكر من المعتاد، فعادت العبارات إلى العمل. فتح الميناء بعد أسبوع.\n",
        quote: "النهر هذا الربيع أبكر من المعتاد",
    },
    Script {
        name: "emoji",
        text: "Signals\n\nBefore 👩‍👩‍👧🇰🇵 the mark 👍🏽 is 🏴󠁧󠁢󠁳󠁣󠁴󠁿 inside and after 🇷🇺🧑🏿‍🚀 it ends.\n",
        quote: "the mark 👍🏽 is 🏴󠁧󠁢󠁳󠁣󠁴󠁿 inside",
    },
    Script {
        name: "combining marks",
        text: "Marks\n\nA cafe\u{301} before, then Zoe\u{308} a\u{320}\u{301}nd Vie\u{323}\u{302}t inside, and re\u{301}sume\u{301} after.\n",
        quote: "Zoe\u{308} a\u{320}\u{301}nd Vie\u{323}\u{302}t",
    },
];

#[tokio::test]
async fn every_script_is_marked_exactly_and_shown_whole() {
    let seat = Seat::new();
    for Script { name, text, .. } in SCRIPTS {
        seat.import(&format!("{name}.txt"), text);
    }
    let window = seat.open().await;
    for Script { name, text, quote } in SCRIPTS {
        window.open_document(title(text)).await;
        window.drag_over(quote).await;
        window.see(&sought("toolbar").named("Highlight")).await;
        window.press("m").await;
        window
            .until(&format!("the {name} passage is marked"), async || {
                let marks = window.marks_now().await;
                match marks.iter().any(|mark| mark.text == *quote) {
                    true => Ok(()),
                    false => Err(format!("the marks are {marks:?}")),
                }
            })
            .await;
        window.press("n").await;
        window.focused(&sought("textbox").starting("Note on")).await;
        window.type_text(quote.split(' ').next().unwrap_or_default()).await;
        window.press("Escape").await;
        window.saved().await;
    }
    window.close().await;

    // On the disk: code points that cut exactly the quote out of the text.
    let highlights = seat.gloss_list(&["highlights"]);
    assert_eq!(highlights.len(), SCRIPTS.len());
    for highlight in &highlights {
        let document = highlight["document"].as_str().unwrap();
        let text = seat.gloss_json(&["text", "--document", document])["text"].as_str().unwrap().to_owned();
        let start = highlight["start"].as_u64().unwrap() as usize;
        let end = highlight["end"].as_u64().unwrap() as usize;
        let cut: String = text.chars().skip(start).take(end - start).collect();
        assert_eq!(highlight["quote"], cut);
        let script = SCRIPTS.iter().find(|script| script.quote == cut);
        let script = script.unwrap_or_else(|| panic!("“{cut}” is no passage that was marked"));
        assert_eq!(highlight["note"], script.quote.split(' ').next().unwrap());
    }
    assert_eq!(seat.gloss_json(&["check"])["ok"], true);

    // On the screen, after a restart: nothing is broken around the marks.
    let window = seat.open().await;
    for Script { name, text, quote } in SCRIPTS {
        window.open_document(title(text)).await;
        window.marked(quote, "military; has a note").await;
        let shown = window.read(&sought("main").named("Document text")).await.raw;
        let paragraph = text.lines().nth(2).unwrap_or_default();
        assert!(shown.contains(paragraph), "{name}: “{paragraph}” is not whole in “{shown}”");
        window.says(&sought("article").starting("military: "), quote.split(' ').next().unwrap_or_default()).await;
    }
}

#[tokio::test]
async fn a_selection_never_splits_what_a_person_sees_as_one_sign() {
    let seat = Seat::new();
    seat.import("signs.txt", "Signs\n\nThe flag 🇰🇵🇷🇺 and the family 👩‍👩‍👧 stand here.\n");
    let window = seat.open().await;
    window.open_document("Signs").await;
    window.drag_over("🇰🇵🇷🇺 and the family 👩‍👩‍👧").await;
    window.press("Shift+ArrowLeft").await;
    window.press("e").await;
    window.marked("🇰🇵🇷🇺 and the family", "economic").await;
    window.press("Shift+ArrowRight").await;
    window.marked("🇰🇵🇷🇺 and the family 👩‍👩‍👧 stand", "economic").await;
    window.saved().await;
    assert_eq!(seat.gloss_list(&["highlights"])[0]["quote"], "🇰🇵🇷🇺 and the family 👩‍👩‍👧 stand");
}

fn title(text: &str) -> &str {
    text.lines().next().unwrap_or_default()
}
