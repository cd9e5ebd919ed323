//! PDF files in: reading order, paragraphs, pages, what the file says about itself, and what is refused.

use gloss_core::import::{ENDINGS, Imported, Refusal, import};
use gloss_core::structure::{BlockKind, SpanKind};
use gloss_sources::pdf::Font::{Bold, Italic, Plain};
use gloss_sources::pdf::{LEFT, Pdf, wrap};
use proptest::prelude::*;

const FILLER: &str = "The harbour was closed for the winter and the ships lay at anchor while the two governments \
    exchanged notes on the price of grain and on the right of passage through the strait. Neither side would say how \
    many vessels had been sold, nor to whom, and the newspapers of both capitals printed what they were told.";

fn read(pdf: &Pdf) -> Imported {
    let imported = import("a.pdf", &pdf.bytes()).unwrap_or_else(|refusal| panic!("{refusal:?}"));
    sound(&imported);
    imported
}

fn sound(imported: &Imported) {
    imported.structure.check(imported.text.chars().count() as u32).expect("a sound structure");
    let mut end = 0;
    for block in &imported.structure.blocks {
        assert!(slice(imported, end, block.start).trim().is_empty(), "text in no block");
        end = block.end;
    }
}

fn slice(imported: &Imported, start: u32, end: u32) -> String {
    imported.text.chars().skip(start as usize).take((end - start) as usize).collect()
}

fn blocks(imported: &Imported) -> Vec<(BlockKind, String)> {
    let blocks = imported.structure.blocks.iter();
    blocks.map(|block| (block.kind, slice(imported, block.start, block.end))).collect()
}

fn paragraphs(imported: &Imported) -> Vec<String> {
    blocks(imported).into_iter().map(|(_, text)| text).collect()
}

/// The label of each page and the first words on it.
fn pages(imported: &Imported) -> Vec<(String, String)> {
    let pages = imported.structure.pages.iter();
    pages.map(|page| (page.label.clone(), imported.text.chars().skip(page.start as usize).take(8).collect())).collect()
}

fn spans(imported: &Imported, kind: SpanKind) -> Vec<String> {
    let spans = imported.structure.spans.iter().filter(|span| span.kind == kind);
    spans.map(|span| slice(imported, span.start, span.end)).collect()
}

fn refusal(bytes: &[u8]) -> Refusal {
    import("a.pdf", bytes).expect_err("should have been refused")
}

#[test]
fn lines_become_paragraphs_parted_by_an_indent_or_a_gap() {
    let mut pdf = Pdf::default().page();
    let one = wrap(FILLER, 60);
    let mut y = pdf.lines(LEFT, 700.0, &one);
    pdf.put(LEFT + 15.0, y, 10.0, Plain, "A second paragraph, which begins further in, runs over a");
    y = pdf.lines(LEFT, y - 12.0, &["line that is as long as all of the other ones that you see,", "and ends here."]);
    pdf.lines(LEFT, y - 8.0, &["A third one stands apart."]);
    let imported = read(&pdf);
    assert_eq!(imported.format, "pdf");
    assert_eq!(
        paragraphs(&imported),
        [
            FILLER,
            "A second paragraph, which begins further in, runs over a line that is as long as all of the other ones that you see, and ends here.",
            "A third one stands apart."
        ]
    );
}

#[test]
fn an_abstract_in_a_narrower_measure_is_one_paragraph() {
    let mut pdf = Pdf::default().page();
    let line = "a harbour that was closed all winter while ships lay there";
    let y = pdf.lines(LEFT + 40.0, 700.0, &[line, line, line, line, "and no more."]);
    let wide = "The two governments exchanged notes on the price of grain and on the right of passage through the";
    pdf.lines(LEFT, y - 20.0, &[wide; 6]);
    let imported = read(&pdf);
    assert_eq!(paragraphs(&imported), [format!("{line} {line} {line} {line} and no more."), [wide; 6].join(" ")]);
}

#[test]
fn divided_words_are_made_whole_and_compounds_keep_their_hyphen() {
    let mut pdf = Pdf::default().page();
    pdf.lines(
        LEFT,
        700.0,
        &[
            "The long-term plan of the two states called for closer coop-",
            "eration, which both sides described as a long-",
            "term matter for the whole of the Russian-North-",
            "Korean border, and as the first of 2022-",
            "2024 by all who had been asked in the North-",
            "South talks.",
        ],
    );
    assert_eq!(
        read(&pdf).text,
        "The long-term plan of the two states called for closer cooperation, which both sides described as a long-term \
         matter for the whole of the Russian-North-Korean border, and as the first of 2022-2024 by all who had been \
         asked in the North-South talks."
    );
}

