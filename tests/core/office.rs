//! DOCX, ODT and RTF in: what survives of a document, and what is refused.

use gloss_core::import::{ENDINGS, Imported, Refusal, import};
use gloss_core::structure::{BlockKind, SpanKind};
use gloss_sources::docx::{WORD, docx, docx_with, listed, paragraph, run, styled};
use gloss_sources::odt::{OPEN, odt};
use gloss_sources::{archive, archive_of};
use proptest::prelude::*;
use std::io::Cursor;
use zip::write::{SimpleFileOptions, ZipWriter};

use BlockKind::{Code, Heading, Item, Note, Paragraph, Quote, Row};
use SpanKind::{Call, Emphasis, Link, Mark, Strong};

fn read(name: &str, bytes: impl AsRef<[u8]>) -> Imported {
    let imported = import(name, bytes.as_ref()).unwrap_or_else(|refusal| panic!("{name}: {refusal:?}"));
    sound(&imported);
    imported
}

/// Whether structure and text agree, and no words stand outside the blocks.
fn sound(imported: &Imported) {
    let text: Vec<char> = imported.text.chars().collect();
    imported.structure.check(text.len() as u32).expect("a structure that fits its text");
    let mut end = 0;
    let blocks = &imported.structure.blocks;
    for (start, stop) in blocks.iter().map(|b| (b.start, b.end)).chain([(text.len() as u32, 0)]) {
        assert!(text[end as usize..start as usize].iter().all(|c| c.is_whitespace()), "words outside the blocks");
        end = stop;
    }
    // A form feed is a break, also where damage made plain text of a document; a row may begin with empty cells.
    for block in blocks.iter().filter(|block| !matches!(block.kind, Code | BlockKind::Break)) {
        let first = text[block.start as usize];
        assert!(!first.is_whitespace() || block.kind == Row && first == '\t');
        assert!(!text[block.end as usize - 1].is_whitespace());
    }
}

fn slice(text: &str, start: u32, end: u32) -> String {
    text.chars().skip(start as usize).take((end - start) as usize).collect()
}

fn blocks(imported: &Imported) -> Vec<(BlockKind, u8, String)> {
    let blocks = imported.structure.blocks.iter();
    blocks.map(|block| (block.kind, block.level, slice(&imported.text, block.start, block.end))).collect()
}

fn spans(imported: &Imported) -> Vec<(SpanKind, String, Option<&str>)> {
    let spans = imported.structure.spans.iter();
    spans.map(|span| (span.kind, slice(&imported.text, span.start, span.end), span.target.as_deref())).collect()
}

/// Labels of the pages with the words that follow.
fn pages(imported: &Imported) -> Vec<(&str, String)> {
    let pages = imported.structure.pages.iter();
    pages.map(|page| (page.label.as_str(), slice(&imported.text, page.start, page.start + 3))).collect()
}

fn expect_blocks(imported: &Imported, expected: &[(BlockKind, u8, &str)]) {
    let found = blocks(imported);
    let found: Vec<_> = found.iter().map(|(kind, level, words)| (*kind, *level, words.as_str())).collect();
    assert_eq!(found, expected);
}

fn word(body: &str) -> Imported {
    read("a.docx", docx(body))
}

#[test]
fn docx_headings_go_by_style_and_outline() {
    let outlined = r#"<w:p><w:pPr><w:outlineLvl w:val="1"/></w:pPr><w:r><w:t>Two</w:t></w:r></w:p>"#;
    let body = [
        styled("Titel", &run("The title")),
        styled("berschrift1", &run("One")),
        outlined.into(),
        styled("Mine", &run("Three")),
        styled("Loop", &run("Body")),
        styled("Unknown", &run("More")),
    ];
    let imported = word(&body.concat());
    let expected = [
        (Heading, 1, "The title"),
        (Heading, 1, "One"),
        (Heading, 2, "Two"),
        (Heading, 3, "Three"),
        (Paragraph, 0, "Body"),
        (Paragraph, 0, "More"),
    ];
    expect_blocks(&imported, &expected);
    assert_eq!((imported.metadata.title.as_str(), imported.format), ("The title", "docx"));
    assert_eq!(imported.text, "The title\n\nOne\n\nTwo\n\nThree\n\nBody\n\nMore");
}

#[test]
fn docx_lists_count_as_word_does() {
    let body = [
        listed(1, 0, "a"),
        listed(1, 1, "b"),
        listed(1, 1, "c"),
        paragraph("between"),
        listed(1, 0, "d"),
        listed(1, 1, "e"),
        listed(3, 0, "f"),
        styled("Numbered", &run("g")),
        listed(2, 0, "bullet"),
        listed(0, 0, "no list"),
    ];
    let imported = word(&body.concat());
    let expected = [
        (Item, 1, "1. a"),
        (Item, 2, "1.a) b"),
        (Item, 2, "1.b) c"),
        (Paragraph, 0, "between"),
        (Item, 1, "2. d"),
        (Item, 2, "2.a) e"),
        (Item, 1, "5. f"),
        (Item, 1, "6. g"),
        (Item, 1, "bullet"),
        (Paragraph, 0, "no list"),
    ];
    expect_blocks(&imported, &expected);
    assert!(imported.text.starts_with("1. a\n1.a) b\n1.b) c\n\nbetween\n\n2. d\n"));
}

#[test]
fn docx_looks_become_spans() {
    let body = [
        r#"<w:p><w:r><w:t xml:space="preserve">Plain </w:t></w:r><w:r><w:rPr><w:b/></w:rPr><w:t>bo</w:t></w:r>"#,
        r#"<w:r><w:rPr><w:b w:val="1"/><w:i/></w:rPr><w:t>ld 😀</w:t></w:r><w:r><w:rPr><w:b w:val="0"/></w:rPr><w:t> no</w:t></w:r>"#,
        r#"<w:r><w:rPr><w:rStyle w:val="Fett"/></w:rPr><w:t> strong</w:t></w:r><w:r><w:rPr><w:vanish/></w:rPr><w:t>hidden</w:t></w:r></w:p>"#,
    ];
    let imported = word(&(body.concat() + &styled("Zitat", &run("Said.")) + &styled("Pre", &run("  code"))));
    expect_blocks(&imported, &[(Paragraph, 0, "Plain bold 😀 no strong"), (Quote, 1, "Said."), (Code, 0, "  code")]);
    let expected = [(Strong, "bold 😀"), (Emphasis, "ld 😀"), (Strong, " strong")];
    let found = spans(&imported);
    assert_eq!(found.iter().map(|(kind, words, _)| (*kind, words.as_str())).collect::<Vec<_>>(), expected);
}

