//! Keys as a story writes them, "Ctrl+Shift+z" or "g d", and as WebDriver takes them. Whether a key reaches a field, a
//! list or the text is up to the focus, as on any keyboard.

use crate::window::Window;
use fantoccini::actions::{InputSource, KeyAction, KeyActions};

impl Window {
    /// Presses chords one after the other; a blank is between chords.
    pub async fn press(&self, chords: &str) {
        for chord in chords.split(' ') {
            let keys: Vec<char> = split(chord).into_iter().map(key).collect();
            let mut actions = KeyActions::new("keyboard".into());
            for &value in &keys {
                actions = actions.then(KeyAction::Down { value });
            }
            for &value in keys.iter().rev() {
                actions = actions.then(KeyAction::Up { value });
            }
            self.perform(actions).await;
        }
    }

    /// Types a text, letter by letter; a line end is the Enter key.
    pub async fn type_text(&self, text: &str) {
        let mut actions = KeyActions::new("keyboard".into());
        for letter in text.chars() {
            let value = if letter == '\n' { key("Enter") } else { letter };
            actions = actions.then(KeyAction::Down { value }).then(KeyAction::Up { value });
        }
        self.perform(actions).await;
    }
}

/// The keys of a chord; a plus sign alone is a key.
fn split(chord: &str) -> Vec<&str> {
    if chord == "+" { vec!["+"] } else { chord.split('+').collect() }
}

/// The character by which WebDriver knows a key.
fn key(name: &str) -> char {
    match name {
        "Tab" => '\u{E004}',
        "Enter" => '\u{E007}',
        "Shift" => '\u{E008}',
        "Ctrl" => '\u{E009}',
        "Alt" => '\u{E00A}',
        "Escape" => '\u{E00C}',
        "Space" => ' ',
        "PageUp" => '\u{E00E}',
        "PageDown" => '\u{E00F}',
        "End" => '\u{E010}',
        "Home" => '\u{E011}',
        "ArrowLeft" => '\u{E012}',
        "ArrowUp" => '\u{E013}',
        "ArrowRight" => '\u{E014}',
        "ArrowDown" => '\u{E015}',
        "Delete" => '\u{E017}',
        "Backspace" => '\u{E003}',
        "F1" => '\u{E031}',
        "F2" => '\u{E032}',
        "F6" => '\u{E036}',
        _ => {
            let mut letters = name.chars();
            match (letters.next(), letters.next()) {
                (Some(letter), None) => letter,
                _ => panic!("no key is called “{name}”"),
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn chords_are_read_as_they_are_written() {
        assert_eq!(split("Ctrl+Shift+z"), ["Ctrl", "Shift", "z"]);
        assert_eq!(split("+"), ["+"]);
        assert_eq!(key("?"), '?');
    }
}
