//! A text that changes: where highlights go in a new version, what awaits a person, and that nothing is lost on the way.

mod desk;

use desk::Desk;
use gloss_core::api::Units;
use gloss_core::versions::import_version;
use proptest::prelude::*;
use proptest::test_runner::TestRunner;
use serde_json::{Value, json};
use std::cell::Cell;
use std::collections::HashMap;

const TEXT: &str = "The harbour report\n\n\
    Two trains of sealed wagons crossed the river on Tuesday. Officials denied it.\n\n\
    Fuel moved the other way, in “small lots” – by barge – along the coast.\n\n\
    Нефть шла по морю, а зерно по железной дороге. 석유는 바다로 운송되었다. وصل النفط عبر البحر 🚢 أمس.\n";

impl Desk {
    /// Writes the text to a file and imports that as a new version.
    fn change(&self, document: &str, text: &str) {
        let path = self.folder.path().join("changed.txt");
        std::fs::write(&path, text).expect("written");
        import_version(&self.project, document.parse().expect("an id"), &path).expect("a new version");
    }

    /// method, quote and confirmed of a highlight.
    fn anchor(&self, id: &str) -> (String, String, bool) {
        let found = self.highlight(id);
        let text = |value: &Value| value.as_str().expect("text").to_owned();
        (text(&found["anchor"]["method"]), text(&found["quote"]), found["anchor"]["confirmed"] == json!(true))
    }

    fn checked(&self) {
        let report = self.run("project_check", json!({}));
        assert_eq!(report["ok"], json!(true), "{report}");
    }
}

/// Numbers without a pattern, the same for the same seed (xorshift, Marsaglia 2003).
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 33) as usize % sides
    }

    fn pick<'a>(&mut self, list: &[&'a str]) -> &'a str {
        list[self.roll(list.len())]
    }
}

const SCRIPTS: [&[&str]; 6] = [
    &[
        "oil",
        "trains",
        "officials",
        "the",
        "of",
        "harbour",
        "denied",
        "“small",
        "lots”",
        "it’s",
        "sealed",
        "wagons",
        "in",
        "counted",
        "–",
        "Tuesday",
        "2024",
        "imports",
        "said",
        "a",
        "deliveries",
        "along",
        "coast",
        "fuel",
    ],
    &[
        "нефть",
        "шла",
        "по",
        "морю",
        "зерно",
        "Россия",
        "и",
        "КНДР",
        "«договор»",
        "не",
        "был",
        "поставки",
        "вагоны",
        "—",
        "2022",
    ],
    &[
        "석유는",
        "바다로",
        "운송되었다",
        "북한과",
        "러시아의",
        "협정",
        "열차",
        "공무원",
        "그",
        "수입",
        "항구에서",
        "밀가루",
    ],
    &["وصل", "النفط", "عبر", "البحر", "القطار", "في", "الميناء", "اتفاق", "روسيا", "أمس", "لم", "المسؤولون"],
    &["石油", "由", "铁路", "运来", "官员", "否认", "港口", "的", "列车", "粮食", "协定", "进口", "了"],
    &[
        "🚢",
        "👩\u{200d}✈\u{fe0f}",
        "e\u{301}te\u{301}",
        "nai\u{308}ve",
        "🇰🇵",
        "cafe\u{301}",
        "wagon",
        "🚂🚃",
        "pie\u{301}ce",
        "naïf",
    ],
];

fn sentence(dice: &mut Dice, script: usize) -> String {
    let words: Vec<&str> = (0..6 + dice.roll(12)).map(|_| dice.pick(SCRIPTS[script])).collect();
    let (between, stop) = if script == 4 { ("", "。") } else { (" ", ". ") };
    format!("{}{stop}", words.join(between))
}

fn paragraph(dice: &mut Dice) -> String {
    let script = if dice.roll(3) > 0 { dice.roll(2) } else { dice.roll(SCRIPTS.len()) };
    let text: String = (0..2 + dice.roll(4)).map(|_| sentence(dice, script)).collect();
    format!("{}\n\n", text.trim_end())
}

/// A text each of whose characters knows where it stood before it was edited.
struct Edited(Vec<(char, Option<u32>)>);

impl Edited {
    fn text(&self) -> String {
        self.0.iter().map(|(character, _)| character).collect()
    }

