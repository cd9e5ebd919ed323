//! Words as a search knows them, folded by `folding.rs`; in scripts that are written without spaces every character is
//! a word, so that a part of a compound is found, and so is every symbol and emoji. Pure; one definition for the
//! index, the query and the marks in an excerpt.

use crate::folding::{
    JOINER, fold, is_apostrophe, is_diacritic, is_flag_half, is_flag_tag, is_jamo_tail, is_mark, is_plainly_gap,
    is_sign, is_skin_tone, is_unseen, plainly, plainly_alone, stands_alone, stands_apart, whole,
};

/// A word and where it stands, in code points.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Word {
    /// Folded.
    pub folded: String,
    /// Where it starts.
    pub start: u32,
    /// Where it ends, half open.
    pub end: u32,
}

/// The words of a text.
pub fn words(text: &str) -> Vec<Word> {
    let mut found = Vec::new();
    scan(text, &mut found);
    found
}

/// The words of a text, separated by single spaces: what the index is given.
pub fn indexed(text: &str) -> String {
    let mut index = Index { out: String::with_capacity(text.len()), last: 0 };
    scan(text, &mut index);
    index.out
}

/// A folded word as it stands in the index.
pub fn indexed_word(folded: &str) -> String {
    let mut out = String::with_capacity(folded.len());
    folded.chars().for_each(|character| index_character(character, &mut out));
    out
}

/// Adds a folded character to the index. The index's own tokenizer, `unicode61`, parts words at everything that is no
/// letter or digit to it: such a character is written as two of a private range, which it keeps together. A text's own
/// private characters part words and never get here.
fn index_character(character: char, out: &mut String) {
    let code = character as u32;
    if character.is_ascii_alphanumeric() || is_letter_of_the_index(character) {
        out.push(character);
    } else {
        let private = |code: u32| char::from_u32(code).expect("between U+E000 and U+F8FF");
        out.push(private(0xe000 + (code >> 12)));
        out.push(private(0xe200 + (code & 0xfff)));
    }
}

/// Letters that `unicode61` knows as such: those of the scripts that most texts are written in.
fn is_letter_of_the_index(character: char) -> bool {
    matches!(character as u32,
        0xdf..=0xf6 | 0xf8..=0x24f | 0x370..=0x52f | 0x561..=0x587 | 0x5d0..=0x5ea | 0x620..=0x64a | 0x671..=0x6d3
        | 0x904..=0x939 | 0xe01..=0xe30 | 0x10d0..=0x10fa | 0x1100..=0x11ff | 0x3041..=0x3096 | 0x30a1..=0x30fa
        | 0x30fc..=0x30fe | 0x3400..=0x4db5 | 0x4e00..=0x9fcc | 0xac00..=0xd7a3)
}

/// What takes the words of a text, character by character.
trait Sink {
    /// A word begins at a position.
    fn begin(&mut self, at: u32);
    /// The word has one more folded character.
    fn add(&mut self, character: char);
    /// The word goes on with letters and digits of ASCII, in any case.
    fn add_ascii(&mut self, run: &str);
    /// The last folded character is another one.
    fn replace(&mut self, character: char);
    /// The word goes on to a position.
    fn reach(&mut self, end: u32);
}

impl Sink for Vec<Word> {
    fn begin(&mut self, at: u32) {
        self.push(Word { folded: String::new(), start: at, end: at });
    }

    fn add(&mut self, character: char) {
        if let Some(word) = self.last_mut() {
            word.folded.push(character);
        }
    }

    fn add_ascii(&mut self, run: &str) {
        if let Some(word) = self.last_mut() {
            let start = word.folded.len();
            word.folded.push_str(run);
            word.folded[start..].make_ascii_lowercase();
        }
    }

    fn replace(&mut self, character: char) {
        if let Some(word) = self.last_mut() {
            word.folded.pop();
            word.folded.push(character);
        }
    }

    fn reach(&mut self, end: u32) {
        if let Some(word) = self.last_mut() {
            word.end = end;
        }
    }
}

struct Index {
    out: String,
    /// Where the last folded character starts.
    last: usize,
}

impl Sink for Index {
    #[inline]
    fn begin(&mut self, _: u32) {
        if !self.out.is_empty() {
            self.out.push(' ');
        }
    }

    #[inline]
    fn add(&mut self, character: char) {
        self.last = self.out.len();
        index_character(character, &mut self.out);
    }

    #[inline]
    fn add_ascii(&mut self, run: &str) {
        let start = self.out.len();
        self.out.push_str(run);
        self.out[start..].make_ascii_lowercase();
        self.last = self.out.len() - 1;
    }

    fn replace(&mut self, character: char) {
        self.out.truncate(self.last);
        index_character(character, &mut self.out);
    }

    #[inline]
    fn reach(&mut self, _: u32) {}
}

/// What stands before a character.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Before {
    /// Nothing that belongs to a word.
    Gap,
    /// A word that letters and digits go on with.
    Letters,
    /// A character that is a word of its own.
    Alone,
    /// A symbol or an emoji.
    Sign,
    /// An emoji and a joiner: the next one belongs to it.
    Joined,
    /// The first half of a flag.
    HalfFlag,
}

struct Scanner<'a, S> {
    sink: &'a mut S,
    before: Before,
    /// The last folded character, unless it is one of ASCII: no mark makes another letter of those.
    last: char,
}

