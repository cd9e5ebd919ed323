//! The kinds of sources, in one table: the name that programs use, the type in CSL, and the words that people read.
//!
//! A kind that CSL has no type for is a CSL `document` with a genre. A type that is not in the table is kept as it is
//! and is its own name. Deliberately absent: types for what has no text, as figures and songs.

/// A kind of source.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Kind {
    /// Its name, for programs.
    pub name: &'static str,
    /// Its type in CSL.
    pub csl: &'static str,
    /// The genre that tells it from others of its type; empty where the type says it all.
    pub genre: &'static str,
    /// What people call it.
    pub words: &'static str,
    /// It stands in something with a name of its own, as a newspaper or a site, which CSL keeps as `container-title`.
    pub contained: bool,
}

const fn kind(name: &'static str, words: &'static str) -> Kind {
    Kind { name, csl: name, genre: "", words, contained: false }
}

const fn contained(name: &'static str, words: &'static str) -> Kind {
    Kind { contained: true, ..kind(name, words) }
}

const fn paper(name: &'static str, genre: &'static str, words: &'static str) -> Kind {
    Kind { name, csl: "document", genre, words, contained: false }
}

/// Every kind, in the order in which people choose from them: what analysts read most comes first.
pub const KINDS: &[Kind] = &[
    kind("report", "Report"),
    contained("article-newspaper", "Newspaper article"),
    contained("article-magazine", "Magazine article"),
    contained("article-journal", "Journal article"),
    contained("webpage", "Web page"),
    contained("post-weblog", "Blog post"),
    contained("post", "Post on a network"),
    kind("speech", "Speech"),
    kind("interview", "Interview"),
    contained("broadcast", "Broadcast"),
    paper("cable", "cable", "Cable"),
    paper("press-release", "press release", "Press release"),
    paper("memorandum", "memorandum", "Memorandum"),
    kind("personal_communication", "Letter or message"),
    kind("treaty", "Treaty"),
    kind("legislation", "Legislation"),
    kind("bill", "Bill"),
    kind("regulation", "Regulation"),
    kind("legal_case", "Court decision"),
    kind("hearing", "Hearing"),
    kind("book", "Book"),
    kind("chapter", "Chapter of a book"),
    kind("article", "Working paper"),
    contained("paper-conference", "Conference paper"),
    kind("thesis", "Thesis"),
    kind("pamphlet", "Pamphlet"),
    kind("manuscript", "Manuscript"),
    contained("entry-encyclopedia", "Encyclopedia entry"),
    kind("dataset", "Data set"),
    kind("standard", "Standard"),
    kind("document", "Other document"),
];

/// The kind that a person or a program names: by its name or by its words, in any case.
pub fn find(named: &str) -> Option<&'static Kind> {
    let named = named.trim();
    let same = |other: &str| other.eq_ignore_ascii_case(named);
    KINDS.iter().find(|kind| same(kind.name) || same(kind.words))
}

/// The kind of a type and genre; `None` for a type that is not in the table.
pub(super) fn of(csl: &str, genre: &str) -> Option<&'static Kind> {
    let fits = |kind: &&Kind| kind.csl == csl && (kind.genre.is_empty() || kind.genre.eq_ignore_ascii_case(genre));
    // A genre says more than none, so the kinds with one are asked first.
    KINDS.iter().filter(|kind| !kind.genre.is_empty()).find(fits).or_else(|| KINDS.iter().find(fits))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    #[test]
    fn names_and_words_are_told_apart() {
        let mut seen = HashSet::new();
        assert!(KINDS.iter().all(|kind| seen.insert(kind.name) && of(kind.csl, kind.genre) == Some(kind)));
        let mut seen = HashSet::new();
        assert!(KINDS.iter().all(|kind| seen.insert(kind.words.to_lowercase())));
        assert_eq!(find("Newspaper Article").map(|kind| kind.name), Some("article-newspaper"));
        assert_eq!(of("document", "Cable").map(|kind| kind.name), Some("cable"));
        assert_eq!(of("document", "flyer").map(|kind| kind.name), Some("document"));
        assert_eq!(of("patent", ""), None);
    }
}
