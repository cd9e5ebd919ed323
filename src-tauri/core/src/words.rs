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
mod tests {
    use super::*;
    use rusqlite::Connection;

    fn folded(text: &str) -> String {
        words(text).into_iter().map(|word| word.folded).collect::<Vec<_>>().join(" ")
    }

    /// Every text of a line folds to the same words.
    fn alike(texts: &[&str]) {
        for text in texts {
            assert_eq!(folded(text), folded(texts[0]), "{text:?} beside {:?}", texts[0]);
            assert_eq!(indexed(text), indexed(texts[0]), "{text:?} beside {:?} in the index", texts[0]);
        }
    }

    /// No two texts of a line fold to the same words.
    fn unlike(texts: &[&str]) {
        for (at, text) in texts.iter().enumerate() {
            for other in &texts[..at] {
                assert_ne!(folded(text), folded(other), "{text:?} beside {other:?}");
            }
        }
    }

    #[test]
    fn folds_case_diacritics_and_scripts_without_spaces() {
        let check = |text: &str, expected: &str| assert_eq!(folded(text), expected);
        check("Kim Jong-un’s Café", "kim jong un s cafe");
        check("Ёлка и ПАРТНЁРСТВО", "елка и партнерство");
        check("러시아와 조선", "러 시 아 와 조 선");
        check("俄罗斯2024年", "俄 罗 斯 2024 年");
        check("مُعاهدة", "معاهدة");
        check("e\u{301}te\u{301}", "ete");
        check("人々 と カード", "人 々 と カ ー ド");
        check("…! — “ ” ` ´ ─│ • ▕", "");
        check("\u{301} a\u{301}", "a");
    }

    /// Find in text folds in the window; both read this file.
    #[test]
    fn folds_as_the_window_does() {
        let fixture: std::collections::HashMap<String, Vec<Vec<String>>> =
            serde_json::from_str(include_str!("../../../tests/fixtures/folding.json")).expect("lists of texts");
        for line in &fixture["alike"] {
            alike(&line.iter().map(String::as_str).collect::<Vec<_>>());
        }
        for line in &fixture["unlike"] {
            unlike(&line.iter().map(String::as_str).collect::<Vec<_>>());
        }
    }

    #[test]
    fn signs_that_nobody_sees_do_not_part_words() {
        alike(&["Unternehmen", "Unter\u{ad}nehmen", "Unter\u{200b}neh\u{2060}men", "\u{feff}Unternehmen\u{200e}"]);
        alike(&["درخواست", "در\u{200c}خواست", "در\u{61c}خواست"]);
        alike(&["шести\u{ad}десяти\u{ad}летие", "шестидесятилетие", "\u{2067}шести\u{200d}десятилетие\u{2069}"]);
        alike(&["葛城", "葛\u{e0100}城", "葛\u{fe00}城"]);
        alike(&["❤", "❤\u{fe0f}", "❤\u{fe0e}"]);
        alike(&["ка\u{34f}фе", "кафе"]);
        unlike(&["one two", "one\u{200b}two", "one\u{a0}two three"]);
    }

    #[test]
    fn every_apostrophe_is_the_same() {
        alike(&["об'єкт", "об’єкт", "обʼєкт", "об‘єкт", "об＇єкт", "об`єкт", "об′єкт"]);
        alike(&["Qur'an", "Qurʾan", "Qurʼan", "Qur‛an"]);
        alike(&["l'été", "l’ete", "Lʼété"]);
        alike(&["ŉ", "ʼn", "'n"]);
        alike(&["O'zbekiston", "Oʻzbekiston", "O‘zbekiston"]);
    }

    #[test]
    fn decomposed_letters_are_the_composed_ones() {
        alike(&[
            "러시아와 조약",
            "\u{1105}\u{1165}\u{1109}\u{1175}\u{110b}\u{1161}\u{110b}\u{116a} \u{110c}\u{1169}\u{110b}\u{1163}\u{11a8}",
        ]);
        alike(&["がっこう プロ", "か\u{3099}っこう フ\u{309a}ロ"]);
        alike(&["Việt Nam", "Vie\u{323}\u{302}t Nam", "Viet Nam"]);
        alike(&["мой її ўсё Ќерка", "мои\u{306} і\u{308}і\u{308} у\u{306}се\u{308} К\u{301}ерка"]);
        alike(&["ড়", "ড\u{9bc}"]);
        alike(&["கொடு", "கெ\u{bbe}டு"]);
        alike(&["น้ำ", "น\u{e4d}\u{e49}\u{e32}", "น\u{e49}\u{e4d}\u{e32}"]);
        unlike(&["か", "が", "カ"]);
        unlike(&["мой", "мои"]);
        unlike(&["러", "런", "\u{1105}"]);
    }

    #[test]
    fn compatibility_forms_are_their_letters() {
        alike(&["efficient finance", "eﬃcient ﬁnance"]);
        alike(&["ABC 2024", "ＡＢＣ　２０２４", "𝐀𝐁𝐂 𝟐𝟎𝟐𝟒"]);
        alike(&["محمد", "محمـــد", "ﻣﺤﻤﺪ", "مُحَمَّد"]);
        alike(&["カード プロ", "ｶｰﾄﾞ ﾌﾟﾛ"]);
        alike(&["H2O CO2", "H₂O CO₂"]);
        alike(&["金曜日", "⾦曜日", "\u{f90a}曜日"]);
        alike(&["5 km No 7", "5㎞ №7", "5 ㎞ № 7"]);
        alike(&["Ⅳ квартал", "IV квартал"]);
        alike(&["2024", "٢٠٢٤", "۲۰۲۴", "२०२४", "๒๐๒๔"]);
        assert_eq!(folded("wagons¹ at 20 m² ½"), "wagons 1 at 20 m 2 1 2");
    }

