//! A query cut into its parts, each with its place in code points.

use super::{Fault, is_part_of_word};
use crate::folding::is_sign;
use crate::names::near;
use crate::remarks::{Remark, RemarkCode};

/// A part of a query and where it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Part {
    pub(super) kind: Kind,
    pub(super) place: (u32, u32),
}

/// What a part is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Kind {
    /// Words: a phrase when there are several.
    Text { text: String, quoted: bool, prefix: bool },
    /// A field and its value.
    Filter { name: String, value: String, quoted: bool },
    /// AND
    And,
    /// OR
    Or,
    /// NOT or a minus.
    Not,
    /// An opening parenthesis.
    Open,
    /// A closing parenthesis.
    Close,
}

/// The fields that a filter can look at.
const FIELDS: [&str; 5] = ["tag", "doc", "document", "author", "has"];

/// What people write for our fields, with what takes the place of its name and colon.
const OTHER_FIELDS: [(&str, &str); 9] = [
    ("tags", "tag:"),
    ("code", "tag:"),
    ("title", "doc:"),
    ("source", "doc:"),
    ("file", "doc:"),
    ("by", "author:"),
    ("from", "author:"),
    ("note", "has:note "),
    ("link", "has:link "),
];

const QUOTES: &str = "\"“”„«";
const CLOSING: &str = "\"“”»";

/// Cuts a query into parts, with remarks on what is no query of ours.
pub(super) fn parts(input: &str, remarks: &mut Vec<Remark>) -> Result<Vec<Part>, Fault> {
    let characters: Vec<char> = input.chars().collect();
    let mut lexer = Lexer { characters: &characters, at: 0, parts: Vec::new(), remarks };
    while let Some(&first) = lexer.characters.get(lexer.at) {
        lexer.part(first)?;
    }
    Ok(lexer.parts)
}

struct Lexer<'a> {
    characters: &'a [char],
    at: usize,
    parts: Vec<Part>,
    remarks: &'a mut Vec<Remark>,
}

