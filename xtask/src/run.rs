//! `cargo xtask run`: the window; or, where there is no display, the main job in a virtual one.

use std::path::Path;

use crate::compile::compile;
use crate::place::{self, Build};
use crate::system::{self, Need};
use crate::{Outcome, step, window};

/// What the main job leaves behind.
const RESULTS: [&str; 2] = ["notes.md", "screenshot.png"];

pub(crate) fn run(build: Build, words: &[&str]) -> Outcome {
    let display = !cfg!(target_os = "linux") || ["DISPLAY", "WAYLAND_DISPLAY"].into_iter().any(is_set);
    if !display && words.is_empty() {
        return main_job(build);
    }
    system::ensure(&[Need::Build])?;
    window::build()?;
    compile(build, &["gloss"])?;
    step::run(&mut step::command(place::program(build, "gloss"), words))
}

/// Does the main job in a virtual window, and leaves its notes and a screenshot in the build folder.
pub(crate) fn main_job(build: Build) -> Outcome {
    println!("No display: the main job runs in a virtual window.");
    system::ensure(&[Need::Build, Need::Window])?;
    if !system::can_drive_windows() {
        return Err("the virtual window needs the programs WebKitWebDriver, Xvfb, dbus-run-session and xdotool".into());
    }
    window::build()?;
    compile(build, &["gloss", "main_job"])?;

    let folder = place::binaries(build).with_file_name("gloss-run");
    if folder.exists() {
        std::fs::remove_dir_all(&folder)
            .map_err(|error| format!("{} could not be emptied: {error}", place::shown(&folder)))?;
    }
    std::fs::create_dir_all(&folder)
        .map_err(|error| format!("{} could not be made: {error}", place::shown(&folder)))?;
    step::run(step::command(place::program(build, "main_job"), &["--out"]).arg(&folder))?;

    println!("\nThe sample was imported, marked, tagged, noted, linked and exported:");
    RESULTS.into_iter().try_for_each(|name| tell(&folder.join(name)))
}

fn tell(file: &Path) -> Outcome {
    let bytes = file.metadata().map_or(0, |metadata| metadata.len());
    if bytes == 0 {
        return Err(format!("the main job left no {}", place::shown(file)));
    }
    println!("  {}  ({bytes} bytes)", file.display());
    Ok(())
}

fn is_set(name: &str) -> bool {
    std::env::var_os(name).is_some_and(|value| !value.is_empty())
}
