//! Nothing is lost: any sequence of commands can be undone to the start and redone to the end, byte for byte, and
//! what was acknowledged is there after the process was killed.

mod desk;

use desk::Desk;
use gloss_core::env::Env;
use gloss_core::journal::{Bound, trim};
use gloss_core::project::Project;
use proptest::prelude::*;
use serde_json::{Value, json};
use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Duration;

const TEXT: &str = "Freight trains crossed the river 😀 with sealed wagons. Officials denied every delivery.\n\n\
    Fuel moved the other way in volumes above the ceiling. Договор о партнёрстве.\n\n러시아와 조선. Nothing more is known.";

/// A command to try; numbers choose among what exists at that moment.
#[derive(Debug, Clone)]
enum Step {
    Paste(u8),
    Rename(u8, u8),
    RemoveDocument(u8),
    Mark(u8, u8, u8, u8),
    Bounds(u8, u8, u8),
    Note(u8, u8, bool),
    Tag(u8, u8, bool),
    Remove(u8),
    MakeTag(u8, u8),
    ChangeTag(u8, u8, u8),
    MergeTags(u8, u8),
    DeleteTag(u8, bool),
    Link(u8, u8, u8),
    ChangeLink(u8, u8),
    RemoveLink(u8),
    MakeRelation(u8),
    Undo,
    Redo,
}

fn steps() -> impl Strategy<Value = Step> {
    let n = any::<u8>;
    prop_oneof![
        2 => n().prop_map(Step::Paste),
        1 => (n(), n()).prop_map(|(a, b)| Step::Rename(a, b)),
        1 => n().prop_map(Step::RemoveDocument),
        8 => (n(), n(), n(), n()).prop_map(|(a, b, c, d)| Step::Mark(a, b, c, d)),
        3 => (n(), n(), n()).prop_map(|(a, b, c)| Step::Bounds(a, b, c)),
        3 => (n(), n(), any::<bool>()).prop_map(|(a, b, c)| Step::Note(a, b, c)),
        4 => (n(), n(), any::<bool>()).prop_map(|(a, b, c)| Step::Tag(a, b, c)),
        2 => n().prop_map(Step::Remove),
        2 => (n(), n()).prop_map(|(a, b)| Step::MakeTag(a, b)),
        2 => (n(), n(), n()).prop_map(|(a, b, c)| Step::ChangeTag(a, b, c)),
        1 => (n(), n()).prop_map(|(a, b)| Step::MergeTags(a, b)),
        1 => (n(), any::<bool>()).prop_map(|(a, b)| Step::DeleteTag(a, b)),
        4 => (n(), n(), n()).prop_map(|(a, b, c)| Step::Link(a, b, c)),
        1 => (n(), n()).prop_map(|(a, b)| Step::ChangeLink(a, b)),
        1 => n().prop_map(Step::RemoveLink),
        1 => n().prop_map(Step::MakeRelation),
        2 => Just(Step::Undo),
        1 => Just(Step::Redo),
    ]
}

impl Desk {
    fn pick(&self, list: &str, n: u8) -> Value {
        let all = self.run(list, json!({}));
        let all = all.as_array().expect("a list");
        if all.is_empty() { Value::Null } else { all[n as usize % all.len()]["id"].clone() }
    }