    fn splice(&mut self, from: usize, to: usize, put: &str) {
        self.0.splice(from..to, put.chars().map(|character| (character, None)));
    }

    /// A random stretch of a few words.
    fn stretch(&self, dice: &mut Dice, longest: usize) -> (usize, usize) {
        let from = dice.roll(self.0.len());
        (from, (from + 1 + dice.roll(longest)).min(self.0.len()))
    }

    fn edit(&mut self, dice: &mut Dice) {
        let (from, to) = self.stretch(dice, 60);
        match dice.roll(6) {
            0 => {
                let put = sentence(dice, 0);
                self.splice(from, from, &put);
            }
            1 => self.splice(from, to, ""),
            2 => {
                let script = dice.roll(SCRIPTS.len());
                let put = sentence(dice, script);
                self.splice(from, to, &put);
            }
            3 => {
                // A paragraph moves.
                let ends: Vec<usize> =
                    (1..self.0.len()).filter(|&at| self.0[at - 1].0 == '\n' && self.0[at].0 != '\n').collect();
                let one = dice.roll(ends.len() - 1);
                let moved: Vec<_> = self.0.drain(ends[one]..ends[one + 1]).collect();
                let ends: Vec<usize> =
                    (1..self.0.len()).filter(|&at| self.0[at - 1].0 == '\n' && self.0[at].0 != '\n').collect();
                let at = ends[dice.roll(ends.len())];
                self.0.splice(at..at, moved);
            }
            4 => {
                let put = paragraph(dice);
                let at = (from..self.0.len()).find(|&at| at > 0 && self.0[at - 1].0 == '\n').unwrap_or(0);
                self.splice(at, at, &put);
            }
            _ => {
                // Quotes and dashes are set anew for a while.
                let end = (from + 600).min(self.0.len());
                for one in &mut self.0[from..end] {
                    let set = match one.0 {
                        '“' | '”' | '«' | '»' => '"',
                        '’' => '\'',
                        '–' | '—' => '-',
                        _ => continue,
                    };
                    *one = (set, None);
                }
            }
        }
    }

    /// Where a passage of the old text stands now, if it is whole.
    fn place(&self, start: u32, end: u32) -> Option<(u32, u32)> {
        let at = self.0.iter().position(|one| one.1 == Some(start))?;
        let length = (end - start) as usize;
        let here = self.0.get(at..at + length)?;
        let whole = here.iter().zip(start..).all(|(one, old)| one.1 == Some(old));
        whole.then_some((at as u32, (at + length) as u32))
    }
}

/// What became of all highlights of all texts.
#[derive(Debug, Default, Clone, Copy)]
struct Tally {
    /// Whose words were not touched.
    whole: u32,
    /// Of those, exactly at their place.
    right: u32,
    /// Of those, for a person to decide.
    asked: u32,
    /// Elsewhere, with the same words, and not marked.
    elsewhere: u32,
    /// Whose words were touched, and that have a place, marked.
    found: u32,
    /// Whose words were touched, and that have none.
    lost: u32,
}

