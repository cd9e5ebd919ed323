//! How words look while they are written, as spans over them.
//!
//! Office programs say of every scrap of text how it looks; spans begin and end only where the look changes.
//! Digits above or below the line become the characters that Unicode has for them: ten to the sixth is not 106.
//! Deliberately absent: how any format spells a look.

use super::draft::Draft;
use super::symbols;
use crate::structure::SpanKind;

/// Longest address in bytes that is kept: what browsers agree on.
const MAX_ADDRESS: usize = 2_048;

/// How words look.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Look {
    /// The address behind them.
    pub(super) link: Option<String>,
    /// Bold.
    pub(super) strong: bool,
    /// Italic.
    pub(super) emphasis: bool,
    /// In the face of code.
    pub(super) code: bool,
    /// Above the line, or below it.
    pub(super) raised: Option<bool>,
}

/// Writes into one draft and remembers the look of the last words.
#[derive(Default)]
pub(super) struct Pen {
    /// What is begun, outermost first.
    begun: Vec<(SpanKind, Option<String>)>,
}

impl Pen {
    /// Writes words of this look. Blanks may end one, and begin none.
    pub(super) fn write(&mut self, draft: &mut Draft, look: &Look, words: &str) {
        if words.is_empty() {
            return;
        }
        let visible = words.chars().any(|c| !c.is_whitespace());
        self.change(draft, look, visible);
        match look.raised.and_then(|above| symbols::raised(words, above)) {
            Some(raised) => draft.push(&raised),
            None => draft.push(words),
        }
    }

    /// Ends what is not of a look, and begins what is.
    fn change(&mut self, draft: &mut Draft, look: &Look, begins: bool) {
        let wanted = [
            look.link.as_ref().map(|target| (SpanKind::Link, Some(target.clone()))),
            look.strong.then_some((SpanKind::Strong, None)),
            look.emphasis.then_some((SpanKind::Emphasis, None)),
            look.code.then_some((SpanKind::Code, None)),
        ];
        let wanted: Vec<_> = wanted.into_iter().flatten().collect();
        let same = self.begun.iter().zip(&wanted).take_while(|(a, b)| a == b).count();
        while self.begun.len() > same {
            self.begun.pop();
            draft.end();
        }
        for (kind, target) in wanted[same..].iter().filter(|_| begins) {
            draft.begin(*kind, target.clone());
            self.begun.push((*kind, target.clone()));
        }
    }

    /// Ends every look: before a block closes.
    pub(super) fn lift(&mut self, draft: &mut Draft) {
        while self.begun.pop().is_some() {
            draft.end();
        }
    }
}

/// An address that may be shown behind words: a web or mail address. Scripts, data and paths on somebody's disk are none.
pub(super) fn address(target: &str) -> Option<String> {
    let target = target.trim();
    let (scheme, rest) = target.split_once(':')?;
    let known = ["http", "https", "mailto", "ftp", "tel", "news", "doi", "urn"];
    let fits = known.iter().any(|known| scheme.eq_ignore_ascii_case(known)) && !rest.trim_matches('/').is_empty();
    (fits && target.len() <= MAX_ADDRESS && !target.contains(char::is_control)).then(|| target.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_look_runs_on_over_scraps_of_text() {
        let (mut draft, mut pen) = (Draft::default(), Pen::default());
        let plain = Look::default();
        let bold = Look { strong: true, ..Look::default() };
        let both = Look { emphasis: true, ..bold.clone() };
        for (look, words) in [(&plain, "one "), (&bold, "two "), (&bold, "three"), (&both, " four"), (&plain, " five")]
        {
            pen.write(&mut draft, look, words);
        }
        pen.lift(&mut draft);
        let (text, structure) = draft.finish();
        assert_eq!(text, "one two three four five");
        let spans: Vec<_> = structure.spans.iter().map(|span| (span.kind, span.start, span.end)).collect();
        assert_eq!(spans, [(SpanKind::Strong, 4, 18), (SpanKind::Emphasis, 13, 18)]);
    }

    #[test]
    fn only_harmless_addresses_are_kept() {
        for good in ["https://example.org/a?b=c#d", "HTTP://example.org", "mailto:a@example.org"] {
            assert_eq!(address(good).as_deref(), Some(good));
        }
        for bad in [
            "javascript:alert(1)",
            "JavaScript:x",
            "java\nscript:x",
            "data:text/html,x",
            "file:///C:/x",
            "x.docx",
            "http://",
            "#a",
            "",
        ] {
            assert_eq!(address(bad), None, "{bad}");
        }
    }
}
