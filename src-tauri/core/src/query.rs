//! What a person types into the search box, understood. Pure: text in, a tree out.
//!
//! ```text
//! query  = either { "OR" either }
//! either = { [ "NOT" | "-" ] ( word | word* | "exact phrase" | filter:value | ( query ) ) }
//! ```
//! `AND` may stand between two parts and means what nothing means. Filters hold for the whole query.

use crate::error::{Error, Result};
use crate::words::{Word, words};

/// A word or a phrase: its folded words in order; with `prefix` the last may go on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Term {
    /// Folded words in order.
    pub words: Vec<String>,
    /// Whether the last word may be longer in the text.
    pub prefix: bool,
}

/// A condition on the highlight or on the document of a hit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Filter {
    /// What it looks at.
    pub field: Field,
    /// What it must be; folded.
    pub value: String,
    /// Whether it must not be so.
    pub negated: bool,
}

/// What a filter looks at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Field {
    /// A tag of the highlight, or one of the tags above it.
    Tag,
    /// The document's title.
    Document,
    /// The document's author.
    Author,
    /// `has:note`.
    Note,
    /// `has:link`.
    Link,
}

/// A query.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Query {
    /// The condition on words, as FTS5 wants it; empty when there are only filters.
    pub words: String,
    /// Every term that should be marked in an excerpt: not the negated ones.
    pub terms: Vec<Term>,
    /// Conditions that all must hold.
    pub filters: Vec<Filter>,
}

/// Longest query, in characters.
const LONGEST: usize = 2_000;
/// Deepest nesting of parentheses.
const DEEPEST: u32 = 20;

/// Understands a query. With `unfinished` the last word may still be being typed, so it stands for all that begin so.
pub fn parse(input: &str, unfinished: bool) -> Result<Query> {
    if input.chars().count() > LONGEST {
        return Err(Error::QueryInvalid { reason: format!("it is longer than {LONGEST} characters") });
    }
    let mut parts = lex(input)?;
    if unfinished
        && input.chars().next_back().is_some_and(char::is_alphanumeric)
        && let Some(Part::Text { prefix, quoted: false, .. }) = parts.last_mut()
    {
        *prefix = true;
    }
    let mut parser = Parser { parts: &parts, at: 0, query: Query::default() };
    let words = parser.alternatives(0, false)?;
    if parser.at < parts.len() {
        return Err(Error::QueryInvalid { reason: "a closing parenthesis has no opening one".into() });
    }
    let mut query = parser.query;
    query.words = words.unwrap_or_default();
    Ok(query)
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Part {
    Text { text: String, quoted: bool, prefix: bool },
    Filter { name: String, value: String },
    And,
    Or,
    Not,
    Open,
    Close,
}

fn lex(input: &str) -> Result<Vec<Part>> {
    let mut parts = Vec::new();
    let mut rest = input.trim_start();
    while let Some(first) = rest.chars().next() {
        match first {
            '(' | ')' => {
                parts.push(if first == '(' { Part::Open } else { Part::Close });
                rest = &rest[1..];
            }
            '"' | '“' | '”' | '„' => {
                let (text, after) = quoted(rest);
                let prefix = after.starts_with('*');
                parts.push(Part::Text { text, quoted: true, prefix });
                rest = after.strip_prefix('*').unwrap_or(after);
            }
            '-' if rest[1..].starts_with(|next: char| next.is_alphanumeric() || next == '"' || next == '(') => {
                parts.push(Part::Not);
                rest = &rest[1..];
            }
            _ => {
                let end = rest.find(|c: char| c.is_whitespace() || "()\"“”„".contains(c)).unwrap_or(rest.len());
                let (word, after) = rest.split_at(end);
                rest = after;
                match word {
                    "AND" => parts.push(Part::And),
                    "OR" => parts.push(Part::Or),
                    "NOT" => parts.push(Part::Not),
                    _ => match word.split_once(':').filter(|(name, _)| is_filter(name)) {
                        Some((name, "")) if rest.starts_with(['"', '“', '„']) => {
                            let (value, after) = quoted(rest);
                            rest = after;
                            parts.push(Part::Filter { name: name.to_lowercase(), value });
                        }
                        Some((name, value)) => {
                            parts.push(Part::Filter { name: name.to_lowercase(), value: value.into() });
                        }
                        None => {
                            let prefix = word.ends_with('*');
                            parts.push(Part::Text { text: word.trim_end_matches('*').into(), quoted: false, prefix });
                        }
                    },
                }
            }
        }
        rest = rest.trim_start();
    }
    Ok(parts)
}

/// The text up to the closing quotation mark, or to the end when it is still being typed.
fn quoted(rest: &str) -> (String, &str) {
    let inside = &rest[rest.chars().next().map_or(0, char::len_utf8)..];
    match inside.char_indices().find(|(_, c)| "\"“”".contains(*c)) {
        Some((end, mark)) => (inside[..end].into(), &inside[end + mark.len_utf8()..]),
        None => (inside.into(), ""),
    }
}

fn is_filter(name: &str) -> bool {
    matches!(name.to_lowercase().as_str(), "tag" | "doc" | "document" | "author" | "has")
}

struct Parser<'a> {
    parts: &'a [Part],
    at: usize,
    query: Query,
}

