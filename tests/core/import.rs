//! Files in: what text, which blocks, what the file says about itself, and what is refused.
//!
//! The bytes of every encoding are made here from the UTF-8 fixtures, so that no binary file has to be trusted.

use encoding_rs::{
    BIG5, EUC_JP, EUC_KR, Encoding, GB18030, ISO_2022_JP, KOI8_R, SHIFT_JIS, WINDOWS_1251, WINDOWS_1252, WINDOWS_1256,
};
use gloss_core::import::{ENDINGS, Imported, MAX_BLOCK, MAX_BYTES, Refusal, import};
use gloss_core::structure::{BlockKind, SpanKind};
use proptest::prelude::*;

const CYRILLIC: &str = include_str!("../fixtures/texts/cyrillic.txt");
const KOREAN: &str = include_str!("../fixtures/texts/korean.txt");
const ARABIC: &str = include_str!("../fixtures/texts/arabic.txt");
const FRENCH: &str = include_str!("../fixtures/texts/french.txt");
const JAPANESE: &str = include_str!("../fixtures/texts/japanese.txt");
const CHINESE: &str = include_str!("../fixtures/texts/chinese.txt");
const CLUSTERS: &str = include_str!("../fixtures/texts/clusters.txt");

fn read(name: &str, bytes: impl AsRef<[u8]>) -> Imported {
    let imported = import(name, bytes.as_ref()).unwrap_or_else(|refusal| panic!("{name}: {refusal:?}"));
    imported.structure.check(imported.text.chars().count() as u32).unwrap_or_else(|error| panic!("{name}: {error}"));
    let blocks: Vec<_> = imported.structure.blocks.iter().map(|block| (block.start, block.end, block.kind)).collect();
    let mut end = 0;
    for (start, stop, kind) in
        blocks.iter().copied().chain([(imported.text.chars().count() as u32, 0, BlockKind::Break)])
    {
        let between = slice(&imported.text, end, start);
        assert!(between.trim().is_empty(), "{name}: {between:?} is in no block");
        let inside = slice(&imported.text, start, stop.max(start));
        if !matches!(kind, BlockKind::Code | BlockKind::Break) {
            assert_eq!(inside, inside.trim(), "{name}: a block has white space at its edge");
        }
        end = stop;
    }
    imported
}

fn slice(text: &str, start: u32, end: u32) -> String {
    text.chars().skip(start as usize).take((end.saturating_sub(start)) as usize).collect()
}

fn blocks(imported: &Imported) -> Vec<(BlockKind, u8, String)> {
    imported
        .structure
        .blocks
        .iter()
        .map(|block| (block.kind, block.level, slice(&imported.text, block.start, block.end)))
        .collect()
}

fn spans(imported: &Imported) -> Vec<(SpanKind, String, Option<&str>)> {
    imported
        .structure
        .spans
        .iter()
        .map(|span| (span.kind, slice(&imported.text, span.start, span.end), span.target.as_deref()))
        .collect()
}

/// The words of a text's paragraphs, a title's in `[…]`.
fn paragraphs(text: &str) -> Vec<String> {
    blocks(&read("a.txt", text))
        .into_iter()
        .map(|(kind, _, words)| match kind {
            BlockKind::Heading => format!("[{words}]"),
            BlockKind::Break => "⏎".into(),
            _ => words,
        })
        .collect()
}

fn refusal(name: &str, bytes: &[u8]) -> Refusal {
    import(name, bytes).expect_err("should have been refused")
}

fn utf16(text: &str, little: bool) -> Vec<u8> {
    text.encode_utf16().flat_map(|unit| if little { unit.to_le_bytes() } else { unit.to_be_bytes() }).collect()
}