/// One text with 200 highlights and 30 edits.
fn a_text_that_changes(seed: u64) -> Result<Tally, TestCaseError> {
    let mut dice = Dice(seed | 1);
    let desk = Desk::new();
    let text: String = (0..60).map(|_| paragraph(&mut dice)).collect();
    let length = text.chars().count();
    let document = desk.paste(&text);
    let mut made = Vec::new();
    let marked = desk.project.one_step("Marked", || {
        while made.len() < 200 {
            let start = dice.roll(length - 1);
            let longest = [8, 30, 90, 400][dice.roll(4)];
            let end = (start + 1 + dice.roll(longest)).min(length);
            let args = json!({ "document": document, "start": start, "end": end, "tags": [], "snap": true });
            if let Ok(reply) = desk.reply("highlight_create", args) {
                made.push(serde_json::from_str::<Value>(&reply.json).expect("JSON"));
            }
        }
        Ok(())
    });
    marked.expect("200 highlights");
    let mut edited = Edited(text.chars().zip(0..).map(|(character, at)| (character, Some(at))).collect());
    for _ in 0..30 {
        edited.edit(&mut dice);
    }
    let before = desk.dump();
    desk.change(&document, &edited.text());
    let listed = desk.run("highlight_list", json!({ "document": document }));
    let now: HashMap<&str, &Value> =
        listed.as_array().expect("a list").iter().map(|one| (one["id"].as_str().expect("an id"), one)).collect();
    prop_assert_eq!(now.len(), made.len(), "every highlight is still there");
    let mut tally = Tally::default();
    for old in &made {
        let new = now[old["id"].as_str().expect("an id")];
        let range = |one: &Value| {
            let at = |key: &str| one[key].as_u64().map(|at| at as u32);
            at("start").zip(at("end"))
        };
        let confirmed = new["anchor"]["confirmed"] == json!(true);
        if confirmed {
            prop_assert_eq!(&new["quote"], &old["quote"], "moved without a mark");
        }
        prop_assert_eq!(range(new).is_none(), new["anchor"]["method"] == "lost");
        if range(new).is_none() {
            prop_assert_eq!(&new["quote"], &old["quote"], "a lost one keeps its quote");
        }
        let (start, end) = range(old).expect("a place");
        let truth = edited.place(start, end);
        tally.elsewhere += u32::from(confirmed && range(new) != truth);
        if truth.is_some() {
            tally.whole += 1;
            tally.right += u32::from(range(new) == truth);
            tally.asked += u32::from(!confirmed);
        } else if range(new).is_some() {
            tally.found += 1;
        } else {
            tally.lost += 1;
        }
    }
    let report = desk.run("project_check", json!({}));
    prop_assert_eq!(&report["ok"], &json!(true), "{}", report);
    desk.run("undo", json!({}));
    prop_assert_eq!(desk.dump(), before, "undo brings the version and all anchors back");
    Ok(tally)
}

#[test]
fn two_hundred_highlights_survive_thirty_edits() {
    let sum = Cell::new(Tally::default());
    let mut runner = TestRunner::new(ProptestConfig { cases: 16, max_shrink_iters: 0, ..ProptestConfig::default() });
    let ran = runner.run(&any::<u64>(), |seed| {
        let one = a_text_that_changes(seed)?;
        let all = sum.get();
        sum.set(Tally {
            whole: all.whole + one.whole,
            right: all.right + one.right,
            asked: all.asked + one.asked,
            elsewhere: all.elsewhere + one.elsewhere,
            found: all.found + one.found,
            lost: all.lost + one.lost,
        });
        Ok(())
    });
    ran.expect("nothing lost, nothing moved without a mark");
    let sum = sum.get();
    println!("{sum:?}");
    assert!(sum.whole > 1500, "{sum:?}");
    assert!(sum.right * 100 >= sum.whole * 99, "{sum:?}");
    // Where the same words stand on both sides of what was taken out, no text tells which of them went.
    assert!(sum.elsewhere * 200 <= sum.whole, "{sum:?}");
}

fn anchor(method: &str, quote: &str, confirmed: bool) -> (String, String, bool) {
    (method.into(), quote.into(), confirmed)
}

#[test]
fn every_kind_of_change_has_its_way() {
    let desk = Desk::new();
    let document = desk.paste(TEXT);
    let wagons = desk.mark(&document, "sealed wagons", &["military"]);
    let lots = desk.mark(&document, "in “small lots” – by barge – along the coast", &["economic"]);
    let across = desk.mark(&document, "Officials denied it.\n\nFuel moved", &[]);
    let oil = desk.mark(&document, "Нефть шла по морю, а зерно по железной дороге", &[]);
    let ship = desk.mark(&document, "النفط عبر البحر 🚢", &[]);
    let korean = desk.mark(&document, "석유는 바다로 운송되었다", &[]);
    let title = desk.mark(&document, "The harbour report", &[]);
    let text = TEXT
        .replace("“small lots” – by barge –", "\"small lots\" - by\u{a0}barge -")
        .replace("а зерно по железной дороге", "а зе\u{ad}рно по дороге")
        .replace("The harbour report", "On the harbour")
        .replace("🚢", "🚢\u{fe0f}")
        .replace("석유는 바다로 운송되었다", "곡물은 남았다");
    desk.change(&document, &text);
    assert_eq!(desk.anchor(&wagons), anchor("diff", "sealed wagons", true));
    assert_eq!(desk.anchor(&across), anchor("diff", "Officials denied it.\n\nFuel moved", true));
    assert_eq!(desk.anchor(&lots), anchor("approximate", "in \"small lots\" - by\u{a0}barge - along the coast", false));
    assert!(desk.highlight(&lots)["anchor"]["score"].as_f64() > Some(0.9));
    assert_eq!(desk.anchor(&oil), anchor("approximate", "Нефть шла по морю, а зе\u{ad}рно по дороге", false));
    assert_eq!(desk.anchor(&ship), anchor("approximate", "النفط عبر البحر 🚢\u{fe0f}", false));
    assert_eq!(desk.anchor(&title), anchor("approximate", "the harbour", false));
    let lost = desk.highlight(&korean);
    assert_eq!((&lost["start"], &lost["anchor"]["method"]), (&Value::Null, &json!("lost")));
    assert_eq!(lost["quote"], json!("석유는 바다로 운송되었다"), "its old quote is kept");
    desk.checked();
}