impl Parser<'_> {
    /// One or more alternatives; `None` when they hold nothing but filters.
    fn alternatives(&mut self, depth: u32, negated: bool) -> Result<Option<String>> {
        if depth > DEEPEST {
            return Err(Error::QueryInvalid { reason: "its parentheses are nested too deeply".into() });
        }
        let mut found = Vec::new();
        loop {
            found.extend(self.conjunction(depth, negated)?);
            if self.parts.get(self.at) != Some(&Part::Or) {
                break;
            }
            self.at += 1;
        }
        Ok(match found.len() {
            0 => None,
            1 => found.pop(),
            _ => Some(format!("({})", found.join(" OR "))),
        })
    }

    fn conjunction(&mut self, depth: u32, negated: bool) -> Result<Option<String>> {
        let mut wanted: Vec<String> = Vec::new();
        let mut unwanted: Vec<String> = Vec::new();
        let mut not = false;
        while let Some(part) = self.parts.get(self.at) {
            match part {
                Part::Or | Part::Close => break,
                Part::And => self.at += 1,
                Part::Not => {
                    not = !not;
                    self.at += 1;
                }
                Part::Open => {
                    self.at += 1;
                    let inner = self.alternatives(depth + 1, negated != not)?;
                    // A parenthesis that is still being typed closes at the end.
                    if self.parts.get(self.at) == Some(&Part::Close) {
                        self.at += 1;
                    }
                    if let Some(inner) = inner {
                        if not { &mut unwanted } else { &mut wanted }.push(inner);
                    }
                    not = false;
                }
                Part::Text { text, prefix, .. } => {
                    self.at += 1;
                    let term = Term {
                        words: words(text).into_iter().map(|Word { folded, .. }| folded).collect(),
                        prefix: *prefix,
                    };
                    if !term.words.is_empty() {
                        if not { &mut unwanted } else { &mut wanted }.push(match_of(&term));
                        if not == negated {
                            self.query.terms.push(term);
                        }
                    }
                    not = false;
                }
                Part::Filter { name, value } => {
                    self.at += 1;
                    let filter = filter_of(name, value, not != negated)?;
                    self.query.filters.push(filter);
                    not = false;
                }
            }
        }
        if wanted.is_empty() {
            if unwanted.is_empty() {
                return Ok(None);
            }
            return Err(Error::QueryInvalid { reason: "NOT needs something before it that is wanted".into() });
        }
        let wanted = if wanted.len() == 1 { wanted.remove(0) } else { format!("({})", wanted.join(" AND ")) };
        Ok(Some(unwanted.into_iter().fold(wanted, |all, one| format!("({all} NOT {one})"))))
    }
}

/// A term as FTS5 wants it. Folded words hold only letters and digits, so quoting them is enough.
fn match_of(term: &Term) -> String {
    format!("\"{}\"{}", term.words.join(" "), if term.prefix { "*" } else { "" })
}

fn filter_of(name: &str, value: &str, negated: bool) -> Result<Filter> {
    let field = match (name, value.to_lowercase().as_str()) {
        ("tag", _) => Field::Tag,
        ("doc" | "document", _) => Field::Document,
        ("author", _) => Field::Author,
        ("has", "note") => Field::Note,
        ("has", "link") => Field::Link,
        ("has", _) => return Err(Error::QueryInvalid { reason: "after has: comes note or link".into() }),
        _ => return Err(Error::QueryInvalid { reason: format!("there is no filter {name}:") }),
    };
    if value.trim().is_empty() {
        return Err(Error::QueryInvalid { reason: format!("after {name}: comes a name") });
    }
    Ok(Filter { field, value: crate::words::folded(value), negated })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn understands_what_is_typed() {
        let check = |input: &str, words: &str, filters: usize| {
            let query = parse(input, false).unwrap_or_else(|error| panic!("{input}: {error}"));
            assert_eq!((query.words.as_str(), query.filters.len()), (words, filters), "{input}");
        };
        check("oil", "\"oil\"", 0);
        check("oil gas", "(\"oil\" AND \"gas\")", 0);
        check("oil AND gas", "(\"oil\" AND \"gas\")", 0);
        check("oil OR gas", "(\"oil\" OR \"gas\")", 0);
        check("oil NOT gas", "(\"oil\" NOT \"gas\")", 0);
        check("oil -gas", "(\"oil\" NOT \"gas\")", 0);
        check("\"oil and gas\"", "\"oil and gas\"", 0);
        check("Партнёр*", "\"партнер\"*", 0);
        check("러시아", "\"러 시 아\"", 0);
        check("tag:military", "", 1);
        check("tag:\"North Korea\" has:note oil", "\"oil\"", 2);
        check("(oil OR gas) coal", "((\"oil\" OR \"gas\") AND \"coal\")", 0);
        check("(oil", "\"oil\"", 0);
        check("\"oil and", "\"oil and\"", 0);
        check("half-life", "\"half life\"", 0);
        check("", "", 0);
        check("…!", "", 0);
        check("\"; DROP TABLE", "\"drop table\"", 0);
    }

    #[test]
    fn refuses_what_makes_no_sense() {
        for input in ["NOT oil", "has:nothing", "tag:", "oil)"] {
            assert!(matches!(parse(input, false), Err(Error::QueryInvalid { .. })), "{input}");
        }
    }

    #[test]
    fn an_unfinished_word_stands_for_all_that_begin_so() {
        assert_eq!(parse("oil pip", true).map(|query| query.words).ok(), Some("(\"oil\" AND \"pip\"*)".into()));
        assert_eq!(parse("oil pip ", true).map(|query| query.words).ok(), Some("(\"oil\" AND \"pip\")".into()));
    }
}