#[test]
fn two_columns_are_read_one_after_the_other_below_a_title_across_both() {
    let mut pdf = Pdf::default().page();
    pdf.put(120.0, 740.0, 18.0, Bold, "A Title That Runs Across the Page");
    let left = wrap(&format!("Left. {FILLER} {FILLER}"), 44);
    let right = wrap(&format!("Right. {FILLER} {FILLER}"), 44);
    pdf.lines(60.0, 700.0, &left);
    pdf.lines(310.0, 701.0, &right);
    let imported = read(&pdf);
    assert_eq!(
        blocks(&imported),
        [
            (BlockKind::Heading, "A Title That Runs Across the Page".to_owned()),
            (BlockKind::Paragraph, format!("Left. {FILLER} {FILLER}")),
            (BlockKind::Paragraph, format!("Right. {FILLER} {FILLER}")),
        ]
    );
    assert_eq!(imported.metadata.title, "A Title That Runs Across the Page");
}

#[test]
fn a_table_stays_in_rows() {
    let mut pdf = Pdf::default().page();
    let y = pdf.lines(LEFT, 700.0, &wrap(FILLER, 70));
    for (row, cells) in [["Year", "Ships", "Grain"], ["2021", "12", "340"], ["2022", "7", "120"], ["2023", "31", "95"]]
        .iter()
        .enumerate()
    {
        for (column, cell) in cells.iter().enumerate() {
            pdf.put(LEFT + 100.0 * column as f32, y - 12.0 - 12.0 * row as f32, 10.0, Plain, cell);
        }
    }
    let rows: Vec<String> =
        blocks(&read(&pdf)).into_iter().filter(|(kind, _)| *kind == BlockKind::Row).map(|(_, text)| text).collect();
    assert_eq!(rows, ["Year\tShips\tGrain", "2021\t12\t340", "2022\t7\t120", "2023\t31\t95"]);
}

/// A report of `count` pages with a running head, a page number and one long text over all pages.
fn report(count: usize) -> (Pdf, String) {
    let mut pdf = Pdf::default();
    let text: Vec<String> = (0..count * 4).map(|part| format!("Part {part} of it: {FILLER}")).collect();
    let text = text.join(" ");
    let lines = wrap(&text, 80);
    for (page, lines) in lines.chunks(lines.len().div_ceil(count)).enumerate() {
        pdf = pdf.page();
        pdf.put(
            LEFT,
            760.0,
            9.0,
            Plain,
            if page % 2 == 0 { "An Example of a Report" } else { "Institute for Examples" },
        );
        pdf.put(500.0, 760.0, 9.0, Plain, &(page + 1).to_string());
        pdf.put(LEFT, 30.0, 8.0, Plain, "Published for the tests alone");
        pdf.lines(LEFT, 720.0, lines);
    }
    (pdf, text)
}

#[test]
fn heads_and_feet_are_left_out_and_a_paragraph_goes_on_over_the_page() {
    let (pdf, text) = report(8);
    let imported = read(&pdf);
    assert_eq!(paragraphs(&imported), [text.as_str()]);
    let labels: Vec<String> = pages(&imported).into_iter().map(|(label, _)| label).collect();
    assert_eq!(labels, ["1", "2", "3", "4", "5", "6", "7", "8"]);
    let lines = wrap(&text, 80);
    let second = &lines[lines.len().div_ceil(8)];
    assert!(second.starts_with(pages(&imported)[1].1.trim_end()), "page 2 begins with its first line");
}

#[test]
fn pages_are_called_what_the_file_calls_them() {
    let (mut pdf, _) = report(4);
    pdf.catalogue = "/PageLabels << /Nums [ 0 << /S /r >> 2 << /S /D /St 1 /P (A-) >> ] >>".into();
    let labels: Vec<String> = pages(&read(&pdf)).into_iter().map(|(label, _)| label).collect();
    assert_eq!(labels, ["i", "ii", "A-1", "A-2"]);
    pdf.catalogue = "/PageLabels << /Nums [ 0 << /S /D /P (A\\036-) >> 2 << /P (\\007) >> ] >>".into();
    let labels: Vec<String> = pages(&read(&pdf)).into_iter().map(|(label, _)| label).collect();
    assert_eq!(labels, ["A -1", "A -2", "3", "4"], "names of one line, or none");
}

