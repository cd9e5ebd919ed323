//! The door of the command line to standard output and standard error. A name comes from a disk, and whoever made it
//! may have put characters into it that steer a terminal, or that turn the order of what is read: in a message they are
//! shown as escapes, and in JSON they are written as escapes, which mean the same. Deliberately absent: texts and
//! Markdown that were asked for, which are printed exactly.

use std::borrow::Cow;
use std::io::Write;

/// A character that is not shown but does something: to a terminal, to the line, or to the order of its letters.
pub(crate) fn is_unseen(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{61c}' | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}')
}

/// A message on one line, with what is not shown written as an escape.
pub(crate) fn visible(message: &str) -> Cow<'_, str> {
    escaped(message, is_unseen, |c| match c {
        '\n' => "\\n".into(),
        '\r' => "\\r".into(),
        '\t' => "\\t".into(),
        c => format!("\\u{{{:x}}}", u32::from(c)),
    })
}

/// JSON with what is not shown written as escapes. Line ends between its parts stay.
pub(crate) fn json(json: &str) -> Cow<'_, str> {
    // Only in a string can there be any of these: JSON escapes control characters up to U+001F itself.
    escaped(json, |c| c != '\n' && is_unseen(c), |c| format!("\\u{:04x}", u32::from(c)))
}

fn escaped(text: &str, is_due: impl Fn(char) -> bool, escape: impl Fn(char) -> String) -> Cow<'_, str> {
    if !text.chars().any(&is_due) {
        return Cow::Borrowed(text);
    }
    let one = |c: char| if is_due(c) { escape(c) } else { c.to_string() };
    Cow::Owned(text.chars().map(one).collect())
}

/// One line on standard error: what was refused, or what else there is to know.
pub(crate) fn complain(message: &str) {
    // Nobody is left to be told when standard error is closed.
    let _ = writeln!(std::io::stderr(), "gloss: {}", visible(message));
}

/// One line of JSON on standard error.
pub(crate) fn complain_in_json(line: &str) {
    let _ = writeln!(std::io::stderr(), "{}", json(line));
}

/// Says what is wrong with the words of a command line, or prints the help that they ask for; the exit status.
pub(crate) fn of_words(error: &clap::Error, words: impl Iterator<Item = String>) -> i32 {
    let mut text = error.render().to_string();
    if !error.use_stderr() {
        let _ = write!(std::io::stdout(), "{text}");
        return error.exit_code();
    }
    // A line end in a word is no line end of the message.
    for word in words.filter(|word| word.contains(is_unseen)) {
        text = text.replace(&word, &visible(&word));
    }
    let lines: Vec<_> = text.lines().map(visible).collect();
    let _ = writeln!(std::io::stderr(), "{}", lines.join("\n"));
    error.exit_code()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_shown_is_escaped_and_all_else_stays() {
        assert_eq!(visible("a\u{1b}[31mb\r\n\t\u{7f}\u{9b}c"), "a\\u{1b}[31mb\\r\\n\\t\\u{7f}\\u{9b}c");
        assert_eq!(visible("invoice\u{202e}fdp.exe \u{2066}x\u{2069}"), "invoice\\u{202e}fdp.exe \\u{2066}x\\u{2069}");
        for plain in ["Отчёт — 한국 👨‍👩‍👧.txt", "می‌خواهم", "e\u{301} ♻️ 🏴󠁧󠁢󠁥󠁮󠁧󠁿"]
        {
            assert_eq!(visible(plain), plain);
        }
    }

    #[test]
    fn json_says_the_same_with_escapes() {
        let value = serde_json::json!({"message": "a\u{1b}[2J\u{9b}\u{7f}b\u{202e}c\u{200e} 👨‍👩‍👧 \"q\" \\ \n"});
        let line = json(&value.to_string()).into_owned();
        assert!(!line.contains(is_unseen), "{line}");
        assert_eq!(serde_json::from_str::<serde_json::Value>(&line).expect("JSON"), value);
    }
}
