//! Opening, refusing and copying project files, and what a damaged one does.

mod desk;

use desk::Desk;
use gloss_core::documents::{Overrides, import_file};
use gloss_core::env::Env;
use gloss_core::error::{Error, ErrorCode};
use gloss_core::project::Project;
use serde_json::json;
use std::fs;
use std::io::{Seek, SeekFrom, Write};
use std::path::Path;

fn opening(path: &Path) -> ErrorCode {
    let before = fs::read(path).ok();
    let code = Project::open(path, Env::system()).expect_err("refused").code();
    assert_eq!(fs::read(path).ok(), before, "a refused file stays as it is");
    code
}

#[test]
fn what_is_not_a_project_is_refused_and_left_alone() {
    let folder = tempfile::tempdir().expect("a folder");
    let at = |name: &str| folder.path().join(name);
    assert_eq!(opening(&at("missing.gloss")), ErrorCode::ProjectMissing);
    assert_eq!(opening(folder.path()), ErrorCode::ProjectUnreadable);
    fs::write(at("text.gloss"), "not a database ".repeat(50)).expect("written");
    assert_eq!(opening(&at("text.gloss")), ErrorCode::ProjectNotSqlite);
    fs::write(at("short.gloss"), "x").expect("written");
    assert_eq!(opening(&at("short.gloss")), ErrorCode::ProjectNotSqlite);
    let other = rusqlite::Connection::open(at("other.gloss")).expect("opens");
    other.execute_batch("CREATE TABLE t (a)").expect("made");
    drop(other);
    assert_eq!(opening(&at("other.gloss")), ErrorCode::ProjectNotOurs);
}

#[test]
fn a_newer_or_read_only_or_truncated_project_is_refused() {
    let desk = Desk::new();
    desk.paste("A text of some length. ".repeat(2_000).as_str());
    let path = desk.path();
    let Desk { folder, project, .. } = desk;
    drop(project);
    let bytes = fs::read(&path).expect("read");
    let newer = folder.path().join("newer.gloss");
    let mut changed = bytes.clone();
    changed[60..64].copy_from_slice(&99_u32.to_be_bytes());
    fs::write(&newer, changed).expect("written");
    assert_eq!(opening(&newer), ErrorCode::ProjectNewer);
    let short = folder.path().join("short.gloss");
    fs::write(&short, &bytes[..bytes.len() / 2]).expect("written");
    assert_eq!(opening(&short), ErrorCode::ProjectDamaged);
    let mut permissions = fs::metadata(&path).expect("metadata").permissions();
    permissions.set_readonly(true);
    fs::set_permissions(&path, permissions).expect("set");
    assert_eq!(opening(&path), ErrorCode::ProjectReadOnly);
}

#[test]
fn a_locked_project_is_refused_after_waiting() {
    let desk = Desk::new();
    let path = desk.path();
    let Desk { folder: _folder, project, .. } = desk;
    drop(project);
    let other = rusqlite::Connection::open(&path).expect("opens");
    other.execute_batch("PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE; CREATE TABLE held (a)").expect("locked");
    assert!(matches!(Project::open(&path, Env::system()), Err(Error::ProjectLocked { .. })));
}

/// Flipped bytes are found, or do no harm; they never end the program.
#[test]
fn flipped_bytes_are_detected_or_harmless() {
    let desk = Desk::new();
    let text: String = (0..400).map(|n| format!("Sentence {n} of a text that fills pages.\n\n")).collect();
    let document = desk.paste(&text);
    for n in 0..40 {
        desk.mark(&document, &format!("Sentence {n} of"), &["military"]);
    }
    let path = desk.path();
    let Desk { folder, project, .. } = desk;
    drop(project);
    let whole = fs::read(&path).expect("read");
    let flipped = folder.path().join("flipped.gloss");
    let (mut refused, mut reported, mut harmless) = (0, 0, 0);
    for round in 0..60_u64 {
        fs::write(&flipped, &whole).expect("written");
        let mut file = fs::OpenOptions::new().write(true).open(&flipped).expect("opens");
        for step in 0..8 {
            let place = (round * 7_919 + step * 104_729 + 131) % whole.len() as u64;
            file.seek(SeekFrom::Start(place)).expect("seeks");
            file.write_all(&[whole[place as usize] ^ 0x55]).expect("writes");
        }
        drop(file);
        match Project::open(&flipped, Env::system()) {
            Err(_) => refused += 1,
            Ok(project) => {
                let desk = Desk {
                    folder: tempfile::tempdir().expect("a folder"),
                    project,
                    units: gloss_core::api::Units::Utf16,
                };
                match desk.reply("project_check", json!({})) {
                    Ok(reply) if reply.json.contains("\"ok\":true") => harmless += 1,
                    _ => reported += 1,
                }
                for command in ["document_list", "highlight_list", "dashboard", "link_list", "history_list"] {
                    let _ = desk.reply(command, json!({}));
                }
            }
        }
        for ending in ["-wal", "-shm"] {
            let _ = fs::remove_file(folder.path().join(format!("flipped.gloss{ending}")));
        }
    }
    assert!(refused + reported > 30, "refused {refused}, reported {reported}, harmless {harmless}");
}

