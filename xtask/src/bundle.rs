//! `cargo xtask bundle`: the packages that people install. Tauri's bundler makes them from the built program; what it
//! does not know is done here: the compressed manual, and the C library that this binary needs.

use std::fs;
use std::path::{Path, PathBuf};

use crate::compile::compile;
use crate::place::{self, Build};
use crate::system::{self, Need};
use crate::{Outcome, step, window};

/// Where `tauri.conf.json` expects the compressed manual, beside it.
const MANUAL: &str = "gen/linux/gloss.1.gz";

pub(crate) fn bundle(build: Build) -> Outcome {
    if !cfg!(target_os = "linux") {
        return Err(
            "packages are made on Linux only so far; `cargo xtask run --release` builds the program itself".into()
        );
    }
    system::ensure(&[Need::Build])?;
    window::build()?;
    compile(build, &["gloss"])?;
    for package in pack(build)? {
        let megabytes = package.metadata().map_or(0.0, |metadata| metadata.len() as f64 / 1e6);
        println!("{}  ({megabytes:.1} MB)", package.display());
    }
    Ok(())
}

/// Packs the program that is built already; gives back the packages, the `.deb` first.
pub(crate) fn pack(build: Build) -> Result<Vec<PathBuf>, String> {
    let out = place::binaries(build).join("bundle");
    if out.exists() {
        fs::remove_dir_all(&out).map_err(|error| format!("{} could not be emptied: {error}", place::shown(&out)))?;
    }
    compress_manual()?;

    let program = place::program(build, "gloss");
    let bytes = fs::read(&program).map_err(|error| format!("{} could not be read: {error}", place::shown(&program)))?;
    let libc = newest_glibc(&bytes).ok_or("the program names no version of the C library")?;
    let needs = libc_needs(libc);
    let mut words = vec!["bundle", "--ci", "--bundles", "deb,rpm", "--config", &needs];
    if build == Build::Debug {
        words.push("--debug");
    }
    step::run(&mut window::tauri(&words))?;
    Ok(vec![only_file(&out.join("deb"), "deb")?, only_file(&out.join("rpm"), "rpm")?])
}

fn compress_manual() -> Outcome {
    let target = place::root().join("src-tauri").join(MANUAL);
    let write = |bytes: &[u8]| {
        fs::create_dir_all(target.parent().unwrap_or(&target))?;
        fs::write(&target, bytes)
    };
    let page = place::root().join("src-tauri/linux/gloss.1");
    // No name and no time in it, so that the same page gives the same bytes.
    let output = step::command("gzip", &["--best", "--no-name", "--stdout"])
        .arg(&page)
        .output()
        .map_err(|error| format!("gzip could not start: {error}"))?;
    if !output.status.success() {
        return Err(format!(
            "gzip refused {}: {}",
            place::shown(&page),
            String::from_utf8_lossy(&output.stderr).trim()
        ));
    }
    write(&output.stdout).map_err(|error| format!("{} could not be written: {error}", place::shown(&target)))
}

/// The newest `GLIBC_2.n` among the symbol versions that a binary asks for, as `n`.
fn newest_glibc(binary: &[u8]) -> Option<u32> {
    const MARK: &[u8] = b"GLIBC_2.";
    binary
        .windows(MARK.len() + 3)
        .filter_map(|window| window.strip_prefix(MARK))
        .filter_map(|rest| {
            let digits: String =
                rest.iter().map_while(|byte| byte.is_ascii_digit().then_some(char::from(*byte))).collect();
            digits.parse().ok()
        })
        .max()
}

/// Configuration that is merged over `tauri.conf.json`: an installation on a system whose C library is too old is
/// refused by the package manager, not by the loader.
fn libc_needs(minor: u32) -> String {
    let bits = if cfg!(target_pointer_width = "64") { "(64bit)" } else { "" };
    format!(
        r#"{{"bundle":{{"linux":{{"deb":{{"depends":["libc6 (>= 2.{minor})"]}},"rpm":{{"depends":["libc.so.6(GLIBC_2.{minor}){bits}"]}}}}}}}}"#
    )
}

fn only_file(folder: &Path, extension: &str) -> Result<PathBuf, String> {
    let entries =
        fs::read_dir(folder).map_err(|error| format!("{} could not be read: {error}", place::shown(folder)))?;
    let mut found: Vec<PathBuf> = entries
        .flatten()
        .map(|entry| entry.path())
        .filter(|path| path.extension().is_some_and(|end| end == extension))
        .collect();
    match (found.pop(), found.is_empty()) {
        (Some(file), true) => Ok(file),
        _ => Err(format!("{} does not hold exactly one .{extension}", place::shown(folder))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_of_the_c_library_compare_as_numbers() {
        assert_eq!(newest_glibc(b"\0GLIBC_2.4\0GLIBC_2.34\0GLIBC_2.2.5\0GLIBC_PRIVATE\0"), Some(34));
        assert_eq!(newest_glibc(b"\0musl\0"), None);
    }
}