#[test]
fn every_encoding_is_recognised_by_its_bytes() {
    let check = |text: &str, encoding: &'static Encoding| {
        let (bytes, _, lossy) = encoding.encode(text);
        assert!(!lossy, "the fixture does not fit {}", encoding.name());
        let imported = read("a.txt", &bytes);
        assert_eq!(imported.text, text, "{} was read as {}", encoding.name(), imported.encoding);
    };
    check(CYRILLIC, WINDOWS_1251);
    check(CYRILLIC, KOI8_R);
    check(KOREAN, EUC_KR);
    check(ARABIC, WINDOWS_1256);
    check(FRENCH, WINDOWS_1252);
    check(JAPANESE, SHIFT_JIS);
    check(JAPANESE, EUC_JP);
    check(JAPANESE, ISO_2022_JP);
    check(CHINESE, GB18030);
    check(
        "經濟合作與軍事交流日益頻繁，雙方領導人於去年會晤，並簽署了新的條約。外界對此表示關注，認為區域安全將受到影響。",
        BIG5,
    );
}

#[test]
fn unicode_is_recognised_with_and_without_a_mark() {
    for text in [CYRILLIC, KOREAN, ARABIC, FRENCH, JAPANESE, CHINESE, CLUSTERS, "Plain ASCII.\n\nTwo paragraphs.\n"] {
        let marked = |mark: &[u8], bytes: &[u8]| [mark, bytes].concat();
        let check = |bytes: Vec<u8>, encoding: &str| {
            let imported = read("a.txt", bytes);
            assert_eq!((imported.text.as_str(), imported.encoding), (text, encoding));
        };
        check(text.into(), "UTF-8");
        check(marked(b"\xef\xbb\xbf", text.as_bytes()), "UTF-8");
        check(utf16(text, true), "UTF-16LE");
        check(utf16(text, false), "UTF-16BE");
        check(marked(b"\xff\xfe", &utf16(text, true)), "UTF-16LE");
        check(marked(b"\xfe\xff", &utf16(text, false)), "UTF-16BE");
    }
}

#[test]
fn a_declared_encoding_counts_when_the_bytes_agree() {
    let declared = "-*- coding: koi8-r -*-\n\nМир\n";
    let (bytes, _, _) = KOI8_R.encode(declared);
    assert_eq!(read("a.txt", &bytes).text, declared);
    let (bytes, _, _) = WINDOWS_1251.encode("---\ntitle: Мир\ncharset: windows-1251\n---\nДа.\n");
    let imported = read("a.md", &bytes);
    assert_eq!((imported.metadata.title.as_str(), imported.text.as_str()), ("Мир", "Да."));
    let false_claim = "-*- coding: utf-16 -*-\n\nA text.";
    assert_eq!(read("a.txt", false_claim).text, false_claim);
}

