//! Text that must arrive as the text it is: the escapes of Markdown, YAML and tags.
//!
//! A backslash before ASCII punctuation and numeric character references are all that CommonMark needs, and no reader
//! of it changes them. Beyond CommonMark's own marks everything is escaped that the extensions of note apps and of pandoc
//! act on: `==`, `%%`, `$`, `^`, `{{`, `[[`, `#tag`, `@name`, `key:: value`, `<% %>`, `(a)`, `iv.`. Deliberately absent:
//! HTML output, and quotation marks and dashes, which pandoc's extension `smart` exchanges whatever stands before them.

use std::fmt::Write;

/// What the table below says of a byte.
const PLAIN: u8 = 0;
/// Escaped wherever it stands.
const ALWAYS: u8 = 1;
/// Escaped at the start of a line, beside its own kind, or where a reader would act on it.
const SOMETIMES: u8 = 2;
/// A control character: written as a numeric reference, or refused a place.
const CONTROL: u8 = 3;

const CLASSES: [u8; 256] = {
    let mut classes = [PLAIN; 256];
    let always = b"\\`*_[]<>#~$^{}|";
    let mut index = 0;
    while index < always.len() {
        classes[always[index] as usize] = ALWAYS;
        index += 1;
    }
    let sometimes = b" =%:&@+-.()!";
    index = 0;
    while index < sometimes.len() {
        classes[sometimes[index] as usize] = SOMETIMES;
        index += 1;
    }
    index = 0;
    while index < 0x20 {
        classes[index] = CONTROL;
        index += 1;
    }
    classes
};

/// Longest name of a character reference that is looked for after an ampersand.
const MAX_REFERENCE: usize = 33;

/// Longest run of digits or letters that is taken for the number of a list item; CommonMark stops at nine digits.
const MAX_ORDINAL: usize = 16;

/// Appends `text` as one line of Markdown. Line ends become blanks: the place is a heading, a cell or a link's words.
pub(crate) fn inline(out: &mut String, text: &str) {
    if text.contains('\n') {
        line(
            out,
            text.split('\n').map(str::trim).filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ").as_str(),
        );
    } else {
        line(out, text);
    }
}

/// Appends `text` as a block quote, every line of it prefixed and ended by a line feed. What CommonMark renders from it
/// is `text`, character for character, with a hard break for each line end; line ends at the very start or end, where
/// no break can stand, are numeric references. U+0000, which no canonical text has, becomes U+FFFD.
pub(crate) fn quote(out: &mut String, text: &str) {
    let inner = text.trim_matches('\n');
    let (before, after) = if inner.is_empty() {
        (text.len(), 0)
    } else {
        let before = text.len() - text.trim_start_matches('\n').len();
        (before, text.len() - before - inner.len())
    };
    out.push_str("> ");
    for _ in 0..before {
        out.push_str("&#10;");
    }
    for (index, part) in inner.split('\n').enumerate() {
        if index > 0 {
            out.push_str("\\\n> ");
        }
        line(out, part);
    }
    for _ in 0..after {
        out.push_str("&#10;");
    }
    out.push('\n');
}

/// Appends one line, without line ends in it.
fn line(out: &mut String, text: &str) {
    let bytes = text.as_bytes();
    let blank = |byte: u8| byte == b' ' || byte == b'\t';
    let first = bytes.iter().position(|&byte| !blank(byte)).unwrap_or(bytes.len());
    let last = bytes.iter().rposition(|&byte| !blank(byte)).map_or(0, |at| at + 1);
    out.reserve(bytes.len() + bytes.len() / 16);
    let mut copied = 0;
    for (at, &byte) in bytes.iter().enumerate() {
        let class = CLASSES[byte as usize];
        if class == PLAIN {
            continue;
        }
        if class == CONTROL {
            out.push_str(&text[copied..at]);
            copied = at + 1;
            match byte {
                0 => out.push('\u{fffd}'),
                b'\t' if at > first && at < last => out.push('\t'),
                _ => reference(out, byte),
            }
        } else if byte == b' ' {
            if at < first || at >= last {
                out.push_str(&text[copied..at]);
                copied = at + 1;
                reference(out, byte);
            }
        } else if class == ALWAYS || sometimes(bytes, at, first) {
            out.push_str(&text[copied..at]);
            copied = at;
            out.push('\\');
        }
    }
    out.push_str(&text[copied..]);
}

