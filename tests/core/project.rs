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
    let refused = |path: &Path| Project::open(path, Env::system()).expect_err("refused").code();
    assert_eq!(refused(Path::new("/dev/zero")), ErrorCode::ProjectUnreadable);
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

fn mark_twenty(desk: &Desk, document: &str) -> Vec<Result<gloss_core::api::Reply, Error>> {
    let mark = |n: u32| {
        let quote = json!({ "document": document, "quote": "words", "tags": [], "note": format!("Note {n}") });
        desk.reply("highlight_quote", quote)
    };
    (0..20).map(mark).collect()
}

/// The bytes of a file; a pipe would be waited for.
#[cfg(unix)]
fn bytes(path: &Path) -> Option<Vec<u8>> {
    fs::metadata(path).ok().filter(fs::Metadata::is_file)?;
    fs::read(path).ok()
}

/// Each way in which the files of an open project may go, and the code of every write after it.
#[cfg(unix)]
#[test]
fn nothing_is_written_to_a_project_that_was_moved_replaced_or_removed() {
    type Move = fn(&Path) -> std::io::Result<()>;
    let beside = |path: &Path, ending: &str| path.with_extension(format!("gloss{ending}"));
    let ways: [(&str, Move); 8] = [
        ("renamed", |path| fs::rename(path, path.with_extension("renamed.gloss"))),
        ("removed", |path| fs::remove_file(path)),
        ("replaced by a copy", |path| {
            let copy = path.with_extension("other");
            fs::copy(path, &copy)?;
            fs::rename(copy, path)
        }),
        ("replaced by a pipe", |path| {
            fs::remove_file(path)?;
            let made = std::process::Command::new("mkfifo").arg(path).status()?;
            assert!(made.success());
            Ok(())
        }),
        ("replaced by a folder", |path| fs::remove_file(path).and_then(|()| fs::create_dir(path))),
        ("without its log", |path| fs::remove_file(path.with_extension("gloss-wal"))),
        ("without the log's index", |path| fs::remove_file(path.with_extension("gloss-shm"))),
        ("in a folder that was renamed", |path| {
            let folder = path.parent().expect("a folder");
            fs::rename(folder, folder.with_extension("away"))
        }),
    ];
    for (way, go) in ways {
        let outer = tempfile::tempdir().expect("a folder");
        let folder = outer.path().join("проект");
        fs::create_dir(&folder).expect("made");
        let path = folder.join("desk.gloss");
        let project = Project::create(&path, Env::system()).expect("a project");
        let desk = Desk { folder: outer, project, units: gloss_core::api::Units::CodePoints };
        let document = desk.paste("Some words are here, и другие слова там.");
        let kept = desk.mark(&document, "words", &["military"]);
        assert!(desk.project.trouble().is_none(), "{way}");
        go(&path).unwrap_or_else(|error| panic!("{way}: {error}"));
        let now = bytes(&path);
        for reply in mark_twenty(&desk, &document) {
            let error = reply.expect_err(way);
            assert_eq!(error.code(), ErrorCode::ProjectMoved, "{way}: {error}");
            assert!(!error.to_string().contains(&folder.display().to_string()), "{error}");
        }
        for refused in ["undo", "redo", "project_compact"] {
            assert_eq!(desk.reply(refused, json!({})).expect_err(way).code(), ErrorCode::ProjectMoved, "{way}");
        }
        let step = desk.project.one_step("Many", || Ok(())).expect_err(way);
        assert_eq!(step.code(), ErrorCode::ProjectMoved, "{way}");
        assert_eq!(desk.project.trouble().map(|error| error.code()), Some(ErrorCode::ProjectMoved), "{way}");
        gloss_core::upkeep::upkeep(&desk.project).expect("nothing to do");
        assert!(bytes(&path) == now, "{way}: what stands there now is another's");
        // What is open can still be read, searched and copied, with all that was saved before.
        assert_eq!(desk.run("highlight_list", json!({}))[0]["id"], kept, "{way}");
        assert_eq!(desk.run("search", json!({ "query": "слова" }))["groups"][0]["document"], document, "{way}");
        let copy = desk.folder.path().join("copy.gloss");
        desk.project.copy_to(&copy).unwrap_or_else(|error| panic!("{way}: {error}"));
        let copied = Project::open(&copy, Env::system()).expect("the copy opens");
        let copied = Desk { folder: tempfile::tempdir().expect("a folder"), project: copied, units: desk.units };
        assert_eq!(copied.run("highlight_list", json!({}))[0]["id"], kept, "{way}");
        assert_eq!(copied.run("project_check", json!({}))["ok"], true, "{way}");
        assert_eq!(mark_twenty(&copied, &document).into_iter().filter(Result::is_ok).count(), 20, "{way}");
        let Desk { folder: _outer, project, .. } = desk;
        drop(project);
        if !way.starts_with("without") {
            assert!(bytes(&path) == now, "{way}: not at closing either");
        }
        if fs::metadata(&path).is_ok_and(|found| found.is_file()) {
            let again = Project::open(&path, Env::system()).unwrap_or_else(|error| panic!("{way}: {error}"));
            let again = Desk { folder: tempfile::tempdir().expect("a folder"), project: again, units: copied.units };
            assert_eq!(again.run("project_check", json!({}))["ok"], true, "{way}");
            if way.starts_with("without") {
                assert_eq!(again.run("highlight_list", json!({}))[0]["id"], kept, "{way}: nothing is lost");
            }
            assert!(!beside(&path, "-wal").is_symlink());
        }
    }
}