#[test]
fn utf8_is_believed_over_a_stale_declaration() {
    let page = |label: &str, words: &str| {
        format!(r#"<!DOCTYPE html><html><head><meta charset="{label}"></head><body><p>{words}</p></body></html>"#)
    };
    for label in
        ["windows-1251", "koi8-r", "iso-8859-1", "windows-1256", "shift_jis", "euc-kr", "gbk", "big5", "utf-16"]
    {
        for words in [
            "Министр заявил, что договор подписан.",
            "한국은 조약을 맺었다",
            "政府は条約に署名した。",
            "وقعت الحكومة المعاهدة",
        ] {
            let imported = read("a.html", page(label, words));
            assert_eq!((imported.text.as_str(), imported.encoding), (words, "UTF-8"), "{label}");
        }
    }
    // One or two letters, quotes or dashes are enough where no word of the declared encoding looks like them.
    for words in ["Café", "“Yes”, he said", "İstanbul", "Łódź", "10 – 20", "Škoda", "Лёд", "naïve €"]
    {
        assert_eq!(read("a.html", page("windows-1252", words)).text, words);
        assert_eq!(read("a.txt", format!("-*- coding: iso-8859-2 -*-\n\n{words}")).text.lines().last(), Some(words));
    }
    let matter = "---\ntitle: Партнёрство\ncharset: windows-1251\n---\nМинистр заявил о договоре.\n";
    assert_eq!(read("a.md", matter).text, "Министр заявил о договоре.");
}

#[test]
fn a_declared_encoding_of_one_byte_counts_also_for_few_letters() {
    let check = |encoding: &'static Encoding, words: &str| {
        let source =
            format!(r#"<html><head><meta charset="{}"></head><body><p>{words}</p></body></html>"#, encoding.name());
        let (bytes, _, lossy) = encoding.encode(&source);
        assert!(!lossy);
        let imported = read("a.html", &bytes);
        assert_eq!((imported.text.as_str(), imported.encoding), (words, encoding.name()));
    };
    check(WINDOWS_1252, "Das war ein Spaß…");
    check(WINDOWS_1252, "LE CAFÉ – fermé");
    check(WINDOWS_1252, "“NÃO”, disse ele");
    check(WINDOWS_1252, "QUALITÉ\u{a0}: moyenne");
    check(WINDOWS_1251, "Тема: «Лёд»");
    check(WINDOWS_1251, "the letter Ж» and no other");
    check(KOI8_R, "Её дом");
    check(WINDOWS_1256, "سلام");
    check(EUC_KR, "한국은 조약");
    check(SHIFT_JIS, "政府は");
    check(GB18030, "政府");
    check(BIG5, "條約");
}

#[test]
fn a_byte_that_is_no_character_shows_and_is_counted() {
    let words = "Der Minister erklärte am Montag, dass die Ausfuhr gefallen sei. ".repeat(20);
    let with = |bytes: &[&[u8]]| bytes.concat();
    let page = |before: &[u8], inside: &[u8]| {
        with(&[b"<!DOCTYPE html><meta charset=utf-8>", before, b"<p>", words.as_bytes(), inside, b" Ende.</p>"])
    };
    let seen = read("a.html", page(b"", b"caf\xe9"));
    assert!(seen.text.ends_with("caf\u{fffd} Ende."));
    assert_eq!((seen.undecoded, seen.encoding), (1, "UTF-8"));
    let unseen = read("a.html", page(b"<!-- \xe9 -->", b""));
    assert_eq!(unseen.undecoded, 0, "it stands in a comment");
    assert!(!unseen.text.contains('\u{fffd}'));
    let text = read("a.txt", with(&[words.as_bytes(), b"\xff\n", words.as_bytes(), b"caf\xe9 "]));
    assert_eq!((text.undecoded, text.text.matches('\u{fffd}').count()), (2, 2));
    let markdown = read("a.md", with(&[b"# Eis\n\n", words.as_bytes(), b"\xc3"]));
    assert_eq!((markdown.undecoded, markdown.format), (1, "markdown"));
    let marked = read("a.txt", with(&[b"\xef\xbb\xbf", "Plain words only. ".repeat(9).as_bytes(), b"\xa0!"]));
    assert_eq!((marked.undecoded, marked.encoding), (1, "UTF-8"));
    let own = read("a.txt", words.clone() + "\u{fffd}");
    assert_eq!(own.undecoded, 0, "the file has the sign itself");
    let wide = with(&[b"\xff\xfe", &utf16(&CYRILLIC.repeat(2), true), b"\x00\xd8", &utf16(" Конец.", true)]);
    assert_eq!(read("a.txt", wide).undecoded, 1);
    for (encoding, text) in [(EUC_KR, KOREAN), (SHIFT_JIS, JAPANESE), (GB18030, CHINESE)] {
        let source = format!("<html><head><meta charset={}></head><body><p>{text}", encoding.name());
        let cut = with(&[&encoding.encode(&source).0, &encoding.encode(text).0, b"\xff"]);
        let imported = read("a.html", cut);
        assert_eq!((imported.undecoded, imported.encoding), (1, encoding.name()));
    }
    let ascii = with(&[b"<html><meta charset=utf-8><p>", "Plain words of a page. ".repeat(30).as_bytes(), b"\x81 end"]);
    assert_eq!(read("a.html", ascii).undecoded, 1, "a byte that no code page has");
    let windows = read("a.html", with(&[b"<html><meta charset=utf-8><p>", &b"It\x92s plain. ".repeat(30)]));
    assert_eq!(
        (windows.undecoded, windows.text.contains("It’s")),
        (0, true),
        "what another encoding explains is no fault"
    );
}

#[test]
fn a_text_with_many_bad_bytes_is_refused_still() {
    let damaged: Vec<u8> =
        CYRILLIC.repeat(4).bytes().enumerate().map(|(at, byte)| if at % 97 == 96 { 0xff } else { byte }).collect();
    assert_eq!(refusal("a.txt", &damaged), Refusal::Undecodable { encoding: "UTF-8" });
    let page = [b"<html><meta charset=utf-8><p>".as_slice(), &damaged].concat();
    assert_eq!(refusal("a.html", &page), Refusal::Undecodable { encoding: "UTF-8" });
}

#[test]
fn markup_of_kinds_that_are_not_read_is_refused_by_its_name() {
    let format = |extension: &str| Refusal::Format { extension: extension.into() };
    for (name, source, extension) in [
        (
            "a.txt",
            "From: a@example.org\nMIME-Version: 1.0\nContent-Type: multipart/alternative; boundary=b\n\n--b\n",
            "eml",
        ),
        ("letter", "Subject: =?utf-8?B?0J/RgNC4?=\nFrom: b@example.org\nDate: x\n\n0J/RgNC4", "eml"),
        ("mail.eml", "Hello", "eml"),
        ("a.xml", "<?xml version=\"1.0\"?>\n<note><to>Бо</to></note>", "xml"),
        ("a.txt", "<FictionBook xmlns=\"x\"><body><p>Снег</p></body></FictionBook>", "fb2"),
        ("chapter.txt", "% a comment\n\\documentclass{book}\n\\begin{document}눈\\end{document}", "tex"),
        ("a", "BEGIN:VCARD\r\nFN:Bo\r\nEND:VCARD\r\n", "vcf"),
        ("a.txt", "%!PS-Adobe-3.0\nshowpage", "ps"),
    ] {
        assert_eq!(refusal(name, source.as_bytes()), format(extension), "{name}: {source}");
    }
    for (name, source) in [
        ("a.json", "[{\"a\": 1}]"),
        ("a.csv", "год;экспорт\n2024;11\n"),
        ("a.srt", "1\n00:00:01,000 --> 00:00:02,000\n<i>네</i>\n"),
        ("a.log", "2026-03-02 10:00:00 INFO started"),
        ("a.py", "print('<xml>')"),
        ("cable.txt", "FROM: AMEMBASSY TARSE\nTO: ALL\nSUBJECT: GRAIN\nDATE: 2 MARCH\n\nTHE MINISTER SAID NO."),
    ] {
        assert_eq!(read(name, source).format, "text", "{name}");
    }
}

#[test]
fn a_canonical_text_is_repaired_and_otherwise_untouched() {
    let check = |source: &str, text: &str| assert_eq!(read("a.txt", source).text, text);
    check("\u{feff}a\r\nb\rc\n\r\nd", "a\nb\nc\n\nd");
    check("\u{feff}\u{feff}a", "\u{feff}a");
    check("a\0b", "a\u{fffd}b");
    check("  a \t\n\n\n b \n\n", "  a \t\n\n\n b \n\n");
    check("e\u{301} é \u{1100}\u{1161} 가 ﬁ", "e\u{301} é \u{1100}\u{1161} 가 ﬁ");
}

#[test]
fn what_is_not_a_text_is_refused_with_its_reason() {
    assert_eq!(refusal("a.txt", b""), Refusal::Empty);
    assert_eq!(refusal("a.txt", b" \r\n\t \n"), Refusal::Empty);
    assert_eq!(refusal("a.txt", b"\xef\xbb\xbf"), Refusal::Empty);
    assert_eq!(refusal("a.md", b"---\ntitle: Only this\n---\n"), Refusal::Empty);
    assert_eq!(refusal("a.txt", b"\0\x01\x02\x03\x04\x05"), Refusal::Binary);
    assert_eq!(
        refusal("a.txt", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01\x08\x06\0\0\0\x1f\x15\xc4\x89"),
        Refusal::Binary
    );
    assert!(matches!(refusal("a.txt", b"%PDF-1.7\nall the rest may be text"), Refusal::Damaged { .. }));
    assert!(matches!(refusal("a.pdf", b"all of it may be text"), Refusal::Damaged { .. }));
    assert!(matches!(refusal("a.txt", b"PK\x03\x04 and so on"), Refusal::Damaged { .. }));
    let noise: Vec<u8> = (0..4096_u32).map(|n| (n.wrapping_mul(2_654_435_761) >> 13) as u8).collect();
    assert_eq!(refusal("a.txt", &noise), Refusal::Binary);
    assert_eq!(refusal("a.txt", b"\xff\xfe\x00\xd8a\0"), Refusal::Undecodable { encoding: "UTF-16LE" });
    assert_eq!(refusal("a.txt", b"\xef\xbb\xbfabc \xff"), Refusal::Undecodable { encoding: "UTF-8" });
    assert_eq!(
        refusal("a.txt", &[&CYRILLIC.as_bytes()[..400], b"\xd0 \xff"].concat()),
        Refusal::Undecodable { encoding: "UTF-8" }
    );
    assert_eq!(refusal("a.txt", b"\xff\xfe\0\0a\0\0\0"), Refusal::Undecodable { encoding: "UTF-32" });
    assert_eq!(
        refusal("a.txt", &vec![b'a'; MAX_BYTES + 1]),
        Refusal::TooLarge { bytes: MAX_BYTES + 1, limit: MAX_BYTES }
    );
    for extension in ["doc", "XLSX", "png"] {
        assert_eq!(
            refusal(&format!("folder.d/a.{extension}"), b"text"),
            Refusal::Format { extension: extension.to_ascii_lowercase() }
        );
    }
}

#[test]
fn the_name_decides_the_format() {
    let format = |name: &str| read(name, "*a*").format;
    assert_eq!(["a.md", "a.MARKDOWN", "C:\\b\\a.Md"].map(format), ["markdown"; 3]);
    assert_eq!(["a.txt", "a.TEXT", "a", "", ".md", "folder.md/a", "notes 3.2 final", "a.log"].map(format), ["text"; 8]);
}

#[test]
fn a_text_with_a_false_name_is_a_text_still() {
    for ending in ENDINGS {
        let name = format!("a.{ending}");
        let expected = match ending {
            "pdf" => {
                assert!(matches!(refusal(&name, CYRILLIC.as_bytes()), Refusal::Damaged { .. }));
                continue;
            }
            "md" | "markdown" => "markdown",
            _ => "text",
        };
        assert_eq!(read(&name, CYRILLIC).format, expected, "{name}");
    }
}

#[test]
fn a_text_cut_short_is_a_text_or_a_refusal() {
    let long = [CYRILLIC, KOREAN, ARABIC, CLUSTERS].concat().repeat(3);
    let markdown = format!("---\ntitle: T\n---\n# {long}\n> [a](https://example.org) **b\n\n```\n{long}");
    let cut = |name: &str, whole: &[u8]| {
        for end in (0..whole.len()).step_by(1024) {
            match import(name, &whole[..end]) {
                Ok(_) => drop(read(name, &whole[..end])),
                Err(refusal) => {
                    assert!(
                        matches!(refusal, Refusal::Undecodable { .. }) || end == 0,
                        "{name} cut at {end}: {refusal:?}"
                    )
                }
            }
        }
    };
    for name in ["a.txt", "a.md"] {
        cut(name, markdown.as_bytes());
        cut(name, &utf16(&markdown, true));
        cut(name, &WINDOWS_1251.encode(&CYRILLIC.repeat(9)).0);
        cut(name, &EUC_KR.encode(&KOREAN.repeat(9)).0);
    }
}

#[test]
fn paragraphs_are_found_however_lines_are_used() {
    let check = |text: &str, expected: &[&str]| assert_eq!(paragraphs(text), expected, "{text:?}");
    // One a line.
    check("One sentence.\nTwo sentences. Here.\n\nThree?", &["One sentence.", "Two sentences. Here.", "Three?"]);
    let long = "word ".repeat(40);
    check(&format!("{long}\n{long}\n"), &[long.trim(), long.trim()]);
    // Wrapped by hand and parted by blank lines.
    let first = "This paragraph was wrapped by an editor at about seventy characters\nso that its lines end wherever they happen to, and none of these ends\nis the end of a sentence.";
    let second = "The next one follows after a blank line. It has a full stop inside a\nline as well.";
    check(&format!("{first}\n\n{second}\n"), &[first, second]);
    check(&format!("  {first}\n \t \n\n\n{second}"), &[first, second]);
    // Wrapped, without blank lines: an early end or an indent parts.
    check(&format!("{first}\n{second}"), &[first, second]);
    // Short lines are lines.
    check("alpha\nbeta\nGamma, delta", &["alpha", "beta", "Gamma, delta"]);
    check("한 줄이다.\n두 번째 줄이다.\n", &["한 줄이다.", "두 번째 줄이다."]);
    // A form feed begins a page.
    check(
        "The first page ends here.\n\u{c}The second page begins here.",
        &["The first page ends here.", "⏎", "The second page begins here."],
    );
}

#[test]
fn a_title_and_a_byline_are_told_from_sentences() {
    let check = |text: &str, title: &str, author: &str, expected: &[&str]| {
        let imported = read("a.txt", text);
        assert_eq!((imported.metadata.title.as_str(), imported.metadata.author.as_str()), (title, author), "{text:?}");
        assert_eq!(paragraphs(text), expected, "{text:?}");
    };
    let body = "The harbour froze in January, and the ships stayed out.";
    check(
        &format!("Ice in the Harbour\nBy Anna Example\n{body}\n{body}"),
        "Ice in the Harbour",
        "Anna Example",
        &["[Ice in the Harbour]", "By Anna Example", body, body],
    );
    check(&format!("\n  Ice in the Harbour \n\n{body}"), "Ice in the Harbour", "", &["[Ice in the Harbour]", body]);
    check(
        &format!("Лёд в гавани\n\nАвтор: Анна Пример\n\n{body}"),
        "Лёд в гавани",
        "Анна Пример",
        &["[Лёд в гавани]", "Автор: Анна Пример", body],
    );
    check(
        &format!("항구의 얼음\n저자: 김예시\n{body}"),
        "항구의 얼음",
        "김예시",
        &["[항구의 얼음]", "저자: 김예시", body],
    );
    check(&format!("Why did it freeze?\n\n{body}"), "Why did it freeze?", "", &["[Why did it freeze?]", body]);
    check(&format!("It froze.\n\n{body}"), "", "", &["It froze.", body]);
    check(
        &format!("{body}\nBy the end of the month it had thawed again, and nobody spoke of it."),
        "",
        "",
        &[body, "By the end of the month it had thawed again, and nobody spoke of it."],
    );
    check("Only one line", "", "", &["Only one line"]);
}

#[test]
fn no_block_is_longer_than_the_reader_can_lay_out() {
    let sentence = "Each of these sentences is one of very many in a paragraph without end. ";
    let check = |text: &str| {
        let imported = read("a.txt", text);
        assert!(imported.structure.blocks.len() > 1);
        for block in &imported.structure.blocks {
            assert!(block.end - block.start <= MAX_BLOCK);
        }
        imported
    };
    let imported = check(&sentence.repeat(2_000));
    for (_, _, words) in blocks(&imported) {
        assert!(words.starts_with("Each") && words.ends_with("end."), "cut inside a sentence: {words:.40}");
    }
    check(&"한국어 문장이다。".repeat(5_000));
    check(&"word ".repeat(9_000));
    let imported = check(&"e\u{301}".repeat(15_001));
    for (_, _, words) in blocks(&imported) {
        assert!(words.starts_with('e'), "cut inside a grapheme cluster");
    }
    let code = format!("```\n{}\n```", "a line of code\n".repeat(3_000));
    assert!(read("a.md", code).structure.blocks.len() > 1);
}

#[test]
fn markdown_becomes_clean_text_with_ranges() {
    use BlockKind::*;
    let source = "\
# The *Harbour* report

A [link](https://example.org/a \"t\"), **strong _and_ stressed**, `code <b>` &amp; ![a map](m.png)
over two lines,\\
and a third.

> quoted *words*
>
> > deeper

- one
- two
  - nested
- three

  more of three

1. first

```rust
fn main() {

    body();
}
```

| Side | Ships |
|------|------:|
| north | 12 |
| south | **3** |

---

<div>raw</div>

Call[^n] it ice.

[^n]: A footnote
    with two lines.
";
    let imported = read("report.md", source);
    let expected = [
        (Heading, 1, "The Harbour report"),
        (Paragraph, 0, "A link, strong and stressed, code <b> & a map over two lines,\nand a third."),
        (Quote, 1, "quoted words"),
        (Quote, 2, "deeper"),
        (Item, 1, "one"),
        (Item, 1, "two"),
        (Item, 2, "nested"),
        (Item, 1, "three"),
        (Paragraph, 0, "more of three"),
        (Item, 1, "first"),
        (Code, 0, "fn main() {\n\n    body();\n}"),
        (Row, 0, "Side\tShips"),
        (Row, 0, "north\t12"),
        (Row, 0, "south\t3"),
        (Break, 0, "* * *"),
        (Paragraph, 0, "<div>raw</div>"),
        (Paragraph, 0, "Call[n] it ice."),
        (Note, 0, "[n] A footnote with two lines."),
    ];
    assert_eq!(blocks(&imported), expected.map(|(kind, level, words)| (kind, level, words.to_owned())));
    assert_eq!(
        spans(&imported),
        [
            (SpanKind::Emphasis, "Harbour".into(), None),
            (SpanKind::Link, "link".into(), Some("https://example.org/a")),
            (SpanKind::Strong, "strong and stressed".into(), None),
            (SpanKind::Emphasis, "and".into(), None),
            (SpanKind::Code, "code <b>".into(), None),
            (SpanKind::Emphasis, "words".into(), None),
            (SpanKind::Strong, "3".into(), None),
            (SpanKind::Call, "[n]".into(), Some("n")),
            (SpanKind::Mark, "[n]".into(), Some("n")),
        ]
    );
    assert_eq!(imported.metadata.title, "The Harbour report");
    assert!(imported.text.starts_with("The Harbour report\n\nA link,"));
    assert!(imported.text.contains("one\ntwo\nnested\nthree\n\nmore of three"), "{}", imported.text);
    assert!(imported.text.contains("Side\tShips\nnorth\t12\nsouth\t3\n\n* * *"));
}

#[test]
fn front_matter_is_metadata_and_no_text() {
    let source = "---\ntitle: \"Ice: a \\\"report\\\"\" \nauthors:\n  - Anna Example\n  - 'B. O''Example'\ndate: 2026-03-09 # Monday\npublisher: Example Press\nurl: https://example.org/#ice\nlang: en\naccessed: 2026-11-23\ntags: [a, b]\nnested:\n  title: no\n---\n\n# Heading\n\nText.\n";
    let imported = read("a.md", source.replace('\n', "\r\n"));
    let metadata = &imported.metadata;
    assert_eq!(metadata.title, "Ice: a \"report\"");
    assert_eq!(metadata.author, "Anna Example; B. O'Example");
    assert_eq!(metadata.published, "2026-03-09");
    assert_eq!(metadata.publisher, "Example Press");
    assert_eq!(metadata.url, "https://example.org/#ice");
    assert_eq!(metadata.language, "en");
    assert_eq!(metadata.accessed, "2026-11-23");
    assert_eq!(imported.text, "Heading\n\nText.");
    let rule = read("a.md", "---\n\nNot front matter.\n\n---\n\nEnd.");
    assert_eq!(rule.text, "* * *\n\nNot front matter.\n\n* * *\n\nEnd.");
    assert_eq!(read("a.md", "---\nauthor: [A, B]\ntitle: |\n  two\n  lines\n---\nx").metadata.title, "two lines");
}

#[test]
fn what_a_file_says_of_itself_is_one_line_of_text() {
    let source = "---\ntitle: \"a\\u0000b\\r\\n\\tc\\u0007 d\"\nauthor: \u{1}\nlang: \" en \"\n---\nText.";
    let metadata = read("a.md", source).metadata;
    assert_eq!([metadata.title, metadata.author, metadata.language], ["a b c d", "", "en"]);
    let long = format!("---\ntitle: {}\n---\nText.", "слово ".repeat(9_000));
    assert_eq!(read("a.md", long).metadata.title.chars().count(), 20_000);
}

#[test]
fn hostile_markdown_stays_text() {
    for source in [
        "<script>alert(1)</script>",
        "[x](javascript:alert(1))",
        "&#0;&#13;&#10;x",
        "&nbsp;",
        "- \n- \n\n1.",
        "![](x)",
        "> ",
        "[^a]: only a note",
        "```\n```\n\nx",
        "| |\n|-|\n| |\n\nx",
    ] {
        let _ = import("a.md", source.as_bytes()).map(|_| read("a.md", source));
    }
    assert_eq!(read("a.md", "a &#13;&#0; b").text, "a \n\u{fffd} b");
    assert_eq!(read("a.md", "<script>alert(1)</script>").text, "<script>alert(1)</script>");
    for live in ["javascript:alert(1)", "JavaScript:x", "vbscript:x", "data:text/html,x", "file:///etc/passwd", "#"] {
        let imported = read("a.md", format!("[words]({live}) and [more](https://example.org/\u{7f}a) and [a](b.md)."));
        assert_eq!(imported.text, "words and more and a.");
        let links: Vec<_> = spans(&imported).into_iter().map(|(_, words, target)| (words, target)).collect();
        assert_eq!(links, [("more".into(), Some("https://example.org/a")), ("a".into(), Some("b.md"))], "{live}");
    }
    let deep = format!("{}x", "> ".repeat(3_000));
    assert_eq!(read("a.md", deep).text, "x");
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_plain_text_is_kept_and_covered(body in "(\\PC|[ \n\t.\u{c}a-z😀]|By |\n\n){0,300}") {
        match import("a.txt", body.as_bytes()) {
            Ok(imported) => {
                prop_assert_eq!(&imported.text, body.strip_prefix('\u{feff}').unwrap_or(&body));
                read("a.txt", body);
            }
            Err(refusal) => prop_assert!(matches!(refusal, Refusal::Empty | Refusal::Binary), "{refusal:?}"),
        }
    }

    #[test]
    fn any_markdown_keeps_its_ranges_in_order(body in "([-#>`~=<!*_\\[\\]()&;:\\\\ \n|a-c1.😀]|```|\n\n|> |- |    |\\[\\^1\\]|\\]: |&#13;|&nbsp;|\\|-\\|){0,60}") {
        if import("a.md", body.as_bytes()).is_ok() {
            read("a.md", body);
        }
    }

    #[test]
    fn any_bytes_get_an_answer(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
        for name in ["a.txt", "a.md"] {
            if let Ok(imported) = import(name, &bytes) {
                prop_assert!(!imported.text.contains(['\r', '\0']));
                imported.structure.check(imported.text.chars().count() as u32).map_err(|error| TestCaseError::fail(error.to_string()))?;
            }
        }
    }
}