#[test]
fn a_copy_is_a_whole_project_and_a_bad_target_changes_nothing() {
    let desk = Desk::new();
    let document = desk.paste("Something to keep.");
    desk.mark(&document, "to keep", &["economic"]);
    let copy = desk.folder.path().join("copy.gloss");
    desk.project.copy_to(&copy).expect("copied");
    let copied = Project::open(&copy, Env::system()).expect("opens");
    assert_eq!(copied.document_text(&document).expect("text").text.as_str(), "Something to keep.");
    assert!(matches!(desk.project.copy_to(desk.folder.path()), Err(Error::ExportFolder { .. })));
    assert!(matches!(desk.project.copy_to(Path::new("/nowhere/at/all.gloss")), Err(Error::ExportNotWritable { .. })));
    assert!(matches!(Project::create(&copy, Env::system()), Err(Error::ProjectExists { .. })));
}

#[test]
fn a_file_that_is_not_a_text_is_refused_with_its_code() {
    let desk = Desk::new();
    let folder = desk.folder.path();
    let write = |name: &str, bytes: &[u8]| {
        let path = folder.join(name);
        fs::write(&path, bytes).expect("written");
        path
    };
    let big = folder.join("big.txt");
    fs::File::create(&big).and_then(|file| file.set_len(60 * 1024 * 1024)).expect("a sparse file");
    let cases = [
        (write("empty.txt", b""), ErrorCode::ImportEmpty),
        (write("blank.txt", b" \n\n "), ErrorCode::ImportEmpty),
        (write("binary.txt", &[0, 1, 2, 3, 0, 255, 254, 0, 7, 0, 9, 1, 1, 1, 0, 0]), ErrorCode::ImportBinary),
        (write("report.docx", b"PK\x03\x04 anything"), ErrorCode::ImportDamaged),
        (write("report.doc", b"anything"), ErrorCode::ImportFormat),
        (big, ErrorCode::ImportTooLarge),
        (folder.join("missing.txt"), ErrorCode::ImportMissing),
        (folder.to_path_buf(), ErrorCode::ImportFolder),
        ("/dev/null".into(), ErrorCode::ImportUnreadable),
    ];
    for (path, code) in cases {
        let before = desk.dump();
        let error = import_file(&desk.project, &path, &Overrides::default()).expect_err("refused");
        assert_eq!(error.code(), code, "{}", path.display());
        assert!(!error.to_string().contains(&folder.display().to_string()), "no folder in a message: {error}");
        assert_eq!(desk.dump(), before);
    }
}

#[test]
fn what_another_process_changed_is_always_noticed() {
    let desk = Desk::new();
    let document = desk.paste("Some words are here, and others there.");
    let other = Desk {
        folder: tempfile::tempdir().expect("a folder"),
        project: Project::open(&desk.path(), Env::system()).expect("opens beside"),
        units: desk.units,
    };
    let upkeep = || gloss_core::upkeep::upkeep(&desk.project).expect("looked after");
    let noticed = || desk.project.changes_outside().expect("looked").is_some();
    let steps: [&dyn Fn(); 4] =
        [&|| (), &upkeep, &|| drop(desk.paste("A text of our own.")), &|| drop(desk.run("undo", json!({})))];
    upkeep();
    assert!(!noticed());
    for round in 0..64 {
        let id = other.mark(&document, "words", &["military"]);
        // What this process does meanwhile must not hide it.
        steps[round % 4]();
        steps[round / 4 % 4]();
        assert!(noticed(), "round {round}, {id}");
        steps[round / 16 % 4]();
        assert!(!noticed(), "nothing happened outside, round {round}");
    }
}
