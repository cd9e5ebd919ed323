//! Where the program keeps what is nobody's project: the default project, the person's settings, which files documents
//! came from, and what may be thrown away. Known without tauri, because the command line needs it too. Deliberately absent: temporary files.

use gloss_core::error::{Error, Result};
use gloss_core::private;
use std::path::{Path, PathBuf};

/// The program's name among folders, equal to `identifier` in `tauri.conf.json`.
const IDENTIFIER: &str = "org.gloss.desktop";

/// The file name of the default project.
pub(crate) const DEFAULT_PROJECT: &str = "library.gloss";

/// The project that is used when none is named: `library.gloss` in the data folder. Neither may exist yet.
pub(crate) fn default_project() -> Result<PathBuf> {
    let homeless =
        || Error::ProjectUnreadable { name: DEFAULT_PROJECT.into(), reason: "there is no home folder".into() };
    Ok(data().ok_or_else(homeless)?.join(DEFAULT_PROJECT))
}

/// The folder of the default project, if the person has a home. It may not exist yet.
fn data() -> Option<PathBuf> {
    Some(dirs::data_dir()?.join(IDENTIFIER))
}

/// Takes the program's own folders and files away from all other people: an older version let them be read. Nothing else
/// in the person's home is touched.
pub(crate) fn mend() {
    cache().iter().for_each(|folder| private::mend(folder));
    [config(), data()].into_iter().flatten().for_each(|folder| mend_whole(&folder));
}

/// The same for what is remembered about files that documents came from, which may be thousands.
pub(crate) fn mend_sources() {
    sources().iter().for_each(|folder| mend_whole(folder));
}

/// Mends a folder of the program, and what is directly in it.
fn mend_whole(folder: &Path) {
    private::mend(folder);
    // A folder that is not there needs nothing.
    for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
        private::mend(&entry.path());
    }
}

/// The folder of `settings.json` and `recent.json`, if the person has a home. It may not exist yet.
pub(crate) fn config() -> Option<PathBuf> {
    Some(dirs::config_dir()?.join(IDENTIFIER))
}

/// The folder in which is remembered which files documents came from, if the person has a home. It may not exist yet.
pub(crate) fn sources() -> Option<PathBuf> {
    Some(dirs::data_dir()?.join(IDENTIFIER).join("sources"))
}

/// The folder for what may be thrown away at any time: what the web view leaves, if the person has a home.
pub(crate) fn cache() -> Option<PathBuf> {
    Some(dirs::cache_dir()?.join(IDENTIFIER))
}

/// The folder in which a person keeps documents, or else their home.
pub(crate) fn documents() -> Option<PathBuf> {
    dirs::document_dir().filter(|folder| folder.is_dir()).or_else(dirs::home_dir)
}

/// A folder as people write it: `~` for the home folder.
pub(crate) fn shown(folder: &Path) -> String {
    match dirs::home_dir().and_then(|home| folder.strip_prefix(home).ok().map(Path::to_path_buf)) {
        Some(below) if below.as_os_str().is_empty() => "~".into(),
        Some(below) => format!("~{}{}", std::path::MAIN_SEPARATOR, below.display()),
        None => folder.display().to_string(),
    }
}

/// The absolute path of a file that may not exist yet, with its folder's links resolved, so that one file has one name.
pub(crate) fn canonical(file: &Path) -> PathBuf {
    let absolute = std::path::absolute(file).unwrap_or_else(|_| file.to_path_buf());
    absolute.canonicalize().unwrap_or_else(|_| match (absolute.parent(), absolute.file_name()) {
        (Some(folder), Some(name)) => folder.canonicalize().unwrap_or_else(|_| folder.to_path_buf()).join(name),
        _ => absolute,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_file_has_one_name_before_and_after_it_exists() {
        let folder = tempfile::tempdir().expect("a folder");
        let real = folder.path().canonicalize().expect("its real name");
        let around = real.join("inner").join("..").join("new.gloss");
        std::fs::create_dir(real.join("inner")).expect("a folder inside");
        assert_eq!(canonical(&around), real.join("new.gloss"));
        std::fs::write(real.join("new.gloss"), "").expect("the file");
        assert_eq!(canonical(&around), real.join("new.gloss"));
    }
}
