//! A text that changes: where highlights go in a new version, what awaits a person, and that nothing is lost on the way.

mod desk;

use desk::Desk;
use gloss_core::api::Units;
use gloss_core::versions::import_version;
use proptest::prelude::*;
use proptest::test_runner::TestRunner;
use serde_json::{Value, json};
use std::cell::Cell;
use std::collections::{HashMap, HashSet};

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

    /// Replaces a range. What is put in and reads like what it replaces, at either end, is no change.
    fn splice(&mut self, from: usize, to: usize, put: &str) {
        let put: Vec<char> = put.chars().collect();
        let most = put.len().min(to - from);
        let first = (0..most).take_while(|&at| self.0[from + at].0 == put[at]).count();
        let last = (0..most - first).take_while(|&at| self.0[to - 1 - at].0 == put[put.len() - 1 - at]).count();
        let new = put[first..put.len() - last].iter().map(|&character| (character, None));
        self.0.splice(from + first..to - last, new);
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
                    one.0 = set;
                }
            }
        }
    }

    /// A letter that was put in by one edit where another took out the same, beside a neighbour that stayed, is that one:
    /// no text tells them apart.
    fn settle(&mut self, old: &[char]) {
        let mut there: HashSet<u32> = self.0.iter().filter_map(|one| one.1).collect();
        for back in [false, true] {
            let mut last: Option<u32> = None;
            let count = self.0.len();
            for at in (0..count).map(|at| if back { count - 1 - at } else { at }) {
                let one = &mut self.0[at];
                if one.0.is_whitespace() {
                    continue;
                }
                if one.1.is_none() {
                    let next = last.and_then(|last| {
                        let letter = |at: &u32| !old[*at as usize].is_whitespace();
                        let found =
                            if back { (0..last).rev().find(letter) } else { (last + 1..old.len() as u32).find(letter) };
                        found.filter(|&at| old[at as usize] == one.0 && !there.contains(&at))
                    });
                    there.extend(next);
                    one.1 = next;
                }
                last = one.1;
            }
        }
    }

    /// Where a passage of the old text stands now, if its words are whole, however they are spaced and quoted.
    fn place(&self, start: u32, end: u32, old: &str) -> Option<(u32, u32)> {
        let at = |old: u32| self.0.iter().position(|one| one.1 == Some(old));
        let (from, to) = (at(start)?, at(end - 1)? + 1);
        let before: Vec<_> = old.chars().zip((start..).map(Some)).collect();
        (bare(self.0.get(from..to)?) == bare(&before)).then_some((from as u32, to as u32))
    }
}

/// Characters with where they stood, but for how they are set: a run of white space is one blank.
fn bare(text: &[(char, Option<u32>)]) -> Vec<(char, Option<u32>)> {
    let level = |&(character, at): &(char, Option<u32>)| match character {
        _ if character.is_whitespace() => (' ', None),
        '“' | '”' | '«' | '»' => ('"', at),
        '’' => ('\'', at),
        '–' | '—' => ('-', at),
        _ => (character, at),
    };
    let mut bare: Vec<_> = text.iter().map(level).collect();
    bare.dedup_by(|one, before| one.0 == ' ' && before.0 == ' ');
    bare
}

/// The words of a text, however they are set.
fn words(text: &str) -> String {
    let text: Vec<_> = text.chars().map(|character| (character, None)).collect();
    bare(&text).into_iter().map(|(character, _)| character).collect()
}

/// What became of all highlights of all texts.
#[derive(Debug, Default, Clone, Copy)]
struct Tally {
    /// Whose words were not touched.
    whole: u32,
    /// Of those, exactly at their place, and not marked.
    carried: u32,
    /// Of those, exactly at their place, but marked.
    asked: u32,
    /// Of those, without a place, for a person to decide.
    without: u32,
    /// Anywhere but at their place, and not marked.
    silent: u32,
    /// Whose words were touched, and that have a place, marked.
    found: u32,
    /// Whose words were touched, and that have none.
    lost: u32,
}