fn scan(text: &str, sink: &mut impl Sink) {
    let mut scanner = Scanner { sink, before: Before::Gap, last: ' ' };
    let (mut rest, mut at) = (text, 0);
    while let Some(&first) = rest.as_bytes().first() {
        if first.is_ascii_alphanumeric() {
            let length = rest.bytes().take_while(u8::is_ascii_alphanumeric).count();
            let (run, after) = rest.split_at(length);
            scanner.ascii(run, at);
            (rest, at) = (after, at + length as u32);
        } else if first.is_ascii() {
            scanner.take_ascii(char::from(first), at);
            (rest, at) = (&rest[1..], at + 1);
        } else {
            let mut characters = rest.chars();
            if let Some(character) = characters.next() {
                scanner.take(character, at);
            }
            (rest, at) = (characters.as_str(), at + 1);
        }
    }
}

impl<S: Sink> Scanner<'_, S> {
    #[inline]
    fn ascii(&mut self, run: &str, at: u32) {
        if self.before != Before::Letters {
            self.sink.begin(at);
            self.before = Before::Letters;
        }
        self.sink.add_ascii(run);
        self.sink.reach(at + run.len() as u32);
        self.last = ' ';
    }

    #[inline]
    fn take_ascii(&mut self, character: char, at: u32) {
        if is_sign(character) { self.sign(character, at) } else { self.before = Before::Gap }
    }

    #[inline]
    fn take(&mut self, character: char, at: u32) {
        if let Some(letter) = plainly(character) {
            self.letter(letter, at);
        } else if plainly_alone(character) {
            self.begin(character, at, Before::Alone);
        } else if is_plainly_gap(character) {
            self.before = Before::Gap;
        } else {
            self.take_seldom(character, at);
        }
    }

    fn take_seldom(&mut self, character: char, at: u32) {
        if is_unseen(character) {
            self.unseen(character, at);
            return;
        }
        let apart = stands_apart(character);
        if apart {
            self.before = Before::Gap;
        }
        fold(character, |part| self.part(part, at));
        if apart {
            self.before = Before::Gap;
        }
    }

    /// A part of what a character folds to.
    fn part(&mut self, part: char, at: u32) {
        if is_mark(part) {
            self.mark(part, at);
        } else if is_sign(part) {
            self.sign(part, at);
        } else if !part.is_alphanumeric() || is_apostrophe(part) {
            self.before = Before::Gap;
        } else if stands_alone(part) {
            self.alone(part, at);
        } else {
            self.letter(part, at);
        }
    }

    #[inline]
    fn letter(&mut self, letter: char, at: u32) {
        if self.before == Before::Letters { self.go_on(letter, at) } else { self.begin(letter, at, Before::Letters) }
    }

    fn alone(&mut self, character: char, at: u32) {
        if self.before != Before::Alone || !is_jamo_tail(character) {
            self.begin(character, at, Before::Alone);
        } else if let Some(syllable) = whole(self.last, character) {
            self.replace(syllable, at);
        } else {
            self.go_on(character, at);
        }
    }

    fn mark(&mut self, mark: char, at: u32) {
        match self.before {
            Before::Gap if is_diacritic(mark) => {}
            Before::Gap => self.begin(mark, at, Before::Letters),
            Before::Letters | Before::Alone => {
                if let Some(letter) = whole(self.last, mark) {
                    self.replace(letter, at);
                } else if is_diacritic(mark) {
                    self.sink.reach(at + 1);
                } else if comes_before_tone(mark) && is_tone(self.last) {
                    let tone = self.last;
                    self.replace(mark, at);
                    self.go_on(tone, at);
                } else {
                    self.go_on(mark, at);
                }
            }
            Before::Sign | Before::Joined | Before::HalfFlag => self.sink.reach(at + 1),
        }
    }

    fn sign(&mut self, sign: char, at: u32) {
        match self.before {
            Before::Sign if is_skin_tone(sign) => self.sink.reach(at + 1),
            Before::HalfFlag if is_flag_half(sign) => {
                self.go_on(sign, at);
                self.before = Before::Sign;
            }
            Before::Joined => {
                self.go_on(sign, at);
                self.before = Before::Sign;
            }
            _ => self.begin(sign, at, if is_flag_half(sign) { Before::HalfFlag } else { Before::Sign }),
        }
    }

    fn unseen(&mut self, character: char, at: u32) {
        match self.before {
            Before::Sign if character == JOINER => self.before = Before::Joined,
            Before::Sign if is_flag_tag(character) => self.go_on(character, at),
            _ => {}
        }
    }

    #[inline]
    fn begin(&mut self, character: char, at: u32, kind: Before) {
        self.sink.begin(at);
        self.before = kind;
        self.go_on(character, at);
    }

    #[inline]
    fn go_on(&mut self, character: char, at: u32) {
        self.sink.add(character);
        self.sink.reach(at + 1);
        self.last = character;
    }

    fn replace(&mut self, character: char, at: u32) {
        self.sink.replace(character);
        self.sink.reach(at + 1);
        self.last = character;
    }
}

/// The ring of Thai and Lao that is half of the vowel am: typed before the tone or after it, it is the same word.
fn comes_before_tone(mark: char) -> bool {
    matches!(mark, '\u{e4d}' | '\u{ecd}')
}

fn is_tone(mark: char) -> bool {
    matches!(mark, '\u{e48}'..='\u{e4b}' | '\u{ec8}'..='\u{ecb}')
}

#[cfg(test)]
mod tests;
