//! Exporting: to standard output or a file, as a whole or not at all.

use crate::bench::{Bench, bound, clean, give, refusal, stderr};
use std::fs::OpenOptions;
use std::io::Read;
use std::process::Stdio;

fn marked() -> (Bench, String) {
    let (bench, document) = Bench::with_text();
    bench.ok(&["highlight", "--document", &document, "--quote", "exports rose", "--tag", "economic", "--note", "Why?"]);
    bench.ok(&["highlight", "--document", &document, "--quote", "treaties grew", "--tag", "diplomatic"]);
    (bench, document)
}

#[test]
fn to_standard_output_and_to_a_file_the_same_bytes() {
    let (bench, document) = marked();
    let printed = bench.ok(&["export"]);
    assert!(printed.starts_with("---\n") && printed.ends_with('\n') && !printed.ends_with("\n\n"));
    assert!(printed.contains("exports rose") && printed.contains("#economic") && printed.contains("Why?"));
    let file = bench.path("notes.md");
    let path = file.to_str().expect("plain");
    assert_eq!(bench.ok(&["export", "--output", path]), "");
    assert_eq!(std::fs::read_to_string(&file).expect("written"), printed);
    assert_eq!(bench.ok(&["export"]), printed, "byte for byte the same again");
    assert_eq!(bench.json(&["export"])["markdown"], printed);
    assert_eq!(bench.ok(&["export", "--document", &document, "--format", "markdown"]), printed);
    let economic = bench.ok(&["export", "--tag", "economic", "--group-by", "tag"]);
    assert!(economic.contains("exports rose") && !economic.contains("treaties grew"));
}

#[test]
fn what_is_not_there_is_refused() {
    let (bench, _) = marked();
    assert_eq!(bench.refused(&["export", "--tag", "nowhere"]), "tag_unknown");
    assert_eq!(bench.refused(&["export", "--document", "0190a000-0000-7000-8000-000000000000"]), "document_unknown");
    let folder = bench.path("folder");
    std::fs::create_dir(&folder).expect("a folder");
    assert_eq!(bench.refused(&["export", "--output", folder.to_str().expect("plain")]), "export_folder");
    let nowhere = bench.path("nowhere/notes.md");
    assert_eq!(bench.refused(&["export", "--output", nowhere.to_str().expect("plain")]), "export_not_writable");
}

#[cfg(unix)]
#[test]
fn a_folder_that_may_not_be_written_keeps_its_old_file() {
    let (bench, _) = marked();
    let folder = bench.path("shelf");
    std::fs::create_dir(&folder).expect("a folder");
    let notes = folder.join("notes.md");
    std::fs::write(&notes, "old").expect("an old file");
    // The project lies in the bench's folder, which is the person's own; only the shelf is closed.
    give(bench.folder.path(), 0o755);
    give(&bench.project(), 0o644);
    give(&notes, 0o444);
    give(&folder, 0o555);
    let words = ["export", "--json", "--output", notes.to_str().expect("plain")];
    assert_eq!(refusal(&bound(&bench, &words), &words).0, "export_not_writable");
    assert_eq!(std::fs::read_to_string(&notes).expect("kept"), "old");
    assert_eq!(std::fs::read_dir(&folder).expect("listed").count(), 1, "nothing is left beside it");
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_is_said_and_a_device_is_never_replaced() {
    use std::os::unix::fs::FileTypeExt;
    let (bench, _) = marked();
    assert_eq!(bench.refused(&["export", "--output", "/dev/full"]), "export_disk_full");
    assert!(std::fs::metadata("/dev/full").expect("it is there").file_type().is_char_device());
    let full = OpenOptions::new().write(true).open("/dev/full").expect("a full disk");
    let output = bench.command(&["export"]).stdout(full).stderr(Stdio::piped()).output().expect("it runs");
    assert_eq!(output.status.code(), Some(1));
    assert!(stderr(&output).starts_with("gloss: "), "{}", stderr(&output));
}

#[cfg(unix)]
/// A limit on the size of files stands for the disk that fills up in the middle of the notes.
#[test]
fn a_disk_that_fills_while_writing_keeps_the_old_notes() {
    let (bench, document) = Bench::with_text();
    let note = "A long note. ".repeat(6_000);
    bench.ok(&["highlight", "--document", &document, "--quote", "Oil and gas exports", "--note", &note]);
    let notes = bench.file("notes.md", b"the old notes");
    let program = env!("CARGO_BIN_EXE_gloss");
    let mut command = clean("sh", bench.folder.path());
    command.env("GLOSS_PROJECT", bench.project());
    command.args([
        "-c",
        "ulimit -f 100; trap '' XFSZ; exec \"$@\"",
        "sh",
        program,
        "export",
        "--json",
        "--output",
        &notes,
    ]);
    let output = command.output().expect("it runs");
    assert_eq!(output.status.code(), Some(1));
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(said.contains("export_disk_full"), "{said}");
    assert_eq!(std::fs::read_to_string(&notes).expect("still there"), "the old notes");
    let left: Vec<_> =
        std::fs::read_dir(bench.folder.path()).expect("the folder").flatten().map(|one| one.file_name()).collect();
    assert!(!left.iter().any(|name| name.to_string_lossy().contains("notes.md.")), "{left:?}");
    assert!(!left.iter().any(|name| name.to_string_lossy().starts_with(".notes")), "{left:?}");
}

#[cfg(unix)]
#[test]
fn a_reader_that_leaves_early_is_no_fault() {
    let bench = Bench::new();
    let document = bench.import("long.txt", "A sentence that is long enough. ".repeat(20_000).as_bytes());
    let mut child = bench
        .command(&["text", "--document", &document])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("it runs");
    let mut first = [0; 10];
    child.stdout.take().expect("a pipe").read_exact(&mut first).expect("the beginning");
    let output = child.wait_with_output().expect("it ends");
    assert_eq!((output.status.code(), stderr(&output)), (Some(0), String::new()));
}
