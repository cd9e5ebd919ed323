//! What a person types into the search box, understood. Pure: text in, a tree and remarks out.
//!
//! ```text
//! query  = either { "OR" either }
//! either = { [ "NOT" | "-" ] ( word | word* | "exact phrase" | filter:value | ( query ) ) }
//! ```
//! `AND` may stand between two parts and means what nothing means. Filters hold for the whole query.

mod lexer;

use self::lexer::{Kind, Part, parts};
use crate::folding::{is_mark, is_unseen};
use crate::remarks::{Remark, RemarkCode};
use crate::words::{Word, indexed_word, words};

/// A word or a phrase: its folded words in order; with `prefix` the last may go on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Term {
    /// Folded words in order.
    pub words: Vec<String>,
    /// Whether the last word may be longer in the text.
    pub prefix: bool,
}

impl Term {
    fn new(text: &str, prefix: bool) -> Term {
        Term { words: words(text).into_iter().map(|Word { folded, .. }| folded).collect(), prefix }
    }

    /// Where this stands among the words of a text: the index of each first word.
    pub fn places(&self, among: &[Word]) -> Vec<usize> {
        let length = self.words.len();
        if length == 0 {
            return Vec::new();
        }
        let is_same = |run: &[Word]| {
            run.iter().zip(&self.words).enumerate().all(|(at, (word, wanted))| {
                word.folded == *wanted || (self.prefix && at + 1 == length && word.folded.starts_with(wanted.as_str()))
            })
        };
        among.windows(length).enumerate().filter(|(_, run)| is_same(run)).map(|(at, _)| at).collect()
    }
}

/// A condition on the highlight or on the document of a hit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Filter {
    /// What it looks at.
    pub field: Field,
    /// What it must be, as it was typed.
    pub value: String,
    /// The words of the value. Without quotation marks the last may go on.
    pub term: Term,
    /// Whether it must not be so.
    pub negated: bool,
    /// Where it stands in the query, in code points.
    pub place: (u32, u32),
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
    /// What can't mean what was typed, with places in code points, in their order.
    pub remarks: Vec<Remark>,
}

/// Why a query is refused, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// The end of a sentence.
    pub reason: String,
    /// Where it stands in the query, in code points.
    pub place: (u32, u32),
}

impl Fault {
    fn new(reason: impl Into<String>, place: (u32, u32)) -> Fault {
        Fault { reason: reason.into(), place }
    }
}

/// Longest query, in characters.
const LONGEST: usize = 2_000;
/// Deepest nesting of parentheses.
const DEEPEST: u32 = 20;

/// Understands a query. With `unfinished` the last word may still be being typed, so it stands for all that begin so.
pub fn parse(input: &str, unfinished: bool) -> Result<Query, Fault> {
    let length = input.chars().count();
    if length > LONGEST {
        return Err(Fault::new(format!("it is longer than {LONGEST} characters"), (LONGEST as u32, length as u32)));
    }
    let mut remarks = Vec::new();
    let mut parts = parts(input, &mut remarks)?;
    if unfinished
        && input.chars().next_back().is_some_and(is_part_of_word)
        && let Some(Part { kind: Kind::Text { prefix, quoted: false, .. }, .. }) = parts.last_mut()
    {
        *prefix = true;
    }
    remarks.extend(dangling(&parts));
    let mut parser = Parser { parts: &parts, at: 0, query: Query { remarks, ..Query::default() } };
    let found = parser.alternatives(0, false)?;
    if let Some(part) = parts.get(parser.at) {
        return Err(Fault::new("a closing parenthesis has no opening one", part.place));
    }
    let mut query = parser.query;
    query.words = found.unwrap_or_default();
    if query.words.is_empty() && query.filters.is_empty() && query.remarks.is_empty() && !input.trim().is_empty() {
        query.remarks.push(Remark::new(RemarkCode::NothingToFind, (0, length as u32), input.trim()));
    }
    query.remarks.sort_by_key(|remark| (remark.start, remark.end));
    Ok(query)
}

/// Whether a character goes on with a word: a letter, a digit, a mark on one, or a sign that nobody sees.
fn is_part_of_word(character: char) -> bool {
    character.is_alphanumeric() || is_mark(character) || is_unseen(character)
}