fn reference(out: &mut String, byte: u8) {
    write!(out, "&#{byte};").expect("a String takes everything");
}

/// Whether a mark that is usually only punctuation would be acted on here. `first` is where the line's words start.
fn sometimes(bytes: &[u8], at: usize, first: usize) -> bool {
    let byte = bytes[at];
    let before = at.checked_sub(1).map(|before| bytes[before]);
    let after = bytes.get(at + 1).copied();
    let beside = before == Some(byte) || after == Some(byte);
    match byte {
        b'=' | b'+' => at == first || beside,
        b'-' => at == first,
        // Beside other marks it opens or closes a template.
        b'%' => {
            beside
                || before.is_some_and(|b| CLASSES[b as usize] == ALWAYS)
                || after.is_some_and(|b| CLASSES[b as usize] == ALWAYS)
        }
        // `key:: value`, `: definition`, `:smile:`, and `https://`: a bare address would keep the backslashes inside it.
        b':' => {
            at == first || beside || bytes[at + 1..].starts_with(b"//") || {
                let name = bytes[at + 1..]
                    .iter()
                    .take(MAX_REFERENCE)
                    .take_while(|b| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'+' | b'-'))
                    .count();
                name > 0 && bytes.get(at + 1 + name) == Some(&b':')
            }
        }
        b'&' => {
            let name = bytes[at + 1..]
                .iter()
                .take(MAX_REFERENCE)
                .take_while(|b| b.is_ascii_alphanumeric() || **b == b'#')
                .count();
            name > 0 && bytes.get(at + 1 + name) == Some(&b';')
        }
        // A citation or a person, not the middle of an e-mail address.
        b'@' => !in_address(&bytes[..at]) && after.is_some_and(|b| b.is_ascii_alphanumeric() || b >= 0x80),
        b'.' if at >= 3 && bytes[at - 3..at].eq_ignore_ascii_case(b"www") => true,
        // A formula of MultiMarkdown.
        b'(' | b')' if before == Some(b'\\') => true,
        b'.' | b')' => ends_ordinal(bytes, first, at),
        b'!' => after == Some(b'['),
        _ => false,
    }
}

/// Whether what stands before an `@` may be the name in an e-mail address: it ends in a letter or a digit and has no `@`.
fn in_address(before: &[u8]) -> bool {
    let start = before.iter().rposition(|byte| byte & 0xc0 != 0x80).unwrap_or(0);
    let last = std::str::from_utf8(&before[start..]).unwrap_or("").chars().next();
    let word = before.iter().rev().take(MAX_REFERENCE).take_while(|byte| !byte.is_ascii_whitespace());
    last.is_some_and(char::is_alphanumeric) && !word.into_iter().any(|byte| *byte == b'@')
}

/// Whether the stop or parenthesis at `at` ends the number of a list item that begins the line: `1.`, `2)`, and to pandoc
/// also `a.`, `(iv)`, `(@label)`, with a blank or nothing after it.
fn ends_ordinal(bytes: &[u8], first: usize, at: usize) -> bool {
    let Some(mark) = bytes.get(first..at).filter(|mark| !mark.is_empty()) else { return false };
    let (open, number) = mark.strip_prefix(b"(").map_or((false, mark), |number| (true, number));
    if number.first() == Some(&b'@') {
        let in_label = |byte: &u8| byte.is_ascii_alphanumeric() || *byte >= 0x80 || b"_-:.#$%&+?<>~/".contains(byte);
        return open && bytes[at] == b')' && number.len() <= MAX_REFERENCE && number[1..].iter().all(in_label);
    }
    if number.is_empty() || number.len() > MAX_ORDINAL || (open && bytes[at] == b'.') {
        return false;
    }
    if number.iter().all(u8::is_ascii_digit) {
        return true;
    }
    let blank = |offset: usize| bytes.get(at + offset).is_none_or(|byte| matches!(byte, b' ' | b'\t'));
    let mut letters = std::str::from_utf8(number).unwrap_or("").chars();
    let single = letters.next().filter(|letter| letters.next().is_none() && letter.is_alphabetic());
    // An initial and one blank begin a name, also to pandoc.
    let initial = single.is_some_and(char::is_uppercase) && bytes[at] == b'.' && bytes.get(at + 1) == Some(&b' ');
    let roman = number.iter().all(|byte| b"ivxlcdm".contains(&byte.to_ascii_lowercase()));
    (single.is_some() || roman) && blank(1) && (!initial || blank(2))
}