#[test]
fn headings_and_emphasis_come_from_the_type() {
    let mut pdf = Pdf::default().page();
    pdf.put(LEFT, 740.0, 20.0, Bold, "The Strait");
    pdf.put(LEFT, 700.0, 14.0, Bold, "Ships");
    let y = pdf.lines(LEFT, 680.0, &wrap(FILLER, 70));
    pdf.put(LEFT, y - 10.0, 14.0, Bold, "Grain");
    pdf.put(LEFT, y - 30.0, 10.0, Plain, "It was ");
    pdf.put(LEFT + 35.0, y - 30.0, 10.0, Italic, "not");
    pdf.put(LEFT + 55.0, y - 30.0, 10.0, Plain, "sold to ");
    pdf.put(LEFT + 95.0, y - 30.0, 10.0, Bold, "anybody");
    pdf.put(LEFT + 135.0, y - 30.0, 10.0, Plain, "at all.");
    let imported = read(&pdf);
    let headings: Vec<(u8, String)> = imported
        .structure
        .blocks
        .iter()
        .filter(|block| block.kind == BlockKind::Heading)
        .map(|block| (block.level, slice(&imported, block.start, block.end)))
        .collect();
    assert_eq!(headings, [(1, "The Strait".into()), (2, "Ships".into()), (2, "Grain".into())]);
    assert_eq!(paragraphs(&imported).last().map(String::as_str), Some("It was not sold to anybody at all."));
    assert_eq!(spans(&imported, SpanKind::Emphasis), ["not"]);
    assert_eq!(spans(&imported, SpanKind::Strong), ["anybody"]);
}

#[test]
fn a_footnote_is_reached_from_its_call_and_stands_at_the_end() {
    let mut pdf = Pdf::default().page();
    let lines = wrap(FILLER, 60);
    pdf.lines(LEFT, 700.0, &lines);
    let y = 700.0 - 12.0 * (lines.len() as f32 - 1.0);
    let end = LEFT + 5.0 * lines.last().map_or(0, |line| line.chars().count()) as f32;
    pdf.put(end, y + 4.0, 6.0, Plain, "1");
    pdf.put(LEFT, 80.0, 5.0, Plain, "1");
    pdf.put(LEFT + 4.0, 77.0, 8.0, Plain, "The notes were printed in the gazettes of that year, all");
    pdf.put(LEFT, 67.0, 8.0, Plain, "of them in both languages.");
    let pdf = {
        let mut pdf = pdf.page();
        pdf.lines(LEFT, 700.0, &["A second page, with its own paragraph, follows the first."]);
        pdf
    };
    let imported = read(&pdf);
    assert_eq!(
        blocks(&imported),
        [
            (BlockKind::Paragraph, format!("{FILLER}[1]")),
            (BlockKind::Paragraph, "A second page, with its own paragraph, follows the first.".into()),
            (
                BlockKind::Note,
                "[1] The notes were printed in the gazettes of that year, all of them in both languages.".into()
            ),
        ]
    );
    assert_eq!(
        (spans(&imported, SpanKind::Call), spans(&imported, SpanKind::Mark)),
        (vec!["[1]".into()], vec!["[1]".into()])
    );
    let note = imported.structure.blocks[2].start;
    assert_eq!(imported.structure.page_at(note), Some("1"));
}

#[test]
fn letters_of_every_script_are_read_and_ligatures_are_letters() {
    let check = |lines: &[&str], text: &str| {
        let mut pdf = Pdf::default().page();
        pdf.lines(LEFT, 700.0, lines);
        assert_eq!(read(&pdf).text, text);
    };
    check(
        &["Порт был закрыт на зиму, и суда стояли на якоре у стен го-", "рода."],
        "Порт был закрыт на зиму, и суда стояли на якоре у стен города.",
    );
    check(&["항구는 겨울 동안 닫혀 있었다."], "항구는 겨울 동안 닫혀 있었다.");
    check(
        &["港口在冬季关闭，船只停泊在锚地，两国政府就粮食价格和通", "行权交换了照会。"],
        "港口在冬季关闭，船只停泊在锚地，两国政府就粮食价格和通行权交换了照会。",
    );
    check(&["The ﬁrst oﬃcer 😀 waved."], "The first officer 😀 waved.");
    let mut pdf = Pdf::default().page();
    pdf.put(LEFT, 700.0, 10.0, Plain, "a");
    pdf.put_glyph(LEFT + 5.0, 700.0, 10.0, "ffi");
    pdf.put(LEFT + 10.0, 700.0, 10.0, Plain, "x");
    assert_eq!(read(&pdf).text, "affix");
}

