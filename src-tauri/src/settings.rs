//! What belongs to the person and not to a project: settings, and the projects opened lately. Two small JSON files in
//! the configuration folder, written whole and atomically. A file that cannot be read is kept aside and never stops
//! the program; it starts from the defaults. Deliberately absent: window positions, and anything about a project's
//! contents.

use crate::folders;
use gloss_core::error::{Error, Result};
use gloss_core::exports::write_private;
use gloss_core::private;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use std::io::Read;
use std::path::{Path, PathBuf};
use ts_rs::TS;

/// How many projects the list of recent ones keeps: as many as fit in a menu without scrolling.
const RECENT: usize = 10;

/// Light, dark, or as the system has it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Theme {
    #[default]
    System,
    Light,
    Dark,
}

/// The person's own settings, kept beside the projects, not in them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", default)]
pub(crate) struct Settings {
    pub(crate) theme: Theme,
    /// a drag that starts inside a word takes whole words
    pub(crate) whole_words: bool,
    /// keys without Ctrl or Alt act in the reader and in lists
    pub(crate) single_keys: bool,
    /// it is remembered which file a document came from, and said when that file changes
    pub(crate) watch_sources: bool,
}

impl Default for Settings {
    fn default() -> Self {
        Settings { theme: Theme::System, whole_words: true, single_keys: true, watch_sources: true }
    }
}

/// The configuration folder, or nowhere: then nothing is remembered and nothing fails.
pub(crate) struct Memory {
    folder: Option<PathBuf>,
}

impl Memory {
    /// The memory in the person's configuration folder.
    pub(crate) fn of_person() -> Memory {
        Memory { folder: folders::config() }
    }

    /// The settings as they were saved last, otherwise the defaults.
    pub(crate) fn settings(&self) -> Settings {
        self.read("settings")
    }

    /// Keeps the settings.
    pub(crate) fn keep_settings(&self, settings: &Settings) -> Result<()> {
        self.write("settings", settings)
    }

    /// The project files opened lately, newest first.
    pub(crate) fn recent(&self) -> Vec<PathBuf> {
        self.read("recent")
    }

    /// Puts a project file at the head of the recent ones. Failing to remember is no failure of opening it.
    pub(crate) fn opened(&self, project: &Path) {
        if project.to_str().is_none() {
            return; // JSON cannot hold such a name
        }
        let mut recent = self.recent();
        recent.retain(|other| other != project);
        recent.insert(0, project.to_path_buf());
        recent.truncate(RECENT);
        let _ = self.write("recent", &recent);
    }

    fn read<T: DeserializeOwned + Default>(&self, name: &str) -> T {
        let Some(folder) = &self.folder else { return T::default() };
        let file = folder.join(format!("{name}.json"));
        let mut bytes = Vec::new();
        if private::open_file(&file).and_then(|mut file| file.read_to_end(&mut bytes)).is_err() {
            return T::default();
        }
        serde_json::from_slice(&bytes).unwrap_or_else(|_| {
            let _ = std::fs::rename(&file, folder.join(format!("{name}.unreadable.json")));
            T::default()
        })
    }

    fn write<T: Serialize>(&self, name: &str, value: &T) -> Result<()> {
        let Some(folder) = &self.folder else { return Ok(()) };
        let file = format!("{name}.json");
        let failed = |reason: String| Error::ExportFailed { name: file.clone(), reason };
        private::create_folder(folder).map_err(|error| failed(error.to_string()))?;
        let json = serde_json::to_vec_pretty(value).map_err(|error| failed(error.to_string()))?;
        write_private(&folder.join(&file), &json)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn memory() -> (tempfile::TempDir, Memory) {
        let folder = tempfile::tempdir().expect("a folder");
        let memory = Memory { folder: Some(folder.path().join("org.gloss.desktop")) };
        (folder, memory)
    }

    #[test]
    fn what_was_set_is_read_again() {
        let (_folder, memory) = memory();
        assert_eq!(memory.settings(), Settings::default());
        let dark = Settings { theme: Theme::Dark, whole_words: false, single_keys: true, watch_sources: false };
        memory.keep_settings(&dark).expect("kept");
        assert_eq!(memory.settings(), dark);
    }

    #[test]
    fn an_unreadable_file_gives_defaults_and_is_kept_aside() {
        let (folder, memory) = memory();
        memory.keep_settings(&Settings::default()).expect("kept");
        let inside = folder.path().join("org.gloss.desktop");
        std::fs::write(inside.join("settings.json"), "{\"theme\": \"dar").expect("damaged");
        assert_eq!(memory.settings(), Settings::default());
        assert_eq!(
            std::fs::read_to_string(inside.join("settings.unreadable.json")).expect("kept"),
            "{\"theme\": \"dar"
        );
    }

    #[test]
    fn a_setting_from_an_older_file_keeps_its_neighbours_default() {
        let (folder, memory) = memory();
        memory.keep_settings(&Settings::default()).expect("kept");
        std::fs::write(folder.path().join("org.gloss.desktop/settings.json"), "{\"theme\": \"dark\"}").expect("older");
        assert_eq!(memory.settings(), Settings { theme: Theme::Dark, ..Settings::default() });
    }

    #[test]
    fn recent_projects_are_newest_first_once_each_and_few() {
        let (_folder, memory) = memory();
        for number in 0..12 {
            memory.opened(Path::new(&format!("/projects/{number}.gloss")));
        }
        memory.opened(Path::new("/projects/5.gloss"));
        let recent = memory.recent();
        assert_eq!(recent.len(), RECENT);
        assert_eq!(recent[0], Path::new("/projects/5.gloss"));
        assert_eq!(recent[1], Path::new("/projects/11.gloss"));
        assert_eq!(recent.iter().filter(|path| path.ends_with("5.gloss")).count(), 1);
    }
}