impl Lexer<'_> {
    fn part(&mut self, first: char) -> Result<(), Fault> {
        let start = self.at;
        let next = self.characters.get(start + 1).copied();
        match first {
            _ if first.is_whitespace() => self.at += 1,
            '(' | ')' => {
                self.at += 1;
                self.add(if first == '(' { Kind::Open } else { Kind::Close }, start);
            }
            '-' if next
                .is_some_and(|next| is_part_of_word(next) || is_sign(next) || next == '(' || QUOTES.contains(next)) =>
            {
                self.at += 1;
                self.add(Kind::Not, start);
            }
            _ if QUOTES.contains(first) => {
                let text = self.quoted();
                let prefix = self.characters.get(self.at) == Some(&'*');
                self.at += usize::from(prefix);
                self.add(Kind::Text { text, quoted: true, prefix }, start);
            }
            _ => {
                while self.characters.get(self.at).is_some_and(|&c| self.belongs(c)) {
                    self.at += 1;
                }
                let word: String = self.characters[start..self.at].iter().collect();
                self.word(word, start)?;
            }
        }
        Ok(())
    }

    fn add(&mut self, kind: Kind, start: usize) {
        self.parts.push(Part { kind, place: (start as u32, self.at as u32) });
    }

    fn remark(&mut self, code: RemarkCode, start: usize, argument: &str, suggestions: &[&str]) {
        let place = (start as u32, self.at as u32);
        self.remarks.push(Remark::new(code, place, argument).suggesting(suggestions.iter().copied()));
    }

    /// Whether the character at the place where the lexer is goes on with a word. The mark inside a Hebrew abbreviation
    /// does, though it is typed as a quotation mark.
    fn belongs(&self, character: char) -> bool {
        let hebrew = |at: Option<usize>| {
            at.and_then(|at| self.characters.get(at)).is_some_and(|c| matches!(c, '\u{5d0}'..='\u{5ea}'))
        };
        let inside = character == '"' && hebrew(self.at.checked_sub(1)) && hebrew(Some(self.at + 1));
        inside || !(character.is_whitespace() || "()".contains(character) || QUOTES.contains(character))
    }

    /// The text from a quotation mark up to the closing one, or to the end when there is none.
    fn quoted(&mut self) -> String {
        let start = self.at;
        self.at += 1;
        while let Some(&c) = self.characters.get(self.at) {
            if CLOSING.contains(c) && (c != '"' || !self.belongs(c)) {
                break;
            }
            self.at += 1;
        }
        let text: String = self.characters[start + 1..self.at].iter().collect();
        if self.at < self.characters.len() {
            self.at += 1;
        } else {
            self.remark(RemarkCode::QuoteOpen, start, &text, &[]);
        }
        text
    }

    fn word(&mut self, word: String, start: usize) -> Result<(), Fault> {
        match word.as_str() {
            "AND" => self.add(Kind::And, start),
            "OR" => self.add(Kind::Or, start),
            "NOT" => self.add(Kind::Not, start),
            "&&" => self.remark(RemarkCode::SignUnknown, start, &word, &["AND"]),
            "||" | "|" => self.remark(RemarkCode::SignUnknown, start, &word, &["OR"]),
            "!" => self.remark(RemarkCode::SignUnknown, start, &word, &["NOT"]),
            _ => return self.field_or_text(word, start),
        }
        Ok(())
    }

    fn field_or_text(&mut self, word: String, start: usize) -> Result<(), Fault> {
        let Some((name, value)) = word.split_once(':') else {
            self.operator(&word, start);
            self.text(word, start);
            return Ok(());
        };
        let folded = name.to_lowercase();
        let quoted = value.is_empty() && self.characters.get(self.at).is_some_and(|c| QUOTES.contains(*c));
        if FIELDS.contains(&folded.as_str()) {
            let value = if quoted { self.quoted() } else { value.to_owned() };
            if value.trim().is_empty() {
                return Err(Fault::new(format!("after {folded}: comes a name"), (start as u32, self.at as u32)));
            }
            self.add(Kind::Filter { name: folded, value, quoted }, start);
            return Ok(());
        }
        // A field is a word before a colon with something close behind it; a time of day and an address are none.
        let lettered = !name.is_empty() && name.chars().all(char::is_alphabetic);
        if lettered && (quoted || (!value.is_empty() && !value.starts_with(['/', ':', '\\']))) {
            let meant = OTHER_FIELDS.iter().find(|(other, _)| *other == folded);
            let suggestions = match meant {
                Some((_, ours)) => vec![(*ours).to_owned()],
                None => near(&FIELDS, name).into_iter().map(|at| format!("{}:", FIELDS[at])).collect(),
            };
            let place = (start as u32, (start + name.chars().count() + 1) as u32);
            self.remarks.push(Remark::new(RemarkCode::FieldUnknown, place, name).suggesting(suggestions));
        }
        self.text(word, start);
        Ok(())
    }

    /// Remarks on an operator that other programs have.
    fn operator(&mut self, word: &str, start: usize) {
        let name = word.split('/').next().unwrap_or(word);
        if matches!(name, "NEAR" | "XOR" | "ADJ" | "WITHIN") {
            self.remark(RemarkCode::OperatorUnknown, start, word, &[]);
        } else if matches!(word, "or" | "and" | "not") && !self.parts.is_empty() {
            self.remark(RemarkCode::OperatorSmall, start, word, &[word.to_uppercase().as_str()]);
        } else if word.len() > 1 && word.starts_with('!') && word[1..].starts_with(is_part_of_word) {
            let place = (start as u32, start as u32 + 1);
            self.remarks.push(Remark::new(RemarkCode::SignUnknown, place, "!").suggesting(["-"]));
        }
    }

    fn text(&mut self, word: String, start: usize) {
        let text = word.trim_end_matches('*');
        let prefix = text.len() < word.len() && !text.is_empty();
        if text.contains('*') || text.is_empty() && word.contains('*') {
            self.remark(RemarkCode::StarMisplaced, start, &word, &[]);
        }
        self.add(Kind::Text { text: text.to_owned(), quoted: false, prefix }, start);
    }
}
