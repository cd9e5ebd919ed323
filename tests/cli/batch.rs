//! Batch: many command lines in one process.

use crate::bench::{Bench, replies};
use serde_json::{Value, json};
use std::io::{BufRead, BufReader, Write};
use std::process::Stdio;

fn lines(commands: &[Value]) -> Vec<u8> {
    commands.iter().map(|command| command.to_string() + "\n").collect::<String>().into_bytes()
}

#[test]
fn each_line_has_its_reply_and_its_step() {
    let (bench, document) = Bench::with_text();
    let commands = [
        json!(["highlight", "--document", document, "--quote", "rose", "--tag", "economic"]),
        json!(["highlight", "--document", document, "--quote", "nowhere"]),
        json!(["highlights"]),
        json!(["documents", "--json"]),
        json!(["undo"]),
        json!(["undo"]),
        json!(["documents"]),
    ];
    let output = bench.fed(&["batch"], &lines(&commands));
    assert_eq!(output.status.code(), Some(0));
    let replies = replies(&output);
    assert_eq!(replies.len(), commands.len());
    assert_eq!(replies[0]["ok"], true);
    assert_eq!(replies[0]["result"]["quote"], "rose");
    assert_eq!(replies[1]["ok"], false);
    assert_eq!(replies[1]["error"]["code"], "quote_not_found");
    assert!(replies[1]["error"]["message"].as_str().is_some_and(|message| message.ends_with('.')));
    assert_eq!(replies[2]["result"][0]["id"], replies[0]["result"]["id"]);
    assert_eq!(replies[3]["result"][0]["id"], document);
    assert_eq!(replies[6]["result"], json!([]), "two steps were two undos");
}

#[test]
fn a_reply_comes_before_the_next_line_is_written() {
    let bench = Bench::empty();
    let mut child = bench.command(&["batch"]).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().expect("it runs");
    let mut input = child.stdin.take().expect("a pipe");
    let mut output = BufReader::new(child.stdout.take().expect("a pipe"));
    for _ in 0..3 {
        input.write_all(b"[\"tags\"]\n").expect("it reads");
        let mut reply = String::new();
        output.read_line(&mut reply).expect("it answers");
        let reply: Value = serde_json::from_str(&reply).expect("JSON");
        assert_eq!(reply["result"].as_array().map(Vec::len), Some(3));
    }
    drop(input);
    assert!(child.wait().expect("it ends").success());
}

#[test]
fn lines_that_are_no_commands_are_refused_one_by_one() {
    let bench = Bench::empty();
    let input = b"nonsense\n{\"a\":1}\n[\"fly\"]\n[]\n[\"batch\"]\n[\"tags\",\"--project\",\"x.gloss\"]\n[\"--help\"]\n\n\xff\xfe\n[\"tags\"]";
    let output = bench.fed(&["batch"], input);
    let replies = replies(&output);
    assert_eq!(replies.len(), 9);
    for reply in &replies[..8] {
        assert_eq!((&reply["ok"], &reply["error"]["code"]), (&json!(false), &json!("arguments")), "{reply}");
    }
    assert_eq!(replies[8]["ok"], true, "the last line needs no line end");
    assert!(!bench.path("x.gloss").exists());
}

#[test]
fn one_step_is_undone_by_one_undo() {
    let (bench, document) = Bench::with_text();
    let before = bench.everything();
    let commands = [
        json!(["tag", "create", "oil"]),
        json!(["highlight", "--document", document, "--quote", "rose", "--tag", "oil", "--tag", "economic"]),
        json!(["highlight", "--document", document, "--quote", "treaties grew"]),
        json!(["import", bench.file("other.txt", b"Another text.")]),
        json!(["highlights"]),
    ];
    let output = bench.fed(&["batch", "--one-step", "Coded the first text"], &lines(&commands));
    assert_eq!(output.status.code(), Some(0));
    let replies = replies(&output);
    assert!(replies.iter().all(|reply| reply["ok"] == true), "{replies:?}");
    assert_eq!(replies[4]["result"].as_array().map(Vec::len), Some(2), "a line sees those before it");
    assert_eq!(bench.json(&["history"])[0]["label"], "Coded the first text");
    bench.ok(&["check"]);
    assert_eq!(bench.ok(&["undo"]), "Coded the first text\n");
    let after = bench.everything();
    assert_eq!(after[..5], before[..5], "everything but the history is as it was");
    bench.ok(&["redo"]);
    assert_eq!(bench.json(&["highlights"]).as_array().map(Vec::len), Some(2));
}

#[test]
fn one_step_is_undone_whole_at_the_first_error() {
    let (bench, document) = Bench::with_text();
    for bad in [json!(["highlight", "--document", document, "--quote", "nowhere"]), json!(["fly"]), json!(["undo"])] {
        let before = bench.everything();
        let commands = [
            json!(["highlight", "--document", document, "--quote", "rose"]),
            bad.clone(),
            json!(["highlight", "--document", document, "--quote", "treaties grew"]),
        ];
        let output = bench.fed(&["batch", "--one-step", "Half"], &lines(&commands));
        assert_eq!(output.status.code(), Some(1), "{bad}");
        let replies = replies(&output);
        assert_eq!(replies.iter().map(|reply| reply["ok"] == true).collect::<Vec<_>>(), [true, false], "{bad}");
        assert_eq!(bench.everything(), before, "{bad}");
    }
}