#[test]
fn a_paragraph_that_moved_takes_its_highlights_along_and_one_that_went_loses_them() {
    let desk = Desk::new();
    let paragraphs: Vec<String> = (0..8)
        .map(|n| format!("In year {n} the port of Town {n} took {n}00 tons of fuel. Nobody counted the barges of {n}."))
        .collect();
    let document = desk.paste(&paragraphs.join("\n\n"));
    let moved = desk.mark(&document, "the port of Town 2 took 200 tons", &[]);
    let gone = desk.mark(&document, "the port of Town 5 took 500 tons", &[]);
    let mut order = paragraphs.clone();
    order.remove(5);
    let second = order.remove(2);
    order.push(second);
    desk.change(&document, &order.join("\n\n"));
    assert_eq!(desk.anchor(&moved), anchor("quote", "the port of Town 2 took 200 tons", true));
    assert_eq!(desk.anchor(&gone), anchor("lost", "the port of Town 5 took 500 tons", false));
    let review = desk.run("review_list", json!({}));
    let candidates = review[0]["candidates"].as_array().expect("a list");
    assert!(!candidates.is_empty() && candidates.len() <= 5, "the other towns are offered: {review}");
}

#[test]
fn two_places_that_fit_equally_well_are_for_a_person() {
    let desk = Desk::new();
    let line = "Then the guards opened the gate and counted the wagons again.";
    let document = desk.paste(&format!("One.\n\n{line}\n\nTwo."));
    let twice = desk.mark(&document, "opened the gate", &["military"]);
    desk.change(&document, &format!("Three.\n\n{line}\n\nBetween.\n\n{line}\n\nFour."));
    assert_eq!(desk.anchor(&twice), anchor("lost", "opened the gate", false));
    let review = desk.run("review_list", json!({ "document": document }));
    assert_eq!(review.as_array().map(Vec::len), Some(1));
    let one = &review[0];
    assert_eq!((&one["reason"], &one["tags"], &one["place"]), (&json!("lost"), &json!(["military"]), &Value::Null));
    assert_eq!((&one["quote"], &one["prefix"]), (&json!("opened the gate"), &json!("One.\n\nThen the guards ")));
    let candidates = one["candidates"].as_array().expect("a list");
    assert_eq!(candidates.len(), 2, "{candidates:?}");
    assert!(candidates.iter().all(|place| place["quote"] == "opened the gate"));
    let chosen = json!({ "highlight": twice, "start": candidates[1]["start"], "end": candidates[1]["end"] });
    desk.run("highlight_bounds", chosen);
    assert_eq!(desk.anchor(&twice), anchor("made", "opened the gate", true));
    assert_eq!(desk.run("review_list", json!({})), json!([]));
}

