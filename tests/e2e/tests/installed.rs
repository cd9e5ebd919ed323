//! The package, installed: the program in its place, its command line, its window, and what a desktop needs to find it.
//!
//! With the right to install, the package is installed on this machine and removed again; without it, it is unpacked
//! into a folder of its own and run from there.

use gloss_e2e::sources::fixture;
use gloss_e2e::{Seat, sought};
use std::path::{Path, PathBuf};
use std::process::Command;

/// Where the package's files are; an installed package goes when this is dropped.
enum Place {
    System,
    Folder(tempfile::TempDir),
}

impl Place {
    fn of(&self, file: &str) -> PathBuf {
        match self {
            Place::System => Path::new("/").join(file),
            Place::Folder(folder) => folder.path().join(file),
        }
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        if matches!(self, Place::System) {
            // Nothing more can be done when the removal fails; the next test run installs over it.
            let _ = Command::new("dpkg").args(["--remove", "gloss"]).status();
        }
    }
}

fn said(program: &str, arguments: &[&str]) -> Option<String> {
    let output = Command::new(program).args(arguments).output().ok()?;
    output.status.success().then(|| String::from_utf8_lossy(&output.stdout).trim().to_owned())
}

/// Installs where that is possible without touching a package that the person installed.
fn install(package: &Path) -> Place {
    let may_install = said("id", &["-u"]).as_deref() == Some("0");
    let installed = said("dpkg-query", &["--show", "--showformat=${db:Status-Status}", "gloss"]);
    if may_install && installed.as_deref() != Some("installed") {
        let done = Command::new("dpkg").arg("--install").arg(package).status();
        assert!(done.is_ok_and(|status| status.success()), "{} could not be installed", package.display());
        return Place::System;
    }
    let folder = tempfile::tempdir().unwrap_or_else(|error| panic!("no temporary folder: {error}"));
    let done = Command::new("dpkg-deb").arg("--extract").arg(package).arg(folder.path()).status();
    assert!(done.is_ok_and(|status| status.success()), "{} could not be unpacked", package.display());
    Place::Folder(folder)
}

#[tokio::test]
async fn the_installed_package_works_from_the_command_line_and_in_its_window() {
    let Some(package) = std::env::var_os("GLOSS_DEB").filter(|value| !value.is_empty()).map(PathBuf::from) else {
        panic!(
            "GLOSS_DEB names no package: run `cargo xtask test`, or `cargo xtask bundle --debug` and name what it made"
        );
    };
    let place = install(&package);
    for file in [
        "usr/share/applications/gloss.desktop",
        "usr/share/mime/packages/org.gloss.desktop.xml",
        "usr/share/man/man1/gloss.1.gz",
        "usr/share/icons/hicolor/16x16/apps/gloss.png",
        "usr/share/icons/hicolor/512x512/apps/gloss.png",
    ] {
        assert!(place.of(file).is_file(), "the package has no /{file}");
    }

    let seat = Seat::new().with_program(place.of("usr/bin/gloss"));
    assert!(seat.gloss(&["--version"]).starts_with("gloss "));
    let document = seat.import("strait.txt", &fixture("strait.txt"));
    seat.mark(&document, "The statement has two pages", &["diplomatic"], "Short.");
    let notes = seat.file("notes.md");
    seat.gloss(&["export", "--output", &notes.to_string_lossy()]);
    let written = std::fs::read_to_string(&notes).unwrap_or_default();
    assert!(written.contains("> The statement has two pages"), "the exported notes are: {written}");

    let window = seat.open().await;
    window.open_document("The Strait Reopens").await;
    window.marked("The statement has two pages", "diplomatic; has a note").await;
    window.see(&sought("complementary").named("Margin notes")).await;
    window.close().await;
}