    /// Tries a step; a refusal is an answer too.
    fn try_step(&self, step: &Step) {
        let (name, arguments) = match *step {
            Step::Paste(n) => {
                ("document_paste", json!({ "text": format!("{TEXT} {n}"), "title": format!("Text {n}") }))
            }
            Step::Rename(a, b) => (
                "document_update",
                json!({ "document": self.pick("document_list", a), "title": format!("Title {b}"), "author": "A. B.",
                    "publisher": "", "published": "2024", "url": "", "accessed": "", "language": "en" }),
            ),
            Step::RemoveDocument(n) => ("document_delete", json!({ "document": self.pick("document_list", n) })),
            Step::Mark(a, b, c, d) => {
                let tags: Vec<Value> = if d % 3 == 0 { vec![] } else { vec![self.pick("tag_list", d)] };
                let (start, end) = (u32::from(b) % 150, u32::from(b) % 150 + u32::from(c) % 40);
                (
                    "highlight_create",
                    json!({ "document": self.pick("document_list", a), "start": start, "end": end, "tags": tags, "snap": true }),
                )
            }
            Step::Bounds(a, b, c) => (
                "highlight_bounds",
                json!({ "highlight": self.pick("highlight_list", a), "start": b % 100, "end": u32::from(b) % 100 + u32::from(c) % 30, "snap": true }),
            ),
            Step::Note(a, b, typing) => (
                "highlight_note",
                json!({ "highlight": self.pick("highlight_list", a), "note": format!("Note *{}*", b % 5), "typing": typing }),
            ),
            Step::Tag(a, b, on) => (
                "highlight_tag",
                json!({ "highlights": [self.pick("highlight_list", a)], "tag": self.pick("tag_list", b), "on": on }),
            ),
            Step::Remove(n) => ("highlight_delete", json!({ "highlights": [self.pick("highlight_list", n)] })),
            Step::MakeTag(a, b) => {
                let parent = if b % 2 == 0 { Value::Null } else { self.pick("tag_list", b) };
                ("tag_create", json!({ "name": format!("tag {}", a % 12), "parent": parent }))
            }
            Step::ChangeTag(a, b, c) => {
                let parent = if c % 3 == 0 { Value::Null } else { self.pick("tag_list", c) };
                (
                    "tag_update",
                    json!({ "tag": self.pick("tag_list", a), "name": format!("tag {}", b % 12), "colour": "#112233",
                        "key": null, "definition": "d", "parent": parent }),
                )
            }
            Step::MergeTags(a, b) => {
                ("tag_merge", json!({ "from": self.pick("tag_list", a), "into": self.pick("tag_list", b) }))
            }
            Step::DeleteTag(n, keep) => (
                "tag_delete",
                json!({ "tag": self.pick("tag_list", n), "highlights": if keep { "keep" } else { "delete" } }),
            ),
            Step::Link(a, b, c) => (
                "link_create",
                json!({ "from": self.pick("highlight_list", a), "to": self.pick("highlight_list", b), "relation": self.pick("relation_list", c) }),
            ),
            Step::ChangeLink(a, b) => (
                "link_update",
                json!({ "link": self.pick("link_list", a), "relation": self.pick("relation_list", b), "note": "n" }),
            ),
            Step::RemoveLink(n) => ("link_delete", json!({ "link": self.pick("link_list", n) })),
            Step::MakeRelation(n) => (
                "relation_create",
                json!({ "label": format!("relation {}", n % 4), "inverse": "back", "symmetric": false }),
            ),
            Step::Undo => ("undo", json!({})),
            Step::Redo => ("redo", json!({})),
        };
        if let Err(error) = self.reply(name, arguments) {
            let code = error.code();
            use gloss_core::error::ErrorCode as Code;
            assert!(
                !matches!(code, Code::Storage | Code::UndoConflict | Code::Bug | Code::ProjectDamaged),
                "{name}: {error}"
            );
        }
    }

    fn all_the_way(&self, command: &str) -> u32 {
        let mut steps = 0;
        while self.reply(command, json!({})).is_ok() {
            steps += 1;
        }
        steps
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, max_shrink_iters: 200, ..ProptestConfig::default() })]

    #[test]
    fn any_two_hundred_commands_can_be_undone_and_redone(steps in prop::collection::vec(steps(), 200)) {
        let desk = Desk::new();
        let start = desk.dump();
        for (at, step) in steps.iter().enumerate() {
            desk.try_step(step);
            if at % 9 == 0 {
                // The figures follow the journal from here to the next time.
                desk.run("dashboard", json!({}));
            }
        }
        desk.all_the_way("redo");
        let end = desk.dump();
        let figures = ["dashboard", "document_list"].map(|name| desk.run(name, json!({})));
        let desk = desk.restarted();
        prop_assert_eq!(["dashboard", "document_list"].map(|name| desk.run(name, json!({}))), figures, "counted anew");
        let undone = desk.all_the_way("undo");
        prop_assert_eq!(desk.dump(), start, "undone to the start");
        let desk = desk.restarted();
        prop_assert_eq!(desk.all_the_way("redo"), undone);
        prop_assert_eq!(desk.dump(), end, "redone to the end");
        let report = desk.run("project_check", json!({}));
        prop_assert_eq!(&report["ok"], &json!(true), "{}", report);
    }
}