#[test]
fn approximate_places_are_marked_until_confirmed_in_one_step() {
    let desk = Desk::new();
    let document = desk.paste(TEXT);
    let wagons = desk.mark(&document, "sealed wagons crossed the river", &["military"]);
    let lots = desk.mark(&document, "in “small lots” – by barge", &[]);
    let gone = desk.mark(&document, "석유는 바다로 운송되었다", &["economic"]);
    let text = TEXT
        .replace("sealed wagons", "sealed waggons")
        .replace("“small lots” –", "\"small lots\" -")
        .replace("석유는 바다로 운송되었다. ", "");
    desk.change(&document, &text);
    let history = desk.run("history_list", json!({}));
    assert_eq!(history[0]["label"], json!("Imported a new version of “A text”; 3 highlights await review"));
    let review = desk.run("review_list", json!({}));
    let reasons: Vec<&Value> = review.as_array().expect("a list").iter().map(|one| &one["reason"]).collect();
    assert_eq!(reasons, ["approximate", "approximate", "lost"]);
    assert_eq!(review[0]["quote"], json!("sealed wagons crossed the river"), "as it was marked");
    assert_eq!(review[0]["place"]["quote"], json!("sealed waggons crossed the river"), "as it reads now");
    assert_eq!(review[0]["candidates"][0]["start"], review[0]["place"]["start"]);
    let figures = desk.run("dashboard", json!({}));
    assert_eq!((&figures["lost"], &figures["unconfirmed"]), (&json!(1), &json!(2)));
    for (reason, count) in [("lost", 1), ("approximate", 2)] {
        let listed = desk.run("highlight_list", json!({ "review": reason }));
        assert_eq!(listed.as_array().map(Vec::len), Some(count));
    }
    let refused = desk.refused("review_confirm", json!({ "highlights": [lots, gone] }));
    assert_eq!(serde_json::to_value(refused).expect("JSON"), json!("place_lost"));

    let options = json!({ "documents": [], "tags": [], "groupBy": "document" });
    let markdown = desk.run("export_preview", options)["markdown"].as_str().expect("text").to_owned();
    assert!(markdown.contains("> 석유는 바다로 운송되었다\n"), "{markdown}");
    assert!(markdown.contains("Place lost in the current version · #economic"), "{markdown}");
    assert!(markdown.contains(", ¶ 2) · Place not confirmed · #military"), "{markdown}");
    assert_eq!(desk.run("search", json!({ "query": "waggons" }))["total"], json!(2), "the text and the quote");

    let awaiting = desk.dump();
    desk.run("review_confirm", json!({ "highlights": [wagons, lots] }));
    assert_eq!(desk.run("history_list", json!({ "limit": 1 }))[0]["label"], json!("Confirmed 2 passages"));
    assert_eq!(desk.anchor(&wagons), anchor("approximate", "sealed waggons crossed the river", true));
    assert_eq!(desk.run("dashboard", json!({}))["unconfirmed"], json!(0));
    desk.run("undo", json!({}));
    assert_eq!(desk.dump(), awaiting, "one step");
    desk.run("undo", json!({}));
    assert_eq!(desk.run("search", json!({ "query": "waggons" }))["total"], json!(0), "the index follows");
}

#[test]
fn what_awaits_a_person_still_does_after_another_version() {
    let desk = Desk::new();
    let document = desk.paste(TEXT);
    let wagons = desk.mark(&document, "sealed wagons crossed the river", &[]);
    let gone = desk.mark(&document, "Fuel moved the other way", &[]);
    let second = TEXT.replace("sealed wagons", "sealed waggons").replace("Fuel moved the other way, in", "In");
    desk.change(&document, &second);
    assert_eq!(desk.anchor(&gone).0, "lost");
    desk.change(&document, &second.replace("on Tuesday", "on Wednesday"));
    assert_eq!(desk.anchor(&wagons), anchor("approximate", "sealed waggons crossed the river", false));
    assert_eq!(desk.anchor(&gone), anchor("lost", "Fuel moved the other way", false));
    desk.change(&document, TEXT);
    assert_eq!(desk.anchor(&gone), anchor("quote", "Fuel moved the other way", false), "found again, for a person");
    desk.checked();
}