/// Operators that have nothing to join.
fn dangling(parts: &[Part]) -> Vec<Remark> {
    let ends = |part: &Part| matches!(part.kind, Kind::Text { .. } | Kind::Filter { .. } | Kind::Close);
    let begins = |part: &Part| matches!(part.kind, Kind::Text { .. } | Kind::Filter { .. } | Kind::Open | Kind::Not);
    let mut found = Vec::new();
    for (at, part) in parts.iter().enumerate() {
        let (name, joins) = match part.kind {
            Kind::And => ("AND", true),
            Kind::Or => ("OR", true),
            Kind::Not => ("NOT", false),
            _ => continue,
        };
        let before = at.checked_sub(1).map(|before| &parts[before]);
        if !parts.get(at + 1).is_some_and(begins) || (joins && !before.is_some_and(ends)) {
            found.push(Remark::new(RemarkCode::OperatorDangling, part.place, name));
        }
    }
    found
}

struct Parser<'a> {
    parts: &'a [Part],
    at: usize,
    query: Query,
}

impl Parser<'_> {
    /// One or more alternatives; `None` when they hold nothing but filters.
    fn alternatives(&mut self, depth: u32, negated: bool) -> Result<Option<String>, Fault> {
        if depth > DEEPEST {
            let place = self.parts.get(self.at.saturating_sub(1)).map_or((0, 0), |part| part.place);
            return Err(Fault::new("its parentheses are nested too deeply", place));
        }
        let filters = self.query.filters.len();
        let mut found = Vec::new();
        let mut alternatives = 0;
        loop {
            let first = self.at;
            found.extend(self.conjunction(depth, negated)?);
            alternatives += u32::from(self.at > first);
            if self.parts.get(self.at).map(|part| &part.kind) != Some(&Kind::Or) {
                break;
            }
            self.at += 1;
        }
        if alternatives > 1 || (negated && depth > 0) {
            for filter in &self.query.filters[filters..] {
                let same = |remark: &Remark| remark.code == RemarkCode::FilterInside && remark.start == filter.place.0;
                if !self.query.remarks.iter().any(same) {
                    self.query.remarks.push(Remark::new(RemarkCode::FilterInside, filter.place, &filter.value));
                }
            }
        }
        Ok(match found.len() {
            0 => None,
            1 => found.pop(),
            _ => Some(format!("({})", found.join(" OR "))),
        })
    }

    fn conjunction(&mut self, depth: u32, negated: bool) -> Result<Option<String>, Fault> {
        let mut wanted: Vec<String> = Vec::new();
        let mut unwanted: Vec<String> = Vec::new();
        let mut not = false;
        let first = self.at;
        while let Some(Part { kind, place }) = self.parts.get(self.at) {
            match kind {
                Kind::Or | Kind::Close => break,
                Kind::And => self.at += 1,
                Kind::Not => {
                    not = !not;
                    self.at += 1;
                }
                Kind::Open => {
                    self.at += 1;
                    if let Some(inner) = self.parenthesis(*place, depth, negated != not)? {
                        if not { &mut unwanted } else { &mut wanted }.push(inner);
                    }
                    not = false;
                }
                Kind::Text { text, prefix, .. } => {
                    self.at += 1;
                    let term = Term::new(text, *prefix);
                    if !term.words.is_empty() {
                        if not { &mut unwanted } else { &mut wanted }.push(match_of(&term));
                        if not == negated {
                            self.query.terms.push(term);
                        }
                    }
                    not = false;
                }
                Kind::Filter { name, value, quoted } => {
                    self.at += 1;
                    let (field, term) = (field_of(name, value, *place)?, Term::new(value, !quoted));
                    let value = value.trim().to_owned();
                    self.query.filters.push(Filter { field, value, term, negated: not != negated, place: *place });
                    not = false;
                }
            }
        }
        if wanted.is_empty() {
            if unwanted.is_empty() {
                return Ok(None);
            }
            let end = self.parts[self.at - 1].place.1;
            return Err(Fault::new("NOT needs something before it that is wanted", (self.parts[first].place.0, end)));
        }
        let wanted = if wanted.len() == 1 { wanted.remove(0) } else { format!("({})", wanted.join(" AND ")) };
        Ok(Some(unwanted.into_iter().fold(wanted, |all, one| format!("({all} NOT {one})"))))
    }

    /// What stands in a parenthesis, up to its end. One that is still being typed ends with the query.
    fn parenthesis(&mut self, open: (u32, u32), depth: u32, negated: bool) -> Result<Option<String>, Fault> {
        let first = self.at;
        let inner = self.alternatives(depth + 1, negated)?;
        match self.parts.get(self.at) {
            Some(Part { kind: Kind::Close, place }) => {
                if self.at == first {
                    self.query.remarks.push(Remark::new(RemarkCode::ParenthesesEmpty, (open.0, place.1), "()"));
                }
                self.at += 1;
            }
            _ => self.query.remarks.push(Remark::new(RemarkCode::ParenthesisOpen, open, "(")),
        }
        Ok(inner)
    }
}