impl Tally {
    fn plus(self, other: Tally) -> Tally {
        Tally {
            whole: self.whole + other.whole,
            carried: self.carried + other.carried,
            asked: self.asked + other.asked,
            without: self.without + other.without,
            silent: self.silent + other.silent,
            found: self.found + other.found,
            lost: self.lost + other.lost,
        }
    }
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
    let characters: Vec<char> = text.chars().collect();
    edited.settle(&characters);
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
        let quote = |one: &Value| one["quote"].as_str().expect("a quote").to_owned();
        if confirmed {
            prop_assert_eq!(words(&quote(new)), words(&quote(old)), "other words without a mark");
        }
        prop_assert_eq!(range(new).is_none(), new["anchor"]["method"] == "lost");
        if range(new).is_none() {
            prop_assert_eq!(&new["quote"], &old["quote"], "a lost one keeps its quote");
        }
        let (start, end) = range(old).expect("a place");
        let truth = edited.place(start, end, &quote(old));
        let right = truth.is_some() && range(new) == truth;
        tally.whole += u32::from(truth.is_some());
        tally.carried += u32::from(right && confirmed);
        tally.asked += u32::from(right && !confirmed);
        tally.without += u32::from(truth.is_some() && range(new).is_none());
        tally.silent += u32::from(confirmed && !right);
        tally.found += u32::from(truth.is_none() && range(new).is_some());
        tally.lost += u32::from(truth.is_none() && range(new).is_none());
    }
    prop_assert_eq!(tally.silent, 0, "moved without a mark, with the numbers from {}", seed);
    let report = desk.run("project_check", json!({}));
    prop_assert_eq!(&report["ok"], &json!(true), "{}", report);
    desk.run("undo", json!({}));
    prop_assert_eq!(desk.dump(), before, "undo brings the version and all anchors back");
    Ok(tally)
}

#[test]
fn two_hundred_highlights_survive_thirty_edits() {
    let sum = Cell::new(Tally::default());
    // PROPTEST_CASES asks for more.
    let cases = std::env::var_os("PROPTEST_CASES").map_or(16, |_| ProptestConfig::default().cases);
    let mut runner = TestRunner::new(ProptestConfig { cases, max_shrink_iters: 0, ..ProptestConfig::default() });
    let ran = runner.run(&any::<u64>(), |seed| {
        sum.set(sum.get().plus(a_text_that_changes(seed)?));
        Ok(())
    });
    ran.expect("nothing dropped, nothing moved without a mark");
    let sum = sum.get();
    println!("{cases} texts: {sum:?}");
    assert!(sum.whole > 1500, "{sum:?}");
    // These texts are made of a few dozen words, so that a sentence that changed nearly always has the words of a passage
    // in it twice, and a person is asked. Statements of real length are measured in reanchoring.rs.
    assert!(sum.carried * 100 >= sum.whole * 85, "{sum:?}");
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
    assert_eq!(desk.anchor(&lots), anchor("diff", "in \"small lots\" - by\u{a0}barge - along the coast", true));
    let score = |id: &str| desk.highlight(id)["anchor"]["score"].as_f64();
    assert_eq!((score(&wagons), score(&lots)), (Some(1.0), Some(0.99)), "the same words, set in another way");
    assert_eq!(desk.anchor(&oil), anchor("approximate", "Нефть шла по морю, а зе\u{ad}рно по дороге", false));
    assert_eq!(desk.anchor(&ship), anchor("approximate", "النفط عبر البحر 🚢\u{fe0f}", false));
    assert_eq!(desk.anchor(&title), anchor("approximate", "the harbour", false));
    let lost = desk.highlight(&korean);
    assert_eq!((&lost["start"], &lost["anchor"]["method"]), (&Value::Null, &json!("lost")));
    assert_eq!(lost["quote"], json!("석유는 바다로 운송되었다"), "its old quote is kept");
    desk.checked();
}