#[test]
fn a_corrected_text_is_a_new_version_and_undo_brings_the_old_one_back_after_a_restart() {
    let desk = Desk::new();
    let path = desk.folder.path().join("a.md");
    std::fs::write(&path, "# A title\n\nTeh *first* paragraph.\n\n- an item\n").expect("written");
    let document = gloss_core::documents::import_file(&desk.project, &path, &Default::default()).expect("imported");
    let document = document.to_string();
    let first = desk.mark(&document, "first", &[]);
    let before = desk.dump();
    let open = desk.run("document_open", json!({ "document": document }));
    let text = desk.project.document_text(&document).expect("a text").text.as_str().to_owned();
    let same = desk.run("document_revise", json!({ "document": document, "text": text }));
    assert_eq!((&same["id"], &same["current"]), (&open["document"]["version"], &json!(true)));
    assert_eq!(desk.dump(), before, "the same text changes nothing");

    let corrected = text.replace("Teh", "The very").replace('\n', "\r\n");
    let made = desk.run("document_revise", json!({ "document": document, "text": corrected }));
    assert_eq!((&made["format"], &made["placed"], &made["awaiting"]), (&json!("revised"), &json!(1), &json!(0)));
    assert_eq!(desk.run("history_list", json!({ "limit": 1 }))[0]["label"], json!("Corrected the text of “A title”"));
    assert_eq!(desk.anchor(&first), anchor("diff", "first", true));
    let after = desk.run("document_open", json!({ "document": document }));
    let kinds =
        |open: &Value| open["blocks"].as_array().expect("blocks").iter().map(|one| one[2].clone()).collect::<Vec<_>>();
    assert_eq!(kinds(&after), kinds(&open));
    assert_eq!(after["spans"][0][0], json!(open["spans"][0][0].as_u64().expect("a start") + 5));
    desk.checked();

    let versions = desk.run("version_list", json!({ "document": document }));
    assert_eq!((&versions[0]["current"], &versions[1]["current"]), (&json!(true), &json!(false)));
    let old = desk.run("version_open", json!({ "version": versions[1]["id"] }));
    assert_eq!((&old["text"], &old["blocks"]), (&json!(text), &open["blocks"]));
    assert_eq!(old["highlights"]["rows"][0][0], json!(first));
    let id = versions[1]["id"].as_str().expect("an id");
    assert_eq!(desk.project.version_text(id).expect("a text").text.as_str(), text);

    let desk = desk.restarted();
    desk.run("undo", json!({}));
    assert_eq!(desk.dump(), before, "version and anchors are back");
    let gone = desk.refused("version_open", json!({ "version": versions[0]["id"] }));
    assert_eq!(serde_json::to_value(gone).expect("JSON"), json!("version_unknown"));
    let desk = desk.restarted();
    desk.run("redo", json!({}));
    assert_eq!(desk.anchor(&first), anchor("diff", "first", true));
    let empty = desk.refused("document_revise", json!({ "document": document, "text": " \n" }));
    assert_eq!(serde_json::to_value(empty).expect("JSON"), json!("import_empty"));
}

#[test]
fn positions_are_the_callers() {
    let mut desk = Desk::new();
    let document = desk.paste("🚢🚢 The ships left the port in the morning, one by one.");
    let left = desk.mark(&document, "left the port in the morning", &[]);
    desk.change(&document, "🚢🚢 The ships left the harbour in the morning, one by one.");
    desk.units = Units::Utf16;
    let review = desk.run("review_list", json!({}));
    assert_eq!(review[0]["highlight"], json!(left));
    assert_eq!((&review[0]["place"]["start"], &review[0]["candidates"][0]["start"]), (&json!(15), &json!(15)));
    let version = &desk.run("version_list", json!({ "document": document }))[0]["id"];
    assert_eq!(desk.run("version_open", json!({ "version": version }))["highlights"]["rows"][0][1], json!(15));
}

#[test]
fn a_corrected_text_has_the_original_of_the_one_before_it() {
    let desk = Desk::new();
    let path = desk.folder.path().join("a.md");
    for source in ["# A title\r\n\r\nTeh paragraph.\r\n", "Teh own text."] {
        std::fs::write(&path, source).expect("written");
        let id = gloss_core::documents::import_file(&desk.project, &path, &Default::default()).expect("imported");
        let revised = desk.run("document_revise", json!({ "document": id, "text": "The paragraph." }));
        assert_eq!(revised["format"], json!("revised"));
        let original = desk.project.read(Units::CodePoints, |cx| gloss_core::originals::original(cx, id, None));
        let original = original.expect("an original");
        assert_eq!((original.bytes.as_slice(), original.ending()), (source.as_bytes(), "md"));
    }
}