#[test]
fn docx_links_are_shown_and_scripts_dropped() {
    let field = |kind: &str| format!(r#"<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>"#);
    let instruction = r#"<w:r><w:instrText> HYPERLINK "https://example.net" \o "tip" </w:instrText></w:r>"#;
    let body = [
        format!(r#"<w:p><w:hyperlink r:id="web">{}</w:hyperlink>"#, run("web")),
        format!(
            r#"<w:hyperlink r:id="bad">{}</w:hyperlink><w:hyperlink w:anchor="b">{}</w:hyperlink>"#,
            run(" bad"),
            run(" in")
        ),
        field("begin") + instruction + &field("separate") + &run(" field") + &field("end") + &run(" after"),
        format!(r#"<w:fldSimple w:instr="PAGEREF x">{}</w:fldSimple></w:p>"#, run(" 7")),
    ];
    let imported = word(&body.concat());
    assert_eq!(imported.text, "web bad in field after 7");
    let expected = [
        (Link, "web".into(), Some("https://example.org/a?b=1&c=2")),
        (Link, " field".into(), Some("https://example.net")),
    ];
    assert_eq!(spans(&imported), expected);
    let endless = word(&format!("<w:p>{}{instruction}{}</w:p>{}", field("begin"), run("kept"), paragraph("too")));
    assert_eq!(endless.text, "kept\n\ntoo");
}

#[test]
fn docx_notes_stand_at_the_end() {
    let call = |kind: &str, id: u8| format!(r#"<w:r><w:{kind}Reference w:id="{id}"/></w:r>"#);
    let body = [
        format!("<w:p>{}{}{}</w:p>", run("A"), call("footnote", 9), run(" b.")),
        format!("<w:p>{}{}{}{}</w:p>", run("C"), call("footnote", 4), call("endnote", 4), call("footnote", 77)),
    ];
    let imported = word(&body.concat());
    let expected = [
        (Paragraph, 0, "A[1] b."),
        (Paragraph, 0, "C[2][i]"),
        (Note, 0, "[1] Second."),
        (Note, 0, "[2] First."),
        (Note, 0, "[i] At the end."),
    ];
    expect_blocks(&imported, &expected);
    let found: Vec<_> =
        spans(&imported).into_iter().map(|(kind, _, label)| (kind, label.unwrap_or_default().to_owned())).collect();
    let expected = [(Call, "1"), (Call, "2"), (Call, "i"), (Mark, "1"), (Mark, "2"), (Mark, "i")];
    assert_eq!(found, expected.map(|(kind, label)| (kind, label.to_owned())));
}

#[test]
fn docx_tables_are_rows() {
    let cell = |properties: &str, words: &[&str]| {
        let words: String = words.iter().map(|words| paragraph(words)).collect();
        format!("<w:tc><w:tcPr>{properties}</w:tcPr>{words}</w:tc>")
    };
    let inner = format!("<w:tbl><w:tr>{}{}</w:tr></w:tbl>", cell("", &["in1"]), cell("", &["in2"]));
    let body = [
        "<w:tbl><w:tr>".into(),
        cell(r#"<w:gridSpan w:val="2"/>"#, &["wide"]),
        cell(r#"<w:vMerge w:val="restart"/>"#, &["tall"]),
        "</w:tr><w:tr>".into(),
        cell("", &["one", "two"]),
        format!("<w:tc>{inner}{}</w:tc>", paragraph("")),
        cell("<w:vMerge/>", &["never"]),
        "</w:tr></w:tbl>".into(),
        paragraph("after"),
        format!("<w:tbl><w:tr>{}</w:tr></w:tbl>", cell("", &["a frame", "is none"])),
    ];
    let imported = word(&body.concat());
    let expected = [
        (Row, 0, "wide\t\ttall"),
        (Row, 0, "one two\tin1 in2"),
        (Paragraph, 0, "after"),
        (Paragraph, 0, "a frame"),
        (Paragraph, 0, "is none"),
    ];
    expect_blocks(&imported, &expected);
    assert!(imported.text.starts_with("wide\t\ttall\none two"));
}

#[test]
fn docx_changes_are_taken_as_accepted() {
    let body = [
        format!("<w:p><w:ins>{}</w:ins><w:del><w:r><w:delText>gone</w:delText></w:r></w:del>", run("new")),
        format!("<w:moveFrom>{}</w:moveFrom><w:moveTo>{}</w:moveTo></w:p>", run("old"), run(" moved")),
        format!("<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr>{}</w:p>{}", run("One"), paragraph(" sentence.")),
        format!("<w:sdt><w:sdtContent>{}</w:sdtContent></w:sdt>", paragraph("control")),
        format!("<w:p><w:smartTag>{}</w:smartTag><w:r><w:annotationRef/></w:r></w:p>", run("tagged")),
    ];
    assert_eq!(word(&body.concat()).text, "new moved\n\nOne sentence.\n\ncontrol\n\ntagged");
}

/// A paragraph of a style or list whose mark was deleted (`del`) or moved away (`moveFrom`), with runs of markup.
fn struck(properties: &str, sign: &str, runs: &str) -> String {
    format!("<w:p><w:pPr>{properties}<w:rPr><w:{sign}/></w:rPr></w:pPr>{runs}</w:p>")
}

#[test]
fn docx_paragraphs_that_are_gone_lend_nothing() {
    let gone = |words: &str| format!("<w:del><w:r><w:delText>{words}</w:delText></w:r></w:del>");
    let away = |words: &str| format!("<w:moveFrom>{}</w:moveFrom>", run(words));
    let style = |style: &str| format!(r#"<w:pStyle w:val="{style}"/>"#);
    let item = |level: u8| format!(r#"<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="1"/></w:numPr>"#);
    let body = [
        struck(&style("berschrift1"), "del", &gone("Old heading")),
        struck(&style("berschrift1"), "moveFrom", &away("Ушло")),
        paragraph("Тело остаётся телом."),
        listed(1, 0, "one"),
        struck(&item(0), "del", &gone("two")),
        struck(&item(0), "moveFrom", &(away("셋") + "<w:bookmarkStart/>" + &run("  "))),
        struck(&item(1), "del", ""),
        listed(1, 0, "two again"),
        struck(&style("Zitat"), "del", &gone("a quote")),
        styled("berschrift1", &run("A heading")),
        struck(&(r#"<w:pageBreakBefore/>"#.to_owned() + &style("Pre")), "del", &gone("code")),
        paragraph("ليس رمزًا"),
    ];
    let imported = word(&body.concat());
    let expected = [
        (Paragraph, 0, "Тело остаётся телом."),
        (Item, 1, "1. one"),
        (Item, 1, "2. two again"),
        (Heading, 1, "A heading"),
        (Paragraph, 0, "ليس رمزًا"),
    ];
    expect_blocks(&imported, &expected);
    assert_eq!(imported.structure.pages, [], "no page is turned by a paragraph that is gone");
}

#[test]
fn docx_paragraphs_whose_mark_alone_is_gone_run_on_and_count_once() {
    let item = r#"<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>"#;
    let note = r#"<w:r><w:footnoteReference w:id="4"/></w:r>"#;
    let boxed = format!("<w:r><w:drawing><w:txbxContent>{}</w:txbxContent></w:drawing></w:r>", paragraph("Boxed."));
    let body = [
        struck(item, "del", &run("first half, ")),
        listed(1, 0, "second half"),
        listed(1, 0, "next"),
        struck(r#"<w:pStyle w:val="berschrift1"/>"#, "del", note),
        paragraph(" called"),
        format!(
            "<w:tbl><w:tr><w:trPr><w:del/></w:trPr><w:tc>{}</w:tc><w:tc>{}</w:tc></w:tr>",
            listed(1, 0, "x"),
            paragraph("y")
        ),
        format!(
            "<w:tr><w:tc><w:tcPr><w:cellDel/></w:tcPr>{}</w:tc><w:tc>{}</w:tc><w:tc>{}</w:tc></w:tr></w:tbl>",
            paragraph("z"),
            paragraph("가"),
            paragraph("나")
        ),
        listed(1, 0, "after the table"),
        struck("", "del", &(run("The last words.") + &boxed)),
    ];
    let expected = [
        (Item, 1, "1. first half, second half"),
        (Item, 1, "2. next"),
        (Heading, 1, "[1] called"),
        (Row, 0, "가\t나"),
        (Item, 1, "3. after the table"),
        (Paragraph, 0, "The last words."),
        (Paragraph, 0, "Boxed."),
        (Note, 0, "[1] First."),
    ];
    expect_blocks(&word(&body.concat()), &expected);
}

#[test]
fn docx_alternatives_are_those_that_are_understood() {
    let choose = |choice: &str, stand_in: &str| {
        format!("<mc:AlternateContent>{choice}<mc:Fallback>{stand_in}</mc:Fallback></mc:AlternateContent>")
    };
    let spaces = r#"xmlns:w16se="http://schemas.microsoft.com/office/word/2015/wordml/symex" xmlns:new="urn:of-the-future" xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml""#;
    let sign = |char: &str| format!(r#"<w16se:symEx w16se:font="Segoe UI Emoji" w16se:char="{char}"/>"#);
    let body = [
        format!(
            "<w:p {spaces}><w:r>{}</w:r>",
            choose(&format!(r#"<mc:Choice Requires="w16se">{}</mc:Choice>"#, sign("1F44D")), "<w:t>👍</w:t>")
        ),
        format!("<w:r>{}</w:r>", choose(&format!(r#"<mc:Choice Requires="w16se">{}</mc:Choice>"#, sign("2603")), "")),
        format!(
            "<w:r>{}</w:r>",
            choose(r#"<mc:Choice Requires="new"><new:reaction of="x"/></mc:Choice>"#, "<w:t> согласен</w:t>")
        ),
        format!(
            "<w:r>{}</w:r>",
            choose(r#"<mc:Choice Requires="w14 new"><w:t>never</w:t></mc:Choice>"#, "<w:t> 동의</w:t>")
        ),
        format!("<w:r>{}</w:r>", choose(r#"<mc:Choice Requires="w14"><w14:ink/></mc:Choice>"#, "<w:t> أوافق</w:t>")),
        format!(
            "<w:r>{}</w:r>",
            choose(
                r#"<mc:Choice Requires="new"><w:t>no</w:t></mc:Choice><mc:Choice Requires="w14"><w:t> second</w:t></mc:Choice>"#,
                "<w:t>no</w:t>"
            )
        ),
        format!("{}</w:p>", choose(r#"<mc:Choice Requires="new"><new:r/></mc:Choice>"#, &run(" run"))),
        format!(
            "<w:p><m:oMath><m:r>{}</m:r></m:oMath></w:p>",
            choose(r#"<mc:Choice Requires="w16se"/>"#, "<m:t>x</m:t>")
        ),
        format!(
            "<w:tbl {spaces}>{}</w:tbl>",
            choose(
                r#"<mc:Choice Requires="new"><new:row/></mc:Choice>"#,
                &format!("<w:tr><w:tc>{}</w:tc><w:tc>{}</w:tc></w:tr>", paragraph("a"), paragraph("b"))
            )
        ),
    ];
    assert_eq!(word(&body.concat()).text, "👍☃ согласен 동의 أوافق second run\n\nx\n\na\tb");
}

#[test]
fn docx_wrappers_of_every_kind_are_walked() {
    let wrapped =
        |name: &str, attributes: &str, words: &str| format!("<w:{name} {attributes}>{}</w:{name}>", run(words));
    let body = [
        format!(
            "<w:p>{}{}",
            wrapped("customXml", r#"w:element="date""#, "3 марта "),
            wrapped("bdo", r#"w:val="rtl""#, "שלום ")
        ),
        format!("{}{}", wrapped("dir", r#"w:val="rtl""#, "سلام "), wrapped("ins", "", "ins ")),
        format!(r#"<x:field xmlns:x="urn:some-vendor"><x:meta x:v="1"/>{}</x:field>"#, run("vendor ")),
        r#"<w:r><x:mark xmlns:x="urn:some-vendor"><w:t>inside a run</w:t></x:mark></w:r></w:p>"#.into(),
        format!(
            r#"<x:clause xmlns:x="urn:some-vendor">{}<w:sdt><w:sdtPr><w:t>no</w:t></w:sdtPr><w:sdtContent>{}</w:sdtContent></w:sdt></x:clause>"#,
            paragraph("조항"),
            paragraph("Clause")
        ),
        format!(
            r#"<w:tbl><w:customXml><w:tr><x:cell xmlns:x="urn:some-vendor"><w:tc>{}</w:tc></x:cell><w:tc>{}</w:tc></w:tr></w:customXml></w:tbl>"#,
            paragraph("a"),
            paragraph("b")
        ),
    ];
    assert_eq!(word(&body.concat()).text, "3 марта שלום سلام ins vendor inside a run\n\n조항\n\nClause\n\na\tb");
}

#[test]
fn docx_cells_stay_under_their_column() {
    let cell =
        |words: &str| format!("<w:tc>{}</w:tc>", if words.is_empty() { "<w:p/>".into() } else { paragraph(words) });
    let row = |properties: &str, cells: &[&str]| {
        format!(
            "<w:tr><w:trPr>{properties}</w:trPr>{}</w:tr>",
            cells.iter().map(|words| cell(words)).collect::<String>()
        )
    };
    let body = [
        "<w:tbl>".into(),
        row("", &["Страна", "2023", "2024", "2025"]),
        row(r#"<w:gridBefore w:val="1"/>"#, &["11", "12", "13"]),
        row(r#"<w:gridBefore w:val="2"/><w:gridAfter w:val="1"/>"#, &["한"]),
        row(r#"<w:gridBefore w:val="3"/>"#, &["99"]),
        row(r#"<w:gridBefore w:val="junk"/>"#, &["", "7"]),
        row(r#"<w:gridBefore w:val="4000000"/>"#, &["far"]),
        "</w:tbl>".into(),
    ];
    let imported = word(&body.concat());
    let far = "\t".repeat(64) + "far";
    let expected = [
        (Row, 0, "Страна\t2023\t2024\t2025"),
        (Row, 0, "\t11\t12\t13"),
        (Row, 0, "\t\t한"),
        (Row, 0, "\t\t\t99"),
        (Row, 0, "\t7"),
        (Row, 0, far.as_str()),
    ];
    expect_blocks(&imported, &expected);
}

#[test]
fn docx_boxes_come_once_and_below() {
    let shown = format!("<w:drawing><w:txbxContent>{}</w:txbxContent></w:drawing>", paragraph("box"));
    let old = format!("<w:pict><w:txbxContent>{}</w:txbxContent></w:pict>", paragraph("box"));
    let alternatives = format!(
        "<mc:AlternateContent><mc:Choice>{shown}</mc:Choice><mc:Fallback>{old}</mc:Fallback></mc:AlternateContent>"
    );
    let body = format!("<w:p>{}<w:r>{alternatives}</w:r>{}</w:p>{}", run("be"), run("fore"), paragraph("after"));
    assert_eq!(word(&body).text, "before\n\nbox\n\nafter");
}

#[test]
fn docx_pages_are_counted_once() {
    let broken = r#"<w:p><w:r><w:t>One</w:t></w:r><w:r><w:br w:type="page"/></w:r></w:p>"#;
    let rendered = "<w:p><w:r><w:lastRenderedPageBreak/><w:t>Two goes </w:t><w:lastRenderedPageBreak/><w:t>over.</w:t></w:r></w:p>";
    let before =
        r#"<w:p><w:pPr><w:pageBreakBefore/></w:pPr><w:r><w:lastRenderedPageBreak/><w:t>Four</w:t></w:r></w:p>"#;
    let imported = word(&[broken, rendered, before].concat());
    let expected = [("1", "One".into()), ("2", "Two".into()), ("3", "ove".into()), ("4", "Fou".into())];
    assert_eq!(pages(&imported), expected);
    assert_eq!(word(&paragraph("No pages")).structure.pages, []);
}

#[test]
fn docx_signs_and_scripts_come_through() {
    let body = [
        r#"<w:p><w:r><w:t>a</w:t><w:tab/><w:t>b</w:t><w:br/><w:t>c</w:t><w:noBreakHyphen/><w:sym w:font="Wingdings" w:char="F0E0"/></w:r>"#,
        r#"<w:r><w:sym w:font="Nobody" w:char="F0E0"/><w:ruby><w:rt><w:r><w:t>kan</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>漢</w:t></w:r></w:rubyBase></w:ruby></w:r></w:p>"#,
        r#"<w:p><w:pPr><w:bidi/></w:pPr><w:r><w:rPr><w:rtl/></w:rPr><w:t>שלום 123 عليكم</w:t></w:r></w:p>"#,
        r#"<w:p><m:oMath><m:f><m:num><m:r><m:t>1</m:t></m:r></m:num><m:den><m:r><m:t>2</m:t></m:r></m:den></m:f></m:oMath></w:p>"#,
        r#"<w:p><w:r><w:t>&#x1F600; &amp; e&#x301;</w:t></w:r></w:p>"#,
    ];
    let imported = word(&body.concat());
    assert_eq!(imported.text, "a\tb\nc\u{2011}→\u{fffd}漢\n\nשלום 123 عليكم\n\n1/2\n\n😀 & e\u{301}");
}

#[test]
fn docx_formulas_read_on_one_line() {
    let run = |words: &str| format!("<m:r><w:rPr/><m:t>{words}</m:t></m:r>");
    let body = [
        "<w:p><w:r><w:t xml:space=\"preserve\">Then </w:t></w:r><m:oMath>".into(),
        format!("<m:f><m:fPr/><m:num>{}{}</m:num><m:den>{}</m:den></m:f>", run("a"), run("+b"), run("2")),
        run("="),
        format!("<m:sSup><m:e>{}</m:e><m:sup>{}</m:sup></m:sSup>", run("x"), run("10")),
        format!("<m:rad><m:radPr/><m:deg/><m:e>{}</m:e></m:rad>", run("xy+1")),
        format!(
            "<m:nary><m:naryPr><m:chr m:val=\"∑\"/></m:naryPr><m:sub>{}</m:sub><m:sup>{}</m:sup>",
            run("i=1"),
            run("n")
        ),
        format!("<m:e>{}</m:e></m:nary><m:d><m:dPr><m:begChr m:val=\"[\"/><m:endChr m:val=\"]\"/></m:dPr>", run("i")),
        format!("<m:e>{}</m:e></m:d><w:del>{}</w:del></m:oMath></w:p>", run("z"), run("gone")),
    ];
    assert_eq!(word(&body.concat()).text, "Then (a+b)/2=x¹⁰√(xy+1)∑_(i=1)^n i[z]");
}

#[test]
fn docx_sections_turn_pages_unless_they_go_on() {
    let section = |kind: &str| {
        let kind = if kind.is_empty() { String::new() } else { format!(r#"<w:type w:val="{kind}"/>"#) };
        format!("<w:sectPr>{kind}</w:sectPr>")
    };
    let ends =
        |words: &str, kind: &str| format!("<w:p><w:pPr>{}</w:pPr><w:r><w:t>{words}</w:t></w:r></w:p>", section(kind));
    let rendered = r#"<w:p><w:r><w:lastRenderedPageBreak/><w:t>Four</w:t></w:r></w:p>"#;
    // A section says at its end how it began.
    let body = [ends("One", ""), ends("Two", "continuous"), ends("Three", "oddPage"), rendered.into(), section("")];
    let expected = [("1", "One".into()), ("2", "Thr".into()), ("3", "Fou".into())];
    assert_eq!(pages(&word(&body.concat())), expected);
}

#[test]
fn docx_documents_inside_are_read_once() {
    let chunk = |id: &str| format!(r#"<w:altChunk r:id="{id}"/>"#);
    let relations = |targets: &[&str]| {
        let each = |(at, target): (usize, &&str)| {
            format!(r#"<Relationship Id="c{at}" Type="http://x/aFChunk" Target="{target}"/>"#)
        };
        let all: String = targets.iter().enumerate().map(each).collect();
        format!(
            r#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{all}</Relationships>"#
        )
    };
    let document = |body: &str| format!("<w:document {WORD}><w:body>{body}</w:body></w:document>");
    let inner = document(&(paragraph("Inside") + &chunk("c0")));
    let own = relations(&["a.htm"]);
    let page = "<html><body><h2>A page</h2><p>with <b>words</b></p></body></html>";
    let inner = archive(&[("word/document.xml", &inner), ("word/_rels/document.xml.rels", &own), ("word/a.htm", page)]);
    let body = paragraph("Before") + &chunk("c0") + &chunk("c1") + &chunk("c2") + &paragraph("After");
    let outer = document(&body);
    let own = relations(&["a.htm", "b.docx", "nowhere.docx"]);
    let parts: [(&str, &[u8]); 4] = [
        ("word/document.xml", outer.as_bytes()),
        ("word/_rels/document.xml.rels", own.as_bytes()),
        ("word/a.htm", page.as_bytes()),
        ("word/b.docx", &inner),
    ];
    let imported = read("a.docx", archive_of(&parts));
    let expected = [
        (Paragraph, 0, "Before"),
        (Heading, 2, "A page"),
        (Paragraph, 0, "with words"),
        (Paragraph, 0, "Inside"),
        (Paragraph, 0, "After"),
    ];
    expect_blocks(&imported, &expected);
    assert_eq!(spans(&imported), [(Strong, "words".into(), None)]);
}

#[test]
fn docx_properties_are_found() {
    let core = r#"<c:coreProperties xmlns:c="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title> A  report </dc:title><dc:creator>Kim Min-ji;Иванова</dc:creator></c:coreProperties>"#;
    let cover = r#"<CoverPageProperties xmlns="http://schemas.microsoft.com/office/2006/coverPageProps"><PublishDate>2024-06-19T00:00:00</PublishDate></CoverPageProperties>"#;
    let parts = [("docProps/core.xml", core), ("customXml/item1.xml", cover)];
    let found = read("a.docx", docx_with(&paragraph("Words"), &parts)).metadata;
    assert_eq!([&found.title, &found.author, &found.published], ["A report", "Kim Min-ji; Иванова", "2024-06-19"]);
    assert_eq!((found.language.as_str(), found.kind.as_str()), ("en-GB", ""));
    assert_eq!(word(&paragraph("한국어로 쓴 글")).metadata.language, "ko-KR");
}

fn open(body: &str) -> Imported {
    read("a.odt", odt(body))
}

#[test]
fn odt_blocks_and_looks_survive() {
    let imported = open(
        r#"<text:sequence-decls/><text:p text:style-name="Title">The title</text:p><text:h text:outline-level="2">Part</text:h>
        <text:p>  Some
        <text:span text:style-name="B">bold <text:span text:style-name="I">both</text:span></text:span> and <text:a xlink:href="https://example.org">web</text:a><text:s text:c="2"/>x<text:tab/>y<text:line-break/>z</text:p>
        <text:p text:style-name="Quoted">Said.</text:p><text:p text:style-name="Preformatted_20_Text">a</text:p><text:p text:style-name="Preformatted_20_Text">b</text:p>
        <text:section><text:p>in section<office:annotation><text:p>comment</text:p></office:annotation></text:p></text:section>"#,
    );
    let expected = [
        (Heading, 1, "The title"),
        (Heading, 2, "Part"),
        (Paragraph, 0, "Some bold both and web  x\ty\nz"),
        (Quote, 1, "Said."),
        (Code, 0, "a\nb"),
        (Paragraph, 0, "in section"),
    ];
    expect_blocks(&imported, &expected);
    let expected = [
        (Strong, "bold both".into(), None),
        (Emphasis, "both".into(), None),
        (Link, "web".into(), Some("https://example.org")),
    ];
    assert_eq!(spans(&imported), expected);
    let found = &imported.metadata;
    assert_eq!([&found.title, &found.author, &found.language], ["An essay", "Ada", "de-AT"]);
}

#[test]
fn odt_lists_notes_and_tables_survive() {
    let imported = open(
        r#"<text:list text:style-name="L"><text:list-item><text:p>a</text:p><text:p>more</text:p>
        <text:list><text:list-item><text:p>b</text:p></text:list-item><text:list-item><text:p>c</text:p></text:list-item></text:list></text:list-item>
        <text:list-item><text:p>d</text:p></text:list-item></text:list><text:p>between</text:p>
        <text:list text:style-name="L" text:continue-numbering="true"><text:list-item><text:p>e</text:p></text:list-item></text:list>
        <text:list text:style-name="D"><text:list-item><text:p>dot</text:p></text:list-item></text:list>
        <text:p>Said<text:note text:note-class="footnote"><text:note-citation>1</text:note-citation><text:note-body><text:p>By her.</text:p></text:note-body></text:note> so.</text:p>
        <table:table><table:table-header-rows><table:table-row><table:table-cell><text:p>A</text:p></table:table-cell><table:table-cell><text:p>B</text:p><text:p>C</text:p></table:table-cell></table:table-row></table:table-header-rows>
        <table:table-row><table:table-cell table:number-columns-spanned="2"><text:p>wide</text:p></table:table-cell><table:covered-table-cell/></table:table-row></table:table>
        <text:p>Box<draw:frame><draw:text-box><text:p>inside</text:p></draw:text-box></draw:frame> before.</text:p>"#,
    );
    let expected = [
        (Item, 1, "1. a"),
        (Paragraph, 0, "more"),
        (Item, 2, "1.a) b"),
        (Item, 2, "1.b) c"),
        (Item, 1, "2. d"),
        (Paragraph, 0, "between"),
        (Item, 1, "3. e"),
        (Item, 1, "dot"),
        (Paragraph, 0, "Said[1] so."),
        (Row, 0, "A\tB C"),
        (Row, 0, "wide"),
        (Paragraph, 0, "Box before."),
        (Paragraph, 0, "inside"),
        (Note, 0, "[1] By her."),
    ];
    expect_blocks(&imported, &expected);
}

#[test]
fn odt_pages_and_changes_are_followed() {
    let imported = open(
        r#"<text:tracked-changes><text:changed-region><text:deletion><text:p>gone</text:p></text:deletion></text:changed-region></text:tracked-changes>
        <text:p text:style-name="Broken">One <text:soft-page-break/>two<text:change/></text:p><text:p text:style-name="Broken">Three</text:p>"#,
    );
    assert_eq!(imported.text, "One two\n\nThree");
    assert_eq!(pages(&imported), [("1", "One".into()), ("2", "two".into()), ("3", "Thr".into())]);
}

#[test]
fn odt_numbers_that_are_written_down_and_cells_under_others_keep_their_places() {
    let imported = open(
        r#"<text:h text:outline-level="1"><text:number>IV.</text:number>Fourth</text:h><text:list text:style-name="L">
        <text:list-item><text:number>7.</text:number><text:p><text:number>7.</text:number>Seven</text:p></text:list-item></text:list>
        <table:table><table:table-row><table:table-cell table:number-rows-spanned="2"><text:p>Tall</text:p></table:table-cell>
        <table:table-cell><text:p>b</text:p></table:table-cell></table:table-row><table:table-row><table:covered-table-cell/>
        <table:table-cell><text:p>d</text:p></table:table-cell></table:table-row></table:table>"#,
    );
    let expected = [(Heading, 1, "IV. Fourth"), (Item, 1, "7. Seven"), (Row, 0, "Tall\tb"), (Row, 0, "\td")];
    expect_blocks(&imported, &expected);
}

#[test]
fn odt_formulas_are_read_where_they_stand() {
    let math = |body: &str| {
        format!(
            r#"<math xmlns="http://www.w3.org/1998/Math/MathML"><semantics><mrow>{body}</mrow><annotation encoding="StarMath 5.0">c^2</annotation></semantics></math>"#
        )
    };
    let frame = |href: &str| {
        format!(r#"<draw:frame><draw:object xlink:href="{href}"/><draw:image xlink:href="x.png"/></draw:frame>"#)
    };
    let text = format!("<text:p>So {} holds{}{}.</text:p>", frame("./Object 1"), frame("./Object 2"), frame("../a"));
    let content = format!(
        "<office:document-content {OPEN}><office:body><office:text>{text}</office:text></office:body></office:document-content>"
    );
    let formula = math("<mi>E</mi><mo>=</mo><msup><mi>c</mi><mn>2</mn></msup>");
    let old = format!(
        r#"<!DOCTYPE math PUBLIC "-//OpenOffice.org//DTD Modified W3C MathML 1.01//EN" "math.dtd">{}"#,
        math("<mo>!</mo>")
    );
    let parts = [
        ("mimetype", "application/vnd.oasis.opendocument.text"),
        ("content.xml", &content),
        ("Object 1/content.xml", &formula),
        ("Object 2/content.xml", &old),
    ];
    assert_eq!(read("a.odt", archive(&parts)).text, "So E=c² holds!.");
}

#[test]
fn odt_cells_stay_under_their_column() {
    let cell = |attributes: &str, words: &str| {
        format!("<table:table-cell {attributes}><text:p>{words}</text:p></table:table-cell>")
    };
    let many = |count: u32| format!(r#"table:number-columns-repeated="{count}""#);
    let row = |attributes: &str, cells: &[String]| {
        format!("<table:table-row {attributes}>{}</table:table-row>", cells.concat())
    };
    let covered = r#"<table:covered-table-cell table:number-columns-repeated="2"/>"#.to_owned();
    let empty = |count: u32| format!("<table:table-cell {}/>", many(count));
    let rows = [
        row("", &[cell("", "Год"), cell("", "2023"), cell("", "2024"), cell("", "2025")]),
        row("", &[empty(2), cell("", "11"), cell("", "12"), empty(16_000)]),
        row("", &[cell(r#"table:number-columns-spanned="3""#, "wide"), covered, cell("", "last")]),
        row("", &[cell("", "одно"), cell(&many(3), "—")]),
        row(r#"table:number-rows-repeated="2""#, &[cell("", "같다"), cell("", "0")]),
        row(r#"table:number-rows-repeated="1000000""#, &[empty(16_384)]),
    ];
    let table = format!(
        r#"<table:table><table:table-columns><table:table-column {}/></table:table-columns><table:table-header-rows>{}</table:table-header-rows><x:rows xmlns:x="urn:some-vendor">{}</x:rows></table:table>"#,
        many(4),
        rows[0],
        rows[1..].concat()
    );
    let expected = [
        (Row, 0, "Год\t2023\t2024\t2025"),
        (Row, 0, "\t\t11\t12"),
        (Row, 0, "wide\t\t\tlast"),
        (Row, 0, "одно\t—\t—\t—"),
        (Row, 0, "같다\t0"),
        (Row, 0, "같다\t0"),
    ];
    expect_blocks(&open(&table), &expected);
}

#[test]
fn odt_tables_that_repeat_without_measure_are_refused() {
    let cell = r#"<table:table-cell table:number-columns-repeated="16384"><text:p>x</text:p></table:table-cell>"#;
    let gap = r#"<table:table-cell table:number-columns-repeated="16384"/>"#;
    let table = |cells: &str, rows: u32| {
        odt(&format!(
            r#"<table:table><table:table-row table:number-rows-repeated="{rows}">{cells}</table:table-row></table:table>"#
        ))
    };
    for bytes in [table(cell, 1_000_000), table(&cell.repeat(40), 1), table(&(gap.repeat(40) + cell), 1)] {
        assert!(matches!(refusal("a.odt", &bytes), Refusal::Unsafe { .. }));
    }
}

#[test]
fn odt_wrappers_of_every_kind_are_walked() {
    let spaces = r#"xmlns:loext="urn:org:documentfoundation:names:experimental:office:xmlns:loext:1.0" xmlns:x="urn:some-vendor" xmlns:svg="urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0""#;
    let body = [
        format!(r#"<text:p {spaces}>Signed on <loext:content-control loext:showing-place-holder="false"><text:span>3 марта</text:span></loext:content-control>"#),
        r#" in <loext:content-control><loext:list-item loext:value="g"/>Женева</loext:content-control>"#.into(),
        r#" by <x:person><x:id/>김 <text:span text:style-name="B">예시</text:span></x:person>, <text:meta>twice</text:meta>."#.into(),
        r#"<office:annotation><dc:creator>Eve</dc:creator><text:p>a comment</text:p></office:annotation><text:script>code()</text:script>"#.into(),
        r#"<svg:desc>a description</svg:desc><text:hidden-text text:string-value="h">hidden</text:hidden-text></text:p>"#.into(),
        format!(r#"<x:clause {spaces}><text:p>조항</text:p><text:list><text:list-item><text:p>item</text:p></text:list-item></text:list></x:clause>"#),
        r#"<text:tracked-changes><text:changed-region><text:deletion><text:p>deleted</text:p></text:deletion></text:changed-region></text:tracked-changes>"#.into(),
        r#"<office:forms><text:p>a form</text:p></office:forms>"#.into(),
    ];
    assert_eq!(open(&body.concat()).text, "Signed on 3 марта in Женева by 김 예시, twice.\n\n조항\n\nitem");
}

#[test]
fn flat_odt_is_read_as_its_archive_is() {
    let flat = |kind: &str, head: &str, body: &str| {
        format!(
            r#"<?xml version="1.0" encoding="UTF-8"?>
            <!-- made by hand -->
            <office:document {OPEN} xmlns:math="http://www.w3.org/1998/Math/MathML" office:version="1.3" office:mimetype="application/vnd.oasis.opendocument.{kind}">{head}<office:body><office:text>{body}</office:text></office:body></office:document>"#
        )
    };
    let head = r#"<office:meta><dc:title>Лёд</dc:title><meta:initial-creator>Ada</meta:initial-creator></office:meta>
        <office:styles><text:list-style style:name="L"><text:list-level-style-number text:level="1" style:num-format="1" style:num-suffix="."/></text:list-style></office:styles>
        <office:automatic-styles><style:style style:name="B" style:family="text"><style:text-properties fo:font-weight="bold"/></style:style></office:automatic-styles>"#;
    let body = r#"<text:h text:outline-level="1">Заголовок</text:h><text:p>한 <text:span text:style-name="B">굵은</text:span> كلمة
        <draw:frame><draw:object><math:math><math:msup><math:mi>c</math:mi><math:mn>2</math:mn></math:msup></math:math></draw:object></draw:frame></text:p>
        <text:list text:style-name="L"><text:list-item><text:p>Eins</text:p></text:list-item></text:list>"#;
    let imported = read("a.fodt", flat("text", head, body));
    expect_blocks(&imported, &[(Heading, 1, "Заголовок"), (Paragraph, 0, "한 굵은 كلمة c²"), (Item, 1, "1. Eins")]);
    assert_eq!(spans(&imported), [(Strong, "굵은".into(), None)]);
    assert_eq!([&imported.metadata.title, &imported.metadata.author], ["Лёд", "Ada"]);
    assert_eq!(imported.format, "odt");
    let wide: Vec<u8> =
        flat("text-template", "", "<text:p>Да</text:p>").encode_utf16().flat_map(u16::to_le_bytes).collect();
    assert_eq!(read("a.xml", wide).text, "Да");
    let format = |extension: &str| Refusal::Format { extension: extension.into() };
    for (kind, extension) in [("spreadsheet", "fods"), ("presentation", "fodp"), ("graphics", "fodg")] {
        assert_eq!(refusal("a.txt", flat(kind, "", "").as_bytes()), format(extension));
    }
    let whole = flat("text", "", "<text:p>cut</text:p>");
    assert!(matches!(refusal("a.fodt", &whole.as_bytes()[..whole.len() - 30]), Refusal::Damaged { .. }));
}

fn rich(body: &str) -> Imported {
    read("a.rtf", format!("{{\\rtf1\\ansi\\ansicpg1252\\deff0{body}}}"))
}

#[test]
fn rtf_characters_are_read_in_their_code_pages() {
    let fonts = r"{\fonttbl{\f0\fswiss\fcharset0 Arial;}{\f1\fnil\fcharset204{\*\falt x} Times;}{\f2\fcharset129 Batang;}{\f3\fcharset2 Symbol;}}";
    let imported = rich(&format!(
        r"{fonts}\'e9\f1 \'cc\'e8\'f0\f2 \'c7\'d1\'b1\'db\f3 a\'b3\f0\uc1 \u1052 ?\uc2\u8364 ab\u-10179\'3f\'3f\u-8704 xy\~\_\emdash\{{\}}\\"
    ));
    assert_eq!(imported.text, "éМир한글α≥М€😀\u{a0}\u{2011}—{}\\");
    assert_eq!((imported.format, imported.encoding), ("rtf", "windows-1252"));
    assert_eq!(read("a.rtf", b"{\\rtf1\\ansi\\ansicpg1251 \\'c4\xe0}").text, "Да");
    assert_eq!(rich(r"\u21487\u-30000\par x").text, "可諐\n\nx");
}

#[test]
fn rtf_of_old_programs_is_read_in_its_code_page() {
    let check = |head: &str, fonts: &str, body: &str, expected: &str| {
        let source = format!("{{\\rtf1{head}\\deff0{{\\fonttbl{fonts}}}\\pard\\f0 {body}\\par}}");
        assert_eq!(read("a.rtf", source).text, expected, "{head} {fonts}");
    };
    let ansi = r"\ansi\ansicpg1252";
    check(ansi, r"{\f0\fswiss Arial Cyr;}", r"\'d8\'f0\'e8\'f4\'f2", "Шрифт");
    check(ansi, r"{\f0\fnil\fcharset0 Times New Roman CYR;}", r"\'cb\'b8\'e4", "Лёд");
    check(ansi, r"{\f0\fcharset0 Times New Roman Greek;}", r"\'c5\'eb\'eb\'dc\'e4\'e1", "Ελλάδα");
    check(ansi, r"{\f0\fcharset0 Courier New Tur;}", r"\'de\'fd\'f0", "Şığ");
    check(ansi, r"{\f0\fcharset0 Arial CE;}", r"\'a3\'f3d\'9f", "Łódź");
    check(ansi, r"{\f0\fcharset0 Arial Baltic;}", r"\'d0iauliai", "Šiauliai");
    check(ansi, r"{\f0\fcharset0 Arial (Hebrew);}", r"\'f9\'ec\'e5\'ed", "שלום");
    check(ansi, r"{\f0\fcharset0 Arial (Arabic);}", r"\'d3\'e1\'c7\'e3", "سلام");
    check(ansi, r"{\f0\fcharset238 Arial Cyr;}", r"\'a3\'f3d\'9f", "Łódź");
    check(ansi, r"{\f0\fcharset0 Cyr;}", r"\'e9", "é");
    check(r"\pc", r"{\f0 Helv;}", r"caf\'82 \'9b\'e1", "café ¢ß");
    check(r"\pca", r"{\f0 Helv;}", r"S\'c6o, \'9d", "São, Ø");
    check(r"\mac", r"{\f0 Geneva;}", r"caf\'8e", "café");
    check(r"\ansi\ansicpg852", r"{\f0 Helv;}", r"\'9d\'a2d\'ab", "Łódź");
    check(r"\ansi\ansicpg737", r"{\f0 Helv;}", r"\'84\'a2\'a2\'e1\'9b\'98", "Ελλάδα");
    check(r"\ansi\ansicpg866", r"{\f0 Helv;}", r"\'8b\'f1\'a4", "Лёд");
    check(r"\mac\ansicpg10029", r"{\f0 Geneva;}", r"\'fc\'97d\'90", "Łódź");
    let imported = read("a.rtf", r"{\rtf1\pca caf\'82}");
    assert_eq!((imported.encoding, imported.undecoded), ("IBM850", 0));
}

#[test]
fn rtf_says_what_it_could_not_decode() {
    let imported = rich(
        r"{\fonttbl{\f0\fcharset0 A;}{\f1\fcharset129 B;}}\f1 \'c7\'d1\'ff \'b1\'db {\v \'ff}{\deleted \'ff}\f0 end",
    );
    assert_eq!((imported.text.as_str(), imported.undecoded), ("한\u{fffd} 글 end", 1));
}

#[test]
fn rtf_paragraphs_that_are_gone_lend_nothing() {
    let imported = rich(
        r"{\stylesheet{\s1 heading 1;}}\pard\s1{\deleted Old heading}{\deleted\par}\pard\plain The body.\par
        {\listtext 2.\tab}\pard\ls1{\deleted an item\par}\pard\plain After.\par
        \pard\plain One {\deleted\par}\pard\plain sentence.\par{\mvf moved\par}\pard\plain\deleted gone \plain last\par",
    );
    let expected = [
        (Paragraph, 0, "The body."),
        (Paragraph, 0, "After."),
        (Paragraph, 0, "One sentence."),
        (Paragraph, 0, "last"),
    ];
    expect_blocks(&imported, &expected);
}

#[test]
fn rtf_blocks_and_looks_survive() {
    let imported = rich(
        r#"{\stylesheet{Normal;}{\s1 heading 1;}{\s2\sbasedon1 Mine;}{\s3 Quote;}{\*\cs9 Strong;}}{\info{\title A report}{\author Ada;Bob}{\operator Eve}}{\*\generator x;}\deflang1049
        \pard\s1 First\par\pard\s2 Second\par\pard\outlinelevel2 Third\par
        \pard\plain Some {\b bold {\i both}} and {\v hidden}{\deleted gone}plain\line next\tab x\par
        \pard\s3 Said.\par{\header head\par}{\pict\bin3 }}}}{\*\unknown no}
        {\listtext\pard 1.\tab}\ls1 one\par{\pntext\f3\'b7\tab}\pard\ls2\ilvl1 dot\par
        \pard {\field{\*\fldinst{HYPERLINK "https://example.org"}}{\fldrslt{\ul web}}} end\par"#,
    );
    let expected = [
        (Heading, 1, "First"),
        (Heading, 1, "Second"),
        (Heading, 3, "Third"),
        (Paragraph, 0, "Some bold both and plain\nnext\tx"),
        (Quote, 1, "Said."),
        (Item, 1, "1. one"),
        (Item, 2, "dot"),
        (Paragraph, 0, "web end"),
    ];
    expect_blocks(&imported, &expected);
    let expected = [
        (Strong, "bold both".into(), None),
        (Emphasis, "both".into(), None),
        (Link, "web".into(), Some("https://example.org")),
    ];
    assert_eq!(spans(&imported), expected);
    assert_eq!([&imported.metadata.title, &imported.metadata.author], ["A report", "Ada;Bob"]);
}

#[test]
fn a_note_is_called_by_what_is_seen() {
    let note = |label: &str| {
        format!(
            "<text:note><text:note-citation>{label}</text:note-citation><text:note-body><text:p>Below.</text:p></text:note-body></text:note>"
        )
    };
    let imported = open(&format!("<text:p>A{}B{}</text:p>", note("1\0\n a"), note("\u{7}")));
    assert_eq!(imported.text, "A[1 a]B[2]\n\n[1 a] Below.\n\n[2] Below.");
    let long = "b".repeat(400);
    let called = import("a.md", format!("A[^x\u{7}].\n\n[^x\u{7}]: {long}.").as_bytes()).map(|imported| imported.text);
    assert_eq!(called, Ok(format!("A[x\u{fffd}].\n\n[x\u{fffd}] {long}.")));
}

#[test]
fn a_row_and_a_heading_are_one_line_each() {
    let row = r"\trowd\cellx1\cellx2\intbl {\listtext 1.\line\tab}a\line b\'0dc\tab d\cell e\cell\row";
    let heading = r"\pard\outlinelevel0 {\listtext 2\line x.}One\line two\tab three\u13 ?four\par";
    let imported = rich(&format!("{row}{heading}"));
    expect_blocks(&imported, &[(Row, 0, "1. a b c d\te"), (Heading, 1, "2 x. One two three four")]);
    let breaks = run("a&#13;b&#10;c&#9;d") + "<w:r><w:br/><w:tab/></w:r>" + &run("e");
    let table = format!("<w:tbl><w:tr><w:tc><w:p>{breaks}</w:p></w:tc><w:tc>{}</w:tc></w:tr></w:tbl>", paragraph("f"));
    let imported = word(&(table + &styled("berschrift1", &breaks)));
    expect_blocks(&imported, &[(Row, 0, "a b c d  e\tf"), (Heading, 1, "a b c d  e")]);
}

#[test]
fn rtf_notes_tables_and_pages_survive() {
    let imported = rich(
        r"One{\super\chftn}{\footnote\pard {\super\chftn} Below.\par Again.} two{\footnote\ftnalt End.}.\par\page Page two\par
        \trowd\cellx100\cellx200\pard\intbl A\cell B\par C\cell\row\trowd\cellx100\cellx200\intbl\cell D\cell\row\pard after\par
        \trowd\cellx100\intbl framed\par words\cell\row\pard{\shp{\*\shpinst{\sp{\sn a}{\sv b}}{\shptxt Boxed.\par}}{\shprslt no}}last\par
        {\upr{worse}{\*\ud better}}",
    );
    let expected = [
        (Paragraph, 0, "One[1] two[i]."),
        (Paragraph, 0, "Page two"),
        (Row, 0, "A\tB C"),
        (Row, 0, "\tD"),
        (Paragraph, 0, "after"),
        (Paragraph, 0, "framed"),
        (Paragraph, 0, "words"),
        (Paragraph, 0, "last"),
        (Paragraph, 0, "Boxed."),
        (Paragraph, 0, "better"),
        (Note, 0, "[1] Below."),
        (Note, 0, "Again."),
        (Note, 0, "[i] End."),
    ];
    expect_blocks(&imported, &expected);
    assert_eq!(pages(&imported), [("1", "One".into()), ("2", "Pag".into())]);
}

fn refusal(name: &str, bytes: &[u8]) -> Refusal {
    import(name, bytes).expect_err("should have been refused")
}

#[test]
fn a_file_is_what_its_bytes_say() {
    let (docx, odt) = (docx(&paragraph("Words")), odt("<text:p>Words</text:p>"));
    let names = ENDINGS.map(|ending| format!("a.{ending}"));
    for name in names.iter().map(String::as_str).chain(["a", "a.docm"]) {
        assert_eq!((read(name, &docx).format, read(name, &docx).text.as_str()), ("docx", "Words"));
        assert_eq!(read(name, &odt).format, "odt");
        assert_eq!(read(name, "{\\rtf1 Words}").format, "rtf");
    }
    assert_eq!(read("a.docx", "Plain words").format, "text");
    assert_eq!(refusal("a.docx", b""), Refusal::Empty);
    assert_eq!(refusal("a.docx", &self::docx("")), Refusal::Empty);
    let format = |extension: &str| Refusal::Format { extension: extension.into() };
    assert_eq!(refusal("a.docx", &archive(&[("xl/workbook.xml", "<a/>")])), format("xlsx"));
    assert_eq!(refusal("a.docx", &archive(&[("a.txt", "a")])), format("zip"));
    assert_eq!(
        refusal("a.odt", &archive(&[("mimetype", "application/vnd.oasis.opendocument.spreadsheet")])),
        format("ods")
    );
    let compound = |stream: &str| {
        let name = stream.encode_utf16().flat_map(u16::to_le_bytes);
        [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1].into_iter().chain([0; 40]).chain(name).collect::<Vec<u8>>()
    };
    assert_eq!(refusal("a.docx", &compound("EncryptedPackage")), Refusal::Encrypted);
    assert_eq!(refusal("a.docx", &compound("WordDocument")), format("doc"));
    assert_eq!(refusal("a.doc", &compound("")), format("doc"));
    assert_eq!(refusal("a.txt", &compound("")), format("doc"), "not by the name of a text");
    assert_eq!(refusal("a.txt", &compound("__properties_version1.0")), format("msg"));
    let locked = r#"<manifest:file-entry xmlns:manifest="m"><manifest:encryption-data/></manifest:file-entry>"#;
    let locked = archive(&[("mimetype", "application/vnd.oasis.opendocument.text"), ("META-INF/manifest.xml", locked)]);
    assert_eq!(refusal("a.odt", &locked), Refusal::Encrypted);
}

#[test]
fn hostile_documents_are_refused() {
    let is_unsafe = |bytes: &[u8]| assert!(matches!(refusal("a.docx", bytes), Refusal::Unsafe { .. }));
    let entities = r#"<!DOCTYPE a [<!ENTITY b "bbbb">]>"#;
    let main = format!("{entities}<w:document {WORD}><w:body>{}</w:body></w:document>", paragraph("&b;"));
    is_unsafe(&archive(&[("word/document.xml", &main)]));
    is_unsafe(&docx(&format!("{}{}", "<w:sdt><w:sdtContent>".repeat(500), "</w:sdtContent></w:sdt>".repeat(500))));
    is_unsafe(&archive(&[("word/document.xml", "<a/>"), ("../a", "b")]));
    is_unsafe(&archive(&[("word/document.xml", "<a/>"), ("/a", "b")]));
    is_unsafe(&archive(&[("word/document.xml", "<a/>"), ("Word/document.xml", "<b/>")]));
    is_unsafe(&archive(&[("word/document.xml", &" ".repeat(30 << 20))]));
    is_unsafe("{\\rtf1".to_owned().repeat(1_001).as_bytes());
    let nested = "<w:tbl><w:tr><w:tc>".repeat(80) + &paragraph("deep") + &"</w:tc></w:tr></w:tbl>".repeat(80);
    assert_eq!(word(&nested).text, "deep");
    let controls = "<w:sdt><w:sdtContent>".repeat(120) + &paragraph("deep") + &"</w:sdtContent></w:sdt>".repeat(120);
    assert_eq!(word(&controls).text, "deep");
    let tags = format!("<w:p>{}{}{}</w:p>", "<w:smartTag>".repeat(245), run("deep"), "</w:smartTag>".repeat(245));
    assert_eq!(word(&tags).text, "deep");
    let groups = "{".repeat(990) + "deep" + &"}".repeat(990);
    assert_eq!(rich(&groups).text, "deep");
}

#[test]
fn documents_cut_short_are_refused_at_every_byte() {
    let note = r#"<text:p>A<text:note><text:note-citation>1</text:note-citation><text:note-body><text:p>B</text:p></text:note-body></text:note></text:p>"#;
    let rtf = rb(
        "{\\rtf1\\ansi{\\fonttbl{\\f0\\fcharset204 A;}}\\trowd\\cellx1\\cellx2\\intbl A\\cell{\\footnote B}\\'e9\\u12 ?\\cell\\row\\bin2 xxC}",
    );
    for whole in [docx(&(paragraph("A") + &listed(1, 0, "b"))), odt(note), rtf] {
        assert!(import("a", &whole).is_ok());
        for end in 1..whole.len() {
            match import("a.docx", &whole[..end]) {
                // The first bytes are those of nothing in particular, and a note at the end of an archive may go.
                Ok(imported) => assert!(end < 6 || imported.format != "text" && end > whole.len() - 4, "cut at {end}"),
                Err(refusal) => {
                    assert!(matches!(refusal, Refusal::Damaged { .. }) || end < 8, "cut at {end}: {refusal:?}")
                }
            }
        }
    }
    let words = |before: &str, after: &str| (0..20_000).map(|n| format!("{before}{n}{after}")).collect::<String>();
    let long = [
        docx(&words("<w:p><w:r><w:t>Word ", "</w:t></w:r></w:p>")),
        odt(&words("<text:p>Word ", "</text:p>")),
        rb(&format!("{{\\rtf1 {}}}", words("{\\b Word ", "}\\par\n"))),
    ];
    for whole in long {
        for end in (1024..whole.len() - 1).step_by(1024) {
            assert!(matches!(refusal("a.docx", &whole[..end]), Refusal::Damaged { .. }), "cut at {end}");
        }
    }
}

fn rb(text: &str) -> Vec<u8> {
    text.as_bytes().to_vec()
}

proptest! {
    #[test]
    fn any_bytes_are_read_or_refused(start in 0usize..4, bytes in prop::collection::vec(any::<u8>(), 0..300)) {
        let start: &[u8] = [&b"PK\x03\x04"[..], b"{\\rtf1", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b""][start];
        if let Ok(imported) = import("a", &[start, &bytes].concat()) {
            sound(&imported);
        }
    }

    #[test]
    fn flipped_bytes_are_read_or_refused(format in 0usize..3, flips in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..6)) {
        let body = listed(1, 0, "a") + &styled("berschrift1", &run("b")) + "<w:tbl><w:tr><w:tc/><w:tc><w:p/></w:tc></w:tr></w:tbl>";
        let rtf = r"{\rtf1\ansi\trowd\cellx1\cellx2\intbl A\cell{\footnote B}\'e9\u12 ?\cell\row{\field{\*\fldinst HYPERLINK x}{\fldrslt y}}\page\pard\s1 C\par}";
        let mut bytes = match format {
            0 => stored(&docx(&body)),
            1 => stored(&odt("<text:list><text:list-item><text:p>A</text:p></text:list-item></text:list><text:p><text:soft-page-break/>b</text:p>")),
            _ => rb(rtf),
        };
        for (place, value) in flips {
            let place = place.index(bytes.len());
            bytes[place] = value;
        }
        if let Ok(imported) = import("a", &bytes) {
            sound(&imported);
        }
    }

    #[test]
    fn any_control_words_are_read(words in prop::collection::vec(prop::sample::select(RTF_PIECES), 0..60)) {
        let rtf = format!("{{\\rtf1{}{}", words.concat(), "}".repeat(100));
        if let Ok(imported) = import("a.rtf", rtf.as_bytes()) {
            sound(&imported);
        }
    }

    #[test]
    fn any_markup_is_read(pieces in prop::collection::vec(prop::sample::select(WORD_PIECES), 0..40)) {
        if let Ok(imported) = import("a.docx", &docx(&pieces.concat())) {
            sound(&imported);
        }
    }
}

const RTF_PIECES: &[&str] = &[
    "{",
    "}",
    "}",
    "a ",
    " ",
    "\\par ",
    "\\cell ",
    "\\row ",
    "\\trowd ",
    "\\cellx1 ",
    "\\intbl ",
    "\\pard ",
    "{\\footnote ",
    "{\\shp{\\*\\shpinst{\\shptxt ",
    "\\page ",
    "\\s1 ",
    "{\\stylesheet{\\s1 heading 1;}{\\s2 source code;}}",
    "\\s2 ",
    "\\b ",
    "\\ls1 ",
    "{\\listtext 1.}",
    "\\line ",
    "\\tab ",
    "\\u55357 ",
    "\\ftnalt ",
    "\\pagebb ",
];

const WORD_PIECES: &[&str] = &[
    "<w:p/>",
    "<w:p><w:r><w:t>a</w:t></w:r></w:p>",
    "<w:p><w:pPr><w:pStyle w:val=\"Pre\"/></w:pPr><w:r><w:t> b </w:t></w:r></w:p>",
    "<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr><w:r><w:br w:type=\"page\"/><w:t>c</w:t></w:r></w:p>",
    "<w:p><w:pPr><w:numPr><w:numId w:val=\"1\"/></w:numPr></w:pPr><w:r><w:footnoteReference w:id=\"4\"/></w:r></w:p>",
    "<w:p><w:r><w:fldChar w:fldCharType=\"begin\"/></w:r></w:p>",
    "<w:p><w:r><w:rPr><w:b/></w:rPr><w:t> </w:t><w:fldChar w:fldCharType=\"end\"/><w:lastRenderedPageBreak/></w:r></w:p>",
    "<w:tbl><w:tr><w:tc><w:p/></w:tc><w:tc><w:p><w:r><w:t>d</w:t></w:r></w:p></w:tc></w:tr></w:tbl>",
    "<w:p><w:r><w:drawing><w:txbxContent><w:p><w:pPr><w:pageBreakBefore/></w:pPr><w:r><w:t>e</w:t></w:r></w:p></w:txbxContent></w:drawing></w:r></w:p>",
];

/// The same archive without compression, so that a flipped byte reaches the markup.
fn stored(bytes: &[u8]) -> Vec<u8> {
    let mut from = zip::ZipArchive::new(Cursor::new(bytes)).expect("an archive");
    let mut to = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
    for index in 0..from.len() {
        let mut part = from.by_index(index).expect("a part");
        to.start_file(part.name().expect("a name").into_owned(), options).expect("a part");
        std::io::copy(&mut part, &mut to).expect("its content");
    }
    to.finish().expect("an archive").into_inner()
}