#[test]
fn an_accent_drawn_over_a_letter_joins_it() {
    let mut pdf = Pdf::default().page();
    pdf.put(LEFT, 700.0, 10.0, Plain, "caf");
    pdf.put(LEFT + 15.0, 700.0, 10.0, Plain, "e");
    pdf.put(LEFT + 15.2, 700.0, 10.0, Plain, "´");
    assert_eq!(read(&pdf).text, "café");
}

#[test]
fn text_from_right_to_left_is_put_in_the_order_of_reading() {
    let check = |logical: &str, seen: &str| {
        let mut pdf = Pdf::default().page();
        pdf.put(LEFT, 700.0, 10.0, Plain, seen);
        assert_eq!(read(&pdf).text, logical);
    };
    let reversed = |text: &str| text.chars().rev().collect::<String>();
    check("שלום עולם", &reversed("שלום עולם"));
    check("في عام 2022 وقعت", &format!("{}2022{}", reversed(" وقعت"), reversed("في عام ")));
    check("הנמל (סגור) בחורף", &reversed("הנמל )סגור( בחורף"));
    check("The word שלום עולם means peace", &format!("The word {} means peace", reversed("שלום עולם")));
}

#[test]
fn a_turned_page_is_read_upright() {
    let mut pdf = Pdf::default().page();
    pdf.rotate = 90;
    for (line, text) in ["First line of the page,", "and its second."].iter().enumerate() {
        pdf.put_upwards(100.0 + 12.0 * line as f32, 100.0, 10.0, text);
    }
    assert_eq!(read(&pdf).text, "First line of the page, and its second.");
}

#[test]
fn a_file_says_who_wrote_it_and_when_it_was_published() {
    let (mut pdf, _) = report(2);
    pdf.info = "/Title <FEFF041C04380440> /Author (Anna Example) /CreationDate (D:20240305120000Z)".into();
    let metadata = read(&pdf).metadata;
    assert_eq!(
        (metadata.title.as_str(), metadata.author.as_str(), metadata.published.as_str()),
        ("Мир", "Anna Example", "")
    );

    pdf.packet = "<?xpacket begin='' id='W5M0MpCehiHzreSzNTczkc9d'?><x:xmpmeta xmlns:x='adobe:ns:meta/'><rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#'><rdf:Description rdf:about='' xmlns:dc='http://purl.org/dc/elements/1.1/' xmlns:prism='http://prismstandard.org/namespaces/basic/2.0/'><dc:title><rdf:Alt><rdf:li xml:lang='x-default'>Grain &amp; Ships</rdf:li></rdf:Alt></dc:title><dc:creator><rdf:Seq><rdf:li>Anna Example</rdf:li><rdf:li>Ben Example</rdf:li></rdf:Seq></dc:creator><dc:publisher><rdf:Bag><rdf:li>Institute for Examples</rdf:li></rdf:Bag></dc:publisher><dc:language><rdf:Bag><rdf:li>en-GB</rdf:li></rdf:Bag></dc:language><prism:publicationDate>2023-11-02T00:00:00Z</prism:publicationDate></rdf:Description></rdf:RDF></x:xmpmeta><?xpacket end='w'?>".into();
    let metadata = read(&pdf).metadata;
    assert_eq!(metadata.title, "Grain & Ships");
    assert_eq!(metadata.author, "Anna Example; Ben Example");
    assert_eq!(metadata.publisher, "Institute for Examples");
    assert_eq!(metadata.published, "2023-11-02");
    assert_eq!(metadata.language, "en-GB");
}

