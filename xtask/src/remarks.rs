//! Which words of a page are remarks of its readers, as trafilatura tells them apart.
//!
//! trafilatura's own tests let it give back the text and the remarks below it together, so some of the sentences that
//! they want are remarks. What is measured here is the main text; both readers leave remarks out. The rule follows the
//! one by which trafilatura finds remarks: names in the id and class of a container. Deliberately absent: what a remark
//! says, and how HTML is mended.

use crate::words;

/// Elements that never hold anything.
const VOID: [&str; 11] = ["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "wbr"];

/// Elements whose content is no text.
const RAW: [&str; 2] = ["script", "style"];

/// Elements that hold remarks when they are named so.
const HOLDERS: [&str; 4] = ["div", "section", "ol", "ul"];

/// The words of a page, between single blanks.
pub(crate) struct Apart {
    text: String,
    remarks: String,
}

impl Apart {
    /// Whether a sentence stands among the remarks of a page and nowhere else in it.
    pub(crate) fn is_remark(&self, sentence: &str) -> bool {
        let sentence = words::line(sentence);
        self.remarks.contains(&sentence) && !self.text.contains(&sentence)
    }
}

/// Parts the words of a page into its text and the remarks of its readers.
pub(crate) fn apart(page: &str) -> Apart {
    let (mut text, mut remarks) = (String::new(), String::new());
    // Names of the open elements, each with whether it or one around it holds remarks.
    let mut open: Vec<(String, bool)> = Vec::new();
    let mut rest = page;
    while let Some(at) = rest.find('<') {
        let inside = open.last().is_some_and(|(_, remarks)| *remarks);
        let words = if inside { &mut remarks } else { &mut text };
        unescape(&rest[..at], words);
        words.push(' ');
        rest = &rest[at..];
        if let Some(comment) = rest.strip_prefix("<!--") {
            rest = comment.split_once("-->").map_or("", |(_, after)| after);
            continue;
        }
        let Some((tag, after)) = rest[1..].split_once('>') else { break };
        rest = after;
        let name = tag.trim_start_matches('/').split(|c: char| c.is_whitespace() || c == '/').next().unwrap_or("");
        let name = name.to_ascii_lowercase();
        if tag.starts_with('/') {
            if let Some(from) = open.iter().rposition(|(other, _)| *other == name) {
                open.truncate(from);
            }
        } else if RAW.contains(&name.as_str()) {
            rest = rest.find(&format!("</{name}")).map_or("", |end| &rest[end..]);
        } else if name.starts_with(|c: char| c.is_ascii_alphabetic()) && !VOID.contains(&name.as_str()) {
            let remarks = inside || HOLDERS.contains(&name.as_str()) && is_named_so(tag);
            open.push((name, remarks));
        }
    }
    Apart { text: words::line(&text), remarks: words::line(&remarks) }
}

/// Whether the id of a tag, or one of the names in its class, begins with the words for remarks.
fn is_named_so(tag: &str) -> bool {
    let tag = tag.to_ascii_lowercase();
    let value = |name: &str| {
        let (_, after) = tag.split_once(&format!(" {name}="))?;
        let quote = after.chars().next().filter(|c| matches!(c, '"' | '\''))?;
        after[1..].split(quote).next()
    };
    let names = [value("id"), value("class")].into_iter().flatten().flat_map(str::split_whitespace);
    names.into_iter().any(|name| name.starts_with("comment") || name.starts_with("disqus_thread"))
}

/// Writes text with its characters by number read.
fn unescape(text: &str, into: &mut String) {
    let mut rest = text;
    while let Some(at) = rest.find("&#") {
        into.push_str(&rest[..at]);
        rest = &rest[at + 2..];
        let Some((number, after)) = rest.split_once(';') else { break };
        let code = number
            .strip_prefix(['x', 'X'])
            .map_or_else(|| number.parse().ok(), |hex| u32::from_str_radix(hex, 16).ok());
        into.push(code.and_then(char::from_u32).unwrap_or(' '));
        rest = after;
    }
    into.push_str(rest);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn remarks_are_told_from_the_text() {
        let page = "<body class='comments-open'><p>Said by all, <b>said by all</b>.<br><script>if (a < b) x('no');</script>\
                    <!-- <ol id=\"comments\"> --><div class=\"post\"><p>Only the text, gr&#252;n.</div>\
                    <ol class=\"list commentlist\"><li><p>Said by all, said by all. <img> Only a remark, gr&#xfc;n.</ol><p>After all.";
        let apart = apart(page);
        for text in ["Said by all, said by all.", "Only the text, grün", "After all", "nowhere"] {
            assert!(!apart.is_remark(text), "{text}");
        }
        assert!(apart.is_remark("Only a remark, grün."));
    }
}