/// A YAML scalar: the string as JSON writes it, which YAML 1.2 reads, with what YAML does not let stand escaped too.
pub(crate) fn yaml(text: &str) -> String {
    let json = serde_json::to_string(text).expect("a string always serialises");
    let must =
        |c: char| matches!(c, '\u{7f}'..='\u{9f}' | '\u{2028}' | '\u{2029}' | '\u{feff}' | '\u{fffe}' | '\u{ffff}');
    if !json.contains(must) {
        return json;
    }
    let mut out = String::with_capacity(json.len() + 6);
    for character in json.chars() {
        if must(character) {
            write!(out, "\\u{:04x}", character as u32).expect("a String takes everything");
        } else {
            out.push(character);
        }
    }
    out
}

/// A tag's name as note apps take it, without the `#`: letters, digits, `_`, `-`, emoji, and `/` between levels.
/// White space and all other punctuation become one `-`; a name of digits alone gets `tag-` in front; an empty one is `tag`.
pub(crate) fn tag(name: &str) -> String {
    let mut out = String::with_capacity(name.len());
    for segment in name.split('/') {
        let start = out.len();
        if start > 0 {
            out.push('/');
        }
        let body = out.len();
        let mut before = None;
        let mut characters = segment.chars().peekable();
        while let Some(character) = characters.next() {
            let within = character == '_'
                && before.is_some_and(char::is_alphanumeric)
                && characters.peek().is_some_and(|next| next.is_alphanumeric());
            if character.is_alphanumeric() || within || is_mark(character) {
                out.push(character);
            } else if out.len() > body && !out.ends_with('-') {
                out.push('-');
            }
            before = Some(character);
        }
        while out.len() > body && out.ends_with(['-', '_']) {
            out.pop();
        }
        if out.len() == body {
            out.truncate(start);
        }
    }
    if out.is_empty() {
        return "tag".into();
    }
    if out.chars().all(|c| c.is_numeric() || matches!(c, '/' | '-' | '_')) { format!("tag-{out}") } else { out }
}