#[test]
fn titles_that_a_program_made_up_are_no_titles() {
    for made_up in [
        "Microsoft Word - report final.doc",
        "untitled",
        "Untitled",
        "report_2024.indd",
        "C:\\\\temp\\\\a.docx",
        "x.pdf",
    ] {
        let (mut pdf, _) = report(2);
        pdf.info = format!("/Title ({made_up}) /Author (user)");
        let metadata = read(&pdf).metadata;
        assert_eq!((metadata.title.as_str(), metadata.author.as_str()), ("", ""), "{made_up}");
    }
}

#[test]
fn the_mark_decides_not_the_name() {
    let file = report(2).0.bytes();
    let text = import("a.pdf", &file).map(|imported| imported.text);
    assert!(text.is_ok());
    let names = ENDINGS.map(|ending| format!("a.{ending}"));
    for name in names.iter().map(String::as_str).chain(["a", "a.PDF"]) {
        assert_eq!(import(name, &file).map(|imported| imported.text), text, "{name}");
    }
    let late = [&b"#!/usr/bin/env reader\n"[..], &file].concat();
    assert!(import("a.txt", &late).is_ok(), "the mark may stand a little further down");
}

#[test]
fn what_cannot_be_read_is_refused_with_its_reason() {
    let (mut pdf, _) = report(2);
    pdf.trailer = format!(
        "/ID [<00> <00>] /Encrypt << /Filter /Standard /V 2 /R 3 /Length 128 /P -44 /O <{}> /U <{}> >>",
        "41".repeat(32),
        "42".repeat(32)
    );
    assert_eq!(refusal(&pdf.bytes()), Refusal::Encrypted);
    // The draft of revision 6, locked with an empty password: the hash of eight zeros, and two salts of zeros.
    pdf.trailer = format!(
        "/ID [<00> <00>] /Encrypt << /Filter /Standard /V 5 /R 5 /Length 256 /P -44 /O <{}> /U <{}{}> /OE <{}> /UE <{}> \
         /CF << /StdCF << /CFM /AESV3 /AuthEvent /DocOpen /Length 32 >> >> /StmF /StdCF /StrF /StdCF >>",
        "41".repeat(48),
        "af5570f5a1810b7af78caf4bc70a660f0df51e42baf91d4de5b2328de0e83dfc",
        "00".repeat(16),
        "42".repeat(32),
        "43".repeat(32)
    );
    assert_eq!(refusal(&pdf.bytes()), Refusal::Encrypted);
    assert_eq!(refusal(&Pdf::default().page().page().bytes()), Refusal::Scanned);
    // A list of pages that names itself twice and does not say how many there are: 2⁵⁰ ways through it.
    let file = report(2).0.bytes();
    let endless = replaced(&replaced(&file, b"[ 7 0 R 9 0 R ]", b"[ 2 0 R 2 0 R ]"), b"/Count 2", b"/Cuont 2");
    assert_eq!(refusal(&endless), Refusal::Unsafe { reason: "its list of pages leads back into itself".into() });
    for broken in [&b"%PDF-1.7\n"[..], b"%PDF-1.7\n%%EOF\n", b"%PDF-1.4\ntrailer << >>\nstartxref\n0\n%%EOF"] {
        assert!(matches!(refusal(broken), Refusal::Damaged { .. }), "{:?}", String::from_utf8_lossy(broken));
    }
}

/// Bytes with others of the same length in the place of some.
fn replaced(bytes: &[u8], some: &[u8], others: &[u8]) -> Vec<u8> {
    let at = bytes.windows(some.len()).position(|window| window == some).expect("they are there");
    [&bytes[..at], others, &bytes[at + some.len()..]].concat()
}

#[test]
fn a_file_that_is_cut_short_is_refused_wherever_the_cut_is() {
    let (pdf, _) = report(6);
    let file = pdf.bytes();
    for cut in (1..file.len() / 1024 + 1).map(|kibibytes| kibibytes * 1024).chain([file.len() - 7]) {
        assert!(matches!(refusal(&file[..cut]), Refusal::Damaged { .. }), "cut at {cut}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]
    #[test]
    fn damaged_bytes_never_end_in_a_panic_or_a_false_structure(
        flips in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..12),
        pages in 1_usize..3,
    ) {
        let (pdf, _) = report(pages);
        let mut file = pdf.bytes();
        for (at, byte) in flips {
            let at = at.index(file.len());
            file[at] = byte;
        }
        if let Ok(imported) = import("a.pdf", &file) {
            sound(&imported);
        }
    }
}