#[test]
fn the_figures_follow_changes_of_another_process() {
    let desk = Desk::new();
    let document = desk.paste(TEXT);
    let one = desk.mark(&document, "sealed wagons", &["military"]);
    assert_eq!(desk.run("dashboard", json!({}))["highlights"], json!(1));
    let other = Desk {
        folder: tempfile::tempdir().expect("a folder"),
        project: Project::open(&desk.path(), Env::system()).expect("opens"),
        units: desk.units,
    };
    other.mark(&document, "Fuel", &["economic"]);
    other.run("highlight_note", json!({ "highlight": one, "note": "Seen from outside." }));
    let figures = desk.run("dashboard", json!({}));
    assert_eq!((&figures["highlights"], &figures["noted"]), (&json!(2), &json!(1)));
    other.run("undo", json!({}));
    other.mark(&document, "ceiling", &[]);
    let figures = desk.run("dashboard", json!({}));
    assert_eq!(
        (&figures["highlights"], &figures["noted"], &figures["untagged"]),
        (&json!(3), &json!(0), &json!(1)),
        "what was undone and overwritten is counted anew"
    );
}

#[test]
fn the_journal_is_kept_within_its_bound_and_no_further() {
    let desk = Desk::new();
    let document = desk.paste(TEXT);
    for (at, quote) in ["sealed", "wagons", "Officials", "denied", "delivery", "Fuel"].into_iter().enumerate() {
        desk.mark(&document, quote, &[]);
        let db = rusqlite::Connection::open(desk.path()).expect("opens");
        db.execute("UPDATE change SET at = ?1 WHERE seq = ?2", [at as i64 * 100, at as i64 + 2]).expect("aged");
        db.execute("UPDATE change SET at = 0 WHERE seq = 1", []).expect("aged");
    }
    desk.run("undo", json!({}));
    let marked = desk.dump();
    let steps = || desk.run("history_list", json!({})).as_array().map(Vec::len);
    let trim = |steps, age, bytes| {
        let db = rusqlite::Connection::open(desk.path()).expect("opens");
        trim(&db, 1_000, &Bound { steps, age, bytes }).expect("trimmed")
    };
    assert_eq!(trim(7, 0, 0), 0, "so many steps stay, however old and long");
    assert_eq!(trim(1, 1_001, 0), 0, "what is young stays");
    assert_eq!(trim(1, 0, 1 << 20), 0, "what is short stays");
    assert_eq!(trim(1, 850, 0), 3, "up to the first that is young");
    assert_eq!(trim(4, 0, 0), 0);
    assert_eq!(steps(), Some(4));
    assert_eq!(desk.dump(), marked, "nothing but history is dropped");
    assert_eq!(desk.all_the_way("redo"), 1);
    assert_eq!(desk.all_the_way("undo"), 4, "what is kept can be undone");
    assert_eq!(desk.run("highlight_list", json!({})).as_array().map(Vec::len), Some(2));
    assert_eq!(desk.run("project_check", json!({}))["ok"], json!(true));
}

#[test]
fn a_new_change_drops_what_could_be_redone() {
    let desk = Desk::new();
    let document = desk.paste(TEXT);
    desk.mark(&document, "sealed wagons", &["military"]);
    desk.run("undo", json!({}));
    let history = desk.run("history_list", json!({}));
    assert_eq!(
        (&history[0]["undone"], &history[0]["label"]),
        (&json!(true), &json!("Tagged “sealed wagons” military"))
    );
    desk.mark(&document, "Fuel", &[]);
    assert!(desk.reply("redo", json!({})).is_err());
    assert_eq!(desk.run("history_list", json!({})).as_array().map(Vec::len), Some(2));
}

