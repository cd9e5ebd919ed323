//! `cargo xtask test`: everything that must hold before a change is taken, cheapest first; the first failure stops it.
//!
//! Every cargo call selects the whole workspace: the same crates with the same features each time, so that one target
//! folder serves clippy, the build, the package and all tests without compiling a dependency twice.

use std::time::{Duration, Instant};

use crate::place::Build;
use crate::system::{self, Need};
use crate::{Outcome, bundle, checks, contract, run, step, window};

/// One line of the report.
struct Step {
    name: &'static str,
    act: fn() -> Outcome,
}

const STEPS: &[Step] = &[
    Step { name: "system packages", act: || system::ensure(&[Need::Build, Need::Window]) },
    Step { name: "Rust formatting", act: || step::run(&mut step::cargo(&["fmt", "--all", "--check"])) },
    Step { name: "the core names no window and no executor", act: checks::core_is_free },
    Step { name: "npm packages", act: window::packages },
    Step { name: "one file of the window talks to Tauri", act: checks::one_backend },
    Step { name: "window: formatting", act: || window::script("format:check") },
    Step { name: "window: lints", act: || window::script("lint") },
    Step { name: "window: types", act: || window::script("check") },
    Step { name: "window: tests", act: || window::script("test") },
    Step { name: "window: build", act: window::build },
    Step {
        name: "Rust lints",
        act: || step::run(&mut step::cargo(&["clippy", "--workspace", "--all-targets", "--", "-D", "warnings"])),
    },
    Step { name: "Rust documentation", act: documentation },
    Step { name: "the contract is up to date", act: || step::run(&mut contract::test()) },
    Step { name: "build", act: || step::run(&mut step::cargo(&["test", "--workspace", "--no-run"])) },
    Step { name: "the manual names every command", act: checks::manual_is_complete },
    Step { name: "the main job in a virtual window", act: main_job },
    Step { name: "core, command line, package and window", act: tests },
];

pub(crate) fn test() -> Outcome {
    for tool in ["fmt", "clippy"] {
        step::output(&mut step::cargo(&[tool, "--version"])).map_err(|reason| {
            format!("rustfmt and clippy are needed (`rustup component add rustfmt clippy`). {reason}")
        })?;
    }
    let start = Instant::now();
    let mut times: Vec<(&str, Duration)> = Vec::new();
    for Step { name, act } in STEPS {
        println!("\n── {name}");
        let begun = Instant::now();
        act().map_err(|reason| format!("failed at “{name}”: {reason}"))?;
        times.push((name, begun.elapsed()));
        println!("   ok, {}", seconds(begun.elapsed()));
    }
    println!("\nAll passed in {}:", seconds(start.elapsed()));
    for (name, time) in times {
        println!("  {:>8}  {name}", seconds(time));
    }
    Ok(())
}

fn documentation() -> Outcome {
    step::run(step::cargo(&["doc", "--workspace", "--no-deps"]).env("RUSTDOCFLAGS", "-D warnings"))
}

/// Every Rust test. Where windows can be driven, that includes the stories in the real window and the installed
/// package, which is packed here from the program that the tests use.
fn tests() -> Outcome {
    if !system::can_drive_windows() {
        println!("  Left out on this system: the window tests and the package test (see the packages named above).");
        return step::run(&mut step::cargo(&["test", "--workspace", "--no-fail-fast", "--exclude", "gloss-e2e"]));
    }
    let packages = bundle::pack(Build::Debug)?;
    step::run(step::cargo(&["test", "--workspace", "--no-fail-fast"]).env("GLOSS_DEB", &packages[0]))
}

/// Runs what `cargo xtask run` does without a display: no other test drives it.
fn main_job() -> Outcome {
    if system::can_drive_windows() { run::main_job(Build::Debug) } else { Ok(()) }
}

fn seconds(time: Duration) -> String {
    format!("{:.1} s", time.as_secs_f64())
}
