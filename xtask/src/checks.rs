//! What no linter of a single language sees: who may depend on whom, and whether the manual names every command.

use std::path::{Path, PathBuf};

use crate::place::{self, Build};
use crate::{Outcome, step};

/// Crates that would tie the core to a window or to an executor.
const SHELL_ONLY: [&str; 7] = ["tauri", "tokio", "wry", "tao", "gtk", "webkit2gtk", "async-std"];
/// The one file of the window that talks to Tauri.
const BACKEND: &str = "api/backend.ts";

/// The core stays free of the desktop: nothing that it depends on, however far down, is of the shell.
pub(crate) fn core_is_free() -> Outcome {
    let tree =
        step::output(&mut step::cargo(&["tree", "--package", "gloss-core", "--edges", "normal", "--prefix", "none"]))?;
    if !tree.starts_with("gloss-core ") {
        return Err("cargo tree does not show gloss-core".into());
    }
    let found = shell_crates(&tree);
    if found.is_empty() { Ok(()) } else { Err(format!("gloss-core depends on {}", found.join(", "))) }
}

fn shell_crates(tree: &str) -> Vec<&str> {
    let mut found: Vec<&str> = tree
        .lines()
        .filter_map(|line| line.split(' ').next())
        .filter(|name| {
            SHELL_ONLY
                .iter()
                .any(|shell| *name == *shell || name.strip_prefix(shell).is_some_and(|rest| rest.starts_with('-')))
        })
        .collect();
    found.sort_unstable();
    found.dedup();
    found
}

/// One file of the window imports Tauri; everything else goes through it.
pub(crate) fn one_backend() -> Outcome {
    let source = place::root().join("ui/src");
    let mut files = Vec::new();
    list(&source, &mut files)?;
    if !files.iter().any(|file| file.ends_with(BACKEND)) {
        return Err(format!("ui/src/{BACKEND} is missing"));
    }
    let mut strangers: Vec<String> = Vec::new();
    for file in files.into_iter().filter(|file| !file.ends_with(BACKEND)) {
        let text =
            std::fs::read(&file).map_err(|error| format!("{} could not be read: {error}", place::shown(&file)))?;
        if names_tauri(&String::from_utf8_lossy(&text)) {
            strangers.push(place::shown(&file));
        }
    }
    if strangers.is_empty() {
        Ok(())
    } else {
        Err(format!("only ui/src/{BACKEND} may import @tauri-apps; so does {}", strangers.join(", ")))
    }
}

fn names_tauri(source: &str) -> bool {
    ["\"@tauri-apps/", "'@tauri-apps/", "`@tauri-apps/"].into_iter().any(|import| source.contains(import))
}

fn list(folder: &Path, files: &mut Vec<PathBuf>) -> Outcome {
    let broken = |error: std::io::Error| format!("{} could not be read: {error}", place::shown(folder));
    for entry in std::fs::read_dir(folder).map_err(broken)? {
        let path = entry.map_err(broken)?.path();
        if path.is_dir() {
            list(&path, files)?;
        } else {
            files.push(path);
        }
    }
    Ok(())
}

/// The manual page has a paragraph for every subcommand that the built program lists, and for theirs.
pub(crate) fn manual_is_complete() -> Outcome {
    let gloss = place::program(Build::Debug, "gloss");
    let help = |words: &[&str]| step::output(&mut step::command(&gloss, &[words, &["--help"]].concat()));
    let mut listed = Vec::new();
    for name in subcommands(&help(&[])?) {
        listed.extend(subcommands(&help(&[name])?).iter().map(|below| format!("{name} {below}")));
        listed.push(name.to_string());
    }
    if listed.is_empty() {
        return Err("gloss --help lists no commands".into());
    }
    let page = place::root().join("src-tauri/linux/gloss.1");
    let manual = std::fs::read_to_string(&page)
        .map_err(|error| format!("{} could not be read: {error}", place::shown(&page)))?;
    listed.retain(|name| !manual.lines().any(|line| documents(line, name)));
    if listed.is_empty() {
        Ok(())
    } else {
        Err(format!("{} says nothing of: {}", place::shown(&page), listed.join(", ")))
    }
}

/// The names under `Commands:` in what `--help` prints, without `help` itself.
fn subcommands(help: &str) -> Vec<&str> {
    help.lines()
        .skip_while(|line| line.trim_end() != "Commands:")
        .skip(1)
        .take_while(|line| line.is_empty() || line.starts_with(' '))
        .filter_map(|line| line.strip_prefix("  ").filter(|rest| !rest.starts_with(' ')))
        .filter_map(|line| line.split_whitespace().next())
        .filter(|name| *name != "help")
        .collect()
}

/// Whether a line of the manual opens the paragraph of this subcommand: `.B tags`, `.BI "tag create " NAME`.
fn documents(line: &str, name: &str) -> bool {
    // A hyphen that can be typed is written `\\-` in a manual.
    let words = line.strip_prefix(".BI ").or_else(|| line.strip_prefix(".B ")).unwrap_or("").replace("\\-", "-");
    let mut words = words.split([' ', '"']).filter(|word| !word.is_empty());
    name.split(' ').all(|word| words.next() == Some(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_shell_crate_is_found_by_its_whole_name() {
        let tree = "gloss-core v0.1.0 (src-tauri/core)\nrusqlite v0.41.0\ntokio-util v0.7.0\ntauri v2.12.5\ntaoism v1.0.0\ntauri v2.12.5 (*)\n";
        assert_eq!(shell_crates(tree), ["tauri", "tokio-util"]);
    }

    #[test]
    fn an_import_counts_and_a_mention_does_not() {
        assert!(names_tauri("import { invoke } from \"@tauri-apps/api/core\";"));
        assert!(!names_tauri("// the only file that may import @tauri-apps/api is backend.ts"));
    }

    #[test]
    fn commands_are_read_from_help() {
        let help = "Notes in the margin\n\nUsage: gloss [COMMAND]\n\nCommands:\n  import     Read files\n             and more\n\n  tags       List\n  help       Print\n\nOptions:\n  -h, --help\n";
        assert_eq!(subcommands(help), ["import", "tags"]);
    }

    #[test]
    fn a_manual_paragraph_is_found_by_its_first_words() {
        assert!(documents(".B tags", "tags"));
        assert!(documents(".BI \"import \" FILE ...", "import"));
        assert!(documents(".BI \"tag create \" NAME", "tag create"));
        assert!(documents(".BI \"document whole\\-page \" ID", "document whole-page"));
        assert!(!documents(".B tagset", "tags"));
        assert!(!documents(".BI \"tag create \" NAME", "tag delete"));
        assert!(!documents("import is a word here", "import"));
    }
}
