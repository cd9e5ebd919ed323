//! RTF: the format that every word processor writes when it is told to be understood by the others.
//!
//! One pass over its pieces with a stack of groups. Deliberately absent: pictures, embedded objects, comments, headers
//! and footers, and the tables of lists (the number of a paragraph stands before it as text).

mod lexer;
mod pages;
mod paper;

use super::docx::{link, made_up};
use super::pen::Look;
use super::{Imported, Metadata, Refusal, symbols};
use encoding_rs::{Encoding, WINDOWS_1252};
use lexer::{Lexer, Token};
use paper::{Paper, Paragraph, Sheet};
use std::collections::HashMap;

/// Deepest nesting of groups. Word stops far below.
const MAX_DEPTH: usize = 1_000;

/// Groups that are no part of the text, although nothing in them says so.
const NO_TEXT: [&str; 34] = [
    "colortbl",
    "header",
    "headerl",
    "headerr",
    "headerf",
    "footer",
    "footerl",
    "footerr",
    "footerf",
    "pict",
    "objdata",
    "ftnsep",
    "ftnsepc",
    "ftncn",
    "aftnsep",
    "aftnsepc",
    "aftncn",
    "nonesttables",
    "shprslt",
    "xe",
    "tc",
    "tcn",
    "rxe",
    "txe",
    "bkmkstart",
    "bkmkend",
    "nonshppict",
    "pntxta",
    "pntxtb",
    "mmathPict",
    "annotation",
    "atnauthor",
    "atnid",
    "objname",
];

/// Groups that a reader may pass over and that hold text all the same.
const OPTIONAL_TEXT: [&str; 21] = [
    "fldinst",
    "shpinst",
    "shptxt",
    "footnote",
    "moMath",
    "moMathPara",
    "mr",
    "mf",
    "mnum",
    "mden",
    "msSup",
    "msSub",
    "msup",
    "msub",
    "me",
    "mrad",
    "mdeg",
    "md",
    "mnary",
    "mfunc",
    "mfName",
];

/// Where the words of a group go.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum To {
    Text,
    Nothing,
    Fonts,
    Styles,
    Info,
    Title,
    Author,
    /// What a field is told.
    Instruction,
    /// The number of a paragraph.
    Number,
    /// A drawing: only its text box has words.
    Shape,
}

/// What holds inside one group.
#[derive(Debug, Clone)]
struct Group {
    to: To,
    /// How many bytes stand in for a character that is given by its number.
    stand_ins: usize,
    font: i32,
    strong: bool,
    emphasis: bool,
    hidden: bool,
    deleted: bool,
    /// Above the line, or below it.
    raised: Option<bool>,
    link: Option<String>,
    paragraph: Paragraph,
    /// A star came: the next word may be passed over with its group.
    optional: bool,
    /// Holds the same text twice, the better one in its second group.
    twice: bool,
    /// How many sheets lie on the pile.
    sheets: usize,
}

/// What a font table says of one font.
#[derive(Debug, Default)]
struct Font {
    encoding: Option<&'static Encoding>,
    symbols: bool,
    name: String,
}

struct Reader {
    group: Group,
    outer: Vec<Group>,
    encoding: &'static Encoding,
    fonts: HashMap<i32, Font>,
    /// Number of the font or style that the table under way describes.
    entry: i32,
    standard_font: i32,
    paper: Paper,
    /// Bytes of text that are not decoded yet.
    bytes: Vec<u8>,
    /// Bytes to pass over.
    skip: usize,
    /// The first half of a character beyond U+FFFF.
    half: Option<u16>,
    instruction: String,
    metadata: Metadata,
    languages: [String; 3],
}

/// Whether the bytes begin as an RTF does.
pub(super) fn is_one(bytes: &[u8]) -> bool {
    bytes.trim_ascii_start().starts_with(b"{\\rtf")
}

