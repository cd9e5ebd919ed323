//! What the program writes for itself is its owner's alone, whatever the umask; an export is a person's own document.
#![cfg(unix)]

use crate::bench::{Bench, clean, stderr};
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::process::Output;

fn mode(path: &Path) -> u32 {
    let found = std::fs::metadata(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    found.permissions().mode() & 0o7777
}

fn set(path: &Path, mode: u32) {
    std::fs::set_permissions(path, PermissionsExt::from_mode(mode)).expect("set");
}

/// Runs the binary under a umask, on the project of the environment or on the library.
fn under(umask: &str, bench: &Bench, on_library: bool, words: &[&str]) -> Output {
    let mut command = clean("/bin/sh", bench.folder.path());
    if !on_library {
        command.env("GLOSS_PROJECT", bench.project());
    }
    let line = format!("umask {umask}; exec \"$0\" \"$@\"");
    let output = command.args(["-c", &line, env!("CARGO_BIN_EXE_gloss")]).args(words).output().expect("it runs");
    assert_eq!(output.status.code(), Some(0), "{words:?} under {umask}: {}", stderr(&output));
    output
}

/// Every file and folder below a folder, with its mode.
fn modes(folder: &Path) -> Vec<(String, u32)> {
    let mut found = vec![(folder.display().to_string(), mode(folder))];
    for entry in std::fs::read_dir(folder).expect("a folder").flatten() {
        if entry.path().is_dir() {
            found.extend(modes(&entry.path()));
        } else {
            found.push((entry.path().display().to_string(), mode(&entry.path())));
        }
    }
    found
}

#[test]
fn what_is_made_is_private_under_every_umask_and_an_export_follows_it() {
    for (umask, export) in [("000", 0o666), ("022", 0o644), ("077", 0o600), ("277", 0o400)] {
        let bench = Bench::new();
        bench.file("text.txt", b"A text.");
        under(umask, &bench, false, &["import", "text.txt"]);
        under(umask, &bench, true, &["import", "text.txt"]);
        under(umask, &bench, false, &["copy", "copy.gloss"]);
        if umask != "277" {
            under(umask, &bench, false, &["export", "--output", "notes.md"]);
            assert_eq!(mode(&bench.path("notes.md")), export, "{umask}");
        }
        assert_eq!((mode(&bench.project()), mode(&bench.path("copy.gloss"))), (0o600, 0o600), "{umask}");
        let own = modes(&bench.path("data/org.gloss.desktop"));
        assert!(own.len() >= 5, "{own:?}");
        for (path, mode) in own {
            let wanted = if Path::new(&path).is_dir() { 0o700 } else { 0o600 };
            assert_eq!(mode, wanted, "{path} under {umask}");
        }
    }
}

#[test]
fn the_files_beside_an_open_project_are_private_too() {
    let bench = Bench::empty();
    set(&bench.project(), 0o644);
    let project = gloss_core::project::Project::open(&bench.project(), gloss_core::env::Env::system()).expect("opens");
    for name in ["project.gloss", "project.gloss-wal", "project.gloss-shm"] {
        assert_eq!(mode(&bench.path(name)), 0o600, "{name}");
    }
    drop(project);
}

#[test]
fn what_an_older_version_left_open_to_others_is_mended_and_nothing_else() {
    let bench = Bench::new();
    bench.file("text.txt", b"A text.");
    under("022", &bench, true, &["import", "text.txt"]);
    let data = bench.path("data/org.gloss.desktop");
    let config = bench.path("config/org.gloss.desktop");
    std::fs::create_dir_all(&config).expect("a folder");
    std::fs::write(config.join("settings.json"), "{}").expect("written");
    std::fs::write(data.join("library.v1.gloss"), "an older copy").expect("written");
    let others = [bench.folder.path().to_path_buf(), bench.path("data"), bench.path("config"), bench.path("text.txt")];
    for path in &others {
        set(path, if path.is_dir() { 0o755 } else { 0o644 });
    }
    for (path, _) in [modes(&data), modes(&config)].concat() {
        set(Path::new(&path), if Path::new(&path).is_dir() { 0o755 } else { 0o644 });
    }
    under("022", &bench, true, &["documents"]);
    under("022", &bench, true, &["import", "text.txt"]);
    for (path, mode) in [modes(&data), modes(&config)].concat() {
        let wanted = if Path::new(&path).is_dir() { 0o700 } else { 0o600 };
        assert_eq!(mode, wanted, "{path}");
    }
    for path in &others {
        assert_eq!(mode(path), if path.is_dir() { 0o755 } else { 0o644 }, "{} is not the program's", path.display());
    }
}

#[test]
fn a_project_in_a_foreign_folder_is_mended_and_the_folder_is_not() {
    let bench = Bench::empty();
    set(&bench.project(), 0o664);
    set(bench.folder.path(), 0o775);
    let neighbour = bench.file("neighbour.gloss", b"another's");
    set(Path::new(&neighbour), 0o664);
    bench.ok(&["documents"]);
    assert_eq!(mode(&bench.project()), 0o600);
    assert_eq!((mode(bench.folder.path()), mode(Path::new(&neighbour))), (0o775, 0o664));
}
