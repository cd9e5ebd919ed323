//! Where things are: the checkout, and the folder that cargo builds into.

use std::path::{Path, PathBuf};

/// Which of cargo's two profiles.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Build {
    Debug,
    Release,
}

/// The top of the checkout.
pub(crate) fn root() -> &'static Path {
    let xtask = Path::new(env!("CARGO_MANIFEST_DIR"));
    xtask.parent().unwrap_or(xtask)
}

/// The folder that holds the binaries of one profile. Found from this program's own place in it, so that a target
/// folder that was moved by configuration or environment is found too.
pub(crate) fn binaries(build: Build) -> PathBuf {
    let own = std::env::current_exe().unwrap_or_default();
    let debug = own.parent().map_or_else(|| root().join("target/debug"), Path::to_path_buf);
    match build {
        Build::Debug => debug,
        Build::Release => debug.with_file_name("release"),
    }
}

/// The built program of one profile, whether or not it exists yet.
pub(crate) fn program(build: Build, name: &str) -> PathBuf {
    binaries(build).join(format!("{name}{}", std::env::consts::EXE_SUFFIX))
}

/// `path` as a person in the checkout would type it.
pub(crate) fn shown(path: &Path) -> String {
    path.strip_prefix(root()).unwrap_or(path).display().to_string()
}
