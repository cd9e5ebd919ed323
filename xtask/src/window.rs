//! The window's own build: npm packages by the lock file, then the bundle in `ui/dist` that the program embeds.
//!
//! The shell does not compile without `ui/dist`, so every recipe that compiles it comes through here first.

use std::path::Path;
use std::process::Command;
use std::time::SystemTime;

use crate::{Outcome, place, step};

/// The oldest Node that the window's tools accept.
const NODE_MAJOR: u32 = 20;

/// One npm script of `ui/package.json`.
pub(crate) fn script(name: &str) -> Outcome {
    step::run(&mut npm(&["run", "--silent", name]))
}

/// The Tauri command line of the lock file, started in `src-tauri`, where its configuration is.
pub(crate) fn tauri(words: &[&str]) -> Command {
    let entry = place::root().join("ui/node_modules/@tauri-apps/cli/tauri.js");
    let mut command = step::command("node", &[]);
    command.arg(entry).args(words).current_dir(place::root().join("src-tauri"));
    command
}

/// Fetches the npm packages, unless those of the lock file are there.
pub(crate) fn packages() -> Outcome {
    let version = step::output(&mut step::command("node", &["--version"]))
        .map_err(|reason| format!("Node {NODE_MAJOR} or newer is needed to build the window. {reason}"))?;
    if major(&version).is_none_or(|major| major < NODE_MAJOR) {
        return Err(format!("Node {NODE_MAJOR} or newer is needed to build the window; this is {}", version.trim()));
    }
    let ui = place::root().join("ui");
    // npm writes this file last, so an interrupted installation is repeated.
    let fetched = changed(&ui.join("node_modules/.package-lock.json"));
    if fetched.is_none() || fetched < changed(&ui.join("package-lock.json")) {
        step::run(&mut npm(&["ci", "--no-audit", "--no-fund"]))?;
    }
    Ok(())
}

/// Builds `ui/dist`, unless it is newer than everything that it is made from.
pub(crate) fn build() -> Outcome {
    packages()?;
    let ui = place::root().join("ui");
    let built = changed(&ui.join("dist/index.html"));
    if built.is_none() || built < newest(&ui, &["node_modules", "dist"]) {
        script("build")?;
    }
    Ok(())
}

fn npm(words: &[&str]) -> Command {
    let mut command = step::command(if cfg!(windows) { "npm.cmd" } else { "npm" }, words);
    command.current_dir(place::root().join("ui"));
    command
}

fn major(version: &str) -> Option<u32> {
    version.trim().strip_prefix('v')?.split('.').next()?.parse().ok()
}

fn changed(path: &Path) -> Option<SystemTime> {
    path.metadata().and_then(|metadata| metadata.modified()).ok()
}

/// The latest change in a folder: of a file, or of a subfolder, which changes when a file in it goes.
fn newest(folder: &Path, except: &[&str]) -> Option<SystemTime> {
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
    entries
        .filter(|entry| !except.iter().any(|name| entry.file_name() == *name))
        .filter_map(|entry| {
            let path = entry.path();
            let within = if path.is_dir() { newest(&path, &[]) } else { None };
            within.max(changed(&path))
        })
        .max()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_major_version_is_read_from_what_node_says() {
        assert_eq!(major("v20.20.2\n"), Some(20));
        assert_eq!(major("20.20.2"), None);
    }

    #[test]
    fn the_newest_change_is_found_in_depth_and_leaves_out_what_is_named() {
        let folder = std::env::temp_dir().join(format!("gloss-xtask-newest-{}", std::process::id()));
        std::fs::create_dir_all(folder.join("a/b")).expect("temporary folder");
        let at = |name: &str, seconds: u64| {
            let time = SystemTime::UNIX_EPOCH + std::time::Duration::from_secs(seconds);
            let file = std::fs::File::create(folder.join(name)).expect("temporary file");
            file.set_modified(time).expect("time of a file");
            time
        };
        let far = u64::from(u32::MAX);
        let deep = at("a/b/deep", far);
        at("dist", far + 10);
        assert_eq!(newest(&folder, &["dist"]), Some(deep));
        std::fs::remove_dir_all(&folder).expect("temporary folder removed");
    }
}