#[test]
fn a_text_that_is_spaced_wrapped_and_quoted_anew_keeps_every_highlight_without_a_mark() {
    let desk = Desk::new();
    let document = desk.paste(TEXT);
    let quotes = [
        "sealed wagons crossed the river on Tuesday. Officials denied it",
        "in “small lots” – by barge – along the coast",
        "Нефть шла по морю, а зерно",
        "석유는 바다로 운송되었다",
        "النفط عبر البحر 🚢",
        "denied it.\n\nFuel moved",
    ];
    let marks: Vec<String> = quotes.iter().map(|quote| desk.mark(&document, quote, &[])).collect();
    let set: [&dyn Fn(String) -> String; 4] = [
        &|text| text.replace(' ', "  "),
        &|text| text.replace("  ", " \u{a0}").replace("\n\n", "\r\n\r\n\r\n"),
        &|text| text.replace(['“', '”'], "\"").replace('–', "—"),
        &|text| text.replace(" \u{a0}", "\n"),
    ];
    let mut text = TEXT.to_owned();
    for set in set {
        text = set(text);
        desk.change(&document, &text);
        for (quote, mark) in quotes.iter().zip(&marks) {
            let (method, now, confirmed) = desk.anchor(mark);
            assert_eq!((method.as_str(), words(&now), confirmed), ("diff", words(quote), true), "{now}");
        }
        desk.checked();
    }
    desk.change(&document, TEXT);
    assert!(quotes.iter().zip(&marks).all(|(quote, mark)| desk.anchor(mark) == anchor("diff", quote, true)));
    assert_eq!(desk.run("review_list", json!({})), json!([]));
}

#[test]
fn a_passage_with_a_few_errors_is_found_in_any_script() {
    let desk = Desk::new();
    let passages = [
        ("вывоз нефти железной дорогой", "вывоз нефтu железною дорогой"),
        ("러시아와 북한은 조약에 서명하였다", "러시아하고 북한은 조약에 서명했다"),
        ("石油由铁路经过边境运往北方", "石油由铁道经过边界运往北方"),
        ("وقعت الدولتان اتفاق الدفاع المشترك", "وقّعت الدولتان اتفاقية الدفاع المشترك"),
        ("l’e\u{301}te\u{301} dernier a\u{300} Pa\u{302}ques", "l’e\u{301}te\u{301} passe\u{301} a\u{300} Paques"),
        ("🚂🚃🚃 three wagons 👩\u{200d}✈\u{fe0f} one pilot", "🚂🚃 three waggons 👩\u{200d}✈\u{fe0f} one pilot"),
    ];
    let text = |which: &dyn Fn(usize) -> &'static str| -> String {
        (0..passages.len()).map(|n| format!("Number {n} of a list.\n\n{}\n\n", which(n))).collect()
    };
    let document = desk.paste(&text(&|n| passages[n].0));
    let marks: Vec<String> = passages.iter().map(|(old, _)| desk.mark(&document, old, &[])).collect();
    desk.change(&document, &text(&|n| passages[n].1));
    for ((_, new), mark) in passages.iter().zip(&marks) {
        assert_eq!(desk.anchor(mark), anchor("approximate", new, false));
    }
    desk.checked();
}

#[test]
fn undo_of_a_version_brings_back_what_a_person_decided_about_the_one_before() {
    let desk = Desk::new();
    let document = desk.paste(TEXT);
    let wagons = desk.mark(&document, "sealed wagons crossed the river", &["military"]);
    let gone = desk.mark(&document, "석유는 바다로 운송되었다", &["economic"]);
    let oil = desk.mark(&document, "Нефть шла по морю, а зерно", &[]);
    desk.mark(&document, "النفط عبر البحر 🚢", &[]);
    let mut states = vec![desk.dump()];
    let second = TEXT.replace("sealed wagons", "sealed waggons").replace("석유는 바다로 운송되었다. ", "");
    desk.change(&document, &second.replace("а зерно", "но зерно"));
    states.push(desk.dump());
    desk.run("review_confirm", json!({ "highlights": [wagons] }));
    states.push(desk.dump());
    desk.run("highlight_bounds", json!({ "highlight": gone, "start": 4, "end": 11, "snap": true }));
    states.push(desk.dump());
    assert_eq!((desk.anchor(&wagons).2, desk.anchor(&gone).2, desk.anchor(&oil).2), (true, true, false));
    desk.change(&document, "Nothing of all this is left in here.");
    assert_eq!(desk.anchor(&wagons).0, "lost");
    states.push(desk.dump());
    desk.change(&document, &TEXT.replace(' ', "  "));
    let mut desk = desk.restarted();
    while let Some(state) = states.pop() {
        desk.run("undo", json!({}));
        assert_eq!(desk.dump(), state, "{} decisions before it", states.len());
        desk = desk.restarted();
    }
}