/// A copy that is restored over the file keeps its inode: the pages that are open and those in the file do not belong
/// together any more.
#[cfg(target_os = "linux")]
#[test]
fn nothing_is_written_to_or_read_from_a_project_that_was_overwritten() {
    let desk = Desk::new();
    let document = desk.paste("Some words are here.");
    gloss_core::upkeep::upkeep(&desk.project).expect("looked after");
    let restored = desk.folder.path().join("restored.gloss");
    desk.project.copy_to(&restored).expect("copied");
    for n in 0..50 {
        desk.mark(&document, "words", if n % 2 == 0 { &["military"] } else { &["economic"] });
    }
    gloss_core::upkeep::upkeep(&desk.project).expect("looked after");
    assert!(desk.project.trouble().is_none());
    let bytes = fs::read(&restored).expect("read");
    fs::write(desk.path(), &bytes).expect("overwritten");
    for reply in mark_twenty(&desk, &document) {
        assert_eq!(reply.expect_err("refused").code(), ErrorCode::ProjectOverwritten);
    }
    let read = desk.reply("highlight_list", json!({})).expect_err("refused");
    assert_eq!(read.code(), ErrorCode::ProjectOverwritten);
    let copy = desk.folder.path().join("copy.gloss");
    assert_eq!(desk.project.copy_to(&copy).expect_err("refused").code(), ErrorCode::ProjectOverwritten);
    let path = desk.path();
    let Desk { folder: _folder, project, units } = desk;
    drop(project);
    assert!(fs::read(&path).expect("read") == bytes, "not at closing either");
    let again = Project::open(&path, Env::system()).expect("opens");
    let again = Desk { folder: tempfile::tempdir().expect("a folder"), project: again, units };
    assert_eq!(again.run("project_check", json!({}))["ok"], true);
    assert_eq!(again.run("highlight_list", json!({})).as_array().map(Vec::len), Some(0), "what was restored");
}

/// Moves of the log into the file, by this process or another, are no overwriting.
#[test]
fn a_project_that_two_write_to_and_keep_up_is_the_same_all_the_time() {
    let desk = Desk::new();
    let document = desk.paste("Some words are here.");
    let other = Project::open(&desk.path(), Env::system()).expect("opens beside");
    let over = std::sync::atomic::AtomicBool::new(false);
    std::thread::scope(|scope| {
        for project in [&desk.project, &other] {
            let over = &over;
            scope.spawn(move || {
                while !over.load(std::sync::atomic::Ordering::SeqCst) {
                    gloss_core::upkeep::upkeep(project).expect("looked after");
                    assert!(project.trouble().is_none(), "{:?}", project.trouble());
                }
            });
        }
        for n in 0..150 {
            let project = if n % 3 == 0 { &other } else { &desk.project };
            let quote = json!({ "document": document, "quote": "words", "tags": [], "note": "n".repeat(n * 40) });
            let units = gloss_core::api::Units::CodePoints;
            let reply = gloss_core::api::dispatch(project, units, "highlight_quote", &quote.to_string());
            if let Err(error) = reply {
                over.store(true, std::sync::atomic::Ordering::SeqCst);
                panic!("round {n}: {error}");
            }
            if n % 50 == 49 {
                desk.run("project_compact", json!({}));
            }
        }
        over.store(true, std::sync::atomic::Ordering::SeqCst);
    });
    drop(other);
    assert!(desk.project.trouble().is_none());
    assert_eq!(desk.run("project_check", json!({}))["ok"], true);
    assert_eq!(desk.run("highlight_list", json!({})).as_array().map(Vec::len), Some(150));
}

#[test]
fn a_copy_never_stands_beside_the_log_of_another_project() {
    let desk = Desk::new();
    desk.paste("Something to keep.");
    let other = desk.folder.path().join("other.gloss");
    let open = Project::create(&other, Env::system()).expect("a project");
    let refused = desk.project.copy_to(&other).expect_err("it is open elsewhere");
    assert_eq!(refused.code(), ErrorCode::ProjectExists);
    drop(open);
    desk.project.copy_to(&other).expect("a file that a person wants to replace");
    let copied = Project::open(&other, Env::system()).expect("opens");
    assert_eq!(copied.name(), "other");
}

#[test]
fn a_failed_read_never_says_that_a_change_was_not_saved() {
    let desk = Desk::new();
    let read = desk.project.read(desk.units, |cx| {
        cx.db.query_row("SELECT json('{')", [], |row| row.get::<_, String>(0)).map(drop)?;
        Ok(())
    });
    let error = read.expect_err("refused");
    assert_eq!(error.code(), ErrorCode::ReadFailed);
    assert!(!error.to_string().contains("saved"), "{error}");
    let full = desk.project.read(desk.units, |_| Err::<(), _>(Error::DiskFull)).expect_err("refused");
    assert_eq!(full.code(), ErrorCode::ReadFailed);
    assert!(full.to_string().contains("disk is full") && !full.to_string().contains("saved"), "{full}");
}
