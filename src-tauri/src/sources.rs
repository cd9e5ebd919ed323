//! The files that a person means: a folder stands for the files in it and below it. Deliberately absent: hidden files
//! and folders, and links, which may lead anywhere; and a look into any file, for its name says enough to leave it out.

use gloss_core::error::Error;
use gloss_core::import::is_other;
use std::fs;
use std::path::{Path, PathBuf};

/// The most files that are looked at in the folders of one import. Enough for a library; a whole disk is a mistake.
const MOST_FILES: usize = 10_000;

/// What the named files and folders come to.
#[derive(Debug, Default)]
pub(crate) struct Sources {
    /// To be read, in the order in which they were named; those of a folder by their paths.
    pub(crate) files: Vec<PathBuf>,
    /// In a folder, but of a kind that is not read.
    pub(crate) passed: Vec<PathBuf>,
    /// Folders that cannot be looked into, or in which nothing is.
    pub(crate) refused: Vec<(PathBuf, Error)>,
}

/// The files that are named, and those in the folders that are named.
pub(crate) fn files_of(named: &[PathBuf]) -> Result<Sources, Error> {
    let mut sources = Sources::default();
    for path in named {
        if path.is_dir() {
            look_into(path, &mut sources)?;
        } else {
            sources.files.push(path.clone());
        }
    }
    Ok(sources)
}

fn look_into(folder: &Path, sources: &mut Sources) -> Result<(), Error> {
    let mut found = Vec::new();
    let mut folders = vec![folder.to_owned()];
    let refused_before = sources.refused.len();
    while let Some(folder) = folders.pop() {
        let entries = match fs::read_dir(&folder).and_then(|entries| entries.collect::<Result<Vec<_>, _>>()) {
            Ok(entries) => entries,
            Err(error) => {
                let unreadable = Error::ImportUnreadable { name: name_of(&folder), reason: error.kind().to_string() };
                sources.refused.push((folder, unreadable));
                continue;
            }
        };
        for entry in entries {
            let hidden = entry.file_name().as_encoded_bytes().starts_with(b".");
            match entry.file_type() {
                Ok(kind) if kind.is_dir() && !hidden => folders.push(entry.path()),
                Ok(kind) if kind.is_file() && !hidden => found.push(entry.path()),
                // Hidden, a link or a device; or it is gone already.
                _ => {}
            }
        }
        if sources.files.len() + sources.passed.len() + found.len() > MOST_FILES {
            return Err(Error::ImportTooMany { name: name_of(&folder), limit: MOST_FILES as u32 });
        }
    }
    found.sort();
    let (passed, files): (Vec<_>, Vec<_>) = found.into_iter().partition(|path| is_other(&path.to_string_lossy()));
    if files.is_empty() && sources.refused.len() == refused_before {
        sources.refused.push((folder.to_owned(), Error::ImportNothing { name: name_of(folder) }));
    }
    sources.files.extend(files);
    sources.passed.extend(passed);
    Ok(())
}

/// The last part of a path, for people.
pub(crate) fn name_of(path: &Path) -> String {
    path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_stands_for_its_files_by_their_paths() {
        let folder = tempfile::tempdir().expect("a folder");
        let write = |name: &str| {
            let path = folder.path().join(name);
            fs::create_dir_all(path.parent().expect("a folder")).expect("made");
            fs::write(path, "x").expect("written");
        };
        for name in ["b.txt", "a/z.md", "a/б.txt", "c.docx", "photo.JPG", ".hidden.txt", ".git/config.txt"] {
            write(name);
        }
        fs::create_dir(folder.path().join("empty")).expect("made");
        #[cfg(unix)]
        {
            std::os::unix::fs::symlink("b.txt", folder.path().join("link.txt")).expect("a link");
            std::os::unix::fs::symlink(".", folder.path().join("loop")).expect("a link");
        }
        let sources = files_of(&[folder.path().join("b.txt"), folder.path().to_owned()]).expect("few enough");
        let short = |paths: &[PathBuf]| -> Vec<String> {
            paths.iter().map(|path| path.strip_prefix(folder.path()).expect("below").to_string_lossy().into()).collect()
        };
        assert_eq!(short(&sources.files), ["b.txt", "a/z.md", "a/б.txt", "b.txt", "c.docx"]);
        assert_eq!(short(&sources.passed), ["photo.JPG"]);
        assert!(sources.refused.is_empty());
        let empty = files_of(&[folder.path().join("empty")]).expect("few enough");
        assert!(matches!(empty.refused.as_slice(), [(_, Error::ImportNothing { .. })]));
    }
}