/// A term as FTS5 wants it. Words of the index hold only letters, digits and private characters, so quoting is enough.
fn match_of(term: &Term) -> String {
    let words: Vec<String> = term.words.iter().map(|word| indexed_word(word)).collect();
    format!("\"{}\"{}", words.join(" "), if term.prefix { "*" } else { "" })
}

fn field_of(name: &str, value: &str, place: (u32, u32)) -> Result<Field, Fault> {
    Ok(match (name, value.to_lowercase().as_str()) {
        ("tag", _) => Field::Tag,
        ("author", _) => Field::Author,
        ("has", "note") => Field::Note,
        ("has", "link") => Field::Link,
        ("has", _) => return Err(Fault::new("after has: comes note or link", place)),
        _ => Field::Document,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn understands_what_is_typed() {
        let check = |input: &str, words: &str, filters: usize| {
            let query = parse(input, false).unwrap_or_else(|fault| panic!("{input}: {fault:?}"));
            assert_eq!((query.words.as_str(), query.filters.len()), (words, filters), "{input}");
        };
        check("oil", "\"oil\"", 0);
        check("oil gas", "(\"oil\" AND \"gas\")", 0);
        check("oil AND gas", "(\"oil\" AND \"gas\")", 0);
        check("oil OR gas", "(\"oil\" OR \"gas\")", 0);
        check("oil NOT gas", "(\"oil\" NOT \"gas\")", 0);
        check("oil -gas", "(\"oil\" NOT \"gas\")", 0);
        check("\"oil and gas\"", "\"oil and gas\"", 0);
        check("«нефть и газ»", "\"нефть и газ\"", 0);
        check("Партнёр*", "\"партнер\"*", 0);
        check("러시아", "\"러 시 아\"", 0);
        check("tag:military", "", 1);
        check("tag:\"North Korea\" has:note oil", "\"oil\"", 2);
        check("(oil OR gas) coal", "((\"oil\" OR \"gas\") AND \"coal\")", 0);
        check("(oil", "\"oil\"", 0);
        check("\"oil and", "\"oil and\"", 0);
        check("half-life", "\"half life\"", 0);
        check("צה\"ל \"צה\"ל חזק\"", "(\"צה ל\" AND \"צה ל חזק\")", 0);
        check("", "", 0);
        check("…!", "", 0);
        check("\"; DROP TABLE", "\"drop table\"", 0);
        check("oil -🔥", &format!("(\"oil\" NOT \"{}\")", indexed_word("🔥")), 0);
    }

    #[test]
    fn refuses_what_makes_no_sense_and_says_where() {
        let check = |input: &str, place: (u32, u32)| match parse(input, false) {
            Err(fault) => assert_eq!(fault.place, place, "{input}"),
            Ok(query) => panic!("{input}: {query:?}"),
        };
        check("NOT oil", (0, 7));
        check("fuel has:nothing", (5, 16));
        check("🔴 tag:", (2, 6));
        check("tag:\"\"", (0, 6));
        check("oil)", (3, 4));
        check("coal OR -oil", (8, 12));
    }

    #[test]
    fn remarks_on_what_cannot_mean_what_was_typed() {
        let check = |input: &str, expected: &[(RemarkCode, &str)]| {
            let characters: Vec<char> = input.chars().collect();
            let query = parse(input, false).unwrap_or_else(|fault| panic!("{input}: {fault:?}"));
            let found: Vec<(RemarkCode, String)> = query
                .remarks
                .iter()
                .map(|remark| (remark.code, characters[remark.start as usize..remark.end as usize].iter().collect()))
                .collect();
            let expected: Vec<_> = expected.iter().map(|(code, part)| (*code, (*part).to_owned())).collect();
            assert_eq!(found, expected, "{input}");
        };
        use RemarkCode::*;
        check("published:2024 oil", &[(FieldUnknown, "published:")]);
        check("🚢 год:2024", &[(FieldUnknown, "год:")]);
        check("publisher:\"Kyiv Post\"", &[(FieldUnknown, "publisher:")]);
        check("title:capitals", &[(FieldUnknown, "title:")]);
        check("oil NEAR gas", &[(OperatorUnknown, "NEAR")]);
        check("нефть NEAR/5 газ", &[(OperatorUnknown, "NEAR/5")]);
        check("oil || gas", &[(SignUnknown, "||")]);
        check("석유 && 가스", &[(SignUnknown, "&&")]);
        check("oil !gas", &[(SignUnknown, "!")]);
        check("oil or gas", &[(OperatorSmall, "or")]);
        check("the \"oil and", &[(QuoteOpen, "\"oil and")]);
        check("tag:\"North", &[(QuoteOpen, "\"North")]);
        check("„Öl und Gas", &[(QuoteOpen, "„Öl und Gas")]);
        check("oil AND", &[(OperatorDangling, "AND")]);
        check("OR oil", &[(OperatorDangling, "OR")]);
        check("石油 NOT", &[(OperatorDangling, "NOT")]);
        check("oil AND OR gas", &[(OperatorDangling, "AND"), (OperatorDangling, "OR")]);
        check("(oil OR) gas", &[(OperatorDangling, "OR")]);
        check("oil ()", &[(ParenthesesEmpty, "()")]);
        check("(oil gas", &[(ParenthesisOpen, "(")]);
        check("*oil", &[(StarMisplaced, "*oil")]);
        check("нефт*провод", &[(StarMisplaced, "нефт*провод")]);
        check("oil *", &[(StarMisplaced, "*")]);
        check("oil OR tag:gas", &[(FilterInside, "tag:gas")]);
        check("oil -(has:note gas)", &[(FilterInside, "has:note")]);
        check(" …! ", &[(NothingToFind, " …! ")]);
        for plain in [
            "oil",
            "12:30",
            "https://example.org/a",
            "Moscow: war",
            "std::vec",
            "AT&T",
            "R & D",
            "oil AND NOT gas",
            "C++ 5% €5",
            "(tag:a) oil",
            "(oil OR gas) tag:x",
            "tag:a tag:b",
            "\"oil NEAR gas\"",
            "Iran -\"oil or gas\"",
            "or",
            "",
        ] {
            check(plain, &[]);
        }
    }

    #[test]
    fn a_remark_suggests_what_may_have_been_meant() {
        let suggested = |input: &str| {
            let remarks = parse(input, false).map(|query| query.remarks).unwrap_or_default();
            remarks.into_iter().flat_map(|remark| remark.suggestions).collect::<Vec<_>>()
        };
        assert_eq!(suggested("title:x"), ["doc:"]);
        assert_eq!(suggested("auther:x"), ["author:"]);
        assert_eq!(suggested("published:2024"), [""; 0]);
        assert_eq!(suggested("oil || gas"), ["OR"]);
    }

    #[test]
    fn an_unfinished_word_stands_for_all_that_begin_so() {
        let typed = |input: &str| parse(input, true).map(|query| query.words).ok();
        assert_eq!(typed("oil pip"), Some("(\"oil\" AND \"pip\"*)".into()));
        assert_eq!(typed("oil pip "), Some("(\"oil\" AND \"pip\")".into()));
        assert_eq!(typed("e\u{301}te\u{301}"), Some("\"ete\"*".into()));
        assert_eq!(typed("Unter\u{ad}"), Some("\"unter\"*".into()));
        assert!(typed("का").is_some_and(|words| words.ends_with('*')));
    }
}
