//! The bytes of an RTF, cut into groups, control words and text.
//!
//! Deliberately absent: what any control word means, apart from the length of binary data.

/// One piece of the file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Token<'a> {
    /// `{`
    Open,
    /// `}`
    Close,
    /// `\word-12 `
    Word(&'a str, Option<i32>),
    /// A backslash with a character that is no letter.
    Symbol(u8),
    /// `\'e9`
    Hex(u8),
    /// Bytes that are text.
    Text(&'a [u8]),
}

/// Cuts the bytes.
pub(super) struct Lexer<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl<'a> Lexer<'a> {
    pub(super) fn new(bytes: &'a [u8]) -> Lexer<'a> {
        Lexer { bytes, at: 0 }
    }

    fn while_in(&mut self, belongs: impl Fn(u8) -> bool) -> &'a [u8] {
        let rest = &self.bytes[self.at..];
        let end = rest.iter().position(|&byte| !belongs(byte)).unwrap_or(rest.len());
        self.at += end;
        &rest[..end]
    }

    fn take(&mut self, byte: u8) -> bool {
        let there = self.bytes.get(self.at) == Some(&byte);
        self.at += usize::from(there);
        there
    }

    fn control(&mut self) -> Option<Token<'a>> {
        let name = self.while_in(|byte| byte.is_ascii_alphabetic());
        let Ok(name) = std::str::from_utf8(name) else { return None };
        if name.is_empty() {
            let symbol = *self.bytes.get(self.at)?;
            self.at += 1;
            if symbol != b'\'' {
                return Some(Token::Symbol(symbol));
            }
            let digits = self.bytes.get(self.at..self.at + 2)?;
            let digits = std::str::from_utf8(digits).ok().and_then(|digits| u8::from_str_radix(digits, 16).ok());
            let Some(byte) = digits else { return Some(Token::Symbol(symbol)) };
            self.at += 2;
            return Some(Token::Hex(byte));
        }
        let from = self.at;
        self.take(b'-');
        let digits = self.while_in(|byte| byte.is_ascii_digit()).len();
        if digits == 0 {
            self.at = from;
        }
        let number = std::str::from_utf8(&self.bytes[from..self.at]).ok().and_then(|number| number.parse().ok());
        self.take(b' ');
        if name == "bin" {
            let length = number.and_then(|number: i32| usize::try_from(number).ok()).unwrap_or(0);
            self.at = self.at.saturating_add(length).min(self.bytes.len());
        }
        Some(Token::Word(name, number))
    }
}

impl<'a> Iterator for Lexer<'a> {
    type Item = Token<'a>;

    fn next(&mut self) -> Option<Token<'a>> {
        loop {
            match *self.bytes.get(self.at)? {
                b'{' => {
                    self.at += 1;
                    return Some(Token::Open);
                }
                b'}' => {
                    self.at += 1;
                    return Some(Token::Close);
                }
                b'\\' => {
                    self.at += 1;
                    return self.control();
                }
                b'\r' | b'\n' | b'\0' => self.at += 1,
                _ => {
                    return Some(Token::Text(
                        self.while_in(|byte| !matches!(byte, b'{' | b'}' | b'\\' | b'\r' | b'\n' | b'\0')),
                    ));
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Lexer, Token};

    #[test]
    fn pieces_are_cut_where_they_end() {
        let source = b"{\\rtf1\\b0 a\\'e9\\~\\u-3\\bin2 {}\\b\r\nc\\ul";
        let tokens: Vec<Token<'_>> = Lexer::new(source).collect();
        let expected = [
            Token::Open,
            Token::Word("rtf", Some(1)),
            Token::Word("b", Some(0)),
            Token::Text(b"a"),
            Token::Hex(0xe9),
            Token::Symbol(b'~'),
            Token::Word("u", Some(-3)),
            Token::Word("bin", Some(2)),
            Token::Word("b", None),
            Token::Text(b"c"),
            Token::Word("ul", None),
        ];
        assert_eq!(tokens, expected);
        for end in [&b"\\"[..], b"\\'", b"\\'a", b"\\'zz", b"\\bin99999 x", b"\\u-", b"\\b99999999999"] {
            assert!(Lexer::new(end).count() <= 2);
        }
    }
}
