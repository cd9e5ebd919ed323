//! `cargo xtask bench`: how fast the core is, and the window where one can be driven; release builds, tables and JSON.

use crate::compile::compile;
use crate::place::{self, Build};
use crate::system::{self, Need};
use crate::{Outcome, step, window};

pub(crate) fn bench(quick: bool) -> Outcome {
    let build = Build::Release;
    let words: &[&str] = if quick { &["--quick"] } else { &[] };
    system::ensure(&[Need::Build, Need::Window])?;
    window::build()?;
    let drives = system::can_drive_windows();
    let mut binaries = vec!["core_speed"];
    if drives {
        binaries.extend(["gloss", "window_speed"]);
    }
    compile(build, &binaries)?;
    step::run(&mut step::command(place::program(build, "core_speed"), words))?;
    if !drives {
        println!("  Left out on this system: the figures of the window (see the packages named above).");
        return Ok(());
    }
    let mut program = step::command(place::program(build, "window_speed"), words);
    step::run(program.env("GLOSS_BIN", place::program(build, "gloss")))
}
