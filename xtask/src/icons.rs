//! `cargo xtask icons`: every size and container from the one drawing, `icons/gloss.svg`.
//!
//! The set is committed, so that building Gloss needs no drawing tool.

use std::path::Path;

use crate::{Outcome, place, step, window};

/// Edge lengths in pixels: the sizes that desktops look for in the hicolor icon theme.
const SIZES: [u32; 8] = [16, 24, 32, 48, 64, 128, 256, 512];
/// Several sizes in one file, for Windows and macOS.
const CONTAINERS: [&str; 2] = ["icon.ico", "icon.icns"];

pub(crate) fn icons() -> Outcome {
    window::packages()?;
    let icons = place::root().join("icons");
    let drawing = icons.join("gloss.svg");
    let workshop = place::binaries(place::Build::Debug).with_file_name("icons");
    let render =
        |words: &[&str]| step::run(window::tauri(&["icon"]).arg(&drawing).arg("--output").arg(&workshop).args(words));

    render(&[])?;
    let sizes: Vec<String> = SIZES.iter().map(u32::to_string).collect();
    render(&["--png", &sizes.join(",")])?;

    for name in CONTAINERS.map(String::from).into_iter().chain(SIZES.map(|size| format!("{size}x{size}.png"))) {
        copy(&workshop.join(&name), &icons.join(&name))?;
    }
    println!("icons/ is written. Look at 16x16.png, 32x32.png and 128x128.png before you commit them.");
    Ok(())
}

fn copy(from: &Path, to: &Path) -> Outcome {
    std::fs::copy(from, to).map(drop).map_err(|error| format!("{} could not be copied: {error}", place::shown(from)))
}