    #[test]
    fn letters_that_are_no_accents_stay() {
        unlike(&["काल", "कल", "किल"]);
        unlike(&["রাজা", "রাজি", "রজ"]);
        unlike(&["பால்", "பல்", "பால"]);
        unlike(&["ปี", "ปู", "ปา", "ป"]);
        unlike(&["ក", "កា", "កី"]);
        assert_eq!(folded("काल का नियम"), "काल का नियम");
        assert_eq!(folded("ประชาชน"), "ป ร ะ ช า ช น");
    }

    #[test]
    fn letters_are_found_as_those_type_them_who_have_no_key_for_them() {
        alike(&["Walesa", "Wałęsa", "WAŁĘSA"]);
        alike(&["dışişleri", "DIŞİŞLERİ", "disisleri"]);
        alike(&["strasse", "Straße", "STRAẞE"]);
        alike(&["Tromso", "Tromsø"]);
        alike(&["Duong", "Dương", "Đương"]);
        alike(&["aether oeuvre thorn", "æther œuvre þorn"]);
        alike(&["ΟΔΟΣ", "οδός", "οδοσ"]);
        alike(&["علی", "على", "علي"]);
        alike(&["کتاب", "كتاب"]);
        alike(&["الأمن إن آخر ٱلله", "الامن ان اخر الله"]);
    }

    #[test]
    fn symbols_and_emoji_are_words() {
        assert_eq!(folded("Red alert 🔴now, 🔥🔥"), "red alert 🔴 now 🔥 🔥");
        assert_eq!(folded("€5 § 7 C++ 10% R&D #tag"), "€ 5 § 7 c + + 10 % r & d # tag");
        assert_eq!(folded("😀 a😀b"), "😀 a 😀 b");
        alike(&["👍", "👍🏽", "👍🏿\u{fe0f}"]);
        unlike(&["👩‍👩‍👧", "👩", "👧", "👩👩👧"]);
        unlike(&["🏳", "🏳\u{fe0f}‍🌈", "🌈"]);
        unlike(&[
            "🏴",
            "🏴\u{e0067}\u{e0062}\u{e0065}\u{e006e}\u{e0067}\u{e007f}",
            "🏴\u{e0067}\u{e0062}\u{e0073}\u{e0063}\u{e0074}\u{e007f}",
        ]);
        assert_eq!(folded("🇷🇺🇰🇵x"), "🇷🇺 🇰🇵 x");
        alike(&["1\u{fe0f}\u{20e3}", "1"]);
    }

    #[test]
    fn places_count_code_points() {
        let found = words("😀 né\u{301}e x");
        assert_eq!(found[1], Word { folded: "nee".into(), start: 2, end: 6 });
        assert_eq!(found[2].start, 7);
        let found = words("\u{ad}Un\u{ad}ter\u{ad} ﬁn 👩🏽\u{200d}🚀");
        assert_eq!(found[0], Word { folded: "unter".into(), start: 1, end: 7 });
        assert_eq!(found[1], Word { folded: "fin".into(), start: 9, end: 11 });
        assert_eq!((found[2].start, found[2].end), (12, 16));
        let found = words("\u{1105}\u{1165}\u{1109}\u{1175}");
        assert_eq!(found[1], Word { folded: "시".into(), start: 2, end: 4 });
    }

    /// The index parts words where `words` does and nowhere else, whatever its tokenizer takes for a letter.
    #[test]
    fn the_index_has_the_same_words() {
        let db = Connection::open_in_memory().expect("memory");
        db.execute_batch(
            "CREATE VIRTUAL TABLE t USING fts5 (body, tokenize = 'unicode61 remove_diacritics 0');
             CREATE VIRTUAL TABLE v USING fts5vocab (t, 'instance'); BEGIN",
        )
        .expect("tables");
        let mut expected = 0;
        for code in (1..0x3_2000).chain(0xe_0000..0xe_0200) {
            let Some(character) = char::from_u32(code) else { continue };
            let row = indexed(&format!("a{character}{character}"));
            let found = words(&format!("a{character}{character}"));
            let joined: Vec<String> = found.iter().map(|word| indexed_word(&word.folded)).collect();
            assert_eq!(row, joined.join(" "), "{character:?}");
            expected += found.len();
            db.prepare_cached("INSERT INTO t (rowid, body) VALUES (?1, ?2)")
                .expect("sql")
                .execute((code, row))
                .expect("row");
        }
        let rows: Vec<(u32, String)> = db
            .prepare(
                "SELECT doc, group_concat(term, ' ') FROM (SELECT doc, term FROM v ORDER BY doc, offset) GROUP BY doc",
            )
            .expect("sql")
            .query_map([], |row| Ok((row.get(0)?, row.get(1)?)))
            .expect("rows")
            .collect::<Result<_, _>>()
            .expect("rows");
        let mut parted = Vec::new();
        for (code, terms) in rows {
            let body: String =
                db.query_row("SELECT body FROM t WHERE rowid = ?1", [code], |row| row.get(0)).expect("row");
            if terms.split(' ').count() != body.split(' ').count() {
                parted.push(format!("{code:x}"));
            }
        }
        assert_eq!(parted, Vec::<String>::new(), "the tokenizer parts these otherwise");
        let count: u32 = db.query_row("SELECT count(*) FROM v", [], |row| row.get(0)).expect("count");
        assert_eq!(count as usize, expected);
    }
}