/// Reads a document.
pub(super) fn read(bytes: &[u8]) -> Result<Imported, Refusal> {
    let mut reader = Reader::new();
    let mut whole = false;
    for token in Lexer::new(bytes) {
        match token {
            Token::Open => {
                reader.flush();
                if reader.outer.len() >= MAX_DEPTH {
                    return Err(Refusal::Unsafe { reason: "its groups are nested more than 1,000 levels deep".into() });
                }
                reader.open();
            }
            Token::Close => {
                reader.flush();
                reader.close();
                if reader.outer.is_empty() {
                    whole = true;
                    break;
                }
            }
            Token::Word(word, number) => {
                reader.flush();
                reader.skip = 0;
                reader.word(word, number);
            }
            Token::Symbol(symbol) => reader.symbol(symbol),
            Token::Hex(byte) => reader.byte(byte),
            Token::Text(bytes) => {
                for &byte in bytes {
                    reader.byte(byte);
                }
            }
        }
    }
    if !whole {
        return Err(Refusal::Damaged { reason: "it is cut short".into() });
    }
    let mut draft = reader.paper.finish();
    let mut metadata = reader.metadata;
    metadata.title = metadata.title.trim().to_owned();
    metadata.author = metadata.author.trim().to_owned();
    if made_up(&metadata.title) {
        metadata.title.clear();
    }
    draft.close();
    if metadata.title.is_empty() {
        metadata.title = draft.first_title();
    }
    let (text, structure) = draft.finish();
    metadata.language = super::language::of_script(&text, &reader.languages);
    Ok(Imported { text, structure, metadata, format: "rtf", encoding: reader.encoding.name(), kept: None })
}

impl Reader {
    fn new() -> Reader {
        Reader {
            group: Group {
                to: To::Text,
                stand_ins: 1,
                font: 0,
                strong: false,
                emphasis: false,
                hidden: false,
                deleted: false,
                raised: None,
                link: None,
                paragraph: Paragraph::default(),
                optional: false,
                twice: false,
                sheets: 1,
            },
            outer: Vec::new(),
            encoding: WINDOWS_1252,
            fonts: HashMap::new(),
            entry: 0,
            standard_font: 0,
            paper: Paper::new(),
            bytes: Vec::new(),
            skip: 0,
            half: None,
            instruction: String::new(),
            metadata: Metadata::default(),
            languages: Default::default(),
        }
    }

    fn open(&mut self) {
        self.skip = 0;
        let mut inner = self.group.clone();
        inner.optional = false;
        inner.twice = false;
        if self.group.twice {
            // Until it says that it is the better one.
            inner.to = To::Nothing;
        }
        if self.group.to == To::Styles {
            self.entry = 0;
        }
        self.outer.push(std::mem::replace(&mut self.group, inner));
    }

    fn close(&mut self) {
        self.skip = 0;
        self.half = None;
        let Some(outer) = self.outer.pop() else { return };
        let inner = std::mem::replace(&mut self.group, outer);
        if inner.to == To::Number && self.group.to != To::Number {
            self.paper.numbered();
        }
        for _ in self.group.sheets..inner.sheets {
            self.paper.take_off(&self.group.paragraph);
        }
    }

    /// One byte of text.
    fn byte(&mut self, byte: u8) {
        if self.skip > 0 {
            self.skip -= 1;
        } else {
            self.bytes.push(byte);
        }
    }

    fn symbol(&mut self, symbol: u8) {
        match symbol {
            b'{' | b'}' | b'\\' => self.byte(symbol),
            _ => {
                if self.skip > 0 && matches!(symbol, b'~' | b'-' | b'_') {
                    self.skip -= 1;
                    return;
                }
                self.flush();
                match symbol {
                    b'~' => self.text("\u{a0}"),
                    b'-' => self.text("\u{ad}"),
                    b'_' => self.text("\u{2011}"),
                    b'\t' => self.text("\t"),
                    b'\r' | b'\n' => self.word("par", None),
                    b'*' => self.group.optional = true,
                    _ => {}
                }
            }
        }
    }

