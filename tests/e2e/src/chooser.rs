//! The native file dialogs of the desktop, which are outside the page and so beyond WebDriver. `xdotool` types into them
//! as a person does: a path, then Enter.

use crate::window::Window;
use crate::{GLANCE, PATIENCE};
use std::path::Path;
use std::process::Command;
use std::time::{Duration, Instant};

/// The dialog looks up completions of what was typed.
const COMPLETED: Duration = Duration::from_millis(300);

impl Window {
    /// Waits for the dialog of a title, types a path into it, confirms, and waits until the dialog is gone.
    pub async fn choose_file(&self, title: &str, file: &Path) {
        let dialog = self.native(title).await;
        // There is no window manager on this display, so nobody else gives the dialog the keyboard.
        self.xdotool(&["windowfocus", "--sync", &dialog]);
        // In a list of files this brings up the field for a path; in a dialog for saving it is there already.
        self.xdotool(&["key", "--clearmodifiers", "ctrl+l"]);
        tokio::time::sleep(COMPLETED).await;
        self.xdotool(&["key", "--clearmodifiers", "ctrl+a"]);
        self.xdotool(&["type", "--clearmodifiers", "--delay", "8", &file.to_string_lossy()]);
        tokio::time::sleep(COMPLETED).await;
        let end = Instant::now() + PATIENCE;
        while self.native_now(title).is_some() {
            assert!(Instant::now() < end, "the dialog “{title}” stays open");
            // The first Enter may only take the completion of the path that is offered.
            self.xdotool(&["key", "--clearmodifiers", "Return"]);
            tokio::time::sleep(COMPLETED).await;
        }
    }

    async fn native(&self, title: &str) -> String {
        let end = Instant::now() + PATIENCE;
        loop {
            if let Some(found) = self.native_now(title) {
                return found;
            }
            assert!(Instant::now() < end, "no native dialog is called “{title}”: {}", self.native_titles().join(", "));
            tokio::time::sleep(GLANCE).await;
        }
    }

    /// The number of the native window of a title, if it is shown.
    fn native_now(&self, title: &str) -> Option<String> {
        let found = self.xdotool(&["search", "--onlyvisible", "--name", &format!("^{title}$")]);
        found.lines().last().map(str::to_owned)
    }

    fn native_titles(&self) -> Vec<String> {
        let all = self.xdotool(&["search", "--onlyvisible", "--name", "."]);
        all.lines().map(|window| self.xdotool(&["getwindowname", window]).trim().to_owned()).collect()
    }

    fn xdotool(&self, words: &[&str]) -> String {
        match Command::new("xdotool").args(words).env("DISPLAY", &self.display).output() {
            // It exits with 1 when a search finds nothing, which is an answer.
            Ok(output) => String::from_utf8_lossy(&output.stdout).into_owned(),
            Err(error) => panic!("xdotool could not be started: {error}"),
        }
    }
}
