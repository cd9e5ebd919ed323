//! Remarks on a query: what in it can't mean what was typed, and where it stands. The search goes on as far as it can;
//! the window and the command line have the sentences. Pure.

use serde::Serialize;
use ts_rs::TS;

/// What a remark is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum RemarkCode {
    /// No tag has this name. Nothing carries it.
    TagUnknown,
    /// Several tags have this name in another case or with other accents. None of them was taken.
    TagAmbiguous,
    /// No document has these words in its title.
    DocumentUnknown,
    /// No document has an author with these words.
    AuthorUnknown,
    /// There is no such field before a colon. It was searched for as words.
    FieldUnknown,
    /// Another program's operator, searched for as a word.
    OperatorUnknown,
    /// Another program's sign for an operator, left out.
    SignUnknown,
    /// AND, OR or NOT without something to join. It was left out.
    OperatorDangling,
    /// A small "or", "and" or "not", searched for as a word; said when nothing was found.
    OperatorSmall,
    /// A filter beside OR or inside a negated parenthesis: it holds for the whole search all the same.
    FilterInside,
    /// A quotation mark that is not closed. All that follows it is the phrase.
    QuoteOpen,
    /// A parenthesis that is not closed.
    ParenthesisOpen,
    /// Parentheses with nothing in them.
    ParenthesesEmpty,
    /// A star that is not at the end of a word. It was left out.
    StarMisplaced,
    /// No letter, digit or symbol to look for.
    NothingToFind,
}

/// One remark.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct Remark {
    /// What it is about.
    pub code: RemarkCode,
    /// Where it stands in the query, in the caller's unit.
    pub start: u32,
    /// Half open.
    pub end: u32,
    /// The name, word or sign that it is about.
    pub argument: String,
    /// What may have been meant, as it can be written in its place; nearest first.
    pub suggestions: Vec<String>,
}

impl Remark {
    /// A remark without suggestions.
    pub(crate) fn new(code: RemarkCode, (start, end): (u32, u32), argument: impl Into<String>) -> Remark {
        Remark { code, start, end, argument: argument.into(), suggestions: Vec::new() }
    }

    /// The same with suggestions.
    pub(crate) fn suggesting<S: Into<String>>(mut self, suggestions: impl IntoIterator<Item = S>) -> Remark {
        self.suggestions = suggestions.into_iter().map(Into::into).collect();
        self
    }
}