#[test]
fn one_step_is_undone_whole_and_fails_whole() {
    let desk = Desk::new();
    let document = desk.paste(TEXT);
    let before = desk.dump();
    let failed = desk.project.one_step("Many", || {
        desk.mark(&document, "sealed wagons", &["military"]);
        desk.reply("highlight_quote", json!({ "document": document, "quote": "not there", "tags": [] }))
    });
    assert!(failed.is_err());
    assert_eq!(desk.dump(), before, "an error undoes the whole step");
    desk.project
        .one_step("Many", || {
            let one = desk.mark(&document, "sealed wagons", &["military"]);
            let two = desk.mark(&document, "Fuel", &[]);
            assert_eq!(desk.run("search", json!({ "query": "sealed" }))["total"], json!(2), "it sees its own writes");
            desk.reply("link_create", json!({ "from": one, "to": two, "relation": desk.relation("causes") }))
        })
        .expect("three commands");
    assert_eq!(desk.run("history_list", json!({}))[0]["label"], json!("Many"));
    desk.run("undo", json!({}));
    assert_eq!(desk.dump(), before);
}

/// The child of the test below: writes highlights for ever and prints the id of each that was acknowledged.
#[test]
fn child_that_writes_until_it_is_killed() {
    let Ok(path) = std::env::var("GLOSS_TEST_CHILD") else { return };
    let project = Project::open(Path::new(&path), Env::system()).expect("opens");
    let desk =
        Desk { folder: tempfile::tempdir().expect("a folder"), project, units: gloss_core::api::Units::CodePoints };
    let document = desk.pick("document_list", 0);
    let mut out = std::io::stdout();
    for n in 0_u32.. {
        let made = desk.run(
            "highlight_create",
            json!({ "document": document, "start": n % 50, "end": n % 50 + 12, "tags": [desk.tag("military")], "note": "n", "snap": true }),
        );
        writeln!(out, "made {}", made["id"].as_str().expect("an id")).and_then(|()| out.flush()).expect("printed");
        if n % 7 == 0 {
            desk.run("undo", json!({}));
            writeln!(out, "gone {}", made["id"].as_str().expect("an id")).and_then(|()| out.flush()).expect("printed");
        }
    }
}

#[test]
fn what_was_acknowledged_survives_being_killed() {
    const ROUNDS: u64 = 200;
    let desk = Desk::new();
    desk.paste(TEXT);
    let path = desk.path();
    let Desk { folder: _folder, project, .. } = desk;
    drop(project);
    let mut acknowledged = 0;
    for round in 0..ROUNDS {
        let mut child = Command::new(std::env::current_exe().expect("this test"))
            .args(["child_that_writes_until_it_is_killed", "--exact", "--nocapture", "--test-threads=1"])
            .env("GLOSS_TEST_CHILD", &path)
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("a child");
        let output = BufReader::new(child.stdout.take().expect("its output"));
        let reader = std::thread::spawn(move || output.lines().map_while(Result::ok).collect::<Vec<String>>());
        // A different moment each round, from before the first write to a few dozen writes.
        std::thread::sleep(Duration::from_millis(5 + round * 37 % 60));
        child.kill().expect("killed");
        child.wait().expect("gone");
        let lines = reader.join().expect("its lines");
        let project = Project::open(&path, Env::system()).expect("opens after a kill");
        let desk =
            Desk { folder: tempfile::tempdir().expect("a folder"), project, units: gloss_core::api::Units::CodePoints };
        let mut there: Vec<&str> = Vec::new();
        for line in &lines {
            // The test harness writes on the first line too.
            if let Some((_, id)) = line.split_once("made ") {
                there.push(id);
            } else if let Some((_, id)) = line.split_once("gone ") {
                there.retain(|one| *one != id);
            }
        }
        // The last undo may have been committed without its line having been read.
        let listed = desk.run("highlight_list", json!({ "ids": there }));
        let found = listed.as_array().expect("a list").len();
        let undone_unseen = lines.last().is_some_and(|line| line.contains("made "));
        assert!(found == there.len() || (undone_unseen && found + 1 == there.len()), "{found} of {}", there.len());
        assert_eq!(desk.run("project_check", json!({}))["ok"], json!(true));
        acknowledged += there.len();
    }
    assert!(acknowledged > 200, "the children wrote {acknowledged}");
}