#[test]
fn a_long_review_gives_places_for_the_first_hundred() {
    let desk = Desk::new();
    let lines: Vec<String> = (0..110).map(|n| format!("Barge number {n} left the harbour before noon.")).collect();
    let document = desk.paste(&lines.join("\n\n"));
    for n in 0..110 {
        desk.mark(&document, &format!("Barge number {n} left"), &[]);
    }
    desk.change(&document, &lines.join("\n\n").replace("left", "has left"));
    let looked = |arguments: Value| {
        let review = desk.run("review_list", arguments);
        let review = review.as_array().expect("a list");
        (review.len(), review.iter().filter(|one| one["candidates"] != json!([])).count())
    };
    assert_eq!(looked(json!({})), (110, 100));
    assert_eq!(looked(json!({ "limit": 105 })), (105, 105));
    assert_eq!(looked(json!({ "limit": 3 })), (3, 3));
}

#[test]
fn which_of_two_same_words_went_is_for_a_person() {
    let desk = Desk::new();
    let document = desk.paste("Nobody counted the oil and the gas that came by rail.");
    let first = desk.mark(&document, "counted the", &[]);
    let oil = desk.mark(&document, "the oil", &[]);
    let rail = desk.mark(&document, "gas that came by rail", &[]);
    let nobody = desk.mark(&document, "Nobody", &[]);
    desk.change(&document, "Nobody counted the gas that came by rail.");
    assert_eq!(desk.anchor(&first), anchor("quote", "counted the", false), "this “the”, or the other");
    assert!(!desk.anchor(&oil).2);
    assert_eq!(desk.anchor(&rail), anchor("diff", "gas that came by rail", true));
    assert_eq!(desk.anchor(&nobody), anchor("diff", "Nobody", true));
    // A paragraph goes as a whole, also where the next one begins with the same words.
    let paragraphs = ["The port took oil.", "The port took grain by the ton.", "The port took nothing else."];
    let document = desk.paste(&paragraphs.join("\n\n"));
    let ends = [desk.mark(&document, "took oil.", &[]), desk.mark(&document, "The port took nothing else", &[])];
    let across = desk.mark(&document, "oil.\n\nThe port", &[]);
    desk.change(&document, &[paragraphs[0], paragraphs[2]].join("\n\n"));
    assert_eq!(desk.anchor(&ends[0]), anchor("diff", "took oil.", true));
    assert_eq!(desk.anchor(&ends[1]), anchor("diff", "The port took nothing else", true));
    assert!(!desk.anchor(&across).2, "its second half was another paragraph's");
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
fn similar_words_are_offered_to_the_ends_of_words_where_the_quote_had_such() {
    let desk = Desk::new();
    let before = "They met. The convoys carried grain northward through winter. Then they left. Зимой поезда стояли.";
    let document = desk.paste(before);
    let words = desk.mark(&document, "convoys carried grain northward", &[]);
    let part = desk.mark(&document, "nvoys carried grain north", &[]);
    desk.change(
        &document,
        &format!("{}\n\nWhile the convoy carries grains northwards now.", "Other words. ".repeat(40)),
    );
    let review = desk.run("review_list", json!({}));
    let best = |highlight: &str| {
        let one =
            review.as_array().expect("a list").iter().find(|one| one["highlight"] == highlight).expect("in review");
        one["candidates"][0]["quote"].as_str().expect("a quote").to_owned()
    };
    assert_eq!(best(&words), "convoy carries grains northwards");
    assert!("While the convoy carries grains northwards now.".contains(&best(&part)));
    assert_ne!(best(&part), best(&words), "a quote that began inside a word is offered so");
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
        .replace("“small lots” –", "“small lot” -")
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
