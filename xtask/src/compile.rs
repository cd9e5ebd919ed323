//! Compiles binaries of the workspace, always with every member selected: shared crates then get the same features in
//! every recipe, and nothing is compiled twice.

use crate::place::Build;
use crate::{Outcome, step};

pub(crate) fn compile(build: Build, binaries: &[&str]) -> Outcome {
    let mut words = vec!["build", "--workspace"];
    if build == Build::Release {
        // The feature makes the program serve its embedded window under Tauri's release rules.
        words.extend(["--release", "--features", "tauri/custom-protocol"]);
    }
    for binary in binaries {
        words.extend(["--bin", binary]);
    }
    step::run(&mut step::cargo(&words))
}