    /// Decodes what has gathered.
    fn flush(&mut self) {
        if self.bytes.is_empty() {
            return;
        }
        let bytes = std::mem::take(&mut self.bytes);
        if matches!(self.group.to, To::Nothing | To::Info | To::Shape) {
            return;
        }
        let font = self.fonts.get(&self.group.font);
        if let Some(font) = font.filter(|font| font.symbols && self.group.to == To::Text) {
            let signs: String = bytes
                .iter()
                .map(|&byte| symbols::meaning(&font.name, byte.into()).unwrap_or(char::from(byte)))
                .collect();
            self.text(&signs);
            return;
        }
        let encoding = match self.group.to {
            To::Text | To::Number | To::Instruction => font.and_then(|font| font.encoding),
            _ => None,
        };
        let (text, _) = encoding.unwrap_or(self.encoding).decode_without_bom_handling(&bytes);
        self.text(&text);
    }

    fn text(&mut self, words: &str) {
        self.half = None;
        let group = &self.group;
        match group.to {
            To::Text if !group.hidden && !group.deleted => {
                let look = Look {
                    link: group.link.clone(),
                    strong: group.strong,
                    emphasis: group.emphasis,
                    code: false,
                    raised: group.raised,
                };
                self.paper.write(&group.paragraph, &look, words);
            }
            To::Fonts => {
                let font = self.fonts.entry(self.entry).or_default();
                font.name.push_str(words.split(';').next().unwrap_or_default());
            }
            To::Styles => self.paper.name_style(self.entry, words.split(';').next().unwrap_or_default()),
            To::Title => self.metadata.title.push_str(words),
            To::Author => self.metadata.author.push_str(words),
            To::Instruction => self.instruction.push_str(words),
            To::Number => self.paper.number(words),
            _ => {}
        }
    }

    /// A character by its number, in halves beyond U+FFFF.
    fn character(&mut self, number: i32) {
        let unit = number as u16;
        let half = self.half.take();
        self.skip = self.group.stand_ins;
        let character = match (half, unit) {
            (_, 0xd800..=0xdbff) => {
                self.half = Some(unit);
                return;
            }
            (Some(high), 0xdc00..=0xdfff) => char::decode_utf16([high, unit]).next().and_then(Result::ok),
            _ => char::from_u32(unit.into()),
        };
        let font = self.fonts.get(&self.group.font).filter(|font| font.symbols);
        let sign = font.and_then(|font| symbols::meaning(&font.name, unit.into()));
        let character = sign.or(character).unwrap_or('\u{fffd}');
        self.text(character.encode_utf8(&mut [0; 4]));
    }

