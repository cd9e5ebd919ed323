//! The citation line of a document: who, what, where, when, at which address, seen on which day.
//!
//! What is unknown is left out with its punctuation. Deliberately absent: citation styles.

use super::escape;

/// What a citation is made of. Empty strings are unknown; dates stand as the analyst wrote them.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
#[allow(missing_docs, reason = "the names say it")]
pub struct Source<'a> {
    pub author: &'a str,
    pub title: &'a str,
    pub publisher: &'a str,
    pub published: &'a str,
    pub url: &'a str,
    pub accessed: &'a str,
}

/// The citation as one line of Markdown without a line end; empty when there is nothing to say beyond the title.
/// `A. Author, *Title*. Publisher, 19 June 2024. <https://example.org/>. Accessed 23 November 2026.`
pub fn citation(source: &Source<'_>) -> String {
    if [source.author, source.publisher, source.published, source.url, source.accessed]
        .iter()
        .all(|part| part.trim().is_empty())
    {
        return String::new();
    }
    let mut parts = Vec::new();
    let mut lead = escaped(source.author);
    let title = escaped(source.title);
    if !title.is_empty() {
        if !lead.is_empty() {
            lead.push_str(", ");
        }
        lead.push_str(&format!("*{title}*"));
    }
    parts.push(lead);
    let place: Vec<String> =
        [source.publisher, source.published].map(escaped).into_iter().filter(|part| !part.is_empty()).collect();
    parts.push(place.join(", "));
    parts.push(address(source.url.trim()));
    let accessed = escaped(source.accessed);
    if !accessed.is_empty() {
        parts.push(format!("Accessed {accessed}"));
    }
    let mut line = String::new();
    for part in parts.iter().filter(|part| !part.is_empty()) {
        if !line.is_empty() {
            line.push(' ');
        }
        line.push_str(part);
        if !part.ends_with(['.', '!', '?']) {
            line.push('.');
        }
    }
    line
}

fn escaped(text: &str) -> String {
    let mut out = String::new();
    escape::inline(&mut out, text.trim());
    out
}

/// An address as an autolink, character for character, when it is one; else as escaped text.
fn address(url: &str) -> String {
    let scheme = url.get(..8).is_some_and(|start| start.eq_ignore_ascii_case("https://"))
        || url.get(..7).is_some_and(|start| start.eq_ignore_ascii_case("http://"));
    let inert = |c: char| c.is_alphanumeric() || "-._~:/?#@!&'()*+,;=%".contains(c);
    if scheme && url.chars().all(inert) && !url.contains("%%") { format!("<{url}>") } else { escaped(url) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn leaves_out_what_is_unknown() {
        let whole = Source {
            author: "A. Author",
            title: "On *stars*",
            publisher: "The Press",
            published: "19 June 2024",
            url: "https://example.org/a_b?c=%20",
            accessed: "23 November 2026",
        };
        let check = |source: Source<'_>, expected: &str| assert_eq!(citation(&source), expected);
        check(
            whole,
            "A. Author, *On \\*stars\\**. The Press, 19 June 2024. <https://example.org/a_b?c=%20>. Accessed 23 November 2026.",
        );
        check(Source { title: "Why?", ..Source::default() }, "");
        check(Source { title: "Why?", published: "2024", ..Source::default() }, "*Why?*. 2024.");
        check(Source { author: "Kim Jr.", ..Source::default() }, "Kim Jr.");
        check(Source { url: "javascript:alert(1)", ..Source::default() }, "javascript:alert(1).");
        check(Source { url: "https://example.org/<b>", ..Source::default() }, "https\\://example.org/\\<b\\>.");
        check(Source { published: "2024", ..Source::default() }, "2024.");
        check(Source::default(), "");
    }
}