/// Beyond ASCII: combining marks, emoji and the joiner between them, but neither blanks, controls nor punctuation.
fn is_mark(character: char) -> bool {
    let code = character as u32;
    let punctuation = matches!(code, 0x80..=0xbf | 0xd7 | 0xf7 | 0x2000..=0x206f | 0x2e00..=0x2e7f | 0x3000..=0x303f | 0xfe10..=0xfe1f | 0xfe30..=0xfe6f | 0xff00..=0xff65 | 0xfeff | 0xfff9..=0xffff);
    code == 0x200d || code >= 0x80 && !punctuation && !character.is_whitespace() && !character.is_control()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn quoted(text: &str) -> String {
        let mut out = String::new();
        quote(&mut out, text);
        out
    }

    #[test]
    fn plain_words_stay_plain() {
        let check = |text: &str| assert_eq!(quoted(text), format!("> {text}\n"));
        check("In 2024, at 14:02, trade rose by 5% - or so - (see AT&T, a+b=c).");
        check("договор о всеобъемлющем стратегическом партнёрстве, 조선, شراكة, 👩‍👩‍👧");
        check("mail@example.org wrote: yes!");
    }

    #[test]
    fn marks_are_escaped_where_they_act() {
        let check = |text: &str, expected: &str| assert_eq!(quoted(text), format!("> {expected}\n"));
        check("# not a heading", "\\# not a heading");
        check("1. no item", "1\\. no item");
        check("1917) no item", "1917\\) no item");
        check("- no item", "\\- no item");
        check("a\n===", "a\\\n> \\=\\=\\=");
        check("a\n---", "a\\\n> \\---");
        check("== mark ==", "\\=\\= mark \\=\\=");
        check("100%% <% tp %>", "100\\%\\% \\<\\% tp \\%\\>");
        check("[[link]] {{t}} $x^2$", "\\[\\[link\\]\\] \\{\\{t\\}\\} \\$x\\^2\\$");
        check("AT&T &amp; &#35; &c.", "AT&T \\&amp; \\&\\#35; &c.");
        check("status:: done :smile:", "status\\:\\: done \\:smile:");
        check("@smith2020", "\\@smith2020");
        check("“@smith …@kim e\u{301}@lee x@y@z имя@почта", "“\\@smith …\\@kim e\u{301}\\@lee x@y\\@z имя@почта");
        check("https://example.org www.example.org", "https\\://example.org www\\.example.org");
        check("```dataviewjs", "\\`\\`\\`dataviewjs");
        check("  two \t", "&#32;&#32;two&#32;&#9;");
        check("\na\n\nb\n", "&#10;a\\\n> \\\n> b&#10;");
        check("a\tb  c", "a\tb  c");
    }

    #[test]
    fn what_pandoc_takes_for_the_number_of_an_item_is_escaped() {
        let check = |text: &str, expected: &str| assert_eq!(quoted(text), format!("> {expected}\n"));
        check("(a) The parties agree", "(a\\) The parties agree");
        check("(1) First", "(1\\) First");
        check("a. one, i. two", "a\\. one, i. two");
        check("A) one", "A\\) one");
        check("(iv) four\nxii) twelve\nMCMXC. a year", "(iv\\) four\\\n> xii\\) twelve\\\n> MCMXC\\. a year");
        check("(@) example", "(@\\) example");
        check("(@good) example", "(\\@good\\) example");
        check("#. next", "\\#. next");
        check("  (б) пункт", "&#32;&#32;(б\\) пункт");
        check("가) 조항", "가\\) 조항");
        check("B.  Two blanks", "B\\.  Two blanks");
        check("c. 1990", "c\\. 1990");
        check("d.", "d\\.");
        check("\\(x\\)", "\\\\\\(x\\\\\\)");
        for plain in [
            "B. Yeltsin said",
            "e.g. oil",
            "(see p. 5) and",
            "No. 5 is",
            "(ab) x",
            "a.b",
            "(a)b",
            "1917 was",
            "(가나) 둘",
            "f(a) x",
        ] {
            check(plain, plain);
        }
    }

    #[test]
    fn yaml_strings_are_json_that_yaml_can_read() {
        assert_eq!(yaml("a \"b\" \\ c\n: #"), r#""a \"b\" \\ c\n: #""#);
        assert_eq!(yaml("\u{feff}a\u{85}\u{2028}"), "\"\\ufeffa\\u0085\\u2028\"");
    }

    #[test]
    fn tags_are_what_note_apps_accept() {
        let check = |name: &str, expected: &str| assert_eq!(tag(name), expected, "{name:?}");
        check("military", "military");
        check("oil & gas", "oil-gas");
        check("economic/oil and gas", "economic/oil-and-gas");
        check("2024", "tag-2024");
        check("2024/06", "tag-2024/06");
        check(" #x (y) ", "x-y");
        check("snake_case _x_", "snake_case-x");
        check("//a//b/", "a/b");
        check("договор", "договор");
        check("조선 관계", "조선-관계");
        check("👩‍👩‍👧", "👩‍👩‍👧");
        check("“quoted” — dash", "quoted-dash");
        check("हिन्दी", "हिन्दी");
        check("!?", "tag");
    }
}