    fn word(&mut self, word: &str, number: Option<i32>) {
        let optional = std::mem::take(&mut self.group.optional);
        if word == "ud" && self.outer.last().is_some_and(|outer| outer.twice) {
            self.group.to = self.outer.last().map_or(To::Nothing, |outer| outer.to);
            return;
        }
        if self.group.to == To::Nothing {
            return;
        }
        let of_style = self.group.to == To::Styles && matches!(word, "cs" | "ts" | "ds");
        if NO_TEXT.contains(&word) || (optional && !of_style && !OPTIONAL_TEXT.contains(&word)) {
            self.group.to = To::Nothing;
            return;
        }
        let on = number != Some(0);
        let value = number.unwrap_or(0);
        match self.group.to {
            To::Fonts => return self.font_word(word, value),
            To::Styles => return self.style_word(word, value),
            To::Info => match word {
                "title" => self.group.to = To::Title,
                "author" => self.group.to = To::Author,
                _ => {}
            },
            _ => {}
        }
        let group = &mut self.group;
        match word {
            "u" => self.character(value),
            "uc" => group.stand_ins = usize::try_from(value).unwrap_or(1).min(64),
            "fonttbl" => group.to = To::Fonts,
            "stylesheet" => group.to = To::Styles,
            "info" => group.to = To::Info,
            "listtext" | "pntext" => group.to = To::Number,
            "fldinst" => {
                group.to = To::Instruction;
                self.instruction.clear();
            }
            "fldrslt" if group.to == To::Text => {
                if let Some(address) = link(&self.instruction) {
                    group.link = Some(address);
                }
            }
            "shpinst" if group.to == To::Text => group.to = To::Shape,
            "shptxt" if group.to == To::Shape => self.lay(Sheet::boxed()),
            "upr" => group.twice = true,
            "footnote" if group.to == To::Text => self.lay(Sheet::note()),
            "ftnalt" => self.paper.at_end(),
            "ansicpg" => self.encoding = pages::code_page(value),
            "mac" => self.encoding = pages::code_page(10000),
            "deff" => {
                self.standard_font = value;
                group.font = value;
            }
            "deflang" => self.languages[0] = pages::language(value).into(),
            "deflangfe" => self.languages[1] = pages::language(value).into(),
            "f" => group.font = value,
            "b" => group.strong = on,
            "i" => group.emphasis = on,
            "v" => group.hidden = on,
            "deleted" => group.deleted = on,
            "super" => group.raised = on.then_some(true),
            "sub" => group.raised = on.then_some(false),
            "nosupersub" => group.raised = None,
            "plain" => {
                (group.strong, group.emphasis, group.hidden, group.raised) = (false, false, false, None);
                group.font = self.standard_font;
            }
            "pard" => group.paragraph = Paragraph::default(),
            "s" => group.paragraph.style = value,
            "outlinelevel" => group.paragraph.outline = Some(value),
            "intbl" => group.paragraph.in_table = on,
            "itap" => group.paragraph.in_table = value > 0,
            "ls" => group.paragraph.in_list = value > 0,
            "ilvl" => group.paragraph.level = value.clamp(0, 8) as u8,
            "pagebb" => group.paragraph.turns_page = on,
            _ => self.sign(word),
        }
    }

    /// Words that stand for a character or an end, where there is text.
    fn sign(&mut self, word: &str) {
        let sign = match word {
            "tab" => "\t",
            "line" | "lbr" => "\n",
            "emdash" => "—",
            "endash" => "–",
            "emspace" => "\u{2003}",
            "enspace" => "\u{2002}",
            "qmspace" => "\u{2005}",
            "bullet" => "•",
            "lquote" => "‘",
            "rquote" => "’",
            "ldblquote" => "“",
            "rdblquote" => "”",
            "zwj" => "\u{200d}",
            "zwnj" => "\u{200c}",
            "ltrmark" => "\u{200e}",
            "rtlmark" => "\u{200f}",
            _ => "",
        };
        if !sign.is_empty() {
            return self.text(sign);
        }
        if self.group.to != To::Text {
            return;
        }
        let paragraph = &self.group.paragraph;
        match word {
            "par" | "sect" => self.paper.end(paragraph),
            "trowd" => self.paper.row(),
            "cellx" => self.paper.column(),
            "cell" => self.paper.end_cell(paragraph),
            "row" => self.paper.end_row(),
            "nestcell" | "nestrow" => self.paper.end(paragraph),
            "page" if !self.group.hidden && !self.group.deleted => self.paper.turn(),
            _ => {}
        }
    }

    /// Text of this group goes to a sheet of its own.
    fn lay(&mut self, sheet: Sheet) {
        self.group.to = To::Text;
        self.group.sheets += 1;
        self.group.paragraph = Paragraph::default();
        self.paper.lay(sheet);
    }

    fn font_word(&mut self, word: &str, value: i32) {
        match word {
            "f" => self.entry = value,
            "fcharset" => {
                let font = self.fonts.entry(self.entry).or_default();
                font.encoding = pages::character_set(value);
                font.symbols = value == 2;
            }
            "cpg" => self.fonts.entry(self.entry).or_default().encoding = Some(pages::code_page(value)),
            _ => {}
        }
    }

    fn style_word(&mut self, word: &str, value: i32) {
        match word {
            "s" => self.entry = value,
            // Styles of words and tables count for themselves.
            "cs" | "ts" | "ds" => self.entry = -1,
            "outlinelevel" => self.paper.style(self.entry).outline = Some(value),
            "sbasedon" => self.paper.style(self.entry).based_on = Some(value),
            _ => {}
        }
    }
}
